"""Which alarms are open, and the names that they get: one at a time for each kind, case, zone or ring, and person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep, Figure
from backend_bridge.domain.identifiers import AlarmId, CaseId, DeviceId, PersonId, RingId, ZoneId

LATCHED: Final = frozenset({AlarmKind.TAMPER, AlarmKind.SOS})
"""Kinds whose alarms only a person, or the end of the order, ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmKey:
    """What there is one open alarm of; at most one of `zone` and `ring`."""

    kind: AlarmKind
    case: CaseId
    subject: PersonId
    zone: ZoneId | None = None
    ring: RingId | None = None
    about: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What shows that an alarm begins, grows or ends."""

    device: DeviceId
    happened_us: int
    """When it happened; measured time of the fix or event, or the moment itself of a timer."""
    known_us: int
    probability: float | None = None
    because: Mapping[str, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAlarm:
    """An alarm that has been raised and not cleared."""

    alarm: AlarmId
    key: AlarmKey
    level: AlarmLevel
    device: DeviceId
    raised_us: int
    """`happened_us` of the raise."""


BookParts = tuple[tuple[tuple[AlarmKey, OpenAlarm], ...], tuple[tuple[str, int], ...]]
"""What an alarm book holds: the open alarms in their order, and how many each stem of a name has had."""


class AlarmBook:
    """The open alarms; changed only through `raised`, `cleared` and their like, which say what to log."""

    def __init__(self) -> None:
        self._open: dict[AlarmKey, OpenAlarm] = {}
        self._keys: dict[AlarmId, AlarmKey] = {}
        self._of_device: dict[DeviceId, dict[AlarmKey, None]] = {}
        self._counts: dict[str, int] = {}
        self._beside: dict[AlarmKey, OpenAlarm] = {}
        """Alarms about the past that are over already, while their changes are made; empty between two fixes."""

    def get(self, key: AlarmKey) -> OpenAlarm | None:
        """The open alarm of a key."""
        return self._open.get(key)

    def find(self, alarm: AlarmId) -> OpenAlarm | None:
        """The open alarm of that name."""
        key = self._keys.get(alarm)
        return None if key is None else self._open[key]

    def open(self) -> Iterable[OpenAlarm]:
        """All open alarms in the order in which they were raised."""
        return self._open.values()

    def of_case(self, case: CaseId) -> tuple[OpenAlarm, ...]:
        """The open alarms of a case."""
        return tuple(alarm for alarm in self._open.values() if alarm.key.case == case)

    def of_device(self, device: DeviceId) -> tuple[OpenAlarm, ...]:
        """The open alarms that a device showed first."""
        return tuple(self._open[key] for key in self._of_device.get(device, ()))

    def raised(self, key: AlarmKey, level: AlarmLevel, sighting: Sighting) -> tuple[AlarmChange, ...]:
        """Open an alarm, or let an amber one become red; nothing where it already stands at that level or above."""
        standing = self._open.get(key)
        if standing is None:
            opened = self._open_new(key, level, sighting)
            return (_change(AlarmStep.RAISED, opened, sighting),)
        if standing.level is AlarmLevel.RED or level is AlarmLevel.AMBER:
            return ()
        upgraded = replace(standing, level=AlarmLevel.RED)
        self._open[key] = upgraded
        return (_change(AlarmStep.UPGRADED, upgraded, sighting),)

    def cleared(self, key: AlarmKey, sighting: Sighting) -> tuple[AlarmChange, ...]:
        """End the open alarm of a key; nothing where there is none."""
        standing = self._open.pop(key, None)
        if standing is None:
            return ()
        del self._keys[standing.alarm]
        del self._of_device[standing.device][key]
        return (_change(AlarmStep.CLEARED, standing, sighting),)

    def raised_beside(self, key: AlarmKey, level: AlarmLevel, sighting: Sighting) -> tuple[AlarmChange, ...]:
        """Raise an alarm about the past that is over already, or let an amber one become red; the open one of its key stays as it is."""
        standing = self._beside.get(key)
        if standing is not None and (standing.level is AlarmLevel.RED or level is AlarmLevel.AMBER):
            return ()
        told = self._new(key, level, sighting) if standing is None else replace(standing, level=level)
        self._beside[key] = told
        return (_change(AlarmStep.RAISED if standing is None else AlarmStep.UPGRADED, told, sighting),)

    def beside(self, key: AlarmKey) -> OpenAlarm | None:
        """The alarm about the past that is being told beside the open one of its key."""
        return self._beside.get(key)

    def cleared_beside(self, key: AlarmKey, sighting: Sighting) -> tuple[AlarmChange, ...]:
        """End the alarm that was raised beside the open one of its key; nothing where there is none."""
        told = self._beside.pop(key, None)
        return () if told is None else (_change(AlarmStep.CLEARED, told, sighting),)

    def _open_new(self, key: AlarmKey, level: AlarmLevel, sighting: Sighting) -> OpenAlarm:
        opened = self._new(key, level, sighting)
        self._file(opened)
        return opened

    def _new(self, key: AlarmKey, level: AlarmLevel, sighting: Sighting) -> OpenAlarm:
        return OpenAlarm(alarm=self._next_name(key), key=key, level=level, device=sighting.device, raised_us=sighting.happened_us)

    def _file(self, opened: OpenAlarm) -> None:
        self._open[opened.key] = opened
        self._keys[opened.alarm] = opened.key
        self._of_device.setdefault(opened.device, {})[opened.key] = None

    def _next_name(self, key: AlarmKey) -> AlarmId:
        stem = f"{key.case}/{key.kind}/{key.zone or key.ring or key.about or '-'}"
        number = self._counts.get(stem, 0) + 1
        self._counts[stem] = number
        return AlarmId(f"{stem}/{number}")

    def parts(self) -> BookParts:
        """Everything that the book holds, as values."""
        return tuple(self._open.items()), tuple(self._counts.items())

    @staticmethod
    def of_parts(parts: BookParts) -> "AlarmBook":
        """The book that gave these parts."""
        book = AlarmBook()
        for _, standing in parts[0]:
            book._file(standing)
        book._counts = dict(parts[1])
        return book


def _change(step: AlarmStep, standing: OpenAlarm, sighting: Sighting) -> AlarmChange:
    key = standing.key
    return AlarmChange(
        step=step,
        alarm=standing.alarm,
        kind=key.kind,
        level=standing.level,
        case=key.case,
        subject=key.subject,
        device=sighting.device,
        zone=key.zone,
        ring=key.ring,
        about=key.about,
        happened_us=sighting.happened_us,
        known_us=sighting.known_us,
        probability=sighting.probability,
        because=sighting.because,
    )
