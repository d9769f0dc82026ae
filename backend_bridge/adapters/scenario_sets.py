"""A compiled scenario as a folder of files: cases, fixes and events as any gateway or `judge` reads them, and what is expected."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from backend_bridge.adapters.case_files import FORMAT, document_of_case
from backend_bridge.adapters.event_files import event_line
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.domain.fix import FixBatch, FixSource
from backend_bridge.domain.scenarios.compiled import Compiled


def write_set(compiled: Compiled, folder: Path) -> None:
    """Write `cases.json`, `fixes.parquet`, `events.jsonl`, `units.json` and `expected.json`; raises `InputRefusedError`."""
    scenario = compiled.scenario
    units = [
        {
            "unit": patrol.unit,
            "callsign": patrol.callsign,
            "lat": scenario.places[patrol.place].lat_deg,
            "lon": scenario.places[patrol.place].lon_deg,
        }
        for patrol in scenario.patrols
    ]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / "cases.json", {"format": FORMAT, "cases": [document_of_case(case) for case in scenario.cases]})
        write_fixes(compiled.fixes, folder / "fixes.parquet")
        (folder / "events.jsonl").write_text("".join(event_line(event) + "\n" for event in compiled.events), encoding="utf8")
        _write(folder / "units.json", units)
        _write(folder / "expected.json", expected_document(compiled))
    except OSError as error:
        raise InputRefusedError([f"{folder}: cannot be written: {error.strerror}"]) from None


def expected_document(compiled: Compiled) -> dict[str, object]:
    """The acts and decisions that a scenario expects, and its calls, for tools that read JSON."""
    scenario = compiled.scenario
    return {
        "scenario": scenario.scenario,
        "acts": [
            {
                "do": act.do,
                "on": act.on,
                "level": act.level,
                "case": act.case,
                "at_s": act.at_s,
                "within_s": act.within_s,
                "task": act.task,
                "outcome": act.outcome,
            }
            for act in scenario.acts
        ],
        "expect": [
            {"sign": each.sign, "name": each.name, "level": each.level, "case": each.case, "least": each.least, "most": each.most}
            for each in scenario.expectations
        ],
        "calls": [{"at_s": call.at_s, "by": call.by, "ko": call.text.ko, "en": call.text.en} for call in scenario.calls],
    }


def write_fixes(fixes: FixBatch, path: Path) -> None:
    """Write fixes as a Parquet file of `fix/1`."""
    stamp = pa.timestamp("us", "UTC")
    names = {int(source): source.name.lower() for source in FixSource if source is not FixSource.UNKNOWN}
    table = pa.table(
        {
            "device": pa.DictionaryArray.from_arrays(fixes.device, list(fixes.device_names)),
            "measured_at": pa.array(fixes.measured_us).cast(stamp),
            "lat": fixes.lat_deg,
            "lon": fixes.lon_deg,
            "accuracy_m": pa.array(fixes.accuracy_m, mask=np.isnan(fixes.accuracy_m)),
            "speed_mps": pa.array(fixes.speed_mps, mask=np.isnan(fixes.speed_mps)),
            "course_deg": pa.array(fixes.course_deg, mask=np.isnan(fixes.course_deg)),
            "moving": pa.array(fixes.moving == 1, mask=fixes.moving < 0),
            "source": pa.array([names.get(code) for code in fixes.source.tolist()], pa.string()),
            "device_seq": pa.array(fixes.device_seq, mask=~fixes.has_device_seq),
            "received_at": pa.array(fixes.received_us).cast(stamp),
        }
    )
    pq.write_table(table, path, compression="zstd")


def _write(path: Path, document: object) -> None:
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
