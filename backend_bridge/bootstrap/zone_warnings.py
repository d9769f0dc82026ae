"""What is said when cases are registered: zones that their wearer cannot keep out of, by where they live and the streets there."""

from collections.abc import Iterator, Sequence

from backend_bridge.adapters.local_control import Emit
from backend_bridge.adapters.road_network import RoadNetwork
from backend_bridge.application.inbox import NoteByOffice
from backend_bridge.bootstrap.bridge import Bridge
from backend_bridge.bootstrap.outside import ROADS, read_network
from backend_bridge.domain.case import Case
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.zones_over_homes import overlaps_of


def warn_of_zones(bridge: Bridge, user: UserId, cases: Sequence[Case], emit: Emit) -> None:
    """Say it, and enter it; the court's zone is in force all the same."""
    notes = []
    for case, label, text in (*_over_places(cases), *_in_the_way(bridge, cases, emit)):
        emit.out(f"warning: {case.case}: {text}; ask the court")
        notes.append(NoteByOffice(by=user, case=case.case, person=case.subject.person, label=label, text=text))
    if notes:
        bridge.carry_out(notes)


def _over_places(cases: Sequence[Case]) -> Iterator[tuple[Case, str, str]]:
    for case in cases:
        for found in overlaps_of(case):
            part = "lies in" if found.inside else "lies in the warning band of"
            text = f"the wearer's {found.kind} ({found.place}) {part} zone {found.zone}; it will alarm whenever they are there"
            yield case, "ZONE_OVER_WEARER", text


def _in_the_way(bridge: Bridge, cases: Sequence[Case], emit: Emit) -> Iterator[tuple[Case, str, str]]:
    """Zones across every way from where a wearer lives or works, and zones over much of the streets there."""
    from backend_bridge.adapters.zone_streets import MUCH, NEAR_M, confined, is_mapped, own_places  # with scipy, which few imports need

    with_places = [case for case in cases if own_places(case)]
    network: RoadNetwork | None = read_network(bridge.folder / ROADS) if with_places else None
    unknown = [place for case in with_places for place in own_places(case) if network is None or not is_mapped(place, network)]
    if unknown:
        emit.out(f"{len(unknown)} homes or workplaces of wearers lie where no streets are imported: ways out were not looked for there")
    if network is None:
        return
    for case in with_places:
        for found in confined(case, network):
            if found.cut_off:
                yield (
                    case,
                    "ZONE_CUTS_OFF_WEARER",
                    f"every way from the wearer's {found.kind} ({found.place}) leads through zone {found.zone}",
                )
            if found.share > MUCH:
                text = (
                    f"zone {found.zone} covers {found.share:.0%} of the streets within {NEAR_M / 1000:.0f} km of the wearer's {found.kind}"
                )
                yield case, "ZONE_OVER_STREETS", f"{text} ({found.place})"
