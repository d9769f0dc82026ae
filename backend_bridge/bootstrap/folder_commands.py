"""Commands on a data folder, the same whether they are carried out by the bridge that runs on it or with the folder's lock."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DatabaseError, InvalidRequestError

from backend_bridge.adapters.artefacts import Artefact, absolute, artefact_record
from backend_bridge.adapters.backups import back_up, keys_beside
from backend_bridge.adapters.case_files import cases_of_text
from backend_bridge.adapters.checkpoints import SIGNING_KEY, CheckpointError, public_key_of, signed_heads
from backend_bridge.adapters.curve_keys import checked_key
from backend_bridge.adapters.enrolment_records import patterns_of
from backend_bridge.adapters.fix_lines import lines_of_fixes
from backend_bridge.adapters.local_control import Emit, Request
from backend_bridge.adapters.progress import Progress
from backend_bridge.adapters.refusals import FolderRefusedError, InputRefusedError, NotOnDiskError, StoreRefusedError
from backend_bridge.adapters.store_engine import is_sound_file, reason_of
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.store_verify import Signed, verify
from backend_bridge.adapters.time_text import us_of_text
from backend_bridge.application.inbox import EnrolDesk, EnrolGateway, ImportCases, Milestone, NoteByOffice, NoteShellRead, RevokeGateway
from backend_bridge.bootstrap.app_commands import app_command
from backend_bridge.bootstrap.bridge import Bridge
from backend_bridge.bootstrap.destruction_commands import destroy_command, export_track, ledger_command
from backend_bridge.bootstrap.order_end_command import end_order_command
from backend_bridge.bootstrap.retention_command import retention_command
from backend_bridge.bootstrap.user_commands import user_command
from backend_bridge.bootstrap.zone_warnings import ZoneWarnings
from backend_bridge.domain.identifiers import CaseId, GatewayName, UserId
from backend_bridge.domain.outcomes.bridge_events import CaseRegistered

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LINES_AT_ONCE: Final = 500
_FOLLOW_S: Final = 1.0

Carried = Callable[[Bridge, Request, Emit], int]


REAL_ALONE: Final = frozenset({"import-cases", "enrol-gateway", "app"})
"""What would bring real people into a room."""


def carry_out(bridge: Bridge, request: Request, emit: Emit) -> int:
    """Carry out one command; what is wrong becomes sentences on stderr and status 2."""
    try:
        _must_be_for_this_room(bridge, request)
        return _COMMANDS[request.command](bridge, request, emit)
    except InputRefusedError as error:
        for problem in error.problems:
            emit.err(problem)
    except (FolderRefusedError, StoreRefusedError) as error:
        emit.err(str(error))
    except DatabaseError as error:
        emit.err(f"the store cannot be read: {reason_of(error)}; verify says where it is damaged")
    return 2


def _must_be_for_this_room(bridge: Bridge, request: Request) -> None:
    if bridge.is_exercise and request.command in REAL_ALONE:
        raise InputRefusedError([f"{request.command}: this is a room for exercises; it takes scenarios and no data of real people"])


def _text(request: Request, name: str) -> str:
    value = request.arguments.get(name)
    if not isinstance(value, str):
        raise InputRefusedError([f"{name} is missing"])
    return value


def _name(request: Request) -> str:
    name = _text(request, "name")
    if not _NAME.fullmatch(name):
        raise InputRefusedError([f"NAME {name!r}: must be 1–64 of A–Z a–z 0–9 . _ - and begin with a letter or digit"])
    return name


def _user(request: Request) -> UserId:
    return UserId(request.user)


def _enrol_gateway(bridge: Bridge, request: Request, emit: Emit) -> int:
    name = _name(request)
    key = checked_key(_text(request, "public_key"), "--public-key")
    devices = _text(request, "devices")
    patterns = patterns_of(devices)
    if not patterns or any(not re.fullmatch(r"[A-Za-z0-9._\-*?\[\]!]{1,64}", pattern) for pattern in patterns):
        raise InputRefusedError(["--devices: must be shell patterns of device ids, separated by commas, such as 'ANK-*,VIC-*'"])
    for other in bridge.enrolments.gateways():
        if other.public_key == key and other.gateway != name:
            raise InputRefusedError([f"--public-key: is the key of gateway {other.gateway}; each gateway needs a key of its own"])
    _refuse_beside_fast_clock(bridge, name)
    bridge.carry_out([EnrolGateway(by=_user(request), gateway=GatewayName(name), public_key=key, devices=",".join(patterns))])
    emit.out(f"gateway {name} may come in for {', '.join(patterns)}; the bridge's public key is")
    emit.out(bridge.public_key)
    return 0


def _refuse_beside_fast_clock(bridge: Bridge, name: str) -> None:
    """A clock runs fast for the one gateway that plays a file: what a second one sends would be from the past."""
    others = [one.gateway for one in bridge.enrolments.gateways() if one.gateway != name]
    if others and bridge.clock.speed != 1.0 and not bridge.is_exercise:
        raise InputRefusedError(
            [f"NAME {name}: the clock runs fast for gateway {others[0]}; stop the bridge and serve without --clock-speed"]
        )


def _revoke_gateway(bridge: Bridge, request: Request, emit: Emit) -> int:
    name = _name(request)
    if not any(one.gateway == name for one in bridge.enrolments.gateways()):
        raise InputRefusedError([f"NAME {name}: no gateway of that name is enrolled"])
    try:
        bridge.carry_out([RevokeGateway(by=_user(request), gateway=GatewayName(name))])
    except NotOnDiskError as error:
        emit.err(f"gateway {name} is cut off and kept out from now on, but a bridge that starts anew may let it in again: {error}")
        return 1
    emit.out(f"gateway {name} may come in no longer")
    return 0


def _enrol_desk(bridge: Bridge, request: Request, emit: Emit) -> int:
    name = _name(request)
    key = checked_key(_text(request, "public_key"), "--public-key")
    bridge.carry_out([EnrolDesk(by=_user(request), desk=name, public_key=key)])
    emit.out(f"desk {name} may come in; the bridge's public key is")
    emit.out(bridge.public_key)
    return 0


def _import_cases(bridge: Bridge, request: Request, emit: Emit) -> int:
    cases = cases_of_text(_text(request, "text"), _text(request, "file"))
    zones = ZoneWarnings(bridge.folder, cases)
    outcome = bridge.carry_out([ImportCases(by=_user(request), cases=cases)])
    new = [event for event in outcome.events if isinstance(event, CaseRegistered)]
    warnings = zones.about([event.content for event in new], _user(request), outcome.taken.now_us)
    if warnings.notes:
        bridge.carry_out(warnings.notes)  # before anything is told: a shell may have gone away
    for event in new:
        emit.out(f"{event.case}: " + ("registered" if event.version == 1 else f"version {event.version} is in force"))
    for line in warnings.lines:
        emit.out(line)
    emit.out(f"{len(cases)} cases read, {len(new)} new or changed")
    return 0


def _log(bridge: Bridge, request: Request, emit: Emit) -> int:
    since = request.arguments.get("since")
    last = since if isinstance(since, int) else 0
    follow = bool(request.arguments.get("follow"))
    scope = f"entries after {last}" + (", followed" if follow else "")
    outcome = bridge.carry_out([NoteShellRead(by=_user(request), command="log", scope=scope)])
    until: int | None = outcome.taken.first_n + len(outcome.events) - 1
    while True:
        for chunk in _chunks(line.decode() for _, line in bridge.reader.lines(last, until)):
            emit.out(chunk)
        last = max(last, until or last)
        if not follow or request.arguments.get("once") or emit.is_gone():
            return 0
        until = bridge.wait_beyond(last, _FOLLOW_S)


def _fixes(bridge: Bridge, request: Request, emit: Emit) -> int:
    if request.arguments.get("count"):
        emit.out(str(bridge.reader.n_kept()))
        return 0
    bridge.carry_out([NoteShellRead(by=_user(request), command="fixes", scope="all")])
    for stored in bridge.archive.everything():
        for chunk in _chunks(lines_of_fixes(stored)):
            emit.out(chunk)
    return 0


def _note_read(bridge: Bridge, request: Request, emit: Emit) -> int:  # noqa: ARG001  # it says nothing
    """A read that the shell does by itself is in the log before it begins, and the file that it makes is known."""
    made = request.arguments.get("file")
    keys, cases = request.arguments.get("keys"), request.arguments.get("cases")
    records = []
    if isinstance(made, str):
        of = tuple(str(cases).split(",")) if cases else ()
        artefact = Artefact(what=_text(request, "what"), path=made, keys=keys if isinstance(keys, str) else None, cases=of)
        records = [artefact_record(artefact)]
    bridge.carry_out([NoteShellRead(by=_user(request), command=_text(request, "of"), scope=_text(request, "scope"))], records)
    return 0


def _note_signer(bridge: Bridge, request: Request, emit: Emit) -> int:  # noqa: ARG001  # it says nothing
    """Who entered whose signatures is in the log before the room takes them."""
    text = f"{_text(request, 'name')} {_text(request, 'key')}"
    bridge.carry_out([NoteByOffice(by=_user(request), case=CaseId(""), person=None, label="REENACTMENT_SIGNER", text=text)])
    return 0


def _backup(bridge: Bridge, request: Request, emit: Emit) -> int:
    target = Path(_text(request, "target"))
    made = Artefact(what="backup", path=absolute(target), keys=absolute(keys_beside(target)))
    bridge.carry_out([NoteShellRead(by=_user(request), command="backup", scope="the whole store")], [artefact_record(made)])
    back_up(bridge.reader, bridge.keys, target)
    if bridge.folder.resolve() not in target.resolve().parents:
        bridge.note(Milestone(what="outside-copy"))
    emit.out(
        f"{target}: a copy of the store, {target.stat().st_size:,} bytes, under the same key; keep that key elsewhere, "
        f"and {keys_beside(target).name} with the copy"
    )
    return 0


def _instant(request: Request, name: str) -> int:
    try:
        return us_of_text(_text(request, name))
    except ValueError as error:
        raise InputRefusedError([f"--{name}: {error}"]) from None


def _verify(bridge: Bridge, request: Request, emit: Emit) -> int:
    given = request.arguments["checkpoints"]
    status = verify_store(bridge.reader, None if given is None else Path(str(given)), emit.out)
    if status == 0:
        bridge.note(Milestone(what="verified"))
    return status


def verify_store(reader: StoreReader, checkpoints: Path | None, out: Callable[[str], None]) -> int:
    """Check the whole store; prints what was found, and returns 1 when something is not as it was written.

    Without a place of checkpoints nothing is compared with any.
    """
    try:
        signed = _signed_in(reader, checkpoints)
    except CheckpointError as error:
        out(str(error))
        return 1
    with reader.snapshot() as connection, Progress("verifying", _n_entries(reader), "entries") as progress:
        found = verify(connection, signed, progress.reached)
        is_sound = found.bad is not None or is_sound_file(connection)
    if not is_sound:
        out(f"entry {found.n_entries + 1}: pages of the file that hold nothing of the log are not as they were encrypted")
        return 1
    if found.bad is not None:
        out(found.bad)
        return 1
    lacking = _lacking(reader, checkpoints, found.n_named)
    if lacking is not None:
        out(lacking)
        return 1
    out(f"all is as it was written: {found.n_entries} entries, {found.n_records} records, {found.n_ticks} ticks, {len(signed)} checkpoints")
    return 0


def _signed_in(reader: StoreReader, checkpoints: Path | None) -> list[Signed]:
    if checkpoints is None:
        return []
    try:
        kept = reader.newest(SIGNING_KEY)
    except DatabaseError:
        kept = None  # the file is damaged: where, is found out next
    return signed_heads(checkpoints, None if kept is None else public_key_of(kept.body))


def _lacking(reader: StoreReader, checkpoints: Path | None, n_named: int) -> str | None:
    """What is wrong where the log names a checkpoint that the place of checkpoints does not have, nor a later one."""
    # The place is looked at once more: it may have got one while the store was read.
    signed = _signed_in(reader, checkpoints)
    n_signed = signed[-1].n if signed else 0
    if checkpoints is None or n_signed >= n_named:
        return None
    found = f"the newest checkpoint there covers {n_signed}" if signed else "there is no checkpoint"
    return (
        f"{checkpoints}: the log says that {n_named} entries were signed outside, and {found}: "
        "name the folder that serve wrote them to (--checkpoints), or checkpoints were taken away"
    )


def _n_entries(reader: StoreReader) -> int:
    """How many entries there should be; 0 where the file is too damaged, or changed too much, to say."""
    try:
        return reader.last_n()
    except (DatabaseError, InvalidRequestError, TypeError, ValueError):
        return 0


def _chunks(lines: Iterator[str]) -> Iterator[str]:
    chunk: list[str] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == _LINES_AT_ONCE:
            yield "\n".join(chunk)
            chunk = []
    if chunk:
        yield "\n".join(chunk)


_COMMANDS: Final[dict[str, Carried]] = {
    "enrol-gateway": _enrol_gateway,
    "revoke-gateway": _revoke_gateway,
    "enrol-desk": _enrol_desk,
    "import-cases": _import_cases,
    "end-order": end_order_command,
    "log": _log,
    "fixes": _fixes,
    "note-read": _note_read,
    "note-signer": _note_signer,
    "verify": _verify,
    "backup": _backup,
    "export-track": export_track,
    "destroy": destroy_command,
    "ledger": ledger_command,
    "retention": retention_command,
    "user": user_command,
    "app": app_command,
}
