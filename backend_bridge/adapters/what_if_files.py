"""Files that say what is to be different (`bongsu-what-if/1`, TOML), and lines that say how two runs differ."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from backend_bridge.adapters.json_fields import Fields, Problems, text_of_file
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.domain.identifiers import CaseId, RingId, ZoneId
from backend_bridge.domain.scenarios.comparison import Compared, Comparison, Difference, Reached
from backend_bridge.domain.scenarios.what_if import RingAt, WhatIf, ZoneAs

Row = TypeVar("Row")

FORMAT: Final = "bongsu-what-if/1"
_FARTHEST_M: Final = 100_000.0
_PARTS: Final = ("rings", "zones", "policy")


def read_what_if(path: Path) -> WhatIf:
    """What a file says is to be different; raises `InputRefusedError` with every defect."""
    try:
        document = tomllib.loads(text_of_file(path))
    except (ValueError, RecursionError) as error:
        raise InputRefusedError([f"{path}: is not TOML: {error}"]) from None
    problems = Problems()
    top = Fields(document, str(path), problems)
    top.only("format", *_PARTS)
    if top.raw("format") != FORMAT:
        top.wrong("format", f'must be "{FORMAT}"')
    if not any(top.has(part) for part in _PARTS):
        top.wrong("", f"changes nothing; add one of {' '.join(_PARTS)}")
    rings = _all(top, "rings", _ring_of)
    zones = _all(top, "zones", _zone_of)
    policy = _policy_of(top.child("policy")) if top.has("policy") else None
    if problems.sentences:
        raise InputRefusedError(problems.sentences)
    return WhatIf(rings=rings, zones=zones, policy=policy)


def _all(top: Fields, table: str, make: Callable[[Fields], Row | None]) -> tuple[Row, ...]:
    made = [make(row) for row in top.rows(table, lambda _, index: f"{table} number {index + 1}")]
    return tuple(row for row in made if row is not None)


def _ring_of(row: Fields) -> RingAt | None:
    row.only("ring", "case", "distance_m")
    ring, case = row.identifier("ring"), row.identifier("case", required=False)
    distance_m = row.number("distance_m", low=1, high=_FARTHEST_M)
    if ring is None or distance_m is None:
        return None
    return RingAt(ring=RingId(ring), distance_m=distance_m, case=None if case is None else CaseId(case))


def _zone_of(row: Fields) -> ZoneAs | None:
    row.only("zone", "case", "wider_m", "warning_m")
    zone, case = row.identifier("zone"), row.identifier("case", required=False)
    wider_m = row.number("wider_m", low=-_FARTHEST_M, high=_FARTHEST_M, required=False) or 0.0
    warning_m = row.number("warning_m", low=1, high=_FARTHEST_M, required=False)
    if zone is None:
        return None
    return ZoneAs(zone=ZoneId(zone), wider_m=wider_m, warning_m=warning_m, case=None if case is None else CaseId(case))


def _policy_of(table: Fields | None) -> tuple[float, float, float] | None:
    if table is None:
        return None
    table.only("amber_from", "red_from", "until")
    amber, red, until = (table.number(key, low=0.001, high=0.999) for key in ("amber_from", "red_from", "until"))
    if amber is None or red is None or until is None:
        return None
    if not until < amber <= red:
        table.wrong("amber_from", "must lie above until and not above red_from")
        return None
    return amber, red, until


def line_of_compared(row: Compared) -> str:
    """A difference as one line of JSON, without its end."""
    seen = row.after or row.before
    document: dict[str, object] = {"difference": row.difference, "by_s": row.by_s}
    if seen is not None:
        about = {"kind": seen.kind, "level": seen.level, "case": seen.case, "zone": seen.zone, "ring": seen.ring, "about": seen.about}
        document |= {key: value for key, value in about.items() if value is not None}
    document |= {"before": _side(row.before), "after": _side(row.after)}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def summary_of(comparison: Comparison) -> str:
    """How the two runs differ, in one sentence."""
    rows = comparison.rows
    earlier = [-row.by_s for row in rows if row.difference is Difference.EARLIER and row.by_s is not None]
    later = [row.by_s for row in rows if row.difference is Difference.LATER and row.by_s is not None]
    parts = [f"{comparison.count(Difference.NEW)} new", f"{comparison.count(Difference.GONE)} gone"]
    parts += [f"{len(times)} {word}{_typical(times)}" for word, times in (("earlier", earlier), ("later", later))]
    return f"{len(rows)} alarms by level: {', '.join(parts)}, {comparison.count(Difference.SAME)} at the same time"


def _typical(times: list[float]) -> str:
    return "" if not times else f" (in the middle by {sorted(times)[len(times) // 2]:.0f} s, at most by {max(times):.0f} s)"


def _side(seen: Reached | None) -> dict[str, object] | None:
    if seen is None:
        return None
    return {"alarm": seen.alarm, "happened_at": text_of_us(seen.happened_us), "known_at": text_of_us(seen.known_us)}
