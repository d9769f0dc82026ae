"""Travel times by road: asked for right after the start they come before the question itself, though the search is made ready only then."""

import queue
from pathlib import Path

import numpy as np
import pytest

from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.road_network import RoadNetwork
from backend_bridge.application.inbox import Ask, TravelTimes
from backend_bridge.bootstrap.outside import ROADS, Outside
from backend_bridge.domain.identifiers import IncidentId, UserId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import RankUnits


def a_street(folder: Path) -> None:
    ends, both_ways = np.array([37.5, 37.501]), np.array([0, 1], np.int32)
    seconds = np.full(2, 10.0, np.float32)
    RoadNetwork(lat_deg=ends, lon_deg=np.full(2, 127.0), start=both_ways, end=both_ways[::-1].copy(), seconds=seconds).save(folder / ROADS)


def test_a_question_right_after_the_start_gets_its_travel_times_first(tmp_path: Path) -> None:
    a_street(tmp_path)
    told: queue.Queue[object] = queue.Queue()
    outside = Outside(tmp_path, lambda: 0, told.put)
    outside.start(())
    place = LatLon(lat_deg=37.5, lon_deg=127.0)
    ask = Ask(act=1, user=UserId("op"), seat="seat", query=RankUnits(incident=IncidentId("INC-1"), destination=place))
    assert outside.takes(ask)
    assert told.get(timeout=60) == TravelTimes(destination=place, seconds=())
    assert told.get(timeout=60) == ask
    outside.stop()


def test_a_file_that_is_no_network_is_refused_at_the_start(tmp_path: Path) -> None:
    (tmp_path / ROADS).write_bytes(b"no network")
    with pytest.raises(InputRefusedError, match="import-basemap"):
        Outside(tmp_path, lambda: 0, lambda _item: None)


@pytest.mark.parametrize(("column", "value"), [("lat_deg", np.nan), ("lon_deg", np.inf), ("seconds", np.nan), ("seconds", -1.0)])
def test_a_network_in_which_nothing_can_be_searched_is_refused_at_the_start_too(tmp_path: Path, column: str, value: float) -> None:
    a_street(tmp_path)
    with np.load(tmp_path / ROADS) as archive:
        columns = dict(archive)
    columns[column][0] = value
    np.savez(tmp_path / ROADS, **columns)
    with pytest.raises(InputRefusedError, match="import-basemap"):
        Outside(tmp_path, lambda: 0, lambda _item: None)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9])
@pytest.mark.parametrize("is_cut", [True, False])
def test_a_damaged_network_is_refused_at_the_start_and_its_remedy_named(tmp_path: Path, share: float, *, is_cut: bool) -> None:
    a_street(tmp_path)
    whole = (tmp_path / ROADS).read_bytes()
    at = int(len(whole) * share)
    (tmp_path / ROADS).write_bytes(
        whole[:at] if is_cut else whole[:at] + bytes(byte ^ 0xFF for byte in whole[at : at + 40]) + whole[at + 40 :]
    )
    with pytest.raises(InputRefusedError, match="import-basemap"):
        Outside(tmp_path, lambda: 0, lambda _item: None)
