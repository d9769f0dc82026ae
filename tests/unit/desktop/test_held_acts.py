"""What ends something can be taken back for a moment; order is kept and nothing is lost."""

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from backend_bridge.domain.commands import AcknowledgeAlarm, CloseAlarm, Command
from backend_bridge.domain.identifiers import AlarmId
from desktop.held_acts import HOLD_MS, HeldActs

CLOSE = CloseAlarm(alarm=AlarmId("A-1"), outcome="false", note="x")
NEXT = AcknowledgeAlarm(alarm=AlarmId("A-2"))


def acts() -> tuple[HeldActs, list[Command], list[str]]:
    sent: list[Command] = []
    said: list[str] = []
    return HeldActs(sent.append, said.append), sent, said


def test_an_act_that_ends_something_waits_and_can_be_taken_back(qapp: QCoreApplication, qtbot: QtBot) -> None:
    held, sent, said = acts()
    held.submit(CLOSE)
    assert not sent
    held.undo()
    qtbot.wait(HOLD_MS + 200)
    assert not sent
    assert len(said) == 2


def test_it_leaves_by_itself_after_the_moment(qapp: QCoreApplication, qtbot: QtBot) -> None:
    held, sent, _ = acts()
    held.submit(CLOSE)
    qtbot.waitUntil(lambda: sent == [CLOSE], timeout=4 * HOLD_MS)


def test_an_acknowledgement_never_waits_and_what_waited_goes_first(qapp: QCoreApplication) -> None:
    held, sent, _ = acts()
    held.submit(CLOSE)
    held.submit(NEXT)
    assert sent == [CLOSE, NEXT]
    held.undo()
    assert sent == [CLOSE, NEXT]


def test_before_a_lock_or_the_end_it_is_sent(qapp: QCoreApplication) -> None:
    held, sent, _ = acts()
    held.submit(CLOSE)
    held.let_go()
    assert sent == [CLOSE]
