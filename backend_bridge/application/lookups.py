"""What each query looks at, by what action it has to be allowed, and what the log says of it."""

import hashlib
from dataclasses import dataclass
from typing import assert_never

from backend_bridge.application import exports, papers, retention_acts
from backend_bridge.application.ledger_reads import LedgerQuery
from backend_bridge.application.room_state import Room
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.grants import HOUR_US
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.queries import (
    CheckScenario,
    CompareRecording,
    MakeExport,
    NotePaper,
    PlanDestruction,
    PlanRetention,
    PreparePaper,
    Query,
    RankUnits,
    ReadCertificate,
    ReadDebrief,
    ReadFigures,
    ReadLedger,
    ReadLog,
    ReadLooks,
    ReadRegister,
    ReadReview,
    ReadScenarios,
    ReadScenarioText,
    ReadSubject,
    ReadSurroundings,
    ReadTrack,
    Reveal,
    SaveScenario,
    Search,
    SignReport,
    StopComparing,
)
from backend_bridge.domain.watching.registry import knows, party_of

MAX_FIGURES_US = 7 * 24 * HOUR_US
REVEALS = {"name": Action.SEE_IDENTITY, "phones": Action.SEE_PHONES, "addresses": Action.SEE_PLACES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What a query looks at, and what of it is left when the verdict has cut it."""

    what: str
    action: Action
    query: Query
    case: CaseId | None = None
    person: PersonId | None = None
    device: DeviceId | None = None
    purpose: Purpose | None = None
    from_us: int | None = None
    to_us: int | None = None
    scope: str | None = None


def lookup_of(query: Query, room: Room) -> Lookup:  # noqa: C901, PLR0911, PLR0912 - one line a kind of query
    """What a query looks at; raises `Refused` where there is no such thing, or it asks for what cannot be."""
    match query:
        case ReadTrack():
            return _track_look(query, room)
        case Reveal():
            return _reveal_look(query, room)
        case Search():
            return Lookup(what="search", action=Action.SEARCH, query=query, scope=f"{len(query.text)} characters")
        case RankUnits():
            incident = room.incidents.the(query.incident)
            return Lookup(what="units", action=Action.SEE_UNITS, query=query, case=incident.case)
        case ReadLog():
            return Lookup(what="log", action=Action.SEE_LOG, query=query, scope=f"after {query.since}, at most {query.limit}")
        case ReadLedger() | ReadReview() | ReadLooks() | ReadRegister() | ReadSubject():
            return _ledger_look(query)
        case ReadScenarios():
            return Lookup(what="scenarios", action=Action.DIRECT, query=query)
        case ReadScenarioText() | CheckScenario() | SaveScenario():
            return _writing_look(query)
        case ReadDebrief() | CompareRecording() | StopComparing():
            return _replay_look(query, room)
        case PlanDestruction():
            room.registry.case(query.case)
            return Lookup(what="destruction-plan", action=Action.ASK_DESTRUCTION, query=query, case=query.case)
        case PlanRetention():
            retention_acts.planned(room, query.proposal, room.now_us)
            return Lookup(what="retention-plan", action=Action.ASK_DESTRUCTION, query=query, scope=query.proposal)
        case ReadCertificate():
            is_old = query.destruction in room.destructions.old
            case = None if is_old else room.destructions.the(query.destruction).case
            return Lookup(what="certificate", action=Action.SEE_REQUESTS, query=query, case=case, scope=query.destruction)
        case MakeExport():
            return _export_look(query, room)
        case ReadFigures():
            return _figures_look(query)
        case SignReport():
            return _report_look(query, room)
        case NotePaper() | PreparePaper():
            return _paper_look(query, room)
        case ReadSurroundings():
            return _surroundings_look(query, room)
        case _:
            assert_never(query)


def _reveal_look(query: Reveal, room: Room) -> Lookup:
    if query.field not in REVEALS:
        raise Refused(Code.BAD_FIELDS)
    if not knows(room.registry.case(query.case), query.person):
        raise Refused(Code.UNKNOWN_PERSON, query.person)
    return Lookup(
        what=query.field,
        action=REVEALS[query.field],
        query=query,
        case=query.case,
        person=query.person,
        purpose=None if query.purpose is Purpose.COMPLIANCE else query.purpose,
    )


def _replay_look(query: ReadDebrief | CompareRecording | StopComparing, room: Room) -> Lookup:
    """A debrief belongs to an exercise; a comparison to a recording that a desk shows, where the players answer it."""
    if isinstance(query, CompareRecording | StopComparing):
        raise Refused(Code.NO_RECORDING)
    if room.course is None:
        raise Refused(Code.NO_EXERCISE)
    return Lookup(what="debrief", action=Action.REPLAY, query=query)


def _writing_look(query: ReadScenarioText | CheckScenario | SaveScenario) -> Lookup:
    """Of what is kept the log has the hash: a scenario says what trainees are to see, and who wrote that."""
    if isinstance(query, ReadScenarioText):
        return Lookup(what="scenario-text", action=Action.DIRECT, query=query, scope=query.scenario[:64])
    what = "scenario-offered" if isinstance(query, SaveScenario) else "scenario-checked"
    sha256 = hashlib.sha256("\n".join(query.lines).encode()).hexdigest()
    return Lookup(what=what, action=Action.DIRECT, query=query, scope=f"SHA-256 {sha256}")


def _figures_look(query: ReadFigures) -> Lookup:
    if not 0 < query.to_us - query.from_us <= MAX_FIGURES_US:
        raise Refused(Code.BAD_PERIOD)
    return Lookup(what="figures", action=Action.SEE_ALARM, query=query, from_us=query.from_us, to_us=query.to_us)


def _report_look(query: SignReport, room: Room) -> Lookup:
    """The entry that this makes is the log's own word for which report was made of the incident."""
    papers.check_hash(query.sha256)
    case = room.incidents.the(query.incident).case
    scope = f"{query.incident}, copy {query.copy}, SHA-256 {query.sha256}"
    return Lookup(what="report", action=Action.SEE_INCIDENT, query=query, case=case, scope=scope)


def _paper_look(query: NotePaper | PreparePaper, room: Room) -> Lookup:
    """Whoever may read a list may print it; that it is going to be is written down before, and then the hash of what left the desk."""
    papers.check_name(query.what)
    if isinstance(query, NotePaper):
        papers.check_hash(query.sha256)
        scope = f"{query.what}, copy {query.copy}, SHA-256 {query.sha256}"
        return Lookup(what="paper", action=Action.SEE_ROOM, query=query, scope=scope)
    if query.incident is None:
        return Lookup(what="printing", action=Action.SEE_ROOM, query=query, scope=query.what)
    case = room.incidents.the(query.incident).case
    return Lookup(what="printing", action=Action.SEE_INCIDENT, query=query, case=case, scope=query.what)


def _surroundings_look(query: ReadSurroundings, room: Room) -> Lookup:
    case = room.registry.case(query.case)
    device = party_of(case, query.person).device
    if device is None:
        raise Refused(Code.NO_DEVICE, query.person)
    is_wearer = query.person == case.subject.person
    action = Action.SEE_WEARER_POSITION if is_wearer else Action.SEE_PROTECTED_POSITION
    return Lookup(what="surroundings", action=action, query=query, case=query.case, person=query.person, device=device)


def _export_look(query: MakeExport, room: Room) -> Lookup:
    return Lookup(
        what="export",
        action=Action.EXPORT,
        query=query,
        case=query.case,
        person=query.person,
        device=exports.device_of(query, room),
        from_us=query.from_us,
        to_us=query.to_us,
        scope=f"{query.form} for {query.recipient.strip()}",
    )


def _ledger_look(query: LedgerQuery) -> Lookup:
    if query.to_us <= query.from_us:
        raise Refused(Code.BAD_PERIOD)
    what = {ReadLedger: "ledger", ReadReview: "review", ReadLooks: "looks", ReadRegister: "register", ReadSubject: "subject-access"}[
        type(query)
    ]
    return Lookup(
        what=what,
        action=Action.SEE_LOG,
        query=query,
        person=query.person if isinstance(query, ReadLooks | ReadSubject) else None,
        from_us=query.from_us,
        to_us=query.to_us,
        scope=f"looks of {query.user}" if isinstance(query, ReadLooks) else None,
    )


def _track_look(query: ReadTrack, room: Room) -> Lookup:
    carrier = next((each for each in room.registry.carriers(query.device) if each.case == query.case), None)
    if carrier is None:
        raise Refused(Code.UNKNOWN_CASE, query.case)
    return Lookup(
        what="track",
        action=Action.SEE_WEARER_TRAIL if carrier.part == 0 else Action.SEE_PROTECTED_TRAIL,
        query=query,
        case=query.case,
        person=carrier.person,
        device=query.device,
        purpose=None if query.purpose is Purpose.COMPLIANCE else query.purpose,
        from_us=query.from_us,
        to_us=query.to_us,
    )
