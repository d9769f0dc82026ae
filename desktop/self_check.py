"""What is looked at when a desk starts: whether Qt's bindings count references rightly, and whether the map's page is in its sandbox."""

import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QObject

_LOG: Final = logging.getLogger(__name__)
_N_CALLS: Final = 1000
_PROC: Final = Path("/proc")
_FILTERED: Final = "2"
"""How the kernel says that a process may make few system calls alone."""
AS_ROOT: Final = (
    "warning: the desk was started as root, to whom Chromium refuses its sandbox: the map's page runs without one; "
    "start the desk as an ordinary user"
)


def miscounting(call: Callable[[], object] | None = None) -> str | None:
    """Why this desk must not start: calls into Qt that return nothing lose a reference to None, which ends it within minutes.

    PySide6 6.12.0 does so on CPython before 3.12; `call` is such a call, of a Qt object by default.
    """
    if call is None:
        probe = QObject()
        call = partial(probe.setObjectName, "")
    before = sys.getrefcount(None)
    for _ in range(_N_CALLS):
        call()
    if before - sys.getrefcount(None) < _N_CALLS // 2:
        return None
    return (
        f"PySide6 {pyside_version} on Python {sys.version.split()[0]} loses count of None and would end the desk within minutes: "
        "install the version that requirements.txt names (make venv)"
    )


def runs_as_root() -> bool:
    """Whether everything is allowed to this process."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def tell(sentence: str) -> None:
    """Say a sentence to whoever started the desk, and keep it in its log."""
    sys.stderr.write(f"{sentence}\n")
    _LOG.warning("%s", sentence)


def without_sandbox(renderer: int, proc: Path = _PROC) -> str | None:
    """What the process of the map's page lacks of its sandbox, as a sentence; None when all is there or the process is gone."""
    try:
        text = (proc / str(renderer) / "status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    said = dict(line.partition(":")[::2] for line in text.splitlines())
    lacks = []
    if len(said.get("NSpid", "").split()) < 2:
        lacks.append("namespaces of its own (does the system allow user namespaces to ordinary users?)")
    if said.get("Seccomp", "").strip() != _FILTERED:
        lacks.append("a filter of system calls")
    return f"warning: the map's page runs without {' and without '.join(lacks)}" if lacks else None
