"""The disk is full: nothing is acknowledged, decisions go on in memory, and with room again all that waited is stored in order."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

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


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            return
