"""How far long work has got: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from types import TracebackType
from typing import Final, Self, TextIO

from tqdm import tqdm

_LINE_EVERY_S: Final = 10.0


class Progress:
    """Shows how many of `total` units are done; used as a context manager, on stderr."""

    def __init__(self, what: str, total: int, unit: str, out: TextIO = sys.stderr) -> None:
        self._what = what
        self._total = total
        self._unit = unit
        self._out = out
        self._done = 0
        self._next_line_s = time.monotonic() + _LINE_EVERY_S
        self._bar = tqdm(total=total, desc=what, unit=f" {unit}", file=out, leave=False) if out.isatty() else None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()

    def reached(self, done: int) -> None:
        """Say that `done` units are done by now."""
        if self._bar is not None:
            self._bar.update(done - self._done)
        elif time.monotonic() >= self._next_line_s:
            self._next_line_s = time.monotonic() + _LINE_EVERY_S
            self._out.write(f"{self._what}: {done:,} of {self._total:,} {self._unit}\n")
            self._out.flush()
        self._done = done
