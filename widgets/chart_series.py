"""Tracks as series to draw: gaps stay gaps, and distance and closing speed are worked out only where both were measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from backend_bridge.application.rows import Track

Floats: TypeAlias = NDArray[np.float64]
EARTH_M: Final = 6_371_008.8
DISPLACED = 2
"""What `Track.rejected` says of a position that is taken for a reflection."""
GAP_S: Final = 120.0
"""Two positions further apart than this are not joined by a line."""
SMOOTH_S: Final = 30.0
"""The closing speed is the slope of the distance over this time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """n moments in seconds of UTC and a value at each; NaN where the line breaks."""

    at_s: Floats
    value: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackArrays:
    """A track decoded: n believed positions, oldest first."""

    at_s: Floats
    lat_deg: Floats
    lon_deg: Floats
    speed_mps: Floats
    inside: Floats


EMPTY: Final = Series(at_s=np.empty(0), value=np.empty(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The probabilities in percent from which the bridge's decisions are amber, and red."""

    amber: float
    red: float
    zone: tuple[float, float] | None = None
    """From where being in a zone is red: of who moves, and of who stays; None where there is none to keep out of."""
    outside: float | None = None
    """From where having left a zone is red; None where there is none to stay in."""


def thresholds_of(track: Track) -> Thresholds | None:
    """What the decisions about a track go by; None where nothing decides."""
    if track.amber_from is None or track.red_from is None:
        return None
    outside = track.outside_from * 100 if track.outside_from is not None and len(outside_series(track).at_s) else None
    zone = (track.red_moving * 100, track.red_at_rest * 100) if track.red_moving is not None and track.red_at_rest is not None else None
    return Thresholds(amber=track.amber_from * 100, red=track.red_from * 100, zone=zone, outside=outside)


def arrays_of(track: Track) -> TrackArrays:
    """The believed positions of a track."""
    believed = np.frombuffer(track.rejected, "u1") == 0
    return TrackArrays(
        at_s=np.frombuffer(track.measured_us, "<i8")[believed] / 1e6,
        lat_deg=np.frombuffer(track.lat_deg, "<f8")[believed],
        lon_deg=np.frombuffer(track.lon_deg, "<f8")[believed],
        speed_mps=np.frombuffer(track.speed_mps, "<f4")[believed].astype(np.float64),
        inside=np.frombuffer(track.inside, "<f4")[believed].astype(np.float64),
    )


def with_gaps(at_s: Floats, value: Floats, gap_s: float = GAP_S) -> Series:
    """The series with a NaN in each gap longer than `gap_s`, so that nothing is drawn across it."""
    breaks = np.flatnonzero(np.diff(at_s) > gap_s) + 1
    return Series(at_s=np.insert(at_s, breaks, at_s[breaks] - 1e-3), value=np.insert(value, breaks, np.nan))


def speed_series(track: TrackArrays) -> Series:
    """Speed over ground as the device measured it, worked out from the way where it did not."""
    speed = track.speed_mps
    if len(speed) > 1 and np.isnan(speed).any():
        way_m = ground_m(track.lat_deg[:-1], track.lon_deg[:-1], track.lat_deg[1:], track.lon_deg[1:])
        took_s = np.maximum(np.diff(track.at_s), 1e-3)
        walked = np.insert(way_m / took_s, 0, np.nan)
        speed = np.where(np.isnan(speed), walked, speed)
    return with_gaps(track.at_s, speed)


def inside_series(track: TrackArrays) -> Series:
    """Probability of being inside, in percent."""
    return with_gaps(track.at_s, track.inside * 100)


def outside_series(track: Track) -> Series:
    """Probability of being outside of a zone to stay in, in percent; empty where none was in force."""
    chance = np.frombuffer(track.outside, "<f4").astype(np.float64) * 100
    if np.isnan(chance).all():
        return EMPTY
    believed = np.frombuffer(track.rejected, "u1") == 0
    return with_gaps(np.frombuffer(track.measured_us, "<i8")[believed] / 1e6, chance[believed])


def joined(several: Sequence[Series]) -> Series:
    """Points of several series as one, in no order."""
    if not several:
        return EMPTY
    return Series(at_s=np.concatenate([one.at_s for one in several]), value=np.concatenate([one.value for one in several]))


def rejected_series(track: Track) -> Series:
    """When a position was not believed, at the probability of a breach that the filter saw then, in percent; at 0 where none is known."""
    doubted = np.frombuffer(track.rejected, "u1") != 0
    inside = np.nan_to_num(np.frombuffer(track.inside, "<f4")[doubted].astype(np.float64) * 100)
    return Series(at_s=np.frombuffer(track.measured_us, "<i8")[doubted] / 1e6, value=inside)


def rejected_symbols(track: Track) -> list[str]:
    """The mark of each position of `rejected_series`: a cross for a lone jump, an upright one for a reflection."""
    return ["+" if why == DISPLACED else "x" for why in np.frombuffer(track.rejected, "u1") if why]


def ring_series(protected: Track, one: TrackArrays, other: TrackArrays) -> Series:
    """Probability of being within a ring, in percent, from the protected person's track; broken where either was last heard long ago."""
    at_s = np.frombuffer(protected.ring_us, "<i8") / 1e6
    chance = np.frombuffer(protected.ring, "<f4").astype(np.float64) * 100
    for heard in (one, other):
        if len(heard.at_s):
            last = np.maximum(np.searchsorted(heard.at_s, at_s, side="right") - 1, 0)
            chance = np.where(at_s - heard.at_s[last] > GAP_S, np.nan, chance)
    return with_gaps(at_s, chance)


def distance_series(one: TrackArrays, other: TrackArrays) -> Series:
    """Distance of `one` from `other` at the moments of `one`, in metres; broken where `other` has a gap."""
    if len(one.at_s) == 0 or len(other.at_s) == 0:
        return EMPTY
    lat = np.interp(one.at_s, other.at_s, other.lat_deg, left=np.nan, right=np.nan)
    lon = np.interp(one.at_s, other.at_s, other.lon_deg, left=np.nan, right=np.nan)
    metres = ground_m(one.lat_deg, one.lon_deg, lat, lon)
    after = np.clip(np.searchsorted(other.at_s, one.at_s), 1, max(1, len(other.at_s) - 1))
    if len(other.at_s) > 1:
        metres = np.where(other.at_s[after] - other.at_s[after - 1] > GAP_S, np.nan, metres)
    return with_gaps(one.at_s, metres)


def closing_series(distance: Series) -> Series:
    """Closing speed in m/s, positive when they come nearer: minus the slope of the distance over half a minute."""
    at_s, metres = distance.at_s, distance.value
    if len(at_s) < 2:
        return EMPTY
    before = np.searchsorted(at_s, at_s - SMOOTH_S)
    before = np.minimum(before, np.maximum(np.arange(len(at_s)) - 1, 0))
    took_s = at_s - at_s[before]
    with np.errstate(invalid="ignore", divide="ignore"):
        slope = np.where(took_s > 0, (metres[before] - metres) / took_s, np.nan)
    return Series(at_s=at_s, value=np.where(_gap_between(metres, before), np.nan, slope))


def _gap_between(metres: Floats, before: NDArray[np.intp]) -> NDArray[np.bool_]:
    n_gaps = np.cumsum(np.isnan(metres))
    return np.asarray(n_gaps != n_gaps[before], dtype=np.bool_)


def value_at(series: Series, at_s: float) -> float:
    """The value of the series at a moment; NaN in a gap or outside."""
    if len(series.at_s) == 0 or not series.at_s[0] <= at_s <= series.at_s[-1]:
        return float("nan")
    at = int(np.searchsorted(series.at_s, at_s))
    near = at if at == 0 or series.at_s[at] - at_s < at_s - series.at_s[at - 1] else at - 1
    return float(series.value[near])


def ground_m(lat1: Floats, lon1: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """Distance on the sphere in metres, element by element; degrees in."""
    phi1, phi2 = np.radians(lat1), np.radians(lat2)
    half = np.sin((phi2 - phi1) / 2) ** 2 + np.cos(phi1) * np.cos(phi2) * np.sin(np.radians(lon2 - lon1) / 2) ** 2
    return np.asarray(2 * EARTH_M * np.arcsin(np.sqrt(half)), dtype=np.float64)
