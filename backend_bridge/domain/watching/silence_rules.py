"""When a device has not been heard for too long for its own interval, and when it is heard again."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel, Figure
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.alarm_book import AlarmKey, Sighting
from backend_bridge.domain.watching.because import because, seconds
from backend_bridge.domain.watching.case_book import Role
from backend_bridge.domain.watching.ledger import Ledger

POWERED_OFF_SILENT_US: Final = 180 * MICROSECONDS
"""A device that said that it goes off is missed sooner: the cause is known and lasts."""
_TOGETHER_US: Final = 60 * MICROSECONDS


class SilenceRules:
    """Raises `silent` at the very moment from which somebody should look, and clears it with the next live sign."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._silent: set[int] = set()
        self._off: set[int] = set()
        ledger.waiting.append(self.waits)

    def waits(self, device: int) -> bool:
        """Whether the device's next fix matters here."""
        return device in self._silent or device in self._off

    def silent_since_us(self) -> NDArray[np.int64]:
        """Of every device: its last sign of life if it counts as silent, else −1."""
        since_us = np.full(len(self._ledger.names), -1, np.int64)
        silent = sorted(self._silent)
        since_us[silent] = self._ledger.clock.lifesigns()[0][silent]
        return since_us

    def falls_silent(self, device: int, at_us: int) -> None:
        """The moment of silence has come."""
        figures = self._figures(device, at_us)
        name = self._ledger.names[device]
        for role in self._ledger.cases.roles_at(name, at_us):
            sighting = Sighting(device=name, happened_us=at_us, known_us=at_us, because=figures)
            self._ledger.raised(_key(role), AlarmLevel.AMBER, sighting)
            self._silent.add(device)
        self._ledger.wait_for(device)

    def _figures(self, device: int, at_us: int) -> dict[str, Figure]:
        clock, health = self._ledger.clock, self._ledger.health_of(device)
        alive_us = clock.alive_us(device) or at_us
        all_alive_us, intervals_us = clock.lifesigns()
        together = (np.abs(all_alive_us - alive_us) <= _TOGETHER_US) & (at_us - all_alive_us > 3 * intervals_us)
        return because(
            cause="power_off" if health.powered_off_us is not None else "no-signal",
            silent_s=seconds(alive_us, at_us),
            interval_s=clock.interval_us(device) / MICROSECONDS,
            battery_percent=health.battery_percent,
            charging=health.charging,
            jammed=health.jammed_us is not None,
            together=int(np.count_nonzero(together)),
        )

    def powered(self, device: int, received_us: int) -> None:
        """The device said that it goes off, or that it is on again; which of the two holds now, its health says."""
        if self._ledger.health_of(device).powered_off_us is not None:
            self._off.add(device)
            self._ledger.clock.hurry(device, POWERED_OFF_SILENT_US, received_us)
        elif device in self._off:
            self._off.discard(device)
            self._ledger.clock.hurry(device, 0, received_us)
        self._ledger.wait_for(device)

    def heard(self, device: int, received_us: int) -> None:
        """A sign of life that is newer than all before it; one that is old itself ends nothing."""
        clock = self._ledger.clock
        alive_us = clock.alive_us(device)
        if alive_us is None:
            return
        powered_off_us = self._ledger.health_of(device).powered_off_us
        if device in self._off and (powered_off_us is None or alive_us > powered_off_us):
            self._off.discard(device)
            clock.hurry(device, 0, received_us)
        if device in self._silent and received_us - alive_us <= clock.silent_span_us(device):
            self._silent.discard(device)
            self._clear(device, alive_us, received_us)
        self._ledger.wait_for(device)

    def _clear(self, device: int, alive_us: int, received_us: int) -> None:
        name = self._ledger.names[device]
        for standing in self._ledger.alarms.of_device(name):
            if standing.key.kind is AlarmKind.SILENT:
                silent_s = seconds(standing.raised_us, alive_us)
                sighting = Sighting(
                    device=name, happened_us=alive_us, known_us=received_us, because=because(cause="heard", silent_for_s=silent_s)
                )
                self._ledger.cleared(standing.key, sighting)

    def parts(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Everything that the rules hold."""
        return tuple(sorted(self._silent)), tuple(sorted(self._off))

    def restore(self, parts: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
        """Hold what the rules that gave these parts held."""
        self._silent, self._off = set(parts[0]), set(parts[1])


def _key(role: Role) -> AlarmKey:
    return AlarmKey(kind=AlarmKind.SILENT, case=role.case, subject=role.subject, about=role.about)
