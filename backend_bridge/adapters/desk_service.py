"""Between the engine and the gate of the desks: views after each commit, answers to what was asked, sounds, ends of sessions.

Everything here is called by the engine's thread; what has to be read from the disk is read by another. Rows are cut at most 20 times
a second. Rows, positions and the alarm list never take more than a fifth of the engine's time each: with many desks or devices they
come more rarely, and what is decided stays as quick as before. News of an alarm does not wait for rows: its list is cut by itself, at once.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from backend_bridge.adapters.desk_gate import DeskGate
from backend_bridge.adapters.desk_players import DeskPlayers
from backend_bridge.adapters.shown_recording import Opening
from backend_bridge.application.answers import FROM_DISK, answer
from backend_bridge.application.inbox import Act, CloseSession, OpenSession
from backend_bridge.application.looking import Look, Places
from backend_bridge.application.outcome import Outcome, Reply
from backend_bridge.application.recording_acts import cases_in_reach
from backend_bridge.application.records_port import Records
from backend_bridge.application.room_state import Room
from backend_bridge.application.room_views import room_row
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.application.views import DeskView, Reach
from backend_bridge.domain.alarm import AlarmChange
from backend_bridge.domain.commands import (
    BookmarkRecording,
    CloseRecording,
    LoopRecording,
    OpenRecording,
    PlayRecording,
    SeekRecording,
    StepRecording,
)
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId, UserId
from backend_bridge.domain.lanes.self_test import SELF_TEST
from backend_bridge.domain.outcomes.effects import EndSessions, SoundAlarm
from backend_bridge.domain.user import User
from backend_bridge.domain.watching.picture import Picture

_LOG: Final = logging.getLogger(__name__)
ROWS_EVERY_S: Final = 0.05
FRAMES_EVERY_S: Final = 0.2
REACH_EVERY_S: Final = 0.5
SHARE: Final = 4.0
"""How many times as long as the cutting took the engine is left alone after it."""


class DeskService:
    """The views of all sessions that are open."""

    def __init__(self, gate: DeskGate, room: Callable[[], Room], records: Records, players: DeskPlayers) -> None:
        self._gate, self._room, self._records, self._players = gate, room, records, players
        self._reach_due_s = 0.0
        self._views: dict[str, DeskView] = {}
        self._rows_due_s = self._alarms_due_s = self._frames_due_s = self._drawn_s = 0.0
        self._has_news = False
        """Whether alarms may have changed that no desk was sent yet."""
        self._drawn: Picture | None = None
        self._readers = ThreadPoolExecutor(1, thread_name_prefix="desk-reads")

    def stop(self) -> None:
        """Answer nothing more."""
        self._readers.shutdown(wait=False, cancel_futures=True)

    def tell(self, outcome: Outcome) -> None:
        """What has become durable: sessions begin and end, whoever asked is answered, alarms sound."""
        for news in outcome.taken.news:
            if isinstance(news, OpenSession):
                self._open(news)
            elif isinstance(news, CloseSession):
                self._close(news.seat)
        self._show_news(outcome)
        commands = {act.act: act for act in outcome.taken.acts if isinstance(act, Act)} if outcome.replies else {}
        for reply in outcome.replies:
            if reply.refusal is None and reply.act in commands:
                self._play(commands[reply.act], reply)
            self._reply(reply)
        for effect in outcome.effects:
            if isinstance(effect, SoundAlarm):
                self._gate.sound(effect)
            elif isinstance(effect, EndSessions):
                self._gate.end_sessions(effect.user)

    def _show_news(self, outcome: Outcome) -> None:
        """Whoever acted sees what came of it no later than the answer; an alarm waits for no other row."""
        self._has_news = self._has_news or any(isinstance(event, AlarmChange) for event in outcome.events)
        if self._views and outcome.replies:
            self.show_changes()
        elif self._views and self._has_news:
            self._show_alarms()

    def beat(self) -> None:
        """Send what changed, when it is time."""
        now_s = time.monotonic()
        if self._views and now_s >= self._rows_due_s:
            self.show_changes()
        elif self._views and self._has_news:
            self._show_alarms()
        if self._views and now_s >= self._frames_due_s:
            self._show_frames()
        if now_s >= self._reach_due_s:
            self._reach_due_s = now_s + REACH_EVERY_S
            self._look_at_grants()

    def _look_at_grants(self) -> None:
        """Whoever is shown a recording must still be allowed to see it."""
        room = self._room()
        for seat, opening in self._players.seats():
            cases = cases_in_reach(room, opening.user, room.now_us, opening.span_us)
            role = room.duty.role_of(opening.user)
            self._players.reaches(seat, None if role is None else Reach(role=role, cases=cases))

    def _play(self, act: Act, reply: Reply) -> None:
        """Do at the players what the room allowed; the look is in the log."""
        match act.command:
            case OpenRecording(from_us=from_us, to_us=to_us, as_user=as_user):
                role = self._room().duty.role_of(act.user)
                if role is not None:
                    reach = Reach(role=role, cases=_named(reply), as_user=as_user)
                    self._players.open(Opening(seat=act.seat, user=act.user, reach=reach, span_us=(from_us, to_us)))
            case PlayRecording(speed=speed):
                self._players.play(act.seat, speed)
            case SeekRecording(at_us=at_us):
                self._players.seek(act.seat, at_us)
            case StepRecording(to=to):
                self._players.step(act.seat, to)
            case LoopRecording(from_us=from_us, to_us=to_us):
                self._players.loop(act.seat, None if from_us is None or to_us is None else (from_us, to_us))
            case BookmarkRecording(at_us=at_us, text=text):
                self._players.bookmark(act.seat, _named(reply), at_us, text)
            case CloseRecording():
                self._players.close(act.seat)
            case _:
                pass

    def prove(self, done: Callable[[], None]) -> None:
        """Cut the row of the room as for a desk, make it a message in the gate's thread, and let it be said that this works."""
        room = self._room()
        sight = room.access.sight(UserId(SELF_TEST), room.now_us)
        look = Look(room=room, sight=sight, picture=self._picture(), places=Places(), now_us=room.now_us, first=True)
        self._gate.prove((TableChange(table=Table.ROOM, put=(room_row(look),)),), done)

    def show_changes(self) -> None:
        """Cut and publish what changed for each desk."""
        began_s = time.monotonic()
        room, picture = self._room(), self._picture()
        for seat, view in self._views.items():
            changes = view.changes(room, picture)
            if changes:
                self._gate.publish(seat, changes)
        self._has_news = False
        self._rows_due_s = _due_s(began_s, ROWS_EVERY_S)

    def _show_alarms(self) -> None:
        """Cut and publish the alarm list alone, unless that was done just now and takes long."""
        began_s = time.monotonic()
        if began_s < self._alarms_due_s:
            return
        room, picture = self._room(), self._picture()
        for seat, view in self._views.items():
            changes = view.alarms(room, picture)
            if changes:
                self._gate.publish(seat, changes)
        self._has_news = False
        self._alarms_due_s = _due_s(began_s, 0.0)

    def _show_frames(self) -> None:
        began_s = time.monotonic()
        room, picture = self._room(), self._picture()
        for seat, view in self._views.items():
            self._gate.publish_frame(seat, view.frame(room, picture))
        self._frames_due_s = _due_s(began_s, FRAMES_EVERY_S)

    def _picture(self) -> Picture:
        """How everybody stands, drawn at most as often as frames are sent: alarms and acts do not wait for it."""
        now_s = time.monotonic()
        if self._drawn is None or now_s - self._drawn_s >= FRAMES_EVERY_S * 0.9:
            room = self._room()
            self._drawn, self._drawn_s = room.watch.picture(room.now_us), now_s
        return self._drawn

    def _open(self, news: OpenSession) -> None:
        if news.seat not in self._room().duty.sessions:  # the room did not let them sit down
            self._gate.end_sessions(news.user)
            return
        view = self._views[news.seat] = DeskView(news.user, news.seat)
        room = self._room()
        self._gate.publish(news.seat, view.changes(room, room.watch.picture(room.now_us)), whole=True)
        self._gate.show(news.seat, (news.seat,))
        self._frames_due_s = 0.0

    def _close(self, seat: str) -> None:
        self._players.close(seat)
        if self._views.pop(seat, None) is not None:
            self._gate.forget(seat)

    def _reply(self, reply: Reply) -> None:
        if reply.query is None or reply.verdict is None:
            self._gate.reply(reply)
            return
        room, view = self._room(), self._views.get(reply.seat)
        if view is None:
            return
        try:
            user = room.duty.at(reply.seat, view.user)
        except Refused as refused:
            self._gate.reply(Reply(act=reply.act, seat=reply.seat, refusal=refused.code.value, sentence=refused.sentence))
            return
        if isinstance(reply.query, FROM_DISK):  # from the disk, and not from the room: another thread has the time for it
            self._readers.submit(self._answer_from_disk, reply, user, room)
        else:
            self._gate.reply(reply, answer(reply, user, room, self._records))

    def _answer_from_disk(self, reply: Reply, user: User, room: Room) -> None:
        try:
            found = answer(reply, user, room, self._records)
        except Exception as error:  # noqa: BLE001  # whatever it is, the desk is told and does not wait
            _LOG.warning("a look of a desk was not answered (%s)", type(error).__name__)
            no = Refused(Code.NOT_READ)
            self._gate.reply(Reply(act=reply.act, seat=reply.seat, refusal=no.code.value, sentence=no.sentence))
            return
        self._gate.reply(reply, found)


def _named(reply: Reply) -> frozenset[CaseId]:
    """The cases that a reply about a recording names."""
    return frozenset(map(CaseId, (reply.note or "").split(",")))


def _due_s(began_s: float, every_s: float) -> float:
    ended_s = time.monotonic()
    return max(began_s + every_s, ended_s + SHARE * (ended_s - began_s))
