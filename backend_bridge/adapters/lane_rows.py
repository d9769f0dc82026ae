"""What the decoders of the lanes share: which rows are good, which are bad and why."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.arrivals import BadRow, RejectCode
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch

EARLIEST_US: Final = 946_684_800_000_000
"""The first instant of the year 2000."""
MOST_AHEAD_US: Final = 60_000_000
MOST_ROWS: Final = 5000
MOST_BODY_BYTES: Final = 64 * 1024

OWNERSHIP_DETAIL: Final = {
    RejectCode.RANGE: "device: must be 1–64 of A–Z a–z 0–9 . _ -",
    RejectCode.NOT_YOURS: "device: it is another gateway's; enrol this gateway for it or send it through that one",
    RejectCode.UNKNOWN_DEVICE: "device: no gateway is enrolled for it",
}
FUTURE_DETAIL: Final = "measured_at: more than 60 s ahead of the bridge's clock"
EARLY_DETAIL: Final = "measured_at: must be a time from the year 2000 on"

NO_ROWS: Final = np.empty(0, np.int32)
NO_ROWS.flags.writeable = False
_NONE: Final = np.empty(0, np.int16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The rows of one body: the good ones, and each bad one with its code, in order."""

    fixes: FixBatch | None = None
    events: tuple[DeviceEvent, ...] = ()
    kept_rows: NDArray[np.int32]
    """(n,) the numbers in the message of the n good rows."""
    bad: tuple[BadRow, ...] = ()


def refused(code: RejectCode, detail: str) -> Decoded:
    """A body of which nothing can be taken."""
    return Decoded(kept_rows=NO_ROWS, bad=(BadRow(row=None, code=code, detail=detail),))


class RowDefects:
    """Collects what is wrong with the rows of one body; of several defects of a row the first named counts."""

    def __init__(self, n_rows: int) -> None:
        self._n_rows = n_rows
        self._which = _NONE
        self._defects: list[tuple[RejectCode, str]] = []

    def add(self, rows: NDArray[np.bool_], code: RejectCode, detail: str) -> None:
        """`rows` (n,) have this defect."""
        if rows.any():
            if self._which is _NONE:
                self._which = np.zeros(self._n_rows, np.int16)
            self._defects.append((code, detail))
            self._which[rows & (self._which == 0)] = len(self._defects)

    @property
    def is_empty(self) -> bool:
        """Whether every row is good so far."""
        return not self._defects

    def good(self) -> NDArray[np.intp]:
        """The numbers of the rows without a defect."""
        return np.arange(self._n_rows) if self._which is _NONE else np.flatnonzero(self._which == 0)

    def bad(self) -> tuple[BadRow, ...]:
        """The rows with a defect, in order."""
        rows = np.flatnonzero(self._which)
        named = ((int(row), self._defects[self._which[row] - 1]) for row in rows)
        return tuple(BadRow(row=row, code=code, detail=detail) for row, (code, detail) in named)
