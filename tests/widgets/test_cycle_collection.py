"""Python's search for cycles does not hold the desk up, for it leaves alone what has stayed, and runs in the desk's own thread."""

import gc
import threading
import time
import weakref
from collections.abc import Iterator

import builders
import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.cycle_collection import CycleCollection


class Ring:
    """Something that only a search for cycles finds."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def cycles(qapp: QApplication) -> Iterator[CycleCollection]:
    parent = QObject()
    made = CycleCollection(parent)
    yield made
    made.let_go()
    gc.unfreeze()
    parent.deleteLater()


def spent_s() -> float:
    begin = time.process_time()
    gc.collect()
    return time.process_time() - begin


def test_rows_that_stay_are_not_searched_again(cycles: CycleCollection) -> None:
    rows = [builders.many_alarms(400) for _ in range(25)]
    before = spent_s()
    cycles.settle()
    assert spent_s() < before / 3
    assert len(rows) == 25


def test_what_goes_round_in_circles_is_let_go(cycles: CycleCollection) -> None:
    """New cycles with each settling; old ones, that became cycles after they had settled, once nobody works at the desk."""
    fresh, old = Ring(), Ring()
    seen = [weakref.ref(fresh), weakref.ref(old)]
    del fresh
    cycles.settle()
    assert seen[0]() is None
    del old
    cycles.settle()
    assert seen[1]() is not None, "it is left alone"
    cycles.thaw()
    cycles.settle()
    assert seen[1]() is None


def test_a_room_that_has_come_settles_by_itself(cycles: CycleCollection, qtbot: QtBot) -> None:
    frozen = gc.get_freeze_count()
    cycles.settle_soon()
    qtbot.waitUntil(lambda: gc.get_freeze_count() > frozen, timeout=30_000)


def test_what_qt_holds_in_circles_is_let_go_in_the_desks_own_thread(cycles: CycleCollection, qtbot: QtBot) -> None:
    """The link's thread decodes thousands of rows; were the search to run there, it would take apart what is painted here."""
    where: list[int] = []
    timer = QTimer()
    timer.me = timer  # type: ignore[attr-defined]  # a circle
    timer.destroyed.connect(lambda: where.append(threading.get_ident()), Qt.ConnectionType.DirectConnection)
    del timer
    thread = threading.Thread(target=lambda: [Ring() for _ in range(20_000)])
    thread.start()
    thread.join()
    assert where == []
    qtbot.waitUntil(lambda: bool(where), timeout=30_000)
    assert where == [threading.get_ident()]


def test_of_two_desks_the_one_that_ends_first_leaves_the_search_to_the_other(cycles: CycleCollection) -> None:
    second = CycleCollection(cycles)
    second.let_go()
    assert not gc.isenabled(), "the first desk still paints"
    cycles.let_go()
    assert gc.isenabled()


def test_once_the_desk_has_ended_python_searches_again_by_itself(cycles: CycleCollection) -> None:
    assert not gc.isenabled()
    cycles.let_go()
    assert gc.isenabled()
