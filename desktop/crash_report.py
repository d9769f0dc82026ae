"""When the desk itself fails: the trace goes into the log without anybody's data, and the person is told in a sentence."""

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Final

LOG: Final = logging.getLogger("bongsu.desk")


def trace_of(kind: type[BaseException], at: TracebackType | None) -> str:
    """Where it happened: files, lines and functions; never the message or a value, which may be personal."""
    steps = [f"{step.filename.rpartition('/')[2]}:{step.lineno} {step.name}" for step in traceback.extract_tb(at)]
    return f"{kind.__name__} at " + " < ".join(reversed(steps))


def install(tell: Callable[[str], None]) -> None:
    """Take over unhandled errors before the first widget exists; `tell(kind)` may show a sentence, and the desk goes on."""

    def hook(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, at)
            return
        LOG.error("%s", trace_of(kind, at))
        tell(kind.__name__)
        # Python keeps the last error for a debugger, with all that its functions held, such as a painter, until it ends itself.
        sys.last_type = sys.last_value = sys.last_traceback = None

    sys.excepthook = hook
