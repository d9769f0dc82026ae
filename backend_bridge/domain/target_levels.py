"""The level that a target stands at: a machine with hysteresis, its past, and telling what has not been told yet."""

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from backend_bridge.domain.track_table import EPISODES, TRANSITIONS, Targets

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

OFF, AMBER, RED = 0, 1, 2
RAISED, UPGRADED, CLEARED = 0, 1, 2

AMBER_FROM: Final = 0.3
RED_FROM: Final = 0.8
AMBER_UNTIL: Final = 0.02
RED_UNTIL: Final = 0.02
FOREVER: Final = 2**62
OVERLAP_US: Final = 60_000_000
"""Episodes of a target that are this near to each other are one."""

PROBABILITY, DISTANCE, SIGMA, SPEED, CLOSING, SHARE, CONTACT, MISS, WEIGHTS = range(9)
"""Columns of a crossing's figures; six weights from `WEIGHTS` on."""
FIGURES_WIDTH: Final = 14
FIX, TARGET, STEP, LEVEL, HAPPENED, KNOWN, N_FIXES = range(7)
"""Columns of its whole numbers."""
NOTES_WIDTH: Final = 7


@njit(cache=True)
def calibrated(chance: float) -> float:
    """What a probability of the model has proved to be worth."""
    return chance


@njit(cache=True)
def level_after(level: int, chance: float, highest: int) -> int:
    """The level that a probability leads to from a level."""
    if chance >= RED_FROM and highest == RED:
        return RED
    if level == OFF:
        return AMBER if chance >= AMBER_FROM else OFF
    return OFF if chance <= (RED_UNTIL if level == RED else AMBER_UNTIL) else level


@njit(cache=True)
def stepped(targets: Targets, target: int, level: int, at_us: int, notes: Ints, n: int) -> int:
    """Bring a target to a level; what changes is event n (figures are there already); the new n."""
    before = targets.level[target]
    if level == before:
        return n
    targets.level[target] = level
    _log(targets, target, at_us, level)
    notes[n, TARGET], notes[n, HAPPENED] = target, at_us
    notes[n, LEVEL] = before if level == OFF else level
    notes[n, STEP] = CLEARED if level == OFF else (RAISED if before == OFF else UPGRADED)
    return n + 1


@njit(cache=True)
def _log(targets: Targets, target: int, at_us: int, level: int) -> None:
    n = targets.log_n[target]
    if n == TRANSITIONS:
        for k in range(1, n):
            targets.log_us[target, k - 1] = targets.log_us[target, k]
            targets.log_level[target, k - 1] = targets.log_level[target, k]
        n -= 1
    targets.log_us[target, n], targets.log_level[target, n] = at_us, level
    targets.log_n[target] = n + 1


@njit(cache=True)
def rewind_level(targets: Targets, target: int, at_us: int) -> None:
    """Set a target back to what it stood at before `at_us`."""
    n = targets.log_n[target]
    while n > 0 and targets.log_us[target, n - 1] >= at_us:
        n -= 1
    targets.log_n[target] = n
    targets.level[target] = targets.log_level[target, n - 1] if n else OFF


@njit(cache=True)
def tell(targets: Targets, target: int, notes: Ints, event: int) -> None:
    """Count event `event` as said: it is what the world now knows of the target."""
    step, level, at_us = notes[event, STEP], notes[event, LEVEL], notes[event, HAPPENED]
    n = targets.episode_n[target]
    if step == RAISED:
        if n == EPISODES:
            for k in range(1, n):
                targets.episode_from[target, k - 1] = targets.episode_from[target, k]
                targets.episode_to[target, k - 1] = targets.episode_to[target, k]
                targets.episode_level[target, k - 1] = targets.episode_level[target, k]
            n -= 1
        targets.episode_from[target, n], targets.episode_to[target, n] = at_us, FOREVER
        targets.episode_level[target, n] = level
        targets.episode_n[target] = n + 1
        targets.said[target] = level
    elif step == UPGRADED:
        targets.episode_level[target, n - 1] = level
        targets.episode_from[target, n - 1] = min(at_us, targets.episode_from[target, n - 1])
        targets.said[target] = level
    else:
        targets.episode_to[target, n - 1] = at_us
        targets.said[target] = OFF


@njit(cache=True)
def was_told(targets: Targets, target: int, from_us: int, to_us: int, level: int) -> bool:
    """Whether an episode of at least that level has been raised about this time."""
    for k in range(targets.episode_n[target]):
        apart = max(targets.episode_from[target, k] - to_us, from_us - targets.episode_to[target, k])
        if apart <= OVERLAP_US and targets.episode_level[target, k] >= level:
            return True
    return False


@njit(cache=True)
def _copied(figures: Floats, notes: Ints, source: int, n: int) -> None:
    figures[n, :] = figures[source, :]
    notes[n, :] = notes[source, :]


@njit(cache=True)
def reconciled(targets: Targets, target: int, figures: Floats, notes: Ints, first: int, end: int, now: int) -> int:
    """Tell what a second walk of a target found and nobody has been told; returns the number after the last event told.

    Events `first` ≤ i < `end` are those of the walk, of all targets; row `end` holds the target's figures as they are now, at its
    newest fix. What is told is written from row `now` on.
    """
    n = now
    start, reddened = -1, -1
    for i in range(first, end):
        if notes[i, TARGET] != target:
            continue
        if notes[i, STEP] == RAISED:
            start, reddened = i, (i if notes[i, LEVEL] == RED else -1)
        elif notes[i, STEP] == UPGRADED:
            reddened = i
        else:
            n = _told_past(targets, target, figures, notes, end, n, start if start >= 0 else reddened, reddened, i)
            start, reddened = -1, -1
    return _told_present(targets, target, figures, notes, end, n, start, reddened)


@njit(cache=True)
def _told_past(
    targets: Targets, target: int, figures: Floats, notes: Ints, present: int, n: int, start: int, reddened: int, over: int
) -> int:
    """Raise and clear an episode that is over already, unless it was told."""
    if start < 0:
        return n
    level = RED if reddened >= 0 else AMBER
    if was_told(targets, target, notes[start, HAPPENED], notes[over, HAPPENED], level):
        return n
    if targets.said[target] != OFF:
        n = _ended(targets, target, figures, notes, present, n)
    return _raised(targets, target, figures, notes, n, start, reddened, over)


@njit(cache=True)
def _raised(targets: Targets, target: int, figures: Floats, notes: Ints, n: int, start: int, reddened: int, over: int) -> int:
    """Tell a raise, its upgrade where red came later, its end where it is over."""
    _copied(figures, notes, start, n)
    notes[n, STEP] = RAISED
    tell(targets, target, notes, n)
    n += 1
    if reddened > start:
        _copied(figures, notes, reddened, n)
        tell(targets, target, notes, n)
        n += 1
    if over >= 0:
        _copied(figures, notes, over, n)
        notes[n, LEVEL] = targets.said[target]
        tell(targets, target, notes, n)
        n += 1
    return n


@njit(cache=True)
def _ended(targets: Targets, target: int, figures: Floats, notes: Ints, present: int, n: int) -> int:
    """Tell that a standing alarm is over, with the figures of now."""
    _copied(figures, notes, present, n)
    notes[n, STEP], notes[n, LEVEL] = CLEARED, targets.said[target]
    tell(targets, target, notes, n)
    return n + 1


@njit(cache=True)
def _told_present(
    targets: Targets, target: int, figures: Floats, notes: Ints, present: int, n: int, start: int, reddened: int
) -> int:
    """Bring what was said to what the walk ended at."""
    level, said = targets.level[target], targets.said[target]
    if level == OFF:
        return _ended(targets, target, figures, notes, present, n) if said != OFF else n
    if said == OFF:
        if start < 0 or was_told(targets, target, notes[start, HAPPENED], notes[start, HAPPENED], AMBER):
            notes[present, LEVEL] = level
            return _raised(targets, target, figures, notes, n, present, -1, -1)
        return _raised(targets, target, figures, notes, n, start, reddened, -1)
    if said == AMBER and level == RED:
        _copied(figures, notes, reddened if reddened >= 0 else present, n)
        notes[n, STEP], notes[n, LEVEL] = UPGRADED, RED
        tell(targets, target, notes, n)
        return n + 1
    targets.level[target] = said
    return n


def end_standing(targets: Targets, target: int, at_us: int) -> bool:
    """End what stands at a target without a fix; whether anything stood."""
    if targets.said[target] == OFF:
        return False
    targets.level[target] = OFF
    _log(targets, target, at_us, OFF)
    targets.episode_to[target, targets.episode_n[target] - 1] = at_us
    targets.said[target] = OFF
    return True
