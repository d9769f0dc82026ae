"""What becomes of effects in a room for exercises: they are acted out in memory, and nothing of them leaves the process.

This module knows no channel, no socket and no file: it can only put news into the inbox of its own room.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from backend_bridge.adapters.unit_driving import SimulatedUnit, moved
from backend_bridge.application.inbox import EffectReport, UnitReport
from backend_bridge.domain.arrivals import Answer
from backend_bridge.domain.identifiers import UnitId
from backend_bridge.domain.outcomes.effects import NotifyProtected, RoomEffect, SendDispatch, SendMessage, SendRecall
from backend_bridge.domain.outcomes.lane_effects import LaneEffect, SendAsk
from backend_bridge.domain.quantities import MICROSECONDS

SENT_AFTER_S: Final = 1.0
DELIVERED_AFTER_S: Final = 3.0
ANSWERED_AFTER_S: Final = 2.0
REPORT_EVERY_US: Final = 2 * MICROSECONDS
STILL_EVERY_US: Final = 30 * MICROSECONDS
"""How often a unit that stands still reports, so that it does not pass for one that is heard no more."""

Told = EffectReport | UnitReport | Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    at_us: int
    told: Told


class Rehearsal:
    """Offices, phones and police cars that exist in an exercise alone; `turn` is called several times a second."""

    def __init__(self, put: Callable[[Told], None]) -> None:
        self._put = put
        self._due: deque[_Due] = deque()
        self._units: dict[UnitId, SimulatedUnit] = {}
        self._told_us: dict[UnitId, int] = {}
        self._moved_us = 0

    def station(self, reports: Sequence[UnitReport]) -> None:
        """The police units of a scenario, where they begin."""
        for report in reports:
            if report.position is not None:
                self._units[report.unit] = SimulatedUnit(unit=report.unit, callsign=report.callsign, position=report.position)
                self._told_us[report.unit] = report.reported_us

    def perform(self, effects: Sequence[RoomEffect], lane_effects: Sequence[LaneEffect], now_us: int) -> None:
        """Act out what a committed step wants done."""
        for effect in effects:
            match effect:
                case SendMessage(key=key) | NotifyProtected(key=key):
                    self._later(now_us, SENT_AFTER_S, EffectReport(key=key, state="sent"))
                    self._later(now_us, DELIVERED_AFTER_S, EffectReport(key=key, state="delivered"))
                case SendDispatch():
                    self._dispatch(effect, now_us)
                case SendRecall(unit=unit) if unit in self._units:
                    self._units[unit] = replace(self._units[unit], state="free", order=None, destination=None)
                case _:
                    pass  # sounds and sessions are the desks'; nothing of an exercise is handed out
        for asked in lane_effects:
            if isinstance(asked, SendAsk):
                self._later(now_us, ANSWERED_AFTER_S, Answer(gateway=asked.gateway, id=asked.id, ok=True, detail="seen"))

    def turn(self, now_us: int) -> None:
        """Tell what is due, and drive."""
        for due in [due for due in self._due if due.at_us <= now_us]:
            self._due.remove(due)
            self._put(due.told)
        if now_us - self._moved_us < REPORT_EVERY_US:
            return
        seconds = min(60.0, (now_us - self._moved_us) / MICROSECONDS) if self._moved_us else 0.0
        self._moved_us = now_us
        for name, unit in self._units.items():
            after = self._units[name] = moved(unit, seconds)
            if (after.destination is not None and after != unit) or now_us - self._told_us[name] >= STILL_EVERY_US:
                self._put(_report(after, now_us))
                self._told_us[name] = now_us

    def _dispatch(self, order: SendDispatch, now_us: int) -> None:
        unit = self._units.get(order.unit)
        if unit is None:
            self._later(now_us, SENT_AFTER_S, EffectReport(key=order.key, state="failed", detail="no such unit in this exercise"))
            return
        self._units[order.unit] = replace(unit, state="en-route", order=order.key, destination=order.destination)
        for after_s, state in ((0.5, "sent"), (SENT_AFTER_S, "delivered"), (DELIVERED_AFTER_S, "accepted")):
            self._later(now_us, after_s, EffectReport(key=order.key, state=state))

    def _later(self, now_us: int, after_s: float, told: Told) -> None:
        self._due.append(_Due(at_us=now_us + int(after_s * MICROSECONDS), told=told))


def _report(unit: SimulatedUnit, now_us: int) -> UnitReport:
    return UnitReport(
        unit=UnitId(unit.unit), callsign=unit.callsign, position=unit.position, course_deg=None, state=unit.state, reported_us=now_us
    )
