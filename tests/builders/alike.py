"""Alarms of one cause: devices of one gateway that fell silent one after the other."""

from typing import Final

from backend_bridge.application.rows import AlarmRow, AlarmState, Trend
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from builders.alarms import alarm
from builders.scene import NOW_US, S

GROUP: Final = "gateway/gw-seoul-2"


def silent(number: int, **changed: object) -> AlarmRow:
    """The silence of a device of the group; a higher number was known later."""
    told: dict[str, object] = {
        "kind": AlarmKind.SILENT,
        "level": AlarmLevel.AMBER,
        "priority": 3,
        "known_us": NOW_US - 600 * S + number * S // 10,
        "ring": None,
        "about": None,
        "place": None,
        "distance_m": None,
        "distance_error_m": None,
        "closing_mps": None,
        "contact_s": None,
        "trend": Trend.UNKNOWN,
        "probability": None,
        "next_step": None,
        "group": GROUP,
        "because": (("silent_s", 600.0),),
    }
    return alarm(number, **(told | changed))


def over(number: int, **changed: object) -> AlarmRow:
    """One whose device is heard again, and which nobody has acknowledged."""
    return silent(number, state=AlarmState.RETURNED_UNACKNOWLEDGED, cleared_us=NOW_US, **changed)


def seen(number: int, owner: str, **changed: object) -> AlarmRow:
    """One that somebody has acknowledged."""
    return silent(number, state=AlarmState.ACKNOWLEDGED, owner=owner, acknowledged_us=NOW_US, **changed)
