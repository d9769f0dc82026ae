"""Simulated gateways: the real lane protocol of the simulator, over a simulated network, with a queue in memory that survives restarts."""

from collections.abc import Callable, Sequence
from itertools import islice

import msgspec
import numpy as np
from sim_world import Network, World

from backend_bridge.adapters.gateway_lane import GatewayLane
from backend_bridge.adapters.lane_headers import AckHeader, FromBridge, NakHeader, RejectHeader, WelcomeHeader, packed
from backend_bridge.adapters.lane_packing import packed_fixes, packed_reports
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId

_HEADER = msgspec.msgpack.Decoder(FromBridge)
TURN_S = 0.2


class MemoryQueue:
    """What the gateway's disk holds; `lose_disk` is the day it breaks."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._bodies: dict[Lane, dict[int, bytes]] = {lane: {} for lane in Lane}
        self._last = dict.fromkeys(Lane, 0)
        self._epoch = {lane: world.dice.getrandbits(64) for lane in Lane}

    def epoch(self, lane: Lane) -> int:
        return self._epoch[lane]

    def last(self, lane: Lane) -> int:
        return self._last[lane]

    def first(self, lane: Lane) -> int:
        return next(iter(self._bodies[lane]), self._last[lane] + 1)

    def is_empty(self) -> bool:
        return not any(self._bodies.values())

    def add(self, lane: Lane, bodies: Sequence[bytes]) -> None:
        for body in bodies:
            self._last[lane] += 1
            self._bodies[lane][self._last[lane]] = body

    def read(self, lane: Lane, first: int, last: int, most: int) -> list[tuple[int, bytes]]:
        bodies = self._bodies[lane]
        numbers = range(max(first, self.first(lane)), min(last, self._last[lane]) + 1)
        return list(islice(((seq, bodies[seq]) for seq in numbers if seq in bodies), max(most, 0)))

    def settle(self, lane: Lane, first: int, last: int) -> None:
        for seq in [seq for seq in self._bodies[lane] if first <= seq <= last]:
            del self._bodies[lane][seq]

    def gaps(self, lane: Lane, first: int, last: int) -> list[tuple[int, int]]:
        missing = [seq for seq in range(max(first, 1), min(last, self._last[lane]) + 1) if seq not in self._bodies[lane]]
        return [(seq, seq) for seq in missing]

    def renew(self, lane: Lane) -> None:
        kept = list(self._bodies[lane].values())
        self._bodies[lane], self._last[lane] = {}, 0
        self._epoch[lane] = self._world.dice.getrandbits(64)
        self.add(lane, kept)

    def forget(self, lane: Lane, seq: int) -> bytes | None:
        """One message is gone for ever; None where it was not there."""
        return self._bodies[lane].pop(seq, None)

    def bodies(self) -> set[bytes]:
        """What is kept."""
        return {body for lane in self._bodies.values() for body in lane.values()}

    def lose_disk(self) -> None:
        """Everything is gone; numbering begins again in new epochs."""
        for lane in Lane:
            self._bodies[lane], self._last[lane] = {}, 0
            self._epoch[lane] = self._world.dice.getrandbits(64)


class SimulatedGateway:
    """A gateway with devices that wander; `produced` are the fixes that it owes to the bridge, each with the body that holds it."""

    def __init__(
        self, world: World, name: str, devices: Sequence[str], network: Network, send: Callable[[str, bytes, list[bytes]], None]
    ) -> None:
        self.name, self.devices, self.network = name, tuple(devices), network
        self._world, self._send = world, send
        self.queue = MemoryQueue(world)
        self._lanes = {lane: GatewayLane(self.queue, lane) for lane in Lane}  # type: ignore[arg-type]  # a queue by its behaviour
        self._sequence = dict.fromkeys(devices, 0)
        self._place = {device: (37.55 + 0.02 * world.dice.random(), 126.93 + 0.02 * world.dice.random()) for device in devices}
        self.produced: dict[tuple[str, int], bytes] = {}
        self.poison = 0.0
        self.connection = 0
        self._welcomed: set[Lane] = set()
        self._is_turn_due = False
        self._soon()

    @property
    def connection_id(self) -> bytes:
        return f"{self.name}/{self.connection}".encode()

    def reconnect(self) -> None:
        """The link broke, or the bridge was started anew."""
        self.connection += 1
        self._welcomed.clear()
        for lane in self._lanes.values():
            lane.restart()
        self._soon()

    def lose_disk(self) -> None:
        """What was not settled is lost, and owed no longer."""
        self.lost(self.queue.bodies())
        self.queue.lose_disk()
        self._lanes = {lane: GatewayLane(self.queue, lane) for lane in Lane}  # type: ignore[arg-type]  # a queue by its behaviour
        self.reconnect()

    def lost(self, bodies: set[bytes]) -> None:
        """These are gone: owed no longer."""
        self.produced = {key: body for key, body in self.produced.items() if body not in bodies}

    def owed(self) -> set[tuple[str, int]]:
        """Fixes that the bridge has acknowledged, and so must have."""
        kept = self.queue.bodies()
        return {key for key, body in self.produced.items() if body not in kept}

    def measure(self, lane: Lane = Lane.POSITIONS, back_s: float = 0.0) -> None:
        """Every device measures; what it measured long ago goes to the backfill lane."""
        batch = self._fixes(int(self._world.now_us - back_s * 1e6))
        body = packed_fixes(batch)
        self._soon()
        if self._world.dice.random() < self.poison:
            cut = self._world.dice.randrange(len(body))
            self.queue.add(lane, [body[:cut] + bytes([body[cut] ^ 0x55]) + body[cut + 1 :]])
            return
        self.queue.add(lane, [body])
        for device, seq in zip(batch.device.tolist(), batch.device_seq.tolist(), strict=True):
            self.produced[batch.device_names[device], seq] = body

    def report(self, kind: DeviceEventKind, device: str, value: float | None = None) -> None:
        """A device says something besides where it is."""
        now_us = self._world.now_us
        event = DeviceEvent(device=DeviceId(device), measured_us=now_us, kind=kind, value=value, received_us=now_us)
        self.queue.add(Lane.ALARMS, [packed_reports([event])])
        self._soon()

    def hear(self, connection: bytes, header: bytes) -> None:
        """The bridge answers."""
        if connection != self.connection_id:
            return
        now = self._world.now_us / 1e6
        self._soon()
        match _HEADER.decode(header):
            case WelcomeHeader() as welcome:
                self._lanes[welcome.lane].hear_welcome(welcome, now)
                self._welcomed.add(welcome.lane)
            case AckHeader() as ack:
                self._lanes[ack.lane].hear_ack(ack, now)
            case RejectHeader() as reject:
                self._lanes[reject.lane].hear_reject(reject, now)
            case NakHeader() as nak:
                self._lanes[nak.lane].hear_nak(nak)
            case _:
                pass

    def _soon(self) -> None:
        """There may be something to send: the next turn comes, if it is not on its way."""
        if not self._is_turn_due:
            self._is_turn_due = True
            self._world.later(TURN_S * (0.5 + self._world.dice.random()), self._turn)

    def _turn(self) -> None:
        self._is_turn_due = False
        if self.network.is_cut:
            return  # nothing gets out; `reconnect` follows when the cut is mended
        now = self._world.now_us / 1e6
        connection = self.connection_id
        for lane in self._lanes.values():
            for header, body in lane.outgoing(now, self._world.now_us):
                frames = [packed(header), body]
                self.network.carry(lambda frames=frames: self._send(self.name, connection, frames))
        if len(self._welcomed) < len(self._lanes) or not self.queue.is_empty():
            self._soon()

    def _fixes(self, measured_us: int) -> FixBatch:
        dice, n = self._world.dice, len(self.devices)
        for device in self.devices:
            lat, lon = self._place[device]
            self._place[device] = (lat + dice.gauss(0, 4e-4), lon + dice.gauss(0, 4e-4))
            self._sequence[device] += 1
        places = np.array([self._place[device] for device in self.devices])
        return FixBatch(
            device_names=tuple(DeviceId(device) for device in self.devices),
            device=np.arange(n, dtype=np.int32),
            measured_us=np.full(n, measured_us, np.int64),
            lat_deg=places[:, 0].round(6),
            lon_deg=places[:, 1].round(6),
            accuracy_m=np.full(n, 12.0, np.float32),
            speed_mps=np.full(n, np.nan, np.float32),
            course_deg=np.full(n, np.nan, np.float32),
            moving=np.full(n, 1, np.int8),
            source=np.zeros(n, np.int8),
            device_seq=np.array([self._sequence[device] for device in self.devices], np.uint64),
            has_device_seq=np.ones(n, np.bool_),
            received_us=np.full(n, measured_us, np.int64),
        )
