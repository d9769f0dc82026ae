"""What the room needs of the world while it decides."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.alarm import AlarmChange
from backend_bridge.domain.breach.engine_halves import Beside
from backend_bridge.domain.case import Case
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import AlarmId, CaseId, DeviceId
from backend_bridge.domain.watching.bounds import Bounds
from backend_bridge.domain.watching.picture import Picture


class Seen(Protocol):
    """What the store holds already, so that nothing is stored or judged twice."""

    def new_fixes(self, fixes: FixBatch) -> NDArray[np.bool_]:
        """(n,) true where the fix is not stored and was in no earlier call, which it remembers.

        The same fix: device, measured_us, device_seq; without a device_seq all columns but received_us equal.
        """
        ...

    def new_events(self, events: Sequence[DeviceEvent]) -> NDArray[np.bool_]:
        """(n,) the same for events: device, measured_us, kind, value."""
        ...


class WatchPort(Protocol):
    """What decides about fixes and device events; `Watch` is the one that does."""

    def use_beside(self, beside: Beside) -> None:
        """Judge two halves of many fixes by this; what is decided is the same."""
        ...

    def register(self, cases: Sequence[Case], at_us: int) -> tuple[AlarmChange, ...]:
        """Put new cases and new versions in force from `at_us`."""
        ...

    def end_order(self, case: CaseId, at_us: int) -> tuple[AlarmChange, ...]:
        """Decide nothing about the wearer any more from `at_us`."""
        ...

    def release(self, alarm: AlarmId, at_us: int) -> tuple[AlarmChange, ...]:
        """End an alarm that stays until a person ends it."""
        ...

    def listed(self, several: Sequence[tuple[DeviceId, ...]]) -> tuple[tuple[DeviceId, ...], list[NDArray[np.int32]]] | None:
        """Names that stay the same object until cases change, and where among them those of each batch are; None where they are not."""
        ...

    def concerns(self, batch: FixBatch) -> NDArray[np.bool_]:
        """(n,) rows whose positions are kept."""
        ...

    def advance(self, fixes: FixBatch, events: Sequence[DeviceEvent], now_us: int) -> tuple[AlarmChange, ...]:
        """Decide about what came, and about what time alone shows until `now_us`."""
        ...

    def let_go(self) -> None:
        """Free the memory: it is not used any more."""
        ...

    def picture(self, now_us: int) -> Picture:
        """How everybody and everything stands at `now_us`; changes nothing."""
        ...

    def bounds(self, case: CaseId, device: DeviceId) -> Bounds:
        """The zones and rings that a case holds a device to, and the probabilities that count; may be asked by any thread."""
        ...
