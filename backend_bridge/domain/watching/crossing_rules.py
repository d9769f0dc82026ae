"""From the engine's crossings to alarms about zones and rings."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.alarm import AlarmLevel, Figure
from backend_bridge.domain.breach.breach_engine import Level, Step, TargetKind
from backend_bridge.domain.case import Ring
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.watching.alarm_book import AlarmKey, Sighting
from backend_bridge.domain.watching.because import LONGEST_CONTACT_S, because, probability
from backend_bridge.domain.watching.co_travel import co_travel
from backend_bridge.domain.watching.ledger import Ledger, Timer, TimerKind
from backend_bridge.domain.watching.target_book import Target

_SIGMAS_95: Final = 1.96
_MOTIONS: Final = ("still", "walk", "drive")


class CrossingRules:
    """Raises, upgrades and clears alarms as targets are crossed, and ends them when their windows close."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.on_stay: list[Callable[[Target, int, int, bool], None]] = []
        """Told of every begin (true) and end (false) of a stay where being is no breach: target, when it was, known_us, which."""
        self.on_past_stay: list[Callable[[Target, tuple[int, int], int], None]] = []
        """Told of every such stay that comes to light beside one that goes on: target, from when until when, known_us."""

    def take(self, crossing: np.void, device: DeviceId) -> None:
        """Turn one crossing, shown by a fix of `device`, into what it means for the alarms."""
        target = self._ledger.targets[int(crossing["target"])]
        sighting = _sighting(crossing, target, device)
        if crossing["step"] >= Step.RAISED_BESIDE:
            self._take_beside(crossing, target, sighting)
            return
        if crossing["step"] == Step.CLEARED:
            if self._ledger.cleared(target.key, sighting):
                self._tell_stay(target, sighting.happened_us, sighting.known_us, begins=False)
            return
        level = _level(crossing, target)
        if level is None:
            return
        if self._ledger.raised(target.key, level, sighting):
            self._watch_window(target, sighting)
            self._tell_stay(target, sighting.happened_us, sighting.known_us, begins=True)

    def _take_beside(self, crossing: np.void, target: Target, sighting: Sighting) -> None:
        """Name an alarm about the past that is over already; the one that stands stays as it is."""
        if crossing["step"] != Step.CLEARED_BESIDE:
            level = _level(crossing, target)
            if level is not None:
                self._ledger.raised_beside(target.key, level, sighting)
            return
        told = self._ledger.alarms.beside(target.key)
        if self._ledger.cleared_beside(target.key, sighting) and told is not None and _is_no_breach(target):
            for listener in self.on_past_stay:
                listener(target, (told.raised_us, max(told.raised_us, sighting.happened_us)), sighting.known_us)

    def _watch_window(self, target: Target, sighting: Sighting) -> None:
        interval = target.interval(sighting.happened_us)
        if interval is not None:
            self._ledger.at(Timer(interval[1], TimerKind.WINDOW_CLOSES, target=target.index))

    def window_closes(self, timer: Timer, now_us: int) -> None:
        """End the alarm of a zone or ring that is no longer in force."""
        target = self._ledger.targets[timer.target]
        interval = target.interval(timer.at_us)
        if interval is not None:
            # It goes on: days in force one after another, or a new version of its case.
            if self._ledger.alarms.get(target.key) is not None:
                self._ledger.at(Timer(interval[1], TimerKind.WINDOW_CLOSES, target=target.index))
            return
        self._ledger.engine.clear(target.index, timer.at_us)
        self.end(target.key, "not-in-force", timer.at_us, now_us)
        self._tell_stay(target, timer.at_us, now_us, begins=False)

    def end(self, key: AlarmKey, cause: str, at_us: int, now_us: int) -> None:
        """Clear an alarm for a reason that no fix shows."""
        standing = self._ledger.alarms.get(key)
        if standing is not None:
            happened_us = max(at_us, standing.raised_us)
            sighting = Sighting(device=standing.device, happened_us=happened_us, known_us=now_us, because=because(cause=cause))
            self._ledger.cleared(key, sighting)

    def _tell_stay(self, target: Target, at_us: int, known_us: int, *, begins: bool) -> None:
        if _is_no_breach(target):
            for listener in self.on_stay:
                listener(target, at_us, known_us, begins)


def _is_no_breach(target: Target) -> bool:
    """Whether being there is a stay that is counted."""
    return target.amber_only and target.signature.kind is not TargetKind.APPROACH


def _level(crossing: np.void, target: Target) -> AlarmLevel | None:
    """The level of the alarm that a crossing means, None for none.

    Who is at home for the night seems to be outside now and then; a curfew is broken when that is sure.
    """
    if crossing["level"] == Level.RED and not target.amber_only:
        return AlarmLevel.RED
    return None if target.signature.kind is TargetKind.INCLUSION else AlarmLevel.AMBER


def _sighting(crossing: np.void, target: Target, device: DeviceId) -> Sighting:
    return Sighting(
        device=device,
        happened_us=int(crossing["happened_us"]),
        known_us=int(crossing["known_us"]),
        probability=None if _is_of_way(crossing) else probability(float(crossing["probability"])),
        because=_way(crossing) | _figures(crossing, target),
    )


def _is_of_way(crossing: np.void) -> bool:
    """Whether the way between two fixes raised it, and no fix inside."""
    return not np.isnan(crossing["way_us"])


def _way(crossing: np.void) -> dict[str, Figure]:
    """When the way between two fixes most likely lay in the zone, and between which; nothing where a fix shows it.

    How likely is said here alone: the alarm's own probability would be that of being inside at the newer fix, which raised nothing.
    """
    if not _is_of_way(crossing):
        return {}
    return because(
        cause="way-between-fixes",
        way_us=int(crossing["way_us"]),
        way_probability=probability(float(crossing["way_probability"])),
        way_distance_m=float(crossing["way_distance_m"]),
        way_distance_error_m=_SIGMAS_95 * float(crossing["way_sigma_m"]),
        way_from_us=int(crossing["way_from_us"]),
        way_until_us=int(crossing["happened_us"]),
    )


def _figures(crossing: np.void, target: Target) -> dict[str, Figure]:
    """What the decision rests on: the distance with its error, the movement, the prediction, the model's own weight."""
    weights: NDArray[np.float64] = crossing["weights"]
    motions = [float(weights[i] + weights[i + 3]) for i in range(3)]
    common = because(
        distance_m=float(crossing["distance_m"]),
        distance_error_m=_SIGMAS_95 * float(crossing["sigma_m"]),
        speed_mps=float(crossing["speed_mps"]),
        motion=_MOTIONS[motions.index(max(motions))],
        motion_weight=max(motions),
        displaced_weight=float(weights[3] + weights[4] + weights[5]),
        n_fixes=int(crossing["n_fixes"]),
    )
    place = target.signature.place
    if not isinstance(place, Ring):
        return common
    contact_s = float(crossing["contact_s"])
    pair = because(
        ring_m=place.distance_m,
        closing_mps=float(crossing["closing_mps"]),
        closing_share_subject=float(crossing["share"]),
        contact_s=contact_s if contact_s <= LONGEST_CONTACT_S else None,
        miss_m=float(crossing["miss_m"]),
    )
    return common | pair | _sides(crossing)


def _sides(crossing: np.void) -> dict[str, Figure]:
    """What each of the two brings to it: error, speed, age of the newest fix, fixes; and where they move as in one vehicle, that."""
    his_mps, hers_mps = float(crossing["speed_subject_mps"]), float(crossing["speed_protected_mps"])
    if np.isnan(hers_mps):
        return {}
    slower_mps = np.array([min(his_mps, hers_mps)])
    return because(
        error_subject_m=_SIGMAS_95 * float(crossing["sigma_subject_m"]),
        error_protected_m=_SIGMAS_95 * float(crossing["sigma_protected_m"]),
        speed_subject_mps=his_mps,
        speed_protected_mps=hers_mps,
        age_subject_s=float(crossing["age_subject_s"]),
        age_protected_s=float(crossing["age_protected_s"]),
        n_fixes_subject=int(crossing["n_subject"]),
        n_fixes_protected=int(crossing["n_protected"]),
        co_travel=bool(co_travel(crossing["distance_m"], slower_mps, crossing["relative_mps"])[0]) or None,
    )
