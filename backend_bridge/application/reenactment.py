"""From a recorded incident to its structure: both tracks on one grid, what devices reported, what staff did."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.alarm import AlarmChange, AlarmLevel, AlarmStep
from backend_bridge.domain.case import Case
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DeviceId
from backend_bridge.domain.outcomes.alarm_events import AlarmAcknowledged
from backend_bridge.domain.outcomes.incident_events import IncidentClosed, IncidentOpened, TaskWorked, UnitDispatched
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.scenarios.assessment import Entry
from backend_bridge.domain.scenarios.scenario import Do
from backend_bridge.domain.scenarios.structure import GRID_S, Done, Pursuit, Structure, structure_of
from backend_bridge.domain.scenarios.tracks import Ground

_HEARD_S: Final = 120.0
"""A point of the grid counts as measured where a fix is so near in time."""


class NoIncidentError(Exception):
    """A case or a stretch of time from which no structure can be taken; the text says why."""


def structure_of_incident(
    case: Case, fixes: FixBatch, events: Sequence[DeviceEvent], entries: Sequence[Entry], span_us: tuple[int, int]
) -> tuple[Structure, LatLon]:
    """The structure of what happened between the wearer and the first protected person, and where it was; raises `NoIncidentError`."""
    pursuit, where = pursuit_of(case, fixes, span_us)
    wearer, protected = _devices(case)
    told = [(event.device == wearer, event) for event in events if event.device in {wearer, protected}]
    within = [(of_wearer, event) for of_wearer, event in told if span_us[0] <= event.measured_us < span_us[1]]
    return structure_of(pursuit, within, done_in(case.case, entries)), where


def pursuit_of(case: Case, fixes: FixBatch, span_us: tuple[int, int]) -> tuple[Pursuit, LatLon]:
    """Both tracks of a case on one grid, and where they were; raises `NoIncidentError`."""
    wearer, protected = _devices(case)
    times_us = np.arange(span_us[0], span_us[1], int(GRID_S * MICROSECONDS))
    own, other = _track(fixes, wearer, span_us), _track(fixes, protected, span_us)
    if own is None or other is None or len(times_us) < 4:
        raise NoIncidentError(f"{case.case}: has no positions of both within this time; choose another one")
    origin = LatLon(lat_deg=float(np.median(own[1][:, 0])), lon_deg=float(np.median(own[1][:, 1])))
    ground = Ground(origin=origin)
    heard = np.abs(own[0][np.clip(np.searchsorted(own[0], times_us), 0, len(own[0]) - 1)] - times_us) <= _HEARD_S * MICROSECONDS
    pursuit = Pursuit(
        wearer_m=_at(ground, own, times_us),
        protected_m=_at(ground, other, times_us),
        wearer_heard=heard,
        starts_us=span_us[0],
    )
    return pursuit, origin


def done_in(case: CaseId, entries: Sequence[Entry]) -> tuple[Done, ...]:
    """What staff did about a case, counted from its first red alarm."""
    alarms = [entry for entry in entries if isinstance(entry.event, AlarmChange) and entry.event.case == case]
    red = [each for each in alarms if isinstance(each.event, AlarmChange) and _is_red(each.event)]
    if not red:
        return ()
    mine = {each.event.alarm for each in alarms if isinstance(each.event, AlarmChange)}
    incidents = {entry.event.incident for entry in entries if isinstance(entry.event, IncidentOpened) and entry.event.case == case}
    found: list[Done] = []
    for entry in entries:
        after_s = (entry.at_us - red[0].at_us) / MICROSECONDS
        match entry.event:
            case AlarmAcknowledged(alarm=alarm) if alarm in mine and not any(done.do is Do.ACKNOWLEDGE for done in found):
                found.append(Done(do=Do.ACKNOWLEDGE, task=None, outcome=None, after_s=after_s))
            case TaskWorked(incident=incident, task=task, outcome=outcome, user=user) if incident in incidents and user is not None:
                found.append(Done(do=Do.TASK, task=task, outcome=outcome, after_s=after_s))
            case UnitDispatched(incident=incident) if incident in incidents:
                found.append(Done(do=Do.DISPATCH, task=None, outcome=None, after_s=after_s))
            case IncidentClosed():
                break
            case _:
                pass
    return tuple(done for done in found if done.after_s > 0.0)


def _is_red(change: AlarmChange) -> bool:
    return change.step is not AlarmStep.CLEARED and change.level is AlarmLevel.RED


def _devices(case: Case) -> tuple[DeviceId, DeviceId]:
    protected = next((party.device for party in case.protected if party.device is not None), None)
    if case.subject.device is None or protected is None:
        raise NoIncidentError(f"{case.case}: has no device of both the wearer and a protected person; nothing can be staged of it")
    return case.subject.device, protected


def _track(fixes: FixBatch, device: DeviceId, span_us: tuple[int, int]) -> tuple[NDArray[np.int64], NDArray[np.float64]] | None:
    if device not in fixes.device_names:
        return None
    mine = np.flatnonzero(fixes.device == fixes.device_names.index(device))
    mine = mine[(fixes.measured_us[mine] >= span_us[0]) & (fixes.measured_us[mine] < span_us[1])]
    mine = mine[np.argsort(fixes.measured_us[mine], kind="stable")]
    return (fixes.measured_us[mine], np.column_stack([fixes.lat_deg[mine], fixes.lon_deg[mine]])) if len(mine) else None


def _at(ground: Ground, track: tuple[NDArray[np.int64], NDArray[np.float64]], times_us: NDArray[np.int64]) -> NDArray[np.float64]:
    metres = ground.metres(track[1])
    return np.column_stack([np.interp(times_us, track[0], metres[:, axis]) for axis in (0, 1)])
