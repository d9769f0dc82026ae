"""A snapshot made beside the running bridge: a forked child has the state of one instant and all the time it needs.

The child only turns values into bytes; it closes whatever else it inherited, above all the folder's lock and the ports.
"""

import gc
import os
import signal
import struct
import threading
from contextlib import suppress
from typing import Final

import pyarrow as pa

from backend_bridge.adapters.state_codec import CodecError
from backend_bridge.adapters.state_columns import decode, encode

_CHUNK: Final = 1 << 20
_NEAR_STDERR: Final = 3
_SIZE: Final = struct.Struct("<4sQ")
_MARK: Final = b"BSN2"


def packed(value: object) -> bytes:
    """The bytes of a snapshot; much of it is empty room in tables, which is not worth storing."""
    body = encode(value)
    compressed: bytes = pa.compress(body, "zstd", asbytes=True)
    return _SIZE.pack(_MARK, len(body)) + compressed


def unpacked(body: bytes) -> object:
    """What `packed` wrote, or a version before with fewer fields; raises `CodecError`."""
    try:
        mark, size = _SIZE.unpack_from(body)
        if mark != _MARK:
            raise CodecError("a snapshot of another version")
        return decode(pa.decompress(memoryview(body)[_SIZE.size :], size, "zstd", asbytes=True), upgrades=True)
    except (struct.error, OSError, pa.ArrowException) as error:
        raise CodecError(f"a snapshot that cannot be read ({type(error).__name__})") from error


class SnapshotChild:
    """One snapshot under way."""

    def __init__(self, value: object, tick: int) -> None:
        """Fork; `tick` is the last one that `value` includes."""
        self.tick = tick
        self.body: bytes | None = None
        """The snapshot once `is_done`; None when the child failed."""
        self.spent_s = 0.0
        """Processor time that the child took."""
        reading, writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            _write_and_end(value, writing)
        os.close(writing)
        self._thread = threading.Thread(target=self._read, args=(reading,), name="snapshot", daemon=True)
        self._thread.start()

    @property
    def is_done(self) -> bool:
        """Whether the child has ended."""
        return not self._thread.is_alive()

    def give_up(self) -> None:
        """End the child, whatever it has done."""
        if self._thread.is_alive():
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        self._thread.join()

    def _read(self, reading: int) -> None:
        body = bytearray()  # one large piece, which goes back to the system: a pipe gives some kilobytes at a time
        while part := os.read(reading, _CHUNK):
            body += part
        os.close(reading)
        _, status, usage = os.wait4(self._pid, 0)
        self.spent_s = usage.ru_utime + usage.ru_stime
        if status == 0:
            self.body = bytes(body)


def _write_and_end(value: object, writing: int) -> None:
    """The child's whole life."""
    status = 1
    try:
        gc.disable()
        os.closerange(_NEAR_STDERR, writing)
        os.closerange(writing + 1, min(65536, os.sysconf("SC_OPEN_MAX")))
        rest = memoryview(packed(value))
        while rest:
            rest = rest[os.write(writing, rest[:_CHUNK]) :]
        status = 0
    finally:
        os._exit(status)
