"""How fast bodies of fixes are decoded on one core: python bench/decode.py.

The same fixes three ways: as `lane/1` takes them, with everything validated that docs/lane.md names; the same bodies read by
Arrow's library without a look at a single value; and one JSON message a fix, validated field by field.
"""

import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import msgspec
import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from lane_bodies import NOW_US, ROW, decoded, table_of, verdicts

from backend_bridge.adapters.lane_arrow import FixDecoder
from backend_bridge.adapters.lane_packing import packed_fixes
from backend_bridge.domain.fix import FixBatch

N_ROWS = 1200
SECONDS = 3.0


class JsonFix(msgspec.Struct):
    """A fix as one JSON message, with the ranges of `fix/1`."""

    device: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9._-]{1,64}$")]
    measured_at: int
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    accuracy_m: float | None
    speed_mps: float | None
    course_deg: float | None
    moving: bool | None
    source: str | None
    device_seq: int | None


def batch() -> FixBatch:
    """Fixes of 200 devices, a third of the speeds and courses null."""
    rng = np.random.default_rng(1)
    rows = [
        {
            **ROW,
            "device": f"ANK-{n % 200:04}",
            "measured_at": NOW_US - n,
            "lat": float(rng.uniform(33, 39)),
            "speed_mps": None if rng.random() < 1 / 3 else float(rng.uniform(0, 30)),
            "course_deg": None if rng.random() < 1 / 3 else float(rng.uniform(0, 360)),
            "device_seq": n,
        }
        for n in range(N_ROWS)
    ]
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, (table := table_of(rows)).schema) as writer:
        writer.write_batch(table)
    fixes = decoded(bytes(sink.getvalue())).fixes
    if fixes is None:
        raise SystemExit("the sample cannot be decoded")
    return fixes


def per_second(work: Callable[[], object], n_fixes: int) -> float:
    """Fixes a second of processor time, of the best tenth of a second: what else runs on the machine is not measured."""
    work()
    best = float("inf")
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        began, turns = time.process_time(), 0
        while (spent := time.process_time() - began) < 0.1:
            work()
            turns += 1
        best = min(best, spent / turns)
    return n_fixes / best


def main() -> None:
    """Measure and print a table."""
    fixes = batch()
    body = packed_fixes(fixes)
    decoder, own = FixDecoder(), verdicts()
    lines = [
        msgspec.json.encode(
            JsonFix(
                fixes.device_names[fixes.device[n]],
                int(fixes.measured_us[n]),
                float(fixes.lat_deg[n]),
                127.0,
                8.0,
                1.5,
                90.0,
                True,
                "gnss",
                n,
            )
        )
        for n in range(N_ROWS)
    ]
    one = msgspec.json.Decoder(JsonFix)
    full = per_second(lambda: decoder.decode(body, NOW_US, own), N_ROWS)
    bare = per_second(lambda: pa.ipc.open_stream(body).read_next_batch(), N_ROWS)
    json = per_second(lambda: [one.decode(line) for line in lines], N_ROWS)
    print(f"decoding, {N_ROWS} fixes a message, {len(body):,} bytes; one core of {platform.processor() or platform.machine()}")
    print(f"  Arrow, validated in full   {full / 1e6:7.1f} M fixes/s   (at least 10 are wanted)")
    print(f"  Arrow, read and not looked at {bare / 1e6:4.1f} M fixes/s")
    print(f"  single JSON messages       {json / 1e6:7.2f} M fixes/s")


if __name__ == "__main__":
    main()
