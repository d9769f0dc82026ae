"""The streets that people of a scenario go along: bundled ones and those of an extract; ways by car, on foot, and where none leads."""

from pathlib import Path

import numpy as np
import pytest
from shared_folder import shared_folder

from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.road_network import RoadNetwork
from backend_bridge.adapters.scenario_streets import StreetRoads, streets_of
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.scenarios.scenario import Way

RESOURCES = Path(__file__).parents[3] / "resources"


def at(lat: float, lon: float) -> LatLon:
    return LatLon(lat_deg=lat, lon_deg=lon)


def one_way_square() -> StreetRoads:
    """Four junctions of a square 0.01 degrees wide, driven one way round only."""
    return StreetRoads(
        RoadNetwork(
            lat_deg=np.array([37.50, 37.50, 37.51, 37.51]),
            lon_deg=np.array([127.00, 127.01, 127.01, 127.00]),
            start=np.array([0, 1, 2, 3], np.int32),
            end=np.array([1, 2, 3, 0], np.int32),
            seconds=np.full(4, 60.0, np.float32),
        )
    )


def test_a_car_keeps_to_the_one_way_and_a_walker_does_not() -> None:
    roads = one_way_square()
    start, goal = at(37.50, 127.01), at(37.50, 127.00)
    assert len(roads.route(start, goal, Way.CAR)) == 2 + 4
    assert len(roads.route(start, goal, Way.FOOT)) == 2 + 2
    assert roads.route(start, goal, Way.FOOT)[[0, -1]].tolist() == [[37.50, 127.01], [37.50, 127.00]]


def test_an_extract_of_anywhere_gives_its_own_streets() -> None:
    roads = streets_of("Helsinki.osm.pbf", shared_folder() / "data" / "geo" / "osm" / "scenario.toml", RESOURCES)
    junctions = roads.junctions()
    first, last = junctions[len(junctions) // 3], junctions[len(junctions) // 2]
    way = roads.route(at(*first), at(*last), Way.FOOT)
    metres = np.hypot(np.diff(way[:, 0]) * 111_195, np.diff(way[:, 1]) * 111_195 * np.cos(np.radians(60.2)))
    assert len(way) > 5
    assert metres.max() < 600


def test_a_file_of_streets_that_is_none_is_named_with_what_would_do(tmp_path: Path) -> None:
    (tmp_path / "no.osm.pbf").write_bytes(b"nothing")
    with pytest.raises(InputRefusedError, match=r"field streets: no\.osm\.pbf cannot be read .*\.osm\.pbf or a network \.npz"):
        streets_of("no.osm.pbf", tmp_path / "s.toml", RESOURCES)
    with pytest.raises(InputRefusedError, match="cannot be read"):
        streets_of("gone.npz", tmp_path / "s.toml", RESOURCES)
