"""Base maps of other people: read whole, refused with one sentence, never half written."""

import gzip
import math
import sqlite3
from collections.abc import Callable
from pathlib import Path

import mapbox_vector_tile
import pytest
from pmtiles.tile import deserialize_header
from shared_folder import shared_folder

import resources
from backend_bridge.adapters import basemap_import
from backend_bridge.adapters.basemap_import import import_basemap
from backend_bridge.adapters.basemap_osm import Extract, read_extract
from backend_bridge.adapters.refusals import InputRefusedError


def helsinki() -> Path:
    return shared_folder() / "data" / "geo" / "osm" / "Helsinki.osm.pbf"


def unheard(_done: int) -> None:
    """Progress does not matter here."""


def layers_at(archive: Path, lat: float, lon: float, zoom: int) -> dict[str, list[dict[str, object]]]:
    from widgets.map.basemap_archive import Archive

    x = int((lon / 360 + 0.5) * 2**zoom)
    y = int((0.5 - math.asinh(math.tan(math.radians(lat))) / math.tau) * 2**zoom)
    body = Archive(archive.read_bytes()).tile(zoom, x, y)
    assert body is not None
    return {n: [f["properties"] for f in layer["features"]] for n, layer in mapbox_vector_tile.decode(gzip.decompress(body)).items()}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Extract]:
    """Helsinki imported: the room's folder, the archive, and the extract as the import read it."""
    folder = tmp_path_factory.mktemp("helsinki")
    kept: list[Extract] = []

    def keeping(path: Path, reached: Callable[[int], None]) -> Extract:
        kept.append(read_extract(path, reached))
        return kept[-1]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(basemap_import, "read_extract", keeping)
        return folder, import_basemap(helsinki(), folder, unheard), kept[0]


def test_extract_becomes_streets_buildings_water_and_names(imported: tuple[Path, Path, Extract]) -> None:
    """What a person looks for on a map of Helsinki is on it."""
    folder, archive, _ = imported
    assert archive == folder / "basemaps" / "helsinki.pmtiles"
    found = layers_at(archive, 60.1699, 24.9410, 14)
    assert {"road", "building", "rail", "green", "poi"} <= found.keys()
    assert "Mannerheimintie" in {road.get("name") for road in found["road"]}
    assert "residential" in {road["class"] for road in found["road"]}


def test_what_is_broken_in_an_extract_is_counted_and_the_rest_is_drawn(imported: tuple[Path, Path, Extract]) -> None:
    """An open multipolygon costs itself, not the map."""
    _, _, extract = imported
    assert extract.n_broken > 0
    assert len(extract.features) > 1500
    west, south, east, north = extract.bounds
    assert west < 24.9410 < east
    assert south < 60.1699 < north


def mbtiles(path: Path, *, kind: str = "pbf") -> Path:
    """One tile of Seoul in OpenMapTiles' schema, its row counted from the bottom."""
    body = mapbox_vector_tile.encode(
        [{"name": "transportation", "features": [{"geometry": "LINESTRING(0 0, 4096 4096)", "properties": {"class": "minor"}}]}]
    )
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        base.execute("CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)")
        said = [("format", kind), ("bounds", "126.9,37.5,127.1,37.6"), ("attribution", "© us")]
        base.executemany("INSERT INTO metadata VALUES (?, ?)", said)
        base.execute("INSERT INTO tiles VALUES (14, 13970, ?, ?)", (2**14 - 1 - 6344, body))
    return path


def test_mbtiles_keep_their_tiles_bounds_and_credit(tmp_path: Path) -> None:
    """Rows are counted from the top afterwards, bodies are gzipped."""
    from widgets.map.basemap_archive import of_archive

    archive = import_basemap(mbtiles(tmp_path / "Seoul City.mbtiles"), tmp_path / "room", unheard)
    basemap = of_archive(archive.stem, archive.read_bytes())
    assert (basemap.name, basemap.credit, basemap.min_zoom, basemap.max_zoom) == ("seoul-city", "© us", 14, 14)
    body = basemap.tile(14, 13970, 6344)
    assert body is not None
    assert "transportation" in mapbox_vector_tile.decode(gzip.decompress(body))


def test_pmtiles_are_copied_as_they_are(tmp_path: Path) -> None:
    """The archive that ships can be imported under another name."""
    source = tmp_path / "mine.pmtiles"
    source.write_bytes(resources.path("basemap/streets.pmtiles").read_bytes())
    assert import_basemap(source, tmp_path, unheard).read_bytes() == source.read_bytes()


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("map.osm.pbf", b"not a map", "is not an OpenStreetMap extract"),
        ("map.osm.pbf", b"", "is not an OpenStreetMap extract"),
        ("map.mbtiles", b"not a map", "is not MBTiles"),
        ("map.mbtiles", b"", "is not MBTiles"),
        ("map.pmtiles", b"not a map", "is not PMTiles 3"),
        ("map.pmtiles", b"PMTiles\x03" + bytes(119), "PMTiles"),
        ("map.zip", b"PK", "must be an extract"),
    ],
)
def test_foreign_files_are_refused_with_a_sentence_and_leave_nothing(tmp_path: Path, name: str, body: bytes, said: str) -> None:
    """The sentence names the file; no half-written archive stays."""
    source = tmp_path / name
    source.write_bytes(body)
    with pytest.raises(InputRefusedError, match=said) as refused:
        import_basemap(source, tmp_path / "room", unheard)
    assert name in str(refused.value)
    assert not list(tmp_path.glob("room/basemaps/*"))


def test_archive_cut_short_is_refused(tmp_path: Path) -> None:
    """A copy that was interrupted is noticed at the import, not when a tile is missing at night."""
    whole = resources.path("basemap/streets.pmtiles").read_bytes()
    source = tmp_path / "short.pmtiles"
    source.write_bytes(whole[: len(whole) - 5000])
    assert deserialize_header(whole)["tile_data_length"] > 5000
    with pytest.raises(InputRefusedError, match=r"cut short|damaged"):
        import_basemap(source, tmp_path / "room", unheard)


def test_pictures_are_refused(tmp_path: Path) -> None:
    """Raster tiles have one theme and no names in two languages."""
    with pytest.raises(InputRefusedError, match="vector tiles"):
        import_basemap(mbtiles(tmp_path / "photo.mbtiles", kind="png"), tmp_path / "room", unheard)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefusedError, match="no such file"):
        import_basemap(tmp_path / "none.pmtiles", tmp_path, unheard)
