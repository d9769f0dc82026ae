"""A supervisor's evening at a real desk and bridge, by mouse and keyboard, in Korean and in English: approved, narrowed, denied,
ended, expired; a break-glass reviewed; the ledger printed. With `--pictures` each step is drawn for the docs."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import zmq
from desk_room import RawDesk
from drawn import png_of
from live_bridge import PASSWORD, LiveBridge, now_us
from PySide6.QtCore import QBuffer, QIODevice, Qt, QTimer
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QFileDialog, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.application.link_state import LinkPhase
from desktop.bootstrap import Desk
from desktop.bridge_address import BridgeAddress
from desktop.settings import DeskSettings
from widgets.map.scheme import register_scheme
from widgets.models.row_model import RowModel
from widgets.narrow_dialog import NarrowDialog
from widgets.reason_dialog import ReasonDialog

if os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # Chromium's sandbox cannot be set up by root
register_scheme()
FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
REASONS = {"ko": "112 신고 이후의 확인", "en": "checked after the call to 112"}
TITLES = {"ko": "위치정보 이용대장", "en": "Usage ledger"}


@dataclass
class Asked:
    """What an operator has asked for in one language's half of the evening."""

    approved: str
    narrowed: str
    denied: str
    ended: str
    broken: str


def ask(operator: RawDesk, case: int, minutes: int) -> str:
    """The name of a request for the position and name of a protected person."""
    period = {"from_us": now_us() - 3_600_000_000, "to_us": now_us() + 3_600_000_000}
    fields = {"purpose": "5-victim-notice", "reason": "SOS", "fields": ["position", "identity"], "minutes": minutes}
    return done(operator, {"name": "request-access", "person": f"V-{case}", "case": f"C-{case}", **period, **fields})


def done(operator: RawDesk, act: dict[str, object]) -> str:
    operator.say({"t": "act", "id": 1 + sum(message["t"] in ("done", "no") for message in operator.seen), "do": act})
    answer = operator.hear("done", "no")
    assert answer["t"] == "done", answer
    return str(answer["note"])


def evening(operator: RawDesk, case: int) -> Asked:
    glass = {"name": "break-glass", "person": f"V-{case}", "case": f"C-{case}", "purpose": "5-victim-notice", "reason": "no answer"}
    requests = [ask(operator, case, minutes) for minutes in (30, 60, 60, 60)]
    return Asked(*requests, done(operator, glass))


@pytest.fixture
def bridge(tmp_path: Path) -> Iterator[LiveBridge]:
    made = LiveBridge(tmp_path)
    made.user("kim", "operator")
    made.user("park", "supervisor")
    yield made
    made.stop()


@pytest.fixture
def desk(qapp: QApplication, bridge: LiveBridge) -> Iterator[Desk]:
    public, secret = zmq.curve_keypair()
    bridge.shell("enrol-desk", "desk-2", f"--public-key={public.decode()}")
    made = Desk(qapp, DeskSettings(language="ko"), None, lambda: None)
    made.window.resize(1920, 1080)
    made.window.show()
    logins = (("supervisor", "park", PASSWORD),)
    address = BridgeAddress(endpoint=bridge.endpoint, server_key=bridge.server_key, desk_public=public, desk_secret=secret, logins=logins)
    made.connect_to(address)
    yield made
    made.stop()
    made.window.on_closed = lambda: None
    made.window.close()


class Supervisor:
    """The hands at the desk: keys, clicks, and what is written into dialogs."""

    def __init__(self, desk: Desk, qtbot: QtBot, keep: Callable[[str, QWidget], None]) -> None:
        self.desk, self._qtbot, self._keep = desk, qtbot, keep

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.desk.window.activateWindow()
        self._qtbot.waitUntil(lambda: QApplication.activeWindow() is self.desk.window)
        QTest.keyClick(QApplication.focusWidget() or self.desk.window, key, modifier)

    def choose(self, table: QTableView, name: str) -> None:
        """Click the row with that name."""
        model = table.model()
        assert isinstance(model, RowModel)
        self._qtbot.waitUntil(lambda: model.position_of(name) is not None)
        index = model.index(model.position_of(name) or 0, 1)
        table.scrollTo(index)
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())

    def press(self, name: str, fill: Callable[[QDialog], None] | None = None) -> None:
        """Click a button of the page in front; `fill` works the dialog that it opens."""
        shown = [one for one in self.desk.window.findChildren(QPushButton, name) if one.isVisible()]
        assert len(shown) == 1, name
        assert shown[0].isEnabled(), name
        if fill is not None:
            self._in_dialog(fill)
        QTest.mouseClick(shown[0], Qt.MouseButton.LeftButton)

    def _in_dialog(self, fill: Callable[[QDialog], None]) -> None:
        def work() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QDialog)
            fill(dialog)
            box = dialog.findChild(QDialogButtonBox)
            assert box is not None
            QTest.mouseClick(box.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)

        QTimer.singleShot(200, work)

    def until(self, table: str, key: str, state: str, timeout_s: int = 20) -> None:
        """Wait until the bridge says that a request or grant is so."""
        held = getattr(self.desk.board, table)
        self._qtbot.waitUntil(lambda: key in held and held[key].state == state, timeout=timeout_s * 1000)

    def grant_of(self, request: str) -> str:
        return next(row.grant for row in self.desk.board.grants.values() if row.request == request)

    def keep(self, name: str) -> None:
        self._keep(name, self.desk.window)


def because(reason: str) -> Callable[[QDialog], None]:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, ReasonDialog)
        dialog.text.insertPlainText(reason)  # QTest types Latin letters alone

    return fill


def to_a_minute(reason: str) -> Callable[[QDialog], None]:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, NarrowDialog)
        dialog.minutes.setFocus()
        dialog.minutes.selectAll()
        QTest.keyClicks(dialog.minutes, "1")
        box = dialog.fields["identity"]
        QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center() - box.rect().center() / 2)
        if box.isChecked():
            QTest.keyClick(box, Qt.Key.Key_Space)
        dialog.reason.insertPlainText(reason)

    return fill


def half(hands: Supervisor, asked: Asked, language: str, save: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One language's half: everything but the waiting for what expires."""
    reason = REASONS[language]
    hands.key(Qt.Key.Key_F3)
    panel = hands.desk.view.panels.approvals
    hands.choose(panel.inbox, asked.narrowed)
    hands.press("narrow", to_a_minute(reason))
    hands.until("requests", asked.narrowed, "narrowed")
    hands.choose(panel.inbox, asked.approved)
    hands.press("approve", because(reason))
    hands.until("requests", asked.approved, "approved")
    hands.keep(f"supervisor-approved-{language}")
    hands.choose(panel.inbox, asked.denied)
    hands.press("deny", because(reason))
    hands.until("requests", asked.denied, "denied")
    hands.choose(panel.inbox, asked.ended)
    hands.press("approve", because(reason))
    hands.until("requests", asked.ended, "approved")
    hands.choose(panel.grants.table, hands.grant_of(asked.ended))
    hands.press("end_grant", because(reason))
    hands.until("grants", hands.grant_of(asked.ended), "ended")
    hands.keep(f"supervisor-decided-{language}")
    hands.choose(panel.grants.table, asked.broken)
    hands.press("review", because(reason))
    hands.until("grants", asked.broken, "reviewed")
    hands.keep(f"supervisor-reviewed-{language}")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(save), ""))
    hands.key(Qt.Key.Key_F5)
    hands.press("ledger_read")
    ledger = hands.desk.view.panels.ledger.tables["uses"]
    hands._qtbot.waitUntil(lambda: ledger.count() > 0, timeout=20_000)
    hands.press("ledger_pdf")
    hands._qtbot.waitUntil(save.exists, timeout=60_000)  # it is drawn once the bridge has entered that it is going to be
    hands.keep(f"supervisor-ledger-{language}")


def words_of(path: Path) -> str:
    buffer = QBuffer()
    buffer.setData(path.read_bytes())
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    return " ".join(document.getAllText(page).text() for page in range(document.pageCount()))


@pytest.mark.timeout(400)
def test_a_supervisors_evening_in_korean_and_in_english(
    bridge: LiveBridge, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    drawn = request.config.getoption("--pictures", default=False)

    def keep(name: str, widget: QWidget) -> None:
        qtbot.wait(400 if drawn else 10)
        if drawn:
            (FOLDER / f"{name}.png").write_bytes(png_of(widget))

    operator = bridge.desk("desk-1", "kim")
    halves = {"ko": evening(operator, 1), "en": evening(operator, 2)}
    operator.close()
    qtbot.waitUntil(lambda: desk.state is not None and desk.state.phase is LinkPhase.LIVE, timeout=60_000)
    hands = Supervisor(desk, qtbot, keep)
    for language, asked in halves.items():
        if language == "en":
            hands.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
            qtbot.waitUntil(desk.window.isVisible)
            desk.window.resize(1920, 1080)
            desk.window.arrange()
        half(hands, asked, language, tmp_path / f"{language}.pdf", monkeypatch)
        printed = words_of(tmp_path / f"{language}.pdf")
        for wanted in (TITLES[language], "kim", f"{asked.approved}: park", "park ·"):
            assert wanted in printed
    hands.key(Qt.Key.Key_F3)
    for asked in halves.values():
        narrowed = hands.grant_of(asked.narrowed)
        assert desk.board.grants[narrowed].fields == ("position",)
        hands.until("grants", narrowed, "expired", timeout_s=90)
    hands.keep("supervisor-expired-en")
    entries = [(entry["event"], entry.get("decision"), entry.get("cause")) for entry in bridge.log() if entry.get("user") != "kim"]
    assert sum(event == "access-decided" and decision == "narrow" for event, decision, _ in entries) == 2
    assert sum(event == "grant-ended" and cause == "expired" for event, _, cause in entries) >= 2
    assert sum(event == "break-glass-reviewed" for event, _, _ in entries) == 2
