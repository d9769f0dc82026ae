"""What goes wrong at the gate, counted by kind, so that an attack fills a line of the log and not the log."""

from collections import Counter
from typing import Final

import zmq

from backend_bridge.domain.arrivals import PeerTrouble
from backend_bridge.domain.identifiers import GatewayName

_TELL_EVERY_S: Final = 10.0
MONITORED: Final[dict[int, str]] = {
    zmq.EVENT_HANDSHAKE_FAILED_AUTH: "handshake-failed",
    zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL: "handshake-failed",
    zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL: "handshake-failed",
    zmq.EVENT_DISCONNECTED: "disconnected",
    zmq.EVENT_ACCEPT_FAILED: "accept-failed",
}
"""Events of the socket monitor that are worth a count."""
_TROUBLES: Final = {
    "handshake-failed": "somebody connected without a CURVE handshake that could be finished",
    "disconnected": "connections ended",
    "accept-failed": "a connection could not be accepted; are there descriptors left?",
    "key-refused": "keys that are not enrolled knocked at the gateways' port",
    "authenticator-failed": "the check of a key failed inside; nobody was let in by it",
    "authenticator-restarted": "the thread that checks keys was gone and runs again; meanwhile nobody was let in",
    "not-enrolled": "messages came on a connection whose key is not enrolled any more; the connection was ended",
    "too-many-connections": "a gateway has more connections than it may have",
    "over-rate": "a gateway sent more than its allowance; its connection was ended",
    "over-credit": "a gateway sent more than its credit; messages were dropped",
    "gate-failed": "a message could not be handled inside; it was dropped and the gate went on",
    "unsent": "answers could not be delivered; they are repeated when asked for",
}


class Troubles:
    """Counts of what went wrong; times are seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, GatewayName | None]] = Counter()
        self._told_at: dict[tuple[str, GatewayName | None], float] = {}

    def add(self, what: str, gateway: GatewayName | None = None, count: int = 1) -> None:
        """Something happened, at a gateway's connection or at nobody's."""
        if count:
            self._counts[what, gateway] += count

    def due(self, now: float) -> list[PeerTrouble]:
        """What is to be told: each kind at once when it is new, and then every 10 s at most, with its count."""
        told: list[PeerTrouble] = []
        for (what, gateway), count in tuple(self._counts.items()):
            if now - self._told_at.get((what, gateway), -_TELL_EVERY_S) >= _TELL_EVERY_S:
                del self._counts[what, gateway]
                self._told_at[what, gateway] = now
                told.append(PeerTrouble(what=what, gateway=gateway, count=count, detail=_TROUBLES[what]))
        return told
