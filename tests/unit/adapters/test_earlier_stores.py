"""What a version before wrote opens with all its alarms, levels and tracks, and goes on as if nothing had been changed.

The states in `tests/data` were written by the version whose states are called `bongsu-state/3`, half way through scenarios of the
library, when all fixes had been sorted into tracks.
"""

import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backend_bridge.adapters import durable_room, fix_archive, store_upkeep
from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.fix_lines import lines_of_fixes
from backend_bridge.adapters.refusals import StoreRefusedError
from backend_bridge.adapters.snapshot_child import packed, unpacked
from backend_bridge.application.inbox import Inbox, Milestone
from backend_bridge.application.scenario_feed import GATEWAY, Feed
from backend_bridge.bootstrap.scenario_command import made_scenario
from backend_bridge.domain.alarm import AlarmChange
from backend_bridge.domain.arrivals import Lane, LinkUp
from backend_bridge.domain.breach.track_table import TARGET, TRACK, brought_up, empty_targets, empty_tracks
from backend_bridge.domain.outcomes.alarm_events import AlarmEscalated

KEY = bytes(32)
S = 1_000_000
ROOT = Path(__file__).parents[3]
SCENARIOS = {"by-car": "02-by-car", "left-at-home": "06-left-at-home", "outage": "09-outage"}
Told = list[tuple[str, str, str]]


class Lived:
    """A room that has lived the first half of a scenario."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.now_us = folder, 0
        self.feed = Feed(made_scenario(ROOT / "resources" / "scenarios" / f"{SCENARIOS[name]}.toml"))
        moments = list(self.feed.moments(15 * S))
        self.left = moments[len(moments) // 2 :]
        self.now_us = moments[0] - 20 * S
        folder.mkdir()
        self.open()
        self.durable.step(self.feed.opening())
        self.go_on(moments[: len(moments) // 2])

    def open(self) -> None:
        self.durable = DurableRoom.open(self.folder, KEY, lambda: self.now_us)

    def restart(self) -> None:
        self.durable.close()
        self.open()

    def go_on(self, moments: list[int]) -> Told:
        told: Told = []
        for self.now_us in moments:
            outcomes = self.durable.step(self.feed.due(self.now_us, self.durable.room))
            events = [event for outcome in outcomes for event in outcome.events if isinstance(event, AlarmChange | AlarmEscalated)]
            told += [(type(event).__name__, str(event.alarm), str(getattr(event, "level", ""))) for event in events]
        return told

    def rest(self) -> Told:
        """What is told of alarms from here on, once the gateway has come back."""
        hellos = [self.feed._hello(lane) for lane in Lane]
        self.durable.step(Inbox(arrivals=(LinkUp(gateway=GATEWAY, connection=hellos[0].connection), *hellos)))
        return self.go_on(self.left)

    def sort(self) -> None:
        """Have all fixes sorted into tracks: the ticks hold none any more."""
        until = time.monotonic() + 60
        while self.durable.archive.n_tail:
            assert time.monotonic() < until, "the fixes were not sorted"
            self.durable.step(Inbox(news=(Milestone(what="note"),)))
        assert not any(self.durable.reader.records(("fixes",)))

    def standing(self) -> tuple[object, ...]:
        """What the room knows and shows: its alarms, the levels of all targets, and the fixes of all tracks."""
        room = self.durable.room
        parts: Any = room.watch.parts()["engine"]  # type: ignore[attr-defined]  # the room's own watch
        tracks = [(int(row["first"]), int(row["end"]), row["fixes"].tobytes()) for row in parts["tracks"]]
        alarms = [(live.alarm, live.newest.level, live.active) for live in room.alarms]
        return alarms, parts["targets"]["said"].tolist(), tracks


@pytest.fixture
def sorted_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Lived]:
    """Makes a room that has lived half of a scenario, whose fixes all lie in tracks."""
    monkeypatch.setattr(store_upkeep, "_TRACK_FIXES", 1)
    monkeypatch.setattr(store_upkeep, "_SNAPSHOT_SPENT_S", float("inf"))  # a machine that compiles first makes none of its own

    def made(name: str, folder: str) -> Lived:
        lived = Lived(tmp_path / folder, name)
        lived.sort()
        return lived

    return made


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_store_of_the_version_before_opens_with_all_its_alarms_and_decides_on(
    name: str, sorted_half: Callable[[str, str], Lived], monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = (ROOT / "tests" / "data" / f"state-3-{name}.bin").read_bytes()
    now, before = sorted_half(name, "now"), sorted_half(name, "before")
    now.durable.write_snapshot()
    monkeypatch.setattr(durable_room, "packed", lambda _: stored)
    before.durable.write_snapshot()
    for each in (now, before):
        each.restart()
    assert before.standing() == now.standing()
    assert len(list(before.durable.room.alarms)) >= 3
    rest = now.rest()
    assert before.rest() == rest
    assert rest
    for each in (now, before):
        each.durable.close()


def test_fixes_that_were_sorted_after_the_newest_state_are_decided_about_again(sorted_half: Callable[[str, str], Lived]) -> None:
    lived = sorted_half("by-car", "room")
    expected = lived.standing()
    assert lived.durable.reader.newest("snapshot") is None
    lived.restart()
    assert lived.standing() == expected
    lived.durable.close()


def test_a_store_whose_state_cannot_be_read_is_refused_where_its_alarms_would_be_lost(
    sorted_half: Callable[[str, str], Lived], monkeypatch: pytest.MonkeyPatch
) -> None:
    lived = sorted_half("by-car", "room")
    monkeypatch.setattr(durable_room, "packed", lambda state: packed(state).replace(b"BSN2", b"BSN9", 1))
    lived.durable.write_snapshot()
    with pytest.raises(StoreRefusedError, match=r"newest state cannot be opened .* alarms would be lost; open it with the version before"):
        lived.restart()


def test_a_state_that_cannot_be_read_costs_nothing_while_the_ticks_hold_their_fixes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived = Lived(tmp_path / "room", "by-car")
    expected = lived.standing()
    monkeypatch.setattr(durable_room, "packed", lambda state: packed(state).replace(b"BSN2", b"BSN9", 1))
    lived.durable.write_snapshot()
    lived.restart()
    assert lived.standing() == expected
    lived.durable.close()


def test_a_table_of_more_fields_gives_new_ones_what_they_are_without_fixes_and_one_of_other_fields_is_refused() -> None:
    tracks, targets = empty_tracks(2), empty_targets(2)
    tracks["end"], tracks["n_places"], targets["said"] = 7, 5, 2
    fewer = [name for name in TRACK.names or () if name not in ("n_places", "places")]
    made = brought_up(np.array(tracks[fewer].tolist(), [(name, *_of(TRACK, name)) for name in fewer]), empty_tracks)
    assert made.dtype == TRACK
    assert (made["end"].tolist(), made["n_places"].tolist(), made["places"].any()) == ([7, 7], [0, 0], False)
    without = [name for name in TARGET.names or () if name != "closed_us"]
    made = brought_up(np.array(targets[without].tolist(), [(name, *_of(TARGET, name)) for name in without]), empty_targets)
    assert (made["said"].tolist(), made["closed_us"].tolist()) == ([2, 2], [-1, -1])
    for other in ([("end", np.int64), ("went", np.int64)], [("end", np.float64)], [("fixes", np.float64, (9, 8))]):
        with pytest.raises(ValueError, match="has other fields"):
            brought_up(np.zeros(1, other), empty_tracks)


def _of(table: np.dtype[np.record], name: str) -> tuple[object, tuple[int, ...]]:
    kind = table[name]
    return kind.base, kind.shape


def test_a_state_of_now_is_read_as_it_was(sorted_half: Callable[[str, str], Lived]) -> None:
    lived = sorted_half("left-at-home", "room")
    stored = packed(lived.durable._state())
    assert packed(unpacked(stored)) == stored
    lived.durable.close()


def test_turns_of_which_the_version_before_wrote_every_second_one_are_decided_again_and_sorted_as_any_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_new, is_of_one_turn = cycle((True, False)), fix_archive._is_of_one_turn
    now = Lived(tmp_path / "now", "by-car")
    with monkeypatch.context() as patch:
        patch.setattr(fix_archive, "_is_of_one_turn", lambda fixes: next(is_new) and is_of_one_turn(fixes))
        both = Lived(tmp_path / "both", "by-car")
    monkeypatch.setattr(store_upkeep, "_TRACK_FIXES", 1)
    for each in (now, both):
        each.restart()
        each.sort()
    assert both.standing() == now.standing()
    assert lines(both) == lines(now)
    rest = now.rest()
    assert both.rest() == rest
    assert rest
    for each in (now, both):
        each.durable.close()


def lines(lived: Lived) -> list[str]:
    return [line for stored in lived.durable.archive.everything() for line in lines_of_fixes(stored)]
