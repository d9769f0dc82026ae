"""Bodies of lane A: a msgpack list of device events, each checked field by field."""

import math
from collections.abc import Mapping
from typing import Final

import msgspec
import numpy as np

from backend_bridge.adapters.lane_rows import (
    EARLIEST_US,
    EARLY_DETAIL,
    FUTURE_DETAIL,
    MOST_AHEAD_US,
    MOST_BODY_BYTES,
    MOST_ROWS,
    OWNERSHIP_DETAIL,
    Decoded,
    refused,
)
from backend_bridge.adapters.time_text import us_of_text
from backend_bridge.domain.arrivals import BadRow, RejectCode
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixSource
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.lanes.ownership import is_device_id
from backend_bridge.domain.quantities import LatLon

_KINDS: Final[Mapping[str, DeviceEventKind]] = {str(kind): kind for kind in DeviceEventKind}
_SOURCES: Final = {"gnss": FixSource.GNSS, "wifi": FixSource.WIFI, "cell": FixSource.CELL, "beacon": FixSource.BEACON}
_LIST: Final = msgspec.msgpack.Decoder(list[msgspec.Raw])
_MAP: Final = msgspec.msgpack.Decoder(dict[str, object])


class _RowRefusedError(Exception):
    def __init__(self, code: RejectCode, detail: str) -> None:
        self.code = code
        self.detail = detail
        super().__init__(detail)


def decode_reports(body: bytes, now_us: int, verdicts: Mapping[str, RejectCode | None]) -> Decoded:
    """The device events of a body; `received_us` of each is `now_us`. Never raises, whatever the bytes are."""
    if len(body) > MOST_BODY_BYTES:
        return refused(RejectCode.TOO_LARGE, f"the body has {len(body)} bytes; at most {MOST_BODY_BYTES} are taken")
    try:
        rows = _LIST.decode(body)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return refused(RejectCode.MALFORMED, "the body is not a msgpack list of maps")
    if len(rows) > MOST_ROWS:
        return refused(RejectCode.TOO_LARGE, f"the list has {len(rows)} events; at most {MOST_ROWS} are taken")
    return _decoded(rows, now_us, verdicts)


def _decoded(rows: list[msgspec.Raw], now_us: int, verdicts: Mapping[str, RejectCode | None]) -> Decoded:
    events: list[DeviceEvent] = []
    kept: list[int] = []
    bad: list[BadRow] = []
    for index, row in enumerate(rows):
        try:
            events.append(_event(row, now_us, verdicts))
            kept.append(index)
        except _RowRefusedError as error:
            bad.append(BadRow(row=index, code=error.code, detail=error.detail))
    return Decoded(events=tuple(events), kept_rows=np.array(kept, np.int32), bad=tuple(bad))


def _event(row: msgspec.Raw, now_us: int, verdicts: Mapping[str, RejectCode | None]) -> DeviceEvent:
    fields = _fields(row)
    device = _text(fields, "device")
    kind = _KINDS.get(_text(fields, "kind"))
    if kind is None:
        raise _RowRefusedError(RejectCode.SCHEMA, f"kind: must be one of {' '.join(_KINDS)}")
    measured_us = _instant(_text(fields, "measured_at"))
    source = _source(fields)
    value = _value(fields, kind)
    place = _place(fields)
    accuracy_m = _number(fields, "accuracy_m", 0, 1e7)
    _check(device, measured_us, now_us, verdicts)
    return DeviceEvent(
        device=DeviceId(device),
        measured_us=measured_us,
        kind=kind,
        value=value,
        place=place,
        accuracy_m=accuracy_m,
        source=source,
        received_us=now_us,
    )


def _fields(row: msgspec.Raw) -> dict[str, object]:
    """The map of one event; a key that stands twice is refused, because nobody can say which value is meant."""
    try:
        fields = _MAP.decode(row)
    except UnicodeDecodeError:
        raise _RowRefusedError(RejectCode.MALFORMED, "a text of the event is not UTF-8") from None
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise _RowRefusedError(RejectCode.SCHEMA, "the event must be a map with texts as keys") from None
    if len(fields) != map_length(bytes(row)):
        raise _RowRefusedError(RejectCode.SCHEMA, "a field of the event stands twice")
    return fields


def map_length(packed: bytes) -> int:
    """How many pairs the msgpack map that starts at `packed[0]` claims to have; −1 when it is no map."""
    first = packed[0] if packed else 0
    if first & 0xF0 == 0x80:
        return first & 0x0F
    if first in {0xDE, 0xDF}:
        return int.from_bytes(packed[1 : 3 if first == 0xDE else 5], "big")
    return -1


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise _RowRefusedError(RejectCode.SCHEMA, f"{name}: " + ("is missing" if value is None else "must be a text"))
    return value


def _number(fields: Mapping[str, object], name: str, low: float, high: float) -> float | None:
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _RowRefusedError(RejectCode.SCHEMA, f"{name}: must be a number")
    if not low <= value <= high or not math.isfinite(value):
        raise _RowRefusedError(
            RejectCode.RANGE, f"{name}: must be a finite number" + ("" if high > 1e300 else f" from {low:g} to {high:g}")
        )
    return float(value)


def _instant(text: str) -> int:
    try:
        measured_us = us_of_text(text)
    except ValueError:
        detail = "measured_at: must be RFC 3339 text such as 2026-11-23T07:36:00.250Z"
        raise _RowRefusedError(RejectCode.SCHEMA, detail) from None
    if measured_us < EARLIEST_US:
        raise _RowRefusedError(RejectCode.RANGE, EARLY_DETAIL)
    return measured_us


def _source(fields: Mapping[str, object]) -> FixSource:
    if fields.get("source") is None:
        return FixSource.UNKNOWN
    source = _SOURCES.get(_text(fields, "source"))
    if source is None:
        raise _RowRefusedError(RejectCode.SCHEMA, "source: must be gnss, wifi, cell or beacon")
    return source


def _value(fields: Mapping[str, object], kind: DeviceEventKind) -> float | str | None:
    if kind is DeviceEventKind.BEACON_CONTACT:
        other = _text(fields, "value")
        if not is_device_id(other):
            raise _RowRefusedError(RejectCode.RANGE, "value: must be the other device's id, 1–64 of A–Z a–z 0–9 . _ -")
        return other
    if kind is DeviceEventKind.BATTERY:
        level = _number(fields, "value", 0, 100)
        if level is None:
            raise _RowRefusedError(RejectCode.SCHEMA, "value: is missing; a battery event says how full it is, 0–100")
        return level
    return _number(fields, "value", -math.inf, math.inf)


def _place(fields: Mapping[str, object]) -> LatLon | None:
    lat_deg = _number(fields, "lat", -90, 90)
    lon_deg = _number(fields, "lon", -180, 180)
    if lat_deg is None and lon_deg is None:
        return None
    if lat_deg is None or lon_deg is None:
        raise _RowRefusedError(RejectCode.SCHEMA, "lat, lon: one of them is missing")
    return LatLon(lat_deg=lat_deg, lon_deg=lon_deg)


def _check(device: str, measured_us: int, now_us: int, verdicts: Mapping[str, RejectCode | None]) -> None:
    verdict = verdicts[device]
    if verdict is RejectCode.RANGE:
        raise _RowRefusedError(verdict, OWNERSHIP_DETAIL[verdict])
    if measured_us > now_us + MOST_AHEAD_US:
        raise _RowRefusedError(RejectCode.FUTURE, FUTURE_DETAIL)
    if verdict is not None:
        raise _RowRefusedError(verdict, OWNERSHIP_DETAIL[verdict])
