"""Whether the schema of a body is `fix/1`, and where its columns are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

REQUIRED: Final = ("device", "measured_at", "lat", "lon")
"""Columns that must be there and hold no null; any other may be left out, which reads as null throughout."""


@dataclass(frozen=True, slots=True)
class ColumnPlace:
    """Where a known column is in the record batch."""

    name: str
    slot: int
    """Its place in `fix/1`."""
    index: int
    is_text: bool
    dtype: np.dtype[np.generic]
    """Of its values, or of its indices into its texts."""
    width: int
    """Bytes of a value; 0 where a value is a bit, −1 for texts that stand in the batch itself."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read batches of one schema."""

    defect: str | None
    """Why it cannot be read, with what would be right."""
    places: tuple[ColumnPlace, ...] = ()
    n_columns: int = 0
    included: tuple[int, ...] | None = None
    """The indices of the known columns where there are others too."""
    is_plain: bool = False
    """Whether every column is a known one with values of a fixed width, so that the batch can be read by its buffers."""


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind.value_type if pa.types.is_dictionary(kind) else kind))


_FIELDS: Final[Mapping[str, tuple[Callable[[pa.DataType], bool], str, type[np.generic]]]] = {
    "device": (_is_text, "string", np.int32),
    "measured_at": (lambda kind: kind == pa.timestamp("us", "UTC"), "timestamp[us, tz=UTC]", np.int64),
    "lat": (pa.types.is_float64, "float64", np.float64),
    "lon": (pa.types.is_float64, "float64", np.float64),
    "accuracy_m": (pa.types.is_float32, "float32", np.float32),
    "speed_mps": (pa.types.is_float32, "float32", np.float32),
    "course_deg": (pa.types.is_float32, "float32", np.float32),
    "moving": (pa.types.is_boolean, "bool", np.bool_),
    "source": (_is_text, "string", np.int32),
    "device_seq": (pa.types.is_uint64, "uint64", np.uint64),
}
N_SLOTS: Final = len(_FIELDS)


def layout_of(schema: pa.Schema) -> Layout:
    """The layout of a schema; one that is not `fix/1` has a defect."""
    names = schema.names
    for name, (is_right, wanted, _) in _FIELDS.items():
        count = names.count(name)
        if count > 1:
            return Layout(f"{name}: the column stands {count} times")
        if count == 0 and name in REQUIRED:
            return Layout(f"{name}: the column is missing")
        if count and not is_right(schema.field(name).type):
            return Layout(f"{name}: the column must be {wanted}")
    known = tuple(index for index, name in enumerate(names) if name in _FIELDS)
    places = tuple(_place(names[index], index, schema.field(index).type) for index in known)
    return Layout(
        None,
        places,
        len(names),
        known if len(known) < len(names) else None,
        len(known) == len(names) and all(place.width >= 0 for place in places),
    )


def _place(name: str, index: int, kind: pa.DataType) -> ColumnPlace:
    slot = tuple(_FIELDS).index(name)
    if pa.types.is_dictionary(kind):
        dtype = np.dtype(kind.index_type.to_pandas_dtype())
        return ColumnPlace(name, slot, index, is_text=True, dtype=dtype, width=dtype.itemsize)
    dtype = np.dtype(_FIELDS[name][2])
    is_text = _is_text(kind)
    return ColumnPlace(name, slot, index, is_text=is_text, dtype=dtype, width=-1 if is_text else 0 if dtype == np.bool_ else dtype.itemsize)
