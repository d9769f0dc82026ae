"""One lane of one gateway: its epoch, what is settled, and the holes that are open."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.identifiers import GatewayName
from backend_bridge.domain.lanes.lane_parts import HolePart, LanePart
from backend_bridge.domain.lanes.settled import Interval, Settled
from backend_bridge.domain.outcomes.lane_events import HoleFilled, HoleLost, HoleOpened

NEVER: Final = 2**63 - 1
_MOST_LOST_PARTS: Final = 1024
"""A hole with more parts named as lost is told of in pieces, so that what is kept of it stays small."""


class _Hole:
    __slots__ = ("due_us", "first", "last", "lost")

    def __init__(self, first: int, last: int, due_us: int, lost: Iterable[Interval] = ()) -> None:
        self.first = first
        self.last = last
        self.due_us = due_us
        self.lost = list(lost)

    def received(self) -> list[Interval]:
        """The parts that came: all but those lost, joined where they touch."""
        came: list[Interval] = []
        start = self.first
        for first, last in sorted(self.lost):
            if first > start:
                came.append((start, first - 1))
            start = last + 1
        if start <= self.last:
            came.append((start, self.last))
        return came


class LaneState:
    """What must survive of a lane: a plain book of numbers that knows no connection but the one to answer on."""

    def __init__(self, gateway: GatewayName, lane: Lane) -> None:
        self.gateway = gateway
        self.lane = lane
        self.epoch: int | None = None
        self.ended: dict[int, None] = {}
        self.settled = Settled()
        self.highest = 0
        """The newest number that is known to have been given out."""
        self.connection: bytes | None = None
        """The connection that said hello last."""
        self.refused_hello: tuple[bytes, int] | None = None
        self.due_us = NEVER
        """When the next hole is to be asked for."""
        self._holes: list[_Hole] = []

    def missing(self) -> int:
        """How many numbers are missing in the open holes."""
        return sum(last - first + 1 for first, last in self._all_gaps())

    def begin(self, epoch: int) -> list[HoleFilled | HoleLost]:
        """Start a new epoch at 1; the holes of the one before end as lost where nothing came."""
        ends = [event for hole in self._holes for event in self._given_up(hole)]
        if self.epoch is not None:
            self.ended[self.epoch] = None
        self.epoch = epoch
        self.settled = Settled()
        self.highest = 0
        self._holes = []
        self.due_us = NEVER
        return ends

    def settle(self, seq: int, under_way: int) -> None:
        """Note one message as settled; it lies neither in an island nor above `highest` + 1 (see `open_hole`)."""
        self.highest = max(self.highest, seq)
        self.settled.add(seq, seq, under_way)

    def open_hole(self, last: int, due_us: int, reason: str) -> HoleOpened:
        """Everything above `highest` up to `last` is missing."""
        first = self.highest + 1
        self.highest = last
        if reason == "not-kept" and self._holes and self._holes[-1].last == first - 1:
            self._holes[-1].last = last
        else:
            self._holes.append(_Hole(first, last, due_us))
        self.due_us = min(self.due_us, due_us)
        return HoleOpened(gateway=self.gateway, lane=self.lane, epoch=self.epoch or 0, from_seq=first, to_seq=last, reason=reason)

    def lose(self, first: int, last: int, reason: str, n_islands: int) -> list[HoleFilled | HoleLost]:
        """Give up what of first…last is missing in holes, making at most `n_islands` islands; the rest is not concerned."""
        events: list[HoleFilled | HoleLost] = []
        start = max(bisect_right(self._holes, first, key=_first_of) - 1, 0)
        for hole in self._holes[start:]:
            if hole.first > last:
                break
            for gap in list(self.settled.gaps(max(first, hole.first), min(last, hole.last))):
                if self.settled.n_islands >= n_islands and self.settled.is_new_island(*gap):
                    continue
                self.settled.add(*gap, under_way=0)
                hole.lost.append(gap)
                events.append(self._lost(gap, reason))
            events.extend(self.filled_at(hole.last))
            if len(hole.lost) > _MOST_LOST_PARTS:
                events.extend(self._split(hole))
        return events

    def filled_at(self, seq: int) -> list[HoleFilled]:
        """Close the hole around `seq` if nothing of it is missing any more."""
        index = bisect_right(self._holes, seq, key=_first_of) - 1
        if index < 0 or self._holes[index].last < seq:
            return []
        hole = self._holes[index]
        if not self.settled.covers(hole.first, hole.last):
            return []
        del self._holes[index]
        return [self._filled(part) for part in hole.received()]

    def ask_all(self, due_us: int) -> None:
        """Let every open hole be asked for at `due_us` or before."""
        for hole in self._holes:
            hole.due_us = min(hole.due_us, due_us)
        self.due_us = min(self.due_us, due_us) if self._holes else NEVER

    def due_gaps(self, now_us: int, again_us: int, most: int) -> list[Interval]:
        """What to ask for now: each missing part of the holes whose time has come, the last one spanning all beyond `most`."""
        due = [hole for hole in self._holes if hole.due_us <= now_us]
        for hole in due:
            hole.due_us = again_us
        self.due_us = min((hole.due_us for hole in self._holes), default=NEVER)
        gaps = [gap for hole in due for gap in self.settled.gaps(hole.first, hole.last)]
        if len(gaps) > most:
            gaps[most - 1 :] = [(gaps[most - 1][0], gaps[-1][1])]
        return gaps

    def part(self) -> LanePart:
        """All of it, for a snapshot."""
        holes = tuple(HolePart(first=hole.first, last=hole.last, lost=tuple(hole.lost)) for hole in self._holes)
        return LanePart(
            gateway=self.gateway,
            lane=self.lane,
            epoch=self.epoch,
            ack=self.settled.ack,
            highest=self.highest,
            islands=self.settled.islands(),
            holes=holes,
            ended=tuple(self.ended),
        )

    @classmethod
    def of_part(cls, part: LanePart) -> "LaneState":
        """The lane as it was; its holes are asked for as soon as somebody says hello."""
        lane = cls(part.gateway, part.lane)
        lane.epoch = part.epoch
        lane.ended = dict.fromkeys(part.ended)
        lane.settled = Settled(part.ack)
        lane.highest = part.highest
        for first, last, count in part.islands:
            lane.settled.add(first, last, count)
        lane._holes = [_Hole(hole.first, hole.last, 0, hole.lost) for hole in part.holes]
        lane.due_us = 0 if lane._holes else NEVER
        return lane

    def _split(self, hole: _Hole) -> list[HoleFilled]:
        """Tell now what of a hole has come, and keep its missing parts as holes of their own."""
        if hole not in self._holes:
            return []
        gaps = list(self.settled.gaps(hole.first, hole.last))
        hole.lost.extend(gaps)
        index = self._holes.index(hole)
        self._holes[index : index + 1] = [_Hole(first, last, hole.due_us) for first, last in gaps]
        return [self._filled(part) for part in hole.received()]

    def _all_gaps(self) -> list[Interval]:
        return [gap for hole in self._holes for gap in self.settled.gaps(hole.first, hole.last)]

    def _given_up(self, hole: _Hole) -> list[HoleFilled | HoleLost]:
        gaps = list(self.settled.gaps(hole.first, hole.last))
        hole.lost.extend(gaps)
        lost: list[HoleFilled | HoleLost] = [self._lost(gap, "epoch-ended") for gap in gaps]
        return lost + [self._filled(part) for part in hole.received()]

    def _lost(self, gap: Interval, reason: str) -> HoleLost:
        return HoleLost(gateway=self.gateway, lane=self.lane, epoch=self.epoch or 0, from_seq=gap[0], to_seq=gap[1], reason=reason)

    def _filled(self, part: Interval) -> HoleFilled:
        return HoleFilled(gateway=self.gateway, lane=self.lane, epoch=self.epoch or 0, from_seq=part[0], to_seq=part[1], reason="received")


def _first_of(hole: _Hole) -> int:
    return hole.first
