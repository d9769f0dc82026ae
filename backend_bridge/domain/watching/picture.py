"""What the room shows of the watch at one instant: where everybody is, how pairs stand to each other, how devices are."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.track_views import Tracks
from backend_bridge.domain.case import Case, Party, RingEffect
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.because import LONGEST_CONTACT_S
from backend_bridge.domain.watching.co_travel import co_travel
from backend_bridge.domain.watching.device_health import DeviceHealth
from backend_bridge.domain.watching.ledger import Ledger
from backend_bridge.domain.watching.reach_rules import WALK_MPS, ReachRules

Floats = NDArray[np.float64]

_LATE_TENTHS: Final = 15
_STALE_INTERVALS: Final = 3
_LOST_US: Final = 1800 * MICROSECONDS
_R68_OF_95: Final = 1.51 / 2.45
_STEADY_MPS: Final = 0.3
_MEETING_M: Final = 20.0
"""Contact, where no alarm ring says how near that is."""


class Age(IntEnum):
    """How old a position is against the interval that its device keeps."""

    LIVE = 0
    LATE = 1
    STALE = 2
    LOST = 3


class Part(IntEnum):
    """Whose device it is; of one that is both, the wearer's."""

    WEARER = 0
    PROTECTED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFigures:
    """k pairs of a wearer and a protected person of one case: columns of equal length; NaN where unknown."""

    case: tuple[CaseId, ...]
    about: tuple[PersonId, ...]
    subject: NDArray[np.int32]
    """Row of the wearer's device in the picture; likewise `protected`."""
    protected: NDArray[np.int32]
    distance_m: Floats
    distance_error_m: Floats
    """95 % of both parties' errors together."""
    closing_mps: Floats
    closing_share_subject: Floats
    contact_s: Floats
    """Predicted until the widest alarm ring (until they meet, where there is none); NaN where none is predicted."""
    miss_m: Floats
    trend: NDArray[np.int8]
    """1 closing, 0 steady, −1 opening, −2 unknown."""
    co_travel: NDArray[np.bool_]
    """They move together, as on one vehicle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """n devices at one instant: columns of equal length, NaN and −1 where nothing is known yet."""

    at_us: int
    devices: tuple[DeviceId, ...]
    part: NDArray[np.uint8]
    """A `Part`."""
    lat_deg: Floats
    lon_deg: Floats
    accuracy_m: Floats
    """Radius that holds the filtered position with 68 %."""
    speed_mps: Floats
    course_deg: Floats
    """NaN when still."""
    measured_us: NDArray[np.int64]
    """Of the newest fix; −1 before the first. Likewise `received_us`."""
    received_us: NDArray[np.int64]
    freshness: NDArray[np.uint8]
    """An `Age`; `LOST` before the first fix."""
    reach_m: Floats
    """Radius of where the person could be by now, from the last fix; 0 while live."""
    silent_since_us: NDArray[np.int64]
    """Last sign of life of a device that counts as silent; −1 of one that is heard."""
    health: Mapping[DeviceId, DeviceHealth]
    """What devices last said of themselves; those that said nothing are missing."""
    pairs: PairFigures


class Pictures:
    """Makes pictures; who belongs to whom is worked out anew only when cases have changed."""

    def __init__(self, ledger: Ledger, reach: ReachRules) -> None:
        self._ledger = ledger
        self._reach = reach
        self._cast = _Cast.of(ledger)

    def at(self, now_us: int, silent_since_us: NDArray[np.int64]) -> Picture:
        """The picture of all devices that any case names, at `now_us`."""
        ledger = self._ledger
        if self._cast.revision != ledger.cases.revision or len(self._cast.devices) != len(ledger.names):
            self._cast = _Cast.of(ledger)
        tracks = ledger.engine.tracks_at(np.arange(len(ledger.names), dtype=np.int32), now_us)
        ages = _ages(ledger, tracks.measured_us, now_us)
        return Picture(
            at_us=now_us,
            devices=self._cast.devices,
            part=self._cast.part,
            lat_deg=tracks.lat_deg,
            lon_deg=tracks.lon_deg,
            accuracy_m=tracks.radius95_m * _R68_OF_95,
            speed_mps=tracks.speed_mps,
            course_deg=tracks.course_deg,
            measured_us=tracks.measured_us,
            received_us=tracks.received_us,
            freshness=ages,
            reach_m=_reaches(self._reach, ages, tracks, now_us),
            silent_since_us=silent_since_us,
            health={ledger.names[device]: health for device, health in ledger.health.items()},
            pairs=_pair_figures(ledger, self._cast.pairs(now_us), tracks.speed_mps, now_us),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paired:
    """k pairs of a wearer and a protected person, and how near their meeting is."""

    case: tuple[CaseId, ...]
    about: tuple[PersonId, ...]
    subject: NDArray[np.int32]
    protected: NDArray[np.int32]
    ring_m: Floats

    def take(self, rows: NDArray[np.intp]) -> "_Paired":
        """The pairs at `rows`."""
        return _Paired(
            case=tuple(self.case[row] for row in rows.tolist()),
            about=tuple(self.about[row] for row in rows.tolist()),
            subject=self.subject[rows],
            protected=self.protected[rows],
            ring_m=self.ring_m[rows],
        )


class _Cast:
    """Devices, whose they are, and who is paired with whom from when until when, as the cases of one revision have it."""

    def __init__(self, ledger: Ledger, paired: _Paired, spans_us: NDArray[np.int64]) -> None:
        self.revision = ledger.cases.revision
        self.devices = tuple(ledger.names)
        self.part = _parts(ledger)
        self._paired = paired
        self._spans_us = spans_us
        self._now = np.zeros(0, np.bool_), paired

    @staticmethod
    def of(ledger: Ledger) -> "_Cast":
        """What the cases say now."""
        index, found = ledger.index, []
        for version in ledger.cases.versions():
            case = version.case
            if case.subject.device is None or not case.protected:
                continue
            his, span_us = index(case.subject.device), version.decided_us
            found += [
                (case.case, party.person, his, index(party.device), _ring_m(case, party), span_us)
                for party in case.protected
                if party.device is not None
            ]
        cases, abouts, subjects, protected, rings, spans = zip(*found, strict=True) if found else ((),) * 6
        paired = _Paired(
            case=cases,
            about=abouts,
            subject=np.array(subjects, np.int32),
            protected=np.array(protected, np.int32),
            ring_m=np.array(rings, np.float64),
        )
        return _Cast(ledger, paired, np.array(spans, np.int64).reshape(-1, 2))

    def pairs(self, now_us: int) -> _Paired:
        """The pairs whose case is decided about now."""
        holds = (self._spans_us[:, 0] <= now_us) & (now_us < self._spans_us[:, 1])
        if not np.array_equal(holds, self._now[0]):
            self._now = holds, self._paired.take(np.flatnonzero(holds))
        return self._now[1]


def _ring_m(case: Case, party: Party) -> float:
    """The widest alarm ring about somebody."""
    rings = [ring.distance_m for ring in case.rings if ring.effect is RingEffect.ALARM and ring.about == party.person]
    return max(rings) if rings else _MEETING_M


def _parts(ledger: Ledger) -> NDArray[np.uint8]:
    parts = np.full(len(ledger.names), Part.PROTECTED, np.uint8)
    carried = (version.case.subject.device for version in ledger.cases.versions() if version.to_us is None)
    parts[[ledger.index(device) for device in carried if device is not None]] = Part.WEARER
    return parts


def _ages(ledger: Ledger, measured_us: NDArray[np.int64], now_us: int) -> NDArray[np.uint8]:
    interval_us = ledger.clock.lifesigns()[1][: len(measured_us)]
    age_us = now_us - measured_us
    ages = np.zeros(len(measured_us), np.uint8)
    ages[age_us * 10 > _LATE_TENTHS * interval_us] = Age.LATE
    ages[age_us > _STALE_INTERVALS * interval_us] = Age.STALE
    ages[(age_us > _LOST_US) | (measured_us < 0)] = Age.LOST
    return ages


def _reaches(reach: ReachRules, ages: NDArray[np.uint8], tracks: Tracks, now_us: int) -> Floats:
    """How far those who are not live could be by now, by the same rule as `not-excluded`."""
    reach_m = np.zeros(len(ages))
    for device in np.flatnonzero((ages != Age.LIVE) & (tracks.measured_us >= 0)).tolist():
        elapsed_s = (now_us - int(tracks.measured_us[device])) / MICROSECONDS
        way_m = reach.reach_m(device, elapsed_s)
        reach_m[device] = float(tracks.radius95_m[device]) + (WALK_MPS * elapsed_s if way_m is None else way_m)
    return reach_m


def _pair_figures(ledger: Ledger, paired: _Paired, speed_mps: Floats, now_us: int) -> PairFigures:
    his, hers = paired.subject, paired.protected
    columns = {name: np.full(len(his), np.nan) for name in ("distance", "sigma", "closing", "share", "contact", "miss", "relative")}
    for width_m in np.unique(paired.ring_m).tolist():
        rows = np.flatnonzero(paired.ring_m == width_m)
        found = ledger.engine.pairs_at(his[rows], hers[rows], now_us, width_m)
        for name, column in zip(
            columns,
            (
                found.distance_m, found.sigma_m, found.closing_mps, found.subject_share,
                found.contact_s, found.miss_m, found.relative_speed_mps,
            ),
            strict=True,
        ):  # fmt: skip
            columns[name][rows] = column
    closing = columns["closing"]
    trend = np.where(closing > _STEADY_MPS, 1, np.where(closing < -_STEADY_MPS, -1, 0))
    slower = np.minimum(speed_mps[his], speed_mps[hers])
    return PairFigures(
        case=paired.case,
        about=paired.about,
        subject=his,
        protected=hers,
        distance_m=columns["distance"],
        distance_error_m=1.96 * columns["sigma"],
        closing_mps=closing,
        closing_share_subject=columns["share"],
        contact_s=np.where(columns["contact"] <= LONGEST_CONTACT_S, columns["contact"], np.nan),
        miss_m=columns["miss"],
        trend=np.where(np.isnan(closing), -2, trend).astype(np.int8),
        co_travel=co_travel(columns["distance"], slower, columns["relative"]),
    )
