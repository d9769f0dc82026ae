"""Fix files of every kind give the same fixes, and a wrong one is refused with its row and field."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from backend_bridge.adapters.fix_files import read_fix_file
from backend_bridge.adapters.refusals import InputRefusedError

T0 = 1_795_394_536_000_000
NAMES = ("ANK-1", "VIC-1", "ANK-1")


def table(**changed: pa.Array) -> pa.Table:
    utc = pa.timestamp("us", tz="UTC")
    columns = {
        "device": pa.array(NAMES).dictionary_encode(),
        "measured_at": pa.array([T0, T0 + 1_000_001, T0 + 2], utc),
        "lat": pa.array([36.5, 36.6, 36.7]),
        "lon": pa.array([127.1, 127.2, 127.3]),
        "accuracy_m": pa.array([5.5, None, 7.0], pa.float32()),
        "moving": pa.array([True, None, False]),
        "source": pa.array(["gnss", None, "cell"]),
        "device_seq": pa.array([1, None, 2**64 - 1], pa.uint64()),
        "received_at": pa.array([T0 + 5_000_000, None, T0 + 3_000_000], utc),
        "true_lat": pa.array([1.0, 2.0, 3.0]),
    }
    return pa.table(columns | changed)


def written(tmp_path: Path, **changed: pa.Array) -> Path:
    path = tmp_path / "f.parquet"
    pq.write_table(table(**changed), path)
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(InputRefusedError) as refused:
        read_fix_file(path)
    return list(refused.value.problems)


def test_fixes_come_in_order_of_receipt_with_their_nulls(tmp_path: Path) -> None:
    batch = read_fix_file(written(tmp_path))
    assert [batch.device_names[i] for i in batch.device] == ["VIC-1", "ANK-1", "ANK-1"]
    assert batch.received_us.tolist() == [T0 + 1_000_001, T0 + 3_000_000, T0 + 5_000_000]
    assert np.isnan(batch.accuracy_m[0])
    assert batch.moving.tolist() == [-1, 0, 1]
    assert batch.source.tolist() == [-1, 2, 0]
    assert batch.device_seq.tolist() == [0, 2**64 - 1, 1]
    assert batch.has_device_seq.tolist() == [False, True, True]


OPTIONAL = ("accuracy_m", "speed_mps", "course_deg", "moving", "source", "device_seq", "received_at")


@pytest.mark.parametrize("empty", [pa.nulls(3), pa.nulls(3, pa.float64())], ids=["null", "double"])
def test_optional_columns_that_are_all_empty_are_as_good_as_none(tmp_path: Path, empty: pa.Array) -> None:
    """Programs that make tables leave such a column without a type, or with any."""
    batch = read_fix_file(written(tmp_path, **dict.fromkeys(OPTIONAL, empty)))
    assert [batch.device_names[i] for i in batch.device] == ["ANK-1", "ANK-1", "VIC-1"]
    assert batch.received_us.tolist() == batch.measured_us.tolist()
    assert all(np.isnan(column).all() for column in (batch.accuracy_m, batch.speed_mps, batch.course_deg))
    assert {*batch.moving.tolist(), *batch.source.tolist()} == {-1}
    assert not batch.has_device_seq.any()


@pytest.mark.parametrize("field", ["device", "measured_at", "lat", "lon"])
def test_a_needed_column_that_is_all_empty_is_named_row_by_row(tmp_path: Path, field: str) -> None:
    found = problems(written(tmp_path, **{field: pa.nulls(3)}))
    assert [sentence.split(": ", 1)[1] for sentence in found] == [
        f"row {row}, field {field}: is empty; a value is needed" for row in (1, 2, 3)
    ]


@pytest.mark.parametrize("gap", [None, float("nan")])
def test_whole_doubles_are_counters(tmp_path: Path, gap: float | None) -> None:
    batch = read_fix_file(written(tmp_path, device_seq=pa.array([7.0, gap, 2.0**53], pa.float64())))
    assert batch.device_seq.tolist() == [0, 2**53, 7]
    assert batch.has_device_seq.tolist() == [False, True, True]


def test_csv_gives_the_same_as_parquet(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(
        "device,measured_at,lat,lon,accuracy_m,moving,source,device_seq,received_at,note\n"
        "ANK-1,2026-11-23T00:42:16Z,36.5,127.1,5.5,true,gnss,1,2026-11-23T00:42:21Z,a\n"
        "VIC-1,2026-11-23T09:42:17.000001+09:00,36.6,127.2,,,,,,\n"
        "ANK-1,2026-11-23T00:42:16.000002Z,36.7,127.3,7,false,cell,18446744073709551615,2026-11-23T00:42:19Z,\n"
    )
    left, right = read_fix_file(path), read_fix_file(written(tmp_path))
    assert left.device_names == right.device_names
    for name in ("device", "measured_us", "lat_deg", "lon_deg", "accuracy_m", "moving", "source", "device_seq", "received_us"):
        np.testing.assert_array_equal(getattr(left, name), getattr(right, name))


def test_a_gpx_track_is_the_track_of_the_device_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "ANK-9.gpx"
    point = '<trkpt lat="36.5" lon="127.1"><time>2026-11-23T00:42:16Z</time></trkpt>'
    path.write_text(f'<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><name>a walk</name><trkseg>{point}</trkseg></trk></gpx>')
    batch = read_fix_file(path)
    assert (batch.device_names, batch.measured_us.tolist()) == (("ANK-9",), [T0])


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"lat": pa.array([91.0, 1.0, 1.0])}, "row 1, field lat"),
        ({"lon": pa.array([1.0, float("nan"), 1.0])}, "row 2, field lon"),
        ({"lon": pa.array([1.0, 1.0, float("inf")])}, "row 3, field lon"),
        ({"lat": pa.array([1.0, None, 1.0])}, "row 2, field lat: is empty"),
        ({"lat": pa.array([True, False, True])}, "field lat"),
        ({"device": pa.array(["A B", "C", "D"])}, "row 1, field device"),
        ({"device": pa.array(["A", None, "D"])}, "row 2, field device: is empty"),
        ({"accuracy_m": pa.array([1.0, -1.0, 1.0])}, "row 2, field accuracy_m"),
        ({"source": pa.array(["gnss", "sonar", "cell"])}, "row 2, field source"),
        ({"device_seq": pa.array([1, -1, 2])}, "row 2, field device_seq"),
        ({"device_seq": pa.array([1.0, 1.5, 2.0])}, "row 2, field device_seq"),
        ({"device_seq": pa.array([1.0, 2.0, 2.0**53 + 2.0])}, "row 3, field device_seq"),
        ({"device_seq": pa.array([float("-inf"), 2.0, 3.0])}, "row 1, field device_seq"),
        ({"measured_at": pa.array([1, 2, 3], pa.timestamp("us", tz="UTC"))}, "field measured_at"),
        ({"measured_at": pa.array([1, 2, 3], pa.timestamp("us"))}, "field measured_at: holds times without a time zone"),
    ],
)
def test_a_wrong_value_is_named_by_file_row_and_field(tmp_path: Path, changed: dict[str, pa.Array], named: str) -> None:
    found = problems(written(tmp_path, **changed))
    assert named in found[0]
    assert "f.parquet" in found[0]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "f.parquet"
    pq.write_table(table().drop_columns(["lon"]), path)
    assert problems(path) == [f"{path}: field lon: the column is missing"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("f.parquet", b"PAR1"),
        ("f.parquet", b""),
        ("f.csv", b""),
        ("f.csv", b"\xff\xfe\x00"),
        ("f.csv", b"device,measured_at,lat,lon\nA,2026-11-23T00:42:16Z,1\n"),
        ("f.gpx", b"<gpx>"),
        ("f.gpx", b'<!DOCTYPE g [<!ENTITY a "b">]><gpx>&a;</gpx>'),
        ("f.gpx", b"<gpx></gpx>"),
        ("f.txt", b"x"),
    ],
)
def test_a_broken_file_is_one_sentence_with_its_name(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (sentence,) = problems(path)
    assert name in sentence


def test_many_wrong_rows_are_summed_up(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("device,measured_at,lat,lon\n" + "A,2026-11-23T00:42:16Z,99,1\n" * 60)
    found = problems(path)
    assert found[-1] == f"{path}: and 40 more such rows"


@pytest.mark.parametrize("row", ["ANK-1,2026-11-23T00:42:16Z,36.123", "ANK-1,2026-11-23T00:42:16Z,36.123,127.5,\xff"])
def test_a_row_of_another_length_is_named_without_its_position(tmp_path: Path, row: str) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(f"device,measured_at,lat,lon\nA,2026-11-23T00:42:16Z,9,1\n{row}\n".encode("latin-1"))
    (sentence,) = problems(path)
    assert "row 3: has" in sentence
    assert "36.123" not in sentence


def test_a_wrong_field_has_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("device,measured_at,lat,lon\nA,2026-11-23T00:42:16,9,1\n")
    (sentence,) = problems(path)
    assert "row 2, field measured_at: must be a time with an offset" in sentence


def test_a_column_that_stands_twice_is_named(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("device,measured_at,lat,lat,lon\nA,2026-11-23T00:42:16Z,9,8,1\n")
    assert problems(path) == [f"{path}: field lat: the column stands twice"]
