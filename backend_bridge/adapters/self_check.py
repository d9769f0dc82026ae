"""What is looked at before a bridge starts; each thing that is not as it should be is a sentence, and none keeps it from watching."""

import shutil
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.store_schema import ENTRIES, HEAD, TICKS
from backend_bridge.adapters.tail_check import bad_tail
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.domain.quantities import MICROSECONDS

_LEAST_FREE_BYTES: Final = 256 * 1024 * 1024
_LOOK_BACK_S: Final = 0.3
_CLOCK_SLACK_US: Final = 5 * MICROSECONDS


def startup_warnings(folder: Path, reader: StoreReader, wall_us: int) -> list[str]:
    """A sentence for each of: the store's end, the machine's clock, the disk. SQLite's version and the key refuse by themselves.

    Of the store, the newest ticks are looked at, as many as can be within a moment; every page that is read is authenticated anyhow.
    """
    found = []
    with reader.snapshot() as connection:
        head = connection.execute(select(HEAD.c.k, HEAD.c.n)).one()
        last_k = connection.execute(select(func.max(TICKS.c.k))).scalar_one() or 0
        last_n = connection.execute(select(func.max(ENTRIES.c.n))).scalar_one() or 0
        told = bad_tail(connection, _LOOK_BACK_S)
    if (head.k, head.n) != (last_k, last_n):
        found.append(f"warning: the store ends at entry {last_n}, its head says {head.n}; somebody may have cut it: run verify")
    elif told is not None:
        found.append(f"warning: the end of the store is not as it was written: {told}; run verify")
    last_us = reader.last_us()
    if last_us > wall_us + _CLOCK_SLACK_US:
        found.append(
            f"warning: the machine's clock says {text_of_us(wall_us)}, but the store was written until {text_of_us(last_us)}; "
            "set the clock, until then the time here is ahead of it, and goes 2 % slower"
        )
    free = shutil.disk_usage(folder).free
    if free < _LEAST_FREE_BYTES:
        found.append(f"warning: only {free // 1_000_000} MB are free on the disk of {folder}; make room before nothing can be stored")
    return found
