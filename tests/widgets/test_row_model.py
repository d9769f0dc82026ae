"""Rows keep their order, change in place, and never move what is under the cursor."""

import time
from dataclasses import replace

import builders
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from backend_bridge.application.rows import AlarmRow, AlarmState
from backend_bridge.domain.alarm import AlarmKind
from widgets.models import alarm_columns
from widgets.models.row_model import RowModel


def made() -> RowModel[AlarmRow]:
    return RowModel(alarm_columns.COLUMNS, lambda row: row.alarm, alarm_columns.order, alarm_columns.tone)


def keys(model: RowModel[AlarmRow]) -> list[str]:
    return [model.key_at(at) for at in range(model.rowCount())]


def test_priority_then_contact_then_age(qapp: QApplication) -> None:
    model = made()
    late = builders.alarm(1, priority=1, contact_s=600.0)
    soon = builders.alarm(2, priority=1, contact_s=60.0)
    never_old = builders.alarm(3, priority=1, contact_s=None, known_us=builders.NOW_US - 50 * builders.S)
    never_new = builders.alarm(4, priority=1, contact_s=None, known_us=builders.NOW_US)
    amber = builders.alarm(5, priority=2, contact_s=10.0)
    model.show_changes((amber, never_old, late, never_new, soon), ())
    assert keys(model) == ["A-2", "A-1", "A-4", "A-3", "A-5"]


def test_a_call_for_help_an_open_strap_and_somebody_inside_wait_for_no_contact(qapp: QApplication) -> None:
    model = made()
    seen = {"state": AlarmState.ACKNOWLEDGED, "owner": "op-2", "acknowledged_us": builders.NOW_US}
    soon = builders.alarm(1, contact_s=20.0)
    sos = builders.alarm(2, kind=AlarmKind.SOS, contact_s=None, known_us=builders.NOW_US - 40 * builders.S)
    inside = builders.alarm(3, kind=AlarmKind.PROXIMITY, contact_s=0.0, known_us=builders.NOW_US - 50 * builders.S)
    tamper = builders.alarm(4, kind=AlarmKind.TAMPER, contact_s=None, known_us=builders.NOW_US - 60 * builders.S)
    seen_since = builders.alarm(5, kind=AlarmKind.EXCLUSION_ZONE, contact_s=None, known_us=builders.NOW_US, **seen)
    shelved = builders.alarm(6, kind=AlarmKind.TAMPER, contact_s=None, state=AlarmState.SHELVED)
    model.show_changes((soon, seen_since, shelved, tamper, inside, sos), ())
    assert keys(model) == ["A-2", "A-3", "A-4", "A-1", "A-5", "A-6"], "what somebody has acknowledged stands before no countdown"


def test_an_acknowledged_call_for_help_an_hour_old_stands_after_an_approach_that_waits(qapp: QApplication) -> None:
    model = made()
    hour_ago_us = builders.NOW_US - 3600 * builders.S
    sos = builders.alarm(1, kind=AlarmKind.SOS, contact_s=None, known_us=hour_ago_us, state=AlarmState.ACKNOWLEDGED, owner="op-2")
    back = builders.alarm(2, kind=AlarmKind.SOS, contact_s=None, known_us=hour_ago_us, state=AlarmState.RETURNED_UNACKNOWLEDGED)
    approach = builders.alarm(3, contact_s=130.0)
    model.show_changes((sos, approach, back), ())
    assert keys(model) == ["A-2", "A-3", "A-1"]


def test_two_contacts_a_few_seconds_apart_do_not_change_places(qapp: QApplication) -> None:
    base_s = alarm_columns.CONTACT_STEP_S - builders.NOW_US / 1e6 % alarm_columns.CONTACT_STEP_S + 1
    model = made()
    first, second = builders.alarm(1, contact_s=base_s), builders.alarm(2, contact_s=base_s + 2, known_us=builders.NOW_US - 60 * builders.S)
    model.show_changes((first, second), ())
    before = keys(model)
    model.show_changes((replace(first, contact_s=base_s + 3),), ())
    assert keys(model) == before


def test_a_new_row_does_not_move_the_row_under_the_cursor(qapp: QApplication) -> None:
    model = made()
    model.show_changes(tuple(builders.alarm(n, priority=3) for n in range(5)), ())
    held_at = 2
    model.hold(model.key_at(held_at))
    held = model.key_at(held_at)
    model.show_changes((builders.alarm(99, priority=1, contact_s=20.0),), ())
    assert model.key_at(held_at) == held
    assert model.key_at(held_at + 1) == "A-99", "the new red alarm stands right below, not out of sight"
    model.hold(None)
    assert model.key_at(0) == "A-99"


def test_what_is_gone_above_the_cursor_stays_faint_until_the_cursor_leaves(qapp: QApplication) -> None:
    model = made()
    model.show_changes(tuple(builders.alarm(n, priority=3) for n in range(5)), ())
    top, held = model.key_at(0), model.key_at(3)
    model.hold(held)
    model.show_changes((), (top,))
    assert model.key_at(3) == held
    assert model.tone_at(0).faint
    assert model.row_of(top) is None, "nobody can act on a row that is gone"
    model.hold(None)
    assert top not in keys(model)


def test_a_changed_row_takes_its_new_place_in_the_column_that_was_sorted_by(qapp: QApplication) -> None:
    model = made()
    rows = [builders.alarm(n, distance_m=100.0 * n) for n in range(1, 4)]
    model.show_changes(rows, ())
    model.sort(4)
    assert keys(model) == ["A-1", "A-2", "A-3"]
    model.show_changes((replace(rows[0], distance_m=900.0),), ())
    assert keys(model) == ["A-2", "A-3", "A-1"]
    model.show_changes((builders.alarm(4, distance_m=250.0),), ("A-3",))
    assert keys(model) == ["A-2", "A-4", "A-1"]


def test_five_thousand_rows_sort_in_fifty_milliseconds(qapp: QApplication) -> None:
    model = made()
    model.show_changes(builders.many_alarms(5000), ())
    took: dict[int, list[float]] = {column: [] for column in range(1, 7)}
    for order in (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        for column, times in took.items():
            started = time.process_time()
            model.sort(column, order)
            times.append(time.process_time() - started)
    assert max(min(times) for times in took.values()) <= 0.05, took


batches = st.lists(
    st.tuples(
        st.lists(st.tuples(st.integers(0, 9), st.integers(1, 4)), max_size=6), st.lists(st.integers(0, 9), max_size=3), st.integers(-1, 9)
    ),
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(batches)
def test_after_any_changes_the_model_holds_exactly_the_newest_rows(changes: list[tuple[list[tuple[int, int]], list[int], int]]) -> None:
    model = made()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    wanted: dict[str, AlarmRow] = {}
    for put, gone, held in changes:
        rows = [builders.alarm(number, priority=priority) for number, priority in put]
        dropped = [f"A-{number}" for number in gone if number not in [n for n, _ in put]]
        for key in dropped:
            wanted.pop(key, None)
        wanted |= {row.alarm: row for row in rows}
        model.show_changes(rows, dropped)
        model.hold(f"A-{held}" if held >= 0 else None)
    assert {row.alarm: row for row in model.rows()} == wanted
    model.hold(None)
    assert keys(model) == [row.alarm for row in sorted(wanted.values(), key=alarm_columns.order)]
