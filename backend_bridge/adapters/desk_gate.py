"""The gate of the desks: one ROUTER socket on one thread; rows and positions out, commands and queries in.

Every public method may be called from any thread and returns at once; what it asks for is done by the gate's thread in the
order of the calls. A desk that is slow loses frame rate and, beyond a backlog, gets a snapshot; it never slows anything here.
"""

import queue
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import zmq
from msgspec import Struct

from backend_bridge.adapters.desk_mirrors import ViewMirror, encoded
from backend_bridge.adapters.desk_ports import DeskGateSettings, DeskPorts
from backend_bridge.adapters.desk_reception import Reception
from backend_bridge.adapters.desk_seats import Peer, Seat
from backend_bridge.adapters.gate_socket import check_port
from backend_bridge.adapters.login_clerk import LoginClerk, Proven
from backend_bridge.adapters.zap import Doorkeeper
from backend_bridge.application.answers import Found
from backend_bridge.application.inbox import Milestone
from backend_bridge.application.outcome import Reply
from backend_bridge.application.rows import PositionFrame
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.desk_protocol import (
    MAX_FROM_DESK,
    BridgePing,
    FrameRaw,
    FrameRefusedError,
    Sound,
    decode_from_desk,
    encode,
)
from backend_bridge.domain.access.access_table import Action, table_of
from backend_bridge.domain.access.session import SessionEnd
from backend_bridge.domain.outcomes.effects import SoundAlarm

_MESSAGES_A_TURN: Final = 200
_PEERS_A_KEY: Final = 8
_SILENCE_S: Final = 3.0


class DeskGateError(OSError):
    """The gate cannot open; the text is one sentence for a person."""


class DeskGate:
    """Desks of one bridge; binds when it is made and raises `DeskGateError` where it cannot, lets desks in from `start` on."""

    def __init__(self, settings: DeskGateSettings, ports: DeskPorts) -> None:
        self._settings, self._ports = settings, ports
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._doorkeeper = Doorkeeper(self._context, settings.zap_domain, lambda key: key in ports.desks())
        self._socket = _bound_socket(self._context, settings)
        self._endpoint = self._socket.getsockopt_string(zmq.LAST_ENDPOINT)
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._wake_out, self._wake_in = socket.socketpair()
        self._wake_out.setblocking(False)
        self._wake_in.setblocking(False)
        self._clerk = LoginClerk(settings.passwords, self._proven)
        self._reception = Reception(ports, settings, self._send, self._clerk.takes)
        self._peers: dict[bytes, Peer] = {}
        self._mirrors: dict[str, ViewMirror] = {}
        self._beat_s = 0.0
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="desk-gate", daemon=True)

    @property
    def endpoint(self) -> str:
        """Where desks connect to, with the port that was really taken."""
        return self._endpoint

    def start(self) -> None:
        """Let desks in."""
        self._doorkeeper.start()
        self._clerk.start()
        self._thread.start()

    def stop(self) -> None:
        """Tell all desks, close the socket and end the threads, within two seconds; tickets stay good."""
        self._call(self._stop)
        self._thread.join(2)
        self._clerk.stop()
        self._doorkeeper.stop()
        self._context.term()

    def publish(self, view: str, changes: tuple[TableChange, ...], *, whole: bool = False) -> None:
        """Rows of a view that changed; `whole` says that `changes` are all that the view has, and lets the gate find what is gone."""
        self._call(lambda: self._publish(view, changes, whole=whole))

    def publish_leap(self, view: str, changes: tuple[TableChange, ...], awaited: Mapping[Table, frozenset[str]]) -> None:
        """The same view at another moment: `changes` are all that it has, and `awaited`, rows that follow and are not gone meanwhile."""
        self._call(lambda: self._publish(view, changes, whole=True, awaited=awaited))

    def publish_frame(self, view: str, frame: PositionFrame) -> None:
        """The newest positions of a view; those before it are never sent any more."""
        self._call(lambda: self._publish_frame(view, frame))

    def forget(self, view: str) -> None:
        """A view that nobody is shown any more."""
        self._call(lambda: self._forget(view))

    def show(self, seat: str, views: tuple[str, ...]) -> None:
        """What a session is shown from now on: the rows of all `views`, and the positions of the first that has any.

        To be called once the session's entry is in the log, and whenever what its user may see moves to other views.
        """
        self._call(lambda: self._show(seat, views))

    def reply(self, reply: Reply, found: Found | None = None) -> None:
        """Answer an act or ask; for an allowed query `found` holds what was found. To be called after the commit."""
        self._call(lambda: self._reception.reply(reply, found))

    def sound(self, effect: SoundAlarm) -> None:
        """Sound an alarm at the seats that the effect names; at all of those who see alarms where none of them is connected."""
        self._call(lambda: self._sound(effect))

    def end_sessions(self, user: str) -> None:
        """End all sessions of a user, here and for every ticket that is out."""
        self._call(lambda: self._reception.end_user(user))

    def prove(self, changes: tuple[TableChange, ...], done: Callable[[], None]) -> None:
        """Make messages of rows that nobody is sent, and call `done` from the gate's thread when that has worked."""
        self._call(lambda: done() if tuple(encoded(changes)) else None)

    def _call(self, work: Callable[[], None]) -> None:
        self._calls.put(work)
        try:
            self._wake_out.send(b"\0")
        except (BlockingIOError, OSError):
            return  # the pipe is full of wake-ups already, or the gate is closed

    def _proven(self, proven: Proven) -> None:
        self._call(lambda: self._reception.proven(self._peers.get(proven.proof.routing), proven))

    def _run(self) -> None:
        poller = zmq.Poller()
        poller.register(self._socket, zmq.POLLIN)
        poller.register(self._wake_in, zmq.POLLIN)
        while not self._stopping:
            ready = dict(poller.poll(50))
            if self._wake_in.fileno() in ready:
                self._drain_wakes()
            self._do_calls()
            if self._socket in ready:
                self._receive()
            now_s = time.monotonic()
            if now_s - self._beat_s >= 0.5:
                self._beat(now_s)
            self._pump(now_s)
        self._socket.close(linger=300)
        self._wake_in.close()
        self._wake_out.close()

    def _drain_wakes(self) -> None:
        try:
            while self._wake_in.recv(4096):
                pass
        except BlockingIOError:
            return

    def _do_calls(self) -> None:
        for _ in range(self._calls.qsize()):
            self._safely(self._calls.get())

    def _safely(self, work: Callable[[], None]) -> None:
        """Do one thing; a fault in it is told to the room, and the next thing is done all the same."""
        try:
            work()
        except Exception as fault:  # noqa: BLE001 - the edge of the gate's thread: one bad message must not shut out all desks
            self._ports.hand_in(Milestone(what="desk-gate-fault", detail=type(fault).__name__))

    def _stop(self) -> None:
        for seat in list(self._reception.seats.values()):
            self._reception.end(seat, SessionEnd.STOPPING)
        self._stopping = True

    def _forget(self, view: str) -> None:
        self._mirrors.pop(view, None)

    def _publish(
        self, view: str, changes: tuple[TableChange, ...], *, whole: bool, awaited: Mapping[Table, frozenset[str]] | None = None
    ) -> None:
        mirror = self._mirrors.setdefault(view, ViewMirror())
        real = mirror.become(changes, awaited) if whole else mirror.apply(changes)
        seats = [seat for seat in self._reception.seats.values() if view in seat.views and not seat.behind]
        if not real or not seats:
            return
        parts = tuple(encoded(real))
        for seat in seats:
            seat.add(parts)

    def _publish_frame(self, view: str, frame: PositionFrame) -> None:
        self._mirrors.setdefault(view, ViewMirror()).take_frame(frame)
        for seat in self._reception.seats.values():
            if self._frame_view(seat) == view:
                seat.frame_is_new()

    def _show(self, name: str, views: tuple[str, ...]) -> None:
        seat = self._reception.seats.get(name)
        if seat is not None and seat.views != views:
            seat.views = views
            seat.needs_whole()
            seat.frame_is_new()

    def _sound(self, effect: SoundAlarm) -> None:
        """At the seats that are named; at all whose role sees alarms where none is named, or none of them has a desk any more."""
        message = Sound(alarm=effect.alarm, level=effect.level, priority=effect.priority, escalation=effect.escalation)
        there = {name: seat.peer for name, seat in self._reception.seats.items() if seat.peer is not None and self._hears(seat)}
        named = [peer for name, peer in there.items() if name in effect.seats]
        for peer in named or there.values():
            self._send(peer, message)

    def _hears(self, seat: Seat) -> bool:
        """The name of an alarm tells its case."""
        return Action.SEE_ALARM in table_of(seat.session.role, exercise=self._settings.exercise)

    def _frame_view(self, seat: Seat) -> str | None:
        return next((view for view in seat.views if view in self._mirrors and self._mirrors[view].frame is not None), None)

    def _receive(self) -> None:
        for _ in range(_MESSAGES_A_TURN):
            try:
                frames = self._socket.recv_multipart(zmq.NOBLOCK, copy=False)
            except zmq.Again:
                return
            peer = self._peer_of(frames)
            if peer is not None:
                self._safely(partial(self._take, peer, frames))

    def _peer_of(self, frames: list[zmq.Frame]) -> Peer | None:
        """The connection that a message came by; None, and counted, where its key is not enrolled."""
        routing, desk_key = frames[0].bytes, _key_of(frames[-1])
        desk = self._ports.desks().get(desk_key)
        peer = self._peers.get(routing)
        if desk is None:
            self._reception.refused["?", "not-enrolled"] += 1
            return None
        if peer is None:
            peer = Peer(routing, desk_key, desk, time.monotonic())
            self._make_room(desk_key)
            self._peers[routing] = peer
        return peer if peer.desk_key == desk_key else None

    def _make_room(self, desk_key: str) -> None:
        """Keep one desk from filling the gate with connections: the one heard longest ago goes, if it serves nobody."""
        own = [peer for peer in self._peers.values() if peer.desk_key == desk_key and peer.seat is None]
        if len(own) >= _PEERS_A_KEY:
            self._peers.pop(min(own, key=lambda peer: peer.heard_s).routing)

    def _take(self, peer: Peer, frames: list[zmq.Frame]) -> None:
        peer.heard_s = time.monotonic()
        if not peer.all_messages.takes(peer.heard_s):
            self._reception.refused[peer.desk, "flood"] += 1
        elif len(frames) != 2:
            self._reception.refuse(peer, "malformed", "A message is one frame.")
        else:
            try:
                message = decode_from_desk(frames[1].buffer)
            except FrameRefusedError as error:
                self._reception.refuse(peer, "malformed", str(error))
            else:
                self._reception.take(peer, message)

    def _send(self, peer: Peer, message: Struct) -> None:
        self._send_bytes(peer, encode(message))

    def _send_bytes(self, peer: Peer, message: bytes) -> bool:
        try:
            self._socket.send_multipart((peer.routing, message), zmq.NOBLOCK)
        except zmq.Again:  # what it was sent is not taken: nothing can be numbered on from here
            if peer.seat is not None:
                peer.seat.blocked(time.monotonic())
        except zmq.ZMQError:  # the connection is gone
            self._drop(peer)
        else:
            return True
        return False

    def _drop(self, peer: Peer) -> None:
        self._peers.pop(peer.routing, None)
        if peer.seat is not None:
            peer.seat.disconnected(time.monotonic())

    def _beat(self, now_s: float) -> None:
        """Twice a second: ping everybody, drop who is silent, end what is over, and tell the room what was refused."""
        self._beat_s = now_s
        ping = encode(BridgePing(now_us=self._ports.now_us()))
        for peer in list(self._peers.values()):
            if now_s - peer.heard_s > _SILENCE_S:
                self._drop(peer)
            else:
                self._send_bytes(peer, ping)
        self._reception.tick(now_s, frozenset(self._ports.desks()))
        self._watch_door()
        for trouble in self._reception.dead_links(now_s):
            self._ports.hand_in(trouble)
        tried, self._reception.refused = self._reception.refused, Counter()
        for (desk, code), n in tried.items():
            self._ports.hand_in(Milestone(what="desk-refused", detail=f"{desk} {code} {n}"))

    def _watch_door(self) -> None:
        """Count who was refused at the door, and see to it that somebody stands there."""
        n_refused, n_failures = self._doorkeeper.take_counts()
        if n_refused:
            self._reception.refused["?", "not-enrolled"] += n_refused
        if self._doorkeeper.ensure_running() or n_failures:
            self._ports.hand_in(Milestone(what="desk-gate-fault", detail="authenticator"))

    def _pump(self, now_s: float) -> None:
        for seat in list(self._reception.seats.values()):
            if seat.may_begin_whole(now_s):
                seat.begin_whole(change for view in seat.views if view in self._mirrors for change in self._mirrors[view].whole())
            while seat.peer is not None and (message := seat.next_message()) is not None:
                if not self._send_bytes(seat.peer, message):
                    break
            if seat.peer is not None and seat.takes_frame(now_s, self._settings.frame_every_s):
                self._send_frame(seat, seat.peer, now_s)

    def _send_frame(self, seat: Seat, peer: Peer, now_s: float) -> None:
        view = self._frame_view(seat)
        raw = None if view is None else self._mirrors[view].frame_raw()
        if raw is not None:
            self._send(peer, FrameRaw(k=seat.frame_sent(now_s), frame=raw))


def _key_of(frame: zmq.Frame) -> str:
    """The public key (Z85) that the handshake proved for this message; empty where none was."""
    try:
        return str(frame.get("User-Id"))
    except zmq.ZMQError:
        return ""


def _bound_socket(context: zmq.Context[zmq.Socket[bytes]], settings: DeskGateSettings) -> zmq.Socket[bytes]:
    router = context.socket(zmq.ROUTER)
    options: dict[int, int | bytes] = {
        zmq.CURVE_SERVER: 1,
        zmq.CURVE_SECRETKEY: settings.secret_key,
        zmq.ZAP_DOMAIN: settings.zap_domain.encode(),
        zmq.ZAP_ENFORCE_DOMAIN: 1,
        zmq.HANDSHAKE_IVL: 2000,
        zmq.HEARTBEAT_IVL: 0,  # libzmq 4.3.5 aborts when its own beat meets a full pipe of a peer that left; both sides ping
        zmq.MAXMSGSIZE: MAX_FROM_DESK,
        zmq.RCVHWM: 1000,
        zmq.SNDHWM: 2000,
        zmq.LINGER: 0,
        zmq.ROUTER_MANDATORY: 1,
        zmq.ROUTER_HANDOVER: 0,
        zmq.TCP_KEEPALIVE: 1,
        zmq.TCP_KEEPALIVE_IDLE: 10,
        zmq.BACKLOG: 100,
    }
    for option, value in options.items():
        router.setsockopt(option, value)
    try:
        check_port(settings.bind)
        router.bind(settings.bind)
    except zmq.ZMQError as error:
        router.close(linger=0)
        raise DeskGateError(f"Desks cannot be let in at {settings.bind}: {error.strerror}; choose another address with --desk.") from None
    return router
