"""What a live bridge raised is what `judge` finds in what the bridge recorded, also when the bridge was started anew in between."""

import json
from pathlib import Path

import pytest
from bridge_shell import case_document
from live_day import run_live

from backend_bridge.adapters.alarm_lines import line_of_alarm
from backend_bridge.adapters.case_files import cases_of_text
from backend_bridge.adapters.fix_archive import joined_stored
from backend_bridge.adapters.state_codec import decode
from backend_bridge.application.judge import judge
from backend_bridge.domain.case import Case
from backend_bridge.domain.device_event import DeviceEvent


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    document = {"format": "bongsu-case/1", "cases": [case_document(1), case_document(2)]}
    return cases_of_text(json.dumps(document), "test")


@pytest.mark.parametrize("restarts", [frozenset(), frozenset({111, 120, 201, 350, 351})], ids=["in one go", "started anew"])
def test_judging_the_recording_gives_the_alarms_of_the_live_run(tmp_path: Path, cases: tuple[Case, ...], restarts: frozenset[int]) -> None:
    durable, alarms = run_live(tmp_path, cases, restarts)
    stored = joined_stored(list(durable.archive.everything())).fixes
    events = [decode(record.body) for record in durable.reader.records(("event",))]
    durable.close()
    told = [event for event in events if isinstance(event, DeviceEvent)]
    judged = [line_of_alarm(change) for _, changes in judge(cases, stored, told) for change in changes]
    assert {json.loads(line)["kind"] for line in alarms} >= {"exclusion-zone", "proximity", "sos", "tamper", "silent"}
    assert len(told) == 3
    assert judged == alarms
