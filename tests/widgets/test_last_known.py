"""When nothing comes in any more the room works by a list on paper: everybody's last position, with its age, the gravest case first."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import builders
import numpy as np
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.application.playhead import PlayheadRow
from backend_bridge.application.rows import Freshness, PositionFrame
from backend_bridge.domain.case import Tier
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.queries import NotePaper, PreparePaper
from desktop.expiring_files import ExpiringFiles
from desktop.last_list import KEPT_US, LastList, print_dialog
from desktop.operations import MOST_ON_PAGES
from widgets import formats
from widgets.last_known import Circumstances, last_seen, paper_of
from widgets.printed_sheet import Draft, Maker, Sheet, content_hash

Open = Callable[..., DeskAtHand]


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the desk remembers what it deletes; a folder of the test's own, on a machine without a printer."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    return tmp_path / "state" / "bongsu"


def seen(desk: DeskAtHand) -> list[tuple[str, ...]]:
    (table,) = paper(desk).tables
    return list(table.rows)


def paper(desk: DeskAtHand, *, exercise: bool = False) -> Sheet:
    board = desk.view.board
    n_cases = None if board.room is None else board.room.n_cases
    said = Circumstances(now_us=builders.NOW_US, n_cases=n_cases, exercise=exercise)
    return paper_of(last_seen(board.cases.values(), board.devices, desk.view.frame()), said)


def no_place_is_asked_for(*_args: object) -> tuple[str, str]:
    raise AssertionError


def positions(names: list[str], measured_us: int, age: int) -> PositionFrame:
    n = len(names)
    measured = np.full(n, measured_us).astype("<i8").tobytes()
    return replace(builders.frame(names), measured_us=measured, freshness=np.full(n, age, "u1").tobytes())


def saved(desk: DeskAtHand, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Save the list by its action, under that name."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    desk.answers[NotePaper] = ()
    desk.window.actions_by_name["last_known"].trigger()
    return path


def test_the_gravest_case_comes_first_and_its_wearer_before_the_others(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.take(replace(builders.case(88), tier=Tier.LOW))
    rows = seen(desk)
    risks = [row[0] for row in rows]
    assert risks == sorted(risks, key=["high risk", "medium risk", "low risk"].index)
    of_one = [row[2] for row in rows if row[1] == "KR-SE-0142"]
    assert of_one == ["S-0142 · Wearer", "V-0142 · Protected person"], "relatives are followed by nobody"


def test_each_position_says_how_old_it_is_and_whom_the_police_ask(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.view.take_frame(positions(["ANK-0142"], builders.NOW_US - 3725 * builders.S, 3))
    wearer = next(row for row in seen(desk) if row[2].startswith("S-0142"))
    assert wearer[3:6] == ("lost", "2026-11-23 08:40:11", "1:02:05")
    assert wearer[6].startswith("37.5")
    assert wearer[7] == "±9 m"
    assert "서대문경찰서" in wearer[8]


def test_a_position_is_as_old_as_itself_and_not_as_the_row_of_its_device(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    health = desk.view.board.devices["ANK-0142"]
    desk.take(replace(health, freshness=Freshness.LATE, last_measured_us=builders.NOW_US - 46 * builders.S))
    desk.view.take_frame(positions(["ANK-0142"], builders.NOW_US - builders.S, 0))
    wearer = next(row for row in seen(desk) if row[2].startswith("S-0142"))
    assert (wearer[3], wearer[5]) == ("live", "1 s")


def test_right_after_log_in_a_position_has_its_age_before_the_row_of_its_device_came(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.take(builders.case(142))
    desk.view.take_frame(positions(["ANK-0142"], builders.NOW_US - 65 * builders.S, 2))
    wearer = next(row for row in seen(desk) if row[2].startswith("S-0142"))
    assert (wearer[3], wearer[5]) == ("stale", "1:05")


def test_a_list_that_is_not_whole_yet_says_of_how_many_cases_it_is(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.take(builders.case(142), builders.case(88))
    unknown = dict(paper(desk).facts)
    assert unknown["Cases"] == "2"
    assert unknown["NOT COMPLETE"] == "The bridge has not said yet how many cases there are."
    desk.take(builders.room(n_cases=1284))
    short = dict(paper(desk).facts)
    assert short["Cases"] == "2 of 1,284 in force"
    assert short["NOT COMPLETE"].startswith("1,282 cases are missing")
    desk.take(builders.room(n_cases=2))
    whole = dict(paper(desk).facts)
    assert whole["Cases"] == "2 of 2 in force"
    assert "NOT COMPLETE" not in whole


def test_no_list_is_made_of_a_recording(open_desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    for language, words in (("en", "Close the recording first"), ("ko", "먼저 기록 파일을 닫으십시오")):
        desk = open_desk(language)
        desk.fill()
        from_us = builders.NOW_US - 3600 * builders.S
        past = PlayheadRow(from_us=from_us, to_us=builders.NOW_US, at_us=from_us, speed=1.0, leaps=0, density=(), marks=())
        desk.take(builders.room(replay=True, playhead=past))
        monkeypatch.setattr(QFileDialog, "getSaveFileName", no_place_is_asked_for)
        told: list[str] = []
        monkeypatch.setattr(desk.window, "say", told.append)
        desk.window.actions_by_name["last_known"].trigger()
        assert [text.startswith(words) for text in told] == [True]
        assert not any(isinstance(one, PreparePaper) for one in desk.queries)


def test_after_a_recording_no_position_of_it_is_on_the_list(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    from_us = builders.NOW_US - 3600 * builders.S
    past = PlayheadRow(from_us=from_us, to_us=builders.NOW_US, at_us=from_us, speed=1.0, leaps=0, density=(), marks=())
    desk.take(builders.room(replay=True, playhead=past))
    desk.view.take_frame(builders.frame(["ANK-0142"], from_us))
    desk.take(builders.room())
    assert {row[6] for row in seen(desk)} == {"–"}
    desk.view.take_frame(builders.frame(["ANK-0142"]))
    assert any(row[6].startswith("37.5") for row in seen(desk))


def test_in_an_exercise_every_row_says_so(open_desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.take(builders.session(exercise=True))
    desk.view.take_rows("cases", tuple(builders.case(1000 + n) for n in range(MOST_ON_PAGES)), ())
    lines = saved(desk, tmp_path / "list.csv", monkeypatch).read_text(encoding="utf-8-sig").splitlines()
    people = lines[1 : lines.index("")]
    assert len(people) > 2 * MOST_ON_PAGES
    assert all("EXERCISE · KR-" in line for line in people)
    assert "EXERCISE,Nobody on this list exists. Do not act on it." in lines
    assert paper(desk, exercise=True).title == "EXERCISE · Last known positions"
    assert "EXERCISE" not in paper(desk).title


def test_who_has_no_device_or_may_not_be_seen_is_on_the_list_without_a_position(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    alone = builders.case(311, tracked=False)
    desk.take(replace(alone, people=tuple(replace(person, device=None) for person in alone.people)))
    rows = {row[2].partition(" ")[0]: row for row in seen(desk)}
    assert rows["S-0311"][3:8] == ("no device", "–", "–", "–", "")
    assert rows["V-0117"][6] == "–", "this desk was sent no position of hers"


def test_a_case_that_is_not_in_force_is_not_on_it(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.take(replace(builders.case(142), in_force=False))
    assert not any(row[1] == "KR-SE-0142" for row in seen(desk))


def test_it_is_saved_by_key_once_the_bridge_has_entered_it(open_desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk("en")
    desk.fill()
    path = saved(desk, tmp_path / "list.pdf", monkeypatch)
    assert [one.what for one in desk.queries if isinstance(one, PreparePaper)] == ["last-known"]
    assert [one.what for one in desk.queries if isinstance(one, NotePaper)] == ["last-known"]
    assert path.read_bytes().startswith(b"%PDF")


def test_a_list_of_thousands_is_saved_as_a_table_and_holds_nobody_up(
    open_desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.view.take_rows("cases", tuple(builders.case(1000 + n) for n in range(MOST_ON_PAGES)), ())
    lines = saved(desk, tmp_path / "list.csv", monkeypatch).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) > 2 * MOST_ON_PAGES
    assert "Position (WGS 84" in lines[0]


def test_a_saved_list_says_when_it_goes_and_is_gone_then(
    open_desk: Open, tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk("en")
    desk.fill()
    told: list[str] = []
    monkeypatch.setattr(desk.window, "say", lambda text, **_: told.append(text))
    path = saved(desk, tmp_path / "list.pdf", monkeypatch)
    assert path.stat().st_mode & 0o777 == 0o600
    assert told[-1].endswith(f"This desk deletes the file at {formats.minute(builders.NOW_US + KEPT_US)}.")
    assert ExpiringFiles(state).delete_due(builders.NOW_US + KEPT_US - 1) == 0
    assert ExpiringFiles(state).delete_due(builders.NOW_US + KEPT_US) == 1
    assert not path.exists()
    assert ExpiringFiles(state).delete_due(builders.NOW_US + 2 * KEPT_US) == 0


def test_what_somebody_put_in_its_place_is_left_alone(
    open_desk: Open, tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk("en")
    desk.fill()
    path = saved(desk, tmp_path / "list.pdf", monkeypatch)
    path.write_text("mine")
    assert ExpiringFiles(state).delete_due(builders.NOW_US + KEPT_US) == 0
    assert path.read_text() == "mine"


def test_a_damaged_list_of_expiring_files_holds_nothing_up(tmp_path: Path) -> None:
    (tmp_path / "passing-files.json").write_text("{")
    expiring = ExpiringFiles(tmp_path)
    assert expiring.delete_due(0) == 0
    expiring.put(tmp_path / "a.pdf", b"a", 5)
    assert expiring.delete_due(5) == 1


def test_a_file_whose_medium_is_away_is_deleted_once_that_is_back(tmp_path: Path) -> None:
    expiring, medium = ExpiringFiles(tmp_path), tmp_path / "medium"
    medium.mkdir()
    expiring.put(medium / "a.pdf", b"a", 5)
    medium.rename(tmp_path / "drawer")
    assert expiring.delete_due(5) == 0
    (tmp_path / "drawer").rename(medium)
    assert expiring.delete_due(6) == 1
    assert not (medium / "a.pdf").exists()


def test_a_file_that_cannot_be_read_just_now_is_tried_again(tmp_path: Path) -> None:
    expiring, path = ExpiringFiles(tmp_path), tmp_path / "a.pdf"
    expiring.put(path, b"a", 5)
    path.rename(tmp_path / "b.pdf")
    path.mkdir()  # cannot be read as a file, as one that is held or refused
    assert expiring.delete_due(5) == 0
    path.rmdir()
    (tmp_path / "b.pdf").rename(path)
    assert expiring.delete_due(6) == 1


def test_what_stands_there_is_not_forgotten_where_writing_over_it_fails(tmp_path: Path) -> None:
    expiring, medium = ExpiringFiles(tmp_path), tmp_path / "medium"
    medium.mkdir()
    expiring.put(medium / "a.pdf", b"a", 5)
    medium.rename(tmp_path / "drawer")
    with pytest.raises(OSError, match=r"a\.pdf"):
        expiring.put(medium / "a.pdf", b"b", 9)
    (tmp_path / "drawer").rename(medium)
    assert expiring.delete_due(5) == 1


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_print_dialog_offers_no_file_and_no_part_of_the_list(open_desk: Open, qtbot: QtBot, language: str) -> None:
    desk = open_desk(language)
    printer = QPrinter()
    dialog = print_dialog(printer, desk.window)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert not dialog.testOption(QPrintDialog.PrintDialogOption.PrintToFile)
    printers = dialog.findChild(QComboBox, "printers")
    assert printers is not None
    assert not any("PDF" in printers.itemText(at) for at in range(printers.count()))
    for name in ("gbPrintRange", "pageSetLabel", "pageSetCombo"):
        part = dialog.findChild(QWidget, name)
        assert part is not None
        assert not part.isVisibleTo(dialog), name
    cancel = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel)
    assert cancel.text().replace("&", "").startswith({"en": "Cancel", "ko": "취소"}[language]), "Qt's own words too"
    dialog.close()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_it_is_asked_in_the_desks_language_and_can_be_left(open_desk: Open, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    desk = open_desk(language)
    desk.fill()
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["room"])
    seen_words: list[list[str]] = []

    def leave(box: QMessageBox) -> int:
        seen_words.append([button.text() for button in box.buttons()])
        next(button for button in box.buttons() if box.buttonRole(button) is QMessageBox.ButtonRole.RejectRole).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", leave)
    desk.window.actions_by_name["last_known"].trigger()
    (words,) = seen_words
    assert {"en": "Cancel", "ko": "취소"}[language] in words
    assert not any(isinstance(one, PreparePaper) for one in desk.queries)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_it_is_printed_without_a_file_and_its_hash_is_entered(open_desk: Open, tmp_path: Path, language: str) -> None:
    desk = open_desk(language)
    desk.fill()
    desk.answers[NotePaper] = ()
    sheet = paper(desk)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)  # what a printer would be sent
    printer.setOutputFileName(str(tmp_path / "printed"))
    LastList(desk.window, desk.view.deeds.ask, sheet, Draft.pdf(sheet, "last-known-2026-11-23")).print_with(printer)
    assert [one.what for one in desk.queries if isinstance(one, PreparePaper)] == ["last-known"]
    (noted,) = [one for one in desk.queries if isinstance(one, NotePaper)]
    maker = Maker(user="op-1", at_us=builders.NOW_US, copy=12, purpose=Purpose.COMPLIANCE)
    assert noted.sha256 == content_hash(sheet, maker), "the hash that stands at the foot of each page"
    assert (tmp_path / "printed").read_bytes().startswith(b"%PDF")
