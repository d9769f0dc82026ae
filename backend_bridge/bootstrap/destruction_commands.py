"""`destroy`, `ledger` and `export-track`: what the law wants gone, written down and handed out, at the shell."""

import csv
import io
import json
import os
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Final

from backend_bridge.adapters.artefacts import Artefact, absolute, artefact_record
from backend_bridge.adapters.certificates import certificate_of, planned
from backend_bridge.adapters.checkpoints import SIGNING_KEY
from backend_bridge.adapters.local_control import Emit, Request
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.sealed_exports import SUFFIX, new_passphrase, sealed_export
from backend_bridge.adapters.time_text import text_of_us, us_of_text
from backend_bridge.application.inbox import NoteShellRead, ShellExport
from backend_bridge.application.ledger import entries_of
from backend_bridge.application.ledger_reads import LedgerQuery, ledger_rows
from backend_bridge.bootstrap.bridge import Bridge
from backend_bridge.bootstrap.proven import decide, proven
from backend_bridge.domain.access.export_book import Mark
from backend_bridge.domain.commands import DecideDestruction, LiftHold, PlaceHold, RequestDestruction
from backend_bridge.domain.errors import SENTENCES, Code
from backend_bridge.domain.identifiers import CaseId, DestructionId, DeviceId, PersonId, UserId
from backend_bridge.domain.outcomes.access_events import ActRefused, DataRead
from backend_bridge.domain.outcomes.destruction_events import ExportMade
from backend_bridge.domain.outcomes.events import Event
from backend_bridge.domain.queries import MakeExport, ReadLedger, ReadLooks, ReadRegister, ReadReview, ReadSubject
from backend_bridge.domain.retention import Ground

FORMS: Final = ("csv", "geojson", "mfjson", "gpx", "kml", "cot")


def destroy_command(bridge: Bridge, request: Request, emit: Emit) -> int:
    """Carry out `destroy ACTION`; raises `InputRefusedError` with the sentence."""
    match _text(request, "action"):
        case "plan":
            _plan(bridge, request, emit)
        case "ask":
            ground = _ground(_text(request, "ground"))
            command = RequestDestruction(case=_case(request), ground=ground, reason=_text(request, "reason"))
            decide(bridge, request, command)
            emit.out(_line(bridge, list(bridge.room.destructions.destructions)[-1]))
        case "approve" | "refuse" as word:
            name = DestructionId(_text(request, "name"))
            decide(bridge, request, DecideDestruction(destruction=name, approve=word == "approve", reason=_text(request, "reason")))
            emit.out(_line(bridge, name))
        case "hold":
            until_us = _instant(request, "until")
            decide(bridge, request, PlaceHold(case=_case(request), reason=_text(request, "reason"), until_us=until_us))
            emit.out(f"{_case(request)} is kept from being destroyed until {text_of_us(until_us)}")
        case "lift":
            decide(bridge, request, LiftHold(case=_case(request), reason=_text(request, "reason")))
            emit.out(f"{_case(request)} may be destroyed")
        case "certificate":
            _certificate(bridge, request, emit)
        case _:
            bridge.carry_out([NoteShellRead(by=UserId(request.user), command="destroy list", scope="all")])
            _list(bridge, emit)
    return 0


def _plan(bridge: Bridge, request: Request, emit: Emit) -> None:
    """The dry run: what would be made unreadable; nothing is."""
    case = _case(request)
    bridge.carry_out([NoteShellRead(by=UserId(request.user), command="destroy plan", scope=case)])
    if bridge.case(case) is None:
        raise InputRefusedError([f"--case {case}: no case of that name is registered"])
    devices = bridge.room.holders.devices_of(case)
    emit.out(json.dumps(planned(bridge.reader, bridge.archive, case, devices), ensure_ascii=False, indent=1))


def _certificate(bridge: Bridge, request: Request, emit: Emit) -> None:
    name = DestructionId(_text(request, "name"))
    bridge.carry_out([NoteShellRead(by=UserId(request.user), command="destroy certificate", scope=name)])
    found = certificate_of(bridge.reader, name)
    if not found:
        raise InputRefusedError([f"NAME {name}: there is no certificate of that destruction yet"])
    out = request.arguments.get("out")
    if isinstance(out, str):
        try:
            Path(out).write_text(found[1], encoding="utf-8")
        except OSError as error:
            raise InputRefusedError([f"--out {out}: cannot be written: {error.strerror}"]) from None
    emit.out(found[0] if not isinstance(out, str) else f"{out}: the signed certificate")


def _list(bridge: Bridge, emit: Emit) -> None:
    book = bridge.room.destructions
    for name in book.destructions:
        emit.out(_line(bridge, name))
    for hold in book.holds.values():
        emit.out(f"hold on {hold.case} by {hold.owner} until {text_of_us(hold.until_us)}")
    for export in bridge.room.exports.exports.values():
        emit.out(f"{export.export} of {export.case} is out at {export.recipient}, to be destroyed by {text_of_us(export.destroy_by_us)}")


def _line(bridge: Bridge, name: DestructionId) -> str:
    one = bridge.room.destructions.the(name)
    return f"{one.destruction} of {one.case}: {one.state} ({one.ground.value})"


def ledger_command(bridge: Bridge, request: Request, emit: Emit) -> int:
    """Print a ledger as CSV; that it is read is in the log first."""
    what = _text(request, "what")
    period = (_instant(request, "from"), _instant(request, "to"))
    if period[1] <= period[0]:
        raise InputRefusedError(["--to: must be later than --from"])
    query = _query(request, what, *period)
    bridge.carry_out([NoteShellRead(by=UserId(request.user), command=f"ledger {what}", scope=_scope(request))])
    entries = entries_of(line.decode() for _, line in bridge.reader.lines(0))
    emit.out(csv_of_rows(list(ledger_rows(query, bridge.room, entries, lambda *_: True))).rstrip("\n"))
    return 0


def _query(request: Request, what: str, from_us: int, to_us: int) -> LedgerQuery:
    match what:
        case "usage":
            return ReadLedger(from_us=from_us, to_us=to_us)
        case "register":
            return ReadRegister(from_us=from_us, to_us=to_us)
        case "review":
            return ReadReview(from_us=from_us, to_us=to_us)
        case "looks":
            user, person = UserId(_text(request, "of_user")), PersonId(_text(request, "person"))
            return ReadLooks(user=user, person=person, from_us=from_us, to_us=to_us)
        case _:
            return ReadSubject(person=PersonId(_text(request, "person")), from_us=from_us, to_us=to_us)


def _scope(request: Request) -> str:
    parts = [request.arguments.get(name) for name in ("of_user", "person", "from", "to")]
    return " ".join(part for part in parts if isinstance(part, str))


def csv_of_rows(rows: list[object]) -> str:
    """Rows as CSV with a head; times in µs as RFC 3339, lists with spaces; empty where there are none."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    for index, row in enumerate(rows):
        if not is_dataclass(row) or isinstance(row, type):
            continue
        if index == 0:
            writer.writerow([field.name.replace("_us", "_at") for field in fields(row)])
        writer.writerow([_cell(name, value) for name, value in asdict(row).items()])
    return lines.getvalue()


def _cell(name: str, value: object) -> object:
    if value is None:
        return ""
    if name.endswith("_us") and isinstance(value, int):
        return text_of_us(value)
    if isinstance(value, tuple | list):
        return " ".join("×".join(map(str, part)) if isinstance(part, tuple | list) else str(part) for part in value)
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def export_track(bridge: Bridge, request: Request, emit: Emit) -> int:
    """Hand out one device's positions under a grant of whoever asks; the passphrase is printed and kept nowhere."""
    device, target = DeviceId(_text(request, "device")), Path(_text(request, "target"))
    form = target.name.removesuffix(SUFFIX).rpartition(".")[2].lower()
    if form not in FORMS:
        raise InputRefusedError([f"{target}: must end in {', '.join(f'.{each}' for each in FORMS)}, with or without {SUFFIX} after it"])
    target = target.with_name(target.name.removesuffix(SUFFIX) + SUFFIX)
    if target.exists():
        raise InputRefusedError([f"{target}: is there already; an export is never written over another file"])
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise InputRefusedError([f"{target}: cannot be written; name a file in a folder that is there and can be written to"])
    wanted = _export_of(bridge, request, device, form)
    outcome = bridge.carry_out([ShellExport(by=proven(bridge, request), query=wanted)])
    made, read = _made(outcome.events)
    bridge.carry_out([], [artefact_record(Artefact(what="export", path=absolute(target), cases=(made.case,), grant=made.grant))])
    grant = bridge.room.grants.grant(made.grant)
    mark = Mark(
        export=made.export,
        user=made.user,
        at_us=outcome.taken.now_us,
        request=grant.request or grant.grant,
        recipient=made.recipient,
        destroy_by_us=made.destroy_by_us,
    )
    passphrase = new_passphrase()
    stored = bridge.archive.read(device, read.from_us or 0, read.to_us or 0)
    key = bridge.reader.newest(SIGNING_KEY)
    file, _ = sealed_export(stored, form, mark, passphrase, None if key is None else key.body)
    try:
        target.touch(mode=0o600, exist_ok=False)
        target.write_bytes(file)
    except OSError as error:
        raise InputRefusedError([f"{target}: cannot be written: {error.strerror}; {made.export} stands in the register"]) from None
    emit.out(f"{target}: {made.export}, {len(stored.fixes):,} fixes of {device}, to be destroyed by {text_of_us(made.destroy_by_us)}")
    emit.out(passphrase)
    return 0


def _export_of(bridge: Bridge, request: Request, device: DeviceId, form: str) -> MakeExport:
    grant = bridge.room.grants.grants.get(_text(request, "grant"))  # type: ignore[call-overload]  # a text is what a grant's id is
    carriers = bridge.room.registry.carriers(device)
    if grant is None or not any(each.case == grant.case and each.person == grant.person for each in carriers):
        raise InputRefusedError([f"--grant {_text(request, 'grant')}: no access of that name is about whoever wears {device}"])
    return MakeExport(
        case=grant.case,
        person=grant.person,
        from_us=_instant(request, "from"),
        to_us=_instant(request, "to"),
        form=form,
        recipient=_text(request, "recipient"),
    )


def _made(events: tuple[Event, ...]) -> tuple[ExportMade, DataRead]:
    made = next((event for event in events if isinstance(event, ExportMade)), None)
    read = next((event for event in events if isinstance(event, DataRead)), None)
    if made is None or read is None:
        code = next((event.code for event in events if isinstance(event, ActRefused)), Code.NOT_ALLOWED.value)
        raise InputRefusedError([SENTENCES[Code(code)].format(which="export")])
    return made, read


def _ground(word: str) -> Ground:
    if word not in {ground.value for ground in Ground}:
        raise InputRefusedError([f"--ground {word}: must be one of {', '.join(ground.value for ground in Ground)}"])
    return Ground(word)


def _case(request: Request) -> CaseId:
    return CaseId(_text(request, "case"))


def _instant(request: Request, name: str) -> int:
    try:
        return us_of_text(_text(request, name))
    except ValueError as error:
        raise InputRefusedError([f"--{name}: {error}"]) from None


def _text(request: Request, name: str) -> str:
    value = request.arguments.get(name)
    if not isinstance(value, str) or not value.strip():
        raise InputRefusedError([f"{name.replace('_', '-')} is missing"])
    return value
