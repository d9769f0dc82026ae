"""What the desk draws and drops is let go, however many cases are looked at in a shift."""

from collections.abc import Callable
from dataclasses import replace

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from widgets import row_delegate
from widgets.models.columns import Cell
from widgets.row_delegate import RowDelegate
from widgets.theme import Look, load_theme
from widgets.trend_chart import Mark

Open = Callable[..., DeskAtHand]


def test_the_lines_of_alarms_of_other_cases_leave_the_charts(open_desk: Open) -> None:
    """Each alarm is a line in all four charts; those of a case that was left are no longer held by any chart."""
    desk = open_desk("en")
    chart = desk.panels.chart
    chart.show_marks(())
    before = {name: len(plot.items) for name, plot in chart._plots.items()}
    for case in range(5):
        chart.show_marks([Mark(at_us=builders.NOW_US - n * builders.S, text=f"{case}", look=Look.ACT) for n in range(3)])
        assert {name: len(plot.items) - before[name] for name, plot in chart._plots.items()} == dict.fromkeys(before, 3)
    chart.show_marks(())
    assert {name: len(plot.items) for name, plot in chart._plots.items()} == before


def test_curves_that_are_compared_no_longer_leave_the_charts(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    window = desk.view.comparing.comparison
    assert window is not None
    plots = (window._distance, window._closing)
    before = [len(plot.items) for plot in plots]
    for _ in range(3):
        window.list.item(0).setCheckState(Qt.CheckState.Checked)
        assert [len(plot.items) for plot in plots] == [n + 1 for n in before]
        window.list.item(0).setCheckState(Qt.CheckState.Unchecked)
        assert [len(plot.items) for plot in plots] == before


def test_cells_are_kept_as_painted_up_to_so_many_megabytes(open_desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Distances are others each second: what was painted longest ago goes, and what is on screen stays."""
    desk = open_desk("en")
    desk.fill()
    table = desk.panels.alarms.table
    kept = table.painter_of_rows._kept
    monkeypatch.setattr(row_delegate, "KEPT_BYTES", 400_000)
    for n in range(60):
        desk.view.take_rows("alarms", tuple(replace(row, distance_m=100.0 + 7 * n) for row in builders.evening()), ())
        table.viewport().grab()
    screen = table.viewport().size() * table.viewport().devicePixelRatioF()
    painted = sum(row_delegate._bytes_of(picture.size()) for picture in kept.values())
    most = max(row_delegate.KEPT_BYTES, 2 * row_delegate._bytes_of(screen))
    assert painted == table.painter_of_rows._kept_bytes <= most
    assert painted > most / 2


def test_the_cell_that_was_used_longest_ago_goes_first(qtbot: QtBot) -> None:
    delegate = RowDelegate(load_theme("night"), 40, lambda _key: None)
    for n in range(4):
        delegate._kept[(n, Cell(top=str(n)))] = QPixmap(QSize(100, 40))
        delegate._kept_bytes += 16_000
    delegate._let_go(33_000)
    assert [key[0] for key in delegate._kept] == [2, 3]
    assert delegate._kept_bytes == 32_000
