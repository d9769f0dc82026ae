"""The gate of the breach benchmark: the real `judge` on the mini set, scored by the benchmark's own scorer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def benchmark() -> Path:
    beside = Path(__file__).resolve().parents[3] / "shared"
    folder = Path(os.environ.get("BONGSU_SHARED", str(beside))) / "bench" / "breach"
    if not (folder / "score.py").is_file():
        pytest.skip("the breach benchmark lies in the shared folder, which is absent here (BONGSU_SHARED names another place)")
    return folder


def judge(benchmark: Path, out: Path, **environment: str) -> bytes:
    """What `judge` writes about the mini set."""
    mini = benchmark / "sets" / "mini"
    bridge = Path(sys.executable).with_name("bongsu-bridge")
    command: list[str | Path] = [bridge, "judge", "--cases", mini / "cases.json", "--fixes", mini / "fixes.parquet", "--out", out]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})
    return out.read_bytes()


@pytest.fixture(scope="module")
def judged(benchmark: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What this processor decides of the mini set."""
    out = tmp_path_factory.mktemp("here") / "judge.jsonl"
    judge(benchmark, out)
    return out


@pytest.mark.timeout(300)
def test_the_mini_set_passes_its_gate(benchmark: Path, judged: Path) -> None:
    """No shown breach missed, every late batch judged, far fewer false alarms than the frozen rules."""
    mini = benchmark / "sets" / "mini"
    command: list[str | Path] = [sys.executable, benchmark / "score.py", "--truth", mini / "truth.parquet", "--alarms", judged]
    command += ["--targets", mini / "gate.json", "--strict"]
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.timeout(600)
def test_another_processor_decides_the_same(benchmark: Path, judged: Path, tmp_path: Path) -> None:
    """With the processor's extensions switched off, in NumPy and in the compiled kernels, not a byte changes."""
    generic = {
        "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX",
        "NUMBA_CPU_NAME": "generic",
        "NUMBA_CPU_FEATURES": "",
        "NUMBA_CACHE_DIR": str(tmp_path / "kernels"),
    }
    assert judge(benchmark, tmp_path / "generic.jsonl", **generic) == judged.read_bytes()
