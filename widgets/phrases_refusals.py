"""Why something was refused, in one sentence: what, and what would work."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from widgets.marks import QT_TRANSLATE_NOOP

REFUSALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "recording-shown": QT_TRANSLATE_NOOP(
            "refusals", "This desk shows a recording, in which nothing can be done; go back to the live room first."
        ),
        "unknown-step": QT_TRANSLATE_NOOP("refusals", "A recording is stepped by position or by alarm."),
        "comparing-stopped": QT_TRANSLATE_NOOP(
            "refusals", "The comparison was stopped before it was done; compare again when you want it."
        ),
        "not-read": QT_TRANSLATE_NOOP(
            "refusals", "The bridge could not read this; try again, and tell the administrator when it stays so."
        ),
        "no-recording": QT_TRANSLATE_NOOP("refusals", "This desk shows no recording; open one first."),
        "no-exercise": QT_TRANSLATE_NOOP("refusals", "No scenario is played now; a trainer starts one."),
        "exercise-runs": QT_TRANSLATE_NOOP("refusals", "A scenario is played already; end it before another one starts."),
        "bad-speed": QT_TRANSLATE_NOOP("refusals", "The clock of an exercise runs 0.1 to 60 times as fast."),
        "unknown-user": QT_TRANSLATE_NOOP("refusals", "There is no such user; an administrator can add one."),
        "no-session": QT_TRANSLATE_NOOP("refusals", "The session is over; log in again."),
        "not-allowed": QT_TRANSLATE_NOOP("refusals", "Your role does not allow this; request access, or ask somebody whose role does."),
        "unknown-alarm": QT_TRANSLATE_NOOP("refusals", "This alarm is no longer open."),
        "already-acknowledged": QT_TRANSLATE_NOOP(
            "refusals", "Somebody else acknowledged this alarm first and owns it; take it over with T if you must."
        ),
        "answered-alone": QT_TRANSLATE_NOOP(
            "refusals", "What is left of these alarms calls for an acknowledgement of its own; acknowledge each by itself."
        ),
        "called-anew": QT_TRANSLATE_NOOP(
            "refusals", "This alarm has turned red or come back since you looked; look at it, then acknowledge it."
        ),
        "needs-reason": QT_TRANSLATE_NOOP("refusals", "Say why: the reason stands in the log."),
        "not-shelvable": QT_TRANSLATE_NOOP(
            "refusals", "An SOS, a tampered strap or a red alarm cannot be put aside; acknowledge and work it."
        ),
        "not-shelved": QT_TRANSLATE_NOOP("refusals", "This alarm is not put aside."),
        "shelf-too-long": QT_TRANSLATE_NOOP("refusals", "An alarm can be put aside for 1 to 480 minutes."),
        "not-acknowledged": QT_TRANSLATE_NOOP("refusals", "Acknowledge the alarm before closing it."),
        "still-active": QT_TRANSLATE_NOOP(
            "refusals", "The condition still holds; close the alarm once it is over, or as technical or test."
        ),
        "needs-note": QT_TRANSLATE_NOOP("refusals", "Closing this needs a note that says what was found."),
        "unknown-outcome": QT_TRANSLATE_NOOP("refusals", "This outcome does not belong to the step; choose one of its list."),
        "already-owner": QT_TRANSLATE_NOOP("refusals", "You own this already."),
        "silent-waiting": QT_TRANSLATE_NOOP(
            "refusals", "There are silent cases that nobody has acknowledged; acknowledge or shelve them, then hand over."
        ),
        "unknown-receiver": QT_TRANSLATE_NOOP(
            "refusals", "This person is not on duty or may not work alarms; hand over to somebody who is."
        ),
        "unknown-incident": QT_TRANSLATE_NOOP("refusals", "There is no such incident any more."),
        "incident-closed": QT_TRANSLATE_NOOP("refusals", "The incident is closed; a new alarm opens a new one."),
        "tasks-open": QT_TRANSLATE_NOOP("refusals", "Steps are still open; record how they ended, then close."),
        "unknown-task": QT_TRANSLATE_NOOP("refusals", "The incident has no such step."),
        "task-ended": QT_TRANSLATE_NOOP("refusals", "This step has ended already."),
        "unknown-unit": QT_TRANSLATE_NOOP("refusals", "There is no such unit any more; choose another."),
        "unit-sent": QT_TRANSLATE_NOOP("refusals", "This unit is on its way already; recall it first to send it elsewhere."),
        "unit-not-sent": QT_TRANSLATE_NOOP("refusals", "This unit was not sent here, or is done."),
        "unknown-case": QT_TRANSLATE_NOOP("refusals", "There is no such case."),
        "unknown-person": QT_TRANSLATE_NOOP("refusals", "This person does not belong to the case."),
        "no-device": QT_TRANSLATE_NOOP("refusals", "This person carries no device."),
        "device-not-heard": QT_TRANSLATE_NOOP("refusals", "This device was never heard, so it cannot be asked."),
        "unknown-request": QT_TRANSLATE_NOOP("refusals", "There is no such request."),
        "request-decided": QT_TRANSLATE_NOOP("refusals", "The request is decided or lapsed; make a new one."),
        "own-request": QT_TRANSLATE_NOOP("refusals", "Nobody decides their own request; another person must."),
        "same-approver": QT_TRANSLATE_NOOP("refusals", "You approved this already; a second person must."),
        "bad-period": QT_TRANSLATE_NOOP("refusals", "The period must end after it starts."),
        "bad-duration": QT_TRANSLATE_NOOP("refusals", "Access can run for 1 to 480 minutes."),
        "bad-fields": QT_TRANSLATE_NOOP("refusals", "Choose at least one thing to see."),
        "routine-purpose": QT_TRANSLATE_NOOP(
            "refusals", "Routine monitoring needs no request; choose the purpose that the law names for this look."
        ),
        "not-narrower": QT_TRANSLATE_NOOP("refusals", "A narrowed grant must lie within what was asked for."),
        "unknown-grant": QT_TRANSLATE_NOOP("refusals", "There is no such access any more."),
        "grant-over": QT_TRANSLATE_NOOP("refusals", "This access is over already."),
        "own-use": QT_TRANSLATE_NOOP("refusals", "Nobody reviews their own use of break-glass; another person must."),
        "not-break-glass": QT_TRANSLATE_NOOP("refusals", "This access was granted and needs no review."),
        "needs-paper": QT_TRANSLATE_NOOP("refusals", "This purpose needs the legal paper, and on whose behalf it is asked."),
        "needs-person": QT_TRANSLATE_NOOP("refusals", "The order protects several people; name the one whom this is about."),
        "empty-text": QT_TRANSLATE_NOOP("refusals", "Write at least a word."),
        "text-too-long": QT_TRANSLATE_NOOP("refusals", "Texts have at most 4,000 characters."),
        "unknown-decision": QT_TRANSLATE_NOOP("refusals", "This is decided by approving, narrowing, denying or revoking."),
        "unknown-destruction": QT_TRANSLATE_NOOP("refusals", "There is no such destruction."),
        "destruction-known": QT_TRANSLATE_NOOP("refusals", "A destruction of this case is under way already."),
        "deletion-running": QT_TRANSLATE_NOOP(
            "refusals", "Old positions are being deleted still; decide again once that is done, in a few minutes."
        ),
        "case-held": QT_TRANSLATE_NOOP("refusals", "A legal hold keeps this case from being destroyed; whoever placed it may lift it."),
        "no-order-end": QT_TRANSLATE_NOOP("refusals", "No end of this order waits for a decision."),
        "order-end-changed": QT_TRANSLATE_NOOP(
            "refusals", "Another end or ground was entered meanwhile; compare it with the court's record, then decide."
        ),
        "unknown-copy": QT_TRANSLATE_NOOP("refusals", "This copy was not begun by you; print it anew."),
        "consent-known": QT_TRANSLATE_NOOP("refusals", "This person has withdrawn consent already, and is not tracked."),
        "no-hold": QT_TRANSLATE_NOOP("refusals", "No legal hold lies on this case."),
        "case-open": QT_TRANSLATE_NOOP(
            "refusals", "The case cannot be destroyed while its order holds or an alarm or incident of it is open."
        ),
        "no-rule": QT_TRANSLATE_NOOP("refusals", "No app is paired in this case yet; its rule begins with the first one."),
        "unknown-form": QT_TRANSLATE_NOOP("refusals", "An export is made as CSV, GPX or GeoJSON."),
        "needs-recipient": QT_TRANSLATE_NOOP("refusals", "Say who receives the export."),
        "unknown-export": QT_TRANSLATE_NOOP("refusals", "No export of this number is still out."),
        "test-running": QT_TRANSLATE_NOOP("refusals", "The test alarm of this seat is still open; acknowledge and close it."),
        "link-lost": QT_TRANSLATE_NOOP(
            "refusals", "The bridge did not confirm this. Once the picture is live, look whether it was done before you try again."
        ),
        "expired": QT_TRANSLATE_NOOP("refusals", "The session has expired; log in again."),
        "ended": QT_TRANSLATE_NOOP("refusals", "The session was ended by an administrator."),
        "disabled": QT_TRANSLATE_NOOP("refusals", "This account is disabled; ask an administrator."),
        "revoked": QT_TRANSLATE_NOOP("refusals", "This desk is no longer enrolled; ask an administrator."),
        "elsewhere": QT_TRANSLATE_NOOP("refusals", "The session was continued at another desk."),
        "stopping": QT_TRANSLATE_NOOP("refusals", "The bridge is stopping."),
        "lost": QT_TRANSLATE_NOOP("refusals", "The bridge had not heard this desk; log in again."),
        "logout": "",
    }
)
"""What the room refuses, and why a session ended."""

OF_THE_LINK: Final[Mapping[str, str]] = MappingProxyType(
    {
        "malformed": QT_TRANSLATE_NOOP("refusals", "The bridge did not understand this desk; install the desk that belongs to it."),
        "proto": QT_TRANSLATE_NOOP("refusals", "Desk and bridge are of different versions; install the desk that belongs to the bridge."),
        "already": QT_TRANSLATE_NOOP("refusals", "Somebody is logged in at this desk already; log out first."),
        "wrong-secret": QT_TRANSLATE_NOOP("refusals", "Name or password is wrong."),
        "locked": QT_TRANSLATE_NOOP("refusals", "Too many wrong passwords; wait a quarter of an hour, or ask an administrator."),
        "bad-ticket": QT_TRANSLATE_NOOP("refusals", "The session is over; log in again."),
        "too-fast": QT_TRANSLATE_NOOP("refusals", "Too fast one after another; try again in a few seconds."),
        "too-many": QT_TRANSLATE_NOOP("refusals", "Wait for the answers to what was asked, then try again."),
        "bad-number": QT_TRANSLATE_NOOP("refusals", "Desk and bridge have lost step; everything is sent anew."),
        "desk-locked": QT_TRANSLATE_NOOP("refusals", "The desk is locked; unlock it with your password."),
        "password-due": QT_TRANSLATE_NOOP("refusals", "Choose a password of your own first."),
        "weak-password": QT_TRANSLATE_NOOP("refusals", "This password is too weak; choose ten characters or more that nobody guesses."),
        "bad-value": QT_TRANSLATE_NOOP("refusals", "One of the values is out of range; nothing was sent."),
    }
)
"""What the link refuses, the bridge's end of it and the desk's own."""


def refusal(code: str, sentence: str = "") -> str:
    """The sentence for a code; the bridge's own where the desk knows no better."""
    source = REFUSALS.get(code, OF_THE_LINK.get(code))
    if source is None:
        return sentence or QCoreApplication.translate("refusals", "The bridge refused this ({code}).").format(code=code)
    return QCoreApplication.translate("refusals", source) if source else ""
