"""A tick's input taken apart by whose it is, so that each case's share is sealed under its own key, and put together again."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, TypeVar

from backend_bridge.adapters.case_owners import cases_of_act, cases_of_news, cases_of_order, names_nothing_held
from backend_bridge.adapters.sealing import Part, Sealer, joined_parts, parts_of
from backend_bridge.adapters.state_codec import decode, encode
from backend_bridge.application.inbox import Act, Ask, ImportCases, News, Order, TravelTimes
from backend_bridge.application.outcome import Kept, Taken
from backend_bridge.application.room_state import Room
from backend_bridge.domain.case import Case
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.lanes.lane_parts import LaneParts
from backend_bridge.domain.queries import Search

Item = TypeVar("Item")
Held = dict[tuple[str, int, int], object]
"""What a tick's parts hold, by kind and place."""
_HIDDEN: Final = "·"


def body_of_tick(taken: Taken, lanes: LaneParts | None, sealer: Sealer, room: Room) -> bytes:
    """The body of a tick's input without its fixes: in parts where something of it is somebody's."""
    parts: list[Part] = []
    orders: list[Order] = []
    for index, order in enumerate(taken.orders):
        if isinstance(order, ImportCases):
            for place, case in enumerate(order.cases):
                parts.append((f"c{index}.{place}", 0, _sealed(frozenset({case.case}), case, sealer, room)))
            orders.append(replace(order, cases=()))
        elif (cases := cases_of_order(order)) or names_nothing_held(order, room):
            parts.append((f"o{index}.0", 0, _sealed(cases, order, sealer, room)))
        else:
            orders.append(order)
    core = replace(
        taken,
        orders=tuple(orders),
        acts=tuple(_acts(taken, sealer, room, parts)),
        news=tuple(_news(taken, sealer, room, parts)),
        kept=tuple(_kept(taken, sealer, parts)),
    )
    whole = encode((core, lanes))
    return joined_parts([("", 0, whole), *parts]) if parts else whole


def _acts(taken: Taken, sealer: Sealer, room: Room, parts: list[Part]) -> Iterator[Act | Ask]:
    for index, act in enumerate(taken.acts):
        if isinstance(act, Ask) and isinstance(act.query, Search):
            # What was looked for may be a name; that and how long it was is all that is decided by.
            yield replace(act, query=replace(act.query, text=_HIDDEN * len(act.query.text)))
        elif (cases := cases_of_act(act, room)) or names_nothing_held(act, room):
            parts.append((f"a{index}.0", 0, _sealed(cases, act, sealer, room)))
        else:
            yield act


def _sealed(cases: frozenset[CaseId], value: object, sealer: Sealer, room: Room) -> bytes:
    """Under the key of the cases whose it is; under the common key where they are destroyed, or never were there.

    A key that is made for such a case nobody could ever destroy; the common one goes at the next destruction. A start needs it
    until then and no longer: the state is written anew before.
    """
    held = cases.intersection(room.registry.held)
    return sealer.for_cases(held, encode(value)) if held else sealer.common(encode(value))


def _news(taken: Taken, sealer: Sealer, room: Room, parts: list[Part]) -> Iterator[News]:
    for index, news in enumerate(taken.news):
        if isinstance(news, TravelTimes):
            parts.append((f"n{index}.0", 0, sealer.common(encode(news))))
        elif cases := cases_of_news(news):
            parts.append((f"n{index}.0", 0, _sealed(cases, news, sealer, room)))
        else:
            yield news


def _kept(taken: Taken, sealer: Sealer, parts: list[Part]) -> Iterator[Kept]:
    for index, kept in enumerate(taken.kept):
        for place, event in enumerate(kept.events):
            parts.append((f"e{index}.{place}", 0, sealer.for_device(event.device, event.measured_us, encode(event))))
        yield replace(kept, events=()) if kept.events else kept


def tick_of_parts(body: bytes, open_part: Callable[[bytes], bytes | None]) -> object:
    """The (taken, lanes) of a body, without what was destroyed."""
    parts = parts_of(body)
    if parts is None:
        return decode(body)
    held: Held = {}
    n_events: dict[int, int] = {}
    for name, _, stored in parts[1:]:
        kind, index, place = name[0], int(name[1:].partition(".")[0]), int(name.partition(".")[2])
        if kind == "e":
            n_events[index] = place + 1
        plain = open_part(stored)
        held[kind, index, place] = None if plain is None else decode(plain)
    match decode(parts[0][2]):
        case (Taken() as core, lanes):
            return _whole(core, held, n_events), lanes
        case other:
            return other


def _whole(core: Taken, held: Held, n_events: dict[int, int]) -> Taken:
    orders = _woven(core.orders, held, "o")
    return replace(
        core,
        orders=tuple(_with_cases(order, index, held) for index, order in orders),
        acts=tuple(act for _, act in _woven(core.acts, held, "a")),
        news=tuple(news for _, news in _woven(core.news, held, "n")),
        kept=tuple(_with_events(kept, index, held, n_events.get(index, 0)) for index, kept in enumerate(core.kept)),
    )


def _woven(plain: tuple[Item, ...], held: Held, kind: str) -> Iterator[tuple[int, Item]]:
    """The items in their old order, with the places that they had."""
    mine: dict[int, object] = {index: value for (what, index, _), value in held.items() if what == kind}
    rest = iter(plain)
    for place in range(len(plain) + len(mine)):
        value = mine[place] if place in mine else next(rest)
        if value is not None:
            yield place, value  # type: ignore[misc]  # what was sealed at this place is of the kind that stands there


def _with_cases(order: Item, index: int, held: Held) -> Item:
    if not isinstance(order, ImportCases):
        return order
    cases = [value for (kind, at, _), value in held.items() if kind == "c" and at == index]
    return replace(order, cases=tuple(case for case in cases if isinstance(case, Case)))


def _with_events(kept: Kept, index: int, held: Held, n: int) -> Kept:
    if n == 0:
        return kept
    found = [(place, held["e", index, place]) for place in range(n)]
    left = [(place, event) for place, event in found if isinstance(event, DeviceEvent)]
    return replace(kept, events=tuple(event for _, event in left), rows=kept.rows[[place for place, _ in left]])
