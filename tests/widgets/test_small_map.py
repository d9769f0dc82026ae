"""The small map of a request's area: to scale, from the tiles that cover it, whatever a base map has or has not."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import mapbox_vector_tile
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from backend_bridge.domain.case import Circle
from backend_bridge.domain.quantities import LatLon
from widgets.area_sketch import AreaSketch
from widgets.map.basemap_archive import bundled
from widgets.small_map import CLOSEST, Stretch, paint_map
from widgets.theme import load_theme, map_colours

Open = Callable[..., DeskAtHand]
SINCHON = LatLon(lat_deg=37.5585, lon_deg=126.9368)
BOX = QRectF(0, 0, 300, 240)


@dataclass(kw_only=True)
class Source:
    """A base map of one layer that fills each tile, which notes what it was asked for."""

    name: str = "one"
    min_zoom: int = 0
    max_zoom: int = 14
    credit: str = ""
    replaces: tuple[str, ...] = ()
    layer: str = "green"
    asked: list[tuple[int, int, int]] = field(default_factory=list)

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        self.asked.append((zoom, x, y))
        feature = {"geometry": "POLYGON ((0 0, 4096 0, 4096 4096, 0 4096, 0 0))", "properties": {}}
        return bytes(mapbox_vector_tile.encode([{"name": self.layer, "features": [feature]}]))


def painted(stretch: Stretch, *sources: Source) -> tuple[str, Mapping[str, QColor]]:
    """The colour in the middle, and the colours that there are."""
    colours = map_colours(load_theme("day"))
    image = QImage(300, 240, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_map(painter, BOX, stretch, sources, colours)
    painter.end()
    return image.pixelColor(150, 120).name(), colours


@pytest.mark.parametrize("radius_m", [60.0, 800.0, 20_000.0])
def test_a_circle_is_to_scale_and_never_closer_than_streets_are_drawn(radius_m: float) -> None:
    stretch = Stretch.about(SINCHON, radius_m, 86.0)
    assert radius_m / stretch.metres_per_px <= 86.0 + 1e-6
    assert math.isclose(radius_m / stretch.metres_per_px, 86.0) or stretch.zoom == CLOSEST


def test_only_the_tiles_that_the_box_covers_are_asked_for_and_one_base_map_can_take_anothers_place(qtbot: QtBot) -> None:
    stretch = Stretch.about(SINCHON, 800.0, 86.0)
    ours, theirs = Source(), Source(name="two", replaces=("one",), layer="water")
    colour, colours = painted(stretch, ours)
    assert colour == colours["green"].name()
    assert {zoom for zoom, _, _ in ours.asked} == {14}
    assert 1 <= len(ours.asked) <= 9
    ours.asked.clear()
    assert painted(stretch, ours, theirs)[0] == colours["water"].name()
    assert ours.asked == []


def test_where_no_base_map_has_anything_the_circle_is_drawn_all_the_same(open_desk: Open, qtbot: QtBot) -> None:
    far = Circle(centre=LatLon(lat_deg=-48.0, lon_deg=-120.0), radius_m=500.0)
    sketch = AreaSketch(load_theme("night"), bundled())
    qtbot.addWidget(sketch)
    sketch.resize(300, 240)
    sketch.show_area(far)
    sketch.show()
    qtbot.waitUntil(lambda: sketch._ground is not None)
    assert "-48.0000, -120.0000" in sketch.accessibleName()
    sketch.show_area(None)
    assert not sketch.isVisible()
