"""Base maps as the page asks for them: archives of vector tiles, read in place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pmtiles.reader import Reader

import resources

BUNDLED = ("land", "streets")


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
        }


def of_archive(name: str, content: bytes | memoryview) -> Basemap:
    """A base map from the content of a PMTiles archive (bytes, or a view of a mapped file)."""
    reader = Reader(_slices(content))
    header, metadata = reader.header(), reader.metadata()
    return Basemap(
        name=name,
        min_zoom=header["min_zoom"],
        max_zoom=header["max_zoom"],
        world_zoom=int(metadata.get("bongsu_world_zoom", -1)),
        bounds=tuple(header[side] / 1e7 for side in ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")),
        credit=str(metadata.get("attribution", "")),
        tile=reader.get,
    )


def _slices(content: bytes | memoryview) -> Callable[[int, int], bytes]:
    def part(offset: int, length: int) -> bytes:
        return bytes(content[offset : offset + length])

    return part


def bundled() -> tuple[Basemap, ...]:
    """The base maps that ship: the world and Korea's boundaries, and roads and streets where open data have them."""
    return tuple(of_archive(name, resources.path(f"basemap/{name}.pmtiles").read_bytes()) for name in BUNDLED)
