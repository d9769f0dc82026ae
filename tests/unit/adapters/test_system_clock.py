"""The bridge's clock never goes back, whatever is done to the machine's."""

import pytest

from backend_bridge.adapters import system_clock
from backend_bridge.adapters.system_clock import SystemClock

T0 = 1_795_394_536_000_000
S = 1_000_000


class Machine:
    """A machine's two clocks: the one people set, and the one that counts since it was switched on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.wall_us, self.boot_us = T0, 5 * S
        monkeypatch.setattr(system_clock, "wall_us_now", lambda: self.wall_us)
        monkeypatch.setattr(system_clock, "_boot_us", lambda: self.boot_us)

    def pass_time(self, us: int) -> None:
        self.wall_us += us
        self.boot_us += us


def test_it_follows_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    clock = SystemClock()
    machine.pass_time(3 * S)
    assert clock.now_us() == T0 + 3 * S
    assert clock.step_seen_us() == 0


def test_set_back_it_goes_on_at_nearly_its_speed_until_the_machine_has_caught_up(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    clock = SystemClock()
    machine.wall_us -= 10 * S
    before = clock.now_us()
    assert before == T0
    assert clock.step_seen_us() == -10 * S
    machine.pass_time(100 * S)
    assert clock.now_us() == T0 + 98 * S
    assert clock.ahead_us() == 8 * S
    machine.pass_time(401 * S)
    assert clock.now_us() == machine.wall_us
    assert clock.ahead_us() == 0


def test_set_back_its_time_does_not_depend_on_how_often_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    clock = SystemClock()
    machine.wall_us -= 3600 * S
    clock.now_us()
    told = [clock.now_us() for _ in range(1000) if machine.pass_time(1) is None]
    assert told[-1] == T0 + 980
    assert told == sorted(told)


def test_set_ahead_it_goes_along_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    clock = SystemClock()
    machine.wall_us += 3600 * S
    assert clock.now_us() == T0 + 3600 * S
    assert clock.step_seen_us() == 3600 * S


def test_it_begins_after_what_the_store_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    clock = SystemClock(not_before_us=T0 + 50 * S)
    machine.pass_time(2 * S)
    assert clock.now_us() > T0 + 50 * S


def test_a_fast_clock_runs_as_many_times_as_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    clock = SystemClock(speed=60.0)
    machine.pass_time(2 * S)
    assert clock.now_us() == T0 + 120 * S
