"""What a scenario's device makes of where its person is: correlated error, honest and dishonest accuracy, and the faults it has."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.fix import FixSource
from backend_bridge.domain.scenarios.scenario import Device, Fault, FaultKind
from backend_bridge.domain.scenarios.tracks import Track

RADIUS_OF_AXIS: Final = 1.51
"""The radius that holds 68 % of a round error, in spreads of one axis."""
_FADES_S: Final = 80.0
_INDOORS: Final = 2.2
"""How much worse it measures indoors."""
_UNDER_WAY_S: Final = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """n fixes of one device as columns, in order of measurement; times in seconds of the scenario."""

    measured_s: NDArray[np.float64]
    received_s: NDArray[np.float64]
    metres: NDArray[np.float64]
    """(n, 2) east and north."""
    accuracy_m: NDArray[np.float64]
    speed_mps: NDArray[np.float64]
    course_deg: NDArray[np.float64]
    moving: NDArray[np.int8]
    source: NDArray[np.int8]
    seq: NDArray[np.uint64]
    late: NDArray[np.bool_]
    """Whether it comes as part of a backlog."""

    def take(self, rows: NDArray[np.intp]) -> "Measured":
        """The fixes at `rows`."""
        return Measured(**{name: getattr(self, name)[rows] for name in self.__slots__})


def measured_by(device: Device, track: Track, seconds: float, rng: np.random.Generator) -> Measured:
    """What `device` sends of `track` until the end of the scenario, faults included."""
    times = np.arange(rng.uniform(0.5, min(5.0, device.every_s)), seconds, device.every_s)
    asked = _moments(times, device.faults)
    true_m, velocity, indoors = track.sampled(asked)
    spread = np.where(indoors & (device.source is FixSource.GNSS), device.error_m * _INDOORS, device.error_m)
    error_m = _errors(times, rng) * spread[:, None]
    speed = np.hypot(velocity[:, 0], velocity[:, 1])
    measured = Measured(
        measured_s=times,
        received_s=times + 0.6 + rng.gamma(2.0, _UNDER_WAY_S / 2, len(times)),
        metres=true_m + error_m,
        accuracy_m=spread * RADIUS_OF_AXIS * rng.lognormal(0.0, 0.15, len(times)),
        speed_mps=np.abs(speed + rng.normal(0.0, 0.1, len(times))),
        course_deg=np.degrees(np.arctan2(velocity[:, 0], velocity[:, 1])) % 360.0,
        moving=(speed > 0.3).astype(np.int8),
        source=np.full(len(times), int(device.source), np.int8),
        seq=np.arange(1, len(times) + 1, dtype=np.uint64),
        late=np.zeros(len(times), np.bool_),
    )
    for fault in device.faults:
        measured = _with(measured, fault, rng)
    return measured


def _moments(times: NDArray[np.float64], faults: tuple[Fault, ...]) -> NDArray[np.float64]:
    """The moments of the track that are measured: a device that was left behind stays where it was then."""
    asked = times.copy()
    for fault in faults:
        if fault.kind is FaultKind.LEFT:
            asked[(times >= fault.from_s) & (times < fault.to_s)] = fault.from_s
    return asked


def _errors(times: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """(n, 2) errors of spread 1 that change slowly, as reflections do."""
    unit = np.zeros((len(times), 2))
    noise = rng.normal(size=(len(times), 2))
    kept = np.exp(-np.diff(times, prepend=times[:1] - 1e4) / _FADES_S)
    for i in range(len(times)):
        unit[i] = kept[i] * unit[i - 1] + np.sqrt(1.0 - kept[i] ** 2) * noise[i] if i else noise[i]
    return unit


def _with(measured: Measured, fault: Fault, rng: np.random.Generator) -> Measured:
    during = (measured.measured_s >= fault.from_s) & (measured.measured_s < fault.to_s)
    match fault.kind:
        case FaultKind.SILENT:
            return measured.take(np.flatnonzero(~during))
        case FaultKind.HELD:
            return held(measured, during, fault.to_s)
        case FaultKind.TOWER:
            return _by_tower(measured, during, fault.amount, rng)
        case FaultKind.CLOCK:
            return replace(measured, measured_s=measured.measured_s + np.where(during, fault.amount, 0.0))
        case FaultKind.TWICE:
            again = measured.take(np.flatnonzero(during))
            return _joined(measured, replace(again, received_s=again.received_s + 1.3))
        case FaultKind.SHUFFLED:
            return replace(measured, received_s=_swapped(measured.received_s, during))
        case FaultKind.JITTER:
            side = np.where(np.arange(len(during)) % 2 == 0, fault.amount, -fault.amount) * during
            return replace(measured, metres=measured.metres + np.column_stack([np.zeros(len(side)), side]))
        case FaultKind.LEFT:
            return replace(
                measured,
                moving=np.where(during, 0, measured.moving).astype(np.int8),
                speed_mps=np.where(during, 0.0, measured.speed_mps),
            )


def held(measured: Measured, during: NDArray[np.bool_], to_s: float) -> Measured:
    """The same, where what was measured `during` arrives from `to_s` on, a minute for all of it."""
    n = int(during.sum())
    received = measured.received_s.copy()
    received[during] = to_s + 1.0 + np.linspace(0.0, min(60.0, n * 0.5), n)
    return replace(measured, received_s=received, late=measured.late | during)


def _by_tower(measured: Measured, during: NDArray[np.bool_], error_m: float, rng: np.random.Generator) -> Measured:
    # One tower: everything measured with it lies at the same wrong place.
    off = rng.normal(0.0, error_m / RADIUS_OF_AXIS, 2)
    where = np.where(during[:, None], measured.metres.mean(axis=0) + off, measured.metres)
    return replace(
        measured,
        metres=where,
        accuracy_m=np.where(during, error_m, measured.accuracy_m),
        speed_mps=np.where(during, np.nan, measured.speed_mps),
        course_deg=np.where(during, np.nan, measured.course_deg),
        source=np.where(during, int(FixSource.CELL), measured.source).astype(np.int8),
    )


def _swapped(received_s: NDArray[np.float64], during: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Neighbours change their times of arrival, and none comes before it was measured: the first of two waits for the second."""
    received = received_s.copy()
    rows = np.flatnonzero(during)
    pairs = rows[: len(rows) // 2 * 2].reshape(-1, 2)
    received[pairs[:, 0]] = np.maximum(received_s[pairs[:, 0]], received_s[pairs[:, 1]] + 0.5)
    return received


def _joined(first: Measured, second: Measured) -> Measured:
    return Measured(**{name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in Measured.__slots__})
