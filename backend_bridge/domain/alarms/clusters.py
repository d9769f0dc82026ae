"""Alarms of one cause, shown as one; and floods, when more come than the people on duty can work."""

from collections import deque
from dataclasses import replace
from typing import Final

from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.alarms.alarm_list import AlarmList
from backend_bridge.domain.alarms.alarm_state import LiveAlarm
from backend_bridge.domain.identifiers import AlarmId, GatewayName
from backend_bridge.domain.outcomes.alarm_events import AlarmGrouped, FloodChanged
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.quantities import MICROSECONDS

WINDOW_US: Final = 600 * MICROSECONDS
FLOOD_BEGINS: Final = 10
"""More new alarms than this in ten minutes and per seat is a flood."""
FLOOD_ENDS: Final = 5
"""Fewer new alarms than this in ten minutes and per seat is none any more."""
COMMON_CAUSE: Final = 3
"""From this number on, devices of one gateway, or gateways, that fall silent within two minutes have one cause."""
COMMON_WINDOW_US: Final = 120 * MICROSECONDS

_SILENCE: Final = frozenset({AlarmKind.SILENT, AlarmKind.NOT_EXCLUDED})
_DEFEAT: Final = _SILENCE | {
    AlarmKind.TAMPER,
    AlarmKind.JAMMING,
    AlarmKind.POSITION_NOT_TRUSTED,
    AlarmKind.SEPARATED,
    AlarmKind.BATTERY,
}


class Clusters:
    """Which alarms belong together, and how many came lately."""

    def __init__(self) -> None:
        self.down: dict[GatewayName, int] = {}
        """Gateways whose link is down, and since when."""
        self.flood = False
        self.arrivals: deque[int] = deque()
        """When the rows of the last ten minutes came."""
        self.silences: dict[GatewayName, deque[tuple[int, AlarmId]]] = {}

    def group(self, alarms: AlarmList, row: LiveAlarm, gateway: GatewayName | None, decisions: Decisions) -> LiveAlarm:
        """The row, with the group that it belongs to; those that it makes a group with are put into it too."""
        if row.newest.kind is AlarmKind.SYSTEM:
            return self._with_gateways(alarms, row, decisions)
        if row.group is not None or row.newest.kind not in _DEFEAT:
            return row
        if gateway is not None and row.newest.kind in _SILENCE:
            others = self._silent_with(row, gateway, decisions.now_us)
            if gateway in self.down or len(others) >= COMMON_CAUSE:
                return _join(alarms, row, (f"gateway/{gateway}", "gateway-silent"), others, decisions)
        device = row.newest.device
        same = tuple(each.alarm for each in _of_device(alarms, row) if each.newest.kind in _DEFEAT)
        if device is not None and len(same) > 1:
            return _join(alarms, row, (f"device/{device}", "device-defeated"), same, decisions)
        return row

    def count(self, seats: int, decisions: Decisions) -> None:
        """Note that a new row came."""
        self.arrivals.append(decisions.now_us)
        self.judge_flood(seats, decisions)

    def judge_flood(self, seats: int, decisions: Decisions) -> None:
        """Say when a flood begins or ends for the `seats` on duty."""
        while self.arrivals and self.arrivals[0] <= decisions.now_us - WINDOW_US:
            self.arrivals.popleft()
        n, per = len(self.arrivals), max(1, seats)
        on = n >= FLOOD_ENDS * per if self.flood else n > FLOOD_BEGINS * per
        if on != self.flood:
            self.flood = on
            decisions.log(FloodChanged(on=on, n_in_ten_minutes=n, seats=seats))

    def _with_gateways(self, alarms: AlarmList, row: LiveAlarm, decisions: Decisions) -> LiveAlarm:
        """The row; one of a gateway that is not heard is put into a group with those that went away at about the same time.

        One that was back since, and goes away without any of its group, has another cause.
        """
        since_us = self._away_since(row)
        if since_us is None:
            return row
        away = [each for each in alarms if abs((self._away_since(each) or 0) - since_us) <= COMMON_WINDOW_US]
        others = [each for each in away if each.alarm != row.alarm]
        if row.group is not None and row.count > 1 and all(each.group != row.group for each in others):
            row = alarms.put(replace(row, group=None))
        n_away = sum(abs(each - since_us) <= COMMON_WINDOW_US for each in self.down.values())
        if row.group is not None or n_away < COMMON_CAUSE:
            return row
        name = next((each.group for each in others if each.group is not None), f"gateways/{row.newest.alarm}")
        return _join(alarms, row, (name, "gateways-silent"), tuple(each.alarm for each in away), decisions)

    def _away_since(self, row: LiveAlarm) -> int | None:
        """Since when the gateway is down that an alarm is about; None where it is about none that is."""
        of_gateway = row.newest.kind is AlarmKind.SYSTEM and str(row.newest.because.get("code")).startswith("gateway-down:")
        return self.down.get(GatewayName(str(row.newest.because.get("gateway")))) if of_gateway else None

    def _silent_with(self, row: LiveAlarm, gateway: GatewayName, now_us: int) -> tuple[AlarmId, ...]:
        silent = self.silences.setdefault(gateway, deque())
        silent.append((now_us, row.alarm))
        while silent[0][0] < now_us - COMMON_WINDOW_US:
            silent.popleft()
        return tuple(alarm for _, alarm in silent)


def _of_device(alarms: AlarmList, row: LiveAlarm) -> tuple[LiveAlarm, ...]:
    if row.newest.case is None:
        return ()
    return tuple(each for each in alarms.of_case(row.newest.case) if each.newest.device == row.newest.device)


def _join(alarms: AlarmList, row: LiveAlarm, group: tuple[str, str], others: tuple[AlarmId, ...], decisions: Decisions) -> LiveAlarm:
    name, cause = group
    rows = [found for found in (alarms.find(each) for each in (*others, row.alarm)) if found is not None]
    fresh = [each for each in {each.alarm: each for each in rows}.values() if each.group != name]
    if fresh:
        decisions.log(AlarmGrouped(group=name, cause=cause, alarms=tuple(each.alarm for each in fresh)))
    for each in fresh:
        alarms.put(replace(each, group=name))
    return alarms.the(row.alarm)
