"""Zones, rings, schedules, versions, late fixes and lost signals, as the watch tells them."""

from dataclasses import replace

from worlds import DAY, HERE, T0, S, alarms, at, case, fixes, of_kind, ring, seconds_of, stay, told, walk, zone

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.breach.schedule import schedule_of
from backend_bridge.domain.case import Circle, RingEffect
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.watching.watch import Watch


def test_a_walk_through_a_zone_is_warned_of_raised_and_cleared() -> None:
    rows = walk("ANK-1", at(-1500, 0), at(1500, 0), 0, 1800)
    decided = alarms([case(zones=(zone(warning_m=300.0),))], rows)
    by_kind = {kind: [c.step for c in of_kind(decided, kind)] for kind in (AlarmKind.ZONE_WARNING, AlarmKind.EXCLUSION_ZONE)}
    assert by_kind[AlarmKind.ZONE_WARNING] == [AlarmStep.RAISED, AlarmStep.CLEARED]
    inside = of_kind(decided, AlarmKind.EXCLUSION_ZONE)
    assert inside[-1].step is AlarmStep.CLEARED
    assert max(c.level is AlarmLevel.RED for c in inside)
    # The edge lies 1200 m on, which takes 720 s.
    assert abs(seconds_of(inside[0].happened_us) - 720) <= 45
    assert inside[0].because["distance_m"] is not None
    assert inside[0].probability is not None


def test_a_contact_that_two_at_rest_would_reach_in_days_is_not_told() -> None:
    rows = stay("ANK-1", at(1022, 0), 0, 900, 30) + stay("VIC-1", HERE, 15, 900, 30)
    told_of = of_kind(alarms([case(rings=(ring("R1", 1000.0),))], rows, until_s=900), AlarmKind.PROXIMITY)
    assert told_of
    assert all(c.because.get("contact_s", 0.0) <= 3600.0 for c in told_of)  # type: ignore[operator]  # a number of seconds


def test_a_way_between_two_fixes_is_told_as_of_a_fix_with_what_was_calculated_named_as_such() -> None:
    rows = [row for row in walk("ANK-1", at(-2400, 0), at(2400, 0), 0, 800) if not 335 < row[1] < 460]
    raised, cleared = of_kind(alarms([case(zones=(zone(),))], rows), AlarmKind.EXCLUSION_ZONE)
    measured = [T0 + round(row[1] * S) for row in rows]
    after_us = min(us for us in measured if us >= T0 + 460 * S)
    assert (raised.step, raised.level, raised.happened_us) == (AlarmStep.RAISED, AlarmLevel.AMBER, after_us)
    assert raised.probability is None
    because = raised.because
    assert because["cause"] == "way-between-fixes"
    assert (because["way_from_us"], because["way_until_us"]) == (max(us for us in measured if us < after_us), after_us)
    assert 350 < seconds_of(int(str(because["way_us"]))) < 450
    assert -300.0 <= float(str(because["way_distance_m"])) < 0.0 < float(str(because["distance_m"]))
    assert 0.5 < float(str(because["way_probability"])) < 1.0
    assert cleared.step is AlarmStep.CLEARED
    assert "way_us" not in cleared.because


def test_a_zone_that_is_not_in_force_is_nothing_until_a_fix_is_measured_in_its_window() -> None:
    window = schedule_of("UTC", "FREQ=DAILY", "01:00", "02:00")
    rows = stay("ANK-1", HERE, 0, 9000, 60)
    inside = of_kind(alarms([case(zones=(zone(schedule=window),))], rows), AlarmKind.EXCLUSION_ZONE)
    assert inside[0].step is AlarmStep.RAISED
    assert 3600 <= seconds_of(inside[0].happened_us) <= 3660
    assert inside[-1].step is AlarmStep.CLEARED
    assert (inside[-1].happened_us, inside[-1].known_us) == (T0 + 7200 * S, T0 + 7200 * S)


def test_a_warn_ring_is_amber_and_an_alarm_ring_red() -> None:
    rows = sorted(
        walk("ANK-1", at(4000, 0), at(100, 0), 0, 2400) + stay("ANK-1", at(100, 0), 2400, 3000) + stay("VIC-1", HERE, 0, 3000),
        key=lambda row: row[1],
    )
    rings = (ring("R1", 2000.0, RingEffect.WARN), ring("R2", 500.0), ring("R3", 200.0))
    decided = alarms([case(rings=rings)], rows)
    near = of_kind(decided, AlarmKind.PROXIMITY)
    assert {c.level for c in near if c.ring == "R1"} == {AlarmLevel.AMBER}
    assert {c.ring for c in near if c.level is AlarmLevel.RED} == {"R2", "R3"}
    warned = of_kind(decided, AlarmKind.APPROACH)
    assert {(c.ring, c.about, c.level) for c in warned} == {("R2", "V-1", AlarmLevel.AMBER)}
    first_red = min(c.known_us for c in near if c.ring == "R2")
    assert first_red - warned[0].known_us >= 120 * S


def test_the_figures_of_a_ring_say_what_each_of_the_two_brings_to_it() -> None:
    rows = walk("ANK-1", at(-2000, 0), HERE, 0, 1500, 30) + stay("VIC-1", at(0, 5), 7, 1500, 60)
    rows.sort(key=lambda row: row[1])
    decided = alarms([case(rings=(ring("R2", 500.0),))], rows)
    for kind in (AlarmKind.APPROACH, AlarmKind.PROXIMITY):
        raised = of_kind(decided, kind)[0]
        figures = {name: float(value) for name, value in raised.because.items() if isinstance(value, float | int)}
        for part, device in (("subject", "ANK-1"), ("protected", "VIC-1")):
            measured = [second for name, second, _ in rows if name == device and second <= seconds_of(raised.happened_us)]
            assert figures[f"age_{part}_s"] == round(seconds_of(raised.happened_us) - measured[-1], 1)
            assert figures[f"n_fixes_{part}"] == len(measured)
        assert max(figures["age_subject_s"], figures["age_protected_s"]) > 0.0
        joint_m = (figures["error_subject_m"] ** 2 + figures["error_protected_m"] ** 2) ** 0.5
        assert abs(joint_m - figures["distance_error_m"]) <= 0.2
        assert 1.0 < figures["speed_subject_mps"] < 1.7
        assert figures["speed_protected_mps"] < 0.3
        assert "co_travel" not in raised.because


def test_an_alarm_about_two_in_one_vehicle_says_so() -> None:
    hers = walk("VIC-1", at(-9000, 20), at(9000, 20), 0, 1200, 5)
    rows = sorted(walk("ANK-1", at(-9000, 0), at(9000, 0), 0, 1200, 5) + hers, key=lambda row: row[1])
    underway = replace(ring("R2", 500.0), schedule=schedule_of("UTC", "FREQ=DAILY", "00:10", "01:00"))
    raised = of_kind(alarms([case(rings=(underway,))], rows), AlarmKind.PROXIMITY)[0]
    assert seconds_of(raised.happened_us) >= 600
    assert raised.because["co_travel"] is True


def test_a_breach_in_a_late_batch_is_told_with_its_true_time() -> None:
    rows = walk("ANK-1", at(-1500, 0), at(1500, 0), 0, 1800)
    live = stay("ANK-1", at(1500, 0), 1800, 2400)
    batch = fixes(rows + live, [2000.0 + k / 100 for k in range(len(rows))] + [second + 1 for _, second, _ in live])
    watch = Watch.empty()
    watch.register([case(zones=(zone(),))], T0 - DAY * S)
    inside = of_kind(watch.advance(batch, (), T0 + 2500 * S), AlarmKind.EXCLUSION_ZONE)
    assert inside[0].step is AlarmStep.RAISED
    assert abs(seconds_of(inside[0].happened_us) - 720) <= 60
    assert 2000 <= seconds_of(inside[0].known_us) <= 2003
    assert inside[-1].step is AlarmStep.CLEARED


def test_nothing_is_decided_before_the_order_starts_or_after_it_ends() -> None:
    rows = walk("ANK-1", at(-1500, 0), at(1500, 0), 0, 1800)
    for order in (replace(case().order, starts_us=T0 + 2000 * S), replace(case().order, ends_us=T0 + 10 * S)):
        assert of_kind(alarms([case(zones=(zone(),), order=order)], rows), AlarmKind.EXCLUSION_ZONE) == []


def test_a_breach_before_the_end_that_is_delivered_after_it_is_still_told() -> None:
    rows = walk("ANK-1", at(-1500, 0), at(0, 0), 0, 1200)
    order = replace(case().order, ends_us=T0 + 1200 * S)
    watch = Watch.empty()
    watch.register([case(zones=(zone(),), order=order)], T0 - DAY * S)
    inside = of_kind(watch.advance(fixes(rows, [3000.0] * len(rows)), (), T0 + 3000 * S), AlarmKind.EXCLUSION_ZONE)
    assert [inside[0].step, inside[-1].step] == [AlarmStep.RAISED, AlarmStep.CLEARED]
    assert all(c.known_us == T0 + 3000 * S for c in inside)


def test_a_moved_zone_takes_over_with_the_import_of_its_version() -> None:
    watch = Watch.empty()
    watch.register([case(zones=(zone(),))], T0 - DAY * S)
    decided = list(watch.advance(fixes(stay("ANK-1", HERE, 0, 600)), (), T0 + 600 * S))
    assert told(decided)[0].startswith("raised exclusion-zone")
    far = Circle(centre=at(5000, 0), radius_m=300.0)
    moved = watch.register([case(zones=(zone(shape=far),))], T0 + 600 * S)
    assert [(c.step, c.because["cause"]) for c in moved] == [(AlarmStep.CLEARED, "case-changed")]
    later = watch.advance(fixes(stay("ANK-1", HERE, 600, 1200) + stay("ANK-1", at(5000, 0), 3000, 3600)), (), T0 + 4000 * S)
    raised = [c for c in of_kind(later, AlarmKind.EXCLUSION_ZONE) if c.step is AlarmStep.RAISED]
    assert [seconds_of(c.happened_us) >= 3000 for c in raised] == [True]


def test_a_version_that_leaves_the_zone_as_it_is_leaves_its_alarm_standing() -> None:
    watch = Watch.empty()
    watch.register([case(zones=(zone(),))], T0 - DAY * S)
    watch.advance(fixes(stay("ANK-1", HERE, 0, 600)), (), T0 + 600 * S)
    assert watch.register([case(zones=(zone(), zone("Z2", shape=Circle(centre=at(9000, 0), radius_m=50.0))))], T0 + 600 * S) == ()
    decided = watch.advance(fixes(stay("ANK-1", HERE, 600, 1200) + walk("ANK-1", HERE, at(2000, 0), 1200, 2400)), (), T0 + 2400 * S)
    assert [c.step for c in of_kind(decided, AlarmKind.EXCLUSION_ZONE)] == [AlarmStep.CLEARED]


def test_a_device_in_two_cases_gives_an_alarm_for_each() -> None:
    both = [case(1, zones=(zone(),)), case(2, zones=(zone("Z7"),), subject=case(1).subject)]
    inside = of_kind(alarms(both, walk("ANK-1", at(-900, 0), HERE, 0, 900)), AlarmKind.EXCLUSION_ZONE)
    assert {(c.case, c.zone, c.subject) for c in inside} == {("C1", "Z1", "S-1"), ("C2", "Z7", "S-1")}


def test_a_lost_wearer_could_be_inside_when_reach_touches_the_zone() -> None:
    rows = walk("ANK-1", at(-5000, 0), at(-2000, 0), 0, 1800, 30)
    decided = alarms([case(zones=(zone(),))], rows, until_s=7200)
    possible = of_kind(decided, AlarmKind.NOT_EXCLUDED)
    assert [(c.step, c.zone) for c in possible] == [(AlarmStep.RAISED, "Z1")]
    assert possible[0].happened_us == possible[0].known_us
    # 1.7 km to the edge: not sooner than by car from the last fix, not later than at a fast walk.
    assert 1700 / 36 <= seconds_of(possible[0].known_us) - 1770 <= 1800 / 2


def test_the_next_good_fix_ends_it() -> None:
    rows = walk("ANK-1", at(-5000, 0), at(-2000, 0), 0, 1800, 30) + stay("ANK-1", at(-2100, 0), 5400, 5700)
    possible = of_kind(alarms([case(zones=(zone(),))], rows), AlarmKind.NOT_EXCLUDED)
    assert [c.step for c in possible] == [AlarmStep.RAISED, AlarmStep.CLEARED]
    assert possible[1].known_us == T0 + 5401 * S


def test_who_is_lost_far_from_everything_is_not_possibly_anywhere() -> None:
    rows = stay("ANK-1", at(-60000, 0), 0, 1800)
    assert of_kind(alarms([case(zones=(zone(),))], rows, until_s=3000), AlarmKind.NOT_EXCLUDED) == []


def test_a_window_that_opens_while_he_is_lost_near_it_is_possible_from_then_on() -> None:
    window = schedule_of("UTC", "FREQ=DAILY", "01:30", "03:00")
    rows = stay("ANK-1", at(-500, 0), 0, 1800)
    possible = of_kind(alarms([case(zones=(zone(schedule=window),))], rows, until_s=7000), AlarmKind.NOT_EXCLUDED)
    assert [c.known_us for c in possible] == [T0 + 5400 * S]


def test_nothing_about_positions_is_decided_of_a_case_without_a_device() -> None:
    order_without = replace(case(), subject=replace(case().subject, device=None), zones=(zone(),), rings=(ring("R1", 500.0),))
    watch = Watch.empty()
    assert watch.register([order_without], T0 - DAY * S) == ()
    assert watch.advance(FixBatch.empty(), (), T0) == ()


def test_hanging_about_happens_at_the_fix_that_shows_it_also_when_the_wearer_has_been_silent_since() -> None:
    rows = stay("ANK-1", at(450, 0), 0, 600)
    (hanging,) = of_kind(alarms([case(zones=(zone(warning_m=300.0),))], rows, until_s=3000), AlarmKind.LOITERING)
    assert seconds_of(hanging.happened_us) == max(second for _, second, _ in rows)
    assert seconds_of(hanging.known_us) >= 1200


def test_hanging_about_in_a_late_batch_is_told_with_its_true_time_whether_it_is_over_or_goes_on() -> None:
    rows = walk("ANK-1", at(1500, 0), at(450, 0), 0, 700) + stay("ANK-1", at(450, 0), 700, 2500)
    left = walk("ANK-1", at(450, 0), at(2000, 0), 2500, 3500)
    live = alarms([case(zones=(zone(warning_m=300.0),))], rows + left)
    (in_time,) = of_kind(live, AlarmKind.LOITERING)
    for batch, received_s in ((rows + left, 3600.0), (rows, 2600.0)):
        watch = Watch.empty()
        watch.register([case(zones=(zone(warning_m=300.0),))], T0 - DAY * S)
        decided = watch.advance(fixes(batch, [received_s] * len(batch)), (), T0 + int(received_s) * S)
        (late,) = of_kind(decided, AlarmKind.LOITERING)
        assert abs(late.happened_us - in_time.happened_us) <= 30 * S
        assert seconds_of(late.known_us) == received_s


def test_a_stay_that_comes_to_light_beside_the_one_that_goes_on_lets_that_be_long_no_later() -> None:
    edge, far = at(450, 0), at(2500, 0)
    live = stay("ANK-1", far, 0, 700) + stay("ANK-1", far, 1600, 1880) + stay("ANK-1", edge, 1900, 3600)
    late = stay("ANK-1", edge, 1000, 1250) + stay("ANK-1", far, 1280, 1580)
    known = []
    for rows in (live, live + late):
        received = [2300.0 if row in late else row[1] + 1.0 for row in rows]
        order = sorted(range(len(rows)), key=lambda row: received[row])
        watch = Watch.empty()
        watch.register([case(zones=(zone(warning_m=300.0),))], T0 - DAY * S)
        decided = watch.advance(fixes([rows[row] for row in order], sorted(received)), (), T0 + 3600 * S)
        (hanging,) = of_kind(decided, AlarmKind.LOITERING)
        known.append(hanging.known_us)
        edges = [change for change in of_kind(decided, AlarmKind.ZONE_WARNING) if change.step is not AlarmStep.CLEARED]
        assert [change.step for change in edges] == [AlarmStep.RAISED] * (1 + (rows is not live))
    assert known[1] < known[0]


def test_hanging_about_in_a_late_batch_does_not_hang_on_how_the_inputs_are_cut() -> None:
    late, live = stay("ANK-1", at(450, 0), 0, 2500), stay("ANK-1", at(450, 0), 2605, 2700)
    batch = fixes(late + live, [2600.0] * len(late) + [second + 1.0 for _, second, _ in live])
    told = []
    for cuts in ((2700,), range(2600, 2701)):
        watch, start = Watch.empty(), 0
        watch.register([case(zones=(zone(warning_m=300.0),))], T0 - DAY * S)
        for second in cuts:
            end = start + int((batch.received_us[start:] <= T0 + second * S).sum())
            told += [(len(cuts), change) for change in watch.advance(batch.between(start, end), (), T0 + second * S)]
            start = end
    assert [change for n, change in told if n == 1] == [change for n, change in told if n > 1]
    assert of_kind([change for _, change in told], AlarmKind.LOITERING)
