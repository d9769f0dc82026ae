"""Ends of orders at the desk: entered by one, confirmed by another who sees what it would do, never by who entered it."""

from collections.abc import Callable

import access_rows
import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton
from pytestqt.qtbot import QtBot

from backend_bridge.domain.commands import DecideOrderEnd, ProposeOrderEnd
from backend_bridge.domain.retention import EndGround
from backend_bridge.domain.user import Role
from widgets.order_ends_panel import OrderEndQuestion
from widgets.phrases_upkeep import END_GROUNDS, ORDER_END_STATES
from widgets.reason_dialog import ReasonDialog

Open = Callable[..., DeskAtHand]


def at_ends(open_desk: Open, role: Role = Role.SUPERVISOR, chosen: int = 203) -> DeskAtHand:
    desk = open_desk("en")
    desk.fill()
    desk.take(builders.session(role), *access_rows.order_ends())
    desk.window.show_page(1)
    desk.panels.approvals.ends.list.table.choose(builders.case_id(chosen))
    return desk


def button(desk: DeskAtHand, name: str) -> QPushButton:
    found = desk.panels.approvals.ends.findChild(QPushButton, name)
    assert found is not None
    return found


def in_dialog(kind: type, act: Callable[..., None]) -> None:
    """`act(dialog)` once a dialog of `kind` has come up."""

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        act(dialog)

    QTimer.singleShot(50, run)


def test_every_ground_and_state_has_its_words() -> None:
    assert set(END_GROUNDS) == set(EndGround)
    assert set(ORDER_END_STATES) == {"waiting", "confirmed", "refused"}


@pytest.mark.parametrize("name", ["confirm_order_end", "refuse_order_end"])
def test_another_supervisor_decides_exactly_what_was_shown(open_desk: Open, qtbot: QtBot, name: str) -> None:
    desk = at_ends(open_desk)
    titles: list[str] = []

    def fill(dialog: ReasonDialog) -> None:
        titles.append(dialog.windowTitle())
        qtbot.keyClicks(dialog.text, "judgment read")
        qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)

    in_dialog(ReasonDialog, fill)
    QTest.mouseClick(button(desk, name), Qt.MouseButton.LeftButton)
    row = access_rows.order_end()
    approve = name.startswith("confirm")
    wanted = DecideOrderEnd(case=row.case, at_us=row.at_us, ground=row.ground, approve=approve, reason="judgment read")
    assert [one for one in desk.commands if isinstance(one, DecideOrderEnd)] == [wanted]
    assert ("due for destruction" in titles[0]) is approve
    assert row.case in titles[0]


@pytest.mark.parametrize("chosen", [311, 419])
def test_ones_own_entry_and_what_is_decided_cannot_be_decided(open_desk: Open, chosen: int) -> None:
    desk = at_ends(open_desk, chosen=chosen)
    assert not button(desk, "confirm_order_end").isEnabled()
    assert not button(desk, "refuse_order_end").isEnabled()


def test_an_administrator_enters_and_never_confirms(open_desk: Open) -> None:
    desk = at_ends(open_desk, Role.ADMINISTRATOR)
    assert button(desk, "end_order").isVisibleTo(desk.panels.approvals)
    assert not button(desk, "confirm_order_end").isVisibleTo(desk.panels.approvals)


def test_the_end_of_an_order_is_entered_with_moment_ground_and_reason(open_desk: Open, qtbot: QtBot) -> None:
    desk = at_ends(open_desk)

    def fill(dialog: OrderEndQuestion) -> None:
        ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
        dialog.case.setEditText("KR-SE-0203")
        assert not ok.isEnabled()
        dialog.ground.setCurrentIndex(list(EndGround).index(EndGround.ACQUITTED))
        qtbot.keyClicks(dialog.reason, "final")
        qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)

    in_dialog(OrderEndQuestion, fill)
    QTest.mouseClick(button(desk, "end_order"), Qt.MouseButton.LeftButton)
    (made,) = [one for one in desk.commands if isinstance(one, ProposeOrderEnd)]
    assert (made.case, made.ground, made.reason) == (builders.case_id(203), EndGround.ACQUITTED, "final")
    assert abs(made.at_us - builders.NOW_US) < 60 * builders.S
