"""When a wearer's signal is lost: the moment from which a breach cannot be excluded any more.

From the last good position the region where the wearer could be grows: its 95 % radius, and the largest plausible speed times the
time. When it first touches a zone or ring in force, `not-excluded` is raised at that very moment. It ends when the wearer is seen
again, or when the zone or ring is no longer in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.breach.breach_engine import TargetKind
from backend_bridge.domain.breach.ground import distance_m
from backend_bridge.domain.breach.spot_view import Spot
from backend_bridge.domain.case import Ring, RingEffect
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.alarm_book import AlarmKey, Sighting
from backend_bridge.domain.watching.because import because, seconds
from backend_bridge.domain.watching.ledger import Ledger, Timer, TimerKind
from backend_bridge.domain.watching.target_book import Target

WALK_MPS: Final = 2.0
CITY_MPS: Final = 14.0
MOTORWAY_MPS: Final = 36.0
WALKS_S: Final = 1200.0
"""How long somebody who was last seen on foot or at rest is held to go on foot: then a vehicle is plausible."""
WALKS_NEAR_S: Final = 180.0
"""The same of somebody last seen near what must not be touched."""
_NEAR_M: Final = 3000.0
_DRIVES_ABOVE_MPS: Final = 3.0
_NEAR_US: Final = 600 * MICROSECONDS
"""What can be touched so soon after the last fix is told each for itself; of what is farther, a case is told the first."""
_SOON_US: Final = 1800 * MICROSECONDS
_LOOK_US: Final = 60 * MICROSECONDS
"""So long at least between two looks at whether she has come nearer, where none of her fixes is waited for."""
_HORIZON_S: Final = 6 * 3600.0
"""A way that takes longer is not followed."""
_NOTHING: Final[Mapping[int, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gait:
    """The largest plausible speed: at first, and from `walks_s` seconds on."""

    first_mps: float
    later_mps: float
    walks_s: float

    def reach_m(self, elapsed_s: float) -> float:
        """How far away somebody can be after so long."""
        first_s = min(max(elapsed_s, 0.0), self.walks_s)
        return first_s * self.first_mps + max(elapsed_s - self.walks_s, 0.0) * self.later_mps

    def time_s(self, way_m: float) -> float:
        """The shortest time for a way; 0 where there is none to go."""
        if way_m <= 0.0:
            return 0.0
        if way_m <= self.walks_s * self.first_mps:
            return way_m / self.first_mps
        return self.walks_s + (way_m - self.walks_s * self.first_mps) / self.later_mps

    def meeting_s(self, way_m: float, from_s: float, other_mps: float) -> float:
        """The earliest time, from `from_s` on, at which a way is gone by both, where from then on the other end comes nearer so fast."""
        left_m = way_m - self.reach_m(from_s)
        if left_m <= 0.0:
            return from_s
        first_s = max(self.walks_s - from_s, 0.0)
        if left_m <= first_s * (self.first_mps + other_mps):
            return from_s + left_m / (self.first_mps + other_mps)
        left_m -= first_s * (self.first_mps + other_mps)
        return from_s + first_s + left_m / (self.later_mps + other_mps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """When the reachable region first touches a target, and what that rests on."""

    due_us: int
    measured_us: int
    distance_m: float
    radius95_m: float
    speed_mps: float
    her_radius95_m: float | None = None
    """Of rings: the error of where she was taken to be."""
    looked_us: int = 0
    """When this was found."""
    look_us: int | None = None
    """When to find it anew, before it is due: what she has done since may have changed it."""


def gait(spot: Spot, *, suspicious: bool, near: bool) -> Gait:
    """What somebody can do who was last seen moving so; `suspicious` where the loss may be no accident, `near` to a target."""
    driving = spot.weights[2] + spot.weights[5] > 0.5
    if spot.speed_mps > CITY_MPS:
        return Gait(first_mps=MOTORWAY_MPS, later_mps=MOTORWAY_MPS, walks_s=0.0)
    if driving or suspicious or spot.speed_mps > _DRIVES_ABOVE_MPS:
        return Gait(first_mps=CITY_MPS, later_mps=CITY_MPS, walks_s=0.0)
    return Gait(first_mps=WALK_MPS, later_mps=CITY_MPS, walks_s=WALKS_NEAR_S if near else WALKS_S)


class ReachRules:
    """Raises `not-excluded`, and clears it when the wearer is seen again."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._touches: dict[int, dict[int, Touch]] = {}
        """Of every lost wearer: what could be touched, and when."""
        self._mates: dict[int, set[int]] = {}
        """Of protected persons' devices: the lost wearers whose touch depends on where she is."""
        self._gaits: dict[int, Gait] = {}
        """How each lost wearer is held to move."""
        ledger.waiting.append(self.waits)

    def reach_m(self, device: int, elapsed_s: float) -> float | None:
        """How far a lost wearer can have come since the last fix; None of one who is not lost."""
        way = self._gaits.get(device)
        return None if way is None else way.reach_m(elapsed_s)

    def waits(self, device: int) -> bool:
        """Whether the device's next fix matters here."""
        return device in self._touches or bool(self._mates.get(device))

    def is_lost(self, device: int, at_us: int) -> None:
        """The moment has come from which the wearer is lost: find what could be touched when."""
        name = self._ledger.names[device]
        if any(role.about is None for role in self._ledger.cases.roles_at(name, at_us)):
            self._touches[device] = {}
            self._look(device, at_us)
            self._await(device, at_us)
            self._ledger.wait_for(device)

    def _look(self, device: int, at_us: int) -> None:
        """Compute every touch of a lost wearer anew."""
        spot = self._ledger.engine.spot_at(device)
        if spot is None:
            return
        gaps: dict[int, tuple[float, float | None]] = {}
        for target in self._ledger.targets.of_device(self._ledger.names[device]):
            gap = self._gap_m(device, target, spot, at_us) if _could_be_breached(target) else None
            if gap is not None:
                gaps[target.index] = gap
        health = self._ledger.health_of(device)
        suspicious = health.jammed_us is not None or health.strap_cut_us is not None
        way = gait(spot, suspicious=suspicious, near=min((gap_m for gap_m, _ in gaps.values()), default=_NEAR_M) < _NEAR_M)
        touches = {}
        for number, gap in gaps.items():
            touch = _touch(self._ledger.targets[number], gap, spot, way, at_us)
            if touch is not None:
                touches[number] = touch
                self._follow_her(device, self._ledger.targets[number], touch, at_us)
        self._touches[device] = touches
        self._gaits[device] = way

    def _look_again(self, device: int, at_us: int) -> None:
        """Compute every touch anew where the wearer was not seen since, but she may have moved."""
        awaited = {number: _next_us(touch) for number, touch in self._touches[device].items() if not self._stands(number)}
        self._look(device, at_us)
        self._await(device, at_us, awaited)

    def _await(self, device: int, at_us: int, awaited: Mapping[int, int] = _NOTHING) -> None:
        """Wait for the moments at which a lost wearer touches something, but for those that are awaited already.

        What is touched already is only waited for if it is news.
        """
        for number, touch in self._touches[device].items():
            next_us = _next_us(touch)
            comes = touch.due_us > at_us and not self._stands(number) and awaited.get(number) != next_us
            if comes or (touch.due_us <= at_us and self._is_news(self._ledger.targets[number], touch, at_us)):
                self._ledger.at(Timer(next_us, TimerKind.REACH, device=device, target=number))

    def _stands(self, number: int) -> bool:
        return self._ledger.alarms.get(_key(self._ledger.targets[number])) is not None

    def _is_news(self, target: Target, touch: Touch, at_us: int) -> bool:
        """Whether an alarm would say something that none says yet."""
        alarms = self._ledger.alarms
        told = alarms.get(target.key) is not None or alarms.get(_key(target)) is not None
        return not told and not self._told_before(target, touch, at_us)

    def _follow_her(self, device: int, target: Target, touch: Touch, at_us: int) -> None:
        """Look again with her next fix where a touch to come soon depends on where she is."""
        her = target.signature.protected
        if her is not None and touch.due_us - at_us <= _SOON_US and self._ledger.alarms.get(_key(target)) is None:
            mate = self._ledger.index(her)
            self._mates.setdefault(mate, set()).add(device)
            self._ledger.wait_for(mate)

    def _gap_m(self, device: int, target: Target, spot: Spot, at_us: int) -> tuple[float, float | None] | None:
        """Metres from the last good position to a zone's edge, or to the ring about her as far as she may have come, and her error."""
        place = target.signature.place
        if not isinstance(place, Ring):
            return self._ledger.engine.distance_to(target.index, device, spot.measured_us)[0], None
        if target.signature.protected is None:
            return None
        hers = self._ledger.engine.spot_at(self._ledger.index(target.signature.protected), at_us)
        if hers is None:
            return None
        apart_m = distance_m(spot.lat_deg, spot.lon_deg, hers.lat_deg, hers.lon_deg)
        return apart_m - place.distance_m - hers.radius95_m, hers.radius95_m

    def touched(self, timer: Timer, now_us: int) -> None:
        """A moment has come at which the reachable region may touch a target: raise, if it does; or the end of a window: clear."""
        if timer.device not in self._touches:
            return
        touch = self._touches[timer.device].get(timer.target)
        target = self._ledger.targets[timer.target]
        if self._ledger.alarms.get(_key(target)) is not None:
            self._window_may_close(timer.device, target, now_us)
        elif touch is not None and timer.at_us in (touch.due_us, touch.look_us):
            if target.signature.protected is not None and touch.looked_us < now_us:
                self._look_again(timer.device, now_us)
            elif target.interval(timer.at_us) is not None and self._is_news(target, touch, now_us):
                self._raise(timer.device, target, touch, now_us)

    def _raise(self, device: int, target: Target, touch: Touch, now_us: int) -> None:
        way, lost_s = self._gaits[device], seconds(touch.measured_us, now_us)
        figures = because(
            cause="signal-lost",
            lost_s=lost_s,
            distance_m=touch.distance_m,
            distance_error_m=touch.radius95_m,
            error_protected_m=touch.her_radius95_m,
            speed_mps=touch.speed_mps,
            last_measured_us=touch.measured_us,
            reach_m=way.reach_m(lost_s),
            largest_mps=way.later_mps,
            on_foot_mps=way.first_mps if way.walks_s else None,
            on_foot_s=way.walks_s or None,
        )
        sighting = Sighting(device=self._ledger.names[device], happened_us=now_us, known_us=now_us, because=figures)
        self._ledger.raised(_key(target), AlarmLevel.AMBER, sighting)
        self._await_close(device, target, now_us)

    def _await_close(self, device: int, target: Target, now_us: int) -> None:
        interval = target.interval(now_us)
        if interval is not None:
            self._ledger.at(Timer(interval[1], TimerKind.REACH, device=device, target=target.index))

    def _window_may_close(self, device: int, target: Target, now_us: int) -> None:
        """End an alarm whose zone or ring is no longer in force, and look at what else is touched by now, or will be."""
        if target.interval(now_us) is not None:
            self._await_close(device, target, now_us)
            return
        figures = because(cause="not-in-force")
        sighting = Sighting(device=self._ledger.names[device], happened_us=now_us, known_us=now_us, because=figures)
        self._ledger.cleared(_key(target), sighting)
        self._look(device, now_us)
        self._await(device, now_us)

    def _told_before(self, target: Target, touch: Touch, now_us: int) -> bool:
        """Whether a far target would only say again that this wearer could be anywhere by now."""
        if now_us - touch.measured_us <= _NEAR_US:
            return False
        standing = self._ledger.alarms.of_device(target.signature.subject)
        return any(alarm.key.kind is AlarmKind.NOT_EXCLUDED and alarm.key.case == target.key.case for alarm in standing)

    def seen(self, device: int, received_us: int) -> None:
        """A newer fix of a wearer who was lost, or of a protected person about whom a lost one could be."""
        for wearer in sorted(self._mates.pop(device, ())):
            if wearer in self._touches and wearer != device:
                self._look_again(wearer, received_us)
        if device in self._touches:
            self._seen_wearer(device, received_us)
        self._ledger.wait_for(device)

    def _seen_wearer(self, device: int, received_us: int) -> None:
        placed_us = self._ledger.clock.placed_us(device)
        if placed_us is None:
            return
        if received_us - placed_us <= self._ledger.clock.lost_span_us(device):
            del self._touches[device]
            self._gaits.pop(device, None)
            for wearers in self._mates.values():
                wearers.discard(device)
            still: set[AlarmKey] = set()
        else:
            self._look(device, received_us)
            open_now = [index for index, touch in self._touches[device].items() if touch.due_us <= received_us]
            still = {_key(self._ledger.targets[index]) for index in open_now}
        self._clear(self._ledger.names[device], still, placed_us, received_us)
        if device in self._touches:
            self._await(device, received_us)

    def _clear(self, name: DeviceId, still: set[AlarmKey], placed_us: int, received_us: int) -> None:
        for standing in self._ledger.alarms.of_device(name):
            if standing.key.kind is AlarmKind.NOT_EXCLUDED and standing.key not in still:
                sighting = Sighting(device=name, happened_us=placed_us, known_us=received_us, because=because(cause="seen"))
                self._ledger.cleared(standing.key, sighting)

    def parts(self) -> dict[str, Any]:
        """Everything that the rules hold."""
        return {
            "touches": {device: dict(found) for device, found in self._touches.items()},
            "mates": {mate: tuple(sorted(wearers)) for mate, wearers in self._mates.items()},
            "gaits": dict(self._gaits),
        }

    def restore(self, parts: Mapping[str, Any]) -> None:
        """Hold what the rules that gave these parts held."""
        self._touches = {device: dict(found) for device, found in parts["touches"].items()}
        self._mates = {mate: set(wearers) for mate, wearers in parts["mates"].items()}
        self._gaits = dict(parts["gaits"])


def _touch(target: Target, gap: tuple[float, float | None], spot: Spot, way: Gait, at_us: int) -> Touch | None:
    """When reach touches a target while it is in force; None where the way takes more than hours, or it never is in force again."""
    way_m = gap[0] - spot.radius95_m
    time_s = way.time_s(way_m)
    if not time_s <= _HORIZON_S:
        return None
    due_us = target.next_in_force(max(_after_us(spot, time_s), at_us))
    if due_us is None:
        return None
    look_us = None
    if target.signature.protected is not None:
        meeting_s = way.meeting_s(way_m, seconds(spot.measured_us, at_us), MOTORWAY_MPS)
        look_us = target.next_in_force(max(_after_us(spot, meeting_s), at_us + _LOOK_US))
    return Touch(
        due_us=due_us,
        measured_us=spot.measured_us,
        distance_m=gap[0],
        radius95_m=spot.radius95_m,
        speed_mps=spot.speed_mps,
        her_radius95_m=gap[1],
        looked_us=at_us,
        look_us=look_us if look_us is not None and look_us < due_us else None,
    )


def _next_us(touch: Touch) -> int:
    """When to look at a touch next."""
    return touch.due_us if touch.look_us is None else touch.look_us


def _after_us(spot: Spot, time_s: float) -> int:
    return spot.measured_us + int(time_s * MICROSECONDS) + 1


def _could_be_breached(target: Target) -> bool:
    place = target.signature.place
    if isinstance(place, Ring):
        return target.signature.kind is TargetKind.RING and place.effect is RingEffect.ALARM
    return target.signature.kind is TargetKind.EXCLUSION


def _key(target: Target) -> AlarmKey:
    key = target.key
    return AlarmKey(kind=AlarmKind.NOT_EXCLUDED, case=key.case, subject=key.subject, zone=key.zone, ring=key.ring, about=key.about)
