"""The files of a package's fixes: one for each day of measurement, however many days there are."""

import resource
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from live_day import GATEWAY, T0, fixes

from backend_bridge.adapters import package_files
from backend_bridge.adapters.package_files import FixWriter, Tally, read_fixes
from backend_bridge.adapters.stored_fixes import Message, StoredFixes
from backend_bridge.domain.arrivals import Lane

DAY_US = 86_400_000_000
N_DAYS = 120


@pytest.fixture
def few_descriptors() -> Iterator[None]:
    """Room for thirty more open files than there are."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken = {int(path.name) for path in Path("/proc/self/fd").iterdir()}
    last_free = [number for number in range(before[0]) if number not in taken][30]
    resource.setrlimit(resource.RLIMIT_NOFILE, (last_free, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def of_day(day: int, device: int) -> StoredFixes:
    at_us = T0 + day * DAY_US
    batch = fixes(day, at_us, np.array([device]))
    message = Message(gateway=GATEWAY, lane=Lane.POSITIONS, epoch=7, seq=day + 1)
    return StoredFixes(fixes=batch, messages=(message,), message=np.zeros(1, np.int32), number=np.array([4 * day + device + 1]))


@pytest.mark.usefixtures("few_descriptors")
def test_a_history_of_more_days_than_descriptors_is_written_one_file_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_files, "_ROWS_IN_MEMORY", 150)
    writer, said, found = FixWriter(tmp_path / "fixes"), Tally(), Tally()
    for device in range(4):  # as tracks lie in a store: a device after the other, each through all days
        for day in range(N_DAYS):
            stored = of_day(day, device)
            said.fixes(stored.fixes)
            writer.write(stored)
    writer.close()
    names = [path.name for path in sorted((tmp_path / "fixes").iterdir())]
    assert names == [f"{np.datetime64(T0 + day * DAY_US, 'us').astype('datetime64[D]')}.parquet" for day in range(N_DAYS)]
    for stored in read_fixes(tmp_path):
        found.fixes(stored.fixes)
    assert found.document() == said.document()
