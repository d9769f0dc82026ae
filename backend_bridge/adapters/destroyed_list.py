"""Which cases were destroyed, as a list beside the checkpoints: a copy that nobody could reach forgets them when restored."""

import json
import os
from pathlib import Path
from typing import Final

from backend_bridge.adapters.case_keys import FILE_NAME, destroy_in_copy
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.domain.identifiers import CaseId

LIST_NAME: Final = "destroyed.jsonl"


def note_destroyed(folder: Path, case: CaseId, destruction: str, at: str) -> None:
    """Add a case to the list of a folder; raises `OSError` when it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / LIST_NAME).open("ab+") as file:
        file.seek(0)
        file.truncate(file.read().rfind(b"\n") + 1)  # a line that a crash cut off would spoil the next one
        file.write(json.dumps({"case": case, "destruction": destruction, "at": at}).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def destroyed_cases(folder: Path) -> list[CaseId]:
    """The cases on the list of a folder; none where there is no list. A line that was being written is left out.

    Raises `InputRefusedError` where there is no such folder or its list cannot be read.
    """
    path = folder / LIST_NAME
    if not folder.is_dir():
        raise InputRefusedError([f"{folder}: is no folder; name the one with the checkpoints and the list of what was destroyed"])
    try:
        lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
        return [CaseId(str(json.loads(line)["case"])) for line in lines]
    except (OSError, ValueError, LookupError, TypeError):
        raise InputRefusedError([f"{path}: cannot be read as the list of what was destroyed; without it nothing is restored"]) from None


def destroy_again(restored: Path, store_key: bytes, cases: list[CaseId]) -> int:
    """Destroy the keys of listed cases in a restored data folder; how many keys there were. Raises `StoreRefusedError`."""
    return sum(destroy_in_copy(restored / FILE_NAME, store_key, case) for case in cases)
