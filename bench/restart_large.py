"""How long a bridge takes to come back with a large store and thousands of cases, and how quickly a day of one device is read.

First without any snapshot, so that all cases are registered once more, then with one; the libraries, which take two seconds of
processor time, are loaded before.

`python bench/restart_large.py [FIXES [EVENTS [CASES [SORTED]]]]`: every tenth wearer stands in a zone when the bridge is killed; all those
alarms must be open again. With SORTED the first start finds a snapshot, after which so many fixes came that were sorted by device
before the kill: they are read back and decided once more (a bridge makes a snapshot each 200,000 fixes).
"""

import os
import platform
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.stored_fixes import Message
from backend_bridge.application.inbox import ImportCases, Inbox, Milestone
from backend_bridge.bootstrap.warm import warm_up
from backend_bridge.domain.arrivals import Data, Hello, Lane, LinkUp
from backend_bridge.domain.case import Case, Circle, Order, OrderBasis, Party, Ring, RingEffect, Tier, Zone, ZoneKind
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DeviceId, GatewayName, PersonId, RingId, UserId, ZoneId
from backend_bridge.domain.quantities import LatLon

KEY = bytes(32)
A_SORT = 500_000
"""Of so many fixes that are not sorted by device all are."""
EVERY = 10
"""Of so many wearers one stands in their zone at the end."""
A_TICK = 5000
DAY_US = 86_400_000_000
START_US = 1_795_305_600_000_000


def devices(n: int) -> tuple[DeviceId, ...]:
    """The wearers' devices."""
    return tuple(DeviceId(f"ANK-{k:05}") for k in range(n))


def place_of(number: int) -> LatLon:
    """The middle of the zone of a case."""
    return LatLon(lat_deg=33.5 + 0.03 * (number % 100), lon_deg=126.0 + 0.03 * (number // 100))


def case(number: int) -> Case:
    """A case with a zone of its own and a ring."""
    return Case(
        case=CaseId(f"C-{number:05}"),
        jurisdiction="KR",
        tier=Tier.HIGH,
        subject=Party(person=PersonId(f"S-{number}"), device=DeviceId(f"ANK-{number:05}")),
        protected=(Party(person=PersonId(f"V-{number}"), device=DeviceId(f"VIC-{number:05}")),),
        order=Order(basis=OrderBasis.INTERIM_MEASURE_3_2, starts_us=START_US - DAY_US, ends_us=START_US + 700 * DAY_US),
        zones=(Zone(zone=ZoneId("Z1"), kind=ZoneKind.EXCLUSION, shape=Circle(centre=place_of(number), radius_m=300.0)),),
        rings=(Ring(ring=RingId("R1"), about=PersonId(f"V-{number}"), distance_m=500.0, effect=RingEffect.ALARM),),
    )


def send(durable: DurableRoom, epoch: int, seq: int, fixes: FixBatch) -> None:
    """Let a gateway hand in fixes, which are judged; with seq 1 it says hello first."""
    gateway = GatewayName("north")
    if seq == 1:
        hello = Hello(gateway=gateway, connection=b"c", lane=Lane.POSITIONS, epoch=epoch, first=1, last=0)
        durable.step(Inbox(arrivals=(LinkUp(gateway=gateway, connection=b"c"), hello)))
    data = Data(
        gateway=gateway,
        connection=b"c",
        lane=Lane.POSITIONS,
        epoch=epoch,
        seq=seq,
        fixes=fixes,
        events=(),
        kept_rows=np.arange(len(fixes), dtype=np.int32),
        bad=(),
    )
    durable.step(Inbox(arrivals=(data,)))


def enter(durable: DurableRoom, n_cases: int) -> None:
    """Let every tenth wearer stand in their zone."""
    names = devices(n_cases)[::EVERY]
    places = [place_of(number) for number in range(0, n_cases, EVERY)]
    for seq in range(1, 4):
        row = batch(0, len(names), len(names), len(names))
        at_us = np.full(len(names), START_US + DAY_US - (4 - seq) * 10_000_000)
        lat, lon = np.array([place.lat_deg for place in places]), np.array([place.lon_deg for place in places])
        fixes = replace(row, device_names=names, measured_us=at_us, lat_deg=lat, lon_deg=lon, speed_mps=np.zeros(len(names), np.float32))
        send(durable, 1, seq, fixes)


def n_open(durable: DurableRoom) -> int:
    """How many alarms hold."""
    return sum(row.holds for row in durable.room.alarms)


def batch(first: int, n: int, total: int, n_devices: int) -> FixBatch:
    """Fixes `first`… of a day in which each device reports in turn."""
    number = np.arange(first, first + n)
    measured = START_US + number * (DAY_US // total)
    return FixBatch(
        device_names=devices(n_devices),
        device=(number % n_devices).astype(np.int32),
        measured_us=measured,
        lat_deg=36.0 + (number % 977) * 1e-4,
        lon_deg=127.0 + (number % 883) * 1e-4,
        accuracy_m=np.full(n, 8.0, np.float32),
        speed_mps=np.full(n, 1.0, np.float32),
        course_deg=np.full(n, 90.0, np.float32),
        moving=np.ones(n, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=number.astype(np.uint64),
        has_device_seq=np.ones(n, np.bool_),
        received_us=measured + 1_000_000,
    )


def fill(durable: DurableRoom, n_fixes: int, n_events: int, n_cases: int) -> None:
    """Store the fixes and events as a neighbour's history, with the upkeep of a store as it is in a running bridge."""
    message = (Message(gateway=GatewayName("north"), lane=Lane.BACKFILL, epoch=1, seq=1),)
    for first in range(0, n_fixes, A_TICK):
        stored = durable.archive.numbered(batch(first, A_TICK, n_fixes, n_cases), message, np.zeros(A_TICK, np.int32))
        durable.adopt((), stored, ())
        durable.step(Inbox())
        if first // A_TICK % 20 == 0:
            durable.step(Inbox(news=(Milestone(what="note"),)))
    for first in range(0, n_events, 1000):
        events = [
            DeviceEvent(
                device=DeviceId(f"ANK-{k % n_cases:05}"),
                measured_us=START_US + k,
                kind=DeviceEventKind.BATTERY,
                value=float(k % 100),
                received_us=START_US + k,
            )
            for k in range(first, first + 1000)
        ]
        durable.adopt((), None, events)
    sort(durable)


def sort(durable: DurableRoom) -> None:
    """Wait until the fixes that are to be sorted by device are."""
    while durable.archive.n_tail >= A_SORT:
        durable.step(Inbox(news=(Milestone(what="note"),)))
        time.sleep(0.01)


def since_snapshot(folder: Path, durable: DurableRoom, n_sorted: int, n_cases: int) -> tuple[DurableRoom, int]:
    """Keep the state, and let `n_sorted` fixes come after it that are judged and then sorted; how many really are since then."""
    at_us = START_US + DAY_US
    message = (Message(gateway=GatewayName("north"), lane=Lane.BACKFILL, epoch=1, seq=1),)
    first = 0
    while not A_SORT - n_sorted <= durable.archive.n_tail < A_SORT - n_sorted + A_TICK:  # then so many more make one sort begin
        sort(durable)
        old = batch(first, A_TICK, DAY_US // 1000, n_cases)
        durable.adopt((), durable.archive.numbered(old, message, np.zeros(A_TICK, np.int32)), ())
        durable.step(Inbox(news=(Milestone(what="note"),)))
        first += A_TICK
    durable.write_snapshot()
    durable.close()
    durable = DurableRoom.open(folder, KEY, lambda: at_us)
    for seq in range(1, n_sorted // A_TICK + 2):
        at_us += DAY_US // 24 // (n_sorted // A_TICK + 2)
        new = batch((seq - 1) * A_TICK, A_TICK, DAY_US // 1000, n_cases)
        elsewhere = new.device + (new.device % EVERY == 0).astype(np.int32)  # whoever stands in a zone stays there
        measured, received = at_us - 1_000_000 + np.arange(A_TICK), np.full(A_TICK, at_us)
        home = 36.0 + elsewhere * 1e-4 + new.device_seq % 7 * 1e-5
        stays = replace(new, device=elsewhere, lat_deg=home, lon_deg=home + 91.0, speed_mps=np.zeros(A_TICK, np.float32))
        send(durable, 2, seq, replace(stays, measured_us=measured, received_us=received))
    sort(durable)
    return durable, seq * A_TICK - durable.archive.n_tail


def main() -> None:
    """Fill, close, open, read; prints a table."""
    n_fixes = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    n_events = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    n_cases = int(sys.argv[3]) if len(sys.argv) > 3 else 5000
    n_sorted = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    warm_up()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.monotonic()
        durable = DurableRoom.open(folder, KEY, lambda: START_US - DAY_US // 24)
        durable.step(Inbox(orders=(ImportCases(by=UserId("bench"), cases=tuple(case(number) for number in range(n_cases))),)))
        registered_s = time.monotonic() - started
        durable.use_clock(lambda: START_US + DAY_US)
        fill(durable, n_fixes, n_events, n_cases)
        enter(durable, n_cases)
        durable, n_since = since_snapshot(folder, durable, n_sorted, n_cases) if n_sorted else (durable, 0)
        opened = n_open(durable)
        filled_s = time.monotonic() - started
        durable.close()  # without a snapshot, as after a kill
        started, computed = time.monotonic(), time.process_time()
        durable = DurableRoom.open(folder, KEY, lambda: START_US + 2 * DAY_US)
        open_s, open_computed_s = time.monotonic() - started, time.process_time() - computed
        still = n_open(durable)
        started = time.monotonic()
        track = durable.archive.read(DeviceId("ANK-00042"), START_US, START_US + DAY_US)
        read_s = time.monotonic() - started
        durable.write_snapshot()
        durable.close()
        started, computed = time.monotonic(), time.process_time()
        DurableRoom.open(folder, KEY, lambda: START_US + 2 * DAY_US).close()
        snapshot_s, snapshot_computed_s = time.monotonic() - started, time.process_time() - computed
        size = (folder / "store.db").stat().st_size
    print(f"machine: {platform.processor() or platform.machine()}, {platform.system()} {platform.release()}, load {os.getloadavg()[0]:.1f}")
    print(f"registered {n_cases:,} cases in {registered_s:.1f} s")
    print(f"stored {n_fixes:,} fixes and {n_events:,} events in {filled_s:.1f} s; {size / n_fixes:.0f} bytes a fix")
    print(f"opened again with a new snapshot in {snapshot_s:.2f} s, {snapshot_computed_s:.2f} s of them computed")
    which = f"one and {n_since:,} fixes that were sorted after it" if n_sorted else "none"
    print(f"opened again with {which} in {open_s:.2f} s, {open_computed_s:.2f} s of them computed, {still} of {opened} open alarms")
    print("wanted: 5 s at 10,000,000")
    print(f"24 h of one device, {len(track.fixes):,} fixes, in {read_s * 1000:.0f} ms (wanted: 100 ms)")


if __name__ == "__main__":
    main()
