"""Attacks re-enactments as somebody would who holds the original tracks.

Thirty incidents of daejeon-day are re-enacted. For each re-enactment the attacker ranks the thirty originals by several matchings, and
is right where the true one comes first. Beside it the same attacks on copies that were only moved, turned and shifted in time, which
shows that the attacks have teeth. Example:
  python bench/reenact_attack.py --data ../shared/data --incidents 30
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.stats import beta

from backend_bridge.adapters.case_files import read_case_file
from backend_bridge.adapters.event_files import read_event_file
from backend_bridge.adapters.fix_files import read_fix_file
from backend_bridge.adapters.reenactment_files import text_of_reenactment
from backend_bridge.adapters.scenario_files import scenario_of_text
from backend_bridge.adapters.scenario_streets import StreetRoads, streets_of
from backend_bridge.application.reenactment import NoIncidentError, pursuit_of, structure_of_incident
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.scenarios.compiled import compiled
from backend_bridge.domain.scenarios.scenario import Scenario
from backend_bridge.domain.scenarios.structure import GRID_S, SHARED_BY, WORDS, Pursuit, Structure, blurred, kept_words

RESOURCES = Path(__file__).parents[1] / "resources"
BEFORE_S, AFTER_S = 2400.0, 1200.0
POINTS = 64

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """An incident, and what the attacker holds of it."""

    pursuit: Pursuit
    structure: Structure
    where: LatLon


def main() -> None:
    """Print the top-1 rate of every attack with its bound."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--incidents", type=int, default=30)
    parser.add_argument("--runs", type=int, default=5, help="re-enactments of each incident")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    originals = incidents(given.data, given.incidents)
    roads = streets_of("bundled", RESOURCES / "x", RESOURCES)
    rng = np.random.default_rng(given.seed)
    n = len(originals)
    print(f"{n} incidents of daejeon-day, {len({each.structure for each in originals})} different structures; chance {1 / n:.1%}")
    moved = [turned(each.pursuit, rng) for each in originals]
    guesses: dict[str, list[list[int]]] = {name: [] for name in ATTACKS}
    for _ in range(given.runs):
        anew = [reenacted(each, originals, roads, rng) for each in originals]
        for name, attack in ATTACKS.items():
            guesses[name].append(guessed(anew, originals, attack))
    pool = [each.structure for each in originals]
    kept = [kept_words(each, pool) for each in pool]
    print(f"words kept of {len(WORDS)}: {sum(map(len, kept)) / n:.1f} a structure; each shared by {SHARED_BY} of the incidents or more;")
    print(f"whoever is told what is kept, and guesses among those that share it, is right in {len(set(kept)) / n:.1%}")
    print(f"{'attack':22}{'re-enacted':>12}{'at most (95 %)':>16}{'chance, p':>11}{'same words, p':>15}{'moved copy':>12}")
    for name, attack in ATTACKS.items():
        trials, made = n * given.runs, np.array(guesses[name])
        hits = int((made == np.arange(n)).sum())
        copied = top_1(moved, originals, attack) / n
        p, p_same = by_chance(made, [0] * n, rng), by_chance(made, list(kept), rng)
        print(f"{name:22}{hits / trials:>12.1%}{upper_bound(hits, trials):>16.1%}{p:>11.3f}{p_same:>15.3f}{copied:>12.1%}", flush=True)


def incidents(data: Path, n: int) -> list[Original]:
    """The nearest approaches of the day, one a pair first, whose structure can be taken."""
    cases = {case.case: case for case in read_case_file(data / "cases" / "daejeon-cases.json")}
    fixes = read_fix_file(data / "fixes" / "daejeon-day.parquet")
    events = read_event_file(data / "events" / "daejeon-day.jsonl")
    truth = json.loads((data / "cases" / "daejeon-truth.json").read_text(encoding="utf8"))
    met = sorted(truth["approaches"], key=lambda row: row["closest_m"])
    first_of = {row["case"]: place for place, row in reversed(list(enumerate(met)))}
    ranked = sorted(enumerate(met), key=lambda row: (first_of[row[1]["case"]] != row[0], row[0]))
    found: list[Original] = []
    for _, row in ranked:
        case = cases[row["case"]]
        party = [each for each in case.protected if each.person == row["about"]]
        begins_us, ends_us = (int(datetime.fromisoformat(row[key]).timestamp() * 1e6) for key in ("from", "to"))
        span_us = (begins_us - int(BEFORE_S * MICROSECONDS), min(ends_us, begins_us + 3600 * MICROSECONDS) + int(AFTER_S * MICROSECONDS))
        try:
            pair = replace(case, protected=tuple(party))
            structure, where = structure_of_incident(pair, fixes, events, (), span_us)
            found.append(Original(pursuit=pursuit_of(pair, fixes, span_us)[0], structure=structure, where=where))
        except NoIncidentError:
            continue
        if len(found) == n:
            break
    return found


def reenacted(original: Original, pool: list[Original], roads: StreetRoads, rng: np.random.Generator) -> Pursuit:
    """A re-enactment as the attacker sees it: compiled, and put on the same grid."""
    structure = blurred(original.structure, [each.structure for each in pool], rng)
    scenario = scenario_of_text(text_of_reenactment(structure, roads, original.where, "re", rng), "re")
    return seen(scenario, roads)


def seen(scenario: Scenario, roads: StreetRoads) -> Pursuit:
    """Both tracks of a compiled scenario."""
    made = compiled(scenario, roads)
    return pursuit_of(scenario.cases[0], made.fixes, (scenario.starts_us, scenario.ends_us))[0]


def turned(pursuit: Pursuit, rng: np.random.Generator) -> Pursuit:
    """What must not pass for a re-enactment: the real tracks moved, turned, mirrored by chance and with an error of 10 m."""
    angle = rng.uniform(0.0, 2 * np.pi)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ np.diag([1.0, rng.choice([-1.0, 1.0])])
    off = rng.uniform(-50_000.0, 50_000.0, 2)

    def put(track: NDArray[np.float64]) -> NDArray[np.float64]:
        return track @ turn.T + off + rng.normal(0.0, 10.0, track.shape)

    return replace(pursuit, wearer_m=put(pursuit.wearer_m), protected_m=put(pursuit.protected_m))


def guessed(anew: list[Pursuit], originals: list[Original], attack: Callable[[Pursuit, Pursuit], float]) -> list[int]:
    """Which original each re-enactment is taken for."""
    return [int(np.argmax([attack(each, original.pursuit) for original in originals])) for each in anew]


def by_chance(guesses: NDArray[np.intp], groups: list[object], rng: np.random.Generator, tries: int = 5_000) -> float:
    """How often guesses like these (runs, n) are right so often, or oftener, where the truth is dealt out by chance within groups.

    One deal for all runs: an attack that always takes the same original for the true one is right once a run, by chance.
    """
    hits = int((guesses == np.arange(guesses.shape[1])).sum())
    members = [np.array([place for place, each in enumerate(groups) if each == group]) for group in dict.fromkeys(groups)]
    as_often = 0
    for _ in range(tries):
        truth = np.empty(len(groups), np.intp)
        for those in members:
            truth[those] = rng.permutation(those)
        as_often += int((guesses == truth).sum()) >= hits
    return as_often / tries


def top_1(anew: list[Pursuit], originals: list[Original], attack: Callable[[Pursuit, Pursuit], float]) -> int:
    """How often the true original is the likeliest; a tie counts by its share."""
    hits = 0.0
    for place, each in enumerate(anew):
        scores = np.array([attack(each, original.pursuit) for original in originals])
        best = np.flatnonzero(scores >= scores.max() - 1e-12)
        hits += (place in best) / len(best)
    return round(hits)


def upper_bound(hits: int, trials: int) -> float:
    """The exact one-sided 95 % bound of Clopper and Pearson."""
    return 1.0 if hits >= trials else float(beta.ppf(0.95, hits + 1, trials - hits))


def by_distance(anew: Pursuit, original: Pursuit) -> float:
    """How alike the two run the distance between them is, about its nearest point, at the best stretch of time."""
    mine, other = (np.hypot(*(each.wearer_m - each.protected_m).T) for each in (anew, original))
    return best_correlation(mine, other)


def by_speed(anew: Pursuit, original: Pursuit) -> float:
    """How alike their speeds are from one half minute to the next."""
    return best_correlation(speeds(anew.wearer_m), speeds(original.wearer_m))


def by_speed_histogram(anew: Pursuit, original: Pursuit) -> float:
    """How alike the shares of standing, walking and driving are."""
    bins = np.array([0.0, 0.3, 0.8, 1.2, 1.6, 2.2, 4.0, 8.0, 15.0, 1e9])
    mine, other = (np.histogram(speeds(each.wearer_m), bins)[0] / len(each.wearer_m) for each in (anew, original))
    return -float(np.abs(mine - other).sum())


def by_shape(anew: Pursuit, original: Pursuit) -> float:
    """How alike the wearer's ways are as shapes, whatever their place, turn and mirror image (Procrustes)."""
    return max(procrustes(anew.wearer_m, original.wearer_m, flip) for flip in (1.0, -1.0))


def by_both_shapes(anew: Pursuit, original: Pursuit) -> float:
    """The same for both people's ways together, size kept."""
    joined = [np.vstack([resampled(each.wearer_m), resampled(each.protected_m)]) for each in (anew, original)]
    return max(procrustes(joined[0], joined[1], flip, is_sampled=True, is_sized=True) for flip in (1.0, -1.0))


def by_home(anew: Pursuit, original: Pursuit) -> float:
    """Home inference: how far apart the two longest stays of the wearer, and of both people, are."""
    mine, other = stays(anew), stays(original)
    return -float(np.abs(np.log1p(mine) - np.log1p(other)).sum())


def by_structure(anew: Pursuit, original: Pursuit) -> float:
    """How alike the coarse words are that the tracks themselves give: nearest distance, first distance, fastest speed, time there."""
    features = []
    for each in (anew, original):
        apart = np.hypot(*(each.wearer_m - each.protected_m).T)
        near = float((apart < apart.min() + 150.0).sum())
        features.append(np.log([apart.min() + 30.0, apart.max() + 100.0, np.percentile(speeds(each.wearer_m), 90) + 0.3, near + 5.0]))
    return -float(np.abs(features[0] - features[1]).sum())


ATTACKS: dict[str, Callable[[Pursuit, Pursuit], float]] = {
    "distance over time": by_distance,
    "speed over time": by_speed,
    "shares of speeds": by_speed_histogram,
    "shape of the way": by_shape,
    "shape of both ways": by_both_shapes,
    "home inference": by_home,
    "coarse features": by_structure,
}


def speeds(track_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres a second between points of the grid."""
    result: NDArray[np.float64] = np.hypot(*np.diff(track_m, axis=0).T) / GRID_S
    return result


def best_correlation(mine: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """The highest correlation of the shorter course with any stretch of the longer."""
    short, long = sorted((mine, other), key=len)
    parts = sliding_window_view(long, len(short))
    off = parts - parts.mean(axis=1, keepdims=True)
    own = short - short.mean()
    sizes = np.linalg.norm(off, axis=1) * np.linalg.norm(own)
    return float(np.max(np.where(sizes > 1e-6, off @ own / np.maximum(sizes, 1e-6), -1.0)))


def resampled(track_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """`POINTS` points at equal parts of the time."""
    at = np.linspace(0, len(track_m) - 1, POINTS)
    return np.column_stack([np.interp(at, np.arange(len(track_m)), track_m[:, axis]) for axis in (0, 1)])


def procrustes(
    mine: NDArray[np.float64], other: NDArray[np.float64], flip: float, *, is_sampled: bool = False, is_sized: bool = False
) -> float:
    """Minus the distance that is left when one is moved, turned and (where not `is_sized`) scaled upon the other."""
    a, b = (each if is_sampled else resampled(each) for each in (mine, other))
    a, b = (a - a.mean(axis=0)) * np.array([1.0, flip]), b - b.mean(axis=0)
    if not is_sized:
        a, b = a / max(np.linalg.norm(a), 1e-9), b / max(np.linalg.norm(b), 1e-9)
    u, _, vt = np.linalg.svd(a.T @ b)
    sign = np.diag([1.0, np.sign(np.linalg.det(u @ vt)) or 1.0])
    return -float(np.linalg.norm(a @ (u @ sign @ vt) - b))


def stays(pursuit: Pursuit) -> NDArray[np.float64]:
    """Metres between the wearer's two longest stays, and between the longest stays of both."""
    own, other = longest_stays(pursuit.wearer_m), longest_stays(pursuit.protected_m)
    return np.array([np.hypot(*(own[0] - own[1])), np.hypot(*(own[0] - other[0]))])


def longest_stays(track_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """(2, 2) the centres of the two cells of 100 m in which most time was spent."""
    cells, where, counts = np.unique(np.floor(track_m / 100.0), axis=0, return_inverse=True, return_counts=True)
    order = np.argsort(-counts)
    centres = [track_m[where.ravel() == cell].mean(axis=0) for cell in order[:2]]
    return np.array(centres if len(centres) > 1 else centres * 2) if len(cells) else np.zeros((2, 2))


if __name__ == "__main__":
    main()
