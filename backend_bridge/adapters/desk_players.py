"""Recordings that desks live again: a thread that plays them, cuts what their users may see, and sends it instead of the live room.

All methods may be called from any thread. What a recording shows is cut by the office and the grants of today; when those no
longer reach, the desk is shown the live room again.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from backend_bridge.adapters.desk_gate import DeskGate
from backend_bridge.adapters.recording_marks import Marks
from backend_bridge.application.outcome import Taken
from backend_bridge.application.playback import Player, Recording
from backend_bridge.application.playhead import PlayheadRow
from backend_bridge.application.room_state import Room
from backend_bridge.application.rows import RoomRow
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.application.views import DeskView, Reach
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.quantities import MICROSECONDS

_LOG: Final = logging.getLogger(__name__)
TURN_S: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Who opens which stretch, and what of it they may see."""

    seat: str
    user: UserId
    reach: Reach
    span_us: tuple[int, int]


class Stretch:
    """A part of a recording: [from, to] and nothing outside."""

    def __init__(self, whole: Recording, span_us: tuple[int, int]) -> None:
        self._whole, self._span_us = whole, span_us

    def span_us(self) -> tuple[int, int]:
        """The part of the span that was recorded."""
        first, last = self._whole.span_us()
        from_us = min(max(first, self._span_us[0]), last)
        return from_us, max(from_us, min(last, self._span_us[1]))

    def room_before(self, at_us: int) -> Room:
        """A room as it was at the newest checkpoint at or before `at_us`."""
        return self._whole.room_before(at_us)

    def steps(self, after_us: int) -> Iterator[Taken]:
        """The steps after `after_us`."""
        return self._whole.steps(after_us)


@dataclass(slots=True)
class _Showing:
    opening: Opening
    player: Player
    marks: Marks
    view: DeskView
    at_s: float
    leaps: int = -1
    room_row: RoomRow | None = None
    frames_due_s: float = field(default=0.0)


class DeskPlayers:
    """All recordings that are open; `recording` and `marks` read what is stored."""

    def __init__(self, gate: DeskGate, recording: Recording, marks: Callable[[Opening], Marks]) -> None:
        self._gate, self._recording, self._marks = gate, recording, marks
        self._calls: queue.SimpleQueue[tuple[Callable[[], None], str] | None] = queue.SimpleQueue()
        self._showing: dict[str, _Showing] = {}
        self._thread = threading.Thread(target=self._run, name="recordings", daemon=True)

    def start(self) -> None:
        """Begin to play what is opened."""
        self._thread.start()

    def stop(self) -> None:
        """Play nothing more."""
        self._calls.put(None)
        self._thread.join(3)

    def open(self, opening: Opening) -> None:
        """Show a stretch at a desk, paused at its beginning."""
        self._calls.put((lambda: self._open(opening), opening.seat))

    def play(self, seat: str, speed: float) -> None:
        """Let it run; 0 pauses."""
        self._calls.put((lambda: self._play(seat, speed), seat))

    def seek(self, seat: str, at_us: int) -> None:
        """Put the playhead somewhere."""
        self._calls.put((lambda: self._seek(seat, at_us), seat))

    def close(self, seat: str) -> None:
        """Show the live room again."""
        self._calls.put((lambda: self._close(seat), seat))

    def reaches(self, seat: str, reach: Reach | None) -> None:
        """What the user may see of recordings now; None or less than was opened ends the showing."""
        self._calls.put((lambda: self._reaches(seat, reach), seat))

    def seats(self) -> tuple[tuple[str, Opening], ...]:
        """The desks that are shown a recording now."""
        return tuple((seat, showing.opening) for seat, showing in self._showing.copy().items())

    def _run(self) -> None:
        while True:
            try:
                call = self._calls.get(timeout=TURN_S if self._showing else None)
            except queue.Empty:
                for seat, showing in tuple(self._showing.items()):
                    self._safely(partial(self._turn, showing), seat)
                continue
            if call is None:
                return
            self._safely(*call)

    def _safely(self, work: Callable[[], None], seat: str) -> None:
        """Do something for one desk; a recording that cannot be played shows that desk the live room again."""
        try:
            work()
        except Exception:  # noqa: BLE001 - the edge of this thread; logged, and the desk is shown the live room
            _LOG.exception("a recording cannot be played")
            self._close(seat)

    def _open(self, opening: Opening) -> None:
        stretch = Stretch(self._recording, opening.span_us)
        player = Player(stretch, opening.span_us[0])
        view = DeskView(opening.user, opening.seat, opening.reach)
        self._showing[opening.seat] = _Showing(opening, player, self._marks(opening), view, time.monotonic())
        self._turn(self._showing[opening.seat])
        self._gate.show(opening.seat, (_view(opening.seat),))

    def _play(self, seat: str, speed: float) -> None:
        if seat in self._showing:
            self._turn(self._showing[seat])
            self._showing[seat].player.speed = speed

    def _seek(self, seat: str, at_us: int) -> None:
        if seat in self._showing:
            self._showing[seat].player.seek(at_us)
            self._turn(self._showing[seat])

    def _close(self, seat: str) -> None:
        if self._showing.pop(seat, None) is not None:
            self._gate.show(seat, (seat,))
            self._gate.forget(_view(seat))

    def _reaches(self, seat: str, reach: Reach | None) -> None:
        showing = self._showing.get(seat)
        if showing is None:
            return
        opened = showing.opening.reach
        if reach is None or reach.role is not opened.role or opened.cases - reach.cases:
            self._close(seat)

    def _turn(self, showing: _Showing) -> None:
        """Play on, and send what is different now."""
        now_s = time.monotonic()
        player, seat = showing.player, showing.opening.seat
        player.advance(int((now_s - showing.at_s) * MICROSECONDS))
        showing.at_s = now_s
        is_anew = showing.leaps != player.leaps
        if is_anew:
            showing.view = DeskView(showing.opening.user, seat, showing.opening.reach)
            showing.leaps = player.leaps
        picture = player.room.watch.picture(player.room.now_us)
        changes = self._with_playhead(showing, showing.view.changes(player.room, picture))
        self._gate.publish(_view(seat), changes, whole=is_anew)
        if is_anew or now_s >= showing.frames_due_s:
            showing.frames_due_s = now_s + 2 * TURN_S
            self._gate.publish_frame(_view(seat), showing.view.frame(player.room, picture))

    def _with_playhead(self, showing: _Showing, changes: tuple[TableChange, ...]) -> tuple[TableChange, ...]:
        """The changes with the room's row saying where the recording is."""
        for change in changes:
            if change.table is Table.ROOM:
                showing.room_row = next((row for row in change.put if isinstance(row, RoomRow)), showing.room_row)
        if showing.room_row is None:
            return changes
        player = showing.player
        playhead = PlayheadRow(
            from_us=player.from_us,
            to_us=player.to_us,
            at_us=player.at_us,
            speed=player.speed,
            leaps=player.leaps,
            density=showing.marks.density,
            marks=showing.marks.marks,
        )
        row = replace(showing.room_row, playhead=playhead, replay=True)
        return (*(change for change in changes if change.table is not Table.ROOM), TableChange(table=Table.ROOM, put=(row,)))


def _view(seat: str) -> str:
    return f"recording:{seat}"
