"""Consent of protected persons: who withdraws is not tracked from that very step on, also after a new import, and the police hear it."""

from room_builder import CASE, OPERATOR, PHONE, PROTECTED, SUPERVISOR, WEARER, Desk, a_case, entries
from test_views import Screen

from backend_bridge.application.inbox import ImportCases, Inbox
from backend_bridge.application.rows import CaseRow
from backend_bridge.application.tables import Table
from backend_bridge.domain.commands import Command, GiveConsent, WithdrawConsent
from backend_bridge.domain.identifiers import DeviceId, UserId
from backend_bridge.domain.outcomes.effects import SendMessage

GIVE = GiveConsent(case=CASE, person=PROTECTED, version="limits v3")
WITHDRAW = WithdrawConsent(case=CASE, person=PROTECTED, reason="wants to be left alone")


def tracked(desk: Desk) -> DeviceId | None:
    return desk.room.registry.held[CASE].case.protected[0].device


def refusal(desk: Desk, user: UserId, command: Command) -> str | None:
    return desk.act(user, command).replies[0].refusal


def person_row(screen: Screen) -> tuple[str | None, str | None, DeviceId | None]:
    screen.look()
    row = screen.rows[Table.CASES][CASE]
    assert isinstance(row, CaseRow)
    person = next(each for each in row.people if each.person == PROTECTED)
    return person.consent, person.consent_version, person.device


def test_who_withdraws_is_not_tracked_from_that_step_on_and_the_police_are_told() -> None:
    desk = Desk()
    screen = Screen(desk)
    assert person_row(screen) == (None, None, PHONE)
    desk.act(OPERATOR, GIVE)
    assert person_row(screen) == ("given", "limits v3", PHONE)
    outcome = desk.act(OPERATOR, WITHDRAW)
    assert [name for name in entries(outcome) if name in {"consent-withdrawn", "case-registered"}] == [
        "consent-withdrawn",
        "case-registered",
    ]
    assert tracked(desk) is None
    assert not desk.room.registry.carriers(PHONE), "a position that comes now is of a device in no case: it is not kept"
    assert person_row(screen) == ("withdrawn", None, None)
    told = [effect for effect in outcome.effects if isinstance(effect, SendMessage)]
    assert {effect.recipient for effect in told} == {"112"}
    assert all(PROTECTED in effect.text and "김가온" not in effect.text for effect in told)
    assert [row.newest.because["code"] for row in desk.room.alarms] == [f"consent-withdrawn:{PROTECTED}"]


def test_a_new_version_of_the_case_file_tracks_nobody_who_withdrew() -> None:
    desk = Desk()
    desk.act(OPERATOR, WITHDRAW)
    desk.run(Inbox(orders=(ImportCases(by=UserId("root"), cases=(a_case(),)),)))
    assert tracked(desk) is None
    assert refusal(desk, OPERATOR, WITHDRAW) == "consent-known"


def test_who_agrees_again_is_tracked_again() -> None:
    desk = Desk()
    desk.act(OPERATOR, WITHDRAW)
    desk.act(SUPERVISOR, GIVE)
    assert tracked(desk) == PHONE
    assert not [row for row in desk.room.alarms if row.holds]


def test_consent_is_a_protected_persons_alone() -> None:
    desk = Desk()
    assert refusal(desk, OPERATOR, WithdrawConsent(case=CASE, person=WEARER, reason="no")) == "unknown-person"
    assert refusal(desk, OPERATOR, GiveConsent(case=CASE, person=PROTECTED, version=" ")) == "needs-reason"
