"""What people ask the room to do: imperatives, each refused with a reason or turned into events."""

from dataclasses import dataclass

from backend_bridge.domain.case import Circle
from backend_bridge.domain.exercise import Inject
from backend_bridge.domain.identifiers import AlarmId, CaseId, DestructionId, GrantId, IncidentId, PersonId, RequestId, UnitId, UserId
from backend_bridge.domain.note import Entered, NoteAbout, Statement
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.retention import EndGround, Ground
from backend_bridge.domain.spoken_place import SpokenPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeAlarm:
    """I have seen this alarm and own it; opens an incident for a red one. Tamper needs `reason`."""

    alarm: AlarmId
    reason: str | None = None
    call: int | None = None
    """When the call was made that the person saw: refused where the alarm has called anew since. None: whatever it calls for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeGroup:
    """I have seen these alarms of one cause, which stood as one row, and own them.

    Only those that were part of that row are named. What calls for an act of its own by now (`answered_alone`), what somebody has answered
    and what the sender may not see is left as it is.
    """

    group: str
    alarms: tuple[AlarmId, ...]
    calls: tuple[int, ...] = ()
    """Of each, when the call was made that the row counted: one that has called anew since is left as it is. As in `ReportDisplayed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelveAlarm:
    """Put an alarm aside for `minutes` (at most 480); never SOS, red or tamper."""

    alarm: AlarmId
    minutes: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnshelveAlarm:
    """Bring a shelved alarm back now."""

    alarm: AlarmId


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseAlarm:
    """End an acknowledged alarm with an outcome; priority 1 needs a note, tamper a reason as its note."""

    alarm: AlarmId
    outcome: str
    note: str | None = None
    about: NoteAbout | None = None
    statement: Statement | None = None
    """About whom the note is, and whether it is fact or assessment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDisplayed:
    """This desk has painted these alarms, at the desk's `at_us`: the fourth of the five clocks."""

    alarms: tuple[AlarmId, ...]
    at_us: int
    calls: tuple[int, ...] = ()
    """Of each, when the call was made that its row showed; an alarm without one counts as painted whatever it calls for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """Make the sender the owner of an incident or alarm that another one owns."""

    alarm: AlarmId


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTask:
    """Record how a step of an incident ended."""

    incident: IncidentId
    task: str
    outcome: str
    note: str | None = None
    about: NoteAbout | None = None
    statement: Statement | None = None
    """About whom the note is, and whether it is fact or assessment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchUnit:
    """Send a police unit to a place."""

    incident: IncidentId
    unit: UnitId
    destination: LatLon
    label: str
    """What the unit reads of the place, in the words of whoever sends it."""
    spoken: SpokenPlace | None = None
    """The same without words, for the desks; None where the label is all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallUnit:
    """Call back a unit that was sent."""

    incident: IncidentId
    unit: UnitId


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote:
    """Write a line into an incident's timeline; says about which category of person it is, and whether it is fact or assessment."""

    incident: IncidentId
    text: str
    about: NoteAbout
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseIncident:
    """End an incident with an outcome code."""

    incident: IncidentId
    outcome: str
    note: str
    about: NoteAbout | None = None
    statement: Statement | None = None
    """About whom the note is, and whether it is fact or assessment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocateNow:
    """Ask the device of a person of the case for a position at once."""

    case: CaseId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAccess:
    """Ask to see more of a person than routine shows; another person decides."""

    person: PersonId
    case: CaseId
    purpose: Purpose
    reason: str
    from_us: int
    to_us: int
    minutes: int = 60
    area: Circle | None = None
    fields: tuple[str, ...]
    paper: str | None = None
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRequest:
    """Approve, narrow or deny another person's request, with a reason; narrowed values replace those asked for."""

    request: RequestId
    decision: str
    """`approve`, `narrow`, `deny`."""
    reason: str
    minutes: int | None = None
    fields: tuple[str, ...] | None = None
    from_us: int | None = None
    to_us: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndGrant:
    """Stop access that runs, now."""

    grant: GrantId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakGlass:
    """Open a person's data without waiting for approval; the supervisor is told and reviews it."""

    person: PersonId
    case: CaseId
    purpose: Purpose
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBreakGlass:
    """Say whether a use of break-glass was right."""

    grant: GrantId
    justified: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Give everything that the sender owns to `to` at the change of shift."""

    to: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTestAlarm:
    """Run the test alarm of the shift, end to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartScenario:
    """Play a scenario of the library in this room for exercises, from now on."""

    scenario: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndScenario:
    """End the scenario that is played."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SteerExercise:
    """Let the room's clock run `speed` times as fast, 0.1 to 60."""

    speed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectEvent:
    """Let something happen in the scenario that is played; `call` needs the words that are said."""

    inject: Inject
    case: CaseId
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecording:
    """Live [from_us, to_us) again at this desk, instead of the live room: only cases that a running grant for recordings names."""

    from_us: int
    to_us: int
    as_user: UserId | None = None
    """Show the rows and masks that this user had then, None those of one's own role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayRecording:
    """Let `speed` seconds of the recording pass in a second; 0 pauses."""

    speed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SeekRecording:
    """Put the playhead of this desk's recording at `at_us`."""

    at_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecording:
    """Put the playhead at the next or the one before."""

    to: str
    """`next-fix`, `previous-fix`, `next-alarm`, `previous-alarm`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopRecording:
    """Play a part of the recording again and again; both None ends that."""

    from_us: int | None = None
    to_us: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookmarkRecording:
    """Mark a moment of the recording with a few words, for everybody who may open it."""

    at_us: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRecording:
    """Show the live room again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDestruction:
    """Ask that everything person-linked of a case be made unreadable for good; somebody else decides."""

    case: CaseId
    ground: Ground
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideDestruction:
    """Approve or refuse a destruction that another person asked for, or that the law made due; it cannot be undone."""

    destruction: DestructionId
    approve: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeDeletion:
    """Ask that positions are deleted that are older now than the law allows; takes the place of a proposal that waits."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideDeletion:
    """Let what another person's proposal is about be deleted for good, or not."""

    proposal: DestructionId
    approve: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeOrderEnd:
    """Enter from the court's record that an order ends before its date; another person confirms it where that takes something away."""

    case: CaseId
    at_us: int
    ground: EndGround
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideOrderEnd:
    """Confirm or refuse the end of an order as another person entered it; `at_us` and `ground` must be what they entered."""

    case: CaseId
    at_us: int
    ground: EndGround
    approve: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHold:
    """Keep a case from being destroyed until `until_us`; the sender answers for it. Again: a new end or reason."""

    case: CaseId
    reason: str
    until_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftHold:
    """End a legal hold before its time."""

    case: CaseId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmExportGone:
    """Say that a file that was handed out is destroyed, and how that is known."""

    export: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveConsent:
    """A protected person agreed to be tracked, after the text `version` on its limits was read to them."""

    case: CaseId
    person: PersonId
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawConsent:
    """A protected person does not want to be tracked any more: it ends at once, and the police are told."""

    case: CaseId
    person: PersonId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterLabel:
    """Something that no device shows has happened in a case: it is entered, heard by the room, and told to the police."""

    case: CaseId
    label: Entered
    text: str
    until_us: int | None = None
    """For `TEMP_REMOVAL`: when the device must be back on, within a day; None says that it is back."""
    person: PersonId | None = None
    """Whom it is about; None for the only one whom it can be about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideDisclosure:
    """Say whether a protected person's app may show the wearer by the case's rule: `approve` (also a review) or `revoke`."""

    case: CaseId
    person: PersonId
    decision: str
    reason: str


Command = (
    AcknowledgeAlarm
    | AcknowledgeGroup
    | ShelveAlarm
    | UnshelveAlarm
    | CloseAlarm
    | ReportDisplayed
    | TakeOver
    | WorkTask
    | DispatchUnit
    | RecallUnit
    | AddNote
    | CloseIncident
    | LocateNow
    | RequestAccess
    | DecideRequest
    | EndGrant
    | BreakGlass
    | ReviewBreakGlass
    | HandOver
    | StartTestAlarm
    | StartScenario
    | EndScenario
    | SteerExercise
    | InjectEvent
    | OpenRecording
    | PlayRecording
    | SeekRecording
    | StepRecording
    | LoopRecording
    | BookmarkRecording
    | CloseRecording
    | RequestDestruction
    | DecideDestruction
    | ProposeDeletion
    | DecideDeletion
    | ProposeOrderEnd
    | DecideOrderEnd
    | PlaceHold
    | LiftHold
    | ConfirmExportGone
    | DecideDisclosure
    | GiveConsent
    | WithdrawConsent
    | EnterLabel
)
