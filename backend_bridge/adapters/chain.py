"""The arithmetic of evidence: leaves, the hash chain over ticks and entries, and the Merkle tree of RFC 6962."""

import hashlib
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

ORIGIN: Final = bytes(32)
"""What the first tick and the first entry are chained to."""


def leaf_of(salt: bytes, payload: bytes) -> bytes:
    """What the chain holds of an entry, so that salt and payload can be erased together without breaking it."""
    return hashlib.sha256(salt + payload).digest()


def record_digest(*, numbers: Sequence[int], kind: str, name: str, sha: bytes) -> bytes:
    """What a tick's hash holds of one row: its numbers, its kind, its name, and the SHA-256 of its body."""
    head = struct.pack(f"<{len(numbers)}q", *numbers)
    words = b"".join(struct.pack("<I", len(word)) + word for word in (kind.encode(), name.encode()))
    return hashlib.sha256(head + words + sha).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class TickHashed:
    """All of a tick that its hash covers."""

    k: int
    now_us: int
    n_after: int
    entry_hash_before: bytes
    """Hash of the last entry before the tick."""
    rows: bytes
    """SHA-256 over the digests of the tick's records in the order of their ids."""
    leaves: bytes
    """SHA-256 over the leaves of the tick's entries in order."""


def tick_hash(previous: bytes, tick: TickHashed) -> bytes:
    """The hash of a tick, chained to that of the tick before."""
    numbers = struct.pack("<qqq", tick.k, tick.now_us, tick.n_after)
    return hashlib.sha256(b"tick" + previous + numbers + tick.entry_hash_before + tick.rows + tick.leaves).digest()


def entry_hash(previous: bytes, n: int, at_us: int, leaf: bytes, tick: bytes) -> bytes:
    """The hash of an entry, chained to the entry before and to its tick, hence to every row that was stored until then."""
    return hashlib.sha256(b"entry" + previous + struct.pack("<qq", n, at_us) + leaf + tick).digest()


def joined(digests: Iterable[bytes]) -> bytes:
    """SHA-256 over digests one after the other."""
    total = hashlib.sha256()
    for digest in digests:
        total.update(digest)
    return total.digest()


class MerkleTree:
    """The growing tree of RFC 6962 over entries; it keeps only the roots of its full subtrees, largest first."""

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)

    def append(self, data: bytes) -> None:
        """Add one leaf."""
        node = hashlib.sha256(b"\x00" + data).digest()
        rest = self.size
        while rest & 1:
            node = hashlib.sha256(b"\x01" + self.peaks.pop() + node).digest()
            rest >>= 1
        self.peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The tree's root; the hash of nothing for an empty tree."""
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = hashlib.sha256(b"\x01" + peak + node).digest()
        return node
