"""What the map draws about the chosen case: bands, ways, labels; each figure is read off the page or off its pixels."""

import json
import math
from collections.abc import Callable
from dataclasses import replace

import builders
import map_scenes
import numpy as np
import pytest
from desk_at_hand import DeskAtHand
from map_scenes import AT_US, PROTECTED, asked, case_row, frame, shown_map
from pytestqt.qtbot import QtBot

from backend_bridge.domain.quantities import LatLon
from widgets.map.map_view import MapView

map_scenes.prepare()
Open = Callable[..., DeskAtHand]


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    """A map on screen with one case and both of its people."""
    view = shown_map(qtbot)
    view.show_cases((case_row(),))
    view.show_frame(frame())
    qtbot.waitUntil(lambda: view.rendered_frame >= 1, timeout=30_000)
    return view


ROUND = [[100 * math.sin(math.radians(deg)), 100 * math.cos(math.radians(deg))] for deg in range(0, 361, 15)]


@pytest.mark.parametrize("shape", ["circle", "outline"])
def test_the_warning_band_of_a_small_zone_has_no_hole(qtbot: QtBot, view: MapView, shape: str) -> None:
    """A zone of 100 m that warns 400 m before it, ten metres a pixel: the band is whole from 110 to 490 m, and nothing lies beyond."""
    zone = {"kind": "exclusion", "inForce": True, "x": 0, "y": 0, "warn": 400}
    zone |= {"r": 100} if shape == "circle" else {"rings": [[figure for point in ROUND for figure in point]]}
    drawn = f"""(() => {{
        const canvas = new OffscreenCanvas(512, 512), ctx = canvas.getContext("2d");
        bongsu.caseOverlay.painter.full(ctx, {json.dumps(zone)}, 0.1, -256, -256);
        const alpha = (m) => ctx.getImageData(256 + Math.round(m / 10), 256, 1, 1).data[3];
        return JSON.stringify([130, 200, 280, 320, 400, 470].map(alpha).concat([alpha(540)])); }})()"""
    *band, beyond = json.loads(str(asked(qtbot, view, drawn)))
    assert min(band) > 10, band
    assert max(band) - min(band) <= 2, band
    assert beyond == 0


def test_the_ways_of_the_chosen_two_are_drawn_in_the_colours_of_speed_alone(qtbot: QtBot, view: MapView) -> None:
    """Everybody's half hour stands in the colour of their alarm; under the coloured track of the chosen case it would be a second code."""
    steps = [LatLon(lat_deg=PROTECTED.lat_deg, lon_deg=PROTECTED.lon_deg + 0.0005 * n) for n in range(6)]
    for n, at in enumerate(steps):
        view.show_frame(frame([at, PROTECTED], at_us=AT_US + n * 10_000_000, level=[2, 0]))
        qtbot.waitUntil(lambda n=n: view.rendered_frame >= n + 2, timeout=30_000)
    drawn = """(() => {
        const [x, y] = [bongsu.state.subjects.toX[0], bongsu.state.subjects.toY[0]], scale = 256 * 2 ** 16;
        const ctx = new OffscreenCanvas(512, 512).getContext("2d");
        const dx = x * scale - 256, dy = y * scale - 256, edge = 512 / scale;
        bongsu.overlay.paintTrails(ctx, { box: [x - edge, y - edge, x + edge, y + edge], scale, dx, dy });
        return ctx.getImageData(0, 0, 512, 512).data.some((part) => part > 0); })()"""
    assert asked(qtbot, view, drawn) is True
    view.select_case(case_row().case)
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.state.selected.size") == 2, timeout=5000)
    assert asked(qtbot, view, drawn) is False


def chosen(desk: DeskAtHand, qtbot: QtBot) -> MapView:
    """The map of a desk on which the pair of case 142 has been chosen, and drawn with its ways."""
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    view, before = desk.panels.map, desk.panels.map.rendered_frame
    desk.view.take_frame(builders.frame(["ANK-0142", "VIC-0142"]))
    qtbot.waitUntil(lambda: view.rendered_frame > before, timeout=30_000)
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.state.trails.tracks.length") == 2, timeout=10_000)
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.fitting === null && bongsu.base.pending.size === 0") is True, timeout=30_000)
    return view


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_a_chosen_pair_takes_a_good_part_of_the_map_with_its_red_ring_whole(open_desk: Open, qtbot: QtBot, size: tuple[int, int]) -> None:
    desk = open_desk("en", "night", size)
    view = chosen(desk, qtbot)
    view.go_to(PROTECTED, 13)
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.view.zoom") == 13, timeout=5000)
    assert asked(qtbot, view, "bongsu.interaction.wholeInView('KR-SE-0142')") is True
    desk.panels.alarms.choose(builders.alarm(88).alarm)
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    share = """(() => {
        const { px, slotOf } = bongsu.state.subjects;
        return Math.abs(px[slotOf.get("ANK-0142")] - px[slotOf.get("VIC-0142")]) / bongsu.view.width; })()"""
    qtbot.waitUntil(lambda: float(str(asked(qtbot, view, share))) > 0.4, timeout=10_000)
    ring = """(() => {
        const { px, py, toY, slotOf } = bongsu.state.subjects, slot = slotOf.get("VIC-0142"), { top, bottom } = bongsu.view.insets();
        const r = bongsu.view.pixels(200, toY[slot]);
        return px[slot] - r > 0 && py[slot] - r > top && py[slot] + r < bongsu.view.height - bottom; })()"""
    assert asked(qtbot, view, ring) is True


def test_names_lie_neither_on_the_way_ahead_nor_on_the_way_that_they_came(open_desk: Open, qtbot: QtBot) -> None:
    view = chosen(open_desk("en"), qtbot)
    covered = """(() => {
        const words = bongsu.symbolWords(), { marks } = bongsu, ways = marks.ways.concat(marks.cameBoxes(bongsu.view));
        marks.names(bongsu.view, words);
        const hits = ({ image, at: [x, y] }) => ways.some((w) => x < w[2] && x + image.w > w[0] && y < w[3] && y + image.h > w[1]);
        return JSON.stringify([ways.length, words.filter((w) => w.must).map((w) => w.at ? hits(w) : null)]); })()"""
    n, hits = json.loads(str(asked(qtbot, view, covered)))
    assert n > 20
    assert hits == [False, False]


def test_no_name_of_the_base_map_lies_under_the_buttons_or_is_cut_at_the_edge(open_desk: Open, qtbot: QtBot) -> None:
    view = chosen(open_desk("ko"), qtbot)
    drawn = """(() => {
        const { labels, view, controls } = bongsu, names = [], { placed } = labels;
        const pen = { drawImage: (image, x, y, w, h) => names.push([x, y, w, h]) };
        labels.draw(pen, view, bongsu.avoid.concat(controls.boxes()));
        const lies = (r) => ([x, y, w, h]) => x + 8 < r[2] && x + w - 8 > r[0] && y + 8 < r[3] && y + h - 8 > r[1];
        const under = names.filter((name) => controls.measureBoxes().some((r) => lies(r)(name)));
        const cut = names.filter(([x, y, w, h]) => x + 8 < 0 || y + 8 < 0 || x + w - 8 > view.width || y + h - 8 > view.height);
        return JSON.stringify([names.length, under.length, cut.length, controls.boxes().length]); })()"""
    n, under, cut, boxes = json.loads(str(asked(qtbot, view, drawn)))
    assert n > 5
    assert boxes >= 4
    assert (under, cut) == (0, 0)


def test_the_map_has_a_field_that_opens_the_search_and_a_wall_has_none(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en")
    desk.fill()
    view, opened = desk.panels.map, []
    qtbot.waitUntil(lambda: view.life.health == "live", timeout=20_000)
    words = "document.getElementById('search').hidden ? '' : document.getElementById('search').textContent"
    qtbot.waitUntil(lambda: asked(qtbot, view, words) == "Case, person, device, place   /", timeout=10_000)
    desk.window.actions_by_name["search"].triggered.disconnect()
    desk.window.actions_by_name["search"].triggered.connect(lambda: opened.append(True))
    asked(qtbot, view, "document.getElementById('search').click(); 1")
    qtbot.waitUntil(lambda: bool(opened), timeout=5000)
    mirror = view.open_mirror(identities=False)
    mirror.show()
    hidden = "window.bongsu ? document.getElementById('search').hidden : null"
    qtbot.waitUntil(lambda: mirror.life.health == "live" and asked(qtbot, mirror, hidden) is True, timeout=30_000)


def test_the_names_of_zones_and_rings_stand_where_no_button_is(open_desk: Open, qtbot: QtBot) -> None:
    view = chosen(open_desk("en"), qtbot)
    standing = """(() => {
        const { marks, controls, view } = bongsu;
        const named = [...marks.texts].filter(([key]) => key.startsWith("No-entry zone") || key.startsWith("200 m"));
        const at = (image) => marks.fixed.find((one) => one.image === image)?.at;
        return JSON.stringify(named.filter(([, image]) => at(image)).map(([, image]) => [...at(image), image.w, image.h]).map((box) => [
            controls.measureBoxes().some((r) => box[0] < r[2] && box[0] + box[2] > r[0] && box[1] < r[3] && box[1] + box[3] > r[1]),
            box[0] >= 0 && box[1] >= 0 && box[0] + box[2] <= view.width && box[1] + box[3] <= view.height])); })()"""
    both = [[False, True], [False, True]]
    qtbot.waitUntil(
        lambda: json.loads(str(asked(qtbot, view, standing))) == both, timeout=10_000
    )  # once what is written there has its width


def test_the_names_of_zones_and_rings_do_not_lie_on_one_another(open_desk: Open, qtbot: QtBot) -> None:
    """On a small screen the top of the ring comes to where the name of a zone stands whose top is not on the map."""
    view = chosen(open_desk("en", "night", (1366, 768)), qtbot)
    n_over = """(() => {
        const { marks, view, state } = bongsu, { px, py, slotOf } = state.subjects, slot = slotOf.get("VIC-0142");
        let worst = 0, seen = 0;
        for (let top = -40; top < 60; top += 2) {
            marks.begin();
            const x = px[slot], y = view.insets().top + 14 + top;
            marks.putClear(view, "200 m", [[x, y], [x, y + 300]], "#fff", 11);
            marks.zoneNames(view);
            const boxes = marks.fixed.map(({ image, at }) => [at[0], at[1], at[0] + image.w, at[1] + image.h]);
            const over = (a, b) => a !== b && a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
            worst = Math.max(worst, boxes.filter((a) => boxes.some((b) => over(a, b))).length);
            seen = Math.max(seen, boxes.length);
        }
        bongsu.dirty();
        return JSON.stringify([seen, worst]); })()"""
    assert json.loads(str(asked(qtbot, view, n_over))) == [2, 0]


def test_in_a_crowd_no_two_names_lie_on_one_another_nor_on_the_symbol_of_an_alarm_and_the_graver_is_named(
    open_desk: Open, qtbot: QtBot
) -> None:
    desk = open_desk("en")
    desk.fill()
    view, names, chance = desk.panels.map, [f"{kind}-{300 + n}" for n in range(40) for kind in ("ANK", "VIC")], np.random.default_rng(3)
    n = len(names)
    crowd = replace(
        builders.frame(names),
        lat_deg=(PROTECTED.lat_deg + chance.normal(0, 0.0016, n)).astype("<f8").tobytes(),
        lon_deg=(PROTECTED.lon_deg + chance.normal(0, 0.0028, n)).astype("<f8").tobytes(),
        level=np.array([2 if at % 10 == 0 else int(at % 6 == 0) for at in range(n)], "u1").tobytes(),
    )
    qtbot.waitUntil(lambda: view.life.health == "live", timeout=20_000)
    view.go_to(PROTECTED, 16)
    desk.view.take_frame(crowd)
    told = """(() => {
        const { marks, view, state } = bongsu, words = bongsu.symbolWords();
        marks.names(view, words);
        const named = words.filter((one) => one.at), box = ({ image, at: [x, y] }) => [x, y, x + image.w, y + image.h];
        const over = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
        const on = named.filter((a) => named.some((b) => a !== b && over(box(a), box(b)))).length;
        const hidden = words.filter((a) => a.alarm && named.some((b) => over(box(b), [a.x, a.y, a.x + 1, a.y + 1]))).length;
        const reds = words.filter((one) => one.tone === marks.colours.act && one.alarm);
        return JSON.stringify([named.length, on, hidden, reds.length, reds.filter((one) => one.at).length]); })()"""
    qtbot.waitUntil(lambda: json.loads(str(asked(qtbot, view, told)))[3] == 8, timeout=20_000)
    named, on, hidden, reds, reds_named = json.loads(str(asked(qtbot, view, told)))
    assert named > 20
    assert (on, hidden) == (0, 0)
    assert reds_named == reds


def test_what_stands_near_is_called_by_a_name_and_not_by_the_number_of_a_house(qtbot: QtBot, view: MapView) -> None:
    """The demo sent a unit to «near 106»: buildings of an estate bear numbers alone."""
    asking = """(() => {
        const map = Object.create(bongsu), said = [];
        map.channel = { tell: (kind, value) => said.push(value.name) };
        map.base = { askNearby: (key, zoom, [west, north, east, south], then) => {
            const x = (west + east) / 2, y = (north + south) / 2;
            const named = (kind, name, off) => ({ kind, ko: name, en: name, x: x + (east - west) * off, y, length: 0 });
            then([named("building", "106", 0.01), named("road", "Yonsei-ro 9-gil", 0.1)]);
            then([named("building", "106", 0.01)]);
        } };
        map.take_spots({ number: 1, spots: [{ key: "V-1", lat: 37.55, lon: 126.93 }] });
        return JSON.stringify(said); })()"""
    assert json.loads(str(asked(qtbot, view, asking))) == ["Yonsei-ro 9-gil", None]


def test_a_unit_that_is_not_heard_is_hollow_and_has_its_age_in_place_of_an_arrival(qtbot: QtBot, view: MapView) -> None:
    heard = replace(builders.units()[0], position=PROTECTED, reported_us=AT_US - 2_000_000)
    silent = replace(builders.units()[1], position=PROTECTED, reported_us=AT_US - 200_000_000)
    view.set_language("en")
    view.go_to(PROTECTED, 15)
    view.show_units((heard, silent))
    qtbot.waitUntil(lambda: asked(qtbot, view, "bongsu.state.units.length === 2 && bongsu.view.zoom === 15") is True, timeout=10_000)
    drawn = """(() => {
        const { state, marks, view } = bongsu, before = state.units, said = [];
        for (const unit of before) {
            const ctx = new OffscreenCanvas(view.width, view.height).getContext("2d"), labels = [];
            state.units = [unit];
            marks.units(ctx, view, labels);
            const [{ x, y, text }] = labels, [r, g, b] = ctx.getImageData(Math.round(x), Math.round(y), 1, 1).data;
            said.push([text, [r, g, b].join()]);
        }
        state.units = before;
        return JSON.stringify(said); })()"""
    (first, full), (second, hollow) = json.loads(str(asked(qtbot, view, drawn)))
    assert (first, second) == ("P-31 · 1 min 50 s", "P-07 · 3 min ago")
    assert full != hollow
