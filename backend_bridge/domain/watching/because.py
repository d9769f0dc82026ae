"""The figures behind a decision, each with the decimals that it deserves, so that the same input gives the same bytes."""

import math
from typing import Final

from backend_bridge.domain.alarm import Figure
from backend_bridge.domain.quantities import MICROSECONDS

_DECIMALS: Final = {"_m": 1, "_mps": 2, "_s": 1, "_deg": 6, "_percent": 1, "_min": 1}
_PROBABILITY_DECIMALS: Final = 4
LONGEST_CONTACT_S: Final = 3600.0
"""Nobody can act on a contact that is predicted for later: two who hardly move would meet in a year."""


def because(**figures: Figure) -> dict[str, Figure]:
    """The figures that are known, floats rounded by the unit that ends their name; anything else has four decimals."""
    return {name: value for name, value in ((name, rounded(name, figure)) for name, figure in figures.items()) if value is not None}


def rounded(name: str, figure: Figure) -> Figure:
    """A figure with the decimals of its unit; a float that is no number becomes None, for JSON knows none."""
    if isinstance(figure, tuple):
        return tuple(rounded(name, part) for part in figure)  # type: ignore[misc]  # a figure nests at most twice
    if not isinstance(figure, float):
        return figure
    if not math.isfinite(figure):
        return None
    decimals = next((places for unit, places in _DECIMALS.items() if name.endswith(unit)), _PROBABILITY_DECIMALS)
    # Adding zero turns −0.0 into 0.0, which would print differently.
    return round(figure, decimals) + 0.0


def probability(value: float) -> float:
    """A probability as alarms carry it: four decimals, within 0–1, never rounded up to a certainty that is not there."""
    if math.isnan(value):
        return 0.0
    clipped = min(max(value, 0.0), 1.0)
    return min(round(clipped, _PROBABILITY_DECIMALS), 0.9999) if clipped < 1.0 else 1.0


def seconds(from_us: int, to_us: int) -> float:
    """The span between two instants in seconds."""
    return (to_us - from_us) / MICROSECONDS
