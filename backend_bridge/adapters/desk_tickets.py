"""Tickets: what a desk shows after a broken link to go on without a password; sealed by the bridge, good for one desk's key."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a ticket says once it is opened."""

    seat: str
    user: str
    desk_key: str
    opened_us: int
    expires_us: int


class Tickets:
    """Seals and opens tickets with a key drawn from the bridge's secret key, so that they outlive a restart."""

    def __init__(self, bridge_secret: bytes) -> None:
        self._cipher = AESGCM(hmac.digest(bridge_secret, b"bongsu desk tickets 1", hashlib.sha256))

    def sealed(self, ticket: Ticket) -> bytes:
        """The ticket as bytes that nobody else can make or read."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, msgspec.msgpack.encode(ticket), None)

    def opened(self, sealed: bytes) -> Ticket | None:
        """The ticket; None where it was not sealed here."""
        try:
            plain = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
            return msgspec.msgpack.decode(plain, type=Ticket)
        except (InvalidTag, ValueError):
            return None
