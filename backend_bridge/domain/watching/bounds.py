"""What a case keeps its wearer from, as the decisions see it: zones and rings with the times in force, and the probabilities that count."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from backend_bridge.domain.breach.breach_engine import TargetKind
from backend_bridge.domain.breach.refiltered import RingSpan, ZoneSpan
from backend_bridge.domain.breach.target_levels import AT_REST_ODDS, MOVING_ODDS, SURELY_OUT, at_odds
from backend_bridge.domain.case import Ring, Zone
from backend_bridge.domain.identifiers import CaseId, DeviceId
from backend_bridge.domain.watching.ledger import Ledger
from backend_bridge.domain.watching.target_book import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Zones that a device must keep out of or stay in, and rings about it that wearers must keep out of, of all versions of one case."""

    zones: tuple[ZoneSpan, ...] = ()
    stays: tuple[ZoneSpan, ...] = ()
    rings: tuple[tuple[DeviceId, RingSpan], ...] = ()
    """Each with the wearer's device; of `alarm` rings alone."""
    amber_from: float | None = None
    """The probability from which a breach is amber; None where nothing decides."""
    red_from: float | None = None
    """The probability from which a breach of a ring is red; of a zone it hangs on how the wearer moves."""
    red_moving: float | None = None
    """From where being in an exclusion zone is red of a wearer who moves, and"""
    red_at_rest: float | None = None
    """of one who stays; between the two where that is in doubt."""
    outside_from: float | None = None
    """The probability from which having left a zone is red."""


NO_BOUNDS: Final = Bounds()


def bounds_of(ledger: Ledger, case: CaseId, device: DeviceId) -> Bounds:
    """What the decisions of a case hold a device to; may be asked by a thread that decides nothing."""
    targets = ledger.targets.of_case(case)
    amber_from, red_from, _ = ledger.engine.policy()
    return Bounds(
        zones=tuple(_zones(targets, device, TargetKind.EXCLUSION)),
        stays=tuple(_zones(targets, device, TargetKind.INCLUSION)),
        rings=tuple(_rings(targets, device)),
        amber_from=amber_from,
        red_from=red_from,
        red_moving=at_odds(red_from, MOVING_ODDS),
        red_at_rest=at_odds(red_from, AT_REST_ODDS),
        outside_from=max(red_from, SURELY_OUT),
    )


def _zones(targets: Iterable[Target], device: DeviceId, kind: TargetKind) -> Iterator[ZoneSpan]:
    for target in targets:
        place = target.signature.place
        if target.signature.kind is kind and target.signature.subject == device and isinstance(place, Zone):
            yield ZoneSpan(shape=place.shape, in_force=target.in_force)


def _rings(targets: Iterable[Target], device: DeviceId) -> Iterator[tuple[DeviceId, RingSpan]]:
    for target in targets:
        signature, place = target.signature, target.signature.place
        if signature.kind is TargetKind.RING and signature.protected == device and isinstance(place, Ring) and not target.amber_only:
            yield signature.subject, RingSpan(distance_m=place.distance_m, in_force=target.in_force)
