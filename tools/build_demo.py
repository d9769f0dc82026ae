"""Makes the demo set of resources/demo: a day of forty cases in Seoul, on the real streets of the bundled map data.

Nobody lives or lived there: people, cases and movements are made from the seed. Example:
  python tools/build_demo.py --streets ../shared/data/geo/osm/seoul-streets.gpkg --out resources/demo
"""

import argparse
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from demo.cases import case_of
from demo.people import CAR_MPS, DAY_S, WALK_MPS, Pair, approach, enter_home_zone, live_until, make_pair, place_of, start_apart
from demo.sensor import fixes_of
from demo.streets import Streets, read_streets

from backend_bridge.adapters.roads import network_of_ways

SEED = 20261125
STARTS_AT = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)  # seven in the morning in Seoul
AREAS = ("seoul_sinchon", "seoul_songpa", "seoul_heukseok")


def main() -> None:
    """Write cases.json, fixes.parquet, events.jsonl, roads.npz and units.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streets", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    rng = np.random.default_rng(given.seed)
    pairs = _pairs([read_streets(given.streets, area) for area in AREAS], rng)
    for pair in sorted(pairs, key=lambda pair: pair.number != FOLLOWED):
        _live(pair, {p.number: p for p in pairs}, rng)
    given.out.mkdir(parents=True, exist_ok=True)
    cases = {"format": "bongsu-case/1", "cases": [case_of(pair, STARTS_AT, rng) for pair in pairs]}
    (given.out / "cases.json").write_text(json.dumps(cases, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    _write_fixes(pairs, given.out / "fixes.parquet", rng)
    _write_events(pairs, given.out / "events.jsonl", rng)
    _write_roads(given.streets, given.out / "roads.npz")
    (given.out / "units.json").write_text(json.dumps(_units(pairs, rng), indent=1) + "\n", encoding="utf8")


def _write_roads(streets: Path, path: Path) -> None:
    """The road network of the demo's quarters, for the travel times of its police units."""
    roads = gpd.read_file(streets, layer="roads")
    ways = (
        (kind, way or "no", np.array(line.coords)[:, 1::-1])
        for kind, way, line in zip(roads["class"], roads["oneway"].fillna("no"), roads.geometry, strict=True)
    )
    network_of_ways(ways).save(path)


def _units(pairs: list[Pair], rng: np.random.Generator) -> list[dict[str, object]]:
    """Six patrol cars, at junctions of the quarters where the protected persons live."""
    units = []
    for i, pair in enumerate((pairs[0], pairs[1], pairs[2], pairs[14], pairs[15], pairs[16])):
        streets = pair.protected_streets
        lat, lon = streets.lat_lon(streets.xy_m[rng.choice(np.flatnonzero(streets.drivable))][None, :])[0]
        units.append({"unit": f"P-{11 + i}", "callsign": f"순찰 {11 + i}", "lat": round(float(lat), 6), "lon": round(float(lon), 6)})
    return units


def _pairs(areas: list[Streets], rng: np.random.Generator) -> list[Pair]:
    sinchon, songpa, heukseok = areas
    homes = (
        [(sinchon, sinchon)] * 14 + [(songpa, songpa)] * 8 + [(songpa, sinchon)] * 9 + [(heukseok, sinchon)] * 4 + [(sinchon, songpa)] * 5
    )
    return [make_pair(i + 1, wearer, protected, rng) for i, (wearer, protected) in enumerate(homes)]


def _live(pair: Pair, pairs: dict[int, Pair], rng: np.random.Generator) -> None:
    """The opening that a newcomer sees in the first minutes, then a day with something staged for some pairs."""
    if pair.number == FOLLOWER:
        _lingers_near_another(pair, pairs[FOLLOWED])
    if pair.number in OPENINGS:
        pair.protected.stay_until(1500.0)
        OPENINGS[pair.number](pair, rng)
    live_until(pair.protected, pair.protected_streets, pair.protected_home, pair.protected_work, DAY_S, rng)
    for at_s in np.sort(rng.uniform(3600.0, 14 * 3600.0, 2 if pair.near and pair.number % 3 == 0 else 0)):
        if pair.wearer.now_s < at_s - 1800.0:
            live_until(pair.wearer, pair.wearer_streets, pair.wearer_home, pair.wearer_work, at_s, rng)
            _stage_something(pair, float(at_s), rng)
    live_until(pair.wearer, pair.wearer_streets, pair.wearer_home, pair.wearer_work, DAY_S, rng)
    _batteries(pair, rng)


def _stage_something(pair: Pair, at_s: float, rng: np.random.Generator) -> None:
    what = rng.integers(0, 4)
    if what == 0:
        approach(pair, at_s, speed_mps=WALK_MPS, stop_short_m=rng.uniform(20, 90), linger_s=rng.uniform(60, 300))
    elif what == 1:
        approach(pair, at_s, speed_mps=CAR_MPS, stop_short_m=rng.uniform(40, 150), linger_s=60.0)
    elif what == 2:
        enter_home_zone(pair, at_s, depth_m=rng.uniform(10, 100), minutes=rng.uniform(2, 8))
    else:
        enter_home_zone(pair, at_s, depth_m=rng.uniform(190, 260), minutes=2.0)


def _on_foot(pair: Pair, rng: np.random.Generator) -> None:
    start_apart(pair, 700.0, rng)
    approach(pair, 15.0, speed_mps=1.7, stop_short_m=40.0, linger_s=150.0)


def _by_car(pair: Pair, rng: np.random.Generator) -> None:
    start_apart(pair, 2600.0, rng)
    approach(pair, 25.0, speed_mps=11.0, stop_short_m=60.0, linger_s=120.0)


def _calls_for_help(pair: Pair, rng: np.random.Generator) -> None:
    start_apart(pair, 420.0, rng)
    pair.events.append((pair.protected_device, 45.0, "sos", None))


def _into_home_zone(pair: Pair, rng: np.random.Generator) -> None:
    start_apart(pair, 320.0, rng)
    enter_home_zone(pair, 30.0, depth_m=20.0, minutes=6.0)


def _past_home_zone(pair: Pair, rng: np.random.Generator) -> None:
    start_apart(pair, 480.0, rng)
    enter_home_zone(pair, 60.0, depth_m=230.0, minutes=3.0)


def _cuts_strap(pair: Pair, _: np.random.Generator) -> None:
    pair.events.append((pair.wearer_device, 75.0, "strap_cut", None))
    pair.events.append((pair.wearer_device, 315.0, "strap_restored", None))


def _falls_silent(pair: Pair, _: np.random.Generator) -> None:
    pair.silences.append((pair.wearer_device, 90.0, 2700.0))


def _runs_low(pair: Pair, _: np.random.Generator) -> None:
    pair.events.append((pair.wearer_device, 110.0, "battery", 9))


def _is_jammed(pair: Pair, _: np.random.Generator) -> None:
    pair.events.append((pair.wearer_device, 200.0, "jamming", None))
    pair.events.append((pair.wearer_device, 520.0, "jamming_end", None))


FOLLOWER, FOLLOWED = 17, 18
NO_PROTECTED_DEVICE, NO_WEARER_DEVICE = 40, 39
OPENINGS = {
    1: _on_foot,
    2: _calls_for_help,
    3: _into_home_zone,
    4: _past_home_zone,
    15: _by_car,
    16: _on_foot,
    23: _cuts_strap,
    24: _falls_silent,
    25: _runs_low,
    26: _is_jammed,
}


def _lingers_near_another(pair: Pair, other: Pair) -> None:
    """A wearer stands for a while where the protected person of another case is."""
    streets = pair.wearer_streets
    pair.wearer.stay_until(60.0)
    pair.wearer.travel(streets, streets.nearest(place_of(other.protected, 900.0)), CAR_MPS, by_car=True)
    pair.wearer.stay_until(pair.wearer.now_s + 900.0, indoors=False)


def _batteries(pair: Pair, rng: np.random.Generator) -> None:
    for device in (pair.wearer_device, pair.protected_device):
        if (pair.number, device) in {(NO_WEARER_DEVICE, pair.wearer_device), (NO_PROTECTED_DEVICE, pair.protected_device)}:
            continue
        level = rng.uniform(55.0, 100.0)
        for at_s in np.arange(rng.uniform(5.0, 60.0), DAY_S, 3600.0):
            if level < 18.0:
                pair.events.append((device, float(at_s), "charging", None))
                level = 100.0
            pair.events.append((device, float(at_s) + 1.0, "battery", round(level)))
            level -= rng.uniform(1.5, 4.0)


def _write_fixes(pairs: list[Pair], path: Path, rng: np.random.Generator) -> None:
    tables = []
    for pair in pairs:
        if pair.number != NO_WEARER_DEVICE:
            tables.append(fixes_of(pair.wearer_device, pair.wearer, pair.wearer_streets, DAY_S, rng))
        if pair.number != NO_PROTECTED_DEVICE:
            tables.append(fixes_of(pair.protected_device, pair.protected, pair.protected_streets, DAY_S, rng))
    table = pa.concat_tables(tables)
    for device, from_s, to_s in [s for pair in pairs for s in pair.silences]:
        held = pc.and_(
            pc.equal(table["device"], device), pc.and_(pc.greater_equal(table["measured_s"], from_s), pc.less(table["measured_s"], to_s))
        )
        table = table.set_column(
            2, "received_s", pc.if_else(held, pc.add(to_s, pc.multiply(0.001, table["measured_s"])), table["received_s"])
        )
    for name in ("measured", "received"):
        micros = pc.cast(pc.round(pc.multiply(table[f"{name}_s"], 1e6)), pa.int64())
        stamps = pc.cast(pc.add(micros, int(STARTS_AT.timestamp() * 1e6)), pa.timestamp("us", "UTC"))
        table = table.set_column(table.schema.get_field_index(f"{name}_s"), f"{name}_at", stamps)
    table = table.sort_by("received_at")
    plain = ["lat", "lon", "measured_at", "received_at", "device_seq", "accuracy_m", "speed_mps", "course_deg"]
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=19,
        use_dictionary=["device", "source"],
        use_byte_stream_split=plain[:2] + plain[5:],
    )


def _write_events(pairs: list[Pair], path: Path, rng: np.random.Generator) -> None:
    def stamp(at_s: float) -> str:
        return (STARTS_AT + timedelta(seconds=round(at_s, 3))).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    rows = []
    for device, at_s, kind, value in [e for pair in pairs for e in pair.events]:
        row = {
            "device": device,
            "measured_at": stamp(at_s),
            "kind": kind,
            "value": value,
            "received_at": stamp(at_s + rng.uniform(0.5, 2.0)),
        }
        rows.append({key: v for key, v in row.items() if v is not None})
    rows.sort(key=lambda row: str(row["received_at"]))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")


if __name__ == "__main__":
    main()
