"""Feeds of protected persons' apps and the app gateways, as records of the store."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from backend_bridge.adapters.store import Record
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.domain.identifiers import PersonId

PAIR_WITHIN_US: Final = 24 * 3600 * 1_000_000
"""How long the code of a QR code is good for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One app of one protected person."""

    feed: str
    """32 hexadecimal digits; says nothing about the person."""
    person: PersonId
    code: str | None
    """The secret of the QR code in hexadecimal; None once it was used."""
    made_us: int
    app_public: str | None = None
    """The app's public key in hexadecimal; None before it was paired."""
    up_count: int = 0
    """Count of the newest message from the app."""
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AppGateway:
    """A gateway that carries sealed feeds."""

    name: str
    public_key: str
    """Z85; empty for one that may come in no longer."""


class AppBook:
    """All of it by name; read from any thread, changed by whoever also stores the record."""

    def __init__(self, reader: StoreReader) -> None:
        self._reader = reader
        self._lock = threading.Lock()
        self.feeds: Mapping[str, Feed] = {}
        self.gateways: Mapping[str, str] = {}
        """Public key → name."""
        self.reload()

    def reload(self) -> None:
        """Read everything anew."""
        feeds = {kept.name: msgspec.json.decode(kept.body, type=Feed) for kept in self._reader.newest_by_name("app-feed")}
        gates = [msgspec.json.decode(kept.body, type=AppGateway) for kept in self._reader.newest_by_name("app-gateway")]
        with self._lock:
            self.feeds = feeds
            self.gateways = {gate.public_key: gate.name for gate in gates if gate.public_key}

    def put(self, feed: Feed) -> Record:
        """Take a changed feed in; the record to be stored."""
        with self._lock:
            self.feeds = {**self.feeds, feed.feed: feed}
        return feed_record(feed)


def feed_record(feed: Feed) -> Record:
    """The feed as it is stored."""
    return Record(kind="app-feed", name=feed.feed, body=msgspec.json.encode(feed))


def gateway_record(gateway: AppGateway) -> Record:
    """The gateway as it is stored."""
    return Record(kind="app-gateway", name=gateway.name, body=msgspec.json.encode(gateway))
