"""A whole bridge as a process, as a control room runs it: enrolled, with people and cases, and a gateway that says what a test wants."""

import json
import os
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import zmq
from desk_room import RawDesk
from free_ports import free_ports

from backend_bridge.adapters.lane_packing import packed_fixes
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId

PASSWORD = "a long enough secret"
HOME = (37.5585, 126.9368)


def now_us() -> int:
    return time.time_ns() // 1000


def said(at_us: int) -> str:
    return datetime.fromtimestamp(at_us / 1e6, UTC).isoformat().replace("+00:00", "Z")


def case(number: int) -> dict[str, object]:
    """Wearer `ANK-n`, protected `VIC-n`; an exclusion zone of 300 m about a place of their own, a ring of 500 m."""
    lat, lon = place_of(number)
    day = 86_400_000_000
    return {
        "case": f"C-{number}",
        "jurisdiction": "KR",
        "tier": "high",
        "subject": {"person": f"S-{number}", "device": f"ANK-{number}"},
        "protected": [{"person": f"V-{number}", "device": f"VIC-{number}"}],
        "people": [{"person": f"V-{number}", "name": f"CANARYNAME{number}", "phones": [f"CANARYPHONE{number}"], "relation": None}],
        "places": [{"place": "P1", "person": f"V-{number}", "kind": "work", "address": f"CANARYADDRESS{number}", "lat": lat, "lon": lon}],
        "responsible": {"police_station": f"CANARYSTATION{number}", "officer": f"CANARYOFFICER{number}", "phone": f"CANARYDUTY{number}"},
        "order": {"basis": "interim-measure-3-2", "starts": said(now_us() - day), "ends": said(now_us() + 30 * day)},
        "zones": [{"zone": "Z1", "kind": "exclusion", "label": "home", "circle": {"lat": lat, "lon": lon, "radius_m": 300}}],
        "rings": [{"ring": "R1", "about": f"V-{number}", "distance_m": 500, "effect": "alarm"}],
    }


def place_of(number: int) -> tuple[float, float]:
    """The zone's centre of case `number`: far from those of all others."""
    return HOME[0] + 0.05 * (number % 50), HOME[1] + 0.05 * (number // 50)


class LiveBridge:
    """`serve` on a folder of its own."""

    def __init__(self, folder: Path, n_cases: int = 4, serve: Sequence[str] = ()) -> None:
        self.folder = folder / "room"
        self._serve = serve
        self.lanes, self.endpoint, self.apps = (f"tcp://127.0.0.1:{port}" for port in free_ports(3))
        self.opened: list[RawDesk] = []
        self.process = self._served()
        cases = folder / "cases.json"
        cases.write_text(json.dumps({"format": "bongsu-case/1", "cases": [case(n) for n in range(1, n_cases + 1)]}))
        if n_cases:
            self.shell("import-cases", str(cases))
        self.gateway_keys = zmq.curve_keypair()
        self.server_key = (
            self.shell("enrol-gateway", "north", f"--public-key={self.gateway_keys[0].decode()}", "--devices", "ANK-*,VIC-*")
            .strip()
            .rpartition("\n")[2]
            .encode()
        )

    @property
    def gate(self) -> "LiveBridge":
        """Where raw desks look for the endpoint."""
        return self

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes whose waiting for a processor raw desks do not count."""
        return (self.process.pid,)

    def shell(self, *arguments: str, secret: str | None = None) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "backend_bridge", *arguments, "--data", str(self.folder)],
            input=secret,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def user(self, name: str, role: str, *more: str) -> None:
        self.shell("user", "add", name, "--role", role, *more, "--password-stdin", secret=PASSWORD + "\n")

    def enrolled(self, name: str) -> tuple[bytes, bytes]:
        public, secret = zmq.curve_keypair()
        self.shell("enrol-desk", name, f"--public-key={public.decode()}")
        return public, secret

    def desk(self, name: str, user: str) -> RawDesk:
        """A raw desk of that name, logged in."""
        made = RawDesk(self, self.enrolled(name))
        made.companions = self.opened
        assert made.log_in(user, PASSWORD)["t"] == "welcome"
        return made

    def log(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.shell("log").splitlines()]

    def kill(self) -> None:
        """As a power cut ends it."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def start_again(self) -> None:
        self.process = self._served()

    def stop(self) -> None:
        for desk in self.opened:
            desk.close()
        self.process.terminate()
        assert self.process.wait(15) == 0

    def _served(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "backend_bridge", "serve", "--data", str(self.folder), *self._serve]
        process = subprocess.Popen(
            [*command, "--bind", self.lanes, "--desk", self.endpoint, "--app", self.apps],
            stdout=subprocess.PIPE,
            stderr=(self.folder.parent / "stderr.txt").open("ab"),
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        return process


class Gateway:
    """The gateway `north`: says hello on all lanes and hands in what it is given.

    It says nothing between two messages, so that the bridge may have ended its connection as a silent one: what is not answered
    is handed in again on a new one.
    """

    def __init__(self, bridge: LiveBridge) -> None:
        self.context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self.bridge = bridge
        self.epoch = int.from_bytes(os.urandom(7), "big")
        self.seq = {"A": 0, "P": 0}
        self._connect()

    def sos(self, device: str) -> None:
        """The holder of `device` presses the button now; returns once that is on the bridge's disk."""
        self.hand_in("A", msgspec.msgpack.encode([{"device": device, "measured_at": said(now_us()), "kind": "sos"}]))

    def hand_in(self, lane: str, body: bytes) -> None:
        self.seq[lane] += 1
        for _ in range(10):
            self._say({"t": "data", "lane": lane, "epoch": self.epoch, "seq": self.seq[lane], "sent_at": now_us()}, body)
            if self._is_settled(lane):
                return
            self._connect()
        raise AssertionError(f"message {self.seq[lane]} of lane {lane} is not answered")

    def close(self) -> None:
        self.context.destroy(linger=0)

    def _connect(self) -> None:
        for _ in range(10):
            self.context.destroy(linger=0)  # the connection before, with whatever of it is under way
            self.context = zmq.Context()
            self.socket = self.context.socket(zmq.DEALER)
            # Where a test fails before it closes this, the context is collected in the midst of another and would wait for an open socket.
            weakref.finalize(self, self.socket.close, linger=0)
            self.socket.curve_serverkey = self.bridge.server_key
            self.socket.curve_publickey, self.socket.curve_secretkey = self.bridge.gateway_keys
            self.socket.linger = 0
            self.socket.connect(self.bridge.lanes)
            if all(self._is_welcome(lane) for lane in self.seq):
                return
        raise AssertionError("no lane is welcomed")

    def _is_welcome(self, lane: str) -> bool:
        last = self.seq[lane]
        self._say({"t": "hello", "proto": 1, "lane": lane, "epoch": self.epoch, "first": max(last, 1), "last": last, "sent_at": now_us()})
        return self._hear("welcome") is not None

    def _is_settled(self, lane: str) -> bool:
        while (heard := self._hear("ack", "reject")) is not None:
            if heard["lane"] == lane and heard["seq"] >= self.seq[lane]:
                return True
        return False

    def _say(self, header: dict[str, object], body: bytes = b"") -> None:
        self.socket.send_multipart([msgspec.msgpack.encode(header), body])

    def _hear(self, *kinds: str) -> dict[str, Any] | None:
        """The next message of these kinds; None when none comes for three seconds, after which a connection counts as down."""
        until = time.monotonic() + 3
        while time.monotonic() < until:
            if not self.socket.poll(200):
                self._say({"t": "ping", "sent_at": now_us(), "echo": 0})
                continue
            header: dict[str, Any] = msgspec.msgpack.decode(self.socket.recv_multipart()[0])
            if header["t"] in kinds:
                return header
        return None


def fixes_of(device: str, places: list[tuple[float, float]]) -> bytes:
    """A body of lane P: one fix a second, the newest measured now."""
    n = len(places)
    until = now_us()
    batch = FixBatch(
        device_names=(DeviceId(device),),
        device=np.zeros(n, np.int32),
        measured_us=np.array([until - (n - 1 - i) * 1_000_000 for i in range(n)], np.int64),
        lat_deg=np.array([lat for lat, _ in places]),
        lon_deg=np.array([lon for _, lon in places]),
        accuracy_m=np.full(n, 5.0, np.float32),
        speed_mps=np.full(n, np.nan, np.float32),
        course_deg=np.full(n, np.nan, np.float32),
        moving=np.full(n, -1, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=np.arange(n, dtype=np.uint64),
        has_device_seq=np.ones(n, np.bool_),
        received_us=np.full(n, until, np.int64),
    )
    return packed_fixes(batch)


def commands_and_queries(number: int) -> list[dict[str, object]]:
    """One message of every kind that names case `number` and its people."""
    case, person, device = f"C-{number}", f"V-{number}", f"VIC-{number}"
    here = {"lat_deg": HOME[0], "lon_deg": HOME[1]}
    span = {"from_us": 0, "to_us": now_us()}
    other = {"purpose": "4-breach-investigation"}
    commands: list[dict[str, object]] = [
        {"name": "acknowledge-alarm", "alarm": "a"},
        {"name": "acknowledge-group", "group": "gateway/g", "alarms": ["a"], "calls": [1]},
        {"name": "shelve-alarm", "alarm": "a", "minutes": 5, "reason": "r"},
        {"name": "unshelve-alarm", "alarm": "a"},
        {"name": "close-alarm", "alarm": "a", "outcome": "o"},
        {"name": "report-displayed", "alarms": ["a"], "at_us": now_us()},
        {"name": "take-over", "alarm": "a"},
        {"name": "work-task", "incident": "i", "task": "t", "outcome": "o"},
        {"name": "dispatch-unit", "incident": "i", "unit": "u", "destination": here, "label": "l"},
        {"name": "recall-unit", "incident": "i", "unit": "u"},
        {"name": "add-note", "incident": "i", "text": "t", "about": "wearer", "statement": "fact"},
        {"name": "close-incident", "incident": "i", "outcome": "o", "note": "n"},
        {"name": "locate-now", "case": case, "person": person},
        {"name": "decide-request", "request": "r", "decision": "approve", "reason": "r"},
        {"name": "end-grant", "grant": "g", "reason": "r"},
        {"name": "review-break-glass", "grant": "g", "justified": True, "reason": "r"},
        {"name": "hand-over", "to": "lee", "note": "n"},
        {"name": "open-recording", **span},
        {"name": "play-recording", "speed": 1.0},
        {"name": "seek-recording", "at_us": 0},
        {"name": "request-destruction", "case": case, "ground": "acquitted", "reason": "r"},
        {"name": "decide-destruction", "destruction": "DES-1", "approve": True, "reason": "r"},
        {"name": "propose-deletion", "reason": "r"},
        {"name": "decide-deletion", "proposal": "OLD-1", "approve": True, "reason": "r"},
        {"name": "propose-order-end", "case": case, "at_us": now_us() + 10**12, "ground": "other", "reason": "r"},
        {"name": "decide-order-end", "case": case, "at_us": 0, "ground": "other", "approve": True, "reason": "r"},
        {"name": "place-hold", "case": case, "reason": "r", "until_us": now_us() + 10**12},
        {"name": "lift-hold", "case": case, "reason": "r"},
        {"name": "confirm-export-gone", "export": "EXP-1", "reason": "r"},
        {"name": "decide-disclosure", "case": case, "person": person, "decision": "approve", "reason": "r"},
        {"name": "give-consent", "case": case, "person": person, "version": "v3"},
        {"name": "withdraw-consent", "case": case, "person": "nobody", "reason": "r"},
        {"name": "enter-label", "case": case, "label": "REFUSAL", "text": "t"},
        {"name": "request-access", "person": person, "case": case, "reason": "r", "fields": ["position", "identity"], **span, **other},
    ]
    queries: list[dict[str, object]] = [
        {"name": "read-track", "device": device, "case": case, **span},
        {"name": "read-track", "device": device, "case": case, **span, **other},
        *({"name": "reveal", "case": case, "person": person, "field": field} for field in ("name", "phones", "addresses", "*")),
        *({"name": "search", "text": text} for text in ("CANARY", person, device, f"CANARYPHONE{number}", "")),
        {"name": "rank-units", "incident": "i", "destination": here},
        {"name": "read-log", "since": 0, "limit": 10_000},
        {"name": "read-ledger", **span},
        {"name": "read-review", **span},
        {"name": "read-register", **span},
        {"name": "read-subject", "person": person, **span},
        {"name": "plan-destruction", "case": case},
        {"name": "plan-retention"},
        {"name": "read-certificate", "destruction": "DES-1"},
        {"name": "make-export", "case": case, "person": person, **span, "form": "csv", "recipient": "r"},
        {"name": "read-figures", **span},
        {"name": "read-looks", "user": "kim", "person": person, **span},
    ]
    acts: list[dict[str, object]] = [{"t": "act", "do": command} for command in commands]
    return acts + [{"t": "ask", "of": query} for query in queries]


def rare_commands_and_queries(number: int) -> list[dict[str, object]]:
    """One message of every kind that `commands_and_queries` leaves out, because it changes who sees what, or is for exercises alone."""
    case, person, device = f"C-{number}", f"V-{number}", f"VIC-{number}"
    span = {"from_us": now_us() - 60_000_000, "to_us": now_us()}
    commands: list[dict[str, object]] = [
        {"name": "break-glass", "person": person, "case": case, "purpose": "5-victim-notice", "reason": "r"},
        {"name": "withdraw-consent", "case": case, "person": "S-1", "reason": "r"},
        {"name": "start-test-alarm"},
        {"name": "start-scenario", "scenario": "s"},
        {"name": "end-scenario"},
        {"name": "steer-exercise", "speed": 1.0},
        {"name": "inject-event", "inject": "call", "case": case, "text": "t"},
        {"name": "step-recording", "to": "next-fix"},
        {"name": "loop-recording"},
        {"name": "bookmark-recording", "at_us": 0, "text": "t"},
        {"name": "close-recording"},
    ]
    queries: list[dict[str, object]] = [
        {"name": "read-surroundings", "case": case, "person": person},
        {"name": "read-track", "device": device, "case": case, **span},
        {"name": "prepare-paper", "what": "uses"},
        {"name": "note-paper", "what": "uses", "sha256": "0f" * 32, "copy": 1},
        {"name": "sign-report", "incident": "INC-1", "sha256": "0f" * 32, "copy": 1},
        {"name": "read-scenarios"},
        {"name": "read-scenario-text", "scenario": "01-walk-in"},
        {"name": "check-scenario", "lines": ["x"]},
        {"name": "save-scenario", "lines": ["x"]},
        {"name": "read-debrief"},
        {"name": "compare-recording"},
        {"name": "stop-comparing"},
    ]
    acts: list[dict[str, object]] = [{"t": "act", "do": command} for command in commands]
    return acts + [{"t": "ask", "of": query} for query in queries]
