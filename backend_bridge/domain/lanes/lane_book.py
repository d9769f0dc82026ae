"""The lane book: what has come from every gateway, what is missing, and what to answer (`lane/1`, docs/lane.md).

It is pure and deterministic: arrivals and the time go in; messages to keep, events for the log and answers to send come out.
The answers may be sent only when the outcome is on disk. State belongs to (gateway name, lane) and survives connections,
replaced keys and restarts (`parts`, `changed_parts`, `of_parts`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from backend_bridge.domain.arrivals import (
    Answer,
    Arrival,
    BadRow,
    Data,
    Hello,
    Lane,
    LinkDown,
    LinkUp,
    Lost,
    PeerTrouble,
    RejectCode,
    Unreadable,
)
from backend_bridge.domain.identifiers import GatewayName
from backend_bridge.domain.lanes.lane_parts import GatewayPart, LanePart, LaneParts
from backend_bridge.domain.lanes.lane_state import LaneState
from backend_bridge.domain.outcomes.lane_effects import LaneEffect, SendAck, SendNak, SendReject, SendWelcome
from backend_bridge.domain.outcomes.lane_events import HoleFilled, HoleLost, LaneEvent, LinkChanged, PeerTroubled, Quarantined

_ROWS_TOLD_OF_A_REJECT: Final = 256
"""A message that was rejected as a whole names at most so many of its bad rows; the rest is one entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanePolicy:
    """The figures of the protocol that are the bridge's to choose."""

    credit: int = 512
    """Data messages of one lane that may be under way."""
    first_nak_us: int = 300_000
    """How long a hole may be mere disorder before it is asked for."""
    nak_every_us: int = 1_200_000
    most_naks: int = 64
    """Holes of one lane asked for one by one in one go; the last request spans the rest."""
    most_islands: int = 4096
    """Separate runs of numbers above the ack that a lane may have; a message that would make one more is dropped."""
    most_epochs: int = 4096
    """Epochs of one lane; after so many a gateway must be enrolled under another name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneOutcome:
    """What one step of the book decided."""

    accepted: tuple[Data, ...]
    """New messages of which at least one row is good, in the order of arrival."""
    answers: tuple[Answer, ...]
    events: tuple[LaneEvent, ...]
    effects: tuple[LaneEffect, ...]
    """To be sent in this order, after the commit."""


class _Gateway:
    """The links and figures of one gateway."""

    def __init__(self) -> None:
        self.links: set[bytes] = set()
        self.was_up = False
        self.last_heard_us: int | None = None
        self.lost = 0
        self.quarantined = 0
        self.dropped = 0


class _Pass:
    """What one call of `take` has gathered so far."""

    def __init__(self, now_us: int) -> None:
        self.now_us = now_us
        self.accepted: list[Data] = []
        self.answers: list[Answer] = []
        self.events: list[LaneEvent] = []
        self.effects: list[LaneEffect] = []
        self.to_ack: dict[tuple[bytes, GatewayName, Lane], None] = {}


class LaneBook:
    """The protocol state of all gateways."""

    def __init__(self, policy: LanePolicy | None = None) -> None:
        self._policy = policy or LanePolicy()
        self._lanes: dict[tuple[GatewayName, Lane], LaneState] = {}
        self._gateways: dict[GatewayName, _Gateway] = {}
        self._changed_lanes: set[tuple[GatewayName, Lane]] = set()
        self._told_lanes: dict[tuple[GatewayName, Lane], LanePart] = {}
        """As `changed_parts` last told of them, or `put_parts` was told."""
        self._changed_gateways: set[GatewayName] = set()
        self._is_restored = False

    @classmethod
    def empty(cls, policy: LanePolicy | None = None) -> "LaneBook":
        """A book of which nothing has been written yet."""
        return cls(policy)

    def take(self, arrivals: Sequence[Arrival], now_us: int) -> LaneOutcome:
        """Enter what arrived, in order, and ask for holes that are due; call it at least four times a second, with nothing too."""
        run = _Pass(now_us)
        if self._is_restored:
            self._end_old_links(run)
        for arrival in arrivals:
            self._take_one(arrival, run)
        for connection, name, lane in run.to_ack:
            self._ack(connection, self._lanes[name, lane], run)
        self._ask_for_holes(run)
        return LaneOutcome(accepted=tuple(run.accepted), answers=tuple(run.answers), events=tuple(run.events), effects=tuple(run.effects))

    def standing(self) -> tuple[GatewayPart, ...]:
        """The figures of every gateway that was ever heard."""
        return tuple(self._gateway_part(name) for name in self._gateways)

    def missing(self, gateway: GatewayName) -> int:
        """How many sequence numbers of a gateway are missing and not explained yet."""
        return sum(lane.missing() for (name, _), lane in self._lanes.items() if name == gateway)

    def parts(self) -> LaneParts:
        """Everything that must survive a restart."""
        return LaneParts(lanes=tuple(lane.part() for lane in self._lanes.values()), gateways=self.standing())

    def changed_parts(self) -> LaneParts:
        """The same of the lanes and gateways that changed since this was last called; each replaces what was stored of it.

        A lane that only heard again what it knows is not among them.
        """
        parts = {key: self._lanes[key].part() for key in sorted(self._changed_lanes)}
        changed = LaneParts(
            lanes=tuple(part for key, part in parts.items() if part != self._told_lanes.get(key)),
            gateways=tuple(self._gateway_part(name) for name in sorted(self._changed_gateways)),
        )
        self._told_lanes |= parts
        self._changed_lanes.clear()
        self._changed_gateways.clear()
        return changed

    def put_parts(self, parts: LaneParts) -> None:
        """Bring lanes and gateways to what `changed_parts` said later than the snapshot; no connection is taken over."""
        self._is_restored = True
        for lane in parts.lanes:
            self._lanes[lane.gateway, lane.lane] = LaneState.of_part(lane)
            self._told_lanes[lane.gateway, lane.lane] = lane
        for part in parts.gateways:
            gateway = self._gateways[part.gateway] = _Gateway()
            gateway.was_up = part.up
            gateway.last_heard_us = part.last_heard_us
            gateway.lost, gateway.quarantined, gateway.dropped = part.lost, part.quarantined, part.dropped

    @classmethod
    def of_parts(cls, parts: LaneParts, policy: LanePolicy | None = None) -> "LaneBook":
        """The book as it was, but for the connections: gateways that were up are told as down by the next `take`."""
        book = cls(policy)
        book.put_parts(parts)
        return book

    def _end_old_links(self, run: _Pass) -> None:
        """After a restart no connection is left."""
        self._is_restored = False
        for name, gateway in self._gateways.items():
            if gateway.was_up:
                gateway.was_up = False
                self._changed_gateways.add(name)
                run.events.append(LinkChanged(gateway=name, state="down", reason="restart"))

    def _take_one(self, arrival: Arrival, run: _Pass) -> None:
        match arrival:
            case Data():
                self._heard(arrival.gateway, run)
                self._take_data(arrival, run)
            case Hello():
                self._heard(arrival.gateway, run)
                self._take_hello(arrival, run)
            case Lost():
                self._heard(arrival.gateway, run)
                self._take_lost(arrival, run)
            case Unreadable():
                self._heard(arrival.gateway, run)
                self._quarantine(arrival.gateway, None, [BadRow(row=None, code=arrival.code, detail=arrival.detail)], run)
            case Answer():
                self._heard(arrival.gateway, run)
                run.answers.append(arrival)
            case LinkUp():
                self._link_up(arrival, run)
            case LinkDown():
                self._link_down(arrival, run)
            case PeerTrouble():
                run.events.append(PeerTroubled(what=arrival.what, gateway=arrival.gateway, count=arrival.count, detail=arrival.detail))
            case _:
                assert_never(arrival)

    def _take_hello(self, hello: Hello, run: _Pass) -> None:
        lane = self._lane(hello.gateway, hello.lane)
        if hello.epoch != lane.epoch:
            if hello.epoch in lane.ended or len(lane.ended) >= self._policy.most_epochs:
                self._refuse_hello(hello, lane, run)
                return
            self._count_and_tell(hello.gateway, lane.begin(hello.epoch), run)
        lane.connection = hello.connection
        first = min(max(hello.first, 1), hello.last + 1)
        if first - 1 > lane.highest:
            run.events.append(lane.open_hole(first - 1, run.now_us, "not-kept"))
        lane.ask_all(run.now_us)
        run.effects.append(
            SendWelcome(
                gateway=hello.gateway,
                connection=hello.connection,
                lane=hello.lane,
                epoch=hello.epoch,
                resume_after=lane.settled.ack,
                credit=self._policy.credit,
            )
        )

    def _refuse_hello(self, hello: Hello, lane: LaneState, run: _Pass) -> None:
        detail = "this epoch is over; go on with the newest one" if hello.epoch in lane.ended else "too many epochs on this lane"
        self._reject(hello, 0, RejectCode.EPOCH, detail, run)
        if lane.refused_hello != (hello.connection, hello.epoch):
            lane.refused_hello = (hello.connection, hello.epoch)
            self._quarantine(hello.gateway, (hello.lane, hello.epoch, 0), [_of_epoch(detail)], run)

    def _take_data(self, data: Data, run: _Pass) -> None:
        lane = self._lane(data.gateway, data.lane)
        if data.epoch != lane.epoch:
            detail = "no hello with this epoch was welcomed, or it is over"
            self._reject(data, data.seq, RejectCode.EPOCH, detail, run)
            self._quarantine(data.gateway, (data.lane, data.epoch, data.seq), [_of_epoch(detail)], run)
        elif data.seq == 0:
            detail = "sequence numbers begin at 1"
            self._reject(data, 0, RejectCode.RANGE, detail, run)
            bad = BadRow(row=None, code=RejectCode.RANGE, detail=detail)
            self._quarantine(data.gateway, (data.lane, data.epoch, 0), [bad], run)
        elif lane.settled.has(data.seq):
            run.to_ack[data.connection, data.gateway, data.lane] = None
        elif self._is_beyond_credit(lane, data.seq):
            self._gateways[data.gateway].dropped += 1
        else:
            self._settle(data, lane, run)

    def _is_beyond_credit(self, lane: LaneState, seq: int) -> bool:
        if lane.settled.under_way >= self._policy.credit and seq != lane.settled.ack + 1:
            return True
        return lane.settled.n_islands >= self._policy.most_islands and lane.settled.is_new_island(seq, seq)

    def _settle(self, data: Data, lane: LaneState, run: _Pass) -> None:
        if data.seq > lane.highest + 1:
            run.events.append(lane.open_hole(data.seq - 1, run.now_us + self._policy.first_nak_us, "skipped"))
        is_kept = len(data.kept_rows) > 0
        is_rejected = bool(data.bad) and not is_kept
        lane.settle(data.seq, under_way=0 if is_rejected else 1)
        if is_kept:
            run.accepted.append(data)
        if data.bad:
            self._quarantine(data.gateway, (data.lane, data.epoch, data.seq), _told(data.bad, is_rejected=is_rejected), run)
        if is_rejected:
            self._reject(data, data.seq, data.bad[0].code, data.bad[0].detail, run)
        run.events.extend(lane.filled_at(data.seq))
        run.to_ack[data.connection, data.gateway, data.lane] = None

    def _take_lost(self, lost: Lost, run: _Pass) -> None:
        lane = self._lane(lost.gateway, lost.lane)
        if lost.epoch != lane.epoch:
            return
        ends = lane.lose(lost.from_seq, lost.to_seq, lost.reason, self._policy.most_islands)
        self._count_and_tell(lost.gateway, ends, run)
        run.to_ack[lost.connection, lost.gateway, lost.lane] = None

    def _link_up(self, link: LinkUp, run: _Pass) -> None:
        self._heard(link.gateway, run)
        gateway = self._gateways[link.gateway]
        gateway.links.add(link.connection)
        if not gateway.was_up:
            gateway.was_up = True
            run.events.append(LinkChanged(gateway=link.gateway, state="up", reason="heard"))

    def _link_down(self, link: LinkDown, run: _Pass) -> None:
        gateway = self._gateways.setdefault(link.gateway, _Gateway())
        gateway.links.discard(link.connection)
        if gateway.was_up and not gateway.links:
            gateway.was_up = False
            self._changed_gateways.add(link.gateway)
            run.events.append(LinkChanged(gateway=link.gateway, state="down", reason=link.reason))

    def _ack(self, connection: bytes, lane: LaneState, run: _Pass) -> None:
        if lane.epoch is None:
            return
        run.effects.append(
            SendAck(
                gateway=lane.gateway,
                connection=connection,
                lane=lane.lane,
                epoch=lane.epoch,
                seq=lane.settled.ack,
                credit=self._policy.credit,
            )
        )

    def _ask_for_holes(self, run: _Pass) -> None:
        for lane in self._lanes.values():
            if lane.due_us > run.now_us or lane.connection is None or lane.epoch is None or not self._is_linked(lane):
                continue
            for first, last in lane.due_gaps(run.now_us, run.now_us + self._policy.nak_every_us, self._policy.most_naks):
                run.effects.append(
                    SendNak(
                        gateway=lane.gateway,
                        connection=lane.connection,
                        lane=lane.lane,
                        epoch=lane.epoch,
                        from_seq=first,
                        to_seq=last,
                    )
                )

    def _reject(self, message: Hello | Data, seq: int, code: RejectCode, detail: str, run: _Pass) -> None:
        run.effects.append(
            SendReject(
                gateway=message.gateway,
                connection=message.connection,
                lane=message.lane,
                epoch=message.epoch,
                seq=seq,
                code=code,
                detail=detail,
            )
        )

    def _quarantine(self, name: GatewayName, where: tuple[Lane, int, int] | None, bad: Iterable[BadRow], run: _Pass) -> None:
        lane, epoch, seq = where or (None, None, None)
        for one in bad:
            self._gateways[name].quarantined += 1
            run.events.append(Quarantined(gateway=name, lane=lane, epoch=epoch, seq=seq, row=one.row, code=one.code, detail=one.detail))

    def _count_and_tell(self, name: GatewayName, ends: Sequence[HoleFilled | HoleLost], run: _Pass) -> None:
        for event in ends:
            if isinstance(event, HoleLost):
                self._gateways[name].lost += event.to_seq - event.from_seq + 1
        run.events.extend(ends)

    def _heard(self, name: GatewayName, run: _Pass) -> None:
        gateway = self._gateways.get(name)
        if gateway is None:
            gateway = self._gateways[name] = _Gateway()
        gateway.last_heard_us = run.now_us
        self._changed_gateways.add(name)

    def _lane(self, name: GatewayName, lane: Lane) -> LaneState:
        key = (name, lane)
        self._changed_lanes.add(key)
        found = self._lanes.get(key)
        if found is None:
            found = self._lanes[key] = LaneState(name, lane)
        return found

    def _is_linked(self, lane: LaneState) -> bool:
        gateway = self._gateways.get(lane.gateway)
        return gateway is not None and lane.connection in gateway.links

    def _gateway_part(self, name: GatewayName) -> GatewayPart:
        gateway = self._gateways[name]
        return GatewayPart(
            gateway=name,
            up=gateway.was_up,
            last_heard_us=gateway.last_heard_us,
            lost=gateway.lost,
            quarantined=gateway.quarantined,
            dropped=gateway.dropped,
        )


def _of_epoch(detail: str) -> BadRow:
    return BadRow(row=None, code=RejectCode.EPOCH, detail=detail)


def _told(bad: Sequence[BadRow], *, is_rejected: bool) -> Sequence[BadRow]:
    """The rows to name one by one: all, but of a long message that is rejected as a whole the first ones and a summary."""
    if not is_rejected or len(bad) <= _ROWS_TOLD_OF_A_REJECT:
        return bad
    rest = len(bad) - _ROWS_TOLD_OF_A_REJECT
    summary = BadRow(row=None, code=bad[0].code, detail=f"and {rest} more rows of this message; none could be taken")
    return [*bad[:_ROWS_TOLD_OF_A_REJECT], summary]
