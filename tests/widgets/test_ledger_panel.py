"""Who saw what of whom: read by hand, on the screen and on paper, with who printed it on every page."""

import csv
import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path

import builders
import ledger_answers
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from backend_bridge.domain.queries import NotePaper, PreparePaper, ReadLedger, ReadLooks, ReadRegister, ReadReview, ReadSubject
from backend_bridge.domain.user import Role
from desktop.desk_link.settings import Refusal
from widgets import ledger_lists, ledger_panel
from widgets.models import ledger_columns
from widgets.printed_sheet import Maker, Paper, Sheet, SheetTable, content_hash, csv_of, pdf_of

Open = Callable[..., DeskAtHand]
DAY_US = 86_400 * builders.S


def click(desk: DeskAtHand, name: str) -> None:
    """A person clicks the button called `name` in the ledger."""
    made = desk.panels.ledger.findChild(QPushButton, name)
    assert made is not None
    assert made.isVisible()
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)


def at_ledger(open_desk: Open, language: str = "en") -> DeskAtHand:
    desk = open_desk(language)
    desk.fill()
    desk.take(builders.session(Role.SUPERVISOR))
    desk.answers |= {ReadLedger: ledger_answers.uses(), ReadReview: ledger_answers.review(), ReadLooks: ledger_answers.looks()}
    desk.answers |= {NotePaper: (), ReadRegister: ledger_answers.registered(), ReadSubject: ledger_answers.own_pack()}
    desk.press(Qt.Key.Key_F5)
    return desk


def pages_of(pdf: bytes) -> list[str]:
    buffer = QBuffer()
    buffer.setData(pdf)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    assert document.status() == QPdfDocument.Status.Ready
    return [document.getAllText(page).text() for page in range(document.pageCount())]


def said(desk: DeskAtHand) -> str:
    return " ".join(one.text() for one in desk.panels.ledger.findChildren(QLabel) if one.isVisible())


def test_the_ledger_of_the_last_month_is_read_and_shown_newest_first(open_desk: Open) -> None:
    desk = at_ledger(open_desk)
    click(desk, "ledger_read")
    asked = next(one for one in desk.queries if isinstance(one, ReadLedger))
    assert asked.to_us - asked.from_us == 30 * DAY_US + 60 * builders.S
    assert asked.to_us > builders.NOW_US
    model = desk.panels.ledger.tables["uses"].model
    assert model.rowCount() == 5
    assert "09:41:02" in str(model.index(0, 0).data())
    assert "break-glass" in str(model.index(0, 4).data())
    what = model.cell_at(0, 3)
    assert (what.top, what.bottom) == ("exact position, track", "4 · investigation of a breach · until 2026-11-23 10:41"), "Korean time"
    assert model.cell_at(0, 4).bottom == "no prior approval"


def test_nothing_is_printed_that_was_not_read(open_desk: Open) -> None:
    desk = at_ledger(open_desk)
    pdf = desk.panels.ledger.findChild(QPushButton, "ledger_pdf")
    assert pdf is not None
    assert not pdf.isEnabled()
    click(desk, "ledger_read")
    assert pdf.isEnabled()
    click(desk, "ledger_tab_review")
    assert not pdf.isEnabled()


def test_from_the_review_to_what_the_busiest_looker_saw(open_desk: Open) -> None:
    desk = at_ledger(open_desk)
    click(desk, "ledger_tab_review")
    click(desk, "ledger_read")
    table = desk.panels.ledger.tables["review"].table
    table.setFocus()
    table.choose("op-2")
    QTest.keyClick(table, Qt.Key.Key_Return)
    asked = next(one for one in desk.queries if isinstance(one, ReadLooks))
    assert (asked.user, asked.person) == ("op-2", "V-0142")
    assert desk.panels.ledger.tables["seen"].count() == 4


def test_who_and_whom_are_typed_and_both_are_needed(open_desk: Open) -> None:
    desk = at_ledger(open_desk)
    click(desk, "ledger_tab_seen")
    QTest.keyClicks(desk.panels.ledger.user.lineEdit(), "op-9")
    click(desk, "ledger_read")
    assert not any(isinstance(one, ReadLooks) for one in desk.queries)
    QTest.keyClicks(desk.panels.ledger.person.lineEdit(), "V-0088")
    click(desk, "ledger_read")
    asked = next(one for one in desk.queries if isinstance(one, ReadLooks))
    assert (asked.user, asked.person) == ("op-9", "V-0088")


@pytest.mark.parametrize(("language", "sentence"), [("en", "Your role does not allow this"), ("ko", "권한")])
def test_a_refusal_is_said_in_the_panel(open_desk: Open, language: str, sentence: str) -> None:
    desk = at_ledger(open_desk, language)
    desk.answers[ReadLedger] = Refusal.of("not-allowed", "Your role does not allow ledger.")
    click(desk, "ledger_read")
    assert sentence in said(desk)
    assert desk.panels.ledger.tables["uses"].count() == 0


def test_the_ledger_is_saved_as_pdf_with_user_time_and_hash_on_every_page(
    open_desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = at_ledger(open_desk)
    click(desk, "ledger_read")
    path = tmp_path / "ledger.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    click(desk, "ledger_pdf")
    pages = pages_of(path.read_bytes())
    for page in pages:
        mark = "sup-1 · 2026-11-23 09:42:16 KST · 2 · order kept · copy 12"
        assert " ".join(page.split()).count(mark) >= 2, "at the foot and across the page"
        assert re.search(r"SHA-256 [0-9a-f]{64}", page)
    assert "S-0097" in pages[0]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    entered = [one for one in desk.queries if isinstance(one, PreparePaper | NotePaper)]
    assert entered == [PreparePaper(what="uses"), NotePaper(what="uses", sha256=digest, copy=12)], "entered before it is drawn, and after"
    assert digest in {one.text().rpartition(" ")[2] for one in desk.window.findChildren(QLabel)}


def test_what_the_bridge_did_not_enter_is_said_to_be_so(open_desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = at_ledger(open_desk)
    desk.answers[NotePaper] = Refusal.of("link-lost", "There is no link.")
    click(desk, "ledger_read")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "x.csv"), ""))
    click(desk, "ledger_csv")
    assert any("the bridge did not enter it in the log" in one.text() for one in desk.window.findChildren(QLabel))


def test_what_the_bridge_does_not_enter_first_is_not_printed(open_desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = at_ledger(open_desk)
    desk.answers[PreparePaper] = Refusal.of("link-lost", "There is no link.")
    click(desk, "ledger_read")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "x.csv"), ""))
    click(desk, "ledger_csv")
    assert any("Nothing was printed" in one.text() for one in desk.window.findChildren(QLabel))
    assert not list(tmp_path.iterdir())
    assert not any(isinstance(one, NotePaper) for one in desk.queries)


def test_a_list_that_cannot_be_saved_says_why(open_desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = at_ledger(open_desk)
    click(desk, "ledger_read")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "where.csv"), ""))
    click(desk, "ledger_csv")
    assert any("It was not saved" in one.text() for one in desk.window.findChildren(QLabel))


def test_the_register_shows_who_asked_for_whom_who_decided_and_what_came_of_it(open_desk: Open) -> None:
    desk = at_ledger(open_desk)
    click(desk, "ledger_tab_register")
    click(desk, "ledger_read")
    model = desk.panels.ledger.tables["register"].model
    assert [model.key_at(at) for at in range(3)] == ["G-97", "Q-41", "Q-40"]
    words = " ".join(str(model.index(1, column).data()) for column in range(model.columnCount()))
    for wanted in ("서대문경찰서", "S-0117", "approved, narrowed", "sup-2", "6 looks", "expired"):
        assert wanted in words
    assert "court permitted: 2026영장1203" in str(model.index(0, 5).data())


def test_the_register_on_paper_has_paper_period_reason_and_what_was_handed_out(open_desk: Open) -> None:
    desk = at_ledger(open_desk)
    click(desk, "ledger_tab_register")
    click(desk, "ledger_read")
    papers: list[Paper] = []
    desk.panels.ledger.on_save = lambda draft: papers.append(draft.draw(MAKER))
    click(desk, "ledger_csv")
    line = next(one for one in lines_of(papers[0]) if one and one[0].startswith("Q-41"))
    for wanted in ("영장 2026-1187", "2026-11-21 20:00 – 2026-11-22 20:00", "위치만으로 충분함", "EXP-1 (csv) to 서대문경찰서"):
        assert any(wanted in cell for cell in line)


def test_a_persons_own_pack_lists_what_is_held_and_every_use(open_desk: Open) -> None:
    desk = at_ledger(open_desk)
    click(desk, "ledger_tab_subject")
    assert not desk.panels.ledger.user.isVisible()
    QTest.keyClicks(desk.panels.ledger.person.lineEdit(), "V-0142")
    click(desk, "ledger_read")
    assert any(isinstance(one, ReadSubject) and one.person == "V-0142" for one in desk.queries)
    model = desk.panels.ledger.tables["subject"].model
    assert str(model.index(0, 0).data()) == "held now"
    assert [str(model.index(at, 1).data()) for at in range(3)] == ["data held", "access opened", "looked at"]


def sheet(n_rows: int, cell: str = "S-0001") -> Sheet:
    rows = tuple((str(at), cell) for at in range(n_rows))
    return Sheet(title="Ledger", facts=(("Period", "November"),), tables=(SheetTable(title="Uses", heads=("No.", "Whom"), rows=rows),))


MAKER = Maker(user="auditor-1", at_us=builders.NOW_US)


def test_long_lists_go_on_over_pages_and_lose_nothing(open_desk: Open) -> None:
    open_desk()
    pages = pages_of(pdf_of(sheet(200), "x", MAKER).data)
    assert len(pages) > 3
    digest = content_hash(sheet(200), MAKER)
    assert all(f"{digest} · {at + 1}/{len(pages)}" in page for at, page in enumerate(pages))
    found = [int(number) for page in pages for number in re.findall(r"^(\d+)\s+S-0001", page, flags=re.MULTILINE)]
    assert found == list(range(200))


def lines_of(paper: Paper) -> list[list[str]]:
    return list(csv.reader(io.StringIO(paper.data.decode("utf-8-sig"))))


def test_what_is_printed_is_dark_also_at_a_desk_of_the_night(open_desk: Open) -> None:
    open_desk("en", "night")
    buffer = QBuffer()
    buffer.setData(pdf_of(sheet(1), "x", MAKER).data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    image = document.render(0, QSize(1400, 1000))
    head = [image.pixelColor(x, y).lightness() for x in range(60, 300) for y in range(60, 120) if image.pixelColor(x, y).alpha() == 255]
    assert min(head) < 60


def test_csv_holds_the_same_list_its_maker_and_its_hash(open_desk: Open) -> None:
    open_desk()
    lines = lines_of(csv_of(sheet(3), "x", MAKER))
    assert lines[:4] == [["No.", "Whom"], ["0", "S-0001"], ["1", "S-0001"], ["2", "S-0001"]]
    assert ["Printed by", "auditor-1"] in lines
    assert ["SHA-256", content_hash(sheet(3), MAKER)] in lines


def test_no_cell_of_csv_is_a_formula(open_desk: Open) -> None:
    open_desk()
    assert lines_of(csv_of(sheet(1, "=HYPERLINK(1)"), "x", MAKER))[1] == ["0", "'=HYPERLINK(1)"]


def test_another_list_has_another_hash() -> None:
    assert content_hash(sheet(3), MAKER) != content_hash(sheet(4), MAKER)
    assert content_hash(sheet(3), MAKER) != content_hash(sheet(3), Maker(user="auditor-2", at_us=builders.NOW_US))


def test_the_review_says_the_share_without_an_alarm_and_how_to_go_on(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    review = next(one for one in ledger_lists.LOOKERS.rows(ledger_answers.review()) if one.user == "op-2")
    cells = {column.key: column for column in ledger_columns.LOOKERS}
    assert cells["without"].cell(review, 0).top == "121 · 66%"
    assert cells["often"].apart, "a figure before it does not touch its words"
    assert ledger_lists.LOOKERS.model().headerData(7, Qt.Orientation.Horizontal) == "\u2002Repeated looks"
    panel = desk.panels.ledger
    panel.tabs.button(ledger_panel.LISTS.index(ledger_lists.LOOKERS)).click()
    panel._take(ledger_lists.LOOKERS, panel.wish(), ledger_answers.review())
    assert panel._foot.text().endswith("Enter or a double-click on a row: what this user saw.")
    assert panel.tabs.button(0).property("kind") == "tab"
