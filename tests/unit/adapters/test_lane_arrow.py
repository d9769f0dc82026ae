"""Bodies of fixes off the wire: what is kept, what is quarantined row by row, and what is refused as a whole."""

import dataclasses
import math
import struct

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lane_bodies import NOW_US, ROW, body_of, codes, decoded, stream_of, table_of, verdicts, with_column

from backend_bridge.adapters.lane_arrow import FixDecoder
from backend_bridge.adapters.lane_packing import SCHEMA, fix_messages, packed_fixes
from backend_bridge.adapters.lane_rows import MOST_BODY_BYTES, Decoded
from backend_bridge.domain.arrivals import RejectCode
from backend_bridge.domain.fix import FixBatch

MALFORMED, SCHEMA_CODE, RANGE = RejectCode.MALFORMED, RejectCode.SCHEMA, RejectCode.RANGE
NULLS = dict.fromkeys(("accuracy_m", "speed_mps", "course_deg", "moving", "source", "device_seq"))


def test_every_column_arrives_as_it_was_sent() -> None:
    fixes = decoded(body_of([ROW, {**ROW, **NULLS, "device": "VIC-0001"}])).fixes
    assert fixes is not None
    assert fixes.device_names == ("ANK-0001", "VIC-0001")
    assert fixes.device.tolist() == [0, 1]
    assert fixes.measured_us.tolist() == [NOW_US - 1_000_000] * 2
    assert (fixes.lat_deg.tolist(), fixes.lon_deg.tolist()) == ([37.5, 37.5], [127.0, 127.0])
    for column, value in ((fixes.accuracy_m, 8.0), (fixes.speed_mps, 1.5), (fixes.course_deg, 90.0)):
        assert column[0] == value
        assert math.isnan(column[1])
    assert (fixes.moving.tolist(), fixes.source.tolist()) == ([1, -1], [0, -1])
    assert (fixes.device_seq.tolist(), fixes.has_device_seq.tolist()) == ([7, 0], [True, False])
    assert fixes.received_us.tolist() == [NOW_US, NOW_US]


@pytest.mark.parametrize("name", ["device", "source"])
@pytest.mark.parametrize("kind", [pa.string(), *(pa.dictionary(index, pa.string()) for index in (pa.int8(), pa.uint16(), pa.int64()))])
def test_texts_may_be_plain_or_dictionaries(name: str, kind: pa.DataType) -> None:
    found = decoded(body_of([ROW, ROW], with_column(name, kind)))
    assert found.fixes is not None
    assert not found.bad


def test_numbers_use_the_whole_range() -> None:
    edges = [{**ROW, "lat": -90.0, "lon": -180.0, "device_seq": 2**64 - 1}, {**ROW, "lat": 90.0, "lon": 180.0, "device_seq": 2**53 + 1}]
    fixes = decoded(body_of(edges)).fixes
    assert fixes is not None
    assert fixes.device_seq.tolist() == [2**64 - 1, 2**53 + 1]


def test_an_empty_batch_has_neither_good_nor_bad_rows() -> None:
    found = decoded(body_of([]))
    assert (found.fixes, len(found.kept_rows), found.bad) == (None, 0, ())


def test_columns_that_are_not_known_are_ignored_whatever_they_hold() -> None:
    extra = SCHEMA.append(pa.field("firmware", pa.list_(pa.struct([pa.field("x", pa.null())])))).append(
        pa.field("received_at", pa.string())
    )
    found = decoded(body_of([ROW], extra))
    assert found.fixes is not None
    assert not found.bad


def test_a_column_that_may_be_null_may_be_left_out() -> None:
    bare = pa.schema([field for field in SCHEMA if field.name not in NULLS])
    fixes = decoded(body_of([ROW], bare)).fixes
    assert fixes is not None
    assert fixes.moving.tolist() == [-1]
    assert not fixes.has_device_seq.any()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        *(({name: None}, SCHEMA_CODE) for name in ("device", "measured_at", "lat", "lon")),
        ({"source": "moon"}, SCHEMA_CODE),
        *(({"lat": value}, RANGE) for value in (90.000001, -91.0, math.nan, math.inf, -math.inf)),
        *(({"lon": value}, RANGE) for value in (180.1, -181.0, math.nan)),
        *(({name: value}, RANGE) for name in ("accuracy_m", "speed_mps", "course_deg") for value in (math.nan, math.inf)),
        *(({"device": value}, RANGE) for value in ("", "ANK 1", "ANK-한", "A" * 65, "ANK-1\n", "ANK/1")),
        *(({"measured_at": value}, RANGE) for value in (0, -1, 946_684_799_999_999, -(2**63))),
        *(({"measured_at": value}, RejectCode.FUTURE) for value in (NOW_US + 60_000_001, 2**63 - 1)),
        ({"device": "BUS-1"}, RejectCode.NOT_YOURS),
        ({"device": "vic-0001"}, RejectCode.UNKNOWN_DEVICE),
        ({"device": "VIC-00001"}, RejectCode.UNKNOWN_DEVICE),
    ],
)
def test_one_bad_row_is_named_and_the_rows_beside_it_are_kept(change: dict[str, object], code: RejectCode) -> None:
    found = decoded(body_of([ROW, {**ROW, **change}, {**ROW, "device": "VIC-0009"}]))
    assert codes(found) == [(1, code)]
    assert found.kept_rows.tolist() == [0, 2]
    assert found.fixes is not None
    assert found.fixes.device_names == ("ANK-0001", "VIC-0009")
    assert found.fixes.device.tolist() == [0, 1]
    alone = decoded(body_of([{**ROW, **change}]))
    assert (codes(alone), alone.fixes) == ([(0, code)], None)


def test_sixty_seconds_ahead_and_the_first_second_of_2000_are_still_right() -> None:
    rows = [{**ROW, "measured_at": NOW_US + 60_000_000}, {**ROW, "measured_at": 946_684_800_000_000}]
    assert not decoded(body_of(rows)).bad


def test_a_name_that_stands_twice_in_a_dictionary_is_one_device() -> None:
    batch = table_of([ROW, ROW, ROW])
    twice = pa.DictionaryArray.from_arrays(pa.array([2, 0, 2], pa.int32()), ["ANK-0001", "unused", "ANK-0001"])
    fixes = decoded(stream_of(batch.set_column(0, "device", twice))).fixes
    assert fixes is not None
    assert (fixes.device_names, fixes.device.tolist()) == (("ANK-0001",), [0, 0, 0])


def test_a_null_inside_a_dictionary_is_a_null() -> None:
    batch = table_of([ROW, ROW])
    holed = pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int32()), pa.array([None, "ANK-0001"]))
    assert codes(decoded(stream_of(batch.set_column(0, "device", holed)))) == [(0, SCHEMA_CODE)]


@pytest.mark.parametrize(
    "schema",
    [
        SCHEMA.remove(SCHEMA.get_field_index("lat")),
        SCHEMA.append(pa.field("lat", pa.float64())),
        with_column("lat", pa.float32()),
        with_column("accuracy_m", pa.float64()),
        with_column("device", pa.int32()),
        with_column("device_seq", pa.int64()),
        with_column("measured_at", pa.timestamp("us")),
        with_column("measured_at", pa.timestamp("ms", "UTC")),
        with_column("measured_at", pa.timestamp("us", "Asia/Seoul")),
        with_column("moving", pa.int8()),
        with_column("source", pa.dictionary(pa.int8(), pa.int32())),
    ],
)
def test_a_wrong_schema_is_refused_as_a_whole(schema: pa.Schema) -> None:
    batch = pa.record_batch([pa.array([None, None], type=field.type) for field in schema], schema=schema)
    assert codes(decoded(stream_of(batch))) == [(None, SCHEMA_CODE)]


@pytest.mark.parametrize("codec", ["lz4", "zstd"])
def test_compressed_buffers_are_malformed(codec: str) -> None:
    body = stream_of(table_of([ROW] * 500), options=pa.ipc.IpcWriteOptions(compression=codec))
    assert codes(decoded(body)) == [(None, MALFORMED)]


def test_it_must_be_exactly_one_record_batch() -> None:
    batch = table_of([ROW])
    none = pa.BufferOutputStream()
    pa.ipc.new_stream(none, batch.schema).close()
    bodies = [bytes(none.getvalue()), stream_of(batch, batch), body_of([ROW]) + body_of([ROW]), b"", b"\x93\x01\x02\x03", b"ARROW1"]
    assert [codes(decoded(body)) for body in bodies] == [[(None, MALFORMED)]] * len(bodies)


def test_a_body_that_is_cut_anywhere_is_malformed() -> None:
    body = body_of([ROW, ROW])
    for end in range(len(body) - 8):
        assert codes(decoded(body[:end])) == [(None, MALFORMED)], end


def test_bad_utf8_and_bad_dictionary_indices_are_malformed() -> None:
    body = body_of([ROW, {**ROW, "device": "VIC-0001"}])
    assert codes(decoded(body.replace(b"ANK-0001", b"ANK-\xff\xfe01"))) == [(None, MALFORMED)]
    index = body.rindex(struct.pack("<ii", 0, 1))
    for wrong in (2, -1, 2**31 - 1):
        assert codes(decoded(body[:index] + struct.pack("<ii", 0, wrong) + body[index + 8 :])) == [(None, MALFORMED)]


def test_bad_text_offsets_are_malformed() -> None:
    body = body_of([ROW, {**ROW, "device": "VIC-0001"}], with_column("device", pa.string()))
    offsets = body.rindex(struct.pack("<iii", 0, 8, 16))
    for wrong in ((0, 8, 1 << 20), (0, 16, 8), (-8, 0, 16)):
        assert codes(decoded(body[:offsets] + struct.pack("<iii", *wrong) + body[offsets + 12 :])) == [(None, MALFORMED)]


def test_sizes_beyond_the_limit_are_too_large() -> None:
    assert codes(decoded(bytes(MOST_BODY_BYTES + 1))) == [(None, RejectCode.TOO_LARGE)]
    thin = pa.schema([pa.field("device", pa.null())])
    many = stream_of(pa.record_batch([pa.nulls(5001)], schema=thin))
    assert codes(decoded(many)) == [(None, RejectCode.TOO_LARGE)]


def test_a_claim_of_endless_rows_allocates_nothing() -> None:
    body = body_of([ROW] * 3)
    claimed = body.replace(struct.pack("<q", 3), struct.pack("<q", 2**62))
    (bad,) = decoded(claimed).bad
    assert bad.code in {MALFORMED, RejectCode.TOO_LARGE}


def test_fixes_survive_packing_and_splitting() -> None:
    fixes = decoded(body_of([{**ROW, "device": f"ANK-{n % 50:04}", "device_seq": n} for n in range(900)])).fixes
    assert fixes is not None
    many = fixes.take(np.arange(900).repeat(3))
    bodies = fix_messages(many)
    assert all(len(body) <= MOST_BODY_BYTES for body in bodies)
    again = [FixDecoder().decode(body, NOW_US, verdicts()).fixes for body in bodies]
    assert sum(len(part) for part in again if part is not None) == len(many)
    assert np.concatenate([part.device_seq for part in again if part is not None]).tolist() == many.device_seq.tolist()


def test_the_quick_look_and_the_library_agree() -> None:
    """The first body of a schema is read by Arrow's library, the next ones by their buffers: with the same outcome."""
    rng = np.random.default_rng(5)
    for n in (1, 7, 8, 9, 640):
        rows = [_random_row(rng) for _ in range(n)]
        for kind in (pa.int8(), pa.uint16(), pa.int32(), pa.int64()):
            body = body_of(rows, with_column("device", pa.dictionary(kind, pa.string())))
            assert_same(_primed(body).decode(body, NOW_US, verdicts()), decoded(body))


@pytest.mark.parametrize(
    "change", [{"lat": 91.0}, {"source": "moon"}, {"device": "BUS-1"}, {"measured_at": 2**60}, {"speed_mps": math.nan}]
)
def test_bad_rows_are_found_also_when_the_schema_is_known(change: dict[str, object]) -> None:
    body = body_of([ROW, {**ROW, **change}])
    found = _primed(body).decode(body, NOW_US, verdicts())
    assert_same(found, decoded(body))
    assert [bad.row for bad in found.bad] == [1]


def test_whatever_devices_the_messages_before_were_of_a_message_is_of_its_own() -> None:
    decoder, own = FixDecoder(), verdicts()
    bodies = [body_of([{**ROW, "device": f"ANK-{number:04}"}, {**ROW, "device": "VIC-0001"}]) for number in range(150)]
    # More heads than are remembered, in turn; then a few over and over, then all of them backwards.
    for number in [*range(150), *([3, 140, 77] * 5), *reversed(range(150))]:
        fixes = decoder.decode(bodies[number], NOW_US, own).fixes
        assert fixes is not None
        assert [fixes.device_names[place] for place in fixes.device] == [f"ANK-{number:04}", "VIC-0001"]


def test_a_validity_that_writers_may_leave_out_may_also_be_there() -> None:
    batch = table_of([ROW] * 20)
    full = [
        pa.Array.from_buffers(column.type, 20, [pa.py_buffer(b"\xff\xff\xff"), column.buffers()[1]])
        if column.type == pa.float64()
        else column
        for column in batch.columns
    ]
    body = stream_of(pa.record_batch(full, schema=batch.schema))
    assert_same(_primed(body).decode(body, NOW_US, verdicts()), decoded(body))


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_mutated_bodies_never_crash_and_never_pass_what_is_out_of_range(data: st.DataObject) -> None:
    body = bytearray(packed_fixes(_sample()))
    primed = _primed(bytes(body))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at] = data.draw(st.integers(0, 255))
    by_library, by_look = decoded(bytes(body)), primed.decode(bytes(body), NOW_US, verdicts())
    for found in (by_library, by_look):
        if found.fixes is not None:
            assert (np.abs(found.fixes.lat_deg) <= 90).all()
            assert (np.abs(found.fixes.lon_deg) <= 180).all()
            assert (found.fixes.measured_us <= NOW_US + 60_000_000).all()
            assert len(found.fixes) == len(found.kept_rows)
            assert all(verdicts()[name] is None for name in found.fixes.device_names)
    assert_same(by_look, by_library)


def _primed(body: bytes) -> FixDecoder:
    """A decoder that has seen the schema and the dictionaries of `body`."""
    decoder = FixDecoder()
    decoder.decode(body, NOW_US, verdicts())
    return decoder


def _random_row(rng: np.random.Generator) -> dict[str, object]:
    row = {**ROW, "device": f"ANK-{rng.integers(40):04}", "lat": rng.uniform(-90, 90), "lon": rng.uniform(-180, 180)}
    row |= {"device_seq": int(rng.integers(2**63)), "moving": bool(rng.integers(2)), "source": str(rng.choice(["wifi", "cell", "gnss"]))}
    return {name: None if name in NULLS and rng.random() < 0.3 else value for name, value in row.items()}


def assert_same(found: Decoded, wanted: Decoded) -> None:
    assert codes(found) == codes(wanted)
    assert found.kept_rows.tolist() == wanted.kept_rows.tolist()
    assert (found.fixes is None) == (wanted.fixes is None)
    if found.fixes is not None and wanted.fixes is not None:
        assert [found.fixes.device_names[i] for i in found.fixes.device] == [wanted.fixes.device_names[i] for i in wanted.fixes.device]
        for field in dataclasses.fields(found.fixes):
            if field.name not in {"device", "device_names"}:
                mine, theirs = getattr(found.fixes, field.name), getattr(wanted.fixes, field.name)
                assert mine.dtype == theirs.dtype
                np.testing.assert_array_equal(mine, theirs)


def _sample() -> FixBatch:
    fixes = decoded(body_of([ROW, {**ROW, **NULLS, "device": "VIC-0001"}])).fixes
    assert fixes is not None
    return fixes
