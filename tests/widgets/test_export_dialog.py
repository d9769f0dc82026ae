"""Positions leave only under running access that allows it; the passphrase is told once, the file is saved, its end is said."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from backend_bridge.application.access_rows import GrantRow
from backend_bridge.domain.commands import ConfirmExportGone
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.queries import MakeExport, NotePaper
from desktop.desk_link.settings import Refusal
from widgets.export_dialog import ExportDialog, ExportGoneDialog, ExportResult, exporting

Open = Callable[..., DeskAtHand]
MANIFEST = {"export": "EXP-7", "recipient": "서대문경찰서", "n_fixes": 412, "destroy_by": "2027-02-21T00:42:16Z", "request": "Q-88"}
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def grant(**changed: object) -> GrantRow:
    row = replace(builders.grants()[0], user=UserId("op-1"), fields=("track", "export"))
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def at_desk(open_desk: Open, *rows: GrantRow) -> DeskAtHand:
    desk = open_desk("en")
    desk.fill()
    desk.take(*rows)
    return desk


def messages(desk: DeskAtHand) -> str:
    return " ".join(one.text() for one in desk.window.findChildren(QLabel))


def in_dialog(kind: type, act: Callable[..., None]) -> None:
    """`act(dialog)` once a dialog of `kind` is in front, however long that takes."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            act(dialog)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)


def fill(qtbot: QtBot, recipient: str) -> None:
    def act(dialog: ExportDialog) -> None:
        ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
        assert not ok.isEnabled(), "no file without a recipient"
        qtbot.keyClicks(dialog.recipient, recipient)
        qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)

    in_dialog(ExportDialog, act)


@pytest.mark.parametrize(
    "other", [grant(user=UserId("op-2")), grant(state="expired"), grant(fields=("track",)), grant(state="awaiting-review")]
)
def test_only_ones_own_running_access_with_export_counts(other: GrantRow) -> None:
    assert exporting((other,), "op-1") == ()
    assert exporting((other, grant()), "op-1") == (grant(),)


def test_without_such_access_the_desk_says_how_to_come_by_it(open_desk: Open) -> None:
    desk = at_desk(open_desk)
    desk.press(Qt.Key.Key_X, CTRL_SHIFT)
    assert "request it first" in messages(desk)
    assert not any(isinstance(one, MakeExport) for one in desk.queries)


def test_an_export_has_its_request_period_form_and_recipient_and_is_saved(
    open_desk: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = at_desk(open_desk, grant(request=builders.request(1).request))
    desk.answers[NotePaper] = ()
    desk.answers[MakeExport] = (b"BONGSUX1...", "abcde-fghjk", json.dumps(MANIFEST))
    path = tmp_path / "EXP-7.bongsu-export"
    names: list[str] = []

    def where(*of: object) -> tuple[str, str]:
        names.append(str(of[2]))
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", where)
    seen: list[str] = []

    def keep(dialog: ExportResult) -> None:
        seen.append(" ".join(one.text() for one in dialog.findChildren(QLabel)))
        assert dialog.passphrase.text() == "abcde-fghjk"
        for name in ("copy_passphrase", "save_export", "close_export"):
            made = dialog.findChild(QPushButton, name)
            assert made is not None
            qtbot.mouseClick(made, Qt.MouseButton.LeftButton)

    fill(qtbot, "Seodaemun police")
    in_dialog(ExportResult, keep)
    desk.press(Qt.Key.Key_X, CTRL_SHIFT)
    asked = next(one for one in desk.queries if isinstance(one, MakeExport))
    row = builders.request(1)
    assert (asked.case, asked.person, asked.form, asked.recipient) == (grant().case, grant().person, "csv", "Seodaemun police")
    assert abs(asked.from_us - row.from_us) < 60 * builders.S
    assert abs(asked.to_us - row.to_us) < 60 * builders.S
    assert "2027-02-21 09:42" in seen[0], "by when it must be gone, in Korean time"
    assert names == ["EXP-7.bongsu-export"], "a file's name says nothing about anybody"
    assert path.read_bytes() == b"BONGSUX1..."
    assert QApplication.clipboard().text() == "abcde-fghjk"


def test_a_refused_export_says_why(open_desk: Open, qtbot: QtBot) -> None:
    desk = at_desk(open_desk, grant())
    desk.answers[MakeExport] = Refusal.of("not-allowed", "No.")
    fill(qtbot, "x")
    desk.press(Qt.Key.Key_X, CTRL_SHIFT)
    assert "Your role does not allow this" in messages(desk)


def test_that_an_export_is_gone_is_confirmed_with_how_it_is_known(open_desk: Open, qtbot: QtBot) -> None:
    desk = at_desk(open_desk)

    def act(dialog: ExportGoneDialog) -> None:
        qtbot.keyClicks(dialog.export, "EXP-7")
        ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
        assert not ok.isEnabled()
        qtbot.keyClicks(dialog.reason, "letter of the police")
        qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)

    in_dialog(ExportGoneDialog, act)
    desk.window.actions_by_name["export_gone"].trigger()
    assert ConfirmExportGone(export="EXP-7", reason="letter of the police") in desk.commands
