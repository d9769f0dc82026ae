"""Rows as a bridge would send them: a made-up evening in Sinchon, in Korean style; every name, number and place is invented."""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from backend_bridge.application.access_rows import GrantRow, RequestRow
from backend_bridge.application.rows import (
    AlarmRow,
    AlarmState,
    CaseRow,
    ClocksRow,
    DeliveryRow,
    DeviceRow,
    DispatchRow,
    Freshness,
    GatewayRow,
    IncidentRow,
    PairRow,
    PersonRow,
    PlaceRow,
    PositionFrame,
    RingRow,
    RoomRow,
    SessionRow,
    TaskRow,
    TimelineRow,
    Track,
    Trend,
    UnitRow,
    ZoneRow,
)
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.case import Circle, OrderBasis, PlaceKind, RingEffect, Schedule, Tier, ZoneKind
from backend_bridge.domain.identifiers import (
    AlarmId,
    CaseId,
    DeviceId,
    GatewayName,
    GrantId,
    IncidentId,
    PersonId,
    PlaceId,
    RequestId,
    RingId,
    UnitId,
    UserId,
    ZoneId,
)
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.user import Role

S: Final = 1_000_000
NOW_US: Final = 1_795_394_536 * S  # 2026-11-23 09:42:16 KST
PLACES: Final = ("창천동 연세로", "방이동", "상도동", "잠실동", "신촌동", "대현동", "풍납동", "연희동", "가락동", "문정동")
STANDS: Final = {
    "ANK-0142": (720.0, 0.0, 270.0, 3.8),
    "VIC-0142": (0.0, 0.0, 90.0, 0.2),
    "ANK-0088": (-340.0, 1450.0, 40.0, 1.4),
    "ANK-0117": (1640.0, 190.0, 250.0, 1.2),
}
"""Where those of the evening's alarms stand: metres east and north of the home of case 142, course in degrees, m/s."""
KINDS: Final = tuple(kind for kind in AlarmKind if kind is not AlarmKind.SYSTEM)
MOVING: Final = (AlarmKind.EXCLUSION_ZONE, AlarmKind.ZONE_WARNING, AlarmKind.PROXIMITY, AlarmKind.APPROACH)
TECHNICAL: Final = (AlarmKind.TAMPER, AlarmKind.BATTERY, AlarmKind.SILENT, AlarmKind.JAMMING)


def case_id(number: int) -> CaseId:
    return CaseId(f"KR-SE-{number:04d}")


def alarm(number: int = 1, **changed: object) -> AlarmRow:
    """A red approach in the case of that number; `changed` replaces fields."""
    row = AlarmRow(
        alarm=AlarmId(f"A-{number}"),
        kind=AlarmKind.APPROACH,
        level=AlarmLevel.RED,
        priority=1,
        state=AlarmState.UNACKNOWLEDGED,
        case=case_id(number),
        subject=PersonId(f"S-{number:04d}"),
        device=DeviceId(f"ANK-{number:04d}"),
        zone=None,
        ring=RingId("R2"),
        about=PersonId(f"V-{number:04d}"),
        happened_us=NOW_US - 14 * S,
        known_us=NOW_US - 12 * S,
        cleared_us=None,
        place=PLACES[number % len(PLACES)],
        distance_m=720.0,
        distance_error_m=14.0,
        closing_mps=4.0,
        contact_s=130.0,
        trend=Trend.CLOSING,
        probability=0.97,
        count=1,
        owner=None,
        acknowledged_us=None,
        shelved_until_us=None,
        escalation=0,
        incident=None,
        group=None,
        next_step="notify-112",
        because=(("n_fixes", 6), ("error_subject_m", 9.0), ("error_protected_m", 11.0), ("miss_m", 40.0)),
        updated_us=NOW_US,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def evening() -> tuple[AlarmRow, ...]:
    """The seven alarms of the pictures that the desk was drawn from."""
    calm: dict[str, object] = {"contact_s": None, "closing_mps": None, "trend": Trend.UNKNOWN, "ring": None}
    seen: dict[str, object] = {"state": AlarmState.ACKNOWLEDGED, "owner": UserId("op-2"), "acknowledged_us": NOW_US - 60 * S}
    return (
        alarm(142, place="창천동 연세로"),
        alarm(88, kind=AlarmKind.SOS, known_us=NOW_US - 41 * S, place="연희동", distance_m=None, probability=None, escalation=1, **calm),
        alarm(
            51,
            kind=AlarmKind.EXCLUSION_ZONE,
            known_us=NOW_US - 185 * S,
            place="상도동",
            distance_m=0.0,
            probability=0.91,
            zone=ZoneId("Z1"),
            incident=IncidentId("I-51"),
            next_step="dispatch",
            **{**calm, **seen, "owner": UserId("op-1"), "trend": Trend.STEADY, "closing_mps": 0.1},
        ),
        alarm(
            117,
            kind=AlarmKind.PROXIMITY,
            level=AlarmLevel.AMBER,
            priority=2,
            known_us=NOW_US - 380 * S,
            place="북아현동",
            distance_m=1600.0,
            probability=0.54,
            contact_s=700.0,
            closing_mps=1.2,
            count=4,
            next_step="watch",
            **seen,
        ),
        alarm(
            30,
            kind=AlarmKind.TAMPER,
            level=AlarmLevel.AMBER,
            priority=2,
            known_us=NOW_US - 531 * S,
            place="신촌동",
            distance_m=5200.0,
            probability=None,
            next_step="check-strap",
            **{**calm, **seen, "state": AlarmState.LATCHED},
        ),
        alarm(
            97,
            kind=AlarmKind.NOT_EXCLUDED,
            level=AlarmLevel.AMBER,
            priority=2,
            known_us=NOW_US - 842 * S,
            place="대현동",
            distance_m=900.0,
            probability=0.3,
            next_step="locate",
            **{**calm, "state": AlarmState.UNACKNOWLEDGED},
        ),
        alarm(
            64,
            kind=AlarmKind.BATTERY,
            level=AlarmLevel.AMBER,
            priority=4,
            known_us=NOW_US - 1330 * S,
            place="풍납동",
            distance_m=8800.0,
            probability=None,
            next_step="check-device",
            **{**calm, "state": AlarmState.SHELVED, "owner": UserId("op-1"), "shelved_until_us": NOW_US + 2400 * S},
        ),
    )


def many_alarms(n: int) -> tuple[AlarmRow, ...]:
    """`n` alarms of every kind and state, in no order, the same at each call; a way is foretold where a way is what alarms."""
    chance = np.random.default_rng(7)
    states = [state for state in AlarmState if state is not AlarmState.CLOSED]
    rows = []
    for number in range(n):
        kind = KINDS[int(chance.integers(len(KINDS)))]
        priority = 4 if kind in TECHNICAL else int(chance.integers(1, 4))
        closing = bool(chance.integers(2))
        state = states[int(chance.integers(len(states)))]
        known_us = NOW_US - int(chance.integers(3600)) * S
        row = alarm(
            number,
            kind=kind,
            level=AlarmLevel.RED if priority == 1 else AlarmLevel.AMBER,
            priority=priority,
            state=state,
            known_us=known_us,
            trend=Trend.CLOSING if closing else Trend.OPENING,
        )
        rows.append(replace(row, **_way(kind, float(chance.integers(9000)), closing=closing), **_owned(state, number, known_us)))  # type: ignore[arg-type]  # as above
    return tuple(rows)


def _way(kind: AlarmKind, distance_m: float, *, closing: bool) -> dict[str, object]:
    """What is foretold at 4 m/s up to a ring of 200 m; nothing of what a device reports by itself."""
    if kind in MOVING:
        return {"distance_m": distance_m, "contact_s": max(0.0, (distance_m - 200) / 4.0) if closing else None}
    known: dict[str, object] = {"contact_s": None, "closing_mps": None, "trend": Trend.UNKNOWN}
    judged = kind in (AlarmKind.NOT_EXCLUDED, AlarmKind.INCLUSION_ZONE, AlarmKind.LOITERING)
    return known | {"distance_m": None if kind is AlarmKind.SOS else distance_m} | ({} if judged else {"probability": None})


def _owned(state: AlarmState, number: int, known_us: int) -> dict[str, object]:
    """Whoever acknowledged a row owns it."""
    if state in (AlarmState.UNACKNOWLEDGED, AlarmState.RETURNED_UNACKNOWLEDGED):
        return {}
    return {"owner": UserId(f"op-{number % 3 + 1}"), "acknowledged_us": known_us + 20 * S}


def case(number: int = 142, **changed: object) -> CaseRow:
    """A high-risk case under interim measure 3-2 with a zone, a curfew and two rings."""
    subject, victim = PersonId(f"S-{number:04d}"), PersonId(f"V-{number:04d}")
    row = CaseRow(
        case=case_id(number),
        version=1,
        jurisdiction="KR",
        tier=Tier.HIGH,
        basis=OrderBasis.INTERIM_MEASURE_3_2,
        starts_us=NOW_US - 40 * 86_400 * S,
        ends_us=NOW_US + 38 * 86_400 * S,
        in_force=True,
        people=(
            PersonRow(person=subject, part="subject", device=DeviceId(f"ANK-{number:04d}"), relation=None, n_phones=1),
            PersonRow(person=victim, part="protected", device=DeviceId(f"VIC-{number:04d}"), relation=None, n_phones=2),
            PersonRow(person=PersonId(f"F-{number:04d}"), part="relation", device=None, relation="mother", n_phones=1),
        ),
        places=(PlaceRow(place=PlaceId("P1"), person=victim, kind=PlaceKind.HOME, position=LatLon(lat_deg=37.5585, lon_deg=126.9368)),),
        zones=(
            ZoneRow(
                zone=ZoneId("Z1"),
                kind=ZoneKind.EXCLUSION,
                label="home",
                shape=Circle(centre=LatLon(lat_deg=37.5585, lon_deg=126.9368), radius_m=500.0),
                warning_m=500.0,
                schedule=None,
                in_force=True,
            ),
            ZoneRow(
                zone=ZoneId("Z3"),
                kind=ZoneKind.INCLUSION,
                label=None,
                shape=Circle(centre=LatLon(lat_deg=37.57, lon_deg=126.95), radius_m=200.0),
                warning_m=None,
                schedule=Schedule(tz="Asia/Seoul", weekdays=frozenset(range(7)), from_minute=22 * 60, to_minute=6 * 60),
                in_force=False,
            ),
        ),
        rings=(
            RingRow(ring=RingId("R1"), about=victim, distance_m=1000.0, effect=RingEffect.WARN, in_force=True),
            RingRow(ring=RingId("R2"), about=victim, distance_m=200.0, effect=RingEffect.ALARM, in_force=True),
        ),
        police_station="서대문경찰서",
        officer="officer-7",
        probation_office="서울서부보호관찰소",
        defects=("no-work-address",),
        tracked=True,
        silent_since_us=None,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def surroundings() -> tuple[str, ...]:
    """What the bridge answers about an SOS by a tower: error, sources, two addresses, two monitored persons."""
    spot = {"lat_deg": 37.5585, "lon_deg": 126.9368}
    return tuple(
        json.dumps(line)
        for line in (
            {"what": "centre", "error_m": 640, "at_us": NOW_US - 5 * S, **spot},
            {"what": "position", "source": 0, "at_us": NOW_US - 900 * S, "error_m": 8.0, **spot},
            {"what": "position", "source": 2, "at_us": NOW_US - 5 * S, "error_m": 640.0, **spot},
            {"what": "address", "place": "P1", "person": "V-0142", "kind": "home", "distance_m": 120, "inside": True, **spot},
            {"what": "address", "place": "P2", "person": "V-0142", "kind": "work", "distance_m": 410, "inside": True}
            | {"lat_deg": 37.561, "lon_deg": 126.94},
            {"what": "address", "place": "P3", "person": "F-0142", "kind": "home", "distance_m": 5200, "inside": False}
            | {"lat_deg": 37.60, "lon_deg": 126.95},
            {"what": "wearer", "device": "ANK-0142", "person": "S-0142", "case": "KR-SE-0142", "distance_m": 720, "error_m": 22}
            | {"paired": True},
            {"what": "wearer", "device": "ANK-0088", "person": "S-0088", "case": "KR-SE-0088", "distance_m": 1400, "error_m": 40}
            | {"paired": False},
        )
    )


def surroundings_at_home() -> tuple[str, ...]:
    """What the bridge answers about case 142: at home by satellite, and the wearer alone near."""
    home, work = {"lat_deg": 37.5585, "lon_deg": 126.9368}, {"lat_deg": 37.561, "lon_deg": 126.94}
    return tuple(
        json.dumps(line)
        for line in (
            {"what": "centre", "error_m": 50, "at_us": NOW_US - 4 * S, **home},
            {"what": "position", "source": 0, "at_us": NOW_US - 4 * S, "error_m": 9.0, **home},
            {"what": "position", "source": 2, "at_us": NOW_US - 65 * S, "error_m": 640.0, **home},
            {"what": "address", "place": "P1", "person": "V-0142", "kind": "home", "distance_m": 0, "inside": True, **home},
            {"what": "address", "place": "P2", "person": "V-0142", "kind": "work", "distance_m": 400, "inside": False, **work},
            {"what": "wearer", "device": "ANK-0142", "person": "S-0142", "case": "KR-SE-0142", "distance_m": 720, "error_m": 14}
            | {"paired": True},
        )
    )


def silent_cases() -> tuple[CaseRow, ...]:
    return (
        case(97, silent_since_us=NOW_US - 842 * S),
        case(203, tier=Tier.MEDIUM, silent_since_us=NOW_US - 4000 * S),
        case(311, basis=OrderBasis.VICTIM_PROTECTION_ORDER, tracked=False, tier=Tier.LOW, defects=("no-telemetry",)),
    )


def pair(number: int = 142, **changed: object) -> PairRow:
    row = PairRow(
        pair=f"{case_id(number)}/V-{number:04d}",
        case=case_id(number),
        about=PersonId(f"V-{number:04d}"),
        distance_m=720.0,
        distance_error_m=14.0,
        band_m=None,
        closing_mps=4.0,
        closing_share_subject=0.95,
        contact_s=130.0,
        miss_m=40.0,
        trend=Trend.CLOSING,
        co_travel=False,
        updated_us=NOW_US,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def device(name: str = "ANK-0142", **changed: object) -> DeviceRow:
    number = name[-4:]
    wearer = name.startswith("ANK")
    row = DeviceRow(
        device=DeviceId(name),
        case=CaseId(f"KR-SE-{number}"),
        person=PersonId(f"{'S' if wearer else 'V'}-{number}"),
        part="subject" if wearer else "protected",
        freshness=Freshness.LIVE,
        last_measured_us=NOW_US - 4 * S,
        last_received_us=NOW_US - 3 * S,
        source=0,
        accuracy_m=9.0,
        battery=68 if wearer else 81,
        charging=not wearer,
        strap="ok" if wearer else "unknown",
        jammed=False,
        separated=False,
        gateway=GatewayName("gw-seoul-1"),
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def devices() -> tuple[DeviceRow, ...]:
    return (
        device("ANK-0142"),
        device("VIC-0142"),
        device("ANK-0030", strap="restored", battery=52),
        device("ANK-0064", battery=9, charging=True),
        device("ANK-0097", freshness=Freshness.LOST, last_measured_us=NOW_US - 842 * S, battery=44),
        device("VIC-0203", freshness=Freshness.STALE, last_measured_us=NOW_US - 300 * S, source=2, accuracy_m=640.0),
        device("ANK-0051", separated=True),
        device("ANK-0117", jammed=True, source=2, accuracy_m=900.0),
    )


def gateways() -> tuple[GatewayRow, ...]:
    def gateway(name: str, **changed: object) -> GatewayRow:
        row = GatewayRow(
            gateway=GatewayName(name),
            up=True,
            last_heard_us=NOW_US - S,
            n_devices=640,
            fixes_per_s=103.0,
            holes=0,
            lost=0,
            quarantined=0,
            revoked=False,
        )
        return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields

    return (
        gateway("gw-seoul-1"),
        gateway("gw-seoul-2", holes=12, quarantined=3),
        gateway("gw-songpa", fixes_per_s=206.0),
        gateway("gw-backup", up=False, last_heard_us=NOW_US - 95 * S, fixes_per_s=0.0, lost=40),
    )


def task(code: str, **changed: object) -> TaskRow:
    row = TaskRow(
        task=code,
        state="open",
        opened_us=NOW_US - 12 * S,
        due_us=None,
        done_us=None,
        by=None,
        outcome=None,
        note=None,
        outcomes=("done", "failed"),
        legal=None,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def incident(number: int = 142, **changed: object) -> IncidentRow:
    row = IncidentRow(
        incident=IncidentId(f"I-{number}"),
        case=case_id(number),
        alarms=(AlarmId(f"A-{number}"),),
        opened_us=NOW_US - 9 * S,
        owner=UserId("op-1"),
        clocks=ClocksRow(
            device_us=NOW_US - 14 * S,
            received_us=NOW_US - 12 * S - 250_000,
            evaluated_us=NOW_US - 12 * S - 180_000,
            displayed_us=NOW_US - 12 * S,
            acknowledged_us=NOW_US - 9 * S,
        ),
        tasks=(
            task(
                "notify-112",
                due_us=NOW_US + 48 * S,
                outcomes=("acknowledged", "already-known", "no-answer"),
                legal="EM Act 31-6(4); Decree 23-14(2)",
            ),
            task(
                "call-protected",
                due_us=NOW_US + 108 * S,
                outcomes=("answered", "safe", "in-danger", "no-answer", "not-possible"),
                legal="Decree 23-14(3)",
            ),
            task("call-wearer", due_us=NOW_US + 168 * S, outcomes=("answered", "complied", "refused", "no-answer", "not-possible")),
            task("dispatch", state="done", done_us=NOW_US - 5 * S, by=UserId("op-1"), outcome="unit-sent", legal="EM Act 31-6(5)"),
        ),
        dispatches=(
            DispatchRow(
                unit=UnitId("P-31"),
                destination=LatLon(lat_deg=37.5585, lon_deg=126.9368),
                label="창천동 연세로",
                sent_us=NOW_US - 5 * S,
                state="accepted",
                state_us=NOW_US - 2 * S,
                eta_s=112.0,  # reported two seconds ago
                by=UserId("op-1"),
            ),
        ),
        deliveries=(
            DeliveryRow(delivery="D-1", channel="app", recipient="V-0142", state="seen", text=None, at_us=NOW_US - 9 * S, detail=None),
            DeliveryRow(delivery="D-2", channel="sms", recipient="V-0142", state="delivered", text=None, at_us=NOW_US - 8 * S, detail=None),
            DeliveryRow(
                delivery="D-3",
                channel="cap",
                recipient="112-seoul",
                state="failed",
                text=None,
                at_us=NOW_US - 7 * S,
                detail="the other side did not answer in time",
            ),
        ),
        timeline=(
            TimelineRow(n=901, at_us=NOW_US - 12 * S, event="alarm", by=None, detail=(("kind", "approach"),)),
            TimelineRow(n=904, at_us=NOW_US - 10 * S, event="message-state", by=None, detail=(("channel", "app"), ("state", "sent"))),
            TimelineRow(n=906, at_us=NOW_US - 9 * S, event="acknowledged", by=UserId("op-1"), detail=()),
            TimelineRow(n=907, at_us=NOW_US - 9 * S, event="incident-opened", by=UserId("op-1"), detail=()),
            TimelineRow(n=909, at_us=NOW_US - 7 * S, event="message-state", by=None, detail=(("channel", "cap"), ("state", "failed"))),
            TimelineRow(n=911, at_us=NOW_US - 5 * S, event="dispatched", by=UserId("op-1"), detail=(("unit", "P-31"),)),
        ),
        closed_us=None,
        outcome=None,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def units() -> tuple[UnitRow, ...]:
    def unit(name: str, state: str, eta_s: float | None, lon_deg: float) -> UnitRow:
        return UnitRow(
            unit=UnitId(name),
            callsign=name,
            position=LatLon(lat_deg=37.556, lon_deg=lon_deg),
            course_deg=90.0,
            state=state,
            reported_us=NOW_US - 3 * S,
            eta_s=eta_s,
            eta_basis=None if eta_s is None else "road",
        )

    return (
        unit("P-31", "en-route", 110.0, 126.9335),
        unit("P-07", "free", 200.0, 126.9440),
        unit("P-12", "busy", 320.0, 126.9220),
        unit("P-44", "off", None, 126.9100),
    )


def request(number: int = 1, **changed: object) -> RequestRow:
    row = RequestRow(
        request=RequestId(f"Q-{number}"),
        by=UserId("op-1"),
        person=PersonId("S-0142"),
        case=case_id(142),
        purpose=Purpose.BREACH_INVESTIGATION,
        reason="112 신고 이후의 이동 경로 확인",
        from_us=NOW_US - 86_400 * S,
        to_us=NOW_US,
        minutes=60,
        area=Circle(centre=LatLon(lat_deg=37.5585, lon_deg=126.9368), radius_m=2000.0),
        fields=("position", "track"),
        paper="warrant-17.pdf · 9f2c41aa",
        on_behalf_of=None,
        made_us=NOW_US - 600 * S,
        lapses_us=NOW_US + 82_800 * S,
        state="waiting",
        approvals=(),
        n_approvals_needed=1,
        decision_reason=None,
        mine=False,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def requests() -> tuple[RequestRow, ...]:
    return (
        request(1),
        request(
            2,
            by=UserId("op-3"),
            person=PersonId("S-0051"),
            case=case_id(51),
            purpose=Purpose.STALKING_CRIME,
            fields=("track", "export"),
            on_behalf_of="서대문경찰서",
            n_approvals_needed=2,
            lapses_us=NOW_US + 1500 * S,
        ),
        request(3, by=UserId("sup-1"), mine=True, purpose=Purpose.VICTIM_NOTICE, fields=("identity", "phones")),
        request(4, state="denied", decision_reason="목적과 기간이 맞지 않음"),
    )


def grants() -> tuple[GrantRow, ...]:
    def grant(number: int, state: str, *, broken: bool = False) -> GrantRow:
        return GrantRow(
            grant=GrantId(f"G-{number}"),
            request=None if broken else RequestId(f"Q-{number}"),
            user=UserId("op-2"),
            person=PersonId(f"S-{number:04d}"),
            case=case_id(number),
            purpose=Purpose.BREACH_INVESTIGATION,
            fields=("position", "track"),
            starts_us=NOW_US - 900 * S,
            ends_us=NOW_US + 2700 * S,
            state=state,
            break_glass=broken,
        )

    return (grant(88, "running"), grant(117, "running"), grant(97, "awaiting-review", broken=True))


def session(role: Role = Role.OPERATOR, *, exercise: bool = False) -> SessionRow:
    return SessionRow(
        user=UserId("op-1" if role is Role.OPERATOR else "sup-1"),
        role=role,
        seat="1",
        shift_started_us=NOW_US - 6100 * S,
        expires_us=NOW_US + 20_000 * S,
        exercise=exercise,
        tested_us=NOW_US - 6000 * S,
    )


def room(**changed: object) -> RoomRow:
    row = RoomRow(
        fixes_per_s=412.0,
        lag_s=0.1,
        n_cases=1284,
        n_silent=3,
        gateways_up=4,
        gateways_total=4,
        unacknowledged_red=2,
        unacknowledged_amber=1,
        flood=False,
        degraded=(),
        started_us=NOW_US - 86_400 * S,
        last_verified_us=NOW_US - 600 * S,
        last_checkpoint_us=NOW_US - 60 * S,
        last_outside_copy_us=NOW_US - 3600 * S,
        replay=False,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def track(name: str, *, wearer: bool, minutes: int = 15, gap: tuple[int, int] | None = (420, 560)) -> Track:
    """A walk towards Sinchon (wearer, faster from the middle on) or about it, a fix each 10 s, with a gap in seconds from the start."""
    chance = np.random.default_rng(3 if wearer else 4)
    seconds = np.arange(0, minutes * 60, 10)
    if gap is not None and wearer:
        seconds = seconds[(seconds < gap[0]) | (seconds >= gap[1])]
    speed = np.where(seconds > minutes * 60 * 0.45, 3.8, 1.2) if wearer else np.full(len(seconds), 1.0)
    speed = speed + chance.normal(0, 0.15, len(seconds))
    way_m = np.cumsum(speed * np.diff(seconds, prepend=seconds[0]))
    metres_to_lon = 1 / (111_320 * math.cos(math.radians(37.56)))
    lon = (126.9368 + (720 + way_m[-1] - way_m) * metres_to_lon) if wearer else 126.9368 - way_m[::-1] * metres_to_lon * 0.2
    lat = 37.5585 + chance.normal(0, 1.5e-5, len(seconds))
    within = 1 / (1 + np.exp((720 + way_m[-1] - way_m - 1000) / 40))  # of the outer ring
    inside = np.minimum(within, 0.97) if wearer else np.full(len(seconds), np.nan)
    return Track(
        device=DeviceId(name),
        measured_us=(NOW_US - minutes * 60 * S + seconds * S).astype("<i8").tobytes(),
        lat_deg=lat.astype("<f8").tobytes(),
        lon_deg=lon.astype("<f8").tobytes(),
        accuracy_m=np.full(len(seconds), 9.0).astype("<f4").tobytes(),
        speed_mps=speed.astype("<f4").tobytes(),
        inside=inside.astype("<f4").tobytes(),
        rejected=np.zeros(len(seconds), "u1").tobytes(),
        masked=False,
    )


def frame(names: Sequence[str], now_us: int = NOW_US) -> PositionFrame:
    """Everybody of `names` about Sinchon, live; wearers are `ANK-…`; those of the evening's alarms are where the alarms say."""
    n = len(names)
    chance = np.random.default_rng(11)
    lat, lon = 37.5585 + chance.normal(0, 0.004, n), 126.9368 + chance.normal(0, 0.005, n)
    course, speed = chance.uniform(0, 360, n), np.full(n, 1.4)
    for name, (east_m, north_m, course_deg, mps) in STANDS.items():
        for at in (at for at in range(n) if names[at] == name):
            lat[at], lon[at] = 37.5585 + north_m / 111_320, 126.9368 + east_m / (111_320 * math.cos(math.radians(37.56)))
            course[at], speed[at] = course_deg, mps
    wearer = np.array([not name.startswith("VIC") for name in names])
    return PositionFrame(
        at_us=now_us,
        devices=tuple(DeviceId(name) for name in names),
        lat_deg=lat.astype("<f8").tobytes(),
        lon_deg=lon.astype("<f8").tobytes(),
        accuracy_m=np.full(n, 10.0).astype("<f4").tobytes(),
        speed_mps=speed.astype("<f4").tobytes(),
        course_deg=course.astype("<f4").tobytes(),
        measured_us=np.full(n, now_us - 4 * S).astype("<i8").tobytes(),
        freshness=np.zeros(n, "u1").tobytes(),
        reach_m=np.zeros(n).astype("<f4").tobytes(),
        part=np.where(wearer, 0, 1).astype("u1").tobytes(),
        level=np.zeros(n, "u1").tobytes(),
    )
