"""The state of the log and what is due for destruction: seen, rehearsed, decided by another, held, and certified."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import access_rows
import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from backend_bridge.domain.commands import (
    ConfirmExportGone,
    DecideDeletion,
    DecideDestruction,
    LiftHold,
    PlaceHold,
    ProposeDeletion,
    RequestDestruction,
)
from backend_bridge.domain.queries import PlanDestruction, PlanRetention, ReadCertificate
from backend_bridge.domain.retention import Ground
from backend_bridge.domain.user import Role
from desktop.desk_link.settings import Refusal
from widgets import phrases_upkeep
from widgets.drawing import Symbol
from widgets.export_dialog import ExportGoneDialog
from widgets.phrases_upkeep import DESTRUCTION_STATES, GROUNDS
from widgets.reason_dialog import ReasonDialog
from widgets.retention_dialog import RetentionQuestion
from widgets.upkeep_dialogs import CertificateView, DestructionQuestion, HoldQuestion

Open = Callable[..., DeskAtHand]
PLAN = {
    "case": "KR-SE-0023",
    "fixes": {"ANK-0023": 184220, "VIC-0023": 90211},
    "events": {"ANK-0023": 412},
    "versions": 3,
    "log_entries": 1840,
    "files": ["a.bongsu", "b.csv.age"],
}


def at_upkeep(open_desk: Open, role: Role = Role.SUPERVISOR, chosen: str = "DES-23") -> DeskAtHand:
    desk = open_desk("en")
    desk.fill()
    desk.take(builders.session(role), *access_rows.destructions(), access_rows.hold())
    desk.press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    desk.panels.upkeep.destructions.table.choose(chosen)
    return desk


def button(desk: DeskAtHand, name: str) -> QPushButton:
    found = desk.panels.upkeep.findChild(QPushButton, name)
    assert found is not None
    return found


def click(desk: DeskAtHand, name: str) -> None:
    QTest.mouseClick(button(desk, name), Qt.MouseButton.LeftButton)


def said(desk: DeskAtHand) -> str:
    return " ".join(one.text() for one in desk.panels.upkeep.findChildren(QLabel) if one.isVisible())


def says(desk: DeskAtHand, words: str) -> None:
    assert words in said(desk)


def in_dialog(kind: type, act: Callable[..., None]) -> None:
    """`act(dialog)` once a dialog of `kind` has come up."""

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        act(dialog)

    QTimer.singleShot(50, run)


def reasoned(qtbot: QtBot, words: str) -> Callable[[ReasonDialog], None]:
    def act(dialog: ReasonDialog) -> None:
        qtbot.keyClicks(dialog.text, words)
        qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)

    return act


def test_every_ground_and_state_has_its_words() -> None:
    assert set(GROUNDS) == set(Ground)
    assert set(DESTRUCTION_STATES) == {"due", "waiting", "approved", "done", "refused", "lapsed"}


def test_a_log_that_nobody_copied_outside_stands_out(open_desk: Open) -> None:
    desk = at_upkeep(open_desk)
    looks = [figure.property("look") for figure, _, _ in desk.panels.upkeep._gauges]
    assert looks == ["", "", ""]
    desk.take(builders.room(last_outside_copy_us=None, last_checkpoint_us=builders.NOW_US - 7200 * builders.S))
    looks = [figure.property("look") for figure, _, _ in desk.panels.upkeep._gauges]
    assert looks == ["", "look", "look"]
    assert "never" in said(desk)


def test_what_waits_for_a_decision_is_on_top_and_what_is_over_at_the_end(open_desk: Open) -> None:
    desk = at_upkeep(open_desk)
    model = desk.panels.upkeep.destructions.model
    assert [model.key_at(at) for at in range(model.rowCount())] == ["DES-23", "DES-35", "DES-17", "DES-31", "DES-97"]


def test_a_dry_run_says_what_would_become_unreadable(open_desk: Open, qtbot: QtBot) -> None:
    desk = at_upkeep(open_desk)
    desk.answers[PlanDestruction] = (json.dumps(PLAN),)
    click(desk, "plan_destruction")
    assert PlanDestruction(case=builders.case_id(23)) in desk.queries
    for words in ("ANK-0023 184,220, VIC-0023 90,211", "1,840", "Recordings, exports and copies"):
        qtbot.waitUntil(partial(says, desk, words))
    desk.panels.upkeep.destructions.table.choose("DES-17")
    assert "1,840" not in said(desk), "a plan is of its own case"


def test_a_refused_dry_run_says_why(open_desk: Open, qtbot: QtBot) -> None:
    desk = at_upkeep(open_desk)
    desk.answers[PlanDestruction] = Refusal.of("not-allowed", "No.")
    click(desk, "plan_destruction")
    qtbot.waitUntil(partial(says, desk, "Your role does not allow this"))


@pytest.mark.parametrize("name", ["approve_destruction", "refuse_destruction"])
def test_another_supervisor_decides_with_a_reason(open_desk: Open, qtbot: QtBot, name: str) -> None:
    desk = at_upkeep(open_desk)
    in_dialog(ReasonDialog, reasoned(qtbot, "judgement checked"))
    click(desk, name)
    row = access_rows.destruction(23)
    assert [one for one in desk.commands if isinstance(one, DecideDestruction)] == [
        DecideDestruction(destruction=row.destruction, approve=name.startswith("approve"), reason="judgement checked")
    ]


def test_destroying_names_the_case_and_that_it_cannot_be_undone(open_desk: Open) -> None:
    desk = at_upkeep(open_desk)
    titles: list[str] = []

    def look(dialog: ReasonDialog) -> None:
        titles.append(dialog.windowTitle())
        dialog.reject()

    in_dialog(ReasonDialog, look)
    click(desk, "approve_destruction")
    assert "KR-SE-0023" in titles[0]
    assert "cannot be undone" in titles[0]
    assert not any(isinstance(one, DecideDestruction) for one in desk.commands)


@pytest.mark.parametrize(("chosen", "words"), [("DES-35", "another person decides"), ("DES-31", "A legal hold until")])
def test_ones_own_request_and_what_is_held_cannot_be_destroyed(open_desk: Open, chosen: str, words: str) -> None:
    desk = at_upkeep(open_desk, chosen=chosen)
    assert not button(desk, "approve_destruction").isEnabled()
    assert words in said(desk)


def test_a_destruction_is_asked_for_with_ground_and_reason(open_desk: Open, qtbot: QtBot) -> None:
    desk = at_upkeep(open_desk)

    def fill(dialog: DestructionQuestion) -> None:
        ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
        dialog.case.lineEdit().selectAll()
        qtbot.keyClicks(dialog.case.lineEdit(), "KR-SE-0203")
        assert not ok.isEnabled()
        qtbot.keyClick(dialog.ground, Qt.Key.Key_Down)
        qtbot.keyClicks(dialog.reason, "final acquittal")
        qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)

    in_dialog(DestructionQuestion, fill)
    click(desk, "ask_destruction")
    assert RequestDestruction(case=builders.case_id(203), ground=Ground.ACQUITTED, reason="final acquittal") in desk.commands


def test_old_positions_are_proposed_once_their_number_their_limit_and_the_holds_are_seen(open_desk: Open, qtbot: QtBot) -> None:
    desk = at_upkeep(open_desk)
    desk.answers[PlanRetention] = (json.dumps(access_rows.OLD_PLAN),)

    def fill(dialog: RetentionQuestion) -> None:
        shown = " ".join(one.text() for one in dialog.findChildren(QLabel))
        for words in ("184,220 of 38 devices, in 31 of 412 cases", "KR-SE-0031 until", "(sup-1)", "KR-SE-0044", "art. 31-8(4)3"):
            assert words in shown
        ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
        assert not ok.isEnabled()
        qtbot.keyClicks(dialog.reason, "month is over")
        qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)

    in_dialog(RetentionQuestion, fill)
    click(desk, "old_positions")
    assert PlanRetention() in desk.queries
    assert ProposeDeletion(reason="month is over") in desk.commands


@pytest.mark.parametrize("answer", [(json.dumps(access_rows.OLD_PLAN | {"fixes": 0}),), Refusal.of("not-allowed", "No.")])
def test_nothing_is_proposed_where_nothing_is_too_old_or_the_bridge_says_no(open_desk: Open, qtbot: QtBot, answer: object) -> None:
    desk = at_upkeep(open_desk)
    desk.answers[PlanRetention] = answer

    def look(dialog: RetentionQuestion) -> None:
        qtbot.keyClicks(dialog.reason, "month is over")
        assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
        dialog.reject()

    in_dialog(RetentionQuestion, look)
    click(desk, "old_positions")
    assert not any(isinstance(one, ProposeDeletion) for one in desk.commands)


@pytest.mark.parametrize("name", ["approve_destruction", "refuse_destruction"])
def test_another_supervisor_sees_what_would_go_and_decides_about_old_positions(open_desk: Open, qtbot: QtBot, name: str) -> None:
    desk = at_upkeep(open_desk)
    desk.take(access_rows.old_positions())
    desk.panels.upkeep.destructions.table.choose("OLD-4")
    desk.answers[PlanRetention] = (json.dumps(access_rows.OLD_PLAN),)
    click(desk, "plan_destruction")
    row = access_rows.old_positions()
    assert PlanRetention(proposal=row.destruction) in desk.queries
    qtbot.waitUntil(partial(says, desk, "184,220 of 38 devices"))
    in_dialog(ReasonDialog, reasoned(qtbot, "counted"))
    click(desk, name)
    assert DecideDeletion(proposal=row.destruction, approve=name.startswith("approve"), reason="counted") in desk.commands


def test_ones_own_proposal_about_old_positions_is_for_another_person(open_desk: Open) -> None:
    desk = at_upkeep(open_desk)
    desk.take(access_rows.old_positions(mine=True))
    desk.panels.upkeep.destructions.table.choose("OLD-4")
    assert not button(desk, "approve_destruction").isEnabled()
    assert not button(desk, "refuse_destruction").isEnabled()
    assert "another person decides" in said(desk)


def test_a_hold_is_placed_for_90_days_unless_said_otherwise_and_lifted_with_a_reason(open_desk: Open, qtbot: QtBot) -> None:
    desk = at_upkeep(open_desk)

    def fill(dialog: HoldQuestion) -> None:
        assert dialog.case_id() == builders.case_id(23)
        qtbot.keyClicks(dialog.reason, "retrial")
        qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)

    in_dialog(HoldQuestion, fill)
    click(desk, "place_hold")
    placed = next(one for one in desk.commands if isinstance(one, PlaceHold))
    assert (placed.case, placed.reason) == (builders.case_id(23), "retrial")
    assert abs(placed.until_us - builders.NOW_US - 90 * access_rows.DAY_US) < 60 * builders.S
    desk.panels.upkeep.holds.table.choose("KR-SE-0031")
    in_dialog(ReasonDialog, reasoned(qtbot, "retrial refused"))
    click(desk, "lift_hold")
    assert LiftHold(case=builders.case_id(31), reason="retrial refused") in desk.commands


def test_what_cannot_be_undone_stands_apart_and_looks_so(open_desk: Open) -> None:
    desk = at_upkeep(open_desk)
    destroy, refuse = button(desk, "approve_destruction"), button(desk, "refuse_destruction")
    assert destroy.property("kind") == "danger"
    assert refuse.property("kind") is None
    gap = destroy.y() - refuse.geometry().bottom()
    assert gap > refuse.y() - button(desk, "plan_destruction").geometry().bottom(), "further off than the others from one another"
    assert not button(desk, "lift_hold").isEnabled(), "no hold is chosen"
    desk.panels.upkeep.holds.table.choose("KR-SE-0031")
    assert button(desk, "lift_hold").isEnabled()


def test_calm_ages_of_the_log_are_no_larger_than_what_is_overdue(open_desk: Open) -> None:
    desk = at_upkeep(open_desk)
    figure, _name, note = desk.panels.upkeep._gauges[0]
    assert figure.property("words") == "strong"
    assert note.text().startswith("due every")


@pytest.mark.parametrize(
    ("cited", "english"),
    [
        ("전자장치부착법 제31조의8제4항제3호", "Electronic Monitoring Act art. 31-8(4)3"),
        ("전자장치부착법 시행령 제14조의4", "Electronic Monitoring Decree art. 14-4"),
        ("전자장치부착법 제16조제5항", "Electronic Monitoring Act art. 16(5)"),
        ("LO 1/2004 art. 64", "LO 1/2004 art. 64"),
    ],
)
def test_a_provision_is_cited_in_the_language_of_the_desk(open_desk: Open, cited: str, english: str) -> None:
    open_desk("en")
    assert phrases_upkeep.provision(cited) == english
    open_desk("ko")
    assert phrases_upkeep.provision(cited) == cited


def test_a_hold_has_a_sign_of_its_own(open_desk: Open) -> None:
    desk = at_upkeep(open_desk)
    table = desk.panels.upkeep.destructions.model
    at = table.position_of("DES-31")
    assert at is not None
    assert table.cell_at(at, 0).symbol is Symbol.PAUSE, "a shield is access, and a protected person"


def test_a_certificate_is_read_and_saved_as_it_was_signed(
    open_desk: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = at_upkeep(open_desk, chosen="DES-97")
    signed = '{"certificate": "{}", "signature": "…"}'
    desk.answers[ReadCertificate] = ("파기 증명서 · Certificate of destruction\n\n번호 · Number: DES-97", signed)
    paths = {"JSON (*.json)": tmp_path / "c.json", "PDF (*.pdf)": tmp_path / "c.pdf"}
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *of: (str(paths[of[3]]), ""))

    def keep(dialog: CertificateView) -> None:
        assert "DES-97" in dialog.text.toPlainText()
        for name in ("certificate_pdf", "certificate_signed", "certificate_close"):
            made = dialog.findChild(QPushButton, name)
            assert made is not None
            qtbot.mouseClick(made, Qt.MouseButton.LeftButton)

    in_dialog(CertificateView, keep)
    click(desk, "certificate")
    assert paths["JSON (*.json)"].read_text(encoding="utf8") == signed
    assert paths["PDF (*.pdf)"].read_bytes().startswith(b"%PDF")


def test_an_auditor_looks_and_decides_nothing(open_desk: Open) -> None:
    desk = at_upkeep(open_desk, Role.AUDITOR)
    for name in ("approve_destruction", "refuse_destruction", "ask_destruction", "place_hold", "lift_hold"):
        assert not button(desk, name).isVisible()
    assert button(desk, "plan_destruction").isVisible()


def test_what_is_out_longest_is_on_top_with_how_long_it_is_overdue_and_the_head_counts(open_desk: Open) -> None:
    desk = at_upkeep(open_desk)
    desk.take(*access_rows.exports())
    exports = desk.panels.upkeep.exports
    model = exports.list.model
    assert [model.key_at(at) for at in range(model.rowCount())] == ["EXP-9", "EXP-14", "EXP-12", "EXP-4"]
    assert "3 out, 1 of them overdue" in said(desk)
    desk.take(access_rows.export(9, state="destroyed", confirmed_us=builders.NOW_US, reason="letter"))
    assert "2 out" in said(desk)
    assert "overdue" not in said(desk)


def test_a_supervisor_confirms_that_a_file_is_destroyed_and_an_auditor_does_not(open_desk: Open, qtbot: QtBot) -> None:
    desk = at_upkeep(open_desk)
    desk.take(*access_rows.exports())
    exports = desk.panels.upkeep.exports
    exports.list.table.choose("EXP-4")
    assert not button(desk, "confirm_export_gone").isEnabled(), "it is destroyed already"
    exports.list.table.choose("EXP-9")

    def fill(dialog: ExportGoneDialog) -> None:
        qtbot.keyClicks(dialog.reason, "returned on paper")
        qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)

    in_dialog(ExportGoneDialog, fill)
    click(desk, "confirm_export_gone")
    assert ConfirmExportGone(export="EXP-9", reason="returned on paper") in desk.commands
    desk.take(builders.session(Role.AUDITOR))
    assert not button(desk, "confirm_export_gone").isEnabled()
