"""What a meeting of strangers shows: that he lingers where she is, follows her, or has come back to her."""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.meetings import stayed_us

_LINGERS_US: Final = 5 * 60 * MICROSECONDS
"""A stay at least this long, after he has come to her, counts as lingering."""
_SURE: Final = 0.9998
"""Probability of being near her that is required while he still stays."""
_SURE_FIXES: Final = 6
"""Number of fixes that is required while he still stays."""
_SURE_AFTER: Final = 0.993
"""Probability that is required once he has gone."""
_FIXES_AFTER: Final = 3
"""Number of fixes that is required once he has gone."""
_NOT_NEAR: Final = 0.5
"""P(near) below which he has gone."""
_AFTER_US: Final = 45 * 60 * MICROSECONDS
"""A stay longer than this is not judged by what suffices once he has gone."""
_LIVES_US: Final = 25 * 60 * MICROSECONDS
"""A stay at least this long counts although he was there before her."""
_LIVES_CHANCE: Final = 0.9995
"""Probability of being near her that is required of such a stay."""
_LIVES_FIXES: Final = 15
"""Number of fixes that is required of it."""
_LIVES_M: Final = 40.0
"""Largest distance, a few houses, at which who was there before counts."""
_CLOSE_US: Final = 12 * 60 * MICROSECONDS
"""Time spent near her by all looks after which a shorter stay counts too."""
_CLOSE_CHANCE: Final = 0.999
"""Probability that is required of that."""
_CLOSE_SHARE: Final = 0.95
"""Share of the meeting that must have been spent near her then."""
_FOLLOWED_M: Final = 400.0
"""Least way that they have gone together for it to be following."""
_FOLLOWS_US: Final = 6 * 60 * MICROSECONDS
"""Least time that he has been near her on it."""
_FOLLOWS_LOOKS: Final = 5
"""Least number of looks at which both went."""
_FOLLOWS: Final = 0.7
"""Mean probability of being near at these looks."""
_AWAY_US: Final = 11 * 60 * MICROSECONDS
"""Least time between the end of a visit and coming back."""
BACK: Final = 0.75
"""Probability, that he was near her both times, from which it is coming back."""
_BACK_ODDS: Final = 0.4
"""Least odds of that for each protected person about: where many are, being near one of them twice is chance."""


def are_lingering(meetings: NDArray[np.void]) -> NDArray[np.bool_]:
    """In which meetings he has stayed near her: by near certainty while he stays, by less once he has gone."""
    lasted_us, chance, n = stayed_us(meetings), meetings["stay_chance"], meetings["n_fixes"]
    long = (lasted_us >= _LINGERS_US) & meetings["came"]
    now = long & meetings["staying"] & (chance >= _SURE) & (n >= _SURE_FIXES)
    gone = ~meetings["staying"] & (meetings["chance"] < _NOT_NEAR)
    after = long & gone & (chance >= _SURE_AFTER) & (n >= _FIXES_AFTER) & (lasted_us <= _AFTER_US)
    lives = (lasted_us >= _LIVES_US) & (n >= _LIVES_FIXES) & (chance >= _LIVES_CHANCE)
    near_us = meetings["near_us"]
    close = (near_us >= _CLOSE_US) & (near_us >= _CLOSE_SHARE * (meetings["last_us"] - meetings["begun_us"])) & (chance >= _CLOSE_CHANCE)
    there = (lives | close) & ~meetings["came"] & meetings["staying"] & (meetings["stay_m"] <= _LIVES_M)
    lingering: NDArray[np.bool_] = now | after | there
    return lingering


def are_following(meetings: NDArray[np.void]) -> NDArray[np.bool_]:
    """In which meetings he has gone where she went."""
    far = (meetings["way_m"] >= _FOLLOWED_M) & (meetings["near_us"] >= _FOLLOWS_US) & (meetings["n_going"] >= _FOLLOWS_LOOKS)
    following: NDArray[np.bool_] = far & (meetings["near_going"] >= _FOLLOWS * meetings["n_going"])
    return following


def chance_of_following(meeting: np.void) -> float:
    """P(near) over the looks at which both went."""
    return float(meeting["near_going"]) / float(meeting["n_going"])


def chance_of_return(visits: Iterable[tuple[int, float]], meeting: np.void) -> float:
    """P(he has come to be near her, has been away and has come again), by when earlier visits ended and how likely each was."""
    if not meeting["came_to_it"]:
        return 0.0
    before_us = int(meeting["begun_us"]) - _AWAY_US
    return float(meeting["second"]) * max((chance for ended_us, chance in visits if ended_us <= before_us), default=0.0)


def is_back(chance: float, crowd: int) -> bool:
    """Whether that chance of a return is enough where so many protected persons are about, she among them."""
    return chance >= BACK and chance >= _BACK_ODDS * crowd * (1.0 - chance)
