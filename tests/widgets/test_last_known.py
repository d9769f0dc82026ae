"""When nothing comes in any more the room works by a list on paper: everybody's last position, with its age, the gravest case first."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtWidgets import QFileDialog

from backend_bridge.application.rows import Freshness
from backend_bridge.domain.case import Tier
from backend_bridge.domain.queries import NotePaper, PreparePaper
from desktop.operations import MOST_ON_PAGES
from widgets.last_known import last_seen, paper_of

Open = Callable[..., DeskAtHand]


def seen(desk: DeskAtHand) -> list[tuple[str, ...]]:
    board = desk.view.board
    (table,) = paper_of(last_seen(board.cases.values(), board.devices, desk.view.frame()), builders.NOW_US).tables
    return list(table.rows)


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
    health = desk.view.board.devices["ANK-0142"]
    desk.take(replace(health, freshness=Freshness.LOST, last_measured_us=builders.NOW_US - 3725 * builders.S))
    wearer = next(row for row in seen(desk) if row[2].startswith("S-0142"))
    assert wearer[3:6] == ("lost", "2026-11-23 08:40:11", "1:02:05")
    assert wearer[6].startswith("37.5")
    assert wearer[7] == "±10 m"
    assert "서대문경찰서" in wearer[8]


def test_who_has_no_device_or_may_not_be_seen_is_on_the_list_without_a_position(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    alone = builders.case(311, tracked=False)
    desk.take(replace(alone, people=tuple(replace(person, device=None) for person in alone.people)))
    rows = {row[2].partition(" ")[0]: row for row in seen(desk)}
    assert rows["S-0311"][3:8] == ("no device", "–", "–", "–", "")
    assert rows["V-0088"][6] == "–", "this desk was sent no position of hers"


def test_a_case_that_is_not_in_force_is_not_on_it(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.take(replace(builders.case(142), in_force=False))
    assert not any(row[1] == "KR-SE-0142" for row in seen(desk))


def test_it_is_saved_by_key_once_the_bridge_has_entered_it(open_desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk("en")
    desk.fill()
    path = tmp_path / "list.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    desk.answers[NotePaper] = ()
    desk.window.actions_by_name["last_known"].trigger()
    assert [one.what for one in desk.queries if isinstance(one, PreparePaper)] == ["last-known"]
    assert [one.what for one in desk.queries if isinstance(one, NotePaper)] == ["last-known"]
    assert path.read_bytes().startswith(b"%PDF")


def test_a_list_of_thousands_is_saved_as_a_table_and_holds_nobody_up(
    open_desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.view.take_rows("cases", tuple(builders.case(1000 + n) for n in range(MOST_ON_PAGES)), ())
    path = tmp_path / "list.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    desk.answers[NotePaper] = ()
    desk.window.actions_by_name["last_known"].trigger()
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) > 2 * MOST_ON_PAGES
    assert "Position (WGS 84)" in lines[0]
