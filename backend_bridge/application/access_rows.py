"""Rows about who may see what, what is destroyed, and what apps show; they stand in tables of a desk like those of `rows.py`."""

from dataclasses import dataclass

from backend_bridge.domain.case import Circle
from backend_bridge.domain.identifiers import CaseId, DestructionId, GrantId, PersonId, RequestId, UserId
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.retention import EndGround, Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """Somebody asked to see more than routine shows."""

    request: RequestId
    by: UserId
    person: PersonId
    case: CaseId
    purpose: Purpose
    reason: str
    from_us: int
    to_us: int
    minutes: int
    """For how long access is asked, once granted."""
    area: Circle | None
    fields: tuple[str, ...]
    """Of `position`, `track`, `identity`, `phones`, `places`, `export`, `record`."""
    paper: str | None
    """Name and SHA-256 of the attached legal paper."""
    on_behalf_of: str | None
    made_us: int
    lapses_us: int
    state: str
    """`waiting`, `approved`, `narrowed`, `denied`, `lapsed`."""
    approvals: tuple[UserId, ...]
    n_approvals_needed: int
    decision_reason: str | None
    mine: bool
    """Made by the person who looks at this row: may not be decided by them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRow:
    """Access that runs now, or break-glass that awaits review."""

    grant: GrantId
    request: RequestId | None
    user: UserId
    person: PersonId
    case: CaseId
    purpose: Purpose
    fields: tuple[str, ...]
    starts_us: int
    ends_us: int
    state: str
    """`running`, `expired`, `ended`, `awaiting-review`, `reviewed`."""
    break_glass: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OldPositionsPart:
    """How much a deletion of old positions is about."""

    n_devices: int
    """Devices of which not everything may be kept."""
    n_cases: int
    n_held: int
    """Cases of which a legal hold or a refused destruction keeps everything."""
    n_fixes: int | None
    """How many went; None until it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DestructionRow:
    """A destruction, or a deletion of old positions, that is due, asked for, decided or done."""

    destruction: DestructionId
    case: CaseId | None
    """None: positions of any case that are older than the law allows; only then `old` is there."""
    grant: GrantId | None
    """For what was delivered under refused emergency access: the access; None for a whole case."""
    ground: Ground
    basis: str | None
    """The provision, as it is cited."""
    state: str
    """`due` (the law wants it, nobody has asked), `waiting` (for another person's decision), `approved` (being done), `done`, `refused`;
    of old positions also `lapsed` (nobody decided within a day, or a newer proposal took its place)."""
    due_us: int
    asked_by: UserId | None
    """None where the law made it due by itself."""
    asked_us: int | None
    reason: str | None
    decided_by: UserId | None
    decision_reason: str | None
    done_us: int | None
    certificate: str | None
    """SHA-256 of the signed certificate in hexadecimal; `read-certificate` gives it whole."""
    held_until_us: int | None
    """Until when a legal hold keeps it from being done."""
    mine: bool
    """Asked for by the person who looks at this row: may not be decided by them."""
    old: OldPositionsPart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEndRow:
    """What one person entered about the end of an order before its date; the order holds until another confirms it."""

    case: CaseId
    at_us: int
    ground: EndGround
    destroys: bool
    """Whether this ground makes the destruction of the case due."""
    reason: str
    state: str
    """`waiting`, `confirmed`, `refused`."""
    asked_by: UserId
    asked_us: int
    decided_by: UserId | None
    decision_reason: str | None
    mine: bool
    """Entered by the person who looks at this row: may not be decided by them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRow:
    """A legal hold: the case is not destroyed before its end."""

    case: CaseId
    owner: UserId
    reason: str
    since_us: int
    until_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRow:
    """A file with positions that was handed out: who has it, until when, and whether it is destroyed."""

    export: str
    case: CaseId
    person: PersonId
    user: UserId
    """Who handed it out."""
    grant: GrantId
    recipient: str
    made_us: int
    destroy_by_us: int
    state: str
    """`out`, `due` (its time is over and nobody has confirmed that it is destroyed), `destroyed`."""
    confirmed_by: UserId | None
    """None where it went with its case."""
    confirmed_us: int | None
    reason: str | None
    """How it is known that it is destroyed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRow:
    """What one protected person's app may show of the wearer, and what it shows now; the key is `case/about`."""

    disclosure: str
    case: CaseId
    about: PersonId
    state: str
    """`waiting`, `in-force-at-once`, `in-force`, `revoked`."""
    since_us: int
    review_due_us: int | None
    """By when a supervisor must have looked at a rule that was in force at once; None where nothing is due."""
    decided_by: UserId | None
    reason: str
    steps: tuple[tuple[float, str, bool], ...]
    """(within so many metres, detail, with direction), from the narrowest."""
    n_apps: int
    """Apps that are paired; 0: nobody is shown anything."""
    detail: str
    """What the app shows now: `nothing`, `band`, `distance`, `coarse`, `exact`."""
    within_m: float | None
    distance_m: int | None
    direction: str | None
    """From the protected person to the wearer: `n`, `ne`, `e`, `se`, `s`, `sw`, `w`, `nw`."""
    trend: str | None
    place: LatLon | None
    """The very point that the app draws; None where it draws none, or the user may not see where the wearer is."""
    radius_m: int | None
    measured_us: int | None
    live: bool
    """Whether the app says that the position is of now."""
    masked: bool = False
