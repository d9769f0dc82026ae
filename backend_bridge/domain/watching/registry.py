"""The cases as they stand now, and who carries which device in them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final, cast

from backend_bridge.domain.case import Case, Party, Person, Place
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId
from backend_bridge.domain.outcomes.bridge_events import OrderExpires
from backend_bridge.domain.outcomes.changed import Changed
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.quantities import MICROSECONDS

_DAY_US: Final = 86_400 * MICROSECONDS
WARN_DAYS: Final = (30, 14, 7, 1)
"""Days before an order's end at which people are told, so that an extension can be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A person of a case who carries a device."""

    case: CaseId
    person: PersonId
    part: int
    """0 wearer, 1 protected person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A case with its version and what was told about its end."""

    case: Case
    imported: Case
    """As the file had it, without the devices of those who withdrew consent; `case` differs where an order ended before its date."""
    version: int
    told_days: int | None = None
    """The smallest number of days before the end that people were told of; None before the first."""

    def in_force(self, now_us: int) -> bool:
        """Whether the order holds now."""
        return self.case.order.starts_us <= now_us < self.case.order.ends_us


class Registry:
    """All cases by name; `changed` says which of them look different."""

    def __init__(self) -> None:
        self.held: dict[CaseId, Held] = {}
        self.changed = Changed()
        self._carriers: dict[DeviceId, tuple[Carrier, ...]] = {}
        self._next_us: int | None = None

    def case(self, name: CaseId) -> Case:
        """The case of that name; refuses where there is none."""
        held = self.held.get(name)
        if held is None:
            raise Refused(Code.UNKNOWN_CASE, name)
        return held.case

    def put(self, case: Case) -> Held | None:
        """Hold a new or changed case; None where nothing changed."""
        before = self.held.get(case.case)
        if before is not None and before.imported == case:
            return None
        held = Held(case=case, imported=case, version=1 if before is None else before.version + 1)
        self._hold(held, before)
        return held

    def carry(self, name: CaseId, person: PersonId, device: DeviceId | None) -> Held | None:
        """Let a protected person carry another device, or none, whatever the file says; None where they do already."""
        before = self.held[name]
        case = _carrying(before.case, person, device)
        if case == before.case:
            return None
        held = replace(before, case=case, imported=_carrying(before.imported, person, device), version=before.version + 1)
        self._hold(held, before)
        return held

    def end(self, name: CaseId, at_us: int) -> None:
        """Let the order of a case end at `at_us`."""
        held = self.held[name]
        order = replace(held.case.order, ends_us=min(held.case.order.ends_us, at_us))
        self._hold(replace(held, case=replace(held.case, order=order)), held)

    def resume(self, name: CaseId, version: int, filed_ends_us: int) -> None:
        """Count the versions of a case, and know when its file lets the order end, as the room does that it comes from."""
        held = self.held[name]
        imported = replace(held.imported, order=replace(held.imported.order, ends_us=filed_ends_us))
        self._hold(replace(held, imported=imported, version=version), held)

    def forget(self, name: CaseId) -> None:
        """Hold nothing of a case any more."""
        before = self.held.pop(name)
        for party in (before.case.subject, *before.case.protected):
            if party.device is not None:
                self._carriers[party.device] = tuple(each for each in self._carriers.get(party.device, ()) if each.case != name)
        self.changed.touch(name)

    def carriers(self, device: DeviceId) -> tuple[Carrier, ...]:
        """Who carries the device, in each case that names it."""
        return self._carriers.get(device, ())

    def strangers(self, devices: Collection[str]) -> list[DeviceId]:
        """Those of the devices that no case names, in their order."""
        named = cast("Collection[DeviceId]", devices)
        if all(map(self._carriers.get, named)):  # mostly; in one call
            return []
        return [device for device in named if not self._carriers.get(device)]

    def n_watched(self, now_us: int) -> int:
        """How many orders that hold now have a device to hear from."""
        return sum(held.in_force(now_us) and held.case.subject.device is not None for held in self.held.values())

    def pass_time(self, decisions: Decisions) -> None:
        """Tell of orders that end soon, and let cases look different when they begin or end."""
        now_us = decisions.now_us
        if self._next_us is not None and now_us < self._next_us:
            return
        for name, held in self.held.items():
            days = _days_told(held, now_us)
            if days is not None and (held.told_days is None or days < held.told_days):
                decisions.log(OrderExpires(case=name, end_us=held.case.order.ends_us, days=days))
                self.held[name] = replace(held, told_days=days)
            if self._next_us is None or any(self._next_us <= t <= now_us for t in (held.case.order.starts_us, held.case.order.ends_us)):
                self.changed.touch(name)
        self._next_us = min((t for held in self.held.values() for t in _instants(held) if t > now_us), default=now_us + _DAY_US)

    def _hold(self, held: Held, before: Held | None) -> None:
        case = held.case
        if before is not None:
            for party in (before.case.subject, *before.case.protected):
                if party.device is not None:
                    kept = tuple(each for each in self._carriers.get(party.device, ()) if each.case != case.case)
                    self._carriers[party.device] = kept
        self.held[case.case] = held
        for part, party in [(0, case.subject), *((1, party) for party in case.protected)]:
            if party.device is not None:
                carrier = Carrier(case=case.case, person=party.person, part=part)
                self._carriers[party.device] = (*self._carriers.get(party.device, ()), carrier)
        self._next_us = None if self._next_us is None else min(self._next_us, *_instants(held))
        self.changed.touch(case.case)


def _carrying(case: Case, person: PersonId, device: DeviceId | None) -> Case:
    """The case with another device, or none, of one of its protected persons."""
    protected = tuple(replace(party, device=device) if party.person == person else party for party in case.protected)
    return replace(case, protected=protected)


def _instants(held: Held) -> tuple[int, ...]:
    ends_us = held.case.order.ends_us
    return (held.case.order.starts_us, *(ends_us - days * _DAY_US for days in WARN_DAYS), ends_us)


def _days_told(held: Held, now_us: int) -> int | None:
    """The smallest of `WARN_DAYS` that lies before the order's end now; None when it is far away or over."""
    left_us = held.case.order.ends_us - now_us
    if left_us <= 0:
        return None
    return min((days for days in WARN_DAYS if left_us <= days * _DAY_US), default=None)


def party_of(case: Case, person: PersonId) -> Party:
    """The wearer or protected person of that name; refuses anybody else."""
    for party in (case.subject, *case.protected):
        if party.person == person:
            return party
    raise Refused(Code.UNKNOWN_PERSON, person)


def knows(case: Case, person: PersonId) -> bool:
    """Whether the person has a part in the case."""
    return any(party.person == person for party in (case.subject, *case.protected)) or any(each.person == person for each in case.people)


def person_of(case: Case, person: PersonId) -> Person | None:
    """Name and numbers of a person, where the case has them."""
    return next((each for each in case.people if each.person == person), None)


def places_of(case: Case, person: PersonId) -> tuple[Place, ...]:
    """The known addresses of a person."""
    return tuple(place for place in case.places if place.person == person)
