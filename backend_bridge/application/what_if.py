"""The same fixes or the same recording decided twice: by the rules that were, and by changed ones; and how the alarms differ."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from backend_bridge.application.inbox import ImportCases, Order
from backend_bridge.application.judge import judge
from backend_bridge.application.outcome import Taken
from backend_bridge.application.playback import Recording
from backend_bridge.application.room import again
from backend_bridge.application.room_state import Room
from backend_bridge.domain.alarm import AlarmChange, AlarmKind
from backend_bridge.domain.case import Case
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.scenarios.comparison import Comparison, compare
from backend_bridge.domain.scenarios.what_if import WhatIf, changed_case, changed_cases
from backend_bridge.domain.watching.watch import Watch

ASKING = UserId("what-if")


def judged_otherwise(
    given: tuple[Sequence[Case], FixBatch, Sequence[DeviceEvent]], what_if: WhatIf, alarms: Sequence[AlarmChange] | None = None
) -> tuple[Comparison, tuple[AlarmChange, ...]]:
    """Compare fixes as judged by the cases that were (`alarms`, judged here where None) with the same by changed ones; and those alarms."""
    cases, fixes, events = given
    before = _alarms(judge(cases, fixes, events)) if alarms is None else tuple(alarms)
    after = _alarms(judge(changed_cases(cases, what_if), fixes, events, policy=what_if.policy))
    return compare(before, after), after


class StoppedError(Exception):
    """Whoever asked for a comparison does not want it any more."""


def never(_share: float) -> bool:
    """Nobody stops it."""
    return False


def lived_otherwise(recording: Recording, what_if: WhatIf, stops: Callable[[float], bool] = never) -> Comparison:
    """Compare a recording with the same recording lived under changed rules from its beginning.

    People's acts happen in both at their time; one about an alarm that is not there then is refused like any such act.
    `stops` is told after each step which share (0–1) of the recording is behind it; where it says so, `StoppedError` is raised.
    """
    from_us, to_us = recording.span_us()
    before, after = recording.room_before(from_us), recording.room_before(from_us)
    for room in (before, after):
        room.replay = True
    if what_if.policy is not None and isinstance(after.watch, Watch):
        after.watch.use_policy(what_if.policy)
    own: list[AlarmChange] = []
    other: list[AlarmChange] = []
    is_first = True
    for taken in recording.steps(before.now_us):
        if taken.now_us > to_us:
            break
        changed = _otherwise(taken, what_if, _standing(after, what_if) if is_first else ())
        is_first = False
        own.extend(_told(before, taken, from_us))
        other.extend(_told(after, changed, from_us))
        if stops((taken.now_us - from_us) / max(1, to_us - from_us)):
            raise StoppedError
    return compare(own, other)


def _told(room: Room, taken: Taken, from_us: int) -> Iterator[AlarmChange]:
    for event in again(room, taken).events:
        if isinstance(event, AlarmChange) and event.kind is not AlarmKind.SYSTEM and taken.now_us >= from_us:
            yield event


def _standing(room: Room, what_if: WhatIf) -> tuple[Case, ...]:
    """The changed cases among those that were in force already when the recording begins."""
    held = [entry.case for entry in room.registry.held.values()]
    return tuple(changed for case, changed in zip(held, changed_cases(held, what_if), strict=True) if changed is not case)


def _otherwise(taken: Taken, what_if: WhatIf, standing: tuple[Case, ...]) -> Taken:
    """The input of a step with the cases that it registers changed, and before them those that stand changed."""
    orders: tuple[Order, ...] = tuple(
        replace(order, cases=tuple(changed_case(case, what_if) for case in order.cases)) if isinstance(order, ImportCases) else order
        for order in taken.orders
    )
    if standing:
        orders = (ImportCases(by=ASKING, cases=standing), *orders)
    return replace(taken, orders=orders)


def _alarms(judged: Iterator[tuple[int, tuple[AlarmChange, ...]]]) -> tuple[AlarmChange, ...]:
    return tuple(alarm for _, alarms in judged for alarm in alarms)
