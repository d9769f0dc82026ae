"""What is said when cases are registered: zones that their wearer cannot keep out of, by where they live and the streets there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.application.inbox import NoteByOffice
from backend_bridge.bootstrap.outside import ROADS, read_network
from backend_bridge.domain.case import Case
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.zones_over_homes import overlaps_of, own_places

if TYPE_CHECKING:
    from backend_bridge.adapters.zone_streets import Confined, StreetMap

_Told = tuple[Case, str, str]
"""About which case, under which label, in which words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warnings:
    """What is to be entered in the log, and the lines for whoever imports; the court's zone is in force all the same."""

    notes: tuple[NoteByOffice, ...]
    lines: tuple[str, ...]


class ZoneWarnings:
    """Looks at cases on the streets of a data folder; these are read at once, so that nothing is half done where they are damaged."""

    def __init__(self, folder: Path, cases: Sequence[Case]) -> None:
        self._problems: tuple[str, ...] = ()
        self._streets: StreetMap | None = None
        if not any(own_places(case, 0) for case in cases):
            return
        try:
            self._streets = _street_map(folder / ROADS)
        except InputRefusedError as error:
            self._problems = tuple(error.problems)

    def about(self, cases: Sequence[Case], user: UserId, now_us: int) -> Warnings:
        """The zones of these cases that their wearers cannot keep out of, from now on."""
        n_unmapped, found = 0, list(_over_places(cases, now_us))
        with_places = [case for case in cases if own_places(case, now_us)]
        if with_places:
            from backend_bridge.adapters.zone_streets import looked_at  # with scipy, which few imports need

            for case in with_places:
                looked = looked_at(case, now_us, self._streets)
                n_unmapped += looked.n_unmapped
                found.extend(_in_the_way(case, looked.found))
        notes = [NoteByOffice(by=user, case=case.case, person=case.subject.person, label=label, text=text) for case, label, text in found]
        warnings = [f"warning: {case.case}: {text}; ask the court" for case, _, text in found]
        return Warnings(notes=tuple(notes), lines=(*warnings, *self._not_looked_for(n_unmapped)))

    def _not_looked_for(self, n_unmapped: int) -> Iterator[str]:
        if n_unmapped:
            yield from self._problems
            yield f"{n_unmapped} homes or workplaces of wearers lie where no streets are imported: ways out were not looked for there"


def _street_map(path: Path) -> "StreetMap | None":
    network = read_network(path)
    if network is None:
        return None
    from backend_bridge.adapters.zone_streets import StreetMap  # with scipy, which few imports need

    return StreetMap(network)


def _over_places(cases: Sequence[Case], now_us: int) -> Iterator[_Told]:
    for case in cases:
        for found in overlaps_of(case, now_us):
            part = "lies in" if found.inside else "lies in the warning band of"
            text = f"the wearer's {found.kind} ({found.place}) {part} zone {found.zone}; it will alarm whenever they are there"
            yield case, "ZONE_OVER_WEARER", text


def _in_the_way(case: Case, confined: Sequence["Confined"]) -> Iterator[_Told]:
    """Zones across every way from where a wearer lives or works, and zones over much of the streets there."""
    from backend_bridge.adapters.zone_streets import MUCH, NEAR_M  # with scipy, which few imports need

    for found in confined:
        where = f"the wearer's {found.kind}"
        if found.cut_off:
            yield case, "ZONE_CUTS_OFF_WEARER", f"every way from {where} ({found.place}) leads through zone {found.zone}"
        if found.share > MUCH:
            text = f"zone {found.zone} covers {found.share:.0%} of the streets within {NEAR_M / 1000:.0f} km of {where} ({found.place})"
            yield case, "ZONE_OVER_STREETS", text
