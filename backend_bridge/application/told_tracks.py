"""Stored fixes as the track that a desk draws."""

from collections.abc import Sequence

import numpy as np

from backend_bridge.application.rows import Track
from backend_bridge.domain.breach.lived_again import ZoneSpan, chance_inside
from backend_bridge.domain.breach.schedule import in_force
from backend_bridge.domain.case import ZoneKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.watching.lone_jumps import lone_jumps
from backend_bridge.domain.watching.registry import Held


def kept_out_of(held: Held | None, device: DeviceId, from_us: int, to_us: int) -> tuple[ZoneSpan, ...]:
    """The wearer's exclusion zones as the case has them now, in force within its order and [from, to); none for any other device.

    Whoever may see a wearer's trail sees the case's zones as well, so what is worked out of the two says nothing new. Rings would:
    they tell of the protected person's place.
    """
    if held is None or device != held.case.subject.device:
        return ()
    case = held.case
    span_us = max(from_us, case.order.starts_us), min(to_us, case.order.ends_us)
    zones = (zone for zone in case.zones if zone.kind is ZoneKind.EXCLUSION)
    return tuple(ZoneSpan(shape=zone.shape, in_force=in_force(zone.schedule, *span_us)) for zone in zones)


def told_track(device: DeviceId, fixes: FixBatch, zones: Sequence[ZoneSpan], *, masked: bool) -> Track:
    """The fixes of one device as columns, oldest first, how likely each showed it inside a zone, and which are not believed."""
    fixes = fixes.take(np.argsort(fixes.measured_us, kind="stable"))
    return Track(
        device=device,
        measured_us=fixes.measured_us.astype("<i8").tobytes(),
        lat_deg=fixes.lat_deg.astype("<f8").tobytes(),
        lon_deg=fixes.lon_deg.astype("<f8").tobytes(),
        accuracy_m=fixes.accuracy_m.astype("<f4").tobytes(),
        speed_mps=fixes.speed_mps.astype("<f4").tobytes(),
        inside=chance_inside(fixes, zones).astype("<f4").tobytes(),
        rejected=lone_jumps(fixes).tobytes(),
        masked=masked,
    )
