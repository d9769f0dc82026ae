"""A stretch of a store's history, read from its middle: the same steps with the same fixes as whoever reads it from the beginning."""

import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest

from backend_bridge.adapters import fix_archive, store_upkeep
from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.fix_archive import FixArchive
from backend_bridge.adapters.state_codec import encode
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.store_recording import StoreRecording
from backend_bridge.application.inbox import Inbox, Milestone
from backend_bridge.application.scenario_feed import Feed
from backend_bridge.bootstrap.scenario_command import made_scenario

KEY = bytes(32)
FLOOD = Path(__file__).parents[3] / "resources" / "scenarios" / "11-flood.toml"
S = 1_000_000


@pytest.fixture(params=["as ticks", "as ticks of two versions", "as tracks"])
def stored(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoreRecording]:
    """The flood of the library as a bridge stores it; as tracks where its fixes have been sorted by device twice on the way."""
    if request.param == "as tracks":
        monkeypatch.setattr(store_upkeep, "_TRACK_FIXES", 900)
    if request.param == "as ticks of two versions":
        is_new, is_of_one_turn = cycle((True, False)), fix_archive._is_of_one_turn
        monkeypatch.setattr(fix_archive, "_is_of_one_turn", lambda fixes: next(is_new) and is_of_one_turn(fixes))
    feed = Feed(made_scenario(FLOOD))
    clock = [0]
    durable = DurableRoom.open(tmp_path, KEY, lambda: clock[0])
    moments = list(feed.moments(15 * S))
    clock[0] = moments[0] - 20 * S
    durable.step(feed.opening())
    for now_us in moments:
        clock[0] = now_us
        durable.step(feed.due(now_us, durable.room))
        if durable.archive.n_tail >= 900 and request.param == "as tracks":
            until = time.monotonic() + 60
            while durable.archive.n_tail >= 900 and time.monotonic() < until:
                time.sleep(0.001)  # the sorting goes on beside
                durable.step(Inbox(news=(Milestone(what="note"),)))
    durable.close()
    reader = StoreReader.open(tmp_path, KEY)
    archive = FixArchive(reader)
    archive.restore()
    assert any(reader.records(("track",))) == (request.param == "as tracks")
    yield StoreRecording(reader, archive)
    reader.close()


def test_what_is_read_from_the_middle_is_what_follows_in_the_whole(stored: StoreRecording) -> None:
    whole = list(stored.steps(0))
    assert sum(len(kept.fixes) for taken in whole for kept in taken.kept if kept.fixes is not None) == 2720
    for part in (0.0, 0.2, 0.5, 0.8, 1.0):
        after_us = whole[int(part * (len(whole) - 1))].now_us
        expected = [taken for taken in whole if taken.now_us > after_us]
        assert [encode(taken) for taken in stored.steps(after_us)] == [encode(taken) for taken in expected]
    assert list(stored.steps(whole[-1].now_us + S)) == []


def test_wherever_one_begins_the_next_steps_have_their_fixes(stored: StoreRecording) -> None:
    whole = list(stored.steps(0))
    for place in range(0, len(whole) - 1, 3):
        found = list(islice(stored.steps(whole[place].now_us), 6))
        assert [encode(taken) for taken in found] == [encode(taken) for taken in whole[place + 1 : place + 7]]
