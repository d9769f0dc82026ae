"""Every button and every action, pressed as somebody new would: nothing fails, whatever is or is not chosen."""

from collections.abc import Callable, Iterator

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from backend_bridge.domain.user import Role

Open = Callable[..., DeskAtHand]


@pytest.fixture
def dialogs(qapp: QApplication) -> Iterator[list[str]]:
    """Leaves every dialog and menu that comes up, and notes its name."""
    seen: list[str] = []
    timer = QTimer(interval=15)

    def leave() -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            seen.append(popup.objectName() or type(popup).__name__)
            popup.close()
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            seen.append(dialog.objectName() or type(dialog).__name__)
            dialog.reject()

    timer.timeout.connect(leave)
    timer.start()
    yield seen
    timer.stop()


def filled(open_desk: Open, role: Role = Role.OPERATOR) -> DeskAtHand:
    desk = open_desk()
    desk.fill()
    desk.take(builders.session(role))
    desk.work()
    return desk


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768)], ids=lambda size: f"{size[0]}")
@pytest.mark.parametrize("page", range(5))
def test_what_the_desk_says_covers_nothing_that_can_be_pressed(open_desk: Open, qtbot: QtBot, size: tuple[int, int], page: int) -> None:
    desk = open_desk("ko", "night", size)
    desk.fill()
    desk.take(builders.session(Role.SUPERVISOR), builders.room(replay=page == 0))
    desk.work()
    desk.window.arrange()
    desk.window.show_page(page)
    qtbot.wait(50)  # a bar that has just come gets its place; what is said stands above it in any case
    desk.window.say("이 데스크에서 경보음을 들을 수 없습니다. " * 4)
    said = desk.window.findChild(QLabel, "message")
    assert said is not None
    assert desk.window.rect().contains(said.geometry())
    buttons = (one for one in desk.window.findChildren(QAbstractButton) if one.isVisible() and not one.visibleRegion().isEmpty())
    covered = [one for one in buttons if said.geometry().intersects(QRect(one.mapTo(desk.window, QPoint(0, 0)), one.size()))]
    assert [one.objectName() or one.text() for one in covered] == []


def press_all(desk: DeskAtHand, qtbot: QtBot, inside: QObject) -> list[str]:
    """Press every button that can be seen in a part, those that appear on the way too, each once."""
    pressed: list[str] = []
    done: set[int] = set()
    while True:
        waiting = [
            one
            for one in inside.findChildren(QAbstractButton)
            if isValid(one) and id(one) not in done and one.isVisible() and one.isEnabled() and not one.objectName().startswith("qt_")
        ]
        if not waiting or len(done) > 300:
            return pressed
        one = waiting[0]
        done.add(id(one))
        pressed.append(one.objectName())
        one.click()
        qtbot.wait(30)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("part", ["case", "incident", "chart", "alarms", "silent", "top", "approvals", "kpi", "replay"])
def test_every_button_of_a_part_can_be_pressed(open_desk: Open, qtbot: QtBot, dialogs: list[str], part: str) -> None:
    desk = filled(open_desk, Role.SUPERVISOR if part == "approvals" else Role.OPERATOR)
    if part == "replay":
        desk.take(builders.room(replay=True))
    desk.window.show_page({"approvals": 1, "kpi": 2}.get(part, 0))
    if part in desk.window.docks:
        desk.window.raise_dock(part)
    qtbot.wait(50)
    pressed = press_all(desk, qtbot, getattr(desk.panels, part))
    if part in ("case", "incident", "chart", "top", "approvals", "replay"):
        assert pressed, "there is something to press"


@pytest.mark.timeout(400)
@pytest.mark.parametrize("room", ["evening", "empty"])
def test_every_action_can_be_run(open_desk: Open, qtbot: QtBot, dialogs: list[str], room: str) -> None:
    desk = filled(open_desk) if room == "evening" else open_desk()
    for action in desk.window.actions_by_name.values():
        action.trigger()
        qtbot.wait(40)
    assert len(set(dialogs)) >= 3, "questions were asked on the way"
