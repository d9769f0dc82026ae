"""When a device was last heard, and the moments at which its silence begins to matter.

Each device keeps an interval of its own, learnt from its fixes. From the last sign of life follow two moments: `lost`, from
which the device could be anywhere within reach, and `silent`, from which somebody has to look. Moments fall due in the order of
time, before any input received then or later, so that the same inputs give the same moments whatever their batching.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from backend_bridge.domain.quantities import MICROSECONDS

NEVER_US: Final = 2**62
_UNHEARD_US: Final = -(2**62)
_FIRST_INTERVAL_US: Final = 60 * MICROSECONDS
_SHORTEST_INTERVAL_US: Final = 5 * MICROSECONDS
_LOST_INTERVALS_TENTHS: Final = 40
_LOST_LEAST_US: Final = 90 * MICROSECONDS
_LOST_MOST_US: Final = 1200 * MICROSECONDS
"""Of a device that speaks every three minutes, and loses a quarter of it indoors, ten minutes say nothing yet."""
_SILENT_INTERVALS: Final = 30
_SILENT_LEAST_US: Final = 600 * MICROSECONDS
_SILENT_MOST_US: Final = 1800 * MICROSECONDS
_GRACE_US: Final = 60 * MICROSECONDS
"""What arrives late of a device may be followed at once by what is newer: silence is not spoken of before so long after."""


class Moment(IntEnum):
    """Why the clock stopped: two moments of silence, a device heard again, or nothing more to do."""

    LOST = 0
    SILENT = 1
    HEARD = 2
    NONE = 3


SIGNAL: Final = np.dtype(
    [
        ("alive_us", np.int64),  # the newest sign of life by measurement, never later than its receipt; far in the past for none
        ("placed_us", np.int64),  # the same of fixes alone
        ("interval_us", np.int64),  # that the device keeps
        ("hurry_us", np.int64),  # silence after so long at most, where a cause is known; 0 for none
        ("watched", np.int64),  # 1 where somebody waits for the next fix: the clock stops after it
        ("due_us", np.int64, (2,)),  # by Moment: when it falls due
        ("pushed_us", np.int64, (2,)),  # by Moment: its earliest entry in the heap; other entries of it are stale
    ]
)
"""What the clock knows of a device."""


class ClockState(NamedTuple):
    """The state of the clock: a record a device, and a heap of what falls due (instant, 2 · device + Moment)."""

    devices: NDArray[np.void]
    heap_us: NDArray[np.int64]
    heap_code: NDArray[np.int64]
    heap_size: NDArray[np.int64]


class SignalClock:
    """Signs of life of n devices and the moments that follow from them; devices are indices from 0."""

    def __init__(self) -> None:
        none = np.empty(0, np.int64)
        self._state = ClockState(np.zeros(0, SIGNAL), none, none, np.zeros(1, np.int64))

    def grow(self, n_devices: int) -> None:
        """Make room for devices up to `n_devices`; new ones have not been heard."""
        old = self._state.devices
        if n_devices <= len(old):
            return
        devices = np.zeros(max(n_devices, 2 * len(old)), SIGNAL)
        devices["alive_us"], devices["placed_us"], devices["interval_us"] = _UNHEARD_US, _UNHEARD_US, _FIRST_INTERVAL_US
        devices["due_us"], devices["pushed_us"] = NEVER_US, NEVER_US
        devices[: len(old)] = old
        self._state = self._state._replace(devices=devices)

    def alive_us(self, device: int) -> int | None:
        """The newest sign of life; None before the first."""
        alive_us = int(self._state.devices["alive_us"][device])
        return None if alive_us == _UNHEARD_US else alive_us

    def placed_us(self, device: int) -> int | None:
        """The newest fix; None before the first."""
        placed_us = int(self._state.devices["placed_us"][device])
        return None if placed_us == _UNHEARD_US else placed_us

    def interval_us(self, device: int) -> int:
        """The interval that the device keeps."""
        return int(self._state.devices["interval_us"][device])

    def lost_span_us(self, device: int) -> int:
        """How long after its last fix the device counts as lost."""
        return min(max(self.interval_us(device) * _LOST_INTERVALS_TENTHS // 10, _LOST_LEAST_US), _LOST_MOST_US)

    def silent_span_us(self, device: int) -> int:
        """How long after its last sign of life the device counts as silent."""
        usual_us = min(max(self.interval_us(device) * _SILENT_INTERVALS, _SILENT_LEAST_US), _SILENT_MOST_US)
        hurry_us = int(self._state.devices["hurry_us"][device])
        return min(usual_us, hurry_us) if hurry_us else usual_us

    def lifesigns(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Of all devices: the newest sign of life (far in the past for none) and the interval that they keep."""
        return self._state.devices["alive_us"], self._state.devices["interval_us"]

    def run(
        self, device: NDArray[np.int32], measured_us: NDArray[np.int64], received_us: NDArray[np.int64], start: int, before_us: int
    ) -> tuple[int, Moment, int, int]:
        """Take rows from `start` until one is received at or after `before_us`, or a moment comes.

        Returns the row to go on with, what stopped the clock, the device and the instant (0 for `NONE`). A `LOST` or `SILENT`
        moment lies before the row; a device is `HEARD` by the row before it.
        """
        self._make_room(2 * (len(device) - start) + 8)
        row, moment, stopped_by, at_us = _run(self._state, device, measured_us, received_us, start, before_us)
        return int(row), Moment(int(moment)), int(stopped_by), int(at_us)

    def due(self, until_us: int) -> tuple[Moment, int, int]:
        """The next moment at or before `until_us` where no row is left: what it is, the device, the instant."""
        state = self._state
        if not state.heap_size[0] or state.heap_us[0] > until_us:
            return Moment.NONE, 0, 0
        code, at_us = _due(state, until_us)
        if code < 0:
            return Moment.NONE, 0, 0
        return Moment(int(code) % 2), int(code) // 2, int(at_us)

    def heard(self, device: int, measured_us: int, received_us: int) -> bool:
        """Take a sign of life that is no fix; whether it is the newest."""
        self._make_room(8)
        return bool(_alive(self._state, device, measured_us, received_us))

    def watch(self, device: int, *, waiting: bool) -> None:
        """Stop after the next sign of life of the device, or no longer."""
        self._state.devices["watched"][device] = waiting

    def watched(self, device: int) -> bool:
        """Whether somebody waits for the device's next sign of life."""
        return bool(self._state.devices["watched"][device])

    def hurry(self, device: int, span_us: int, at_us: int) -> None:
        """Let the device be silent `span_us` after its last sign of life at most (0: as usual again), from now on."""
        self._state.devices["hurry_us"][device] = span_us
        pending_us = int(self._state.devices["due_us"][device, Moment.SILENT])
        if span_us and pending_us != NEVER_US:
            self._schedule(2 * device + 1, min(max(int(self._state.devices["alive_us"][device]) + span_us, at_us), pending_us))

    def again(self, device: int, at_us: int) -> None:
        """Speak of the device's silence once more at `at_us`, if it is still silent then (its order begins)."""
        if self.alive_us(device) is not None and self._state.devices["due_us"][device, Moment.SILENT] == NEVER_US:
            self._schedule(2 * device + 1, at_us)

    def _schedule(self, code: int, due_us: int) -> None:
        self._make_room(8)
        _set_due(self._state, code, due_us)

    def _make_room(self, pushes: int) -> None:
        state = self._state
        more = int(state.heap_size[0]) + pushes - len(state.heap_us)
        if more > 0:
            more += len(state.heap_us)
            self._state = state._replace(heap_us=_longer(state.heap_us, more, 0), heap_code=_longer(state.heap_code, more, 0))

    def parts(self) -> dict[str, NDArray[np.generic]]:
        """All state as arrays."""
        size = int(self._state.heap_size[0])
        heap_us, heap_code = self._state.heap_us[:size].copy(), self._state.heap_code[:size].copy()
        return {"devices": self._state.devices.copy(), "heap_us": heap_us, "heap_code": heap_code}

    @staticmethod
    def of_parts(parts: Mapping[str, NDArray[np.generic]]) -> "SignalClock":
        """The clock that gave these parts."""
        clock = SignalClock()
        heap_us, heap_code = np.array(parts["heap_us"], np.int64), np.array(parts["heap_code"], np.int64)
        size = np.array([len(heap_us)], np.int64)
        clock._state = ClockState(np.array(parts["devices"], SIGNAL), heap_us, heap_code, size)
        return clock


def _longer(column: NDArray[np.int64], more: int, value: int) -> NDArray[np.int64]:
    return np.append(column, np.full(more, value, np.int64))


@njit(cache=True)
def _push(state: ClockState, due_us: int, code: int) -> None:
    """Put (instant, code) into the binary heap, ordered by both."""
    i = state.heap_size[0]
    state.heap_size[0] += 1
    while i > 0:
        up = (i - 1) // 2
        if state.heap_us[up] < due_us or (state.heap_us[up] == due_us and state.heap_code[up] <= code):
            break
        state.heap_us[i] = state.heap_us[up]
        state.heap_code[i] = state.heap_code[up]
        i = up
    state.heap_us[i] = due_us
    state.heap_code[i] = code


@njit(cache=True)
def _before(state: ClockState, a: int, b: int) -> bool:
    """Whether the heap's entry `a` comes before entry `b`."""
    earlier = state.heap_us[a] < state.heap_us[b]
    return bool(earlier or (state.heap_us[a] == state.heap_us[b] and state.heap_code[a] < state.heap_code[b]))


@njit(cache=True)
def _pop(state: ClockState) -> None:
    """Take the first entry away."""
    state.heap_size[0] -= 1
    n = state.heap_size[0]
    i = 0
    state.heap_us[i], state.heap_code[i] = state.heap_us[n], state.heap_code[n]
    while 2 * i + 1 < n:
        down = 2 * i + 1
        if down + 1 < n and _before(state, down + 1, down):
            down += 1
        if not _before(state, down, i):
            return
        state.heap_us[i], state.heap_us[down] = state.heap_us[down], state.heap_us[i]
        state.heap_code[i], state.heap_code[down] = state.heap_code[down], state.heap_code[i]
        i = down


@njit(cache=True)
def _set_due(state: ClockState, code: int, due_us: int) -> None:
    """Let a moment fall due then. A later one waits behind the entry that is already in the heap."""
    device = state.devices[code // 2]
    device.due_us[code % 2] = due_us
    if due_us < device.pushed_us[code % 2]:
        device.pushed_us[code % 2] = due_us
        _push(state, due_us, code)


@njit(cache=True)
def _due(state: ClockState, until_us: int) -> tuple[int, int]:
    """The next moment at or before `until_us` and its instant, or −1; entries that were put off go back."""
    while state.heap_size[0] > 0 and state.heap_us[0] <= until_us:
        at_us, code = state.heap_us[0], state.heap_code[0]
        _pop(state)
        device, moment = state.devices[code // 2], code % 2
        if at_us != device.pushed_us[moment]:
            continue
        device.pushed_us[moment] = NEVER_US
        due_us = device.due_us[moment]
        if due_us <= at_us:
            device.due_us[moment] = NEVER_US
            return code, at_us
        if due_us != NEVER_US:
            _set_due(state, code, due_us)
    return np.int64(-1), np.int64(0)  # type: ignore[return-value]  # compiled: the branches must agree on int64


@njit(cache=True)
def _placed(state: ClockState, number: int, measured_us: int, received_us: int) -> bool:
    """A fix: learn the interval, put both moments off; what is older than the newest says nothing."""
    device = state.devices[number]
    now_us = min(measured_us, received_us)
    if now_us <= device.placed_us:
        return False
    interval_us = device.interval_us
    if device.placed_us != _UNHEARD_US:
        gap_us = max(_SHORTEST_INTERVAL_US, min(now_us - device.placed_us, 3 * interval_us))
        interval_us += (gap_us - interval_us) // 8
        device.interval_us = interval_us
    device.placed_us = now_us
    lost_us = min(max(interval_us * _LOST_INTERVALS_TENTHS // 10, _LOST_LEAST_US), _LOST_MOST_US)
    _set_due(state, 2 * number, max(now_us + lost_us, received_us + _GRACE_US))
    _alive(state, number, measured_us, received_us)
    return True


@njit(cache=True)
def _alive(state: ClockState, number: int, measured_us: int, received_us: int) -> bool:
    """A sign of life: put silence off."""
    device = state.devices[number]
    now_us = min(measured_us, received_us)
    if now_us <= device.alive_us:
        return False
    device.alive_us = now_us
    silent_us = min(max(device.interval_us * _SILENT_INTERVALS, _SILENT_LEAST_US), _SILENT_MOST_US)
    if device.hurry_us > 0:
        silent_us = min(silent_us, device.hurry_us)
    _set_due(state, 2 * number + 1, max(now_us + silent_us, received_us + _GRACE_US))
    return True


@njit(cache=True)
def _run(
    state: ClockState,
    device: NDArray[np.int32],
    measured_us: NDArray[np.int64],
    received_us: NDArray[np.int64],
    start: int,
    before_us: int,
) -> tuple[int, int, int, int]:
    """The loop of `SignalClock.run`."""
    for i in range(start, len(device)):
        code, at_us = _due(state, min(received_us[i], before_us - 1))
        if code >= 0:
            return i, code % 2, code // 2, at_us
        if received_us[i] >= before_us:
            return i, 3, 0, 0
        newer = _placed(state, device[i], measured_us[i], received_us[i])
        if newer and state.devices[device[i]].watched:
            return i + 1, 2, device[i], received_us[i]
    return len(device), 3, 0, 0
