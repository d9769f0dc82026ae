"""Hanging about where being is no breach yet: long stays within an hour, or coming back again and again on one day.

Stays are counted by when they were measured, so that a late batch shows what it would have shown in time.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.alarm_book import AlarmKey, Sighting
from backend_bridge.domain.watching.because import because
from backend_bridge.domain.watching.ledger import LATE_US, TICK_US, Ledger, Timer, TimerKind
from backend_bridge.domain.watching.target_book import Target

_HOUR_US: Final = 3600 * MICROSECONDS
_DAY_US: Final = 24 * _HOUR_US
STAY_US: Final = 20 * 60 * MICROSECONDS
"""Time spent there within the last hour that counts as hanging about."""
VISITS: Final = 4
"""Number of visits within a day that counts as hanging about, each at least `_VISIT_US` long and `_APART_US` after the one before."""
_VISIT_US: Final = 2 * 60 * MICROSECONDS
_APART_US: Final = 10 * 60 * MICROSECONDS
_LOOK_US: Final = 60 * MICROSECONDS
"""Least time between two looks at whether a stay has become long."""
_OVER_US: Final = 120 * 60 * MICROSECONDS
"""Not having been back for this long ends it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stays:
    """The stays of one wearer at one edge, by measured time: those that ended within a day, and the one that goes on."""

    ended: tuple[tuple[int, int], ...] = ()
    since_us: int | None = None

    def within(self, from_us: int, to_us: int) -> int:
        """How much of a span was spent there."""
        spans = self.ended if self.since_us is None else (*self.ended, (self.since_us, to_us))
        return sum(max(0, min(end, to_us) - max(start, from_us)) for start, end in spans)

    def visits(self, now_us: int) -> int:
        """How many visits of a day are behind or begun: long enough, and apart."""
        spans = self.ended if self.since_us is None else (*self.ended, (self.since_us, max(now_us, self.since_us + _VISIT_US)))
        count, last_us = 0, -(2**62)
        for start, end in sorted(spans):
            if end - start >= _VISIT_US and start - last_us >= _APART_US and now_us - _DAY_US < end and start <= now_us:
                count += 1
            last_us = max(last_us, end)
        return count

    def long_us(self, from_us: int, to_us: int) -> int | None:
        """The first look within a span at which enough of the hour before was spent there; None where there was none."""
        at_us = from_us
        while at_us <= to_us:
            missing_us = STAY_US - self.within(at_us - _HOUR_US, at_us)
            if missing_us <= 0:
                return at_us
            at_us += max(missing_us, _LOOK_US)
        return None


class LoiteringRules:
    """Raises `loitering` at warning bands and `warn` rings."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._stays: dict[int, Stays] = {}

    def stay(self, target: Target, at_us: int, known_us: int, begins: bool) -> None:  # noqa: FBT001  # a listener of the crossings
        """A stay begins or ends."""
        stays = self._stays.get(target.index, Stays())
        recent = tuple(span for span in stays.ended if span[1] > at_us - _DAY_US)
        since_us = stays.since_us
        if begins:
            self._stays[target.index] = Stays(ended=recent, since_us=at_us)
            self._look_from(target, at_us, known_us)
        elif since_us is not None:
            end_us = max(at_us, since_us)
            stays = self._stays[target.index] = Stays(ended=(*recent, (since_us, end_us)))
            self._ledger.at(Timer(end_us + _OVER_US, TimerKind.LOITERING_OVER, target=target.index))
            # It may have become long since the last look, or have been told together with its end.
            self._raise_if_long(target, (since_us, end_us), known_us)

    def past_stay(self, target: Target, span_us: tuple[int, int], known_us: int) -> None:
        """A stay that is over comes to light beside the one that goes on, which stays as it is and may be long, or one too many, by it."""
        stays = self._stays.get(target.index, Stays())
        ended = tuple(sorted((*stays.ended, span_us), key=lambda span: span[1]))
        self._stays[target.index] = Stays(ended=ended, since_us=stays.since_us)
        self._raise_if_long(target, span_us, known_us)
        if stays.since_us is not None:
            self._look_from(target, stays.since_us, known_us)

    def _look_from(self, target: Target, since_us: int, known_us: int) -> None:
        """See to it that the stay that goes on since then is told when it is long, and now where it is one of many."""
        stays = self._stays[target.index]
        due_us = since_us + max(STAY_US - stays.within(since_us - _HOUR_US, since_us), 0)
        self._ledger.at(Timer(_first_look_us(due_us, since_us, known_us), TimerKind.LOITERING, target=target.index))
        if stays.visits(since_us) >= VISITS:
            self._raise(target, since_us, (since_us, known_us), "visits")

    def _raise_if_long(self, target: Target, span_us: tuple[int, int], known_us: int) -> None:
        long_us = self._stays[target.index].long_us(*span_us)
        if long_us is not None:
            self._raise(target, long_us, (long_us, known_us), "stay")

    def due(self, timer: Timer, now_us: int) -> None:
        """The stay may have become long by now."""
        stays = self._stays.get(timer.target, Stays())
        if stays.since_us is None:
            return
        missing_us = STAY_US - stays.within(now_us - _HOUR_US, now_us)
        if missing_us > 0:
            self._ledger.at(Timer(now_us + max(missing_us, _LOOK_US), TimerKind.LOITERING, target=timer.target))
            return
        target = self._ledger.targets[timer.target]
        newest_us = int(self._ledger.engine.newest_us(np.array([self._ledger.index(target.signature.subject)], np.int32))[0])
        long_us = stays.long_us(stays.since_us, now_us)
        # The newest fix shows it: nobody knows whether a wearer who has been silent since is still there.
        happened_us = min(newest_us, now_us if long_us is None else long_us)
        self._raise(target, now_us, (happened_us, now_us), "stay")

    def _raise(self, target: Target, at_us: int, times_us: tuple[int, int], cause: str) -> None:
        """Raise it with the figures of `at_us`; `times_us` are when it happened and when it was known."""
        stays = self._stays[target.index]
        figures = because(
            cause=cause,
            stayed_min=stays.within(at_us - _HOUR_US, at_us) / (60 * MICROSECONDS),
            stayed_today_min=stays.within(at_us - _DAY_US, at_us) / (60 * MICROSECONDS),
            visits=stays.visits(at_us),
        )
        happened_us, known_us = times_us
        sighting = Sighting(device=target.signature.subject, happened_us=happened_us, known_us=known_us, because=figures)
        self._ledger.raised(_key(target), AlarmLevel.AMBER, sighting)

    def over(self, timer: Timer, now_us: int) -> None:
        """The wearer has stayed away for long enough, if there was no stay since."""
        stays = self._stays.get(timer.target, Stays())
        target = self._ledger.targets[timer.target]
        if stays.since_us is None and stays.ended and stays.ended[-1][1] + _OVER_US == timer.at_us:
            device = target.signature.subject
            sighting = Sighting(device=device, happened_us=now_us, known_us=now_us, because=because(cause="stayed-away"))
            self._ledger.cleared(_key(target), sighting)

    def parts(self) -> dict[int, Stays]:
        """Everything that the rules hold."""
        return dict(self._stays)

    def restore(self, parts: dict[int, Stays]) -> None:
        """Hold what the rules that gave these parts held."""
        self._stays = dict(parts)


def _first_look_us(due_us: int, at_us: int, known_us: int) -> int:
    """When to look first at a stay that began at `at_us` and may be long from `due_us` on.

    The watch takes fixes up to a minute at a time, and stops after late ones. What falls due sooner after another fix has its look at a
    full minute, so that nothing hangs on how the fixes are cut.
    """
    if due_us >= known_us + TICK_US or known_us - at_us > LATE_US:
        return max(due_us, known_us)
    return (max(due_us, known_us) // TICK_US + 1) * TICK_US


def _key(target: Target) -> AlarmKey:
    key = target.key
    return AlarmKey(kind=AlarmKind.LOITERING, case=key.case, subject=key.subject, zone=key.zone, ring=key.ring, about=key.about)
