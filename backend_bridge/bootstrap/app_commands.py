"""`bongsu-bridge app`: app gateways, pairing by QR code, and a supervisor's word on what apps may show."""

import secrets
from base64 import urlsafe_b64encode
from typing import Final

from backend_bridge.adapters.app_records import AppBook, AppGateway, Feed, feed_record, gateway_record
from backend_bridge.adapters.app_seal import FEED_BYTES, FeedSeals
from backend_bridge.adapters.curve_keys import checked_key
from backend_bridge.adapters.enrolment_records import BRIDGE_KEY
from backend_bridge.adapters.local_control import Emit, Request
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.store import Record
from backend_bridge.adapters.system_clock import SystemClock
from backend_bridge.application.inbox import NoteByOffice
from backend_bridge.bootstrap.bridge import Bridge
from backend_bridge.bootstrap.proven import decide
from backend_bridge.domain.case import Case
from backend_bridge.domain.commands import DecideDisclosure
from backend_bridge.domain.identifiers import CaseId, PersonId, UserId

_CODE_BYTES: Final = 16


def app_command(bridge: Bridge, request: Request, emit: Emit) -> int:
    """Carry out `app ACTION`; raises `InputRefusedError` with the sentence."""
    match _text(request, "action"):
        case "enrol-gateway":
            gateway = AppGateway(name=_text(request, "name"), public_key=checked_key(_text(request, "public_key"), "--public-key"))
            _note(bridge, request, ("APP_GATEWAY", None, None, gateway.name), [gateway_record(gateway)])
            emit.out(f"app gateway {gateway.name} may come in; the bridge's public key is")
            emit.out(bridge.public_key)
        case "pair":
            _pair(bridge, request, emit)
        case "unpair":
            _unpair(bridge, request, emit)
        case action:
            _decide(bridge, request, emit, action)
    return 0


def _pair(bridge: Bridge, request: Request, emit: Emit) -> None:
    case, person = _protected(bridge, request)
    feed, code = secrets.token_bytes(FEED_BYTES), secrets.token_bytes(_CODE_BYTES)
    made = Feed(feed=feed.hex(), person=person, code=code.hex(), made_us=_now_us(bridge))
    _note(bridge, request, ("APP_PAIRING", case.case, person, "a code to pair an app was made"), [feed_record(made)])
    kept = bridge.reader.newest(BRIDGE_KEY)
    public = FeedSeals(kept.body if kept is not None else b"").public
    url = _text(request, "url").rstrip("/")
    emit.out(f"{url}/#1.{feed.hex()}.{_base64(public)}.{_base64(code)}")


def _unpair(bridge: Bridge, request: Request, emit: Emit) -> None:
    person = PersonId(_text(request, "person"))
    feeds = [feed for feed in AppBook(bridge.reader).feeds.values() if feed.person == person and not feed.ended]
    if not feeds:
        raise InputRefusedError([f"PERSON {person}: no app is paired with this person"])
    ended = [feed_record(Feed(feed=one.feed, person=person, code=None, made_us=one.made_us, ended=True)) for one in feeds]
    _note(bridge, request, ("APP_ENDED", None, person, f"{len(ended)} apps are shown nothing more"), ended)
    emit.out(f"{len(ended)} apps of {person} are shown nothing more")


def _decide(bridge: Bridge, request: Request, emit: Emit, decision: str) -> None:
    """`approve` or `revoke`, by a supervisor who proves who they are."""
    case, person = _protected(bridge, request)
    command = DecideDisclosure(case=case.case, person=person, decision=decision, reason=_text(request, "reason"))
    decide(bridge, request, command)
    emit.out(f"{case.case}, {person}: {bridge.room.disclosures.rules[case.case, person].state}")


def _protected(bridge: Bridge, request: Request) -> tuple[Case, PersonId]:
    name, person = CaseId(_text(request, "case")), PersonId(_text(request, "person"))
    case = bridge.case(name)
    if case is None:
        raise InputRefusedError([f"CASE {name}: no case of that name is registered"])
    if all(party.person != person for party in case.protected):
        raise InputRefusedError([f"PERSON {person}: nobody of that name is protected in {name}"])
    return case, person


def _note(bridge: Bridge, request: Request, what: tuple[str, CaseId | None, PersonId | None, str], records: list[Record]) -> None:
    """Store the records together with the entry that says who did it."""
    label, case, person, text = what
    bridge.carry_out([NoteByOffice(by=UserId(request.user), case=case or CaseId(""), person=person, label=label, text=text)], records)


def _now_us(bridge: Bridge) -> int:
    return max(SystemClock().now_us(), bridge.reader.last_us())


def _base64(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def _text(request: Request, name: str) -> str:
    value = request.arguments.get(name)
    if not isinstance(value, str) or not value:
        raise InputRefusedError([f"{name} is missing"])
    return value
