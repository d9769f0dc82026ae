"""Stored fixes as the track that a desk draws, held against the zones and rings of its case."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.application.outcome import Beside
from backend_bridge.application.room_state import Room
from backend_bridge.application.rows import Track
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.verdict import Verdict
from backend_bridge.domain.breach.refiltered import chance_crossed, chance_within
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, PersonId
from backend_bridge.domain.outcomes.access_events import DataRead
from backend_bridge.domain.queries import ReadTrack
from backend_bridge.domain.watching.bounds import NO_BOUNDS, Bounds
from backend_bridge.domain.watching.lone_jumps import unbelieved

MaySee = Callable[[Action, PersonId], Verdict]
ReadFixes = Callable[[DeviceId, int, int], FixBatch]
"""The stored fixes of a device measured in [from, to)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What a track is held against."""

    bounds: Bounds = NO_BOUNDS
    beside: Beside | None = None
    """None for wearers' own tracks, and where their trail may not be seen: then nothing is told of rings."""


NOTHING: Final = Against()


def beside(query: ReadTrack, room: Room, may_see: MaySee) -> Beside | None:
    """The wearer's trail, as far as it may be seen, where a protected person's track is asked for: a ring tells of both."""
    held = room.registry.held.get(query.case)
    wearer = None if held is None else held.case.subject.device
    if held is None or wearer is None or all(device != wearer for device, _ in room.watch.bounds(query.case, query.device).rings):
        return None
    verdict = may_see(Action.SEE_WEARER_TRAIL, held.case.subject.person)
    from_us, to_us = max(query.from_us, verdict.from_us or 0), min(query.to_us, query.to_us if verdict.to_us is None else verdict.to_us)
    return Beside(wearer=wearer, span_us=(from_us, to_us), verdict=verdict) if verdict and from_us < to_us else None


def entry_beside(event: DataRead, other: Beside, room: Room) -> Iterator[DataRead]:
    """The look at the wearer as one of its own where it rests on a grant: the ledger counts uses by purpose and person."""
    held = room.registry.held.get(event.case) if event.case is not None else None
    grant = room.grants.grants.get(other.verdict.grant) if other.verdict.grant is not None else None
    if held is not None and grant is not None:
        from_us, to_us = other.span_us
        yield replace(
            event,
            person=held.case.subject.person,
            device=other.wearer,
            purpose=grant.purpose,
            from_us=from_us,
            to_us=to_us,
            why=other.verdict.why,
            grant=grant.grant,
            scope=f"with {event.device}, for rings",
        )


def against(query: ReadTrack, room: Room, other: Beside | None) -> Against:
    """What the decisions of the case hold the device to; rings where the other trail may be seen.

    Whoever may see a wearer's trail sees the case's zones as well, so what is worked out of the two says nothing new.
    """
    return Against(bounds=room.watch.bounds(query.case, query.device), beside=other)


def told_track(query: ReadTrack, read: ReadFixes, held: Against, *, masked: bool) -> Track:
    """The fixes of one device as columns, oldest first, how likely each showed a breach, and which are not believed."""
    fixes = _in_order(read(query.device, query.from_us, query.to_us))
    refiltered = chance_crossed(fixes, held.bounds.zones, held.bounds.stays)
    ring_us, ring = _rings(fixes, read, held)
    return Track(
        device=query.device,
        measured_us=fixes.measured_us.astype("<i8").tobytes(),
        lat_deg=fixes.lat_deg.astype("<f8").tobytes(),
        lon_deg=fixes.lon_deg.astype("<f8").tobytes(),
        accuracy_m=fixes.accuracy_m.astype("<f4").tobytes(),
        speed_mps=fixes.speed_mps.astype("<f4").tobytes(),
        inside=refiltered.inside.astype("<f4").tobytes(),
        rejected=unbelieved(fixes, refiltered).tobytes(),
        ring_us=ring_us.astype("<i8").tobytes(),
        ring=ring.astype("<f4").tobytes(),
        amber_from=held.bounds.amber_from,
        red_from=held.bounds.red_from,
        outside=refiltered.outside.astype("<f4").tobytes() if held.bounds.stays else b"",
        outside_from=held.bounds.outside_from if held.bounds.stays else None,
        red_moving=held.bounds.red_moving if held.bounds.zones else None,
        red_at_rest=held.bounds.red_at_rest if held.bounds.zones else None,
        masked=masked,
    )


def _rings(hers: FixBatch, read: ReadFixes, held: Against) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """When each fix of the two was measured, and how likely the wearer was within a ring then."""
    if held.beside is None or not len(hers):
        return np.empty(0, np.int64), np.empty(0, np.float32)
    from_us, to_us = held.beside.span_us
    rings = tuple(ring for wearer, ring in held.bounds.rings if wearer == held.beside.wearer)
    measured_us, within = chance_within(_in_order(read(held.beside.wearer, from_us, to_us)), hers, rings)
    shown = (measured_us >= from_us) & (measured_us < to_us)
    return measured_us[shown], within[shown]


def _in_order(fixes: FixBatch) -> FixBatch:
    return fixes.take(np.argsort(fixes.measured_us, kind="stable"))
