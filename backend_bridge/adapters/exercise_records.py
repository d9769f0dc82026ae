"""An exercise lived again for its debrief: the entries of its log as the room decided them."""

from collections.abc import Iterator

from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.scenario_library import Library
from backend_bridge.adapters.store_recording import StoreRecording
from backend_bridge.application.debrief import debrief_of
from backend_bridge.application.room import again
from backend_bridge.application.training_rows import DebriefRow
from backend_bridge.domain.exercise import Course
from backend_bridge.domain.scenarios.assessment import Entry


def debrief(recording: StoreRecording, library: Library, course: Course, now_us: int) -> DebriefRow | None:
    """How a scenario went; None where its file is not there any more."""
    try:
        scenario = library.scenario(course.scenario, course.starts_us)
    except InputRefusedError:
        return None
    until_us = now_us if course.ended_us is None else course.ended_us
    return debrief_of(scenario, course, tuple(_entries(recording, course.starts_us, until_us)), now_us)


def _entries(recording: StoreRecording, from_us: int, until_us: int) -> Iterator[Entry]:
    room = recording.room_before(from_us)
    for taken in recording.steps(room.now_us):
        if taken.now_us > until_us:
            return
        events = again(room, taken).events
        if taken.now_us >= from_us:
            yield from (Entry(at_us=taken.now_us, event=event) for event in events)
