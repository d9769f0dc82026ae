"""Ends a hung renderer."""

from PySide6.QtCore import QProcess


def end_process(pid: int) -> bool:
    """Kill the process of this number at once; False where that could not be done."""
    return pid > 0 and QProcess.execute("kill", ["-9", str(pid)]) == 0
