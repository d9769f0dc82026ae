"""The register of devices that are off with leave: until when, and an alarm when that is over (EM Act Art. 10)."""

from backend_bridge.application import alarm_flow
from backend_bridge.application.case_alarms import label_code
from backend_bridge.application.inbox import NoteByOffice
from backend_bridge.application.turn import Turn
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.note import Entered
from backend_bridge.domain.outcomes.incident_events import LabelEntered


def enter_label(turn: Turn, note: NoteByOffice) -> None:
    """Write down what no device shows, and keep the register of leave by it."""
    turn.decisions.log(
        LabelEntered(case=note.case, person=note.person, label=note.label, user=note.by, text=note.text, until_us=note.until_us)
    )
    enter(turn, note)


def enter(turn: Turn, note: NoteByOffice) -> None:
    """A device is off with leave until a time, or (no time) back on the wearer."""
    if note.label != Entered.TEMP_REMOVAL:
        return
    alarm_flow.take_changes(turn, turn.system_clear(alarm_code(note.case)))  # longer leave is not overdue either
    if note.until_us is None:
        turn.room.removals.pop(note.case, None)
        alarm_flow.take_changes(turn, turn.system_clear(label_code(note.case, Entered.TEMP_REMOVAL)))
    else:
        turn.room.removals[note.case] = note.until_us


def pass_time(turn: Turn) -> None:
    """Raise an alarm where the expected return is over."""
    for case, until_us in turn.room.removals.items():
        if turn.now_us >= until_us:
            alarm_flow.take_changes(turn, turn.system_alarm(alarm_code(case), AlarmLevel.AMBER, {"detail": case}))


def alarm_code(case: str) -> str:
    """Code of the alarm that a device should be back on its wearer."""
    return f"removal-overdue:{case}"
