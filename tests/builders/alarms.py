"""Alarms: one of each kind, an evening of them, and thousands."""

from dataclasses import replace
from typing import Final

import numpy as np

from backend_bridge.application.rows import (
    AlarmRow,
    AlarmState,
    Trend,
)
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.identifiers import (
    AlarmId,
    DeviceId,
    IncidentId,
    PersonId,
    RingId,
    UserId,
    ZoneId,
)
from builders.scene import NOW_US, PLACES, S, case_id

KINDS: Final = tuple(kind for kind in AlarmKind if kind is not AlarmKind.SYSTEM)
MOVING: Final = (AlarmKind.EXCLUSION_ZONE, AlarmKind.ZONE_WARNING, AlarmKind.PROXIMITY, AlarmKind.APPROACH)
TECHNICAL: Final = (AlarmKind.TAMPER, AlarmKind.BATTERY, AlarmKind.SILENT, AlarmKind.JAMMING)


def alarm(number: int = 1, **changed: object) -> AlarmRow:
    """A red approach in the case of that number; `changed` replaces fields."""
    row = AlarmRow(
        alarm=AlarmId(f"A-{number}"),
        kind=AlarmKind.APPROACH,
        level=AlarmLevel.RED,
        priority=1,
        state=AlarmState.UNACKNOWLEDGED,
        case=case_id(number),
        subject=PersonId(f"S-{number:04d}"),
        device=DeviceId(f"ANK-{number:04d}"),
        zone=None,
        ring=RingId("R2"),
        about=PersonId(f"V-{number:04d}"),
        happened_us=NOW_US - 14 * S,
        known_us=NOW_US - 12 * S,
        called_us=NOW_US - 12 * S,
        cleared_us=None,
        place=PLACES[number % len(PLACES)],
        distance_m=720.0,
        distance_error_m=14.0,
        closing_mps=4.0,
        contact_s=130.0,
        trend=Trend.CLOSING,
        probability=0.97,
        count=1,
        owner=None,
        acknowledged_us=None,
        shelved_until_us=None,
        escalation=0,
        incident=None,
        group=None,
        next_step="notify-112",
        because=(("n_fixes", 6), ("error_subject_m", 9.0), ("error_protected_m", 11.0), ("miss_m", 40.0)),
        updated_us=NOW_US,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def evening() -> tuple[AlarmRow, ...]:
    """The seven alarms of the pictures that the desk was drawn from."""
    calm: dict[str, object] = {"contact_s": None, "closing_mps": None, "trend": Trend.UNKNOWN, "ring": None}
    seen: dict[str, object] = {"state": AlarmState.ACKNOWLEDGED, "owner": UserId("op-2"), "acknowledged_us": NOW_US - 60 * S}
    return (
        alarm(142, place="home 720 m"),
        alarm(
            88,
            kind=AlarmKind.SOS,
            device=DeviceId("VIC-0088"),
            known_us=NOW_US - 41 * S,
            place="home 1240 m",
            distance_m=None,
            probability=None,
            escalation=1,
            **calm,
        ),
        alarm(
            51,
            kind=AlarmKind.EXCLUSION_ZONE,
            known_us=NOW_US - 185 * S,
            place="home",
            distance_m=0.0,
            probability=0.91,
            zone=ZoneId("Z1"),
            incident=IncidentId("I-51"),
            next_step="dispatch",
            **{**calm, **seen, "owner": UserId("op-1"), "trend": Trend.STEADY, "closing_mps": 0.1},
        ),
        alarm(
            117,
            kind=AlarmKind.PROXIMITY,
            level=AlarmLevel.AMBER,
            priority=2,
            known_us=NOW_US - 380 * S,
            place="home 1600 m",
            distance_m=1600.0,
            probability=0.54,
            contact_s=700.0,
            closing_mps=1.2,
            count=4,
            next_step="watch",
            **seen,
        ),
        alarm(
            30,
            kind=AlarmKind.TAMPER,
            level=AlarmLevel.AMBER,
            priority=2,
            known_us=NOW_US - 531 * S,
            place=None,
            distance_m=5200.0,
            probability=None,
            next_step="check-strap",
            **{**calm, **seen, "state": AlarmState.LATCHED},
        ),
        alarm(
            97,
            kind=AlarmKind.NOT_EXCLUDED,
            level=AlarmLevel.AMBER,
            priority=2,
            known_us=NOW_US - 842 * S,
            place="work 900 m",
            distance_m=900.0,
            probability=0.3,
            next_step="locate",
            **{**calm, "state": AlarmState.UNACKNOWLEDGED},
        ),
        alarm(
            64,
            kind=AlarmKind.BATTERY,
            level=AlarmLevel.AMBER,
            priority=4,
            known_us=NOW_US - 1330 * S,
            place=None,
            distance_m=8800.0,
            probability=None,
            next_step="check-device",
            **{**calm, "state": AlarmState.SHELVED, "owner": UserId("op-1"), "shelved_until_us": NOW_US + 2400 * S},
        ),
    )


def many_alarms(n: int) -> tuple[AlarmRow, ...]:
    """`n` alarms of every kind and state, in no order, the same at each call; a way is foretold where a way is what alarms."""
    chance = np.random.default_rng(7)
    states = [state for state in AlarmState if state is not AlarmState.CLOSED]
    rows = []
    for number in range(n):
        kind = KINDS[int(chance.integers(len(KINDS)))]
        priority = 4 if kind in TECHNICAL else int(chance.integers(1, 4))
        closing = bool(chance.integers(2))
        state = states[int(chance.integers(len(states)))]
        if state is AlarmState.LATCHED and kind is not AlarmKind.TAMPER:
            state = AlarmState.ACKNOWLEDGED  # a strap alone is held until it was checked
        known_us = NOW_US - int(chance.integers(3600)) * S
        row = alarm(
            number,
            kind=kind,
            level=AlarmLevel.RED if priority == 1 else AlarmLevel.AMBER,
            priority=priority,
            state=state,
            known_us=known_us,
            trend=Trend.CLOSING if closing else Trend.OPENING,
        )
        rows.append(replace(row, **_way(kind, float(chance.integers(9000)), closing=closing), **_owned(state, number, known_us)))  # type: ignore[arg-type]  # as above
    return tuple(rows)


def _way(kind: AlarmKind, distance_m: float, *, closing: bool) -> dict[str, object]:
    """What is foretold at 4 m/s up to a ring of 200 m; nothing of what a device reports by itself."""
    if kind in MOVING:
        return {"distance_m": distance_m, "contact_s": max(0.0, (distance_m - 200) / 4.0) if closing else None}
    known: dict[str, object] = {"contact_s": None, "closing_mps": None, "trend": Trend.UNKNOWN}
    judged = kind in (AlarmKind.NOT_EXCLUDED, AlarmKind.INCLUSION_ZONE, AlarmKind.LOITERING)
    return known | {"distance_m": None if kind is AlarmKind.SOS else distance_m} | ({} if judged else {"probability": None})


def _owned(state: AlarmState, number: int, known_us: int) -> dict[str, object]:
    """Whoever acknowledged a row owns it."""
    if state in (AlarmState.UNACKNOWLEDGED, AlarmState.RETURNED_UNACKNOWLEDGED):
        return {}
    return {"owner": UserId(f"op-{number % 3 + 1}"), "acknowledged_us": known_us + 20 * S}
