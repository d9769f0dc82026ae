"""The bridge's eye on itself: a full disk is foretold a day ahead, once, and a clock that was set back is told for as long as it is."""

from pathlib import Path

import pytest

from backend_bridge.adapters import self_watch, system_clock
from backend_bridge.adapters.checkpoints import Checkpointer, new_signing_key
from backend_bridge.adapters.self_watch import SelfWatch
from backend_bridge.adapters.store import Store
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.system_clock import SystemClock
from backend_bridge.application.inbox import Milestone, Trouble

G = 10**9
S = 1_000_000
KEY = bytes(32)


class Machine:
    """A disk of so many bytes and two clocks, and what is told of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path, free: float = 0.0) -> None:
        self.free, self.wall_us, self.boot_us = free, 1_795_394_536 * S, 0
        self.told: list[Milestone | Trouble] = []
        monkeypatch.setattr(self_watch.os, "statvfs", self._statvfs)
        monkeypatch.setattr(system_clock, "wall_us_now", lambda: self.wall_us)
        monkeypatch.setattr(system_clock, "_boot_us", lambda: self.boot_us)
        self.store, self.reader = Store.open(folder, KEY), StoreReader.open(folder, KEY)
        self.clock = SystemClock()
        self.watch = SelfWatch(folder, self.clock, Checkpointer(folder, new_signing_key(), self.reader), self.told.append)

    def _statvfs(self, _: object) -> object:
        class Found:
            f_bavail, f_frsize, f_blocks = int(self.free) // 4096, 4096, 1000 * G // 4096

        return Found

    def pass_time(self, seconds: float) -> None:
        self.wall_us += int(seconds * S)
        self.boot_us += int(seconds * S)
        self.clock.now_us()
        self.watch._look_at_clock()

    def troubles(self, code: str) -> list[tuple[bool, str]]:
        return [(one.on, one.detail) for one in self.told if isinstance(one, Trouble) and one.code == code]

    def close(self) -> None:
        self.store.close()
        self.reader.close()


@pytest.mark.parametrize(("free", "an_hour"), [(200 * G, 10 * G), (1000 * G, 20 * G), (50 * G, 10 * G), (60 * G, 4 * G)])
@pytest.mark.parametrize("neighbour", [0, 20_000_000])
def test_a_disk_that_fills_is_told_once_and_a_day_ahead(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: float, an_hour: float, neighbour: int
) -> None:
    machine = Machine(monkeypatch, tmp_path, free)
    hours_ahead, look = None, 0
    while machine.free > 0:
        machine.watch._look_at_disk()
        if hours_ahead is None and machine.troubles("disk-space"):
            hours_ahead = machine.free / an_hour
        machine.free -= an_hour / 360 + (neighbour if look % 2 else -neighbour)
        look += 1
    assert hours_ahead is not None
    assert hours_ahead >= min(23.5, free / an_hour - 0.25)
    assert [on for on, _ in machine.troubles("disk-space")] == [True]
    machine.close()


def test_the_warning_ends_when_there_is_room_for_more_than_a_day_and_stays_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    machine = Machine(monkeypatch, tmp_path, 100 * G)
    for look in range(5000):
        # Room for 22 hours at first, for 28 when somebody has made some, for 50 at last.
        machine.free = {100: 88 * G, 1000: 112 * G, 3000: 200 * G}.get(look, machine.free - 4 * G / 360)
        machine.watch._look_at_disk()
        if look in {2000, 4999}:
            assert [on for on, _ in machine.troubles("disk-space")] == ([True] if look == 2000 else [True, False])
    assert "h" in machine.troubles("disk-space")[0][1]
    machine.close()


def work(look: int, every: int, kept: int, size: float) -> float:
    """What a job holds that writes its temporary file within a minute, keeps it for some looks, and does so again and again."""
    since = look % every
    return size * min(1.0, (since + 1) / 6) if since < kept else 0.0


@pytest.mark.parametrize("share", [0.04, 0.06, 0.08, 0.1])
@pytest.mark.parametrize(("every", "kept"), [(360, 30), (60, 30), (360, 60), (8640, 30)])
def test_temporary_files_that_are_deleted_fill_no_disk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, share: float, every: int, kept: int
) -> None:
    machine = Machine(monkeypatch, tmp_path)
    for look in range(12 * 360):
        machine.free = 100 * G - work(look + every // 2, every, kept, share * 100 * G)
        machine.watch._look_at_disk()
    assert machine.troubles("disk-space") == []
    machine.close()


def test_a_disk_that_fills_under_hourly_temporary_files_is_told_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    machine = Machine(monkeypatch, tmp_path)
    for look in range(20 * 360):
        machine.free = 110 * G - 4 * G * look / 360 - work(look, 360, 60, 8 * G)
        machine.watch._look_at_disk()
        assert bool(machine.troubles("disk-space")) == (machine.watch._disk.is_short), look
    assert [on for on, _ in machine.troubles("disk-space")] == [True]
    machine.close()


@pytest.mark.parametrize(("an_hour", "hours_left"), [(10 * G, 9.0), (50 * G, 1.6), (1000 * G, 0.07)])
def test_a_disk_that_begins_to_fill_after_hours_is_told_soon(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, an_hour: float, hours_left: float
) -> None:
    machine = Machine(monkeypatch, tmp_path, 100 * G)
    for _ in range(3 * 360):
        machine.watch._look_at_disk()
    while not machine.troubles("disk-space"):
        machine.free -= an_hour / 360
        machine.watch._look_at_disk()
    assert machine.free / an_hour >= hours_left
    machine.close()


def test_nearly_nothing_free_is_told_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    machine = Machine(monkeypatch, tmp_path, 60_000_000)
    machine.watch._look_at_disk()
    assert machine.troubles("disk-space") == [(True, "59 MB free")]
    machine.close()


def test_a_clock_that_was_set_back_is_told_until_it_has_caught_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    machine = Machine(monkeypatch, tmp_path)
    machine.wall_us -= 60 * S
    for _ in range(2800):
        machine.pass_time(1.0)
    assert machine.troubles("clock-step") == [(True, "-60.0 s")], "58 of its 60 s are made up in 2,900 s"
    for _ in range(300):
        machine.pass_time(1.0)
    assert [on for on, _ in machine.troubles("clock-step")] == [True, False]
    machine.close()


def test_a_clock_that_was_set_back_while_no_bridge_ran_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    machine = Machine(monkeypatch, tmp_path)
    machine.watch._clock = SystemClock(not_before_us=machine.wall_us + 3600 * S)
    machine.watch._look_at_clock()
    assert machine.troubles("clock-step") == [(True, "-3600.0 s")]
    machine.close()


def test_a_step_ahead_is_told_and_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    machine = Machine(monkeypatch, tmp_path)
    machine.wall_us += 60 * S
    machine.pass_time(1.0)
    machine.pass_time(1.0)
    assert machine.troubles("clock-step") == [(True, "+60.0 s"), (False, "")]
    machine.close()


def test_a_store_that_cannot_be_read_just_now_ends_no_watch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    machine = Machine(monkeypatch, tmp_path)
    (tmp_path / "store.db").rename(tmp_path / "gone.db")
    (tmp_path / "store.db").mkdir()
    machine.watch._checkpoint()
    assert [on for on, _ in machine.troubles("checkpoint")] == [True]
    machine.close()
