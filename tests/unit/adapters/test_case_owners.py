"""Whose an entry is: what somebody said in their own words goes with the case that it was said about."""

import pytest
from room_builder import CASE, OPERATOR, PROTECTED, Desk

from backend_bridge.adapters.case_owners import cases_of_act, cases_of_event
from backend_bridge.application.inbox import Act
from backend_bridge.domain.commands import Command, GiveConsent, WithdrawConsent
from backend_bridge.domain.outcomes.access_events import ConsentGiven, ConsentWithdrawn

GIVE = GiveConsent(case=CASE, person=PROTECTED, version="limits v3")
WITHDRAW = WithdrawConsent(case=CASE, person=PROTECTED, reason="he has moved away")


@pytest.mark.parametrize("command", [GIVE, WITHDRAW])
def test_what_she_said_to_being_tracked_is_sealed_with_her_case(command: Command) -> None:
    desk = Desk()
    events = [event for event in desk.act(OPERATOR, command).events if isinstance(event, ConsentGiven | ConsentWithdrawn)]
    assert [cases_of_event(event, desk.room) for event in events] == [frozenset({CASE})]
    act = Act(act=1, user=OPERATOR, seat="seat", command=command)
    assert cases_of_act(act, desk.room) == frozenset({CASE})
