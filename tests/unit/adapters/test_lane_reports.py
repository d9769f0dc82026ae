"""Device events off the wire, field by field."""

import math

import msgspec
import pytest
from lane_bodies import NOW_US, codes, verdicts

from backend_bridge.adapters.lane_packing import packed_reports, report_messages
from backend_bridge.adapters.lane_reports import decode_reports
from backend_bridge.adapters.lane_rows import Decoded
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.domain.arrivals import RejectCode
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixSource
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.quantities import LatLon

SCHEMA, RANGE, MALFORMED = RejectCode.SCHEMA, RejectCode.RANGE, RejectCode.MALFORMED
SOS = {"device": "VIC-0001", "measured_at": text_of_us(NOW_US), "kind": "sos"}
pack = msgspec.msgpack.encode


def decoded(body: bytes) -> Decoded:
    return decode_reports(body, NOW_US, verdicts())


def test_events_arrive_as_they_were_sent() -> None:
    event = DeviceEvent(
        device=DeviceId("VIC-0001"),
        measured_us=NOW_US - 250_000,
        kind=DeviceEventKind.BEACON_CONTACT,
        value="ANK-0001",
        place=LatLon(lat_deg=37.5, lon_deg=127.0),
        accuracy_m=12.0,
        source=FixSource.WIFI,
        received_us=NOW_US,
    )
    assert decoded(packed_reports([event])).events == (event,)
    assert sum(len(decoded(body).events) for body in report_messages([event] * 750)) == 750


@pytest.mark.parametrize("kind", list(DeviceEventKind))
def test_every_kind_is_known(kind: DeviceEventKind) -> None:
    value = {"battery": 50, "beacon_contact": "ANK-0001"}.get(kind)
    found = decoded(pack([{**SOS, "kind": kind, "value": value}]))
    assert [event.kind for event in found.events] == [kind]


def test_unknown_keys_are_ignored() -> None:
    assert len(decoded(pack([{**SOS, "colour": {"deep": [1, None]}}])).events) == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        *(({key: value for key, value in SOS.items() if key != missing}, SCHEMA) for missing in SOS),
        *(({**SOS, name: None}, SCHEMA) for name in SOS),
        ({**SOS, "device": 7}, SCHEMA),
        ({**SOS, "kind": "hungry"}, SCHEMA),
        ({**SOS, "measured_at": NOW_US}, SCHEMA),
        ({**SOS, "measured_at": "2026-11-23T07:36:00"}, SCHEMA),
        ({**SOS, "measured_at": "2026-13-23T07:36:00Z"}, SCHEMA),
        ({**SOS, "measured_at": "1999-12-31T23:59:59Z"}, RANGE),
        ({**SOS, "device": "V 1"}, RANGE),
        ({**SOS, "kind": "battery"}, SCHEMA),
        ({**SOS, "kind": "battery", "value": True}, SCHEMA),
        ({**SOS, "kind": "battery", "value": "50"}, SCHEMA),
        *(({**SOS, "kind": "battery", "value": value}, RANGE) for value in (-1, 100.5, math.nan, math.inf)),
        ({**SOS, "kind": "beacon_contact", "value": 5}, SCHEMA),
        ({**SOS, "kind": "beacon_contact"}, SCHEMA),
        ({**SOS, "kind": "beacon_contact", "value": "no device"}, RANGE),
        ({**SOS, "value": math.nan}, RANGE),
        ({**SOS, "value": "loud"}, SCHEMA),
        ({**SOS, "lat": 37.5}, SCHEMA),
        ({**SOS, "lat": "37.5", "lon": 127.0}, SCHEMA),
        *(({**SOS, "lat": value, "lon": 127.0}, RANGE) for value in (91, math.nan)),
        ({**SOS, "accuracy_m": -1}, RANGE),
        ({**SOS, "source": "moon"}, SCHEMA),
        ({**SOS, "measured_at": text_of_us(NOW_US + 60_000_001)}, RejectCode.FUTURE),
        ({**SOS, "device": "BUS-1"}, RejectCode.NOT_YOURS),
        ({**SOS, "device": "CAT-1"}, RejectCode.UNKNOWN_DEVICE),
        (7, SCHEMA),
        ([], SCHEMA),
        ({1: 2}, SCHEMA),
    ],
)
def test_one_bad_event_is_named_and_those_beside_it_are_kept(row: object, code: RejectCode) -> None:
    found = decoded(pack([SOS, row, SOS]))
    assert codes(found) == [(1, code)]
    assert found.kept_rows.tolist() == [0, 2]


@pytest.mark.parametrize(("good", "bad"), [(b"sos", b"s\xffs"), (b"kind", b"k\xffnd"), (b"VIC", b"\xed\xa0\x80")])
def test_a_text_that_is_not_utf_8_is_malformed_and_the_events_beside_it_are_kept(good: bytes, bad: bytes) -> None:
    found = decoded(b"\x92" + pack(SOS).replace(good, bad) + pack(SOS))
    assert codes(found) == [(0, MALFORMED)]
    assert found.kept_rows.tolist() == [1]


def test_a_field_that_stands_twice_is_refused() -> None:
    pairs = [pack(part) for part in ("device", "VIC-0001", "measured_at", SOS["measured_at"], "kind", "sos", "kind", "test")]
    assert codes(decoded(b"\x91\x84" + b"".join(pairs))) == [(0, SCHEMA)]


@pytest.mark.parametrize(
    "body", [b"", b"\xc1", pack(SOS), pack([SOS])[:-1], pack([SOS]) + b"\x00", b"\x91" * 60_000, b"\xdd\xff\xff\xff\xff"]
)
def test_what_is_no_list_of_maps_is_malformed(body: bytes) -> None:
    assert codes(decoded(body)) == [(None, MALFORMED)]


def test_too_many_events_are_too_large() -> None:
    assert codes(decoded(pack([None] * 5001))) == [(None, RejectCode.TOO_LARGE)]
    assert codes(decoded(bytes(65_537))) == [(None, RejectCode.TOO_LARGE)]


def test_an_empty_list_is_fine() -> None:
    found = decoded(pack([]))
    assert (found.events, found.bad) == ((), ())
