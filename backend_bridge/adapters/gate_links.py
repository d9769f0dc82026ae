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
    said_hello: bool = False


class Links:
    """The connections that are up, by routing id; times are seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._links: dict[bytes, Link] = {}

    def get(self, connection: bytes) -> Link | None:
        """The link on a connection."""
        return self._links.get(connection)

    def open(self, connection: bytes, gateway: GatewayName, key: str, now: float) -> Link | None:
        """Enter a link; None when there are too many."""
        n_same = sum(link.gateway == gateway for link in self._links.values())
        if len(self._links) >= _MOST_LINKS or n_same >= _MOST_LINKS_A_GATEWAY:
            return None
        link = self._links[connection] = Link(connection, gateway, key, now)
        return link

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
    """A token bucket: `rate` messages a second, `burst` at once."""

    __slots__ = ("_burst", "_left", "_rate", "_since")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._left = burst
        self._since = now

    def spend(self, now: float) -> bool:
        """Whether one more message is allowed now."""
        self._left = min(self._burst, self._left + (now - self._since) * self._rate)
        self._since = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
