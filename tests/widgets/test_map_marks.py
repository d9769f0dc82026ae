"""What the map draws about the chosen case: bands, ways, labels; each figure is read off the page or off its pixels."""

import json
import math

import map_scenes
import pytest
from map_scenes import asked, case_row, frame, shown_map
from pytestqt.qtbot import QtBot

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
