"""Who is connected to the gate, since when something was last heard, and how much each gateway sends."""

from dataclasses import dataclass
from typing import Final

from backend_bridge.domain.identifiers import GatewayName

SILENT_AFTER_S: Final = 3.0
"""A connection without a sign of life for so long is down."""
_MOST_LINKS: Final = 2048
_MOST_LINKS_A_GATEWAY: Final = 16


@dataclass(slots=True)
class Link:
    """One connection that a known key has sent something on."""

    connection: bytes
    gateway: GatewayName
    key: str
    heard_at: float
    descriptor: int
    peer: object
    """Address and port at the other end, by which a descriptor that was used again is told."""
    said_hello: bool = False


class Links:
    """The connections that are up, by routing id; times are seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._links: dict[bytes, Link] = {}

    def get(self, connection: bytes) -> Link | None:
        """The link on a connection."""
        return self._links.get(connection)

    def open(self, link: Link) -> bool:
        """Enter a link; False when there are too many."""
        n_same = sum(other.gateway == link.gateway for other in self._links.values())
        if len(self._links) >= _MOST_LINKS or n_same >= _MOST_LINKS_A_GATEWAY:
            return False
        self._links[link.connection] = link
        return True

    def close(self, connection: bytes) -> None:
        """Forget a link."""
        self._links.pop(connection, None)

    def all(self) -> tuple[Link, ...]:
        """Every link, the oldest first."""
        return tuple(self._links.values())

    def newest_of(self, gateway: GatewayName) -> Link | None:
        """The link of a gateway that was opened last and has said hello."""
        return next((link for link in reversed(self._links.values()) if link.gateway == gateway and link.said_hello), None)

    def silent(self, now: float) -> list[Link]:
        """The links without a sign of life for too long."""
        return [link for link in self._links.values() if now - link.heard_at >= SILENT_AFTER_S]


class Allowance:
    """Two token buckets: messages and bytes a second, with a burst of as much as two seconds bring."""

    __slots__ = ("_left", "_most", "_rates", "_since")

    def __init__(self, messages_per_s: float, bytes_per_s: float, now: float) -> None:
        self._rates = (messages_per_s, bytes_per_s)
        self._most = (2 * messages_per_s, 2 * bytes_per_s)
        self._left = self._most
        self._since = now

    def spend(self, n_bytes: int, now: float) -> bool:
        """Whether one more message of so many bytes is allowed now."""
        passed = now - self._since
        self._since = now
        messages = min(self._most[0], self._left[0] + passed * self._rates[0]) - 1
        volume = min(self._most[1], self._left[1] + passed * self._rates[1]) - n_bytes
        is_allowed = messages >= 0 and volume >= 0
        self._left = (messages, volume) if is_allowed else (max(messages, 0.0), max(volume, 0.0))
        return is_allowed
