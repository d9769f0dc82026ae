"""The bridge's own alarms that are about a case are sent to nobody who may not see the case, and end with what is held of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from evening import PROTECTED, SUPERVISOR, Evening, S, a_case
from room_builder import CASE

from backend_bridge.application.tables import Table
from backend_bridge.application.views import DeskView, Reach
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.commands import EnterLabel, ProposeOrderEnd, WithdrawConsent
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.note import Entered
from backend_bridge.domain.retention import EndGround
from backend_bridge.domain.user import Role

OTHER = CaseId("KR-SE-2026-0001/B")
"""Another case whose name only begins like that one."""


def enter(label: Entered) -> Callable[[Evening], object]:
    return lambda room: room.does(EnterLabel(case=CASE, label=label, text="by telephone", until_us=room.now_us + S))


def overdue(room: Evening) -> None:
    enter(Entered.TEMP_REMOVAL)(room)
    room.run(after_s=2.0)


def withdraw(room: Evening) -> None:
    room.does(WithdrawConsent(case=CASE, person=PROTECTED, reason="wants it"))


def propose_end(room: Evening) -> None:
    room.does(ProposeOrderEnd(case=CASE, at_us=room.now_us + S, ground=EndGround.REVOKED, reason="the court"), user=SUPERVISOR)


def alarms_seen(room: Evening, *cases: CaseId) -> set[str]:
    """The codes of the bridge's own alarms that somebody is sent who may see these cases alone."""
    view = DeskView(SUPERVISOR, "seat", Reach(role=Role.OPERATOR, cases=frozenset(cases)))
    changes = view.changes(room.room, room.room.watch.picture(room.room.now_us))
    rows = [row for change in changes if change.table is Table.ALARMS for row in change.put]
    told = str([change.put for change in changes]).replace(OTHER, "")
    assert CASE in cases or CASE not in told, "no row names a case that may not be seen"
    return {str(dict(row.because)["code"]) for row in rows if row.kind is AlarmKind.SYSTEM}


@pytest.mark.parametrize("act", [*map(enter, Entered), overdue, withdraw, propose_end])
def test_who_may_not_see_the_case_is_not_sent_its_alarm(act: Callable[[Evening], object]) -> None:
    other = replace(a_case(n=2), case=OTHER)
    room = Evening(cases=(a_case(), other))
    before = alarms_seen(room, CASE)
    act(room)
    assert alarms_seen(room, CASE) - before
    assert not alarms_seen(room, OTHER)
    assert not alarms_seen(room)
