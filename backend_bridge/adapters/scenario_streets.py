"""The streets that the people of a scenario go along: the bundled network or an imported extract, searched by Dijkstra's algorithm."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import osmium
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.road_network import RoadNetwork
from backend_bridge.adapters.roads import M_PER_DEG, network_of_extract
from backend_bridge.adapters.scenario_files import BUNDLED
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.scenarios.scenario import Way

_BUNDLED_FILE: Final = "demo/roads.npz"
_UNREACHED: Final = -9999


class StreetRoads:
    """Routes over a network: by car as it may be driven, on foot and by bicycle both ways and by the metre.

    A place off the streets is joined to the nearest junction in a straight line; where no way leads, the way is straight.
    """

    def __init__(self, network: RoadNetwork) -> None:
        n = len(network.lat_deg)
        self._lat_lon = np.column_stack([network.lat_deg, network.lon_deg])
        self._middle_deg = float(np.mean(network.lat_deg)) if n else 0.0
        metres = self._metres(self._lat_lon)
        self._driven = csr_array((network.seconds, (network.start, network.end)), shape=(n, n))
        ends = np.unique(np.sort(np.column_stack([network.start, network.end]), axis=1), axis=0)
        lengths = np.maximum(np.hypot(*(metres[ends[:, 0]] - metres[ends[:, 1]]).T), 0.01)
        one_way = csr_array((lengths, (ends[:, 0], ends[:, 1])), shape=(n, n))
        self._walked = one_way + one_way.T
        self._tree = cKDTree(metres) if n else None

    def route(self, start: LatLon, goal: LatLon, way: Way) -> NDArray[np.float64]:
        """The way from `start` to `goal`, both included, as (n, 2) degrees."""
        ends = np.array([[start.lat_deg, start.lon_deg], [goal.lat_deg, goal.lon_deg]])
        if self._tree is None:
            return ends
        _, (first, last) = self._tree.query(self._metres(ends))
        graph = self._driven if way is Way.CAR else self._walked
        _, before = dijkstra(graph, indices=int(first), return_predecessors=True)
        nodes = [int(last)]
        while nodes[-1] != first:
            previous = int(before[nodes[-1]])
            if previous == _UNREACHED:
                return ends
            nodes.append(previous)
        return np.vstack([ends[:1], self._lat_lon[nodes[::-1]], ends[1:]])

    def junctions(self) -> NDArray[np.float64]:
        """(n, 2) degrees of latitude and longitude of all junctions."""
        return self._lat_lon

    def _metres(self, lat_lon: NDArray[np.float64]) -> NDArray[np.float64]:
        metres: NDArray[np.float64] = lat_lon * np.array([M_PER_DEG, M_PER_DEG * np.cos(np.radians(self._middle_deg))])
        return metres


def streets_of(name: str, beside: Path, resources: Path) -> StreetRoads:
    """The streets that a scenario file `beside` names; raises `InputRefusedError` where they cannot be read."""
    file = resources / _BUNDLED_FILE if name == BUNDLED else beside.parent / name
    try:
        return _read(file)
    except (OSError, EOFError, LookupError, ValueError, RuntimeError, osmium.InvalidLocationError) as error:
        raise InputRefusedError(
            [f'{beside}, field streets: {name} cannot be read ({error}); name an extract .osm.pbf or a network .npz, or "{BUNDLED}"']
        ) from None


@lru_cache(maxsize=4)
def _read(file: Path) -> StreetRoads:
    return StreetRoads(RoadNetwork.load(file) if file.suffix == ".npz" else network_of_extract(file))
