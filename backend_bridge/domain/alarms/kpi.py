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
    by_seat: tuple[SeatFigures, ...]
    """Every desk at which alarms were acknowledged, by its users."""


@dataclass(slots=True, kw_only=True)
class Kpi:
    """What came and what was answered in the last days; older than `keep_us` is dropped."""

    came: list[Came] = field(default_factory=list)
    answered: list[Answered] = field(default_factory=list)
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
            by_seat=tuple(_by_seat(answered)),
        )


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
