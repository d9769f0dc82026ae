"""A scenario made ready: its people's true tracks, and all that their devices send, in order of receipt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import PersonId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.scenarios.scenario import Device, Outage, Report, Scenario
from backend_bridge.domain.scenarios.sensing import Measured, held, measured_by
from backend_bridge.domain.scenarios.tracks import Ground, Roads, Track, TrackMaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """What a scenario gives the bridge."""

    scenario: Scenario
    ground: Ground
    tracks: dict[PersonId, Track]
    """Where everybody truly is, for a preview and for comparing."""
    fixes: FixBatch
    """Sorted by `received_us`."""
    late: NDArray[np.bool_]
    """(n,) the fixes that come as a backlog."""
    events: tuple[DeviceEvent, ...]
    """Sorted by `received_us`."""


def compiled(scenario: Scenario, roads: Roads) -> Compiled:
    """Work the scenario out; raises `EndlessPursuitError`. The same scenario always gives the same."""
    maker = TrackMaker(scenario, roads)
    tracks = {movement.person: maker.track(movement.person) for movement in scenario.movements}
    parts = [_part(scenario, device, tracks[device.person], place) for place, device in enumerate(scenario.devices)]
    fixes, late = _batch(scenario, maker.ground, parts)
    events = sorted((_event(scenario, report) for report in scenario.reports), key=lambda event: event.received_us)
    return Compiled(scenario=scenario, ground=maker.ground, tracks=tracks, fixes=fixes, late=late, events=tuple(events))


def _part(scenario: Scenario, device: Device, track: Track, place: int) -> Measured:
    measured = measured_by(device, track, scenario.seconds, np.random.default_rng([scenario.seed, place]))
    for outage in scenario.outages:
        during = (measured.received_s >= outage.from_s) & (measured.received_s < outage.to_s)
        measured = held(measured, during, outage.to_s)
    return measured


def _batch(scenario: Scenario, ground: Ground, parts: list[Measured]) -> tuple[FixBatch, NDArray[np.bool_]]:
    if not parts:
        return FixBatch.empty(), np.empty(0, np.bool_)
    device = np.concatenate([np.full(len(part.seq), place, np.int32) for place, part in enumerate(parts)])
    column = {name: np.concatenate([getattr(part, name) for part in parts]) for name in Measured.__slots__}
    received = _us(scenario, column["received_s"])
    order = np.lexsort((device, received))
    lat_lon = ground.degrees(column["metres"][order]).round(7)
    batch = FixBatch(
        device_names=tuple(each.device for each in scenario.devices),
        device=device[order],
        measured_us=_us(scenario, column["measured_s"])[order],
        lat_deg=lat_lon[:, 0].copy(),
        lon_deg=lat_lon[:, 1].copy(),
        accuracy_m=column["accuracy_m"][order].round(1).astype(np.float32),
        speed_mps=column["speed_mps"][order].round(1).astype(np.float32),
        course_deg=column["course_deg"][order].round(0).astype(np.float32),
        moving=column["moving"][order],
        source=column["source"][order],
        device_seq=column["seq"][order],
        has_device_seq=np.ones(len(order), np.bool_),
        received_us=received[order],
    )
    return batch, column["late"][order]


def _us(scenario: Scenario, seconds: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole milliseconds, so that text and columns say the same."""
    return scenario.starts_us + np.round(seconds * 1000.0).astype(np.int64) * 1000


def _event(scenario: Scenario, report: Report) -> DeviceEvent:
    at_us = scenario.starts_us + round(report.at_s * MICROSECONDS)
    received_us = at_us + MICROSECONDS
    for outage in scenario.outages:
        received_us = _after(outage, scenario.starts_us, received_us)
    return DeviceEvent(device=report.device, measured_us=at_us, kind=report.kind, value=report.value, received_us=received_us)


def _after(outage: Outage, starts_us: int, received_us: int) -> int:
    from_us, to_us = (starts_us + round(at_s * MICROSECONDS) for at_s in (outage.from_s, outage.to_s))
    return to_us + MICROSECONDS if from_us <= received_us < to_us else received_us
