"""A recording at this desk: the time bar follows the playhead, and the clock of the desk is that of the recording."""

from collections.abc import Callable
from typing import Final

from backend_bridge.application.playhead import PlayheadRow
from backend_bridge.domain.commands import (
    BookmarkRecording,
    CloseRecording,
    Command,
    LoopRecording,
    PlayRecording,
    SeekRecording,
    StepRecording,
)
from widgets import phrases, phrases_work
from widgets.replay_bar import ReplayBar
from widgets.theme import Look
from widgets.time_strip import MarkKind, Recording, ReplayMark

BOOKMARK: Final = "bookmarked"
ALARM_ENTRIES: Final = frozenset({"alarm", "raised", "upgraded"})
WARNS: Final = "-amber"
"""Ends the name of an entry about an alarm that asks to look, not to act."""
QUIET_ENTRIES: Final = frozenset({"cleared", "displayed", "task-opened", "message-state", "message-ordered", "repeated"})
"""What the bridge or a channel did by itself: in the log, and not worth a mark."""


class ReplayView:
    """Takes the playhead of each room row; `now_us` is the recording's time while there is one, else the bridge's."""

    def __init__(self, bar: ReplayBar, submit: Callable[[Command], None], now_us: Callable[[], int]) -> None:
        self._bar, self._live_now_us = bar, now_us
        self.playhead: PlayheadRow | None = None
        """Where the recording is; None in the live room."""
        self._taken_us = 0
        bar.on_play = lambda speed: submit(PlayRecording(speed=speed or 0.0))
        bar.on_seek = lambda at_us: submit(SeekRecording(at_us=at_us))
        bar.on_step = lambda to: submit(StepRecording(to=to))
        bar.on_loop = lambda part: submit(LoopRecording() if part is None else LoopRecording(from_us=part[0], to_us=part[1]))
        bar.on_bookmark = lambda at_us, text: submit(BookmarkRecording(at_us=at_us, text=text))
        bar.on_close = lambda: submit(CloseRecording())

    def take(self, playhead: PlayheadRow | None, *, exercise: bool) -> bool:
        """Follow the playhead; True where it has leapt, so that nothing may be joined across."""
        before, self.playhead, self._taken_us = self.playhead, playhead, self._live_now_us()
        if playhead is None:
            return before is not None
        if before is None or _whole(before) != _whole(playhead):
            self._bar.show_recording(recording_of(playhead), exercise=exercise)
        self._bar.show_whose(playhead.as_user, sat=playhead.as_user_sat)
        self._bar.show_position(playhead.at_us, playing=playhead.speed > 0)
        return before is None or before.leaps != playhead.leaps

    def now_us(self) -> int:
        """The time that everything on this desk counts by."""
        if self.playhead is None:
            return self._live_now_us()
        passed_us = int((self._live_now_us() - self._taken_us) * self.playhead.speed)
        return min(self.playhead.to_us, self.playhead.at_us + max(0, passed_us))


def recording_of(playhead: PlayheadRow) -> Recording:
    """The recording as the time bar draws it."""
    marks = tuple(_mark(*mark) for mark in playhead.marks if mark[1] not in QUIET_ENTRIES)
    density = tuple(float(n) for n in playhead.density)
    return Recording(from_us=playhead.from_us, to_us=playhead.to_us, density=density, marks=marks, loop=playhead.loop)


def _mark(at_us: int, entry: str, about: str) -> ReplayMark:
    if entry == BOOKMARK:
        return ReplayMark(at_us=at_us, text=about, look=Look.LOOK, kind=MarkKind.BOOKMARK)
    name = entry.removesuffix(WARNS)
    words = phrases.word(phrases_work.TIMELINE, name)
    if name in ALARM_ENTRIES:
        return ReplayMark(at_us=at_us, text=f"{words} · {about}", look=Look.ACT if name == entry else Look.LOOK)
    return ReplayMark(at_us=at_us, text=f"{words} · {about}", look=Look.POLICE, kind=MarkKind.ACT)


def _whole(playhead: PlayheadRow) -> tuple[object, ...]:
    return playhead.from_us, playhead.to_us, playhead.density, playhead.marks, playhead.loop
