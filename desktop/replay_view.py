"""A recording at this desk: the time bar follows the playhead, and the clock of the desk is that of the recording."""

from collections.abc import Callable
from typing import Final

from backend_bridge.application.playhead import PlayheadRow
from backend_bridge.domain.commands import CloseRecording, Command, PlayRecording, SeekRecording
from widgets import phrases, phrases_work
from widgets.replay_bar import Recording, ReplayBar, ReplayMark
from widgets.theme import Look


class ReplayView:
    """Takes the playhead of each room row; `now_us` is the recording's time while there is one, else the bridge's."""

    def __init__(self, bar: ReplayBar, submit: Callable[[Command], None], now_us: Callable[[], int]) -> None:
        self._bar, self._live_now_us = bar, now_us
        self._playhead: PlayheadRow | None = None
        self._taken_us = 0
        bar.on_play = lambda speed: submit(PlayRecording(speed=speed or 0.0))
        bar.on_seek = lambda at_us: submit(SeekRecording(at_us=at_us))
        bar.on_close = lambda: submit(CloseRecording())

    def take(self, playhead: PlayheadRow | None, *, exercise: bool) -> bool:
        """Follow the playhead; True where it has leapt, so that nothing may be joined across."""
        before, self._playhead, self._taken_us = self._playhead, playhead, self._live_now_us()
        if playhead is None:
            return before is not None
        if before is None or (before.from_us, before.to_us, before.density, before.marks) != _whole(playhead):
            self._bar.show_recording(recording_of(playhead), exercise=exercise)
        self._bar.show_position(playhead.at_us, playing=playhead.speed > 0)
        return before is None or before.leaps != playhead.leaps

    def now_us(self) -> int:
        """The time that everything on this desk counts by."""
        if self._playhead is None:
            return self._live_now_us()
        passed_us = int((self._live_now_us() - self._taken_us) * self._playhead.speed)
        return min(self._playhead.to_us, self._playhead.at_us + max(0, passed_us))


LOOKS: Final = {"alarm": Look.ACT, "acknowledged": Look.LOOK}


def recording_of(playhead: PlayheadRow) -> Recording:
    """The recording as the time bar draws it."""
    marks = tuple(
        ReplayMark(at_us=at_us, text=phrases.word(phrases_work.TIMELINE, entry), look=LOOKS.get(entry, Look.POLICE))
        for at_us, entry, _about in playhead.marks
    )
    density = tuple(float(n) for n in playhead.density)
    return Recording(from_us=playhead.from_us, to_us=playhead.to_us, density=density, marks=marks)


def _whole(playhead: PlayheadRow) -> tuple[int, int, tuple[int, ...], tuple[tuple[int, str, str], ...]]:
    return playhead.from_us, playhead.to_us, playhead.density, playhead.marks
