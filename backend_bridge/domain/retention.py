"""How long what is kept, and what ends it: the law of each country as data, for whoever destroys and whoever asks.

A policy names classes of data and events. `keep_days` is counted from the moment at which the class's own clock begins: the
measurement for positions, the end of the order for a case, the writing for everything else. Nothing here erases anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class DataClass(StrEnum):
    """What has a time of its own."""

    FIXES = "fixes"
    """Positions of devices."""
    CASE = "case"
    """Everything person-linked of a case whose order is over."""
    LEDGER = "ledger"
    """Who looked at whom and why; the register of requests."""
    EXPORTS = "exports"
    """Files that were handed out and are still within reach."""


class Ground(StrEnum):
    """Why a case, or what was delivered of it, is destroyed."""

    LOST_EFFECT = "lost-effect"
    """The order lost its effect: revoked, not prosecuted."""
    ACQUITTED = "acquitted"
    """Acquittal or dismissal is final."""
    PERIOD_OVER = "period-over"
    """The time that the law allows after the order's end is over (KR: five years)."""
    COURT_REFUSED = "court-refused"
    """A court refused emergency access, or did not permit it in time: what was delivered is destroyed."""
    PERSON_ASKED = "person-asked"
    """The person asked for it and was right."""


class EndGround(StrEnum):
    """On what ground an order ended before its date."""

    LAPSED = "lapsed"
    """It lost its effect."""
    REVOKED = "revoked"
    NOT_INDICTED = "not-indicted"
    ACQUITTED = "acquitted"
    """The acquittal is final."""
    DISMISSED = "dismissed"
    """The dismissal of the case is final; of an appeal it is no ground."""
    TERM_OVER = "term-over"
    """It was served, or its term ended sooner than was entered; the years of the law count from then."""
    CHANGED = "changed"
    """Another order takes its place."""
    OTHER = "other"


DESTROYS: Final[Mapping[EndGround, Ground | None]] = MappingProxyType(
    {
        EndGround.LAPSED: Ground.LOST_EFFECT,
        EndGround.REVOKED: Ground.LOST_EFFECT,
        EndGround.NOT_INDICTED: Ground.LOST_EFFECT,
        EndGround.ACQUITTED: Ground.ACQUITTED,
        EndGround.DISMISSED: Ground.ACQUITTED,
        EndGround.TERM_OVER: None,
        EndGround.CHANGED: None,
        EndGround.OTHER: None,
    }
)
"""What makes the destruction of the case due at once; None: the years of the law count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionPolicy:
    """What one country's law says."""

    code: str
    keep_days: Mapping[DataClass, int | None]
    """None: as long as the case is kept."""
    at_once: frozenset[Ground]
    """Grounds that make destruction due as soon as they are entered."""
    basis: Mapping[str, str]
    """For each class and ground the provision, as it is cited."""


KR: Final = RetentionPolicy(
    code="KR",
    keep_days=MappingProxyType({DataClass.FIXES: None, DataClass.CASE: 5 * 365 + 1, DataClass.LEDGER: 3 * 365 + 1, DataClass.EXPORTS: 90}),
    at_once=frozenset({Ground.LOST_EFFECT, Ground.ACQUITTED, Ground.COURT_REFUSED, Ground.PERSON_ASKED}),
    basis=MappingProxyType(
        {
            DataClass.CASE.value: "전자장치부착법 제31조의8제4항제3호",
            DataClass.LEDGER.value: "전자장치부착법 시행령 제14조의4",
            Ground.LOST_EFFECT.value: "전자장치부착법 제31조의8제4항제1호",
            Ground.ACQUITTED.value: "전자장치부착법 제31조의8제4항제2호",
            Ground.PERIOD_OVER.value: "전자장치부착법 제31조의8제4항제3호",
            Ground.COURT_REFUSED.value: "전자장치부착법 제16조제5항",
        }
    ),
)
FR: Final = RetentionPolicy(
    code="FR",
    keep_days=MappingProxyType({DataClass.FIXES: 31, DataClass.CASE: 31, DataClass.LEDGER: 6 * 365 + 1, DataClass.EXPORTS: 31}),
    at_once=frozenset({Ground.LOST_EFFECT, Ground.ACQUITTED, Ground.COURT_REFUSED, Ground.PERSON_ASKED}),
    basis=MappingProxyType(
        {
            DataClass.FIXES.value: "CPP art. R. 631-11",
            DataClass.CASE.value: "CPP art. R. 631-11",
            Ground.PERIOD_OVER.value: "CPP art. R. 631-11",
        }
    ),
)
_BY_CODE: Final = {policy.code: policy for policy in (KR, FR)}


def policy_of(jurisdiction: str) -> RetentionPolicy:
    """The policy of a country; Korea's where the country has none of its own."""
    return _BY_CODE.get(jurisdiction, KR)


_WORDS: Final = (
    (Ground.ACQUITTED, ("acquit", "dismiss", "무죄", "기각", "relax")),
    (Ground.LOST_EFFECT, ("revok", "non-indict", "not prosecuted", "lost effect", "lapsed", "실효", "취소", "불기소")),
)
_OF_AN_APPEAL: Final = (
    "appeal dismissed",
    "dismissal of the appeal",
    "항소 기각",
    "항소기각",
    "상고 기각",
    "상고기각",
    "항고 기각",
    "항고기각",
)
"""A dismissed appeal lets a judgment stand: it is no dismissal of the case."""


def ground_of(reason: str) -> Ground | None:
    """The ground in the words of entries that name none, where it is one that makes destruction due at once."""
    said = reason.casefold()
    for words in _OF_AN_APPEAL:
        said = said.replace(words, "")
    return next((ground for ground, words in _WORDS if any(word in said for word in words)), None)
