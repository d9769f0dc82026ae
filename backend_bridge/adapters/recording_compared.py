"""A recording at a desk lived once more by other rules: what would have been told earlier, later, anew or not at all."""

from collections.abc import Callable

from backend_bridge.adapters.shown_recording import Opening, Stretch
from backend_bridge.application.playback import Recording
from backend_bridge.application.training_rows import ComparedRow
from backend_bridge.application.what_if import lived_otherwise
from backend_bridge.domain.breach.policy import POLICY
from backend_bridge.domain.queries import CompareRecording
from backend_bridge.domain.scenarios.comparison import Compared
from backend_bridge.domain.scenarios.what_if import WhatIf


def compared(recording: Recording, opening: Opening, query: CompareRecording, stops: Callable[[float], bool]) -> tuple[ComparedRow, ...]:
    """The alarms of the opened cases in both runs, in order of time; of any other case nothing is told.

    `stops` hears how far it is and may end it with `StoppedError`.
    """
    policy = None
    if query.red_from is not None:
        amber_from, _, until = POLICY
        policy = (min(amber_from, query.red_from), query.red_from, min(until, query.red_from))
    what_if = WhatIf(rings=query.rings, zones=query.zones, policy=policy)
    rows = map(_row, lived_otherwise(Stretch(recording, opening.span_us), what_if, stops).rows)
    return tuple(row for row in rows if row.case in opening.reach.cases)


def _row(row: Compared) -> ComparedRow:
    seen = row.before or row.after
    if seen is None:
        raise ValueError("a comparison has at least one side")
    return ComparedRow(
        difference=row.difference.value,
        kind=seen.kind,
        level=seen.level,
        case=seen.case,
        zone=seen.zone,
        ring=seen.ring,
        about=seen.about,
        before_us=None if row.before is None else row.before.known_us,
        after_us=None if row.after is None else row.after.known_us,
    )
