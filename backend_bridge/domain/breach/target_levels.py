"""The level that a target stands at: a machine with hysteresis over a probability, and its past."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.exact_math import exp, log
from backend_bridge.domain.breach.kernel import copy_floats, kernel, whole
from backend_bridge.domain.breach.track_model import N_MOTIONS, STILL
from backend_bridge.domain.breach.track_table import SURE_SPANS, TRANSITIONS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

OFF, AMBER, RED = 0, 1, 2
EXCLUSION, WARNING_BAND, INCLUSION, RING, APPROACH = 0, 1, 2, 3, 4
"""Kinds of targets."""
RAISED, UPGRADED, CLEARED = 0, 1, 2
BESIDE: Final = 3
"""Added to a step of an alarm about the past that is over already, told beside what stands and goes on."""

AMBER_FROM, RED_FROM, UNTIL = range(3)
"""Columns of a policy: probabilities from which a target is amber, is red, and down to which it stands."""
SURE: Final = 0.95
"""Fixes as likely as this, one after the other, show one and the same breach."""
AWAY_US: Final = 120_000_000
"""An alarm ends when its cause has been gone for this long: who comes back sooner has never left."""
UNLIKELY_US: Final = 100_000_000
"""A fix that makes its cause unlikely, so long after the last that surely showed it: what was before was a thing of its own;"""
UNSURE_US: Final = 150_000_000
"""and so it was where nothing has surely shown its cause for this long, though nobody was seen to leave."""
UNSEEN_US: Final = 240_000_000
"""and where no fix at all shows somebody for this long who moves then, he may have left and come back."""
STALE_US: Final = 10_800_000_000
"""An alarm that has stood for three hours tells nothing of who probably left and surely comes in,"""
DOUBT_US: Final = 1_800_000_000
"""nor of who has been in doubt for half an hour and surely is inside then."""
FOREVER: Final = 2**62
MOVING_ODDS: Final = 0.7
"""Red of an exclusion zone is asked of who moves at so many times the odds of the policy: he may be gone at the next fix."""
AT_REST_ODDS: Final = 3.5
"""Who stays beside a zone will be there then, and what is wrong with this fix may be over: waiting costs little, and most false ones were
his."""
AT_REST: Final = 0.5
"""Whoever is at rest with this probability is taken to have stayed."""
CAUTION: Final = 1.1
"""The filter's odds are to this power what they have proved to be."""
SURELY_OUT: Final = 0.978
"""Who is at home for the night seems to be outside now and then: an inclusion zone is red from here, not from where a breach is."""
PROBABILITY, DISTANCE, SIGMA, SPEED, CLOSING, SHARE, CONTACT, MISS, WAY_US, WAY_FROM_US, WAY_CHANCE, WAY_DISTANCE, WAY_SIGMA = range(13)
HIS_SIGMA, HER_SIGMA, HIS_SPEED, HER_SPEED, RELATIVE, HIS_AGE, HER_AGE, HIS_FIXES, HER_FIXES = range(13, 22)
WEIGHTS: Final = 22
"""Columns of a crossing's figures; six weights from `WEIGHTS` on. Those of a way between two fixes are NaN where a fix shows it, and
those of each side of a pair where a zone is crossed."""
FIX, TARGET, STEP, LEVEL, HAPPENED, KNOWN, N_FIXES, RUN = range(8)
"""Columns of its whole numbers; `RUN`: see `run_us`."""
NOTES_WIDTH: Final = 8


@kernel
def calibrated(chance: float) -> float:
    """What the filter's probability of a zone has proved to be worth: it is a little too cautious, on either side of one half."""
    if not 0.0 < chance < 1.0:
        return min(chance, 1.0)
    odds = exp(CAUTION * log(chance / (1.0 - chance)))
    return odds / (1.0 + odds)


@kernel
def level_after(target: np.record, figures: Floats, at_us: int, highest: int, policy: Floats) -> int:
    """The level that the figures of an instant lead to; remembers until when the cause of the alarm has lasted."""
    before = level = target.level
    chance = figures[PROBABILITY]
    if chance >= red_from(target, figures, policy) and highest == RED:
        level = RED
    elif level == OFF and chance >= policy[AMBER_FROM]:
        level = AMBER
    _note_chance(target, chance, at_us, before == OFF and level != OFF, policy)
    if level != OFF and chance > policy[UNTIL]:
        target.inside_us = at_us
    elif level != OFF and at_us - target.inside_us >= AWAY_US:
        level = OFF
    if level not in (before, OFF):
        begins(target, at_us)
    elif level != OFF and target.run_over_us < 0:
        if chance >= SURE and _may_have_left(target, figures, at_us):
            target.run_over_us = at_us
        elif chance >= SURE:
            _note_sure(target, at_us)
        else:
            _note_unsure(target, at_us, chance < policy[AMBER_FROM])
    return int(level)


@kernel
def _note_chance(target: np.record, chance: float, at_us: int, begins_now: bool, policy: Floats) -> None:  # noqa: FBT001  kernels take no keywords
    """Remember when the cause of an alarm was last sure (or what began it), unsure and unlikely."""
    if chance >= SURE or begins_now:
        target.surely_us = at_us
        return
    target.unsure_us = at_us
    if chance < policy[AMBER_FROM]:
        target.unlikely_us = at_us


@kernel
def begins(target: np.record, at_us: int) -> None:
    """Remember what shows a target's alarm first, and nothing of before."""
    target.n_sure, target.run_over_us = 0, -1
    _note_sure(target, at_us)


@kernel
def comes_anew(target: np.record, chance: float, at_us: int) -> bool:
    """Whether an alarm stands for hours and its cause, unlikely for a while before or in doubt for long, is sure: another breach."""
    left = target.surely_us < min(target.unlikely_us, at_us - AWAY_US)
    back = target.level != OFF and chance >= SURE and (left or target.unsure_us - target.surely_us >= DOUBT_US)
    return bool(back and at_us - began_us(target, at_us) >= STALE_US)


@kernel
def _may_have_left(target: np.record, figures: Floats, at_us: int) -> bool:
    """Whether somebody who moves was in the run of sure fixes until long before this one, and nothing is known of him in between."""
    n = target.n_sure
    at_rest = figures[WEIGHTS + STILL] + figures[WEIGHTS + N_MOTIONS + STILL]
    return bool(n > 0 and target.sure[n - 1, 2] < 0 and at_us - target.sure[n - 1, 1] >= UNSEEN_US and at_rest < AT_REST)


@kernel
def _note_sure(target: np.record, at_us: int) -> None:
    """Take a fix that surely shows what a target has been raised for."""
    n = target.n_sure
    if n > 0 and target.sure[n - 1, 2] < 0:
        target.sure[n - 1, 1] = at_us
        return
    if n == SURE_SPANS:
        target.sure[n - 1, 1], target.sure[n - 1, 2] = at_us, -1
        return
    target.sure[n, 0], target.sure[n, 1], target.sure[n, 2] = at_us, at_us, -1
    target.n_sure = n + 1


@kernel
def _note_unsure(target: np.record, at_us: int, unlikely: bool) -> None:  # noqa: FBT001  kernels take no keywords
    """Take a fix that does not; the first run of sure ones is over once there has been none for long enough, sooner if it is unlikely."""
    n = target.n_sure
    if n == 0:
        return
    if target.sure[n - 1, 2] < 0:
        target.sure[n - 1, 2] = at_us
    if at_us - target.sure[n - 1, 1] >= (UNLIKELY_US if unlikely else UNSURE_US):
        target.run_over_us = at_us


@kernel
def run_us(target: np.record) -> int:
    """The last fix of the first run of sure ones since a target was raised."""
    return int(target.sure[target.n_sure - 1, 1]) if target.n_sure > 0 else FOREVER


@kernel
def red_from(target: np.record, figures: Floats, policy: Floats) -> float:
    """The probability from which a target is red, as its device moves or stays."""
    if target.kind == INCLUSION:
        return float(max(policy[RED_FROM], SURELY_OUT))
    if target.kind != EXCLUSION:
        return float(policy[RED_FROM])
    at_rest = figures[WEIGHTS + STILL] + figures[WEIGHTS + N_MOTIONS + STILL]
    return float(at_odds(policy[RED_FROM], MOVING_ODDS + at_rest * (AT_REST_ODDS - MOVING_ODDS)))


@kernel
def at_odds(chance: float, times: float) -> float:
    """The probability with so many times the odds."""
    odds = times * chance
    return odds / (1.0 - chance + odds)


@kernel
def level_alone(target: np.record, figures: Floats, highest: int, policy: Floats) -> int:
    """The level that figures are worth by themselves."""
    if figures[PROBABILITY] >= red_from(target, figures, policy) and highest == RED:
        return RED
    return AMBER if figures[PROBABILITY] >= policy[AMBER_FROM] else OFF


@kernel
def stepped(target: np.record, number: int, level: int, at_us: int, notes: Ints, n: int) -> int:
    """Bring a target to a level; what changes is event n (figures are there already); the new n."""
    before = target.level
    if level == before:
        return n
    target.level = level
    log_level(target, at_us, level)
    notes[n, TARGET], notes[n, HAPPENED], notes[n, RUN] = number, at_us, run_us(target)
    notes[n, LEVEL] = before if level == OFF else level
    notes[n, STEP] = CLEARED if level == OFF else (RAISED if before == OFF else UPGRADED)
    return n + 1


@kernel
def note_beginning(target: np.record, figures: Floats, at_us: int) -> None:
    """Remember by what something began to stand: it may have to be told later, when that is long past."""
    target.begun_us = at_us
    copy_floats(figures, target.begun[:])


@kernel
def log_level(target: np.record, at_us: int, level: int) -> None:
    """Remember that a target stands at a level from an instant on."""
    n = target.n_transitions
    if n == TRANSITIONS:
        for k in range(1, n):
            target.transitions[k - 1, 0] = target.transitions[k, 0]
            target.transitions[k - 1, 1] = target.transitions[k, 1]
        n -= 1
    target.transitions[n, 0], target.transitions[n, 1] = at_us, level
    target.n_transitions = n + 1


@kernel
def began_us(target: np.record, before_us: int) -> int:
    """When what stood just before an instant was raised, as its log has it; −1 where nothing stood, or that is forgotten."""
    k = _step_before(target, before_us)
    if k < 0 or target.transitions[k, 1] == OFF:
        return whole(-1)
    while k > 0 and target.transitions[k - 1, 1] != OFF:
        k -= 1
    return int(target.transitions[k, 0])


@kernel
def shown_us(target: np.record, before_us: int, level: int) -> int:
    """Like `began_us`, for red since when it was red."""
    k = _step_before(target, before_us)
    if level == RED and k >= 0 and target.transitions[k, 1] == RED:
        return int(target.transitions[k, 0])
    return int(began_us(target, before_us))


@kernel
def _step_before(target: np.record, before_us: int) -> int:
    """The last change of level before an instant; −1 where none is remembered."""
    k = target.n_transitions - 1
    while k >= 0 and target.transitions[k, 0] >= before_us:
        k -= 1
    return int(k)


@kernel
def rewind_level(target: np.record, at_us: int, before_us: int) -> None:
    """Set a target back to what it stood at before `at_us`; the fix before that was measured at `before_us`."""
    n = target.n_transitions
    while n > 0 and target.transitions[n - 1, 0] >= at_us:
        n -= 1
    target.n_transitions = n
    target.level = target.transitions[n - 1, 1] if n else OFF
    target.inside_us = min(target.inside_us, at_us)
    target.surely_us = min(target.surely_us, at_us)
    target.unsure_us = min(target.unsure_us, at_us)
    target.unlikely_us = min(target.unlikely_us, at_us)
    if target.run_over_us >= at_us:
        target.run_over_us = -1
    n = target.n_sure
    while n > 0 and target.sure[n - 1, 0] >= at_us:
        n -= 1
    target.n_sure = n
    if n > 0:
        target.sure[n - 1, 1] = min(target.sure[n - 1, 1], max(before_us, target.sure[n - 1, 0]))
        if target.sure[n - 1, 2] >= at_us:
            target.sure[n - 1, 2] = -1
