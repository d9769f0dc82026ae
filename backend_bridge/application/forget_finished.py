"""What the room need not remember any more: it is in the log, and nobody is shown it."""

from backend_bridge.application.incident_views import CLOSED_SHOWN_US
from backend_bridge.application.room_state import Room
from backend_bridge.domain.access.grants import HOUR_US, Grant

KEEP_ACCESS_US = 30 * 24 * HOUR_US
"""How long requests and grants that are over stay with the desks of those who decide."""
KEEP_MESSAGES_US = 25 * HOUR_US
"""Messages of a whole day are counted for those who are sent them."""
EVERY_US = HOUR_US


def forget_finished(room: Room, now_us: int) -> None:
    """Forget what is over for long: incidents, messages, requests, grants, warnings, travel times; once each full hour is enough.

    By the full hour, and before anything of a step is taken: a restart does not know of the steps in which nothing happened.
    """
    hour_us = now_us - now_us % EVERY_US
    if room.tidied_us >= hour_us:
        return
    room.tidied_us = hour_us
    _tidy_incidents(room, hour_us)
    _tidy_access(room, hour_us)
    room.warned = {key: at_us for key, at_us in room.warned.items() if hour_us - at_us < HOUR_US}
    wanted = {dispatch.destination for incident in room.incidents.opened() for dispatch in incident.dispatches if dispatch.under_way}
    room.roads = {key: seconds for key, seconds in room.roads.items() if key[0] in wanted}


def _tidy_incidents(room: Room, now_us: int) -> None:
    book = room.incidents
    shown = {alarm.incident for alarm in room.alarms if alarm.incident is not None}
    for name, incident in tuple(book.incidents.items()):
        over = incident.closed_us is not None and now_us - incident.closed_us >= CLOSED_SHOWN_US
        if over and name not in shown:
            del book.incidents[name]
            book.changed.touch(name)
    needed = {key for incident in book.incidents.values() for key in incident.deliveries}
    for key, delivery in tuple(book.messages.by_key.items()):
        if key not in needed and now_us - delivery.ordered_us >= KEEP_MESSAGES_US:
            del book.messages.by_key[key]
            book.messages.waiting.pop(key, None)


def _tidy_access(room: Room, now_us: int) -> None:
    book = room.grants
    for name, request in tuple(book.requests.items()):
        if request.state != "waiting" and now_us - request.lapses_us >= KEEP_ACCESS_US:
            del book.requests[name]
            book.changed_requests.touch(name)
    for grant in tuple(book.grants.values()):
        if _is_done_with(grant) and now_us - grant.ends_us >= KEEP_ACCESS_US:
            del book.grants[grant.grant]
            book.changed_grants.touch(grant.grant)


def _is_done_with(grant: Grant) -> bool:
    return grant.ended is not None and not grant.awaits_review and grant.court_due_us is None
