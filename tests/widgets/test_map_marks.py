"""What the map draws about the chosen case: bands, ways, labels; each figure is read off the page or off its pixels."""

import json
import math

import map_scenes
import pytest
from map_scenes import AT_US, PROTECTED, asked, case_row, frame, shown_map
from pytestqt.qtbot import QtBot

from backend_bridge.domain.quantities import LatLon
from widgets.map.map_view import MapView

map_scenes.prepare()


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
