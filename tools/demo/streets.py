"""The streets that the people of the demo set walk and drive on: a graph per area, from OpenStreetMap ways."""

import heapq
import itertools
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

M_PER_DEG_LAT = 111_132.0
DRIVEN = {"motorway", "trunk", "primary", "secondary", "tertiary", "residential", "unclassified", "living_street"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Streets:
    """A connected street graph; `xy_m` (n, 2) is east and north of the area's corner `origin` (lat, lon)."""

    origin: tuple[float, float]
    xy_m: NDArray[np.float64]
    neighbours: tuple[tuple[tuple[int, float], ...], ...]
    """Of each node: the nodes one way-segment away and the metres to them."""
    drivable: NDArray[np.bool_]

    def lat_lon(self, xy_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 2) metres to (n, 2) WGS 84 latitude and longitude."""
        lat = self.origin[0] + xy_m[:, 1] / M_PER_DEG_LAT
        lon = self.origin[1] + xy_m[:, 0] / (M_PER_DEG_LAT * np.cos(np.radians(self.origin[0])))
        return np.column_stack([lat, lon])

    def nearest(self, xy_m: NDArray[np.float64]) -> int:
        """The node nearest to a point."""
        return int(np.argmin(((self.xy_m - xy_m) ** 2).sum(axis=1)))

    def route(self, start: int, goal: int, *, by_car: bool = False) -> NDArray[np.float64]:
        """The shortest way from `start` to `goal` as (n, 2) metres; by car over drivable streets where that is possible."""
        best = {start: 0.0}
        came: dict[int, int] = {}
        heap = [(0.0, start)]
        while heap:
            cost, node = heapq.heappop(heap)
            if node == goal:
                break
            if cost > best[node]:
                continue
            for other, metres in self.neighbours[node]:
                weighed = cost + metres * (1.0 if not by_car or self.drivable[other] else 4.0)
                if weighed < best.get(other, np.inf):
                    best[other] = weighed
                    came[other] = node
                    heapq.heappush(heap, (weighed, other))
        way = [goal]
        while way[-1] != start:
            way.append(came[way[-1]])
        return self.xy_m[way[::-1]]


def read_streets(path: Path, area: str) -> Streets:
    """The largest connected piece of the streets of `area` in a GeoPackage with a layer `roads`."""
    roads = gpd.read_file(path, layer="roads", where=f"area = '{area}'")
    origin = (float(roads.total_bounds[1]), float(roads.total_bounds[0]))
    scale = np.array([M_PER_DEG_LAT * np.cos(np.radians(origin[0])), M_PER_DEG_LAT])
    numbers: dict[tuple[float, float], int] = {}
    edges: dict[int, dict[int, float]] = {}
    drivable: dict[int, bool] = {}
    for way, kind in zip(roads.geometry, roads["class"], strict=True):
        points = [(round(x, 6), round(y, 6)) for x, y in way.coords]
        nodes = [numbers.setdefault(p, len(numbers)) for p in points]
        for node in nodes:
            drivable[node] = drivable.get(node, False) or kind in DRIVEN
        for (a, pa), (b, pb) in itertools.pairwise(zip(nodes, points, strict=True)):
            metres = float(np.hypot(*((np.array(pa) - pb) * scale)))
            edges.setdefault(a, {})[b] = metres
            edges.setdefault(b, {})[a] = metres
    keep = _largest_component(edges)
    new = {old: i for i, old in enumerate(keep)}
    lon_lat = np.array(list(numbers))
    return Streets(
        origin=origin,
        xy_m=(lon_lat[keep] - np.array([origin[1], origin[0]])) * scale,
        neighbours=tuple(tuple((new[b], m) for b, m in edges[old].items()) for old in keep),
        drivable=np.array([drivable[old] for old in keep]),
    )


def _largest_component(edges: dict[int, dict[int, float]]) -> list[int]:
    unseen = set(edges)
    largest: list[int] = []
    while unseen:
        piece = [unseen.pop()]
        for node in piece:
            fresh = [b for b in edges[node] if b in unseen]
            unseen.difference_update(fresh)
            piece.extend(fresh)
        if len(piece) > len(largest):
            largest = piece
    return sorted(largest)
