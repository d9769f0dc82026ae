"""What a fix of a backlog costs, beside one that is on time: python bench/lost_backlog.py [WEARERS, default 500].

A gateway was cut off for 40 minutes, and hands over what its wearers' devices measured meanwhile, a minute after the other. With all
but the last of it each of them still counts as lost, so that with each fix it may be something else that they could have reached.
Before that each fix may be a repeat of something stored, which is found out first: measured here for 10,000 devices at once.
"""

import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from bridge_shell import case_document  # the tests' own

from backend_bridge.adapters.case_files import cases_of_text
from backend_bridge.adapters.fix_archive import FixArchive, track_records
from backend_bridge.adapters.seen_fixes import SeenFixes
from backend_bridge.adapters.store import Store
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.stored_fixes import Message
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, GatewayName
from backend_bridge.domain.watching.watch import Watch

S = 1_000_000
START_US = 1_793_000_000 * S
CUT_OFF = range(10, 50)
"""Minutes of which the fixes come only at the end of them."""
MINUTES = 60
ROWS_A_TURN = 900


def watch_over(n: int) -> Watch:
    """Wearers with a zone 300 m wide and a ring of 500 m about somebody each, a kilometre or more from where they are."""
    cases = [case_document(k + 1) for k in range(n)]
    for k, case in enumerate(cases):
        case["zones"] = [{"zone": "Z1", "kind": "exclusion", "circle": {"lat": 36.0 + k % 100 / 50, "lon": 127.39, "radius_m": 300}}]
    watch = Watch.empty()
    watch.register(cases_of_text(json.dumps({"format": "bongsu-case/1", "cases": cases}), "cases"), START_US - S)
    return watch


def fixes_of(n: int, minutes: range, received_us: int | None) -> FixBatch:
    """A fix a minute of all wearers and protected persons, a minute after the other; received on time where nothing else is said."""
    total, chance = 2 * n * len(minutes), np.random.default_rng(minutes.start)
    device = np.tile(np.arange(2 * n, dtype=np.int32), len(minutes))
    measured_us = START_US + np.repeat(np.array(minutes, np.int64), 2 * n) * 60 * S + device * 1000
    return FixBatch(
        device_names=tuple(DeviceId(f"{who}-{k + 1}") for k in range(n) for who in ("ANK", "VIC")),
        device=device,
        measured_us=measured_us,
        lat_deg=36.0 + device // 2 % 100 / 50 + np.where(device % 2 == 0, 0.012, 0.03) + chance.normal(0, 1e-4, total),
        lon_deg=127.39 + chance.normal(0, 1e-4, total),
        accuracy_m=np.full(total, 10.0, np.float32),
        speed_mps=np.full(total, np.nan, np.float32),
        course_deg=np.full(total, np.nan, np.float32),
        moving=np.full(total, 1, np.int8),
        source=np.zeros(total, np.int8),
        device_seq=np.arange(total, dtype=np.uint64),
        has_device_seq=np.ones(total, np.bool_),
        received_us=measured_us + S if received_us is None else np.full(total, received_us, np.int64),
    )


def cost_us(watch: Watch, fixes: FixBatch, received_us: int | None) -> tuple[float, int]:
    """Microseconds of processor time a fix, and how many changes of alarms came of all."""
    n_changes = 0
    began = time.process_time()
    for start in range(0, len(fixes), ROWS_A_TURN):
        part = fixes.between(start, min(start + ROWS_A_TURN, len(fixes)))
        now_us = int(part.received_us[-1]) + 1 if received_us is None else received_us + start + 1
        part = part if received_us is None else replace(part, received_us=np.full(len(part), now_us))
        n_changes += len(watch.advance(part, (), now_us))
    return (time.process_time() - began) / len(fixes) * 1e6, n_changes


def run(n: int) -> tuple[float, float]:
    """Microseconds a fix on time, and a fix of a backlog."""
    watch = watch_over(n)
    cost_us(watch, fixes_of(n, range(CUT_OFF.start), None), None)
    back_us = START_US + CUT_OFF.stop * 60 * S
    watch.advance(FixBatch.empty(), (), back_us)
    late_us, n_changes = cost_us(watch, fixes_of(n, CUT_OFF, back_us), back_us)
    on_time_us, _ = cost_us(watch, fixes_of(n, range(CUT_OFF.stop, MINUTES), None), None)
    print(
        f"{n:,} wearers: {on_time_us:.1f} µs a fix on time, {late_us:.1f} µs one of a backlog of who counts as lost, "
        f"{late_us / on_time_us:.1f} times as much; {n_changes:,} changes of alarms with the backlog"
    )
    return on_time_us, late_us


def look_up(n: int, folder: Path) -> float:
    """Microseconds a fix to find out that the first fix of a backlog of each of 2n devices is no repeat, with 40 minutes stored of all."""
    store, reader = Store.open(folder, bytes(32)), StoreReader.open(folder, bytes(32))
    archive = FixArchive(reader)
    seen = SeenFixes(archive, reader)
    for minutes in (range(10), range(10, 40)):
        message = Message(gateway=GatewayName("north"), lane=Lane.POSITIONS, epoch=1, seq=1)
        fixes = fixes_of(n, minutes, None)
        seen.note(fixes, ())
        archive.added(archive.numbered(fixes, (message,), np.zeros(len(fixes), np.int32)))
        if minutes.start == 0:
            for records in track_records(archive.frozen(), lambda _, measured_us: [(0, len(measured_us), bytes)]):
                store.append(START_US, records, [])
            archive.moved(1)
    late = fixes_of(n, range(20, 21), None)
    late = replace(late, measured_us=late.measured_us + S)
    began = time.perf_counter()
    new = seen.new_fixes(late)
    cost = (time.perf_counter() - began) / len(late) * 1e6
    print(f"{2 * n:,} devices: {cost:.1f} µs to find out that the first fix of a backlog is no repeat; {new.sum():,} are none")
    reader.close()
    store.close()
    return cost


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        look_up(5000, Path(scratch))
    run(10)
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
