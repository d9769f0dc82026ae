"""What is destroyed for good, who wanted it, who stopped it; and what apps of protected persons may show: as the log keeps it."""

from dataclasses import dataclass
from typing import ClassVar

from backend_bridge.domain.identifiers import CaseId, DestructionId, GrantId, PersonId, UserId
from backend_bridge.domain.retention import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class DestructionDue:
    """The law wants a case, or what was delivered of it, destroyed; `user` entered the event that led to it, None for time."""

    entry: ClassVar[str] = "destruction-due"
    destruction: DestructionId
    case: CaseId
    grant: GrantId | None
    ground: Ground
    due_us: int
    user: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionProposed:
    """Somebody proposed that positions are deleted that are older than the law allows."""

    entry: ClassVar[str] = "retention-proposed"
    proposal: DestructionId
    user: UserId
    reason: str
    n_devices: int
    n_cases: int
    n_held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionDecided:
    """Another person let it be done, or not."""

    entry: ClassVar[str] = "retention-decided"
    proposal: DestructionId
    user: UserId
    approved: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionApproved:
    """Positions that are older than the law allows are deleted from now on; `user` had the last word."""

    entry: ClassVar[str] = "retention-approved"
    user: UserId
    n_devices: int
    """Devices of which not everything may be kept."""
    n_cases: int
    n_held: int
    """Cases of which a legal hold or a refused destruction keeps everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionDone:
    """They are gone; `certificate` is the SHA-256 of the signed certificate, None where nothing had to go."""

    entry: ClassVar[str] = "retention-done"
    proposal: DestructionId
    n_fixes: int
    n_devices: int
    n_records: int
    """Rows of the store that lost their bodies."""
    certificate: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DestructionAsked:
    """Somebody asked for a destruction."""

    entry: ClassVar[str] = "destruction-asked"
    destruction: DestructionId
    case: CaseId
    ground: Ground
    user: UserId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DestructionDecided:
    """Another person approved or refused a destruction."""

    entry: ClassVar[str] = "destruction-decided"
    destruction: DestructionId
    case: CaseId
    user: UserId
    approved: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DestructionDone:
    """The keys are gone; `certificate` is the SHA-256 of the signed certificate."""

    entry: ClassVar[str] = "destruction-done"
    destruction: DestructionId
    case: CaseId
    grant: GrantId | None
    n_keys: int
    n_files: int
    n_unreached: int
    """Copies and files that the bridge knows of and could not reach: a person must destroy them."""
    certificate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldPlaced:
    """A case is kept from being destroyed."""

    entry: ClassVar[str] = "hold-placed"
    case: CaseId
    user: UserId
    reason: str
    until_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEnded:
    """A legal hold is over: lifted by a person, or (None) by its time."""

    entry: ClassVar[str] = "hold-ended"
    case: CaseId
    user: UserId | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureDecided:
    """A supervisor said whether a protected person's app may show the wearer."""

    entry: ClassVar[str] = "disclosure-decided"
    case: CaseId
    person: PersonId
    user: UserId
    decision: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureBegan:
    """From now on a case has a rule for what a protected person's app may show."""

    entry: ClassVar[str] = "disclosure-began"
    case: CaseId
    person: PersonId
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportMade:
    """A file with positions is handed out; it must be destroyed by `destroy_by_us`."""

    entry: ClassVar[str] = "export-made"
    export: str
    case: CaseId
    person: PersonId
    user: UserId
    grant: GrantId
    recipient: str
    form: str
    destroy_by_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportDue:
    """The time of an export is over, and nobody has confirmed that it is destroyed."""

    entry: ClassVar[str] = "export-due"
    export: str
    case: CaseId
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportGone:
    """An export is destroyed: confirmed by a person, or (None) with its case."""

    entry: ClassVar[str] = "export-gone"
    export: str
    user: UserId | None
    reason: str


DestructionEvent = (
    DestructionDue
    | DestructionAsked
    | DestructionDecided
    | DestructionDone
    | RetentionProposed
    | RetentionDecided
    | RetentionApproved
    | RetentionDone
    | HoldPlaced
    | HoldEnded
    | DisclosureBegan
    | DisclosureDecided
    | ExportMade
    | ExportDue
    | ExportGone
)
