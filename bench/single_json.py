"""What `bench/throughput.py` stands beside: fixes as single JSON messages over the same sockets, each decided and committed for itself."""

import multiprocessing
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any

import msgspec
import numpy as np
import zmq

from backend_bridge.adapters.curve_keys import new_pair
from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.application.inbox import ImportCases, Inbox
from backend_bridge.bootstrap.warm import warm_up
from backend_bridge.domain.arrivals import Data, Hello, Lane, LinkUp
from backend_bridge.domain.case import Case
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, GatewayName, UserId

WINDOW = 512
"""Messages under way, as the credit of `lane/1`."""


class JsonFix(msgspec.Struct):
    """A fix as one JSON message, with the ranges of `fix/1`."""

    device: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9._-]{1,64}$")]
    measured_us: int
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    accuracy_m: float
    speed_mps: float
    moving: bool
    device_seq: int


def texts_of(batch: FixBatch) -> list[bytes]:
    """Each fix of a batch as a message."""
    columns = zip(
        [batch.device_names[index] for index in batch.device.tolist()],
        *(column.tolist() for column in (batch.measured_us, batch.lat_deg, batch.lon_deg, batch.accuracy_m, batch.speed_mps)),
        batch.device_seq.tolist(),
        strict=True,
    )
    return [
        msgspec.json.encode(JsonFix(device, measured_us, lat, lon, accuracy_m, speed_mps, moving=True, device_seq=seq))
        for device, measured_us, lat, lon, accuracy_m, speed_mps, seq in columns
    ]


def batch_of(fix: JsonFix, now_us: int) -> FixBatch:
    """One fix as a batch."""
    return FixBatch(
        device_names=(DeviceId(fix.device),),
        device=np.zeros(1, np.int32),
        measured_us=np.array([fix.measured_us], np.int64),
        lat_deg=np.array([fix.lat]),
        lon_deg=np.array([fix.lon]),
        accuracy_m=np.array([fix.accuracy_m], np.float32),
        speed_mps=np.array([fix.speed_mps], np.float32),
        course_deg=np.array([np.nan], np.float32),
        moving=np.array([fix.moving], np.int8),
        source=np.zeros(1, np.int8),
        device_seq=np.array([fix.device_seq], np.uint64),
        has_device_seq=np.ones(1, np.bool_),
        received_us=np.array([now_us], np.int64),
    )


def bridge(folder: Path, cases: tuple[Case, ...], n_gateways: int, told: Any) -> None:
    """A process that takes messages of one fix, decides about each, commits it and answers it; until it is ended."""
    warm_up()
    room = DurableRoom.open(folder, bytes(32), lambda: time.time_ns() // 1000)
    room.step(Inbox(orders=(ImportCases(by=UserId("root"), cases=cases),)))
    names = [GatewayName(f"g{number}") for number in range(n_gateways)]
    for name in names:
        hello = Hello(gateway=name, connection=b"c", lane=Lane.POSITIONS, epoch=1, first=1, last=0)
        room.step(Inbox(arrivals=(LinkUp(gateway=name, connection=b"c"), hello)))
    router = zmq.Context().socket(zmq.ROUTER)
    public, secret = new_pair()
    router.curve_server, router.curve_secretkey, router.curve_publickey = True, secret.encode(), public.encode()
    told.send((router.bind_to_random_port("tcp://127.0.0.1"), public))
    decoder, seq, rows = msgspec.json.Decoder(JsonFix), dict.fromkeys(range(n_gateways), 0), np.zeros(1, np.int32)
    while True:
        peer, number, body = router.recv_multipart()
        gateway = int(number)
        seq[gateway] += 1
        fixes = batch_of(decoder.decode(body), time.time_ns() // 1000)
        data = Data(
            gateway=names[gateway],
            connection=b"c",
            lane=Lane.POSITIONS,
            epoch=1,
            seq=seq[gateway],
            fixes=fixes,
            events=(),
            kept_rows=rows,
            bad=(),
        )
        room.step(Inbox(arrivals=(data,)))
        router.send_multipart([peer, b"ack"])


def gateway(number: int, where: tuple[int, str], bodies: list[bytes], seconds: float, told: Any) -> None:
    """A gateway that is never out of messages; tells how many were acked in the time."""
    port, server = where
    dealer = zmq.Context().socket(zmq.DEALER)
    dealer.linger = 0
    public, secret = new_pair()
    dealer.curve_serverkey, dealer.curve_secretkey, dealer.curve_publickey = server.encode(), secret.encode(), public.encode()
    dealer.connect(f"tcp://127.0.0.1:{port}")
    told.send("ready")
    told.recv()
    began, sent, acked = time.monotonic(), 0, 0
    while time.monotonic() - began < seconds and acked < len(bodies):
        while sent < len(bodies) and sent - acked < WINDOW:
            dealer.send_multipart([str(number).encode(), bodies[sent]])
            sent += 1
        while dealer.poll(20):
            dealer.recv_multipart()
            acked += 1
            if acked % 64 == 0:
                break
    told.send((acked, time.monotonic() - began))


def per_second(cases: tuple[Case, ...], batches: list[list[FixBatch]], seconds: float) -> float:
    """How many fixes a second are acked; `batches` are what each gateway sends."""
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        mine, theirs = spawn.Pipe()
        processes = [spawn.Process(target=bridge, args=(Path(folder), cases, len(batches), theirs), daemon=True)]
        processes[0].start()
        where, pipes = mine.recv(), []
        for number, several in enumerate(batches):
            here, there = spawn.Pipe()
            bodies = [text for batch in several for text in texts_of(batch)]
            processes.append(spawn.Process(target=gateway, args=(number, where, bodies, seconds, there), daemon=True))
            processes[-1].start()
            pipes.append(here)
        for pipe in pipes:
            pipe.recv()
        for pipe in pipes:
            pipe.send("go")
        results = [pipe.recv() for pipe in pipes]
        for process in processes:
            process.terminate()
            process.join()
    return sum(count for count, _ in results) / max(took for _, took in results)
