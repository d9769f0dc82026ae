"""What every form of a track file has in common: the columns of `fix/1` as texts, written and read back."""

from collections.abc import Iterable, Mapping
from typing import Final

import pyarrow as pa

COLUMNS: Final = (
    "device",
    "measured_at",
    "lat",
    "lon",
    "accuracy_m",
    "speed_mps",
    "course_deg",
    "moving",
    "source",
    "device_seq",
    "received_at",
)
"""The columns of `fix/1`; others are not looked at."""
BESIDE: Final = COLUMNS[4:]
"""Those that stand beside the place and the time."""
MOST_BYTES: Final = 1 << 28


def cell(value: object) -> str:
    """A value as every form writes it; empty where it is not known."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def texts_of(document: Mapping[str, object], columns: Iterable[str]) -> dict[str, str]:
    """The known values of some columns."""
    return {column: cell(document[column]) for column in columns if document[column] is not None}


def table_of_texts(rows: Iterable[Mapping[str, str]]) -> pa.Table:
    """Rows as text columns of `fix/1`; what a row does not say is null. Raises `ValueError` where a text is none, naming its row."""
    held = list(rows)
    for number, row in enumerate(held, 1):
        for name, text in row.items():
            if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
                raise ValueError(f"row {number}, field {name}: holds half a character")
    return pa.table({name: pa.array([row.get(name) for row in held], pa.string()) for name in COLUMNS})
