"""The bridge's books as records of the store: gateways, desks, its own key, cases; the newest record of a name counts."""

import threading
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from backend_bridge.adapters.case_files import bytes_of_case
from backend_bridge.adapters.store import Record
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.domain.identifiers import GatewayName
from backend_bridge.domain.lanes.enrolment import Enrolments, GatewayEnrolment
from backend_bridge.domain.outcomes.bridge_events import CaseRegistered, DeskEnrolled, GatewayEnrolled, GatewayRevoked
from backend_bridge.domain.outcomes.events import Event

BRIDGE_KEY: Final = "bridge-key"


class _Gateway(msgspec.Struct, frozen=True, kw_only=True):
    public_key: str
    devices: str
    revoked: bool = False


def book_records(events: Sequence[Event], now_us: int) -> list[Record]:
    """The records that go with events about who is let in and which cases there are."""
    records = []
    for event in events:
        match event:
            case GatewayEnrolled():
                body = msgspec.json.encode(_Gateway(public_key=event.public_key, devices=event.devices))
                records.append(Record(kind="gateway", name=event.gateway, body=body))
            case GatewayRevoked():
                body = msgspec.json.encode(_Gateway(public_key="", devices="", revoked=True))
                records.append(Record(kind="gateway", name=event.gateway, body=body))
            case DeskEnrolled():
                records.append(Record(kind="desk", name=event.desk, body=event.public_key.encode()))
            case CaseRegistered():
                body = bytes_of_case(event.content)
                records.append(
                    Record(
                        kind="case",
                        name=event.case,
                        from_us=now_us,
                        to_us=now_us,
                        size=event.version,
                        cases=frozenset({event.case}),
                        body=body,
                    )
                )
            case _:
                pass
    return records


def patterns_of(devices: str) -> tuple[str, ...]:
    """The shell patterns of a comma-separated list."""
    return tuple(pattern.strip() for pattern in devices.split(",") if pattern.strip())


class EnrolmentBook:
    """Who is let in now; read from any thread, changed by the engine's."""

    def __init__(self, reader: StoreReader) -> None:
        self._lock = threading.Lock()
        gateways = {record.name: msgspec.json.decode(record.body, type=_Gateway) for record in reader.newest_by_name("gateway")}
        self._gateways = {name: _enrolment(name, kept.public_key, kept.devices) for name, kept in gateways.items() if not kept.revoked}
        self._desks = {record.name: record.body.decode() for record in reader.newest_by_name("desk")}
        self._published: Enrolments = tuple(self._gateways.values())
        self._desks_by_key: Mapping[str, str] = {key: name for name, key in self._desks.items()}

    def take(self, events: Sequence[Event]) -> bool:
        """Enter what was committed; whether a gateway or desk was concerned."""
        changed = False
        with self._lock:
            for event in events:
                match event:
                    case GatewayEnrolled():
                        self._gateways[event.gateway] = _enrolment(event.gateway, event.public_key, event.devices)
                    case GatewayRevoked():
                        self._gateways.pop(event.gateway, None)
                    case DeskEnrolled():
                        self._desks[event.desk] = event.public_key
                    case _:
                        continue
                changed = True
            if changed:
                self._published = tuple(self._gateways.values())
                self._desks_by_key = {key: name for name, key in self._desks.items()}
        return changed

    def revoke(self, events: Sequence[Event]) -> None:
        """Enter the revocations among what is decided and not on disk yet: whoever may not come in is not let in meanwhile."""
        self.take([event for event in events if isinstance(event, GatewayRevoked)])

    def gateways(self) -> Enrolments:
        """The gateways that are let in."""
        return self._published

    def desks(self) -> Mapping[str, str]:
        """The desks that are let in: public key → name."""
        return self._desks_by_key


def _enrolment(name: str, public_key: str, devices: str) -> GatewayEnrolment:
    return GatewayEnrolment(gateway=GatewayName(name), public_key=public_key, devices=patterns_of(devices))
