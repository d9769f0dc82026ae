"""What may happen on an evening, from the fix to what people are shown, told and asked to do."""

from dataclasses import replace

import pytest
from evening import GATEWAY, HOME_LAT, HOME_LON, OPERATOR, PROTECTED, T0, Evening, S, a_case, place

from backend_bridge.application.inbox import CourtDecided, EndOrder, ImportCases, RevokeGateway, UnitReport
from backend_bridge.application.rows import AlarmState
from backend_bridge.application.tables import Table
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.arrivals import BadRow, Lane, LinkDown, LinkUp, RejectCode
from backend_bridge.domain.case import Circle, Order, OrderBasis, Party, Zone, ZoneKind
from backend_bridge.domain.commands import AcknowledgeAlarm, BreakGlass, CloseAlarm, CloseIncident, DispatchUnit, WithdrawConsent, WorkTask
from backend_bridge.domain.device_event import DeviceEventKind
from backend_bridge.domain.identifiers import AlarmId, CaseId, GatewayName, GrantId, IncidentId, PersonId, UnitId, UserId, ZoneId
from backend_bridge.domain.outcomes.effects import DestroyDelivered, NotifyProtected, SendDispatch, SendMessage, SoundAlarm
from backend_bridge.domain.outcomes.lane_effects import AskKind, SendAsk
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.quantities import LatLon

HOME = place(0.0)
KR_1 = CaseId("KR-SE-2026-0001")


def stays(_second: float) -> tuple[float, float]:
    return HOME


def effects_of(evening: Evening, kind: type) -> list[object]:
    return [effect for outcome in evening.outcomes for effect in outcome.effects if isinstance(effect, kind)]


def acknowledge_all(evening: Evening, reason: str | None = None) -> None:
    for row in list(evening.room.alarms):
        if not row.acknowledged:
            assert evening.does(AcknowledgeAlarm(alarm=row.alarm, reason=reason)) is None


def test_01_a_walk_in_from_three_kilometres() -> None:
    evening = Evening()
    evening.move(1500, 15, VIC_0001=stays, ANK_0001=lambda t: place(3000.0 - 1.4 * t))
    steps = [(alarm.kind, alarm.level) for alarm in evening.raised()]
    assert ("proximity", "amber") in steps
    assert ("proximity", "red") in steps
    assert steps.index(("proximity", "amber")) < steps.index(("proximity", "red"))
    assert len(effects_of(evening, SoundAlarm)) >= 2
    assert {effect.person for effect in effects_of(evening, NotifyProtected)} == {PROTECTED}  # type: ignore[attr-defined]
    red = next(row for row in evening.alarms() if row.level is AlarmLevel.RED)
    assert red.priority == 1
    assert red.distance_m is not None
    assert abs(red.distance_m - (3000 - 1.4 * 1485)) < 60
    assert evening.does(AcknowledgeAlarm(alarm=red.alarm)) is None
    evening.look()
    incident = evening.rows[Table.INCIDENTS]["INC-1"]
    assert "notify-112" in {task.task for task in incident.tasks}  # type: ignore[union-attr]
    assert {effect.recipient for effect in effects_of(evening, SendMessage)} == {"112"}  # type: ignore[attr-defined]


def test_02_a_car_at_sixty_from_five_kilometres_is_red_before_it_can_arrive() -> None:
    evening = Evening()
    speed_mps = 60 / 3.6
    evening.move(270, 10, VIC_0001=stays, ANK_0001=lambda t: place(5000.0 - speed_mps * t))
    red = next(alarm for alarm in evening.raised(level=AlarmLevel.RED))
    left_m = 5000.0 - speed_mps * (red.happened_us - T0) / S
    assert left_m >= 600
    assert min(alarm.known_us for alarm in evening.raised()) <= T0 + 200 * S
    assert {effect.person for effect in effects_of(evening, NotifyProtected)} == {PROTECTED}  # type: ignore[attr-defined]
    row = next(row for row in evening.alarms() if row.level is AlarmLevel.RED)
    assert row.contact_s is not None
    assert row.contact_s < 180
    assert evening.does(AcknowledgeAlarm(alarm=row.alarm)) is None
    evening.look()
    assert evening.rows[Table.INCIDENTS]["INC-1"].tasks[0].task == "notify-112"  # type: ignore[union-attr]
    assert {effect.recipient for effect in effects_of(evening, SendMessage)} == {"112"}  # type: ignore[attr-defined]


def test_03_both_on_one_train_are_shown_all_the_same() -> None:
    evening = Evening([replace(a_case(), zones=())])
    evening.move(400, 10, VIC_0001=lambda t: place(15.0 * t), ANK_0001=lambda t: place(15.0 * t + 60.0))
    pair = evening.pair()
    assert pair.co_travel
    assert any(row.kind is AlarmKind.PROXIMITY for row in evening.alarms())


def test_04_jitter_at_the_edge_of_a_ring_is_one_row() -> None:
    evening = Evening([replace(a_case(), zones=())])
    evening.move(1800, 15, VIC_0001=stays, ANK_0001=lambda t: place(1000.0 + (25.0 if int(t / 15) % 2 else -25.0)))
    rows = [row for row in evening.alarms() if row.ring == "R2" and row.kind is AlarmKind.PROXIMITY]
    assert len(rows) <= 1


def test_05_a_tamper_that_clears_in_four_minutes_stays_until_somebody_says_why() -> None:
    evening = Evening()
    evening.reports("ANK-0001", DeviceEventKind.STRAP_CUT)
    evening.run(240)
    evening.reports("ANK-0001", DeviceEventKind.STRAP_RESTORED)
    evening.run(7200)
    (row,) = [row for row in evening.alarms() if row.kind is AlarmKind.TAMPER]
    assert row.state is AlarmState.LATCHED
    assert evening.does(AcknowledgeAlarm(alarm=row.alarm)) == "needs-reason"
    assert evening.does(AcknowledgeAlarm(alarm=row.alarm, reason="seen by patrol: buckle worn")) is None
    cleared = [event for event in evening.events if isinstance(event, AlarmChange) and event.step is AlarmStep.CLEARED]
    assert [event.kind for event in cleared] == ["tamper"]
    evening.look()
    device = evening.rows[Table.DEVICES]["ANK-0001"]
    assert device.strap == "restored"  # type: ignore[union-attr]


def test_07_an_sos_with_a_tower_alone_sounds_on_top_and_cannot_be_put_aside() -> None:
    evening = Evening()
    evening.run(5.0)
    evening.run(arrivals=(evening.message([evening.fix("VIC-0001", HOME, accuracy_m=1800.0, source=2)]),))
    evening.reports("VIC-0001", DeviceEventKind.SOS)
    (row,) = [row for row in evening.alarms() if row.kind is AlarmKind.SOS]
    assert (row.priority, row.level) == (1, "red")
    evening.look()
    device = evening.rows[Table.DEVICES]["VIC-0001"]
    assert (device.source, device.accuracy_m is not None and device.accuracy_m > 500) == (2, True)  # type: ignore[union-attr]
    assert evening.room.access.may(OPERATOR, Action.SEE_PROTECTED_POSITION, PROTECTED, KR_1, None, evening.now_us)


def test_07b_an_sos_of_a_device_that_no_case_names_is_an_alarm_of_the_room() -> None:
    evening = Evening()
    evening.reports("VIC-0099", DeviceEventKind.BATTERY, 15.0)
    assert not evening.raised()
    evening.reports("VIC-0099", DeviceEventKind.SOS)
    evening.reports("VIC-0099", DeviceEventKind.SOS)
    (alarm,) = evening.raised("system", AlarmLevel.RED)
    assert (alarm.because["code"], alarm.case) == ("sos-of-nobody:VIC-0099", None)


def test_07c_who_withdrew_consent_is_heard_when_she_calls_for_help() -> None:
    evening = Evening()
    assert evening.does(WithdrawConsent(case=KR_1, person=PROTECTED, reason="wants to be left alone")) is None
    evening.reports("VIC-0001", DeviceEventKind.SOS)
    assert [alarm.because["code"] for alarm in evening.raised("system", AlarmLevel.RED)] == ["sos-of-nobody:VIC-0001"]


def test_08_a_monitored_person_of_another_case_near_an_sos_is_an_alarm() -> None:
    evening = Evening([a_case(), a_case("KR-SE-2026-0002", n=2)])
    near = place(120.0)
    evening.move(120, 15, VIC_0001=stays, ANK_0002=lambda _t: near)
    evening.reports("VIC-0001", DeviceEventKind.SOS)
    evening.move(120, 15, VIC_0001=stays, ANK_0002=lambda _t: near)
    unpaired = evening.raised("unpaired")
    assert unpaired
    assert unpaired[0].case == "KR-SE-2026-0002"
    assert unpaired[0].about == PROTECTED
    (row,) = [row for row in evening.alarms() if row.kind is AlarmKind.UNPAIRED]
    assert (row.case, row.about) == ("KR-SE-2026-0002", PROTECTED)


def test_09_after_an_outage_the_backlog_is_judged_at_its_true_time_and_one_alarm_says_that_the_bridge_was_blind() -> None:
    evening = Evening()
    evening.move(120, 15, VIC_0001=stays, ANK_0001=lambda _t: place(6000.0))
    evening.run(arrivals=(LinkDown(gateway="gw-1", connection=b"c", reason="silent"),))  # type: ignore[arg-type]
    for _ in range(80):
        evening.run(1.0)
    assert {str(alarm.because["code"]) for alarm in evening.raised("system")} >= {"gateway-down:gw-1", "blind"}
    gone_us = evening.now_us
    backlog = [
        evening.fix(device, at(k), at_us=gone_us + 15 * k * S)
        for k in range(480)
        for device, at in (("VIC-0001", lambda _k: HOME), ("ANK-0001", lambda k: place(abs(6000.0 - 25.0 * k) - 40.0)))
    ]
    evening.now_us = gone_us + 7200 * S
    for first in range(0, len(backlog), 200):
        evening.run(0.2, arrivals=(evening.message(backlog[first : first + 200], Lane.BACKFILL),))
    reds = [alarm for alarm in evening.raised(level=AlarmLevel.RED) if alarm.kind in {"proximity", "exclusion-zone"}]
    assert reds
    assert all(alarm.happened_us < alarm.known_us - 600 * S for alarm in reds)


def test_12_an_order_that_ends_at_midnight_during_an_alarm_ends_the_alarm_and_the_watching() -> None:
    ends_us = T0 + 600 * S
    case = replace(a_case(), order=Order(basis=OrderBasis.INTERIM_MEASURE_3_2, starts_us=T0 - 86_400 * S, ends_us=ends_us))
    evening = Evening([case])
    evening.move(540, 15, VIC_0001=stays, ANK_0001=lambda _t: place(300.0))
    assert any(row.level is AlarmLevel.RED for row in evening.alarms())
    acknowledge_all(evening)
    evening.now_us = ends_us
    evening.run(1.0)
    evening.move(120, 15, VIC_0001=stays, ANK_0001=lambda _t: place(300.0))
    assert not [row.newest for row in evening.room.alarms if row.holds]
    kept = [each.fixes for outcome in evening.outcomes for each in outcome.taken.kept if each.fixes is not None]
    assert max(int(batch.measured_us.max()) for batch in kept if len(batch)) < ends_us
    assert not evening.case_row().in_force
    assert evening.entries("order-expires")


def test_13_a_court_that_refuses_after_emergency_access_means_destruction() -> None:
    evening = Evening()
    command = BreakGlass(person=PROTECTED, case=KR_1, purpose=Purpose.STALKING_CRIME, reason="life at risk")
    assert evening.does(command) is None
    evening.run(orders=(CourtDecided(by=UserId("clerk"), grant="GRANT-1", permitted=False, number="2026-1"),))
    assert [effect.grant for effect in effects_of(evening, DestroyDelivered)] == ["GRANT-1"]  # type: ignore[attr-defined]
    assert evening.room.grants.grants[GrantId("GRANT-1")].ended == "court-refused"


def test_13b_a_permission_that_never_comes_is_a_refusal() -> None:
    evening = Evening()
    evening.does(BreakGlass(person=PROTECTED, case=KR_1, purpose=Purpose.STALKING_CRIME, reason="life at risk"))
    for _ in range(49):
        evening.run(3600.0)
    assert len(effects_of(evening, DestroyDelivered)) == 1


def test_14_the_protected_person_moves_and_the_new_place_is_in_force_from_then() -> None:
    evening = Evening()
    evening.move(300, 15, VIC_0001=lambda _t: place(20_000.0), ANK_0001=lambda _t: place(9000.0, 50.0))
    assert not evening.raised("exclusion-zone")
    lat, lon = place(9000.0)
    moved = Zone(
        zone=ZoneId("Z1"), kind=ZoneKind.EXCLUSION, label="new home", shape=Circle(centre=LatLon(lat_deg=lat, lon_deg=lon), radius_m=200.0)
    )
    evening.run(orders=(ImportCases(by=UserId("root"), cases=(replace(a_case(), zones=(moved,)),)),))
    evening.move(300, 15, VIC_0001=lambda _t: place(20_000.0), ANK_0001=lambda _t: place(9000.0, 50.0))
    assert evening.raised("exclusion-zone")
    assert evening.case_row().version == 2


def test_15_who_probes_the_edge_again_and_again_is_told_and_the_wearer_is_told_nothing() -> None:
    zone = replace(a_case().zones[0], warning_m=300.0)
    evening = Evening([replace(a_case(), zones=(zone,), rings=())])
    away, edge = place(2500.0), place(zone.shape.radius_m + 150.0)  # type: ignore[union-attr]  # it is a circle
    for visit in range(5):
        evening.move(1500, 15, VIC_0001=lambda _t: place(30_000.0), ANK_0001=lambda t: edge if 600 <= t < 900 else away)
        assert visit > 1 or not evening.raised("loitering")
    (row,) = [row for row in evening.alarms() if row.kind is AlarmKind.LOITERING]
    assert (row.zone, row.level, row.priority) == ("Z1", "amber", 3)
    assert dict(row.because)["cause"] == "visits"
    asked = {(effect.device, effect.kind) for effect in effects_of(evening, SendAsk)}  # type: ignore[attr-defined]
    assert ("ANK-0001", AskKind.NOTIFY) not in asked, "a device that hums when he comes near would tell him where she is"
    assert evening.does(AcknowledgeAlarm(alarm=row.alarm)) is None
    assert evening.does(CloseAlarm(alarm=row.alarm, outcome="true-breach", note="probed the zone five times")) is None


def test_16_an_order_without_a_device_is_on_the_list_as_not_tracked() -> None:
    case = replace(
        a_case(),
        subject=Party(person=PersonId("S-0001"), device=None),
        order=replace(a_case().order, basis=OrderBasis.VICTIM_PROTECTION_ORDER),
    )
    row = Evening([case]).case_row()
    assert not row.tracked
    assert "no-telemetry" in row.defects


def test_17_an_acquittal_ends_the_order_at_once() -> None:
    evening = Evening()
    evening.move(300, 15, VIC_0001=stays, ANK_0001=lambda _t: place(400.0))
    evening.run(orders=(EndOrder(by=UserId("root"), case=KR_1, at_us=evening.now_us, reason="acquitted"),))
    evening.run(1.0)
    assert not [row for row in evening.room.alarms if row.holds]
    before = len([each for outcome in evening.outcomes for each in outcome.taken.kept if each.fixes is not None and len(each.fixes)])
    evening.move(60, 15, ANK_0001=lambda _t: place(400.0))
    after = len([each for outcome in evening.outcomes for each in outcome.taken.kept if each.fixes is not None and len(each.fixes)])
    assert after == before


def test_20_somebody_who_lives_inside_the_zone_is_one_row_and_a_loud_source() -> None:
    evening = Evening()
    evening.move(3600, 30, VIC_0001=lambda _t: place(30_000.0), ANK_0001=lambda t: place(60.0 if int(t / 600) % 2 else 160.0))
    rows = [row for row in evening.alarms() if row.kind is AlarmKind.EXCLUSION_ZONE]
    assert len(rows) == 1
    sheet = evening.room.kpi.sheet(T0, evening.now_us + 1)
    assert any(cure == "propose-zone-change" for _, _, cure in sheet.top_sources)


def test_a_shift_of_forty_alarms_ends_with_nothing_open_and_a_sheet_of_figures() -> None:
    cases = [a_case(f"KR-{n}", n=n) for n in range(1, 41)]
    evening = Evening(cases)
    for n in range(1, 41):
        evening.reports(f"VIC-{n:04}", DeviceEventKind.SOS)
        evening.run(5.0)
        row = next(row for row in evening.room.alarms if not row.acknowledged)
        assert evening.does(AcknowledgeAlarm(alarm=row.alarm)) is None
        incident = evening.room.incidents.opened()[0].incident
        _work(evening, incident)
        evening.run(20.0)
    assert not evening.room.alarms.rows
    assert not evening.room.incidents.opened()
    sheet = evening.room.kpi.sheet(T0, evening.now_us + 1)
    assert (sheet.n_alarms, sheet.n_acknowledged) == (40, 40)
    assert (sheet.within_30_s, sheet.within_60_s) == (1.0, 1.0)


def _work(evening: Evening, incident: IncidentId) -> None:
    while True:
        task = evening.room.incidents.the(incident).next_task()
        if task is None:
            break
        assert evening.does(WorkTask(incident=incident, task=task.rule.task, outcome=task.rule.outcomes[0])) is None
    assert evening.does(CloseIncident(incident=incident, outcome="false", note="pressed by mistake")) is None


def test_a_unit_that_is_sent_is_followed_to_the_place() -> None:
    evening = Evening()
    evening.reports("VIC-0001", DeviceEventKind.SOS)
    acknowledge_all(evening)
    where = LatLon(lat_deg=HOME_LAT, lon_deg=HOME_LON)
    report = UnitReport(unit=UnitId("P-7"), callsign="P-7", position=where, course_deg=None, state="free", reported_us=evening.now_us)
    evening.run(news=(report,))
    assert evening.does(DispatchUnit(incident=IncidentId("INC-1"), unit=UnitId("P-7"), destination=where, label="home")) is None
    assert len(effects_of(evening, SendDispatch)) == 1
    evening.run(news=(replace(report, state="on-scene", reported_us=evening.now_us),))
    evening.look()
    incident = evening.rows[Table.INCIDENTS]["INC-1"]
    assert [dispatch.state for dispatch in incident.dispatches] == ["on-scene"]  # type: ignore[union-attr]


def test_an_amber_alarm_that_ends_and_was_seen_leaves_the_list_by_itself() -> None:
    evening = Evening()
    evening.reports("ANK-0001", DeviceEventKind.BATTERY, 9.0)
    acknowledge_all(evening)
    evening.reports("ANK-0001", DeviceEventKind.CHARGING)
    evening.run(61.0)
    evening.run(1.0)
    assert not evening.alarms()
    assert evening.does(CloseAlarm(alarm=AlarmId("x"), outcome="test")) == "unknown-alarm"


def test_a_gateway_that_stays_away_is_one_alarm_that_grows_and_ends_with_its_return_or_its_revocation() -> None:
    for end in ("back", "revoked"):
        evening = Evening()
        evening.move(60, 15, VIC_0001=stays, ANK_0001=lambda _t: place(6000.0))
        evening.run(arrivals=(LinkDown(gateway=GATEWAY, connection=b"c", reason="silent"),))
        for _ in range(70):
            evening.run(1.0)
        steps = [
            (alarm.step.value, alarm.level.value)
            for alarm in evening.raised("system")
            if alarm.because["code"] == f"gateway-down:{GATEWAY}"
        ]
        assert steps == [("raised", "amber"), ("upgraded", "red")]
        if end == "back":
            evening.run(arrivals=(LinkUp(gateway=GATEWAY, connection=b"d"),))
        else:
            evening.run(orders=(RevokeGateway(by=UserId("root"), gateway=GATEWAY),))
        assert not [row for row in evening.room.alarms if row.holds and "gateway-down" in str(row.newest.because["code"])]


@pytest.mark.parametrize(("apart_s", "n_sounds"), [(1.0, 1), (130.0, 4)])
def test_gateways_that_fall_silent_together_have_one_cause_and_sound_once(apart_s: float, n_sounds: int) -> None:
    evening = Evening()
    gateways = [GatewayName(f"gw-{number}") for number in range(2, 6)]
    evening.run(arrivals=tuple(LinkUp(gateway=gateway, connection=gateway.encode()) for gateway in gateways))
    for gateway in gateways:
        evening.run(arrivals=(LinkDown(gateway=gateway, connection=gateway.encode(), reason="silent"),))
        for _ in range(13):
            evening.run(apart_s / 13)
    for _ in range(8):
        evening.run(1.0)
    rows = [row for row in evening.room.alarms if "gateway-down" in str(row.newest.because["code"])]
    sounds = [
        effect.alarm
        for outcome in evening.outcomes
        for effect in outcome.effects
        if isinstance(effect, SoundAlarm) and "gateway-down" in effect.alarm and effect.level is AlarmLevel.AMBER and not effect.escalation
    ]
    assert len(rows) == 4
    assert len({row.group for row in rows}) == 1
    assert (rows[0].group is not None) == (n_sounds == 1)
    assert len(sounds) == n_sounds


@pytest.mark.parametrize("n_again", [1, 4])
def test_gateways_that_were_back_and_fall_silent_again_sound_again(n_again: int) -> None:
    evening = Evening()
    gateways = [GatewayName(f"gw-{number}") for number in range(2, 6)]

    def fall_silent(names: list[GatewayName]) -> int:
        """How many amber alarms of them sound."""
        n_before = len(evening.outcomes)
        evening.run(arrivals=tuple(LinkDown(gateway=each, connection=each.encode(), reason="silent") for each in names))
        for _ in range(10):
            evening.run(1.0)
        evening.run(arrivals=tuple(LinkUp(gateway=each, connection=each.encode()) for each in names))
        effects = [effect for outcome in evening.outcomes[n_before:] for effect in outcome.effects]
        return sum(isinstance(each, SoundAlarm) and "gateway-down" in each.alarm for each in effects)

    evening.run(arrivals=tuple(LinkUp(gateway=each, connection=each.encode()) for each in gateways))
    assert fall_silent(gateways) == 1
    for _ in range(60):
        evening.run(10.0)
    assert fall_silent(gateways[:n_again]) == 1


def test_06_a_device_that_lives_without_its_wearer_is_told_by_what_it_reports() -> None:
    evening = Evening()
    evening.move(60, 15, VIC_0001=stays, ANK_0001=lambda _t: place(6000.0))
    evening.reports("ANK-0001", DeviceEventKind.SEPARATED)
    evening.run(360.0)
    separated = evening.raised("separated")
    assert [alarm.level for alarm in separated] == ["amber", "red"]
    assert evening.room.alarms.the(separated[0].alarm).priority == 2


def test_10_one_bad_message_in_ten_holds_nothing_else_up() -> None:
    evening = Evening()
    for k in range(60):
        evening.now_us += 15 * S
        message = evening.message([evening.fix("VIC-0001", HOME), evening.fix("ANK-0001", place(3000.0 - 45.0 * k))])
        if k % 10 == 3:
            bad = BadRow(row=None, code=RejectCode.MALFORMED, detail="not an Arrow stream")
            message = replace(message, fixes=None, kept_rows=message.kept_rows[:0], bad=(bad,))
        evening.run(0.0, arrivals=(message,))
    assert len(evening.entries("quarantined")) == 6
    assert not evening.entries("hole")
    assert evening.raised("proximity", AlarmLevel.RED)


def test_11_three_times_the_usual_alarms_for_half_an_hour_lose_no_acknowledgement() -> None:
    evening = Evening([a_case(f"KR-{n}", n=n) for n in range(1, 61)])
    acknowledged = 0
    for n in range(1, 61):
        evening.reports(f"ANK-{n:04}", DeviceEventKind.BATTERY, 8.0)
        if n % 6 == 0:
            evening.reports(f"VIC-{n:04}", DeviceEventKind.SOS)
        evening.run(5.0)
        waiting = [row for row in evening.room.alarms if not row.acknowledged]
        for row in sorted(waiting, key=lambda row: (row.priority, row.since_us))[:2]:
            assert evening.does(AcknowledgeAlarm(alarm=row.alarm)) is None
            acknowledged += 1
        evening.run(24.0)
    assert len(evening.entries("acknowledged")) == acknowledged
    assert [event.on for event in evening.entries("flood")][:1] == [True]  # type: ignore[union-attr]
    late = [event for event in evening.entries("escalated") if "sos" in event.alarm]  # type: ignore[union-attr]
    assert not late


def test_18_a_clock_that_is_ahead_is_doubted_and_the_breach_is_still_told_and_worked() -> None:
    """By 45 s: what is dated more than 60 s ahead is quarantined before it gets here."""
    evening = Evening()
    for _ in range(40):
        evening.now_us += 15 * S
        fixes = [
            evening.fix("VIC-0001", HOME),
            evening.fix("ANK-0001", place(50.0), at_us=evening.now_us + 45 * S),
        ]
        evening.run(0.0, arrivals=(evening.message(fixes),))
    doubted = [row for row in evening.alarms() if row.kind is AlarmKind.POSITION_NOT_TRUSTED]
    assert {dict(row.because)["cause"] for row in doubted} == {"clock-ahead"}
    red = next(row for row in evening.alarms() if row.level is AlarmLevel.RED)
    assert evening.does(AcknowledgeAlarm(alarm=red.alarm)) is None
    evening.look()
    incident = evening.rows[Table.INCIDENTS]["INC-1"]
    clocks = incident.clocks  # type: ignore[union-attr]
    assert clocks.device_us > clocks.received_us, "the five clocks show that the device's runs ahead"
    assert {task.task for task in incident.tasks} >= {"notify-112"}  # type: ignore[union-attr]


def test_19_what_comes_twice_or_out_of_order_raises_once() -> None:
    plain, shuffled = Evening(), Evening()
    walk = [(k, place(3000.0 - 60.0 * k)) for k in range(50)]
    for evening, order in ((plain, walk), (shuffled, [walk[k ^ 1] for k in range(50)])):
        start_us = evening.now_us
        for k, at in order:
            evening.now_us = start_us + (k + 2) * 20 * S if evening is plain else max(evening.now_us, start_us + (k + 2) * 20 * S)
            at_us = start_us + k * 20 * S + 10 * S
            fixes = [evening.fix("VIC-0001", HOME, at_us=at_us), evening.fix("ANK-0001", at, at_us=at_us)]
            evening.run(0.1, arrivals=(evening.message(fixes),))
    kinds = [[(alarm.kind, alarm.level, alarm.ring) for alarm in each.raised() if alarm.kind == "proximity"] for each in (plain, shuffled)]
    assert kinds[0] == kinds[1]
