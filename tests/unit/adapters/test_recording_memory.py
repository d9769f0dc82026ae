"""What a player has lived through is remembered: a seek back starts beside where it leads, and shows the same room."""

import os
from collections.abc import Iterator

import pytest
from evening import T0, Evening, S, place

from backend_bridge.adapters.recording_memory import RememberedRecording
from backend_bridge.adapters.state_codec import encode
from backend_bridge.application.outcome import Taken
from backend_bridge.application.playback import Player
from backend_bridge.application.room_state import Room
from backend_bridge.domain.watching.watch import Watch


class Counted:
    """A recording without checkpoints that counts the steps that it is asked for."""

    def __init__(self, taken: list[Taken]) -> None:
        self.taken, self.n_given = taken, 0

    def span_us(self) -> tuple[int, int]:
        return self.taken[0].now_us, self.taken[-1].now_us

    def room_before(self, at_us: int) -> Room:
        return Room(Watch.empty())

    def glimpse_before(self, at_us: int) -> None:
        return None

    def is_nearer(self, now_us: int, at_us: int) -> bool:
        return False

    def steps(self, after_us: int) -> Iterator[Taken]:
        for taken in self.taken:
            if taken.now_us > after_us:
                self.n_given += 1
                yield taken


@pytest.fixture(scope="module")
def taken() -> list[Taken]:
    evening = Evening()
    evening.move(1500, 3, VIC_0001=lambda _t: place(0.0), ANK_0001=lambda t: place(3000.0 - 2.0 * t))
    return [outcome.taken for outcome in evening.outcomes]


def test_a_seek_back_lives_little_again_and_shows_the_same_room(taken: list[Taken]) -> None:
    tape = Counted(taken)
    remembered = RememberedRecording(tape, share=0.0)
    player = Player(remembered, tape.taken[0].now_us, remembered.note)
    player.seek(tape.taken[-1].now_us)
    assert len(remembered.checkpoints_us) >= 3
    tape.n_given = 0
    target_us = remembered.checkpoints_us[-2] + 10 * S
    player.seek(target_us)
    assert tape.n_given < 20
    plain = Player(Counted(taken), target_us)
    assert encode(player.room) == encode(plain.room)


def test_what_is_kept_is_bounded_and_a_seek_leads_where_it_should_all_the_same(taken: list[Taken]) -> None:
    remembered = RememberedRecording(Counted(taken), most_bytes=30_000, share=0.0)
    player = Player(remembered, T0, remembered.note)
    player.seek(taken[-1].now_us)
    assert 1 <= len(remembered.checkpoints_us) <= 4
    player.seek(T0 + 500 * S)
    assert player.at_us == T0 + 500 * S
    assert encode(player.room) == encode(Player(Counted(taken), T0 + 500 * S).room)


def test_nothing_of_a_remembered_room_lies_open_on_disk(taken: list[Taken]) -> None:
    remembered = RememberedRecording(Counted(taken), share=0.0)
    player = Player(remembered, T0, remembered.note)
    player.seek(taken[-1].now_us)
    scratch = remembered._scratch
    assert scratch is not None
    content = os.pread(scratch._file.fileno(), 1 << 24, 0)
    assert len(content) > 1000
    assert b"ANK-0001" not in content
    assert b"bongsu-state" not in content
    assert os.fstat(scratch._file.fileno()).st_nlink == 0
