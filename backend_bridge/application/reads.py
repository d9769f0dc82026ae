"""Looking something up: decided and written down first, answered after that is on disk, cut to what the verdict allows."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Protocol, TypeVar, assert_never

from backend_bridge.application import exports, papers, retention_acts
from backend_bridge.application.inbox import Ask
from backend_bridge.application.ledger import (
    entries_of,
)
from backend_bridge.application.ledger_reads import LedgerQuery, ledger_lines
from backend_bridge.application.outcome import Reply
from backend_bridge.application.room_state import Room
from backend_bridge.application.rows import Track, UnitRow
from backend_bridge.application.searching import hits
from backend_bridge.application.surroundings import Sightings, surroundings
from backend_bridge.application.told_tracks import against, beside, entry_beside, told_track
from backend_bridge.application.training_rows import ComparedRow, DebriefRow, ScenarioRow
from backend_bridge.application.turn import Turn
from backend_bridge.application.unit_views import ranked_rows
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.export_book import Mark
from backend_bridge.domain.access.grants import HOUR_US
from backend_bridge.domain.access.verdict import Verdict
from backend_bridge.domain.alarms.kpi import ShiftFigures
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.exercise import Course
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DestructionId, DeviceId, IncidentId, PersonId
from backend_bridge.domain.incidents.burden import burden
from backend_bridge.domain.outcomes.access_events import ActRefused, DataRead
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
    SearchHit,
    SignReport,
    StopComparing,
)
from backend_bridge.domain.user import User
from backend_bridge.domain.watching.registry import knows, party_of, person_of, places_of

MAX_FIGURES_US = 7 * 24 * HOUR_US
FROM_DISK = (
    *(ReadTrack, ReadLog, ReadLedger, ReadReview, ReadLooks, ReadRegister, ReadSubject, MakeExport),
    *(PlanDestruction, PlanRetention, ReadCertificate),
    *(ReadScenarios, ReadScenarioText, CheckScenario, SaveScenario, ReadDebrief),
)
"""Queries whose answers take time: not for the engine's thread."""
REVEALS = {"name": Action.SEE_IDENTITY, "phones": Action.SEE_PHONES, "addresses": Action.SEE_PLACES}


Periodic = TypeVar("Periodic", bound=ReadTrack | MakeExport)


class Records(Sightings, Protocol):
    """What is on disk, for answers that the room does not hold itself."""

    def fixes(self, device: DeviceId, from_us: int, to_us: int) -> FixBatch:
        """The stored positions of a device measured in [from_us, to_us)."""
        ...

    def log_lines(self, since: int, limit: int) -> tuple[str, ...]:
        """Entries of the log with n > since as JSON texts, at most `limit`."""
        ...

    def whole_lines(self) -> Iterable[str]:
        """All entries of the log as they stand, for answers that are made of them here."""
        ...

    def scenarios(self, name: str | None) -> tuple[ScenarioRow, ...]:
        """The library of scenarios, or the one of that name with its preview."""
        ...

    def scenario_text(self, name: str) -> tuple[str, ...]:
        """The file of a scenario, and `own` or `shipped`; nothing where there is none that may be edited."""
        ...

    def written_scenario(self, text: str, *, save: bool) -> tuple[tuple[str, ...], tuple[ScenarioRow, ...]]:
        """The defects of a scenario file as JSON texts; or none, and its row with its preview, once it is kept where `save` says so."""
        ...

    def debrief(self, course: Course, now_us: int) -> DebriefRow | None:
        """How a scenario went; None where its file is not there any more."""
        ...

    def plan(self, case: CaseId, devices: tuple[DeviceId, ...]) -> dict[str, object]:
        """What a destruction of the case would make unreadable, as counts by kind."""
        ...

    def n_too_old(self, kept_from_us: Mapping[DeviceId, int]) -> dict[DeviceId, int]:
        """How many stored positions of each device were measured before its limit; devices without any are not in it."""
        ...

    def certificate(self, destruction: DestructionId) -> tuple[str, ...]:
        """The text and the signed document of a certificate; empty where there is none."""
        ...

    def signed_report(self, incident: IncidentId, sha256: str, now_us: int) -> str:
        """The bridge's signature under a report of that SHA-256, as a document to be kept beside it."""
        ...

    def export(self, device: DeviceId, query: MakeExport, mark: Mark) -> tuple[bytes, str, str]:
        """An encrypted file of the device's positions, its passphrase, and its manifest as JSON."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an allowed query found: exactly one of the fields; an export is `file` and `texts`."""

    track: Track | None = None
    hits: tuple[SearchHit, ...] | None = None
    units: tuple[UnitRow, ...] | None = None
    texts: tuple[str, ...] | None = None
    scenarios: tuple[ScenarioRow, ...] | None = None
    debrief: DebriefRow | None = None
    compared: tuple[ComparedRow, ...] | None = None
    file: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
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


def take_ask(turn: Turn, ask: Ask) -> None:
    """Decide a query, write the look down, and let the answer be given once that is on disk."""
    try:
        user = turn.room.duty.at(ask.seat, ask.user)
        verdict, event, query = decide(ask.query, user, ask.seat, turn.room, turn.now_us)
        papers.take_hash(turn, query, user, allowed=verdict.allowed)
        mark = exports.enter(turn, query, user, verdict) if verdict and isinstance(query, MakeExport) else None
    except Refused as refused:
        name = type(ask.query).__name__
        turn.decisions.log(ActRefused(user=ask.user, seat=ask.seat, act=name, code=refused.code.value))
        turn.replies.append(Reply(act=ask.act, seat=ask.seat, refusal=refused.code.value, sentence=refused.sentence))
        return
    paper = other = None
    if verdict and isinstance(query, PreparePaper):
        paper, event = papers.begin(turn, query, user, event)
        papers.enter_people(turn, query, user, event, paper.copy)
    if verdict and isinstance(query, ReadTrack):
        other = beside(query, turn.room, partial(_may_see, turn, user, query))
        event = event if other is None else replace(event, scope=f"with {other.wearer}, for rings")
    turn.decisions.log(event)
    for entry in () if other is None else entry_beside(event, other, turn.room):
        turn.decisions.log(entry)
    if verdict:
        turn.replies.append(Reply(act=ask.act, seat=ask.seat, query=query, verdict=verdict, beside=other, mark=mark, paper=paper))
    else:
        no = Refused(Code.NOT_ALLOWED, event.what)
        turn.replies.append(Reply(act=ask.act, seat=ask.seat, refusal=no.code.value, sentence=no.sentence))


def decide(query: Query, user: User, seat: str, room: Room, now_us: int) -> tuple[Verdict, DataRead, Query]:
    """The verdict about a look, the entry that says that it was asked for, and the query cut to what is allowed."""
    look = _look(query, room)
    verdict = room.access.may(user.user, look.action, look.person, look.case, look.purpose, now_us)
    cut = look.query
    if verdict and isinstance(cut, ReadTrack | MakeExport):
        cut = _within(cut, verdict, now_us)
        look = replace(look, from_us=cut.from_us, to_us=cut.to_us)
    grant = room.grants.grants.get(verdict.grant) if verdict.grant is not None else None
    if grant is not None:
        look = replace(look, purpose=grant.purpose)
    return verdict, _entry(look, user, seat, verdict), cut


def _may_see(turn: Turn, user: User, query: ReadTrack, action: Action, person: PersonId) -> Verdict:
    purpose = None if query.purpose is Purpose.COMPLIANCE else query.purpose
    return turn.room.access.may(user.user, action, person, query.case, purpose, turn.now_us)


def _within(query: Periodic, verdict: Verdict, now_us: int) -> Periodic:
    from_us = query.from_us if verdict.from_us is None else max(query.from_us, verdict.from_us)
    to_us = min(query.to_us, now_us + 1 if verdict.to_us is None else verdict.to_us)
    return replace(query, from_us=from_us, to_us=max(from_us, to_us))


def _look(query: Query, room: Room) -> _Look:  # noqa: C901, PLR0911, PLR0912 - one line a kind of query
    match query:
        case ReadTrack():
            return _track_look(query, room)
        case Reveal():
            return _reveal_look(query, room)
        case Search():
            return _Look(what="search", action=Action.SEARCH, query=query, scope=f"{len(query.text)} characters")
        case RankUnits():
            incident = room.incidents.the(query.incident)
            return _Look(what="units", action=Action.SEE_UNITS, query=query, case=incident.case)
        case ReadLog():
            return _Look(what="log", action=Action.SEE_LOG, query=query, scope=f"after {query.since}, at most {query.limit}")
        case ReadLedger() | ReadReview() | ReadLooks() | ReadRegister() | ReadSubject():
            return _ledger_look(query)
        case ReadScenarios():
            return _Look(what="scenarios", action=Action.DIRECT, query=query)
        case ReadScenarioText() | CheckScenario() | SaveScenario():
            return _writing_look(query)
        case ReadDebrief() | CompareRecording() | StopComparing():
            return _replay_look(query, room)
        case PlanDestruction():
            room.registry.case(query.case)
            return _Look(what="destruction-plan", action=Action.ASK_DESTRUCTION, query=query, case=query.case)
        case PlanRetention():
            retention_acts.planned(room, query.proposal, room.now_us)
            return _Look(what="retention-plan", action=Action.ASK_DESTRUCTION, query=query, scope=query.proposal)
        case ReadCertificate():
            is_old = query.destruction in room.destructions.old
            case = None if is_old else room.destructions.the(query.destruction).case
            return _Look(what="certificate", action=Action.SEE_REQUESTS, query=query, case=case, scope=query.destruction)
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


def _reveal_look(query: Reveal, room: Room) -> _Look:
    if query.field not in REVEALS:
        raise Refused(Code.BAD_FIELDS)
    if not knows(room.registry.case(query.case), query.person):
        raise Refused(Code.UNKNOWN_PERSON, query.person)
    return _Look(
        what=query.field,
        action=REVEALS[query.field],
        query=query,
        case=query.case,
        person=query.person,
        purpose=None if query.purpose is Purpose.COMPLIANCE else query.purpose,
    )


def _replay_look(query: ReadDebrief | CompareRecording | StopComparing, room: Room) -> _Look:
    """A debrief belongs to an exercise; a comparison to a recording that a desk shows, where the players answer it."""
    if isinstance(query, CompareRecording | StopComparing):
        raise Refused(Code.NO_RECORDING)
    if room.course is None:
        raise Refused(Code.NO_EXERCISE)
    return _Look(what="debrief", action=Action.REPLAY, query=query)


def _writing_look(query: ReadScenarioText | CheckScenario | SaveScenario) -> _Look:
    """Of what is kept the log has the hash: a scenario says what trainees are to see, and who wrote that."""
    if isinstance(query, ReadScenarioText):
        return _Look(what="scenario-text", action=Action.DIRECT, query=query, scope=query.scenario[:64])
    what = "scenario-offered" if isinstance(query, SaveScenario) else "scenario-checked"
    sha256 = hashlib.sha256("\n".join(query.lines).encode()).hexdigest()
    return _Look(what=what, action=Action.DIRECT, query=query, scope=f"SHA-256 {sha256}")


def _figures_look(query: ReadFigures) -> _Look:
    if not 0 < query.to_us - query.from_us <= MAX_FIGURES_US:
        raise Refused(Code.BAD_PERIOD)
    return _Look(what="figures", action=Action.SEE_ALARM, query=query, from_us=query.from_us, to_us=query.to_us)


def _report_look(query: SignReport, room: Room) -> _Look:
    """The entry that this makes is the log's own word for which report was made of the incident."""
    papers.check_hash(query.sha256)
    case = room.incidents.the(query.incident).case
    scope = f"{query.incident}, copy {query.copy}, SHA-256 {query.sha256}"
    return _Look(what="report", action=Action.SEE_INCIDENT, query=query, case=case, scope=scope)


def _paper_look(query: NotePaper | PreparePaper, room: Room) -> _Look:
    """Whoever may read a list may print it; that it is going to be is written down before, and then the hash of what left the desk."""
    papers.check_name(query.what)
    if isinstance(query, NotePaper):
        papers.check_hash(query.sha256)
        scope = f"{query.what}, copy {query.copy}, SHA-256 {query.sha256}"
        return _Look(what="paper", action=Action.SEE_ROOM, query=query, scope=scope)
    if query.incident is None:
        return _Look(what="printing", action=Action.SEE_ROOM, query=query, scope=query.what)
    case = room.incidents.the(query.incident).case
    return _Look(what="printing", action=Action.SEE_INCIDENT, query=query, case=case, scope=query.what)


def _surroundings_look(query: ReadSurroundings, room: Room) -> _Look:
    case = room.registry.case(query.case)
    device = party_of(case, query.person).device
    if device is None:
        raise Refused(Code.NO_DEVICE, query.person)
    is_wearer = query.person == case.subject.person
    action = Action.SEE_WEARER_POSITION if is_wearer else Action.SEE_PROTECTED_POSITION
    return _Look(what="surroundings", action=action, query=query, case=query.case, person=query.person, device=device)


def _export_look(query: MakeExport, room: Room) -> _Look:
    return _Look(
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


def _ledger_look(query: LedgerQuery) -> _Look:
    if query.to_us <= query.from_us:
        raise Refused(Code.BAD_PERIOD)
    what = {ReadLedger: "ledger", ReadReview: "review", ReadLooks: "looks", ReadRegister: "register", ReadSubject: "subject-access"}[
        type(query)
    ]
    return _Look(
        what=what,
        action=Action.SEE_LOG,
        query=query,
        person=query.person if isinstance(query, ReadLooks | ReadSubject) else None,
        from_us=query.from_us,
        to_us=query.to_us,
        scope=f"looks of {query.user}" if isinstance(query, ReadLooks) else None,
    )


def _track_look(query: ReadTrack, room: Room) -> _Look:
    carrier = next((each for each in room.registry.carriers(query.device) if each.case == query.case), None)
    if carrier is None:
        raise Refused(Code.UNKNOWN_CASE, query.case)
    return _Look(
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


def _entry(look: _Look, user: User, seat: str, verdict: Verdict) -> DataRead:
    return DataRead(
        user=user.user,
        seat=seat,
        what=look.what,
        case=look.case,
        person=look.person,
        device=look.device,
        purpose=look.purpose or Purpose.COMPLIANCE,
        from_us=look.from_us,
        to_us=look.to_us,
        allowed=verdict.allowed,
        why=verdict.why,
        grant=verdict.grant,
        scope=look.scope,
    )


def answer(reply: Reply, user: User, room: Room, records: Records) -> Found | None:  # noqa: C901, PLR0911, PLR0912 - one line a kind of query
    """What an allowed query found, as the room stands; None for a reply that allows none.

    To be called after the step that made the reply is on disk; its verdict still has to hold now.
    """
    query = reply.query
    if query is None or reply.verdict is None:
        return None
    match query:
        case ReadTrack():
            if query.to_us <= query.from_us:
                return Found(track=_no_track(query.device))
            is_cut = reply.verdict.from_us is not None
            return Found(track=told_track(query, records.fixes, against(query, room, reply.beside), masked=is_cut))
        case Reveal():
            return Found(texts=_revealed(query, room))
        case Search():
            return Found(hits=tuple(hits(query.text, user, room)))
        case RankUnits():
            return Found(units=ranked_rows(room, query))
        case ReadLog():
            return Found(texts=records.log_lines(query.since, min(max(query.limit, 1), 10_000)))
        case ReadLedger() | ReadReview() | ReadLooks() | ReadRegister() | ReadSubject():
            return Found(texts=tuple(ledger_lines(query, room, entries_of(records.whole_lines()), user.user)))
        case PlanDestruction():
            return Found(texts=(json.dumps(records.plan(query.case, room.holders.devices_of(query.case))),))
        case PlanRetention():
            plan = retention_acts.planned(room, query.proposal, room.now_us)
            return Found(texts=(retention_acts.plan_text(room, plan, records.n_too_old(plan.kept_from_us)),))
        case ReadCertificate():
            return Found(texts=records.certificate(query.destruction))
        case MakeExport():
            return _exported(query, reply.mark, room, records)
        case ReadScenarios():
            return Found(scenarios=records.scenarios(query.scenario))
        case ReadScenarioText():
            return Found(texts=records.scenario_text(query.scenario))
        case CheckScenario() | SaveScenario():
            defects, rows = records.written_scenario("\n".join(query.lines), save=isinstance(query, SaveScenario))
            return Found(texts=defects) if defects else Found(scenarios=rows)
        case ReadDebrief() | CompareRecording() | StopComparing():
            return Found(debrief=None if room.course is None else records.debrief(room.course, room.now_us))
        case ReadFigures():
            return Found(texts=(json.dumps(asdict(_figures(query, room))),))
        case PreparePaper():
            return Found(texts=(papers.mark_text(reply.paper),))
        case NotePaper():
            return Found(texts=())
        case SignReport():
            return Found(texts=(records.signed_report(query.incident, query.sha256, room.now_us),))
        case ReadSurroundings():
            return Found(texts=surroundings(query, user, room, records))
        case _:
            assert_never(query)


def _figures(query: ReadFigures, room: Room) -> ShiftFigures:
    sent = burden(room.incidents.messages.by_key.values(), query.from_us, query.to_us)
    sheet = room.kpi.sheet(query.from_us, query.to_us, query.seat)
    return replace(sheet, messages_mean=sent.mean, messages_most=sent.most)


def _exported(query: MakeExport, mark: Mark | None, room: Room, records: Records) -> Found | None:
    """The file that was entered; its grant still has to run."""
    device = party_of(room.registry.case(query.case), query.person).device
    if mark is None or device is None:
        return None
    file, passphrase, manifest = records.export(device, query, mark)
    return Found(file=file, texts=(passphrase, manifest))


def _no_track(device: DeviceId) -> Track:
    none = b""
    return Track(
        device=device,
        measured_us=none,
        lat_deg=none,
        lon_deg=none,
        accuracy_m=none,
        speed_mps=none,
        inside=none,
        rejected=none,
        masked=True,
    )


def _revealed(query: Reveal, room: Room) -> tuple[str, ...]:
    case = room.registry.case(query.case)
    person = person_of(case, query.person)
    match query.field:
        case "name":
            return (person.name,) if person is not None else ()
        case "phones":
            return person.phones if person is not None else ()
        case _:
            return tuple(place.address for place in places_of(case, query.person) if place.address is not None)
