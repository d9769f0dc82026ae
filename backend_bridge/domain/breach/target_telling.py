"""Telling what a target's fixes show: each thing once, with its true time, also when fixes come late and in any order.

What a late fix brings to light is raised at once. An alarm about the past goes on until the next fix in turn, so that a backlog that
shows it fix by fix lets one alarm grow instead of raising many.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.kernel import copy_floats, kernel, whole
from backend_bridge.domain.breach.target_levels import (
    AMBER,
    AWAY_US,
    BESIDE,
    CLEARED,
    FOREVER,
    HAPPENED,
    LEVEL,
    NOTES_WIDTH,
    OFF,
    RAISED,
    RED,
    RUN,
    STALE_US,
    STEP,
    TARGET,
    UPGRADED,
    began_us,
    level_alone,
    log_level,
    run_us,
    shown_us,
)
from backend_bridge.domain.breach.track_table import EPISODE_WIDTH, EPISODES, HIGHEST, SHOWN, TOLD, UNTIL_US

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

OVERLAP_US: Final = 60_000_000
"""Episodes of a target that are this near to each other are one."""

EARLIER_US: Final = 100_000_000
"""What proves to have been over this much before it was said to begin is said again;"""

LONG_BEFORE_US: Final = 720_000_000
"""and in any case what has begun this much before,"""

HELD: Final = 5
"""once that has held still while so many more fixes came: a beginning proves earlier with each fix of a backlog newest first."""


@kernel
def tell(target: np.record, notes: Ints, event: int) -> None:
    """Count event `event` as said: it is what the world now knows of the target."""
    step, level, at_us = notes[event, STEP], notes[event, LEVEL], notes[event, HAPPENED]
    n = target.n_episodes
    if step == RAISED:
        n = _with_room(target)
        _write_episode(target, n, at_us, FOREVER, level)
        target.said, target.over_us = level, -1
    elif step == UPGRADED:
        target.episodes[n - 1, HIGHEST] = level
        target.episodes[n - 1, SHOWN] = min(at_us, target.episodes[n - 1, SHOWN])
        target.said = level
    else:
        target.episodes[n - 1, UNTIL_US] = max(target.episodes[n - 1, SHOWN], at_us - AWAY_US)
        target.said, target.over_us = OFF, -1


@kernel
def _with_room(target: np.record) -> int:
    """Make room for one more episode, the oldest going; how many there are besides."""
    n = target.n_episodes
    if n == EPISODES:
        for k in range(1, n):
            _copy_episode(target, k, k - 1)
        n -= 1
    target.n_episodes = n + 1
    return int(n)


@kernel
def _copy_episode(target: np.record, source: int, place: int) -> None:
    for column in range(EPISODE_WIDTH):
        target.episodes[place, column] = target.episodes[source, column]


@kernel
def _write_episode(target: np.record, place: int, from_us: int, until_us: int, level: int) -> None:
    target.episodes[place, SHOWN], target.episodes[place, UNTIL_US] = from_us, until_us
    target.episodes[place, HIGHEST], target.episodes[place, TOLD] = level, from_us


@kernel
def was_told(target: np.record, from_us: int, to_us: int, until_us: int, level: int) -> bool:
    """Whether an episode of at least that level has been raised about this time, and not for another thing long after."""
    return bool(_told_of(target, from_us, to_us, until_us, level, LONG_BEFORE_US))


@kernel
def _told_of(target: np.record, from_us: int, to_us: int, until_us: int, level: int, before_us: int) -> bool:
    told = False
    for k in range(target.n_episodes):
        if target.episodes[k, HIGHEST] >= level:
            told = told or _is_of(target, k, from_us, to_us, until_us, before_us)
    return told


@kernel
def _is_of(target: np.record, episode: int, from_us: int, to_us: int, until_us: int, before_us: int) -> bool:
    """Whether an episode was raised about this time, and not for another thing long after or hours before.

    `until_us` is the end of the first run of sure fixes of what now proves to have been: where the episode was said to begin after that,
    it was for another thing. The mere beginning counts only where it is `before_us` earlier.
    """
    told_us = target.episodes[episode, TOLD]
    later = max(from_us, until_us) < told_us - EARLIER_US or from_us < told_us - before_us
    return bool(_apart_us(target, episode, from_us, to_us) <= OVERLAP_US and not later and from_us - told_us < STALE_US)


@kernel
def _is_known(target: np.record, from_us: int, to_us: int, until_us: int, before_us: int) -> bool:
    """Whether what stands is about this time, and some episode has told how it began."""
    stands = _apart_us(target, target.n_episodes - 1, from_us, to_us) <= OVERLAP_US
    return bool(stands and _told_of(target, from_us, to_us, until_us, whole(AMBER), before_us))


@kernel
def is_closed(target: np.record, at_us: int, level: int) -> bool:
    """Whether a fix that was still on its way when what stood was ended without one shows no more than had been told."""
    closed = False
    if at_us < target.closed_us:
        for k in range(target.n_episodes):
            closed = closed or (target.episodes[k, HIGHEST] >= level and _apart_us(target, k, at_us, at_us) <= OVERLAP_US)
    return closed


@kernel
def _apart_us(target: np.record, episode: int, from_us: int, to_us: int) -> int:
    """How long lies between what an episode has shown and a span; negative where they overlap."""
    return int(max(target.episodes[episode, SHOWN] - to_us, from_us - target.episodes[episode, UNTIL_US]))


@kernel
def reached(target: np.record, near_us: int, at_us: int) -> int:
    """The last episode that was raised just before or after `near_us`, after making it reach as far as `at_us`; −1 for none."""
    k = target.n_episodes - 1
    while k >= 0 and _apart_us(target, k, near_us, near_us) > OVERLAP_US:
        k -= 1
    if k >= 0:
        target.episodes[k, SHOWN] = min(target.episodes[k, SHOWN], at_us)
        target.episodes[k, UNTIL_US] = max(target.episodes[k, UNTIL_US], at_us)
        if k == target.n_episodes - 1 and target.over_us >= 0:
            target.over_us = max(target.over_us, at_us + AWAY_US)
    return int(k)


@kernel
def _copied(figures: Floats, notes: Ints, source: int, n: int) -> None:
    copy_floats(figures[source], figures[n])
    for k in range(NOTES_WIDTH):
        notes[n, k] = notes[source, k]


@kernel
def reconciled(
    target: np.record, number: int, policy: Floats, figures: Floats, notes: Ints, first: int, end: int, now: int, late_us: int
) -> int:
    """Tell what a second walk of a target found and nobody has been told; returns the number after the last event told.

    Events `first` ≤ i < `end` are those of the walk, of all targets; row `end` holds the target's figures as they are now, at its
    newest fix. What is told is written from row `now` on. `late_us` is when the fix was measured that the walk is for.
    """
    n = now
    start, reddened, none = whole(-1), whole(-1), whole(-1)
    goes_on = _goes_on(target, number, notes, first, end)
    for i in range(first, end):
        if notes[i, TARGET] != number:
            continue
        if notes[i, STEP] == RAISED:
            start, reddened = i, (i if notes[i, LEVEL] == RED else none)
        elif notes[i, STEP] == UPGRADED:
            reddened = i
        else:
            n = _told_past(target, figures, notes, end, n, start if start >= 0 else reddened, reddened, i, late_us, goes_on)
            start, reddened = none, none
    if target.said == OFF and target.level != OFF:
        now_us = notes[end, HAPPENED]
        _end_closed(target, notes[start, HAPPENED] if start >= 0 else began_us(target, now_us + 1), now_us)
    return _told_present(target, policy, figures, notes, end, n, start, reddened, late_us)


@kernel
def _goes_on(target: np.record, number: int, notes: Ints, first: int, end: int) -> bool:
    """Whether what stands is what the walk ends at, so that it can go on while things of the past are told beside it."""
    if target.said == OFF or target.over_us >= 0 or target.level == OFF:
        return False
    now_us = notes[end, HAPPENED]
    from_us = began_us(target, now_us + 1)
    for i in range(first, end):
        if notes[i, TARGET] == number and notes[i, STEP] == RAISED:
            from_us = notes[i, HAPPENED]
    return bool(_is_known(target, from_us if from_us >= 0 else now_us, now_us, run_us(target), LONG_BEFORE_US))


@kernel
def _told_past(
    target: np.record,
    figures: Floats,
    notes: Ints,
    present: int,
    n: int,
    start: int,
    reddened: int,
    over: int,
    late_us: int,
    goes_on: bool,  # noqa: FBT001  kernels take no keywords
) -> int:
    """Raise an episode that is over already, unless it was told.

    Beside what stands and `goes_on` it is told as a whole. Else it ends with the next fix in turn, for a backlog may show more of it.
    """
    level = RED if reddened >= 0 or notes[over, LEVEL] == RED else AMBER
    from_us, until_us = notes[start, HAPPENED] if start >= 0 else shown_us(target, notes[over, HAPPENED], level), notes[over, RUN]
    if from_us < 0:
        return n
    to_us = max(from_us, notes[over, HAPPENED] - AWAY_US)
    last = target.n_episodes - 1
    if target.over_us >= 0 and _is_of(target, last, from_us, to_us, until_us, LONG_BEFORE_US):
        n = upgraded(target, figures, notes, n, reddened if reddened >= 0 else over) if level > target.said else n
        target.episodes[last, SHOWN] = min(target.episodes[last, SHOWN], from_us)
        target.episodes[last, UNTIL_US] = max(target.episodes[last, UNTIL_US], to_us)
        target.over_us = max(target.over_us, notes[over, HAPPENED])
        return n
    if was_told(target, from_us, to_us, until_us, level):
        return n
    if target.said != OFF:
        if _still_grows(target, from_us, to_us, until_us, late_us, level):
            return n
        if goes_on:
            return _told_beside(target, figures, notes, n, start, reddened, over, from_us, to_us)
        n = ended(target, figures, notes, present, n)
    raised = start >= 0
    n = _raised(target, figures, notes, n, start, reddened) if raised else raised_as_of(target, figures, notes, over, n, from_us, level)
    target.over_us, target.episodes[target.n_episodes - 1, UNTIL_US] = notes[over, HAPPENED], to_us
    return n


@kernel
def _told_beside(
    target: np.record, figures: Floats, notes: Ints, n: int, start: int, reddened: int, over: int, from_us: int, to_us: int
) -> int:
    """Tell an episode that is over, from its begin to its end, beside what stands, which stays as it is."""
    _copied(figures, notes, start if start >= 0 else over, n)
    _as_it_began(target, from_us, figures[n])
    notes[n, STEP], notes[n, HAPPENED] = RAISED + BESIDE, from_us
    level = notes[n, LEVEL]
    n += 1
    if start >= 0 and reddened > start:
        _copied(figures, notes, reddened, n)
        notes[n, STEP], level = UPGRADED + BESIDE, RED
        n += 1
    count_beside(target, from_us, to_us, level)
    _copied(figures, notes, over, n)
    notes[n, STEP] = CLEARED + BESIDE
    return n + 1


@kernel
def count_beside(target: np.record, from_us: int, to_us: int, level: int) -> None:
    """Count an episode that is over as told, before the one that stands."""
    last = _with_room(target) - 1
    _copy_episode(target, last, last + 1)
    _write_episode(target, last, from_us, to_us, level)


@kernel
def _still_grows(target: np.record, from_us: int, to_us: int, until_us: int, late_us: int, level: int) -> bool:
    """Whether something that reaches what stands begins with the fix that has just come, or did a few fixes ago and is told but for that.

    The next fix may show it to begin earlier; it is said again only when its beginning holds still, or a fix comes in turn.
    """
    if _apart_us(target, target.n_episodes - 1, from_us, to_us) > OVERLAP_US:
        return False
    if from_us == late_us:
        target.again = 1
        return True
    if 0 < target.again < HELD and _told_of(target, from_us, to_us, until_us, level, FOREVER):
        target.again += 1
        return True
    return False


@kernel
def _as_it_began(target: np.record, from_us: int, out: Floats) -> None:
    """The figures that what stood from an instant on began by, into `out`; where they are forgotten it stays as it is."""
    if from_us == target.begun_us:
        copy_floats(target.begun[:], out)


@kernel
def raised_as_of(target: np.record, figures: Floats, notes: Ints, shown: int, n: int, from_us: int, level: int) -> int:
    """Tell a raise that is past, with the figures that it began by; where they are forgotten, with those of row `shown`."""
    _copied(figures, notes, shown, n)
    _as_it_began(target, from_us, figures[n])
    notes[n, STEP], notes[n, LEVEL], notes[n, HAPPENED] = RAISED, level, from_us
    tell(target, notes, n)
    return n + 1


@kernel
def said_again(target: np.record, figures: Floats, notes: Ints, present: int, n: int) -> int:
    """Say again what stands where it proves to have begun so early that it was raised for another thing, or red; row `present` is now."""
    target.again = 0
    last, now_us = target.n_transitions - 1, notes[present, HAPPENED]
    if target.said == OFF or last < 0:
        return n
    past = target.transitions[last, 1] == OFF
    off_us = target.transitions[last, 0] if past else now_us + 1
    logged = target.transitions[last - 1, 1] if past and last > 0 else target.transitions[last, 1]
    said = max(target.said, logged)
    from_us = shown_us(target, off_us, said)
    to_us = max(from_us, off_us - AWAY_US) if past else now_us
    run = run_us(target)
    if from_us < 0 or (_is_known(target, from_us, to_us, run, LONG_BEFORE_US) and was_told(target, from_us, to_us, run, said)):
        return n
    n = raised_as_of(target, figures, notes, present, ended(target, figures, notes, present, n), from_us, said)
    if past:
        target.over_us, target.episodes[target.n_episodes - 1, UNTIL_US] = off_us, to_us
    return n


@kernel
def stands_again(target: np.record, figures: Floats, notes: Ints, present: int, n: int, applies: bool) -> int:  # noqa: FBT001
    """Raise what still stands where an alarm about the past has taken its place, if the target applies; row `present` is now."""
    if target.said != OFF or target.level == OFF:
        return n
    now_us = notes[present, HAPPENED]
    if not applies:
        target.level = OFF
        log_level(target, now_us, OFF)
        return n
    from_us = began_us(target, now_us)
    return int(raised_as_of(target, figures, notes, present, n, from_us if from_us >= 0 else now_us, target.level))


@kernel
def _raised(target: np.record, figures: Floats, notes: Ints, n: int, start: int, reddened: int) -> int:
    """Tell a raise, and its upgrade where red came later."""
    _copied(figures, notes, start, n)
    notes[n, STEP] = RAISED
    tell(target, notes, n)
    return upgraded(target, figures, notes, n + 1, reddened) if reddened > start else n + 1


@kernel
def upgraded(target: np.record, figures: Floats, notes: Ints, n: int, shown: int) -> int:
    """Tell that what stands has become red, with the figures of event `shown`."""
    _copied(figures, notes, shown, n)
    notes[n, STEP], notes[n, LEVEL] = UPGRADED, RED
    tell(target, notes, n)
    return n + 1


@kernel
def ended(target: np.record, figures: Floats, notes: Ints, present: int, n: int) -> int:
    """Tell that a standing alarm is over, with the figures of now."""
    _copied(figures, notes, present, n)
    _end_past(target, notes, n)
    return n + 1


@kernel
def _end_past(target: np.record, notes: Ints, event: int) -> None:
    """Make event `event` the end of what stands: one about the past was over when its cause was."""
    if target.over_us >= 0:
        notes[event, HAPPENED] = target.over_us
    notes[event, STEP], notes[event, LEVEL] = CLEARED, target.said
    tell(target, notes, event)


@kernel
def _told_present(
    target: np.record, policy: Floats, figures: Floats, notes: Ints, present: int, n: int, start: int, reddened: int, late_us: int
) -> int:
    """Bring what was said to what the walk ended at."""
    level, none = target.level, whole(-1)
    if level == OFF:
        return ended(target, figures, notes, present, n) if target.said != OFF and target.over_us < 0 else n
    shown, now_us = start if start >= 0 else reddened, notes[present, HAPPENED]
    if target.said != OFF:
        from_us = notes[shown, HAPPENED] if shown >= 0 else shown_us(target, now_us + 1, level)
        from_us = from_us if from_us >= 0 else now_us
        run = run_us(target)
        same = _is_known(target, from_us, now_us, run, LONG_BEFORE_US)
        may_wait = not (target.said == AMBER and level == RED) or _is_known(target, from_us, now_us, run, FOREVER)
        if same or (may_wait and _still_grows(target, from_us, now_us, run, late_us, whole(AMBER))):
            target.over_us, target.episodes[target.n_episodes - 1, UNTIL_US] = -1, FOREVER
        else:
            n = ended(target, figures, notes, present, n)
            if shown >= 0:
                return _raised(target, figures, notes, n, shown, reddened)
            return raised_as_of(target, figures, notes, present, n, from_us, level)
    said = target.said
    if said == OFF:
        start_us = notes[start, HAPPENED] if start >= 0 else now_us
        if start < 0 or was_told(target, start_us, start_us, run_us(target), whole(AMBER)):
            level = level_alone(target, figures[present], level, policy)
            if level == OFF:  # and a backlog that goes back to after now must not find what was ended still standing
                target.level = OFF
                log_level(target, now_us, OFF)
                return n
            notes[present, LEVEL] = level
            return _raised(target, figures, notes, n, present, none)
        return _raised(target, figures, notes, n, start, reddened)
    if said == AMBER and level == RED:
        return upgraded(target, figures, notes, n, reddened if reddened >= 0 else present)
    target.level = said
    return n


@kernel
def _end_closed(target: np.record, from_us: int, now_us: int) -> None:
    """Let what the walk ends at, and what was ended without a fix after it had been told, stand no more."""
    closed_us = target.closed_us
    if from_us < closed_us and (from_us < 0 or was_told(target, from_us, min(now_us, closed_us), run_us(target), target.level)):
        target.level = OFF
        log_level(target, closed_us, OFF)


@kernel
def end_standing(targets: NDArray[np.record], number: int, at_us: int) -> bool:
    """End what stands at a target without a fix; whether anything stood."""
    target = targets[number]
    if target.said == OFF:
        return False
    if target.over_us < 0:
        target.level, target.closed_us = OFF, at_us
        log_level(target, at_us, OFF)
    target.episodes[target.n_episodes - 1, UNTIL_US] = at_us
    target.said, target.over_us = OFF, -1
    return True
