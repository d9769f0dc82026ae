"""Alarms as lines of JSON, exactly as docs/formats.md has them, and every other event of the log beside them."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Final

from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.domain.alarm import AlarmChange

_PLACES: Final = ("zone", "ring", "about")


def document_of_alarm(change: AlarmChange) -> dict[str, object]:
    """The object of one line, keys in their fixed order; `zone`, `ring`, `about`, `probability` only where there is one."""
    document: dict[str, object] = {
        "event": change.step.value,
        "alarm": change.alarm,
        "kind": change.kind.value,
        "level": change.level.value,
        "case": change.case,
        "subject": change.subject,
        "device": change.device,
    }
    document |= {key: getattr(change, key) for key in _PLACES if getattr(change, key) is not None}
    document["happened_at"] = text_of_us(change.happened_us)
    document["known_at"] = text_of_us(change.known_us)
    if change.probability is not None:
        document["probability"] = round(change.probability, 4) + 0.0
    document["because"] = value_of_field("because", change.because)
    return document


def line_of_alarm(change: AlarmChange) -> str:
    """One line of what `judge` writes, without its end."""
    return text_of_document(document_of_alarm(change))


def text_of_document(document: Mapping[str, object]) -> str:
    """An object as one line of JSON, the same bytes for the same object."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def value_of_field(name: str, value: object) -> object:
    """A value as JSON: an instant (a name that ends in `_us`) as RFC 3339, a tuple as a list, a dataclass as an object."""
    if value is None or type(value) is str:
        return value
    if name.endswith("_us") and isinstance(value, int):
        return text_of_us(value)
    if isinstance(value, bool | int | float | str):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, Mapping):
        return {key_of_field(str(key)): value_of_field(str(key), part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [value_of_field(name, part) for part in value]
    if isinstance(value, frozenset | set):
        return sorted(value_of_field(name, part) for part in value)  # type: ignore[type-var]  # sets here hold texts or numbers
    if is_dataclass(value) and not isinstance(value, type):
        return document_of_fields(value)
    raise TypeError(f"{type(value).__name__} has no form in the log")


def document_of_fields(value: object) -> dict[str, object]:
    """The fields of a dataclass by name, `…_us` as `…_at`."""
    return {key: value_of_field(name, getattr(value, name)) for name, key in _keys_of(type(value))}  # type: ignore[arg-type]  # typeshed: the type of an object is hashable


@lru_cache(maxsize=512)
def _keys_of(kind: type) -> tuple[tuple[str, str], ...]:
    """The fields of a dataclass, each with its key."""
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} has no fields")
    return tuple((part.name, key_of_field(part.name)) for part in fields(kind))


def key_of_field(name: str) -> str:
    """The key under which a field stands in JSON."""
    return f"{name.removesuffix('_us')}_at" if name.endswith("_us") else name
