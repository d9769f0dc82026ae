"""A recorded day of 62 people with staged incidents: what was shown is raised, and no more is false than with the plain rule."""

import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from backend_bridge.adapters.alarm_lines import line_of_alarm
from backend_bridge.adapters.case_files import read_case_file
from backend_bridge.adapters.event_files import read_event_file
from backend_bridge.adapters.fix_files import read_fix_file
from backend_bridge.application.judge import judge

RED_FALSE_OF_THE_SINGLE_FIX_GAUSSIAN = 6
"""What `../shared/bench/breach/baselines.py` raises in vain on the same day, counted as here."""


@cache
def shared(found: str) -> Path:
    path = Path(found) / "data" / "cases" / "daejeon-truth.json"
    if not path.is_file():
        pytest.skip("the recorded day lies in the shared folder, which is absent here (BONGSU_SHARED names another place)")
    return Path(found)


@pytest.fixture(scope="module")
def folder() -> Path:

    beside = Path(__file__).resolve().parents[3] / "shared"
    return shared(os.environ.get("BONGSU_SHARED", str(beside)))


@pytest.fixture(scope="module")
def lines(folder: Path) -> list[str]:
    cases = read_case_file(folder / "data/cases/daejeon-cases.json")
    fixes = read_fix_file(folder / "data/fixes/daejeon-day.parquet")
    events = read_event_file(folder / "data/events/daejeon-day.jsonl")
    return [line_of_alarm(change) for _, changes in judge(cases, fixes, events) for change in changes]


@pytest.fixture(scope="module")
def alarms(lines: list[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines]


def scorer(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("daejeon_score", folder / "bench" / "daejeon_score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_entry_and_crossing_that_fixes_show_is_raised(
    folder: Path, lines: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = tmp_path / "alarms.jsonl"
    written.write_text("\n".join(lines) + "\n", encoding="utf8")
    monkeypatch.setattr(sys, "argv", ["score", "--truth", str(folder / "data/cases/daejeon-truth.json"), "--alarms", str(written)])
    missed_any = scorer(folder).main()
    said = capsys.readouterr().out
    assert missed_any == 0, said
    red = int(said.split(" of any level, ")[1].split(" red")[0])
    assert red <= RED_FALSE_OF_THE_SINGLE_FIX_GAUSSIAN


def staged(folder: Path, what: str) -> Iterator[dict[str, Any]]:
    truth = json.loads((folder / "data/cases/daejeon-truth.json").read_text(encoding="utf8"))
    return (one for one in truth["staged"] if one["what"] == what)


def at(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def raised(alarms: list[dict[str, Any]], kind: str, **wanted: str) -> list[dict[str, Any]]:
    return [a for a in alarms if a["event"] == "raised" and a["kind"] == kind and all(a.get(k) == v for k, v in wanted.items())]


def test_what_was_staged_is_told(folder: Path, alarms: list[dict[str, Any]]) -> None:
    kinds = {"strap_cut": "tamper", "sos": "sos", "separated": "separated", "jamming": "jamming"}
    for what, kind in kinds.items():
        for incident in staged(folder, what):
            found = [at(a["happened_at"]) for a in raised(alarms, kind, device=incident["device"])]
            assert any(abs(t - at(incident["from"])) <= 10 for t in found), (what, incident["device"])


def test_a_device_that_went_off_is_silent_until_it_is_heard(folder: Path, alarms: list[dict[str, Any]]) -> None:
    for incident in staged(folder, "power_off"):
        silent = [a for a in alarms if a["kind"] == "silent" and a["device"] == incident["device"]]
        begun = [a for a in silent if a["event"] == "raised" and 0 <= at(a["known_at"]) - at(incident["from"]) <= 300]
        assert len(begun) == 1
        assert begun[0]["happened_at"] == begun[0]["known_at"]


def test_the_meeting_beyond_the_own_case_is_told_while_it_lasts(folder: Path, alarms: list[dict[str, Any]]) -> None:
    for meeting in staged(folder, "unpaired"):
        found = raised(alarms, "unpaired", case=meeting["case"], about=meeting["about"])
        assert any(at(meeting["from"]) <= at(a["known_at"]) <= at(meeting["to"]) for a in found)


def test_lines_come_in_the_order_in_which_they_could_be_known(alarms: list[dict[str, Any]]) -> None:
    known = [at(a["known_at"]) for a in alarms]
    assert known == sorted(known)
