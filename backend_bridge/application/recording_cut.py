"""A recording cut to some cases: nothing of anybody else stays in it, and what is decided about these is the same."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from backend_bridge.application.inbox import Act, Ask, EndOrder, ImportCases, NoteByOffice, Order, PutUser, ShellAct
from backend_bridge.application.outcome import Kept, Taken
from backend_bridge.application.room import again
from backend_bridge.application.room_state import Room
from backend_bridge.domain.commands import DecideOrderEnd, ProposeOrderEnd
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DeviceId
from backend_bridge.domain.watching.watch import Watch


class Cut:
    """Takes the steps of a whole run, in order from the first, and gives those of `cases` alone; `room` lives through them."""

    def __init__(self, cases: frozenset[CaseId]) -> None:
        self._cases = cases
        self._devices: set[DeviceId] = set()
        self.room = Room(Watch.empty())

    def before(self, steps: Iterable[Taken], from_us: int) -> Iterator[Taken]:
        """Live the steps before `from_us`, and give the rest, still to be lived."""
        for taken in steps:
            cut = self._cut(taken)
            if cut is None:
                continue
            if cut.now_us < from_us:
                again(self.room, cut)
            else:
                yield cut

    def _cut(self, taken: Taken) -> Taken | None:
        orders = tuple(order for order in (self._order(one) for one in taken.orders) if order is not None)
        kept = tuple(one for one in (self._kept(one) for one in taken.kept) if one is not None)
        acts = tuple(act for act in taken.acts if self._is_about(act))
        if not (orders or kept or acts or taken.news or taken.lane_events):
            return None
        return replace(taken, first_n=self.room.next_n, orders=orders, kept=kept, acts=acts, answers=())

    def _order(self, order: Order) -> Order | None:
        match order:
            case ImportCases():
                cases = tuple(case for case in order.cases if case.case in self._cases)
                for case in cases:
                    self._devices.update(party.device for party in (case.subject, *case.protected) if party.device is not None)
                return replace(order, cases=cases) if cases else None
            case EndOrder() | NoteByOffice():
                return order if order.case in self._cases else None
            case ShellAct(command=ProposeOrderEnd() | DecideOrderEnd() as command):
                return order if command.case in self._cases else None
            case PutUser():
                return order if order.route is None else replace(order, route=order.route.cut_to(self._cases))
            case _:
                return None

    def _kept(self, kept: Kept) -> Kept | None:
        events = tuple(event for event in kept.events if event.device in self._devices)
        fixes = kept.fixes
        rows = kept.rows
        if fixes is not None:
            mine = np.array([name in self._devices for name in fixes.device_names], dtype=np.bool_)
            chosen = np.flatnonzero(mine[fixes.device]) if len(fixes) else np.empty(0, dtype=np.intp)
            fixes, rows = _of_named_devices(fixes.take(chosen)), rows[chosen]
        heard = tuple(name for name in kept.heard if name in self._devices)
        signs = tuple(sign for sign in kept.signs if sign[0] in self._devices)
        if not (events or heard or signs or (fixes is not None and len(fixes))):
            return None
        return replace(kept, fixes=fixes, rows=rows, events=events, heard=heard, signs=signs)

    def _is_about(self, act: Act | Ask) -> bool:
        if isinstance(act, Ask):
            return False
        about = getattr(act.command, "case", None)
        alarm = getattr(act.command, "alarm", None)
        incident = getattr(act.command, "incident", None)
        if about is not None:
            return about in self._cases
        if alarm is not None:
            return any(row.alarm == alarm for row in self.room.alarms)
        return incident is not None and incident in self.room.incidents.incidents


def _of_named_devices(fixes: FixBatch) -> FixBatch:
    """The same fixes, naming no device that none of them is of."""
    used, device = np.unique(fixes.device, return_inverse=True)
    return replace(fixes, device_names=tuple(fixes.device_names[i] for i in used.tolist()), device=device.astype(np.int32))
