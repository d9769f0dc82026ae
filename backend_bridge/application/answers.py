"""What an allowed query found, as the room stands."""

import json
from dataclasses import asdict, dataclass, replace
from typing import assert_never

from backend_bridge.application import papers, retention_acts
from backend_bridge.application.ledger import entries_of
from backend_bridge.application.ledger_reads import ledger_lines
from backend_bridge.application.outcome import Reply
from backend_bridge.application.records_port import Records
from backend_bridge.application.room_state import Room
from backend_bridge.application.rows import Track, UnitRow
from backend_bridge.application.searching import hits
from backend_bridge.application.surroundings import surroundings
from backend_bridge.application.told_tracks import against, told_track
from backend_bridge.application.training_rows import ComparedRow, DebriefRow, ScenarioRow
from backend_bridge.application.unit_views import ranked_rows
from backend_bridge.domain.access.export_book import Mark
from backend_bridge.domain.alarms.kpi import ShiftFigures
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.incidents.burden import burden
from backend_bridge.domain.queries import (
    CheckScenario,
    CompareRecording,
    MakeExport,
    NotePaper,
    PlanDestruction,
    PlanRetention,
    PreparePaper,
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
from backend_bridge.domain.watching.registry import party_of, person_of, places_of

FROM_DISK = (
    *(ReadTrack, ReadLog, ReadLedger, ReadReview, ReadLooks, ReadRegister, ReadSubject, MakeExport),
    *(PlanDestruction, PlanRetention, ReadCertificate),
    *(ReadScenarios, ReadScenarioText, CheckScenario, SaveScenario, ReadDebrief),
)
"""Queries whose answers take time: not for the engine's thread."""


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
