"""A room written in columns is the same room when it is read: nothing is lost, shared objects stay one, nothing foreign is built."""

from collections import OrderedDict, deque
from collections.abc import Callable
from types import MappingProxyType

import msgspec
import numpy as np
import pytest
from evening import Evening, S, place
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.adapters import state_codec
from backend_bridge.adapters.snapshot_child import packed, unpacked
from backend_bridge.adapters.state_codec import CodecError, OtherVersionError
from backend_bridge.adapters.state_columns import LARGE_BYTES, decode, encode
from backend_bridge.adapters.state_columns_read import FORMAT
from backend_bridge.application.room import again
from backend_bridge.application.room_state import Room
from backend_bridge.domain.access.destruction import DestructionBook
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.lanes.lane_book import LaneBook
from backend_bridge.domain.quantities import LatLon


def test_containers_enums_and_numbers_come_back_as_they_were() -> None:
    value = {
        ("a", 1): [1, 2.5, None, True, "텍스트", b"\x00", (), ((),), (1, ("x", LatLon(lat_deg=0.5, lon_deg=0.25)))],
        "set": {3, 1},
        "frozen": frozenset({"x", AlarmKind.SOS}),
        "of objects": [frozenset({LatLon(lat_deg=1.5, lon_deg=-2.0)}), frozenset()],
        LatLon(lat_deg=2.5, lon_deg=1.0): {"as a key": 1},
        "big": 2**64 - 1,
        "enum": AlarmKind.SOS,
        "queue": deque([1, 2], maxlen=5),
        "ordered": OrderedDict(b=1, a=2),
        "proxy": MappingProxyType({"k": (1, (2,))}),
        "small": np.float32(0.1),
        "objects": np.array([None, "a", LatLon(lat_deg=0.0, lon_deg=0.0)], np.object_),
    }
    back = decode(encode(value))
    assert isinstance(back, dict)
    assert back.pop("objects").tolist() == value.pop("objects").tolist()  # type: ignore[attr-defined]  # arrays, both
    assert back == value
    assert back["queue"].maxlen == 5
    assert list(back["ordered"]) == ["b", "a"]
    assert type(back["small"]) is np.float32


_LEAVES = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(max_size=3) | st.sampled_from(AlarmKind)
_VALUES = st.recursive(
    _LEAVES, lambda of: st.lists(of, max_size=6) | st.lists(of, max_size=6).map(tuple) | st.frozensets(_LEAVES), max_leaves=40
)


@given(value=_VALUES)
@settings(deadline=None)
def test_whatever_lengths_and_kinds_follow_one_another_come_back(value: object) -> None:
    back = decode(encode(value))
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize("dtype", ["i8", "f4", "u8", "?", "U3", [("a", "<i4"), ("b", "<f8", (2,))]])
def test_arrays_keep_type_shape_and_every_bit(dtype: object) -> None:
    first = np.zeros((3, 2), np.dtype(dtype))  # type: ignore[call-overload]  # of the six above
    first.view(np.uint8)[..., 0] = 7
    for array, back in zip((first, first[:0], first[1]), decode(encode([first, first[:0], first[1]])), strict=True):  # type: ignore[call-overload]  # a list
        assert (back.dtype, back.shape, back.tobytes()) == (array.dtype, array.shape, array.tobytes())
        back[:1] = array[:1]


def test_large_arrays_are_left_to_the_caller_and_put_back() -> None:
    large: list[np.ndarray] = []
    much, little = np.arange(LARGE_BYTES // 8), np.arange(3)
    document = encode({"much": much, "again": much, "little": little}, large)
    assert len(document) < 1000
    assert [each is much for each in large] == [True]
    back = decode(document, [much + 1])
    assert isinstance(back, dict)
    assert back["much"][0] == 1
    assert back["again"] is back["much"]
    assert back["little"].tolist() == [0, 1, 2]


def test_an_object_that_two_hold_is_one_object_afterwards() -> None:
    one = [1]
    left, right = decode(encode((one, {"again": one})))  # type: ignore[misc]  # a pair, as written
    left.append(2)
    assert right["again"] == [1, 2]


@pytest.mark.parametrize("codec", [(encode, decode), (state_codec.encode, state_codec.decode)])
def test_an_object_that_would_lack_what_is_set_at_its_making_is_refused_when_read(
    codec: tuple[Callable[[object], bytes], Callable[[bytes], object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bridge that took it would end in the middle of a night, at the first act that needs the attribute."""

    def begin(self: DestructionBook) -> None:
        whole(self)
        self.new = 1  # type: ignore[attr-defined]  # as the next version has it

    whole = DestructionBook.__init__
    written = codec[0](DestructionBook())
    assert isinstance(codec[1](written), DestructionBook)
    monkeypatch.setattr(DestructionBook, "__init__", begin)
    state_codec.begun_with.cache_clear()
    try:
        with pytest.raises(OtherVersionError, match="DestructionBook has other fields now"):
            codec[1](written)
    finally:
        state_codec.begun_with.cache_clear()


def test_what_is_made_of_its_parts_is_there_for_all_who_hold_it() -> None:
    book = LaneBook.empty()
    back, held, method = decode(encode((book, {"of": [book]}, book.missing)))  # type: ignore[misc]  # three, as written
    assert isinstance(back, LaneBook)
    assert held["of"][0] is back
    assert method.__self__ is back


def test_a_room_goes_on_as_the_one_that_was_written() -> None:
    evening = Evening()
    evening.move(900, 5, VIC_0001=lambda _t: place(0.0), ANK_0001=lambda t: place(3000.0 - 3.0 * t))
    outcomes = evening.outcomes
    whole, half = Room(evening.room.watch.empty()), len(outcomes) // 2
    for outcome in outcomes[:half]:
        again(whole, outcome.taken)
    twin = decode(encode(whole))
    assert isinstance(twin, Room)
    events = [(again(whole, outcome.taken).events, again(twin, outcome.taken).events) for outcome in outcomes[half:]]
    assert all(one == other for one, other in events)
    assert any(one for one, _ in events)
    assert encode(whole) == encode(twin)
    assert whole.now_us > half * S


def test_a_class_from_elsewhere_is_neither_written_nor_built() -> None:
    with pytest.raises(CodecError):
        encode(ValueError("x"))
    for chunk, classes in ((["c", [0], 0], [["os:environ", []]]), (["F", [0], ["os:system"]], [])):
        with pytest.raises(CodecError):
            decode(msgspec.msgpack.encode([FORMAT, classes, 1, [chunk], ["r", [0]]]))


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"\xc1",
        b"\x90",
        state_codec.encode({"of": DeviceId("another version")}),
        msgspec.msgpack.encode([FORMAT, [], 0, [], ["r", [5]]]),
        msgspec.msgpack.encode([FORMAT, [], 1, [["z", [0]]], ["r", [0]]]),
        msgspec.msgpack.encode([FORMAT, [], 1, [["m", [0], ["r", [0]]]], ["r", [0]]]),
        msgspec.msgpack.encode([FORMAT, [], 0, [], ["t", [2, 2], ["v", [1, 2, 3]]]]),
        msgspec.msgpack.encode([FORMAT, [], 0, [], ["t", [2], ["v", [1, 2]]]]),
        msgspec.msgpack.encode(["bongsu-state/2", [], 0, [], ["v", [1]]]),
    ],
)
def test_junk_is_refused(junk: bytes) -> None:
    with pytest.raises(CodecError):
        decode(junk)


def test_a_snapshot_of_another_version_is_told_from_one_of_this_at_once() -> None:
    assert unpacked(packed((1, [2]))) == (1, [2])
    for other in (b"", b"x\x9cabc", packed((1,))[:-2], state_codec.encode([1])):
        with pytest.raises(CodecError):
            unpacked(other)
