"""Rows of pairs: how a wearer and a protected person stand to one another, as a band where more is not to be seen."""

from itertools import compress, repeat

import numpy as np
from numpy.typing import NDArray

from backend_bridge.application.alarm_views import TRENDS, cases_listed
from backend_bridge.application.looking import Backlog, Look, Sent, band_of, number
from backend_bridge.application.rows import PairRow
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.quantities import MICROSECONDS

MASKED_EVERY_US = 60 * MICROSECONDS
"""A masked pair is looked at on the minute alone, so that the time of a change does not give the crossing away."""
OPEN_EVERY_US = MICROSECONDS
_SEE_BAND = Action.SEE_BAND
_SEE_DISTANCE = Action.SEE_DISTANCE


class PairCutter:
    """Which rows of pairs a desk has to be sent: open ones each second, masked ones each minute."""

    def __init__(self) -> None:
        self._sent = Sent(table=Table.PAIRS)
        self._access = 0
        self._open_us = self._minute = 0
        self._shown: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._cases: tuple[CaseId, ...] = ()
        self._of_case: dict[CaseId, list[int]] = {}
        self._backlog: Backlog[int] = Backlog()

    def changes(self, look: Look) -> TableChange | None:
        """Rows that are new, different or gone since the last call."""
        cases = look.picture.pairs.case
        if cases != self._cases:
            gone = self._begin(look, cases)
            taken = self._backlog.take()
            if look.first and look.recorded:
                self._sent.awaited.update(_key(look, index) for index in self._backlog.waiting())
            return self._sent.differ([*((key, None) for key in gone), *self._rows(look, taken)])
        return self._sent.differ(self._rows(look, self._due(look)))

    @property
    def awaited(self) -> frozenset[str]:
        """Rows that are still to be sent."""
        return frozenset(self._sent.awaited)

    def _begin(self, look: Look, cases: tuple[CaseId, ...]) -> list[str]:
        self._cases = cases
        self._of_case = {}
        for index, case in enumerate(cases):
            self._of_case.setdefault(case, []).append(index)
        self._shown = np.array(look.sight.may_each(_SEE_DISTANCE, look.picture.pairs.about, cases), np.bool_)
        self._access = look.room.access.changed.revision
        self._open_us, self._minute = look.now_us, look.now_us // MASKED_EVERY_US
        ahead = (index for case in cases_listed(look) for index in self._of_case.get(case, ()))
        seen = look.sight.may_each(_SEE_BAND, look.picture.pairs.about, cases) if look.recorded else repeat(True)
        self._backlog.begin(ahead, compress(range(len(cases)), seen))
        before = (*self._sent.rows, *self._sent.awaited)
        now = {_key(look, index) for index in range(len(cases))} if before else ()
        return [key for key in before if key not in now]

    def _due(self, look: Look) -> list[int]:
        due: dict[int, None] = {}
        for case in look.room.access.changed.since(self._access):
            for index in self._of_case.get(CaseId(case), ()):
                self._shown[index] = self._may(look, index)
                due[index] = None
        self._access = look.room.access.changed.revision
        if look.now_us - self._open_us >= OPEN_EVERY_US:
            self._open_us = look.now_us
            due.update(dict.fromkeys(np.flatnonzero(self._shown).tolist()))
        if look.now_us // MASKED_EVERY_US != self._minute:
            self._minute = look.now_us // MASKED_EVERY_US
            self._backlog.add(np.flatnonzero(~self._shown).tolist())
        return self._backlog.take(due)

    def _may(self, look: Look, index: int) -> bool:
        pairs = look.picture.pairs
        return bool(look.sight.may(_SEE_DISTANCE, pairs.about[index], pairs.case[index]))

    def _rows(self, look: Look, indices: list[int]) -> list[tuple[str, PairRow | None]]:
        return [(_key(look, index), self._row(look, index)) for index in indices]

    def _row(self, look: Look, index: int) -> PairRow | None:
        return pair_row(look, index, shown=bool(self._shown[index])) if self._is_seen(look, index) else None

    def _is_seen(self, look: Look, index: int) -> bool:
        pairs = look.picture.pairs
        return bool(look.sight.may(_SEE_BAND, pairs.about[index], pairs.case[index]))


def _key(look: Look, index: int) -> str:
    return f"{look.picture.pairs.case[index]}/{look.picture.pairs.about[index]}"


def pair_row(look: Look, index: int, *, shown: bool) -> PairRow:
    """A pair with its figures, or with the band of its distance alone."""
    pairs = look.picture.pairs
    distance_m = float(pairs.distance_m[index])
    return PairRow(
        pair=_key(look, index),
        case=pairs.case[index],
        about=pairs.about[index],
        distance_m=number(distance_m) if shown else None,
        distance_error_m=number(pairs.distance_error_m[index]) if shown else None,
        band_m=None if shown else band_of(distance_m),
        closing_mps=number(pairs.closing_mps[index]) if shown else None,
        closing_share_subject=number(pairs.closing_share_subject[index], 2) if shown else None,
        contact_s=number(pairs.contact_s[index]) if shown else None,
        miss_m=number(pairs.miss_m[index], 0) if shown else None,
        trend=TRENDS[int(pairs.trend[index])],
        co_travel=bool(pairs.co_travel[index]) and shown,
        updated_us=look.picture.at_us if shown else look.now_us // MASKED_EVERY_US * MASKED_EVERY_US,
    )
