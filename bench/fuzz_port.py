"""Bytes of all kinds on the gateways' port of a whole bridge: python bench/fuzz_port.py [MESSAGES, default 1,000,000].

Most come over the connection of a gateway that is let in: messages taken apart and put together wrongly. Some come raw over TCP,
before any handshake. Nothing may be stored of them, nothing may fall over, and a gateway in order must be served all the while.
"""

import json
import random
import socket
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import zmq

from steady_gateway import prepared, now_us  # puts the tests on the path  # isort: skip

from bridge_shell import Served, log_of, shell  # isort: skip

from fuzz_lane import mutated, pack, seeds  # isort: skip

from backend_bridge.adapters.curve_keys import new_pair, public_of

RAW_EVERY, BURST = 500, 200


def connected(context: "zmq.Context[zmq.Socket[bytes]]", to: str, keys: tuple[str, str]) -> "zmq.Socket[bytes]":
    """A DEALER with a key that is let in."""
    wire = context.socket(zmq.DEALER)
    wire.linger = 0
    wire.curve_serverkey, wire.curve_secretkey = (key.encode() for key in keys)
    wire.curve_publickey = public_of(keys[1]).encode()
    wire.connect(to)
    return wire


def answered_in_s(context: "zmq.Context[zmq.Socket[bytes]]", to: str, keys: tuple[str, str]) -> float:
    """How long a gateway in order waits for its welcome."""
    began = time.monotonic()
    with connected(context, to, keys) as wire:
        hello = {"t": "hello", "proto": 1, "lane": "A", "epoch": 1, "first": 1, "last": 0, "sent_at": now_us()}
        while time.monotonic() - began < 20:
            wire.send_multipart([pack(hello), b""])
            if wire.poll(1000) and b"welcome" in wire.recv_multipart()[0]:
                break
    return time.monotonic() - began


def raw(rng: random.Random, to: str) -> None:
    """A TCP connection that says something that is no handshake, or half of one."""
    where = urlsplit(to)
    greeting = b"\xff" + bytes(8) + b"\x7f\x03\x01CURVE" + bytes(15) + b"\x00" + bytes(31)
    with socket.create_connection((where.hostname, where.port), timeout=5.0) as peer:
        peer.sendall(mutated(rng, greeting + rng.randbytes(200)) if rng.random() < 0.7 else rng.randbytes(rng.randrange(1, 3000)))


def run(n_messages: int, seed: int = 20261123) -> list[str]:
    """What was broken; empty when every promise held."""
    rng = random.Random(seed)
    broken: list[str] = []
    with tempfile.TemporaryDirectory(prefix="bongsu-fuzz-") as place:
        folder = Path(place) / "room"
        server_key, quiet = prepared(folder, 2)
        public, hostile = new_pair()
        shell("enrol-gateway", "hostile", f"--public-key={public}", "--devices", "NOBODY-*", "--data", folder)
        bridge, context, began, slowest = Served(folder), zmq.Context(), time.monotonic(), 0.0
        wire = connected(context, bridge.lane, (server_key, hostile))
        letters = seeds()
        for number in range(n_messages):
            header, body = rng.choice(letters)
            frames = [mutated(rng, header) if rng.random() < 0.5 else header, mutated(rng, body) if body else b""]
            if wire.poll(2000, zmq.POLLOUT):
                wire.send_multipart(frames[: rng.choice((1, 2, 2, 2, 2, 2))])
            if number % BURST == 0:
                while wire.poll(0):
                    wire.recv_multipart()
                time.sleep(0.005)
            if number % RAW_EVERY == 0:
                raw(rng, bridge.lane)
            if number % max(1, n_messages // 5) == 0:
                slowest = max(slowest, answered_in_s(context, bridge.lane, (server_key, quiet)))
        context.destroy(linger=0)
        seconds = time.monotonic() - began
        time.sleep(2.0)
        if not bridge.is_running() or bridge.stop() != 0:
            broken.append("the bridge fell over")
        n_stored = int(shell("fixes", "--count", "--data", folder).stdout)
        if n_stored:
            broken.append(f"{n_stored} fixes were stored")
        if slowest > 3.0:
            broken.append(f"a gateway in order waited {slowest:.1f} s")
        entries = log_of(folder)
        n_bad = sum(entry["event"] == "quarantined" for entry in entries)
        print(
            f"{n_messages:,} messages in {seconds:.0f} s: {n_stored} fixes stored, {n_bad:,} entries of quarantine, "
            f"a gateway in order was welcomed within {slowest:.1f} s; broken: {json.dumps(broken) if broken else 'nothing'}"
        )
    return broken


if __name__ == "__main__":
    sys.exit(1 if run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000) else 0)
