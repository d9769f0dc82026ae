"""The desk's prose about exercises and comparisons: what a trainer injects, what is expected, what differs."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.application.training_rows import DebriefActRow, DebriefMomentRow
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from widgets import phrases, phrases_work
from widgets.marks import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

INJECTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sos": QT_TRANSLATE_NOOP("phrases", "SOS"),
        "link-loss": QT_TRANSLATE_NOOP("phrases", "Link lost"),
        "link-back": QT_TRANSLATE_NOOP("phrases", "Link back"),
        "second-offender": QT_TRANSLATE_NOOP("phrases", "Another wearer"),
        "wrong-address": QT_TRANSLATE_NOOP("phrases", "Wrong address"),
        "call": QT_TRANSLATE_NOOP("phrases", "Call…"),
        "start": QT_TRANSLATE_NOOP("phrases", "Scenario started"),
        "end": QT_TRANSLATE_NOOP("phrases", "Scenario ended"),
        "speed": QT_TRANSLATE_NOOP("phrases", "Speed changed"),
    }
)
ACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "acknowledge": QT_TRANSLATE_NOOP("phrases", "Acknowledge"),
        "dispatch": QT_TRANSLATE_NOOP("phrases", "Send a unit"),
        "close": QT_TRANSLATE_NOOP("phrases", "Close the incident"),
        "close-alarm": QT_TRANSLATE_NOOP("phrases", "Close the alarm"),
        "break-glass": QT_TRANSLATE_NOOP("phrases", "Break glass"),
    }
)
MOMENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "exercise-directed": QT_TRANSLATE_NOOP("phrases", "Trainer"),
        "exercise-called": QT_TRANSLATE_NOOP("phrases", "Call"),
    }
)
DIFFERENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "same": QT_TRANSLATE_NOOP("phrases", "same"),
        "earlier": QT_TRANSLATE_NOOP("phrases", "earlier"),
        "later": QT_TRANSLATE_NOOP("phrases", "later"),
        "new": QT_TRANSLATE_NOOP("phrases", "new"),
        "gone": QT_TRANSLATE_NOOP("phrases", "gone"),
    }
)


def in_language(korean: str, english: str) -> str:
    """The one of two texts that is in the language of the desk."""
    return korean if translate("phrases", "en") == "ko" else english


def act(row: DebriefActRow) -> str:
    """What was expected: the act, or the step of the incident."""
    return phrases.word(phrases_work.TASKS, row.task) if row.task else phrases.word(ACTS, row.do)


def verdict(row: DebriefActRow) -> str:
    """What became of an expected act."""
    if row.called_us is None:
        return translate("phrases", "not called for")
    if row.cut_short:
        return translate("phrases", "ended early")
    if row.done_us is None:
        return translate("phrases", "not done")
    if not row.in_time:
        return translate("phrases", "too late")
    return translate("phrases", "in time") if row.as_expected else translate("phrases", "other outcome")


def short_moment(row: DebriefMomentRow) -> str:
    """A moment in the line of its kind: what alarm, what was injected, who called."""
    if row.what == "alarm":
        return phrases.kind(AlarmKind(row.detail.partition(":")[0]))
    return phrases.word(INJECTS, row.detail)


def moment(row: DebriefMomentRow) -> str:
    """A moment of an exercise in a few words."""
    match row.what:
        case "alarm":
            kind, _, level = row.detail.partition(":")
            return f"{phrases.kind(AlarmKind(kind))} · {phrases.level(AlarmLevel(level))}"
        case "exercise-directed":
            return f"{phrases.word(MOMENTS, row.what)} · {phrases.word(INJECTS, row.detail)}"
        case "task-worked":
            return translate("phrases", "{step}: recorded").format(step=phrases.word(phrases_work.TASKS, row.detail))
        case "exercise-called":
            return f"{phrases.word(MOMENTS, row.what)} · {row.detail}"
        case "dispatched":
            return f"{phrases.word(phrases_work.TIMELINE, row.what)} · {row.detail}"
        case _:
            return phrases.word(phrases_work.TIMELINE, row.what)
