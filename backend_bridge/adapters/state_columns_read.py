"""Reads what `state_columns` writes: first every object without content, then its content, column by column.

What is built from its parts (`of_parts`) comes last, when its parts are complete, and then what holds it.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, islice, repeat
from math import prod
from types import MappingProxyType, MemberDescriptorType
from typing import Any, Final

import numpy as np
import shapely
from numpy.lib.format import descr_to_dtype

from backend_bridge.adapters.state_codec import CodecError, StoredClass, defined

FORMAT: Final = "bongsu-state/4"
EARLIER_FORMATS: Final = frozenset({"bongsu-state/3"})
"""Those that are written in the same way: what has changed since are fields of classes and of tables."""
Form = Any
"""What msgpack can hold."""
_Fill = Callable[[], None]
_BEFORE_CONTAINERS: Final = frozenset("com")
"""Chunks whose objects must have their content before they can be keys or members of sets."""


class _NotBuiltError(Exception):
    """A column names an object that is not there yet."""


class Reader:
    """Reads one document."""

    def __init__(self, classes: list[StoredClass], n_places: int, large: Sequence[np.ndarray[Any, Any]], shared: Sequence[object]) -> None:
        self._classes = classes
        self._alive: list[Any] = [*[None] * n_places, *reversed(shared)]
        self._large = large
        self._unbuilt: set[int] = set()

    def value(self, chunks: list[list[Form]], root: Form, before_parts: Callable[[], None]) -> object:
        """The value of the document; raises `CodecError` where objects need each other to be built.

        Before anything is built of its parts, `before_parts` is called.
        """
        parted: list[_Fill] = []
        early: list[_Fill] = []
        of_sets: list[_Fill] = []
        late: list[_Fill] = []
        for tag, places, *rest in chunks:
            if tag == "p":
                self._unbuilt.update(places)
                parted.extend(partial(self._build, rest[0], place, at, rest[1]) for at, place in enumerate(places))
                continue
            for fill, column in self._blank(tag, places, rest):
                fills = late if tag not in _BEFORE_CONTAINERS else of_sets if column and _has_set(column) else early
                fills.append(fill)
        waiting = self._left_of([*early, *of_sets, *late])
        before_parts()
        for build in reversed(parted):
            build()
            waiting = self._left_of(waiting)
        if waiting:
            raise CodecError("objects need each other to be built")
        return self.column(root)[0]

    def column(self, form: Form) -> list[Any]:
        """The values of a column."""
        tag = form[0]
        if tag == "v":
            values: list[Any] = form[1]
            return values
        if tag == "r":
            if not self._unbuilt.isdisjoint(form[1]):
                raise _NotBuiltError
            return list(map(self._alive.__getitem__, form[1]))
        if tag == "e":
            return list(map(self._classes[form[1]].kind._value2member_map_.__getitem__, form[2]))
        if tag == "t":
            return self._tuples(form[1], form[2])
        if tag == "f":
            return list(map(frozenset, self._tuples(form[1], form[2])))
        if tag == "n":
            return [np.frombuffer(raw, np.dtype(kind))[0] for kind, raw in zip(form[1], form[2], strict=True)]
        if tag != "x":
            raise CodecError(f"a column of an unknown kind, {tag}")
        parts = [iter(self.column(part)) for part in form[2:]]
        return list(chain.from_iterable(islice(parts[place], n) for place, n in _pairs(form[1])))

    def _tuples(self, lengths: list[int], form: Form) -> list[tuple[Any, ...]]:
        """The members of a column in groups, of which so many on end have one length."""
        flat = iter(self.column(form))
        groups: list[tuple[Any, ...]] = []
        for length, n in _pairs(lengths):
            groups.extend(islice(zip(*[flat] * length, strict=False), n) if length else repeat((), n))
        if len(groups) != sum(lengths[1::2]):
            raise CodecError("a column is too short")
        return groups

    def _left_of(self, fills: list[_Fill]) -> list[_Fill]:
        """Do what can be done; what must wait for an object that is not built."""
        left = []
        for fill in fills:
            try:
                fill()
            except _NotBuiltError:
                left.append(fill)
        return left

    def _build(self, number: int, place: int, at: int, form: Form) -> None:
        try:
            self._alive[place] = self._classes[number].kind.of_parts(self.column(form)[at])
        except _NotBuiltError:
            raise CodecError("objects need each other to be built") from None
        self._unbuilt.discard(place)

    def _blank(self, tag: str, places: list[int], rest: list[Form]) -> Iterator[tuple[_Fill, Form | None]]:
        """Make the objects of a chunk without what they hold; what fills them, with the column that it needs."""
        match tag:
            case "c" | "o":
                yield from self._fielded(tag, places, rest)
            case "m" | "M":
                self._unbuilt.update(places)
                yield partial(self._proxies if tag == "m" else self._methods, places, rest), rest[0]
            case "d" | "O" | "l" | "s" | "q" | "A":
                yield partial(self._filled, tag, self._empty(tag, places, rest), rest), None
            case _:
                self._put(places, self._complete(tag, rest))

    def _put(self, places: list[int], made: Sequence[Any]) -> None:
        for place, each in zip(places, made, strict=True):
            self._alive[place] = each

    def _fielded(self, tag: str, places: list[int], rest: list[Form]) -> Iterator[tuple[_Fill, Form]]:
        stored, columns = self._classes[rest[0]], rest[1:]
        kind, names = stored.kind, stored.names
        if tag == "o":
            names, columns = rest[1], rest[2:]
            stored.refuse_incomplete(names)
        made: list[Any] = [object.__new__(kind) for _ in places]
        if tag == "o":
            for each in made:
                each.__dict__.update(dict.fromkeys(names))  # keeps their order, whichever is set first
        self._put(places, made)
        for each in made if stored.added else ():
            stored.filled_up(each, names)
        for name, column in zip(names, columns, strict=True):
            yield partial(self._set, made, _setter(kind, name, tag), column), column

    def _set(self, made: list[Any], setter: Callable[[Any, Any], None], form: Form) -> None:
        deque(map(setter, made, self.column(form)), maxlen=0)

    def _proxies(self, places: list[int], rest: list[Form]) -> None:
        self._put(places, [MappingProxyType(each) for each in self.column(rest[0])])
        self._unbuilt.difference_update(places)

    def _methods(self, places: list[int], rest: list[Form]) -> None:
        self._put(places, [getattr(each, name) for each, name in zip(self.column(rest[0]), rest[1], strict=True)])
        self._unbuilt.difference_update(places)

    def _empty(self, tag: str, places: list[int], rest: list[Form]) -> list[Any]:
        made: list[Any]
        match tag:
            case "q":
                made = [deque(maxlen=maxlen) for maxlen in rest[0]]
            case "A":
                made = [np.empty(shape, np.object_) for shape in rest[0]]
            case _:
                kind = {"d": dict, "O": OrderedDict, "l": list, "s": set}[tag]
                made = [kind() for _ in places]
        self._put(places, made)
        return made

    def _filled(self, tag: str, made: list[Any], rest: list[Form]) -> None:
        if tag in "dO":
            keys, values = iter(self.column(rest[1])), iter(self.column(rest[2]))
            for each, n in zip(made, rest[0], strict=True):
                each.update(zip(islice(keys, n), islice(values, n), strict=True))
            return
        for each, members in zip(made, self._tuples(rest[-2], rest[-1]), strict=True):
            if tag == "A":
                each.ravel()[:] = members
            elif tag == "s":
                each.update(members)
            else:
                each.extend(members)

    def _complete(self, tag: str, rest: list[Form]) -> Sequence[Any]:
        match tag:
            case "a":
                return list(_arrays(*rest))
            case "L":
                return [self._large[index] for index in rest[0]]
            case "g":
                geometries: Sequence[Any] = shapely.from_wkb(rest[0])
                return geometries
            case "F":
                return [defined(name) for name in rest[0]]
            case _:
                raise CodecError(f"a chunk of an unknown kind, {tag}")


def _pairs(runs: list[int]) -> Iterator[tuple[int, int]]:
    return zip(runs[::2], runs[1::2], strict=True)


def _arrays(descr: Any, shapes: list[list[int]], raw: bytes) -> Iterator[np.ndarray[Any, Any]]:
    dtype = descr_to_dtype([tuple(part) for part in descr] if isinstance(descr, list) else descr)
    place = 0
    for shape in shapes:
        n = prod(shape)
        yield np.frombuffer(raw, dtype, n, place).reshape(shape).copy() if n else np.empty(shape, dtype)
        place += n * dtype.itemsize


def _setter(kind: type, name: str, tag: str) -> Callable[[Any, Any], None]:
    """What sets an attribute of objects of a class, of frozen ones too, without running code of the class."""
    member = getattr(kind, name, None) if tag == "c" else None
    if isinstance(member, MemberDescriptorType):
        return member.__set__
    return lambda made, value: object.__setattr__(made, name, value)


def _has_set(form: Form) -> bool:
    """Whether a column holds frozen sets, whose members must be complete."""
    tag = form[0]
    return tag == "f" or (tag == "t" and _has_set(form[2])) or (tag == "x" and any(map(_has_set, form[2:])))
