"""Simulated time and network: one queue of things to come, all chance from one seed."""

import heapq
import random
from collections.abc import Callable


class World:
    """The clock that everything in a simulation runs by, and the dice that everything is thrown with."""

    def __init__(self, seed: int, start_us: int) -> None:
        self.dice = random.Random(seed)
        self.now_us = start_us
        self._due: list[tuple[int, int, Callable[[], None]]] = []
        self._order = 0

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        """Do something after a while."""
        self._order += 1
        heapq.heappush(self._due, (self.now_us + max(1, round(seconds * 1e6)), self._order, act))

    def run_until(self, end_us: int) -> None:
        """Let time pass."""
        while self._due and self._due[0][0] <= end_us:
            self.now_us, _, act = heapq.heappop(self._due)
            act()
        self.now_us = end_us


class Network:
    """One gateway's link: delays, losses, doubles, disorder between lanes, and partitions."""

    def __init__(self, world: World, *, loss: float, double: float) -> None:
        self._world = world
        self._loss, self._double = loss, double
        self.is_cut = False

    def carry(self, deliver: Callable[[], None]) -> None:
        """Bring a message to the other side, perhaps never, perhaps twice."""
        dice = self._world.dice
        if self.is_cut or dice.random() < self._loss:
            return
        for _ in range(2 if dice.random() < self._double else 1):
            self._world.later(dice.expovariate(1 / 0.08), lambda: None if self.is_cut else deliver())
