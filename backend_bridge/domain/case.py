"""Cases: whom a court ordered to stay away from whom, where, when, and who answers for it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, PlaceId, RingId, ZoneId
from backend_bridge.domain.quantities import LatLon


class Tier(StrEnum):
    """How dangerous the court or the police hold the wearer to be."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class OrderBasis(StrEnum):
    """The instrument of law that an order rests on."""

    URGENT_MEASURE = "urgent-measure"
    INTERIM_MEASURE_2 = "interim-measure-2"
    INTERIM_MEASURE_3 = "interim-measure-3"
    INTERIM_MEASURE_3_2 = "interim-measure-3-2"
    VICTIM_PROTECTION_ORDER = "victim-protection-order"
    POST_SENTENCE_EM = "post-sentence-em"
    SUSPENDED_SENTENCE_EM = "suspended-sentence-em"
    BAIL_EM = "bail-em"
    OTHER = "other"


class ZoneKind(StrEnum):
    """Whether the wearer must keep out of a zone or stay in it."""

    EXCLUSION = "exclusion"
    INCLUSION = "inclusion"


class RingEffect(StrEnum):
    """What entering a ring raises: `warn` amber, `alarm` red."""

    WARN = "warn"
    ALARM = "alarm"


class PlaceKind(StrEnum):
    """What a place is to the person."""

    HOME = "home"
    WORK = "work"
    SCHOOL = "school"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Windows of local time in which a zone or ring is in force, each [from, to); `to` ≤ `from` runs past midnight.

    Days and minutes are those of `tz` (IANA name); clock changes as PEP 495's fold 0.
    """

    tz: str
    weekdays: frozenset[int]
    """Local days on which a window begins; 0 is Monday. All seven for FREQ=DAILY."""
    from_minute: int
    to_minute: int
    """Minutes after local midnight, 0–1439; equal to `from_minute` is 24 h."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """When a zone, a ring or an address counts, [starts, ends), within the dates of its order; None leaves an end to the order."""

    starts_us: int | None = None
    ends_us: int | None = None

    def holds(self, at_us: int) -> bool:
        """Whether it counts at an instant."""
        return (self.starts_us is None or self.starts_us <= at_us) and (self.ends_us is None or at_us < self.ends_us)

    def within(self, span_us: tuple[int, int]) -> tuple[int, int]:
        """What of a span it leaves; begin and end are the same or crossed where that is nothing."""
        starts_us, ends_us = span_us
        return (
            starts_us if self.starts_us is None else max(starts_us, self.starts_us),
            ends_us if self.ends_us is None else min(ends_us, self.ends_us),
        )


ALWAYS: Final = Period()
"""As long as the order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """All within `radius_m` of `centre` on the ground."""

    centre: LatLon
    radius_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Polygon:
    """One outer ring and its holes; each ring closed implicitly, at least three different points, in any turn."""

    outer: tuple[LatLon, ...]
    holes: tuple[tuple[LatLon, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A place that the wearer must keep out of, or stay in, while it is in force."""

    zone: ZoneId
    kind: ZoneKind
    label: str | None = None
    shape: Circle | tuple[Polygon, ...]
    warning_m: float | None = None
    """Width of the warning band outside an exclusion zone; None for none."""
    schedule: Schedule | None = None
    """None: always in force."""
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """A distance about a moving protected person that the wearer must not go below."""

    ring: RingId
    about: PersonId
    distance_m: float
    effect: RingEffect
    schedule: Schedule | None = None
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A wearer or protected person with the device carried; `device` is None for an order without telemetry."""

    person: PersonId
    device: DeviceId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who a person of the case is; `relation` is None for the parties themselves."""

    person: PersonId
    name: str
    phones: tuple[str, ...] = ()
    relation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An address of a person; without a position it can be read but not measured to."""

    place: PlaceId
    person: PersonId
    kind: PlaceKind
    address: str | None
    position: LatLon | None
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """The offices that answer for a case."""

    police_station: str | None = None
    officer: str | None = None
    phone: str | None = None
    probation_office: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The court's order: its basis and when it holds, [starts, ends) by the time of measurement."""

    basis: OrderBasis
    starts_us: int
    ends_us: int
    court: str | None = None
    """The court that made it; None where the file does not say."""
    extensions: int | None = None
    """How often it has been extended already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One wearer, the people protected from them, and what the court forbids."""

    case: CaseId
    jurisdiction: str
    tier: Tier
    subject: Party
    protected: tuple[Party, ...]
    people: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()
    responsible: Responsible | None = None
    order: Order
    zones: tuple[Zone, ...] = ()
    rings: tuple[Ring, ...] = ()
