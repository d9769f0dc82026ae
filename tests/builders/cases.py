"""Cases, what lies about their people, and how the two of a case stand to each other."""

import json
from dataclasses import replace

from backend_bridge.application.rows import (
    CaseRow,
    PairRow,
    PersonRow,
    PlaceRow,
    RingRow,
    Trend,
    ZoneRow,
)
from backend_bridge.domain.case import Circle, OrderBasis, PlaceKind, RingEffect, Schedule, Tier, ZoneKind
from backend_bridge.domain.identifiers import (
    DeviceId,
    PersonId,
    PlaceId,
    RingId,
    ZoneId,
)
from backend_bridge.domain.quantities import LatLon
from builders.scene import NOW_US, S, case_id


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
    home, other = {"lat_deg": 37.5585, "lon_deg": 126.9368}, {"lat_deg": 37.561, "lon_deg": 126.94}
    return tuple(
        json.dumps(line)
        for line in (
            {"what": "centre", "error_m": 50, "at_us": NOW_US - 4 * S, **home},
            {"what": "position", "source": 0, "at_us": NOW_US - 4 * S, "error_m": 11.0, **home},
            {"what": "position", "source": 2, "at_us": NOW_US - 65 * S, "error_m": 640.0, **home},
            {"what": "address", "place": "P1", "person": "V-0142", "kind": "home", "distance_m": 0, "inside": True, **home},
            {"what": "address", "place": "P2", "person": "V-0142", "kind": "other", "distance_m": 400, "inside": False, **other},
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
