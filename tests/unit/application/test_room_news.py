"""What shells and the bridge's own parts tell the room, and what devices answer."""

from room_builder import ANKLET, CASE, OPERATOR, PHONE, PROTECTED, T0, Desk, S, change, entries

from backend_bridge.application.answers import answer
from backend_bridge.application.inbox import (
    EnrolDesk,
    EnrolGateway,
    Inbox,
    Milestone,
    RevokeGateway,
    TravelTimes,
    UnitReport,
)
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.arrivals import Answer
from backend_bridge.domain.commands import (
    AcknowledgeAlarm,
    AddNote,
    CloseAlarm,
    DispatchUnit,
    LocateNow,
    ShelveAlarm,
    UnshelveAlarm,
    WorkTask,
)
from backend_bridge.domain.identifiers import AlarmId, GatewayName, IncidentId, PersonId, UnitId, UserId
from backend_bridge.domain.note import NoteAbout, Statement
from backend_bridge.domain.outcomes.incident_events import DeviceAnswered, IncidentNoted, MessageMoved
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import RankUnits

GATEWAY = GatewayName("gw")
ROOT = UserId("root")
PLACE = LatLon(lat_deg=37.55, lon_deg=126.93)
ALARM = change().alarm


def heard(desk: Desk) -> Desk:
    for device in (ANKLET, PHONE):
        desk.room.devices.gateway[device] = GATEWAY
    return desk


def test_enrolments_are_entries() -> None:
    orders = (
        EnrolGateway(by=ROOT, gateway=GATEWAY, public_key="k" * 40, devices="ANK-*"),
        RevokeGateway(by=ROOT, gateway=GATEWAY),
        EnrolDesk(by=ROOT, desk="desk", public_key="k" * 40),
    )
    desk = Desk()
    assert entries(desk.run(Inbox(orders=orders))) == ["gateway-enrolled", "gateway-revoked", "desk-enrolled"]
    assert GATEWAY in desk.room.devices.revoked
    desk.run(Inbox(orders=orders[:1]))
    assert GATEWAY not in desk.room.devices.revoked


def test_the_bridges_milestones_are_kept_for_people() -> None:
    desk = Desk()
    for what in ("verified", "checkpoint", "outside-copy", "stopped"):
        assert entries(desk.run(Inbox(news=(Milestone(what=what),)))) == ["bridge"]
    health = desk.room.health
    assert health.verified_us is not None
    assert health.verified_us < (health.checkpoint_us or 0) < (health.outside_copy_us or 0)


def test_road_times_go_before_the_straight_line() -> None:
    desk = Desk()
    desk.raises(change())
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=ALARM))
    for name, lat in (("P-1", 37.551), ("P-2", 37.553)):
        where = LatLon(lat_deg=lat, lon_deg=126.93)
        report = UnitReport(unit=UnitId(name), callsign=name, position=where, course_deg=None, state=None, reported_us=desk.now_us)
        desk.run(Inbox(news=(report,)))
    desk.run(Inbox(news=(TravelTimes(destination=PLACE, seconds=((UnitId("P-1"), 400.0),)),)))
    outcome = desk.ask(OPERATOR, RankUnits(incident=IncidentId("INC-1"), destination=PLACE))
    found = answer(outcome.replies[0], desk.room.duty.user(OPERATOR), desk.room, None)  # type: ignore[arg-type]  # needs no disk
    assert found is not None
    assert [(unit.unit, unit.eta_basis) for unit in found.units or ()] == [("P-2", "straight-line"), ("P-1", "road")]


def test_an_older_report_of_a_unit_changes_nothing() -> None:
    desk = Desk()
    newer = UnitReport(unit=UnitId("P-1"), callsign="P-1", position=PLACE, course_deg=None, state="free", reported_us=T0 + 10)
    older = UnitReport(unit=UnitId("P-1"), callsign="P-1", position=None, course_deg=None, state="off", reported_us=T0)
    desk.run(Inbox(news=(newer, older)))
    assert desk.room.units[UnitId("P-1")].state == "free"


def test_the_app_that_shows_the_warning_answers_for_it() -> None:
    desk = heard(Desk())
    raised = desk.raises(change())
    ask = next(effect.id for effect in raised.lane_effects if effect.what == "notify")  # type: ignore[union-attr]
    from_elsewhere = desk.run(Inbox(arrivals=(Answer(gateway=GatewayName("other"), id=ask, ok=True, detail="seen"),)))
    assert entries(from_elsewhere) == []
    outcome = desk.run(Inbox(arrivals=(Answer(gateway=GATEWAY, id=ask, ok=True, detail="seen"),)))
    assert [event.state for event in outcome.events if isinstance(event, MessageMoved)] == ["seen"]
    assert entries(desk.run(Inbox(arrivals=(Answer(gateway=GATEWAY, id=ask, ok=True, detail="seen"),)))) == []


def test_an_app_that_cannot_show_it_has_failed() -> None:
    desk = heard(Desk())
    ask = next(effect.id for effect in desk.raises(change()).lane_effects if effect.what == "notify")  # type: ignore[union-attr]
    outcome = desk.run(Inbox(arrivals=(Answer(gateway=GATEWAY, id=ask, ok=False, detail="no such device"),)))
    assert [event.state for event in outcome.events if isinstance(event, MessageMoved)] == ["failed"]


def test_a_located_device_answers_once() -> None:
    desk = heard(Desk())
    asked = desk.act(OPERATOR, LocateNow(case=CASE, person=PROTECTED))
    number = int(str(asked.replies[0].note))
    outcome = desk.run(Inbox(arrivals=(Answer(gateway=GATEWAY, id=number, ok=True, detail=""),)))
    assert [event.ok for event in outcome.events if isinstance(event, DeviceAnswered)] == [True]
    assert desk.act(OPERATOR, LocateNow(case=CASE, person=PersonId("V-9"))).replies[0].refusal == "unknown-person"


def test_what_cannot_be_done_is_refused_by_its_code() -> None:
    desk = Desk()
    desk.raises(change(level=AlarmLevel.AMBER))
    amber = ALARM
    incident = IncidentId("INC-9")
    for command, code in (
        (UnshelveAlarm(alarm=amber), "not-shelved"),
        (ShelveAlarm(alarm=amber, minutes=5, reason=" "), "needs-reason"),
        (AcknowledgeAlarm(alarm=AlarmId("no-such")), "unknown-alarm"),
        (AcknowledgeAlarm(alarm=amber, reason="x" * 4001), "text-too-long"),
        (CloseAlarm(alarm=amber, outcome="test"), "not-acknowledged"),
        (AddNote(incident=incident, text="x", about=NoteAbout.WEARER, statement=Statement.ASSESSMENT), "unknown-incident"),
        (WorkTask(incident=incident, task="notify-112", outcome="acknowledged"), "unknown-incident"),
    ):
        assert desk.act(OPERATOR, command).replies[0].refusal == code  # type: ignore[arg-type]  # each is a command
    desk.act(OPERATOR, ShelveAlarm(alarm=amber, minutes=5, reason="noise"))
    assert desk.act(OPERATOR, UnshelveAlarm(alarm=amber)).replies[0].refusal is None


def test_what_cannot_be_done_in_an_incident_is_refused_by_its_code() -> None:
    desk = Desk()
    desk.raises(change())
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=ALARM))
    incident = IncidentId("INC-1")
    desk.act(OPERATOR, WorkTask(incident=incident, task="notify-112", outcome="acknowledged"))
    for command, code in (
        (WorkTask(incident=incident, task="notify-112", outcome="acknowledged"), "task-ended"),
        (WorkTask(incident=incident, task="dance", outcome="done"), "unknown-task"),
        (WorkTask(incident=incident, task="dispatch", outcome="done"), "unknown-outcome"),
        (AddNote(incident=incident, text="  ", about=NoteAbout.WEARER, statement=Statement.ASSESSMENT), "empty-text"),
        (DispatchUnit(incident=incident, unit=UnitId("P-0"), destination=PLACE, label="x"), "unknown-unit"),
        (CloseAlarm(alarm=ALARM, outcome="technical", note="x"), "tasks-open"),
    ):
        assert desk.act(OPERATOR, command).replies[0].refusal == code  # type: ignore[arg-type]  # each is a command
    note = AddNote(incident=incident, text="he turned back", about=NoteAbout.WEARER, statement=Statement.ASSESSMENT)
    (noted,) = [event for event in desk.act(OPERATOR, note).events if isinstance(event, IncidentNoted)]
    assert (noted.about, noted.statement) == (NoteAbout.WEARER, Statement.ASSESSMENT), "what is thought is told from what was seen"
    line = desk.room.incidents.the(incident).timeline[-1]
    assert dict(line.detail) == {"about": "wearer", "statement": "assessment", "text": "he turned back"}
    assert desk.now_us > T0 + S // 10
