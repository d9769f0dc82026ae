"""A gateway's disk queue: what it has given a number to and the bridge has not settled yet; encrypted, since it holds positions."""

import hashlib
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2

from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.lanes.settled import Interval

_HALF: Final = 2**63
"""SQLite's integers are signed: numbers are stored less 2⁶³, which keeps their order."""
_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS lane (name TEXT PRIMARY KEY, epoch INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS message (lane TEXT, seq INTEGER, body BLOB NOT NULL, PRIMARY KEY (lane, seq)) WITHOUT ROWID",
)


class DiskQueue:
    """Messages by lane and sequence number; of one thread at a time. The epoch of a lane is drawn when its file is new."""

    def __init__(self, path: Path, key: bytes, *, first_seq: int = 1) -> None:
        """Open or make the queue at `path`; a new one numbers from `first_seq`. Raises InputRefusedError."""
        try:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._base = dbapi2.connect(str(path), isolation_level=None, timeout=2.0, check_same_thread=False)
            self._base.execute("PRAGMA cipher_log_level = NONE")
            self._base.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = FULL")
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            for table in _TABLES:
                self._base.execute(table)
            for lane in Lane:
                epoch = secrets.randbits(64) - _HALF
                self._base.execute("INSERT OR IGNORE INTO lane VALUES (?, ?, ?)", (str(lane), epoch, first_seq - 1 - _HALF))
        except (OSError, dbapi2.Error):
            raise InputRefusedError(
                [f"{path}: cannot be used as the gateway's disk queue; is another gateway with this key running?"]
            ) from None

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def epoch(self, lane: Lane) -> int:
        """The epoch of a lane."""
        return int(self._base.execute("SELECT epoch FROM lane WHERE name = ?", (str(lane),)).fetchone()[0]) + _HALF

    def last(self, lane: Lane) -> int:
        """The newest number given out, 0 if none."""
        return int(self._base.execute("SELECT last FROM lane WHERE name = ?", (str(lane),)).fetchone()[0]) + _HALF

    def first(self, lane: Lane) -> int:
        """The oldest number kept, the one after `last` if none."""
        found = self._base.execute("SELECT min(seq) FROM message WHERE lane = ?", (str(lane),)).fetchone()[0]
        return self.last(lane) + 1 if found is None else int(found) + _HALF

    def count(self) -> int:
        """How many messages are kept."""
        return int(self._base.execute("SELECT count(*) FROM message").fetchone()[0])

    def is_empty(self) -> bool:
        """Whether nothing is kept."""
        return self._base.execute("SELECT 1 FROM message LIMIT 1").fetchone() is None

    def add(self, lane: Lane, bodies: Sequence[bytes]) -> None:
        """Give the next numbers to `bodies` and keep them; on disk when this returns."""
        if not bodies:
            return
        last = self.last(lane) - _HALF
        self._base.execute("BEGIN IMMEDIATE")
        self._base.executemany(
            "INSERT INTO message VALUES (?, ?, ?)", [(str(lane), last + place, body) for place, body in enumerate(bodies, start=1)]
        )
        self._base.execute("UPDATE lane SET last = ? WHERE name = ?", (last + len(bodies), str(lane)))
        self._base.execute("COMMIT")

    def read(self, lane: Lane, first: int, last: int, most: int) -> list[tuple[int, bytes]]:
        """The messages kept of first…last, the oldest `most` of them."""
        rows = self._base.execute(
            "SELECT seq, body FROM message WHERE lane = ? AND seq BETWEEN ? AND ? ORDER BY seq LIMIT ?",
            (str(lane), first - _HALF, last - _HALF, most),
        )
        return [(seq + _HALF, body) for seq, body in rows]

    def settle(self, lane: Lane, first: int, last: int) -> None:
        """Forget first…last, which the bridge has settled."""
        if first <= last:
            self._base.execute("DELETE FROM message WHERE lane = ? AND seq BETWEEN ? AND ?", (str(lane), first - _HALF, last - _HALF))

    def gaps(self, lane: Lane, first: int, last: int) -> list[Interval]:
        """The parts of first…last, as far as they were given out, that are not kept any more."""
        last = min(last, self.last(lane))
        rows = self._base.execute(
            "SELECT seq FROM message WHERE lane = ? AND seq BETWEEN ? AND ? ORDER BY seq", (str(lane), first - _HALF, last - _HALF)
        )
        gaps: list[Interval] = []
        for (stored,) in rows:
            if stored + _HALF > first:
                gaps.append((first, stored + _HALF - 1))
            first = stored + _HALF + 1
        if first <= last:
            gaps.append((first, last))
        return gaps

    def renew(self, lane: Lane) -> None:
        """Begin a new epoch, in which what is kept is numbered from 1 on: for when the bridge says that the old one is over."""
        kept = [body for _, body in self.read(lane, 0, 2**64 - 1, 2**31)]
        self._base.execute("BEGIN IMMEDIATE")
        self._base.execute("DELETE FROM message WHERE lane = ?", (str(lane),))
        epoch = secrets.randbits(64) - _HALF
        self._base.execute("UPDATE lane SET epoch = ?, last = ? WHERE name = ?", (epoch, -_HALF, str(lane)))
        self._base.execute("COMMIT")
        self.add(lane, kept)


def queue_of(secret_key_file: Path, secret_key: str, server_key: str) -> DiskQueue:
    """The queue that a gateway with this key has for this bridge, beside its key file."""
    bridge = hashlib.blake2b(server_key.encode(), digest_size=6).hexdigest()
    key = hashlib.blake2b(secret_key.encode(), digest_size=32, person=b"bongsu-queue").digest()
    return DiskQueue(secret_key_file.with_name(f"{secret_key_file.name}.{bridge}.queue"), key)
