"""Imports a base map into a data folder: an OpenStreetMap extract, or tiles that somebody else cut (MBTiles, PMTiles)."""

import gzip
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from pmtiles.tile import (
    Compression,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    deserialize_header,
    zxy_to_tileid,
)
from pmtiles.writer import Writer

from backend_bridge.adapters.basemap_osm import read_extract
from backend_bridge.adapters.basemap_tiles import Coverage, write_archive
from backend_bridge.adapters.refusals import InputRefusedError

FOLDER: Final = "basemaps"
"""Where imported base maps lie in a data folder, one `NAME.pmtiles` each."""
_OSM_CREDIT: Final = "© OpenStreetMap contributors (ODbL)"
_EXTRACT_ZOOMS: Final = (5, 14)
_HIGHEST_ZOOM: Final = 22
_HEADER_BYTES: Final = 127


def import_basemap(source: Path, data: Path, reached: Callable[[int], None]) -> Path:
    """Import `source` and return the archive that was written; an archive of the same name is replaced at once.

    `reached` is told how many things have been read. Raises InputRefusedError with one sentence where the file is not what its
    name says.
    """
    reader = _reader_for(source)
    if not source.is_file():
        raise InputRefusedError([f"{source}: there is no such file"])
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{_name_of(source)}.pmtiles"
    unfinished = target.with_suffix(".unfinished")
    try:
        reader(source, unfinished, reached)
        unfinished.replace(target)
    except OSError as error:
        raise InputRefusedError([f"{source}: cannot be imported: {error.strerror or error}"]) from None
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def is_extract(source: Path) -> bool:
    """Whether a file is, by its name, an OpenStreetMap extract, which has roads to drive on too."""
    return source.name.endswith(".osm.pbf")


def _reader_for(source: Path) -> Callable[[Path, Path, Callable[[int], None]], None]:
    if is_extract(source):
        return _import_extract
    readers = {".mbtiles": _import_mbtiles, ".pmtiles": _import_pmtiles}
    if source.suffix not in readers:
        raise InputRefusedError([f"{source}: must be an extract .osm.pbf, or tiles .mbtiles or .pmtiles"])
    return readers[source.suffix]


def _name_of(source: Path) -> str:
    """A short name of letters, digits and hyphens; the desk asks for tiles under it."""
    plain = re.sub(r"[^a-z0-9]+", "-", source.name.lower().split(".")[0]).strip("-")
    return plain[:32] or "imported"


def _import_extract(source: Path, target: Path, reached: Callable[[int], None]) -> None:
    extract = read_extract(source, reached)
    if not extract.features:
        raise InputRefusedError([f"{source}: has no roads, buildings or places to draw"])
    low, high = _EXTRACT_ZOOMS
    coverage = Coverage(min_zoom=low, max_zoom=high, world_zoom=-1, bounds=extract.bounds)
    write_archive(target, extract.features, coverage, _OSM_CREDIT)


def _import_mbtiles(source: Path, target: Path, reached: Callable[[int], None]) -> None:
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as base:
            said = dict(base.execute("SELECT name, value FROM metadata"))
            if said.get("format") != "pbf":
                raise InputRefusedError(
                    [f"{source}: holds {said.get('format', 'unknown')} tiles; only vector tiles (pbf) can be drawn in both themes"]
                )
            _write_tiles(target, _mbtiles(base, reached), said)
    except sqlite3.Error as error:
        raise InputRefusedError([f"{source}: is not MBTiles ({error})"]) from None
    except EmptyArchiveError:
        raise InputRefusedError([f"{source}: has no tiles"]) from None


class EmptyArchiveError(ValueError):
    """There was no tile to write."""


def _mbtiles(base: sqlite3.Connection, reached: Callable[[int], None]) -> Iterator[tuple[int, int, int, bytes]]:
    """Tiles by zoom, column and row from the top; MBTiles counts rows from the bottom."""
    found = base.execute("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles")
    for n, (zoom, x, row, body) in enumerate(found):
        if 0 <= zoom <= _HIGHEST_ZOOM and 0 <= x < 1 << zoom and 0 <= row < 1 << zoom and isinstance(body, bytes):
            yield zoom, x, (1 << zoom) - 1 - row, body
        reached(n + 1)


def _write_tiles(target: Path, tiles: Iterator[tuple[int, int, int, bytes]], said: dict[str, str]) -> None:
    by_id = {zxy_to_tileid(zoom, x, y): (zoom, _zipped(body)) for zoom, x, y, body in tiles}
    if not by_id:
        raise EmptyArchiveError
    zooms = [zoom for zoom, _ in by_id.values()]
    west, south, east, north = _bounds(said.get("bounds"))
    with target.open("wb") as file:
        writer: Any = Writer(file)  # type: ignore[no-untyped-call]  # pmtiles is typed in part only
        for tile_id in sorted(by_id):
            writer.write_tile(tile_id, by_id[tile_id][1])
        header = {
            "tile_type": TileType.MVT, "tile_compression": Compression.GZIP, "min_zoom": min(zooms), "max_zoom": max(zooms),
            "min_lon_e7": int(west * 1e7), "min_lat_e7": int(south * 1e7), "max_lon_e7": int(east * 1e7), "max_lat_e7": int(north * 1e7),
            "center_zoom": min(zooms), "center_lon_e7": int((west + east) * 5e6), "center_lat_e7": int((south + north) * 5e6),
        }  # fmt: skip
        writer.finalize(header, {"attribution": said.get("attribution", _OSM_CREDIT)})


def _zipped(body: bytes) -> bytes:
    return body if body[:2] == b"\x1f\x8b" else gzip.compress(body, mtime=0)


def _bounds(text: str | None) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in (text or "").split(","))
    except ValueError:
        return -180.0, -85.0, 180.0, 85.0
    return west, south, east, north


def _import_pmtiles(source: Path, target: Path, reached: Callable[[int], None]) -> None:
    """Check that the archive is one of vector tiles and whole, and copy it."""
    with source.open("rb") as file:
        try:
            header = deserialize_header(file.read(_HEADER_BYTES))
            file.seek(header["root_offset"])
            deserialize_directory(file.read(header["root_length"]))
            file.seek(header["metadata_offset"])
            packed = file.read(header["metadata_length"])
            json.loads(gzip.decompress(packed) if header["internal_compression"] == Compression.GZIP else packed)
        except (MagicNumberNotFound, SpecVersionUnsupported, OSError, EOFError, ValueError, IndexError, KeyError):
            raise InputRefusedError([f"{source}: is not PMTiles 3, or is damaged"]) from None
        if header["tile_type"] != TileType.MVT or header["tile_compression"] not in (Compression.GZIP, Compression.NONE):
            raise InputRefusedError([f"{source}: must hold vector tiles (MVT), gzipped or plain; pictures cannot be drawn in both themes"])
        if file.seek(0, os.SEEK_END) < header["tile_data_offset"] + header["tile_data_length"]:
            raise InputRefusedError([f"{source}: is cut short; copy it again"])
        file.seek(0)
        with target.open("wb") as copy:
            while part := file.read(1 << 20):
                copy.write(part)
                reached(copy.tell())
