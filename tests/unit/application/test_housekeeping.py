"""What the room forgets does not hang on the steps in which nothing happened: a restart does not know of them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.application.outcome import Taken
from backend_bridge.application.room import again
from backend_bridge.application.room_state import Room
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.watch import Watch

MINUTE_US = 60 * MICROSECONDS
TEN_US = 1_793_000_000 * MICROSECONDS // (60 * MINUTE_US) * 60 * MINUTE_US
WARNED_MIN = range(-130, 0, 5)
"""Minutes from ten o'clock at which somebody was warned."""


def warned_after(idle_min: list[int], last_min: int) -> dict[object, int]:
    room = Room(Watch.empty())
    again(room, Taken(now_us=TEN_US - 140 * MINUTE_US, first_n=1))
    room.warned = {("C-1", f"V-{minute}"): TEN_US + minute * MINUTE_US for minute in WARNED_MIN}  # type: ignore[misc]  # names of a test
    for minute in [*sorted(idle_min), last_min]:
        again(room, Taken(now_us=TEN_US + minute * MINUTE_US, first_n=1))
    return dict(room.warned)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(min_value=1, max_value=170), max_size=8))
def test_what_is_forgotten_is_the_same_whichever_idle_steps_there_were(idle_min: list[int]) -> None:
    assert warned_after([minute for minute in idle_min if minute < 171], 171) == warned_after([], 171)


def test_what_is_older_than_an_hour_at_the_full_hour_is_forgotten() -> None:
    assert len(warned_after([], 5)) == sum(minute > -60 for minute in WARNED_MIN)
    assert len(warned_after([7], 58)) == sum(minute > -60 for minute in WARNED_MIN)
    assert warned_after([], 65) == {}
