"""Before a bridge starts it says what is not as it should be, and starts all the same."""

from pathlib import Path

from sqlalchemy import text

from backend_bridge.adapters.self_check import startup_warnings
from backend_bridge.adapters.store import Store
from backend_bridge.adapters.store_reads import StoreReader

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
