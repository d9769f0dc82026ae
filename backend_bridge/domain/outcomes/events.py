"""Everything that becomes an entry of the log: the closed union of events.

An entry is the JSON object `{"n", "at", "event", …}`. Its `event` is the class's `entry`, its other keys are the fields
by name: a field that ends in `_us` is an RFC 3339 time under the name that ends in `_at` instead, an identifier or StrEnum
is its text, a tuple a list, a value of several fields an object, and a field that is None is null. `AlarmChange` alone is
written as docs/formats.md has it, with its `step` for `event`.
"""

from typing import Final

from backend_bridge.domain.alarm import AlarmChange
from backend_bridge.domain.outcomes.access_events import AccessEvent
from backend_bridge.domain.outcomes.alarm_events import AlarmEvent
from backend_bridge.domain.outcomes.bridge_events import BridgeEvent
from backend_bridge.domain.outcomes.destruction_events import DestructionEvent
from backend_bridge.domain.outcomes.exercise_events import ExerciseEvent
from backend_bridge.domain.outcomes.incident_events import IncidentEvent
from backend_bridge.domain.outcomes.lane_events import LaneEvent

Event = AlarmChange | AlarmEvent | IncidentEvent | ExerciseEvent | AccessEvent | DestructionEvent | BridgeEvent | LaneEvent

ERASED: Final = "erased"
"""What an entry says for its `event` whose content was destroyed with its case; its number and time stay."""
