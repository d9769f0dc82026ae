"""The log read as ledgers, over what a room really wrote."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from room_builder import ANKLET, CASE, OPERATOR, PROTECTED, SUPERVISOR, T0, WEARER, Desk, S, a_case, change, entries

from backend_bridge.adapters.log_lines import entry_bytes
from backend_bridge.application.answers import answer
from backend_bridge.application.inbox import CloseSession, ImportCases, Inbox, NoteShellRead
from backend_bridge.application.ledger import Entry, access_review, entries_of, shown_to, us_of, usage_ledger
from backend_bridge.application.ledger_reads import neighbours_of
from backend_bridge.application.register import register, subject_access
from backend_bridge.domain.alarm import AlarmLevel, AlarmStep
from backend_bridge.domain.commands import AcknowledgeAlarm, DecideRequest, RequestAccess
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, RequestId, UserId
from backend_bridge.domain.outcomes.access_events import ListPrinted
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.queries import (
    LAST_KNOWN,
    PreparePaper,
    Query,
    ReadFigures,
    ReadLedger,
    ReadLooks,
    ReadReview,
    ReadSubject,
    ReadTrack,
    Reveal,
)

ALL = (T0 - S, T0 + 10**13)


def log_of(desk: Desk) -> Iterator[Entry]:
    lines = (
        entry_bytes(outcome.taken.first_n + place, outcome.taken.now_us, event).decode()
        for outcome in desk.outcomes
        for place, event in enumerate(outcome.events)
    )
    return entries_of(lines)


def open_track(desk: Desk) -> None:
    """The operator asks for the protected person's track, and the supervisor approves it."""
    request = RequestAccess(
        person=PROTECTED,
        case=CASE,
        purpose=Purpose.VICTIM_NOTICE,
        reason="x",
        from_us=T0,
        to_us=T0 + 9000 * S,
        minutes=10,
        fields=("track",),
    )
    asked = RequestId(str(desk.act(OPERATOR, request).replies[0].note))
    desk.act(SUPERVISOR, DecideRequest(request=asked, decision="approve", reason="y"))


def an_evening() -> Desk:
    desk = Desk()
    desk.ask(OPERATOR, Reveal(case=CASE, person=PROTECTED, field="phones"))
    desk.raises(change(level=AlarmLevel.AMBER), after_s=60)
    desk.ask(OPERATOR, Reveal(case=CASE, person=PROTECTED, field="phones"))
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=change().alarm), after_s=10)
    desk.raises(change(AlarmStep.CLEARED, level=AlarmLevel.AMBER), after_s=60)
    open_track(desk)
    query = ReadTrack(device="VIC-0001", case=CASE, from_us=T0, to_us=T0 + 9000 * S, purpose=Purpose.VICTIM_NOTICE)  # type: ignore[arg-type]
    desk.ask(OPERATOR, query)
    desk.wait(700, every_s=10)
    for _ in range(6):
        desk.ask(OPERATOR, ReadTrack(device=ANKLET, case=CASE, from_us=T0, to_us=T0 + 9000 * S))
    desk.run(Inbox(news=(CloseSession(seat=f"seat-{OPERATOR}", reason="logout"),)))
    desk.run(Inbox(orders=(NoteShellRead(by=UserId("root"), command="fixes", scope="all"),)))
    return desk


def test_the_ledger_holds_every_use_but_routine_monitoring_with_who_approved_it() -> None:
    rows = usage_ledger(log_of(an_evening()), *ALL)
    assert {(row.user, row.subject, row.purpose, row.approval) for row in rows} == {
        (OPERATOR, PROTECTED, Purpose.VICTIM_NOTICE, f"REQ-1: {SUPERVISOR}")
    }
    assert [row.scope.split()[0] for row in rows] == ["track", "track"]


def test_what_a_user_was_shown_of_a_person_is_answered_exactly() -> None:
    desk = an_evening()
    shown = shown_to(log_of(desk), OPERATOR, PROTECTED, ALL, frozenset({CASE}))
    by_kind = {each.what: each for each in shown}
    assert set(by_kind) == {"routine", "alarm", "grant", "phones", "track"}
    widened, narrowed = (
        next(us_of(entry["at"]) for entry in log_of(desk) if entry["event"] == name) for name in ("view-widened", "view-narrowed")
    )
    assert (by_kind["alarm"].from_us, by_kind["alarm"].to_us) == (widened, narrowed)
    assert by_kind["grant"].to_us - by_kind["grant"].from_us <= 611 * S
    assert shown_to(log_of(desk), SUPERVISOR, PROTECTED, (T0, T0 + S), frozenset({CASE}))[0].what == "routine"


def test_the_review_names_who_looks_without_an_alarm_again_and_again_and_from_a_shell() -> None:
    rows = {row.user: row for row in access_review(log_of(an_evening()), *ALL)}
    mine = rows[OPERATOR]
    assert (mine.looks, mine.without_alarm, mine.refused) == (8, 7, 1)
    assert mine.often == ((WEARER, 6),)
    assert rows["root"].out_of_shift == 1


def test_the_review_counts_looks_in_ones_own_postcode_and_at_ones_own_case() -> None:
    desk = an_evening()
    before = desk.room.duty.users[OPERATOR]
    for changed in (replace(before, postcode="가온로 1"), replace(before, person=PROTECTED)):
        desk.room.duty.users[OPERATOR] = changed
        rows = {row.user: row for row in access_review(log_of(desk), *ALL, neighbours_of(desk.room))}
        assert (rows[OPERATOR].own_postcode, rows["root"].own_postcode) == (8, 0)
    desk.room.duty.users[OPERATOR] = replace(before, postcode="04524")
    assert all(row.own_postcode == 0 for row in access_review(log_of(desk), *ALL, neighbours_of(desk.room)))


def test_a_list_of_everybody_on_paper_is_found_by_each_person_on_it() -> None:
    desk = Desk()
    desk.run(Inbox(orders=(ImportCases(by=UserId("root"), cases=(a_case("KR-SE-2026-0002", n=2),)),)))
    open_track(desk)
    outcome = desk.ask(OPERATOR, PreparePaper(what=LAST_KNOWN))
    (printed,) = (event for event in outcome.events if isinstance(event, ListPrinted))
    paper = outcome.replies[0].paper
    assert paper is not None
    assert (printed.user, printed.what, printed.copy, printed.n_people) == (OPERATOR, "last-known", paper.copy, 4)
    assert printed.cases == (CASE, "KR-SE-2026-0002")
    assert printed.grants == ("GRANT-1",), "what access opens is on the list as well"
    for person, case in ((WEARER, CASE), (PROTECTED, CASE), (PersonId("V-0002"), CaseId("KR-SE-2026-0002"))):
        shown = shown_to(log_of(desk), OPERATOR, person, ALL, frozenset({case}))
        assert [(each.what, each.case) for each in shown if each.what == "last-known"] == [("last-known", case)]
        query = ReadSubject(person=person, from_us=ALL[0], to_us=ALL[1])
        told = subject_access(log_of(desk), query, frozenset({case}), desk.room, lambda *_: True)
        assert [(row.case, row.by, row.detail) for row in told if row.what == "list-printed"] == [(case, OPERATOR, "last-known")]
    for user, cases in ((SUPERVISOR, frozenset({CASE})), (OPERATOR, frozenset({CaseId("KR-SE-2026-0003")}))):
        assert not any(each.what == "last-known" for each in shown_to(log_of(desk), user, WEARER, ALL, cases))


def test_only_a_list_of_everybody_names_everybody() -> None:
    desk = Desk()
    events = (*desk.ask(SUPERVISOR, PreparePaper(what="uses")).events, *desk.ask(UserId("nobody"), PreparePaper(what=LAST_KNOWN)).events)
    assert not any(isinstance(event, ListPrinted) for event in events)


def test_the_register_follows_a_request_from_its_paper_to_its_looks() -> None:
    (row,) = register(log_of(an_evening()), *ALL)
    assert (row.request, row.user, row.state, row.decided_by, row.ended) == ("REQ-1", OPERATOR, "approved", SUPERVISOR, "expired")
    assert (row.fields, row.looks, row.exports) == ("track", 1, "")


def test_a_person_is_told_what_is_held_and_every_use_of_it() -> None:
    desk = an_evening()
    query = ReadSubject(person=PROTECTED, from_us=ALL[0], to_us=ALL[1])
    rows = subject_access(log_of(desk), query, frozenset({CASE}), desk.room, lambda *_: True)
    held = [row.detail for row in rows if row.what == "held"]
    assert held == ["name: 김가온", "phone: 010-0000-0001", "home: 가온로 1", "positions of device VIC-0001"]
    assert {(row.what, row.by) for row in rows if row.what != "held"} == {("read", OPERATOR), ("grant-started", OPERATOR)}


def test_whoever_may_not_see_a_name_is_told_that_there_is_one() -> None:
    desk = an_evening()
    outcome = desk.ask(SUPERVISOR, ReadSubject(person=PROTECTED, from_us=ALL[0], to_us=ALL[1]))
    found = answer(outcome.replies[0], desk.room.duty.user(SUPERVISOR), desk.room, Shelf(desk))
    assert found is not None
    held = [row["detail"] for row in map(json.loads, found.texts or ()) if row["what"] == "held"]
    assert held == ["a name", "a phone number", "home: an address", "positions of device VIC-0001"]


def test_no_name_number_or_address_stands_in_any_entry_of_a_look() -> None:
    reads = [json.dumps(dict(entry), ensure_ascii=False) for entry in log_of(an_evening()) if entry["event"] == "read"]
    assert reads
    assert not any(secret in line for line in reads for secret in ("김가온", "010-0000", "가온로"))


class Shelf:
    """The log of a room as the store would give it back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def fixes(self, device: DeviceId, from_us: int, to_us: int) -> FixBatch:
        raise NotImplementedError

    def log_lines(self, since: int, limit: int) -> tuple[str, ...]:
        raise NotImplementedError

    def whole_lines(self) -> Iterator[str]:
        return (json.dumps(dict(entry)) for entry in log_of(self._desk))


@pytest.mark.parametrize(
    ("query", "n"),
    [
        (ReadLedger(from_us=ALL[0], to_us=ALL[1]), 2),
        (ReadReview(from_us=ALL[0], to_us=ALL[1]), 3),
        (ReadLooks(user=OPERATOR, person=PROTECTED, from_us=ALL[0], to_us=ALL[1]), 5),
        (ReadFigures(from_us=T0, to_us=T0 + 86_400 * S), 1),
    ],
)
def test_a_supervisor_reads_the_ledgers_and_that_is_a_look_too(query: Query, n: int) -> None:
    desk = an_evening()
    outcome = desk.ask(SUPERVISOR, query)
    assert "read" in entries(outcome)
    found = answer(outcome.replies[0], desk.room.duty.user(SUPERVISOR), desk.room, Shelf(desk))
    assert found is not None
    assert len([json.loads(text) for text in found.texts or ()]) == n


def test_the_figures_say_how_many_messages_a_protected_person_was_sent() -> None:
    desk = Desk()
    desk.raises(change())  # warned by app and by SMS
    outcome = desk.ask(SUPERVISOR, ReadFigures(from_us=T0, to_us=desk.now_us + 1))
    found = answer(outcome.replies[0], desk.room.duty.user(SUPERVISOR), desk.room, Shelf(desk))
    assert found is not None
    sheet = json.loads((found.texts or ())[0])
    assert (sheet["messages_mean"], sheet["messages_most"]) == (2.0, 2)


def test_figures_are_given_of_a_week_at_most() -> None:
    for period in ((-(2**53), 2**53), (T0, T0), (T0, T0 - S)):
        assert Desk().ask(SUPERVISOR, ReadFigures(from_us=period[0], to_us=period[1])).replies[0].refusal == "bad-period"


def test_an_operator_reads_no_ledger() -> None:
    desk = Desk()
    for query in (
        ReadLedger(from_us=0, to_us=1),
        ReadReview(from_us=0, to_us=1),
        ReadLooks(user=OPERATOR, person=PROTECTED, from_us=0, to_us=1),
    ):
        assert desk.ask(OPERATOR, query).replies[0].refusal == "not-allowed"
