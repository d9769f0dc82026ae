"""The breach benchmark: sets are made, the frozen rules and `bongsu-bridge judge` run over them, the scorer prints verdicts.

    python bench/breach.py                                  # every profile, 300 device-days and 100 pair-days each
    python bench/breach.py --profiles base --days 900 --pairs 300 --seed 401
    python bench/breach.py --profiles base --days 2000 --pairs 0 --seed 301 --seeds 4   # 8,000 device-days, pooled

Generator, rules, scorer and targets are those of `../shared/bench/breach` (BONGSU_SHARED names another place). Sets lie below
`build/bench` and are made once; exit 1 where a target is not met.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
SETS: Final = ROOT / "build" / "bench"
PROFILES: Final = ("base", "mild", "harsh", "dense", "sparse")
FROZEN: Final = ("pip", "gaussian-single-fix")
SEEDS: Final = {"base": 401, "harsh": 402, "mild": 403, "dense": 404, "sparse": 405}
POOLED: Final = ("missed.substantive_shown", "missed.substantive", "missed.substantive_late")


def benchmark_folder() -> Path:
    """Where generator and scorer lie."""
    return Path(os.environ.get("BONGSU_SHARED", ROOT.parent / "shared")) / "bench" / "breach"


def run(*command: str | Path) -> int:
    """Run a command with its output on ours; its exit code."""
    return subprocess.run([str(part) for part in command], check=False).returncode


def made(tools: Path, profile: str, days: int, pairs: int, seed: int) -> Path:
    """The folder of a set with the frozen rules' alarms; made where it is not there yet."""
    out = SETS / f"{profile}-{days}-{pairs}-{seed}"
    if not (out / "truth.parquet").exists():
        options: list[str | Path] = ["--profile", profile, "--days", str(days), "--pairs", str(pairs), "--seed", str(seed), "--out", out]
        if run(sys.executable, tools / "make.py", "--trips", tools / "trips.parquet", *options):
            raise SystemExit(f"The generator made no set {out.name}; its own words stand above.")
    (out / "baselines").mkdir(exist_ok=True)
    for rule in FROZEN:
        alarms = out / "baselines" / f"{rule}.jsonl"
        inputs: list[str | Path] = ["--cases", out / "cases.json", "--fixes", out / "fixes.parquet"]
        if not alarms.exists() and run(sys.executable, tools / "baselines.py", *inputs, "--rule", rule, "--out", alarms):
            raise SystemExit(f"The rule {rule} did not run on {out.name}; its own words stand above.")
    return out


def judged(folder: Path) -> None:
    """Run the bridge's own decisions over a set."""
    bridge = Path(sys.executable).with_name("bongsu-bridge")
    inputs: list[str | Path] = ["--cases", folder / "cases.json", "--fixes", folder / "fixes.parquet"]
    if run(bridge, "judge", *inputs, "--out", folder / "judge.jsonl"):
        raise SystemExit(f"judge did not run on {folder.name}; its own words stand above.")


def scored(tools: Path, folder: Path) -> bool:
    """Print the table of a set with the verdict; whether no target was missed."""
    inputs: list[str | Path] = ["--truth", folder / "truth.parquet", "--alarms", folder / "judge.jsonl"]
    options: list[str | Path] = ["--targets", tools / "targets.json", "--strict", "--out", folder / "table.json"]
    return run(sys.executable, tools / "score.py", *inputs, *options) == 0


def pooled(folders: Sequence[Path]) -> None:
    """Print misses and calibration of several seeds together, with the bound of the share."""
    tables = [json.loads((folder / "table.json").read_text())["rows"]["judge"] for folder in folders]
    days = sum(json.loads((folder / "table.json").read_text())["set"]["device_days"] for folder in folders)
    print(f"pooled: {len(folders)} sets, {days} device-days")
    for level in ("amber", "red"):
        zones = [table[level]["zones"] for table in tables]
        for name in POOLED:
            key = name.split(".")[1]
            missed, n = (sum(z["missed"][key][field] for z in zones) for field in ("missed", "n"))
            print(f"  {level} {key}: {missed} of {n} missed, upper bound {_wilson(missed, n):.5f}")
        bins = [b for z in zones for b in z["calibration"]["bins"]]
        total = sum(b["n"] for b in bins)
        print(f"  {level} calibration error {_calibration_error(bins):.4f} on {total} alarms")


def _wilson(missed: int, n: int) -> float:
    """One-sided upper 95 % bound of a share."""
    z2, p = 1.6449**2, missed / n
    return float((p + z2 / (2 * n) + 1.6449 * (p * (1 - p) / n + z2 / (4 * n * n)) ** 0.5) / (1 + z2 / n))


def _calibration_error(bins: list[dict[str, float]]) -> float:
    """Expected calibration error of the bins of several sets, joined by their edges."""
    joined: dict[float, list[float]] = {}
    for b in bins:
        sums = joined.setdefault(b["from"], [0.0, 0.0, 0.0])
        for k, value in enumerate((b["n"], b["n"] * b["mean_p"], b["n"] * b["observed"])):
            sums[k] += value
    total = sum(sums[0] for sums in joined.values())
    return sum(abs(sums[1] - sums[2]) for sums in joined.values()) / total


def main() -> int:
    """Make, judge and score what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profiles", nargs="+", choices=PROFILES, default=list(PROFILES), help="how bad the field is")
    parser.add_argument("--days", type=int, default=300, help="device-days a set")
    parser.add_argument("--pairs", type=int, default=100, help="pair-days a set")
    parser.add_argument("--seed", type=int, help="first seed (default: one of its own for each profile)")
    parser.add_argument("--seeds", type=int, default=1, help="sets a profile, with seeds one after the other")
    arguments = parser.parse_args()
    tools = benchmark_folder()
    if not (tools / "make.py").is_file():
        print(f"The benchmark is not at {tools}; set BONGSU_SHARED to the shared folder.", file=sys.stderr)
        return 2
    met = True
    for profile in arguments.profiles:
        first = arguments.seed if arguments.seed is not None else SEEDS[profile]
        folders = [made(tools, profile, arguments.days, arguments.pairs, first + k) for k in range(arguments.seeds)]
        for folder in folders:
            judged(folder)
            met = scored(tools, folder) and met
        if len(folders) > 1:
            pooled(folders)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
