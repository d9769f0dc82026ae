"""A whole room as bytes and back, quickly: all objects of one class stand together, a column for each of their fields.

A document is msgpack: the classes, the chunks and the value itself. A chunk holds objects of one kind by their places, numbers under
which others refer to them; a column holds one value of each. What `state_codec` says of shared objects and of foreign code holds here
too. Arrays of a megabyte or more may be left to the caller, who knows better what of them has changed.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from itertools import chain, groupby
from operator import attrgetter
from types import FunctionType, MappingProxyType, MethodType
from typing import Any, Final

import msgspec
import numpy as np
import shapely
from numpy.lib.format import dtype_to_descr

from backend_bridge.adapters.state_codec import (
    CodecError,
    OtherVersionError,
    class_as_written,
    class_with_defaults,
    name_of,
    without_collector,
    written_class,
)
from backend_bridge.adapters.state_columns_read import EARLIER_FORMATS, FORMAT, Reader

LARGE_BYTES: Final = 1 << 20
_PLAIN: Final = frozenset({str, int, float, bool, bytes, type(None)})
_CONTAINERS: Final[tuple[tuple[type, str], ...]] = (
    (np.ndarray, "a"),
    (OrderedDict, "O"),
    (dict, "d"),
    (MappingProxyType, "m"),
    (deque, "q"),
    (list, "l"),
    (set, "s"),
    (MethodType, "M"),
    (FunctionType, "F"),
    (shapely.Geometry, "g"),
)
_Key = tuple[Any, ...]
_Sort = str | type
"""How values are written in a column: "v" as they are, "t" and "f" with their members, "n" as numbers of numpy, "r" as the place of an
object; enums by their class."""
Form = Any
"""What msgpack can hold."""


def encode(
    value: object,
    large: list[np.ndarray[Any, Any]] | None = None,
    shared: Mapping[int, int] = MappingProxyType({}),
    met: list[object] | None = None,
) -> bytes:
    """The bytes of `value`; arrays of at least `LARGE_BYTES` go to the end of `large` instead, where it is given.

    Of the objects that stand in `shared` (see `SharedObjects.places`) only their numbers are written. All others go to `met`.
    """
    writer = _Writer(large, shared)
    root = writer.column([value])
    chunks = list(writer.chunks())
    if met is not None:
        met += writer.alive
    return msgspec.msgpack.encode([FORMAT, writer.classes, len(writer.alive), chunks, root])


def decode(
    stored: bytes,
    large: Sequence[np.ndarray[Any, Any]] = (),
    shared: Sequence[object] = (),
    before_parts: Callable[[], None] = lambda: None,
    *,
    upgrades: bool = False,
) -> object:
    """The value that `encode` wrote, with the arrays of `large` and the objects of `shared` in it; raises `CodecError`.

    With `upgrades` it may have been a version before that wrote it: fields that have come in since are what they are by default.
    Until `before_parts` is called the arrays may still be filled by another thread: only what is built of its parts looks at them.
    """
    try:
        with without_collector(len(stored)):
            document = msgspec.msgpack.decode(stored)
            if not isinstance(document, list) or (document[0] != FORMAT and not (upgrades and document[0] in EARLIER_FORMATS)):
                raise OtherVersionError("another version of Bongsu wrote it")
            class_of = class_with_defaults if upgrades else class_as_written
            _, classes, n_places, chunks, root = document
            reader = Reader([class_of(*each) for each in classes], n_places, large, shared)
            return reader.value(chunks, root, before_parts)
    except (msgspec.DecodeError, ValueError, TypeError, KeyError, IndexError, AttributeError, ImportError) as error:
        raise CodecError(f"stored bytes cannot be read ({type(error).__name__})") from error


class _Writer:
    def __init__(self, large: list[np.ndarray[Any, Any]] | None, shared: Mapping[int, int]) -> None:
        self.classes: list[tuple[str, list[str]]] = []
        self.alive: list[object] = []
        """The objects that were met and are not shared, by their places."""
        self._large = large
        self._numbers: dict[type, int] = {}
        self._tags: dict[type, str] = {}
        self._places: dict[int, int] = dict(shared)
        self._queue: dict[_Key, list[int]] = {}

    def chunks(self) -> Iterable[list[Form]]:
        """The objects that columns refer to, chunk by chunk, until none is left."""
        while self._queue:
            key = next(iter(self._queue))
            places = self._queue.pop(key)
            yield [key[0], places, *self._chunk(key, [self.alive[place] for place in places])]

    def column(self, values: list[Any]) -> Form:
        """One value of each of many objects."""
        kinds = {kind: _sort(kind) for kind in set(map(type, values))}
        sorts = set(kinds.values())
        if len(sorts) == 1:
            return self._alike(sorts.pop(), values)
        order = [kinds[type(value)] for value in values]
        places = {sort: place for place, sort in enumerate(dict.fromkeys(order))}
        parts: list[list[Any]] = [[] for _ in places]
        numbers = [places[sort] for sort in order]
        for place, value in zip(numbers, values, strict=True):
            parts[place].append(value)
        return ["x", _runs(numbers), *map(self._alike, places, parts)]

    def _alike(self, sort: _Sort, values: list[Any]) -> Form:
        if sort == "v":
            return ["v", values]
        if sort == "t":
            return ["t", *self._flat(values)]
        if sort == "f":
            return ["f", *self._flat(sorted(value, key=repr) for value in values)]
        if sort == "n":
            return ["n", [value.dtype.str for value in values], [value.tobytes() for value in values]]
        if isinstance(sort, type):
            return ["e", self._number(sort), [value.value for value in values]]
        return ["r", [self._place(value) for value in values]]

    def _flat(self, members: Iterable[Any]) -> list[Form]:
        """Many sequences as the runs of their lengths and one column."""
        sequences = list(members)
        return [_runs(list(map(len, sequences))), self.column(list(chain.from_iterable(sequences)))]

    def _place(self, value: object) -> int:
        place = self._places.get(id(value))
        if place is None:
            place = self._places[id(value)] = len(self.alive)
            self.alive.append(value)
            self._queue.setdefault(self._key(value), []).append(place)
        return place

    def _key(self, value: object) -> _Key:
        """What a chunk has in common."""
        kind = type(value)
        tag = self._tags.get(kind)
        if tag is None:
            tag = self._tags[kind] = _tag(kind)
        if tag == "a" and isinstance(value, np.ndarray):
            if value.dtype.hasobject:
                return ("A",)
            return ("L",) if self._large is not None and value.nbytes >= LARGE_BYTES else ("a", repr(value.dtype.descr))
        if tag != "c":
            return (tag, kind)
        own = getattr(value, "__dict__", None)
        return ("o", kind, tuple(own)) if own else ("c", kind)

    def _chunk(self, key: _Key, objects: list[Any]) -> list[Form]:
        match key[0]:
            case "c":
                number = self._number(key[1])
                return [number, *(self.column(list(map(attrgetter(name), objects))) for name in self.classes[number][1])]
            case "o":
                return [self._number(key[1]), key[2], *(self.column([each.__dict__[name] for each in objects]) for name in key[2])]
            case "p":
                return [self._number(key[1]), self.column([each.parts() for each in objects])]
            case "a" | "A" | "L":
                return self._arrays(key[0], objects)
            case "g":
                return [[shapely.to_wkb(each) for each in objects]]
            case "M":
                return [self.column([each.__self__ for each in objects]), [each.__name__ for each in objects]]
            case "F":
                return [[name_of(each.__module__, each.__qualname__) for each in objects]]
            case _:
                return self._containers(key[0], objects)

    def _containers(self, tag: str, objects: list[Any]) -> list[Form]:
        match tag:
            case "d" | "O":
                keys = self.column(list(chain.from_iterable(objects)))
                return [list(map(len, objects)), keys, self.column(list(chain.from_iterable(each.values() for each in objects)))]
            case "m":
                return [self.column([dict(each) for each in objects])]
            case "q":
                return [[each.maxlen for each in objects], *self._flat(objects)]
            case "s":
                return self._flat(sorted(each, key=repr) for each in objects)
            case _:
                return self._flat(objects)

    def _arrays(self, tag: str, arrays: list[np.ndarray[Any, Any]]) -> list[Form]:
        shapes = [list(each.shape) for each in arrays]
        if tag == "A":
            return [shapes, *self._flat(each.ravel().tolist() for each in arrays)]
        if tag == "L" and self._large is not None:
            first = len(self._large)
            self._large.extend(arrays)
            return [list(range(first, len(self._large)))]
        return [dtype_to_descr(arrays[0].dtype), shapes, _raw(arrays)]

    def _number(self, kind: type) -> int:
        found = self._numbers.get(kind)
        if found is None:
            found = self._numbers[kind] = len(self.classes)
            self.classes.append(written_class(kind)[:2])
        return found


def _runs(numbers: list[int]) -> list[int]:
    """A number and how often it comes on end, the next number, and so on."""
    return [each for number, on_end in groupby(numbers) for each in (number, sum(1 for _ in on_end))]


def _raw(arrays: list[np.ndarray[Any, Any]]) -> bytes | memoryview:
    """The values of arrays one after the other; a large one, of which there is mostly one alone, is not copied for it."""
    if len(arrays) == 1 and arrays[0].nbytes >= LARGE_BYTES:
        return np.ascontiguousarray(arrays[0]).reshape(-1).view(np.uint8).data
    return b"".join(np.ascontiguousarray(each).tobytes() for each in arrays)


def _tag(kind: type) -> str:
    """How objects of a class are written; "c" for its attributes."""
    for container, tag in _CONTAINERS:
        if issubclass(kind, container):
            return tag
    return "p" if written_class(kind)[2] else "c"


@lru_cache(maxsize=1024)
def _sort(kind: type) -> _Sort:
    if kind in _PLAIN:
        return "v"
    for base, sort in ((tuple, "t"), (frozenset, "f"), (np.generic, "n")):
        if issubclass(kind, base):
            return sort
    return kind if issubclass(kind, Enum) else "r"
