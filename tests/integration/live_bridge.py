"""A whole bridge as a process, as a control room runs it: enrolled, with people and cases, and a gateway that says what a test wants."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import zmq
from desk_room import RawDesk

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

    def __init__(self, folder: Path, n_cases: int = 4) -> None:
        self.folder = folder / "room"
        self.lanes, self.endpoint = (f"tcp://127.0.0.1:{port}" for port in _free_ports(2))
        self.n_cases = n_cases
        self.process = self._served()
        cases = folder / "cases.json"
        cases.write_text(json.dumps({"format": "bongsu-case/1", "cases": [case(n) for n in range(1, n_cases + 1)]}))
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
        self.process.terminate()
        assert self.process.wait(15) == 0

    def _served(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "backend_bridge", "serve", "--data", str(self.folder)]
        process = subprocess.Popen(
            [*command, "--bind", self.lanes, "--desk", self.endpoint], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        return process


class Gateway:
    """The gateway `north`: says hello on all lanes and hands in what it is given."""

    def __init__(self, bridge: LiveBridge) -> None:
        self.context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.curve_serverkey = bridge.server_key
        self.socket.curve_publickey, self.socket.curve_secretkey = bridge.gateway_keys
        self.socket.linger = 0
        self.socket.connect(bridge.lanes)
        self.epoch = int.from_bytes(os.urandom(7), "big")
        self.seq = {"A": 0, "P": 0}
        for lane in self.seq:
            self._say({"t": "hello", "proto": 1, "lane": lane, "epoch": self.epoch, "first": 1, "last": 0, "sent_at": now_us()})
            self._hear("welcome")

    def sos(self, device: str) -> None:
        """The holder of `device` presses the button now; returns once that is on the bridge's disk."""
        self.hand_in("A", msgspec.msgpack.encode([{"device": device, "measured_at": said(now_us()), "kind": "sos"}]))

    def hand_in(self, lane: str, body: bytes) -> None:
        self.seq[lane] += 1
        self._say({"t": "data", "lane": lane, "epoch": self.epoch, "seq": self.seq[lane], "sent_at": now_us()}, body)
        while self._hear("ack", "reject")["seq"] < self.seq[lane]:
            pass

    def close(self) -> None:
        self.socket.close(linger=0)
        self.context.term()

    def _say(self, header: dict[str, object], body: bytes = b"") -> None:
        self.socket.send_multipart([msgspec.msgpack.encode(header), body])

    def _hear(self, *kinds: str) -> dict[str, int]:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            if self.socket.poll(200):
                header: dict[str, int] = msgspec.msgpack.decode(self.socket.recv_multipart()[0])
                if header["t"] in kinds:
                    return header
            self._say({"t": "ping", "sent_at": now_us(), "echo": 0})
        raise AssertionError(f"no {kinds} came")


def _free_ports(n: int) -> list[int]:
    sockets = [socket.socket() for _ in range(n)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
