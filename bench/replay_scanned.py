"""What a table of fixes scanned with pandas and movingpandas needs for "where was everybody at T": what stands beside a replay's seek."""

import tempfile
import time
from pathlib import Path
from typing import Final

import movingpandas
import numpy as np
import pandas as pd

from backend_bridge.adapters.scenario_sets import write_fixes
from backend_bridge.domain.fix import FixBatch

HALF_AN_HOUR: Final = pd.Timedelta(minutes=30)


def scanned(fixes: FixBatch, instants_us: list[int]) -> None:
    """Ask a Parquet file of the fixes where everybody was at some instants, in two ways, and print how long that took."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fixes.parquet"
        write_fixes(fixes, file)
        print(f"{'the same fixes as a Parquet file':44}{file.stat().st_size / 1e6:>10.0f} MB")
        for name, found in (("pandas", by_pandas), ("movingpandas, of half an hour", by_movingpandas)):
            times = []
            for at_us in instants_us:
                started = time.perf_counter()
                found(file, pd.Timestamp(at_us, unit="us", tz="UTC"))
                times.append(time.perf_counter() - started)
            print(f"{f'{name}: where everybody was at T':44}{np.median(times) * 1000:>10.0f} ms (no alarms, no zones, nothing decided)")


def by_pandas(file: Path, at: pd.Timestamp) -> object:
    """Everybody's last fix at an instant."""
    table = pd.read_parquet(file, columns=["device", "measured_at", "lat", "lon"])
    return table[table["measured_at"] <= at].groupby("device", observed=True).last()


def by_movingpandas(file: Path, at: pd.Timestamp) -> object:
    """Everybody's place at an instant, of the fixes of half an hour: trajectories of a whole day need more memory than there is."""
    span = [("measured_at", ">", at - HALF_AN_HOUR), ("measured_at", "<=", at)]
    table = pd.read_parquet(file, columns=["device", "measured_at", "lat", "lon"], filters=span)
    table = table.assign(device=table["device"].astype(str), t=table["measured_at"].dt.tz_localize(None)).drop(columns="measured_at")
    tracks = movingpandas.TrajectoryCollection(table, "device", t="t", x="lon", y="lat", crs=4326, min_length=0)
    return tracks.get_locations_at(at.tz_localize(None))
