"""What the tables of a scenario file have in common: times, texts in both languages, and names that must exist."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from backend_bridge.adapters.json_fields import Fields
from backend_bridge.adapters.scenario_cases import seconds_of
from backend_bridge.domain.bilingual import Words
from backend_bridge.domain.case import Case
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.scenarios.scenario import Movement

_LONGEST_PROSE: Final = 2000


def words_of(fields: Fields, key: str) -> Words | None:
    """A text in Korean and English."""
    child = fields.child(key)
    if child is None:
        return None
    child.only("ko", "en")
    ko, en = _prose(child, "ko"), _prose(child, "en")
    return None if ko is None or en is None else Words(ko=ko, en=en)


def _prose(fields: Fields, key: str) -> str | None:
    """A text of one paragraph, however its lines were broken."""
    value = fields.raw(key)
    words = " ".join(value.split()) if isinstance(value, str) else ""
    if not 0 < len(words) <= _LONGEST_PROSE:
        fields.wrong(key, f"must be a text of 1 to {_LONGEST_PROSE} characters")
        return None
    return words


def time_of(fields: Fields, key: str, within: tuple[float, float], *, required: bool = True) -> float | None:
    """A time of the scenario's clock, in seconds."""
    text = fields.text(key, required=required)
    if text is None:
        return None
    try:
        seconds = seconds_of(text)
    except ValueError as error:
        fields.wrong(key, str(error))
        return None
    if not within[0] <= seconds <= within[1]:
        fields.wrong(key, f"must lie within {_clock(within[0])} and {_clock(within[1])}")
        return None
    return seconds


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The names that a scenario's tables may use, and its length."""

    starts_us: int
    seconds: float
    places: Mapping[str, LatLon]
    cases: Mapping[str, Case]
    devices: Mapping[str, str]
    """The person who carries each device."""
    people: frozenset[str]
    movers: frozenset[str] = frozenset()

    @staticmethod
    def of(cases: tuple[Case, ...], places: Mapping[str, LatLon], seconds: float, starts_us: int) -> "Known":
        """What the cases and places name."""
        parties = [party for case in cases for party in (case.subject, *case.protected)]
        return Known(
            starts_us=starts_us,
            seconds=seconds,
            places=places,
            cases={case.case: case for case in cases},
            devices={party.device: party.person for party in parties if party.device is not None},
            people=frozenset(party.person for party in parties) | {person.person for case in cases for person in case.people},
        )

    def with_people(self, movements: tuple[Movement, ...]) -> "Known":
        """The same with those whose way is told."""
        return replace(self, movers=frozenset(movement.person for movement in movements))

    def name(self, fields: Fields, key: str, of: Mapping[str, object] | frozenset[str], what: str, *, required: bool = True) -> str | None:
        """The name in a field, which must be one of `of`."""
        value = fields.identifier(key, required=required)
        if value is None or value in of:
            return value
        fields.wrong(key, f"{value!r} is no {what} of this file; known are {', '.join(sorted(of)[:12]) or 'none'}")
        return None

    def time(self, fields: Fields, key: str, *, required: bool = True) -> float | None:
        """A time within the scenario."""
        return time_of(fields, key, (0.0, self.seconds), required=required)

    def span(self, fields: Fields) -> tuple[float, float] | None:
        """The times `from` and `to`, in this order."""
        from_s, to_s = self.time(fields, "from"), self.time(fields, "to")
        if from_s is None or to_s is None:
            return None
        if to_s <= from_s:
            fields.wrong("to", "must be later than from")
            return None
        return from_s, to_s
