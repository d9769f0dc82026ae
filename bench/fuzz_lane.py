"""Fuzzes the decoders of the lanes: python bench/fuzz_lane.py [messages, default 1,000,000].

Bodies of fixes and of device events and headers are taken apart and put together wrongly; each goes through everything that a
message of a gateway goes through before it reaches the core. A crash ends the run, and so does a fix that is out of range, or
that the quick look and Arrow's library see differently. Prints what became of how many.
"""

import random
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from lane_bodies import ENROLMENTS, NOW_US, ROW, body_of  # the tests' own bodies

from backend_bridge.adapters.gate_reader import MessageReader
from backend_bridge.adapters.lane_wire import read_message
from backend_bridge.domain.arrivals import Data
from backend_bridge.domain.identifiers import GatewayName

NORTH = GatewayName("north")
pack = msgspec.msgpack.encode


def seeds() -> list[tuple[bytes, bytes]]:
    """(header, body) of messages in order."""
    rows = [ROW, {**ROW, "device": "VIC-0001", "speed_mps": None, "moving": None, "source": None, "device_seq": None}]
    bodies = [body_of(rows), body_of(rows * 40), body_of([])]
    event = {"device": "ANK-0001", "measured_at": "2026-11-01T00:00:00Z", "kind": "battery", "value": 50, "lat": 37.5, "lon": 127.0}
    header = {"t": "data", "lane": "P", "epoch": 2**64 - 1, "seq": 9, "sent_at": 0}
    reports = [(pack({**header, "lane": "A"}), pack([event, {**event, "kind": "beacon_contact", "value": "ANK-2"}] * n)) for n in (1, 9)]
    others = [
        {"t": "hello", "proto": 1, "lane": "A", "epoch": 1, "first": 1, "last": 0, "sent_at": 0},
        {"t": "ping", "sent_at": 0, "echo": 0},
    ]
    others.append({"t": "lost", "lane": "B", "epoch": 3, "from": 1, "to": 2**64 - 1, "reason": "x"})
    return [(pack(header), body) for body in bodies] + reports + [(pack(other), b"") for other in others]


def mutated(rng: random.Random, data: bytes) -> bytes:
    """`data` with a few bytes changed, cut out, repeated or made up."""
    wrong = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 4, 16))):
        if not wrong:
            return rng.randbytes(rng.randrange(64))
        at = rng.randrange(len(wrong))
        match rng.randrange(6):
            case 0 | 1:
                wrong[at] = rng.randrange(256)
            case 2:
                wrong[at] ^= 1 << rng.randrange(8)
            case 3:
                wrong[at : at + 8] = rng.choice((b"\xff" * 8, bytes(8), b"\xff\xff\xff\x7f" + bytes(4), rng.randbytes(8)))
            case 4:
                del wrong[at : at + rng.randrange(1, 64)]
            case _:
                wrong[at:at] = wrong[at : at + rng.randrange(1, 64)]
    return bytes(wrong)


def check(one: Data, other: Data) -> str:
    """What became of a message; raises AssertionError when two readers see it differently or something wrong got in."""
    assert [(bad.row, bad.code) for bad in one.bad] == [(bad.row, bad.code) for bad in other.bad]
    assert one.kept_rows.tolist() == other.kept_rows.tolist()
    assert repr(one.events) == repr(other.events)
    if one.fixes is not None and other.fixes is not None:
        assert (np.abs(one.fixes.lat_deg) <= 90).all()
        assert (np.abs(one.fixes.lon_deg) <= 180).all()
        assert (one.fixes.measured_us <= NOW_US + 60_000_000).all()
        for name in ("lat_deg", "lon_deg", "measured_us", "accuracy_m", "speed_mps", "moving", "source", "device_seq", "has_device_seq"):
            np.testing.assert_array_equal(getattr(one.fixes, name), getattr(other.fixes, name))
    if one.bad and one.bad[0].row is None:
        return str(one.bad[0].code)
    return "rows quarantined" if one.bad else "still in order"


def fuzz(n_messages: int, seed: int) -> Counter[str]:
    """Send `n_messages` through; what became of them."""
    rng = random.Random(seed)
    found: Counter[str] = Counter()
    letters = seeds()
    used = MessageReader(lambda: NOW_US)
    used.enrol(ENROLMENTS)
    for header, body in letters:
        used.arrival(NORTH, b"", read_message([header, body], 2))
    for _ in range(n_messages):
        header, body = rng.choice(letters)
        if rng.random() < 0.3:
            header = mutated(rng, header)
        else:
            body = mutated(rng, body) if rng.random() < 0.95 else rng.randbytes(rng.randrange(2000))
        said = read_message([header, body], rng.choice((2, 2, 2, 2, 1, 3)))
        fresh = MessageReader(lambda: NOW_US)
        fresh.enrol(ENROLMENTS)
        one, other = used.arrival(NORTH, b"", said), fresh.arrival(NORTH, b"", said)
        assert type(one) is type(other)
        found[check(one, other) if isinstance(one, Data) and isinstance(other, Data) else type(said).__name__] += 1
    return found


def main() -> None:
    """Run and print a table."""
    n_messages = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    began = time.monotonic()
    found = fuzz(n_messages, seed=20261123)
    print(f"{n_messages:,} fuzzed messages in {time.monotonic() - began:.0f} s: no crash, nothing out of range accepted")
    for what, count in found.most_common():
        print(f"  {what:20} {count:>9,}")


if __name__ == "__main__":
    main()
