"""What a device makes of where its person is: correlated error, sticky jumps, dishonest accuracy, Wi-Fi and cell indoors, delays."""

import numpy as np
import pyarrow as pa
from demo.movement import Movement
from demo.streets import Streets
from numpy.typing import NDArray

STILL_INTERVAL_S, MOVING_INTERVAL_S = 30.0, 10.0
STREET_ERROR_M, INDOOR_ERROR_M = 6.0, 14.0
JUMPS_PER_HOUR = 0.25


def fixes_of(device: str, movement: Movement, streets: Streets, end_s: float, rng: np.random.Generator) -> pa.Table:
    """The fixes of one device over [0, end_s), with seconds in `measured_s` and `received_s`; the caller knows the date."""
    times = _times(movement, end_s, rng)
    true_m, velocity, indoors = movement.sampled(times)
    wifi = indoors & (rng.random(len(times)) < 0.35)
    cell = indoors & ~wifi & (rng.random(len(times)) < 0.06)
    error_m, spread_m = _errors(times, indoors, wifi, cell, rng)
    lat_lon = streets.lat_lon(true_m + error_m)
    speed = np.hypot(velocity[:, 0], velocity[:, 1])
    course = np.degrees(np.arctan2(velocity[:, 0], velocity[:, 1])) % 360.0
    moving = speed > 0.3
    by_radio = wifi | cell
    return pa.table(
        {
            "device": [device] * len(times),
            "measured_s": times,
            "received_s": times + 0.6 + rng.gamma(2.0, 0.5, len(times)) + _stragglers(len(times), rng),
            "lat": lat_lon[:, 0].round(6),
            "lon": lat_lon[:, 1].round(6),
            "accuracy_m": pa.array(np.round(spread_m * 1.51 * rng.lognormal(0.0, 0.18, len(times)), 1), pa.float32()),
            "speed_mps": pa.array(np.round(np.abs(speed + rng.normal(0, 0.15, len(times))), 1), pa.float32(), mask=by_radio),
            "course_deg": pa.array(np.round(course, 0), pa.float32(), mask=by_radio | ~moving),
            "moving": pa.array(moving),
            "source": np.where(cell, "cell", np.where(wifi, "wifi", "gnss")),
            "device_seq": pa.array(np.arange(1, len(times) + 1), pa.uint64()),
        }
    )


def _times(movement: Movement, end_s: float, rng: np.random.Generator) -> NDArray[np.float64]:
    grid = np.arange(0.0, end_s, MOVING_INTERVAL_S) + rng.uniform(0.2, 5.0)
    _, velocity, indoors = movement.sampled(grid)
    still = np.hypot(velocity[:, 0], velocity[:, 1]) < 0.3
    every = max(1, round(STILL_INTERVAL_S / MOVING_INTERVAL_S))
    kept = ~still | (np.arange(len(grid)) % every == 0)
    kept &= ~(indoors & (rng.random(len(grid)) < 0.1))
    kept[0] = True
    return grid[kept] + rng.uniform(0, 0.8, int(kept.sum()))


def _errors(
    times: NDArray[np.float64], indoors: NDArray[np.bool_], wifi: NDArray[np.bool_], cell: NDArray[np.bool_], rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Errors (n, 2) in metres, and the spread per axis that the device believes in."""
    spread = np.where(cell, 320.0, np.where(wifi, 22.0, np.where(indoors, INDOOR_ERROR_M, STREET_ERROR_M)))
    unit = np.zeros((len(times), 2))
    step = np.diff(times, prepend=times[0] - 600.0)
    for i in range(len(times)):
        kept = np.exp(-step[i] / 80.0)
        unit[i] = kept * (unit[i - 1] if i else 0.0) + np.sqrt(1.0 - kept**2) * rng.normal(size=2)
    error = unit * spread[:, None]
    believed = spread.copy()
    for start in np.flatnonzero(rng.random(len(times)) < JUMPS_PER_HOUR * np.minimum(step, 60.0) / 3600.0):
        stuck = (times >= times[start]) & (times < times[start] + rng.exponential(90.0))
        metres = rng.lognormal(np.log(110.0 if indoors[start] else 55.0), 0.5)
        turn = rng.uniform(0, 2 * np.pi)
        error[stuck] += metres * np.array([np.cos(turn), np.sin(turn)])
        if rng.random() > 0.3:  # the rest hide the jump behind a small accuracy
            believed[stuck] = metres / 1.5
    return error, believed


def _stragglers(n: int, rng: np.random.Generator) -> NDArray[np.float64]:
    return np.where(rng.random(n) < 0.01, rng.uniform(20.0, 180.0, n), 0.0)
