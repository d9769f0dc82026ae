"""The migration package: a room's whole history as files that any system can read, with a manifest of counts and hashes.

`cases.jsonl` holds every version of every case (`bongsu-case/1` objects), `fixes/YYYY-MM-DD.parquet` the fixes of a day of
measurement as GeoParquet, `events.jsonl` the device events, `log.jsonl` the event log line by line.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from backend_bridge.adapters.fix_columns import ColumnProblems, batch_of_columns
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.stored_fixes import Message, StoredFixes
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.fix import FixBatch, FixSource
from backend_bridge.domain.identifiers import GatewayName

FORMAT: Final = "bongsu-package/1"
MANIFEST: Final = "manifest.json"
_DAY_US: Final = 86_400_000_000
_ROWS_IN_MEMORY: Final = 500_000
"""So many fixes wait at most to be written: some 100 MB."""
_WORDS: Final = {int(source): source.name.lower() for source in FixSource if source is not FixSource.UNKNOWN}
_UTC: Final = pa.timestamp("us", tz="UTC")
_GEO: Final = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"], "crs": None}},
}


def table_of_fixes(stored: StoredFixes) -> pa.Table:
    """The columns of `fix/1`, where each fix came from, its number in the store, and its place as WKB."""
    fixes = stored.fixes
    names = pa.array([str(name) for name in fixes.device_names], pa.string())
    words = pa.array([_WORDS[key] for key in sorted(_WORDS)], pa.string())
    messages = stored.messages
    columns = {
        "device": pa.DictionaryArray.from_arrays(pa.array(fixes.device, pa.int32()), names).dictionary_decode(),
        "measured_at": pa.array(fixes.measured_us, _UTC),
        "lat": pa.array(fixes.lat_deg),
        "lon": pa.array(fixes.lon_deg),
        "accuracy_m": _floats(fixes.accuracy_m),
        "speed_mps": _floats(fixes.speed_mps),
        "course_deg": _floats(fixes.course_deg),
        "moving": pa.array(fixes.moving == 1, pa.bool_(), mask=fixes.moving < 0),
        "source": pa.DictionaryArray.from_arrays(
            pa.array(np.maximum(fixes.source, 0).astype(np.int32), mask=fixes.source < 0), words
        ).dictionary_decode(),
        "device_seq": pa.array(fixes.device_seq, pa.uint64(), mask=~fixes.has_device_seq),
        "received_at": pa.array(fixes.received_us, _UTC),
        "gateway": pa.array([messages[index].gateway for index in stored.message.tolist()], pa.string()),
        "lane": pa.array([messages[index].lane.value for index in stored.message.tolist()], pa.string()),
        "epoch": pa.array([messages[index].epoch for index in stored.message.tolist()], pa.uint64()),
        "seq": pa.array([messages[index].seq for index in stored.message.tolist()], pa.uint64()),
        "number": pa.array(stored.number),
        "geometry": pa.array(shapely.to_wkb(shapely.points(fixes.lon_deg, fixes.lat_deg)).tolist(), pa.binary()),
    }
    return pa.table(columns).replace_schema_metadata({"geo": json.dumps(_GEO)})


def _floats(values: "np.ndarray[tuple[int], np.dtype[np.float32]]") -> pa.Array:
    return pa.array(values, pa.float32(), mask=np.isnan(values))


def fixes_of_table(table: pa.Table, name: str) -> StoredFixes:
    """What `table_of_fixes` wrote; raises `InputRefusedError` naming file, row and field."""
    problems = ColumnProblems(name, first_row=1)
    missing = [column for column in ("gateway", "lane", "epoch", "seq", "number") if column not in table.column_names]
    for column in missing:
        problems.column(column, "the column is missing")
    fixes = batch_of_columns(table, problems)
    if fixes is None or problems.sentences:
        raise InputRefusedError(problems.sentences[:20])
    origins = list(zip(*(table.column(column).to_pylist() for column in ("gateway", "lane", "epoch", "seq")), strict=True))
    places = {origin: place for place, origin in enumerate(dict.fromkeys(origins))}
    return StoredFixes(
        fixes=fixes,
        messages=tuple(Message(gateway=GatewayName(g), lane=Lane(lane), epoch=epoch, seq=seq) for g, lane, epoch, seq in places),
        message=np.array([places[origin] for origin in origins], np.int32),
        number=table.column("number").to_numpy().astype(np.int64),
    )


class FixWriter:
    """Writes fixes into one file a day of measurement; a history of many years needs no more open files than a day."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[str, list[pa.Table]] = {}
        self._n_waiting = 0
        self._parts: dict[str, list[Path]] = {}
        folder.mkdir()

    def write(self, stored: StoredFixes) -> None:
        """Add fixes to those of their days."""
        days = stored.fixes.measured_us // _DAY_US
        for day in np.unique(days).tolist():
            table = table_of_fixes(stored.take(np.flatnonzero(days == day)))
            self._waiting.setdefault(str(np.datetime64(day, "D")), []).append(table)
        self._n_waiting += len(days)
        if self._n_waiting >= _ROWS_IN_MEMORY:
            self._write_parts()

    def close(self) -> None:
        """Make one file of what there is of each day."""
        self._write_parts()
        for name, parts in self._parts.items():
            tables = (pq.read_table(part) for part in parts)
            _write_tables(self._folder / f"{name}.parquet", tables)
            for part in parts:
                part.unlink()

    def _write_parts(self) -> None:
        for name, tables in self._waiting.items():
            parts = self._parts.setdefault(name, [])
            parts.append(self._folder / f"{name}.{len(parts)}.part")
            _write_tables(parts[-1], iter((pa.concat_tables(tables),)))
        self._waiting.clear()
        self._n_waiting = 0


def _write_tables(path: Path, tables: Iterator[pa.Table]) -> None:
    first = next(tables)
    with pq.ParquetWriter(path, first.schema, compression="zstd") as writer:
        for table in chain((first,), tables):
            writer.write_table(table)


def read_fixes(folder: Path) -> Iterator[StoredFixes]:
    """The fixes of all days of a package, day by day."""
    for path in sorted((folder / "fixes").glob("*.parquet")):
        try:
            yield fixes_of_table(pq.read_table(path), str(path))
        except (pa.ArrowException, OSError) as error:
            raise InputRefusedError([f"{path}: cannot be read as parquet: {str(error).splitlines()[0]}"]) from None


class Tally:
    """Counts and hashes of what a package holds of each device, to be compared on both sides."""

    def __init__(self) -> None:
        self._digests: dict[tuple[str, str], tuple[int, int]] = {}

    def fixes(self, batch: FixBatch) -> None:
        """Count fixes; the order in which they come does not matter."""
        known = [np.where(np.isnan(column), np.nan, column) for column in (batch.accuracy_m, batch.speed_mps, batch.course_deg)]
        columns = (batch.measured_us, batch.lat_deg, batch.lon_deg, *known)
        counters = (batch.moving, batch.source, batch.device_seq, batch.has_device_seq, batch.received_us)
        for row in range(len(batch)):
            parts = [column[row].tobytes() for column in (*columns, *counters)]
            self._add("fixes", batch.device_names[int(batch.device[row])], b"".join(parts))

    def line(self, kind: str, name: str, line: bytes) -> None:
        """Count a line that belongs to `name`."""
        self._add(kind, name, line)

    def _add(self, kind: str, name: str, data: bytes) -> None:
        digest = int.from_bytes(hashlib.sha256(data).digest(), "big")
        count, total = self._digests.get((kind, name), (0, 0))
        self._digests[kind, name] = (count + 1, (total + digest) % 2**256)

    def document(self) -> dict[str, dict[str, dict[str, object]]]:
        """Kind → name → count and hash (the sum of SHA-256 of its records)."""
        document: dict[str, dict[str, dict[str, object]]] = {}
        for (kind, name), (count, total) in sorted(self._digests.items()):
            document.setdefault(kind, {})[name] = {"count": count, "hash": f"{total:064x}"}
        return document


def write_manifest(folder: Path, made_at: str, tally: Mapping[str, object]) -> None:
    """Write the manifest over all other files of the package."""
    files = {str(path.relative_to(folder)): _sha(path) for path in sorted(folder.rglob("*")) if path.is_file()}
    document = {"format": FORMAT, "made_at": made_at, "files": files, "records": tally}
    (folder / MANIFEST).write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def checked_manifest(folder: Path) -> Mapping[str, object]:
    """What the manifest says of the records; raises `InputRefusedError` when a file is missing, new or not as it was written."""
    path = folder / MANIFEST
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise InputRefusedError([f"{path}: is no manifest of a package that export made"]) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InputRefusedError([f'{path}: field format: must be "{FORMAT}"'])
    listed, records = document.get("files"), document.get("records")
    if not isinstance(listed, dict) or not isinstance(records, dict):
        raise InputRefusedError([f"{path}: field files: must list the files of the package"])
    present = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()} - {MANIFEST}
    problems = [*_unlike(folder, listed, present)]
    if problems:
        raise InputRefusedError(problems)
    return records


def _unlike(folder: Path, listed: Mapping[str, object], present: Iterable[str]) -> Iterator[str]:
    there = set(present)
    for name in sorted(set(listed) | there):
        if name not in there:
            yield f"{folder / name}: is listed in the manifest but missing"
        elif name not in listed:
            yield f"{folder / name}: is not listed in the manifest"
        elif _sha(folder / name) != listed[name]:
            yield f"{folder / name}: is not as it was exported; its SHA-256 is another"


def _sha(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
