"""The core's state survives being written and read: shared objects stay one, nothing foreign is built."""

from collections import OrderedDict, deque
from pathlib import Path
from types import MappingProxyType

import msgspec
import numpy as np
import pytest

from backend_bridge.adapters.state_codec import CodecError, OtherVersionError, decode, defined, encode
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.commands import EnterLabel
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.lanes.lane_book import LaneBook
from backend_bridge.domain.quantities import LatLon

NOTHING = ""
STORED = Path(__file__).parents[2] / "data" / "stored_names.txt"
"""What stores and recordings of version 0.1.0 name: rooms, inputs, acts and effects."""


def test_containers_enums_and_numbers_come_back_as_they_were() -> None:
    value = {
        ("a", 1): [1, 2.5, None, True, "텍스트", b"\x00"],
        "set": {3, 1},
        "frozen": frozenset({"x"}),
        "big": 2**64 - 1,
        "enum": AlarmKind.SOS,
        "where": LatLon(lat_deg=1.5, lon_deg=-2.0),
        "queue": deque([1, 2], maxlen=5),
        "ordered": OrderedDict(b=1, a=2),
        "proxy": MappingProxyType({"k": (1, (2,))}),
        "small": np.float32(0.1),
    }
    back = decode(encode(value))
    assert back == value
    assert isinstance(back, dict)
    assert back["queue"].maxlen == 5
    assert list(back["ordered"]) == ["b", "a"]


def as_an_earlier_version_wrote_it(value: object, name: str, *, then: str | None = None) -> bytes:
    """The bytes of a value of one class as they were before its field `name` was there; `then` there was another one instead."""
    (((kind, names),), body) = msgspec.msgpack.decode(encode(value))
    at = names.index(name)
    left = [*names[:at], *names[at + 1 :]] + ([then] if then else [])
    return msgspec.msgpack.encode([[[kind, left]], [*body[: 2 + at], *body[3 + at :]] + (["x"] if then else [])])


def test_what_was_stored_before_a_class_got_a_field_means_what_the_field_is_by_default() -> None:
    command = EnterLabel(case=CaseId("KR-1"), label=NOTHING, text="t")  # type: ignore[arg-type]  # a text here, so that one class is written
    assert decode(as_an_earlier_version_wrote_it(command, "person")) == command


def test_what_was_stored_without_a_field_that_has_no_default_or_with_one_that_is_gone_is_refused() -> None:
    command = EnterLabel(case=CaseId("KR-1"), label=NOTHING, text="t")  # type: ignore[arg-type]  # likewise
    for stored in (as_an_earlier_version_wrote_it(command, "case"), as_an_earlier_version_wrote_it(command, "person", then="whom")):
        with pytest.raises(OtherVersionError, match="EnterLabel has other fields now"):
            decode(stored)


def test_what_stores_hold_is_still_called_as_they_call_it() -> None:
    """A class that is moved or called otherwise would make every room that was stored before unreadable."""
    names = STORED.read_text().split()
    assert len(names) > 200
    for name in names:
        assert isinstance(defined(name), type)


@pytest.mark.parametrize("dtype", ["i8", "f4", "u8", "?", [("a", "<i4"), ("b", "<f8", (2,))]])
def test_arrays_keep_type_shape_and_every_bit(dtype: object) -> None:
    array = np.zeros((3, 2), np.dtype(dtype))  # type: ignore[call-overload]  # of the five above
    array.view(np.uint8)[..., 0] = 7
    back = decode(encode(array))
    assert isinstance(back, np.ndarray)
    assert (back.dtype, back.shape, back.tobytes()) == (array.dtype, array.shape, array.tobytes())
    back[0] = array[0]


def test_an_object_that_two_hold_is_one_object_afterwards() -> None:
    one = [1]
    left, right = decode(encode((one, {"again": one})))  # type: ignore[misc]  # a pair, as written
    left.append(2)
    assert right["again"] == [1, 2]


def test_a_method_of_an_object_stays_bound_to_it() -> None:
    book = LaneBook.empty()
    back, method = decode(encode((book, book.missing)))  # type: ignore[misc]  # a pair, as written
    assert method.__self__ is back


def test_a_class_from_elsewhere_is_neither_written_nor_built() -> None:
    with pytest.raises(CodecError):
        encode(ValueError("x"))
    with pytest.raises(CodecError):
        decode(msgspec.msgpack.encode([[["os:environ", []]], ["c", 0]]))
    with pytest.raises(CodecError):
        decode(msgspec.msgpack.encode([[], ["F", "os:system"]]))


@pytest.mark.parametrize("junk", [b"", b"\xc1", b"\x90", msgspec.msgpack.encode([[], ["z", 1]]), msgspec.msgpack.encode([[], ["r", 5]])])
def test_junk_is_refused(junk: bytes) -> None:
    with pytest.raises(CodecError):
        decode(junk)
