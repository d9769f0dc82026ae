"""Reading JSON by hand: every field is asked for by name and type, and every defect becomes one sentence."""

import difflib
import json
import math
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.time_text import us_of_text

Kind = TypeVar("Kind", bound=StrEnum)

DEVICE_ALPHABET: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
_LONGEST_TEXT: Final = 2000


def is_device_id(text: str) -> bool:
    """Whether `text` is 1–64 letters, digits, dots, underscores or hyphens."""
    return 1 <= len(text) <= 64 and DEVICE_ALPHABET.issuperset(text)


def json_of_text(text: str) -> object:
    """The JSON value of `text`; refuses a key that stands twice with ValueError, and leaves NaN and Infinity to `Fields`, which name it."""
    return json.loads(text, object_pairs_hook=_object_of_pairs)


def text_of_file(path: Path) -> str:
    """The UTF-8 text of a file; refuses one that is missing, not readable or not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefusedError([f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8"]) from None
    except OSError as error:
        raise InputRefusedError([f"{path}: cannot be read: {error.strerror or 'unknown reason'}"]) from None


def _object_of_pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} stands twice in one object")
        found[key] = value
    return found


class Problems:
    """Collects the sentences about one file."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def add(self, where: str, what: str) -> None:
        """Note that the thing at `where` has the defect `what`."""
        self.sentences.append(f"{where} {what}")


class Fields:
    """One JSON object with a path that people can find; a wrong field is noted and read as None."""

    def __init__(self, value: object, where: str, problems: Problems) -> None:
        self.where = where
        self._problems = problems
        self._n_before = len(problems.sentences)
        self._values: Mapping[str, object] = {}
        if isinstance(value, dict):
            self._values = value
        else:
            problems.add(where, "must be an object {…}")

    @property
    def n_wrong(self) -> int:
        """How many defects were noted since this object was opened, its parts included."""
        return len(self._problems.sentences) - self._n_before

    def wrong(self, key: str, what: str) -> None:
        """Note a defect of the field `key`, or of the object itself when `key` is empty."""
        self._problems.add(f"{self.where}, field {key}:" if key else f"{self.where}:", what)

    def expect(self, *known: str) -> None:
        """Note keys that look like a misspelling of a known one; others are left alone."""
        for key in self._values:
            near = [] if key in known else difflib.get_close_matches(key, [k for k in known if k not in self._values], 1, 0.75)
            if near:
                self.wrong(key, f"is not known (did you mean {near[0]!r}?)")

    def only(self, *known: str) -> None:
        """Note every key that is not one of the known ones."""
        for key in self._values:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1, 0.6)
                self.wrong(key, f"is not known (did you mean {near[0]!r}?)" if near else f"is not known; known are {' '.join(known)}")

    def has(self, key: str) -> bool:
        """Whether the field is there and not null."""
        return self._values.get(key) is not None

    def raw(self, key: str) -> object:
        """The value as it stands, None when absent."""
        return self._values.get(key)

    def text(self, key: str, *, required: bool = True, longest: int = _LONGEST_TEXT) -> str | None:
        """A text that is not empty and has no control characters."""
        value = self._values.get(key)
        if value is None:
            if required:
                self.wrong(key, "is missing; a text is needed")
            return None
        if not isinstance(value, str):
            self.wrong(key, "must be a text")
        elif not value or len(value) > longest:
            self.wrong(key, f"must have 1 to {longest} characters")
        elif any(ord(letter) < 32 or 0xD800 <= ord(letter) <= 0xDFFF for letter in value):
            self.wrong(key, "holds characters that are no text")
        else:
            return value
        return None

    def identifier(self, key: str, *, required: bool = True) -> str | None:
        """A name of at most 64 characters."""
        return self.text(key, required=required, longest=64)

    def device(self, key: str, *, required: bool = True) -> str | None:
        """A device id of the alphabet that `fix/1` names."""
        value = self.text(key, required=required, longest=64)
        if value is not None and not is_device_id(value):
            self.wrong(key, "must be 1–64 of A–Z a–z 0–9 . _ -")
            return None
        return value

    def number(self, key: str, *, low: float, high: float, required: bool = True) -> float | None:
        """A finite number within [low, high]."""
        value = self._values.get(key)
        if value is None:
            if required:
                self.wrong(key, "is missing; a number is needed")
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(key, "must be a number")
        elif (isinstance(value, float) and not math.isfinite(value)) or not low <= value <= high:
            self.wrong(key, f"must be a number from {low:g} to {high:g}")
        else:
            return float(value)
        return None

    def choice(self, key: str, of: type[Kind]) -> Kind | None:
        """One of the words of `of`."""
        value = self.text(key, longest=64)
        if value is None:
            return None
        try:
            return of(value)
        except ValueError:
            self.wrong(key, f"must be one of {' '.join(of)}")
            return None

    def instant(self, key: str, *, required: bool = True) -> int | None:
        """A time in microseconds."""
        value = self.text(key, required=required, longest=64)
        if value is None:
            return None
        try:
            return us_of_text(value)
        except ValueError as error:
            self.wrong(key, str(error))
            return None

    def child(self, key: str) -> "Fields | None":
        """The object in the field `key`; None, and a defect noted, when it is no object."""
        value = self._values.get(key)
        if not isinstance(value, dict):
            self.wrong(key, "is missing; an object {…} is needed" if value is None else "must be an object {…}")
            return None
        return Fields(value, f"{self.where}, {key}", self._problems)

    def rows(self, key: str, name: Callable[[object, int], str]) -> "Iterator[Fields]":
        """The objects of the list in the field `key`, each called by `name(row, index)`; an absent list is empty."""
        value = self._values.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.wrong(key, "must be a list […]")
            return
        for index, row in enumerate(value):
            yield Fields(row, f"{self.where}, {name(row, index)}", self._problems)
