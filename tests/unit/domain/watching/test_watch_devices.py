"""What devices say of themselves: SOS, strap, battery, jamming, separation, silence, and when orders do not matter."""

from dataclasses import replace

from worlds import DAY, T0, S, alarms, at, case, event, fixes, of_kind, seconds_of, stay, told

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.device_event import DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import AlarmId, CaseId
from backend_bridge.domain.watching.watch import Watch


def test_a_strap_alarm_that_clears_itself_stays_until_a_person_ends_it() -> None:
    watch = Watch.empty()
    watch.register([case()], T0 - DAY * S)
    cut = watch.advance(FixBatch.empty(), [event("ANK-1", 0, DeviceEventKind.STRAP_CUT)], T0 + 2 * S)
    assert told(cut) == ["raised tamper red"]
    assert watch.advance(FixBatch.empty(), [event("ANK-1", 240, DeviceEventKind.STRAP_RESTORED)], T0 + 250 * S) == ()
    released = watch.release(cut[0].alarm, T0 + 600 * S)
    assert told(released) == ["cleared tamper red"]
    assert released[0].happened_us == released[0].known_us == T0 + 600 * S
    again = watch.advance(FixBatch.empty(), [event("ANK-1", 700, DeviceEventKind.CASE_OPENED)], T0 + 702 * S)
    assert again[0].alarm != cut[0].alarm


def test_only_latched_alarms_are_released() -> None:
    watch = Watch.empty()
    watch.register([case()], T0 - DAY * S)
    low = watch.advance(FixBatch.empty(), [event("ANK-1", 0, DeviceEventKind.BATTERY, 9.0)], T0 + 2 * S)
    assert watch.release(low[0].alarm, T0 + 3 * S) == ()
    assert watch.release(AlarmId("C1/sos/V-1/1"), T0 + 3 * S) == ()


def test_an_sos_is_red_in_every_case_of_the_device_and_names_the_person() -> None:
    shared = case(2, protected=case(1).protected)
    decided = alarms([case(1), shared], events=[event("VIC-1", 5, DeviceEventKind.SOS)])
    assert [(c.case, c.about, c.subject, c.level, c.device) for c in decided] == [
        ("C1", "V-1", "S-1", AlarmLevel.RED, "VIC-1"),
        ("C2", "V-1", "S-2", AlarmLevel.RED, "VIC-1"),
    ]
    assert decided[0].happened_us == T0 + 5 * S
    assert decided[0].known_us == T0 + 6 * S


def test_battery_has_two_thresholds_and_charging_ends_the_alarm() -> None:
    levels = [(0, 20.0), (60, 15.0), (120, 14.0), (180, 16.0), (240, 14.0), (300, 25.0), (360, 15.0)]
    events = [event("ANK-1", second, DeviceEventKind.BATTERY, level) for second, level in levels]
    decided = alarms([case()], events=[*events, event("ANK-1", 400, DeviceEventKind.CHARGING)])
    assert [(seconds_of(c.happened_us), c.step) for c in decided] == [
        (60, AlarmStep.RAISED),
        (300, AlarmStep.CLEARED),
        (360, AlarmStep.RAISED),
        (400, AlarmStep.CLEARED),
    ]


def test_a_battery_level_that_comes_late_ends_nothing() -> None:
    late = event("ANK-1", 100, DeviceEventKind.BATTERY, 60.0, received_us=T0 + 900 * S)
    decided = alarms([case()], events=[event("ANK-1", 500, DeviceEventKind.BATTERY, 8.0), late])
    assert told(decided) == ["raised battery amber"]


def test_a_late_strap_cut_is_still_told_with_its_true_time() -> None:
    late = event("ANK-1", 100, DeviceEventKind.STRAP_CUT, received_us=T0 + 900 * S)
    decided = alarms([case()], events=[event("ANK-1", 500, DeviceEventKind.BATTERY, 80.0), late])
    assert [(c.happened_us, c.known_us) for c in of_kind(decided, AlarmKind.TAMPER)] == [(T0 + 100 * S, T0 + 900 * S)]


def test_a_long_separation_becomes_red_at_five_minutes_and_a_short_one_does_not() -> None:
    short = [event("ANK-1", 0, DeviceEventKind.SEPARATED), event("ANK-1", 41, DeviceEventKind.REJOINED)]
    long = [event("ANK-1", 1000, DeviceEventKind.SEPARATED), event("ANK-1", 1540, DeviceEventKind.REJOINED)]
    decided = alarms([case()], events=short + long)
    assert told(decided) == [
        "raised separated amber",
        "cleared separated amber",
        "raised separated amber",
        "upgraded separated red",
        "cleared separated red",
    ]
    assert seconds_of(decided[3].known_us) == 1300


def test_a_separation_that_the_device_repeats_is_red_five_minutes_after_it_first_said_so() -> None:
    again = [event("ANK-1", second, DeviceEventKind.SEPARATED) for second in range(100, 3000, 240)]
    decided = alarms([case()], events=again)
    assert told(decided) == ["raised separated amber", "upgraded separated red"]
    assert seconds_of(decided[1].known_us) == 400
    assert decided[1].because["separated_s"] == 300


def test_jamming_lasts_until_the_device_says_that_it_is_over() -> None:
    decided = alarms([case()], events=[event("ANK-1", 0, DeviceEventKind.JAMMING), event("ANK-1", 660, DeviceEventKind.JAMMING_END)])
    assert told(decided) == ["raised jamming red", "cleared jamming red"]


def test_a_test_event_raises_nothing_and_an_unknown_device_is_nobody() -> None:
    assert alarms([case()], events=[event("VIC-1", 0, DeviceEventKind.TEST), event("WHO", 1, DeviceEventKind.SOS)]) == []


def test_silence_begins_at_its_own_moment_and_ends_with_the_next_live_fix() -> None:
    rows = stay("ANK-1", at(9000, 0), 0, 1800) + stay("ANK-1", at(9000, 0), 7200, 7300)
    silent = of_kind(alarms([case()], rows), AlarmKind.SILENT)
    assert [c.step for c in silent] == [AlarmStep.RAISED, AlarmStep.CLEARED]
    assert silent[0].happened_us == silent[0].known_us < T0 + 7200 * S
    assert 600 <= seconds_of(silent[0].known_us) - 1770 <= 1800
    assert (silent[1].happened_us, silent[1].known_us) == (T0 + 7200 * S, T0 + 7201 * S)


def test_silence_of_many_at_once_says_how_many() -> None:
    rows = [row for n in range(1, 6) for row in stay(f"ANK-{n}", at(9000, 900 * n), 0, 1800)]
    rows += stay("ANK-9", at(0, 9000), 0, 7200)
    silent = of_kind(alarms([case(n) for n in (1, 2, 3, 4, 5, 9)], sorted(rows, key=lambda row: row[1])), AlarmKind.SILENT)
    assert [c.because["together"] for c in silent] == [5] * 5


def test_a_backlog_does_not_end_silence_before_it_reaches_the_present() -> None:
    rows = stay("ANK-1", at(9000, 0), 0, 1800) + stay("ANK-1", at(9000, 0), 1800, 3600)
    received = [second + 1 for _, second, _ in rows[:60]] + [9000.0 + k / 10 for k in range(60)]
    watch = Watch.empty()
    watch.register([case()], T0 - DAY * S)
    decided = watch.advance(fixes(rows, received), (), T0 + 9010 * S)
    assert told(of_kind(decided, AlarmKind.SILENT)) == ["raised silent amber"]


def test_a_device_that_says_it_goes_off_is_missed_within_minutes() -> None:
    rows = stay("VIC-1", at(0, 0), 0, 1800, 60)
    silent = of_kind(alarms([case()], rows, [event("VIC-1", 1790, DeviceEventKind.POWER_OFF)], 9000), AlarmKind.SILENT)
    assert [(c.about, c.because["cause"]) for c in silent] == [("V-1", "power_off")]
    assert seconds_of(silent[0].known_us) <= 1790 + 180


def test_outside_the_order_only_sos_and_her_device_are_decided() -> None:
    over = replace(case().order, starts_us=T0 - DAY * S, ends_us=T0)
    events = [
        event("ANK-1", 10, DeviceEventKind.STRAP_CUT),
        event("ANK-1", 20, DeviceEventKind.BATTERY, 3.0),
        event("VIC-1", 30, DeviceEventKind.BATTERY, 3.0),
        event("VIC-1", 40, DeviceEventKind.SOS),
    ]
    decided = alarms([case(order=over)], events=events)
    assert told(decided) == ["raised battery amber V-1", "raised sos red V-1"]


def test_at_the_end_of_the_order_his_alarms_clear_and_hers_stay() -> None:
    short = replace(case().order, ends_us=T0 + 1000 * S)
    events = [
        event("ANK-1", 10, DeviceEventKind.STRAP_CUT),
        event("ANK-1", 20, DeviceEventKind.BATTERY, 3.0),
        event("VIC-1", 30, DeviceEventKind.BATTERY, 3.0),
        event("VIC-1", 40, DeviceEventKind.SOS),
    ]
    decided = alarms([case(order=short)], events=events, until_s=2000)
    assert told(decided[4:]) == ["cleared tamper red", "cleared battery amber"]
    assert {(c.happened_us, c.known_us) for c in decided[4:]} == {(T0 + 1000 * S, T0 + 1000 * S)}


def test_a_report_from_before_the_end_that_comes_after_it_is_told_and_over_at_once() -> None:
    short = replace(case().order, ends_us=T0 + 1000 * S)
    late = event("ANK-1", 900, DeviceEventKind.STRAP_CUT, received_us=T0 + 1500 * S)
    decided = alarms([case(order=short)], events=[late])
    assert told(decided) == ["raised tamper red", "cleared tamper red"]
    assert decided[1].happened_us == T0 + 1000 * S
    assert decided[1].known_us == T0 + 1500 * S


def test_an_order_that_a_person_ends_clears_what_stands() -> None:
    watch = Watch.empty()
    watch.register([case()], T0 - DAY * S)
    watch.advance(FixBatch.empty(), [event("ANK-1", 10, DeviceEventKind.STRAP_CUT)], T0 + 20 * S)
    ended = watch.end_order(CaseId("C1"), T0 + 20 * S)
    assert told(ended) == ["cleared tamper red"]
    assert watch.advance(FixBatch.empty(), [event("ANK-1", 30, DeviceEventKind.STRAP_CUT)], T0 + 40 * S) == ()
