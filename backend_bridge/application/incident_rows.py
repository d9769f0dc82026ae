"""What a desk is shown of incidents: their steps, units sent, messages, timeline and clocks, cut by the bridge like all rows."""

from dataclasses import dataclass

from backend_bridge.domain.alarm import Figure
from backend_bridge.domain.identifiers import AlarmId, CaseId, IncidentId, UnitId, UserId
from backend_bridge.domain.note import NoteAbout, Statement
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.spoken_place import SpokenPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One step of the working of an incident, with its timer."""

    task: str
    """Code such as `notify-112`, `call-protected`, `call-wearer`, `dispatch`, `notify-app`; texts are in `phrases.py`."""
    state: str
    """`open`, `done`, `failed`, `not-needed`."""
    opened_us: int
    due_us: int | None
    done_us: int | None
    by: UserId | None
    outcome: str | None
    """Code of the outcome, as the jurisdiction's task table lists them."""
    note: str | None
    outcomes: tuple[str, ...]
    legal: str | None
    """The provision that demands the step, as it is cited."""
    about: NoteAbout | None = None
    """About whom the note is; None without one, and where a client left it unsaid."""
    statement: Statement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchRow:
    """A unit sent to a place."""

    unit: UnitId
    destination: LatLon | None
    label: str
    sent_us: int
    state: str
    """`sent`, `delivered`, `accepted`, `en-route`, `on-scene`, `done`, `refused`, `failed`."""
    state_us: int
    eta_s: float | None
    """Seconds from where it last reported; None when over, and where nobody knows where the unit is."""
    by: UserId
    reported_us: int | None = None
    """When the unit last reported; None for one that never did."""
    callsign: str = ""
    """What the unit is called; its key where it never said so."""
    spoken: SpokenPlace | None = None
    """What `label` says in the language of whoever sent the unit, for desks to say in theirs; None where only the label is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """A message to somebody outside, and how far it got."""

    delivery: str
    channel: str
    """`app`, `sms`, `cap`, `cot`, `webhook`, `email`."""
    recipient: str
    """A code of the recipient (a station, a person's id), never a name or number."""
    state: str
    """`pending`, `sent`, `delivered`, `seen`, `failed`."""
    text: str | None
    at_us: int
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """Something that happened in an incident; `n` is the entry of the log that says so."""

    n: int
    at_us: int
    event: str
    by: UserId | None
    detail: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClocksRow:
    """The five clocks of the raise or upgrade that opened an incident; None where the moment has not come."""

    device_us: int
    received_us: int
    evaluated_us: int
    displayed_us: int | None
    acknowledged_us: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An acknowledged red alarm being worked."""

    incident: IncidentId
    case: CaseId
    alarms: tuple[AlarmId, ...]
    opened_us: int
    owner: UserId
    clocks: ClocksRow
    tasks: tuple[TaskRow, ...]
    dispatches: tuple[DispatchRow, ...]
    deliveries: tuple[DeliveryRow, ...]
    timeline: tuple[TimelineRow, ...]
    closed_us: int | None
    outcome: str | None
