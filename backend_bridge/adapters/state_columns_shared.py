"""Objects that never change, found among all objects of a room: written once, they stand in many rooms, and are read once.

What counts is what an object holds, not what its class promises: a frozen value with a list in it changes, and stays where it is.
"""

from collections.abc import Iterable
from dataclasses import fields
from enum import Enum
from functools import lru_cache
from typing import Any, Final

import numpy as np
import shapely

_PLAIN: Final = frozenset({str, int, float, bool, bytes, type(None)})


class SharedObjects:
    """Objects that never change, and under which numbers a document refers to them."""

    def __init__(self, objects: Iterable[object] = ()) -> None:
        self._objects = list(objects)  # they live as long as their identities are numbers
        self.places = {id(each): -1 - at for at, each in enumerate(self._objects)}
        """By identity; below zero, as from the end of a list."""

    def __len__(self) -> int:
        return len(self._objects)


def may_never_change(value: object) -> bool:
    """Whether a value is of a kind that may be shared: a frozen one, a shape, or an array (of which frozen ones hold some)."""
    kind: type = type(value)
    return isinstance(value, shapely.Geometry) or _is_frozen(kind)


def never_changing(objects: Iterable[object]) -> list[object]:
    """Those of all objects of a room that never change, and the arrays that they alone hold."""
    looked = _Looked()
    held: dict[int, object] = {}
    for each in objects:
        if may_never_change(each) and looked.never_changes(each):
            held[id(each)] = each
            held.update((id(array), array) for array in looked.arrays_of(each))
    return list(held.values())


class _Looked:
    """What was found out of objects already."""

    def __init__(self) -> None:
        self._found: dict[int, bool] = {}

    def never_changes(self, value: object) -> bool:
        kind: type = type(value)
        if kind in _PLAIN or isinstance(value, Enum | np.generic | shapely.Geometry):
            return True
        if isinstance(value, tuple | frozenset):
            return all(map(self.never_changes, value))
        if isinstance(value, np.ndarray):
            return not value.dtype.hasobject  # nobody changes an array in a frozen object, and those that are read refuse it
        if not _is_frozen(kind):
            return False
        found = self._found.get(id(value))
        if found is None:
            self._found[id(value)] = False  # what leads back to itself
            found = self._found[id(value)] = all(map(self.never_changes, _held(value)))
        return found

    @staticmethod
    def arrays_of(value: object) -> Iterable[np.ndarray[Any, Any]]:
        """Arrays in the fields of a frozen object."""
        return (each for each in _held(value) if isinstance(each, np.ndarray))


def _held(value: object) -> list[Any]:
    if isinstance(value, shapely.Geometry):
        return []
    kind: type = type(value)
    return [getattr(value, name) for name in _names(kind)]


@lru_cache(maxsize=1024)
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@lru_cache(maxsize=1024)
def _is_frozen(kind: type) -> bool:
    """Whether objects of a class are frozen and have nothing but their fields."""
    told = getattr(kind, "__dataclass_params__", None)
    return told is not None and told.frozen and not kind.__dictoffset__ and not hasattr(kind, "of_parts")
