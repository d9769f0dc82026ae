"""Who asked to see what, who decided, and every look itself, as the log keeps it."""

from dataclasses import dataclass
from typing import ClassVar

from backend_bridge.domain.case import Circle
from backend_bridge.domain.identifiers import CaseId, DeviceId, GrantId, PersonId, RequestId, UserId
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.user import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequested:
    """Somebody asked to see more of a person than routine shows."""

    entry: ClassVar[str] = "access-requested"
    request: RequestId
    user: UserId
    person: PersonId
    case: CaseId
    purpose: Purpose
    reason: str
    from_us: int
    to_us: int
    minutes: int
    area: Circle | None
    fields: tuple[str, ...]
    paper: str | None
    on_behalf_of: str | None
    approvals_needed: int
    lapses_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessDecided:
    """Another person approved, narrowed or denied a request; it takes effect when enough have approved."""

    entry: ClassVar[str] = "access-decided"
    request: RequestId
    user: UserId
    decision: str
    reason: str
    minutes: int
    fields: tuple[str, ...]
    from_us: int
    to_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLapsed:
    """Nobody decided a request within its time."""

    entry: ClassVar[str] = "access-lapsed"
    request: RequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantStarted:
    """Access runs until `ends_us`; positions measured in [from_us, to_us) and `fields` are what it opens."""

    entry: ClassVar[str] = "grant-started"
    grant: GrantId
    request: RequestId | None
    user: UserId
    person: PersonId
    case: CaseId
    purpose: Purpose
    fields: tuple[str, ...]
    from_us: int
    to_us: int
    ends_us: int
    break_glass: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantEnded:
    """Access stopped: `expired`, `ended` by a person, `office-lost`, `order-ended`, `court-refused`."""

    entry: ClassVar[str] = "grant-ended"
    grant: GrantId
    user: UserId | None
    cause: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GlassReviewed:
    """Another person said whether a use of break-glass was right."""

    entry: ClassVar[str] = "break-glass-reviewed"
    grant: GrantId
    user: UserId
    justified: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOverdue:
    """A use of break-glass was not reviewed within its 24 hours."""

    entry: ClassVar[str] = "review-overdue"
    grant: GrantId


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtSpoke:
    """A court permitted or refused access that was used in an emergency; refused means destruction."""

    entry: ClassVar[str] = "court-decided"
    grant: GrantId
    user: UserId
    permitted: bool
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRead:
    """Somebody asked to see personal data: written before it leaves, also when it was refused."""

    entry: ClassVar[str] = "read"
    user: UserId
    seat: str
    what: str
    """`track`, `name`, `phones`, `addresses`, `search`, `units`, `log`, `replay`, `shell:…`."""
    case: CaseId | None
    person: PersonId | None
    device: DeviceId | None
    purpose: Purpose | None
    from_us: int | None
    to_us: int | None
    allowed: bool
    why: str
    """Code of the rule that allowed or refused it."""
    grant: GrantId | None
    scope: str | None = None
    """What else narrows it; never a value of the data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPrinted:
    """A list of many people is about to leave a desk on paper or in a file: whose cases it may hold, for the registers by person."""

    entry: ClassVar[str] = "list-printed"
    user: UserId
    seat: str
    what: str
    """`last-known`."""
    copy: int
    """Its number, which is also in the `read` entry of the printing and on each page."""
    cases: tuple[CaseId, ...]
    """All that the user might see then; a desk that had not received every row yet prints fewer."""
    n_people: int
    """Wearers and protected persons of these cases."""
    grants: tuple[GrantId, ...]
    """Access of the user that ran then: what it opens is on the list as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingBookmarked:
    """Somebody who lives a recording again marked a moment of it."""

    entry: ClassVar[str] = "bookmarked"
    user: UserId
    seat: str
    cases: tuple[CaseId, ...]
    moment_us: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewOpened:
    """A desk begins to be sent rows and frames of the cases in force, cut to its user's role."""

    entry: ClassVar[str] = "view-opened"
    user: UserId
    seat: str
    role: Role
    desk: str
    purpose: Purpose
    n_cases: int
    hides: tuple[str, ...]
    """What this role is not shown at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewClosed:
    """A desk is sent nothing more."""

    entry: ClassVar[str] = "view-closed"
    user: UserId
    seat: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewWidened:
    """More of a case is shown to `users` from now on: because of an alarm or a grant."""

    entry: ClassVar[str] = "view-widened"
    case: CaseId
    persons: tuple[PersonId, ...]
    fields: tuple[str, ...]
    users: tuple[UserId, ...]
    because: str
    """The alarm or grant that opened it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewNarrowed:
    """What an alarm or grant had opened of a case is shown no longer."""

    entry: ClassVar[str] = "view-narrowed"
    case: CaseId
    users: tuple[UserId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginFailed:
    """Somebody could not prove who they are."""

    entry: ClassVar[str] = "login-failed"
    user: UserId
    desk: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRefused:
    """Somebody tried what they may not or cannot do."""

    entry: ClassVar[str] = "refused"
    user: UserId
    seat: str
    act: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven:
    """A protected person agreed to be tracked; `version` is the text on its limits."""

    entry: ClassVar[str] = "consent-given"
    case: CaseId
    person: PersonId
    version: str
    user: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn:
    """A protected person does not agree any more: their device is not tracked from now on."""

    entry: ClassVar[str] = "consent-withdrawn"
    case: CaseId
    person: PersonId
    user: UserId
    reason: str


AccessEvent = (
    ConsentGiven
    | ConsentWithdrawn
    | AccessRequested
    | AccessDecided
    | AccessLapsed
    | GrantStarted
    | GrantEnded
    | GlassReviewed
    | ReviewOverdue
    | CourtSpoke
    | DataRead
    | ListPrinted
    | RecordingBookmarked
    | ViewOpened
    | ViewClosed
    | ViewWidened
    | ViewNarrowed
    | LoginFailed
    | ActRefused
)
