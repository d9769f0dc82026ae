"""A track that is handed out in any form is the track that is stored."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest

from backend_bridge.adapters.fix_files import read_fix_file
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.stored_fixes import Message, StoredFixes
from backend_bridge.adapters.track_files import write_track
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, GatewayName

T0 = 1_795_394_536_000_000


def track() -> StoredFixes:
    fixes = FixBatch(
        device_names=(DeviceId("ANK-1"),),
        device=np.zeros(3, np.int32),
        measured_us=T0 + np.array([0, 1_500_000, 2_000_001]),
        lat_deg=np.array([36.123456789, 36.2, -36.3]),
        lon_deg=np.array([127.1, -127.2, 127.30000000000001]),
        accuracy_m=np.array([5.1, np.nan, 7.0], np.float32),
        speed_mps=np.array([np.nan, 1.1, 0.0], np.float32),
        course_deg=np.full(3, np.nan, np.float32),
        moving=np.array([1, -1, 0], np.int8),
        source=np.array([0, -1, 2], np.int8),
        device_seq=np.array([2**64 - 1, 0, 3], np.uint64),
        has_device_seq=np.array([True, False, True]),
        received_us=T0 + np.array([1_000_000, 1_600_000, 3_000_000]),
    )
    message = Message(gateway=GatewayName("north"), lane=Lane.POSITIONS, epoch=1, seq=2)
    return StoredFixes(fixes=fixes, messages=(message,), message=np.zeros(3, np.int32), number=np.arange(1, 4))


def test_a_csv_track_is_read_again_bit_by_bit(tmp_path: Path) -> None:
    write_track(track(), tmp_path / "t.csv", "EXP-1 · kim")
    back = read_fix_file(tmp_path / "t.csv")
    for name in ("measured_us", "lat_deg", "lon_deg", "accuracy_m", "speed_mps", "moving", "source", "device_seq", "received_us"):
        np.testing.assert_array_equal(getattr(back, name), getattr(track().fixes, name))


def test_a_gpx_track_keeps_device_place_and_time(tmp_path: Path) -> None:
    write_track(track(), tmp_path / "t.gpx", "EXP-1 · kim")
    back = read_fix_file(tmp_path / "t.gpx")
    assert back.device_names == ("ANK-1",)
    np.testing.assert_array_equal(back.lat_deg, track().fixes.lat_deg)
    np.testing.assert_array_equal(back.measured_us, track().fixes.measured_us)


def test_a_geojson_track_opens_in_other_programs(tmp_path: Path) -> None:
    path = tmp_path / "t.geojson"
    write_track(track(), path, "EXP-1 · kim")
    np.testing.assert_allclose(gpd.read_file(path).geometry.y, track().fixes.lat_deg)
    assert json.loads(path.read_text())["features"][1]["properties"]["accuracy_m"] is None


def test_a_file_that_is_there_or_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("mine")
    with pytest.raises(InputRefusedError, match="is there already"):
        write_track(track(), tmp_path / "t.csv", "EXP-1 · kim")
    with pytest.raises(InputRefusedError, match="must end in"):
        write_track(track(), tmp_path / "t.doc", "EXP-1 · kim")
    assert (tmp_path / "t.csv").read_text() == "mine"
