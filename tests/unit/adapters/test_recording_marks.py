"""The time bar tells an alarm that asks to look from one that asks to act."""

from collections.abc import Iterator

from room_builder import CASE, T0, S, change

from backend_bridge.adapters.log_lines import entry_bytes
from backend_bridge.adapters.recording_marks import marks_of
from backend_bridge.domain.alarm import AlarmLevel, AlarmStep
from backend_bridge.domain.identifiers import CaseId


class Log:
    """Three entries about one alarm: it warns, becomes red, and is over."""

    def lines(self, _first: int) -> Iterator[tuple[int, bytes]]:
        changes = (
            change(level=AlarmLevel.AMBER),
            change(AlarmStep.UPGRADED, at_us=T0 + S),
            change(AlarmStep.CLEARED, level=AlarmLevel.AMBER, at_us=T0 + 2 * S),
        )
        return ((n, entry_bytes(n, one.known_us, one)) for n, one in enumerate(changes, 1))


def test_an_alarm_that_only_warns_is_marked_as_such_and_what_becomes_red_is_not() -> None:
    found = marks_of(Log(), (T0 - S, T0 + 9 * S), frozenset({CaseId(CASE)}))  # type: ignore[arg-type]  # its lines are all that is read
    assert [name for _, name, _ in found.marks] == ["raised-amber", "upgraded", "cleared"]
    assert len(found.alarms_us) == 2
