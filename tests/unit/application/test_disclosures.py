"""The desk's row of a disclosure is what the app shows, cut to what the desk's own user may see; nothing before its entry."""

from room_builder import ANKLET, CASE, PROTECTED, SUPERVISOR, WEARER, Desk, a_case, change
from test_views import Screen

from backend_bridge.application.access_rows import DisclosureRow
from backend_bridge.application.inbox import AppsPaired, BeginRule, Inbox, ShowInApp
from backend_bridge.application.tables import Table
from backend_bridge.domain.access.disclosure import preset
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.commands import DecideDisclosure

SHOWN = ShowInApp(case=CASE, about=PROTECTED, subject=WEARER, device=ANKLET, detail="exact", within_m=600.0, distance_m=500)


def paired() -> Desk:
    desk = Desk()
    rule = preset(a_case(), PROTECTED, desk.now_us)
    desk.run(Inbox(news=(BeginRule(rule=rule), AppsPaired(person=PROTECTED, n=1))))
    return desk


def row_of(desk: Desk, distance_m: float) -> DisclosureRow:
    screen = Screen(desk, SUPERVISOR)
    screen.look(distance_m)
    screen.view._disclosures._due_us = 0
    desk.run()
    screen.look(distance_m)
    row = screen.row(Table.DISCLOSURES)
    assert isinstance(row, DisclosureRow)
    return row


def test_nothing_is_shown_before_its_entry_and_then_what_the_rule_gives() -> None:
    desk = paired()
    assert row_of(desk, 500.0).detail == "nothing"
    desk.run(Inbox(news=(SHOWN,)))
    row = row_of(desk, 500.0)
    assert (row.detail, row.within_m, row.n_apps, row.state) == ("exact", 600.0, 1, "in-force-at-once")
    assert row_of(desk, 5_000.0).detail == "nothing"


def test_the_wearers_place_is_the_apps_and_the_distance_waits_for_the_desks_own_right() -> None:
    desk = paired()
    desk.run(Inbox(news=(SHOWN,)))
    quiet = row_of(desk, 500.0)
    assert quiet.place is not None
    assert (quiet.distance_m, quiet.masked) == (None, True)
    desk.raises(change(level=AlarmLevel.RED))
    alarmed = row_of(desk, 500.0)
    assert (alarmed.distance_m, alarmed.direction, alarmed.masked) == (500, alarmed.direction, False)


def test_a_supervisor_decides_at_the_desk_and_revoking_shows_nothing_at_once() -> None:
    desk = paired()
    desk.run(Inbox(news=(SHOWN,)))
    revoke = DecideDisclosure(case=CASE, person=PROTECTED, decision="revoke", reason="she asked")
    outcome = desk.act(SUPERVISOR, revoke)
    assert outcome.replies[0].note == "revoked"
    row = row_of(desk, 500.0)
    assert (row.state, row.detail, row.decided_by, row.reason) == ("revoked", "nothing", SUPERVISOR, "she asked")
    for wrong, code in ((DecideDisclosure(case=CASE, person=PROTECTED, decision="approve", reason=" "), "needs-reason"),):
        assert desk.act(SUPERVISOR, wrong).replies[0].refusal == code


def test_a_case_without_a_paired_app_shows_nothing_to_anybody() -> None:
    desk = Desk()
    desk.run(Inbox(news=(BeginRule(rule=preset(a_case(), PROTECTED, desk.now_us)), SHOWN)))
    assert (row_of(desk, 500.0).n_apps, row_of(desk, 500.0).detail) == (0, "nothing")
