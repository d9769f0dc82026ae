"""A track that is handed out in any form is the track that is stored."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyproj
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from backend_bridge.adapters.fix_files import read_fix_file
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.stored_fixes import Message, StoredFixes
from backend_bridge.adapters.track_files import FORMS, text_of_track
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


COLUMNS = (
    "measured_us",
    "lat_deg",
    "lon_deg",
    "accuracy_m",
    "speed_mps",
    "course_deg",
    "moving",
    "source",
    "device_seq",
    "has_device_seq",
    "received_us",
)


def write_track(stored: StoredFixes, path: Path, mark: str) -> None:
    path.write_text(text_of_track(stored, path.suffix[1:], mark), encoding="utf-8", newline="")


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_track_in_any_form_is_read_again_bit_by_bit(tmp_path: Path, form: str) -> None:
    write_track(track(), tmp_path / f"t.{form}", "EXP-1 · kim")
    back = read_fix_file(tmp_path / f"t.{form}")
    assert back.device_names == ("ANK-1",)
    for name in COLUMNS:
        np.testing.assert_array_equal(getattr(back, name), getattr(track().fixes, name), err_msg=name)
    assert "EXP-1 · kim" in (tmp_path / f"t.{form}").read_text()


@pytest.mark.parametrize("form", sorted(FORMS))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.integers(0, 3_000_000), min_size=1, max_size=12), seed=st.integers(0, 2**32 - 1))
def test_any_track_comes_back_as_it_was_also_with_several_fixes_of_one_instant(
    tmp_path_factory: pytest.TempPathFactory, form: str, steps: list[int], seed: int
) -> None:
    stored = any_track(np.cumsum(steps), np.random.default_rng(seed))
    path = tmp_path_factory.mktemp("form") / f"t.{form}"
    write_track(stored, path, "EXP-1 · kim")
    back = read_fix_file(path)
    order = [np.lexsort((batch.device_seq, batch.measured_us)) for batch in (stored.fixes, back)]
    for name in COLUMNS:
        was, now = getattr(stored.fixes, name)[order[0]], getattr(back, name)[order[1]]
        np.testing.assert_array_equal(now, was, err_msg=name)


def any_track(after_us: NDArray[np.int64], chance: np.random.Generator) -> StoredFixes:
    """Fixes of one device with all sorts of figures, some of them unknown."""
    n = len(after_us)

    def some(values: NDArray[np.float64]) -> NDArray[np.float32]:
        return np.where(chance.random(n) < 0.3, np.nan, values).astype(np.float32)

    fixes = replace(
        track().fixes,
        device=np.zeros(n, np.int32),
        measured_us=T0 + after_us,
        lat_deg=chance.uniform(-90, 90, n),
        lon_deg=chance.uniform(-180, 180, n),
        accuracy_m=some(chance.uniform(0.1, 3000, n)),
        speed_mps=some(chance.uniform(0, 90, n)),
        course_deg=some(chance.uniform(0, 359, n)),
        moving=chance.integers(-1, 2, n).astype(np.int8),
        source=chance.integers(-1, 4, n).astype(np.int8),
        device_seq=np.arange(n, dtype=np.uint64) + 1,
        has_device_seq=np.ones(n, np.bool_),
        received_us=T0 + after_us + 500_000,
    )
    return replace(track(), fixes=fixes, message=np.zeros(n, np.int32), number=np.arange(1, n + 1))


def test_a_table_says_korean_time_plane_coordinates_and_the_point_number_of_places_in_korea(tmp_path: Path) -> None:
    write_track(track(), tmp_path / "t.csv", "EXP-1 · kim")
    first, second, _ = csv.DictReader((tmp_path / "t.csv").open(newline="", encoding="utf-8"))
    assert first["measured_kst"] == first["measured_at"].replace("T00:", "T09:").replace("Z", "+09:00")
    for code in ("5179", "5186"):
        east, north = pyproj.Transformer.from_crs(4326, int(code), always_xy=True).transform(127.1, 36.123456789)
        assert (float(first[f"east_{code}_m"]), float(first[f"north_{code}_m"])) == pytest.approx((east, north), abs=0.006)
    assert first["point_number"][:2] == "다마"
    assert second["point_number"] == "", "not in Korea"


def test_moving_features_has_times_that_rise_and_only_values_that_are_known(tmp_path: Path) -> None:
    stored = track()
    twice = replace(stored, fixes=replace(stored.fixes, measured_us=np.full(3, T0)))
    write_track(twice, tmp_path / "t.mfjson", "EXP-1 · kim")
    features = json.loads((tmp_path / "t.mfjson").read_text())["features"]
    assert len(features) == 3, "one instant three times"
    for feature in features:
        for group in (feature["temporalGeometry"], *feature["temporalProperties"]):
            assert group["datetimes"] == sorted(set(group["datetimes"]))
        values = [
            one for group in feature["temporalProperties"] for name, told in group.items() if name != "datetimes" for one in told["values"]
        ]
        assert None not in values


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("t.kml", "<gpx/>", "outermost element"),
        ("t.kml", "<!DOCTYPE a><kml/>", "declares entities"),
        ("t.cot", "<events><event uid='A'/></events>", "without a point"),
        ("t.geojson", "[]", "no FeatureCollection"),
        ("t.mfjson", '{"features": [{"type": "Feature"}]}', "no moving point"),
        ("t.mfjson", "{", "is not JSON"),
    ],
)
def test_a_file_that_holds_something_else_is_refused_in_one_sentence(tmp_path: Path, name: str, content: str, sentence: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InputRefusedError, match=sentence):
        read_fix_file(tmp_path / name)


def a_point(device: str) -> str:
    properties = {"device": device, "measured_at": "2026-11-23T08:00:00Z"}
    point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [127.3, 36.3]}, "properties": properties}
    return json.dumps({"type": "FeatureCollection", "features": [point]})


def an_event(error: str) -> str:
    point = f"<point lat='36.3' lon='127.3' ce='{error}'/>"
    return f"<events><event uid='ANK-1' time='2026-11-23T08:00:00Z'>{point}</event></events>"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("t.cot", an_event("x"), "row 1, .*accuracy_m"),
        ("t.geojson", a_point("\ud800"), "row 1, field device: holds half a character"),
        ("t.kml", "<?xml version='1.0' encoding='foo-8'?><kml/>", "unknown encoding"),
        ("t.gpx", "<?xml version='1.0' encoding='foo-8'?><gpx/>", "unknown encoding"),
        ("t.kml", "<?xml version='1.0' encoding='euc-kr'?><kml/>", "multi-byte encodings"),
    ],
)
def test_a_text_that_cannot_be_read_is_named_with_its_file_and_place(tmp_path: Path, name: str, content: str, sentence: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InputRefusedError, match=f"{name}.*{sentence}"):
        read_fix_file(tmp_path / name)


def test_an_empty_error_is_none_that_is_known(tmp_path: Path) -> None:
    (tmp_path / "t.cot").write_text(an_event(""))
    assert np.isnan(read_fix_file(tmp_path / "t.cot").accuracy_m).all()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(("name", "root"), [("t.kml", "kml"), ("t.gpx", "gpx"), ("t.cot", "events")])
def test_no_entity_is_expanded_in_any_encoding(tmp_path: Path, name: str, root: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY n "ANK-1">]><{root}><name>&n;</name></{root}>'
    (tmp_path / name).write_bytes(text.encode(encoding))
    with pytest.raises(InputRefusedError, match="declares entities"):
        read_fix_file(tmp_path / name)


def test_a_geojson_track_opens_in_other_programs(tmp_path: Path) -> None:
    path = tmp_path / "t.geojson"
    write_track(track(), path, "EXP-1 · kim")
    np.testing.assert_allclose(gpd.read_file(path).geometry.y, track().fixes.lat_deg)
    assert json.loads(path.read_text())["features"][1]["properties"]["accuracy_m"] is None
