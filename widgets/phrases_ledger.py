"""The desk's prose about looks: what was looked at, on what ground, and the bridge's terse scopes as people read them."""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from widgets import formats, phrases_work
from widgets.marks import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

LOOKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "routine": QT_TRANSLATE_NOOP("phrases", "routine view"),
        "alarm": QT_TRANSLATE_NOOP("phrases", "more, by an alarm"),
        "grant": QT_TRANSLATE_NOOP("phrases", "more, by a grant"),
        "name": QT_TRANSLATE_NOOP("phrases", "name"),
        "phones": QT_TRANSLATE_NOOP("phrases", "phone numbers"),
        "addresses": QT_TRANSLATE_NOOP("phrases", "addresses"),
        "track": QT_TRANSLATE_NOOP("phrases", "track"),
        "search": QT_TRANSLATE_NOOP("phrases", "search"),
        "units": QT_TRANSLATE_NOOP("phrases", "units by arrival"),
        "figures": QT_TRANSLATE_NOOP("phrases", "statistics"),
        "log": QT_TRANSLATE_NOOP("phrases", "event log"),
        "ledger": QT_TRANSLATE_NOOP("phrases", "usage ledger"),
        "review": QT_TRANSLATE_NOOP("phrases", "access review"),
        "looks": QT_TRANSLATE_NOOP("phrases", "looks of one user"),
        "replay": QT_TRANSLATE_NOOP("phrases", "replay"),
        "disclosure": QT_TRANSLATE_NOOP("phrases", "shown in the app"),
        "register": QT_TRANSLATE_NOOP("phrases", "investigative register"),
        "subject-access": QT_TRANSLATE_NOOP("phrases", "own-data pack"),
        "destruction-plan": QT_TRANSLATE_NOOP("phrases", "dry run of a destruction"),
        "retention-plan": QT_TRANSLATE_NOOP("phrases", "count of old positions"),
        "certificate": QT_TRANSLATE_NOOP("phrases", "certificate"),
        "printing": QT_TRANSLATE_NOOP("phrases", "about to be printed or saved"),
        "paper": QT_TRANSLATE_NOOP("phrases", "printed or saved"),
        "report": QT_TRANSLATE_NOOP("phrases", "incident report"),
        "last-known": QT_TRANSLATE_NOOP("phrases", "printed list of last known positions"),
        "surroundings": QT_TRANSLATE_NOOP("phrases", "addresses around a position"),
        "debrief": QT_TRANSLATE_NOOP("phrases", "debrief"),
        "scenarios": QT_TRANSLATE_NOOP("phrases", "scenarios"),
        "scenario-text": QT_TRANSLATE_NOOP("phrases", "a scenario's file"),
        "scenario-checked": QT_TRANSLATE_NOOP("phrases", "a scenario being written"),
        "scenario-offered": QT_TRANSLATE_NOOP("phrases", "a scenario offered to be kept"),
    }
)
GROUNDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "office": QT_TRANSLATE_NOOP("phrases", "by role"),
        "routine": QT_TRANSLATE_NOOP("phrases", "routine monitoring"),
        "alarm": QT_TRANSLATE_NOOP("phrases", "open alarm"),
        "grant": QT_TRANSLATE_NOOP("phrases", "approved request"),
        "break-glass": QT_TRANSLATE_NOOP("phrases", "break-glass"),
        "disclosure-rule": QT_TRANSLATE_NOOP("phrases", "disclosure rule"),
        "store-key": QT_TRANSLATE_NOOP("phrases", "shell with the store's key"),
    }
)
DETAILS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nothing": QT_TRANSLATE_NOOP("phrases", "nothing"),
        "band": QT_TRANSLATE_NOOP("phrases", "that somebody is near"),
        "distance": QT_TRANSLATE_NOOP("phrases", "distance"),
        "coarse": QT_TRANSLATE_NOOP("phrases", "coarse position"),
        "exact": QT_TRANSLATE_NOOP("phrases", "exact position"),
    }
)
USES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "held": QT_TRANSLATE_NOOP("phrases", "data held"),
        "read": QT_TRANSLATE_NOOP("phrases", "looked at"),
        "list-printed": QT_TRANSLATE_NOOP("phrases", "on a list that was printed"),
        "grant-started": QT_TRANSLATE_NOOP("phrases", "access opened"),
        "export-made": QT_TRANSLATE_NOOP("phrases", "handed out"),
        "destruction-done": QT_TRANSLATE_NOOP("phrases", "destroyed"),
        "disclosure-decided": QT_TRANSLATE_NOOP("phrases", "app rule decided"),
    }
)
ENDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "expired": QT_TRANSLATE_NOOP("phrases", "expired"),
        "ended": QT_TRANSLATE_NOOP("phrases", "ended"),
        "office-lost": QT_TRANSLATE_NOOP("phrases", "role lost"),
        "order-ended": QT_TRANSLATE_NOOP("phrases", "order ended"),
        "court-refused": QT_TRANSLATE_NOOP("phrases", "court refused"),
    }
)
COURTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "permitted": QT_TRANSLATE_NOOP("phrases", "court permitted: {number}"),
        "refused": QT_TRANSLATE_NOOP("phrases", "court refused: {number}"),
    }
)
_DISCLOSED: Final = re.compile(r"disclosure ([a-z]+) to (\S+)(?: at (\d+) m)?(?:, within \d+ m)?")
_STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_WORD: Final = re.compile(r"(?<![\w-])[a-z][a-z-]*(?![\w-])")


def us_of(stamp: str) -> int:
    """A time of the log, as RFC 3339, in microseconds of UTC."""
    at = datetime.fromisoformat(stamp)
    return int(at.timestamp()) * 1_000_000 + at.microsecond


def look(code: str) -> str:
    """What was looked at; a command of the shell keeps its name."""
    shell = code.partition("shell:")[2]
    if shell:
        return translate("phrases", "shell command {name}").format(name=shell)
    source = LOOKS.get(code) or phrases_work.FIELDS.get(code)
    return code if source is None else translate("phrases", source)


def ground(code: str) -> str:
    """On what ground it was allowed."""
    source = GROUNDS.get(code)
    return code if source is None else translate("phrases", source)


def scope(text: str) -> str:
    """The scope of an entry with Korean time and with words for its codes."""
    what, end = scope_parts(text)
    return translate("phrases", "{what}, until {end}").format(what=what, end=end) if end else what


def scope_parts(text: str) -> tuple[str, str]:
    """The scope of an entry in words, and until when it ran; empty where it has no end."""
    told = _DISCLOSED.fullmatch(text)
    if told is not None:
        return _disclosed(*told.groups()), ""
    before, _, after = text.partition(" until ")
    words = before.split()
    if words and all(word in phrases_work.FIELDS for word in words):
        said = ", ".join(map(look, words))
    else:
        said = _WORD.sub(lambda found: look(found.group()), timed(before))
    return said, timed(after)


def _disclosed(detail: str, person: str, metres: str | None) -> str:
    told = translate("phrases", DETAILS[detail]) if detail in DETAILS else detail
    words = translate("phrases", "app of {person}: {what}").format(person=person, what=told)
    return words if metres is None else f"{words} ({formats.distance(float(metres))})"


def timed(text: str) -> str:
    """A text with its times in Korean time."""
    return _STAMP.sub(lambda found: formats.minute(us_of(found.group())), text)


def use(event: str) -> str:
    """What kind of line of a person's own pack it is."""
    source = USES.get(event)
    return event if source is None else translate("phrases", source)


def ended(cause: str | None) -> str:
    """Why access ended; empty while it runs or where there was none."""
    source = ENDS.get(cause or "")
    return (cause or "") if source is None else translate("phrases", source)


def court(text: str | None) -> str:
    """What a court said, with the number of its paper."""
    word, _, number = (text or "").partition(": ")
    source = COURTS.get(word)
    return (text or "") if source is None else translate("phrases", source).format(number=number)


def because(text: str) -> str:
    """By what somebody was shown something: an entry of the log, an alarm, a grant, a seat."""
    number = text.partition("entry ")[2]
    return translate("phrases", "entry {n}").format(n=number) if number else text


def approval(text: str | None) -> str:
    """Which request, and who approved it."""
    if not text:
        return formats.NOTHING
    if text == "break-glass":
        return translate("phrases", "no prior approval")
    return ground(text) if text in GROUNDS else text
