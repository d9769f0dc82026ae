"""Which sequence numbers of a lane are settled: one number up to which all are, and the islands above it.

Islands are intervals, so a range of 2⁶⁴ numbers costs as much as a single one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

Interval = tuple[int, int]
"""First and last number, both inclusive."""


class Settled:
    """A set of numbers from 1 on; each island also counts the messages in it that a gateway still has under way."""

    __slots__ = ("_counts", "_ends", "_starts", "ack", "under_way")

    def __init__(self, ack: int = 0) -> None:
        self.ack = ack
        """All numbers up to this one are settled."""
        self.under_way = 0
        """Messages above `ack` that were taken, and that their gateway cannot know to be settled yet."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._counts: list[int] = []

    @property
    def n_islands(self) -> int:
        """How many separate islands lie above `ack`."""
        return len(self._starts)

    def islands(self) -> tuple[tuple[int, int, int], ...]:
        """(first, last, messages under way) of each island, in order."""
        return tuple(zip(self._starts, self._ends, self._counts, strict=True))

    def has(self, seq: int) -> bool:
        """Whether one number is settled."""
        if seq <= self.ack:
            return True
        index = bisect_left(self._ends, seq)
        return index < len(self._ends) and self._starts[index] <= seq

    def covers(self, first: int, last: int) -> bool:
        """Whether all of first…last are settled."""
        first = max(first, self.ack + 1)
        if first > last:
            return True
        index = bisect_left(self._ends, last)
        return index < len(self._ends) and self._starts[index] <= first

    def is_new_island(self, first: int, last: int) -> bool:
        """Whether settling first…last would make an island more, touching none that is there."""
        if first <= self.ack + 1:
            return False
        return bisect_left(self._ends, first - 1) == bisect_right(self._starts, last + 1)

    def gaps(self, first: int, last: int) -> Iterator[Interval]:
        """The parts of first…last that are not settled, in order."""
        start = max(first, self.ack + 1)
        index = bisect_left(self._ends, start)
        while start <= last:
            if index == len(self._starts) or self._starts[index] > last:
                yield start, last
                return
            if self._starts[index] > start:
                yield start, self._starts[index] - 1
            start = self._ends[index] + 1
            index += 1

    def add(self, first: int, last: int, under_way: int) -> None:
        """Settle first…last, with `under_way` messages in it; numbers settled before stay so."""
        first = max(first, self.ack + 1)
        if first > last:
            return
        if first == self.ack + 1 and not self._starts:
            self.ack = last
            return
        low = bisect_left(self._ends, first - 1)
        high = bisect_right(self._starts, last + 1)
        if low < high:
            first, last = min(first, self._starts[low]), max(last, self._ends[high - 1])
        count = under_way + sum(self._counts[low:high])
        self._starts[low:high], self._ends[low:high], self._counts[low:high] = [first], [last], [count]
        self.under_way += under_way
        if self._starts[0] == self.ack + 1:
            self.ack = self._ends.pop(0)
            self._starts.pop(0)
            self.under_way -= self._counts.pop(0)
