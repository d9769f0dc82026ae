"""From what devices report of themselves to alarms, for each case that a device is in."""

from collections.abc import Callable, Iterator
from math import sqrt
from typing import Final

import numpy as np

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel, Figure
from backend_bridge.domain.breach.ground import distance_m
from backend_bridge.domain.breach.track_views import RADIUS_95
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.watching.alarm_book import AlarmKey, Sighting
from backend_bridge.domain.watching.because import because, seconds
from backend_bridge.domain.watching.case_book import Role
from backend_bridge.domain.watching.device_health import SEPARATED_RED_US, HealthVerdict, heard, separated_since, verdicts
from backend_bridge.domain.watching.ledger import TICK_US, Ledger, Timer, TimerKind

_SIGMAS_95: Final = 1.96


class EventRules:
    """Raises and clears `sos`, `tamper`, `jamming`, `battery` and `separated`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.on_event: list[Callable[[int, DeviceEvent], None]] = []
        """Told of every event after it has been taken: the device's index, the event."""

    def take(self, event: DeviceEvent) -> None:
        """Decide about one event; a device that no case has ever named is nobody's."""
        device = self._ledger.indices.get(event.device)
        if device is None:
            return
        before = self._ledger.health_of(device)
        for role in self._roles(event):
            for verdict in verdicts(event, before, protected=role.about is not None):
                self._apply(verdict, role, event)
        self._ledger.health[device] = heard(before, event)
        if event.kind is DeviceEventKind.SEPARATED:
            due_us = max(event.measured_us + SEPARATED_RED_US, event.received_us)
            self._ledger.at(Timer(due_us, TimerKind.SEPARATED_LONG, device=device))
        for listener in self.on_event:
            listener(device, event)

    def _roles(self, event: DeviceEvent) -> Iterator[Role]:
        """Whom an event is about: of a wearer within the order's dates, of SOS and protected persons always."""
        decided = {role.case: role for role in self._ledger.cases.roles_at(event.device, event.measured_us)}
        for role in self._ledger.cases.roles(event.device):
            if role.about is not None or event.kind is DeviceEventKind.SOS or role.case in decided:
                yield role

    def _apply(self, verdict: HealthVerdict, role: Role, event: DeviceEvent) -> None:
        key = AlarmKey(kind=verdict.kind, case=role.case, subject=role.subject, about=role.about)
        figures = verdict.figures | self._wearer_figures(role, event) if verdict.kind is AlarmKind.SOS else verdict.figures
        sighting = Sighting(device=event.device, happened_us=event.measured_us, known_us=self._ledger.now_us, because=figures)
        if verdict.level is None:
            self._ledger.cleared(key, sighting)
        else:
            self._ledger.raised(key, verdict.level, sighting)

    def _wearer_figures(self, role: Role, event: DeviceEvent) -> dict[str, Figure]:
        """How far the wearer of the case was from her who called, as far as both positions tell."""
        case, at_us = role.version.case, min(event.measured_us, self._ledger.now_us)
        hers = next((party.device for party in case.protected if party.person == role.about), None)
        if hers is None or case.subject.device is None:
            return {}
        pair = np.array([self._ledger.index(device) for device in (case.subject.device, hers)], np.int32)
        found = self._ledger.engine.sights_at(pair, at_us)
        if (found.shown_us > at_us + TICK_US).any():
            return {}
        (his_lat, her_lat), (his_lon, her_lon) = found.lat_deg.tolist(), found.lon_deg.tolist()
        his_m, hers_m = (found.radius95_m / RADIUS_95).tolist()
        error_m = _SIGMAS_95 * sqrt(his_m * his_m + hers_m * hers_m)
        return because(wearer_distance_m=distance_m(his_lat, his_lon, her_lat, her_lon), wearer_distance_error_m=error_m)

    def separated_long(self, timer: Timer, now_us: int) -> None:
        """A device that is still apart from its wearer after so long is red."""
        health, name = self._ledger.health_of(timer.device), self._ledger.names[timer.device]
        for standing in self._ledger.alarms.of_device(name):
            if standing.key.kind is not AlarmKind.SEPARATED or standing.key.about is not None:
                continue
            since_us = separated_since(health, standing.raised_us)
            if since_us is not None and since_us + SEPARATED_RED_US <= now_us:
                figures = because(cause="separated", separated_s=seconds(since_us, now_us))
                sighting = Sighting(device=name, happened_us=now_us, known_us=now_us, because=figures)
                self._ledger.raised(standing.key, AlarmLevel.RED, sighting)
