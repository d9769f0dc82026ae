"""`judge`: files of cases, fixes and events in, a file of alarms out."""

import time
from dataclasses import dataclass
from pathlib import Path

from backend_bridge.adapters.alarm_lines import line_of_alarm
from backend_bridge.adapters.case_files import read_case_file
from backend_bridge.adapters.event_files import read_event_file
from backend_bridge.adapters.fix_files import read_fix_file
from backend_bridge.adapters.progress import Progress
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.application.judge import judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a run of `judge` did."""

    n_fixes: int
    n_alarm_lines: int
    seconds: float
    """Of deciding alone, without reading the files."""


def judge_files(cases: Path, fixes: Path, events: Path | None, out: Path) -> Judged:
    """Judge the files and write the alarms to `out`; raises `InputRefusedError` when any input or `out` cannot be used."""
    registered = read_case_file(cases)
    batch = read_fix_file(fixes)
    told = () if events is None else read_event_file(events)
    n_lines = 0
    started = time.monotonic()
    try:
        with out.open("w", encoding="utf-8", newline="\n") as lines, Progress("judging", len(batch), "fixes") as progress:
            for done, alarms in judge(registered, batch, told):
                lines.writelines(line_of_alarm(alarm) + "\n" for alarm in alarms)
                n_lines += len(alarms)
                progress.reached(done)
    except OSError as error:
        raise InputRefusedError([f"{out}: cannot be written: {error.strerror}"]) from None
    return Judged(n_fixes=len(batch), n_alarm_lines=n_lines, seconds=time.monotonic() - started)
