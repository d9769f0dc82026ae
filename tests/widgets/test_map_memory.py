"""The map's page keeps what it draws and lets the rest go at once, however long a person moves and chooses."""

import json

import map_scenes
import pytest
from map_scenes import PROTECTED, WEARER, asked, case_row, frame, shown_map, track
from pytestqt.qtbot import QtBot

from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.quantities import LatLon
from widgets.map.map_view import MapView
from widgets.map.web_engine import environment

map_scenes.prepare()
DRAWN = "bongsu.themed && bongsu.base.pending.size === 0 && {grid}.needed(bongsu.view).every(n => {grid}.pieces.has(n.key))"


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    """A map on screen."""
    return shown_map(qtbot)


def pieces(qtbot: QtBot, view: MapView) -> list[int]:
    """How many pieces each layer of the map keeps: base map, everybody, the chosen case."""
    grids = "[bongsu.base, bongsu.overlay, bongsu.caseOverlay]"
    return [int(n) for n in json.loads(str(asked(qtbot, view, f"JSON.stringify({grids}.map(one => one.grid.pieces.size))")))]


def draw_ways(qtbot: QtBot, view: MapView) -> None:
    """Look at the wearer until everybody's ways are drawn there."""
    view.go_to(WEARER, 15)
    view.show_frame(frame())
    there = "bongsu.view.zoom === 15 && " + DRAWN.format(grid="bongsu.overlay.grid")
    qtbot.waitUntil(lambda: asked(qtbot, view, there) is True, timeout=30_000)


def test_pieces_of_places_that_were_left_are_let_go(qtbot: QtBot, view: MapView) -> None:
    """A view of 700 × 500 needs at most 3 × 2 pieces, and 4 × 3 with those about it: half as many again are kept, wherever it has been."""
    view.show_cases((case_row(),))
    view.show_frame(frame())
    view.select_case(CaseId("KR-SE-0000"))
    for step in range(8):
        place = LatLon(lat_deg=WEARER.lat_deg + 0.02 * step, lon_deg=WEARER.lon_deg)
        view.go_to(place, 14 + step % 3)
        there = f"Math.abs(bongsu.view.centre.lat - {place.lat_deg}) < 1e-4 && " + DRAWN.format(grid="bongsu.base.grid")
        qtbot.waitUntil(lambda there=there: asked(qtbot, view, there) is True, timeout=30_000)
    qtbot.waitUntil(lambda: asked(qtbot, view, DRAWN.format(grid="bongsu.overlay.grid")) is True, timeout=30_000)
    base, everybody, chosen = pieces(qtbot, view)
    assert 6 <= base <= 24
    assert 1 <= everybody <= 10
    assert 1 <= chosen <= 9


def test_room_for_a_piece_is_never_made_by_letting_another_that_is_needed_go(qtbot: QtBot, view: MapView) -> None:
    """Back at a place of which half is still there, everything about it is painted, nothing is painted twice, and nothing breaks."""
    view.show_frame(frame())
    view.go_to(WEARER, 15)
    there = "bongsu.view.zoom === 15 && " + DRAWN.format(grid="bongsu.overlay.grid")
    qtbot.waitUntil(lambda: asked(qtbot, view, there) is True, timeout=30_000)
    script = """(() => {
        const one = bongsu.overlay, { grid } = one, wanted = grid.needed(bongsu.view), painted = [];
        const renew = one.renewPiece;
        one.renewPiece = (want, piece) => { painted.push(want.key); renew.call(one, want, piece); };
        one.budgetMs = 1e9;
        for (const { key } of wanted.slice(-2)) { grid.pieces.get(key).image.width = 0; grid.pieces.delete(key); }
        for (const [at, { key }] of wanted.slice(0, -2).entries()) grid.pieces.get(key).used = at - 1000;
        for (let x = 0; grid.pieces.size < grid.limit; x++) grid.put(3, x, 0, new OffscreenCanvas(1, 1));
        const more = one.update(bongsu.view);
        delete one.renewPiece; one.budgetMs = 5;
        const whole = wanted.every(({ key }) => grid.pieces.has(key));
        return JSON.stringify([more, whole, painted.length === new Set(painted).size]); })()"""
    assert json.loads(str(asked(qtbot, view, script))) == [False, True, True]
    assert list(view.life.page.console) == []


def test_pictures_of_words_are_given_back(qtbot: QtBot, view: MapView) -> None:
    """In another theme names and words are drawn anew; the pictures of before hold nothing any more."""
    view.show_cases((case_row(),))
    view.show_frame(frame())
    view.go_to(PROTECTED, 16.5)
    view.select_case(CaseId("KR-SE-0000"))
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.labels.placed.length > 4 && bongsu.marks.texts.size > 2") is True, timeout=30_000)
    names, words = "bongsu.labels.placed.map(p => p.sprite.image)", "[...bongsu.marks.texts.values()].map(t => t.canvas)"
    asked(qtbot, view, f"window.before = [...{names}, ...{words}]; 1")
    assert asked(qtbot, view, "before.every(image => image.width > 0)") is True
    view.set_theme("day")
    qtbot.waitUntil(lambda: asked(qtbot, view, "before.every(image => image.width === 0)") is True, timeout=10_000)
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.labels.placed.length > 4") is True, timeout=30_000)
    assert list(view.life.page.console) == []


def test_words_that_change_all_the_time_do_not_pile_up(qtbot: QtBot, view: MapView) -> None:
    """Distances and ages are other words each second; those used last are kept."""
    qtbot.waitUntil(lambda: asked(qtbot, view, "Boolean(bongsu.themed)") is True, timeout=10_000)
    asked(qtbot, view, "window.drawn = (text) => bongsu.marks.text(text, '#ffffff', 12, true); 1")
    asked(qtbot, view, "window.first = drawn('0 m'); window.kept = drawn('kept'); 1")
    frame_drawn = "bongsu.marks.begin(); drawn(`${i} m`); drawn('kept'); bongsu.marks.paintNames(null, []);"
    asked(qtbot, view, f"for (let i = 1; i < 2000; i++) {{ {frame_drawn} }} 1")
    said = "JSON.stringify([bongsu.marks.texts.size, first.canvas.width, drawn('kept') === kept])"
    size, width, same = json.loads(str(asked(qtbot, view, said)))
    assert size <= 400
    assert width == 0
    assert same is True


def test_more_units_than_words_are_kept_are_all_drawn(qtbot: QtBot, view: MapView) -> None:
    """A town with 450 cars on screen: every name is drawn in the frame that asked for it, and none is painted again in the next one."""
    view.go_to(WEARER, 13)
    qtbot.waitUntil(lambda: asked(qtbot, view, "Boolean(bongsu.themed) && bongsu.view.zoom === 13") is True, timeout=10_000)
    script = """(() => {
        const { state, marks, view } = bongsu, ctx = new OffscreenCanvas(view.width, view.height).getContext("2d");
        const { lat, lng } = view.centre, before = state.units;
        state.units = Array.from({ length: 450 }, (_, i) => ({ callsign: `Car ${i}`, eta: null, state: "free",
            lat: lat + 0.0004 * (i % 20 - 10), lon: lng + 0.0006 * (Math.floor(i / 20) - 11) }));
        try {
            bongsu.paint(ctx);
            const names = () => state.units.map(({ callsign }) => [...marks.texts].find(([key]) => key.startsWith(callsign + "|"))?.[1]);
            const first = names();
            bongsu.paint(ctx);
            return JSON.stringify([first.every(text => text?.canvas.width > 0), names().every((text, i) => text === first[i])]);
        } catch (error) { return JSON.stringify(String(error)); } finally { state.units = before; } })()"""
    assert json.loads(str(asked(qtbot, view, script))) == [True, True]
    assert list(view.life.page.console) == []


def test_tracks_of_the_case_before_are_given_back(qtbot: QtBot, view: MapView) -> None:
    """A day of fixes takes half a megabyte: its arrays are empty as soon as others are drawn, and what is drawn is whole."""
    view.show_cases((case_row(), case_row(1)))
    view.show_frame(frame())
    view.select_case(CaseId("KR-SE-0000"))
    view.show_tracks((track("ANK-0000"), track("VIC-0000")))
    shown = "bongsu.state.trails.tracks.map(t => t.device + t.x.length).join()"
    qtbot.waitUntil(lambda: asked(qtbot, view, shown) == "ANK-00002000,VIC-00002000", timeout=30_000)
    asked(qtbot, view, "window.before = bongsu.state.trails.tracks; 1")
    view.select_case(CaseId("KR-SE-0001"))
    view.show_tracks((track("ANK-0001", 500),))
    qtbot.waitUntil(lambda: asked(qtbot, view, shown) == "ANK-0001500", timeout=30_000)
    assert asked(qtbot, view, "before.every(t => [t.x, t.y, t.t, t.speed, t.rejected].every(column => column.length === 0))") is True
    first = "(bongsu.state.trails.tracks[0].x[0] - 0.5) * 360"
    assert abs(float(str(asked(qtbot, view, first))) - 126.93) < 1e-6
    assert list(view.life.page.console) == []


def test_frames_are_given_back_once_they_are_read(qtbot: QtBot, view: MapView) -> None:
    """Ten thousand people are 430 kB, five times a second."""
    asked(qtbot, view, "window.read = []; { const f = bongsu.channel.frame; bongsu.channel.frame = (b) => { read.push(b); f(b); }; } 1")
    for number in (1, 2, 3):
        view.show_frame(frame(at_us=map_scenes.AT_US + number * 200_000))
        qtbot.waitUntil(lambda number=number: view.rendered_frame >= number, timeout=30_000)
    given_back = "read.length >= 2 && read.every(b => b.byteLength === 0)"
    qtbot.waitUntil(lambda: asked(qtbot, view, given_back) is True, timeout=10_000)


def test_a_piece_that_nobody_sees_takes_no_strokes_and_is_painted_anew_when_it_is_seen(qtbot: QtBot, view: MapView) -> None:
    """The engine keeps every stroke on a picture until somebody looks at it: an hour of everybody's ways on a place that was left."""
    draw_ways(qtbot, view)
    script = """(() => {
        const one = bongsu.overlay, [seen, left] = [...one.grid.pieces.values()], stroked = new Set();
        one.extend = (piece) => stroked.add(piece);
        seen.stale = left.stale = false; seen.seen = performance.now(); left.seen = performance.now() - 60000;
        one.queue = [0, 0.85, 0.38, 0.8501, 0.3801];
        one.update({ ...bongsu.view, target: {} });
        delete one.extend;
        return JSON.stringify([stroked.has(seen), stroked.has(left), left.stale]); })()"""
    assert json.loads(str(asked(qtbot, view, script))) == [True, False, True]


def test_ways_that_a_slow_page_cannot_draw_do_not_pile_up(qtbot: QtBot, view: MapView) -> None:
    """On a busy machine ten thousand people move on faster than their steps are drawn; then each piece is painted anew instead."""
    draw_ways(qtbot, view)
    script = """(() => {
        const one = bongsu.overlay, pieces = () => [...one.grid.pieces.values()];
        for (const piece of pieces()) piece.stale = false;
        one.queue = [];
        one.append(new Array(10000 * 5).fill(0));
        const waiting = [one.queue.length, pieces().some(piece => piece.stale)];
        let most = 0;
        for (let round = 0; round < 30; round++) { one.append(new Array(10000 * 5).fill(0)); most = Math.max(most, one.queue.length); }
        return JSON.stringify([...waiting, most <= 25000 * 5, pieces().every(piece => piece.stale)]); })()"""
    assert json.loads(str(asked(qtbot, view, script))) == [50_000, False, True, True]
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.overlay.queue.length === 0") is True, timeout=30_000)


def test_the_page_may_collect_what_it_no_longer_uses(qtbot: QtBot, view: MapView) -> None:
    """It does so by itself four times a minute, in each of its threads; here at once."""
    asked(qtbot, view, "window.left = new WeakRef({ large: new Array(1000) }); 1")
    collected = "gc({ type: 'major', execution: 'async' }).then(() => { window.gone = left.deref() === undefined; }); window.gone === true"
    qtbot.waitUntil(lambda: asked(qtbot, view, collected) is True, timeout=20_000)


def test_the_engine_is_told_to_keep_no_holes_and_to_load_no_opengl() -> None:
    """A person may say otherwise for each; flags that a person gave come first and stay."""
    told = environment({"MALLOC_ARENA_MAX": "4", "QTWEBENGINE_CHROMIUM_FLAGS": "--one"}, as_root=False)
    assert told["MALLOC_ARENA_MAX"] == "4"
    assert told["MALLOC_TRIM_THRESHOLD_"] == "131072"
    assert told["QT_XCB_GL_INTEGRATION"] == "none"
    flags = told["QTWEBENGINE_CHROMIUM_FLAGS"].split()
    assert flags[0] == "--one"
    assert "--disable-gpu" in flags
    assert "--no-sandbox" not in flags
