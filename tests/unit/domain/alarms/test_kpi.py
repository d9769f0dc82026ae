from backend_bridge.domain.alarms.kpi import TEN_MINUTES_US, Answered, Came, Kpi, OnScreen, source_of
from backend_bridge.domain.identifiers import CaseId, UserId
from backend_bridge.domain.quantities import MICROSECONDS as S


def a_shift() -> Kpi:
    kpi = Kpi()
    for k in range(60):
        source = "KR-1/exclusion-zone/Z1" if k % 2 else f"KR-{k}/silent/-"
        kpi.note_came(Came(at_us=k * 60 * S, priority=1 if k % 10 == 0 else 3, source=source))
        waited_us = (20 if k < 50 else 45) * S
        kpi.note_answered(
            Answered(
                at_us=k * 60 * S + waited_us, user=UserId("u"), seat=f"seat-{k % 2}", priority=1 if k % 10 == 0 else 3, waited_us=waited_us
            )
        )
    return kpi


def test_a_sheet_counts_rates_waits_and_sources() -> None:
    sheet = a_shift().sheet(0, 3600 * S)
    assert (sheet.n_alarms, sheet.n_acknowledged) == (60, 60)
    assert (sheet.per_ten_minutes, sheet.worst_ten_minutes, sheet.share_in_flood) == (10.0, 10, 0.0)
    assert (sheet.within_30_s, sheet.within_60_s, sheet.median_s) == (0.8333, 1.0, 20.0)
    assert sheet.top_sources[0] == ("KR-1/exclusion-zone/Z1", 30, "propose-zone-change")
    assert sheet.top_sources[1][2] == "exchange-device"
    assert len(sheet.top_sources) == 10


def test_a_seat_is_measured_by_what_it_acknowledged() -> None:
    assert a_shift().sheet(0, 3600 * S, "seat-0").n_acknowledged == 30


def test_every_desk_is_told_apart_by_its_users_and_the_windows_add_up() -> None:
    sheet = a_shift().sheet(0, 3600 * S)
    assert [(each.seat, each.user, each.n_acknowledged) for each in sheet.by_seat] == [("seat-0", "u", 30), ("seat-1", "u", 30)]
    assert sheet.by_seat[0].within_30_s == 0.8333
    assert (len(sheet.windows), sum(sheet.windows)) == (6, 60)


def test_how_soon_alarms_were_on_a_screen_is_told_by_its_median_and_its_slowest() -> None:
    kpi = Kpi()
    for k in range(1, 101):
        kpi.note_shown(OnScreen(at_us=k * S, received_us=k * S - k * S // 25, happened_us=k * S - k * S // 2))
    received, happened = kpi.sheet(0, TEN_MINUTES_US).to_screen
    assert (received.since, received.n, received.median_s, received.p95_s, received.p99_s) == ("received", 100, 2.0, 3.8, 3.96)
    assert (received.aim_s, received.within_aim) == (2.0, 0.5)
    assert (happened.since, happened.median_s, happened.p95_s, happened.p99_s) == ("happened", 25.0, 47.5, 49.5)
    assert (happened.aim_s, happened.within_aim) == (30.0, 0.6)


def test_a_device_whose_clock_is_ahead_takes_no_time_away_and_one_alarm_is_its_own_percentile() -> None:
    kpi = Kpi()
    kpi.note_shown(OnScreen(at_us=9 * S, received_us=8 * S, happened_us=20 * S))
    received, happened = kpi.sheet(0, TEN_MINUTES_US).to_screen
    assert (received.median_s, received.p95_s, received.p99_s) == (1.0, 1.0, 1.0)
    assert (happened.median_s, happened.p99_s) == (0.0, 0.0)


def test_a_flood_is_a_share_of_the_time() -> None:
    kpi = Kpi()
    for k in range(30):
        kpi.note_came(Came(at_us=k * S, priority=3, source="x"))
    assert kpi.sheet(0, 4 * TEN_MINUTES_US).share_in_flood == 0.25


def test_what_belongs_to_no_case_is_not_sent_to_an_officer_of_a_case() -> None:
    kpi = Kpi()
    for source in (source_of(None, "system", None), source_of(CaseId("KR-1"), "sos", None)):
        kpi.note_came(Came(at_us=S, priority=4, source=source))
    cures = {source: cure for source, _, cure in kpi.sheet(0, TEN_MINUTES_US).top_sources}
    assert cures == {"room/system/-": "check-system", "KR-1/sos/-": "review-case"}


def test_nothing_gives_no_figures_rather_than_zero() -> None:
    sheet = Kpi().sheet(0, TEN_MINUTES_US)
    assert (sheet.within_30_s, sheet.within_60_s, sheet.median_s) == (None, None, None)
    assert {(each.n, each.median_s, each.p99_s, each.within_aim) for each in sheet.to_screen} == {(0, None, None, None)}


def test_what_is_older_than_the_last_shifts_is_dropped() -> None:
    kpi = Kpi()
    for day in range(10):
        kpi.note_came(Came(at_us=day * 86_400 * S, priority=3, source="x"))
        kpi.note_answered(Answered(at_us=day * 86_400 * S, user=UserId("u"), seat="s", priority=3, waited_us=S))
        kpi.note_shown(OnScreen(at_us=day * 86_400 * S, received_us=day * 86_400 * S - S, happened_us=day * 86_400 * S - S))
    assert len(kpi.came) <= 3
    assert len(kpi.answered) <= 3
    assert len(kpi.shown) <= 3
