"""Ends of breaches that only doubted positions show: they wait until the device is trusted to be where it says."""

from collections.abc import Callable
from typing import Final

from backend_bridge.domain.identifiers import AlarmId, DeviceId
from backend_bridge.domain.watching.alarm_book import AlarmBook, Sighting
from backend_bridge.domain.watching.target_book import Target

HeldParts = tuple[tuple[tuple[DeviceId, int], ...], tuple[tuple[int, tuple[AlarmId, Sighting]], ...]]
"""Since when which devices are doubted, and by the engine's number of a target: whose end waits, and what shows it."""
NOTHING_HELD: Final[HeldParts] = ((), ())


class HeldEnds:
    """Which alarms about zones and rings would have ended by now if their devices were trusted."""

    def __init__(self) -> None:
        self._doubted: dict[DeviceId, int] = {}
        self._waiting: dict[int, tuple[AlarmId, Sighting]] = {}

    def doubt(self, device: DeviceId, from_us: int) -> None:
        """What a device measures from then on ends nothing for now."""
        self._doubted[device] = from_us

    def holds(self, target: Target, sighting: Sighting, alarms: AlarmBook) -> bool:
        """Whether the end of a target's alarm has to wait; it is kept until then."""
        standing = alarms.get(target.key)
        from_us = [self._doubted[device] for device in _devices(target) if device in self._doubted]
        if standing is None or not from_us or sighting.happened_us < min(from_us):
            return False
        self._waiting[target.index] = standing.alarm, sighting
        return True

    def goes_on(self, target: Target) -> bool:
        """What a target's alarm is about is the case again, or has ended otherwise: no end of it waits; whether one did."""
        return self._waiting.pop(target.index, None) is not None

    def waits(self, target: Target, alarms: AlarmBook) -> bool:
        """Whether a target's alarm stands only because its end waits."""
        held, standing = self._waiting.get(target.index), alarms.get(target.key)
        return held is not None and standing is not None and held[0] == standing.alarm

    def trust(self, device: DeviceId, target_of: Callable[[int], Target]) -> list[tuple[Target, AlarmId, Sighting]]:
        """The ends that need not wait any longer once a device is trusted again."""
        self._doubted.pop(device, None)
        free = [target_of(index) for index in self._waiting]
        free = [target for target in free if not any(other in self._doubted for other in _devices(target))]
        return [(target, *self._waiting.pop(target.index)) for target in free]

    def parts(self) -> HeldParts:
        """Everything that is held."""
        return tuple(self._doubted.items()), tuple(self._waiting.items())

    def restore(self, parts: HeldParts) -> None:
        """Hold what the ends that gave these parts held."""
        self._doubted, self._waiting = dict(parts[0]), dict(parts[1])


def _devices(target: Target) -> tuple[DeviceId, ...]:
    signature = target.signature
    return (signature.subject,) if signature.protected is None else (signature.subject, signature.protected)
