"""The base map that ships: small, complete where it says so, named in both languages."""

import gzip
import math

import map_scenes
import mapbox_vector_tile
import numpy as np
import pytest
from pmtiles.tile import MagicNumberNotFound
from pytestqt.qtbot import QtBot

import resources
from backend_bridge.domain.quantities import LatLon
from widgets.map.basemap_archive import Basemap, bundled, of_archive
from widgets.map.map_view import MapView

map_scenes.prepare()


@pytest.fixture(scope="module")
def maps() -> dict[str, Basemap]:
    """Both archives by name."""
    return {basemap.name: basemap for basemap in bundled()}


def layers(basemap: Basemap, lat: float, lon: float, zoom: int) -> dict[str, list[dict[str, object]]]:
    """Properties of all features of the tile about a place, by layer."""
    x = int((lon / 360 + 0.5) * 2**zoom)
    y = int((0.5 - math.asinh(math.tan(math.radians(lat))) / math.tau) * 2**zoom)
    body = basemap.tile(zoom, x, y)
    assert body is not None
    decoded = mapbox_vector_tile.decode(gzip.decompress(body))
    return {name: [feature["properties"] for feature in layer["features"]] for name, layer in decoded.items()}


def test_archives_fit_and_name_their_sources(maps: dict[str, Basemap]) -> None:
    """Below 15 MB together, each with its attribution, and a file of licences beside them."""
    assert sum(path.stat().st_size for path in resources.path("basemap").glob("*.pmtiles")) < 15_000_000
    assert "OpenStreetMap" in maps["streets"].credit
    assert "통계청" in maps["land"].credit
    assert "ODbL" in resources.path("basemap/LICENSES.md").read_text(encoding="utf-8")


def test_sinchon_has_alleys_buildings_and_names_in_both_languages(maps: dict[str, Basemap]) -> None:
    """Street level is there, down to what a person walks through."""
    found = layers(maps["streets"], 37.559, 126.9425, 14)
    assert {"residential", "footway", "primary"} <= {road["class"] for road in found["road"]}
    assert len(found["building"]) > 300
    names = {(road.get("name"), road.get("name:en")) for road in found["road"]}
    assert ("연세로", "Yonsei-ro") in names


def test_every_named_thing_has_a_korean_and_an_english_name(maps: dict[str, Basemap]) -> None:
    """Whichever language the desk speaks, no label is empty."""
    for basemap, zoom in ((maps["streets"], 14), (maps["land"], 11)):
        for features in layers(basemap, 37.559, 126.9425, zoom).values():
            for said in features:
                assert not said.get("name") or said.get("name:en")


def test_the_whole_world_is_there_far_out_and_korea_closer(maps: dict[str, Basemap]) -> None:
    """Land, borders and countries at zoom 3; provinces, districts and dong about Seoul."""
    assert {"land", "border", "place"} <= layers(maps["land"], 36.5, 127.8, 3).keys()
    assert {"Seoul"} <= {p["name:en"] for p in layers(maps["land"], 37.55, 126.99, 7)["place"]}
    assert {"district", "dong"} <= {p["class"] for p in layers(maps["land"], 37.55, 126.99, 11)["place"]}
    assert maps["land"].tile(11, 0, 0) is None


def test_damaged_tiles_cost_themselves_and_not_the_map(qtbot: QtBot) -> None:
    """Whatever bytes an imported archive gives as a tile, the rest of the map is drawn and the page says nothing."""
    random = np.random.default_rng(3)
    whole = bundled()
    good = whole[1].tile(14, 13970, 6344) or b""

    def damaged(zoom: int, x: int, y: int) -> bytes:
        if (x + y) % 3 == 0:
            return random.bytes(400)
        plain = bytearray(gzip.decompress(good))
        for at in random.integers(0, len(plain), 40):
            plain[at] = random.integers(0, 256)
        return bytes(plain) if (x + y) % 3 == 1 else good[: 200 + zoom]

    bad = Basemap(name="bad", min_zoom=5, max_zoom=14, world_zoom=-1, bounds=(124, 33, 132, 39), credit="nobody", tile=damaged)
    view = MapView(basemaps=(*whole, bad))
    qtbot.addWidget(view, before_close_func=map_scenes.keep_profile)
    view.resize(700, 500)
    view.show()
    qtbot.waitUntil(lambda: view.life.health == "live", timeout=20_000)
    view.go_to(LatLon(lat_deg=37.559, lon_deg=126.9425), 14.5)
    pieces = "bongsu.base.grid.needed(bongsu.view).every(n => bongsu.base.grid.pieces.has(n.key))"
    complete = f"bongsu.themed && bongsu.view.zoom === 14.5 && {pieces}"
    qtbot.waitUntil(lambda: map_scenes.asked(qtbot, view, complete) is True, timeout=20_000)
    qtbot.waitUntil(lambda: map_scenes.asked(qtbot, view, "bongsu.labels.placed.length > 3") is True, timeout=30_000)
    assert list(view.life.page.console) == []


@pytest.mark.parametrize("address", [(14, -1, 0), (2, 4, 0), (99, 0, 0), (14, 0, 2**20)])
def test_addresses_outside_the_world_have_no_tile(maps: dict[str, Basemap], address: tuple[int, int, int]) -> None:
    """A page may ask for anything."""
    assert maps["streets"].tile(*address) is None


def test_a_file_that_is_no_archive_is_refused() -> None:
    """Foreign bytes raise instead of being drawn."""
    with pytest.raises(MagicNumberNotFound):
        of_archive("bad", b"not a map" * 40)
