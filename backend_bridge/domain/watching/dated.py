"""Dates that cannot be: what was measured after it was received, by a clock that is ahead.

Gateways' messages are refused where a date lies more than a minute ahead of the bridge's clock. Files hold such dates, and one of them
would be the newest for as long as it lies ahead: what its device sends until then would be late, and what comes to pass told as past.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.quantities import MICROSECONDS

AHEAD_US: Final = 60 * MICROSECONDS
"""What is dated farther ahead of its receipt is taken as of then."""


def judged_at(fixes: FixBatch) -> FixBatch:
    """The fixes as they are judged: what is dated too far ahead as of its receipt."""
    return _dated(fixes, 0)


def doubted_at(fixes: FixBatch) -> FixBatch:
    """The fixes as they are doubted: in about the order of the judged ones, and still ahead."""
    return _dated(fixes, AHEAD_US)


def _dated(fixes: FixBatch, ahead_us: int) -> FixBatch:
    too_far = fixes.measured_us - fixes.received_us > AHEAD_US
    if not np.count_nonzero(too_far):
        return fixes
    return replace(fixes, measured_us=np.where(too_far, fixes.received_us + ahead_us, fixes.measured_us))


def events_judged_at(events: Sequence[DeviceEvent]) -> Sequence[DeviceEvent]:
    """The events as they are judged."""
    return [
        replace(event, measured_us=event.received_us) if event.measured_us - event.received_us > AHEAD_US else event for event in events
    ]
