"""Places and times as the core speaks of them: WGS 84 degrees, and whole microseconds of UTC since 1970."""

from dataclasses import dataclass
from typing import Final

MICROSECONDS: Final = 1_000_000
"""Microseconds in a second: instants in the core are int64 microseconds and end in `_us`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LatLon:
    """A point on the ground in WGS 84 degrees."""

    lat_deg: float
    lon_deg: float
