"""The core's values as bytes and back: dataclasses, enums, arrays and the containers of Python, nothing that can be run.

A document is msgpack: the classes that occur with the names of their fields, then the value. Reading builds only classes of
`backend_bridge.domain` and `backend_bridge.application`, and calls no code of theirs but `of_parts`.
"""

import importlib
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, Protocol, runtime_checkable

import msgspec
import numpy as np
from numpy.lib.format import descr_to_dtype, dtype_to_descr

_HOMES: Final = ("backend_bridge.domain.", "backend_bridge.application.")


class CodecError(Exception):
    """A value has no form as bytes, or bytes hold no value of the core."""


def encode(value: object) -> bytes:
    """The bytes of `value`, the same for equal values built in the same order."""
    writer = _Writer()
    body = writer.form(value)
    return msgspec.msgpack.encode([writer.classes, body])


def decode(stored: bytes) -> object:
    """The value that `encode` wrote."""
    try:
        classes, body = msgspec.msgpack.decode(stored)
        return _Reader(classes).value(body)
    except (msgspec.DecodeError, ValueError, TypeError, KeyError, IndexError, AttributeError, ImportError) as error:
        raise CodecError(f"stored bytes cannot be read ({type(error).__name__})") from error


@runtime_checkable
class Parted(Protocol):
    """An object that says itself what of it must be kept, such as one with caches or connections."""

    def parts(self) -> object:
        """Everything that must be kept, as values."""
        ...

    @classmethod
    def of_parts(cls, parts: Any) -> object:
        """The object as it was."""
        ...


class _Writer:
    def __init__(self) -> None:
        self.classes: list[tuple[str, list[str]]] = []
        self._numbers: dict[type, int] = {}

    def form(self, value: object) -> object:
        kind = type(value)
        if value is None or kind in (bool, int, float, str, bytes):
            return value
        if kind is tuple:
            return ["t", *self._forms(value)]  # type: ignore[arg-type]  # `kind` says that it is a tuple
        if isinstance(value, np.ndarray):
            if value.dtype.hasobject:
                raise CodecError("an array of objects has no form as bytes")
            return ["a", dtype_to_descr(value.dtype), list(value.shape), np.ascontiguousarray(value).tobytes()]
        return self._form_of_rarer(value)

    def _form_of_rarer(self, value: object) -> object:
        match value:
            case Enum():
                return ["e", self._number(type(value)), value.value]
            case np.generic():
                return ["n", value.dtype.str, value.tobytes()]
            case dict():
                return ["d", *(form for pair in value.items() for form in self._forms(pair))]
            case MappingProxyType():
                return ["m", self.form(dict(value))]
            case list():
                return ["l", *self._forms(value)]
            case _:
                return self._form_of_rarest(value)

    def _form_of_rarest(self, value: object) -> object:
        match value:
            case frozenset() | set():
                return ["f" if isinstance(value, frozenset) else "s", *sorted(self._forms(value), key=repr)]
            case deque():
                return ["q", value.maxlen, *self._forms(value)]
            case _:
                return self._form_of_object(value)

    def _forms(self, values: Iterable[object]) -> list[object]:
        return [self.form(value) for value in values]

    def _form_of_object(self, value: object) -> object:
        number = self._number(type(value))
        if isinstance(value, Parted):
            return ["p", number, self.form(value.parts())]
        names = self.classes[number][1]
        own = getattr(value, "__dict__", {})
        if own:
            return ["o", number, list(own), *self._forms(own.values())]
        return ["c", number, *(self.form(getattr(value, name)) for name in names)]

    def _number(self, kind: type) -> int:
        found = self._numbers.get(kind)
        if found is None:
            name = f"{kind.__module__}:{kind.__qualname__}"
            if not name.startswith(_HOMES):
                raise CodecError(f"{kind.__name__} is no class of the core")
            found = len(self.classes)
            self._numbers[kind] = found
            self.classes.append((name, _attributes(kind)))
        return found


def _attributes(kind: type) -> list[str]:
    """The attributes that make up an object of `kind`."""
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
        self._classes = [(_class_of(name), names) for name, names in classes]

    def value(self, form: object) -> object:
        if not isinstance(form, list):
            return form
        tag, *rest = form
        if tag == "t":
            return tuple([self.value(part) for part in rest])
        if tag == "a":
            descr, shape, raw = rest
            return np.frombuffer(raw, _dtype(descr)).reshape(shape).copy()
        if tag == "c":
            return self._object(rest)
        return self._rarer(tag, rest)

    def _rarer(self, tag: object, rest: list[object]) -> object:
        match tag:
            case "e":
                kind, _ = self._classes[_index(rest[0])]
                return kind(rest[1])  # an Enum finds its member; no code of ours is run
            case "p":
                return self._parted(rest)
            case "o":
                return self._plain_object(rest)
            case "n":
                return np.frombuffer(rest[1], np.dtype(rest[0]))[0]  # type: ignore[call-overload]  # as the writer left it
            case "d":
                return {self.value(key): self.value(value) for key, value in zip(rest[::2], rest[1::2], strict=True)}
            case "m":
                found = self.value(rest[0])
                return MappingProxyType(found) if isinstance(found, Mapping) else found
            case "l" | "f" | "s" | "q":
                return self._collection(tag, rest)
            case _:
                raise CodecError(f"a form called {tag!r} is not known")

    def _collection(self, tag: object, rest: list[object]) -> object:
        match tag:
            case "l":
                return [self.value(part) for part in rest]
            case "f":
                return frozenset(self.value(part) for part in rest)
            case "s":
                return {self.value(part) for part in rest}
            case _:
                return deque((self.value(part) for part in rest[1:]), maxlen=None if rest[0] is None else _index(rest[0]))

    def _parted(self, rest: list[object]) -> object:
        kind, _ = self._classes[_index(rest[0])]
        if not issubclass(kind, Parted):
            raise CodecError(f"{kind.__name__} cannot be made of parts")
        return kind.of_parts(self.value(rest[1]))

    def _plain_object(self, rest: list[object]) -> object:
        kind, _ = self._classes[_index(rest[0])]
        made: object = object.__new__(kind)
        names = rest[1] if isinstance(rest[1], list) else []
        for name, part in zip(names, rest[2:], strict=True):
            object.__setattr__(made, name, self.value(part))
        return made

    def _object(self, rest: list[object]) -> object:
        kind, names = self._classes[_index(rest[0])]
        made: object = object.__new__(kind)
        for name, part in zip(names, rest[1:], strict=True):
            object.__setattr__(made, name, self.value(part))
        return made


def _index(value: object) -> int:
    if not isinstance(value, int):
        raise CodecError("a number is missing")
    return value


def _dtype(descr: object) -> np.dtype[np.generic]:
    plain = [tuple(part) for part in descr] if isinstance(descr, list) else descr
    return descr_to_dtype(plain)  # type: ignore[arg-type]  # the writer's own descr


def _class_of(name: str) -> type:
    if not name.startswith(_HOMES):
        raise CodecError(f"{name} is no class of the core")
    module, _, path = name.partition(":")
    found: object = importlib.import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    if not isinstance(found, type):
        raise CodecError(f"{name} is no class")
    return found
