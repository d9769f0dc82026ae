"""Moments of silence come in the order of time, before later inputs, whatever the batching."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some
from numpy.typing import NDArray

from backend_bridge.domain.watching.signal_clock import Moment, SignalClock

S = 1_000_000
Told = list[tuple[Moment, int, int]]


def played(rows: list[tuple[int, int, int]], cuts: list[int], *, reborn: bool = False) -> Told:
    """All moments of (device, measured s, received s) rows, cut into calls."""
    clock = SignalClock()
    clock.grow(3)
    told: Told = []
    for start, end in zip([0, *cuts], [*cuts, len(rows)], strict=True):
        columns: list[NDArray[np.int64]] = [np.array([row[k] for row in rows[start:end]], np.int64) for k in range(3)]
        device, measured, received = columns[0].astype(np.int32), columns[1] * S, columns[2] * S
        row = 0
        while True:
            row, moment, who, at_us = clock.run(device, measured, received, row, 2**60)
            if moment is Moment.NONE:
                break
            told.append((moment, who, at_us // S))
        if reborn:
            clock = SignalClock.of_parts(clock.parts())
    while (due := clock.due(10**7 * S))[0] is not Moment.NONE:
        told.append((due[0], due[1], due[2] // S))
    return told


def test_a_device_that_reports_each_minute_is_lost_before_it_is_silent() -> None:
    told = played([(0, t, t + 1) for t in range(0, 3600, 60)], [])
    assert [(moment, who) for moment, who, _ in told] == [(Moment.LOST, 0), (Moment.SILENT, 0)]
    assert 3540 + 60 < told[0][2] < told[1][2] <= 3540 + 1800


def test_a_device_that_reports_more_often_is_missed_sooner() -> None:
    often, seldom = played([(0, t, t) for t in range(0, 3600, 10)], []), played([(0, t, t) for t in range(0, 3600, 120)], [])
    assert often[-1][2] < seldom[-1][2]


def test_silence_falls_before_the_fix_that_ends_it() -> None:
    told = played([(0, 0, 0), (0, 60, 60), (1, 4000, 4000), (0, 5000, 5000)], [])
    assert [moment for moment, who, at in told if who == 0 and at < 5000] == [Moment.LOST, Moment.SILENT]


def test_what_comes_late_is_no_sign_of_life_now() -> None:
    clock = SignalClock()
    clock.grow(1)
    assert clock.heard(0, 100 * S, 100 * S)
    assert not clock.heard(0, 50 * S, 4000 * S)
    assert clock.alive_us(0) == 100 * S


def test_a_powered_off_device_is_silent_sooner() -> None:
    clock = SignalClock()
    clock.grow(1)
    clock.heard(0, 100 * S, 100 * S)
    clock.hurry(0, 180 * S, 101 * S)
    assert clock.due(10**6 * S) == (Moment.SILENT, 0, 280 * S)


@settings(max_examples=50, deadline=None)
@given(
    some.lists(some.tuples(some.integers(0, 2), some.integers(0, 4000), some.integers(0, 900)), min_size=1, max_size=40),
    some.lists(some.integers(0, 40), max_size=5),
)
def test_moments_do_not_hang_on_the_batching(rows: list[tuple[int, int, int]], cuts: list[int]) -> None:
    ordered = sorted(((device, measured, measured + delay) for device, measured, delay in rows), key=lambda row: row[2])
    inside = sorted({cut for cut in cuts if cut < len(ordered)})
    assert played(ordered, inside) == played(ordered, []) == played(ordered, inside, reborn=True)
