"""A room's whole history into a migration package, and out of one into a new room."""

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Final, get_args

import msgspec
import numpy as np

from backend_bridge.adapters.case_files import case_of_bytes
from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.event_files import event_line, read_event_file
from backend_bridge.adapters.fix_archive import FixArchive
from backend_bridge.adapters.package_files import FixWriter, Tally, checked_manifest, read_fixes, write_manifest
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.sealing import Sealer, joined_parts, parts_of
from backend_bridge.adapters.standing_lines import line_of_standing, read_standings
from backend_bridge.adapters.state_codec import decode
from backend_bridge.adapters.store import Record
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.store_recording import StoreRecording
from backend_bridge.adapters.time_text import text_of_us, us_of_text
from backend_bridge.application.inbox import ImportCases, Inbox, ResumeCase
from backend_bridge.application.room import again
from backend_bridge.application.room_state import Room
from backend_bridge.application.standings import standings
from backend_bridge.domain.case import Case
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.identifiers import CaseId, UserId
from backend_bridge.domain.outcomes.access_events import AccessEvent
from backend_bridge.domain.outcomes.destruction_events import DestructionEvent

_FIXES_A_TICK: Final = 20_000
_LINES_A_TICK: Final = 2_000
REGISTER: Final = frozenset(kind.entry for kind in (*get_args(AccessEvent), *get_args(DestructionEvent)))
"""Entries that stay readable when the data are gone: the register that the law wants kept."""
FOREIGN_LOG: Final = "foreign-log"
"""Kind of the records that hold the log of the room that a package came from."""


class _CaseLine(msgspec.Struct, frozen=True, kw_only=True):
    at: str
    version: int
    case: msgspec.Raw


def export_package(reader: StoreReader, folder: Path, reached: Callable[[int], None]) -> Mapping[str, object]:
    """Write all cases, fixes, events and the log into the new folder `folder`; returns the manifest's counts and hashes."""
    try:
        folder.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise InputRefusedError([f"{folder}: a new folder is needed for the package: {error.strerror}"]) from None
    tally = Tally()
    _write_lines(folder / "cases.jsonl", _case_lines(reader, tally))
    _write_lines(folder / "standing.jsonl", _standing_lines(room_of(reader), tally))
    _write_lines(folder / "events.jsonl", _event_lines(reader, tally))
    _write_lines(folder / "log.jsonl", _log_lines(reader, tally))
    writer = FixWriter(folder / "fixes")
    archive = FixArchive(reader)
    done = 0
    for stored in archive.everything():
        writer.write(stored)
        tally.fixes(stored.fixes)
        done += len(stored.fixes)
        reached(done)
    writer.close()
    document = tally.document()
    write_manifest(folder, text_of_us(reader.last_us()), document)
    return document


def room_of(reader: StoreReader) -> Room:
    """The room as the store has it, decided again from its newest snapshot; also while the bridge goes on."""
    recording = StoreRecording(reader, FixArchive(reader))
    room = recording.room_before(reader.last_us())
    for taken in recording.steps(room.now_us):
        again(room, taken)
    return room


def _write_lines(path: Path, lines: Iterator[bytes]) -> None:
    with path.open("wb") as file:
        for line in lines:
            file.write(line + b"\n")


def _case_lines(reader: StoreReader, tally: Tally) -> Iterator[bytes]:
    before: dict[str, bytes] = {}
    for record in reader.records(("case",)):
        if before.get(record.name) == record.body:
            continue  # the version of a package, put in force here
        before[record.name] = record.body
        line = _CaseLine(at=text_of_us(record.from_us), version=record.size, case=msgspec.Raw(record.body))
        tally.line("cases", record.name, record.body)
        yield msgspec.json.encode(line)


def _standing_lines(room: Room, tally: Tally) -> Iterator[bytes]:
    for standing in standings(room):
        line = line_of_standing(standing)
        tally.line("standing", standing.case, line)
        yield line


def _event_lines(reader: StoreReader, tally: Tally) -> Iterator[bytes]:
    for record in reader.records(("event",)):
        event = decode(record.body)
        if isinstance(event, DeviceEvent):
            line = event_line(event).encode()
            tally.line("events", event.device, line)
            yield line


def _foreign_lines(reader: StoreReader, tally: Tally) -> Iterator[bytes]:
    for record in reader.records((FOREIGN_LOG,)):
        for line in _lines_of_foreign(record.body, reader.part):
            _tally_alarm(tally, line)
            yield line


def _foreign_body(lines: list[bytes], sealer: Sealer) -> bytes:
    """Lines of another room's log, each under the key of the case that it is about."""
    return joined_parts(("", 1, sealer.for_cases(_cases_of_line(line), line)) for line in lines)


def _cases_of_line(line: bytes) -> frozenset[CaseId]:
    entry = json.loads(line)
    case = entry.get("case")
    return frozenset({CaseId(case)}) if isinstance(case, str) and entry.get("event") not in REGISTER else frozenset()


def _lines_of_foreign(body: bytes, open_part: Callable[[bytes], bytes | None]) -> Iterator[bytes]:
    for _, _, stored in parts_of(body) or ():
        line = open_part(stored)
        if line is not None:
            yield line


def _log_lines(reader: StoreReader, tally: Tally) -> Iterator[bytes]:
    yield from _foreign_lines(reader, tally)
    for _, line in reader.lines(0):
        _tally_alarm(tally, line)
        yield line


def _tally_alarm(tally: Tally, line: bytes) -> None:
    entry = json.loads(line)
    if entry["event"] in ("raised", "upgraded", "cleared"):
        tally.line("alarms", entry.get("subject") or "-", line)


def import_package(durable: DurableRoom, folder: Path, user: UserId, reached: Callable[[int], None]) -> Mapping[str, object]:
    """Take a package into a room that has nothing yet; returns what the package's manifest says of its records.

    The newest version of every case is in force from now on, and stands as it did there; fixes and events are known and not judged
    again, the log of the other room is kept beside this room's own. Raises `InputRefusedError` before anything is stored when a file
    is not right.
    """
    records = checked_manifest(folder)
    if durable.reader.n_fixes() or durable.room.registry.held:
        raise InputRefusedError(["--data: holds cases or fixes already; a package is imported into a new folder"])
    cases, stood = list(_cases_of(folder)), read_standings(folder / "standing.jsonl")
    events = read_event_file(folder / "events.jsonl")
    durable.adopt(cases, None, ())
    newest: dict[str, Case] = {record.name: case_of_bytes(record.body) for record in cases}
    resumed = (ResumeCase(by=user, case=standing.case, standing=standing) for standing in stood)
    durable.step(Inbox(orders=(ImportCases(by=user, cases=tuple(newest.values())), *resumed)))
    # Only now is it known whose what follows is, and under whose key it lies.
    durable.adopt((), None, events)
    for chunk in _chunks_of_lines(folder / "log.jsonl"):
        durable.adopt([Record(kind=FOREIGN_LOG, size=len(chunk), body=_foreign_body(chunk, durable.sealer))], None, ())
    done = 0
    for stored in read_fixes(folder):
        for start in range(0, len(stored.fixes), _FIXES_A_TICK):
            part = stored.take(np.arange(start, min(start + _FIXES_A_TICK, len(stored.fixes))))
            durable.adopt((), durable.archive.numbered(part.fixes, part.messages, part.message), ())
            done += len(part.fixes)
            reached(done)
    durable.write_snapshot()
    return records


def _cases_of(folder: Path) -> Iterator[Record]:
    path = folder / "cases.jsonl"
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            found = msgspec.json.decode(line, type=_CaseLine)
            at_us = us_of_text(found.at)
            name = case_of_bytes(bytes(found.case)).case
        except (msgspec.DecodeError, ValueError, InputRefusedError) as error:
            raise InputRefusedError([f"{path}: row {number} is no version of a case: {error}"]) from None
        yield Record(
            kind="case", name=name, from_us=at_us, to_us=at_us, size=found.version, cases=frozenset({name}), body=bytes(found.case)
        )


def _chunks_of_lines(path: Path) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    for line in path.read_bytes().splitlines():
        chunk.append(line)
        if len(chunk) == _LINES_A_TICK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def reconciled(reader: StoreReader, room: Room, said: Mapping[str, object]) -> list[str]:
    """What of a package is not in the store and its room as it was there: a sentence for each subject; empty when all is."""
    tally = Tally()
    told = (_event_lines(reader, tally), _foreign_lines(reader, tally), _case_lines(reader, tally), _standing_lines(room, tally))
    for _ in chain(*told):
        pass
    for stored in FixArchive(reader).everything():
        tally.fixes(stored.fixes)
    found = tally.document()
    return [
        f"{kind} of {name}: {_told(there)} in the package, {_told(found.get(kind, {}).get(name))} in the store"
        for kind, names in said.items()
        if isinstance(names, dict)
        for name, there in names.items()
        if there != found.get(kind, {}).get(name)
    ]


def _told(entry: object) -> str:
    return f"{entry['count']} with hash {str(entry['hash'])[:12]}" if isinstance(entry, dict) else "none"
