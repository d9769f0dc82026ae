"""Names, numbers, addresses and positions that can be found again: nowhere in the clear, on no disk, in no log, on no wire."""

import os
import struct
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_room import RawDesk
from live_bridge import Gateway, LiveBridge, fixes_of
from recording_proxy import RecordingProxy

LAT, LON = 37.5512347, 126.9312347
WORDS = ("CANARYNAME", "CANARYPHONE", "CANARYADDRESS", "CANARYSTATION", "CANARYOFFICER", "CANARYDUTY")
CANARIES = (
    *(word.encode() for word in WORDS),
    *(word.encode("utf-16-le") for word in WORDS),
    struct.pack("<d", LAT),
    struct.pack("<d", LON),
    struct.pack(">d", LAT),
    struct.pack(">d", LON),
    str(LAT).encode(),
    str(LON).encode(),
    b"37.55123",
    b"126.93123",
)


def hits(content: bytes) -> list[bytes]:
    return [canary for canary in CANARIES if canary in content]


def files_below(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        for root, _, names in os.walk(folder, onerror=lambda _: None):
            for name in names:
                path = Path(root) / name
                if path.is_file() and not path.is_symlink():
                    yield path


class Proxied:
    """A running bridge as gateways and desks reach it through proxies."""

    def __init__(self, bridge: LiveBridge, lanes: str, desks: str) -> None:
        self.lanes, self.endpoint = lanes, desks
        self.server_key, self.gateway_keys = bridge.server_key, bridge.gateway_keys
        self.opened, self.pids = bridge.opened, bridge.pids

    @property
    def gate(self) -> "Proxied":
        return self


def test_no_canary_is_in_the_clear_on_disk_in_logs_or_on_the_wire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    place = tmp_path / "bridge"
    place.mkdir()
    bridge = LiveBridge(place)
    bridge.user("kim", "operator")
    try:
        with RecordingProxy(bridge.lanes) as lanes, RecordingProxy(bridge.endpoint) as desks:
            through = Proxied(bridge, lanes.endpoint, desks.endpoint)
            keys = bridge.enrolled("desk-1")
            gateway = Gateway(through)  # type: ignore[arg-type]  # likewise
            gateway.hand_in("P", fixes_of("VIC-1", [(LAT, LON)] * 3))
            gateway.hand_in("P", fixes_of("ANK-1", [(LAT, LON)] * 3))
            gateway.sos("VIC-1")
            desk = RawDesk(through, keys)  # type: ignore[arg-type]  # has what a raw desk asks for
            assert desk.log_in("kim", "a long enough secret")["t"] == "welcome"
            until = time.monotonic() + 15
            while not any(row["device"] == "VIC-1" for message in desk.seen for row in _alarms(message)):
                assert time.monotonic() < until, "no alarm came to the desk, so that its capture would prove nothing"
                desk.hear("rows", "snapshot", "frame")
                desk.say_seen()
            while "ANK-1" not in str(desk.hear("frame")):
                assert time.monotonic() < until, "no position came to the desk"
                desk.say_seen()
            gateway.close()
            captured = lanes.seen, desks.seen
        assert all(len(one) > 2_000 for one in captured), "nothing passed through the proxies"
        assert [hits(one) for one in captured] == [[], []]
        assert _found(place / "room", temporary) == {}
        bridge.kill()
        assert _found(place / "room", temporary) == {}
        assert hits((place / "stderr.txt").read_bytes()) == []
    finally:
        for open_desk in bridge.opened:
            open_desk.close()
        if bridge.process.poll() is None:
            bridge.kill()


def _alarms(message: dict[str, object]) -> list[dict[str, object]]:
    rows = message.get("rows")
    return rows.get("alarms", []) if isinstance(rows, dict) else []


def _found(*folders: Path) -> dict[str, list[bytes]]:
    """Files with canaries in them."""
    read = {path.name: hits(path.read_bytes()) for path in files_below(*folders)}
    assert {"store.db", "store.db-wal"} <= set(read)
    return {name: found for name, found in read.items() if found}
