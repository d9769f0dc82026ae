"""Handing out positions: only under a grant, within its period, marked with who, when and why, and entered with its end."""

from typing import Final

from backend_bridge.application.room_state import Room
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access.export_book import Export, Mark
from backend_bridge.domain.access.verdict import Verdict
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.queries import MakeExport
from backend_bridge.domain.retention import DataClass, policy_of
from backend_bridge.domain.user import User
from backend_bridge.domain.watching.registry import party_of

FORMS: Final = frozenset({"csv", "gpx", "geojson", "kml", "mfjson", "cot"})
_DAY_US: Final = 86_400 * MICROSECONDS


def device_of(query: MakeExport, room: Room) -> DeviceId:
    """The device of the person; refuses what cannot be exported."""
    if query.form not in FORMS:
        raise Refused(Code.UNKNOWN_FORM)
    if not query.recipient.strip():
        raise Refused(Code.NEEDS_RECIPIENT)
    if query.to_us <= query.from_us:
        raise Refused(Code.BAD_PERIOD)
    device = party_of(room.registry.case(query.case), query.person).device
    if device is None:
        raise Refused(Code.NO_DEVICE, query.person)
    return device


def enter(turn: Turn, query: MakeExport, user: User, verdict: Verdict) -> Mark:
    """Enter an export that is allowed; what it is marked with."""
    grant = turn.room.grants.grant(verdict.grant) if verdict.grant is not None else None
    if grant is None:
        raise Refused(Code.NOT_ALLOWED, "export")
    days = policy_of(turn.room.registry.case(query.case).jurisdiction).keep_days[DataClass.EXPORTS] or 90
    made = Export(
        export="",
        case=query.case,
        person=query.person,
        user=user.user,
        grant=grant.grant,
        recipient=query.recipient.strip(),
        made_us=turn.now_us,
        destroy_by_us=turn.now_us + days * _DAY_US,
    )
    entered = turn.room.exports.made(made, query.form, turn.decisions)
    return Mark(
        export=entered.export,
        user=user.user,
        at_us=turn.now_us,
        request=grant.request or grant.grant,
        recipient=entered.recipient,
        destroy_by_us=entered.destroy_by_us,
    )
