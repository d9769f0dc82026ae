"""Before a bridge starts it says what is not as it should be, and starts all the same."""

import hashlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from backend_bridge.adapters import tail_check
from backend_bridge.adapters.self_check import startup_warnings
from backend_bridge.adapters.store import Record, Store
from backend_bridge.adapters.store_engine import open_engine
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


def test_a_start_that_finds_the_store_held_says_nothing_of_what_is_written_there(tmp_path: Path) -> None:
    store = Store.open(tmp_path, KEY)
    store.append(NOW_US, [Record(kind="taken", body=bytes(100))], [b"first"])
    store.close()
    with open_engine(tmp_path, KEY).connect() as other:
        other.execute(text("PRAGMA journal_mode = DELETE"))  # in which nobody reads beside a writer
        with open_engine(tmp_path, KEY, read_only=True).connect() as connection:
            connection.execute(text("PRAGMA busy_timeout = 0"))
            other.execute(text("BEGIN EXCLUSIVE"))
            with pytest.raises(OperationalError, match="locked"):
                connection.execute(text("SELECT * FROM head"))
            assert bad_tail(connection, within_s=60.0) is None
            other.rollback()


def test_a_page_that_was_not_encrypted_so_is_a_sentence(tmp_path: Path) -> None:
    store = Store.open(tmp_path, KEY)
    for k in range(20):
        store.append(NOW_US + k, [Record(kind="taken", body=bytes(3000))], [])
    store.close()
    path = tmp_path / "store.db"
    pages = bytearray(path.read_bytes())
    for place in range(len(pages) // 2, len(pages), 4096):
        pages[place + 100] ^= 1
    path.write_bytes(pages)
    reader = StoreReader.open(tmp_path, KEY)
    with reader.snapshot() as connection:
        assert bad_tail(connection, within_s=60.0) == "a page of the file is not as it was encrypted"
    reader.close()


def test_no_start_waits_for_all_contents_of_one_large_tick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now_s = 0.0

    def hashed(body: bytes) -> object:
        """Contents take a tenth of a second to hash."""
        nonlocal now_s
        now_s += 0.1
        return hashlib.sha256(body)

    store = Store.open(tmp_path, KEY)
    store.append(NOW_US, [Record(kind="fixes", body=bytes([n]) * 100) for n in range(256)], [])
    store.close()
    reader = StoreReader.open(tmp_path, KEY)
    monkeypatch.setattr(tail_check, "time", SimpleNamespace(monotonic=lambda: now_s))
    monkeypatch.setattr(tail_check, "hashlib", SimpleNamespace(sha256=hashed))
    with reader.connection() as connection:
        assert bad_tail(connection, within_s=0.3) is None
        assert now_s < 0.5
        connection.execute(text("UPDATE records SET size = 9 WHERE id = 256"))
        assert bad_tail(connection, within_s=0.3) == "the rows of tick 1 are not those that were written"
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
