"""Travel times by road: one-way streets, places off the road, and a real extract of Helsinki."""

from pathlib import Path

import numpy as np
import pytest

from backend_bridge.adapters.road_network import RoadNetwork
from backend_bridge.adapters.roads import TravelTimeFinder, network_of_extract, network_of_ways
from backend_bridge.domain.quantities import LatLon

HELSINKI = Path(__file__).parents[4] / "shared" / "data" / "geo" / "osm" / "Helsinki.osm.pbf"


def at(lat: float, lon: float) -> LatLon:
    return LatLon(lat_deg=lat, lon_deg=lon)


def square(oneway: str = "no") -> RoadNetwork:
    """A block of a kilometre's side: the south side is a primary road, the others residential."""
    a, b, c, d = (37.500, 127.000), (37.500, 127.0113), (37.509, 127.0113), (37.509, 127.000)
    sides = [("primary", oneway, [a, b]), ("residential", "no", [b, c]), ("residential", "no", [c, d]), ("residential", "no", [d, a])]
    return network_of_ways(iter([(kind, way, np.array(points)) for kind, way, points in sides]))


def test_a_kilometre_of_primary_road_takes_over_a_minute() -> None:
    (seconds,) = TravelTimeFinder(square()).seconds_to(at(37.500, 127.0113), [at(37.500, 127.000)])
    assert seconds == pytest.approx(998 / 14, rel=0.01)


def test_nobody_drives_against_a_oneway() -> None:
    finder = TravelTimeFinder(square("yes"))
    (along,) = finder.seconds_to(at(37.500, 127.0113), [at(37.500, 127.000)])
    (against,) = finder.seconds_to(at(37.500, 127.000), [at(37.500, 127.0113)])
    assert along is not None
    assert against == pytest.approx(3000 / 7, rel=0.01)


def test_a_place_far_from_every_road_has_no_road_time() -> None:
    finder = TravelTimeFinder(square())
    assert finder.seconds_to(at(37.60, 127.2), [at(37.500, 127.0)]) == (None,)
    assert finder.seconds_to(at(37.500, 127.0), [at(37.60, 127.2), at(37.5, 127.0)])[0] is None
    assert finder.seconds_to(at(37.5, 127.0), []) == ()


def test_a_network_survives_its_file(tmp_path: Path) -> None:
    square().save(tmp_path / "roads.npz")
    (seconds,) = TravelTimeFinder(RoadNetwork.load(tmp_path / "roads.npz")).seconds_to(at(37.500, 127.0113), [at(37.500, 127.000)])
    assert seconds == pytest.approx(998 / 14, rel=0.01)


@pytest.mark.skipif(not HELSINKI.exists(), reason="needs ../shared/data/geo/osm/Helsinki.osm.pbf")
def test_units_in_helsinki_are_ranked_by_road() -> None:
    finder = TravelTimeFinder(network_of_extract(HELSINKI))
    station, near, far = at(60.1710, 24.9415), at(60.1722, 24.9440), at(60.1780, 24.9500)
    quick, slow = finder.seconds_to(station, [near, far])
    assert quick is not None
    assert slow is not None
    assert 20 < quick < slow < 900


@pytest.mark.parametrize("broken", [{"end": np.array([0, 4], np.int32)}, {"seconds": np.ones(3, np.float32)}, {"lon_deg": np.zeros(1)}])
def test_a_file_whose_columns_do_not_fit_together_is_no_network(tmp_path: Path, broken: dict[str, np.ndarray]) -> None:
    columns = {"lat_deg": np.zeros(2), "lon_deg": np.zeros(2), "start": np.array([0, 1], np.int32), "end": np.array([1, 0], np.int32)}
    columns |= {"seconds": np.ones(2, np.float32)}
    np.savez(tmp_path / "good.npz", **columns)
    np.savez(tmp_path / "roads.npz", **{**columns, **broken})
    assert len(RoadNetwork.load(tmp_path / "good.npz").seconds) == 2
    with pytest.raises(ValueError, match=r"columns|segment"):
        RoadNetwork.load(tmp_path / "roads.npz")
