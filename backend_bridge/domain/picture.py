"""How everybody and everything stands at one instant, as arrays: what position frames, pair rows and device rows are cut from."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId


class Fresh(IntEnum):
    """How old a position is against the interval that its device keeps, as the column `freshness` holds it."""

    LIVE = 0
    LATE = 1
    STALE = 2
    LOST = 3
    NEVER = 4
    """No fix yet: position and figures are NaN, `measured_us` −1."""


class PairTrend(IntEnum):
    """Whether two come nearer, as the column `trend` holds it."""

    UNKNOWN = 0
    CLOSING = 1
    STEADY = 2
    OPENING = 3


class Strap(IntEnum):
    """The strap as the column `strap` holds it."""

    UNKNOWN = 0
    OK = 1
    CUT = 2
    RESTORED = 3
    """Cut, then reported whole: a person must look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceColumns:
    """n devices that a case names, each once, in an order that only ever grows at its end."""

    devices: tuple[DeviceId, ...]
    lat_deg: NDArray[np.float64]
    """The filtered position at the instant of the picture."""
    lon_deg: NDArray[np.float64]
    accuracy_m: NDArray[np.float32]
    """68 % radius of the filtered position; NaN unknown."""
    speed_mps: NDArray[np.float32]
    course_deg: NDArray[np.float32]
    """NaN when still."""
    measured_us: NDArray[np.int64]
    """Of the newest fix by measurement; −1 for none."""
    received_us: NDArray[np.int64]
    """When the newest fix or event came; −1 for none."""
    freshness: NDArray[np.uint8]
    """A `Fresh`."""
    reach_m: NDArray[np.float32]
    """Radius of where the person could be by now; 0 when live."""
    part: NDArray[np.uint8]
    """0 wearer, 1 protected person."""
    source: NDArray[np.int8]
    """A `FixSource`, of the newest fix."""
    battery: NDArray[np.int16]
    """Per cent; −1 unknown."""
    charging: NDArray[np.bool_]
    strap: NDArray[np.uint8]
    """A `Strap`."""
    jammed: NDArray[np.bool_]
    separated: NDArray[np.bool_]
    silent_since_us: NDArray[np.int64]
    """Since when the device has not been heard although it should be; −1 when heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairColumns:
    """m pairs of a wearer and a protected person, of cases in force; NaN where a device has no fix yet."""

    cases: tuple[CaseId, ...]
    abouts: tuple[PersonId, ...]
    distance_m: NDArray[np.float64]
    distance_error_m: NDArray[np.float64]
    """68 % of the distances lie within ± this."""
    closing_mps: NDArray[np.float64]
    closing_share_subject: NDArray[np.float64]
    contact_s: NDArray[np.float64]
    """To the nearest `alarm` ring; NaN where no contact is predicted."""
    miss_m: NDArray[np.float64]
    trend: NDArray[np.uint8]
    """A `PairTrend`."""
    co_travel: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Everything at `at_us`."""

    at_us: int
    devices: DeviceColumns
    pairs: PairColumns
