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
from backend_bridge.adapters.what_if_files import line_of_compared, read_what_if, summary_of
from backend_bridge.application.judge import judge
from backend_bridge.application.what_if import judged_otherwise
from backend_bridge.domain.scenarios.comparison import Comparison, Difference
from backend_bridge.domain.scenarios.what_if import unknown_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a run of `judge` did."""

    n_fixes: int
    n_alarm_lines: int
    seconds: float
    """Of deciding alone, without reading the files."""


def judge_otherwise(inputs: tuple[Path, Path, Path | None], changes: Path, out: Path) -> str:
    """Judge the files (cases, fixes, events) as they are and by changed rules, and write how the alarms differ to `out`.

    Returns a sentence about it; raises `InputRefusedError` when any input or `out` cannot be used.
    """
    cases, fixes, events = inputs
    registered, what_if = read_case_file(cases), read_what_if(changes)
    unknown = unknown_names(registered, what_if)
    if unknown:
        raise InputRefusedError([f"{changes}: {name} is in no case of {cases}; name one that is" for name in unknown])
    told = () if events is None else read_event_file(events)
    comparison, _ = judged_otherwise((registered, read_fix_file(fixes), told), what_if)
    write_comparison(comparison, out)
    return summary_of(comparison)


def write_comparison(comparison: Comparison, out: Path) -> None:
    """Write every alarm that is not the same in both runs, a line each; raises `InputRefusedError`."""
    lines = [line_of_compared(row) + "\n" for row in comparison.rows if row.difference is not Difference.SAME]
    try:
        out.write_text("".join(lines), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputRefusedError([f"{out}: cannot be written: {error.strerror}"]) from None


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
