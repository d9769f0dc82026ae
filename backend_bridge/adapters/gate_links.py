"""Who is connected to the gate, since when something was last heard, and how much each gateway sends.

What a connection sent before it ended waits in the library's memory and is read for a long time after a flood. None of that is
a sign of life: whether a connection lives is asked of the machine's own TCP.
"""

from dataclasses import dataclass
from typing import Final

from backend_bridge.adapters.gate_socket import peer_of, silent_s
from backend_bridge.domain.identifiers import GatewayName

SILENT_AFTER_S: Final = 3.0
"""A connection without a sign of life for so long is down."""
_LOOK_EVERY_S: Final = 0.25
_MOST_LINKS: Final = 2048
_MOST_LINKS_A_GATEWAY: Final = 16
_MOST_ENDED: Final = 16_384


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


@dataclass(frozen=True, slots=True)
class Ended:
    """A connection that is no more."""

    link: Link
    taken_until: float
    """Until when data that it had sent is still taken; a gateway sends again what is not."""


class Links:
    """The connections that are up, by routing id; times are seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._links: dict[bytes, Link] = {}
        self._ended: dict[bytes, Ended] = {}
        self._looked_at = 0.0

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

    def end(self, link: Link, taken_until: float = 0.0) -> None:
        """A connection is no more; what it had sent never opens a link again."""
        self._links.pop(link.connection, None)
        self._ended[link.connection] = Ended(link, taken_until)
        if len(self._ended) > _MOST_ENDED:
            del self._ended[next(iter(self._ended))]

    def ended(self, connection: bytes) -> Ended | None:
        """The connection, if it is one that ended."""
        return self._ended.get(connection)

    def all(self) -> tuple[Link, ...]:
        """Every link, the oldest first."""
        return tuple(self._links.values())

    def newest_of(self, gateway: GatewayName) -> Link | None:
        """The link of a gateway that was opened last and has said hello."""
        return next((link for link in reversed(self._links.values()) if link.gateway == gateway and link.said_hello), None)

    def over(self, now: float) -> list[tuple[Link, str]]:
        """The links that do not live any more, each with the reason: `closed` by the peer, or `silent`; four looks a second."""
        if now - self._looked_at < _LOOK_EVERY_S:
            return []
        self._looked_at = now
        return [(link, reason) for link in self._links.values() if (reason := _why_over(link, now)) is not None]


def _why_over(link: Link, now: float) -> str | None:
    if peer_of(link.descriptor) != link.peer:
        return "closed"
    return "silent" if max(now - link.heard_at, silent_s(link.descriptor)) >= SILENT_AFTER_S else None


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
