"""A quiet gateway beside one that floods and one that sends nonsense: how long its acks take, and its alarms until a desk has them.

`python bench/flooder.py [SECONDS]`: a whole bridge; the quiet gateway sends four messages of 25 fixes and three SOS a second, first
alone, then beside a flooder and a poisoner who each send ten and a hundred times its fixes, without regard for their credit.
"""

import multiprocessing
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from live_room import Gateway, LiveBridge, fixes_now, live  # puts the tests on the path

from lane_bridge import Wire  # isort: skip


ROWS, MESSAGES_PER_S, SOS_PER_S = 25, 4, 3
ACK_S = 0.25
ALARM_S = {0: 1.0, 10: 1.0, 100: 2.0}
"""How long acks, and alarms by how many times its fixes the others send, may take in all but a hundredth of cases."""
NEVER_US = 60_000_000
BRUTES = {"flooder": 0.0, "poisoner": 60.0}
"""How far north of their cases' places each says its devices to be; with the second no latitude is one."""
APART_DEG = 0.02


class Quiet(NamedTuple):
    """What the quiet gateway saw: seconds to each ack, and when each SOS was handed in, by device."""

    acks_s: list[float]
    sos_us: dict[str, int]


def body(devices: list[str], north_deg: float, seq: int) -> bytes:
    """One fix of each device, measured now, so far north of its case's place."""
    places = [live.place_of(int(device[4:])) for device in devices]
    return fixes_now(devices, [(lat + north_deg, lon) for lat, lon in places], seq)


def send_quietly(where: dict[str, Any], first: int, seconds: float, told: Any) -> None:
    """The quiet gateway's life; every SOS is of a protected person of her own, from number `first` on."""
    gateway, seen = Gateway(SimpleNamespace(**where)), Quiet([], {})
    told.send("ready")
    told.recv()
    began_s, n_sos, n_fixes = time.monotonic(), 0, 0
    while (passed_s := time.monotonic() - began_s) < seconds:
        sent_s = time.monotonic()
        if n_sos <= passed_s * SOS_PER_S:
            seen.sos_us[f"VIC-{first + n_sos}"] = live.now_us()
            gateway.sos(f"VIC-{first + n_sos}")
            n_sos += 1
        elif n_fixes <= passed_s * MESSAGES_PER_S:
            n_fixes += 1
            gateway.hand_in("P", body([f"VIC-{number + 1}" for number in range(ROWS)], APART_DEG, n_fixes))
        else:
            time.sleep(0.005)
            continue
        seen.acks_s.append(time.monotonic() - sent_s)
    told.send(seen)
    gateway.close()


def send_brutally(where: dict[str, Any], north_deg: float, per_s: float, told: Any) -> None:
    """A gateway that sends so many messages a second whatever it is answered, until it is ended."""
    wire = Wire(where["lanes"], where["server_key"].decode(), where["gateway_keys"][1].decode())
    epoch = int.from_bytes(os.urandom(7), "big")
    wire.hello("P", epoch)
    told.send("ready")
    told.recv()
    began_s, seq = time.monotonic(), 0
    while True:
        while seq < (time.monotonic() - began_s) * per_s:
            seq += 1
            wire.data("P", epoch, seq, body([f"ANK-{(seq * ROWS + row) % 200 + 1}" for row in range(ROWS)], north_deg, seq))
        while wire.socket.poll(5):
            wire.socket.recv_multipart()


class Room:
    """The bridge, its gateways' keys and the desk that sees its alarms."""

    def __init__(self, folder: Path, n_cases: int) -> None:
        self.bridge = LiveBridge(folder, n_cases)
        self.bridge.user("bench", "operator")
        self._spawn = multiprocessing.get_context("spawn")
        self._wheres = {name: self._enrolled(name, devices) for name, devices in (("quiet", "VIC-*"), *((one, "ANK-*") for one in BRUTES))}

    def _enrolled(self, name: str, devices: str) -> dict[str, Any]:
        keys = live.zmq.curve_keypair()
        self.bridge.shell("enrol-gateway", name, f"--public-key={keys[0].decode()}", "--devices", devices)
        return {"server_key": self.bridge.server_key, "gateway_keys": keys, "lanes": self.bridge.lanes}

    def run(self, times: int, first: int, seconds: float) -> tuple[Quiet, dict[str, int]]:
        """What the quiet gateway saw beside brutes of so many times its fixes, and when each device's alarm was at the desk."""
        brutes = [self._started(send_brutally, name, BRUTES[name], times * MESSAGES_PER_S) for name in BRUTES if times]
        quiet, pipe = self._started(send_quietly, "quiet", first, seconds)
        desk = self.bridge.desk(f"desk-{times}", "bench")
        for _, one in (*brutes, (quiet, pipe)):
            one.send("go")
        came_us: dict[str, int] = {}
        while not pipe.poll(0):
            note_alarms(desk, came_us)
        seen: Quiet = pipe.recv()
        until_s = time.monotonic() + 20.0
        while not seen.sos_us.keys() <= came_us.keys() and time.monotonic() < until_s:
            note_alarms(desk, came_us)
        for process, _ in (*brutes, (quiet, pipe)):
            process.kill()
            process.join()
        return seen, came_us

    def _started(self, life: Any, name: str, *how: float) -> tuple[Any, Any]:
        here, there = self._spawn.Pipe()
        process = self._spawn.Process(target=life, args=(self._wheres[name], *how, there), daemon=True)
        process.start()
        assert here.recv() == "ready"
        return process, here


def note_alarms(desk: Any, came_us: dict[str, int]) -> None:
    """Note when the alarm of each device came to a desk, of those that come within a moment."""
    desk.socket.poll(50)
    desk.hear_all()
    for message in desk.seen:
        for row in message.get("rows", {}).get("alarms", ()):
            if row["kind"] == "sos":
                came_us.setdefault(row["device"], live.now_us())
    if desk.seen:
        desk.say_seen()
    desk.seen.clear()


def told(what: str, waits_s: list[float]) -> str:
    """Some waits in words."""
    middle_ms, worst_ms = np.quantile(waits_s, (0.5, 0.99)) * 1000
    return f"{len(waits_s)} {what} p50 {middle_ms:.0f} ms, p99 {worst_ms:.0f} ms"


def is_kept(waits_s: list[float], limit_s: float) -> bool:
    """Whether all but a hundredth of some waits were short enough."""
    return bool(np.quantile(waits_s, 0.99) <= limit_s)


def main() -> int:
    """Run, print and judge; 1 where a wait was longer than it may be."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    each, met = int(seconds * SOS_PER_S) + 2, []
    with tempfile.TemporaryDirectory(prefix="bongsu-flood-") as folder:
        room = Room(Path(folder), max(200, each * len(ALARM_S)))
        print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")
        for number, (times, alarm_s) in enumerate(ALARM_S.items()):
            seen, came_us = room.run(times, 1 + number * each, seconds)
            alarms_s = [(came_us.get(device, at_us + NEVER_US) - at_us) / 1e6 for device, at_us in seen.sos_us.items()]
            met.append(is_kept(seen.acks_s, ACK_S) and is_kept(alarms_s, alarm_s))
            beside = f"beside {times}x" if times else "alone"
            print(f"{beside}: {told('acks', seen.acks_s)}; {told('alarms', alarms_s)}; {'met' if met[-1] else 'NOT met'}", flush=True)
        room.bridge.stop()
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
