"""The thread that speaks with the bridge: a blocking poll, decoding, what crosses into the GUI thread; knows no Qt."""

import contextlib
import itertools
import logging
import queue
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import zmq
from msgspec import Struct
from zmq.utils.monitor import recv_monitor_message

from backend_bridge.application.link_state import LinkPhase, LinkState
from backend_bridge.desk_protocol import (
    PROTO,
    Answer,
    BridgeMessage,
    BridgePing,
    BridgePong,
    Changes,
    DeskPing,
    DeskPong,
    Done,
    Ended,
    Frame,
    FrameRefusedError,
    Lock,
    Locked,
    Login,
    No,
    Resume,
    RowSet,
    Seen,
    Snapshot,
    Sound,
    Welcome,
    Whole,
    decode_from_bridge,
    encode,
)
from desktop.desk_link.clock import BridgeClock
from desktop.desk_link.dealer import connected_dealer
from desktop.desk_link.held_rows import HeldRows, News
from desktop.desk_link.settings import LinkSettings, Refusal

Request = Callable[[int], Struct]
"""Makes the message of a request from its number."""

_LOG: Final = logging.getLogger(__name__)
_AFTER_FAULT_S: Final = 0.5
_TRY_AGAIN_S: Final = 1.0
_MESSAGES_A_TURN: Final = 500


class Receiver:
    """One thread and its sockets; `wake_gui` is called from it when `take_news` has something that crosses."""

    def __init__(self, settings: LinkSettings, wall_us: Callable[[], int], wake_gui: Callable[[], None]) -> None:
        self._settings, self._wall_us, self._wake_gui = settings, wall_us, wake_gui
        self._outgoing: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._wake_out, self._wake_in = socket.socketpair()
        self._wake_out.setblocking(False)
        self._wake_in.setblocking(False)
        self._lock = threading.Lock()
        self._news = News()
        self._crossing = False
        self._crossed_s = 0.0
        self._frame_taken = 0
        self._on: tuple[Callable[[LinkState], None], Callable[[Sound], None]] = (lambda _: None, lambda _: None)
        self.clock = BridgeClock()
        self.idle_s: Callable[[], int] = lambda: 0
        self._held = HeldRows()
        self._state = LinkState(phase=LinkPhase.CONNECTING, since_us=wall_us())
        self._numbers = itertools.count(1)
        self._waiting: dict[int, Callable[[object], None]] = {}
        self._password_done: Callable[[object], None] | None = None
        self._ticket: bytes | None = None
        self._was_locked = False
        self._heard_s = self._pinged_s = self._knocked_s = self._whole_s = 0.0
        self._heard_us = 0
        self._seen = (0, 0)
        self._stopping = False
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._thread = threading.Thread(target=self._run, name="desk-link", daemon=True)

    def start(self, on_state: Callable[[LinkState], None], on_sound: Callable[[Sound], None]) -> None:
        """Begin to connect; both callables are called in the GUI thread, through the news."""
        self._on = (on_state, on_sound)
        self._thread.start()

    def stop(self) -> None:
        """Close the link and end the thread, within a second."""
        self.call(self._stop)
        self._thread.join(2)

    def call(self, work: Callable[[], None]) -> None:
        """Do something in the receiver's thread; from any thread."""
        self._outgoing.put(work)
        with contextlib.suppress(OSError):  # full of wake-ups already, or closed
            self._wake_out.send(b"\0")

    def take_news(self) -> News:
        """Everything that has come since the last call; for the GUI thread."""
        with self._lock:
            news, self._news, self._crossing = self._news, News(), False
        if news.frame is not None:
            self.call(lambda: None)  # the frame is taken: say so and get the next
        return news

    def log_in(self, user: str, password: str) -> None:
        """Prove who sits here."""
        self.call(lambda: self._send(Login(proto=PROTO, user=user, password=password)))

    def send(self, message: Struct) -> None:
        """Say something that has no answer of its own."""
        self.call(lambda: self._send(message))

    def change_password(self, message: Struct, done: Callable[[object], None]) -> None:
        """Say it, and call `done` with None or a `Refusal` in the GUI thread."""
        self.call(lambda: self._send_password(message, done))

    def request(self, make: Request, done: Callable[[object], None]) -> None:
        """Send a command or query; `done` gets None, what was found, or a `Refusal`, in the GUI thread."""
        self.call(lambda: self._send_request(make, done))

    def _run(self) -> None:
        while not self._stopping:
            dealer = connected_dealer(self._context, self._settings)
            self._socket = dealer
            self._knocked_s = 0.0
            self._heard_s = time.monotonic()
            try:
                self._serve(dealer)
            except Exception:  # noqa: BLE001 - the edge of this thread: whatever broke, nothing old may go on looking like now
                _LOG.exception("the link broke")
                self._lost()
                time.sleep(_AFTER_FAULT_S)
            dealer.disable_monitor()
            dealer.close(linger=200 if self._stopping else 0)
        self._wake_in.close()
        self._wake_out.close()
        self._context.term()

    def _serve(self, dealer: zmq.Socket[bytes]) -> None:
        """Speak over one connection until it is silent for too long."""
        poller = zmq.Poller()
        poller.register(dealer, zmq.POLLIN)
        poller.register(self._wake_in, zmq.POLLIN)
        door = dealer.get_monitor_socket(zmq.EVENT_HANDSHAKE_FAILED_AUTH | zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL)
        while not self._stopping:
            ready = dict(poller.poll(self._patience_ms()))
            if self._state.phase is LinkPhase.CONNECTING:
                self._look_at_door(door)
            if self._wake_in.fileno() in ready:
                with contextlib.suppress(BlockingIOError):
                    while self._wake_in.recv(4096):
                        pass
            for _ in range(self._outgoing.qsize()):
                self._outgoing.get()()
            if dealer in ready:
                self._receive(dealer)
            now_s = time.monotonic()
            self._keep_alive(now_s)
            self._cross(now_s)
            if now_s - self._heard_s > self._settings.lost_after_s:
                self._lost()
                return

    def _look_at_door(self, door: zmq.Socket[bytes]) -> None:
        """Say why the bridge does not let this desk in, where it says so."""
        while door.poll(0):
            event = recv_monitor_message(door)["event"]
            detail = "not-enrolled" if event == zmq.EVENT_HANDSHAKE_FAILED_AUTH else "wrong-key"
            if detail != self._state.detail:
                self._change_state(replace(self._state, detail=detail))

    def _patience_ms(self) -> int:
        if not self._news or self._crossing:
            return 200
        due_s = self._crossed_s + 1 / self._settings.batches_per_s - time.monotonic()
        return max(0, min(200, int(due_s * 1000) + 1))

    def _receive(self, dealer: zmq.Socket[bytes]) -> None:
        for _ in range(_MESSAGES_A_TURN):
            try:
                frames = dealer.recv_multipart(zmq.NOBLOCK, copy=False)
            except zmq.Again:
                break
            self._heard_s = time.monotonic()
            try:
                self._take(decode_from_bridge(frames[0].buffer))
            except FrameRefusedError:  # it may have been rows: what is held can no longer be trusted
                self._held.broken()
                self._took_rows(whole=False)
            self._heard_us = self._now_us()
        self._tell_seen()

    def _take(self, message: BridgeMessage) -> None:  # noqa: C901, PLR0912 - one line a kind of message
        match message:
            case Snapshot():
                self._took_rows(self._with_news(lambda news: self._held.take_snapshot(message, news)))
            case Changes():
                self._took_rows(self._with_news(lambda news: self._held.take_changes(message, news)))
            case Frame():
                self._take_frame(message)
            case Done():
                self._answer(message.id, None)
            case Answer():
                self._answer(message.id, _found(message))
            case No():
                self._refused(message)
            case Welcome():
                self._welcomed(message)
            case BridgePing():
                self.clock.hear(message.now_us)
                self._send(DeskPong(echo_us=message.now_us))
                self._first_sign()
            case BridgePong():
                self.clock.hear(message.now_us)
                self._first_sign()
            case Sound():
                self._tell(lambda: self._on[1](message))
            case Locked():
                self._was_locked = message.on
                self._become(LinkPhase.LOCKED if message.on else LinkPhase.OPENING)
            case Ended():
                self._ended(message.reason)

    def _with_news(self, take: Callable[[News], bool]) -> bool:
        with self._lock:
            return take(self._news)

    def _took_rows(self, whole: bool) -> None:
        if self._held.is_whole and self._state.phase is LinkPhase.OPENING:
            self._become(LinkPhase.LIVE)
        if not whole and self._state.phase is LinkPhase.LIVE:
            self._become(LinkPhase.OPENING)
        now_s = time.monotonic()
        if not whole and now_s - self._whole_s > _TRY_AGAIN_S:
            self._whole_s = now_s
            self._send(Whole())

    def _take_frame(self, message: Frame) -> None:
        with self._lock:
            self._news.frame = message.frame
        self._frame_taken = message.k

    def _answer(self, number: int, what: object) -> None:
        done = self._waiting.pop(number, None)
        if number == 0:
            done, self._password_done = self._password_done, None
            if not isinstance(what, Refusal):
                self._change_state(replace(self._state, must_change_password=False))
        if done is not None:
            self._tell(lambda: done(what))

    def _refused(self, message: No) -> None:
        refusal = Refusal.of(message.code, message.detail)
        if message.id or self._password_done is not None:
            self._answer(message.id, refusal)
        elif message.code in ("bad-ticket", "no-session") and self._ticket is not None:
            self._ended("expired")
        elif self._state.phase is not LinkPhase.LIVE:
            self._change_state(replace(self._state, detail=message.code, since_us=self._wall_us()))

    def _welcomed(self, welcome: Welcome) -> None:
        self._ticket = welcome.ticket
        self._held.broken()
        self._seen = (0, 0)
        self._frame_taken = 0
        self.clock.hear(welcome.now_us, welcome.speed)
        phase = LinkPhase.LOCKED if welcome.locked else LinkPhase.OPENING
        state = LinkState(
            phase=phase,
            since_us=self._wall_us(),
            user=welcome.user,
            role=welcome.role,
            seat=welcome.seat,
            desk=welcome.desk,
            speed=welcome.speed,
            idle_lock_s=welcome.idle_lock_s,
            must_change_password=welcome.must_change_password,
        )
        self._change_state(state)
        if self._was_locked and not welcome.locked:
            self._send(Lock())

    def _first_sign(self) -> None:
        """The bridge answers: go on with the session, or ask somebody to log in."""
        if self._state.phase in (LinkPhase.CONNECTING, LinkPhase.LOST):
            if self._ticket is None:
                self._become(LinkPhase.ASKING)
            elif time.monotonic() - self._knocked_s > _TRY_AGAIN_S:
                self._knocked_s = time.monotonic()
                self._send(Resume(proto=PROTO, ticket=self._ticket))

    def _ended(self, reason: str) -> None:
        if reason == "stopping":  # the bridge will be back; the ticket is still good
            self._lost()
            return
        self._ticket = None
        self._was_locked = False
        self._forget_rows()
        self._fail_waiting("session-over")
        self._change_state(LinkState(phase=LinkPhase.ENDED, since_us=self._wall_us(), detail=reason))

    def _forget_rows(self) -> None:
        """Nothing stays on the screen of somebody who is not logged in."""
        self._held.broken()
        empty = Snapshot(n=0, first=True, last=True, rows=_NOTHING)
        self._with_news(lambda news: self._held.take_snapshot(empty, news))
        self._held.broken()

    def _lost(self) -> None:
        self._held.broken()
        self._fail_waiting("link-lost")
        if self._state.phase not in (LinkPhase.LOST, LinkPhase.CONNECTING, LinkPhase.STOPPED):
            heard_us = self._heard_us or self._now_us()
            self._change_state(replace(self._state, phase=LinkPhase.LOST, since_us=heard_us, detail=""))
        self._cross(time.monotonic())

    def _now_us(self) -> int:
        """What the bridge's clock shows, by which everything at the desk counts; before it was heard, this machine's."""
        return self.clock.now_us() or self._wall_us()

    def _fail_waiting(self, code: str) -> None:
        """Nobody knows whether what was sent arrived; the next snapshot shows it."""
        waiting, self._waiting = self._waiting, {}
        for done in [*waiting.values(), *([self._password_done] if self._password_done else [])]:
            self._tell(lambda done=done: done(Refusal.of(code, "The link broke before the answer came; look whether it was taken.")))  # type: ignore[misc]  # binds the loop's value
        self._password_done = None

    def _become(self, phase: LinkPhase) -> None:
        self._change_state(replace(self._state, phase=phase, since_us=self._wall_us(), detail=""))

    def _change_state(self, state: LinkState) -> None:
        self._state = state
        self._tell(lambda: self._on[0](state))

    def _tell(self, work: Callable[[], None]) -> None:
        with self._lock:
            self._news.calls.append(work)

    def _cross(self, now_s: float) -> None:
        if self._crossing or not self._news or now_s - self._crossed_s < 1 / self._settings.batches_per_s:
            return
        self._crossing, self._crossed_s = True, now_s
        self._wake_gui()

    def _keep_alive(self, now_s: float) -> None:
        if now_s - self._pinged_s >= 1.0:
            self._pinged_s = now_s
            self._send(DeskPing(sent_us=int(now_s * 1e6), idle_s=self.idle_s()))
        self._tell_seen()

    def _tell_seen(self) -> None:
        """Say how far this desk has come; a frame counts as taken when the GUI thread has it, so that a slow one gets fewer."""
        with self._lock:
            frame = self._seen[1] if self._news.frame is not None else self._frame_taken
        seen = (self._held.number, frame)
        if seen != self._seen and self._state.phase in (LinkPhase.OPENING, LinkPhase.LIVE, LinkPhase.LOCKED):
            self._seen = seen
            self._send(Seen(n=seen[0], frame=seen[1]))

    def _send(self, message: Struct) -> None:
        with contextlib.suppress(zmq.ZMQError):  # not connected: silence is noticed elsewhere
            self._socket.send(encode(message), zmq.NOBLOCK)

    def _send_password(self, message: Struct, done: Callable[[object], None]) -> None:
        self._password_done = done
        self._send(message)

    def _send_request(self, make: Request, done: Callable[[object], None]) -> None:
        number = next(self._numbers)
        try:
            message = make(number)
        except FrameRefusedError as error:
            refusal = Refusal.of("bad-value", str(error))
            self._tell(lambda: done(refusal))
            return
        if self._state.phase is not LinkPhase.LIVE:
            refusal = Refusal.of("link-lost", "There is no link to the bridge now.")
            self._tell(lambda: done(refusal))
            return
        self._waiting[number] = done
        self._send(message)

    def _stop(self) -> None:
        self._stopping = True
        self._change_state(replace(self._state, phase=LinkPhase.STOPPED, since_us=self._wall_us()))
        self._cross(time.monotonic())


_NOTHING: Final = RowSet()


def _found(answer: Answer) -> object:
    if answer.file is not None:
        return (answer.file, *(answer.texts or ()))
    parts = (answer.track, answer.hits, answer.units, answer.texts, answer.scenarios, answer.debrief, answer.compared)
    return next((what for what in parts if what is not None), ())
