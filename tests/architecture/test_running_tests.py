"""How the tests are run: after everything is compiled, and on a display of their own."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTES = """#!/usr/bin/env bash
printf '%s\\n' "$(basename "$0") display=${DISPLAY:-}${WAYLAND_DISPLAY:-} qt=${QT_QPA_PLATFORM:-} $*" >>called
"""
"""Writes down how it is called, in place of the interpreter and of the display."""


@pytest.mark.parametrize("part", [[], ["widgets"]], ids=["whole", "part"])
def test_tests_begin_once_all_is_compiled_and_share_no_display(tmp_path: Path, part: list[str]) -> None:
    for path in ("tools/under_display.sh", ".venv/bin/python"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(NOTES)
        (tmp_path / path).chmod(0o755)
    shutil.copy(ROOT / "tools" / "run_tests.sh", tmp_path / "tools")
    there = {**os.environ, "DISPLAY": ":7", "WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(["tools/run_tests.sh", *part], cwd=tmp_path, env=there, check=True, capture_output=True)
    first, *others = (tmp_path / "called").read_text().splitlines()
    assert first == "python display= qt=offscreen -m backend_bridge.bootstrap.warm"
    assert len(others) == (1 if part else 6)
    assert all(line.startswith("under_display.sh display= qt=offscreen .venv/bin/python -m pytest") for line in others)
