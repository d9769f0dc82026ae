"""What devices report late, out of turn, or at the very instant of something else: judged as of when it was measured."""

import pytest
from worlds import DAY, HERE, T0, S, alarms, at, case, event, fixes, of_kind, seconds_of, stay, told, walk

from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.watching.watch import Watch


def heard_at(one: DeviceEvent, second: float) -> DeviceEvent:
    """The same event, received then."""
    return event(one.device, seconds_of(one.measured_us), one.kind, one.value, place=one.place, received_us=T0 + round(second * S))


def doubted(changes: list[AlarmChange]) -> list[str]:
    return told(of_kind(changes, AlarmKind.POSITION_NOT_TRUSTED))


def test_a_contact_that_was_true_when_it_was_measured_is_no_doubt_later() -> None:
    his = [*stay("ANK-1", HERE, 0, 600), *walk("ANK-1", HERE, at(20000, 0), 600, 3000, 30), *stay("ANK-1", at(20000, 0), 3000, 3700)]
    contact = event("VIC-1", 300, DeviceEventKind.BEACON_CONTACT, "ANK-1")
    rows = his + stay("VIC-1", HERE, 0, 3700)
    assert doubted(alarms([case()], rows, [heard_at(contact, 3600)], 3800)) == []
    then = stay("ANK-1", at(3000, 0), 0, 600) + stay("ANK-1", HERE, 3000, 3700) + stay("VIC-1", HERE, 0, 3700)
    assert doubted(alarms([case()], then, [heard_at(contact, 3600)], 3800)) == ["raised position-not-trusted red V-1"]


@pytest.mark.parametrize(("apart_m", "doubts"), [(3000.0, ["raised position-not-trusted red V-1"]), (20.0, [])])
def test_a_contact_from_before_the_fixes_that_are_kept_is_compared_with_the_places_of_then(apart_m: float, doubts: list[str]) -> None:
    rows = stay("ANK-1", at(apart_m, 0), 0, 5400, 10) + stay("VIC-1", HERE, 0, 5400, 10)
    late = heard_at(event("VIC-1", 1800, DeviceEventKind.BEACON_CONTACT, "ANK-1"), 5300)
    changes = of_kind(alarms([case()], rows, [late], 5600), AlarmKind.POSITION_NOT_TRUSTED)
    assert told(changes) == doubts
    assert [(seconds_of(c.happened_us), c.because["distance_m"]) for c in changes] == [(1800, pytest.approx(3000, abs=5))] * len(doubts)


def test_a_contact_from_before_anything_that_is_known_of_either_says_nothing() -> None:
    rows = stay("ANK-1", at(3000, 0), 4000, 4600) + stay("VIC-1", HERE, 0, 4600)
    late = heard_at(event("VIC-1", 300, DeviceEventKind.BEACON_CONTACT, "ANK-1"), 4600)
    assert doubted(alarms([case()], rows, [late], 4800)) == []


def test_a_contact_that_agrees_ends_what_an_earlier_one_contradicted_and_no_later_one() -> None:
    rows = stay("ANK-1", at(3000, 0), 0, 600) + walk("ANK-1", at(3000, 0), HERE, 600, 3000, 30) + stay("ANK-1", HERE, 3000, 9000, 60)
    rows += stay("VIC-1", HERE, 0, 6000, 60) + stay("VIC-1", at(0, 4000), 6600, 9000, 60)
    contacts = [event("VIC-1", second, DeviceEventKind.BEACON_CONTACT, "ANK-1") for second in (590, 4000, 8000)]
    changes = alarms([case()], rows, [*contacts, heard_at(contacts[1], 8500)])
    assert [(c.step, c.level, seconds_of(c.happened_us)) for c in of_kind(changes, AlarmKind.POSITION_NOT_TRUSTED)] == [
        (AlarmStep.RAISED, AlarmLevel.RED, 590),
        (AlarmStep.CLEARED, AlarmLevel.RED, 4000),
        (AlarmStep.RAISED, AlarmLevel.RED, 8000),
    ]


def test_a_contact_does_not_agree_with_positions_that_could_be_anywhere() -> None:
    batch = fixes(stay("ANK-1", at(3000, 0), 0, 600) + stay("ANK-1", at(2500, 0), 5400, 5410) + stay("VIC-1", HERE, 0, 6000))
    batch.accuracy_m[batch.measured_us >= T0 + 3000 * S] = 4000.0
    contacts = [event("VIC-1", second, DeviceEventKind.BEACON_CONTACT, "ANK-1") for second in (590, 5500)]
    watch = Watch.empty()
    watch.register([case()], T0 - DAY * S)
    assert doubted(list(watch.advance(batch, contacts, T0 + 6100 * S))) == ["raised position-not-trusted red V-1"]


def test_a_contact_that_nothing_contradicts_again_is_doubted_for_a_day() -> None:
    rows = stay("ANK-1", at(3000, 0), 0, 600) + stay("VIC-1", HERE, 0, 600)
    contacts = [event("VIC-1", second, DeviceEventKind.BEACON_CONTACT, "ANK-1") for second in (100, 590)]
    changes = of_kind(alarms([case()], rows, contacts, 3 * DAY), AlarmKind.POSITION_NOT_TRUSTED)
    assert [(c.step, seconds_of(c.known_us)) for c in changes] == [(AlarmStep.RAISED, 101), (AlarmStep.CLEARED, 590 + DAY)]


def test_a_doubt_about_his_fixes_that_ends_does_not_end_what_a_contact_contradicts() -> None:
    thrown = [("ANK-1", 615.0, at(60_000, 0))]
    rows = [*stay("ANK-1", at(3000, 0), 0, 600), *thrown, *stay("ANK-1", at(3000, 0), 630, 1800), *stay("VIC-1", HERE, 0, 1800)]
    rows += [("VIC-1", 1805.0, at(0, 50_000)), *stay("VIC-1", HERE, 1830, 3600)]
    changes = alarms([case()], rows, [event("VIC-1", 580, DeviceEventKind.BEACON_CONTACT, "ANK-1")])
    assert doubted(changes) == [
        "raised position-not-trusted red V-1",
        "raised position-not-trusted amber",
        "cleared position-not-trusted amber",
    ]


def test_an_end_counts_if_it_is_newer_than_its_begin_whatever_else_the_device_has_said() -> None:
    battery = event("ANK-1", 120, DeviceEventKind.BATTERY, 80.0)
    for begin, end, kind in (
        (DeviceEventKind.SEPARATED, DeviceEventKind.REJOINED, AlarmKind.SEPARATED),
        (DeviceEventKind.JAMMING, DeviceEventKind.JAMMING_END, AlarmKind.JAMMING),
    ):
        events = [event("ANK-1", 0, begin), battery, heard_at(event("ANK-1", 115, end), 124)]
        changes = of_kind(alarms([case()], events=events, until_s=1000), kind)
        assert [(c.step, seconds_of(c.happened_us), seconds_of(c.known_us)) for c in changes] == [
            (AlarmStep.RAISED, 0, 1),
            (AlarmStep.CLEARED, 115, 124),
        ]


def test_what_was_over_before_it_was_heard_of_begins_nothing_and_an_old_end_ends_nothing() -> None:
    over = [event("ANK-1", 60, DeviceEventKind.JAMMING_END), heard_at(event("ANK-1", 0, DeviceEventKind.JAMMING), 64)]
    assert of_kind(alarms([case()], events=over), AlarmKind.JAMMING) == []
    again = [event("ANK-1", second, DeviceEventKind.SEPARATED) for second in (0, 200)]
    between = heard_at(event("ANK-1", 100, DeviceEventKind.REJOINED), 210)
    changes = of_kind(alarms([case()], events=[*again, between], until_s=600), AlarmKind.SEPARATED)
    assert told(changes) == ["raised separated amber", "upgraded separated red"]
    assert seconds_of(changes[1].known_us) == 500


def test_a_low_battery_behind_another_report_is_told() -> None:
    low = heard_at(event("ANK-1", 110, DeviceEventKind.BATTERY, 8.0), 124)
    assert told(alarms([case()], events=[event("ANK-1", 120, DeviceEventKind.TEST), low])) == ["raised battery amber"]


def test_a_power_off_that_comes_behind_the_power_on_after_it_makes_nobody_be_missed_sooner() -> None:
    on, off = event("VIC-1", 1800, DeviceEventKind.POWER_ON), heard_at(event("VIC-1", 1700, DeviceEventKind.POWER_OFF), 1803)
    silent = of_kind(alarms([case()], stay("VIC-1", HERE, 0, 1800, 60), [on, off], 9000), AlarmKind.SILENT)
    assert silent[0].because["cause"] == "no-signal"
    assert seconds_of(silent[0].known_us) > 1803 + 600


def test_an_event_at_the_very_moment_of_silence_comes_after_it() -> None:
    rows = [("ANK-1", 60.0 * k, at(4000, 0)) for k in range(30)]
    silence_us = of_kind(alarms([case()], rows, until_s=9000), AlarmKind.SILENT)[0].known_us
    report = event("ANK-1", seconds_of(silence_us), DeviceEventKind.BATTERY, 80.0, received_us=silence_us)
    silent = of_kind(alarms([case()], rows, [report]), AlarmKind.SILENT)
    assert [(c.step, c.known_us) for c in silent] == [(AlarmStep.RAISED, silence_us), (AlarmStep.CLEARED, silence_us)]


def sos_of_long_ago() -> tuple[FixBatch, DeviceEvent]:
    """At 600 s ANK-3 was 100 m away, and a quarter of an hour later ANK-4 came by; ANK-2 is there now."""
    rows = stay("ANK-2", at(9000, 0), 0, 3600, 60) + stay("ANK-2", at(150, 0), 5000, 9000, 60)
    rows += stay("ANK-3", at(100, 0), 0, 1000, 60) + stay("ANK-3", at(9000, 0), 1000, 9000, 60)
    rows += stay("ANK-4", at(0, 5000), 0, 1500, 60) + stay("ANK-4", at(0, 80), 1500, 2000, 60) + stay("ANK-4", at(0, 5000), 2000, 9000, 60)
    return fixes(rows), event("VIC-1", 600, DeviceEventKind.SOS, place=HERE, accuracy_m=10.0, received_us=T0 + 8000 * S)


def test_an_sos_that_comes_late_names_who_was_about_it_then_and_nobody_who_came_hours_after() -> None:
    batch, sos = sos_of_long_ago()
    watch = Watch.empty()
    watch.register([case(1), case(2), case(3), case(4)], T0 - DAY * S)
    near = [c for c in watch.advance(batch, [sos], T0 + 9100 * S) if c.kind is AlarmKind.UNPAIRED and c.step is AlarmStep.RAISED]
    assert {(c.device, c.because["cause"], c.level) for c in near} == {
        ("ANK-3", "near-sos", AlarmLevel.RED),
        ("ANK-4", "near-sos", AlarmLevel.RED),
    }
    found = {c.device: seconds_of(c.happened_us) for c in near}
    assert found["ANK-3"] <= 600
    assert 1500 <= found["ANK-4"] < 2000


def test_an_sos_that_comes_late_takes_nothing_from_a_newer_one() -> None:
    rows = stay("VIC-1", HERE, 0, 9000, 60) + stay("ANK-2", at(9000, 0), 0, 6500, 60) + stay("ANK-2", at(100, 0), 6500, 9000, 60)
    newer = event("VIC-1", 5000, DeviceEventKind.SOS, place=HERE)
    older = event("VIC-1", 2000, DeviceEventKind.SOS, place=at(0, 9000), received_us=T0 + 5010 * S)
    near = of_kind(alarms([case(1), case(2)], rows, [newer, older]), AlarmKind.UNPAIRED)
    assert [(c.device, c.because["cause"]) for c in near][:1] == [("ANK-2", "near-sos")]


def test_an_sos_without_a_place_is_looked_for_where_she_was_when_she_pressed() -> None:
    rows = stay("VIC-1", HERE, 0, 900) + stay("VIC-1", at(0, 8000), 1500, 6000)
    rows += stay("ANK-2", at(100, 0), 0, 900) + stay("ANK-2", at(9000, 0), 1500, 6000) + stay("ANK-3", at(50, 8000), 0, 6000)
    sos = event("VIC-1", 600, DeviceEventKind.SOS, received_us=T0 + 5000 * S)
    near = [
        c.device for c in of_kind(alarms([case(1), case(2), case(3)], rows, [sos]), AlarmKind.UNPAIRED) if c.because["cause"] == "near-sos"
    ]
    assert near == ["ANK-2"]


@pytest.mark.parametrize("every_s", [10.0, 30.0])
def test_a_late_sos_says_how_far_the_wearer_of_the_case_was_then(every_s: float) -> None:
    rows = (
        stay("VIC-1", HERE, 0, 6000, every_s) + stay("ANK-1", at(700, 0), 0, 900, every_s) + stay("ANK-1", at(9000, 0), 1500, 6000, every_s)
    )
    sos = event("VIC-1", 600, DeviceEventKind.SOS, received_us=T0 + 4000 * S)
    far = of_kind(alarms([case()], rows, [sos]), AlarmKind.SOS)[0].because["wearer_distance_m"]
    assert isinstance(far, float)
    assert abs(far - 700) < 20
