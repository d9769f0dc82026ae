"""Two people who move as in one vehicle."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

_TOGETHER_M: Final = 150.0
_TOGETHER_MPS: Final = 3.0
_TOGETHER_SHARE: Final = 0.3
"""They move against each other by less than so much of the slower one's speed."""

Floats = NDArray[np.float64]


def co_travel(distance_m: Floats, slower_mps: Floats, relative_mps: Floats) -> NDArray[np.bool_]:
    """Which of n pairs are near each other and go the same way at the same speed; not those of which anything is NaN."""
    together: NDArray[np.bool_] = distance_m < _TOGETHER_M
    return together & (slower_mps > _TOGETHER_MPS) & (relative_mps < _TOGETHER_SHARE * slower_mps)
