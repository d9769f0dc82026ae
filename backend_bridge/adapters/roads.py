"""Travel times by road: a graph of the imported OpenStreetMap extract, searched from the destination outwards.

The search is Dijkstra's in scipy's compiled graph routines: one run answers for all units of an incident at once.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import osmium
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from backend_bridge.adapters.road_network import RoadNetwork
from backend_bridge.domain.quantities import LatLon

SPEEDS_MPS: Final = {
    "motorway": 27.0,
    "motorway_link": 15.0,
    "trunk": 20.0,
    "trunk_link": 13.0,
    "primary": 14.0,
    "primary_link": 10.0,
    "secondary": 12.0,
    "secondary_link": 9.0,
    "tertiary": 10.0,
    "tertiary_link": 8.0,
    "unclassified": 8.0,
    "residential": 7.0,
    "living_street": 4.0,
    "service": 4.0,
    "pedestrian": 3.0,
}
"""Of a police car in town, with signals; footways are not driven."""
SNAP_M: Final = 300.0
"""A place farther than this from every road has no road time."""
LIMIT_S: Final = 3600.0
M_PER_DEG: Final = 111_195.0


class TravelTimeFinder:
    """Answers how long units need to a place; built once from a network."""

    def __init__(self, network: RoadNetwork) -> None:
        n = len(network.lat_deg)
        self._middle_deg = float(np.mean(network.lat_deg)) if n else 0.0
        towards = csr_array((network.seconds, (network.end, network.start)), shape=(n, n))
        reachable = _largest_connected(towards)
        self._towards = towards[reachable][:, reachable]
        self._tree = cKDTree(self._metres(network.lat_deg[reachable], network.lon_deg[reachable])) if n else None

    def seconds_to(self, destination: LatLon, origins: Sequence[LatLon]) -> tuple[float | None, ...]:
        """Driving seconds from each origin; None where there is no way by road within an hour."""
        if self._tree is None or not origins:
            return (None,) * len(origins)
        places = (destination, *origins)
        metres, nodes = self._tree.query(self._metres(np.array([p.lat_deg for p in places]), np.array([p.lon_deg for p in places])))
        if metres[0] > SNAP_M:
            return (None,) * len(origins)
        times = dijkstra(self._towards, indices=int(nodes[0]), limit=LIMIT_S)[nodes[1:]]
        walked = (metres[1:] + metres[0]) / SPEEDS_MPS["living_street"]
        return tuple(
            float(t + w) if np.isfinite(t) and off <= SNAP_M else None for t, w, off in zip(times, walked, metres[1:], strict=True)
        )

    def _metres(self, lat_deg: NDArray[np.float64], lon_deg: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack([lat_deg * M_PER_DEG, lon_deg * M_PER_DEG * np.cos(np.radians(self._middle_deg))])


def _largest_connected(graph: csr_array) -> NDArray[np.intp]:
    """The junctions that can all be driven to from one another: a car park cut off by the extract's edge is no goal."""
    _, labels = connected_components(graph, directed=True, connection="strong")
    return np.flatnonzero(labels == np.bincount(labels).argmax()) if len(labels) else np.empty(0, dtype=np.intp)


def network_of_extract(path: Path) -> RoadNetwork:
    """The drivable roads of an OpenStreetMap extract (`.osm.pbf`).

    Raises RuntimeError where the file is no such extract.
    """
    return network_of_ways(_ways(path))


def network_of_ways(ways: Iterator[tuple[str, str, NDArray[np.float64]]]) -> RoadNetwork:
    """The network of ways given as (highway class, oneway value, (k, 2) latitudes and longitudes); other classes are left out."""
    numbers: dict[tuple[float, float], int] = {}
    start: list[int] = []
    end: list[int] = []
    seconds: list[float] = []
    for kind, oneway, points in ways:
        speed = SPEEDS_MPS.get(kind)
        if speed is None or len(points) < 2:
            continue
        nodes = [numbers.setdefault((float(lat), float(lon)), len(numbers)) for lat, lon in points.round(7)]
        legs = list(zip(nodes[:-1], nodes[1:], (_lengths_m(points) / speed).tolist(), strict=True))
        if oneway != "-1":
            _add(legs, start, end, seconds)
        if oneway not in {"yes", "true", "1"}:
            _add([(b, a, s) for a, b, s in legs], start, end, seconds)
    places = np.array(list(numbers), dtype=np.float64).reshape(-1, 2)
    return RoadNetwork(
        lat_deg=places[:, 0],
        lon_deg=places[:, 1],
        start=np.array(start, dtype=np.int32),
        end=np.array(end, dtype=np.int32),
        seconds=np.array(seconds, dtype=np.float32),
    )


def _add(legs: list[tuple[int, int, float]], start: list[int], end: list[int], seconds: list[float]) -> None:
    for a, b, s in legs:
        if a != b:
            start.append(a)
            end.append(b)
            seconds.append(max(s, 0.05))


def _lengths_m(points: NDArray[np.float64]) -> NDArray[np.float64]:
    lat_m = np.diff(points[:, 0]) * M_PER_DEG
    lon_m = np.diff(points[:, 1]) * M_PER_DEG * np.cos(np.radians(points[0, 0]))
    lengths: NDArray[np.float64] = np.hypot(lat_m, lon_m)
    return lengths


def _ways(path: Path) -> Iterator[tuple[str, str, NDArray[np.float64]]]:
    for way in osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.KeyFilter("highway")):
        if isinstance(way, osmium.osm.Way):
            points = [(n.lat, n.lon) for n in way.nodes if n.location.valid()]
            oneway = way.tags.get("oneway", "yes" if way.tags.get("junction") == "roundabout" else "no")
            yield way.tags["highway"], oneway or "no", np.array(points, dtype=np.float64).reshape(-1, 2)
