"""Files of device events: one JSON object a line."""

import json
from pathlib import Path

from backend_bridge.adapters.json_fields import Fields, Problems, is_device_id, json_of_text, text_of_file
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.time_text import text_of_us, us_of_text
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixSource
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.quantities import LatLon

_SOURCES = {source.name.lower(): source for source in FixSource if source is not FixSource.UNKNOWN}


def read_event_file(path: Path) -> tuple[DeviceEvent, ...]:
    """The events of a file, sorted by `received_us` and within it as they stand; raises `InputRefusedError`."""
    problems = Problems()
    events = []
    for number, line in enumerate(text_of_file(path).split("\n"), start=1):
        if line.strip():
            events.append(_event_of_line(line, f"{path}: row {number}", problems))
    if problems.sentences:
        raise InputRefusedError(problems.sentences[:20])
    whole = (event for event in events if event is not None)
    return tuple(sorted(whole, key=lambda event: event.received_us))


def _event_of_line(line: str, where: str, problems: Problems) -> DeviceEvent | None:
    try:
        document = json_of_text(line)
    except (ValueError, RecursionError) as error:
        problems.add(f"{where}:", f"is not JSON: {error}")
        return None
    fields = Fields(document, where, problems)
    device = fields.device("device")
    measured = fields.instant("measured_at")
    received = fields.instant("received_at", required=False)
    kind = fields.choice("kind", DeviceEventKind)
    for key, instant in (("measured_at", measured), ("received_at", received)):
        if instant is not None and instant < us_of_text("2000-01-01T00:00:00Z"):
            fields.wrong(key, "must be a time from the year 2000 on")
    value = None if kind is None else _value_of(fields, kind)
    place, accuracy, source = _place_of(fields)
    if device is None or measured is None or kind is None or fields.n_wrong:
        return None
    return DeviceEvent(
        device=DeviceId(device),
        measured_us=measured,
        kind=kind,
        value=value,
        place=place,
        accuracy_m=accuracy,
        source=source,
        received_us=measured if received is None else received,
    )


def _value_of(fields: Fields, kind: DeviceEventKind) -> float | str | None:
    if kind is DeviceEventKind.BATTERY:
        return fields.number("value", low=0, high=100)
    if kind is DeviceEventKind.BEACON_CONTACT:
        other = fields.text("value", longest=64)
        if other is not None and not is_device_id(other):
            fields.wrong("value", "must be the other device's id")
        return other
    return fields.number("value", low=-1e300, high=1e300, required=False)


def _place_of(fields: Fields) -> tuple[LatLon | None, float | None, FixSource]:
    lat = fields.number("lat", low=-90, high=90, required=fields.has("lon"))
    lon = fields.number("lon", low=-180, high=180, required=fields.has("lat"))
    accuracy = fields.number("accuracy_m", low=0, high=1e7, required=False)
    word = fields.text("source", required=False, longest=16)
    if word is not None and word not in _SOURCES:
        fields.wrong("source", f"must be one of {' '.join(_SOURCES)}")
    source = FixSource.UNKNOWN if word is None else _SOURCES.get(word, FixSource.UNKNOWN)
    place = None if lat is None or lon is None else LatLon(lat_deg=lat, lon_deg=lon)
    return place, accuracy, source


def event_line(event: DeviceEvent) -> str:
    """The event as a line of such a file, without its end."""
    document: dict[str, object] = {
        "device": event.device,
        "measured_at": text_of_us(event.measured_us),
        "kind": event.kind.value,
        "value": event.value,
        "lat": None if event.place is None else event.place.lat_deg,
        "lon": None if event.place is None else event.place.lon_deg,
        "accuracy_m": event.accuracy_m,
        "source": None if event.source is FixSource.UNKNOWN else event.source.name.lower(),
        "received_at": text_of_us(event.received_us),
    }
    known = {key: value for key, value in document.items() if value is not None}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
