"""The desk's prose about work: steps, outcomes, units, messages, requests."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.domain.incidents.incident import DUTY_OFFICER
from widgets.marks import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

TASKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "notify-112": QT_TRANSLATE_NOOP("phrases", "Telephone 112"),
        "call-protected": QT_TRANSLATE_NOOP("phrases", "Call protected person"),
        "call-wearer": QT_TRANSLATE_NOOP("phrases", "Call wearer"),
        "dispatch": QT_TRANSLATE_NOOP("phrases", "Send a unit"),
        "notify-app": QT_TRANSLATE_NOOP("phrases", "Warn through the app"),
        "notify-probation": QT_TRANSLATE_NOOP("phrases", "Inform probation office"),
        "check-device": QT_TRANSLATE_NOOP("phrases", "Check the device"),
        "check-strap": QT_TRANSLATE_NOOP("phrases", "Have the strap checked"),
        "check-addresses": QT_TRANSLATE_NOOP("phrases", "Check known addresses"),
        "reach-protected": QT_TRANSLATE_NOOP("phrases", "Reach the protected person another way"),
        "tell-protection-officer": QT_TRANSLATE_NOOP("phrases", "Tell the protection officer"),
        "tell-probation": QT_TRANSLATE_NOOP("phrases", "Tell the probation office"),
        "ask-cctv": QT_TRANSLATE_NOOP("phrases", "Ask for CCTV"),
        "notify-wearer-of-cctv": QT_TRANSLATE_NOOP("phrases", "Tell the wearer that CCTV was viewed"),
        "acknowledge": QT_TRANSLATE_NOOP("phrases", "Acknowledge"),
        "locate": QT_TRANSLATE_NOOP("phrases", "Ask for a position"),
        "watch": QT_TRANSLATE_NOOP("phrases", "Keep watching"),
    }
)
SCRIPTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "notify-112": QT_TRANSLATE_NOOP(
            "phrases",
            "“This is the monitoring centre. Case {case}: a person under a court order may reach a protected person. "
            "Please send officers to the place on your screen; I stay on the line.”",
        ),
        "notify-112-sos": QT_TRANSLATE_NOOP(
            "phrases",
            "“This is the monitoring centre. Case {case}: a protected person has called for help with the SOS button. "
            "Please send officers to the place on your screen; I stay on the line.”",
        ),
        "call-protected": QT_TRANSLATE_NOOP(
            "phrases",
            "“This is the monitoring centre. Are you safe now? Please go where other people are, stay there and keep this phone on. "
            "Officers are being sent.”",
        ),
        "call-wearer": QT_TRANSLATE_NOOP(
            "phrases",
            "“This is the monitoring centre. You are in breach of the court's order or about to be. Turn round now, go back the way you "
            "came and stay where you are reached. Failure is an offence.” Never name a direction, a street or a person.",
        ),
    }
)
OUTCOMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "done": QT_TRANSLATE_NOOP("phrases", "done"),
        "acknowledged": QT_TRANSLATE_NOOP("phrases", "receipt confirmed"),
        "already-known": QT_TRANSLATE_NOOP("phrases", "already known to them"),
        "answered": QT_TRANSLATE_NOOP("phrases", "answered"),
        "safe": QT_TRANSLATE_NOOP("phrases", "answered, safe"),
        "in-danger": QT_TRANSLATE_NOOP("phrases", "answered, in danger"),
        "complied": QT_TRANSLATE_NOOP("phrases", "complies"),
        "refused": QT_TRANSLATE_NOOP("phrases", "refuses"),
        "no-answer": QT_TRANSLATE_NOOP("phrases", "no answer"),
        "not-possible": QT_TRANSLATE_NOOP("phrases", "not possible"),
        "told": QT_TRANSLATE_NOOP("phrases", "told"),
        "unit-sent": QT_TRANSLATE_NOOP("phrases", "unit sent"),
        "police-sent": QT_TRANSLATE_NOOP("phrases", "police send their own"),
        "not-needed": QT_TRANSLATE_NOOP("phrases", "not needed"),
        "viewed": QT_TRANSLATE_NOOP("phrases", "footage viewed"),
        "asked": QT_TRANSLATE_NOOP("phrases", "asked for"),
        "notified": QT_TRANSLATE_NOOP("phrases", "notified"),
        "reached": QT_TRANSLATE_NOOP("phrases", "reached"),
        "reached-through-other": QT_TRANSLATE_NOOP("phrases", "reached through someone else"),
        "not-reached": QT_TRANSLATE_NOOP("phrases", "not reached"),
        "officer-sent": QT_TRANSLATE_NOOP("phrases", "officer sent"),
        "sent": QT_TRANSLATE_NOOP("phrases", "sent"),
        "failed": QT_TRANSLATE_NOOP("phrases", "failed"),
        "true-breach": QT_TRANSLATE_NOOP("phrases", "true breach"),
        "prevented": QT_TRANSLATE_NOOP("phrases", "breach prevented"),
        "allowed": QT_TRANSLATE_NOOP("phrases", "allowed"),
        "technical": QT_TRANSLATE_NOOP("phrases", "technical cause"),
        "false": QT_TRANSLATE_NOOP("phrases", "false alarm"),
        "test": QT_TRANSLATE_NOOP("phrases", "test"),
    }
)
CLOSING_OUTCOMES: Final = ("true-breach", "prevented", "allowed", "technical", "false", "test")
NOTE_ABOUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "wearer": QT_TRANSLATE_NOOP("phrases", "the wearer"),
        "protected": QT_TRANSLATE_NOOP("phrases", "the protected person"),
        "other": QT_TRANSLATE_NOOP("phrases", "somebody else (witness, relative)"),
        "nobody": QT_TRANSLATE_NOOP("phrases", "nobody (technical, procedure)"),
    }
)
STATEMENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "fact": QT_TRANSLATE_NOOP("phrases", "fact: seen, heard or measured"),
        "assessment": QT_TRANSLATE_NOOP("phrases", "assessment: what I conclude"),
    }
)
STATEMENT_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "fact": QT_TRANSLATE_NOOP("phrases", "fact"),
        "assessment": QT_TRANSLATE_NOOP("phrases", "assessment"),
    }
)
TASK_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "open": QT_TRANSLATE_NOOP("phrases", "open"),
        "done": QT_TRANSLATE_NOOP("phrases", "done"),
        "failed": QT_TRANSLATE_NOOP("phrases", "failed"),
        "not-needed": QT_TRANSLATE_NOOP("phrases", "not needed"),
    }
)
LEGAL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "EM Act 31-6": QT_TRANSLATE_NOOP("phrases", "Electronic Monitoring Act art. 31-6"),
        "EM Act 31-6(4); Decree 23-14(2)": QT_TRANSLATE_NOOP(
            "phrases", "Electronic Monitoring Act art. 31-6(4), Electronic Monitoring Decree art. 23-14(2)"
        ),
        "EM Act 31-6(5)": QT_TRANSLATE_NOOP("phrases", "Electronic Monitoring Act art. 31-6(5)"),
        "EM Act 16-3(2)": QT_TRANSLATE_NOOP("phrases", "Electronic Monitoring Act art. 16-3(2)"),
        "EM Act 16-3(3)": QT_TRANSLATE_NOOP("phrases", "Electronic Monitoring Act art. 16-3(3)"),
        "Decree 23-14(3)": QT_TRANSLATE_NOOP("phrases", "Electronic Monitoring Decree art. 23-14(3)"),
        "Decree 23-12(3)": QT_TRANSLATE_NOOP("phrases", "Electronic Monitoring Decree art. 23-12(3)"),
        "EM Act Decree 23-12(3)": QT_TRANSLATE_NOOP("phrases", "Electronic Monitoring Decree art. 23-12(3)"),
    }
)
"""On what a step rests, in the words of the language; a law that is not here stands as the bridge names it."""
UNIT_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "free": QT_TRANSLATE_NOOP("phrases", "free"),
        "en-route": QT_TRANSLATE_NOOP("phrases", "on the way"),
        "on-scene": QT_TRANSLATE_NOOP("phrases", "on scene"),
        "busy": QT_TRANSLATE_NOOP("phrases", "busy"),
        "off": QT_TRANSLATE_NOOP("phrases", "off duty"),
        "sent": QT_TRANSLATE_NOOP("phrases", "order sent"),
        "delivered": QT_TRANSLATE_NOOP("phrases", "order delivered"),
        "accepted": QT_TRANSLATE_NOOP("phrases", "order accepted"),
        "done": QT_TRANSLATE_NOOP("phrases", "done"),
        "refused": QT_TRANSLATE_NOOP("phrases", "order refused"),
        "failed": QT_TRANSLATE_NOOP("phrases", "order not delivered"),
    }
)
ETA_BASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "road": QT_TRANSLATE_NOOP("phrases", "by road"),
        "straight-line": QT_TRANSLATE_NOOP("phrases", "estimated from the straight line"),
    }
)
CHANNELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "app": QT_TRANSLATE_NOOP("phrases", "App"),
        "sms": QT_TRANSLATE_NOOP("phrases", "SMS"),
        "cap": QT_TRANSLATE_NOOP("phrases", "notice"),
        "cot": QT_TRANSLATE_NOOP("phrases", "Police map"),
        "webhook": QT_TRANSLATE_NOOP("phrases", "Partner system"),
        "email": QT_TRANSLATE_NOOP("phrases", "E-mail"),
    }
)
RECIPIENTS: Final[Mapping[str, str]] = MappingProxyType({DUTY_OFFICER: QT_TRANSLATE_NOOP("phrases", "officer on duty")})
"""Of messages; persons and numbers of telephones are said as they are."""
DELIVERIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pending": QT_TRANSLATE_NOOP("phrases", "waiting"),
        "sent": QT_TRANSLATE_NOOP("phrases", "sent"),
        "delivered": QT_TRANSLATE_NOOP("phrases", "delivered"),
        "seen": QT_TRANSLATE_NOOP("phrases", "seen"),
        "failed": QT_TRANSLATE_NOOP("phrases", "failed"),
    }
)
FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "position": QT_TRANSLATE_NOOP("phrases", "exact position"),
        "track": QT_TRANSLATE_NOOP("phrases", "track"),
        "identity": QT_TRANSLATE_NOOP("phrases", "name"),
        "phones": QT_TRANSLATE_NOOP("phrases", "phone numbers"),
        "places": QT_TRANSLATE_NOOP("phrases", "addresses"),
        "export": QT_TRANSLATE_NOOP("phrases", "export"),
        "record": QT_TRANSLATE_NOOP("phrases", "recording"),
    }
)
REQUEST_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "waiting": QT_TRANSLATE_NOOP("phrases", "waiting"),
        "approved": QT_TRANSLATE_NOOP("phrases", "approved"),
        "narrowed": QT_TRANSLATE_NOOP("phrases", "approved, narrowed"),
        "denied": QT_TRANSLATE_NOOP("phrases", "denied"),
        "lapsed": QT_TRANSLATE_NOOP("phrases", "lapsed"),
    }
)
GRANT_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "running": QT_TRANSLATE_NOOP("phrases", "running"),
        "expired": QT_TRANSLATE_NOOP("phrases", "expired"),
        "ended": QT_TRANSLATE_NOOP("phrases", "ended"),
        "awaiting-review": QT_TRANSLATE_NOOP("phrases", "awaiting review"),
        "reviewed": QT_TRANSLATE_NOOP("phrases", "reviewed"),
    }
)
TIMELINE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "alarm": QT_TRANSLATE_NOOP("phrases", "Alarm"),
        "raised": QT_TRANSLATE_NOOP("phrases", "Alarm raised"),
        "upgraded": QT_TRANSLATE_NOOP("phrases", "Alarm graver"),
        "closed": QT_TRANSLATE_NOOP("phrases", "Alarm closed"),
        "taken-over": QT_TRANSLATE_NOOP("phrases", "Taken over by another"),
        "shelved": QT_TRANSLATE_NOOP("phrases", "Put aside"),
        "unshelved": QT_TRANSLATE_NOOP("phrases", "Brought back"),
        "not-reached": QT_TRANSLATE_NOOP("phrases", "Protected person not reached"),
        "acknowledged": QT_TRANSLATE_NOOP("phrases", "Acknowledged"),
        "escalated": QT_TRANSLATE_NOOP("phrases", "Escalated"),
        "incident-opened": QT_TRANSLATE_NOOP("phrases", "Incident opened"),
        "incident-joined": QT_TRANSLATE_NOOP("phrases", "Another alarm joined"),
        "incident-closed": QT_TRANSLATE_NOOP("phrases", "Incident closed"),
        "incident-owned": QT_TRANSLATE_NOOP("phrases", "Taken over"),
        "task-opened": QT_TRANSLATE_NOOP("phrases", "Step opened"),
        "task-worked": QT_TRANSLATE_NOOP("phrases", "Step worked"),
        "task-overdue": QT_TRANSLATE_NOOP("phrases", "Step overdue"),
        "noted": QT_TRANSLATE_NOOP("phrases", "Note"),
        "dispatched": QT_TRANSLATE_NOOP("phrases", "Unit sent"),
        "dispatch-state": QT_TRANSLATE_NOOP("phrases", "Unit reports"),
        "message-ordered": QT_TRANSLATE_NOOP("phrases", "Message sent out"),
        "message-state": QT_TRANSLATE_NOOP("phrases", "Message"),
        "device-asked": QT_TRANSLATE_NOOP("phrases", "Device asked"),
        "device-answered": QT_TRANSLATE_NOOP("phrases", "Device answered"),
        "label-entered": QT_TRANSLATE_NOOP("phrases", "Entered by hand"),
    }
)
