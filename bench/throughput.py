"""How many fixes a second the whole bridge takes: python bench/throughput.py [seconds] [devices].

Two gateways of their own processes send messages of 900 fixes over TCP with CURVE, within their credit, to a real bridge that
decides about every fix (each device is in a case with a zone and a ring) and acks it from its encrypted disk. What the bridge's
processor time goes to: the time of each thread, shared out by what it did, looked at 50 times a second; and what the gateways took
of the same processors. Beside it: the same fixes as single JSON messages over the same sockets, each decided and committed for itself
(`single_json.py`).
"""

import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import zmq
from single_json import per_second

from backend_bridge.adapters.case_files import cases_of_text
from backend_bridge.adapters.curve_keys import new_pair, public_of
from backend_bridge.adapters.lane_packing import packed_fixes
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.command_line import main as command
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId

ROWS = 900
N_GATEWAYS = 2
CASES = 5000
PACE = 200_000
"""Fixes a second of one gateway, by their own time: near to what comes, so that none is from long ago or from the future."""
PARTS = {
    "decode": ("lane_arrow", "lane_columns", "arrow_guard", "lane_wire", "lane_reports", "gate_reader", "lane_kernel"),
    "network": ("gateway_gate", "gate_socket", "zap", "gate_links"),
    "disk": ("store", "durable_room", "fix_blob", "fix_archive", "tick_records", "chain", "log_lines", "state_codec", "store_reads"),
    "repeats": ("seen_fixes", "repeats"),
    "lane book": ("lane_book", "lane_state", "settled", "fair_inbox"),
}


class Settings(NamedTuple):
    """What a run is like."""

    n_devices: int
    rows: int
    seconds: float


class Used(NamedTuple):
    """Processor seconds of a bridge: by part, and by thread; and what was seen most often of the functions."""

    parts: dict[str, float]
    threads: dict[str, float]
    stacks: dict[str, int]
    children_s: float
    """Of processes of its own: they make its snapshots."""


class Result(NamedTuple):
    """What a run gave."""

    per_s: float
    used: Used
    seconds: float
    memory_mib: float
    gateways_s: float
    """Processor seconds of the gateways."""


pack, unpack = msgspec.msgpack.encode, msgspec.msgpack.decode


def fixes_of(gateway: int, start_us: int, turn: int, n_devices: int, rows: int) -> FixBatch:
    """A message: devices in turn, each walking about a place of its own; measured as if `PACE` fixes came each second."""
    index = np.arange(rows, dtype=np.int64) + turn * rows
    device = (index % n_devices).astype(np.int32)
    elapsed_us = index * 1_000_000 // PACE
    angle = elapsed_us * (1.4 / 222.0 / 1e6) + device
    names, places = np.unique(device, return_inverse=True)
    return FixBatch(
        device_names=tuple(DeviceId(f"{'ANK' if name % 2 == 0 else 'VIC'}-{gateway}-{name // 2:05}") for name in names),
        device=places.astype(np.int32),
        measured_us=start_us + elapsed_us,
        lat_deg=33.0 + gateway * 2.7 + (device % 100) * 0.027 + np.sin(angle) * 0.002,
        lon_deg=126.0 + (device // 100) * 0.033 + np.cos(angle) * 0.0025,
        accuracy_m=np.full(rows, 8, np.float32),
        speed_mps=np.full(rows, 1.4, np.float32),
        course_deg=np.full(rows, np.nan, np.float32),
        moving=np.ones(rows, np.int8),
        source=np.zeros(rows, np.int8),
        device_seq=index.astype(np.uint64),
        has_device_seq=np.ones(rows, np.bool_),
        received_us=np.full(rows, start_us, np.int64),
    )


def packed_ahead(number: int, settings: Settings) -> list[bytes]:
    """The messages of a gateway, measured from the moment at which this returns."""
    n_devices, rows, seconds = settings
    n, tried = int(seconds * PACE * 1.5 / rows), 50
    began = time.monotonic()
    for turn in range(tried):
        packed_fixes(fixes_of(number, 0, turn, n_devices, rows))
    start_us = time.time_ns() // 1000 + int((time.monotonic() - began) / tried * n * 1.2e6)
    bodies = [packed_fixes(fixes_of(number, start_us, turn, n_devices, rows)) for turn in range(n)]
    time.sleep(max(0.0, start_us / 1e6 - time.time()))
    return bodies


def gateway(number: int, where: tuple[str, str, str], settings: Settings, told: Any) -> None:
    """A gateway that is never out of messages; tells how many fixes were acked in the time."""
    endpoint, server_key, secret = where
    _, rows, seconds = settings
    bodies = packed_ahead(number, settings)
    dealer = zmq.Context().socket(zmq.DEALER)
    dealer.linger = 0
    dealer.curve_serverkey, dealer.curve_secretkey, dealer.curve_publickey = (
        server_key.encode(),
        secret.encode(),
        public_of(secret).encode(),
    )
    dealer.connect(endpoint)
    dealer.send_multipart([pack({"t": "hello", "proto": 1, "lane": "P", "epoch": 1, "first": 1, "last": 0, "sent_at": 0}), b""])
    while (said := unpack(dealer.recv_multipart()[0]))["t"] != "welcome":
        pass
    credit = said["credit"]
    told.send("prepared")
    told.recv()
    until, used_before_s = time.monotonic() + seconds, time.process_time()
    acked, sent, pinged = 0, 0, 0.0
    while time.monotonic() < until and acked < len(bodies):
        while sent < len(bodies) and sent - acked < credit:
            sent += 1
            dealer.send_multipart([pack({"t": "data", "lane": "P", "epoch": 1, "seq": sent, "sent_at": 0}), bodies[sent - 1]])
        if time.monotonic() - pinged > 1.0:
            pinged = time.monotonic()
            dealer.send_multipart([pack({"t": "ping", "sent_at": 0, "echo": 0}), b""])
        while dealer.poll(20 if sent - acked >= credit else 0):
            said = unpack(dealer.recv_multipart()[0])
            if said["t"] in {"welcome", "ack"}:
                credit, acked = said["credit"], said.get("seq", said.get("resume_after", 0))
            elif said["t"] == "reject":
                raise SystemExit(f"rejected: {said['code']} {said['detail']}")
    told.send((acked * rows, time.monotonic() - until + seconds, time.process_time() - used_before_s))


def sampled(stop: threading.Event) -> Used:
    """What the bridge's threads used their processor time for."""
    seen: dict[int, Counter[str]] = {}
    stacks: Counter[str] = Counter()
    before, children_before_s = thread_seconds(), children_s()
    while not stop.wait(0.02):
        for thread, frame in sys._current_frames().items():  # noqa: SLF001  # the one way to see what other threads do
            part = part_of(frame)
            if part != "waiting":
                seen.setdefault(thread, Counter())[part] += 1
                if "STACKS" in os.environ:
                    stacks[stack_of(frame)] += 1
    parts, threads = shared_out(before, thread_seconds(), seen)
    return Used(parts, threads, dict(stacks.most_common(25)), children_s() - children_before_s)


def children_s() -> float:
    """Processor seconds of the processes that this one has waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def shared_out(
    before: dict[int, float], after: dict[int, float], seen: dict[int, Counter[str]]
) -> tuple[dict[str, float], dict[str, float]]:
    """Each thread's time by what it was seen at; those that are not Python's are the library's of the network."""
    named = {thread.native_id: thread for thread in threading.enumerate()}
    parts: Counter[str] = Counter()
    threads: Counter[str] = Counter()
    for native, until_s in after.items():
        used_s = until_s - before.get(native, 0.0)
        thread = named.get(native)
        looks = seen.get(thread.ident or 0, Counter()) if thread is not None else Counter({"network": 1})
        if thread is not None and thread.name.startswith("bench"):
            continue
        threads[thread.name if thread is not None else "network library"] += used_s  # type: ignore[assignment]  # counts of seconds
        for part, count in (looks or Counter({"other": 1})).items():
            parts[part] += used_s * count / max(sum(looks.values()), 1)  # type: ignore[assignment]  # likewise
    return dict(parts), dict(threads)


def thread_seconds() -> dict[int, float]:
    """Processor time that each thread of this process has used."""
    return {int(path.name): spent(path / "stat") for path in Path("/proc/self/task").iterdir()}


def spent(stat: Path) -> float:
    """Processor seconds in a `stat` file of the system's."""
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def stack_of(frame: Any) -> str:
    """The innermost functions of a thread."""
    names = []
    while frame is not None and len(names) < 5:
        names.append(f"{stem_of(frame.f_code.co_filename)}.{frame.f_code.co_name}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(names)


@lru_cache(maxsize=1024)
def stem_of(path: str) -> str:
    """The name of a module by the path of its file."""
    return Path(path).stem


def part_of(frame: Any) -> str:
    """The part of the bridge that a thread is in: the innermost of its own modules, or waiting."""
    top = stem_of(frame.f_code.co_filename) + "." + frame.f_code.co_name
    if top in {
        "desk_players._run",
        "outside._answer_questions",
        "threading.wait",
        "poll.poll",
        "selectors.select",
        "throughput.sampled",
        "fair_inbox.take",
        "socket.accept",
    }:
        return "waiting"
    while frame is not None:
        path = frame.f_code.co_filename
        if "backend_bridge" in path:
            stem = stem_of(path)
            return next(
                (part for part, stems in PARTS.items() if stem in stems),
                "decisions" if "/domain/" in path or "/application/" in path else "other",
            )
        frame = frame.f_back
    return "waiting"


def bridge(folder: Path, ports: tuple[int, int], told: Any) -> None:
    """A bridge as `serve` runs it, with a thread that samples it."""
    stop = threading.Event()
    result: list[Used] = []
    sampler = threading.Thread(target=lambda: result.append(sampled(stop)), name="bench-sampler", daemon=True)

    def listen() -> None:
        for begin in (sampler.start, stop.set):
            try:
                told.recv()
            except EOFError:
                return
            begin()
        sampler.join()
        told.send(result[0])

    threading.Thread(target=listen, name="bench-orders", daemon=True).start()
    command(["serve", "--data", str(folder), "--bind", f"tcp://127.0.0.1:{ports[0]}", "--desk", f"tcp://127.0.0.1:{ports[1]}"])


def cases(n_devices: int) -> dict[str, object]:
    """A case for each pair of devices of each gateway, up to `CASES`: a ring and a zone."""
    found = [case(number, pair) for pair in range(min(CASES // N_GATEWAYS, n_devices // 2)) for number in range(N_GATEWAYS)]
    return {"format": "bongsu-case/1", "cases": found}


def case(gateway_number: int, pair: int) -> dict[str, object]:
    """One case of the pair of devices of that number."""
    name = f"{gateway_number}-{pair:05}"
    now_us = time.time_ns() // 1000
    day_us = 86_400_000_000
    return {
        "case": f"KR-{name}",
        "jurisdiction": "KR",
        "tier": "high",
        "subject": {"person": f"S-{name}", "device": f"ANK-{name}"},
        "protected": [{"person": f"V-{name}", "device": f"VIC-{name}"}],
        "order": {"basis": "interim-measure-3-2", "starts": text_of_us(now_us - 40 * day_us), "ends": text_of_us(now_us + 40 * day_us)},
        "zones": [{"zone": "Z1", "kind": "exclusion", "circle": {"lat": 40.9, "lon": 127.5, "radius_m": 1000}}],
        "rings": [{"ring": "R1", "about": f"V-{name}", "distance_m": 100, "effect": "alarm"}],
    }


def shell(*arguments: str) -> str:
    """The last line that a command of the bridge prints."""
    done = subprocess.run([sys.executable, "-m", "backend_bridge", *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip().splitlines()[-1]


def run(settings: Settings) -> Result:
    """Set a bridge up in a folder of its own, and measure."""
    with tempfile.TemporaryDirectory() as name:
        folder, secrets, server_key = Path(name) / "data", [], ""
        for number in range(N_GATEWAYS):
            public, secret = new_pair()
            secrets.append(secret)
            patterns = f"ANK-{number}-*,VIC-{number}-*"
            server_key = shell("enrol-gateway", f"g{number}", f"--public-key={public}", "--devices", patterns, "--data", str(folder))
        (Path(name) / "cases.json").write_text(json.dumps(cases(settings.n_devices)))
        shell("import-cases", str(Path(name) / "cases.json"), "--data", str(folder))
        return measured(folder, server_key, secrets, settings)


def measured(folder: Path, server_key: str, secrets: list[str], settings: Settings) -> Result:
    """Start the bridge and the gateways, let them run, add up."""
    spawn = multiprocessing.get_context("spawn")
    ports = (47_711, 47_712)
    mine, theirs = spawn.Pipe()
    process = spawn.Process(target=bridge, args=(folder, ports, theirs), daemon=True)
    process.start()
    pipes, gateways = [], []
    for number, secret in enumerate(secrets):
        here, there = spawn.Pipe()
        gateways.append(
            spawn.Process(target=gateway, args=(number, (f"tcp://127.0.0.1:{ports[0]}", server_key, secret), settings, there), daemon=True)
        )
        gateways[-1].start()
        pipes.append(here)
    for pipe in pipes:
        pipe.recv()
    mine.send("begin")
    for pipe in pipes:
        pipe.send("go")
    results = [pipe.recv() for pipe in pipes]
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    memory_mib = next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
    mine.send("end")
    used = mine.recv()
    for one in [*gateways, process]:
        one.terminate()
        one.join()
    seconds = max(took for _, took, _ in results)
    return Result(sum(count for count, _, _ in results) / seconds, used, seconds, memory_mib, sum(used_s for *_, used_s in results))


def main() -> None:
    """Measure and print a table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    n_devices = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    result = run(Settings(n_devices, ROWS, seconds))
    print(f"{N_GATEWAYS} gateways × {n_devices:,} devices, {CASES:,} cases, {ROWS} fixes a message, {os.cpu_count()} cores for all")
    print(f"load of the machine {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")
    report(result)
    here = tuple(cases_of_text(json.dumps(cases(n_devices)), "cases"))
    start_us = time.time_ns() // 1000 + 20_000_000
    batches = [[fixes_of(number, start_us, 0, n_devices, n_devices)] for number in range(N_GATEWAYS)]
    print(f"  {per_second(here, batches, min(seconds, 10.0)):>12,.0f} fixes/s as single JSON messages, each with a commit of its own")


def report(result: Result) -> None:
    """Print what a run gave, and what bounds it."""
    used, total_s = result.used, sum(result.used.parts.values())
    print(f"  {result.per_s:>12,.0f} fixes/s, acked from disk")
    print(f"  the bridge used {total_s / result.seconds:.2f} cores and {result.memory_mib:.0f} MiB")
    print(f"  its snapshots {used.children_s / result.seconds:.2f} cores, the gateways {result.gateways_s / result.seconds:.2f}")
    for part, used_s in sorted(used.parts.items(), key=lambda item: -item[1]):
        print(f"    {part:10} {used_s / max(total_s, 1e-9):6.1%}  {used_s / max(result.per_s * result.seconds, 1.0) * 1e6:5.2f} µs a fix")
    busiest, busy_s = max(used.threads.items(), key=lambda item: item[1])
    print(f"  busiest thread: {busiest}, {busy_s / result.seconds:.0%} of a core")
    if os.environ.get("STACKS"):
        for stack, count in used.stacks.items():
            print(f"    {count:6} {stack}")


if __name__ == "__main__":
    main()
