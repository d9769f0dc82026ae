"""The desk's prose about what a protected person's app may show: the rule's state, and its steps."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.application.access_rows import DisclosureRow
from widgets import formats, phrases
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.phrases_ledger import DETAILS

translate = QCoreApplication.translate

RULE_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "waiting": QT_TRANSLATE_NOOP("phrases", "Waits for a supervisor: the app shows nothing"),
        "in-force-at-once": QT_TRANSLATE_NOOP("phrases", "In force at once"),
        "in-force": QT_TRANSLATE_NOOP("phrases", "In force"),
        "revoked": QT_TRANSLATE_NOOP("phrases", "Revoked: the app shows nothing"),
    }
)


def rule_state(row: DisclosureRow, now_us: int) -> str:
    """The state of a rule with its deadline, or since when it is so."""
    said = translate("phrases", RULE_STATES[row.state]) if row.state in RULE_STATES else row.state
    if row.review_due_us is None:
        return f"{said} · {formats.minute(row.since_us)}"
    left_s = (row.review_due_us - now_us) / 1e6
    if left_s < 0:
        return translate("phrases", "{state} · review overdue {late}").format(state=said, late=phrases.time_left(-left_s))
    return translate("phrases", "{state} · review within {left}").format(state=said, left=phrases.time_left(left_s))


def steps_text(row: DisclosureRow) -> str:
    """What is shown within which distance, one line a step."""
    return "\n".join(_step(*step) for step in row.steps)


def _step(within_m: float, detail: str, direction: bool) -> str:
    what = translate("phrases", DETAILS[detail]) if detail in DETAILS else detail
    if direction and detail != "nothing":
        what = translate("phrases", "{what}, direction").format(what=what)
    return f"≤ {formats.distance(within_m)} · {what}"
