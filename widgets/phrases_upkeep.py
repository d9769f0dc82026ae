"""The desk's prose about what is kept and destroyed: grounds, states, and what a destruction would reach."""

import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.application.access_rows import DestructionRow, ExportRow, OrderEndRow
from backend_bridge.domain.retention import EndGround, Ground
from widgets import formats
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.phrases_training import in_language

translate = QCoreApplication.translate

GROUNDS: Final[Mapping[Ground, str]] = MappingProxyType(
    {
        Ground.LOST_EFFECT: QT_TRANSLATE_NOOP("phrases", "order lost its effect"),
        Ground.ACQUITTED: QT_TRANSLATE_NOOP("phrases", "acquitted or dismissed"),
        Ground.PERIOD_OVER: QT_TRANSLATE_NOOP("phrases", "period of the law is over"),
        Ground.COURT_REFUSED: QT_TRANSLATE_NOOP("phrases", "court refused emergency access"),
        Ground.PERSON_ASKED: QT_TRANSLATE_NOOP("phrases", "the person asked for it"),
    }
)
END_GROUNDS: Final[Mapping[EndGround, str]] = MappingProxyType(
    {
        EndGround.LAPSED: QT_TRANSLATE_NOOP("phrases", "lost its effect"),
        EndGround.REVOKED: QT_TRANSLATE_NOOP("phrases", "revoked"),
        EndGround.NOT_INDICTED: QT_TRANSLATE_NOOP("phrases", "not indicted"),
        EndGround.ACQUITTED: QT_TRANSLATE_NOOP("phrases", "acquittal is final"),
        EndGround.DISMISSED: QT_TRANSLATE_NOOP("phrases", "dismissal is final"),
        EndGround.TERM_OVER: QT_TRANSLATE_NOOP("phrases", "term over"),
        EndGround.CHANGED: QT_TRANSLATE_NOOP("phrases", "replaced by another order"),
        EndGround.OTHER: QT_TRANSLATE_NOOP("phrases", "other ground"),
    }
)
ORDER_END_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "waiting": QT_TRANSLATE_NOOP("phrases", "to be confirmed"),
        "confirmed": QT_TRANSLATE_NOOP("phrases", "confirmed"),
        "refused": QT_TRANSLATE_NOOP("phrases", "refused"),
    }
)
DESTRUCTION_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "due": QT_TRANSLATE_NOOP("phrases", "due"),
        "waiting": QT_TRANSLATE_NOOP("phrases", "to be decided"),
        "approved": QT_TRANSLATE_NOOP("phrases", "being destroyed"),
        "done": QT_TRANSLATE_NOOP("phrases", "destroyed"),
        "refused": QT_TRANSLATE_NOOP("phrases", "refused"),
        "lapsed": QT_TRANSLATE_NOOP("phrases", "lapsed"),
    }
)
EXPORT_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "out": QT_TRANSLATE_NOOP("phrases", "handed out"),
        "due": QT_TRANSLATE_NOOP("phrases", "overdue"),
        "destroyed": QT_TRANSLATE_NOOP("phrases", "destroyed"),
    }
)
PLAN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "fixes": QT_TRANSLATE_NOOP("phrases", "Positions"),
        "events": QT_TRANSLATE_NOOP("phrases", "Device events"),
        "versions": QT_TRANSLATE_NOOP("phrases", "Versions of the case file"),
        "log_entries": QT_TRANSLATE_NOOP("phrases", "Log entries whose content is erased"),
        "files": QT_TRANSLATE_NOOP("phrases", "Recordings, exports and copies"),
    }
)


PROVISION: Final = re.compile(r"전자장치부착법( 시행령)? 제(\d+)조(?:의(\d+))?(?:제(\d+)항)?(?:제(\d+)호)?")
"""How a jurisdiction cites Korea's Electronic Monitoring Act and its decree: article, paragraph, number."""


def provision(basis: str | None) -> str:
    """A provision in the language of the desk; one that is cited otherwise stands as it is."""
    cited = PROVISION.fullmatch(basis or "")
    if cited is None:
        return basis or ""
    decree, article, of_article, paragraph, number = cited.groups()
    place = article + (f"-{of_article}" if of_article else "") + (f"({paragraph})" if paragraph else "")
    act = "Electronic Monitoring Decree" if decree else "Electronic Monitoring Act"
    return in_language(cited.string, f"{act} art. {place}{number or ''}")


def end_ground(ground: EndGround) -> str:
    """On what ground an order ends."""
    return translate("phrases", END_GROUNDS[ground])


def order_end_state(row: OrderEndRow) -> str:
    """Where the end of an order stands."""
    source = ORDER_END_STATES.get(row.state)
    return row.state if source is None else translate("phrases", source)


def order_end_effect(row: OrderEndRow) -> str:
    """What confirming it would do, in one sentence."""
    text = translate("phrases", "The order of {case} ends at {at} ({ground}): watching and warnings stop.")
    if row.destroys:
        text = translate("phrases", "The order of {case} ends at {at} ({ground}): watching stops, and its data become due for destruction.")
    return text.format(case=row.case, at=formats.minute(row.at_us), ground=end_ground(row.ground))


def about(row: DestructionRow) -> str:
    """The case, or that it is about old positions of any case."""
    return translate("phrases", "Old positions") if row.case is None else row.case


def ground(row: DestructionRow) -> str:
    """Why it is to be destroyed."""
    return translate("phrases", GROUNDS[row.ground])


def state(row: DestructionRow) -> str:
    """Where it stands; a legal hold stops what is not done yet."""
    if is_held(row):
        return translate("phrases", "on hold")
    source = DESTRUCTION_STATES.get(row.state)
    return row.state if source is None else translate("phrases", source)


def is_held(row: DestructionRow) -> bool:
    """Whether a legal hold keeps it from being done."""
    return row.held_until_us is not None and row.state in ("due", "waiting")


def export_state(row: ExportRow) -> str:
    """Where a file that was handed out stands."""
    source = EXPORT_STATES.get(row.state)
    return row.state if source is None else translate("phrases", source)


def late(span: str) -> str:
    """For how long something should have been gone."""
    return translate("phrases", "for {span}").format(span=span)


def left(span: str) -> str:
    """How long something may still be kept."""
    return translate("phrases", "{span} left").format(span=span)


def export_story(row: ExportRow) -> str:
    """Who has a file, by when it must be destroyed, and how it is known that it is."""
    texts = [translate("phrases", "{who}: destroy by {day}").format(who=row.recipient, day=formats.day(row.destroy_by_us))]
    if row.state == "destroyed":
        by = row.confirmed_by or translate("phrases", "with its case")
        texts.append(translate("phrases", "Confirmed by {who}: {reason}").format(who=by, reason=row.reason or formats.NOTHING))
    return "\n".join(texts)


def plan_lines(text: str) -> list[tuple[str, str]]:
    """What the bridge says a destruction would reach, as (what, how much)."""
    found = json.loads(text)
    return [(_named(key), _amount(value)) for key, value in found.items() if key != "case"]


def has_old_positions(text: str) -> bool:
    """Whether the bridge found positions that are too old."""
    return bool(json.loads(text)["fixes"])


def retention_lines(text: str) -> list[tuple[str, str]]:
    """What the bridge says of positions that are too old, as (what, how much)."""
    found = json.loads(text)
    amount = translate("phrases", "{fixes} of {devices} devices, in {cases} of {all} cases").format(
        fixes=formats.count(found["fixes"]),
        devices=formats.count(found["devices"]),
        cases=formats.count(found["cases"]),
        all=formats.count(found["of_cases"]),
    )
    limits = " – ".join(dict.fromkeys(formats.minute(at_us) for at_us in found["measured_before_us"]))
    hold = translate("phrases", "{case} until {day} ({who})")
    holds = [hold.format(case=one["case"], day=formats.day(one["until_us"]), who=one["owner"]) for one in found["holds"]]
    lines = [
        (translate("phrases", "Positions"), amount),
        (translate("phrases", "Measured before"), limits or formats.NOTHING),
        (translate("phrases", "Provision"), ", ".join(map(provision, found["basis"])) or formats.NOTHING),
        (translate("phrases", "Legal holds"), "\n".join(holds) or translate("phrases", "none")),
    ]
    if found["refused"]:
        lines.append((translate("phrases", "Kept by a refused destruction"), "\n".join(found["refused"])))
    return lines


def _named(key: str) -> str:
    source = PLAN.get(key)
    return key.replace("_", " ") if source is None else translate("phrases", source)


def _amount(value: object) -> str:
    if isinstance(value, dict):
        parts = [f"{name} {formats.count(n)}" for name, n in value.items() if isinstance(n, int | float)]
        return ", ".join(parts) or "0"
    if isinstance(value, list):
        return formats.count(len(value))
    return formats.count(value) if isinstance(value, int | float) else str(value)
