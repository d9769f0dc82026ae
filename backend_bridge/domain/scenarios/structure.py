"""What a re-enactment keeps of a real incident: its structure in a few coarse words, and nothing that a place, a time or a person has.

Everything is one of few bands. Whatever is finer (the way, the speeds from minute to minute, hours, homes) is drawn anew, from ranges
that are the same for every incident of these bands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.scenarios.scenario import Do, Way

GRID_S: Final = 30.0
_FOOT_MPS: Final = 2.2
_BICYCLE_MPS: Final = 6.0
_FAST_SHARE: Final = 80.0
_LOOKS_BACK_S: Final = 5400.0
_NEAR_M: Final = 150.0
_LEFT_M: Final = 300.0
_SILENT_S: Final = 300.0
_MOVED_M: Final = 400.0
_ACT_STEP_S: Final = 15.0
_LONGEST_ACT_S: Final = 300.0
SILENT: Final = "silent"
_FAULTS: Final = frozenset(
    {DeviceEventKind.STRAP_CUT, DeviceEventKind.CASE_OPENED, DeviceEventKind.JAMMING, DeviceEventKind.SOS, DeviceEventKind.SEPARATED}
)


class Reach(StrEnum):
    """How near the wearer came."""

    CONTACT = "contact"
    NEAR = "near"
    RING = "ring"


REACH_M: Final = ((Reach.CONTACT, 0.0, 100.0), (Reach.NEAR, 100.0, 400.0), (Reach.RING, 400.0, 1000.0))
"""Each reach with its range of metres."""


class From(StrEnum):
    """How far away the approach began."""

    NEARBY = "nearby"
    FAR = "far"


FROM_M: Final = ((From.NEARBY, 900.0, 1400.0), (From.FAR, 1400.0, 2600.0))
"""Each with the range of metres that a re-enactment begins at."""


class Phase(StrEnum):
    """When something happened, by the course of the incident."""

    BEFORE = "before"
    APPROACH = "approach"
    THERE = "there"
    AFTER = "after"


class Side(StrEnum):
    """From which side he came, by the way that the protected person was going."""

    AHEAD = "ahead"
    BEHIND = "behind"
    ANY = "any"
    """She stayed where she was: no side is before or behind her."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A device failed, or reported something."""

    of_wearer: bool
    what: str
    """A `DeviceEventKind`, or `SILENT`."""
    phase: Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What staff did, so many seconds after the first red alarm (in steps of 15, at most 300)."""

    do: Do
    task: str | None
    outcome: str | None
    after_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """An incident without anybody in it."""

    way: Way
    reach: Reach
    began: From
    side: Side
    lingers: bool
    """Whether he stayed there for more than five minutes."""
    leaves: bool
    failures: tuple[Failure, ...] = ()
    done: tuple[Done, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pursuit:
    """A real incident's two tracks on one grid of `GRID_S`: metres east and north (n, 2), and which points were measured."""

    wearer_m: NDArray[np.float64]
    protected_m: NDArray[np.float64]
    wearer_heard: NDArray[np.bool_]
    starts_us: int


def structure_of(pursuit: Pursuit, events: Sequence[tuple[bool, DeviceEvent]], done: Sequence[Done]) -> Structure:
    """The structure of an incident; `events` with whether they are of the wearer's device."""
    apart = np.hypot(*(pursuit.wearer_m - pursuit.protected_m).T)
    there = int(np.argmin(apart))
    first = max(0, there - int(_LOOKS_BACK_S / GRID_S))
    began = first + int(np.argmax(apart[first : there + 1]))
    near = apart <= apart[there] + _NEAR_M
    last = there + int(np.argmin(np.append(near[there:], False))) - 1
    arrived = there - int(np.argmin(np.append(near[: there + 1][::-1], False))) + 1
    phases = (began, arrived, last)
    return Structure(
        way=_way(pursuit.wearer_m[began : there + 1]),
        reach=next((reach for reach, _, to in REACH_M if apart[there] < to), Reach.RING),
        began=From.NEARBY if apart[began] < FROM_M[0][2] else From.FAR,
        side=_side(pursuit, began, arrived),
        lingers=(last - arrived) * GRID_S > _SILENT_S,
        leaves=bool(apart[-1] > apart[there] + _LEFT_M),
        failures=_failures(pursuit, events, phases),
        done=tuple(_coarse(each) for each in done),
    )


def _way(track_m: NDArray[np.float64]) -> Way:
    if len(track_m) < 2:
        return Way.FOOT
    speed = float(np.percentile(np.hypot(*np.diff(track_m, axis=0).T) / GRID_S, _FAST_SHARE))
    return Way.FOOT if speed <= _FOOT_MPS else Way.BICYCLE if speed <= _BICYCLE_MPS else Way.CAR


def _side(pursuit: Pursuit, began: int, arrived: int) -> Side:
    going = pursuit.protected_m[max(arrived, began)] - pursuit.protected_m[began]
    if float(np.hypot(*going)) < _MOVED_M:
        return Side.ANY
    towards_him = pursuit.wearer_m[began] - pursuit.protected_m[began]
    return Side.AHEAD if float(going @ towards_him) > 0.0 else Side.BEHIND


def _phase(at: int, phases: tuple[int, int, int]) -> Phase:
    began, arrived, last = phases
    if at < began:
        return Phase.BEFORE
    return Phase.APPROACH if at < arrived else Phase.THERE if at <= last else Phase.AFTER


def _failures(pursuit: Pursuit, events: Sequence[tuple[bool, DeviceEvent]], phases: tuple[int, int, int]) -> tuple[Failure, ...]:
    found = {
        Failure(of_wearer=of_wearer, what=event.kind, phase=_phase(int((event.measured_us - pursuit.starts_us) / (GRID_S * 1e6)), phases))
        for of_wearer, event in events
        if event.kind in _FAULTS
    }
    silent = 0
    for at, heard in enumerate(pursuit.wearer_heard.tolist()):
        silent = 0 if heard else silent + 1
        if silent * GRID_S == _SILENT_S:
            found.add(Failure(of_wearer=True, what=SILENT, phase=_phase(at, phases)))
    return tuple(sorted(found, key=lambda each: (each.phase, each.what, each.of_wearer)))


def _coarse(done: Done) -> Done:
    after_s = min(_LONGEST_ACT_S, max(_ACT_STEP_S, round(done.after_s / _ACT_STEP_S) * _ACT_STEP_S))
    return Done(do=done.do, task=done.task, outcome=done.outcome, after_s=after_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staging:
    """What is drawn anew for a re-enactment: from ranges that depend on the bands alone."""

    reach_m: float
    from_m: float
    bearing_deg: float
    speed_mps: float
    waits_s: float
    lingers_s: float
    walks_m: float
    """How far the protected person walks meanwhile; 0 where she stays."""


SHARED_BY: Final = 10
"""Least number of incidents that must share what a re-enactment keeps of its movements; otherwise words are left out, one after another."""
WORDS: Final = ("way", "lingers", "reach", "leaves", "began", "side", "silences")
"""The words about movements, the one that is kept longest first."""
_ALL_WORDS: Final = {
    "way": (Way.FOOT, Way.BICYCLE, Way.CAR),
    "lingers": (False, True),
    "reach": tuple(Reach),
    "leaves": (False, True),
    "began": tuple(From),
    "side": tuple(Side),
    "silences": (frozenset[Phase](),),
}


def words_kept(structure: Structure, pool: Sequence[Structure], shared_by: int = SHARED_BY) -> int:
    """How many words of `WORDS` may be kept of a structure so that so many of the pool, itself counted, have the same; 0 for none."""
    for kept in range(len(WORDS), 0, -1):
        own = _words(structure)[:kept]
        if sum(_words(each)[:kept] == own for each in pool) >= shared_by:
            return kept
    return 0


def kept_words(structure: Structure, pool: Sequence[Structure], shared_by: int = SHARED_BY) -> tuple[object, ...]:
    """What a re-enactment keeps of the movements: the same for so many incidents of the pool."""
    return _words(structure)[: words_kept(structure, pool, shared_by)]


def blurred(structure: Structure, pool: Sequence[Structure], rng: np.random.Generator, shared_by: int = SHARED_BY) -> Structure:
    """The structure with the words that too few share drawn anew, each from those of the pool, or from all words where there is none.

    What devices reported and what staff did stays: neither can be seen in anybody's track.
    """
    kept = words_kept(structure, pool, shared_by)
    words = list(_words(structure)[:kept])
    for place, name in enumerate(WORDS[kept:], start=kept):
        choices = [_words(each)[place] for each in pool] if len(pool) >= shared_by else list(_ALL_WORDS[name])
        words.append(choices[int(rng.integers(0, len(choices)))])
    way, lingers, reach, leaves, began, side, silences = words
    told = tuple(failure for failure in structure.failures if failure.what != SILENT)
    silent = tuple(Failure(of_wearer=True, what=SILENT, phase=phase) for phase in sorted(silences))
    return replace(structure, way=way, lingers=lingers, reach=reach, leaves=leaves, began=began, side=side, failures=(*told, *silent))


def _words(structure: Structure) -> tuple[Any, ...]:
    silences = frozenset(failure.phase for failure in structure.failures if failure.what == SILENT)
    return (*(getattr(structure, name) for name in WORDS[:-1]), silences)


_SPEEDS: Final = {Way.FOOT: (1.1, 1.7), Way.BICYCLE: (3.2, 5.0), Way.CAR: (7.0, 13.0), Way.TRAIN: (11.0, 15.0)}


def staged(structure: Structure, rng: np.random.Generator) -> Staging:
    """Draw what a re-enactment of this structure looks like."""
    _, reach_from, reach_to = next(row for row in REACH_M if row[0] is structure.reach)
    _, start_from, start_to = next(row for row in FROM_M if row[0] is structure.began)
    moves = structure.side is not Side.ANY
    return Staging(
        reach_m=float(rng.uniform(reach_from + 0.15 * (reach_to - reach_from), reach_to)),
        from_m=float(rng.uniform(start_from, start_to)),
        bearing_deg=float(rng.uniform(0.0, 360.0)),
        speed_mps=float(rng.uniform(*_SPEEDS[structure.way])),
        waits_s=float(rng.uniform(180.0, 600.0)),
        lingers_s=float(rng.uniform(400.0, 1200.0) if structure.lingers else rng.uniform(30.0, 240.0)),
        walks_m=float(rng.uniform(500.0, 900.0)) if moves else 0.0,
    )
