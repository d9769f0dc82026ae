"""Cursor-on-Target events: what police units' terminals report, and the places that they are sent to."""

import math
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from backend_bridge.application.inbox import EffectReport, UnitReport
from backend_bridge.domain.identifiers import UnitId
from backend_bridge.domain.outcomes.effects import SendDispatch
from backend_bridge.domain.quantities import MICROSECONDS, LatLon

UNIT_STATES = frozenset({"free", "en-route", "on-scene", "busy", "off"})
DISPATCH_STATES = frozenset({"delivered", "accepted", "refused", "en-route", "on-scene", "done"})
UNKNOWN_ERROR = "9999999.0"
MAX_EVENT_BYTES = 65_536


class CotRefused(ValueError):
    """A message that is no Cursor-on-Target event, or one whose values cannot be right."""


def report_of(event: bytes, received_us: int) -> UnitReport | EffectReport | None:
    """What a unit's event says of itself or of a dispatch that it was sent; None for a ping and other events.

    Raises CotRefused.
    """
    root = _parsed(event)
    answer = root.find("./detail/bongsu_dispatch")
    if answer is not None:
        return _answered(answer.get("key", ""), answer.get("state", ""))
    if not root.get("type", "").startswith("a-f-G"):
        return None
    point, uid = root.find("point"), root.get("uid", "")
    if point is None or not 1 <= len(uid) <= 128:
        raise CotRefused("a unit's event needs a uid and a point")
    contact, state = root.find("./detail/contact"), root.find("./detail/bongsu_unit")
    said = None if state is None else state.get("state")
    if said is not None and said not in UNIT_STATES:
        raise CotRefused(f"a unit's state must be one of {', '.join(sorted(UNIT_STATES))}")
    return UnitReport(
        unit=UnitId(uid),
        callsign=(uid if contact is None else contact.get("callsign", uid))[:64],
        position=_position(point),
        course_deg=_number(root.find("./detail/track"), "course", 0.0, 360.0),
        state=said,
        reported_us=received_us,
    )


def dispatch_event(dispatch: SendDispatch, sent_us: int) -> bytes:
    """The order to go to a place, for the terminal of one unit; valid for an hour."""
    sent = datetime.fromtimestamp(sent_us / MICROSECONDS, UTC)
    event = ET.Element(
        "event",
        version="2.0",
        uid=dispatch.key,
        type="b-m-p-w-GOTO",
        how="h-g-i-g-o",
        time=_time(sent),
        start=_time(sent),
        stale=_time(sent + timedelta(hours=1)),
    )
    place = {"lat": f"{dispatch.destination.lat_deg:.6f}", "lon": f"{dispatch.destination.lon_deg:.6f}"}
    ET.SubElement(event, "point", {**place, "hae": UNKNOWN_ERROR, "ce": UNKNOWN_ERROR, "le": UNKNOWN_ERROR})
    detail = ET.SubElement(event, "detail")
    ET.SubElement(detail, "contact", callsign=dispatch.label)
    ET.SubElement(detail, "bongsu_dispatch", key=dispatch.key, unit=dispatch.unit, incident=dispatch.incident)
    xml: bytes = ET.tostring(event, encoding="utf-8")
    return xml


def recall_event(key: str, unit: UnitId, sent_us: int) -> bytes:
    """The order to drop a dispatch; the terminal forgets the place."""
    sent = datetime.fromtimestamp(sent_us / MICROSECONDS, UTC)
    event = ET.Element(
        "event",
        version="2.0",
        uid=key,
        type="t-x-d-d",
        how="h-g-i-g-o",
        time=_time(sent),
        start=_time(sent),
        stale=_time(sent + timedelta(minutes=1)),
    )
    ET.SubElement(event, "point", lat="0.0", lon="0.0", hae=UNKNOWN_ERROR, ce=UNKNOWN_ERROR, le=UNKNOWN_ERROR)
    detail = ET.SubElement(event, "detail")
    ET.SubElement(detail, "bongsu_recall", key=key, unit=unit)
    xml: bytes = ET.tostring(event, encoding="utf-8")
    return xml


def split_events(stream: bytes) -> tuple[list[bytes], bytes]:
    """The whole events at the start of a stream, and the rest that waits for more.

    Raises CotRefused where no event can come of it any more.
    """
    *whole, rest = stream.split(b"</event>")
    if len(rest) > MAX_EVENT_BYTES or any(len(piece) > MAX_EVENT_BYTES for piece in whole):
        raise CotRefused("an event may have at most 64 KiB")
    return [piece.strip() + b"</event>" for piece in whole], rest


def _answered(key: str, state: str) -> EffectReport:
    if state not in DISPATCH_STATES or not 1 <= len(key) <= 256:
        raise CotRefused(f"an answer to a dispatch needs its key and a state of {', '.join(sorted(DISPATCH_STATES))}")
    return EffectReport(key=key, state=state)


def _parsed(event: bytes) -> ET.Element:
    if b"<!" in event:
        raise CotRefused("document types and entities are not read")
    try:
        root = ET.fromstring(event)  # noqa: S314 — entities are refused above
    except ET.ParseError as error:
        raise CotRefused("not well-formed XML") from error
    if root.tag != "event":
        raise CotRefused("the root must be <event>")
    return root


def _position(point: ET.Element) -> LatLon:
    lat, lon = _number(point, "lat", -90.0, 90.0), _number(point, "lon", -180.0, 180.0)
    if lat is None or lon is None:
        raise CotRefused("a point needs lat and lon")
    return LatLon(lat_deg=lat, lon_deg=lon)


def _number(element: ET.Element | None, name: str, least: float, most: float) -> float | None:
    text = None if element is None else element.get(name)
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError as error:
        raise CotRefused(f"{name} is not a number") from error
    if not math.isfinite(number) or not least <= number <= most:
        raise CotRefused(f"{name} must lie within {least:g} and {most:g}")
    return number


def _time(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
