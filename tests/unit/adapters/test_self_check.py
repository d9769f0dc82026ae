"""Before a bridge starts it says what is not as it should be, and starts all the same."""

from pathlib import Path

import pytest
from sqlalchemy import text

from backend_bridge.adapters.self_check import startup_warnings
from backend_bridge.adapters.store import Record, Store
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.tail_check import bad_tail

KEY = bytes(32)
NOW_US = 1_795_394_536_000_000


def test_a_cut_end_and_a_clock_set_back_are_a_sentence_each(tmp_path: Path) -> None:
    store = Store.open(tmp_path, KEY)
    for n in range(1, 4):
        store.append(NOW_US + n, [], [b'{"n":%d}' % n])
    store.close()
    reader = StoreReader.open(tmp_path, KEY)
    assert [line for line in startup_warnings(tmp_path, reader, NOW_US) if "free" not in line] == []
    (clock,) = (line for line in startup_warnings(tmp_path, reader, NOW_US - 60_000_000) if "free" not in line)
    assert "clock says 2026-11-23T00:41:16Z" in clock
    with reader.connection() as connection:
        connection.execute(text("DELETE FROM entries WHERE n = 3"))
        connection.commit()
    (cut,) = (line for line in startup_warnings(tmp_path, reader, NOW_US) if "free" not in line)
    assert "ends at entry 2, its head says 3" in cut
    reader.close()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("UPDATE entries SET payload = x'78' WHERE n = 3", "entry 3 is not the one that was written"),
        ("UPDATE entries SET hash = zeroblob(32) WHERE n = 3", "entry 3 is not the one that was written"),
        ("UPDATE records SET body = x'78' WHERE id = 2", "the contents of a row of tick 2 were changed"),
        ("UPDATE records SET from_us = 9 WHERE id = 3", "entry 3 is not the one that was written"),
        ("DELETE FROM records WHERE id = 1", "the rows of tick 1 are not those that were written"),
        ("UPDATE ticks SET now_us = 9 WHERE k = 1", "the rows of tick 1 are not those that were written"),
        ("UPDATE head SET entry_hash = zeroblob(32)", "the rows of tick 4 are not those that were written"),
        ("UPDATE records SET size = 'x' WHERE id = 3", "a row holds what no bridge writes"),
        ("DELETE FROM ticks WHERE k = 3", "tick 4 or the one before it is missing"),
    ],
)
def test_a_change_of_the_newest_ticks_is_a_sentence_at_the_start(tmp_path: Path, harm: str, told: str) -> None:
    store = Store.open(tmp_path, KEY)
    for k in range(1, 5):
        payloads = [] if k in {1, 4} else [b"first", b"second"]
        store.append(NOW_US + k, [Record(kind="taken", body=bytes([k]) * 100)], payloads)
    store.close()
    reader = StoreReader.open(tmp_path, KEY)
    assert [line for line in startup_warnings(tmp_path, reader, NOW_US) if "free" not in line] == []
    with reader.connection() as connection:
        connection.execute(text(harm))
        connection.commit()
    (sentence,) = (line for line in startup_warnings(tmp_path, reader, NOW_US) if "free" not in line)
    assert sentence == f"warning: the end of the store is not as it was written: {told}; run verify"
    reader.close()


def test_no_start_waits_for_all_of_a_long_history(tmp_path: Path) -> None:
    store = Store.open(tmp_path, KEY)
    for k in range(1, 20):
        store.append(NOW_US + k, [Record(kind="taken", body=bytes([k]) * 100)], [])
    store.close()
    reader = StoreReader.open(tmp_path, KEY)
    with reader.connection() as connection:
        connection.execute(text("UPDATE ticks SET now_us = 9 WHERE k = 3"))
        connection.commit()
        assert bad_tail(connection, within_s=0.0) is None
        assert bad_tail(connection, within_s=60.0) is not None
    reader.close()
