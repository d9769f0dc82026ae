"""What a room has seen of fixes, looked up in the plainest way: what quicker ways must agree with."""

import numpy as np
from numpy.typing import NDArray

from backend_bridge.application.intake import joined
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.watching.repeats import first_of_fixes


class PlainMemory:
    """All fixes so far; of events it knows nothing, and none may come."""

    def __init__(self) -> None:
        self._before: list[FixBatch] = []

    def new_fixes(self, fixes: FixBatch) -> NDArray[np.bool_]:
        """(n,) which are repeated by none before."""
        self._before.append(fixes)
        return first_of_fixes(joined(self._before))[-len(fixes) :] if len(fixes) else np.zeros(0, np.bool_)

    def new_events(self, events: object) -> NDArray[np.bool_]:
        """Nothing asks for these."""
        raise AssertionError(events)
