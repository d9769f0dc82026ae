"""What Korea's law calls an alarm (EM Act 31-6(4), Decree 23-14)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel
from backend_bridge.domain.case import Case, RingEffect

BAN_M: Final = 100.0
"""The distance that the ban on approaching names; a wider ring warns of a breach and is none."""
PLACE_M: Final = 1000.0
"""Within this distance of a forbidden place the police are told."""


_BY_KIND: Final[Mapping[AlarmKind, str]] = MappingProxyType(
    {
        AlarmKind.SOS: "SOS",
        AlarmKind.TAMPER: "TAMPER",
        AlarmKind.JAMMING: "JAM_OR_DATA_ALTERED",
        AlarmKind.POSITION_NOT_TRUSTED: "JAM_OR_DATA_ALTERED",
        AlarmKind.SILENT: "COMM_LOSS",
        AlarmKind.NOT_EXCLUDED: "COMM_LOSS",
        AlarmKind.BATTERY: "LOW_BATT",
        AlarmKind.APPROACH: "BAN_100M_IMMINENT",
    }
)


def label_of(alarm: AlarmChange, case: Case | None) -> str | None:
    """The legal name of an alarm; None where Korea's law has none for it, or the case is another country's."""
    if case is None or case.jurisdiction != "KR":
        return None
    match alarm.kind:
        case AlarmKind.PROXIMITY:
            return _of_ring(alarm, case)
        case AlarmKind.EXCLUSION_ZONE:
            return "BAN_100M_BREACH" if alarm.level is AlarmLevel.RED else "BAN_100M_IMMINENT"
        case AlarmKind.ZONE_WARNING:
            widths = [zone.warning_m or 0.0 for zone in case.zones if zone.zone == alarm.zone]
            return "PLACE_1KM" if max(widths, default=0.0) >= PLACE_M else None
        case kind:
            return _BY_KIND.get(kind)


def _of_ring(alarm: AlarmChange, case: Case) -> str | None:
    """The ban's own ring, or one of those that warn of it, with its distance in metres behind the colon."""
    ring = next((ring for ring in case.rings if ring.ring == alarm.ring), None)
    if ring is None:
        return None
    if ring.effect is RingEffect.ALARM and ring.distance_m <= BAN_M:
        return "BAN_100M_BREACH" if alarm.level is AlarmLevel.RED else "BAN_100M_IMMINENT"
    return f"VICTIM_PROX_RING:{ring.distance_m:.0f}"
