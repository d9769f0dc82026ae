"""What may stand in many rooms at once: frozen values all the way down, and nothing that anybody could change."""

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pytest
import shapely
from evening import Evening, place

from backend_bridge.adapters import room_pieces
from backend_bridge.adapters.room_pieces import RoomWriter
from backend_bridge.adapters.room_pieces_read import RoomReader
from backend_bridge.adapters.state_columns import decode, encode
from backend_bridge.adapters.state_columns_shared import SharedObjects, may_never_change, never_changing
from backend_bridge.application.room_state import Room
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.case import Circle
from backend_bridge.domain.quantities import LatLon


@dataclass(frozen=True, slots=True)
class Frozen:
    held: object


@dataclass(slots=True)
class Open:
    held: object


@dataclass(frozen=True)
class WithDict:
    held: object


@pytest.mark.parametrize(
    "held",
    [
        1,
        "a",
        None,
        AlarmKind.SOS,
        np.float64(2.0),
        (1, ("a", None)),
        frozenset({1}),
        shapely.Point(1, 2),
        np.zeros(3),
        Frozen((Frozen(1),)),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_frozen_value_of_frozen_values_never_changes(held: object) -> None:
    value = Frozen(held)
    assert any(each is value for each in never_changing([value]))


@pytest.mark.parametrize(
    "held",
    [[1], {}, {1}, MappingProxyType({}), Open(1), WithDict(1), np.array([[]], np.object_), (1, [2]), Frozen([1])],
    ids=lambda each: type(each).__name__,
)
def test_a_frozen_value_that_holds_what_can_change_is_not_shared(held: object) -> None:
    assert never_changing([Frozen(held)]) == []


def test_only_what_looks_frozen_is_counted() -> None:
    assert [may_never_change(each) for each in (Frozen([]), shapely.Point(0, 0), Open(1), WithDict(1), np.zeros(1))] == [
        *(True, True),
        *(False, False, False),
    ]


def test_a_document_names_what_is_shared_by_number_and_is_given_that_very_object() -> None:
    circle = Circle(centre=LatLon(lat_deg=36.0, lon_deg=127.0), radius_m=150.0)
    objects = never_changing([circle, circle.centre])
    met: list[object] = []
    stored = encode([circle, [circle.centre], circle], None, SharedObjects(objects).places, met)
    assert all(each is not circle and each is not circle.centre for each in met)
    read = decode(stored, shared=objects)
    assert isinstance(read, list)
    assert read[0] is circle
    assert read[2] is circle
    assert read[1][0] is circle.centre
    assert len(stored) < len(encode([circle, [circle.centre], circle]))


def test_an_array_that_rooms_share_refuses_to_be_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_pieces, "LEAST_SHARED", 1)
    evening = Evening()
    evening.move(60, 5, VIC_0001=lambda _t: place(0.0), ANK_0001=lambda _t: place(3000.0))
    pieces: dict[int, bytes] = {}

    class Kept:
        def put(self, content: bytes | memoryview, *, plain: bool) -> int:
            pieces[len(pieces)] = bytes(content)
            return len(pieces) - 1

        def piece(self, number: int) -> bytes:
            return pieces[number]

        def piece_into(self, number: int, room: memoryview) -> bool:
            room[:] = pieces[number]
            return True

        def expect(self, numbers: object) -> None:
            pass  # all are in memory

    body = RoomWriter(Kept().put).body(evening.room)
    first, second = (RoomReader(Kept()).room(body) for _ in range(2))
    assert isinstance(first, Room)
    assert isinstance(second, Room)
    targets = first.watch.parts()["targets"]
    assert isinstance(targets, tuple)
    assert targets
    for target in targets:
        with pytest.raises(ValueError, match="read-only"):
            target.in_force[0, 0] = 0
