"""`reenact`: make a training scenario of a recorded incident's structure, have it checked and signed by a second person."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from backend_bridge.adapters.recording_file import RecordingFile
from backend_bridge.adapters.reenactment_files import text_of_reenactment
from backend_bridge.adapters.reenactment_seal import (
    check_signer_key,
    new_key,
    sign_as_checker,
    sign_as_maker,
    signer_of,
    signers_of,
    trust,
)
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.scenario_files import scenario_of_text
from backend_bridge.adapters.scenario_streets import streets_of
from backend_bridge.adapters.state_codec import CodecError
from backend_bridge.adapters.store_engine import FILE_NAME
from backend_bridge.application.intake import joined
from backend_bridge.application.reenactment import NoIncidentError, structure_of_incident
from backend_bridge.application.room import again
from backend_bridge.bootstrap.errors import UsageError
from backend_bridge.bootstrap.on_folder import Place, run_on_folder, shell_user
from backend_bridge.bootstrap.recordings import key_file_of, read_key
from backend_bridge.domain.case import Case
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.scenarios.assessment import Entry
from backend_bridge.domain.scenarios.structure import SHARED_BY, WORDS, Structure, blurred, words_kept
from resources import path as resource

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lived:
    """What a recording holds, lived through once."""

    cases: tuple[Case, ...]
    fixes: FixBatch
    events: tuple[DeviceEvent, ...]
    entries: tuple[Entry, ...]
    span_us: tuple[int, int]


def run_reenact_command(arguments: argparse.Namespace, say: Say) -> int:
    """Do what is asked for; raises `UsageError`."""
    try:
        match arguments.action:
            case "key":
                return _key(arguments, say)
            case "trust":
                _trust(arguments)
                say(f"re-enactments that {arguments.by} and another such person signed are taken by the room in {arguments.data}")
            case "make":
                _make(arguments, say)
            case _:
                sign_as_checker(_needed(arguments, "file"), signer_of(_needed(arguments, "by"), _needed(arguments, "secret_key_file")))
                say(f"{arguments.file}: checked and signed by {arguments.by}")
    except InputRefusedError as error:
        raise UsageError(error.problems) from None
    except (CodecError, NoIncidentError) as error:
        raise UsageError([f"{arguments.file}: {error}"]) from None
    return 0


def _key(arguments: argparse.Namespace, say: Say) -> int:
    public, secret = new_key()
    file: Path = _needed(arguments, "secret_key_file")
    try:
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(secret + "\n")
    except OSError as error:
        raise InputRefusedError([f"{file}: cannot be written as a new file: {error.strerror}"]) from None
    say(public)
    return 0


def _make(arguments: argparse.Namespace, say: Say) -> None:
    maker = signer_of(_needed(arguments, "by"), _needed(arguments, "secret_key_file"))
    if maker.name not in signers_of(_needed(arguments, "data")):
        raise InputRefusedError(
            [f"{arguments.data}: takes no re-enactments by {maker.name}; they are off until reenact trust enters people"]
        )
    file: Path = _needed(arguments, "file")
    recording = RecordingFile(file, read_key(arguments.key_file or key_file_of(file)))
    lived = _lived(recording)
    out: Path = _needed(arguments, "out")
    pool, wanted = _structures(lived, _needed(arguments, "case"))
    rng = np.random.default_rng()
    structure, where = wanted
    roads = streets_of(arguments.streets or "bundled", file, resource(""))
    text = text_of_reenactment(blurred(structure, pool, rng), roads, where, out.stem, rng)
    scenario_of_text(text, str(out))
    try:
        with out.open("x", encoding="utf8") as opened:
            opened.write(text)
    except OSError as error:
        raise InputRefusedError([f"{out}: cannot be written as a new file: {error.strerror}"]) from None
    sign_as_maker(out, maker)
    kept = words_kept(structure, pool)
    say(f"{out}: {kept} of {len(WORDS)} words about movements kept, each shared by {SHARED_BY} incidents or more; to be checked and signed")


def _structures(lived: _Lived, wanted: str) -> tuple[list[Structure], tuple[Structure, LatLon]]:
    """The structures of all incidents of the recording, and the wanted one with where it was; raises `NoIncidentError`."""
    case = next((each for each in lived.cases if each.case == wanted), None)
    if case is None:
        raise NoIncidentError(f"holds no case {wanted}; its cases are {', '.join(each.case for each in lived.cases) or 'none'}")
    found: list[Structure] = []
    for each in lived.cases:
        try:
            found.append(structure_of_incident(each, lived.fixes, lived.events, lived.entries, lived.span_us)[0])
        except NoIncidentError:
            continue
    return found, structure_of_incident(case, lived.fixes, lived.events, lived.entries, lived.span_us)


def _lived(recording: RecordingFile) -> _Lived:
    from_us, to_us = recording.span_us()
    room = recording.room_before(from_us)
    room.replay = True
    batches: list[FixBatch] = []
    events: list[DeviceEvent] = []
    entries: list[Entry] = []
    times: list[int] = []
    for taken in recording.steps(room.now_us):
        entries.extend(Entry(at_us=taken.now_us, event=event) for event in again(room, taken).events)
        batches.extend(kept.fixes for kept in taken.kept if kept.fixes is not None and len(kept.fixes))
        events.extend(event for kept in taken.kept for event in kept.events)
    fixes = joined(batches) if batches else FixBatch.empty()
    if len(fixes):
        times = [int(fixes.measured_us.min()), int(fixes.measured_us.max()) + 1]
    span_us = (max(from_us, times[0]), min(to_us, times[1])) if times else (from_us, to_us)
    cases = tuple(held.case for held in room.registry.held.values())
    return _Lived(cases=cases, fixes=fixes, events=tuple(events), entries=tuple(entries), span_us=span_us)


def _trust(arguments: argparse.Namespace) -> None:
    """Take somebody's signatures from now on; where the room is there already, who entered whom is in its log first."""
    folder, name, key = _needed(arguments, "data"), _needed(arguments, "by"), _needed(arguments, "public_key")
    check_signer_key(key)
    if (folder / FILE_NAME).is_file():
        status = run_on_folder(Place(folder=folder, key_file=arguments.key_file), "note-signer", {"name": name, "key": key}, shell_user())
        if status != 0:
            raise UsageError([f"{folder}: the log could not be written, so that nobody was entered"])
    trust(folder, name, key)


def _needed(arguments: argparse.Namespace, name: str) -> Any:
    value = getattr(arguments, name)
    if value is None:
        raise InputRefusedError(
            [f"{'FILE' if name == 'file' else '--' + name.replace('_', '-')}: is needed for reenact {arguments.action}"]
        )
    return value
