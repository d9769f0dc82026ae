"""Several pairs over each other, and an incident as one picture for a briefing."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QFileDialog

from backend_bridge.domain.case import Circle, Polygon
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import NotePaper, PreparePaper, ReadTrack
from widgets import chart_series
from widgets.incident_map import IncidentMap, _View
from widgets.incident_sheet import IncidentPicture, _acts, _span_of_acts_s, _span_s, _story, sheet_image
from widgets.printed_sheet import Maker
from widgets.theme import map_colours

Open = Callable[..., DeskAtHand]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_two_incidents_lie_over_each_other_with_their_alarms_at_nought(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.press(Qt.Key.Key_G, CTRL)
    window = desk.view.comparing.comparison
    assert window is not None
    assert window.isVisible()
    assert window.list.count() >= 2
    window.list.item(0).setCheckState(Qt.CheckState.Checked)
    window.list.item(1).setCheckState(Qt.CheckState.Checked)
    assert len(window.drawn()) == 2
    for alarm in window.drawn():
        curve = window._drawn[alarm][0]
        assert len(curve.xData) > 10
        assert curve.xData.min() < 0, "what came before the alarm stands left of nought"
    window.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert len(window.drawn()) == 1


@pytest.mark.parametrize("ending", ["png", "pdf"])
def test_an_incident_is_one_picture(open_desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    desk = open_desk("ko" if ending == "pdf" else "en")
    desk.fill()
    desk.work()
    target = tmp_path / f"incident.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    desk.queries.clear()
    desk.press(Qt.Key.Key_P, CTRL | SHIFT)
    assert len([one for one in desk.queries if isinstance(one, ReadTrack)]) == 2
    data = target.read_bytes()
    assert target.stat().st_mode & 0o777 == 0o600, "what leaves the desk is its owner's alone"
    assert [one.sha256 for one in desk.queries if isinstance(one, NotePaper)] == [hashlib.sha256(data).hexdigest()]
    if ending == "pdf":
        assert data.startswith(b"%PDF")
        return
    image = QImage.fromData(data)
    assert (image.width(), image.height()) == (1600, 1000)
    red = QColor(desk.theme.act)
    drawn = {image.pixelColor(x, y).name() for x in range(40, 720, 2) for y in range(140, 640, 2)}
    assert red.name() in drawn, "the wearer's way is drawn"
    roads = {map_colours(desk.theme)[name].name() for name in ("road", "road_major", "green", "border")}
    assert len(roads & drawn) >= 3, "on the base map"
    dots = [image.pixelColor(x, y).name() for x in range(100, 1560, 2) for y in range(720, 940, 2)].count(QColor(desk.theme.police).name())
    assert 10 < dots < 2_000, "acts are dots with words, on a ground of their own"


def test_the_map_of_a_picture_shows_a_zone_of_any_shape(open_desk: Open) -> None:
    """A square about the home is drawn as one, and a zone that is hidden from this user as none."""
    desk = open_desk("en")
    desk.fill()
    home = builders.case().zones[0]
    corners = ((-0.0015, -0.0015), (-0.0015, 0.0015), (0.0015, 0.0015), (0.0015, -0.0015))
    outer = tuple(LatLon(lat_deg=37.5585 + north, lon_deg=126.9368 + east) for north, east in corners)
    square = Polygon(outer=outer)
    way = chart_series.arrays_of(builders.track(DeviceId("VIC-0142"), wearer=False))

    def reds(shape: object) -> int:
        image = QImage(700, 560, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        case = replace(builders.case(), rings=(), zones=(replace(home, shape=shape),))
        IncidentMap(theme=desk.theme, case=case, tracks=(None, way), basemaps=()).paint(painter, QRectF(0, 0, 700, 560))
        painter.end()
        act = QColor(desk.theme.act).name()
        return sum(image.pixelColor(x, y).name() == act for x in range(700) for y in range(40, 500))

    assert reds((square,)) > 400
    assert reds(None) == 0


def test_a_picture_says_who_took_it_when_and_under_what(open_desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the foot and pale across it: another user, hour or grant makes another picture everywhere."""
    desk = open_desk("en")
    desk.fill()
    desk.work()
    incident = desk.view.incident()
    assert incident is not None
    drawn: list[Maker] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "x.png"), ""))
    monkeypatch.setattr(desk.view.comparing, "_write", lambda picture, _path: drawn.append(picture.maker))
    desk.press(Qt.Key.Key_P, CTRL | SHIFT)
    assert PreparePaper(what="incident-picture", incident=incident.incident) in desk.queries, "entered before it is drawn"
    mark = {"copy": 13, "user": "op-1", "at_us": builders.NOW_US, "purpose": Purpose.BREACH_INVESTIGATION.value, "access": "G-7"}
    desk.answers[PreparePaper] = (json.dumps(mark),)
    desk.press(Qt.Key.Key_P, CTRL | SHIFT)
    first, second = (maker.stamp() for maker in drawn)
    assert first.endswith(f"2 · order kept · {incident.incident} · copy 12")
    assert second.endswith("4 · breach · G-7 · copy 13")
    nothing = {"incident": incident, "case": None, "alarms": (), "subject": None, "protected": None}
    one, other = (
        sheet_image(IncidentPicture(**nothing, maker=Maker(user=user, at_us=builders.NOW_US, access="G-1")), desk.theme)
        for user in ("kim", "lee")
    )
    differing = {(x // 400, y // 250) for x in range(0, 1600, 2) for y in range(0, 1000, 2) if one.pixel(x, y) != other.pixel(x, y)}
    assert len(differing) >= 15, "no part that is cut out is without it"


def test_without_an_incident_nothing_is_written(open_desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk("en")
    desk.fill()
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (asked.append("asked"), ("", ""))[1])
    desk.press(Qt.Key.Key_P, CTRL | SHIFT)
    assert asked == []
    assert "incident" in desk.window._message.text()


def test_the_map_of_a_picture_shows_rings_and_zones_whole_and_people_as_the_desk_does(open_desk: Open) -> None:
    desk = open_desk("en")
    case, box = builders.case(142), QRectF(0, 0, 700, 484)
    ways = tuple(chart_series.arrays_of(builders.track(DeviceId(name), wearer=name[0] == "A")) for name in ("ANK-0142", "VIC-0142"))
    where = IncidentMap(theme=desk.theme, case=case, tracks=(ways[0], ways[1]), basemaps=())
    view = _View(box=box, stretch=where._stretch(list(ways), box))
    circles = list(where._circles())
    assert len(circles) == len(case.rings) + len(case.zones)
    for middle, radius_m in circles:
        reach = QPointF(view.px(radius_m), view.px(radius_m))
        centre = view.at(middle.lat_deg, middle.lon_deg)
        assert box.contains(QRectF(centre - reach, centre + reach)), "whole"
    far = replace(case.zones[0], shape=Circle(centre=LatLon(lat_deg=37.9, lon_deg=127.4), radius_m=500.0))
    assert len(list(replace(where, case=replace(case, zones=(far,)))._circles())) == len(case.rings)


def test_a_picture_says_where_by_whom_and_the_five_clocks_and_ends_now(open_desk: Open) -> None:
    open_desk("en")
    incident = builders.incident()
    picture = IncidentPicture(
        incident=incident,
        case=None,
        alarms=(builders.alarm(142, place="home 980 m"),),
        subject=None,
        protected=None,
        maker=Maker(user="op-1", at_us=builders.NOW_US, access="G-1"),
    )
    assert _story(picture) == "2026-11-23   Approach home 980 m 09:42:02   owner op-1   → still open"
    acts = _acts(picture)
    assert [(act.words, act.lost) for act in acts] == [
        ("Acknowledged · op-1", False),
        ("112 notice failed", True),
        ("Unit sent · op-1", False),
    ]
    start_s, end_s = _span_s(picture)
    assert end_s == max(builders.NOW_US / 1e6, start_s + 660), "nothing that is still to come"
    first_s, last_s = _span_of_acts_s(picture, end_s)
    assert builders.alarm(142).happened_us / 1e6 - first_s == 60
    assert last_s == end_s or last_s == first_s + 120
