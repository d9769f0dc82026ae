"""Rows about the bridge itself: gateways and the room as a whole."""

from collections import Counter

import numpy as np

from backend_bridge.application.looking import Look
from backend_bridge.application.rows import GatewayRow, RoomRow
from backend_bridge.application.training_rows import ExerciseRow
from backend_bridge.domain.alarm import TECHNICAL
from backend_bridge.domain.exercise import Course, Vouched
from backend_bridge.domain.lanes.self_test import SELF_TEST
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.picture import Part


def gateway_rows(look: Look) -> list[tuple[str, GatewayRow | None]]:
    """Every gateway that was ever heard."""
    n_devices = Counter(look.room.devices.gateway.values())
    lanes = look.room.lanes
    parts = [part for part in lanes.standing() if part.gateway != SELF_TEST]
    return [
        (
            part.gateway,
            GatewayRow(
                gateway=part.gateway,
                up=part.up,
                last_heard_us=None if part.last_heard_us is None else part.last_heard_us // MICROSECONDS * MICROSECONDS,
                n_devices=n_devices[part.gateway],
                fixes_per_s=round(look.room.health.rate.get(part.gateway, 0.0), 1),
                holes=lanes.missing(part.gateway),
                lost=part.lost,
                quarantined=part.quarantined,
                revoked=part.gateway in look.room.devices.revoked,
            ),
        )
        for part in parts
    ]


def room_row(look: Look) -> RoomRow:
    """The bridge about itself."""
    room = look.room
    standing = [part for part in room.lanes.standing() if part.gateway != SELF_TEST]
    waiting = [row for row in room.alarms if not row.acknowledged and row.shelved_until_us is None]
    amber = [row for row in waiting if not row.is_red]
    technical = sum(row.newest.kind in TECHNICAL for row in amber)
    health = room.health
    return RoomRow(
        fixes_per_s=round(sum(health.rate.values()), 1),
        lag_s=health.lag_s,
        n_cases=sum(held.in_force(look.now_us) for held in room.registry.held.values()),
        n_silent=_n_silent(look),
        gateways_up=sum(part.up for part in standing),
        gateways_total=len(standing),
        unacknowledged_red=sum(row.is_red for row in waiting),
        unacknowledged_amber=len(amber) - technical,
        unacknowledged_technical=technical,
        flood=room.clusters.flood,
        degraded=tuple(sorted(health.troubles)),
        started_us=health.started_us,
        last_verified_us=health.verified_us,
        last_checkpoint_us=health.checkpoint_us,
        last_outside_copy_us=health.outside_copy_us,
        last_self_test_us=health.self_test_us,
        replay=room.replay,
        exercise=None if room.course is None else _exercise_row(room.course, room.vouched),
    )


def _exercise_row(course: Course, vouched: Vouched) -> ExerciseRow:
    return ExerciseRow(
        scenario=course.scenario,
        title_ko=course.title.ko,
        title_en=course.title.en,
        briefing_ko=course.briefing.ko,
        briefing_en=course.briefing.en,
        starts_us=course.starts_us,
        ends_us=course.ends_us,
        ended_us=course.ended_us,
        speed=course.speed,
        calls=tuple((call.at_us, call.by, call.text.ko, call.text.en) for call in course.calls),
        vouched=vouched,
    )


def _n_silent(look: Look) -> int:
    """Wearers who are not heard although they should be, and those of whom nothing was ever heard under an order in force."""
    picture, registry = look.picture, look.room.registry
    wearer = picture.part == Part.WEARER
    silent = (picture.silent_since_us >= 0) & wearer
    never = [picture.devices[index] for index in np.flatnonzero((picture.measured_us < 0) & wearer & ~silent).tolist()]
    unfitted = sum(any(registry.held[each.case].in_force(look.now_us) for each in registry.carriers(device)) for device in never)
    return int(silent.sum()) + unfitted
