"""The cases in force: their versions, the dates of their orders, and which devices they concern when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.case import Case
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId

_MOST_ASKED: Final = 8
_FAR_MORE: Final = 4
"""Looking through so many times the names that one asks about costs more than to look these up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseVersion:
    """A case as it stood from one import to the next."""

    case: Case
    imported: Case
    """As the file had it; `case` differs where a person ended the order before its date."""
    number: int
    """1 for the first."""
    from_us: int
    """When it was imported."""
    to_us: int | None
    """When the next version took its place; None for the newest."""

    @property
    def decided_us(self) -> tuple[int, int]:
        """The instants [start, end) whose measurements are decided by this version: in force, and within the order's dates."""
        start = max(self.from_us, self.case.order.starts_us)
        end = self.case.order.ends_us if self.to_us is None else min(self.to_us, self.case.order.ends_us)
        return start, max(start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a device is in one version of one case: the wearer's (`about` None) or that of a protected person."""

    version: CaseVersion
    about: PersonId | None

    @property
    def case(self) -> CaseId:
        """The case."""
        return self.version.case.case

    @property
    def subject(self) -> PersonId:
        """The wearer of the case."""
        return self.version.case.subject.person


class CaseBook:
    """Versions of cases, each in force from its import; dates of orders go by the time of measurement."""

    def __init__(self) -> None:
        self._versions: dict[CaseId, list[CaseVersion]] = {}
        self._named: dict[DeviceId, list[tuple[CaseVersion, PersonId | None]]] = {}
        """By device, the versions that name it, and whom as its protected person: what `Role`s are made of when they are asked for."""
        self.names: tuple[DeviceId, ...] = ()
        """The devices that cases name; the same object until cases change: whoever has looked something up for all of them may keep it."""
        self._places: dict[DeviceId, int] = {}
        """Where each device stands in `names` and `_spans`; the last place in `_spans` is of whoever no case names."""
        self._spans: NDArray[np.int64] = np.zeros((0, 1, 2), np.int64)
        """(k, n + 1, 2) the first intervals kept of all devices, the second, and so on; empty where there is none."""
        self._asked: tuple[tuple[DeviceId, ...] | None, NDArray[np.int64]] = (None, self._spans)
        self._asked_before: dict[tuple[DeviceId, ...], NDArray[np.int64]] = {}
        """What was looked up of the names that gateways send with every batch, a few of them."""
        self.revision = 0
        """Another one after each change."""

    def register(self, cases: Sequence[Case], at_us: int) -> tuple[CaseVersion, ...]:
        """Put new cases and changed ones in force from `at_us`; an unchanged one stays as it is. The new versions come back."""
        new = []
        for case in cases:
            versions = self._versions.setdefault(case.case, [])
            if versions and versions[-1].imported == case:
                continue
            if versions:
                versions[-1] = replace(versions[-1], to_us=at_us)
            version = CaseVersion(case=case, imported=case, number=len(versions) + 1, from_us=at_us, to_us=None)
            versions.append(version)
            new.append(version)
        if new:
            self._index()
        return tuple(new)

    def end_order(self, case: CaseId, at_us: int) -> CaseVersion | None:
        """Let the order of a case end at `at_us`, if it would go on; None where nothing changes or no such case is known."""
        versions = self._versions.get(case)
        if not versions or versions[-1].case.order.ends_us <= at_us:
            return None
        ended = [_ended(version, at_us) for version in versions]
        self._versions[case] = ended
        self._index()
        return ended[-1]

    def _index(self) -> None:
        self.revision += 1
        named = self._named = {}
        decided: dict[DeviceId, list[tuple[int, int]]] = {}
        for version in self.versions():
            case, span_us = version.case, version.decided_us
            for device, about in ((case.subject.device, None), *((party.device, party.person) for party in case.protected)):
                if device in named:
                    named[device].append((version, about))
                    decided[device].append(span_us)
                elif device is not None:  # mostly: a device has one case
                    named[device], decided[device] = [(version, about)], [span_us]
        kept = list(map(_union, decided.values()))
        self.names = tuple(named)
        self._places = {device: place for place, device in enumerate(named)}
        self._spans = np.zeros((max(map(len, kept), default=0), len(kept) + 1, 2), np.int64)
        for layer, row in enumerate(self._spans):
            having = [place for place, spans in enumerate(kept) if len(spans) > layer]
            bounds = chain.from_iterable(kept[place][layer] for place in having)
            row[having] = np.fromiter(bounds, np.int64, 2 * len(having)).reshape(-1, 2)
        self._asked = (None, self._spans)
        self._asked_before.clear()

    def versions(self) -> Iterator[CaseVersion]:
        """All versions, by case in the order of their first import, oldest first."""
        for versions in self._versions.values():
            yield from versions

    def versions_of(self, case: CaseId) -> tuple[CaseVersion, ...]:
        """The versions of a case, oldest first."""
        return tuple(self._versions.get(case, ()))

    def newest(self, case: CaseId) -> CaseVersion | None:
        """The newest version of a case."""
        versions = self._versions.get(case)
        return versions[-1] if versions else None

    def devices(self) -> Iterator[DeviceId]:
        """Every device that any version of any case names."""
        return iter(self._named)

    def roles(self, device: DeviceId) -> Iterator[Role]:
        """What a device is in the newest version of each case that names it, whatever the dates of the orders."""
        return (Role(version=version, about=about) for version, about in self._named.get(device, ()) if version.to_us is None)

    def roles_at(self, device: DeviceId, measured_us: int) -> Iterator[Role]:
        """What a device is in the cases that decide about a measurement of that time."""
        for version, about in self._named.get(device, ()):
            start, end = version.decided_us
            if start <= measured_us < end:
                yield Role(version=version, about=about)

    def places(self, several: Sequence[tuple[DeviceId, ...]]) -> list[NDArray[np.int32]] | None:
        """Where `names` has the devices of each batch; None where it has not all of them, or many times as many."""
        if len(self.names) > _FAR_MORE * sum(map(len, several)):
            return None
        places = [np.fromiter(map(self._places.get, names, repeat(-1)), np.int32, len(names)) for names in several]
        return places if all((of_one >= 0).all() for of_one in places) else None

    def kept(self, devices: tuple[DeviceId, ...], device: NDArray[np.int32], measured_us: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which rows are positions of a device in a case that was in force when they were measured; `device` points into `devices`."""
        if self._asked[0] is not devices:
            # Batches cut from one another share their names: what holds for each name is looked up once.
            self._asked = (devices, self._spans_of(devices))
        result: NDArray[np.bool_] | None = None
        for layer in self._asked[1]:
            bounds = layer[device]
            within = (bounds[:, 0] <= measured_us) & (measured_us < bounds[:, 1])
            result = within if result is None else result | within
        return np.zeros(len(device), np.bool_) if result is None else result

    def _spans_of(self, devices: tuple[DeviceId, ...]) -> NDArray[np.int64]:
        """(k, n, 2) the intervals kept of each of n devices."""
        if devices is self.names:
            return self._spans[:, :-1]
        known = self._asked_before.get(devices)
        if known is None:
            if len(self._asked_before) >= _MOST_ASKED:
                self._asked_before.clear()
            places = np.fromiter(map(self._places.get, devices, repeat(-1)), np.intp, len(devices))
            known = self._asked_before[devices] = self._spans[:, places]
        return known

    def parts(self) -> tuple[CaseVersion, ...]:
        """Everything that the book holds, as values."""
        return tuple(self.versions())

    @staticmethod
    def of_parts(parts: Sequence[CaseVersion]) -> "CaseBook":
        """The book that gave these parts."""
        book = CaseBook()
        for version in parts:
            book._versions.setdefault(version.case.case, []).append(version)
        book._index()
        return book


def _ended(version: CaseVersion, at_us: int) -> CaseVersion:
    order = version.case.order
    if order.ends_us <= at_us:
        return version
    return replace(version, case=replace(version.case, order=replace(order, ends_us=at_us)))


def _union(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Intervals joined where they touch, in order; empty ones left out."""
    if len(spans) == 1:
        return spans if spans[0][0] < spans[0][1] else []
    joined: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined
