"""Reads an OpenStreetMap extract into the features that a base map is drawn from."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import osmium
import shapely
from shapely.geometry.base import BaseGeometry

from backend_bridge.adapters.basemap_tiles import Feature, mercator
from backend_bridge.adapters.refusals import InputRefusedError

ROAD_FROM: Final[Mapping[str, int]] = {
    "motorway": 5, "trunk": 7, "primary": 8, "secondary": 10, "tertiary": 11, "motorway_link": 11, "trunk_link": 12, "primary_link": 12,
    "secondary_link": 13, "tertiary_link": 13, "residential": 13, "unclassified": 13, "living_street": 13, "busway": 13, "pedestrian": 13,
    "service": 14, "footway": 14, "path": 14, "steps": 14, "cycleway": 14, "track": 14, "bridleway": 14,
}  # fmt: skip
"""The zoom from which each class of road is kept."""
_RAILS: Final = frozenset({"rail", "subway", "light_rail", "tram", "narrow_gauge", "monorail"})
_GREENS: Final = {
    "leisure": {"park", "garden", "pitch", "golf_course", "playground", "nature_reserve"},
    "landuse": {"forest", "grass", "meadow", "recreation_ground", "cemetery", "village_green", "farmland", "orchard"},
    "natural": {"wood", "scrub", "heath", "grassland"},
}  # fmt: skip
_WATERS: Final = {"natural": {"water", "bay"}, "waterway": {"riverbank", "dock"}, "landuse": {"reservoir", "basin"}}
_PLACES: Final[Mapping[str, int]] = {"city": 6, "town": 8, "suburb": 11, "quarter": 12, "village": 12, "neighbourhood": 13, "hamlet": 13}
_POIS: Final = {
    "amenity": {"police", "hospital", "school", "university", "college", "pharmacy", "fire_station", "library", "townhall", "bank", "cafe",
                "restaurant", "fast_food", "place_of_worship", "kindergarten", "post_office", "theatre", "cinema", "pub", "bar"},
    "railway": {"station", "subway_entrance", "tram_stop"},
    "tourism": {"hotel", "museum", "attraction"},
    "shop": {"supermarket", "mall", "convenience", "department_store"},
    "highway": {"bus_stop"},
}  # fmt: skip
_POI_FROM: Final[Mapping[str, int]] = {"station": 11, "police": 12, "hospital": 12, "university": 12, "school": 13, "subway_entrance": 14}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What an extract has to draw, where it lies (west, south, east, north in degrees), and how much in it was broken."""

    features: list[Feature]
    bounds: tuple[float, float, float, float]
    n_broken: int


def read_extract(path: Path, reached: Callable[[int], None]) -> Extract:
    """Read a `.osm.pbf`; what is broken in it (an open multipolygon, a way without places) is counted and left out.

    Raises InputRefusedError where the file is no extract.
    """
    reading = _Reading(reached)
    try:
        for thing in osmium.FileProcessor(str(path)).with_areas().with_locations():
            reading.take(thing)
    except (RuntimeError, OSError):
        raise InputRefusedError([f"{path}: is not an OpenStreetMap extract in PBF, or is damaged"]) from None
    return reading.done()


class _Reading:
    """One pass over an extract."""

    def __init__(self, reached: Callable[[int], None]) -> None:
        self._reached = reached
        self._n = 0
        self._n_broken = 0
        self._shapes = osmium.geom.WKBFactory()
        self._features: list[Feature] = []
        self._roads: dict[tuple[tuple[str, str], ...], list[BaseGeometry]] = defaultdict(list)
        self._coast: list[BaseGeometry] = []

    def take(self, thing: Any) -> None:
        """Keep what can be drawn of one object."""
        self._n += 1
        if self._n % 5000 == 0:
            self._reached(self._n)
        tags: dict[str, str] = {tag.k: tag.v for tag in thing.tags}
        if not tags:
            return
        try:
            if thing.is_node():
                self._take_point(tags, shapely.Point(thing.location.lon, thing.location.lat))
            elif thing.is_way():
                self._take_line(tags, thing)
            elif thing.is_area():
                self._take_area(tags, thing)
        except (RuntimeError, osmium.InvalidLocationError, shapely.errors.GEOSException):
            self._n_broken += 1

    def _take_point(self, tags: Mapping[str, str], point: BaseGeometry) -> None:
        place = tags.get("place", "")
        if place in _PLACES and "name" in tags:
            rank = list(_PLACES).index(place) + 1
            said: dict[str, str | int | float] = {"class": place, "rank": rank, **_names(tags)}
            self._features.append(Feature(layer="place", geometry=mercator(point), properties=said, min_zoom=_PLACES[place]))
        self._take_poi(tags, point)

    def _take_poi(self, tags: Mapping[str, str], point: BaseGeometry) -> None:
        kind = next((tags[key] for key, values in _POIS.items() if tags.get(key) in values), None)
        if kind is not None and "name" in tags:
            self._features.append(
                Feature(layer="poi", geometry=mercator(point), properties={"class": kind, **_names(tags)}, min_zoom=_POI_FROM.get(kind, 14))
            )

    def _take_line(self, tags: Mapping[str, str], way: Any) -> None:
        road, rail = tags.get("highway", ""), tags.get("railway", "")
        coast = tags.get("natural") == "coastline"
        if road not in ROAD_FROM and rail not in _RAILS and not coast and tags.get("waterway") not in ("river", "stream", "canal"):
            return
        points = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
        if len(points) < 2:
            raise osmium.InvalidLocationError
        line = shapely.LineString(points)
        if coast:
            self._coast.append(line)
        elif road in ROAD_FROM and tags.get("area") != "yes":
            said = {"class": road, **_names(tags), **{k: "1" for k in ("bridge", "tunnel") if tags.get(k, "no") != "no"}}
            self._roads[tuple(said.items())].append(line)
        elif rail in _RAILS:
            tunnel = {"tunnel": "1"} if tags.get("tunnel", "no") != "no" else {}
            self._features.append(Feature(layer="rail", geometry=mercator(line), properties={"class": rail, **tunnel}, min_zoom=10))
        elif "waterway" in tags:
            self._features.append(Feature(layer="waterway", geometry=mercator(line), properties={"class": tags["waterway"]}, min_zoom=11))

    def _take_area(self, tags: Mapping[str, str], area: Any) -> None:
        layer, first = _area_layer(tags)
        if layer is None:
            return
        shape = shapely.make_valid(shapely.from_wkb(self._shapes.create_multipolygon(area)))
        said = {"class": tags.get("building", layer), **_names(tags)}
        self._features.append(Feature(layer=layer, geometry=mercator(shape), properties=said, min_zoom=first))
        self._take_poi(tags, shape.representative_point())

    def done(self) -> Extract:
        """All features, roads of one name joined, and the sea beyond the coast."""
        for key, lines in self._roads.items():
            said = dict(key)
            merged = shapely.line_merge(shapely.MultiLineString(lines))
            self._features.append(Feature(layer="road", geometry=mercator(merged), properties=said, min_zoom=ROAD_FROM[said["class"]]))
        self._reached(self._n)
        if not self._features:
            return Extract(features=[], bounds=(0.0, 0.0, 0.0, 0.0), n_broken=self._n_broken)
        bounds = _bounds(self._features)
        for sea in _sea(self._coast, bounds):
            self._features.append(Feature(layer="water", geometry=mercator(sea), properties={"class": "sea"}, min_zoom=5))
        return Extract(features=self._features, bounds=bounds, n_broken=self._n_broken)


def _area_layer(tags: Mapping[str, str]) -> tuple[str | None, int]:
    if tags.get("building", "no") != "no":
        return "building", 13
    if any(tags.get(key) in values for key, values in _WATERS.items()):
        return "water", 9
    if any(tags.get(key) in values for key, values in _GREENS.items()):
        return "green", 10
    return None, 0


def _names(tags: Mapping[str, str]) -> dict[str, str]:
    return {key: tags[key] for key in ("name", "name:ko", "name:en") if tags.get(key)}


def _bounds(features: list[Feature]) -> tuple[float, float, float, float]:
    """Where the middle of nearly everything lies, in degrees: one long ferry line does not make an extract wide."""
    middles = np.array([feature.geometry.centroid.coords[0] for feature in features if not feature.geometry.is_empty])
    low, high = np.quantile(middles, [0.002, 0.998], axis=0) / 6378137.0
    lat = np.degrees(np.arctan(np.sinh([low[1], high[1]])))
    lon = np.degrees([low[0], high[0]])
    return float(lon[0]), float(lat[0]), float(lon[1]), float(lat[1])


def _sea(coast: list[BaseGeometry], bounds: tuple[float, float, float, float]) -> Iterator[BaseGeometry]:
    """The pieces of the extract's rectangle that lie to the right of its coastlines, where OpenStreetMap has the water."""
    if not coast:
        return
    frame = shapely.box(*bounds)
    lines = shapely.intersection(shapely.line_merge(shapely.union_all(coast)), frame)
    pieces = list(shapely.polygonize([shapely.union_all([lines, frame.exterior])]).geoms)
    votes = np.zeros(len(pieces), int)
    tree = shapely.STRtree(pieces)
    for line in coast:
        points = shapely.get_coordinates(line)
        step = np.diff(points, axis=0)
        length = np.hypot(step[:, 0], step[:, 1])
        aside = np.column_stack((step[:, 1], -step[:, 0]))[length > 0] / length[length > 0, None] * 1e-6
        middle = ((points[1:] + points[:-1]) / 2)[length > 0]
        for offset, vote in ((aside, 1), (-aside, -1)):
            _, found = tree.query(shapely.points(middle + offset), predicate="within")
            np.add.at(votes, found, vote)
    yield from (piece for piece, vote in zip(pieces, votes, strict=True) if vote > 0)
