"""How the work goes, by seat and shift: how many alarms, how fast they were acknowledged, which sources cry most."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from backend_bridge.domain.alarms.clusters import FLOOD_BEGINS
from backend_bridge.domain.identifiers import CaseId, UserId
from backend_bridge.domain.quantities import MICROSECONDS

SHIFT_US: Final = 8 * 3600 * MICROSECONDS
TEN_MINUTES_US: Final = 600 * MICROSECONDS
STALE_US: Final = 24 * 3600 * MICROSECONDS
RECEIVED_AIM_S: Final = 2.0
HAPPENED_AIM_S: Final = 30.0
"""An alarm is to be on a screen so soon after the bridge received it, and after it happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One acknowledgement: who, at which desk, and how long the alarm had waited."""

    at_us: int
    user: UserId
    seat: str
    priority: int
    waited_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """One new alarm row: when, how grave, and what it came from."""

    at_us: int
    priority: int
    source: str
    """Case, kind and zone or ring: what to change if it cries too often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnScreen:
    """The first time that a desk painted an alarm after it had called, by the bridge's own clock when the desk's word of it came."""

    at_us: int
    received_us: int
    """When the bridge first could know of it."""
    happened_us: int
    """When it happened, by the clock of the device that measured it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenFigures:
    """How long alarms took to a screen, in seconds; None where none was shown."""

    since: str
    """`received` by the bridge, or `happened` by the device's clock."""
    n: int
    median_s: float | None
    p95_s: float | None
    """What 95 of 100 alarms took at most."""
    p99_s: float | None
    aim_s: float
    within_aim: float | None
    """The share that took no longer than the aim, 0–1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFigures:
    """How one user acknowledged at one desk; shares are those of priority 1, None where there was none."""

    seat: str
    user: UserId
    n_acknowledged: int
    median_s: float | None
    within_30_s: float | None
    within_60_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftFigures:
    """The sheet of one shift; shares are 0–1, None where nothing was to be measured."""

    from_us: int
    to_us: int
    n_alarms: int
    per_ten_minutes: float
    worst_ten_minutes: int
    share_in_flood: float
    n_acknowledged: int
    median_s: float | None
    within_30_s: float | None
    """Of priority 1; to be compared with 0.80."""
    within_60_s: float | None
    """Of priority 1; to be compared with 0.985."""
    by_priority: tuple[tuple[int, int], ...]
    top_sources: tuple[tuple[str, int, str], ...]
    """The ten loudest: source, number, and the code of a proposed cure."""
    windows: tuple[int, ...]
    """New alarms by ten minutes, oldest first."""
    messages_mean: float | None = None
    """Messages to a protected person who was sent any, each channel counted, of the last 25 h at most; None where nobody was."""
    messages_most: int = 0
    to_screen: tuple[ScreenFigures, ...]
    """From its receipt, and from what happened, to the first desk that painted an alarm."""
    by_seat: tuple[SeatFigures, ...]
    """Every desk at which alarms were acknowledged, by its users."""


@dataclass(slots=True, kw_only=True)
class Kpi:
    """What came and what was answered in the last days; older than `keep_us` is dropped."""

    came: list[Came] = field(default_factory=list)
    answered: list[Answered] = field(default_factory=list)
    shown: list[OnScreen] = field(default_factory=list)
    keep_us: int = 3 * SHIFT_US

    def note_came(self, came: Came) -> None:
        """Count a new row."""
        self.came.append(came)
        if self.came[0].at_us < came.at_us - 2 * self.keep_us:
            self.came = [each for each in self.came if each.at_us >= came.at_us - self.keep_us]

    def note_answered(self, answered: Answered) -> None:
        """Count an acknowledgement."""
        self.answered.append(answered)
        if self.answered[0].at_us < answered.at_us - 2 * self.keep_us:
            self.answered = [each for each in self.answered if each.at_us >= answered.at_us - self.keep_us]

    def note_shown(self, shown: OnScreen) -> None:
        """Count an alarm that a desk has painted."""
        self.shown.append(shown)
        if self.shown[0].at_us < shown.at_us - 2 * self.keep_us:
            self.shown = [each for each in self.shown if each.at_us >= shown.at_us - self.keep_us]

    def sheet(self, from_us: int, to_us: int, seat: str | None = None) -> ShiftFigures:
        """The figures of [from_us, to_us), of one seat's acknowledgements or of all."""
        came = [each for each in self.came if from_us <= each.at_us < to_us]
        answered = [each for each in self.answered if from_us <= each.at_us < to_us and seat in {None, each.seat}]
        windows = list(_windows(came, from_us, to_us))
        first = [each.waited_us / MICROSECONDS for each in answered if each.priority == 1]
        return ShiftFigures(
            from_us=from_us,
            to_us=to_us,
            n_alarms=len(came),
            per_ten_minutes=round(len(came) / max(1, len(windows)), 2),
            worst_ten_minutes=max(windows, default=0),
            share_in_flood=round(sum(n > FLOOD_BEGINS for n in windows) / max(1, len(windows)), 4),
            n_acknowledged=len(answered),
            median_s=_median(answered),
            within_30_s=_share(first, 30.0),
            within_60_s=_share(first, 60.0),
            by_priority=tuple(sorted(Counter(each.priority for each in came).items())),
            top_sources=tuple(_loudest(came)),
            windows=tuple(windows),
            to_screen=tuple(_to_screen([each for each in self.shown if from_us <= each.at_us < to_us])),
            by_seat=tuple(_by_seat(answered)),
        )


def _to_screen(shown: list[OnScreen]) -> Iterator[ScreenFigures]:
    since_received = [each.at_us - each.received_us for each in shown]
    since_happened = [each.at_us - each.happened_us for each in shown]
    for since, took_us, aim_s in (("received", since_received, RECEIVED_AIM_S), ("happened", since_happened, HAPPENED_AIM_S)):
        took_s = sorted(max(0, us) / MICROSECONDS for us in took_us)  # a device's clock may be ahead
        median_s, p95_s, p99_s = (_percentile(took_s, percent) for percent in (50, 95, 99))
        yield ScreenFigures(
            since=since, n=len(took_s), median_s=median_s, p95_s=p95_s, p99_s=p99_s, aim_s=aim_s, within_aim=_share(took_s, aim_s)
        )


def _percentile(ordered: list[float], percent: int) -> float | None:
    """The smallest value that `percent` of 100 do not exceed."""
    return round(ordered[max(0, -(-len(ordered) * percent // 100) - 1)], 2) if ordered else None


def _by_seat(answered: Iterable[Answered]) -> Iterator[SeatFigures]:
    seats: dict[tuple[str, UserId], list[Answered]] = {}
    for each in answered:
        seats.setdefault((each.seat, each.user), []).append(each)
    for (seat, user), own in sorted(seats.items()):
        first = [each.waited_us / MICROSECONDS for each in own if each.priority == 1]
        yield SeatFigures(
            seat=seat,
            user=user,
            n_acknowledged=len(own),
            median_s=_median(own),
            within_30_s=_share(first, 30.0),
            within_60_s=_share(first, 60.0),
        )


def _median(answered: Iterable[Answered]) -> float | None:
    waits = sorted(each.waited_us / MICROSECONDS for each in answered)
    return round(waits[len(waits) // 2], 1) if waits else None


def _windows(came: Iterable[Came], from_us: int, to_us: int) -> Iterator[int]:
    counts = Counter((each.at_us - from_us) // TEN_MINUTES_US for each in came)
    for window in range(max(1, -(-(to_us - from_us) // TEN_MINUTES_US))):
        yield counts.get(window, 0)


def _share(waits: list[float], within_s: float) -> float | None:
    return round(sum(wait <= within_s for wait in waits) / len(waits), 4) if waits else None


def _loudest(came: Iterable[Came]) -> Iterator[tuple[str, int, str]]:
    for source, n in sorted(Counter(each.source for each in came).items(), key=lambda pair: (-pair[1], pair[0]))[:10]:
        yield source, n, _cure(source)


def _cure(source: str) -> str:
    """What would make a loud source quieter without making anybody less safe."""
    case, _, rest = source.partition("/")
    kind = rest.partition("/")[0] or source
    if kind == "system" or case == "room":
        return "check-system"
    if kind in {"exclusion-zone", "zone-warning", "inclusion-zone"}:
        return "propose-zone-change"
    if kind in {"silent", "battery", "position-not-trusted", "separated"}:
        return "exchange-device"
    return "review-case"


def source_of(case: CaseId | None, kind: str, where: str | None) -> str:
    """The name under which a source of alarms is counted."""
    return f"{case or 'room'}/{kind}/{where or '-'}"
