"""`record` and `replay`: a stretch of a room's life to a file, and lived again from it without a bridge."""

import argparse
import itertools
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from backend_bridge.adapters.artefacts import absolute
from backend_bridge.adapters.checkpoints import SIGNING_KEY
from backend_bridge.adapters.curve_keys import write_secret
from backend_bridge.adapters.fix_archive import FixArchive
from backend_bridge.adapters.keys import store_key
from backend_bridge.adapters.log_lines import entry_bytes
from backend_bridge.adapters.progress import Progress
from backend_bridge.adapters.recording_file import Hole, RecordingFile
from backend_bridge.adapters.recording_manifest import Manifest
from backend_bridge.adapters.recording_write import write_recording
from backend_bridge.adapters.refusals import FolderRefusedError, InputRefusedError, StoreRefusedError
from backend_bridge.adapters.state_codec import CodecError
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.store_recording import StoreRecording
from backend_bridge.adapters.time_text import text_of_us, us_of_text
from backend_bridge.adapters.what_if_files import read_what_if, summary_of
from backend_bridge.application.inbox import ImportCases
from backend_bridge.application.outcome import Taken
from backend_bridge.application.recording_cut import Cut
from backend_bridge.application.room import again
from backend_bridge.application.room_state import Room
from backend_bridge.application.what_if import lived_otherwise
from backend_bridge.bootstrap.errors import UsageError
from backend_bridge.bootstrap.judge_files import write_comparison
from backend_bridge.bootstrap.on_folder import Place, run_on_folder, shell_user
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.scenarios.what_if import WhatIf, unknown_names
from backend_bridge.domain.watching.watch import Watch

_KEY_BYTES: Final = 32


def record(arguments: argparse.Namespace, say: Callable[[str], None]) -> int:
    """Write a recording; the reading of it is in the log before anything is read. Raises `UsageError`."""
    from_us, to_us = _time(arguments.from_, "--from"), _time(arguments.to, "--to")
    if to_us <= from_us:
        raise UsageError([f"--to {arguments.to}: must be later than --from {arguments.from_}"])
    cases = frozenset(CaseId(case) for case in (arguments.cases or "").split(",") if case)
    for new in (arguments.out, key_file_of(arguments.out)):
        if new.exists():  # refused before it is entered as what this recording made: a destruction looks for files by those entries
            raise UsageError([f"{new}: is there already; name a new file with --out"])
    place = Place(folder=arguments.data, key_file=arguments.key_file)
    scope = f"{text_of_us(from_us)} to {text_of_us(to_us)}, {', '.join(sorted(cases)) or 'all cases'}"
    made = {"what": "recording", "file": absolute(arguments.out), "keys": absolute(key_file_of(arguments.out)), "cases": arguments.cases}
    status = run_on_folder(place, "note-read", {"of": "record", "scope": scope, **made}, shell_user())
    if status != 0:
        return status
    try:
        reader = StoreReader.open(place.folder, store_key(place.folder, place.key_file).key)
        try:
            for case in sorted(cases):
                if reader.newest("case", case) is None:
                    raise InputRefusedError([f"--cases {case}: no case of that name is registered"])
            wanted = Manifest(from_us=from_us, to_us=to_us, cases=tuple(sorted(cases)), made_by=shell_user(), made_us=reader.last_us())
            manifest = _write(reader, arguments.out, cases, wanted)
        finally:
            reader.close()
    except InputRefusedError as error:
        raise UsageError(error.problems) from None
    except (FolderRefusedError, StoreRefusedError, CodecError) as error:
        raise UsageError([str(error)]) from None
    say(f"{manifest.n_steps:,} steps, {manifest.n_fixes:,} fixes in {arguments.out}; its key is in {key_file_of(arguments.out)}")
    return 0


def replay(arguments: argparse.Namespace, say: Callable[[str], None]) -> int:
    """Live a recording again and write the log that results; what cannot be read is a line of its own. Raises `UsageError`."""
    if arguments.out.exists() and arguments.out.samefile(arguments.file):
        raise UsageError([f"--out {arguments.out}: is the recording itself; name another file"])
    try:
        recording = RecordingFile(arguments.file, read_key(arguments.key_file or key_file_of(arguments.file)))
        if arguments.what_if is not None:
            what_if = read_what_if(arguments.what_if)
            _must_be_in(recording, what_if, arguments)
            comparison = lived_otherwise(recording, what_if)
            write_comparison(comparison, arguments.out)
            say(summary_of(comparison))
            return 0
        with arguments.out.open("wb") as out:
            n, holes = lived_again(recording, out.write)
    except InputRefusedError as error:
        raise UsageError(error.problems) from None
    except (CodecError, OSError) as error:
        raise UsageError([f"{arguments.file}: cannot be played: {error}"]) from None
    whole = "genuine and whole" if recording.is_genuine else "NOT as its maker signed it"
    say(f"{n:,} entries in {arguments.out}; the recording is {whole}")
    for hole in holes:
        to = f"after {text_of_us(hole.from_us)}"
        say(f"damaged: nothing {to if hole.to_us is None else f'between {text_of_us(hole.from_us)} and {text_of_us(hole.to_us)}'}")
    return 0


def _must_be_in(recording: RecordingFile, what_if: WhatIf, arguments: argparse.Namespace) -> None:
    """Refuse rings and zones that no case of the recording has at any time: changing them would change nothing, and look like an answer."""
    room = recording.room_before(recording.span_us()[0])
    cases = [held.case for held in room.registry.held.values()]
    for taken in recording.steps(room.now_us):
        cases.extend(case for order in taken.orders if isinstance(order, ImportCases) for case in order.cases)
    unknown = unknown_names(cases, what_if)
    if unknown:
        raise InputRefusedError([f"{arguments.what_if}: {name} is in no case of {arguments.file}; name one that is" for name in unknown])


def key_file_of(recording: Path) -> Path:
    """Where the key of a recording is put unless told otherwise; whoever hands on the recording hands the key on by another way."""
    return recording.with_name(recording.name + ".key")


def read_key(path: Path) -> bytes:
    """The key in a file; raises `InputRefusedError`."""
    try:
        key = bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError, UnicodeDecodeError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise InputRefusedError([f"{path}: must hold the recording's key, 64 hexadecimal digits; name another with --key-file"])
    return key


def _write(reader: StoreReader, out: Path, cases: frozenset[CaseId], manifest: Manifest) -> Manifest:
    signing = reader.newest(SIGNING_KEY)
    if signing is None:
        raise InputRefusedError(["the bridge of this folder has never run: there is nothing to record"])
    archive = FixArchive(reader)
    archive.restore()
    room, steps = _from(StoreRecording(reader, archive), cases, manifest.from_us)
    wanted = itertools.takewhile(lambda taken: taken.now_us < manifest.to_us, steps)
    key = secrets.token_bytes(_KEY_BYTES)
    with Progress("recording", reader.n_fixes(), "fixes") as progress:
        signed = write_recording(out, (key, signing.body), room, wanted, manifest, progress.reached)
    write_secret(key_file_of(out), key.hex())
    return signed


def _from(recording: StoreRecording, cases: frozenset[CaseId], from_us: int) -> tuple[Room, Iterator[Taken]]:
    """The room at `from_us` and the steps that come then."""
    if cases:
        cut = Cut(cases)
        rest = cut.before(recording.steps(0), from_us)
        first = next(rest, None)
        return cut.room, iter(()) if first is None else itertools.chain([first], rest)
    room = recording.room_before(from_us)
    steps = recording.steps(room.now_us)
    for taken in steps:
        if taken.now_us >= from_us:
            return room, itertools.chain([taken], steps)
        again(room, taken)
    return room, iter(())


def lived_again(recording: RecordingFile, write: Callable[[bytes], object]) -> tuple[int, tuple[Hole, ...]]:
    """Live a recording again and write the log that results, a line each; how many entries it has, and what is missing."""
    n, holes = 0, []
    room = Room(Watch.empty())
    for part in recording.parts():
        match part:
            case Room():
                room, room.replay = part, True
            case Hole():
                holes.append(part)
                write(_hole_line(part))
            case _:
                for place, event in enumerate(again(room, part).events):
                    write(entry_bytes(part.first_n + place, part.now_us, event) + b"\n")
                    n += 1
    return n, tuple(holes)


def _hole_line(hole: Hole) -> bytes:
    until = "null" if hole.to_us is None else f'"{text_of_us(hole.to_us)}"'
    return f'{{"event":"recording-damaged","from":"{text_of_us(hole.from_us)}","to":{until}}}\n'.encode()


def _time(text: str, option: str) -> int:
    try:
        return us_of_text(text)
    except ValueError:
        raise UsageError([f"{option} {text}: must be a time such as 2026-11-23T07:36:00Z"]) from None
