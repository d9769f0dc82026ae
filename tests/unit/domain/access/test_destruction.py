"""Destruction: nobody decides what they asked for, a hold stops it, the law's grounds make it due, and it is certified once."""

import pytest

from backend_bridge.domain.access import destruction
from backend_bridge.domain.access.destruction import DestructionBook
from backend_bridge.domain.access.duty import Duty
from backend_bridge.domain.commands import DecideDestruction, LiftHold, PlaceHold, RequestDestruction
from backend_bridge.domain.errors import Refused
from backend_bridge.domain.identifiers import CaseId, DestructionId, GrantId, UserId
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.quantities import MICROSECONDS as S
from backend_bridge.domain.retention import FR, KR, DataClass, Ground, ground_of, policy_of
from backend_bridge.domain.user import Role, User

CASE, DES = CaseId("C-1"), DestructionId("DES-1")
PARK = User(user=UserId("park"), person="h-park", role=Role.SUPERVISOR)
PARK_TOO = User(user=UserId("park-2"), person="h-park", role=Role.SUPERVISOR)
CHOI = User(user=UserId("choi"), person="h-choi", role=Role.SUPERVISOR)
DUTY = Duty((PARK, PARK_TOO, CHOI))
ASK = RequestDestruction(case=CASE, ground=Ground.ACQUITTED, reason="final")
YES = DecideDestruction(destruction=DES, approve=True, reason="checked")


def at(now_us: int = 10 * S) -> Decisions:
    return Decisions(now_us=now_us, first_n=1)


def asked() -> DestructionBook:
    book = DestructionBook()
    destruction.ask(book, PARK, ASK, at())
    return book


@pytest.mark.parametrize("user", [PARK, PARK_TOO])
def test_nobody_decides_what_they_asked_for_under_any_account(user: User) -> None:
    with pytest.raises(Refused, match="Nobody decides"):
        destruction.decide(asked(), DUTY, user, YES, at())


def test_somebody_else_approves_and_it_is_done_once() -> None:
    book, decisions = asked(), at()
    assert destruction.decide(book, DUTY, CHOI, YES, decisions).state == "approved"
    with pytest.raises(Refused, match="decided"):
        destruction.decide(book, DUTY, CHOI, YES, decisions)
    for _ in range(2):
        book.done(DES, (3, 1, 0), "ab" * 32, decisions)
    assert book.the(DES).state == "done"
    assert [event.entry for event in decisions.events] == ["destruction-decided", "destruction-done"]


def test_a_hold_stops_it_until_it_is_lifted_or_its_time_is_over() -> None:
    book = asked()
    destruction.place_hold(book, CHOI, PlaceHold(case=CASE, reason="appeal", until_us=100 * S), at())
    with pytest.raises(Refused, match="legal hold"):
        destruction.decide(book, DUTY, CHOI, YES, at())
    destruction.lift_hold(book, CHOI, LiftHold(case=CASE, reason="withdrawn"), at())
    destruction.place_hold(book, CHOI, PlaceHold(case=CASE, reason="again", until_us=100 * S), at())
    over = at(100 * S)
    book.pass_time(over)
    assert [event.entry for event in over.events] == ["hold-ended"]
    assert destruction.decide(book, DUTY, CHOI, YES, over).state == "approved"


@pytest.mark.parametrize("until_us", [10 * S, 0, 10 * S + destruction.LONGEST_HOLD_US + 1])
def test_a_hold_has_an_end_that_lies_ahead_and_not_for_ever(until_us: int) -> None:
    with pytest.raises(Refused):
        destruction.place_hold(DestructionBook(), CHOI, PlaceHold(case=CASE, reason="appeal", until_us=until_us), at())


def test_what_is_due_by_law_is_due_once_and_whoever_entered_it_does_not_decide_it() -> None:
    book = DestructionBook()
    assert book.due(CASE, Ground.ACQUITTED, PARK, at()) is not None
    assert book.due(CASE, Ground.PERIOD_OVER, None, at()) is None
    with pytest.raises(Refused, match="Nobody decides"):
        destruction.decide(book, DUTY, PARK, YES, at())
    assert destruction.ask(book, CHOI, ASK, at()).destruction == DES


def test_a_courts_refusal_needs_nobodys_decision() -> None:
    book = DestructionBook()
    made = book.forced(GrantId("GRANT-1"), CASE, at())
    assert made is not None
    assert made.state == "approved"
    assert book.forced(GrantId("GRANT-1"), CASE, at()) is None


@pytest.mark.parametrize(
    ("reason", "ground"),
    [
        ("acquitted", Ground.ACQUITTED),
        ("무죄 확정", Ground.ACQUITTED),
        ("dismissed", Ground.ACQUITTED),
        ("appeal dismissed", None),
        ("항소 기각으로 형 확정", None),
        ("appeal dismissed, acquittal final", Ground.ACQUITTED),
        ("revoked", Ground.LOST_EFFECT),
        ("불기소 처분", Ground.LOST_EFFECT),
        ("lapsed", Ground.LOST_EFFECT),
        ("moved to another office", None),
    ],
)
def test_the_reason_of_an_orders_end_says_whether_destruction_is_due(reason: str, ground: Ground | None) -> None:
    assert ground_of(reason) is ground


def test_korea_keeps_a_case_five_years_and_france_a_month() -> None:
    assert (policy_of("KR"), policy_of("FR"), policy_of("XX")) == (KR, FR, KR)
    assert KR.keep_days[DataClass.CASE] == 1826
    assert FR.keep_days[DataClass.CASE] == 31
    assert KR.keep_days[DataClass.LEDGER] == 1096
