"""A simulated stretch of a room's life under faults, and the promises that are checked all along."""

from dataclasses import dataclass

from sim_bridge import SimulatedBridge
from sim_gateway import SimulatedGateway
from sim_world import Network, World

from backend_bridge.adapters.state_codec import encode
from backend_bridge.application.inbox import Act, Ask, ImportCases
from backend_bridge.application.outcome import Taken
from backend_bridge.application.room import again
from backend_bridge.domain.alarm import AlarmChange, AlarmStep
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.case import Case, Circle, Order, OrderBasis, Party, Ring, RingEffect, Tier, Zone, ZoneKind
from backend_bridge.domain.commands import AcknowledgeAlarm
from backend_bridge.domain.device_event import DeviceEventKind
from backend_bridge.domain.identifiers import CaseId, DeviceId, GatewayName, PersonId, RingId, UserId, ZoneId
from backend_bridge.domain.lanes.enrolment import GatewayEnrolment
from backend_bridge.domain.outcomes.access_events import DataRead
from backend_bridge.domain.outcomes.lane_events import HoleFilled, HoleLost, HoleOpened
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.queries import ReadTrack

START_US = 1_793_000_000 * MICROSECONDS
HOUR_US = 3600 * MICROSECONDS
MINUTE_S = 60.0
TICK_S = 30.0
"""A turn at least so often, also when nothing arrives."""
N_PAIRS = 3


class PromiseBroken(AssertionError):
    """One of the promises of the bridge does not hold; the text says which and where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """How bad the day is; rates are per simulated hour unless said otherwise."""

    loss: float = 0.02
    """Share of messages that the network loses."""
    double: float = 0.02
    kills: float = 0.5
    partitions: float = 0.7
    clock_steps: float = 0.2
    floods: float = 0.2
    disk_losses: float = 0.05
    forgotten: float = 0.3
    poison: float = 0.02
    """Share of messages that are damaged."""
    rest: float = 0.0
    """Share of hours in which devices lie still and speak every three minutes instead of every one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayResult:
    """What happened in a day that kept its promises."""

    n_fixes: int
    n_entries: int
    n_alarms: int
    n_kills: int
    n_reads: int


def run_day(seed: int, hours: float = 24.0, faults: Faults | None = None, kind: type[SimulatedBridge] = SimulatedBridge) -> DayResult:
    """Live `hours` from one seed; raises PromiseBroken, and the same seed breaks the same promise again."""
    day = _Day(seed, faults or Faults(), kind)
    result = day.run(hours)
    day.bridge.end()
    return result


def lived_day(seed: int, hours: float, faults: Faults | None = None, kind: type[SimulatedBridge] = SimulatedBridge) -> SimulatedBridge:
    """The bridge after such a day, with everything that it wrote to its disk."""
    day = _Day(seed, faults or Faults(), kind)
    day.run(hours)
    return day.bridge


class _Day:
    def __init__(self, seed: int, faults: Faults, kind: type[SimulatedBridge] = SimulatedBridge) -> None:
        self.world = World(seed, START_US)
        self.faults = faults
        names = {"gw-wearers": "ANK-*", "gw-phones": "VIC-*"}
        enrolments = tuple(GatewayEnrolment(gateway=GatewayName(n), public_key="", devices=(p,)) for n, p in names.items())
        self.bridge = kind(self.world, enrolments, self._answer)
        self.gateways = {
            name: SimulatedGateway(
                self.world,
                name,
                [pattern.replace("*", f"{i + 1:04d}") for i in range(N_PAIRS)],
                Network(self.world, loss=faults.loss, double=faults.double),
                self._receive,
            )
            for name, pattern in names.items()
        }
        self.n_reads = 0
        self._turn_due = False
        self._rests: list[bool] = []
        self._n_act = 0

    def run(self, hours: float) -> DayResult:
        self.bridge.order(ImportCases(by=UserId("shell"), cases=tuple(_case(i + 1) for i in range(N_PAIRS))))
        self.bridge.open_session("operator-1")
        self._turn()
        self._live()
        end_us = START_US + round(hours * 3600) * MICROSECONDS
        self.world.run_until(end_us)
        self._heal()
        self.world.run_until(end_us + 1800 * MICROSECONDS)
        self._check_nothing_is_lost()
        self._check_alarms()
        self._check_restart_is_the_same()
        return DayResult(
            n_fixes=len(self.bridge.stored),
            n_entries=len(self.bridge.log()),
            n_alarms=sum(isinstance(e, AlarmChange) and e.step is AlarmStep.RAISED for e in self.bridge.log()),
            n_kills=self.bridge.n_kills,
            n_reads=self.n_reads,
        )

    def _live(self) -> None:
        self.is_healing = False
        self.world.later(MINUTE_S * self.world.dice.random(), self._live_on)
        self._every(TICK_S, self._turn)
        self._every(300.0, self._work)
        f = self.faults
        for rate, act in (
            (f.kills, self._kill),
            (f.partitions, self._partition),
            (f.clock_steps, self._step_clock),
            (f.floods, self._flood),
            (f.disk_losses, self._lose_disk),
            (f.forgotten, self._forget_one),
            (1.0, self._report),
        ):
            self._now_and_then(rate, act)

    def _every(self, seconds: float, act) -> None:
        def again() -> None:
            act()
            self.world.later(seconds, again)

        self.world.later(seconds * self.world.dice.random(), again)

    def _now_and_then(self, rate_per_hour: float, act) -> None:
        if rate_per_hour <= 0.0:
            return

        def again() -> None:
            if not self.is_healing:
                act()
                self.world.later(self.world.dice.expovariate(rate_per_hour / 3600.0), again)

        self.world.later(self.world.dice.expovariate(rate_per_hour / 3600.0), again)

    def _receive(self, gateway: str, connection: bytes, frames: list[bytes]) -> None:
        self.bridge.receive(gateway, connection, frames)
        if not self._turn_due and self.bridge.is_up:
            self._turn_due = True
            self.world.later(0.02, self._turn)

    def _answer(self, gateway: str, connection: bytes, header: bytes) -> None:
        other = self.gateways[gateway]
        other.network.carry(lambda: other.hear(connection, header))

    def _turn(self, die: str = "") -> None:
        self._turn_due = False
        was_up = self.bridge.is_up
        outcome = self.bridge.turn(die=die)
        if was_up and not self.bridge.is_up and not die:
            self._restart_soon()
        if outcome is None:
            return
        for reply in outcome.replies:
            if reply.query is not None and reply.refusal is None:
                self.n_reads += 1
                if not any(isinstance(e, DataRead) for e in outcome.events):
                    raise PromiseBroken("a read was answered without its entry in the log")

    def _live_on(self) -> None:
        """Devices measure now and again, rarely while they lie still."""
        hour = (self.world.now_us - START_US) // HOUR_US
        while len(self._rests) <= hour:
            self._rests.append(self.world.dice.random() < self.faults.rest)
        self._measure()
        self.world.later((3 if self._rests[hour] else 1) * MINUTE_S, self._live_on)

    def _measure(self) -> None:
        for gateway in self.gateways.values():
            gateway.poison = 0.0 if self.is_healing else self.faults.poison
            late = not self.is_healing and self.world.dice.random() < 0.05
            gateway.measure(*((Lane.BACKFILL, self._ago(600.0)) if late else ()))

    def _ago(self, most_s: float) -> float:
        """A while ago, but not before the cases were registered: what was measured earlier is not kept."""
        return self.world.dice.uniform(0.0, min(most_s, (self.world.now_us - START_US) / 1e6 - 1.0))

    def _report(self) -> None:
        gateway = self.gateways["gw-wearers"]
        kind = self.world.dice.choice((DeviceEventKind.STRAP_CUT, DeviceEventKind.STRAP_RESTORED, DeviceEventKind.BATTERY))
        gateway.report(kind, self.world.dice.choice(gateway.devices), 8.0 if kind is DeviceEventKind.BATTERY else None)

    def _work(self) -> None:
        """The operator acknowledges something and looks at a track."""
        self._n_act += 2
        user, seat = UserId("operator-1"), "seat-operator-1"
        for row in list(self.bridge.room.alarms)[:1]:
            command = AcknowledgeAlarm(alarm=row.alarm, reason="looked")
            self.bridge.order(Act(act=self._n_act, user=user, seat=seat, command=command))
        now_us = self.bridge.clock_us
        query = ReadTrack(device=DeviceId("ANK-0001"), case=CaseId("C-0001"), from_us=now_us - 600 * MICROSECONDS, to_us=now_us)
        self.bridge.order(Ask(act=self._n_act + 1, user=user, seat=seat, query=query))

    def _kill(self) -> None:
        if not self.bridge.is_up:
            return
        self._turn(die=self.world.dice.choice(("before", "after")))
        self._restart_soon()

    def _restart_soon(self) -> None:
        self.world.later(self.world.dice.uniform(0.5, 30.0), self._restart)

    def _restart(self) -> None:
        if not self.bridge.is_up:
            self.bridge.restart()
            self.bridge.open_session("operator-1")
            for gateway in self.gateways.values():
                gateway.reconnect()

    def _partition(self) -> None:
        gateway = self.world.dice.choice(list(self.gateways.values()))
        gateway.network.is_cut = True
        self.bridge.cut(gateway.connection_id)

        def mend() -> None:
            gateway.network.is_cut = False
            gateway.reconnect()

        self.world.later(self.world.dice.expovariate(1 / 300.0), mend)

    def _step_clock(self) -> None:
        """The bridge's clock jumps ahead by up to a minute, or back; messages from a future beyond a minute are quarantined."""
        self.bridge.clock_offset_us = round(self.world.dice.uniform(-30.0, 30.0) * 1e6)

    def _flood(self) -> None:
        gateway = self.world.dice.choice(list(self.gateways.values()))
        for _ in range(50):
            gateway.measure(Lane.BACKFILL, self._ago(3600.0))

    def _lose_disk(self) -> None:
        gateway = self.world.dice.choice(list(self.gateways.values()))
        gateway.lose_disk()

    def _forget_one(self) -> None:
        """A gateway's disk loses one message that the bridge has not got yet."""
        gateway = self.world.dice.choice(list(self.gateways.values()))
        lane = self.world.dice.choice((Lane.POSITIONS, Lane.BACKFILL))
        body = gateway.queue.forget(lane, gateway.queue.first(lane))
        if body is not None:
            gateway.lost({body})

    def _heal(self) -> None:
        self.is_healing = True
        self._restart()
        self.bridge.clock_offset_us = 0
        for gateway in self.gateways.values():
            gateway.network.is_cut = False
            gateway.network._loss = 0.0
            gateway.reconnect()

    def _check_nothing_is_lost(self) -> None:
        stored = {(device, seq) for device, _, _, seq in self.bridge.stored}
        twice = [key for key, times in self.bridge.stored.items() if times > 1]
        if twice:
            raise PromiseBroken(f"stored twice: {twice[:3]}")
        for gateway in self.gateways.values():
            missing = gateway.owed() - stored
            if missing:
                raise PromiseBroken(f"{gateway.name}: never stored although settled: {sorted(missing)[:3]}")
        self._check_holes()

    def _check_holes(self) -> None:
        opened: dict[tuple[str, str, int], int] = {}
        for event in self.bridge.log():
            if isinstance(event, HoleOpened | HoleFilled | HoleLost):
                key = (event.gateway, event.lane, event.epoch)
                size = event.to_seq - event.from_seq + 1
                opened[key] = opened.get(key, 0) + (size if isinstance(event, HoleOpened) else -size)
        unexplained = {key: n for key, n in opened.items() if n != 0}
        if unexplained:
            raise PromiseBroken(f"holes without an end: {unexplained}")

    def _check_alarms(self) -> None:
        up: set[str] = set()
        ever: set[str] = set()
        for event in self.bridge.log():
            if not isinstance(event, AlarmChange):
                continue
            if event.step is AlarmStep.RAISED:
                if event.alarm in ever:
                    raise PromiseBroken(f"alarm {event.alarm} was raised twice")
                up.add(event.alarm)
                ever.add(event.alarm)
            elif event.alarm not in up:
                raise PromiseBroken(f"alarm {event.alarm} was {event.step} while it was not up")
            elif event.step is AlarmStep.CLEARED:
                up.remove(event.alarm)

    def _check_restart_is_the_same(self) -> None:
        live = self.bridge.room
        self.bridge.snapshot = None
        self.bridge.restart()
        mended = self.bridge.room
        for room in (live, mended):  # time that passes without news is not on disk: let both be at the same instant
            again(room, Taken(now_us=self.bridge.step_us + 1, first_n=live.next_n))
        for name in ("watch", "alarms", "incidents", "grants", "registry", "duty"):
            if encode(getattr(live, name)) != encode(getattr(mended, name)):
                raise PromiseBroken(f"after a restart from the log alone, `{name}` is not what it was")


def _case(n: int) -> Case:
    about = PersonId(f"V-{n:04d}")
    home = LatLon(lat_deg=37.55 + 0.004 * n, lon_deg=126.935 + 0.003 * n)
    return Case(
        case=CaseId(f"C-{n:04d}"),
        jurisdiction="KR",
        tier=Tier.HIGH,
        subject=Party(person=PersonId(f"S-{n:04d}"), device=DeviceId(f"ANK-{n:04d}")),
        protected=(Party(person=about, device=DeviceId(f"VIC-{n:04d}")),),
        order=Order(basis=OrderBasis.INTERIM_MEASURE_3_2, starts_us=0, ends_us=START_US * 2),
        zones=(Zone(zone=ZoneId("Z1"), kind=ZoneKind.EXCLUSION, shape=Circle(centre=home, radius_m=250.0), warning_m=100.0),),
        rings=(
            Ring(ring=RingId("R1"), about=about, distance_m=1000.0, effect=RingEffect.WARN),
            Ring(ring=RingId("R2"), about=about, distance_m=300.0, effect=RingEffect.ALARM),
        ),
    )
