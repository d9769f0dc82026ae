"""What the bridge says in English, as at a shell, in the operator's language: defects of scenario files, failures of messages."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from widgets import phrases, phrases_work
from widgets.marks import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

DEFECTS: Final = (
    QT_TRANSLATE_NOOP("defects", "is not TOML: {0} (at line {1}, column {2})"),
    QT_TRANSLATE_NOOP("defects", "is not known (did you mean {0}?)"),
    QT_TRANSLATE_NOOP("defects", "is not known; known are {0}"),
    QT_TRANSLATE_NOOP("defects", "is missing; a text is needed"),
    QT_TRANSLATE_NOOP("defects", "is missing; a number is needed"),
    QT_TRANSLATE_NOOP("defects", "must be a text of 1 to {0} characters"),
    QT_TRANSLATE_NOOP("defects", "must be a text"),
    QT_TRANSLATE_NOOP("defects", "must have 1 to {0} characters"),
    QT_TRANSLATE_NOOP("defects", "must be a number from {0} to {1}"),
    QT_TRANSLATE_NOOP("defects", "must be a number"),
    QT_TRANSLATE_NOOP("defects", "must be one of {0}"),
    QT_TRANSLATE_NOOP("defects", "must be a time after the beginning such as {0} (hours:minutes:seconds)"),
    QT_TRANSLATE_NOOP("defects", "must lie within {0} and {1}"),
    QT_TRANSLATE_NOOP("defects", "must be later than {0}"),
    QT_TRANSLATE_NOOP("defects", "needs exactly one of {0}"),
    QT_TRANSLATE_NOOP("defects", "{0} is no place of this file; its places are {1}"),
    QT_TRANSLATE_NOOP("defects", "{0} is neither a place nor a person of this file; its places are {1}"),
    QT_TRANSLATE_NOOP("defects", "{0} is no {1} of this file; known are {2}"),
    QT_TRANSLATE_NOOP("defects", "is carried by {0}, whose way is not told; add a table [[movements]] with person = {1}"),
    QT_TRANSLATE_NOOP("defects", "{0} stands {1} times; once is right"),
    QT_TRANSLATE_NOOP("defects", "must be 1 to 63 small letters, digits and hyphens: it names the file"),
    QT_TRANSLATE_NOOP("defects", "a re-enactment is signed as it is and not written at a desk; leave the field out"),
    QT_TRANSLATE_NOOP("defects", "must be the name of a file beside the scenario, without a folder"),
    QT_TRANSLATE_NOOP("defects", "was not kept ({0})"),
)
FAILURES: Final = (
    QT_TRANSLATE_NOOP("failures", "no phone number is known for the recipient"),
    QT_TRANSLATE_NOOP("failures", "no mail address is configured for the recipient"),
    QT_TRANSLATE_NOOP("failures", "the mail server refused the message ({0})"),
    QT_TRANSLATE_NOOP("failures", "the mail server could not be used ({0})"),
    QT_TRANSLATE_NOOP("failures", "the other side answered {0}"),
    QT_TRANSLATE_NOOP("failures", "the other side did not answer in time"),
    QT_TRANSLATE_NOOP("failures", "the other side refused the connection"),
    QT_TRANSLATE_NOOP("failures", "the certificate of the other side is not trusted"),
    QT_TRANSLATE_NOOP("failures", "the other side could not be reached ({0})"),
    QT_TRANSLATE_NOOP("failures", "a protected person is told by app or SMS only"),
    QT_TRANSLATE_NOOP("failures", "channel {0} is not configured"),
    QT_TRANSLATE_NOOP("failures", "the unit's terminal is not connected"),
)
REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "no-phone": "no phone number is known for the recipient",
        "no-device": QT_TRANSLATE_NOOP("failures", "the recipient carries no device"),
        "no-answer": QT_TRANSLATE_NOOP("failures", "the recipient's device did not answer"),
        "device-not-heard": QT_TRANSLATE_NOOP("failures", "the recipient's device was never heard"),
    }
)
"""What the room itself knows why a message cannot go out, by its codes."""
PARTS: Final = (
    (re.compile(r"\bfield ([\w-]+)$"), QT_TRANSLATE_NOOP("defects", "field {0}")),
    (re.compile(r"\bnumber (\d+)"), QT_TRANSLATE_NOOP("defects", "number {0}")),
    (re.compile(r"\bstep (\d+)"), QT_TRANSLATE_NOOP("defects", "step {0}")),
)
"""How a defect says where it is; names of tables and fields stay as they are written in the file."""
_HOLE: Final = re.compile(r"\\\{\d\\\}")


def in_words(context: str, sources: Sequence[str], sentence: str, called: Callable[[str], str] = str) -> str | None:
    """A sentence of the bridge in the operator's language, by the pattern of `sources` that it is made after; None where it is of none.

    What stands in its holes is shown as `called` names it.
    """
    for source in sources:
        found = re.fullmatch(_HOLE.sub("(.+)", re.escape(source)), sentence, re.DOTALL)
        if found is not None:
            return QCoreApplication.translate(context, source).format(*map(called, found.groups()))
    return None


def defect(sentence: str) -> str:
    """A defect such as `acts number 2, field within: must be …` in the operator's language; as it came where we have no words for it."""
    where, _, what = sentence.partition(": ")
    if not what or where == "is not TOML":
        return in_words("defects", DEFECTS, sentence) or sentence
    said = in_words("defects", DEFECTS, what)
    return sentence if said is None else f"{_place(where)}: {said}"


def failure(sentence: str) -> str:
    """Why a message did not go out, in the operator's language; channels by the names that people use."""
    if sentence in REASONS:
        return translate("failures", REASONS[sentence])
    return in_words("failures", FAILURES, sentence, lambda part: phrases.word(phrases_work.CHANNELS, part)) or sentence


def _place(where: str) -> str:
    for pattern, source in PARTS:
        words = QCoreApplication.translate("defects", source)
        where = pattern.sub(lambda found, words=words: words.format(found[1]), where)  # type: ignore[misc]  # binds the loop's value
    return where


def lost(next_desk: str | None) -> str:
    """What to do while the bridge is not heard, with the number of the next desk where the settings name it."""
    number = f" ({next_desk})" if next_desk else ""
    said = translate(
        "phrases",
        "The bridge is not heard: telephone 112 and the next desk{number}. Alarms still escalate there; this desk reconnects by itself.",
    )
    return said.format(number=number)
