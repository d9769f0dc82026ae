"""Laws of the watch: the same inputs give the same alarms however they are cut, and from a snapshot taken anywhere."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from worlds import DAY, HERE, T0, S, at, case, event, fixes, ring, stay, walk, zone

from backend_bridge.adapters.state_codec import decode, encode
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmStep
from backend_bridge.domain.breach.schedule import schedule_of
from backend_bridge.domain.case import Case, Party, RingEffect, ZoneKind
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, PersonId
from backend_bridge.domain.watching.watch import Watch


def cases() -> tuple[Case, ...]:
    night = schedule_of("Asia/Seoul", "FREQ=DAILY", "09:20", "09:50")
    rings = (ring("R1", 2000.0, RingEffect.WARN), ring("R2", 500.0))
    first = case(1, zones=(zone(warning_m=300.0), zone("Z2", schedule=night), zone("Z3", kind=ZoneKind.INCLUSION)), rings=rings)
    shared = Party(person=PersonId("S-1"), device=DeviceId("ANK-1"))
    return first, case(2, subject=shared, rings=(ring("R1", 800.0, about="V-2"),)), case(3)


@cache
def inputs() -> tuple[FixBatch, tuple[DeviceEvent, ...]]:
    """An hour and a half in which nearly everything happens: zones, rings, a backlog, a loss, a stranger, all device events."""
    rows = walk("ANK-1", at(-3000, 0), at(200, 0), 0, 1200) + stay("ANK-1", at(200, 0), 1200, 2000)
    rows += walk("ANK-1", at(200, 0), at(2500, 800), 2000, 3000) + stay("ANK-1", at(2500, 800), 4700, 5000)
    rows += stay("VIC-1", at(500, 100), 0, 5000, 60) + stay("VIC-2", at(2400, 700), 0, 3000, 60)
    rows += walk("ANK-3", at(600, 200), at(520, 120), 0, 120) + stay("ANK-3", at(520, 120), 120, 1500)
    received = [second + 1.0 for _, second, _ in rows]
    for index, (device, second, _) in enumerate(rows):
        if device == "ANK-1" and 900 <= second < 1300:
            received[index] = 1500.0 - (second - 900) / 100
    batch = fixes(rows, received)
    return batch, events()


def events() -> tuple[DeviceEvent, ...]:
    told = [
        event("ANK-1", 300, DeviceEventKind.BATTERY, 14.0),
        event("ANK-1", 700, DeviceEventKind.STRAP_CUT),
        event("ANK-1", 800, DeviceEventKind.STRAP_RESTORED),
        event("VIC-1", 1000, DeviceEventKind.SOS),
        event("ANK-1", 1100, DeviceEventKind.JAMMING),
        event("ANK-1", 1400, DeviceEventKind.JAMMING_END),
        event("ANK-3", 1450, DeviceEventKind.SEPARATED),
        event("ANK-1", 1600, DeviceEventKind.CHARGING),
        event("VIC-1", 1700, DeviceEventKind.BEACON_CONTACT, "ANK-1"),
        event("VIC-2", 2990, DeviceEventKind.POWER_OFF),
    ]
    return tuple(sorted(told, key=lambda one: one.received_us))


def played(moments: Sequence[int], *, reborn: bool = False) -> list[AlarmChange]:
    """Everything decided until two hours after `T0`, the inputs cut after each of the moments (µs, in order)."""
    batch, told = inputs()
    watch = Watch.empty()
    decided = list(watch.register(cases(), T0 - DAY * S))
    start = n_told = 0
    for now_us in [*moments, T0 + 7200 * S]:
        end = int(np.searchsorted(batch.received_us, now_us, side="right"))
        until = sum(one.received_us <= now_us for one in told)
        decided += watch.advance(batch.between(start, end), told[n_told:until], now_us)
        start, n_told = end, until
        if reborn:
            watch = Watch.of_parts(watch.parts())
    return decided


@cache
def whole() -> tuple[AlarmChange, ...]:
    return tuple(played([]))


def test_the_hour_shows_nearly_every_kind() -> None:
    missing = set(AlarmKind) - {change.kind for change in whole()}
    assert missing <= {AlarmKind.SYSTEM, AlarmKind.LOITERING, AlarmKind.POSITION_NOT_TRUSTED}


def test_lines_are_in_the_order_in_which_they_could_be_known() -> None:
    known = [change.known_us for change in whole()]
    assert known == sorted(known)
    assert all(change.happened_us <= change.known_us for change in whole())


def test_each_alarm_is_raised_once_upgraded_at_most_once_and_cleared_at_most_once() -> None:
    steps: dict[str, list[AlarmStep]] = {}
    for change in whole():
        steps.setdefault(change.alarm, []).append(change.step)
    lives = {tuple(life) for life in steps.values()}
    raised, upgraded, cleared = AlarmStep.RAISED, AlarmStep.UPGRADED, AlarmStep.CLEARED
    assert lives <= {(raised,), (raised, cleared), (raised, upgraded), (raised, upgraded, cleared)}


@settings(max_examples=25, deadline=None)
@given(some.lists(some.integers(0, 7200 * 1000), max_size=40, unique=True))
def test_alarms_do_not_hang_on_the_batching(milliseconds: list[int]) -> None:
    assert tuple(played(sorted(T0 + ms * 1000 for ms in milliseconds))) == whole()


def test_ticks_of_a_second_give_the_same_as_one_call() -> None:
    assert tuple(played([T0 + second * S for second in range(7200)])) == whole()


@settings(max_examples=10, deadline=None)
@given(some.lists(some.integers(0, 7200), max_size=8, unique=True))
def test_a_watch_reborn_from_its_snapshot_decides_the_same(seconds: list[int]) -> None:
    assert tuple(played(sorted(T0 + second * S for second in seconds), reborn=True)) == whole()


def test_a_picture_changes_nothing_and_shows_everybody() -> None:
    batch, told = inputs()
    watch = Watch.empty()
    watch.register(cases(), T0 - DAY * S)
    watch.advance(batch, told, T0 + 5000 * S)
    shown = watch.picture(T0 + 5000 * S)
    assert set(shown.devices) == {"ANK-1", "VIC-1", "VIC-2", "ANK-3", "VIC-3"}
    where = dict(zip(shown.devices, zip(shown.lat_deg, shown.lon_deg, strict=True), strict=True))
    assert where["VIC-1"] == pytest.approx((at(500, 100).lat_deg, at(500, 100).lon_deg), abs=1e-4)
    assert np.isnan(where["VIC-3"][0])
    assert {(case_id, about) for case_id, about in zip(shown.pairs.case, shown.pairs.about, strict=True)} >= {("C1", "V-1"), ("C2", "V-2")}
    assert shown.health[DeviceId("ANK-1")].strap_restored_us is not None
    assert HERE.lat_deg == pytest.approx(37.5585)


def test_a_snapshot_survives_being_bytes() -> None:
    batch, told = inputs()
    watch = Watch.empty()
    watch.register(cases(), T0 - DAY * S)
    cut_us = T0 + 1700 * S
    end = int(np.searchsorted(batch.received_us, cut_us, side="right"))
    until = sum(one.received_us <= cut_us for one in told)
    watch.advance(batch.between(0, end), told[:until], cut_us)
    twin = Watch.of_parts(decode(encode(watch.parts())))  # type: ignore[arg-type]  # it is what was encoded
    rest = batch.between(end, len(batch)), told[until:], T0 + 7200 * S
    assert twin.advance(*rest) == watch.advance(*rest)
