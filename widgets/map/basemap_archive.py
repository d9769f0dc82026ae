"""Base maps as the page asks for them: archives of vector tiles, read in place."""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from pmtiles.tile import Compression, Entry, deserialize_directory, deserialize_header, find_tile, zxy_to_tileid

import resources

BUNDLED: Final = ("land", "streets")
_DEEPEST: Final = 4
_KEPT_DIRECTORIES: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Basemap:
    """One source of vector tiles: what it covers, who must be credited, and how a tile is read."""

    name: str
    """Short, of letters and digits; part of the address under which the page asks for tiles."""
    min_zoom: int
    max_zoom: int
    world_zoom: int
    """Up to this zoom the whole world is there; -1 when only `bounds` is."""
    bounds: tuple[float, float, float, float]
    """West, south, east, north in degrees."""
    credit: str
    replaces: tuple[str, ...] = ()
    """Names of other base maps that are not drawn where this one is."""
    tile: Callable[[int, int, int], bytes | None]
    """Zoom, column and row to the bytes of the tile (MVT, perhaps gzipped), None where there is none."""

    def described(self) -> dict[str, Any]:
        """What the page must know to ask for tiles."""
        return {
            "name": self.name,
            "min": self.min_zoom,
            "max": self.max_zoom,
            "world": self.world_zoom,
            "bounds": list(self.bounds),
            "credit": self.credit,
            "replaces": list(self.replaces),
        }


class Archive:
    """A PMTiles archive in memory or mapped; its directories are read once and kept (pmtiles' own reader parses them for every tile)."""

    def __init__(self, content: bytes | memoryview) -> None:
        self._content = content
        self.header = deserialize_header(self._part(0, 127))
        packed = self._part(self.header["metadata_offset"], self.header["metadata_length"])
        zipped = self.header["internal_compression"] == Compression.GZIP
        self.metadata: dict[str, Any] = json.loads(gzip.decompress(packed) if zipped else packed)
        self._directories: dict[int, list[Entry]] = {}

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """The bytes of a tile as they lie in the archive; None where it has none."""
        if not (0 <= zoom <= 26 and 0 <= x < 1 << zoom and 0 <= y < 1 << zoom):
            return None
        wanted = zxy_to_tileid(zoom, x, y)
        offset, length = self.header["root_offset"], self.header["root_length"]
        for _ in range(_DEEPEST):
            found = find_tile(self._directory(offset, length), wanted)
            if found is None:
                return None
            if found.run_length:
                return self._part(self.header["tile_data_offset"] + found.offset, found.length)
            offset, length = self.header["leaf_directory_offset"] + found.offset, found.length
        return None

    def _directory(self, offset: int, length: int) -> list[Entry]:
        found = self._directories.get(offset)
        if found is None:
            if len(self._directories) >= _KEPT_DIRECTORIES:
                self._directories.clear()
            found = self._directories[offset] = deserialize_directory(self._part(offset, length))
        return found

    def _part(self, offset: int, length: int) -> bytes:
        return bytes(self._content[offset : offset + length])


def of_archive(name: str, content: bytes | memoryview, replaces: tuple[str, ...] = ()) -> Basemap:
    """A base map from the content of a PMTiles archive (bytes, or a view of a mapped file)."""
    archive = Archive(content)
    west, south, east, north = (archive.header[side] / 1e7 for side in ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7"))
    return Basemap(
        name=name,
        min_zoom=archive.header["min_zoom"],
        max_zoom=archive.header["max_zoom"],
        world_zoom=int(archive.metadata.get("bongsu_world_zoom", -1)),
        bounds=(west, south, east, north),
        credit=str(archive.metadata.get("attribution", "")),
        replaces=replaces,
        tile=archive.tile,
    )


def bundled() -> tuple[Basemap, ...]:
    """The base maps that ship: the world and Korea's boundaries, and roads and streets where open data have them."""
    return tuple(of_archive(name, resources.path(f"basemap/{name}.pmtiles").read_bytes()) for name in BUNDLED)
