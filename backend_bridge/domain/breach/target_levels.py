"""The level that a target stands at: a machine with hysteresis, its past, and telling what has not been told yet."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.kernel import copy_floats, kernel, whole
from backend_bridge.domain.breach.track_table import EPISODES, TRANSITIONS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

OFF, AMBER, RED = 0, 1, 2
RAISED, UPGRADED, CLEARED = 0, 1, 2

AMBER_FROM, RED_FROM, UNTIL = range(3)
"""Columns of a policy: probabilities from which a target is amber, is red, and down to which it stands."""
SURE: Final = 0.95
"""Fixes as likely as this, one after the other, show one and the same breach."""
AWAY_US: Final = 100_000_000
"""An alarm ends when its cause has been gone for this long: who comes back sooner has never left."""
FOREVER: Final = 2**62
OVERLAP_US: Final = 60_000_000
"""Episodes of a target that are this near to each other are one."""

EARLIER_US: Final = 180_000_000
"""What proves to have been over this much before it was said to begin is said again."""

PROBABILITY, DISTANCE, SIGMA, SPEED, CLOSING, SHARE, CONTACT, MISS, WEIGHTS = range(9)
"""Columns of a crossing's figures; six weights from `WEIGHTS` on."""
FIGURES_WIDTH: Final = 14
FIX, TARGET, STEP, LEVEL, HAPPENED, KNOWN, N_FIXES, RUN = range(8)
"""Columns of its whole numbers; `RUN`: see `run_us` of a target."""
NOTES_WIDTH: Final = 8


@kernel
def calibrated(chance: float) -> float:
    """What a probability of the model has proved to be worth."""
    return chance


@kernel
def level_after(target: np.record, chance: float, at_us: int, highest: int, policy: Floats) -> int:
    """The level that a probability at an instant leads to; remembers until when the cause of the alarm has lasted."""
    before = level = target.level
    if chance >= policy[RED_FROM] and highest == RED:
        level = RED
    elif level == OFF and chance >= policy[AMBER_FROM]:
        level = AMBER
    if level != OFF and chance > policy[UNTIL]:
        target.inside_us = at_us
    elif level != OFF and at_us - target.inside_us >= AWAY_US:
        level = OFF
    if level not in (before, OFF):
        target.run_us, target.run_over_us = at_us, -1
    elif level != OFF and target.run_over_us < 0:
        if chance >= SURE:
            target.run_us = at_us
        elif at_us - target.run_us >= AWAY_US:
            target.run_over_us = at_us
    return int(level)


@kernel
def level_alone(chance: float, highest: int, policy: Floats) -> int:
    """The level that a probability is worth by itself."""
    if chance >= policy[RED_FROM] and highest == RED:
        return RED
    return AMBER if chance >= policy[AMBER_FROM] else OFF


@kernel
def stepped(target: np.record, number: int, level: int, at_us: int, notes: Ints, n: int) -> int:
    """Bring a target to a level; what changes is event n (figures are there already); the new n."""
    before = target.level
    if level == before:
        return n
    target.level = level
    _log(target, at_us, level)
    notes[n, TARGET], notes[n, HAPPENED], notes[n, RUN] = number, at_us, target.run_us
    notes[n, LEVEL] = before if level == OFF else level
    notes[n, STEP] = CLEARED if level == OFF else (RAISED if before == OFF else UPGRADED)
    return n + 1


@kernel
def _log(target: np.record, at_us: int, level: int) -> None:
    n = target.n_transitions
    if n == TRANSITIONS:
        for k in range(1, n):
            target.transitions[k - 1, 0] = target.transitions[k, 0]
            target.transitions[k - 1, 1] = target.transitions[k, 1]
        n -= 1
    target.transitions[n, 0], target.transitions[n, 1] = at_us, level
    target.n_transitions = n + 1


@kernel
def rewind_level(target: np.record, at_us: int) -> None:
    """Set a target back to what it stood at before `at_us`."""
    n = target.n_transitions
    while n > 0 and target.transitions[n - 1, 0] >= at_us:
        n -= 1
    target.n_transitions = n
    target.level = target.transitions[n - 1, 1] if n else OFF
    target.inside_us = min(target.inside_us, at_us)
    target.run_us = min(target.run_us, at_us)
    if target.run_over_us >= at_us:
        target.run_over_us = -1


@kernel
def tell(target: np.record, notes: Ints, event: int) -> None:
    """Count event `event` as said: it is what the world now knows of the target."""
    step, level, at_us = notes[event, STEP], notes[event, LEVEL], notes[event, HAPPENED]
    n = target.n_episodes
    if step == RAISED:
        if n == EPISODES:
            for k in range(1, n):
                for column in range(3):
                    target.episodes[k - 1, column] = target.episodes[k, column]
            n -= 1
        target.episodes[n, 0], target.episodes[n, 1] = at_us, FOREVER
        target.episodes[n, 2] = level
        target.n_episodes = n + 1
        target.said, target.over_us = level, -1
    elif step == UPGRADED:
        target.episodes[n - 1, 2] = level
        target.episodes[n - 1, 0] = min(at_us, target.episodes[n - 1, 0])
        target.said = level
    else:
        target.episodes[n - 1, 1] = max(target.episodes[n - 1, 0], at_us - AWAY_US)
        target.said, target.over_us = OFF, -1


@kernel
def was_told(target: np.record, from_us: int, to_us: int, run_us: int, level: int) -> bool:
    """Whether an episode of at least that level has been raised about this time, and not for another thing long after."""
    told = False
    for k in range(target.n_episodes):
        if target.episodes[k, 2] >= level:
            told = told or _is_of(target, k, from_us, to_us, run_us)
    return told


@kernel
def _is_of(target: np.record, episode: int, from_us: int, to_us: int, run_us: int) -> bool:
    """Whether an episode was raised about this time, and not for another thing long after.

    It was for another thing where a fix between shows the person elsewhere. The mere beginning proves earlier with each fix of a
    backlog that comes newest first.
    """
    told_us = target.episodes[episode, 0]
    apart = max(told_us - to_us, from_us - target.episodes[episode, 1])
    return bool(apart <= OVERLAP_US and not (run_us < told_us - EARLIER_US and from_us < told_us - EARLIER_US))


@kernel
def stretched(target: np.record, at_us: int, level: int) -> bool:
    """Whether an episode of at least that level was raised just before or after an instant; it then reaches as far as that."""
    for k in range(target.n_episodes):
        apart = max(target.episodes[k, 0] - at_us, at_us - target.episodes[k, 1])
        if apart <= OVERLAP_US and target.episodes[k, 2] >= level:
            target.episodes[k, 0] = min(target.episodes[k, 0], at_us)
            target.episodes[k, 1] = max(target.episodes[k, 1], at_us)
            return True
    return False


@kernel
def _copied(figures: Floats, notes: Ints, source: int, n: int) -> None:
    copy_floats(figures[source], figures[n])
    for k in range(NOTES_WIDTH):
        notes[n, k] = notes[source, k]


@kernel
def reconciled(target: np.record, number: int, policy: Floats, figures: Floats, notes: Ints, first: int, end: int, now: int) -> int:
    """Tell what a second walk of a target found and nobody has been told; returns the number after the last event told.

    Events `first` ≤ i < `end` are those of the walk, of all targets; row `end` holds the target's figures as they are now, at its
    newest fix. What is told is written from row `now` on.
    """
    n = now
    start, reddened, none = whole(-1), whole(-1), whole(-1)
    for i in range(first, end):
        if notes[i, TARGET] != number:
            continue
        if notes[i, STEP] == RAISED:
            start, reddened = i, (i if notes[i, LEVEL] == RED else none)
        elif notes[i, STEP] == UPGRADED:
            reddened = i
        else:
            n = _told_past(target, figures, notes, end, n, start if start >= 0 else reddened, reddened, i)
            start, reddened = none, none
    return _told_present(target, policy, figures, notes, end, n, start, reddened)


@kernel
def _told_past(target: np.record, figures: Floats, notes: Ints, present: int, n: int, start: int, reddened: int, over: int) -> int:
    """Raise an episode that is over already, unless it was told; it ends with the next fix in turn, for a backlog may show more of it."""
    if start < 0:
        return n
    level = RED if reddened >= 0 else AMBER
    from_us, run_us = notes[start, HAPPENED], notes[over, RUN]
    to_us = max(from_us, notes[over, HAPPENED] - AWAY_US)
    last = target.n_episodes - 1
    if target.over_us >= 0 and _is_of(target, last, from_us, to_us, run_us):
        n = _upgraded(target, figures, notes, n, reddened) if level > target.said else n
        _reach_back(target, last, from_us, to_us)
        target.over_us = max(target.over_us, notes[over, HAPPENED])
        return n
    if was_told(target, from_us, to_us, run_us, level):
        return n
    if target.said != OFF:
        n = _ended(target, figures, notes, present, n)
    n = _raised(target, figures, notes, n, start, reddened)
    target.over_us, target.episodes[target.n_episodes - 1, 1] = notes[over, HAPPENED], to_us
    return n


@kernel
def _reach_back(target: np.record, episode: int, from_us: int, to_us: int) -> None:
    """Let an episode reach as far as that."""
    target.episodes[episode, 0] = min(target.episodes[episode, 0], from_us)
    target.episodes[episode, 1] = max(target.episodes[episode, 1], to_us)


@kernel
def _raised(target: np.record, figures: Floats, notes: Ints, n: int, start: int, reddened: int) -> int:
    """Tell a raise, and its upgrade where red came later."""
    _copied(figures, notes, start, n)
    notes[n, STEP] = RAISED
    tell(target, notes, n)
    return _upgraded(target, figures, notes, n + 1, reddened) if reddened > start else n + 1


@kernel
def _upgraded(target: np.record, figures: Floats, notes: Ints, n: int, shown: int) -> int:
    """Tell that what stands has become red, with the figures of event `shown`."""
    _copied(figures, notes, shown, n)
    notes[n, STEP], notes[n, LEVEL] = UPGRADED, RED
    tell(target, notes, n)
    return n + 1


@kernel
def _ended(target: np.record, figures: Floats, notes: Ints, present: int, n: int) -> int:
    """Tell that a standing alarm is over, with the figures of now."""
    _copied(figures, notes, present, n)
    end_past(target, notes, n)
    return n + 1


@kernel
def end_past(target: np.record, notes: Ints, event: int) -> None:
    """Make event `event` the end of what stands: one about the past was over when its cause was."""
    if target.over_us >= 0:
        notes[event, HAPPENED] = target.over_us
    notes[event, STEP], notes[event, LEVEL] = CLEARED, target.said
    tell(target, notes, event)


@kernel
def _told_present(target: np.record, policy: Floats, figures: Floats, notes: Ints, present: int, n: int, start: int, reddened: int) -> int:
    """Bring what was said to what the walk ended at."""
    level, none = target.level, whole(-1)
    if level == OFF:
        return _ended(target, figures, notes, present, n) if target.said != OFF and target.over_us < 0 else n
    shown, now_us = start if start >= 0 else reddened, notes[present, HAPPENED]
    if target.said != OFF and (target.over_us >= 0 or shown >= 0):
        from_us = notes[shown, HAPPENED] if shown >= 0 else now_us
        if _is_of(target, target.n_episodes - 1, from_us, now_us, target.run_us):
            target.over_us, target.episodes[target.n_episodes - 1, 1] = -1, FOREVER
        else:
            n = _ended(target, figures, notes, present, n)
            if shown >= 0:
                return _raised(target, figures, notes, n, shown, reddened)
    said = target.said
    if said == OFF:
        start_us = notes[start, HAPPENED] if start >= 0 else now_us
        if start < 0 or was_told(target, start_us, start_us, target.run_us, whole(AMBER)):
            level = level_alone(figures[present, PROBABILITY], level, policy)
            if level == OFF:
                target.level = OFF
                return n
            notes[present, LEVEL] = level
            return _raised(target, figures, notes, n, present, none)
        return _raised(target, figures, notes, n, start, reddened)
    if said == AMBER and level == RED:
        return _upgraded(target, figures, notes, n, reddened if reddened >= 0 else present)
    target.level = said
    return n


@kernel
def end_standing(targets: NDArray[np.record], number: int, at_us: int) -> bool:
    """End what stands at a target without a fix; whether anything stood."""
    target = targets[number]
    if target.said == OFF:
        return False
    target.level = OFF
    _log(target, at_us, OFF)
    target.episodes[target.n_episodes - 1, 1] = at_us
    target.said, target.over_us = OFF, -1
    return True
