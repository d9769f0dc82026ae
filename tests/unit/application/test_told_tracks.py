"""Looking back at a track: how likely each fix showed a breach, as the decisions had it, and which fixes nobody can have been at."""

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
import pytest
from numpy.typing import NDArray
from room_builder import ANKLET, CASE, HOME, OPERATOR, PHONE, PROTECTED, SUPERVISOR, T0, WEARER, Desk, S, a_case, change

from backend_bridge.application.answers import Found, answer
from backend_bridge.application.outcome import Beside, Outcome
from backend_bridge.application.rows import Track
from backend_bridge.application.told_tracks import Against, told_track
from backend_bridge.domain.access.access import BY_ROUTINE
from backend_bridge.domain.alarm import AlarmChange, AlarmKind
from backend_bridge.domain.breach.policy import POLICY
from backend_bridge.domain.breach.refiltered import RingSpan
from backend_bridge.domain.breach.target_levels import SURELY_OUT
from backend_bridge.domain.case import Case, Schedule, ZoneKind
from backend_bridge.domain.commands import DecideRequest, RequestAccess
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, PersonId, RequestId, ZoneId
from backend_bridge.domain.outcomes.access_events import DataRead
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.queries import ReadTrack
from backend_bridge.domain.watching.bounds import Bounds
from backend_bridge.domain.watching.watch import Watch
from widgets import chart_series

WALK_MPS, EVERY_S = 1.3, 10
METRES_EAST = np.concatenate([np.arange(-800.0, 0.0, 13.0), np.zeros(30), np.arange(0.0, 800.0, 13.0)])
"""On foot towards the middle of the zone of 100 m, five minutes there, and on."""
COLUMNS = tuple(field.name for field in fields(FixBatch) if field.name != "device_names")
ALL = (T0, T0 + 86_400 * S)


def fixes_at(
    east_m: Sequence[float] | NDArray[np.float64], north_m: float = 0.0, device: DeviceId = ANKLET, every_s: float = EVERY_S, seed: int = 7
) -> FixBatch:
    """A fix each ten seconds, off by some metres, with the speed that the device measured."""
    n, chance = len(east_m), np.random.default_rng(seed)
    off_m = chance.normal(0.0, 3.0, (2, n))
    measured_us = T0 + (np.arange(n) * every_s * S).astype(np.int64)
    per_lon = 111_320 * np.cos(np.radians(HOME.lat_deg))
    return FixBatch(
        device_names=(device,),
        device=np.zeros(n, np.int32),
        measured_us=measured_us,
        lat_deg=HOME.lat_deg + (north_m + off_m[0]) / 111_320,
        lon_deg=HOME.lon_deg + (np.asarray(east_m) + off_m[1]) / per_lon,
        accuracy_m=np.full(n, 8.0, np.float32),
        speed_mps=(np.abs(np.gradient(np.asarray(east_m))) / every_s).astype(np.float32),
        course_deg=np.full(n, np.nan, np.float32),
        moving=np.full(n, -1, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=np.arange(n, dtype=np.uint64),
        has_device_seq=np.ones(n, np.bool_),
        received_us=measured_us + S,
    )


def told(fixes: FixBatch, case: Case | None = None, *, hers: FixBatch | None = None) -> Track:
    """The wearer's track, or hers with his beside it."""
    watch, device = Watch.empty(), ANKLET if hers is None else PHONE
    watch.register([a_case() if case is None else case], T0 - S)
    stored = {ANKLET: fixes, PHONE: FixBatch.empty() if hers is None else hers}
    held = Against(
        bounds=watch.bounds(CASE, device), beside=None if hers is None else Beside(wearer=ANKLET, span_us=ALL, verdict=BY_ROUTINE)
    )
    return told_track(asked(device), lambda name, _from_us, _to_us: stored[name], held, masked=True)


def asked(device: DeviceId, purpose: Purpose = Purpose.COMPLIANCE) -> ReadTrack:
    return ReadTrack(device=device, case=CASE, from_us=ALL[0], to_us=ALL[1], purpose=purpose)


def inside(track: Track) -> NDArray[np.float32]:
    return np.frombuffer(track.inside, "<f4")


def test_who_walks_into_a_zone_and_out_again_is_seen_inside_exactly_then() -> None:
    chance, away_m = inside(told(fixes_at(METRES_EAST))), np.abs(METRES_EAST)
    assert (chance[away_m < 60.0] > 0.95).all()
    assert (chance[away_m > 150.0] < 0.05).all()
    assert len(chance) == len(METRES_EAST)


def test_who_stays_far_away_is_never_inside() -> None:
    assert (inside(told(fixes_at(METRES_EAST, north_m=2500.0))) < 0.001).all()


def test_the_chart_of_the_desk_has_a_line_of_it() -> None:
    series = chart_series.inside_series(chart_series.arrays_of(told(fixes_at(METRES_EAST))))
    assert len(series.value) == len(METRES_EAST)
    assert (np.nanmin(series.value), np.nanmax(series.value)) == pytest.approx((0.0, 100.0), abs=1.0)


def test_a_ring_is_told_of_in_her_track_at_each_fix_of_either_and_never_in_his() -> None:
    his, hers = fixes_at(METRES_EAST * 3.0), fixes_at(np.zeros(40), device=PHONE, every_s=40.0)
    track = told(his, hers=hers)
    assert np.isnan(inside(track)).all()
    assert len(track.ring_us) // 8 == len(track.ring) // 4 == len(his) + len(hers)
    at_us, ring = np.frombuffer(track.ring_us, "<i8"), np.frombuffer(track.ring, "<f4")
    assert (np.diff(at_us) >= 0).all()
    away_m = np.interp(at_us, his.measured_us, np.abs(METRES_EAST * 3.0))
    assert (ring[away_m < 900.0] > 0.95).all()
    assert (ring[(away_m > 1100.0) & (at_us > T0 + 60 * S)] < 0.05).all()
    assert told(his).ring == b""


def test_a_warn_ring_is_no_breach() -> None:
    case = a_case()
    track = told(fixes_at(METRES_EAST), replace(case, rings=case.rings[:1]), hers=fixes_at(np.zeros(40), device=PHONE))
    assert np.isnan(np.frombuffer(track.ring, "<f4")).all()


def test_the_thresholds_are_those_that_the_decisions_go_by() -> None:
    track = told(fixes_at(METRES_EAST))
    assert (track.amber_from, track.red_from) == POLICY[:2]
    assert (track.red_moving, track.red_at_rest) == (pytest.approx(0.576, abs=0.001), pytest.approx(0.872, abs=0.001))
    nothing = told(fixes_at(METRES_EAST), replace(a_case(), zones=()))
    assert (nothing.red_moving, nothing.red_at_rest) == (None, None)


def wander(seed: int, device: DeviceId, every_s: float) -> FixBatch:
    """Two hours of walks to and fro about the zone, as far as the ring."""
    chance, n = np.random.default_rng(seed), int(7200 / every_s)
    metres = np.cumsum(np.repeat(chance.choice([-1.3, 0.0, 1.3], n // 20 + 1), 20)[:n] * every_s)
    return fixes_at(metres - metres.mean(), chance.uniform(-60.0, 60.0), device, every_s, seed)


def as_received(his: FixBatch, hers: FixBatch) -> FixBatch:
    columns = {name: np.concatenate([getattr(his, name), getattr(hers, name)]) for name in COLUMNS}
    columns["device"] = np.repeat(np.array([0, 1], np.int32), [len(his), len(hers)])
    both = FixBatch(device_names=(ANKLET, PHONE), **columns)
    return both.take(np.argsort(both.received_us, kind="stable"))


def test_the_chart_says_at_the_moment_of_each_alarm_what_its_because_said() -> None:
    """To the four decimals of an alarm: both are the same filter over the same fixes."""
    n_told = 0
    for seed in range(6):
        case = a_case()
        case = replace(case, rings=(replace(case.rings[1], distance_m=150.0),))
        his, hers = wander(seed, ANKLET, 10.0), wander(seed + 100, PHONE, 15.0)
        watch = Watch.empty()
        watch.register([case], T0 - S)
        both = as_received(his, hers)
        decided = watch.advance(both, (), int(both.received_us[-1]))
        for alarm in decided:
            if alarm.kind in (AlarmKind.EXCLUSION_ZONE, AlarmKind.PROXIMITY) and alarm.probability is not None:
                n_told += 1
                drawn = curve_at(alarm, told(his, case), told(his, case, hers=hers))
                assert min(abs(value - alarm.probability) for value in drawn) < 1.1e-4
    assert n_told > 20


def curve_at(alarm: AlarmChange, his: Track, hers: Track) -> list[float]:
    """The value of the curve of that kind at the moment; of both where both devices were measured in the same instant."""
    times, values = (his.measured_us, his.inside) if alarm.kind is AlarmKind.EXCLUSION_ZONE else (hers.ring_us, hers.ring)
    shown = np.frombuffer(values, "<f4")[np.frombuffer(times, "<i8") == alarm.happened_us]
    return [float(value) for value in shown]


def granted(desk: Desk, person: PersonId = PROTECTED, purpose: Purpose = Purpose.VICTIM_NOTICE) -> None:
    """A grant for the track of one of the two of a whole day, and for nothing of the other."""
    request = RequestAccess(
        person=person, case=CASE, purpose=purpose, reason="x", from_us=ALL[0], to_us=ALL[1], minutes=60, fields=("track",)
    )
    made = desk.act(OPERATOR, request).replies[0].note
    desk.act(SUPERVISOR, DecideRequest(request=RequestId(str(made)), decision="approve", reason="y"))


class Shelf:
    """Stored fixes of both; the other answers of the store are not asked for."""

    def __init__(self) -> None:
        self.stored = {ANKLET: fixes_at(np.zeros(600)), PHONE: fixes_at(np.zeros(600), device=PHONE)}

    def fixes(self, device: DeviceId, from_us: int, to_us: int) -> FixBatch:
        fixes = self.stored[device]
        return fixes.take(np.flatnonzero((fixes.measured_us >= from_us) & (fixes.measured_us < to_us)))


def a_room() -> Desk:
    desk = Desk()
    always = np.array([[0, 2**62]], np.int64)
    desk.watch.held[PHONE] = Bounds(rings=((ANKLET, RingSpan(distance_m=300.0, in_force=always)),), amber_from=0.25, red_from=0.66)
    return desk


def answered(desk: Desk, outcome: Outcome) -> tuple[DataRead, Track]:
    (event,) = (event for event in outcome.events if isinstance(event, DataRead))
    found = answer(outcome.replies[0], desk.room.duty.user(OPERATOR), desk.room, Shelf())  # type: ignore[arg-type]  # a track asks for no more
    assert isinstance(found, Found)
    assert found.track is not None
    return event, found.track


def test_the_entry_about_her_track_says_that_the_rings_in_it_tell_of_him_as_well() -> None:
    desk = a_room()
    desk.raises(change(), after_s=900)
    event, track = answered(desk, desk.ask(OPERATOR, asked(PHONE)))
    assert (event.device, event.scope) == (PHONE, "with ANK-0001, for rings")
    assert len(track.ring) > 0
    event, track = answered(desk, desk.ask(OPERATOR, asked(ANKLET)))
    assert (event.device, event.scope, track.ring) == (ANKLET, None, b"")


def test_a_wearers_trail_that_a_grant_opens_for_the_rings_is_a_look_of_its_own_under_that_grant() -> None:
    desk, purpose = a_room(), Purpose.VICTIM_NOTICE
    for person in (PROTECTED, WEARER):
        granted(desk, person, purpose)
    outcome = desk.ask(OPERATOR, asked(PHONE, purpose), after_s=900)
    hers, his = (each for each in outcome.events if isinstance(each, DataRead))
    assert [(each.person, each.device, each.purpose, each.why) for each in (hers, his)] == [
        (PROTECTED, PHONE, purpose, "grant"),
        (WEARER, ANKLET, purpose, "grant"),
    ]
    assert len({hers.grant, his.grant, None}) == 3
    assert (his.from_us, his.to_us) == (outcome.replies[0].beside or pytest.fail("no rings")).span_us


def test_who_may_see_her_track_alone_learns_nothing_of_him_by_the_rings() -> None:
    desk = a_room()
    granted(desk)
    event, track = answered(desk, desk.ask(OPERATOR, asked(PHONE, Purpose.VICTIM_NOTICE), after_s=900))
    assert len(track.measured_us) > 0
    assert (event.scope, track.ring, track.ring_us) == (None, b"", b"")


def test_rings_reach_no_farther_back_than_the_wearers_trail_may_be_seen() -> None:
    desk = a_room()
    granted(desk)
    _, track = answered(desk, desk.ask(OPERATOR, asked(PHONE), after_s=3000))
    routine_us = desk.now_us - 30 * 60 * S
    assert np.frombuffer(track.measured_us, "<i8")[0] < routine_us
    assert np.frombuffer(track.ring_us, "<i8")[0] >= routine_us
    assert np.nanmin(np.frombuffer(track.ring, "<f4")) > 0.95


def test_outside_of_its_schedule_and_order_a_zone_counts_for_nothing() -> None:
    case, fixes = a_case(), fixes_at(METRES_EAST)
    half_us = int(fixes.measured_us[len(METRES_EAST) // 2])
    ended = replace(case, order=replace(case.order, ends_us=half_us))
    assert (np.isnan(inside(told(fixes, ended))) == (fixes.measured_us >= half_us)).all()
    minute = (T0 // S // 60 + 12 * 60) % 1440
    later = Schedule(tz="UTC", weekdays=frozenset(range(7)), from_minute=minute, to_minute=(minute + 60) % 1440)
    assert np.isnan(inside(told(fixes, replace(case, zones=(replace(case.zones[0], schedule=later),))))).all()


def a_curfew() -> Case:
    case = a_case()
    return replace(case, zones=(replace(case.zones[0], kind=ZoneKind.INCLUSION, warning_m=None),))


def outside(track: Track) -> NDArray[np.float32]:
    return np.frombuffer(track.outside, "<f4")


def test_who_must_stay_in_a_zone_is_told_of_by_how_likely_they_were_outside_of_it() -> None:
    track, away_m = told(fixes_at(METRES_EAST), a_curfew()), np.abs(METRES_EAST)
    assert (outside(track)[away_m > 150.0] > 0.95).all()
    assert (outside(track)[away_m < 60.0] < 0.05).all()
    assert np.isnan(inside(track)).all(), "there is nothing to keep out of"
    assert track.outside_from == SURELY_OUT
    assert (told(fixes_at(METRES_EAST)).outside, told(fixes_at(METRES_EAST)).outside_from) == (b"", None)


def test_the_chart_says_at_the_moment_of_each_broken_curfew_what_its_because_said() -> None:
    n_told = 0
    for seed in range(6):
        case, his = a_curfew(), wander(seed, ANKLET, 10.0)
        watch = Watch.empty()
        watch.register([case], T0 - S)
        decided = watch.advance(his, (), int(his.received_us[-1]))
        track = told(his, case)
        for alarm in decided:
            if alarm.kind is AlarmKind.INCLUSION_ZONE and alarm.probability is not None:
                n_told += 1
                drawn = outside(track)[np.frombuffer(track.measured_us, "<i8") == alarm.happened_us]
                assert min(abs(float(value) - alarm.probability) for value in drawn) < 1.1e-4
    assert n_told > 5


def test_zones_to_keep_out_of_and_to_stay_in_are_told_of_apart() -> None:
    case = a_case()
    both = replace(case, zones=(case.zones[0], replace(case.zones[0], zone=ZoneId("Z9"), kind=ZoneKind.INCLUSION, warning_m=None)))
    track = told(fixes_at(METRES_EAST), both)
    assert (inside(track) == inside(told(fixes_at(METRES_EAST)))).all()
    assert inside(track) + outside(track) == pytest.approx(np.ones(len(METRES_EAST)), abs=1e-6)


def test_nothing_measured_is_an_empty_track() -> None:
    track = told(FixBatch.empty())
    assert (track.inside, track.rejected, track.measured_us) == (b"", b"", b"")


def test_a_lone_jump_of_a_kilometre_is_told_and_still_in_the_track() -> None:
    fixes = fixes_at(METRES_EAST)
    lat_deg = fixes.lat_deg.copy()
    lat_deg[40] += 0.015
    track = told(replace(fixes, lat_deg=lat_deg))
    assert np.flatnonzero(np.frombuffer(track.rejected, "u1")).tolist() == [40]
    assert np.frombuffer(track.lat_deg, "<f8")[40] == lat_deg[40], "shown as rejected, never deleted"
    assert inside(track)[40] < 0.05


def test_who_was_carried_elsewhere_and_stays_there_is_believed() -> None:
    fixes = fixes_at(METRES_EAST)
    lat_deg = fixes.lat_deg.copy()
    lat_deg[40:] += 0.015
    assert not any(told(replace(fixes, lat_deg=lat_deg)).rejected)


@pytest.mark.parametrize("mps", [1.3, 15.0, 36.0, 60.0])
def test_no_fix_of_a_walk_a_drive_or_a_train_is_rejected(mps: float) -> None:
    east_m = np.concatenate([np.zeros(20), np.arange(1.0, 60.0) * mps * EVERY_S, np.full(20, 59.0 * mps * EVERY_S)])
    assert not any(told(fixes_at(east_m)).rejected)


STAYING = np.zeros(120)


@pytest.mark.parametrize("length", [1, 6])
def test_a_cluster_of_reflections_is_marked_and_still_in_the_track(length: int) -> None:
    fixes = fixes_at(STAYING)
    lat_deg, speed = fixes.lat_deg.copy(), fixes.speed_mps.copy()
    lat_deg[60 : 60 + length] += 250.0 / 111_320
    speed[60 : 60 + length] = np.nan
    track = told(replace(fixes, lat_deg=lat_deg, speed_mps=speed))
    marked = np.flatnonzero(np.frombuffer(track.rejected, "u1") == 2).tolist()
    assert marked == list(range(60, 60 + length))
    assert np.frombuffer(track.lat_deg, "<f8")[60] == lat_deg[60], "shown as not believed, never deleted"


def test_who_went_two_hundred_metres_and_stayed_is_believed_all_the_way() -> None:
    fixes = fixes_at(STAYING)
    lat_deg = fixes.lat_deg.copy()
    lat_deg[60:] += 250.0 / 111_320
    assert not any(told(replace(fixes, lat_deg=lat_deg)).rejected)


def test_a_large_error_that_the_device_admits_is_not_marked() -> None:
    fixes = fixes_at(STAYING)
    lat_deg, accuracy = fixes.lat_deg.copy(), fixes.accuracy_m.copy()
    lat_deg[60:66] += 250.0 / 111_320
    accuracy[60:66] = 300.0
    assert not any(told(replace(fixes, lat_deg=lat_deg, accuracy_m=accuracy)).rejected)


def test_nobody_is_doubted_before_a_later_position_shows_that_it_was_wrong() -> None:
    fixes = fixes_at(STAYING)
    lat_deg, speed = fixes.lat_deg.copy(), fixes.speed_mps.copy()
    lat_deg[117:] += 250.0 / 111_320
    speed[117:] = np.nan
    assert not any(told(replace(fixes, lat_deg=lat_deg, speed_mps=speed)).rejected)


def test_reflections_are_marked_where_the_case_has_no_zone_at_all() -> None:
    fixes = fixes_at(STAYING)
    lat_deg, speed = fixes.lat_deg.copy(), fixes.speed_mps.copy()
    lat_deg[60:66] += 250.0 / 111_320
    speed[60:66] = np.nan
    track = told(replace(fixes, lat_deg=lat_deg, speed_mps=speed), replace(a_case(), zones=(), rings=()))
    assert sum(track.rejected) == 12
    assert np.isnan(inside(track)).all()
