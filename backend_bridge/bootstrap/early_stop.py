"""What a bridge does that is told to stop before it has taken anything in: it leaves at once, well."""

import os
import signal
from typing import Final

STOPS: Final = (signal.SIGTERM, signal.SIGINT)


def leave_at_once() -> None:
    """Let both signals end the process with status 0 from now on: what is loaded and opened has nothing to commit yet."""
    for number in STOPS:
        signal.signal(number, lambda _number, _frame: os._exit(0))
