"""Everything that is about people and left a whole bridge stands in its log from before; `bench/recorded_run.py` does twenty rounds."""

import sys
from pathlib import Path
from typing import Any, get_args

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from desk_link_rows import kebab
from recorded_run import accounted, lived

from backend_bridge.domain.commands import Command
from backend_bridge.domain.queries import Query

KINDS_OF_MESSAGES = {kebab(kind.__name__) for union in (Command, Query) for kind in get_args(union)}
KINDS = {"rows", "frame", "opened of a protected person", "answer"}


def _said(message: dict[str, Any]) -> str:
    return str((message.get("do") or message["of"])["name"])


@pytest.mark.timeout(900)  # a dozen commands, each of which loads its libraries, and some hundred questions
def test_whatever_about_people_left_the_bridge_has_its_entry_from_before(tmp_path: Path) -> None:
    desks, entries = lived(tmp_path, 1, ("kim", "park", "yoon"))
    account = accounted(desks, entries)
    assert account.missing == []
    assert account.beyond == [], "no field beyond what was asked and allowed"
    assert account.n_secrets > 0
    assert {_said(message) for desk in desks for message in desk.asked.values()} == KINDS_OF_MESSAGES, "every kind of message was said"
    told = next(desk for desk in desks for _, message in desk.kept if message["t"] == "rows")
    told.kept.append((told.kept[-1][0], {"t": "rows", "rows": {"cases": [{"note": "CANARYNAME4"}]}}))
    assert accounted(desks, entries).beyond, "a name in a row is seen"
    told.kept.pop()
    assert set(account.found) >= KINDS
    assert all(entry["user"] and entry["at"] and entry["why"] for entry in entries if entry["event"] == "read")
    for events in ({"read"}, {"view-opened"}, {"view-widened", "grant-started"}):
        assert accounted(desks, [entry for entry in entries if entry["event"] not in events]).missing, "the account misses nothing"
