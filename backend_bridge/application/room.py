"""The one step: what came in, what was decided, what follows. Live, replay and restart go through it; `judge` runs the watch alone."""

from collections.abc import Sequence

from backend_bridge.application import access_acts, alarm_flow, destruction_acts, order_end_acts, removals, self_test, warnings
from backend_bridge.application.acts import take_act
from backend_bridge.application.forget_finished import forget_finished
from backend_bridge.application.heard_devices import note_devices
from backend_bridge.application.inbox import Act, Ask, CloseSession, ImportCases, Inbox, OpenSession, Order, PutUser
from backend_bridge.application.intake import fixes_of, keep, with_signs
from backend_bridge.application.orders import take_news, take_order
from backend_bridge.application.outcome import Kept, Outcome, Taken
from backend_bridge.application.ports import Seen
from backend_bridge.application.reads import take_ask
from backend_bridge.application.room_state import DEMO_USERS, Room
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access.grants import HOUR_US
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.arrivals import Answer
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.outcomes.incident_events import DeviceAnswered
from backend_bridge.domain.quantities import MICROSECONDS

__all__ = ["DEMO_USERS", "Room", "again", "step"]

ANSWER_WITHIN_US = 180 * MICROSECONDS
"""How long a device has to answer before the question is given up."""
_OPENS = {DeviceEventKind.STRAP_CUT, DeviceEventKind.CASE_OPENED}
_MOVES_PEOPLE = (OpenSession, CloseSession, PutUser, ImportCases)
"""After these, an alarm may be somebody else's first."""
_SMOOTHING_S = 10.0


def step(room: Room, inbox: Inbox, now_us: int, seen: Seen) -> Outcome:
    """Take what came, decide, and say what follows; `now_us` is later than that of every step before.

    Nothing of the outcome may be done or shown before it is on disk. Call it at least four times a second, with an empty
    inbox too: time alone decides a great deal.
    """
    turn = _begin(room, now_us, inbox.orders)
    split = self_test.parted(room.lanes.take(inbox.arrivals, now_us), now_us)
    lanes = split.lanes
    kept = keep(room, lanes.accepted, now_us, seen)
    turn.lane_effects.extend(lanes.effects)
    taken = Taken(
        now_us=now_us,
        first_n=turn.decisions.first_n,
        kept=kept,
        lane_events=lanes.events,
        answers=lanes.answers,
        orders=inbox.orders,
        news=(*inbox.news, *split.tests),
        acts=inbox.acts,
    )
    return _finish(turn, taken)


def again(room: Room, taken: Taken) -> Outcome:
    """Decide once more what a stored input led to: for restarts and replays; the same room, the same outcome.

    The lane book is not part of it: its parts are stored by themselves.
    """
    room.next_n = taken.first_n
    return _finish(_begin(room, taken.now_us, taken.orders), taken)


def _begin(room: Room, now_us: int, orders: tuple[Order, ...]) -> Turn:
    forget_finished(room, now_us)
    turn = Turn(room=room, decisions=Decisions(now_us=now_us, first_n=room.next_n))
    destruction_acts.look_at_periods(turn)
    for order in orders:
        take_order(turn, order)
    return turn


def _finish(turn: Turn, taken: Taken) -> Outcome:
    room = turn.room
    for news in taken.news:
        take_news(turn, news)
    if any(isinstance(each, _MOVES_PEOPLE) for each in (*taken.orders, *taken.news)):
        alarm_flow.call_again(turn)
    alarm_flow.take_links(turn, taken.lane_events)
    _take_measurements(turn, taken.kept)
    for answer in taken.answers:
        _take_answer(turn, answer)
    for act in taken.acts:
        _take_act(turn, act)
    _pass_time(turn)
    room.now_us = turn.now_us
    room.next_n = turn.decisions.first_n + len(turn.decisions.events)
    return Outcome(
        taken=taken,
        events=tuple(turn.decisions.events),
        effects=tuple(turn.decisions.effects),
        lane_effects=tuple(turn.lane_effects),
        replies=tuple(turn.replies),
    )


def _take_measurements(turn: Turn, kept: tuple[Kept, ...]) -> None:
    room = turn.room
    for each in kept:
        if each.fixes is not None and len(each.fixes):
            room.health.last_input_us = turn.now_us
            room.health.in_second[each.gateway] = room.health.in_second.get(each.gateway, 0) + len(each.fixes)
    fixes = fixes_of(kept)
    note_devices(turn, kept, fixes)
    events = tuple(event for each in kept for event in each.events)
    for event in events:
        _note_strap(turn, event)
    alarm_flow.take_changes(turn, room.watch.advance(with_signs(fixes, kept, turn.now_us), events, turn.now_us))
    for event in events:
        if event.kind is DeviceEventKind.STRAP_RESTORED:
            _release_answered(turn, event.device)
    _tell_of_strangers(turn, [event.device for event in events if event.kind is DeviceEventKind.SOS])


def _tell_of_strangers(turn: Turn, calling: Sequence[DeviceId]) -> None:
    """An SOS of a device that no case names is somebody's call for help too: of one not registered yet, or who withdrew consent."""
    for device in turn.room.registry.strangers(calling):
        alarm_flow.take_changes(turn, turn.system_alarm(f"sos-of-nobody:{device}", AlarmLevel.RED, {}))


def _note_strap(turn: Turn, event: DeviceEvent) -> None:
    if event.kind in _OPENS:
        turn.room.devices.strap_cut[event.device] = None
    elif event.kind is DeviceEventKind.STRAP_RESTORED:
        turn.room.devices.strap_cut.pop(event.device, None)


def _release_answered(turn: Turn, device: DeviceId) -> None:
    """A strap that is whole again ends the tamper alarms for which somebody has given a reason already."""
    for row in tuple(turn.room.alarms):
        if row.newest.device == device and row.reason is not None and row.newest.kind in alarm_flow.LATCHED_BY_STRAP:
            alarm_flow.release(turn, row)


def _take_answer(turn: Turn, answer: Answer) -> None:
    ask = turn.room.devices.asks.pop(answer.id, None)
    if ask is None or ask.gateway != answer.gateway:
        if ask is not None:
            turn.room.devices.asks[answer.id] = ask
        return
    turn.decisions.log(DeviceAnswered(ask=ask.ask, device=ask.device, ok=answer.ok, detail=answer.detail[:200]))
    delivery = turn.room.incidents.messages.by_ask.pop(ask.ask, None)
    if delivery is not None:
        state = "failed" if not answer.ok else "seen" if answer.detail == "seen" else "delivered"
        warnings.message_moved(turn, delivery, state, None)


def _take_act(turn: Turn, act: Act | Ask) -> None:
    if isinstance(act, Act):
        take_act(turn, act)
    else:
        take_ask(turn, act)


def _pass_time(turn: Turn) -> None:
    """What time alone does, in everything that the room holds."""
    room = turn.room
    alarm_flow.judge_links(turn)
    alarm_flow.pass_time(turn)
    room.incidents.pass_time(turn.decisions)
    warnings.pass_time(turn)
    access_acts.pass_time(turn)
    room.registry.pass_time(turn.decisions)
    removals.pass_time(turn)
    order_end_acts.pass_time(turn)
    destruction_acts.pass_time(turn)
    _give_up_asks(turn)
    _measure_rates(turn)


def _give_up_asks(turn: Turn) -> None:
    for ask in [each for each in turn.room.devices.asks.values() if turn.now_us - each.asked_us >= ANSWER_WITHIN_US]:
        del turn.room.devices.asks[ask.ask]
        turn.decisions.log(DeviceAnswered(ask=ask.ask, device=ask.device, ok=False, detail="no-answer"))
        delivery = turn.room.incidents.messages.by_ask.pop(ask.ask, None)
        if delivery is not None:
            warnings.message_moved(turn, delivery, "failed", "no-answer")


def _measure_rates(turn: Turn) -> None:
    """Fixes a second of each gateway, smoothed; for people, not for decisions."""
    health = turn.room.health
    seconds = (turn.now_us - health.second_us) / MICROSECONDS
    if seconds < 1.0:
        return
    share = min(1.0, seconds / _SMOOTHING_S) if seconds < HOUR_US / MICROSECONDS else 1.0
    for gateway in (*health.rate, *(each for each in health.in_second if each not in health.rate)):
        n, before = health.in_second.get(gateway, 0), health.rate.get(gateway, 0.0)
        if n or before:
            health.rate[gateway] = round(before * (1.0 - share) + n / seconds * share, 3)
    health.in_second.clear()
    health.second_us = turn.now_us
