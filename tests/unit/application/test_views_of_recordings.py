"""What a desk is sent of a recording: what today's grants reach, and over a seek nothing that is wrong for a moment."""

from dataclasses import replace

from room_builder import CASE, OPERATOR, SUPERVISOR, Desk, a_case, change
from test_views import picture_of

from backend_bridge.adapters.desk_mirrors import ViewMirror
from backend_bridge.application.looking import AT_FIRST, PORTION
from backend_bridge.application.rows import AlarmRow, Row
from backend_bridge.application.tables import Table, TableChange, key_of
from backend_bridge.application.views import DeskView, Reach
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.user import Role

ROWS = (Table.ALARMS, Table.CASES, Table.PAIRS, Table.DEVICES)


def a_town(n: int, *, n_red: int = 0, n_alarms: int | None = None) -> Desk:
    """So many cases, the first of them with an alarm each, the last of these a red one."""
    desk = Desk([a_case(f"KR-{k}", n=k) for k in range(1, n + 1)])
    n_alarms = n if n_alarms is None else n_alarms
    for k in range(1, n_alarms + 1):
        level = AlarmLevel.RED if k > n_alarms - n_red else AlarmLevel.AMBER
        desk.raises(change(case=f"KR-{k}", device=f"ANK-{k:04d}", n=k, level=level))
    return desk


class Shown:
    """A recording at a desk: what the gate holds for it, and what is told to be gone."""

    def __init__(self, desk: Desk, n: int, reach: Reach) -> None:
        self.n, self.reach = n, reach
        self.mirror = ViewMirror()
        self.seek(desk, opens=True)

    def seek(self, desk: Desk, chosen: str | None = None, *, opens: bool = False) -> tuple[TableChange, ...]:
        self.desk, self.view = desk, DeskView(OPERATOR, "replay", self.reach)
        self.view.chosen = None if chosen is None else CaseId(chosen)
        changes = self.view.changes(desk.room, picture_of(desk.now_us, n=self.n))
        return self.mirror.become(changes, {} if opens else self.view.awaited)

    def turn(self) -> tuple[TableChange, ...]:
        return self.mirror.apply(self.view.changes(self.desk.room, picture_of(self.desk.now_us, n=self.n)))

    def rows(self, table: Table) -> dict[str, Row]:
        return {key_of(row): row for change in self.mirror.whole() if change.table is table for row in change.put}


def all_of(desk: Desk) -> Reach:
    return Reach(role=Role.OPERATOR, cases=frozenset(desk.room.registry.held))


def gone(changes: tuple[TableChange, ...]) -> dict[Table, tuple[str, ...]]:
    return {change.table: change.gone for change in changes if change.gone}


def test_a_recording_shows_only_the_cases_that_a_grant_of_today_names() -> None:
    desk = Desk([a_case(f"KR-{k}", n=k) for k in range(1, 6)])
    desk.raises(change(case="KR-2"), change(case="KR-4"))
    view = DeskView(OPERATOR, "replay", Reach(role=Role.OPERATOR, cases=frozenset({CaseId("KR-2")})))
    changes = view.changes(desk.room, picture_of(desk.now_us, n=5))
    assert {key_of(row) for each in changes if each.table is Table.CASES for row in each.put} == {"KR-2"}
    assert {key_of(row) for each in changes if each.table is Table.ALARMS for row in each.put} == {change(case="KR-2").alarm}
    assert not any(f"KR-{k}" in repr(changes) for k in (1, 3, 4, 5))
    assert view.frame(desk.room, picture_of(desk.now_us, n=5)).devices == ("ANK-0002", "VIC-0002")


def test_all_alarms_of_a_recording_are_counted_at_once_those_at_the_top_of_the_list_first() -> None:
    n = AT_FIRST + 50
    desk = a_town(n, n_red=10)
    view = DeskView(OPERATOR, "replay", all_of(desk))
    (first,) = [each.put for each in view.changes(desk.room, picture_of(desk.now_us, n=n)) if each.table is Table.ALARMS]
    assert {row.case for row in first[:10] if isinstance(row, AlarmRow)} == {f"KR-{k}" for k in range(n - 9, n + 1)}
    assert {key_of(row) for row in first} == desk.room.alarms.rows.keys()
    assert len(first) == n


def test_nothing_is_told_to_be_gone_over_a_seek_that_is_only_not_sent_yet() -> None:
    """With more alarms, cases and devices than are sent at once; what is gone takes a chosen row and its charts with it."""
    n = AT_FIRST + 30
    desk = a_town(n)
    shown = Shown(desk, n, all_of(desk))
    shown.turn()
    assert [len(shown.rows(table)) for table in ROWS] == [n, n, n, 2 * n]
    assert gone(shown.seek(a_town(n))) == {}
    assert [len(shown.rows(table)) for table in ROWS] == [n, n, n, 2 * n], "the counts are right at once"
    assert gone(shown.turn()) == {}


def test_what_is_no_more_at_the_moment_of_a_seek_is_gone_at_once_and_what_may_not_be_seen_there_too() -> None:
    n = AT_FIRST + 30
    desk = a_town(n)
    shown = Shown(desk, n, replace(all_of(desk), as_user=OPERATOR))
    shown.turn()
    fewer = gone(shown.seek(a_town(n - 1)))
    assert fewer[Table.ALARMS] == (change(case=f"KR-{n}", n=n).alarm,)
    assert fewer[Table.CASES] == (f"KR-{n}",)
    shown.turn()
    nobody_there = a_town(n - 1)
    nobody_there.room.duty.sessions.clear()
    shown.seek(nobody_there)
    assert [len(shown.rows(table)) for table in ROWS] == [0] * 4


def test_a_row_that_was_still_to_come_when_it_may_be_seen_no_longer_is_told_to_be_gone() -> None:
    n = PORTION
    desk = a_town(n, n_alarms=0)
    shown = Shown(desk, n, replace(all_of(desk), as_user=OPERATOR))
    shown.turn()
    again = a_town(n, n_alarms=0)
    shown.seek(again)
    assert len(shown.rows(Table.CASES)) == n
    again.room.duty.sessions.clear()
    assert f"KR-{n}" in gone(shown.turn())[Table.CASES]
    assert f"KR-{n}" not in shown.rows(Table.CASES)


def test_the_case_that_a_desk_looks_into_comes_first_after_a_seek_with_its_pair_and_devices() -> None:
    n = 2 * AT_FIRST
    shown = Shown(desk := a_town(n, n_alarms=AT_FIRST), n, all_of(desk))
    sent = {change.table: {key_of(row) for row in change.put} for change in Shown(desk, n, all_of(desk)).mirror.whole()}
    assert f"KR-{n}" not in sent[Table.CASES], "else nothing is shown here"
    later = a_town(n, n_alarms=AT_FIRST)
    view = DeskView(OPERATOR, "replay", shown.reach)
    view.chosen = CaseId(f"KR-{n}")
    first = {change.table: {key_of(row) for row in change.put} for change in view.changes(later.room, picture_of(later.now_us, n=n))}
    assert f"KR-{n}" in first[Table.CASES]
    assert f"KR-{n}/V-{n:04}" in first[Table.PAIRS]
    assert {f"ANK-{n:04}", f"VIC-{n:04}"} <= first[Table.DEVICES]


def test_a_user_who_may_see_one_case_of_many_is_shown_it_at_once_whatever_stands_above_it() -> None:
    """One amber that a grant reaches, below more red ones than are sent first."""
    n = AT_FIRST + 20
    desk = a_town(n, n_red=n - 1)
    view = DeskView(OPERATOR, "replay", Reach(role=Role.OPERATOR, cases=frozenset({CaseId("KR-1")})))
    sent = {change.table: {key_of(row) for row in change.put} for change in view.changes(desk.room, picture_of(desk.now_us, n=n))}
    assert sent[Table.ALARMS] == {change(case="KR-1").alarm}
    assert sent[Table.CASES] == {"KR-1"}
    assert sent[Table.PAIRS] == {"KR-1/V-0001"}
    assert sent[Table.DEVICES] == {"ANK-0001", "VIC-0001"}
    calm = DeskView(OPERATOR, "replay", Reach(role=Role.OPERATOR, cases=frozenset({CaseId(f"KR-{n}")})))
    quiet = a_town(n, n_alarms=0)
    sent = {change.table: {key_of(row) for row in change.put} for change in calm.changes(quiet.room, picture_of(quiet.now_us, n=n))}
    assert sent[Table.CASES] == {f"KR-{n}"}, "also without an alarm"


def test_what_another_user_saw_then_is_shown_exactly_and_nothing_where_they_sat_at_no_desk() -> None:
    desk = Desk([a_case()])
    desk.raises(change())
    picture = picture_of(desk.now_us)
    tables = (Table.ALARMS, Table.CASES, Table.PAIRS, Table.DEVICES)
    reach = Reach(role=Role.SUPERVISOR, cases=frozenset({CaseId(CASE)}), as_user=OPERATOR)

    def seen_by(view: DeskView) -> dict[Table, tuple[Row, ...]]:
        return {change.table: change.put for change in view.changes(desk.room, picture) if change.table in tables and change.put}

    then = seen_by(DeskView(OPERATOR, "s1"))
    assert then.keys() == set(tables)
    assert seen_by(DeskView(SUPERVISOR, "viewer", reach)) == then
    others = replace(reach, cases=frozenset({CaseId("KR-OTHER")}))
    assert seen_by(DeskView(SUPERVISOR, "viewer", others)) == {}
    desk.room.duty.sessions.clear()
    assert seen_by(DeskView(SUPERVISOR, "viewer", reach)) == {}
