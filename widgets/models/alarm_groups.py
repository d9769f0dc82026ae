"""Alarms of one cause as one row: which alarms of the list have a row, and how many more each row stands for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Final, TypeAlias

from backend_bridge.application.rows import AlarmRow, AlarmState
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.alarms.alarm_state import answered_alone
from backend_bridge.domain.identifiers import UserId

_OF_GATEWAYS: Final = ("gateway/", "gateways/")
"""How groups are named whose alarms are of several devices; others are of one device (`clusters.py`)."""
FOLDING: Final = frozenset({AlarmState.UNACKNOWLEDGED, AlarmState.RETURNED_UNACKNOWLEDGED, AlarmState.ACKNOWLEDGED})
"""What was put aside, or waits for a reason, was decided on by itself and keeps its own row."""

Cause: TypeAlias = tuple[str, AlarmKind]
"""A group of the bridge, and what has happened in it: what a person unfolds and folds."""
Fold: TypeAlias = tuple[str, AlarmKind, int, bool, UserId | None, tuple[UserId, ...]]
"""What may stand as one row: the cause, how often it has come, whether it is acknowledged, by whom, and to whom it comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What the first row of several alarms of one cause says of them."""

    cause: Cause
    n_folded: int
    """Alarms without a row of their own, for which this row stands beside its own; 0 while it is unfolded."""
    n_over: int
    """Of all those that the row stands for, its own with them: how many are over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAlarm:
    """A row of the list: an alarm, and how it stands among those of its cause."""

    row: AlarmRow
    together: Together | None = None
    """None for a row that stands for its own alarm and is the first of none."""
    head: str | None = None
    """The alarm below whose row it stands, as one of several of a cause; None for a row that stands by itself."""

    @property
    def is_folded(self) -> bool:
        """Whether the row stands for more alarms than its own."""
        return self.together is not None and self.together.n_folded > 0


Changes: TypeAlias = tuple[tuple[ListedAlarm, ...], tuple[str, ...]]
"""Rows that are new or different, and the names of those that are there no longer."""


def fold_of(row: AlarmRow) -> Fold | None:
    """With which others an alarm may stand as one row; None for one that always has its own.

    Alarms fold only with those about which a person decides alike: of one cause and one kind, in the same hands. A group of one device
    is of several kinds, or about several people whom one wearer may have reached, each of which asks something else, so that its alarms
    stay apart. So does what comes back later from what has come once: somebody who switches a device off after an outage, of which the
    alarms still wait, is not one more of those. Red, a call for help, an open strap and priorities 1 and 2 never fold, nor what has an
    incident, a next step or a contact to count down to, by which it has a place of its own in the list, or was put aside.
    """
    if row.group is None or not row.group.startswith(_OF_GATEWAYS):
        return None
    if row.state not in FOLDING or answered_alone(row.kind, row.level):
        return None
    if row.incident is not None or row.next_step is not None or row.contact_s is not None:
        return None
    acknowledged = row.state is AlarmState.ACKNOWLEDGED
    return (row.group, row.kind, row.count, acknowledged, row.owner, () if acknowledged else row.routed)


@dataclass(slots=True)
class _Members:
    """The alarms of one fold; its head is the one that was known first, so that the row stays where it is while others come."""

    rows: dict[str, AlarmRow] = field(default_factory=dict)
    n_over: int = 0
    listed: dict[str, ListedAlarm] = field(default_factory=dict)
    """Those that have a row now."""
    below: str | None = None
    """The head below which every member is listed; None while they are folded."""
    by_age: list[tuple[int, str]] = field(default_factory=list)
    """A heap of when each was known; entries of those that have left, or are known since another moment, are dropped when they come up."""

    def put(self, row: AlarmRow) -> None:
        """Take a new or changed member."""
        before = self.rows.get(row.alarm)
        self.n_over += (row.cleared_us is not None) - (before is not None and before.cleared_us is not None)
        if before is None or before.known_us != row.known_us:
            heappush(self.by_age, (row.known_us, row.alarm))
        self.rows[row.alarm] = row

    def drop(self, alarm: str) -> None:
        """Let a member go."""
        self.n_over -= self.rows.pop(alarm).cleared_us is not None

    def head(self) -> AlarmRow:
        """The member that was known first."""
        while True:
            known_us, alarm = self.by_age[0]
            row = self.rows.get(alarm)
            if row is not None and row.known_us == known_us:
                return row
            heappop(self.by_age)

    def fold(self, cause: Cause, chosen: str | None) -> Iterable[str]:
        """List the head alone, and the chosen one below it; returns whose rows may be others than before."""
        before, self.below = self.listed, None
        if len(self.rows) < 2:
            self.listed = {key: ListedAlarm(row=row) for key, row in self.rows.items()}
            return (*before, *self.listed)
        head = self.head()
        lifted = self.rows.get(chosen) if chosen is not None and chosen != head.alarm else None
        n_folded = len(self.rows) - (1 if lifted is None else 2)
        n_over = self.n_over - (lifted is not None and lifted.cleared_us is not None)
        self.listed = {head.alarm: ListedAlarm(row=head, together=Together(cause=cause, n_folded=n_folded, n_over=n_over))}
        if lifted is not None:
            self.listed[lifted.alarm] = ListedAlarm(row=lifted, head=head.alarm)
        return (*before, *self.listed)

    def unfold(self, cause: Cause, changed: Iterable[str]) -> Iterable[str]:
        """List every member, of those that have been listed so before only the `changed`; returns whose rows may be others than before."""
        head = self.head().alarm
        fresh = tuple(changed) if self.below == head else (*self.listed, *self.rows)
        self.below = head
        for key in fresh:
            row = self.rows.get(key)
            if row is None:
                self.listed.pop(key, None)
            elif key == head:
                self.listed[key] = ListedAlarm(row=row, together=Together(cause=cause, n_folded=0, n_over=0))
            else:
                self.listed[key] = ListedAlarm(row=row, head=head)
        return fresh


class AlarmGroups:
    """All alarms of the list, told of change by change; each change costs as much as has changed, however many are folded away.

    The alarm that is chosen always has a row, below its head where the others are folded.
    """

    def __init__(self) -> None:
        self.alarms: dict[str, AlarmRow] = {}
        """All of them by name, whether or not they have a row."""
        self._fold_of: dict[str, Fold] = {}
        self._folds: dict[Fold, _Members] = {}
        self._folds_of: dict[Cause, set[Fold]] = {}
        self._unfolded: set[Cause] = set()
        self._chosen: str | None = None
        self._n_listed = 0
        """How many of those that may fold have a row."""

    @property
    def n_rows(self) -> int:
        """How many alarms have a row."""
        return len(self.alarms) - len(self._fold_of) + self._n_listed

    def change(self, put: Iterable[AlarmRow], gone: Iterable[str]) -> Changes:
        """Take new, changed and ended alarms."""
        touched: dict[Fold, dict[str, None]] = {}
        alone: dict[str, ListedAlarm] = {}
        left: set[str] = set()
        for row in put:
            fold = fold_of(row)
            self._leave(row.alarm, fold, touched)
            self.alarms[row.alarm] = row
            if fold is None:
                alone[row.alarm] = ListedAlarm(row=row)
            else:
                self._enter(row, fold)
                alone.pop(row.alarm, None)
                left.add(row.alarm)  # unless its fold lists it
                touched.setdefault(fold, {})[row.alarm] = None
        for alarm in gone:
            if self.alarms.pop(alarm, None) is not None:
                self._leave(alarm, None, touched)
                alone.pop(alarm, None)
                left.add(alarm)
        return self._relisted(touched, alone, left)

    def unfold(self, cause: Cause) -> Changes:
        """Give each alarm of a cause a row, until it is folded again."""
        if cause in self._folds_of:
            self._unfolded.add(cause)
        return self._relisted_anew(self._folds_of.get(cause, ()))

    def fold(self, cause: Cause) -> Changes:
        """Let one row stand for the alarms of a cause again."""
        self._unfolded.discard(cause)
        return self._relisted_anew(self._folds_of.get(cause, ()))

    def is_unfolded(self, cause: Cause) -> bool:
        """Whether a person has unfolded a cause of which there still are alarms."""
        return cause in self._unfolded

    def choose(self, alarm: str | None) -> Changes:
        """Give the chosen alarm a row, and let the one chosen before fold away; None: none is chosen."""
        before, self._chosen = self._chosen, alarm
        if before == alarm:
            return (), ()
        folds = (self._fold_of.get(each) for each in (before, alarm) if each is not None)
        return self._relisted_anew({fold for fold in folds if fold is not None})

    def behind(self, alarm: str) -> tuple[AlarmRow, ...]:
        """The alarms without a row for which the row of `alarm` stands; none where it stands for its own alone."""
        fold = self._fold_of.get(alarm)
        members = self._folds.get(fold) if fold is not None else None
        listed = members.listed.get(alarm) if members is not None else None
        if members is None or listed is None or not listed.is_folded:
            return ()
        return tuple(row for key, row in members.rows.items() if key not in members.listed)

    def _enter(self, row: AlarmRow, fold: Fold) -> None:
        self._fold_of[row.alarm] = fold
        members = self._folds.get(fold)
        if members is None:
            members = self._folds[fold] = _Members()
            self._folds_of.setdefault(fold[:2], set()).add(fold)
        members.put(row)

    def _leave(self, alarm: str, to: Fold | None, touched: dict[Fold, dict[str, None]]) -> None:
        fold = self._fold_of.get(alarm)
        if fold is not None and fold != to:
            del self._fold_of[alarm]
            self._folds[fold].drop(alarm)
            touched.setdefault(fold, {})[alarm] = None

    def _relisted_anew(self, folds: Iterable[Fold]) -> Changes:
        return self._relisted({fold: {} for fold in folds}, {}, set())

    def _relisted(self, touched: dict[Fold, dict[str, None]], put: dict[str, ListedAlarm], left: set[str]) -> Changes:
        for fold, changed in touched.items():
            members = self._folds[fold]
            n_before, cause = len(members.listed), fold[:2]
            if cause in self._unfolded and len(members.rows) > 1:
                fresh = members.unfold(cause, changed)
            else:
                fresh = members.fold(cause, self._chosen)
            keys = dict.fromkeys((*changed, *fresh))
            left.update(keys)
            put |= {key: members.listed[key] for key in keys if key in members.listed}
            self._n_listed += len(members.listed) - n_before
            if not members.rows:
                self._forget(fold)
        return tuple(put.values()), tuple(left - put.keys())

    def _forget(self, fold: Fold) -> None:
        del self._folds[fold]
        folds = self._folds_of[fold[:2]]
        folds.discard(fold)
        if not folds:
            del self._folds_of[fold[:2]]
            self._unfolded.discard(fold[:2])
