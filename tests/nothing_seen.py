"""For steps of a room whose input holds no repeats."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch


class NothingSeen:
    """A store in which nothing is yet."""

    def new_fixes(self, fixes: FixBatch) -> NDArray[np.bool_]:
        """(n,) true everywhere."""
        return np.ones(len(fixes), dtype=np.bool_)

    def new_events(self, events: Sequence[DeviceEvent]) -> NDArray[np.bool_]:
        """(n,) true everywhere."""
        return np.ones(len(events), dtype=np.bool_)
