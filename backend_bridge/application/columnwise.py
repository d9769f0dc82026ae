"""Many rows made at once: a column of values for each of their fields."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any, TypeVar

Kind = TypeVar("Kind")


def of_columns(kind: type[Kind], n: int, columns: Mapping[str, Iterable[Any]]) -> list[Kind]:
    """The `n` rows that calling `kind` with a value of each column would give, several times as fast.

    `kind` is a frozen dataclass with slots and nothing to do when it is made; each of its fields needs a column of at least `n`.
    """
    of: type = kind
    made = [object.__new__(kind) for _ in range(n)]
    for name, put in _setters(of):
        deque(map(put, made, columns[name]), maxlen=0)
    return made


@lru_cache(maxsize=64)
def _setters(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """The fields of a class, and what sets each of them, also where the class itself lets nobody."""
    return tuple((field.name, getattr(kind, field.name).__set__) for field in fields(kind))
