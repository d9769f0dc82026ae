"""The disk is full: nothing is acknowledged, decisions go on in memory, and with room again all that waited is stored in order."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import zmq
from bridge_shell import PROGRAM, ROOT, shell

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))

from live_bridge import Gateway, LiveBridge, fixes_of, place_of

from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.keys import store_key
from backend_bridge.adapters.refusals import StoreRefusedError
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.store_verify import verify
from backend_bridge.application.inbox import Inbox, Milestone
from backend_bridge.application.outcome import Outcome
from backend_bridge.bootstrap.bridge import open_folder

KEY = bytes(range(32))
START_US = 1_795_394_536_000_000


class Seconds:
    """A clock that goes a second further each time it is read."""

    def __init__(self) -> None:
        self.now_us = START_US

    def __call__(self) -> int:
        self.now_us += 1_000_000
        return self.now_us


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], check=False, capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("a small file system can be mounted by root alone")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def noted(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [news.detail for outcome in outcomes for news in outcome.taken.news if isinstance(news, Milestone)]


def test_what_waits_for_room_is_told_of_only_when_it_is_stored(small_disk: Path) -> None:
    durable = DurableRoom.open(small_disk, KEY, Seconds())
    assert noted(durable.step(Inbox(news=(Milestone(what="note", detail="before"),)))) == ["before"]
    filler = small_disk / "filler"
    _fill(filler)
    n_stored, waiting = durable.last_n, -1
    for number in range(2000):
        if not durable.step(Inbox(news=(Milestone(what="note", detail=f"{number} " + "x" * 2000),))):
            n_stored, waiting = durable.last_n, number
            break
    assert waiting >= 0, "the disk never was full"
    assert durable.is_held_up
    assert durable.failure is None
    assert durable.step(Inbox(news=(Milestone(what="note", detail="still full"),))) == ()
    assert durable.room.next_n > durable.last_n + 1
    filler.unlink()
    told = noted(durable.step(Inbox(news=(Milestone(what="note", detail="room again"),))))
    assert [text.split()[0] for text in told] == [str(waiting), "still", "room"]
    assert not durable.is_held_up
    durable.close()
    reader = StoreReader.open(small_disk, KEY)
    with reader.snapshot() as connection:
        assert verify(connection, [], lambda _: None).bad is None
    assert reader.last_n() == n_stored + 3
    again = DurableRoom.open(small_disk, KEY, Seconds())
    assert again.room.next_n == n_stored + 4
    again.close()
    reader.close()


@pytest.mark.parametrize("left_kb", [0, 48])
def test_a_bridge_that_starts_on_a_full_disk_says_so_and_has_a_lasting_key_once_there_is_room(
    small_disk: Path, tmp_path: Path, left_kb: int
) -> None:
    key_file = tmp_path / "store.key"
    key_file.write_text("k" * 64)
    DurableRoom.open(small_disk, store_key(small_disk, key_file).key, Seconds()).close()
    filler = small_disk / "filler"
    _fill(filler)
    os.truncate(filler, filler.stat().st_size - left_kb * 1024)
    with pytest.raises(StoreRefusedError, match=r"room .*on its disk"):
        open_folder(small_disk, key_file)
    filler.unlink()
    secrets = set()
    for _ in range(2):
        opened = open_folder(small_disk, key_file)
        assert opened is not None
        secrets.add(opened.secret_key)
        opened.close()
    assert len(secrets) == 1


@pytest.fixture
def bridge(small_disk: Path) -> Iterator[LiveBridge]:
    """A bridge on a disk that has room for it."""
    subprocess.run(["mount", "-o", "remount,size=24m", str(small_disk)], check=True)
    made = LiveBridge(small_disk, n_cases=1)
    yield made
    if made.process.poll() is None:
        made.kill()


def test_a_gateway_that_is_revoked_on_a_full_disk_is_cut_off_at_once_and_the_shell_says_what_is_true(
    small_disk: Path, bridge: LiveBridge
) -> None:
    gateway = Gateway(bridge)
    gateway.hand_in("P", fixes_of("ANK-1", [place_of(1)]))
    filler = small_disk / "filler"
    _fill(filler)
    assert _answers_pings(gateway, within_s=5.0)
    began_s = time.monotonic()
    said = shell("revoke-gateway", "north", "--data", bridge.folder, status=1).stderr
    assert "gateway north is cut off and kept out from now on" in said
    assert "if the bridge stops before that, it has not happened" in said
    assert time.monotonic() - began_s < 20.0, "it does not wait for a disk that stays full"
    assert not _answers_pings(gateway, within_s=3.0)
    gateway.close()
    assert "disk is full" in shell("log", "--data", bridge.folder, status=2).stderr
    filler.unlink()
    until_s = time.monotonic() + 20.0
    while not _is_revoked(bridge):
        assert time.monotonic() < until_s, "it is stored once there is room"
    bridge.stop()


def _answers_pings(gateway: Gateway, within_s: float) -> bool:
    """Whether the bridge answers; what it said before is read first."""
    until_s = time.monotonic() + within_s
    while gateway.socket.poll(0):
        gateway.socket.recv_multipart()
    while time.monotonic() < until_s:
        if gateway.socket.poll(200, zmq.POLLOUT):
            gateway.socket.send_multipart([msgspec.msgpack.encode({"t": "ping", "sent_at": 1, "echo": 0}), b""])
        if gateway.socket.poll(200) and msgspec.msgpack.decode(gateway.socket.recv_multipart()[0])["t"] == "pong":
            return True
    return False


def _is_revoked(bridge: LiveBridge) -> bool:
    done = subprocess.run([*PROGRAM, "log", "--data", str(bridge.folder)], capture_output=True, text=True, check=False, cwd=ROOT)
    return done.returncode == 0 and '"gateway-revoked"' in done.stdout


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            return
