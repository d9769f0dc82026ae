"""Events of the core as the exact bytes of the log."""

from dataclasses import replace

from backend_bridge.adapters.alarm_lines import document_of_alarm, document_of_fields, text_of_document
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.domain.alarm import AlarmChange
from backend_bridge.domain.case import Case
from backend_bridge.domain.outcomes.bridge_events import CaseRegistered
from backend_bridge.domain.outcomes.events import Event
from backend_bridge.domain.outcomes.lane_events import HoleFilled, HoleLost, HoleOpened, LaneEvent


def entry_bytes(n: int, at_us: int, event: Event | LaneEvent) -> bytes:
    """The line of entry `n`, without its end: the bytes that are stored, hashed and printed."""
    head: dict[str, object] = {"n": n, "at": text_of_us(at_us)}
    if isinstance(event, AlarmChange):
        return text_of_document(head | document_of_alarm(event)).encode()
    head["event"] = event.entry
    body = document_of_fields(replace(event, content=_unnamed(event.content)) if isinstance(event, CaseRegistered) else event)
    if isinstance(event, HoleOpened | HoleFilled | HoleLost):
        body = {key.removesuffix("_seq"): value for key, value in body.items()}
    # A field that bears the name of one of the three would hide it.
    return text_of_document(head | {key: value for key, value in body.items() if key not in head}).encode()


def _unnamed(case: Case) -> Case:
    """A case as the log may hold it for good: by codes; names, numbers and addresses stand in the room's erasable input alone."""
    return replace(
        case,
        people=tuple(replace(person, name="", phones=()) for person in case.people),
        places=tuple(replace(place, address=None) for place in case.places),
        responsible=None,
    )
