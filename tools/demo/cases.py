"""The court orders of the demo set, in the format of case files. All names, numbers and offices are made up."""

from datetime import UTC, datetime, timedelta

import numpy as np
from demo.people import Pair

FAMILY = ("가람", "나래", "다온", "라온", "마루", "바다", "새벽", "아라", "이든", "초롱", "하늘", "한별")
BASES = ("interim-measure-3-2", "interim-measure-3-2", "interim-measure-2", "post-sentence-em", "urgent-measure")
STATIONS = ("가상 신촌경찰서", "가상 송파경찰서", "가상 흑석경찰서")
ZONE_M = 150.0


def case_of(pair: Pair, starts_at: datetime, rng: np.random.Generator) -> dict[str, object]:
    """One case as docs/formats.md has it."""
    n = pair.number
    wearer, protected = f"S-{n:04d}", f"V-{n:04d}"
    places = [_place(pair, "P1", "home", pair.protected_home), _place(pair, "P2", "work", pair.protected_work)]
    return {
        "case": f"KR-SE-2026-{n:04d}",
        "jurisdiction": "KR",
        "tier": ("high", "high", "medium", "low")[n % 4],
        "subject": {"person": wearer, "device": None if n == 39 else pair.wearer_device},
        "protected": [{"person": protected, "device": None if n == 40 else pair.protected_device}],
        "people": [
            {"person": wearer, "name": f"표본 {FAMILY[n % 12]}", "phones": [f"010-0000-{n:04d}"], "relation": None},
            {
                "person": protected,
                "name": f"표본 {FAMILY[(n * 5 + 3) % 12]}",
                "phones": [] if n == 17 else [f"010-0000-{1000 + n}"],
                "relation": None,
            },
            {"person": f"F-{n:04d}", "name": f"표본 {FAMILY[(n * 7 + 1) % 12]}", "phones": [f"010-0000-{2000 + n}"], "relation": "family"},
        ],
        "places": places[:1] if n == 9 else places,
        "responsible": {
            "police_station": STATIONS[n % 3],
            "officer": f"표본 담당 {n:02d}",
            "phone": f"02-000-{n:04d}",
            "probation_office": "가상 서울보호관찰소",
        },
        "order": {
            "basis": "victim-protection-order" if n == 39 else BASES[n % 5],
            "starts": _stamp(starts_at - timedelta(days=20 + n % 30)),
            "ends": _stamp(starts_at + timedelta(days=12 + n)),
        },
        "zones": _zones(pair, rng),
        "rings": _rings(pair, protected) if n != 40 else [],
    }


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _lat_lon(pair: Pair, node: int) -> tuple[float, float]:
    lat, lon = pair.protected_streets.lat_lon(pair.protected_streets.xy_m[node : node + 1])[0]
    return round(float(lat), 6), round(float(lon), 6)


def _place(pair: Pair, place: str, kind: str, node: int) -> dict[str, object]:
    lat, lon = _lat_lon(pair, node)
    return {
        "place": place,
        "person": f"V-{pair.number:04d}",
        "kind": kind,
        "address": f"표본 주소 {pair.number}-{place}",
        "lat": lat,
        "lon": lon,
    }


def _circle(pair: Pair, node: int, radius_m: float) -> dict[str, float]:
    lat, lon = _lat_lon(pair, node)
    return {"lat": lat, "lon": lon, "radius_m": radius_m}


def _zones(pair: Pair, rng: np.random.Generator) -> list[dict[str, object]]:
    home: dict[str, object] = {"zone": "Z1", "kind": "exclusion", "label": "home", "warning_m": 100.0}
    if pair.number % 2:
        home["circle"] = _circle(pair, pair.protected_home, ZONE_M)
    else:
        home["geometry"] = {"type": "Polygon", "coordinates": [_jagged(pair, pair.protected_home, rng)]}
    work = {
        "zone": "Z2",
        "kind": "exclusion",
        "label": "work",
        "circle": _circle(pair, pair.protected_work, 100.0),
        "schedule": {"tz": "Asia/Seoul", "rrule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "from": "08:00", "to": "19:00"},
    }
    zones = [home, work]
    if pair.number % 8 == 5:
        lat, lon = pair.wearer_streets.lat_lon(pair.wearer_streets.xy_m[pair.wearer_home : pair.wearer_home + 1])[0]
        zones.append(
            {
                "zone": "Z3",
                "kind": "inclusion",
                "label": "curfew",
                "circle": {"lat": round(float(lat), 6), "lon": round(float(lon), 6), "radius_m": 120.0},
                "schedule": {"tz": "Asia/Seoul", "rrule": "FREQ=DAILY", "from": "23:00", "to": "05:00"},
            }
        )
    return zones


def _jagged(pair: Pair, node: int, rng: np.random.Generator) -> list[list[float]]:
    """A zone as people draw them: a dozen corners about a centre, at uneven distances."""
    centre = pair.protected_streets.xy_m[node]
    turns = np.linspace(0.0, 2 * np.pi, 12, endpoint=False)
    reach = ZONE_M * rng.uniform(0.75, 1.2, 12)
    corners = pair.protected_streets.lat_lon(centre + np.column_stack([np.cos(turns), np.sin(turns)]) * reach[:, None])
    ring = [[round(float(lon), 6), round(float(lat), 6)] for lat, lon in corners]
    return [*ring, ring[0]]


def _rings(pair: Pair, about: str) -> list[dict[str, object]]:
    warn, alarm = (600.0, 100.0) if pair.near and pair.number <= 14 else (1000.0, 300.0) if pair.near else (2000.0, 600.0)
    return [
        {"ring": "R1", "about": about, "distance_m": warn, "effect": "warn"},
        {"ring": "R2", "about": about, "distance_m": alarm, "effect": "alarm"},
    ]
