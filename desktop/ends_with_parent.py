"""Run a program that ends with the desk, whatever the desk dies of; Linux keeps the promise.

`python -m desktop.ends_with_parent PARENT COMMAND…`
"""

import ctypes
import os
import signal
import sys
from typing import Final

_PR_SET_PDEATHSIG: Final = 1


def main(arguments: list[str]) -> None:
    """Ask the kernel for a SIGTERM when the parent dies, then become the command."""
    parent, command = int(arguments[0]), arguments[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the kernel was asked
            return
    os.execvp(command[0], command)  # noqa: S606 - the command line was put together by the desk itself


if __name__ == "__main__":
    main(sys.argv[1:])
