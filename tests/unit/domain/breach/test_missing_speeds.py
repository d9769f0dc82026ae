"""Fixes that do not say how fast: a sign of a displacement in a device that says it, none in one that does not, or not at rest."""

import numpy as np
import pytest
from worlds import HERE, T0, Row, S, at, fixes, stay, walk

from backend_bridge.domain.breach.breach_engine import BreachEngine
from backend_bridge.domain.breach.track_model import N_MOTIONS
from backend_bridge.domain.quantities import LatLon

ONE = np.zeros(1, np.int32)
NONE = float("nan")


def noisy(rows: list[Row], error_m: float, memory_s: float, every_s: float) -> list[Row]:
    """The same fixes with an error that is forgotten over `memory_s`."""
    chance, error, keep, out = np.random.default_rng(1), np.zeros(2), 0.0, list[Row]()
    for device, second, place in rows:
        error = keep * error + error_m * np.sqrt(1.0 - keep * keep) * chance.standard_normal(2)
        keep = float(np.exp(-every_s / memory_s))
        moved = at(float(error[0]), float(error[1]))
        lat_deg, lon_deg = place.lat_deg + moved.lat_deg - HERE.lat_deg, place.lon_deg + moved.lon_deg - HERE.lon_deg
        out.append((device, second, LatLon(lat_deg=lat_deg, lon_deg=lon_deg)))
    return out


def begun() -> BreachEngine:
    engine = BreachEngine()
    engine.device("ANK-1")
    return engine


def advanced(engine: BreachEngine, rows: list[Row], **columns: object) -> None:
    engine.advance(fixes(rows, **columns), np.zeros(len(rows), np.int32))


def seen(engine: BreachEngine, second: float) -> tuple[float, float]:
    """The 95 % radius of the device then, and P(its newest fix is displaced)."""
    track = engine.tracks_at(ONE, T0 + round(second * S))
    return float(track.radius95_m[0]), float(track.weights[0, N_MOTIONS:].sum())


@pytest.mark.parametrize("memory_s", [0.01, 90.0])
@pytest.mark.parametrize("every_s", [5, 10, 15, 20, 30, 60])
def test_who_rests_with_a_device_that_never_gives_a_speed_is_known_as_well_at_any_rate_of_fixes(every_s: int, memory_s: float) -> None:
    engine, rows = begun(), noisy(stay("ANK-1", HERE, 0, 1200, every_s), 2.0, memory_s, every_s)
    advanced(engine, rows)
    radius95_m, displaced = seen(engine, 1200.0 - every_s)
    assert radius95_m < 20.0
    assert displaced < 0.02


@pytest.mark.parametrize("every_s", [5, 10, 30])
def test_a_device_that_gives_speeds_on_the_move_alone_is_not_taken_for_displaced_at_rest(every_s: int) -> None:
    engine = begun()
    there = at(1680, 0)
    advanced(engine, noisy(walk("ANK-1", HERE, there, 0, 1200, every_s), 4.0, 90.0, every_s), speed_mps=1.4)
    advanced(engine, noisy(stay("ANK-1", there, 1200, 1801, every_s), 4.0, 90.0, every_s))
    radius95_m, displaced = seen(engine, 1800.0)
    assert radius95_m < 20.0
    assert displaced < 0.05


def test_a_missing_speed_is_still_a_sign_in_a_device_that_gives_them() -> None:
    shown = []
    for speed_mps in (0.3, NONE):
        engine = begun()
        advanced(engine, stay("ANK-1", HERE, 0, 1800, 60), speed_mps=0.3, accuracy_m=25.0)
        advanced(engine, [("ANK-1", 1860.0, at(60, 0))], speed_mps=speed_mps, accuracy_m=25.0)
        shown.append(seen(engine, 1860.0)[1])
    assert shown[1] > 5.0 * shown[0]


def test_a_device_that_gives_its_first_speed_after_a_thousand_fixes_keeps_its_track() -> None:
    engine = begun()
    advanced(engine, stay("ANK-1", HERE, 0, 30_000, 30))
    advanced(engine, [("ANK-1", 30_030.0, HERE)], speed_mps=0.2)
    assert seen(engine, 30_030.0)[0] < 15.0


def test_an_accuracy_of_nought_is_none() -> None:
    shown = []
    for accuracy_m in (0.0, NONE):
        engine = begun()
        advanced(engine, stay("ANK-1", HERE, 0, 600), accuracy_m=accuracy_m)
        shown.append(seen(engine, 570.0))
    assert shown[0] == shown[1]
    assert shown[0][0] > 8.0
