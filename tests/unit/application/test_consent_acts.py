"""Consent of protected persons: who withdraws is not tracked from that very step on, also after a new import, and the police hear it."""

from dataclasses import replace

import pytest
from room_builder import CASE, OPERATOR, PHONE, PROTECTED, SUPERVISOR, WEARER, Desk, a_case, entries
from test_views import Screen

from backend_bridge.application.inbox import EffectReport, EndOrder, ImportCases, Inbox
from backend_bridge.application.rows import CaseRow
from backend_bridge.application.tables import Table
from backend_bridge.domain.case import Case, Party
from backend_bridge.domain.commands import Command, GiveConsent, WithdrawConsent
from backend_bridge.domain.identifiers import CaseId, DeviceId, UserId
from backend_bridge.domain.outcomes.effects import SendMessage
from backend_bridge.domain.outcomes.incident_events import MessageMoved, MessageOrdered
from backend_bridge.domain.retention import EndGround

GIVE = GiveConsent(case=CASE, person=PROTECTED, version="limits v3")
WITHDRAW = WithdrawConsent(case=CASE, person=PROTECTED, reason="wants to be left alone")
ROOT = UserId("root")
OTHER_CASE = CaseId("KR-SE-2026-0002")


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
    assert [row.newest.because["code"] for row in desk.room.alarms] == [f"consent-withdrawn:{CASE}/{PROTECTED}"]


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


def test_giving_consent_where_nothing_was_withdrawn_is_no_new_version_of_the_case() -> None:
    assert "case-registered" not in entries(Desk().act(OPERATOR, GIVE))


@pytest.mark.parametrize("said", [(GIVE,), (WITHDRAW,), (WITHDRAW, GIVE)])
def test_an_order_that_ended_early_stays_ended_whatever_is_said_and_imported_again(said: tuple[Command, ...]) -> None:
    desk = Desk()
    end_us = desk.now_us
    desk.run(Inbox(orders=(EndOrder(by=ROOT, case=CASE, at_us=end_us, ground=EndGround.OTHER, reason="served"),)))
    for command in said:
        assert refusal(desk, OPERATOR, command) is None
    version = desk.room.registry.held[CASE].version
    again = desk.run(Inbox(orders=(ImportCases(by=ROOT, cases=(a_case(),)),)))
    held = desk.room.registry.held[CASE]
    assert (held.version, held.case.order.ends_us, held.in_force(desk.now_us)) == (version, end_us, False)
    assert "case-registered" not in entries(again), "the same case again changes nothing"


def test_the_case_file_decides_which_device_she_carries_when_she_agrees_again() -> None:
    desk = Desk()
    desk.act(OPERATOR, WITHDRAW)
    without = replace(a_case(), protected=(Party(person=PROTECTED, device=None),))
    desk.run(Inbox(orders=(ImportCases(by=ROOT, cases=(without,)),)))
    desk.act(OPERATOR, GIVE)
    assert tracked(desk) is None, "it was given to somebody else meanwhile"


def test_whether_the_notice_reached_the_police_is_followed_like_any_other() -> None:
    desk = Desk()
    outcome = desk.act(OPERATOR, WITHDRAW)
    ordered = {event.delivery: event for event in outcome.events if isinstance(event, MessageOrdered)}
    sent = {effect.key: effect for effect in outcome.effects if isinstance(effect, SendMessage)}
    assert ordered.keys() == sent.keys()
    (row,) = desk.room.alarms
    assert all((event.recipient, event.case, event.alarm) == ("112", CASE, row.alarm) for event in ordered.values())
    failed = desk.run(Inbox(news=tuple(EffectReport(key=key, state="failed", detail="not-configured") for key in sent)))
    assert [(event.delivery, event.state) for event in failed.events if isinstance(event, MessageMoved)] == [
        (key, "failed") for key in sent
    ]


def two_cases() -> tuple[Case, Case]:
    """One protected person with one device, whom two people are kept from."""
    first = a_case()
    return first, replace(a_case(OTHER_CASE, n=2), protected=first.protected)


def test_what_is_withdrawn_in_one_case_is_said_of_that_case_alone_and_each_has_an_alarm_of_its_own() -> None:
    desk = Desk(two_cases())
    told = [effect.text for effect in desk.act(OPERATOR, WITHDRAW).effects if isinstance(effect, SendMessage)]
    assert told
    assert all(CASE in text and "이 사건의 추적 중단" in text for text in told), "in the other she is still followed"
    assert [each.case for each in desk.room.registry.carriers(PHONE)] == [OTHER_CASE]
    desk.act(OPERATOR, WithdrawConsent(case=OTHER_CASE, person=PROTECTED, reason="there too"))
    assert not desk.room.registry.carriers(PHONE)
    assert codes(desk) == [f"consent-withdrawn:{CASE}/{PROTECTED}", f"consent-withdrawn:{OTHER_CASE}/{PROTECTED}"]
    desk.act(OPERATOR, GIVE)
    assert codes(desk) == [f"consent-withdrawn:{OTHER_CASE}/{PROTECTED}"]


def codes(desk: Desk) -> list[object]:
    return sorted(str(row.newest.because["code"]) for row in desk.room.alarms if row.holds)
