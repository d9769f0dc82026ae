"""A doubt about a position says what it rests on: how long, how many fixes, how far apart."""

import numpy as np
import pytest
from worlds import DAY, T0, Row, S, at, case, fixes, of_kind, seconds_of, stay

from backend_bridge.domain.alarm import AlarmChange, AlarmKind
from backend_bridge.domain.fix import FixBatch, FixSource
from backend_bridge.domain.watching.watch import Watch


def first_doubt(batch: FixBatch) -> AlarmChange:
    watch = Watch.empty()
    watch.register([case()], T0 - DAY * S)
    return of_kind(watch.advance(batch, (), int(batch.received_us.max())), AlarmKind.POSITION_NOT_TRUSTED)[0]


def frozen() -> list[Row]:
    return [("ANK-1", 400.0 + 15 * k, at(4000, 0)) for k in range(40)]


def test_a_frozen_device_has_been_so_since_its_first_fix_there() -> None:
    doubt = first_doubt(fixes(stay("ANK-1", at(3000, 0), 0, 300) + frozen(), moving=1))
    lasted_s = seconds_of(doubt.happened_us) - 400.0
    assert (doubt.because["cause"], doubt.because["lasted_s"], doubt.because["n_fixes"]) == ("frozen", lasted_s, 1 + lasted_s // 15)


@pytest.mark.parametrize("newest_first", [False, True])
def test_so_has_one_that_a_backlog_shows(*, newest_first: bool) -> None:
    live = [*stay("ANK-1", at(3000, 0), 0, 300), ("ANK-1", 1800.0, at(4000, 50))]
    late = frozen()[::-1] if newest_first else frozen()
    received = [second + 1.0 for _, second, _ in live] + [1810.0 + k / 100 for k in range(len(late))]
    doubt = first_doubt(fixes(live + late, received, moving=1))
    begun_s = late[0][1]
    lasted_s = abs(seconds_of(doubt.happened_us) - begun_s)
    assert (doubt.because["cause"], doubt.because["lasted_s"], doubt.because["n_fixes"]) == ("frozen", lasted_s, 1 + lasted_s // 15)


def test_sources_that_contradict_each_other_say_by_how_much() -> None:
    rows = [("ANK-1", 60.0 * k, at(3000.0 * (k % 2), 0)) for k in range(30)]
    batch = fixes(rows)
    batch.source[:] = np.where(np.arange(len(rows)) % 2, FixSource.WIFI, FixSource.GNSS)
    doubt = first_doubt(batch)
    assert doubt.because["cause"] == "sources-contradict"
    assert doubt.because["n_fixes"] == 3
    assert float(str(doubt.because["distance_m"])) == pytest.approx(3000.0, abs=10.0)


def test_a_device_without_motion_has_lain_there_since_it_last_felt_some() -> None:
    doubt = first_doubt(fixes(stay("ANK-1", at(3000, 0), 0, 16 * 3600, 300), moving=0))
    assert (doubt.because["cause"], doubt.because["lasted_s"]) == ("no-motion", seconds_of(doubt.happened_us))
    assert "n_fixes" not in doubt.because
