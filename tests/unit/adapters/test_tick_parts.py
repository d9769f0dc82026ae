"""What a tick took in, taken apart and put together again: the same as it was, and no words in it that nobody could ever destroy."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from room_builder import CASE, OPERATOR, PROTECTED, T0, WEARER, Desk, a_case

from backend_bridge.adapters.case_keys import CaseKeys
from backend_bridge.adapters.sealing import Sealer, key_of, opened, parts_of
from backend_bridge.adapters.tick_parts import body_of_tick, tick_of_parts
from backend_bridge.application.inbox import Act, Ask, EndOrder, ImportCases, NoteByOffice, Order, ShellAct, ShowInApp, Trouble
from backend_bridge.application.outcome import Taken
from backend_bridge.domain.commands import (
    AcknowledgeAlarm,
    AddNote,
    BreakGlass,
    CloseAlarm,
    Command,
    DecideRequest,
    EndGrant,
    PlaceHold,
    RequestDestruction,
)
from backend_bridge.domain.identifiers import AlarmId, CaseId, GrantId, IncidentId, RequestId
from backend_bridge.domain.note import NoteAbout, Statement
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.queries import Reveal
from backend_bridge.domain.retention import Ground

GONE = CaseId("KR-SE-2026-0666")
WORDS = "she moved to her aunt"
THERE, NOT_THERE = [CASE], [GONE, CaseId("")]


def words_about(case: CaseId) -> tuple[Command, ...]:
    return (
        RequestDestruction(case=case, ground=Ground.ACQUITTED, reason=WORDS),
        PlaceHold(case=case, reason=WORDS, until_us=T0),
        BreakGlass(person=WEARER, case=case, purpose=Purpose.STALKING_CRIME, reason=WORDS),
        AcknowledgeAlarm(alarm=AlarmId(f"{case}/proximity/R1/1"), reason=WORDS),
    )


LOST: tuple[Command, ...] = (
    AddNote(incident=IncidentId("INC-9"), text=WORDS, about=NoteAbout.WEARER, statement=Statement.FACT),
    DecideRequest(request=RequestId("REQ-9"), decision="refuse", reason=WORDS),
    EndGrant(grant=GrantId("GR-9"), reason=WORDS),
)
BRIDGES_OWN = CloseAlarm(alarm=AlarmId("system/lag/1"), outcome="technical")
commands = st.sampled_from([*LOST, BRIDGES_OWN, *(each for case in (*THERE, *NOT_THERE) for each in words_about(case))])
cases = st.sampled_from([*THERE, *NOT_THERE])
acts = commands.map(lambda command: Act(act=1, user=OPERATOR, seat="a", command=command))
asks = cases.map(lambda case: Ask(act=2, user=OPERATOR, seat="a", query=Reveal(case=case, person=PROTECTED, field="name")))
orders = st.one_of(
    cases.map(lambda case: EndOrder(by=OPERATOR, case=case, at_us=T0, reason=WORDS)),
    cases.map(lambda case: NoteByOffice(by=OPERATOR, case=case, person=None, label="NO_SHOW", text=WORDS)),
    st.sampled_from(NOT_THERE).map(
        lambda case: ShellAct(by=OPERATOR, command=RequestDestruction(case=case, ground=Ground.ACQUITTED, reason=WORDS))
    ),
    cases.map(lambda case: ImportCases(by=OPERATOR, cases=(a_case(), a_case(case or "KR-SE-2026-0667", n=2)))),
)
news = st.one_of(
    st.just(Trouble(code="lag", on=True)),
    cases.map(
        lambda case: ShowInApp(case=case, about=PROTECTED, subject=WEARER, device=None, detail="distance", within_m=None, distance_m=None)
    ),
)


@pytest.fixture(scope="module")
def desk() -> Desk:
    """A room that holds one case."""
    return Desk()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(acts=st.lists(acts | asks, max_size=5), orders=st.lists(orders, max_size=4), news=st.lists(news, max_size=3))
def test_a_start_finds_what_was_taken_and_a_destruction_leaves_no_word_of_it(
    desk: Desk, tmp_path: Path, acts: list[Act | Ask], orders: list[Order], news: list[Trouble | ShowInApp]
) -> None:
    taken = Taken(now_us=T0, first_n=1, kept=(), lane_events=(), answers=(), orders=tuple(orders), news=tuple(news), acts=tuple(acts))
    file = tmp_path / "case-keys"
    file.unlink(missing_ok=True)
    keys = CaseKeys(file, bytes(32))
    body = body_of_tick(taken, None, Sealer(keys, lambda: desk.room.holders), desk.room)
    assert keys.cases() <= {CASE}
    assert tick_of_parts(body, lambda part: opened(keys, part)) == (taken, None)
    assert [name for name, _, part in parts_of(body) or [("", 0, body)] if key_of(part) is None and WORDS.encode() in part] == []
    keys.give_up(keys.renew_common())
    keys.destroy(CASE)
    left = tick_of_parts(body, lambda part: opened(keys, part))
    assert isinstance(left, tuple)
    assert WORDS not in repr(left)
    keys.close()
