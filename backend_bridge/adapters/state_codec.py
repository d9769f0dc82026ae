"""The core's state as bytes and back: its objects, enums, arrays and the containers of Python.

A document is msgpack: the classes that occur with the names of their fields, then the value. An object that is referred to from
two places is written once and is one object again when read. Reading builds only what `backend_bridge.domain` and
`backend_bridge.application` define, and calls no code of theirs but `of_parts`.
"""

import dis
import gc
import importlib
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from types import FunctionType, MappingProxyType, MethodType
from typing import Any, Final

import msgspec
import numpy as np
import shapely
from numpy.lib.format import descr_to_dtype, dtype_to_descr

_HOMES: Final = ("backend_bridge.domain.", "backend_bridge.application.")

_LARGE: Final = 1 << 20
_PLAIN: Final = {str, int, float, bool, bytes, type(None)}
_WITHOUT_PLACE: Final = frozenset("tTenr")
"""Kinds of what others do not refer to."""
_SORTS: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (tuple, "t"),
    (Enum, "e"),
    (np.generic, "n"),
    (np.ndarray, "a"),
    ((dict, list, set, frozenset, deque, MappingProxyType), "d"),
    (MethodType, "M"),
    (FunctionType, "F"),
    (shapely.Geometry, "g"),
)

Form = Any
"""What msgpack can hold."""


class CodecError(Exception):
    """A value has no form as bytes, or bytes hold no value of the core."""


class OtherVersionError(CodecError):
    """Bytes were written by another version of Bongsu, and this one cannot read them."""


def encode(value: object) -> bytes:
    """The bytes of `value`, the same for equal values built in the same order."""
    writer = _Writer()
    body = writer.form(value)
    return msgspec.msgpack.encode([writer.classes, body])


def decode(stored: bytes) -> object:
    """The value that `encode` wrote."""
    try:
        with without_collector(len(stored)):
            classes, body = msgspec.msgpack.decode(stored)
            return _Reader(classes).value(body)
    except (msgspec.DecodeError, ValueError, TypeError, KeyError, IndexError, AttributeError, ImportError) as error:
        raise CodecError(f"stored bytes cannot be read ({type(error).__name__})") from error


@contextmanager
def without_collector(n_bytes: int = _LARGE + 1) -> Iterator[None]:
    """While much is read, or made of what was read: a million new objects make the collector go through them all again, for nothing."""
    is_collecting = gc.isenabled() and n_bytes > _LARGE
    if is_collecting:
        gc.disable()
    try:
        yield
    finally:
        if is_collecting:
            if gc.get_freeze_count() == 0:  # else what was set aside at the start of the bridge would be searched again from now on
                # Straight among the old objects, untraversed: they are all in use.
                gc.freeze()
                gc.unfreeze()
            gc.enable()


class _Writer:
    def __init__(self) -> None:
        self.classes: list[tuple[str, list[str]]] = []
        self._numbers: dict[type, int] = {}
        self._parted: set[int] = set()
        self._places: dict[int, int] = {}
        self._alive: list[object] = []

    def form(self, value: Any) -> Form:
        kind: type = type(value)
        if kind in _PLAIN:
            return value
        sort = _sort(kind)
        if sort == "t":
            if len(value) > 1 and set(map(type, value)) <= _PLAIN:
                return ["T", list(value)]
            return ["t", *self._forms(value)]
        if sort == "e":
            return ["e", self._number(kind), value.value]
        if sort == "n":
            return ["n", value.dtype.str, value.tobytes()]
        place = self._places.get(id(value))
        if place is not None:
            return ["r", place]
        self._places[id(value)] = len(self._alive)
        self._alive.append(value)
        if sort == "a":
            return self._form_of_array(value)
        return self._form_of_object(value) if sort == "o" else self._form_of_other(sort, value)

    def _form_of_object(self, value: Any) -> Form:
        kind: type = type(value)
        number = self._number(kind)
        if number in self._parted:
            return ["p", number, self.form(value.parts())]
        own = value.__dict__ if kind.__dictoffset__ else {}
        if own:
            return ["o", number, list(own), *self._forms(own.values())]
        return ["c", number, *self._forms(_values_of(kind)(value))]

    def _form_of_other(self, sort: str, value: Any) -> Form:
        match sort:
            case "M":
                return ["M", self.form(value.__self__), value.__name__]
            case "F":
                return ["F", name_of(value.__module__, value.__qualname__)]
            case "g":
                return ["g", shapely.to_wkb(value)]
            case _:
                return self._form_of_container(value)

    def _form_of_array(self, value: np.ndarray[Any, Any]) -> Form:
        if value.dtype.hasobject:
            return ["A", list(value.shape), *self._forms(value.ravel().tolist())]
        return ["a", _descr(value.dtype), list(value.shape), value.tobytes()]

    def _form_of_container(self, value: object) -> Form:
        match value:
            case OrderedDict():
                return ["O", *self._forms(part for pair in value.items() for part in pair)]
            case dict():
                return ["d", *self._forms(part for pair in value.items() for part in pair)]
            case MappingProxyType():
                return ["m", self.form(dict(value))]
            case deque():
                return ["q", value.maxlen, *self._forms(value)]
            case list():
                return ["l", *self._forms(value)]
            case frozenset():
                return ["f", *self._forms(sorted(value, key=repr))]
            case set():
                return ["s", *self._forms(sorted(value, key=repr))]
            case _:
                raise CodecError(f"{type(value).__name__} has no form as bytes")

    def _forms(self, values: Iterable[object]) -> list[Form]:
        form = self.form
        return [value if type(value) in _PLAIN else form(value) for value in values]

    def _number(self, kind: type) -> int:
        found = self._numbers.get(kind)
        if found is None:
            found = self._numbers[kind] = len(self.classes)
            name, names, is_parted = written_class(kind)
            if is_parted:
                self._parted.add(found)
            self.classes.append((name, names))
        return found


@lru_cache(maxsize=1024)
def _sort(kind: type) -> str:
    """How the objects of a class are written; "o" by what they are made of."""
    return next((sort for base, sort in _SORTS if issubclass(kind, base)), "o")


@lru_cache(maxsize=1024)
def _values_of(kind: type) -> Callable[[object], tuple[object, ...]]:
    """What gives the attributes of an object of a class, but for those in its `__dict__`."""
    names = written_class(kind)[1]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


@lru_cache(maxsize=256)
def _descr(kind: np.dtype[Any]) -> Form:
    """What an array's type is called."""
    return dtype_to_descr(kind)


@lru_cache(maxsize=256)
def _dtype(descr: str) -> np.dtype[Any]:
    """The type of an array that is called so."""
    return np.dtype(descr)


@lru_cache(maxsize=1024)
def written_class(kind: type) -> tuple[str, list[str], bool]:
    """The name of a class, its attributes, and whether it says itself what must be kept, such as one with caches or connections.

    Such a class has `parts`, which gives all of that as values, and `of_parts`, which makes the object again.
    """
    is_parted = hasattr(kind, "parts") and hasattr(kind, "of_parts")
    return name_of(kind.__module__, kind.__qualname__), _attributes(kind), is_parted


def name_of(module: str, path: str) -> str:
    """The name of a class or function; raises `CodecError` where the core does not define it."""
    name = f"{module}:{path}"
    if not name.startswith(_HOMES) or "<" in path:
        raise CodecError(f"{name} is not defined by the core")
    return name


def _attributes(kind: type) -> list[str]:
    """The attributes that make up an object of `kind`, but for those in its `__dict__`."""
    if is_dataclass(kind):
        return [part.name for part in fields(kind)]
    if issubclass(kind, Enum):
        return []
    return [name for base in kind.__mro__ for name in _slots(base)]


def _slots(base: type) -> tuple[str, ...]:
    slots = base.__dict__.get("__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


class _Reader:
    def __init__(self, classes: list[tuple[str, list[str]]]) -> None:
        self._classes = [class_with_defaults(name, names) for name, names in classes]
        self._alive: list[object] = []

    def value(self, form: Form) -> Any:
        if type(form) is not list:
            return form
        tag = form[0]
        if tag in _WITHOUT_PLACE:
            return self._value_of(tag, form)
        place = len(self._alive)
        self._alive.append(None)
        if tag == "a":
            made = self._alive[place] = _array(*form[1:])
            return made
        if tag == "c":
            stored = self._classes[form[1]]
            return stored.filled_up(self._filled(stored.kind, stored.names, form[2:], place), stored.names)
        return self._object(tag, form[1:], place)

    def _value_of(self, tag: str, form: list[Form]) -> Any:
        """What is written out wherever it occurs, or stands elsewhere already."""
        if tag == "t":
            return tuple(self._values(form[1:])) if len(form) > 1 else ()
        if tag == "T":
            return tuple(form[1])
        if tag == "e":
            return self._classes[form[1]].kind._value2member_map_[form[2]]
        return self._alive[form[1]] if tag == "r" else np.frombuffer(form[2], np.dtype(form[1]))[0]

    def _object(self, tag: str, rest: list[Form], place: int) -> object:
        match tag:
            case "o":
                stored = self._classes[rest[0]]
                stored.refuse_incomplete(rest[1])
                return stored.filled_up(self._filled(stored.kind, rest[1], rest[2:], place), rest[1])
            case "p":
                return self._keep(place, self._classes[rest[0]].kind.of_parts(self.value(rest[1])))
            case "M":
                return self._keep(place, getattr(self.value(rest[0]), rest[1]))
            case "F":
                return self._keep(place, defined(rest[0]))
            case "g":
                return self._keep(place, shapely.from_wkb(rest[0]))
            case "A":
                return self._array_of_objects(rest, place)
            case _:
                return self._container(tag, rest, place)

    def _container(self, tag: str, rest: list[Form], place: int) -> object:
        match tag:
            case "d" | "O":
                return self._pairs({} if tag == "d" else OrderedDict(), rest, place)
            case "l":
                return self._list(rest, place)
            case "s":
                return self._set(rest, place)
            case "q":
                return self._deque(rest, place)
            case "f":
                return self._keep(place, frozenset(self._values(rest)))
            case "m":
                return self._keep(place, MappingProxyType(self.value(rest[0])))
            case _:
                raise CodecError(f"an object of an unknown kind, {tag}")

    def _values(self, forms: Iterable[Form]) -> list[Any]:
        value = self.value
        return [value(form) if type(form) is list else form for form in forms]

    def _keep(self, place: int, made: object) -> object:
        self._alive[place] = made
        return made

    def _array_of_objects(self, rest: list[Form], place: int) -> object:
        made = np.empty(rest[0], np.object_)
        self._keep(place, made)
        made.ravel()[:] = self._values(rest[1:])
        return made

    def _filled(self, kind: type, names: list[str], forms: list[Form], place: int) -> object:
        made: object = object.__new__(kind)
        self._alive[place] = made
        put, value = object.__setattr__, self.value
        for name, part in zip(names, forms, strict=True):
            put(made, name, value(part) if type(part) is list else part)
        return made

    def _pairs(self, made: dict[object, object], rest: list[Form], place: int) -> object:
        self._keep(place, made)
        values = self._values(rest)
        made.update(zip(values[::2], values[1::2], strict=True))
        return made

    def _list(self, rest: list[Form], place: int) -> object:
        made: list[object] = []
        self._keep(place, made)
        made.extend(self._values(rest))
        return made

    def _set(self, rest: list[Form], place: int) -> object:
        made: set[object] = set()
        self._keep(place, made)
        made.update(self._values(rest))
        return made

    def _deque(self, rest: list[Form], place: int) -> object:
        made: deque[object] = deque(maxlen=rest[0])
        self._keep(place, made)
        made.extend(self._values(rest[1:]))
        return made


def _array(descr: Any, shape: list[int], raw: bytes) -> object:
    kind = _dtype(descr) if isinstance(descr, str) else descr_to_dtype([tuple(part) for part in descr])
    values = np.frombuffer(raw, kind).copy()
    return values if len(shape) == 1 else values.reshape(shape)


@dataclass(frozen=True, slots=True)
class StoredClass:
    """A class whose objects are read."""

    kind: Any
    names: list[str]
    """The fields that were written."""
    added: tuple[tuple[str, Callable[[], object]], ...] = ()
    """Those that it has got since, and what makes the value that they have by default."""

    def filled_up(self, made: Any, names: Sequence[str]) -> Any:
        """An object that was written with some attributes, with those that have come in since."""
        for name, default in self.added:
            if name not in names:
                object.__setattr__(made, name, default())
        return made

    def refuse_incomplete(self, names: Sequence[str]) -> None:
        """Raise `OtherVersionError` where its objects begin with an attribute that was not written and has no default."""
        if begun_with(self.kind).difference(names, (name for name, _ in self.added)):
            raise OtherVersionError(f"another version of Bongsu wrote it: {self.kind.__qualname__} has other fields now")


def class_as_written(name: str, names: list[str]) -> StoredClass:
    """The class of that name, which must still have the fields that were written."""
    found = defined(name)
    if written_class(found)[1] != names:
        raise OtherVersionError(f"another version of Bongsu wrote it: {name.rpartition(':')[2]} has other fields now")
    return StoredClass(found, names)


def class_with_defaults(name: str, names: list[str]) -> StoredClass:
    """The class of that name, and the fields that it has got since: what was written without them means what they are by default.

    So a room opens whatever an earlier version wrote to its store. Raises `OtherVersionError` where a field went, or has no default.
    """
    found = defined(name)
    if written_class(found)[1] == names:
        return StoredClass(found, names)
    known = fields(found) if is_dataclass(found) else ()
    added = [part for part in known if part.name not in names]
    is_whole = set(names) <= {part.name for part in known} and not any(part.default is part.default_factory is MISSING for part in added)
    if not added or not is_whole:
        return class_as_written(name, names)
    return StoredClass(found, names, tuple((part.name, _default_of(part)) for part in added))


def _default_of(part: Field[Any]) -> Callable[[], object]:
    return (lambda: part.default) if part.default_factory is MISSING else part.default_factory


@lru_cache(maxsize=1024)
def begun_with(kind: type) -> frozenset[str]:
    """The attributes that `__init__` gives each object of `kind`, read from its code and those of its bases."""
    made: set[str] = set()
    for base in kind.__mro__:
        start = base.__dict__.get("__init__")
        if isinstance(start, FunctionType):
            itself = start.__code__.co_varnames[0]
            pairs = pairwise(dis.get_instructions(start))
            made.update(put.argval for load, put in pairs if put.opname == "STORE_ATTR" and load.argval == itself)
    return frozenset(made)


@lru_cache(maxsize=1024)
def defined(name: str) -> Any:
    """The class or function of the core that goes by `name`."""
    if not name.startswith(_HOMES):
        raise CodecError(f"{name} is not defined by the core")
    module, _, path = name.partition(":")
    found: Any = importlib.import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return found
