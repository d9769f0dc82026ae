"""A compiled scenario as what reaches the room: a gateway with its links, lanes, backlogs and broken messages; courts and patrols."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.application.inbox import CourtDecided, EffectReport, EndOrder, ImportCases, Inbox, Order, UnitReport
from backend_bridge.application.outcome import Outcome
from backend_bridge.application.room_state import Room
from backend_bridge.domain.arrivals import Answer, Arrival, BadRow, Data, Hello, Lane, LinkDown, LinkUp, RejectCode
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import GatewayName, UserId
from backend_bridge.domain.outcomes.effects import NotifyProtected, SendDispatch, SendMessage
from backend_bridge.domain.outcomes.lane_effects import SendAsk
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.scenarios.compiled import Compiled
from backend_bridge.domain.scenarios.scenario import CaseChanges, CourtSays, OrderEnds

GATEWAY: Final = GatewayName("exercise")
OFFICE: Final = UserId("exercise")
_CONNECTION: Final = b"exercise"
_AHEAD_US: Final = 60 * MICROSECONDS
"""What is measured further ahead of the bridge's clock is quarantined."""
_DOWN_AFTER_S: Final = 3.0
_ROWS_A_MESSAGE: Final = 1000


class Feed:
    """Gives what of a scenario reaches the room up to a time; asked in order of time, from its beginning."""

    def __init__(self, compiled: Compiled, epoch: int = 1) -> None:
        self._compiled, self._scenario = compiled, compiled.scenario
        self._epoch = epoch
        self._seq = dict.fromkeys(Lane, 0)
        self._n_fixes = self._n_events = self._n_messages = 0
        self._until_us = self._scenario.starts_us - 1
        self._answers: list[Answer] = []
        self._reached: list[EffectReport] = []

    def opening(self) -> Inbox:
        """What stands at the beginning: cases, patrols, and the gateway's first signs of life."""
        scenario = self._scenario
        hellos = [self._hello(lane) for lane in Lane]
        patrols = [
            UnitReport(
                unit=patrol.unit,
                callsign=patrol.callsign,
                position=scenario.places[patrol.place],
                course_deg=None,
                state="free",
                reported_us=scenario.starts_us,
            )
            for patrol in scenario.patrols
        ]
        return Inbox(
            orders=(ImportCases(by=OFFICE, cases=scenario.cases),),
            arrivals=(LinkUp(gateway=GATEWAY, connection=_CONNECTION), *hellos),
            news=tuple(patrols),
        )

    @property
    def is_over(self) -> bool:
        """Whether all of it was given."""
        return self._until_us >= self._scenario.ends_us

    def moments(self, every_us: int) -> Iterator[int]:
        """The instants at which the room should be asked to step: each `every_us`, and at every report and ruling itself."""
        regular = range(self._scenario.starts_us + every_us, self._scenario.ends_us + 1, every_us)
        rulings = [self._us(ruling.at_s) for ruling in self._scenario.rulings]
        events = [event.received_us for event in self._compiled.events]
        yield from sorted({*regular, *rulings, *events, self._scenario.ends_us})

    def due(self, now_us: int, room: Room) -> Inbox:
        """What came since the last call, up to `now_us`; `room` tells which emergency access a court speaks about."""
        since_us, self._until_us = self._until_us, max(self._until_us, now_us)
        links = self._links(since_us, now_us)
        arrivals: tuple[Arrival, ...] = (*links, *self._reports(now_us), *self._positions(now_us), *self._answers)
        news = tuple(self._reached)
        self._answers, self._reached = [], []
        return Inbox(arrivals=arrivals, orders=tuple(self._rulings(since_us, now_us, room)), news=news)

    def answer(self, outcome: Outcome) -> None:
        """Let what the room asks of the world succeed within the exercise, as nothing of it leaves: told with the next `due`."""
        for asked in outcome.lane_effects:
            if isinstance(asked, SendAsk) and asked.gateway == GATEWAY:
                self._answers.append(Answer(gateway=GATEWAY, id=asked.id, ok=True, detail="delivered"))
        for effect in outcome.effects:
            if isinstance(effect, NotifyProtected | SendMessage):
                self._reached.append(EffectReport(key=effect.key, state="delivered"))
            elif isinstance(effect, SendDispatch):
                self._reached.append(EffectReport(key=effect.key, state="accepted"))

    def _us(self, at_s: float) -> int:
        return self._scenario.starts_us + round(at_s * MICROSECONDS)

    def _hello(self, lane: Lane) -> Hello:
        last = self._seq[lane]
        return Hello(gateway=GATEWAY, connection=_CONNECTION, lane=lane, epoch=self._epoch, first=last + 1, last=last)

    def _links(self, since_us: int, now_us: int) -> tuple[Arrival, ...]:
        found: list[Arrival] = []
        for outage in self._scenario.outages:
            if since_us < self._us(outage.from_s + _DOWN_AFTER_S) <= now_us:
                found.append(LinkDown(gateway=GATEWAY, connection=_CONNECTION, reason="silent"))
            if since_us < self._us(outage.to_s) <= now_us:
                found.extend((LinkUp(gateway=GATEWAY, connection=_CONNECTION), *(self._hello(lane) for lane in Lane)))
        return tuple(found)

    def _reports(self, now_us: int) -> Iterator[Data]:
        events = self._compiled.events
        first = self._n_events
        while self._n_events < len(events) and events[self._n_events].received_us <= now_us:
            self._n_events += 1
        told = events[first : self._n_events]
        if told:
            data = self._message(Lane.ALARMS, None, np.arange(len(told), dtype=np.int32))
            yield replace(data, events=told)

    def _positions(self, now_us: int) -> Iterator[Data]:
        fixes, late = self._compiled.fixes, self._compiled.late
        end = int(np.searchsorted(fixes.received_us, now_us, side="right"))
        rows = np.arange(self._n_fixes, end)
        self._n_fixes = end
        for lane, of_lane in ((Lane.POSITIONS, rows[~late[rows]]), (Lane.BACKFILL, rows[late[rows]])):
            for first in range(0, len(of_lane), _ROWS_A_MESSAGE):
                yield self._carried(lane, fixes.take(of_lane[first : first + _ROWS_A_MESSAGE]), now_us)

    def _carried(self, lane: Lane, batch: FixBatch, now_us: int) -> Data:
        """A message with rows; what is too far ahead of the clock is named as the gate does, a broken message as a whole."""
        self._n_messages += 1
        if self._is_poisoned(now_us):
            bad = BadRow(row=None, code=RejectCode.MALFORMED, detail="not an Arrow stream")
            return replace(self._message(lane, None, np.empty(0, np.int32)), bad=(bad,))
        ahead = batch.measured_us > now_us + _AHEAD_US
        good = np.flatnonzero(~ahead)
        bad_rows = tuple(
            BadRow(row=int(row), code=RejectCode.FUTURE, detail="measured_at is more than 60 s ahead of the bridge's clock")
            for row in np.flatnonzero(ahead)
        )
        return replace(self._message(lane, batch.take(good) if len(good) else None, good.astype(np.int32)), bad=bad_rows)

    def _is_poisoned(self, now_us: int) -> bool:
        return any(
            self._us(poison.from_s) <= now_us < self._us(poison.to_s) and self._n_messages % poison.every == 0
            for poison in self._scenario.poison
        )

    def _message(self, lane: Lane, fixes: FixBatch | None, kept_rows: NDArray[np.int32]) -> Data:
        self._seq[lane] += 1
        return Data(
            gateway=GATEWAY,
            connection=_CONNECTION,
            lane=lane,
            epoch=self._epoch,
            seq=self._seq[lane],
            fixes=fixes,
            events=(),
            kept_rows=kept_rows,
            bad=(),
        )

    def _rulings(self, since_us: int, now_us: int, room: Room) -> Iterator[Order]:
        for ruling in self._scenario.rulings:
            if not since_us < self._us(ruling.at_s) <= now_us:
                continue
            match ruling:
                case CaseChanges():
                    yield ImportCases(by=OFFICE, cases=(ruling.case,))
                case OrderEnds():
                    yield EndOrder(by=OFFICE, case=ruling.case, at_us=now_us, reason=ruling.reason)
                case CourtSays():
                    opened = [grant.grant for grant in room.grants.grants.values() if grant.break_glass]
                    if opened:
                        yield CourtDecided(by=OFFICE, grant=opened[-1], permitted=ruling.permitted, number=ruling.number)
