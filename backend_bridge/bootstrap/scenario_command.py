"""`scenario`: check scenario files, play them through the real room, make sets of files of them."""

import argparse
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from backend_bridge.adapters.log_lines import entry_bytes
from backend_bridge.adapters.reenactment_seal import signers_of
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.scenario_files import read_scenario
from backend_bridge.adapters.scenario_sets import write_set
from backend_bridge.adapters.scenario_streets import streets_of
from backend_bridge.adapters.time_text import us_of_text
from backend_bridge.application.scenario_run import played
from backend_bridge.bootstrap.errors import UsageError
from backend_bridge.domain.scenarios.assessment import ActResult, Assessment, Entry, ExpectationResult, assess
from backend_bridge.domain.scenarios.compiled import Compiled, compiled
from backend_bridge.domain.scenarios.scenario import Scenario
from backend_bridge.domain.scenarios.tracks import EndlessPursuitError
from resources import path as resource

Say = Callable[[str], None]
LIBRARY = "scenarios"


def run_scenario_command(arguments: argparse.Namespace, say: Say) -> int:
    """Do what is asked for with each file; 1 where a played scenario did not go as it promises. Raises `UsageError`."""
    files = [_found(file) for file in arguments.files] or sorted(resource(LIBRARY).glob("*.toml"))
    starts_us = None if arguments.starts is None else _time(arguments.starts)
    made = _all_made(files, starts_us, {} if arguments.data is None else signers_of(arguments.data))
    match arguments.action:
        case "check":
            for each in made:
                say(_summary(each))
            return 0
        case "compile":
            return _compile(made, arguments.out, say)
        case _:
            return _play_all(made, arguments, say)


def made_scenario(file: Path, starts_us: int | None = None, signers: Mapping[str, str] | None = None) -> Compiled:
    """The scenario of a file with all that its devices send; raises `InputRefusedError`."""
    scenario = read_scenario(file, starts_us, signers or {})
    try:
        return compiled(scenario, streets_of(scenario.streets, file, resource("")))
    except EndlessPursuitError as error:
        raise InputRefusedError([f"{file}, movements: {error} go after each other; let one of them go to a place first"]) from None


def _found(file: Path) -> Path:
    """The file, or that of the library with this name."""
    shipped = resource(LIBRARY) / f"{file}.toml"
    return shipped if not file.exists() and shipped.is_file() else file


def _all_made(files: list[Path], starts_us: int | None, signers: Mapping[str, str]) -> list[Compiled]:
    problems: list[str] = []
    made: list[Compiled] = []
    for file in files:
        try:
            made.append(made_scenario(file, starts_us, signers))
        except InputRefusedError as error:
            problems.extend(error.problems)
    if problems:
        raise UsageError(problems)
    return made


def _summary(made: Compiled) -> str:
    scenario = made.scenario
    parts = (
        f"{scenario.seconds / 60:.0f} min",
        f"{len(scenario.cases)} cases",
        f"{len(made.fixes):,} fixes",
        f"{len(made.events)} reports",
        f"{len(scenario.acts)} expected acts",
    )
    return f"{scenario.scenario}: {scenario.title.en} / {scenario.title.ko}: {', '.join(parts)}"


def _compile(made: list[Compiled], out: Path | None, say: Say) -> int:
    if out is None:
        raise UsageError(["--out: name the folder that the files go to"])
    for each in made:
        folder = out if len(made) == 1 else out / each.scenario.scenario
        try:
            write_set(each, folder)
        except InputRefusedError as error:
            raise UsageError(error.problems) from None
        say(f"{_summary(each)}; written to {folder}")
    return 0


def _play_all(made: list[Compiled], arguments: argparse.Namespace, say: Say) -> int:
    try:
        with ExitStack() as opened:
            out = None if arguments.out is None else opened.enter_context(arguments.out.open("wb"))
            return max(_play(each, out, say, with_expert=not arguments.no_expert) for each in made)
    except OSError as error:
        raise UsageError([f"{arguments.out}: cannot be written: {error.strerror}"]) from None


def _play(made: Compiled, out: IO[bytes] | None, say: Say, *, with_expert: bool) -> int:
    entries: list[Entry] = []
    for _, outcome in played(made, with_expert=with_expert):
        for place, event in enumerate(outcome.events):
            entries.append(Entry(at_us=outcome.taken.now_us, event=event))
            if out is not None:
                out.write(entry_bytes(outcome.taken.first_n + place, outcome.taken.now_us, event) + b"\n")
    assessment = assess(made.scenario, entries)
    say(_summary(made))
    for line in _told(made.scenario, assessment):
        say(f"  {line}")
    as_promised = all(result.met for result in assessment.expectations)
    in_time = not with_expert or all(result.as_expected for result in assessment.acts)
    return 0 if as_promised and in_time else 1


def _told(scenario: Scenario, assessment: Assessment) -> list[str]:
    lines = [_expectation_line(scenario, result) for result in assessment.expectations]
    return lines + [_act_line(result) for result in assessment.acts]


def _expectation_line(scenario: Scenario, result: ExpectationResult) -> str:
    expected = result.expectation
    level = "" if expected.level is None else f" {expected.level}"
    first = "never" if result.first_us is None else f"first at {_clock((result.first_us - scenario.starts_us) / 1_000_000)}"
    return f"{'met' if result.met else 'MISSED':8}{expected.sign} {expected.name}{level}: {result.count}, {first}"


def _act_line(result: ActResult) -> str:
    act = result.act
    name = act.do if act.task is None else f"{act.do} {act.task}"
    if result.called_us is None:
        return f"{'-':8}{name}: not called for"
    took = "not done" if result.seconds is None else f"after {result.seconds:.0f} s"
    return f"{'in time' if result.in_time else 'LATE':8}{name}: {took} of {act.within_s:.0f} s"


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _time(text: str) -> int:
    try:
        return us_of_text(text)
    except ValueError as error:
        raise UsageError([f"--starts {text}: {error}"]) from None
