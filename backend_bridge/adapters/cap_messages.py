"""Alerts to other centres in the Common Alerting Protocol 1.2 (ITU-T X.1303)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.outcomes.effects import SendMessage
from backend_bridge.domain.quantities import MICROSECONDS

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapOrigin:
    """Who sends, and when, in microseconds of UTC."""

    sender: str
    sent_us: int


def cap_alert(message: SendMessage, origin: CapOrigin) -> bytes:
    """The alert as UTF-8 XML: `Exercise` for training, `Private` always, its identifier the message's key."""
    ET.register_namespace("", NAMESPACE)
    alert = ET.Element(f"{{{NAMESPACE}}}alert")
    red = message.level is AlarmLevel.RED
    _texts(
        alert,
        ("identifier", _safe(message.key)),
        ("sender", _safe(origin.sender)),
        ("sent", _time(origin.sent_us)),
        ("status", "Exercise" if message.exercise else "Actual"),
        ("msgType", "Alert"),
        ("scope", "Private"),
        ("addresses", _safe(message.recipient)),
    )
    info = ET.SubElement(alert, f"{{{NAMESPACE}}}info")
    _texts(
        info,
        ("language", "ko-KR"),
        ("category", "Safety"),
        ("event", "monitored person" if red else "monitored person, look"),
        ("urgency", "Immediate" if red else "Expected"),
        ("severity", "Extreme" if red else "Moderate"),
        ("certainty", "Observed" if red else "Possible"),
        ("description", message.text),
    )
    if message.place is not None:
        area = ET.SubElement(info, f"{{{NAMESPACE}}}area")
        radius_km = (message.radius_m or 0.0) / 1000.0
        _texts(
            area,
            ("areaDesc", _safe(message.case or message.recipient)),
            ("circle", f"{message.place.lat_deg:.6f},{message.place.lon_deg:.6f} {radius_km:.3f}"),
        )
    xml: bytes = ET.tostring(alert, encoding="utf-8", xml_declaration=True)
    return xml


def _texts(parent: ET.Element, *pairs: tuple[str, str]) -> None:
    for name, text in pairs:
        ET.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = text


def _safe(text: str) -> str:
    """CAP forbids blanks, commas, < and & in identifiers and addresses."""
    return "".join("-" if c in " ,<&" else c for c in text)


def _time(at_us: int) -> str:
    """CAP's time: whole seconds with a numeric offset, never `Z`."""
    return datetime.fromtimestamp(at_us // MICROSECONDS, UTC).strftime("%Y-%m-%dT%H:%M:%S-00:00")
