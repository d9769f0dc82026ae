"""The supervisor's inbox: nobody decides their own request, every decision has a reason."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from backend_bridge.domain.commands import DecideRequest, EndGrant, RequestAccess, ReviewBreakGlass
from widgets import phrases
from widgets.area_sketch import HEIGHT_PX
from widgets.narrow_dialog import NarrowDialog
from widgets.reason_dialog import ReasonDialog
from widgets.request_dialog import RequestDialog

Open = Callable[..., DeskAtHand]


def soon(qtbot: QtBot, reason: str) -> None:
    """The question that comes up next is answered by keyboard and confirmed."""

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReasonDialog)
        ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
        assert not ok.isEnabled(), "no decision without a reason"
        qtbot.keyClicks(dialog.text, reason)
        qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, fill)


def at_inbox(open_desk: Open, request: str) -> DeskAtHand:
    desk = open_desk("en")
    desk.fill()
    desk.window.show_page(1)
    desk.panels.approvals.inbox.choose(request)
    return desk


def press(desk: DeskAtHand, qtbot: QtBot, name: str) -> None:
    from PySide6.QtWidgets import QPushButton

    button = desk.panels.approvals.findChild(QPushButton, name)
    assert button is not None
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def test_approving_needs_a_reason_and_names_the_request(open_desk: Open, qtbot: QtBot) -> None:
    desk = at_inbox(open_desk, "Q-1")
    soon(qtbot, "breach of 23 Nov")
    press(desk, qtbot, "approve")
    assert DecideRequest(request=builders.request(1).request, decision="approve", reason="breach of 23 Nov") in desk.commands


def test_ones_own_request_cannot_be_decided(open_desk: Open, qtbot: QtBot) -> None:
    desk = at_inbox(open_desk, "Q-3")
    for name in ("approve", "narrow", "deny"):
        press(desk, qtbot, name)
    assert not any(isinstance(one, DecideRequest) for one in desk.commands)


def test_a_decided_request_cannot_be_decided_again(open_desk: Open, qtbot: QtBot) -> None:
    desk = at_inbox(open_desk, "Q-4")
    press(desk, qtbot, "approve")
    assert not any(isinstance(one, DecideRequest) for one in desk.commands)


def test_narrowing_gives_less_than_was_asked(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en")
    dialog = NarrowDialog(builders.request(1), desk.window)
    dialog.minutes.setValue(20)
    dialog.fields["track"].setChecked(False)
    qtbot.keyClicks(dialog.reason, "position is enough")
    command = dialog.command()
    assert (command.decision, command.minutes, command.fields) == ("narrow", 20, ("position",))
    assert dialog.minutes.maximum() == builders.request(1).minutes


def test_running_access_ends_now(open_desk: Open, qtbot: QtBot) -> None:
    desk = at_inbox(open_desk, "Q-1")
    desk.panels.approvals.grants.table.choose("G-88")
    soon(qtbot, "purpose is served")
    press(desk, qtbot, "end_grant")
    assert [one for one in desk.commands if isinstance(one, EndGrant)] == [
        EndGrant(grant=builders.grants()[0].grant, reason="purpose is served")
    ]


def test_break_glass_is_reviewed(open_desk: Open, qtbot: QtBot) -> None:
    desk = at_inbox(open_desk, "Q-1")
    desk.panels.approvals.grants.table.choose("G-97")
    soon(qtbot, "life was at stake")
    press(desk, qtbot, "review")
    assert any(isinstance(one, ReviewBreakGlass) and one.justified for one in desk.commands)


def test_a_request_says_purpose_reason_period_and_what(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en")
    dialog = RequestDialog(builders.case(), builders.NOW_US, desk.window)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    qtbot.keyClicks(dialog.reason, "route after the call")
    assert not ok.isEnabled(), "none of the law's purposes is chosen by itself"
    assert ok.property("kind") == "primary"
    dialog.purpose.setCurrentIndex(0)
    assert ok.isEnabled()
    command = dialog.command()
    assert isinstance(command, RequestAccess)
    assert command.purpose.value.startswith("1")
    assert command.to_us - command.from_us == 86_400 * builders.S
    assert command.fields == ("position",)
    assert "2" not in {str(dialog.purpose.itemData(at))[0] for at in range(dialog.purpose.count())}, "routine needs no request"


def test_deadlines_run(open_desk: Open) -> None:
    desk = at_inbox(open_desk, "Q-2")
    desk.panels.approvals.show_now(builders.NOW_US + 60 * builders.S)
    left = desk.panels.approvals.requests.cell_at(0, 1)
    assert left.top == "24\u00a0min", "minutes and hours are told apart by their units"
    assert left.bottom == "0 of 2 approvals"
    assert desk.panels.approvals.requests.cell_at(1, 1).top == "22\u00a0h"


def test_what_is_left_is_as_precise_as_it_matters(open_desk: Open) -> None:
    open_desk("en")
    said = [phrases.time_left(seconds).replace("\u00a0", " ") for seconds in (68_400, 7500, 1500, 1499, 260, 0, -90)]
    assert said == ["19 h", "2 h 5 min", "25 min", "24 min", "4 min 20 s", "0 s", "−1 min 30 s"]


def test_requests_that_ask_alike_are_told_apart_by_number_and_reason(open_desk: Open) -> None:
    desk = at_inbox(open_desk, "Q-1")
    requests = desk.panels.approvals.requests
    row = requests.position_of("Q-1")
    assert row is not None
    assert (requests.cell_at(row, 2).bottom, requests.cell_at(row, 4).bottom) == ("Q-1", builders.request(1).reason)
    own = requests.position_of("Q-3")
    assert own is not None
    assert requests.cell_at(own, 2).bottom == "Q-3 · your own"
    assert desk.panels.approvals._title.text() == "Requests · 2 to decide"


@pytest.mark.parametrize(
    ("changes", "may_end_and_review"),
    [
        ({"state": "running"}, (True, False)),
        ({"state": "running", "break_glass": True}, (True, True)),
        ({"state": "awaiting-review", "break_glass": True}, (False, True)),
        ({"state": "reviewed", "break_glass": True}, (True, False)),  # found right, it runs on to its end
        ({"state": "reviewed", "break_glass": True, "ends_us": builders.NOW_US}, (False, False)),
        ({"state": "ended"}, (False, False)),
        ({"state": "expired"}, (False, False)),
    ],
)
def test_only_what_may_be_done_with_chosen_access_can_be_pressed(
    open_desk: Open, changes: dict[str, Any], may_end_and_review: tuple[bool, bool]
) -> None:
    desk = open_desk("en")
    panel = desk.panels.approvals
    desk.take(replace(builders.grants()[0], **changes))
    assert not panel._end.isEnabled()
    assert not panel._review.isEnabled()
    panel.grants.table.choose("G-88")
    assert (panel._end.isEnabled(), panel._review.isEnabled()) == may_end_and_review


def test_break_glass_that_runs_says_what_comes_after(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.take(replace(builders.grants()[0], break_glass=True))
    desk.panels.approvals.show_now(builders.NOW_US)
    cell = desk.panels.approvals.grants.model.cell_at(0, 1)
    assert (cell.top.replace("\u00a0", " "), cell.bottom) == ("45 min", "then a review")


def test_the_map_of_a_request_fills_what_the_facts_leave_and_names_its_centre(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en", "night", (1920, 1080))
    desk.fill()
    desk.window.show_page(1)
    panel = desk.panels.approvals
    panel.inbox.choose("Q-1")
    qtbot.waitUntil(lambda: panel._sketch.height() > 400)
    assert panel._sketch.accessibleName() == "Area: centre 37.5585, 126.9368 · 2.0 km"
    assert panel._sketch._map_box().height() > HEIGHT_PX
