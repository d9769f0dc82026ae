"""Refusals: why the room did not do what somebody asked.

`Refused` is the one exception that a decision may raise; the step catches it and answers with its code (which the desk
translates) and its sentence (for shells and logs). Nothing in a sentence names a person or a position.
"""

from enum import StrEnum
from typing import Final


class Code(StrEnum):
    """The closed list of refusals."""

    UNKNOWN_USER = "unknown-user"
    NO_SESSION = "no-session"
    NOT_ALLOWED = "not-allowed"
    UNKNOWN_ALARM = "unknown-alarm"
    ALREADY_ACKNOWLEDGED = "already-acknowledged"
    ANSWERED_ALONE = "answered-alone"
    CALLED_ANEW = "called-anew"
    NEEDS_REASON = "needs-reason"
    NOT_SHELVABLE = "not-shelvable"
    NOT_SHELVED = "not-shelved"
    SHELF_TOO_LONG = "shelf-too-long"
    NOT_ACKNOWLEDGED = "not-acknowledged"
    STILL_ACTIVE = "still-active"
    NEEDS_NOTE = "needs-note"
    UNKNOWN_OUTCOME = "unknown-outcome"
    ALREADY_OWNER = "already-owner"
    UNKNOWN_RECEIVER = "unknown-receiver"
    SILENT_WAITING = "silent-waiting"
    UNKNOWN_INCIDENT = "unknown-incident"
    INCIDENT_CLOSED = "incident-closed"
    TASKS_OPEN = "tasks-open"
    UNKNOWN_TASK = "unknown-task"
    TASK_ENDED = "task-ended"
    UNKNOWN_UNIT = "unknown-unit"
    UNIT_SENT = "unit-sent"
    UNIT_NOT_SENT = "unit-not-sent"
    UNKNOWN_CASE = "unknown-case"
    UNKNOWN_PERSON = "unknown-person"
    NO_DEVICE = "no-device"
    DEVICE_NOT_HEARD = "device-not-heard"
    UNKNOWN_REQUEST = "unknown-request"
    REQUEST_DECIDED = "request-decided"
    OWN_REQUEST = "own-request"
    SAME_APPROVER = "same-approver"
    BAD_PERIOD = "bad-period"
    BAD_DURATION = "bad-duration"
    BAD_FIELDS = "bad-fields"
    ROUTINE_PURPOSE = "routine-purpose"
    NOT_NARROWER = "not-narrower"
    UNKNOWN_DECISION = "unknown-decision"
    UNKNOWN_GRANT = "unknown-grant"
    GRANT_OVER = "grant-over"
    OWN_USE = "own-use"
    NOT_BREAK_GLASS = "not-break-glass"
    NEEDS_PAPER = "needs-paper"
    NEEDS_PERSON = "needs-person"
    EMPTY_TEXT = "empty-text"
    TEXT_TOO_LONG = "text-too-long"
    TEST_RUNNING = "test-running"
    UNKNOWN_DESTRUCTION = "unknown-destruction"
    DESTRUCTION_KNOWN = "destruction-known"
    DELETION_RUNNING = "deletion-running"
    CASE_HELD = "case-held"
    NO_HOLD = "no-hold"
    CONSENT_KNOWN = "consent-known"
    UNKNOWN_COPY = "unknown-copy"
    NO_ORDER_END = "no-order-end"
    ORDER_END_CHANGED = "order-end-changed"
    CASE_OPEN = "case-open"
    NO_RULE = "no-rule"
    UNKNOWN_FORM = "unknown-form"
    NEEDS_RECIPIENT = "needs-recipient"
    UNKNOWN_EXPORT = "unknown-export"
    RECORDING_SHOWN = "recording-shown"
    NO_EXERCISE = "no-exercise"
    NO_RECORDING = "no-recording"
    COMPARING_STOPPED = "comparing-stopped"
    NOT_READ = "not-read"
    EXERCISE_RUNS = "exercise-runs"
    BAD_SPEED = "bad-speed"
    UNKNOWN_STEP = "unknown-step"


SENTENCES: Final = {
    Code.UNKNOWN_USER: "No user goes by the name {which}; an administrator can add one.",
    Code.NO_SESSION: "There is no session at this seat; log in first.",
    Code.NOT_ALLOWED: "Your role does not allow {which}; ask somebody whose role does, or request access.",
    Code.UNKNOWN_ALARM: "No open alarm goes by {which}; it may have been closed meanwhile.",
    Code.ALREADY_ACKNOWLEDGED: "{which} has acknowledged this alarm already and owns it; take it over if you must.",
    Code.ANSWERED_ALONE: "What is left of these alarms calls for an acknowledgement of its own; acknowledge each by itself.",
    Code.CALLED_ANEW: "The alarm has turned red or come back since; look at it before you acknowledge it.",
    Code.NEEDS_REASON: "This alarm stays latched until somebody gives a reason for ending it.",
    Code.NOT_SHELVABLE: "An SOS, a tamper or a red alarm cannot be shelved; acknowledge and work it.",
    Code.NOT_SHELVED: "The alarm is not shelved.",
    Code.SHELF_TOO_LONG: "An alarm can be shelved for 1 to 480 minutes.",
    Code.NOT_ACKNOWLEDGED: "Acknowledge the alarm before closing it.",
    Code.STILL_ACTIVE: "The condition still holds; an alarm can be closed once it is over, or as technical or test.",
    Code.NEEDS_NOTE: "Closing this alarm needs a note that says what was found.",
    Code.UNKNOWN_OUTCOME: "No outcome goes by {which}; use one of those listed with the step.",
    Code.ALREADY_OWNER: "You own this already.",
    Code.UNKNOWN_RECEIVER: "{which} is not on duty or may not work alarms; hand over to somebody who is.",
    Code.SILENT_WAITING: "{which} silent cases are acknowledged by nobody; acknowledge or shelve them, then hand over.",
    Code.UNKNOWN_INCIDENT: "No incident goes by {which}.",
    Code.INCIDENT_CLOSED: "The incident is closed; a new alarm opens a new one.",
    Code.TASKS_OPEN: "These steps are still open: {which}; work them or mark them as not needed.",
    Code.UNKNOWN_TASK: "The incident has no step {which}.",
    Code.TASK_ENDED: "The step {which} has ended already.",
    Code.UNKNOWN_UNIT: "No unit goes by {which}.",
    Code.UNIT_SENT: "{which} is on its way for this incident already; recall it first to send it elsewhere.",
    Code.UNIT_NOT_SENT: "{which} was not sent in this incident, or is done.",
    Code.UNKNOWN_CASE: "No case goes by {which}.",
    Code.UNKNOWN_PERSON: "Nobody of this case goes by {which}.",
    Code.NO_DEVICE: "{which} carries no device.",
    Code.DEVICE_NOT_HEARD: "The device {which} was never heard, so no gateway is known to reach it by.",
    Code.UNKNOWN_REQUEST: "No request goes by {which}.",
    Code.REQUEST_DECIDED: "The request is decided or lapsed; make a new one.",
    Code.OWN_REQUEST: "Nobody decides a request that they made or entered, under any account.",
    Code.SAME_APPROVER: "You approved this already; a second person must.",
    Code.BAD_PERIOD: "The period must end after it starts.",
    Code.BAD_DURATION: "Access can run for 1 to 480 minutes.",
    Code.BAD_FIELDS: "What may be asked for is position, track, identity, phones, places, export and record; at least one.",
    Code.ROUTINE_PURPOSE: "Routine monitoring needs no request; choose the purpose that the law names for this look.",
    Code.NOT_NARROWER: "A narrowed grant must lie within what was asked for.",
    Code.UNKNOWN_DECISION: "A request is decided with approve, narrow or deny.",
    Code.UNKNOWN_GRANT: "No grant goes by {which}.",
    Code.GRANT_OVER: "This access is over already.",
    Code.OWN_USE: "Nobody reviews their own use of break-glass, under any account.",
    Code.NOT_BREAK_GLASS: "This access was granted by somebody and needs no review.",
    Code.NEEDS_PAPER: "This purpose needs the legal paper, and whose request it is.",
    Code.NEEDS_PERSON: "The order protects several people; name the one whom this is about.",
    Code.EMPTY_TEXT: "Write at least a word.",
    Code.TEXT_TOO_LONG: "Texts have at most 4,000 characters.",
    Code.NO_RECORDING: "This desk shows no recording; open one first.",
    Code.COMPARING_STOPPED: "The comparison was stopped before it was done; compare again when you want it.",
    Code.NOT_READ: "The bridge could not read this; try again, and tell the administrator when it stays so.",
    Code.NO_EXERCISE: "No scenario is played now; start one first.",
    Code.EXERCISE_RUNS: "A scenario is played already; end it before another one starts.",
    Code.BAD_SPEED: "The clock of an exercise runs 0.1 to 60 times as fast.",
    Code.RECORDING_SHOWN: "This desk shows a recording, in which nothing can be done; go back to the live room first.",
    Code.UNKNOWN_STEP: "A recording is stepped by next-fix, previous-fix, next-alarm or previous-alarm.",
    Code.UNKNOWN_DESTRUCTION: "No destruction goes by {which}.",
    Code.DESTRUCTION_KNOWN: "{which} about this case is under way already.",
    Code.DELETION_RUNNING: "What {which} is about is being deleted still; decide again once it is done.",
    Code.CASE_HELD: "A legal hold keeps {which} from being destroyed; whoever placed it may lift it.",
    Code.NO_ORDER_END: "No end of the order of {which} waits for a decision.",
    Code.ORDER_END_CHANGED: "Another end or ground was entered for {which}; compare it with the court's record, then decide.",
    Code.UNKNOWN_COPY: "Copy {which} was not begun by you; print it anew.",
    Code.CONSENT_KNOWN: "{which} has withdrawn consent already, and is not tracked.",
    Code.NO_HOLD: "No legal hold lies on {which}.",
    Code.CASE_OPEN: "{which} cannot be destroyed while its order holds or an alarm or incident of it is open.",
    Code.NO_RULE: "Nobody's app is shown anything of this case; a rule begins with the first app that is paired.",
    Code.UNKNOWN_FORM: "An export is made as csv, geojson, mfjson, gpx, kml or cot.",
    Code.NEEDS_RECIPIENT: "Say who receives the export.",
    Code.UNKNOWN_EXPORT: "No export that is still out goes by {which}.",
    Code.TEST_RUNNING: "The test alarm of this seat is still open; acknowledge and close it.",
}


class Refused(Exception):
    """A refusal, which is an answer and no fault: `code` and `which` say why, the text is the sentence for a person."""

    def __init__(self, code: Code, which: str = "this") -> None:
        super().__init__(SENTENCES[code].format(which=which))
        self.code = code
        self.which = which

    @property
    def sentence(self) -> str:
        """What was asked, why it is not done, and what would work."""
        return str(self)
