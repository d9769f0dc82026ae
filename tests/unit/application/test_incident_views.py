"""What a desk is sent of an incident: its units with what is known of their way."""

from dataclasses import replace

from room_builder import ANKLET, OPERATOR, PHONE, Desk, S, change
from test_views import Screen

from backend_bridge.application.inbox import Inbox, UnitReport
from backend_bridge.application.incident_rows import DispatchRow, IncidentRow
from backend_bridge.application.tables import Table
from backend_bridge.application.unit_views import ranked_rows
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.commands import AcknowledgeAlarm, DispatchUnit
from backend_bridge.domain.identifiers import IncidentId, UnitId, ZoneId
from backend_bridge.domain.incidents.dispatch import SILENT_AFTER_US
from backend_bridge.domain.outcomes.effects import SendDispatch
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import RankUnits
from backend_bridge.domain.spoken_place import SpokenPlace

UNIT = UnitId("P-12")
INCIDENT = IncidentId("INC-1")
AT_HOME = SpokenPlace(kind="home", name="V-0001")
PLACE, STATION = LatLon(lat_deg=37.55, lon_deg=126.93), LatLon(lat_deg=37.56, lon_deg=126.93)


def report(desk: Desk, state: str = "free", where: LatLon = STATION) -> None:
    news = UnitReport(unit=UNIT, callsign="순찰 12", position=where, course_deg=None, state=state, reported_us=desk.now_us)
    desk.run(Inbox(news=(news,)))


def sent() -> Desk:
    """A room whose one unit was sent and is on its way."""
    desk = Desk()
    desk.raises(change())
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=change().alarm))
    report(desk)
    desk.act(OPERATOR, DispatchUnit(incident=INCIDENT, unit=UNIT, destination=PLACE, label="집 V-0001", spoken=AT_HOME))
    return desk


def incident_of(screen: Screen) -> IncidentRow:
    screen.look()
    row = screen.row(Table.INCIDENTS)
    assert isinstance(row, IncidentRow)
    return row


def way(screen: Screen) -> DispatchRow:
    (row,) = incident_of(screen).dispatches
    return row


def test_a_unit_that_was_sent_and_is_heard_no_more_arrives_nobody_knows_when() -> None:
    desk = sent()
    screen = Screen(desk)
    heard_us = desk.room.units[UNIT].reported_us
    assert way(screen).eta_s is not None
    desk.run(after_s=SILENT_AFTER_US / S + 1)
    assert (way(screen).eta_s, way(screen).reported_us) == (None, heard_us)
    report(desk)
    desk.run(after_s=5)
    assert way(screen).eta_s is not None


def test_a_unit_on_its_way_needs_no_time_to_get_away_from_that_very_way() -> None:
    desk = sent()
    screen = Screen(desk)
    standing = way(screen).eta_s
    report(desk, "en-route")
    desk.run(after_s=5)
    assert (way(screen).state, way(screen).eta_s) == ("en-route", standing)


def test_a_unit_that_works_for_an_incident_is_ranked_there_by_its_way_alone() -> None:
    desk = sent()
    other = UnitReport(unit=UnitId("P-7"), callsign="순찰 7", position=STATION, course_deg=None, state="busy", reported_us=desk.now_us)
    desk.run(Inbox(news=(other,)))
    here = RankUnits(incident=INCIDENT, destination=PLACE)
    by_way = ranked_rows(desk.room, here)[0].eta_s
    for state, where in (("en-route", STATION), ("on-scene", PLACE)):
        report(desk, state, where)
        first, second = ranked_rows(desk.room, here)
        assert (first.unit, first.state, second.unit) == (UNIT, state, "P-7")
        assert first.eta_s == (by_way if where == STATION else 0.0)
    elsewhere = ranked_rows(desk.room, replace(here, incident=IncidentId("INC-2")))
    assert next(row.eta_s for row in elsewhere if row.unit == UNIT) == 300.0, "from another incident it has to get away"


def test_a_timeline_says_of_alarms_what_they_are_which_zone_they_are_about_and_whose_device_has_them() -> None:
    desk = Desk()
    breach = replace(change(kind=AlarmKind.EXCLUSION_ZONE, ring=None), zone=ZoneId("Z1"))
    desk.raises(breach)
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=breach.alarm))
    for kind, device in ((AlarmKind.TAMPER, ANKLET), (AlarmKind.SOS, PHONE), (AlarmKind.PROXIMITY, ANKLET)):
        desk.raises(change(kind=kind, device=device))
    timeline = incident_of(Screen(desk)).timeline
    said = [dict(line.detail) for line in timeline if line.event in ("incident-opened", "incident-joined")]
    assert [(str(each.get("kind")), each.get("place"), each.get("part")) for each in said] == [
        ("exclusion-zone", "home", None),
        ("tamper", None, "subject"),
        ("sos", None, "protected"),
        ("proximity", None, None),
    ]
    assert not [each for each in said if "zone" in each or "device" in each]


def test_a_unit_has_one_name_its_call_sign_in_its_order_and_in_the_timeline() -> None:
    desk = sent()
    screen = Screen(desk)
    assert (way(screen).unit, way(screen).callsign) == (UNIT, "순찰 12")
    named = [dict(line.detail)["unit"] for line in incident_of(screen).timeline if line.event == "dispatched"]
    assert named == ["순찰 12"]


def test_the_place_of_an_order_goes_to_the_unit_in_the_words_of_its_sender_and_to_desks_without_a_language() -> None:
    desk = sent()
    (order,) = [effect for outcome in desk.outcomes for effect in outcome.effects if isinstance(effect, SendDispatch)]
    assert order.label == "집 V-0001"
    assert (way(Screen(desk)).label, way(Screen(desk)).spoken) == ("집 V-0001", AT_HOME)
