"""A desk with a valid key and a logged-in user says a million things that it should not: what gets out, what is counted, what breaks.

`python bench/hostile_desk.py [TRIES]`
"""

import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

import msgspec
from live_room import Gateway, LiveBridge, live

CASE = 4
CANARIES = ("CANARYNAME", "CANARYPHONE", "CANARYADDRESS", "CANARYDUTY")


class Attack:
    """One desk that sends whatever comes to mind, and listens to what it gets."""

    def __init__(self, bridge: Any) -> None:
        self.desk = bridge.desk("hostile", "hostile")
        self.random = Random(20261125)
        self.valid = [msgspec.msgpack.encode({**message, "id": 7}) for message in live.commands_and_queries(CASE)]
        self.n_leaks = self.n_heard = 0
        self.codes: dict[str, int] = {}

    def message(self) -> bytes:
        """Something: noise, a valid message, a mutated one, a truncated one, one with fields too many."""
        kind = self.random.randrange(6)
        chosen = self.random.choice(self.valid)
        if kind == 0:
            return self.random.randbytes(self.random.randrange(200))
        if kind == 1:
            return chosen
        if kind == 2:
            return chosen[: self.random.randrange(len(chosen))]
        if kind == 3:
            return msgspec.msgpack.encode({**msgspec.msgpack.decode(chosen), "user": "root", "seat": "x"})
        if kind == 4:
            word = self.random.choice(("seen", "resume", "unlock", "lock2", "welcome"))
            return msgspec.msgpack.encode({"t": word, "n": 2**62, "frame": -1})
        place = self.random.randrange(len(chosen))
        return chosen[:place] + bytes([self.random.randrange(256)]) + chosen[place + 1 :]

    def listen(self) -> None:
        """Take in what has come, and look for what may not."""
        while self.desk.socket.poll(0):
            frame = self.desk.socket.recv()
            self.n_heard += 1
            self.n_leaks += any(canary.encode() in frame for canary in CANARIES)
            message = msgspec.msgpack.decode(frame)
            if message["t"] == "no":
                self.codes[message["code"]] = self.codes.get(message["code"], 0) + 1
            if message["t"] in ("rows", "snapshot"):
                self.desk.seen.append({"t": "rows", "n": message["n"]})
                self.desk.say_seen()
                self.desk.seen.clear()


def main() -> None:
    """Run and print what happened; ends with 1 where anything got out, broke or went uncounted."""
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="bongsu-bench-") as folder:
        bridge = LiveBridge(Path(folder))
        bridge.user("hostile", "operator")
        bridge.user("kim", "operator")
        gateway, attack, honest = Gateway(bridge), Attack(bridge), bridge.desk("honest", "kim")
        began = time.monotonic()
        slowest_s = 0.0
        for n in range(tries):
            attack.desk.socket.send(attack.message())
            if n % 200 == 0:
                attack.listen()
                honest.take_in()  # its pings are answered, so that its session lives
            if n % (tries // 10) == 0:
                slowest_s = max(slowest_s, answered_in_s(honest, n + 1))
        seconds = time.monotonic() - began
        until = time.monotonic() + 5
        while time.monotonic() < until:
            attack.listen()
            honest.hear("ping")
        gateway.sos("VIC-1")
        is_alive = bridge.process.poll() is None
        counted = sum(counts(bridge).values())
        print(f"{tries:,} tries in {seconds:.0f} s; {attack.n_heard:,} messages heard, {attack.n_leaks} of them beyond the verdicts")
        print(f"refused and counted in the log: {counted:,}; by code: {counts(bridge)}")
        print(f"another desk was answered within {slowest_s * 1000:.0f} ms at worst; the bridge lives: {is_alive}")
        gateway.close()
        bridge.stop()
    sys.exit(0 if is_alive and attack.n_leaks == 0 else 1)


def answered_in_s(desk: Any, number: int) -> float:
    """How long an honest question takes now."""
    began = time.monotonic()
    desk.say({"t": "ask", "id": number, "of": {"name": "search", "text": "C-1"}})
    assert desk.hear("answer", "no", timeout_s=20)["t"] == "answer", "an honest desk was refused"
    desk.seen.clear()
    return time.monotonic() - began


def counts(bridge: Any) -> dict[str, int]:
    """What the log counts of the hostile desk, by code."""
    found: dict[str, int] = {}
    for entry in bridge.log():
        if entry["event"] == "bridge" and entry["what"] == "desk-refused":
            desk, code, n = str(entry["detail"]).split()
            if desk == "hostile":
                found[code] = found.get(code, 0) + int(n)
    return found


if __name__ == "__main__":
    main()
