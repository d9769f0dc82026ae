"""Scenario files that a trainer writes at a desk: read out, checked with the line of each defect, kept in the room's own folder."""

import json
import os
import re
from pathlib import Path
from typing import Final

from backend_bridge.adapters.json_fields import text_of_file
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.scenario_files import BUNDLED, scenario_of_text
from backend_bridge.adapters.scenario_library import Library
from backend_bridge.adapters.scenario_lines import line_of
from backend_bridge.application.training_rows import ScenarioRow
from backend_bridge.domain.scenarios.scenario import Origin

_NAME: Final = re.compile("[a-z0-9][a-z0-9-]{0,62}")
_STREETS: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
MOST_DEFECTS: Final = 40
DOCUMENT: Final = "scenario"


def scenario_text(library: Library, name: str) -> tuple[str, ...]:
    """The file of a scenario, and `own` or `shipped`; nothing where there is none, or it is a re-enactment, which is signed as it is."""
    path = library.files().get(name)
    if path is None:
        return ()
    own = path.parent == library.folders[0]
    try:
        text = text_of_file(path)
    except InputRefusedError:
        return ()
    return () if _is_signed(text) else (text, "own" if own else "shipped")


def _is_signed(text: str) -> bool:
    """A file with defects is nobody's re-enactment yet: it could not be played, and may be mended."""
    try:
        return scenario_of_text(text, DOCUMENT).origin is not Origin.SYNTHETIC
    except InputRefusedError:
        return False


def written_scenario(library: Library, text: str, *, save: bool) -> tuple[tuple[str, ...], tuple[ScenarioRow, ...]]:
    """The defects, each as JSON with `line` and `text`; or none and the scenario with its preview, kept where `save` says so."""
    try:
        row = _checked(library, text)
        if save:
            _keep(library.folders[0] / f"{row.scenario}.toml", text)
    except InputRefusedError as error:
        return _defects(text, [problem.replace(f"{library.folders[0]}{os.sep}", "") for problem in error.problems]), ()
    return (), (row,)


def _checked(library: Library, text: str) -> ScenarioRow:
    scenario = scenario_of_text(text, DOCUMENT)
    problems = []
    if _NAME.fullmatch(scenario.scenario) is None:
        problems.append(f"{DOCUMENT}, field scenario: must be 1 to 63 small letters, digits and hyphens: it names the file")
    if scenario.origin is not Origin.SYNTHETIC:
        problems.append(f"{DOCUMENT}, field origin: a re-enactment is signed as it is and not written at a desk; leave the field out")
    if scenario.scenario in library.files() and not scenario_text(library, scenario.scenario):
        problems.append(f"{DOCUMENT}, field scenario: a signed re-enactment has this name; choose another")
    if scenario.streets != BUNDLED and _STREETS.fullmatch(scenario.streets) is None:
        problems.append(f"{DOCUMENT}, field streets: must be the name of a file beside the scenario, without a folder")
    if problems:
        raise InputRefusedError(problems)
    return library.row_of(scenario, library.folders[0] / f"{scenario.scenario}.toml")


def _keep(path: Path, text: str) -> None:
    """Write the file whole or not at all; it is its owner's alone."""
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf8") as file:
            file.write(text if text.endswith("\n") else text + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise InputRefusedError([f"{DOCUMENT}: was not kept ({error.strerror or 'the folder cannot be written'})"]) from None


def _defects(text: str, sentences: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    lines = text.split("\n")
    found = []
    for sentence in sentences[:MOST_DEFECTS]:
        where = sentence.removeprefix(DOCUMENT).lstrip(",: ")
        found.append(json.dumps({"line": line_of(lines, where), "text": where}, ensure_ascii=False))
    return tuple(found)
