"""What the bridge says of itself: each of its own troubles as a sentence, some about one gateway, access, case or export."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.application.rows import AlarmRow
from backend_bridge.domain.identifiers import CaseId
from widgets.marks import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

TROUBLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "disk-space": QT_TRANSLATE_NOOP("phrases", "The disk of the bridge is nearly full."),
        "disk-full": QT_TRANSLATE_NOOP("phrases", "The disk of the bridge is full: nothing new is accepted."),
        "store": QT_TRANSLATE_NOOP("phrases", "The bridge cannot write: nothing is acknowledged, decisions go on in memory."),
        "blind": QT_TRANSLATE_NOOP(
            "phrases", "Many devices fell silent at once: the room is blind to them. Ctrl+Shift+K prints where they were last."
        ),
        "clock-step": QT_TRANSLATE_NOOP("phrases", "The bridge's clock has jumped: ages are doubtful until confirmed."),
        "checkpoint": QT_TRANSLATE_NOOP("phrases", "No signed checkpoint of the log could be written."),
        "lag": QT_TRANSLATE_NOOP("phrases", "The bridge is behind its input."),
        "units": QT_TRANSLATE_NOOP("phrases", "Police units cannot report: their port is not open."),
        "self-test": QT_TRANSLATE_NOOP("phrases", "The bridge's own test did not come through: alarms may not arrive."),
        "disclosure-review": QT_TRANSLATE_NOOP("phrases", "What an app shows was not reviewed within 24 hours (F12)."),
    }
)
ABOUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gateway-down": QT_TRANSLATE_NOOP("phrases", "Gateway {which} is not heard."),
        "break-glass": QT_TRANSLATE_NOOP("phrases", "Break-glass {which}: review it (F3)."),
        "removal-overdue": QT_TRANSLATE_NOOP("phrases", "The device of {which} should be back on the wearer."),
        "export-due": QT_TRANSLATE_NOOP("phrases", "Export {which} must be destroyed now."),
        "order-end": QT_TRANSLATE_NOOP("phrases", "The end of the order of {which} waits to be confirmed (F3)."),
        "consent-withdrawn": QT_TRANSLATE_NOOP(
            "phrases", "Consent withdrawn ({which}): not tracked in this case any more; 112 is being told. Ask about other cases."
        ),
        "no-show": QT_TRANSLATE_NOOP("phrases", "The wearer did not come to be fitted; 112 is being told ({which})."),
        "refusal": QT_TRANSLATE_NOOP("phrases", "The wearer refuses the device; 112 is being told ({which})."),
        "temp-removal": QT_TRANSLATE_NOOP("phrases", "The device is off with leave; 112 is being told ({which})."),
        "victim-not-reachable": QT_TRANSLATE_NOOP("phrases", "The protected person cannot be reached; 112 is being told ({which})."),
        "victim-refused-device": QT_TRANSLATE_NOOP("phrases", "The protected person refuses the device; 112 is being told ({which})."),
        "sos-of-nobody": QT_TRANSLATE_NOOP("phrases", "SOS of {which}, which is in no case: find out who carries it, and send help."),
        "test": QT_TRANSLATE_NOOP("phrases", "Test alarm of seat {which}; acknowledge and close it."),
        "thread": QT_TRANSLATE_NOOP("phrases", "A part of the bridge has stopped: {which}. Restart the bridge."),
        "desk-link": QT_TRANSLATE_NOOP("phrases", "Desk {which} does not answer."),
    }
)
"""By what stands before the colon of a code; what stands after it goes into the sentence."""
GROUPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gateway": QT_TRANSLATE_NOOP("phrases", "gateway {which}"),
        "gateways": QT_TRANSLATE_NOOP("phrases", "gateways at once"),
        "device": QT_TRANSLATE_NOOP("phrases", "device {which}"),
    }
)
"""By what stands before the stroke of a group's name."""
NAMING_GROUPS: Final = frozenset({"gateway", "device"})
"""Those whose name goes on with that of a gateway or device."""
OF_CASE: Final = frozenset({"no-show", "refusal", "temp-removal", "victim-not-reachable", "victim-refused-device", "removal-overdue"})
"""Those about somebody of the case that stands after the colon."""


def trouble(code: str) -> str:
    """The sentence for a code of the bridge; one that is not known is shown as it is, never hidden."""
    if code in TROUBLES:
        return translate("phrases", TROUBLES[code])
    kind, _, which = code.partition(":")
    return translate("phrases", ABOUT[kind]).format(which=which) if kind in ABOUT and which else code


def case_of(row: AlarmRow) -> CaseId | None:
    """The case of an alarm: its own, or the one that an alarm of the bridge itself was entered of; None where there is none."""
    figures = dict(row.because)
    kind, case = str(figures.get("code")).partition(":")[0], figures.get("detail")
    return CaseId(case) if row.case is None and kind in OF_CASE and isinstance(case, str) else row.case


def cause_of(group: str | None) -> str:
    """What the alarms of a group have in common; a group of another kind is shown as it is, never hidden."""
    kind, _, which = (group or "").partition("/")
    return translate("phrases", GROUPS[kind]).format(which=which) if kind in GROUPS and which else group or ""


def cause_in_short(group: str | None) -> str:
    """Its name alone where one gateway or device is the cause; else as `cause_of`."""
    kind, _, which = (group or "").partition("/")
    return which if kind in NAMING_GROUPS and which else cause_of(group)


def of_alarm(row: AlarmRow) -> str:
    """What an alarm of the bridge itself is about; empty where it does not say."""
    code = next((figure for name, figure in row.because if name == "code"), None)
    return trouble(code) if isinstance(code, str) else ""
