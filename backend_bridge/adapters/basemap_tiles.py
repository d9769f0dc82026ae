"""Cuts map features into vector tiles (MVT) and writes them as one PMTiles archive, simplified for each zoom."""

import gzip
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from mapbox_vector_tile import encode
from numpy.typing import NDArray
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from shapely.geometry.base import BaseGeometry

_WORLD_M = 2 * math.pi * 6378137.0
"""Width of the Web Mercator square in its own metres."""
_EXTENT = 4096
_BUFFER = 64
"""Units that a tile keeps beyond its edge, so that strokes meet across tiles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One thing on a base map: Web Mercator geometry, the layer it is drawn in, and the zooms it is kept at."""

    layer: str
    geometry: BaseGeometry
    properties: Mapping[str, str | int | float] = field(default_factory=dict)
    min_zoom: int = 0
    max_zoom: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Which zooms an archive has: the whole world up to `world_zoom`, `bounds` (west, south, east, north in degrees) up to `max_zoom`."""

    min_zoom: int
    max_zoom: int
    world_zoom: int
    bounds: tuple[float, float, float, float]


def write_archive(path: Path, features: Iterable[Feature], coverage: Coverage, attribution: str) -> int:
    """Write the tiles of `features` to `path` and return how many there are."""
    kept = list(features)
    tiles: dict[int, bytes] = {}
    for zoom in range(coverage.min_zoom, coverage.max_zoom + 1):
        for (x, y), layers in _tiles_of(kept, zoom, coverage).items():
            tiles[zxy_to_tileid(zoom, x, y)] = _encoded(layers, zoom, x, y, coverage)
    with path.open("wb") as file:
        writer: Any = Writer(file)  # type: ignore[no-untyped-call]  # pmtiles is typed in part only
        for tile_id in sorted(tiles):
            writer.write_tile(tile_id, tiles[tile_id])
        west, south, east, north = coverage.bounds
        header = {
            "tile_type": TileType.MVT,
            "tile_compression": Compression.GZIP,
            "min_lon_e7": int(west * 1e7),
            "min_lat_e7": int(south * 1e7),
            "max_lon_e7": int(east * 1e7),
            "max_lat_e7": int(north * 1e7),
            "center_zoom": coverage.min_zoom,
            "center_lon_e7": int((west + east) / 2 * 1e7),
            "center_lat_e7": int((south + north) / 2 * 1e7),
        }
        writer.finalize(header, {"attribution": attribution, "bongsu_world_zoom": coverage.world_zoom})
    return len(tiles)


def _tiles_of(features: list[Feature], zoom: int, coverage: Coverage) -> dict[tuple[int, int], dict[str, list[Feature]]]:
    """Every tile of a zoom that something touches, and what is in it, simplified to a third of a pixel."""
    found: dict[tuple[int, int], dict[str, list[Feature]]] = defaultdict(lambda: defaultdict(list))
    tolerance = _WORLD_M / 2**zoom / 1536 if zoom < coverage.max_zoom else 0.15
    limits = _limits(zoom, coverage)
    for feature in features:
        if not feature.min_zoom <= zoom <= feature.max_zoom:
            continue
        geometry = feature.geometry
        if geometry.geom_type not in ("Point", "MultiPoint"):
            geometry = shapely.simplify(geometry, tolerance)
            if zoom < coverage.max_zoom and geometry.geom_type.endswith("Polygon") and geometry.area < (2 * tolerance) ** 2:
                continue
        for x, y, piece in _pieces(geometry, zoom, limits):
            found[x, y][feature.layer].append(
                Feature(layer=feature.layer, geometry=piece, properties=feature.properties, min_zoom=zoom, max_zoom=zoom)
            )
    return found


def _limits(zoom: int, coverage: Coverage) -> tuple[int, int, int, int]:
    if zoom <= coverage.world_zoom:
        return 0, 0, 2**zoom - 1, 2**zoom - 1
    west, south, east, north = coverage.bounds
    left, top = _tile_at(west, north, zoom)
    right, bottom = _tile_at(east, south, zoom)
    return left, top, right, bottom


def _tile_at(lon_deg: float, lat_deg: float, zoom: int) -> tuple[int, int]:
    x = (lon_deg / 360 + 0.5) * 2**zoom
    y = (0.5 - math.asinh(math.tan(math.radians(lat_deg))) / math.tau) * 2**zoom
    return int(min(max(x, 0), 2**zoom - 1)), int(min(max(y, 0), 2**zoom - 1))


def _pieces(geometry: BaseGeometry, zoom: int, limits: tuple[int, int, int, int]) -> Iterator[tuple[int, int, BaseGeometry]]:
    """Cut a geometry column by column, then row by row, so that a long coast is not clipped against itself thousands of times."""
    size = _WORLD_M / 2**zoom
    edge = size * _BUFFER / _EXTENT
    west, _, east, _ = geometry.bounds
    half = _WORLD_M / 2
    for x in range(max(limits[0], math.floor((west - edge + half) / size)), min(limits[2], math.floor((east + edge + half) / size)) + 1):
        left = x * size - half
        column = _clipped(geometry, left - edge, -half * 2, left + size + edge, half * 2)
        if column.is_empty:
            continue
        _, column_south, _, column_north = column.bounds
        first = max(limits[1], math.floor((half - column_north - edge) / size))
        last = min(limits[3], math.floor((half - column_south + edge) / size))
        for y in range(first, last + 1):
            top = half - y * size
            piece = _clipped(column, left - edge, top - size - edge, left + size + edge, top + edge)
            if not piece.is_empty:
                yield x, y, piece


def _clipped(geometry: BaseGeometry, west: float, south: float, east: float, north: float) -> BaseGeometry:
    bounds = geometry.bounds
    if bounds[0] >= west and bounds[2] <= east and bounds[1] >= south and bounds[3] <= north:
        return geometry
    return shapely.intersection(geometry, shapely.box(west, south, east, north))


def _encoded(layers: Mapping[str, list[Feature]], zoom: int, x: int, y: int, coverage: Coverage) -> bytes:
    size, extent = _WORLD_M / 2**zoom, _EXTENT * 2 if zoom == coverage.max_zoom else _EXTENT
    corner = np.array((x * size - _WORLD_M / 2, _WORLD_M / 2 - (y + 1) * size))

    def quantised(points: NDArray[np.float64]) -> NDArray[np.float64]:
        moved: NDArray[np.float64] = np.rint((points - corner) * (extent / size))
        return moved

    content = [
        {
            "name": name,
            "features": [
                {"geometry": shapely.transform(part, quantised), "properties": dict(feature.properties)}
                for feature in features
                for part in _simple_parts(feature.geometry)
            ],
        }
        for name, features in layers.items()
    ]
    return gzip.compress(encode(content, default_options={"extents": extent}), mtime=0)


def _simple_parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    """What of a geometry can be drawn: a clip may leave a collection of areas, lines and touching points."""
    if geometry.geom_type != "GeometryCollection":
        return [geometry]
    parts = [part for part in geometry.geoms if not part.is_empty]
    best = max((shapely.get_dimensions(part) for part in parts), default=-1)
    return [part for part in parts if shapely.get_dimensions(part) == best]


def mercator(geometry: BaseGeometry) -> BaseGeometry:
    """The same geometry in Web Mercator metres; latitudes beyond ±85° are drawn at ±85°."""

    def project(points: NDArray[np.float64]) -> NDArray[np.float64]:
        lat = np.radians(np.clip(points[:, 1], -85.0511, 85.0511))
        return np.column_stack((np.radians(points[:, 0]), np.arcsinh(np.tan(lat)))) * 6378137.0

    return shapely.transform(geometry, project)
