"""Alarms of one cause as one row: every alarm is shown or counted once, nothing that calls for an act of its own is hidden."""

from collections.abc import Iterable
from dataclasses import replace

import builders
import pytest
from builders import alike
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.application.rows import AlarmRow, AlarmState
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from widgets.models.alarm_groups import AlarmGroups, Cause, Changes, ListedAlarm, fold_of

SILENT: Cause = (alike.GROUP, AlarmKind.SILENT)


class Shown:
    """The rows as a table holds them that is told of changes alone."""

    def __init__(self, rows: Iterable[AlarmRow] = ()) -> None:
        self.groups = AlarmGroups()
        self.rows: dict[str, ListedAlarm] = {}
        self.take(self.groups.change(rows, ()))

    def take(self, changes: Changes) -> None:
        put, gone = changes
        assert not {listed.row.alarm for listed in put} & set(gone)
        for key in gone:
            self.rows.pop(key, None)
        self.rows |= {listed.row.alarm: listed for listed in put}

    def change(self, *put: AlarmRow, gone: Iterable[str] = ()) -> None:
        self.take(self.groups.change(put, gone))

    def heads(self) -> list[tuple[str, int, int]]:
        """Of each row that stands for several: its alarm, for how many, how many of them are over."""
        return [
            (listed.row.alarm, 1 + listed.together.n_folded, listed.together.n_over)
            for listed in self.rows.values()
            if listed.together is not None and listed.is_folded
        ]


def test_one_row_stands_for_all_that_one_cause_has_silenced_and_is_that_of_the_first() -> None:
    shown = Shown(alike.silent(n) for n in range(2, 40))
    assert shown.heads() == [("A-2", 38, 0)]
    shown.change(alike.silent(40), alike.silent(1))
    assert shown.heads() == [("A-1", 40, 0)]
    assert set(shown.rows) == {"A-1"}
    assert {row.alarm for row in shown.groups.behind("A-1")} == {f"A-{n}" for n in range(2, 41)}


def test_the_row_stays_the_same_while_others_come_change_and_end() -> None:
    shown = Shown(alike.silent(n) for n in range(1, 10))
    for n in range(10, 30):
        shown.change(alike.silent(n), alike.silent(n - 5, updated_us=builders.NOW_US + n), gone=(f"A-{n - 8}",))
        assert [head[0] for head in shown.heads()] == ["A-1"]


def test_when_its_own_alarm_leaves_the_next_oldest_stands_for_the_rest() -> None:
    shown = Shown(alike.silent(n) for n in range(1, 5))
    shown.change(alike.silent(1, level=AlarmLevel.RED, priority=2), gone=("A-2",))
    assert shown.heads() == [("A-3", 2, 0)]
    assert shown.rows["A-1"] == ListedAlarm(row=shown.groups.alarms["A-1"])


@pytest.mark.parametrize(
    "other",
    [
        {"level": AlarmLevel.RED, "priority": 2},
        {"kind": AlarmKind.SOS, "priority": 1},
        {"kind": AlarmKind.TAMPER, "priority": 2},
        {"kind": AlarmKind.APPROACH, "priority": 2},
        {"state": AlarmState.SHELVED, "shelved_until_us": builders.NOW_US + builders.S},
        {"state": AlarmState.LATCHED},
        {"incident": "INC-1"},
        {"next_step": "reach-protected"},
        {"kind": AlarmKind.NOT_EXCLUDED, "contact_s": 45.0},
        {"group": None},
    ],
    ids=lambda other: "-".join(str(value) for value in other.values()),
)
def test_what_calls_for_a_decision_of_its_own_leaves_the_others_at_once(other: dict[str, object]) -> None:
    shown = Shown(alike.silent(n) for n in range(1, 10))
    changed = alike.silent(5, **other)
    assert fold_of(changed) is None
    shown.change(changed)
    assert shown.rows["A-5"] == ListedAlarm(row=changed)
    assert shown.heads() == [("A-1", 8, 0)]
    shown.change(alike.silent(5))
    assert shown.heads() == [("A-1", 9, 0)]


def test_only_alarms_about_which_a_person_decides_alike_stand_as_one() -> None:
    other_gateway = [alike.silent(n, group="gateway/gw-2") for n in (11, 12)]
    may_be_inside = [alike.silent(n, kind=AlarmKind.NOT_EXCLUDED) for n in (21, 22)]
    taken = [alike.seen(n, "op-2") for n in (31, 32)]
    somebody_elses = [alike.silent(n, routed=("op-3",)) for n in (41, 42)]
    shown = Shown([alike.silent(1), alike.silent(2), *other_gateway, *may_be_inside, *taken, *somebody_elses])
    assert shown.heads() == [("A-1", 2, 0), ("A-11", 2, 0), ("A-21", 2, 0), ("A-31", 2, 0), ("A-41", 2, 0)]


def test_what_one_wearer_may_have_reached_stays_apart_for_each_whom_it_endangers() -> None:
    may_be_with = [alike.silent(n, kind=AlarmKind.NOT_EXCLUDED, group="device/ANK-0001", about=f"V-{n}") for n in (1, 2)]
    shown = Shown(may_be_with)
    assert shown.heads() == []
    assert set(shown.rows) == {"A-1", "A-2"}


def test_a_device_that_falls_silent_again_is_not_one_more_of_those_whose_outage_is_over() -> None:
    shown = Shown(alike.over(n) for n in range(1, 10))
    shown.change(alike.silent(5, count=2))
    assert shown.heads() == [("A-1", 8, 8)]
    assert shown.rows["A-5"] == ListedAlarm(row=alike.silent(5, count=2))
    shown.change(*(alike.silent(n, count=2) for n in (6, 7)))
    assert shown.heads() == [("A-1", 6, 6), ("A-5", 3, 0)], "a second outage is one row again"


def test_what_one_key_has_acknowledged_is_one_row_again() -> None:
    shown = Shown(alike.silent(n) for n in range(1, 10))
    shown.change(*(alike.seen(n, "op-1") for n in range(1, 9)))
    assert shown.heads() == [("A-1", 8, 0)]
    assert not shown.rows["A-9"].is_folded, "what came after it waits in a row of its own"


def test_it_is_counted_how_many_are_over() -> None:
    shown = Shown(alike.silent(n) for n in range(1, 10))
    shown.change(*(alike.over(n) for n in (1, 4, 6)))
    assert shown.heads() == [("A-1", 9, 3)]
    shown.change(alike.silent(4), gone=("A-6",))
    assert shown.heads() == [("A-1", 8, 1)]


def test_unfolded_each_has_its_row_below_the_first_and_those_that_come_too() -> None:
    shown = Shown(alike.silent(n) for n in range(1, 4))
    shown.take(shown.groups.unfold(SILENT))
    shown.change(alike.silent(4))
    assert shown.heads() == []
    assert {key: listed.head for key, listed in shown.rows.items()} == {"A-1": None, "A-2": "A-1", "A-3": "A-1", "A-4": "A-1"}
    shown.change(*(alike.seen(n, "op-1") for n in (2, 3)))
    assert shown.rows["A-3"].head == "A-2", "what is acknowledged one by one stays in sight"
    shown.take(shown.groups.fold(SILENT))
    assert shown.heads() == [("A-1", 2, 0), ("A-2", 2, 0)]


def test_the_chosen_alarm_has_a_row_below_those_that_stay_folded_until_another_is_chosen() -> None:
    shown = Shown(alike.silent(n) for n in range(1, 10))
    shown.take(shown.groups.choose("A-5"))
    assert shown.heads() == [("A-1", 8, 0)]
    assert shown.rows["A-5"].head == "A-1"
    assert "A-5" not in {row.alarm for row in shown.groups.behind("A-1")}
    shown.take(shown.groups.choose("A-1"))
    assert shown.heads() == [("A-1", 9, 0)]
    assert set(shown.rows) == {"A-1"}


def test_one_that_is_left_of_a_cause_looks_as_any_other_and_a_new_one_begins_folded() -> None:
    shown = Shown(alike.silent(n) for n in (1, 2))
    shown.take(shown.groups.unfold(SILENT))
    shown.change(gone=("A-2",))
    assert shown.rows == {"A-1": ListedAlarm(row=alike.silent(1))}
    shown.change(gone=("A-1",))
    shown.change(alike.silent(7), alike.silent(8))
    assert shown.heads() == [("A-7", 2, 0)]


rows = st.builds(
    lambda n, about: alike.silent(n, **about),
    st.integers(0, 7),
    st.sampled_from(
        [
            {},
            {},
            {},
            {"kind": AlarmKind.NOT_EXCLUDED},
            {"group": "gateway/gw-2"},
            {"group": None},
            {"group": "device/ANK-0001"},
            {"count": 2},
            {"level": AlarmLevel.RED, "priority": 2},
            {"kind": AlarmKind.TAMPER, "priority": 2},
            {"state": AlarmState.ACKNOWLEDGED, "owner": "op-1", "acknowledged_us": builders.NOW_US},
            {"state": AlarmState.RETURNED_UNACKNOWLEDGED, "cleared_us": builders.NOW_US},
            {"state": AlarmState.SHELVED, "shelved_until_us": builders.NOW_US},
            {"known_us": builders.NOW_US - 3600 * builders.S},
        ]
    ),
)
acts = st.one_of(
    st.tuples(st.just("change"), st.tuples(st.lists(rows, max_size=6), st.lists(st.integers(0, 7), max_size=3))),
    st.tuples(st.sampled_from(["unfold", "fold"]), st.sampled_from([SILENT, (alike.GROUP, AlarmKind.NOT_EXCLUDED)])),
    st.tuples(st.just("choose"), st.one_of(st.none(), st.integers(0, 7))),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(acts, max_size=14))
def test_every_alarm_is_shown_or_counted_in_exactly_one_row_and_no_red_one_is_ever_hidden(told: list[tuple[str, object]]) -> None:
    shown, wanted, chosen = Shown(), dict[str, AlarmRow](), None
    for what, of in told:
        if what == "change":
            put, dropped = of  # type: ignore[misc]
            gone = {f"A-{n}" for n in dropped} - {row.alarm for row in put}
            wanted = {key: row for key, row in wanted.items() if key not in gone} | {row.alarm: row for row in put}
            shown.change(*put, gone=gone)
        elif what == "choose":
            chosen = None if of is None else f"A-{of}"
            shown.take(shown.groups.choose(chosen))
        else:
            shown.take(getattr(shown.groups, what)(of))
        hidden = [row.alarm for key in shown.rows for row in shown.groups.behind(key)]
        assert sorted([*shown.rows, *hidden]) == sorted(wanted), "each once"
        assert {key: listed.row for key, listed in shown.rows.items()} == {key: wanted[key] for key in shown.rows}, "as it is now"
        assert [wanted[key] for key in hidden if wanted[key].level is AlarmLevel.RED or wanted[key].kind is AlarmKind.TAMPER] == []
        assert chosen not in hidden
        for key, listed in shown.rows.items():
            behind = shown.groups.behind(key)
            assert len(behind) == (0 if listed.together is None else listed.together.n_folded)
            assert {fold_of(row) for row in behind} <= {fold_of(listed.row)}
            assert listed.head is None or shown.rows[listed.head].together is not None
            if listed.is_folded and listed.together is not None:
                assert listed.together.n_over == sum(row.cleared_us is not None for row in (listed.row, *behind))
                assert all((listed.row.known_us, listed.row.alarm) < (row.known_us, row.alarm) for row in behind)
        assert shown.groups.n_rows == len(shown.rows)
        assert shown.rows == anew(wanted.values(), shown.groups, chosen), "as if all had come at once"


def anew(alarms: Iterable[AlarmRow], as_now: AlarmGroups, chosen: str | None) -> dict[str, ListedAlarm]:
    """The rows of the same alarms in a list that has just been opened, with the same unfolded and the same chosen."""
    shown = Shown(alarms)
    shown.take(shown.groups.choose(chosen))
    for cause in (SILENT, (alike.GROUP, AlarmKind.NOT_EXCLUDED)):
        if as_now.is_unfolded(cause):
            shown.take(shown.groups.unfold(cause))
    return shown.rows


def test_what_is_known_since_another_moment_takes_its_new_place_among_them() -> None:
    shown = Shown(alike.silent(n) for n in (1, 2, 3))
    shown.change(replace(alike.silent(1), known_us=builders.NOW_US + builders.S))
    assert shown.heads() == [("A-2", 3, 0)]


def test_one_more_of_five_thousand_changes_one_row() -> None:
    shown = Shown(alike.silent(n) for n in range(5000))
    put, _ = shown.groups.change((alike.silent(5000), alike.silent(300, updated_us=builders.NOW_US + 1)), ("A-400",))
    assert [(listed.row.alarm, listed.together and listed.together.n_folded) for listed in put] == [("A-0", 4999)]
