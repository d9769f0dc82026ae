"""When the house is kept: a bridge that dies again and again soon after its start never has more to decide once more than before."""

import itertools
import time
from pathlib import Path

import pytest

from backend_bridge.adapters import house_keeping, snapshot_child
from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.application.inbox import Inbox, Milestone

KEY = bytes(range(32))


def lived(folder: Path, turns: int) -> DurableRoom:
    """A room that was opened and has stored so many turns."""
    times = itertools.count(1_795_394_536_000_000, 1_000_000)
    durable = DurableRoom.open(folder, KEY, lambda: next(times))
    for number in range(turns):
        durable.step(Inbox(news=(Milestone(what="note", detail=f"{number}"),)))
    return durable


def test_a_bridge_that_never_lives_long_still_makes_its_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house_keeping, "_SNAPSHOT_TICKS", 12)
    for _ in range(3):
        lived(tmp_path, 4).close()
    durable = lived(tmp_path, 1)
    assert durable._house.n_ticks <= 1, "the turns of the lives before were not counted"
    until = time.monotonic() + 60
    while durable.reader.newest("snapshot") is None:
        assert time.monotonic() < until, "no snapshot came"
        durable.step(Inbox(news=(Milestone(what="note", detail="on"),)))
    n_last = durable._store.head.k
    durable.close()
    again = lived(tmp_path, 0)
    assert again._house.n_ticks < n_last - 12
    again.close()


def test_a_snapshot_that_a_deletion_waits_for_is_given_the_time_it_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, packed = tmp_path / "begun", snapshot_child.packed

    def slowly(value: object) -> bytes:
        with begun.open("a") as file:
            file.write(".")
        time.sleep(0.3)  # in a process of its own: there is nothing to wait for
        return packed(value)

    durable = lived(tmp_path, 1)
    monkeypatch.setattr(snapshot_child, "packed", slowly)
    written: list[str] = []
    durable.renew(lambda: written.append("written"))
    until = time.monotonic() + 60
    while durable.is_deleting and time.monotonic() < until:
        durable.step(Inbox())
        time.sleep(0.01)
    durable.close()
    assert written == ["written"]
    assert begun.read_text() == ".", "begun once, and let be"
