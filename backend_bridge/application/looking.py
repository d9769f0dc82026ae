"""What the cutters of rows share: one look at the room by one user, and what that user's desk was sent before."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from math import isfinite
from typing import Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from backend_bridge.application.room_state import Room
from backend_bridge.application.rows import Row
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.domain.access.access import Sight
from backend_bridge.domain.identifiers import AlarmId, CaseId, DeviceId, PersonId
from backend_bridge.domain.watching.picture import Picture

PORTION: Final = 500
"""Maximum number of rows of a table that can wait that are cut in one go: a few milliseconds."""
AT_FIRST: Final = 100
"""How many of them a desk that was sent nothing yet gets with its first rows: more than a screen shows."""
BANDS_M: Final = (0.0, 100.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0)
"""Edges of the bands in which a distance is told where the distance itself is masked."""

Key = TypeVar("Key")


class Places:
    """Where in the columns of pictures each device and each pair stands; read anew only when pictures get more of them."""

    def __init__(self) -> None:
        self._devices: tuple[DeviceId, ...] = ()
        self._cases: tuple[CaseId, ...] = ()
        self._abouts: tuple[PersonId, ...] = ()
        self.device: dict[DeviceId, int] = {}
        self.pair: dict[tuple[CaseId, PersonId], int] = {}

    def read(self, picture: Picture) -> None:
        """Follow the columns of a new picture."""
        if picture.devices != self._devices:
            self._devices = picture.devices
            self.device = {name: index for index, name in enumerate(self._devices)}
        pairs = picture.pairs
        if pairs.case != self._cases or pairs.about != self._abouts:
            self._cases, self._abouts = pairs.case, pairs.about
            self.pair = {key: index for index, key in enumerate(zip(pairs.case, pairs.about, strict=True))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at the room: by whom, when, and what everything stands like then."""

    room: Room
    sight: Sight
    picture: Picture
    places: Places
    now_us: int
    first: bool
    """Whether the desk was sent nothing yet."""
    listed: tuple[AlarmId, ...] = ()
    """At the first look, the alarms that the user may see, in the order of the list: what belongs to the first is sent before the rest."""
    recorded: bool = False
    """Whether it is a recording: there a desk that has leapt still holds rows of the moment before."""
    chosen: CaseId | None = None
    """The case that the desk looks into, where that is known: what belongs to it is sent before everything else."""


@dataclass(slots=True, kw_only=True)
class Sent:
    """The rows of one table that a desk holds."""

    table: Table
    rows: dict[str, Row] = field(default_factory=dict)
    awaited: set[str] = field(default_factory=set)
    """Rows that are still to be sent and that the desk may hold from before: not sent yet is not gone."""

    def differ(self, candidates: Iterable[tuple[str, Row | None]]) -> TableChange | None:
        """What has to be sent so that the desk holds the candidates as they are now; None is a row that is no more."""
        put: list[Row] = []
        gone: list[str] = []
        for key, row in candidates:
            awaited = key in self.awaited
            self.awaited.discard(key)
            if row is None:
                if self.rows.pop(key, None) is not None or awaited:
                    gone.append(key)
            elif self.rows.get(key) != row:
                self.rows[key] = row
                put.append(row)
        if not put and not gone:
            return None
        return TableChange(table=self.table, put=tuple(put), gone=tuple(gone))


class Backlog(Generic[Key]):
    """Rows that can wait: a desk that has just come gets thousands in portions, so that nobody else waits for it."""

    def __init__(self, portion: int = PORTION) -> None:
        self._portion = self._next = portion
        self._keys: dict[Key, None] = {}

    def begin(self, ahead: Iterable[Key], keys: Iterable[Key]) -> None:
        """Only these wait, those `ahead` before the others; a few come first."""
        self._keys = dict.fromkeys(ahead)
        self.add(keys)
        self._next = AT_FIRST

    def add(self, keys: Iterable[Key]) -> None:
        """These wait, too."""
        self._keys.update(dict.fromkeys(keys))

    def clear(self) -> None:
        """Nothing waits any more."""
        self._keys.clear()

    def waiting(self) -> tuple[Key, ...]:
        """What waits, in its order."""
        return tuple(self._keys)

    def take(self, at_once: Iterable[Key] = ()) -> list[Key]:
        """`at_once`, and a portion of what waits; none of them waits any longer."""
        taken = dict.fromkeys(at_once)
        for key in islice(self._keys, self._next):
            taken[key] = None
        self._next = self._portion
        for key in taken:
            self._keys.pop(key, None)
        return list(taken)


def band_of(distance_m: float) -> tuple[float, float | None] | None:
    """The band [from, to) that a distance lies in; None for one that is not known."""
    if not isfinite(distance_m):
        return None
    index = bisect_right(BANDS_M, max(distance_m, 0.0))
    return BANDS_M[index - 1], BANDS_M[index] if index < len(BANDS_M) else None


def number(value: float, decimals: int = 1) -> float | None:
    """A figure for a row: rounded, None for NaN and infinity."""
    return round(float(value), decimals) + 0.0 if isfinite(value) else None


def numbers(values: NDArray[np.float64], decimals: int = 1) -> list[float | None]:
    """`number` of each value."""
    known = np.isfinite(values).tolist()
    if decimals == 0:  # only then numpy rounds as Python does
        return [value if is_known else None for value, is_known in zip((np.rint(values) + 0.0).tolist(), known, strict=True)]
    return [round(value, decimals) + 0.0 if is_known else None for value, is_known in zip(values.tolist(), known, strict=True)]


def ordered_bytes(column: NDArray[np.generic], kind: str) -> bytes:
    """A column as little-endian bytes of the type that its row promises."""
    return np.ascontiguousarray(column, dtype=np.dtype(kind).newbyteorder("<")).tobytes()
