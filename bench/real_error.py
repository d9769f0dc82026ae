"""The table of the breach benchmark on real positioning errors: recorded phones and cars whose true way is known.

Circles are laid along the true routes, a third of them across (the way goes in, 25 m and deeper), the others beside it, 8 to 60 m away
at the nearest, so that each alarm in them is false. No fix is changed. `phones` are four drives with survey-grade truth, `hof` 263 cars
whose route was corrected by hand, so that only the error across the road shows; neither reports an accuracy. Red has to have no more
false alarms and no more misses than the single-fix Gaussian.

    python bench/real_error.py
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from breach import FROZEN, SETS, benchmark_folder, judged, run
from people import M_PER_DEGREE, Floats, S

DATA: Final = {"phones": "phones-with-truth.parquet", "hof": "hof-with-truth.parquet"}
RADII_M: Final = (60.0, 100.0, 150.0)
ACROSS: Final = 3
BESIDE: Final = 6
"""Circles of each kind for each kilometre of the way, of which so many at most are drawn."""
MOST: Final = 60
DEEP_M: Final = 25.0
GAP_S: Final = 120.0
"""Visits with less time between them are one."""
HOLE_S: Final = 60.0
"""Where nothing is known of the true place for so long, nobody is anywhere."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """One device's day: fixes by time of measurement, in seconds since 1970 and metres about its first true place."""

    device: str
    origin_deg: tuple[float, float]
    at_s: Floats
    xy_m: Floats
    true_s: Floats
    true_xy_m: Floats
    """The true way, each second."""


def drives(path: Path) -> Iterator[Drive]:
    """The devices of a recording; the true way between two fixes is straight, and unknown in holes."""
    table = pq.read_table(path, columns=["device", "measured_at", "lat", "lon", "true_lat", "true_lon"])
    names = np.array(table["device"].cast(pa.string()).to_pylist())
    seconds = table["measured_at"].cast(pa.int64()).to_numpy() / S
    lat, lon, true_lat, true_lon = (table[name].to_numpy() for name in ("lat", "lon", "true_lat", "true_lon"))
    for device in sorted(set(names.tolist())):
        rows = np.flatnonzero(names == device)
        rows = rows[np.argsort(seconds[rows], kind="stable")]
        origin = float(true_lat[rows[0]]), float(true_lon[rows[0]])
        at_s, true_at = seconds[rows], _metres(origin, true_lat[rows], true_lon[rows])
        every_s = np.arange(np.ceil(at_s[0]), np.floor(at_s[-1]) + 1.0)
        after = np.clip(np.searchsorted(at_s, every_s), 1, len(at_s) - 1) if len(at_s) > 1 else np.zeros(len(every_s), int)
        known = every_s[at_s[after] - at_s[after - 1] <= HOLE_S]
        way = np.column_stack([np.interp(known, at_s, true_at[:, axis]) for axis in (0, 1)])
        yield Drive(device=device, origin_deg=origin, at_s=at_s, xy_m=_metres(origin, lat[rows], lon[rows]), true_s=known, true_xy_m=way)


def _metres(origin_deg: tuple[float, float], lat: Floats, lon: Floats) -> Floats:
    east = (lon - origin_deg[1]) * M_PER_DEGREE * np.cos(np.radians(origin_deg[0]))
    return np.column_stack([east, (lat - origin_deg[0]) * M_PER_DEGREE])


def circles(chance: np.random.Generator, drive: Drive) -> list[tuple[str, Floats, float]]:
    """Kind, middle and radius of the circles along a drive."""
    way = drive.true_xy_m
    if len(way) < 2:
        return []
    length_km = float(np.hypot(*np.diff(way, axis=0).T).sum()) / 1000.0
    found: list[tuple[str, Floats, float]] = []
    for kind, share in (("crossed", ACROSS), ("route", BESIDE)):
        for _ in range(min(MOST, int(np.ceil(share * length_km)))):
            radius, angle = float(chance.choice(RADII_M)), chance.uniform(0.0, 2.0 * np.pi)
            away = radius - chance.uniform(30.0, radius) if kind == "crossed" else radius + chance.uniform(8.0, 60.0)
            middle = way[chance.integers(len(way))] + away * np.array([np.cos(angle), np.sin(angle)])
            nearest = float(np.hypot(*(way - middle).T).min())
            if (nearest <= radius - DEEP_M) if kind == "crossed" else (nearest >= radius + 8.0):
                found.append((kind, middle, radius))
    return found


def presences(drive: Drive, middle: Floats, radius: float) -> Iterator[Row]:
    """True visits to a circle as rows of the truth."""
    depth = radius - np.hypot(*(drive.true_xy_m - middle).T)
    inside = drive.true_s[depth > 0.0]
    if not len(inside):
        return
    fix_depth = radius - np.hypot(*(drive.xy_m - middle).T)
    for part in np.split(inside, np.flatnonzero(np.diff(inside) > GAP_S) + 1):
        entry, leave = float(part[0]), float(part[-1]) + 1.0
        spans = np.split(part, np.flatnonzero(np.diff(part) > 1.0) + 1)
        deepest = float(depth[(drive.true_s >= entry) & (drive.true_s < leave)].max())
        within = (drive.at_s >= entry) & (drive.at_s < leave)
        true_depth = np.interp(drive.at_s, drive.true_s, depth)
        sampled = bool((within & (true_depth > 0.0)).any())
        stratum = "unsampled" if not sampled else "substantive" if deepest >= DEEP_M else "brief"
        first = float(drive.at_s[within & (true_depth > 0.0)][0]) if sampled else None
        shown = bool((within & (true_depth >= DEEP_M) & (fix_depth >= DEEP_M)).any())
        yield {
            "entry_at": _us(entry), "exit_at": _us(leave), "duration_s": leave - entry, "max_depth_m": deepest,
            "min_distance_m": None, "n_fixes": int(within.sum()), "sampled": sampled, "stratum": stratum, "scored": sampled,
            "shown": shown, "late_batch": False, "first_fix_at": _us(first), "first_known_at": _us(first),
            "batch_complete_at": None, "next_known_at": None, "parts_from": [_us(float(span[0])) for span in spans],
            "parts_to": [_us(float(span[-1]) + 1.0) for span in spans],
        }  # fmt: skip


def _us(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * S)


def write_set(name: str, recording: Path, seed: int) -> Path:
    """Lay the circles and write cases, fixes and truth as the benchmark has them; the folder."""
    sys.path.insert(0, str(benchmark_folder()))
    from breachbench.records import write_cases, write_truth

    out = SETS / f"real-{name}"
    out.mkdir(parents=True, exist_ok=True)
    cases, rows = [], []
    about: Row = {"format": "breach-bench/1", "profile": "base", "seed": seed, "pair_days": 0, "pairs": {}, "rings": {}}
    about |= {"zones": {}, "starts": {}}
    for number, drive in enumerate(drives(recording)):
        laid = circles(np.random.default_rng([seed, number]), drive)
        case = f"REAL-{number}"
        if not laid:
            continue
        cases.append(_case(case, drive, laid))
        about["zones"][case] = {f"Z{k}": kind for k, (kind, _, _) in enumerate(laid)}
        about["starts"][case] = datetime.fromtimestamp(drive.at_s[0], UTC).isoformat()
        for k, (kind, middle, radius) in enumerate(laid):
            names = {"family": "zone", "case": case, "target": f"Z{k}", "kind": kind, "form": "circle", "device": drive.device}
            rows += [{**names, "other_device": None, **row} for row in presences(drive, middle, radius)]
    about["device_days"] = len(cases)
    write_cases(out / "cases.json", cases)
    write_truth(out / "truth.parquet", rows, about)
    table = pq.read_table(recording)
    pq.write_table(table.drop_columns(["true_lat", "true_lon"]).sort_by("received_at"), out / "fixes.parquet")
    return out


def _case(case: str, drive: Drive, laid: list[tuple[str, Floats, float]]) -> Row:
    start, end = (datetime.fromtimestamp(second, UTC) for second in (drive.at_s[0], drive.at_s[-1]))
    zones = [
        {
            "zone": f"Z{k}",
            "kind": "exclusion",
            "circle": {
                "lat": drive.origin_deg[0] + float(middle[1]) / M_PER_DEGREE,
                "lon": drive.origin_deg[1] + float(middle[0]) / (M_PER_DEGREE * float(np.cos(np.radians(drive.origin_deg[0])))),
                "radius_m": radius,
            },
        }
        for k, (_, middle, radius) in enumerate(laid)
    ]
    order = {"basis": "other", "starts": _text(start - timedelta(days=1)), "ends": _text(end + timedelta(days=1))}
    subject = {"person": f"S-{case}", "device": drive.device}
    return {
        "case": case, "jurisdiction": "KR", "tier": "high", "subject": subject, "protected": [], "order": order, "zones": zones,
    }  # fmt: skip


def _text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"


def compared(folder: Path) -> bool:
    """Print both figures of red and of the Gaussian; whether red is no worse in either."""
    table = json.loads((folder / "table.json").read_text())["rows"]
    ours, theirs = table["judge"]["red"]["zones"], table["gaussian-single-fix"]["red"]["zones"]
    figures = [(rule["false_alarms"], rule["missed"]["substantive"]["missed"]) for rule in (ours, theirs)]
    good = all(own <= other for own, other in zip(*figures, strict=True))
    print(f"{folder.name}: red {figures[0][0]} false, {figures[0][1]} missed of {ours['missed']['substantive']['n']}; single-fix")
    print(f"  Gaussian {figures[1][0]} false, {figures[1][1]} missed: {'met' if good else 'NOT met'}")
    return good


def main() -> int:
    """Make both sets, run the rules and the bridge over them, print the tables; exit 1 where red is worse than the Gaussian."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, help="where the circles lie")
    arguments = parser.parse_args()
    tools, good = benchmark_folder(), True
    for name, file in DATA.items():
        folder = write_set(name, tools.parents[1] / "data" / "fixes" / file, arguments.seed)
        (folder / "baselines").mkdir(exist_ok=True)
        inputs: list[str | Path] = ["--cases", folder / "cases.json", "--fixes", folder / "fixes.parquet"]
        outputs = {rule: folder / "baselines" / f"{rule}.jsonl" for rule in FROZEN}
        for rule, alarms in outputs.items():
            if run(sys.executable, tools / "baselines.py", *inputs, "--rule", rule, "--out", alarms):
                raise SystemExit(f"The rule {rule} did not run on {folder.name}; its own words stand above.")
        judged(folder)
        alarms_of = [part for path in (folder / "judge.jsonl", *outputs.values()) for part in ("--alarms", path)]
        run(sys.executable, tools / "score.py", "--truth", folder / "truth.parquet", *alarms_of, "--out", folder / "table.json")
        good = compared(folder) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
