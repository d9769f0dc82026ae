"""Stays of several wearers that become long within one minute are told alike however the fixes are cut into calls."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as some
from worlds import DAY, T0, Row, S, at, case, fixes, of_kind, stay, walk, zone

from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmStep
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.watching.watch import Watch

WEARERS = 4
SECOND_S = 370.0
"""How long they stay the second time: of twenty minutes in the hour some seconds are missing then."""
HELD_S = 2240.0
ENDS_S = 2400


def visit(device: str, from_s: float, to_s: float) -> list[Row]:
    """At the edge of the zone for a while, and then away for ten minutes."""
    back_s = to_s + 600.0
    out = walk(device, at(450, 0), at(2500, 0), to_s, to_s + 300.0, 10.0)
    return [*stay(device, at(450, 0), from_s, to_s, 10.0), *out, *walk(device, at(2500, 0), at(450, 0), to_s + 300.0, back_s, 10.0)]


def _received_s(second: float, until_s: float) -> float:
    return until_s + (second - until_s) / 1000.0 if until_s - 250.0 < second < until_s else second + 1.0


@cache
def inputs() -> FixBatch:
    """Two visits, and then one whose first minutes come together later, from all of them within one minute."""
    rows, received = [], []
    for number in range(1, WEARERS + 1):
        shift, device = number * 4.0, f"ANK-{number}"
        his = visit(device, shift, 520.0 + shift) + visit(device, 1120.0 + shift, 1120.0 + SECOND_S + shift)
        his += stay(device, at(450, 0), 1720.0 + SECOND_S + shift, ENDS_S, 5.0)
        rows += his
        received += [_received_s(second, HELD_S + shift) for _, second, _ in his]
    return fixes(rows, received)


def played(cuts: Sequence[int]) -> list[AlarmChange]:
    """Everything decided, the fixes cut after each of the moments (µs, in order)."""
    batch, watch, start = inputs(), Watch.empty(), 0
    decided = list(watch.register([case(number, zones=(zone(warning_m=300.0),)) for number in range(1, WEARERS + 1)], T0 - DAY * S))
    for now_us in [*cuts, T0 + (ENDS_S + 300) * S]:
        end = int(np.searchsorted(batch.received_us, now_us, side="right"))
        decided += watch.advance(batch.between(start, end), (), now_us)
        start = end
    return decided


@cache
def whole() -> list[AlarmChange]:
    return played([])


def test_all_of_them_are_told_within_a_minute_of_each_other() -> None:
    hanging = [change for change in of_kind(whole(), AlarmKind.LOITERING) if change.step is AlarmStep.RAISED]
    assert len({change.case for change in hanging}) == WEARERS
    assert max(change.known_us for change in hanging) - min(change.known_us for change in hanging) <= 60 * S


@settings(max_examples=30, deadline=None)
@given(some.lists(some.integers(1150, ENDS_S), max_size=30, unique=True))
@example(list(range(1150, ENDS_S)))
def test_what_falls_due_within_a_minute_does_not_hang_on_the_batching(seconds: list[int]) -> None:
    told = of_kind(played(sorted(T0 + second * S for second in seconds)), AlarmKind.LOITERING)
    assert told == of_kind(whole(), AlarmKind.LOITERING)
