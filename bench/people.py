"""Made-up people for benches: days of stays and trips in a plane, and what their devices report of them.

Metres east and north, seconds of the day. Nobody of this lived anywhere; everything follows from the seed.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch, FixSource
from backend_bridge.domain.identifiers import DeviceId

Floats = NDArray[np.float64]

S: Final = 1_000_000
DAY_S: Final = 86_400.0
WALK_MPS: Final = 1.35
RIDE_MPS: Final = 8.0
WALKABLE_M: Final = 1_200.0
ERROR_M: Final = (4.0, 10.0, 18.0)
"""Per axis: open sky, between houses, indoors."""
ERROR_TAU_S: Final = (100.0, 60.0, 300.0)
RADIUS_68: Final = 1.51
M_PER_DEGREE: Final = 111_320.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One person's true day: corners of a way that is straight and even between them; `indoors` from each corner to the next."""

    at_s: Floats
    xy_m: Floats
    indoors: NDArray[np.bool_]

    def where(self, seconds: Floats) -> Floats:
        """(n, 2) true places."""
        return np.column_stack([np.interp(seconds, self.at_s, self.xy_m[:, axis]) for axis in (0, 1)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """How good devices are: seconds between fixes, share lost indoors, outages, jumps."""

    still_s: float = 60.0
    moving_s: float = 25.0
    lost_indoors: float = 0.25
    outages_a_day: float = 2.0
    outage_s: float = 480.0
    jumps_an_hour: float = 1.5
    jump_m: float = 100.0
    honest_jumps: float = 0.7
    error: float = 1.0
    """Times the usual errors;"""
    memory: float = 1.0
    """times their usual correlation times, 0 for white noise;"""
    told: float = 1.0
    """times the accuracy that would be honest."""


class Diary:
    """Puts a day together, corner by corner."""

    def __init__(self, home: Floats, leaves_s: float) -> None:
        self._rows: list[tuple[float, float, float, bool]] = [(0.0, float(home[0]), float(home[1]), True)]
        self.now_s = leaves_s
        self.here = home

    def go(self, to: Floats, speed_mps: float) -> None:
        """Leave now and go straight there."""
        self._corner(indoors=False)
        self.now_s += float(np.hypot(*(to - self.here))) / speed_mps
        self.here = to
        self._corner(indoors=True)

    def stay(self, seconds: float) -> None:
        """Stay where one is."""
        self.now_s += seconds

    def _corner(self, *, indoors: bool) -> None:
        self._rows.append((self.now_s, float(self.here[0]), float(self.here[1]), indoors))

    def day(self) -> Day:
        """The day so far, and from then on here."""
        rows = [*self._rows, (max(self.now_s, DAY_S) + 1.0, float(self.here[0]), float(self.here[1]), True)]
        return Day(
            at_s=np.array([row[0] for row in rows]),
            xy_m=np.array([row[1:3] for row in rows]),
            indoors=np.array([row[3] for row in rows]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A device's fixes of a day in order of measurement: seconds, metres."""

    measured_s: Floats
    received_s: Floats
    xy_m: Floats
    accuracy_m: Floats
    speed_mps: Floats
    moving: NDArray[np.int8]
    source: NDArray[np.int8]


def report(chance: np.random.Generator, day: Day, field: Field, span: tuple[float, float]) -> Report:
    """What a device reports of a day within the span of seconds."""
    measured, indoors = _times(chance, day, field, span)
    kind = np.where(indoors, 2, chance.integers(0, 2, len(measured)))
    size, tau = field.error * np.array(ERROR_M)[kind], field.memory * np.array(ERROR_TAU_S)[kind]
    error = _correlated(measured, size, tau, chance.standard_normal((len(measured), 2)))
    offset, honest = _jumps(chance, measured, field)
    usual = field.told * RADIUS_68 * size * np.exp(chance.normal(-0.1, 0.35, len(measured)))
    jumped = np.hypot(*offset.T)
    speed = np.hypot(*(day.where(measured + 5.0) - day.where(measured - 5.0)).T) / 10.0
    still = np.where(indoors, chance.random(len(measured)) < 0.9, speed < 0.3)
    received = _received(chance, measured, field, span)
    came = received < span[1]  # what comes after the end would make everybody else silent until then
    accuracy = np.clip(np.where(honest & (jumped > 0), np.maximum(usual, jumped), usual), 3.0, 3000.0)
    doppler = np.where(indoors & (chance.random(len(measured)) < 0.5), np.nan, np.abs(speed + chance.normal(0, 0.4, len(measured))))
    source = np.where(indoors & (chance.random(len(measured)) < 0.5), FixSource.WIFI, FixSource.GNSS)
    return Report(
        measured_s=measured[came],
        received_s=received[came],
        xy_m=(day.where(measured) + error + offset)[came],
        accuracy_m=accuracy[came],
        speed_mps=doppler[came],
        moving=np.where(still, 0, 1).astype(np.int8)[came],
        source=source.astype(np.int8)[came],
    )


def _times(chance: np.random.Generator, day: Day, field: Field, span: tuple[float, float]) -> tuple[Floats, NDArray[np.bool_]]:
    """When fixes are measured, and whether indoors; more often on the move, a share lost indoors."""
    most = int((span[1] - span[0]) / field.moving_s * 1.5) + 20
    steps = np.exp(chance.normal(0.0, 0.4, most))
    times = _walk_times(day.at_s, day.indoors, steps, span, field.still_s, field.moving_s)
    times = np.round(times, 3)
    indoors = day.indoors[np.searchsorted(day.at_s, times, side="right") - 1]
    kept = ~(indoors & (chance.random(len(times)) < field.lost_indoors))
    return times[kept], indoors[kept]


@njit(cache=True)
def _walk_times(
    at_s: Floats, indoors: NDArray[np.bool_], steps: Floats, span: tuple[float, float], still_s: float, moving_s: float
) -> Floats:
    times = np.empty(len(steps))
    t, corner, n = span[0] + steps[0] * 20.0, 0, 0
    while t < span[1] and n < len(steps):
        while corner + 1 < len(at_s) and at_s[corner + 1] <= t:
            corner += 1
        times[n] = t
        t += steps[n] * (still_s if indoors[corner] else moving_s)
        n += 1
    return times[:n]


@njit(cache=True)
def _correlated(measured: Floats, size: Floats, tau: Floats, noise: Floats) -> Floats:
    """Gauss-Markov error of a size and memory that change with the surroundings."""
    error = np.empty_like(noise)
    for i in range(len(measured)):
        keep = 0.0 if i == 0 or tau[i] == 0.0 else np.exp(-(measured[i] - measured[i - 1]) / tau[i])
        for axis in range(2):
            before = 0.0 if i == 0 else error[i - 1, axis] / size[i - 1]
            error[i, axis] = size[i] * (keep * before + np.sqrt(1.0 - keep * keep) * noise[i, axis])
    return error


def _jumps(chance: np.random.Generator, measured: Floats, field: Field) -> tuple[Floats, NDArray[np.bool_]]:
    """Sticky displacements of minutes, some of which the device does not admit."""
    offset, honest = np.zeros((len(measured), 2)), np.ones(len(measured), np.bool_)
    if not len(measured):
        return offset, honest
    hours = (measured[-1] - measured[0]) / 3600.0
    for start in chance.uniform(measured[0], measured[-1], chance.poisson(field.jumps_an_hour * hours)):
        inside = (measured >= start) & (measured < start + chance.exponential(120.0))
        angle = chance.uniform(0.0, 2.0 * np.pi)
        offset[inside] = chance.lognormal(np.log(field.jump_m), 0.9) * np.array([np.cos(angle), np.sin(angle)])
        honest[inside] = chance.random() < field.honest_jumps
    return offset, honest


def _received(chance: np.random.Generator, measured: Floats, field: Field, span: tuple[float, float]) -> Floats:
    """Seconds later as a rule; what an outage held back comes after it."""
    received = measured + 1.0 + chance.exponential(2.0, len(measured))
    expected = field.outages_a_day * (span[1] - span[0]) / DAY_S
    for start in chance.uniform(*span, chance.poisson(expected)):
        end = start + chance.exponential(field.outage_s)
        held = np.flatnonzero((measured >= start) & (measured < end))
        received[held] = end + 5.0 + 0.2 * np.arange(len(held))
    return received


def batch(reports: dict[DeviceId, Report], midnight_us: int, origin_deg: tuple[float, float]) -> FixBatch:
    """The fixes of all devices in order of receipt; the plane's zero lies at `origin_deg` (latitude, longitude)."""
    devices, parts = list(reports), list(reports.values())
    counts = [len(part.measured_s) for part in parts]
    xy = np.concatenate([part.xy_m for part in parts])
    n = len(xy)
    columns = FixBatch(
        device_names=tuple(devices),
        device=np.repeat(np.arange(len(parts), dtype=np.int32), counts),
        measured_us=midnight_us + _us(np.concatenate([part.measured_s for part in parts])),
        lat_deg=origin_deg[0] + xy[:, 1] / M_PER_DEGREE,
        lon_deg=origin_deg[1] + xy[:, 0] / (M_PER_DEGREE * np.cos(np.radians(origin_deg[0]))),
        accuracy_m=np.concatenate([part.accuracy_m for part in parts]).astype(np.float32),
        speed_mps=np.concatenate([part.speed_mps for part in parts]).astype(np.float32),
        course_deg=np.full(n, np.nan, np.float32),
        moving=np.concatenate([part.moving for part in parts]),
        source=np.concatenate([part.source for part in parts]),
        device_seq=np.concatenate([np.arange(count, dtype=np.uint64) for count in counts]),
        has_device_seq=np.ones(n, np.bool_),
        received_us=midnight_us + _us(np.concatenate([part.received_s for part in parts])),
    )
    return columns.take(np.argsort(columns.received_us, kind="stable"))


def batteries(chance: np.random.Generator, devices: list[DeviceId], midnight_us: int) -> list[DeviceEvent]:
    """A level each hour; devices are charged at night, and now and then somebody forgets."""
    told = []
    for device in devices:
        level, falls = chance.uniform(70.0, 100.0), chance.uniform(1.5, 3.2)
        forgot = chance.random() < 0.05
        for hour in range(24):
            at_us = midnight_us + _us(np.array([hour * 3600.0 + chance.uniform(0.0, 600.0)]))[0]
            charging = not forgot and hour < 6
            level = min(100.0, level + 15.0) if charging else max(1.0, level - falls * (2.0 if forgot else 1.0))
            told.append(
                DeviceEvent(
                    device=device,
                    measured_us=int(at_us),
                    kind=DeviceEventKind.BATTERY,
                    value=float(round(level)),
                    received_us=int(at_us) + 2 * S,
                )
            )
    return sorted(told, key=lambda event: event.received_us)


def _us(seconds: Floats) -> NDArray[np.int64]:
    return np.round(seconds * S).astype(np.int64)
