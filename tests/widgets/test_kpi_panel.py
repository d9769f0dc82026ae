"""The figures of a shift are the bridge's own, by desk, on the screen and on paper; the desk counts nothing itself."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import asdict

import builders
import ledger_answers
from desk_at_hand import DeskAtHand
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from backend_bridge.domain.queries import ReadFigures
from desktop.desk_link.settings import Refusal
from widgets.kpi_sheet import CURES, cure_text, read_sheet, source_text
from widgets.printed_sheet import Maker, Paper

Open = Callable[..., DeskAtHand]
HOUR_US = 3600 * builders.S


def at_statistics(open_desk: Open) -> DeskAtHand:
    desk = open_desk("en")
    desk.fill()
    desk.answers[ReadFigures] = ledger_answers.figures()
    desk.press(Qt.Key.Key_F4)
    return desk


def test_how_many_messages_a_protected_person_is_sent_stands_with_the_figures(open_desk: Open) -> None:
    words = said(at_statistics(open_desk))
    assert "2.5 | messages to a protected person | most to one: 6" in words


def asked(desk: DeskAtHand) -> list[ReadFigures]:
    return [one for one in desk.queries if isinstance(one, ReadFigures)]


def said(desk: DeskAtHand) -> str:
    return " | ".join(one.text() for one in desk.panels.kpi.findChildren(QLabel)).replace("\u00a0", " ")


def test_the_desk_keeps_every_figure_of_the_bridge() -> None:
    (text,) = ledger_answers.figures()
    assert json.loads(json.dumps(asdict(read_sheet(text)))) == json.loads(text)


def test_how_soon_alarms_were_on_a_screen_stands_with_the_figures_against_its_aim(open_desk: Open) -> None:
    words = said(at_statistics(open_desk))
    received, happened = read_sheet(ledger_answers.figures()[0]).to_screen
    assert f"receipt at the bridge | 64 | {received.median_s:.2f} s | {received.p95_s:.2f} s | {received.p99_s:.2f} s | 2 s | 98%" in words
    assert f"the moment it happened | 64 | {happened.median_s:.2f} s | " in words
    assert "95% | 99% | Target" in words


def test_the_figures_of_the_shift_are_asked_of_the_bridge_and_shown_as_they_came(open_desk: Open) -> None:
    desk = at_statistics(open_desk)
    assert asked(desk)[-1] == ReadFigures(from_us=builders.session().shift_started_us or 0, to_us=builders.NOW_US + 1, seat=None)
    sheet = read_sheet(ledger_answers.figures()[0])
    for wanted in (str(sheet.n_alarms), "target: 98.5%", "flood: more than 10", "desk-1", "desk-2", "op-2"):
        assert wanted in said(desk)


def test_the_loudest_sources_stand_with_what_would_calm_them(open_desk: Open) -> None:
    desk = at_statistics(open_desk)
    assert "KR-SE-0142 · Zone breach · Z1" in said(desk)
    assert "propose a change of zone or ring" in said(desk)
    assert "whole room · System" in said(desk)
    assert {cure_text(code) for code in CURES} == set(CURES.values())
    assert source_text("KR-1/silent/-") == "KR-1 · No signal"


def test_one_desk_and_another_period_are_asked_for_by_hand(open_desk: Open) -> None:
    desk = at_statistics(open_desk)
    desk.panels.kpi.seat.setFocus()
    QTest.keyClick(desk.panels.kpi.seat, Qt.Key.Key_Down)
    assert asked(desk)[-1].seat == "desk-1"
    desk.panels.kpi.shift.setFocus()
    QTest.keyClick(desk.panels.kpi.shift, Qt.Key.Key_Down)
    assert asked(desk)[-1].to_us - asked(desk)[-1].from_us == 8 * HOUR_US + 1


def test_figures_that_are_looked_at_are_asked_anew_after_five_minutes_and_not_each_second(open_desk: Open) -> None:
    desk = at_statistics(open_desk)
    n = len(asked(desk))
    desk.panels.kpi.show_now(builders.NOW_US + 299 * builders.S)
    assert len(asked(desk)) == n
    desk.panels.kpi.show_now(builders.NOW_US + 300 * builders.S)
    assert len(asked(desk)) == n + 1
    desk.press(Qt.Key.Key_F2)
    desk.panels.kpi.show_now(builders.NOW_US + 900 * builders.S)
    assert len(asked(desk)) == n + 1


def test_alarms_older_than_a_day_are_counted_and_stand_out(open_desk: Open) -> None:
    desk = at_statistics(open_desk)
    desk.take(builders.alarm(7, known_us=builders.NOW_US - 25 * HOUR_US))
    desk.view.tick()
    figure, name, _ = next(parts for parts in desk.panels.kpi._figures if parts[1].text() == "older than 24\u00a0h")
    assert (figure.text(), name.text(), figure.property("look")) == ("1", "older than 24\u00a0h", "look")


def test_a_refusal_is_said(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.answers[ReadFigures] = Refusal.of("not-allowed", "No.")
    desk.press(Qt.Key.Key_F4)
    assert "Your role does not allow this" in said(desk)


def test_the_figures_are_saved_as_csv_with_sources_and_desks(open_desk: Open) -> None:
    desk = at_statistics(open_desk)
    papers: list[Paper] = []
    desk.panels.kpi.on_save = lambda draft: papers.append(draft.draw(Maker(user="sup-1", at_us=builders.NOW_US)))
    for name in ("kpi_csv", "kpi_pdf"):
        made = desk.panels.kpi.findChild(QPushButton, name)
        assert made is not None
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    lines = list(csv.reader(io.StringIO(papers[0].data.decode("utf-8-sig"))))
    assert any(line[:2] == ["desk-1", "op-1"] for line in lines)
    assert any(line[:2] == ["receipt at the bridge", "64"] for line in lines)
    assert any(line[1:2] == ["KR-SE-0142 · Zone breach · Z1"] for line in lines)
    assert papers[1].data.startswith(b"%PDF")


def test_figures_stand_under_their_headings_to_the_right_and_bars_have_times(open_desk: Open) -> None:
    desk = at_statistics(open_desk)
    grid = desk.panels.kpi._screen
    heads = [grid.itemAtPosition(0, at) for at in range(grid.columnCount())]
    words = {item.widget().text(): item for item in heads if item is not None and item.widget() is not None}
    assert words["Median"].alignment() == Qt.AlignmentFlag.AlignRight
    assert words["Median"].widget().property("words") == "caption"
    assert words["Counted from"].alignment() == Qt.AlignmentFlag.AlignLeft
    assert "Target" in words
    under = grid.itemAtPosition(1, 2)
    assert under is not None
    assert under.alignment() == Qt.AlignmentFlag.AlignRight
    assert "of these within 30 s" in said(desk), "of what the share is"
    times = [text for _, text in desk.panels.kpi._histogram.times()]
    assert len(times) >= 3
    assert all(text.endswith("0") and len(text) == 5 for text in times)
