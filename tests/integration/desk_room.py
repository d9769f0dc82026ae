"""A real gate of the desks with a room behind it that a test can look into, and a raw client that may say anything."""

import queue
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
import zmq
from stopwatch import Stopwatch

from backend_bridge.adapters.desk_gate import DeskGate
from backend_bridge.adapters.desk_ports import DeskGateSettings, DeskPorts, HandedIn
from backend_bridge.adapters.passwords import Passwords
from backend_bridge.adapters.user_accounts import Account, NewAccount, added
from backend_bridge.application.inbox import Act, Ask, Milestone, OpenSession
from backend_bridge.application.outcome import Reply
from backend_bridge.domain.access.session import SessionPolicy

CHEAP = Passwords(time_cost=1, memory_kib=64, parallelism=1)
PASSWORD = "a long enough secret"


def account(user: str, role: str = "operator") -> Account:
    return added([], NewAccount(user=user, role=role), PASSWORD, CHEAP)


@dataclass
class DeskRoom:
    """What stands behind the gate: accounts, enrolled desks, and everything that was handed in, in order."""

    policy: SessionPolicy = field(default_factory=SessionPolicy)
    secret_key: bytes = field(default_factory=lambda: zmq.curve_keypair()[1])
    bind: str = "tcp://127.0.0.1:*"
    pids: tuple[int, ...] = ()
    """Other processes that work for the room: a desk does not count the time in which they wait for a processor."""

    def __post_init__(self) -> None:
        self.server_key = zmq.curve_public(self.secret_key)
        self.desks: dict[str, str] = {}
        self.opened: list[RawDesk] = []
        self.accounts = {name: account(name) for name in ("kim", "lee")}
        self.handed_in: queue.SimpleQueue[HandedIn] = queue.SimpleQueue()
        self.offset_us = 0
        self.on_act: Callable[[Act | Ask], None] = lambda act: self.gate.reply(Reply(act=act.act, seat=act.seat))
        self.views: tuple[str, ...] = ("room",)
        self.refused: dict[str, int] = {}
        ports = DeskPorts(
            desks=lambda: self.desks,
            account=self.account,
            put_account=lambda changed: self.accounts.__setitem__(changed.user, changed),
            hand_in=self.hand_in,
            now_us=lambda: time.time_ns() // 1000 + self.offset_us,
        )
        self.gate = DeskGate(DeskGateSettings(bind=self.bind, secret_key=self.secret_key, policy=self.policy, passwords=CHEAP), ports)
        self.gate.start()

    def stop(self) -> None:
        """Close every desk that a test left open, and the gate."""
        for desk in self.opened:
            desk.close()
        self.gate.stop()

    def account(self, user: str) -> Account | None:
        return self.accounts.get(user)

    def hand_in(self, item: HandedIn) -> None:
        self.handed_in.put(item)
        if isinstance(item, OpenSession):
            self.gate.show(item.seat, self.views)
        elif isinstance(item, Act | Ask):
            self.on_act(item)
        elif isinstance(item, Milestone) and item.what == "desk-refused":
            _, code, n = item.detail.split(" ")
            self.refused[code] = self.refused.get(code, 0) + int(n)

    def next_of(self, kind: type, timeout_s: float = 5.0) -> HandedIn:
        until = time.monotonic() + timeout_s
        while True:
            item = self.handed_in.get(timeout=max(0.01, until - time.monotonic()))
            if isinstance(item, kind):
                return item

    def enrolled(self, name: str) -> tuple[bytes, bytes]:
        public, secret = zmq.curve_keypair()
        self.desks = {**self.desks, public.decode(): name}
        return public, secret


class RawDesk:
    """A client written from docs/desk-link.md alone: msgpack maps over a CURVE DEALER."""

    def __init__(self, room: DeskRoom, keys: tuple[bytes, bytes]) -> None:
        self._room = room
        self.context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.curve_serverkey = room.server_key
        self.socket.curve_publickey, self.socket.curve_secretkey = keys
        self.socket.linger = 0
        self.socket.connect(room.gate.endpoint)
        self.seen: list[dict[str, object]] = []
        self.companions: list[RawDesk] = []
        """Desks that stay alive while this one waits: their pings are answered."""
        self._come: deque[dict[str, object]] = deque()
        room.opened.append(self)

    def say(self, message: dict[str, object]) -> None:
        self.socket.send(msgspec.msgpack.encode(message))

    def hear(self, *kinds: str, timeout_s: float = 5.0) -> dict[str, object]:
        watch = Stopwatch(*self._room.pids)
        while (left := timeout_s - watch.seconds()) > 0:
            self.socket.poll(int(min(left, 0.2) * 1000) + 1)
            for desk in (self, *self.companions):
                desk.take_in()
            while self._come:
                message = self._come.popleft()
                self.seen.append(message)
                if message["t"] in kinds:
                    return message
        raise AssertionError(f"no {kinds} came; {[m['t'] for m in self.seen]}")

    def take_in(self) -> None:
        """Take what has come, and answer pings."""
        while not self.socket.closed and self.socket.poll(0):
            message: dict[str, object] = msgspec.msgpack.decode(self.socket.recv())
            if message["t"] == "ping":
                self.say({"t": "pong", "echo_us": message["now_us"]})
            self._come.append(message)

    def hear_all(self) -> None:
        """Let everything that has come be seen."""
        self.take_in()
        self.seen.extend(self._come)
        self._come.clear()

    def say_seen(self) -> None:
        """Say that everything was taken that has come."""
        n = max((message["n"] for message in self.seen if message["t"] in ("rows", "snapshot")), default=0)
        self.say({"t": "seen", "n": n, "frame": max((message["k"] for message in self.seen if message["t"] == "frame"), default=0)})

    def log_in(self, user: str = "kim", password: str = PASSWORD) -> dict[str, object]:
        self.say({"t": "login", "proto": 1, "user": user, "password": password})
        return self.hear("welcome", "no")

    def close(self) -> None:
        self.context.destroy(linger=0)
