"""Everything that is about people and left a whole bridge stands in its log from before; `bench/recorded_run.py` does twenty rounds."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from recorded_run import accounted, lived

KINDS = {"rows", "frame", "opened of a protected person", "answer"}


@pytest.mark.timeout(900)  # a dozen commands, each of which loads its libraries, and some hundred questions
def test_whatever_about_people_left_the_bridge_has_its_entry_from_before(tmp_path: Path) -> None:
    desks, entries = lived(tmp_path, 1, ("kim", "park", "yoon"))
    account = accounted(desks, entries)
    assert account.missing == []
    assert set(account.found) >= KINDS
    assert all(entry["user"] and entry["at"] and entry["why"] for entry in entries if entry["event"] == "read")
    for events in ({"read"}, {"view-opened"}, {"view-widened", "grant-started"}):
        assert accounted(desks, [entry for entry in entries if entry["event"] not in events]).missing, "the account misses nothing"
