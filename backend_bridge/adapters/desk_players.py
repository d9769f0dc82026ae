"""Recordings that desks live again: a thread that plays them, cuts what their users may see, and sends it instead of the live room.

All methods may be called from any thread. What a recording shows is cut by the role and the grants of today; when those no
longer reach, the desk is shown the live room again.
"""

import logging
import queue
import threading
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import Final

from backend_bridge.adapters.desk_gate import DeskGate
from backend_bridge.adapters.recording_compared import compared
from backend_bridge.adapters.recording_marks import BOOKMARK, Marks
from backend_bridge.adapters.shown_recording import Opening, ReadFixes, ShownRecording
from backend_bridge.adapters.state_codec import without_collector
from backend_bridge.application.answers import Found
from backend_bridge.application.inbox import Act, Ask
from backend_bridge.application.outcome import Reply
from backend_bridge.application.playback import Recording
from backend_bridge.application.recording_acts import RecordingCommand
from backend_bridge.application.views import Reach
from backend_bridge.application.what_if import StoppedError
from backend_bridge.domain.commands import ReportDisplayed
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.queries import CompareRecording, ReadTrack, StopComparing

_LOG: Final = logging.getLogger(__name__)
TURN_S: Final = 0.1


class DeskPlayers:
    """All recordings that are open; `recording`, `marks` and `read_fixes` read what is stored."""

    def __init__(self, gate: DeskGate, recording: Recording, marks: Callable[[Opening], Marks], read_fixes: ReadFixes) -> None:
        self._gate, self._recording, self._marks, self._read_fixes = gate, recording, marks, read_fixes
        self._calls: queue.SimpleQueue[tuple[Callable[[], None], str] | None] = queue.SimpleQueue()
        self._showing: dict[str, ShownRecording] = {}
        self._comparing = threading.Lock()
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
        self._calls.put((lambda: self._with(seat, lambda shown: shown.play(speed)), seat))

    def seek(self, seat: str, at_us: int) -> None:
        """Put the playhead somewhere."""
        self._calls.put((lambda: self._seek(seat, at_us), seat))

    def step(self, seat: str, to: str) -> None:
        """Put the playhead at the next fix or alarm, or the one before."""
        self._calls.put((lambda: self._with(seat, lambda shown: shown.step(to)), seat))

    def loop(self, seat: str, part_us: tuple[int, int] | None) -> None:
        """Play a part again and again; None ends that."""
        self._calls.put((lambda: self._with(seat, lambda shown: shown.loop_over(part_us)), seat))

    def bookmark(self, seat: str, cases: frozenset[CaseId], at_us: int, text: str) -> None:
        """Show a mark that somebody has just made at every desk that may see it."""
        self._calls.put((lambda: self._bookmark(cases, at_us, text), seat))

    def takes(self, item: object) -> bool:
        """Whether something from a desk that shows a recording is settled here: nothing of the live room is done from it."""
        if isinstance(item, Act) and item.seat in self._showing and not isinstance(item.command, RecordingCommand):
            no = Refused(Code.RECORDING_SHOWN)
            is_silent = isinstance(item.command, ReportDisplayed)  # the desk says by itself what it has painted
            refusal = None if is_silent else no.code.value
            self._gate.reply(Reply(act=item.act, seat=item.seat, refusal=refusal, sentence=None if is_silent else no.sentence))
            return True
        if isinstance(item, Ask) and item.seat in self._showing and isinstance(item.query, ReadTrack):
            self._calls.put((partial(self._track, item, item.query), item.seat))
            return True
        if isinstance(item, Ask) and item.seat in self._showing and isinstance(item.query, CompareRecording):
            shown = self._showing[item.seat]
            shown.comparing.set()  # a desk waits for one at a time
            shown.comparing = Event()
            work = partial(self._compare, item, item.query, (shown, shown.comparing))
            threading.Thread(target=work, name="what-if", daemon=True).start()
            return True
        if isinstance(item, Ask) and item.seat in self._showing and isinstance(item.query, StopComparing):
            self._showing[item.seat].comparing.set()
            self._gate.reply(Reply(act=item.act, seat=item.seat), Found(texts=()))
            return True
        return False

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
        shown = ShownRecording(opening, self._recording, self._marks(opening), self._read_fixes)
        self._showing[opening.seat] = shown
        self._turn(shown, opens=True)
        self._gate.show(opening.seat, (_view(opening.seat),))

    def _with(self, seat: str, work: Callable[[ShownRecording], None]) -> None:
        """Do something with what a desk is shown, and show what came of it."""
        shown = self._showing.get(seat)
        if shown is not None:
            work(shown)
            self._turn(shown)

    def _seek(self, seat: str, at_us: int) -> None:
        """Show another moment: often another room, whose rows are all new."""
        with without_collector():
            self._with(seat, lambda shown: shown.player.seek(at_us, glimpse=True))

    def _bookmark(self, cases: frozenset[CaseId], at_us: int, text: str) -> None:
        for shown in self._showing.values():
            if cases & shown.opening.reach.cases:
                shown.bookmark((at_us, BOOKMARK, text))

    def _compare(self, ask: Ask, query: CompareRecording, asked: tuple[ShownRecording, Event]) -> None:
        """Live the recording once as it was and once by other rules; takes as long as that takes, on a thread of its own."""
        found, code = None, Code.NO_RECORDING
        shown, stopped = asked
        shown.compared = 0.0

        def stops(share: float) -> bool:
            shown.compared = round(share, 2)
            return stopped.is_set() or self._showing.get(ask.seat) is not shown

        try:
            with self._comparing:  # one at a time: each takes the memory of two rooms
                if stops(0.0):
                    code = Code.COMPARING_STOPPED
                else:
                    found = Found(compared=compared(self._recording, shown.opening, query, stops))
        except StoppedError:
            code = Code.COMPARING_STOPPED
        except Exception:  # noqa: BLE001 - the edge of this thread; logged, and whoever asked is told
            _LOG.exception("a recording cannot be compared")
        shown.compared = None
        if found is None or self._showing.get(ask.seat) is not shown:  # it may not be seen any more, or is closed
            no = Refused(code)
            self._gate.reply(Reply(act=ask.act, seat=ask.seat, refusal=no.code.value, sentence=no.sentence))
        else:
            self._gate.reply(Reply(act=ask.act, seat=ask.seat), found)

    def _track(self, ask: Ask, query: ReadTrack) -> None:
        shown = self._showing.get(ask.seat)
        track = None if shown is None else shown.track(query)
        if track is None:
            no = Refused(Code.NOT_ALLOWED, "track")
            self._gate.reply(Reply(act=ask.act, seat=ask.seat, refusal=no.code.value, sentence=no.sentence))
        else:
            self._gate.reply(Reply(act=ask.act, seat=ask.seat), Found(track=track))

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

    def _turn(self, shown: ShownRecording, *, opens: bool = False) -> None:
        """Play on, and send what is different now; where it `opens`, nothing stays of what was opened before."""
        seat = shown.opening.seat
        is_anew, changes = shown.turn()
        if is_anew and not opens:
            self._gate.publish_leap(_view(seat), changes, shown.view.awaited)
        else:
            self._gate.publish(_view(seat), changes, whole=is_anew)
        if is_anew or shown.frame_is_due(2 * TURN_S):
            room = shown.player.room
            self._gate.publish_frame(_view(seat), shown.view.frame(room, room.watch.picture(room.now_us)))


def _view(seat: str) -> str:
    return f"recording:{seat}"
