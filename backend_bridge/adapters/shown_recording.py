"""One recording at one desk: its playhead, what the desk's user may see of it, what the time bar shows, and its answers."""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from threading import Event
from typing import Final

import numpy as np

from backend_bridge.adapters.recording_marks import BOOKMARK, Mark, Marks
from backend_bridge.adapters.recording_memory import RememberedRecording
from backend_bridge.application.outcome import Taken
from backend_bridge.application.playback import Player, Recording
from backend_bridge.application.playhead import PlayheadRow
from backend_bridge.application.room_state import Room
from backend_bridge.application.rows import RoomRow, Track
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.application.told_tracks import against, beside, told_track
from backend_bridge.application.views import DeskView, Reach
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DeviceId, UserId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.queries import ReadTrack

MOST_NEW_BOOKMARKS: Final = 200
ReadFixes = Callable[[DeviceId, int, int], FixBatch]
"""The stored fixes of a device measured in [from, to)."""


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

    def glimpse_before(self, at_us: int) -> Room | None:
        """The same with tracks that remember minutes only; None where that is no faster."""
        return self._whole.glimpse_before(at_us)

    def is_nearer(self, now_us: int, at_us: int) -> bool:
        """Whether a checkpoint lies after `now_us` and at or before `at_us`."""
        return self._whole.is_nearer(now_us, at_us)

    def steps(self, after_us: int) -> Iterator[Taken]:
        """The steps after `after_us`."""
        return self._whole.steps(after_us)


class ShownRecording:
    """Plays for one desk; of the thread of the recordings alone."""

    def __init__(self, opening: Opening, recording: Recording, marks: Marks, read_fixes: ReadFixes) -> None:
        self.opening = opening
        remembered = RememberedRecording(Stretch(recording, opening.span_us))
        self.player = Player(remembered, opening.span_us[0], remembered.note)
        self.view = DeskView(opening.user, opening.seat, opening.reach)
        self.loop: tuple[int, int] | None = None
        self.compared: float | None = None
        """How far the comparison is that its desk asked for; None while none runs. Written by the thread that compares."""
        self.comparing = Event()
        """Set to end that comparison."""
        self._marks, self._read_fixes = marks, read_fixes
        self._fixes_us: list[int] | None = None
        self._at_s = time.monotonic()
        self._leaps = -1
        self._chosen: CaseId | None = None
        self._room_row: RoomRow | None = None
        self._frame_due_s = 0.0

    def play(self, speed: float) -> None:
        """Let it run from here on; 0 pauses."""
        self._advance()
        self.player.speed = speed

    def step(self, to: str) -> None:
        """Pause at the next fix or alarm, or the one before; stay where there is none."""
        self.player.speed = 0.0
        moments = self._marks.alarms_us if to.endswith("alarm") else self._fix_moments()
        at = bisect_right(moments, self.player.at_us) if to.startswith("next") else bisect_left(moments, self.player.at_us) - 1
        if 0 <= at < len(moments):
            self.player.seek(moments[at], glimpse=True)

    def loop_over(self, part_us: tuple[int, int] | None) -> None:
        """Play a part again and again, from its beginning; None ends that."""
        if part_us is None:
            self.loop = None
            return
        from_us = min(max(part_us[0], self.player.from_us), self.player.to_us)
        self.loop = (from_us, min(max(part_us[1], from_us + 1), self.player.to_us))
        if not self.loop[0] <= self.player.at_us < self.loop[1]:
            self.player.seek(self.loop[0], glimpse=True)

    def bookmark(self, mark: Mark) -> None:
        """Show a mark that somebody has just made."""
        n_made = sum(entry == BOOKMARK for _, entry, _ in self._marks.marks)
        if n_made < MOST_NEW_BOOKMARKS and self.player.from_us <= mark[0] <= self.player.to_us:
            self._marks = replace(self._marks, marks=(*self._marks.marks, mark))

    def turn(self) -> tuple[bool, tuple[TableChange, ...]]:
        """Play on: whether everything is anew, and the rows that changed."""
        if self._leaps == self.player.leaps:
            self._advance()
        else:  # what a seek shows comes before anything else
            self._at_s = time.monotonic()
        player = self.player
        is_anew = self._leaps != player.leaps
        if is_anew:
            self.view = DeskView(self.opening.user, self.opening.seat, self.opening.reach)
            self.view.chosen = self._chosen
            self._leaps = player.leaps
            self._frame_due_s = 0.0
        picture = player.room.watch.picture(player.room.now_us)
        return is_anew, self._with_playhead(self.view.changes(player.room, picture))

    def frame_is_due(self, every_s: float) -> bool:
        """Whether positions are to be sent now; the next ones `every_s` later."""
        if self._at_s < self._frame_due_s:
            return False
        self._frame_due_s = self._at_s + every_s
        return True

    def track(self, query: ReadTrack) -> Track | None:
        """What had been received of a device by the moment that is shown, as far as it may be seen; None where it may not."""
        room = self.player.room
        self._chosen = query.case
        carrier = next((each for each in room.registry.carriers(query.device) if each.case == query.case), None)
        if carrier is None:
            return None
        action = Action.SEE_WEARER_TRAIL if carrier.part == 0 else Action.SEE_PROTECTED_TRAIL
        verdict = self.view.sight_of(room, self.opening.reach).may(action, carrier.person, query.case)
        if not verdict:
            return None
        from_us = max(query.from_us, self.opening.span_us[0], verdict.from_us or 0)
        query = replace(query, from_us=from_us, to_us=max(from_us, min(query.to_us, self.player.at_us + 1, self.opening.span_us[1])))
        other = beside(query, room, lambda action, person: self.view.sight_of(room, self.opening.reach).may(action, person, query.case))
        return told_track(query, self._received, against(query, room, other), masked=True)

    def _received(self, device: DeviceId, from_us: int, to_us: int) -> FixBatch:
        """What had been received of a device by the moment that is shown."""
        fixes = self._read_fixes(device, from_us, to_us) if from_us < to_us else FixBatch.empty()
        return fixes.take(np.flatnonzero(fixes.received_us <= self.player.at_us))

    def _advance(self) -> None:
        now_s = time.monotonic()
        player, speed = self.player, self.player.speed
        player.advance(int((now_s - self._at_s) * MICROSECONDS))
        self._at_s = now_s
        if self.loop is not None and speed > 0 and player.at_us >= self.loop[1]:
            player.seek(self.loop[0])
            player.speed = speed

    def _fix_moments(self) -> list[int]:
        """When each fix of the cases was received, in order."""
        if self._fixes_us is None:
            from_us, to_us = self.player.from_us, self.player.to_us
            held = [held.case for name, held in self.player.room.registry.held.items() if name in self.opening.reach.cases]
            devices = {party.device for case in held for party in (case.subject, *case.protected) if party.device is not None}
            received = [self._read_fixes(device, from_us, to_us).received_us for device in sorted(devices)]
            moments = np.unique(np.concatenate(received)) if received else np.empty(0, np.int64)
            self._fixes_us = moments[(moments >= from_us) & (moments <= to_us)].tolist()
        return self._fixes_us

    def _with_playhead(self, changes: tuple[TableChange, ...]) -> tuple[TableChange, ...]:
        """The changes with the room's row saying where the recording is."""
        for change in changes:
            if change.table is Table.ROOM:
                self._room_row = next((row for row in change.put if isinstance(row, RoomRow)), self._room_row)
        row = self._room_row or NO_ROOM
        shown = replace(row, playhead=self._playhead(), replay=True)
        return (*(change for change in changes if change.table is not Table.ROOM), TableChange(table=Table.ROOM, put=(shown,)))

    def _playhead(self) -> PlayheadRow:
        player, as_user = self.player, self.opening.reach.as_user
        return PlayheadRow(
            from_us=player.from_us,
            to_us=player.to_us,
            at_us=player.at_us,
            speed=player.speed,
            leaps=player.leaps,
            density=self._marks.density,
            marks=self._marks.marks,
            loop=self.loop,
            as_user=as_user,
            compared=self.compared,
            as_user_sat=as_user is None or any(sitting.user == as_user for sitting in player.room.duty.sessions.values()),
        )


NO_ROOM: Final = RoomRow(
    fixes_per_s=0.0,
    lag_s=0.0,
    n_cases=0,
    n_silent=0,
    gateways_up=0,
    gateways_total=0,
    unacknowledged_red=0,
    unacknowledged_amber=0,
    flood=False,
    degraded=(),
    started_us=0,
    last_verified_us=None,
    last_checkpoint_us=None,
    last_outside_copy_us=None,
    replay=True,
)
"""What stands for the room where the user then saw nothing of it."""
