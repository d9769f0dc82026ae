"""What a protected person's app is shown of the wearer: by rule of the case, at which distance, how exactly; pure.

A rule has steps, each for a distance; the narrowest step that the pair is within counts. Distances are taken at their lower
bound, so that an uncertain position never hides somebody who may be near.
"""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from backend_bridge.domain.case import Case, Tier
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, UserId
from backend_bridge.domain.quantities import MICROSECONDS, LatLon

_HOUR_US = 3600 * MICROSECONDS
REVIEW_WITHIN_US = 24 * _HOUR_US
"""How long a rule that was in force at once may go without a supervisor's review."""

GRID_DEG = 0.005
"""Edge of the cells that a coarse position is told in: about 500 m."""

_WINDS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


class Detail(StrEnum):
    """How exactly the wearer's position is shown."""

    NOTHING = "nothing"
    BAND = "band"
    """Only that the wearer is within the step's distance."""
    DISTANCE = "distance"
    COARSE = "coarse"
    """Distance, and the cell of a fixed grid."""
    EXACT = "exact"


RANK = {detail: rank for rank, detail in enumerate(Detail)}
"""From the least that is told to the most."""


class RuleState(StrEnum):
    """The life of a rule."""

    WAITING = "waiting"
    """A supervisor must approve it first."""
    IN_FORCE_AT_ONCE = "in-force-at-once"
    """In force from the start because the case is grave; a supervisor must review it."""
    IN_FORCE = "in-force"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Within `within_m`, show so much."""

    within_m: float
    detail: Detail
    direction: bool
    """Whether the direction from the protected person to the wearer is shown, as one of eight winds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRule:
    """What one protected person is shown of the wearer of one case."""

    case: CaseId
    about: PersonId
    steps: tuple[Step, ...]
    """From the narrowest to the widest."""
    state: RuleState
    since_us: int
    decided_by: UserId | None = None
    reason: str = ""

    @property
    def shows(self) -> bool:
        """Whether anything may be shown under it now."""
        return self.state in (RuleState.IN_FORCE, RuleState.IN_FORCE_AT_ONCE)

    def is_overdue(self, now_us: int) -> bool:
        """Whether its review should have been done."""
        return self.state is RuleState.IN_FORCE_AT_ONCE and now_us - self.since_us >= REVIEW_WITHIN_US


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """How a wearer stands to a protected person at one instant; None where it is not known."""

    case: CaseId
    about: PersonId
    subject: PersonId
    device: DeviceId | None
    distance_m: float | None
    distance_error_m: float
    wearer: LatLon | None
    protected: LatLon | None
    accuracy_m: float
    trend: str
    """`closing`, `steady`, `opening`, `unknown`."""
    measured_us: int
    """Of the older of the two positions."""
    is_live: bool
    """Whether both positions are as new as their devices' intervals say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the app shows of one wearer."""

    detail: Detail
    within_m: float | None
    """The step's distance; None where nothing is shown."""
    distance_m: int | None = None
    direction: str | None = None
    trend: str | None = None
    place: LatLon | None = None
    radius_m: int | None = None
    measured_us: int | None = None
    is_live: bool = True


NOTHING = Shown(detail=Detail.NOTHING, within_m=None)

_KR_STEPS = (
    Step(within_m=600.0, detail=Detail.EXACT, direction=True),
    Step(within_m=1000.0, detail=Detail.COARSE, direction=True),
    Step(within_m=2000.0, detail=Detail.DISTANCE, direction=True),
)
_OTHER_STEPS = (Step(within_m=1000.0, detail=Detail.BAND, direction=False),)


def preset(case: Case, about: PersonId, now_us: int) -> DisclosureRule:
    """The rule that a case begins with: its country's, in force at once where the tier is high, else waiting for approval."""
    steps = _KR_STEPS if case.jurisdiction == "KR" else _OTHER_STEPS
    state = RuleState.IN_FORCE_AT_ONCE if case.tier is Tier.HIGH else RuleState.WAITING
    return DisclosureRule(case=case.case, about=about, steps=steps, state=state, since_us=now_us)


def decided(rule: DisclosureRule, decision: str, by: UserId, reason: str, now_us: int) -> DisclosureRule:
    """The rule after a supervisor's `approve` (also the review of one in force), or `revoke`; raises `ValueError`."""
    if not reason.strip():
        raise ValueError("Say why: the reason stands in the log.")
    states = {"approve": RuleState.IN_FORCE, "revoke": RuleState.REVOKED}
    if decision not in states:
        raise ValueError("A rule is decided with approve or revoke.")
    return replace(rule, state=states[decision], decided_by=by, reason=reason, since_us=now_us)


def shown(rule: DisclosureRule, meeting: Meeting) -> Shown:
    """What may be shown now; nothing where the rule does not hold, the distance is unknown, or nobody is near."""
    if not rule.shows or meeting.distance_m is None or not math.isfinite(meeting.distance_m):
        return NOTHING
    nearest_m = max(0.0, meeting.distance_m - max(0.0, meeting.distance_error_m))
    step = next((step for step in rule.steps if nearest_m <= step.within_m), None)
    if step is None or step.detail is Detail.NOTHING:
        return NOTHING
    return _at_step(step, meeting)


def _at_step(step: Step, meeting: Meeting) -> Shown:
    tells_distance = step.detail is not Detail.BAND
    place, radius_m = _place(step.detail, meeting)
    return Shown(
        detail=step.detail,
        within_m=step.within_m,
        distance_m=rounded_m(meeting.distance_m or 0.0) if tells_distance else None,
        direction=wind(meeting.protected, meeting.wearer) if step.direction else None,
        trend=meeting.trend if tells_distance else None,
        place=place,
        radius_m=radius_m,
        measured_us=meeting.measured_us,
        is_live=meeting.is_live,
    )


def _place(detail: Detail, meeting: Meeting) -> tuple[LatLon | None, int | None]:
    if meeting.wearer is None or detail not in (Detail.EXACT, Detail.COARSE):
        return None, None
    if detail is Detail.EXACT:
        return meeting.wearer, max(5, round(meeting.accuracy_m))
    return cell_centre(meeting.wearer), 400


def cell_centre(place: LatLon) -> LatLon:
    """The middle of the grid's cell that a place lies in: always the same for all places of one cell, so that averaging tells nothing."""
    lat = (math.floor(place.lat_deg / GRID_DEG) + 0.5) * GRID_DEG
    lon = (math.floor(place.lon_deg / GRID_DEG) + 0.5) * GRID_DEG
    return LatLon(lat_deg=round(lat, 6), lon_deg=round(lon, 6))


def rounded_m(distance_m: float) -> int:
    """A distance as it is told: to 10 m below 500 m, to 50 m below 2 km, else to 500 m."""
    step = 10 if distance_m < 500 else 50 if distance_m < 2000 else 500
    return int(round(distance_m / step) * step)


def wind(here: LatLon | None, there: LatLon | None) -> str | None:
    """In which of eight winds `there` lies from `here`; None where one of them is not known."""
    if here is None or there is None:
        return None
    north = there.lat_deg - here.lat_deg
    east = (there.lon_deg - here.lon_deg) * math.cos(math.radians(here.lat_deg))
    if math.hypot(north, east) < 1e-6:
        return None
    return _WINDS[round(math.degrees(math.atan2(east, north)) / 45.0) % 8]
