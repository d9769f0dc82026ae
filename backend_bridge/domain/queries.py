"""What a desk may ask to read besides the rows that it is sent; each is decided and logged before the answer leaves."""

from dataclasses import dataclass
from typing import Final

from backend_bridge.domain.identifiers import CaseId, DestructionId, DeviceId, IncidentId, PersonId, UserId
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.scenarios.what_if import RingAt, ZoneAs

LAST_KNOWN: Final = "last-known"
"""What `PreparePaper` calls the list of everybody's last known positions; its cases are entered by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTrack:
    """The positions of a device measured in [from_us, to_us)."""

    device: DeviceId
    case: CaseId
    from_us: int
    to_us: int
    purpose: Purpose = Purpose.COMPLIANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """Name, phone numbers or address of a person: `field` is `name`, `phones` or `addresses`."""

    case: CaseId
    person: PersonId
    field: str
    purpose: Purpose = Purpose.COMPLIANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Cases, persons, devices and places whose name contains `text`, as far as the user may know of them."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RankUnits:
    """The units of an incident by estimated arrival at `destination`."""

    incident: IncidentId
    destination: LatLon


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLog:
    """Entries of the event log with n > since, at most `limit`, as far as the user may see them."""

    since: int
    limit: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLedger:
    """The statutory ledger of [from_us, to_us): every use of location data but routine monitoring; JSON texts."""

    from_us: int
    to_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLooks:
    """All that `user` was shown of `person` in [from_us, to_us); JSON texts."""

    user: UserId
    person: PersonId
    from_us: int
    to_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReview:
    """The looks of [from_us, to_us) by user, for the monthly review; JSON texts."""

    from_us: int
    to_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRegister:
    """The investigative register of [from_us, to_us): every request with its paper, role, decisions, access and outcome; JSON texts."""

    from_us: int
    to_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSubject:
    """What a person may be told about themselves: data held and whom they were shown to, in [from_us, to_us); JSON texts."""

    person: PersonId
    from_us: int
    to_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDestruction:
    """What a destruction of `case` would make unreadable, without doing it: one JSON text of counts by kind, files and obstacles."""

    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRetention:
    """Which positions are older than the law allows, now or when `proposal` was made, and what keeps others: one JSON text of counts."""

    proposal: DestructionId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCertificate:
    """The certificate of a destruction, or of a deletion of old positions: its text for people, and the signed JSON document."""

    destruction: DestructionId


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeExport:
    """Hand out the positions of a person's device measured in [from_us, to_us), encrypted and marked with who, when and which grant.

    Answered with `file`, and as `texts` the passphrase, which is kept nowhere, and the manifest as JSON.
    """

    case: CaseId
    person: PersonId
    from_us: int
    to_us: int
    form: str
    """`csv`, `geojson`, `mfjson`, `gpx`, `kml`, `cot`."""
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFigures:
    """How the room coped in [from_us, to_us), at one seat or (None) at all; one JSON text."""

    from_us: int
    to_us: int
    seat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSurroundings:
    """Where a person of a case could be by every source, the known addresses there, and monitored persons near; JSON texts."""

    case: CaseId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class SignReport:
    """The bridge's signature under a report that a desk made of an incident: one text, to be kept beside the file."""

    incident: IncidentId
    sha256: str
    """Of the report's file, 64 hexadecimal digits."""
    copy: int
    """Its number, as `prepare-paper` gave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparePaper:
    """Something is about to be printed or saved at this desk: the entry of that, and the mark that every page bears, as one JSON text."""

    what: str
    """Name of what it is, as `uses` or `incident-report`: small letters and hyphens."""
    incident: IncidentId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePaper:
    """A list that a desk was given is printed or saved there; the entry of this is the log's word for it, the answer is empty."""

    what: str
    """Name of the list, as `uses` or `shift`: small letters and hyphens."""
    sha256: str
    """Of the file, 64 hexadecimal digits."""
    copy: int
    """Its number, as `prepare-paper` gave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadScenarios:
    """The library of a room for exercises, or one scenario of it with everybody's way."""

    scenario: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadScenarioText:
    """The file of a scenario as it is written, to be worked on; and whether it is `own` or `shipped`."""

    scenario: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckScenario:
    """What is not right in a scenario file that is being written, and, where it is right, everybody's way."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveScenario:
    """The same, and where it is right the file is kept among the room's own scenarios, under the name that stands in it."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDebrief:
    """How the scenario that was played last went."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareRecording:
    """Live the recording at this desk once more by other rules, and say which alarms would differ."""

    rings: tuple[RingAt, ...] = ()
    zones: tuple[ZoneAs, ...] = ()
    red_from: float | None = None
    """The probability from which an alarm is red; None leaves it as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopComparing:
    """End the comparison that this desk waits for; it is answered as stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One answer to `Search`."""

    what: str
    """`case`, `person`, `device`, `place`."""
    key: str
    case: CaseId | None
    label: str
    position: LatLon | None


Query = (
    ReadTrack
    | Reveal
    | Search
    | RankUnits
    | ReadLog
    | ReadLedger
    | ReadLooks
    | ReadReview
    | ReadRegister
    | ReadSubject
    | PlanDestruction
    | PlanRetention
    | ReadCertificate
    | MakeExport
    | ReadScenarios
    | ReadScenarioText
    | CheckScenario
    | SaveScenario
    | ReadDebrief
    | CompareRecording
    | StopComparing
    | ReadFigures
    | SignReport
    | PreparePaper
    | NotePaper
    | ReadSurroundings
)
