"""The scenarios that a control room must live through, as far as the watch decides about them. Numbers are those of the domain notes."""

from dataclasses import replace

import numpy as np
from worlds import DAY, HERE, T0, Row, S, alarms, at, case, event, fixes, of_kind, ring, seconds_of, stay, told, walk, zone

from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.case import RingEffect
from backend_bridge.domain.device_event import DeviceEventKind
from backend_bridge.domain.fix import FixBatch, FixSource
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.watching.watch import Watch

RINGS = (ring("R1", 2000.0, RingEffect.WARN), ring("R2", 500.0))


def in_order(*parts: list[Row]) -> list[Row]:
    return sorted((row for part in parts for row in part), key=lambda row: row[1])


def raised(changes: list[AlarmChange], kind: AlarmKind) -> list[AlarmChange]:
    return [change for change in of_kind(changes, kind) if change.step is AlarmStep.RAISED]


def first_red(changes: list[AlarmChange], kind: AlarmKind) -> AlarmChange:
    return next(c for c in of_kind(changes, kind) if c.level is AlarmLevel.RED and c.step is not AlarmStep.CLEARED)


def blurred(place: LatLon, chance: np.random.Generator) -> LatLon:
    """A place with an error of 12 m an axis."""
    north, east = chance.normal(0.0, 12.0, 2).tolist()
    return LatLon(lat_deg=place.lat_deg + north / 111_000.0, lon_deg=place.lon_deg + east / 88_000.0)


def test_1_walk_in_from_three_kilometres_warns_minutes_ahead() -> None:
    rows = in_order(walk("ANK-1", at(3000, 0), HERE, 0, 2200), stay("VIC-1", HERE, 0, 2200, 30))
    decided = alarms([case(rings=RINGS)], rows)
    ahead_us = first_red(decided, AlarmKind.PROXIMITY).known_us - raised(decided, AlarmKind.APPROACH)[0].known_us
    assert ahead_us >= 300 * S
    assert raised(decided, AlarmKind.PROXIMITY)[0].ring == "R1"


def test_2_car_at_sixty_from_five_kilometres_warns_before_the_ring() -> None:
    rows = in_order(stay("ANK-1", at(5000, 0), 0, 600), walk("ANK-1", at(5000, 0), HERE, 600, 900, 10), stay("VIC-1", HERE, 0, 900, 30))
    decided = alarms([case(rings=RINGS)], rows)
    ahead_us = first_red(decided, AlarmKind.PROXIMITY).known_us - raised(decided, AlarmKind.APPROACH)[0].known_us
    assert ahead_us >= 60 * S
    assert raised(decided, AlarmKind.APPROACH)[0].because["contact_s"] is not None


def test_a_warning_is_likelier_right_when_he_walks_straight_at_her_than_when_he_passes_or_only_lives_near() -> None:
    at_home = stay("VIC-1", HERE, 0, 2200, 30)
    ways = {
        "straight": walk("ANK-1", at(3000, 0), HERE, 0, 2200),
        "past": walk("ANK-1", at(-3000, 1200), at(3000, 1200), 0, 2200),
        "near": stay("ANK-1", at(1150, 0), 0, 2200, 30),
    }
    chance = {
        name: raised(alarms([case(rings=RINGS)], in_order(his, at_home)), AlarmKind.APPROACH)[0].probability for name, his in ways.items()
    }
    assert 0.25 <= chance["near"] < chance["straight"] <= 1.0
    assert chance["past"] < chance["straight"]


def test_3_both_on_one_train_are_shown_as_travelling_together_and_still_alarmed() -> None:
    ride = in_order(walk("ANK-1", at(-9000, 0), at(9000, 0), 0, 1200), walk("VIC-1", at(-8960, 0), at(9040, 0), 0, 1200))
    watch = Watch.empty()
    watch.register([case(rings=RINGS)], T0 - DAY * S)
    decided = watch.advance(fixes(ride), (), T0 + 1200 * S)
    assert any(c.level is AlarmLevel.RED for c in of_kind(decided, AlarmKind.PROXIMITY))
    assert watch.picture(T0 + 1200 * S).pairs.co_travel.tolist() == [True]


def test_4_jitter_at_the_edge_of_a_ring_is_one_alarm_not_twenty() -> None:
    chance = np.random.default_rng(5)
    rows = []
    for second in range(0, 7200, 30):
        east, north = chance.normal(0.0, 25.0, 2).tolist()
        rows.append(("ANK-1", float(second), at(500 + east, north)))
        rows.append(("VIC-1", float(second) + 5, HERE))
    near = raised(alarms([case(rings=(ring("R2", 500.0),))], rows), AlarmKind.PROXIMITY)
    assert len(near) <= 4


def test_6_a_device_that_never_moves_is_doubted_though_it_reports() -> None:
    batch = fixes(stay("ANK-1", at(4000, 0), 0, 17 * 3600, 120), moving=0)
    watch = Watch.empty()
    watch.register([case()], T0 - DAY * S)
    doubted = of_kind(watch.advance(batch, (), T0 + 17 * 3600 * S), AlarmKind.POSITION_NOT_TRUSTED)
    assert [(c.step, c.because["cause"]) for c in doubted] == [(AlarmStep.RAISED, "no-motion")]


def test_7_an_sos_by_tower_alone_is_red_and_carries_its_error() -> None:
    tower = event("VIC-1", 5, DeviceEventKind.SOS, place=at(700, 0), accuracy_m=2000.0, source=FixSource.CELL)
    sos = alarms([case(rings=RINGS)], events=[tower])[0]
    assert (sos.kind, sos.level) == (AlarmKind.SOS, AlarmLevel.RED)
    assert (sos.because["accuracy_m"], sos.because["source"]) == (2000.0, "cell")


def test_8_a_wearer_of_another_case_near_an_sos_is_told_at_once() -> None:
    rows = in_order(stay("ANK-2", at(150, 0), 0, 600), stay("ANK-3", at(6000, 0), 0, 600), stay("VIC-1", HERE, 0, 600))
    decided = alarms([case(1), case(2), case(3)], rows, [event("VIC-1", 590, DeviceEventKind.SOS)])
    near = [c for c in raised(decided, AlarmKind.UNPAIRED) if c.because["cause"] == "near-sos"]
    assert [(c.case, c.subject, c.about, c.level) for c in near] == [("C2", "S-2", "V-1", AlarmLevel.RED)]
    assert near[0].known_us == T0 + 591 * S


def test_8b_a_wearer_who_comes_to_the_sos_later_is_told_when_near() -> None:
    rows = in_order(walk("ANK-2", at(3000, 0), at(50, 0), 0, 1500), stay("VIC-1", HERE, 0, 1500))
    decided = alarms([case(1), case(2)], rows, [event("VIC-1", 60, DeviceEventKind.SOS)])
    near = [c for c in raised(decided, AlarmKind.UNPAIRED) if c.because["cause"] == "near-sos"]
    assert len(near) == 1
    assert 1100 <= seconds_of(near[0].known_us) <= 1500


def test_9_a_two_hour_backlog_is_judged_fix_by_fix() -> None:
    before = stay("ANK-1", at(-4000, 0), 0, 600)
    away = walk("ANK-1", at(-4000, 0), at(4000, 0), 600, 7800, 30)
    after = stay("ANK-1", at(4000, 0), 7800, 8400)
    received = [r[1] + 1 for r in before] + [7900 + k / 50 for k in range(len(away))] + [max(r[1] + 1, 7905) for r in after]
    watch = Watch.empty()
    watch.register([case(zones=(zone(),))], T0 - DAY * S)
    decided = list(watch.advance(fixes(before + away + after, received), (), T0 + 8400 * S))
    inside = of_kind(decided, AlarmKind.EXCLUSION_ZONE)
    assert [inside[0].step, inside[-1].step] == [AlarmStep.RAISED, AlarmStep.CLEARED]
    # 3.7 km of 8 km: inside from about 3930 s on, known only with the backlog.
    assert abs(seconds_of(inside[0].happened_us) - 3930) <= 90
    assert 7900 <= seconds_of(inside[0].known_us) <= 7906


def test_12_an_order_that_ends_at_midnight_during_an_alarm_ends_it_then() -> None:
    midnight_us = T0 + 15 * 3600 * S
    order = replace(case().order, ends_us=midnight_us)
    rows = stay("ANK-1", HERE, 14 * 3600, 16 * 3600)
    decided = of_kind(alarms([case(zones=(zone(),), order=order)], rows), AlarmKind.EXCLUSION_ZONE)
    assert decided[-1].step is AlarmStep.CLEARED
    assert decided[-1].happened_us == decided[-1].known_us == midnight_us


def test_14_she_moves_and_her_new_home_counts_from_the_new_version_on() -> None:
    watch = Watch.empty()
    watch.register([case(zones=(zone(),))], T0 - DAY * S)
    watch.advance(fixes(stay("ANK-1", at(3000, 0), 0, 600)), (), T0 + 600 * S)
    new_home = replace(zone().shape, centre=at(3000, 0))  # type: ignore[type-var]  # it is a circle
    watch.register([case(zones=(zone(shape=new_home),))], T0 + 600 * S)
    decided = watch.advance(fixes(stay("ANK-1", at(3000, 0), 600, 900)), (), T0 + 900 * S)
    assert [c.happened_us >= T0 + 600 * S for c in raised(list(decided), AlarmKind.EXCLUSION_ZONE)] == [True]


def test_15_probing_the_edge_again_and_again_is_told_as_loitering() -> None:
    rows: list[Row] = []
    for visit in range(5):
        start = visit * 2400
        rows += walk("ANK-1", at(1500, 0), at(450, 0), start, start + 600)
        rows += stay("ANK-1", at(450, 0), start + 600, start + 900)
        rows += walk("ANK-1", at(450, 0), at(1500, 0), start + 900, start + 1500)
    hanging = raised(alarms([case(zones=(zone(warning_m=300.0),))], rows), AlarmKind.LOITERING)
    assert [c.zone for c in hanging] == ["Z1"]


def test_15b_a_long_stay_at_the_edge_is_loitering_too() -> None:
    hanging = raised(alarms([case(zones=(zone(warning_m=300.0),))], stay("ANK-1", at(450, 0), 0, 3000)), AlarmKind.LOITERING)
    assert [c.because["cause"] for c in hanging] == ["stay"]
    assert 1200 <= seconds_of(hanging[0].known_us) <= 1500


def test_16_an_order_without_telemetry_still_takes_her_sos() -> None:
    without = replace(case(), subject=replace(case().subject, device=None))
    assert told(alarms([without], events=[event("VIC-1", 5, DeviceEventKind.SOS)])) == ["raised sos red V-1"]


def test_17_after_an_acquittal_nothing_of_him_is_kept_or_decided() -> None:
    watch = Watch.empty()
    watch.register([case(zones=(zone(),))], T0 - DAY * S)
    watch.end_order(CaseId("C1"), T0)
    later = fixes(stay("ANK-1", HERE, 10, 600))
    assert not watch.concerns(later).any()
    assert watch.advance(later, (), T0 + 600 * S) == ()


def test_18_a_clock_that_is_ninety_seconds_ahead_is_doubted_and_still_judged() -> None:
    rows = stay("ANK-1", HERE, 0, 900)
    decided = alarms([case(zones=(zone(),))], [])
    watch = Watch.empty()
    watch.register([case(zones=(zone(),))], T0 - DAY * S)
    decided = list(watch.advance(fixes(rows, [second - 90 for _, second, _ in rows]), (), T0 + 900 * S))
    assert {c.because["cause"] for c in raised(decided, AlarmKind.POSITION_NOT_TRUSTED)} == {"clock-ahead"}
    assert raised(decided, AlarmKind.EXCLUSION_ZONE)


def test_18b_a_clock_that_is_ninety_seconds_behind_is_doubted_too() -> None:
    rows = stay("ANK-1", at(4000, 0), 0, 900)
    watch = Watch.empty()
    watch.register([case()], T0 - DAY * S)
    decided = list(watch.advance(fixes(rows, [second + 91 for _, second, _ in rows]), (), T0 + 1000 * S))
    assert {c.because["cause"] for c in raised(decided, AlarmKind.POSITION_NOT_TRUSTED)} == {"clock-behind"}


def test_19_fixes_in_any_order_of_arrival_show_the_same_breach() -> None:
    rows = walk("ANK-1", at(-1500, 0), at(1500, 0), 0, 1800)
    chance = np.random.default_rng(3)
    for shuffled in (rows, rows[::-1], [rows[k] for k in chance.permutation(len(rows)).tolist()]):
        watch = Watch.empty()
        watch.register([case(zones=(zone(),))], T0 - DAY * S)
        batch = fixes(shuffled, [2000 + k / 10 for k in range(len(rows))])
        inside = of_kind(watch.advance(batch, (), T0 + 2100 * S), AlarmKind.EXCLUSION_ZONE)
        assert any(690 <= seconds_of(c.happened_us) <= 1110 for c in inside if c.step is AlarmStep.RAISED)
        live = fixes([("ANK-1", 2110, at(1500, 0))], [2111])
        inside += of_kind(watch.advance(live, (), T0 + 2120 * S), AlarmKind.EXCLUSION_ZONE)
        assert inside[-1].step is AlarmStep.CLEARED


def test_20_who_lives_inside_the_zone_is_one_alarm_a_day_not_a_hundred() -> None:
    inside = raised(alarms([case(zones=(zone(),))], stay("ANK-1", at(150, 0), 0, 12 * 3600, 60)), AlarmKind.EXCLUSION_ZONE)
    assert len(inside) == 1


def test_a_stranger_who_only_passes_is_nobody() -> None:
    rows = in_order(walk("ANK-2", at(-1500, 20), at(1500, 20), 0, 2200), stay("VIC-1", HERE, 0, 2200))
    assert of_kind(alarms([case(1), case(2)], rows), AlarmKind.UNPAIRED) == []


def test_a_stranger_who_comes_and_stays_is_told_within_minutes_once() -> None:
    came = walk("ANK-2", at(-1500, 20), at(10, 20), 0, 1100)
    rows = in_order(came, stay("ANK-2", at(10, 20), 1100, 4000), stay("VIC-1", HERE, 0, 4000))
    lingering = raised(alarms([case(1), case(2)], rows), AlarmKind.UNPAIRED)
    assert [(c.case, c.about, c.ring) for c in lingering] == [("C2", "V-1", None)]
    # A device that tells neither its speed nor whether it moves is known to have stopped only after some minutes.
    assert seconds_of(lingering[0].known_us) <= 1100 + 14 * 60


def test_a_stranger_to_whom_she_has_come_is_told_when_he_is_close_for_longer_and_a_neighbour_across_the_block_is_not() -> None:
    hers = walk("VIC-1", at(-1500, 20), at(10, 20), 3600, 4700) + stay("VIC-1", at(10, 20), 4700, 6600)
    close = raised(alarms([case(1), case(2)], in_order(stay("ANK-2", HERE, 0, 6600), hers)), AlarmKind.UNPAIRED)
    across = raised(alarms([case(1), case(2)], in_order(stay("ANK-2", at(130, 20), 0, 6600), hers)), AlarmKind.UNPAIRED)
    assert [c.because["cause"] for c in close] == ["lingers"]
    assert across == []


def test_a_stranger_who_comes_back_after_a_short_visit_is_told_at_the_second() -> None:
    near, away = at(15, 10), at(600, 10)
    his = walk("ANK-2", away, near, 0, 420) + stay("ANK-2", near, 420, 540) + walk("ANK-2", near, away, 540, 960)
    his += stay("ANK-2", away, 960, 1800) + walk("ANK-2", away, near, 1800, 2220) + stay("ANK-2", near, 2220, 2400)
    rows = in_order(his, walk("ANK-2", near, away, 2400, 2800), stay("VIC-1", HERE, 0, 2800))
    watch = Watch.empty()
    watch.register([case(1), case(2)], T0 - DAY * S)
    told = raised(watch.advance(fixes(rows, speed_mps=0.3), (), T0 + 2810 * S), AlarmKind.UNPAIRED)
    assert [c.because["cause"] for c in told] == ["returns"]
    assert 2160 <= seconds_of(told[0].known_us) <= 2520


def test_a_stranger_who_stays_for_a_quarter_of_an_hour_is_told_when_he_has_gone_if_it_was_not_certain_before() -> None:
    chance = np.random.default_rng(4)
    came, went = walk("ANK-2", at(-1200, 50), at(55, 20), 1000, 1900), walk("ANK-2", at(55, 20), at(55, 1200), 2800, 3700)
    his = [*came, *stay("ANK-2", at(55, 20), 1900, 2800, 60), *went]
    hers = stay("VIC-1", HERE, 0, 3700, 60)
    rows = [(device, second, blurred(place, chance)) for device, second, place in in_order(his, hers)]
    watch = Watch.empty()
    watch.register([case(1), case(2)], T0 - DAY * S)
    told = raised(watch.advance(fixes(rows, accuracy_m=20.0), (), T0 + 3710 * S), AlarmKind.UNPAIRED)
    assert [c.because["cause"] for c in told] == ["lingers"]
    assert 1900 + 300 <= seconds_of(told[0].known_us) <= 3300


def test_a_stranger_whose_link_was_lost_while_he_lingered_is_told_when_the_backlog_comes() -> None:
    his = [*walk("ANK-2", at(-1500, 20), at(10, 20), 0, 1100), *stay("ANK-2", at(10, 20), 1100, 2300)]
    his += [*walk("ANK-2", at(10, 20), at(1500, 20), 2300, 3400), *stay("ANK-2", at(1500, 20), 3400, 3700)]
    rows = in_order(his, stay("VIC-1", HERE, 0, 3700))
    received = [3000.0 + second / 1000 if device == "ANK-2" and 1000 <= second < 3000 else second + 1 for device, second, _ in rows]
    watch = Watch.empty()
    watch.register([case(1), case(2)], T0 - DAY * S)
    told = raised(watch.advance(fixes(rows, received), (), T0 + 3710 * S), AlarmKind.UNPAIRED)
    assert [c.because["cause"] for c in told] == ["lingers"]
    assert 1100 + 240 <= seconds_of(told[0].happened_us) <= 2500
    assert 3000 <= seconds_of(told[0].known_us) <= 3060


def test_a_stranger_in_the_car_behind_hers_follows_although_each_is_known_only_now_and_then() -> None:
    hers = stay("VIC-1", HERE, 0, 600) + walk("VIC-1", HERE, at(6000, 0), 600, 1200, 20.0)
    his = stay("ANK-2", at(-20, 0), 0, 603) + walk("ANK-2", at(-20, 0), at(5980, 0), 603, 1203, 25.0)
    rows = in_order(hers, his)
    watch = Watch.empty()
    watch.register([case(1), case(2)], T0 - DAY * S)
    assert first_red(watch.advance(fixes(rows), (), T0 + 1300 * S), AlarmKind.UNPAIRED).because["cause"] == "follows"


def test_a_stranger_who_goes_where_she_goes_is_red() -> None:
    hers = stay("VIC-1", HERE, 0, 600) + walk("VIC-1", HERE, at(1500, 0), 600, 1700)
    his = stay("ANK-2", at(-35, 0), 0, 600) + walk("ANK-2", at(-35, 0), at(1465, 0), 600, 1700)
    decided = alarms([case(1), case(2)], in_order(hers, his))
    assert first_red(decided, AlarmKind.UNPAIRED).because["cause"] == "follows"


def test_two_devices_that_hear_each_other_but_seem_far_apart_are_doubted() -> None:
    rows = in_order(stay("ANK-1", at(3000, 0), 0, 600), stay("VIC-1", HERE, 0, 600))
    decided = alarms([case(rings=RINGS)], rows, [event("VIC-1", 590, DeviceEventKind.BEACON_CONTACT, "ANK-1")])
    doubted = of_kind(decided, AlarmKind.POSITION_NOT_TRUSTED)
    assert [(c.device, c.about, c.level, c.because["cause"]) for c in doubted] == [("ANK-1", "V-1", AlarmLevel.RED, "beacon-contact")]


def test_doubt_about_a_position_ends_no_breach() -> None:
    inside = stay("ANK-1", HERE, 0, 600)
    thrown = [("ANK-1", 630.0, at(90_000, 0)), ("ANK-1", 645.0, at(-90_000, 0))]
    decided = alarms([case(zones=(zone(),))], inside + thrown)
    assert [c.because["cause"] for c in raised(decided, AlarmKind.POSITION_NOT_TRUSTED)] == ["impossible-speed"]
    assert [c.step for c in of_kind(decided, AlarmKind.EXCLUSION_ZONE)] == [AlarmStep.RAISED]


def test_coordinates_that_stand_still_while_the_device_moves_are_doubted() -> None:
    batch = fixes([("ANK-1", float(second), at(4000, 0)) for second in range(0, 600, 15)], moving=1)
    watch = Watch.empty()
    watch.register([case()], T0 - DAY * S)
    doubted = of_kind(watch.advance(batch, (), T0 + 600 * S), AlarmKind.POSITION_NOT_TRUSTED)
    assert [c.because["cause"] for c in doubted] == ["frozen"]
    assert seconds_of(doubted[0].known_us) <= 120


def test_nobody_is_watched_by_an_empty_watch() -> None:
    watch = Watch.empty()
    assert watch.advance(fixes(stay("ANK-1", HERE, 0, 600)), (), T0 + 600 * S) == ()
    assert watch.advance(FixBatch.empty(), (), T0 + 700 * S) == ()
