"""Re-enactments as scenario files: a structure staged on streets far from the incident's own, with other people and at another time."""

import json
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.scenario_files import FORMAT
from backend_bridge.adapters.scenario_streets import StreetRoads
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.domain.incidents.jurisdiction import KR
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.scenarios.scenario import Do, Way
from backend_bridge.domain.scenarios.structure import SILENT, Phase, Side, Staging, Structure, staged
from backend_bridge.domain.scenarios.tracks import Ground

AWAY_M: Final = 20_000.0
"""A re-enactment is staged at least so far from where the incident was."""
_TRIES: Final = 400
_FIRST_DAY_US: Final = 1_767_225_600_000_000  # 2026-01-01
_DAYS: Final = 330
_STEPS: Final = {rule.task: rule for rule in KR.tasks}
_SILENT_S: Final = 420.0
_CASE: Final = """[[cases]]
case = "RE-0001"
tier = "high"
subject = { person = "S-RE", device = "ANK-RE" }
protected = [{ person = "V-RE", device = "VIC-RE" }]
people = [
  { person = "S-RE", name = "표본 갑", phones = ["010-0000-9001"] },
  { person = "V-RE", name = "표본 을", phones = ["010-0000-9002"] },
]
places = [{ place = "P1", person = "V-RE", kind = "home", at = "home" }]
zones = [{ zone = "Z1", kind = "exclusion", label = "home", warning_m = 400, circle = { place = "home", radius_m = 100 } }]
rings = [
  { ring = "R1", about = "V-RE", distance_m = 1000, effect = "warn" },
  { ring = "R2", about = "V-RE", distance_m = 500, effect = "alarm" },
]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where a re-enactment takes place."""

    home: LatLon
    start: LatLon
    goal: LatLon
    """Where the protected person goes; their home where they stay."""


def text_of_reenactment(structure: Structure, roads: StreetRoads, away_from: LatLon, name: str, rng: np.random.Generator) -> str:
    """A scenario file; raises `InputRefusedError` where the streets offer no place for it."""
    drawn = staged(structure, rng)
    stage = _stage(structure, drawn, roads, away_from, rng)
    at_s = _course(structure, drawn)
    day_us = _FIRST_DAY_US + int(rng.integers(0, _DAYS)) * 86_400_000_000 + int(rng.integers(0, 1440)) * 60_000_000
    tables = [_head(name, day_us, at_s["end"], int(rng.integers(1, 2**31 - 1))), _places(stage), _CASE]
    tables += [_movements(structure, drawn, at_s), _devices(structure, at_s), _reports(structure, at_s, rng), _acts(structure)]
    return "\n".join(table for table in tables if table)


def _stage(structure: Structure, drawn: Staging, roads: StreetRoads, away_from: LatLon, rng: np.random.Generator) -> Stage:
    junctions = roads.junctions()
    ground = Ground(origin=away_from)
    away = junctions[np.hypot(*ground.metres(junctions).T) >= AWAY_M]
    for _ in range(_TRIES if len(away) else 0):
        home = away[int(rng.integers(0, len(away)))]
        local = Ground(origin=LatLon(lat_deg=float(home[0]), lon_deg=float(home[1])))
        metres = local.metres(away)
        start = _near(metres, drawn.from_m, drawn.bearing_deg)
        turn = 0.0 if structure.side is Side.AHEAD else 180.0
        goal = _near(metres, drawn.walks_m, drawn.bearing_deg + turn) if drawn.walks_m else local.metres(home[None, :])[0]
        if start is not None and goal is not None and _is_street(roads, local, start):
            return Stage(home=local.origin, start=local.place(start), goal=local.place(goal))
    raise InputRefusedError(
        [f"the streets at hand offer no place {AWAY_M / 1000:.0f} km from the incident where it could be staged; name another extract"]
    )


def _near(metres: NDArray[np.float64], distance_m: float, bearing_deg: float) -> NDArray[np.float64] | None:
    wanted = distance_m * np.array([np.sin(np.radians(bearing_deg)), np.cos(np.radians(bearing_deg))])
    apart = np.hypot(*(metres - wanted).T)
    best = int(np.argmin(apart))
    found: NDArray[np.float64] = metres[best]
    return found if apart[best] <= max(250.0, distance_m / 5) else None


def _is_street(roads: StreetRoads, ground: Ground, start_m: NDArray[np.float64]) -> bool:
    """Whether streets lead from there, and not far more than the way of a crow."""
    way = ground.metres(roads.route(ground.place(start_m), ground.origin, Way.FOOT))
    legs = np.hypot(*np.diff(way, axis=0).T)
    return len(way) > 6 and float(legs.sum()) < 2.5 * float(np.hypot(*start_m)) and float(legs.max()) < 400.0


def _course(structure: Structure, drawn: Staging) -> dict[str, float]:
    """When the phases begin, in seconds: the way is reckoned a third longer than straight."""
    arrives = drawn.waits_s + 1.35 * max(drawn.from_m - drawn.reach_m, 100.0) / drawn.speed_mps
    leaves = arrives + drawn.lingers_s
    back_s = 1.35 * drawn.from_m / drawn.speed_mps if structure.leaves else 300.0
    return {"approach": drawn.waits_s, "there": arrives, "after": leaves, "end": leaves + back_s + 300.0}


def _head(name: str, day_us: int, lasts_s: float, seed: int) -> str:
    told = {
        "title": ("재연: 한 건의 접근", "Re-enactment: an approach"),
        "briefing": (
            "실제 사건의 구조만을 다른 거리, 다른 사람, 다른 시각으로 새로 만든 것입니다.",
            "Made anew from the structure of an incident alone: other streets, other people, another time.",
        ),
        "lesson": ("그때의 조치와 당신의 조치를 견주어 보십시오.", "Compare what was done then with what you did."),
    }
    words = "\n".join(f"[{key}]\nko = {json.dumps(ko, ensure_ascii=False)}\nen = {json.dumps(en)}\n" for key, (ko, en) in told.items())
    lead = f'format = "{FORMAT}"\nscenario = "{name}"\norigin = "re-enactment"\nseed = {seed}\nstarts = "{text_of_us(day_us)}"\n'
    return f'{lead}lasts = "{_clock(lasts_s)}"\n\n{words}'


def _places(stage: Stage) -> str:
    rows = (("home", stage.home), ("start", stage.start), ("goal", stage.goal))
    return "[places]\n" + "".join(f"{name} = {{ lat = {place.lat_deg:.6f}, lon = {place.lon_deg:.6f} }}\n" for name, place in rows)


def _movements(structure: Structure, drawn: Staging, at_s: dict[str, float]) -> str:
    by, kmh = structure.way, drawn.speed_mps * 3.6
    steps = [
        f'{{ stay = "{_clock(at_s["approach"])}" }}',
        f'{{ to = "V-RE", by = "{by}", kmh = {kmh:.1f}, short_m = {drawn.reach_m:.0f} }}',
        f'{{ stay = "{_clock(at_s["after"])}", outdoors = true }}',
    ]
    if structure.leaves:
        steps.append(f'{{ back = true, by = "{by}", kmh = {kmh:.1f} }}')
    walks = f'{{ stay = "{_clock(at_s["approach"])}" }}, {{ to = "goal", by = "foot" }}' if drawn.walks_m else ""
    protected = f'[[movements]]\nperson = "V-RE"\nstart = "home"\nsteps = [{walks}]\n'
    return f'{protected}\n[[movements]]\nperson = "S-RE"\nstart = "start"\nsteps = [{", ".join(steps)}]\n'


def _devices(structure: Structure, at_s: dict[str, float]) -> str:
    silences = [_begin(failure.phase, at_s) for failure in structure.failures if failure.what == SILENT]
    faults = ", ".join(
        f'{{ kind = "silent", from = "{_clock(begin)}", to = "{_clock(min(begin + _SILENT_S, at_s["end"]))}" }}'
        for begin in sorted(set(silences))
        if begin + 1 < at_s["end"]
    )
    own = f'[[devices]]\ndevice = "ANK-RE"\n{f"faults = [{faults}]" if faults else ""}\n'
    return f'{own}\n[[devices]]\ndevice = "VIC-RE"\nevery_s = 30\n'


def _reports(structure: Structure, at_s: dict[str, float], rng: np.random.Generator) -> str:
    rows = []
    for failure in structure.failures:
        if failure.what != SILENT:
            at = min(_begin(failure.phase, at_s) + float(rng.uniform(20.0, 120.0)), at_s["end"] - 1)
            device = "ANK-RE" if failure.of_wearer else "VIC-RE"
            rows.append(f'[[reports]]\nat = "{_clock(at)}"\ndevice = "{device}"\nkind = "{failure.what}"\n')
    return "\n".join(rows)


def _begin(phase: Phase, at_s: dict[str, float]) -> float:
    return 30.0 if phase is Phase.BEFORE else at_s[phase.value]


def _acts(structure: Structure) -> str:
    return "\n".join(
        f'[[acts]]\ndo = "{done.do}"\non = "proximity"\nlevel = "red"\n'
        + (f'task = "{done.task}"\n' if done.task else "")
        + (f'outcome = "{done.outcome}"\n' if done.outcome else "")
        + f'within = "{_clock(_limit_s(done.do, done.task))}"\nafter = "{_clock(min(done.after_s, _limit_s(done.do, done.task)))}"\n'
        for done in structure.done
    )


def _limit_s(do: Do, task: str | None) -> float:
    rule = _STEPS.get("dispatch" if do is Do.DISPATCH else task or "")
    return 30.0 if do is Do.ACKNOWLEDGE else float(rule.within_s or 600) if rule is not None else 600.0


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
