"""Sealing between the bridge and a protected person's app, so that the gateway between sees nothing; docs/app-link.md has it in words.

X25519 for the agreement, HKDF-SHA256 for the keys, AES-256-GCM for the seal, all from `cryptography`.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

FEED_BYTES: Final = 16
PADDED_BYTES: Final = 1024
"""Every sealed message down is as long as any other: its length tells nobody whether somebody is near."""

_KEY: Final = 32
_NONCE: Final = 12
_COUNT: Final = 8


class SealBrokenError(ValueError):
    """A box that was not sealed for this feed by the one who should have, or that was opened before."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Pairing:
    """What the app says when it is paired."""

    app_public: bytes
    said: bytes


class FeedSeals:
    """Seals and opens the boxes of all feeds with a key drawn from the bridge's secret."""

    def __init__(self, bridge_secret: bytes) -> None:
        self._private = X25519PrivateKey.from_private_bytes(hmac.digest(bridge_secret, b"bongsu app feeds 1", hashlib.sha256))
        self.public = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        """The bridge's public key for apps, 32 bytes; it stands in the QR code."""

    def opened_pairing(self, feed: bytes, code: bytes, box: bytes) -> Pairing:
        """The app's public key and what it says; raises `SealBrokenError` unless it knew `code`, the secret of the QR code."""
        app_public = box[:_KEY]
        plain = _opened(self._key(app_public, code, b"bongsu pair 1"), box[_KEY:], feed)
        return Pairing(app_public=app_public, said=plain)

    def sealed(self, feed: bytes, app_public: bytes, count: int, plain: bytes) -> bytes:
        """A message to the app, padded; `count` grows from message to message."""
        if len(plain) > PADDED_BYTES:
            raise ValueError("a message to an app is longer than its padding")
        number = count.to_bytes(_COUNT, "big")
        cipher = AESGCM(self._key(app_public, feed, b"bongsu down 1"))
        nonce = secrets.token_bytes(_NONCE)
        return number + nonce + cipher.encrypt(nonce, plain.ljust(PADDED_BYTES), b"down" + feed + number)

    def opened(self, feed: bytes, app_public: bytes, box: bytes, after: int) -> tuple[int, bytes]:
        """The count and the words of a message from the app; raises `SealBrokenError`, also for a count that is not above `after`."""
        number = box[:_COUNT]
        count = int.from_bytes(number, "big")
        if len(number) != _COUNT or count <= after:
            raise SealBrokenError("this message came before")
        return count, _opened(self._key(app_public, feed, b"bongsu up 1"), box[_COUNT:], b"up" + feed + number)

    def _key(self, app_public: bytes, salt: bytes, info: bytes) -> bytes:
        try:
            shared = self._private.exchange(X25519PublicKey.from_public_bytes(app_public))
        except ValueError:
            raise SealBrokenError("this is no public key") from None
        return HKDF(algorithm=hashes.SHA256(), length=_KEY, salt=salt, info=info).derive(shared)


def _opened(key: bytes, box: bytes, bound_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(box[:_NONCE], box[_NONCE:], bound_to)
    except (InvalidTag, ValueError):
        raise SealBrokenError("the seal does not fit") from None
