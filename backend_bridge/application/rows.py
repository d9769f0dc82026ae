"""What a desk is shown: flat immutable rows, already cut by the bridge to what its user may see.

A desk holds one mapping a table, key → row. A field that the user may not see is None ("masked"), never a guess; `masked` on
the row says that something was left out. Instants are microseconds of UTC; distances metres, speeds m/s, courses degrees.
"""

from dataclasses import dataclass
from enum import StrEnum

from backend_bridge.application.access_rows import DestructionRow, DisclosureRow, ExportRow, GrantRow, HoldRow, OrderEndRow, RequestRow
from backend_bridge.application.incident_rows import IncidentRow
from backend_bridge.application.playhead import PlayheadRow
from backend_bridge.application.training_rows import ExerciseRow
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel, Figure
from backend_bridge.domain.case import Circle, OrderBasis, PlaceKind, Polygon, RingEffect, Schedule, Tier, ZoneKind
from backend_bridge.domain.identifiers import (
    AlarmId,
    CaseId,
    DeviceId,
    GatewayName,
    IncidentId,
    PersonId,
    PlaceId,
    RingId,
    UnitId,
    UserId,
    ZoneId,
)
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.user import Role


class AlarmState(StrEnum):
    """The life of an alarm in the words of ISA-18.2."""

    UNACKNOWLEDGED = "unacknowledged"
    ACKNOWLEDGED = "acknowledged"
    RETURNED_UNACKNOWLEDGED = "returned-unacknowledged"
    """The condition is over, and nobody has acknowledged it yet."""
    LATCHED = "latched"
    """The condition says it is over, but only a person may end it (tamper)."""
    SHELVED = "shelved"
    SUPPRESSED = "suppressed"
    OUT_OF_SERVICE = "out-of-service"
    CLOSED = "closed"


class Trend(StrEnum):
    """Whether the two come nearer."""

    CLOSING = "closing"
    STEADY = "steady"
    OPENING = "opening"
    UNKNOWN = "unknown"


class Freshness(StrEnum):
    """How old a position is against the interval that its device keeps; set by the bridge's timers."""

    LIVE = "live"
    LATE = "late"
    STALE = "stale"
    LOST = "lost"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRow:
    """One alarm that has not been closed."""

    alarm: AlarmId
    kind: AlarmKind
    level: AlarmLevel
    priority: int
    """1 (a life, now) to 4 (technical, can wait)."""
    state: AlarmState
    case: CaseId | None
    subject: PersonId | None
    device: DeviceId | None
    zone: ZoneId | None
    ring: RingId | None
    about: PersonId | None
    happened_us: int
    known_us: int
    """When the bridge first could know; the age that a person sees counts from here."""
    cleared_us: int | None
    place: str | None
    """Nearest place or street that can be spoken, with its error; None unknown or masked."""
    distance_m: float | None
    distance_error_m: float | None
    closing_mps: float | None
    contact_s: float | None
    """Predicted seconds to contact at `updated_us`; None where none is predicted."""
    trend: Trend
    probability: float | None
    count: int
    """How often the same condition came back: one row for a flapping pair."""
    owner: UserId | None
    acknowledged_us: int | None
    shelved_until_us: int | None
    escalation: int
    """0 none, 1 second seat told (30 s), 2 supervisor told (60 s)."""
    incident: IncidentId | None
    group: str | None
    """Alarms of one cause share a group; None for an alarm of its own."""
    next_step: str | None
    """The code of the next task (see `TaskRow.task`); None when there is none."""
    because: tuple[tuple[str, Figure], ...]
    updated_us: int
    masked: bool = False
    routed: tuple[UserId, ...] = ()
    """Those at desks to whom it comes first by region, case or kind, until somebody owns it; empty for everybody."""
    called_us: int = 0
    """When it last asked for an acknowledgement: by its raise, return or upgrade to red, or when its shelf ended; 0 in a row of before."""
    legal: str | None = None
    """What Korea's law calls it, as `BAN_100M_BREACH` or `VICTIM_PROX_RING:600`; None where it has no name for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneRow:
    """A zone of a case as it is in force."""

    zone: ZoneId
    kind: ZoneKind
    label: str | None
    shape: Circle | tuple[Polygon, ...] | None
    warning_m: float | None
    schedule: Schedule | None
    in_force: bool
    starts_us: int | None = None
    ends_us: int | None = None
    """From when until when it holds, where that is not as long as the order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RingRow:
    """A ring of a case as it is in force."""

    ring: RingId
    about: PersonId
    distance_m: float
    effect: RingEffect
    in_force: bool
    starts_us: int | None = None
    ends_us: int | None = None
    """As of a zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person of a case; names and numbers come only with `reveal`."""

    person: PersonId
    part: str
    """`subject`, `protected`, or `relation`."""
    device: DeviceId | None
    relation: str | None
    n_phones: int
    consent: str | None = None
    """Of a protected person: `given` or `withdrawn` (then no device is tracked); None where nothing was entered."""
    consent_version: str | None = None
    """Which text on the limits of tracking was read to them."""
    consent_us: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A known address of a person."""

    place: PlaceId
    person: PersonId
    kind: PlaceKind
    position: LatLon | None
    starts_us: int | None = None
    ends_us: int | None = None
    """From when until when it counts, where that is not as long as the order."""
    in_force: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case: the pair, what the court ordered, and how it stands now."""

    case: CaseId
    version: int
    jurisdiction: str
    tier: Tier
    basis: OrderBasis
    starts_us: int
    ends_us: int
    in_force: bool
    people: tuple[PersonRow, ...]
    places: tuple[PlaceRow, ...]
    zones: tuple[ZoneRow, ...]
    rings: tuple[RingRow, ...]
    police_station: str | None
    officer: str | None
    probation_office: str | None
    defects: tuple[str, ...]
    """Codes of what is missing: `no-work-address`, `no-phone`, `no-telemetry`, …"""
    tracked: bool
    silent_since_us: int | None
    """Since when the wearer's device has not been heard although it should be; None when heard."""
    unfitted_since_us: int | None = None
    """Since when the order holds while no position of the wearer's device has ever come; None once one came."""
    masked: bool = False
    court: str | None = None
    extensions: int | None = None
    """How often the order has been extended; None where the file does not say, as with the court."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """How a wearer and one protected person stand to one another now; the key is `case/about`."""

    pair: str
    case: CaseId
    about: PersonId
    distance_m: float | None
    """None when masked or unknown; `band_m` says what may be said then."""
    distance_error_m: float | None
    band_m: tuple[float, float | None] | None
    """The distance as a band [from, to), `to` None for open."""
    closing_mps: float | None
    closing_share_subject: float | None
    """0–1: how much of the closing speed is the wearer's."""
    contact_s: float | None
    miss_m: float | None
    """Predicted distance at the closest point of approach."""
    trend: Trend
    co_travel: bool
    updated_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow:
    """The health of one device."""

    device: DeviceId
    case: CaseId | None
    person: PersonId | None
    part: str
    freshness: Freshness
    last_measured_us: int | None
    last_received_us: int | None
    source: int
    accuracy_m: float | None
    battery: int | None
    charging: bool
    strap: str
    """`ok`, `cut`, `restored` (cut, then reported whole: a person must look), `unknown`."""
    jammed: bool
    separated: bool
    gateway: GatewayName | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayRow:
    """One device gateway and its link."""

    gateway: GatewayName
    up: bool
    last_heard_us: int | None
    n_devices: int
    fixes_per_s: float
    holes: int
    """How many sequence numbers are missing and not yet explained."""
    lost: int
    quarantined: int
    revoked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A police unit as its last Cursor-on-Target message showed it."""

    unit: UnitId
    callsign: str
    position: LatLon | None
    course_deg: float | None
    state: str
    """`free`, `en-route`, `on-scene`, `busy`, `off`."""
    reported_us: int
    eta_s: float | None
    """Estimated seconds to the place of the incident it is ranked for; None when not ranked, or not heard for two minutes."""
    eta_basis: str | None
    """`road`, `straight-line`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """Who sits at this desk, and what the room looks like as a whole. The only row of its table; key `session`."""

    user: UserId
    role: Role
    seat: str
    shift_started_us: int | None
    expires_us: int
    exercise: bool
    tested_us: int | None = None
    """When the test alarm of this shift was run at this desk; None while it was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRow:
    """The bridge about itself. The only row of its table; key `room`."""

    fixes_per_s: float
    lag_s: float
    """How far behind the newest input the decisions are."""
    n_cases: int
    n_silent: int
    gateways_up: int
    gateways_total: int
    unacknowledged_red: int
    unacknowledged_amber: int
    """Without those of devices and of the room itself."""
    unacknowledged_technical: int = 0
    """Amber alarms of devices and of the room itself."""
    flood: bool
    degraded: tuple[str, ...]
    """Codes of what does not work: `disk-full`, `authenticator`, `clock-step`, …"""
    started_us: int
    last_verified_us: int | None
    last_checkpoint_us: int | None
    last_outside_copy_us: int | None
    last_self_test_us: int | None = None
    """When a test fix last came the whole way, from the port of gateways to this row."""
    replay: bool
    """True where the bridge plays a recording: nothing here is happening now."""
    playhead: PlayheadRow | None = None
    """Where the recording is; None in the live room."""
    exercise: ExerciseRow | None = None
    """What is played in a room for exercises; None before the first scenario and in every other room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """The answer to a query for one device's positions: n columns of equal length as little-endian bytes, oldest first."""

    device: DeviceId
    measured_us: bytes
    """int64"""
    lat_deg: bytes
    """float64; a gap in the trail is a gap in time, never filled."""
    lon_deg: bytes
    accuracy_m: bytes
    """float32, NaN unknown"""
    speed_mps: bytes
    """float32, NaN unknown"""
    inside: bytes
    """float32, the probability by the track filter that the wearer was inside the likeliest of the case's exclusion zones then.

    NaN where none was in force, and in the track of a protected person.
    """
    rejected: bytes
    """uint8, why the fix is not believed: 1 a lone jump there and back that no vehicle makes, 2 displaced, as far as the track filter
    can tell (P ≥ 0.9, farther off than its own error reaches, and the fix after it back: a reflection, a tower); 0 where it is believed."""
    masked: bool
    """True where the period or the detail was cut to what the user may see."""
    ring_us: bytes = b""
    """int64, when each position of the two was measured, in a protected person's track; none where the wearer's may not be seen."""
    ring: bytes = b""
    """float32, as long as `ring_us`: the probability that the wearer was within the likeliest `alarm` ring about her then; NaN none."""
    amber_from: float | None = None
    """The probability from which a decision is amber; None where nothing decides."""
    red_from: float | None = None
    """The probability from which a breach of a ring is red."""
    outside: bytes = b""
    """float32, the probability that the wearer was outside of the likeliest zone to stay in; NaN where none was in force.

    None at all where the case has no such zone, and in the track of a protected person.
    """
    outside_from: float | None = None
    """The probability from which having left a zone to stay in is red; amber begins where that of all others does."""
    red_moving: float | None = None
    """The probability from which being in an exclusion zone is red of who moves, and of who stays; None without such a zone."""
    red_at_rest: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionFrame:
    """Where everybody whom the user may see is now: n columns of equal length as little-endian bytes; newest frame counts."""

    at_us: int
    devices: tuple[DeviceId, ...]
    lat_deg: bytes
    """float64; the filtered position"""
    lon_deg: bytes
    accuracy_m: bytes
    """float32, 68 % radius of the filtered position"""
    speed_mps: bytes
    """float32"""
    course_deg: bytes
    """float32, NaN when still"""
    measured_us: bytes
    """int64"""
    freshness: bytes
    """uint8: 0 live, 1 late, 2 stale, 3 lost"""
    reach_m: bytes
    """float32, radius of where the person could be by `at_us`; 0 when live"""
    part: bytes
    """uint8: 0 wearer, 1 protected person"""
    level: bytes
    """uint8: 0 normal, 1 amber, 2 red, 3 technical, 4 SOS: the worst open alarm of the device"""


Row = (
    AlarmRow
    | CaseRow
    | PairRow
    | DeviceRow
    | GatewayRow
    | IncidentRow
    | UnitRow
    | RequestRow
    | GrantRow
    | DestructionRow
    | HoldRow
    | OrderEndRow
    | ExportRow
    | DisclosureRow
    | SessionRow
    | RoomRow
)
