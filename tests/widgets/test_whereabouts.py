"""Where people are, as it can be said on the telephone: streets of the desk's own map, sides and courses of the newest frame."""

from collections.abc import Callable
from dataclasses import replace

import builders
import numpy as np
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from backend_bridge.domain.commands import DispatchUnit
from widgets import phrases_where
from widgets.phrases_where import Way

Open = Callable[..., DeskAtHand]


def where(desk: DeskAtHand) -> str:
    """What the case panel says of the wearer's whereabouts; empty while it is hidden."""
    words = desk.panels.case.findChild(QLabel, "case_where")
    assert words is not None
    return words.text() if words.isVisible() else ""


@pytest.mark.parametrize(("language", "street"), [("en", "near Yonsei-ro"), ("ko", "연세로 부근")])
def test_a_unit_is_sent_to_the_street_of_the_protected_person_and_not_to_the_wearers(
    open_desk: Open, qtbot: QtBot, language: str, street: str
) -> None:
    desk = open_desk(language)
    desk.fill()
    desk.work()
    moved = replace(
        builders.frame(["ANK-0142", "VIC-0142"]),
        lat_deg=np.array([37.5585, 37.5555]).tobytes(),  # she is at Sinchon Station
        lon_deg=np.array([126.945, 126.9369]).tobytes(),
    )
    desk.view.take_frame(moved)

    def label() -> str:
        desk.view.choose_case(builders.case_id(88))
        desk.view.choose_case(builders.case_id(142))
        place = desk.view.destination()
        assert place is not None
        return phrases_where.spoken(place[1])

    assert "V-0142" in label(), "until the map has answered, it is said whose position it is"
    assert "720" not in label()
    qtbot.waitUntil(lambda: street in (phrases_where.spoken(place[1]) if (place := desk.view.destination()) else ""), timeout=30_000)
    place = desk.view.destination()
    assert place is not None
    words = phrases_where.spoken(place[1])
    assert words.endswith("±11 m")
    assert desk.panels.incident.to.itemText(0) == f"{'To the person' if language == 'en' else '보호대상자에게'} · {words}"
    desk.window.raise_dock("incident")
    desk.panels.alarms.table.setFocus()
    desk.panels.incident.dispatch()
    assert [(each.label, each.spoken) for each in desk.commands if isinstance(each, DispatchUnit)] == [(words, place[1])]


def test_the_case_panel_says_where_the_wearer_comes_from_and_near_which_street(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk()
    desk.fill()
    desk.view.choose_case(builders.case_id(142))
    desk.view.tick()
    assert where(desk).startswith("Wearer east of the protected person, heading west"), where(desk)
    qtbot.waitUntil(lambda: ("near " in where(desk)) or desk.view.tick() is not None, timeout=30_000)
    assert where(desk).endswith("±9\u00a0m.")
    desk.view.choose_case(builders.case_id(311))
    assert where(desk) == "", "nobody of this case is in the frame"


def test_a_zone_is_called_by_its_own_name_when_nobody_is_seen(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.view.take_frame(builders.frame(["VIC-0088"]))
    desk.view.choose_case(builders.case_id(142))
    place = desk.view.destination()
    assert place is not None
    assert phrases_where.spoken(place[1]) == "home"


def test_words_without_a_name_without_a_course_and_in_each_direction() -> None:
    assert phrases_where.near(None, "V-0142", 9.0) == "position of V-0142 ±9 m"
    assert phrases_where.near("Sinchon-ro", "V-0142", float("nan")) == "near Sinchon-ro"
    assert [phrases_where.side(deg) for deg in (0, 22, 23, 180, 338, 359.9)] == ["north", "north", "north-east", "south", "north", "north"]
    assert phrases_where.sentence(Way()) == ""
    assert phrases_where.sentence(Way(side_deg=90.0)) == "Wearer east of the protected person."
    assert phrases_where.sentence(Way(course_deg=float("nan"), place="near A")) == "Wearer near A."
