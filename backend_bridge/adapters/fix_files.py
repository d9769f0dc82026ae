"""Files of fixes: Parquet, CSV and GPX become one `FixBatch`, in order of receipt, or are refused row by row."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from backend_bridge.adapters.fix_columns import ColumnProblems, batch_of_columns
from backend_bridge.adapters.gpx_files import table_of_gpx
from backend_bridge.adapters.json_tracks import table_of_geojson, table_of_mfjson
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.track_texts import COLUMNS
from backend_bridge.adapters.xml_tracks import table_of_cot, table_of_kml
from backend_bridge.domain.fix import FixBatch

_MOST_SENTENCES: Final = 20
_RAGGED_ROW: Final = re.compile(r"CSV parse error: Row #(\d+): Expected (\d+) columns, got (\d+).*")
"""What the reader says of a row of another length; it quotes the row itself, which holds a person's position."""


def read_fix_file(path: Path) -> FixBatch:
    """The fixes of a file, sorted by `received_us` and within it as they stand in the file.

    The kind is told by the ending: `.parquet`, `.csv`, `.gpx`, `.kml`, `.geojson`, `.mfjson`, `.cot`. Raises `InputRefusedError`.
    """
    if not path.is_file():
        raise InputRefusedError([f"{path}: is no file"])
    readers = {
        ".parquet": _parquet_table,
        ".csv": _csv_table,
        ".gpx": table_of_gpx,
        ".kml": table_of_kml,
        ".geojson": table_of_geojson,
        ".mfjson": table_of_mfjson,
        ".cot": table_of_cot,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise InputRefusedError([f"{path}: must end in .parquet, .csv, .gpx, .kml, .geojson, .mfjson or .cot"])
    try:
        table = reader(path)
    except (pa.ArrowException, OSError, ET.ParseError, ValueError, LookupError) as error:
        raise InputRefusedError([f"{path}: cannot be read as {path.suffix[1:]}: {_first_line(error)}"]) from None
    problems = ColumnProblems(str(path), first_row=2 if path.suffix.lower() == ".csv" else 1)
    batch = batch_of_columns(table, problems)
    if batch is None or problems.sentences:
        raise InputRefusedError(_shortened(problems.sentences, str(path)))
    return sorted_by_receipt(batch)


def sorted_by_receipt(batch: FixBatch) -> FixBatch:
    """The same fixes in order of receipt; those received at one time keep their order."""
    received = batch.received_us
    if len(batch) < 2 or bool(np.all(received[1:] >= received[:-1])):
        return batch
    order: NDArray[np.intp] = np.argsort(received, kind="stable")
    return batch.take(order)


def _parquet_table(path: Path) -> pa.Table:
    present = set(pq.read_schema(path).names)
    return pq.read_table(path, columns=[name for name in COLUMNS if name in present])


def _csv_table(path: Path) -> pa.Table:
    with path.open("rb") as file:
        names = file.readline().decode("utf-8-sig").rstrip("\r\n").split(",")
    kept = [name.strip().strip('"') for name in names]
    return pacsv.read_csv(
        path,
        read_options=pacsv.ReadOptions(use_threads=False),  # with threads a row does not know its number
        convert_options=pacsv.ConvertOptions(
            column_types={name: pa.string() for name in kept},
            include_columns=[name for name in kept if name in COLUMNS],
            strings_can_be_null=True,
            null_values=[""],
        ),
    )


def _first_line(error: Exception) -> str:
    line = (str(error).splitlines() or [type(error).__name__])[0].strip().rstrip(".")
    return _RAGGED_ROW.sub(r"row \1: has \3 fields instead of \2", line)


def _shortened(sentences: list[str], name: str) -> list[str]:
    if len(sentences) <= _MOST_SENTENCES:
        return sentences
    return [*sentences[:_MOST_SENTENCES], f"{name}: and {len(sentences) - _MOST_SENTENCES} more such rows"]
