"""Carrying out a command through the bridge that runs on a folder; it imports little, so that it is quick."""

import re
import sys
from pathlib import Path
from typing import Final

from typing_extensions import override

from backend_bridge.adapters.local_control import Emit, Request, ask
from backend_bridge.bootstrap.errors import UsageError

_ENTRY: Final = re.compile(r'\{"n":(\d+),')


class Terminal(Emit):
    """Answers go straight to this process's own stdout and stderr."""

    def __init__(self) -> None:
        self.last_n: int | None = None
        """Number of the last log entry that was printed."""

    @override
    def out(self, text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
        found = _ENTRY.match(text, text.rfind("\n") + 1)
        if found is not None:
            self.last_n = int(found[1])

    @override
    def err(self, text: str) -> None:
        sys.stderr.write(text + "\n")

    @override
    def is_gone(self) -> bool:
        return False


def through_bridge(folder: Path, request: Request, terminal: Terminal) -> int | None:
    """The status from the bridge that runs on the folder; None when none answers."""
    if not folder.is_dir():
        return None
    lines = ask(folder, request)
    if lines is None:
        return None
    for line in lines:
        if line.out is not None:
            terminal.out(line.out)
        if line.err is not None:
            terminal.err(line.err)
        if line.exit is not None:
            return line.exit
    raise UsageError([f"{folder}: the bridge stopped before it had answered; try again"])
