"""A made-up day that a live room goes through step by step, with everything in it that makes judging hard."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backend_bridge.adapters.alarm_lines import line_of_alarm
from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.application.inbox import ImportCases, Inbox
from backend_bridge.domain.alarm import AlarmChange, AlarmKind
from backend_bridge.domain.arrivals import Arrival, Data, Hello, Lane, LinkUp
from backend_bridge.domain.case import Case
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, GatewayName, UserId
from backend_bridge.domain.quantities import MICROSECONDS

KEY = bytes(range(32))
T0 = 1_795_394_536 * MICROSECONDS
GATEWAY = GatewayName("north")
DEVICES = tuple(DeviceId(name) for name in ("ANK-1", "VIC-1", "ANK-2", "VIC-2"))
N_STEPS = 700


class Clock:
    def __init__(self) -> None:
        self.now_us = T0

    def __call__(self) -> int:
        return self.now_us


def fixes(step: int, now_us: int, rows: NDArray[np.int64]) -> FixBatch:
    """A fix of each device of `rows` measured two seconds ago; wearers swing in and out of their zones and rings."""
    n = len(rows)
    number = rows // 2 + 1
    away = 0.012 * np.sin(step / 40 + rows) * np.where(rows % 2 == 0, 1.0, 0.1)
    return FixBatch(
        device_names=DEVICES,
        device=rows.astype(np.int32),
        measured_us=np.full(n, now_us - 2 * MICROSECONDS) + rows,
        lat_deg=36.30 + number / 50 + away,
        lon_deg=np.full(n, 127.39),
        accuracy_m=np.full(n, 9.0, np.float32),
        speed_mps=np.full(n, 1.4, np.float32),
        course_deg=np.full(n, np.nan, np.float32),
        moving=np.ones(n, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=np.full(n, step, np.uint64),
        has_device_seq=np.ones(n, np.bool_),
        received_us=np.full(n, now_us),
    )


class Day:
    """Two pairs for two hours: a late batch, repeats under other numbers, a device that falls silent, SOS, a cut strap."""

    def __init__(self) -> None:
        self._seq = {Lane.POSITIONS: 0, Lane.BACKFILL: 0, Lane.ALARMS: 0}
        self._kept_back: list[tuple[int, FixBatch]] = []

    def arrivals(self, step: int, now_us: int) -> Iterator[Arrival]:
        rows = np.array([row for row in range(4) if not (row == 2 and 300 <= step < 420)], np.int64)
        batch = fixes(step, now_us, rows)
        if 100 <= step < 140:
            self._kept_back.append((step, batch))
        else:
            yield self._data(Lane.POSITIONS, batch)
        if step % 50 == 7:
            yield self._data(Lane.POSITIONS, batch)
        if step == 180:
            for _, late in self._kept_back:
                yield self._data(Lane.BACKFILL, late)
        kind = {150: DeviceEventKind.SOS, 200: DeviceEventKind.STRAP_CUT, 260: DeviceEventKind.STRAP_RESTORED}.get(step)
        if kind is not None:
            device = DeviceId("VIC-2" if kind is DeviceEventKind.SOS else "ANK-2")
            event = DeviceEvent(device=device, measured_us=now_us - MICROSECONDS, kind=kind, received_us=now_us)
            yield self._data(Lane.ALARMS, None, (event, event))

    def _data(self, lane: Lane, batch: FixBatch | None, events: tuple[DeviceEvent, ...] = ()) -> Data:
        self._seq[lane] += 1
        n = len(events) if batch is None else len(batch)
        rows = np.arange(n, dtype=np.int32)
        return Data(
            gateway=GATEWAY, connection=b"1", lane=lane, epoch=7, seq=self._seq[lane], fixes=batch, events=events, kept_rows=rows, bad=()
        )


def hello() -> tuple[Arrival, ...]:
    return (
        LinkUp(gateway=GATEWAY, connection=b"1"),
        *(Hello(gateway=GATEWAY, connection=b"1", lane=lane, epoch=7, first=1, last=0) for lane in Lane),
    )


def run_live(
    folder: Path, cases: tuple[Case, ...], restarts: frozenset[int], *, key: bytes = KEY, n_steps: int = N_STEPS
) -> tuple[DurableRoom, list[str]]:
    """The room after the day, and the alarms that it raised in order."""
    clock, day = Clock(), Day()
    durable = DurableRoom.open(folder, key, clock)
    clock.now_us = max(clock.now_us, durable.last_us)
    durable.step(Inbox(orders=(ImportCases(by=UserId("test"), cases=cases),)))
    clock.now_us += MICROSECONDS
    durable.step(Inbox(arrivals=hello()))
    alarms: list[str] = []
    for step in range(n_steps):
        clock.now_us += 10 * MICROSECONDS
        if step in restarts:
            if step % 2:
                durable.write_snapshot()
            durable.close()
            durable = DurableRoom.open(folder, key, clock)
            durable.step(Inbox(arrivals=hello()))
        for outcome in durable.step(Inbox(arrivals=tuple(day.arrivals(step, clock.now_us + step % 2)))):
            changes = (event for event in outcome.events if isinstance(event, AlarmChange))
            alarms.extend(line_of_alarm(change) for change in changes if change.kind is not AlarmKind.SYSTEM)
    return durable, alarms
