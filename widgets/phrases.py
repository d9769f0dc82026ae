"""The desk's prose about alarms and people: codes in, words of the operator's language out."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication

from backend_bridge.application.rows import AlarmRow, AlarmState, Freshness, PairRow, Trend
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.case import OrderBasis, PlaceKind, RingEffect, Tier, ZoneKind
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.user import Role
from widgets import formats
from widgets.marks import QT_TRANSLATE_NOOP

K = TypeVar("K", bound=str)
translate = QCoreApplication.translate
NO_BREAK: Final = "\u00a0"

KINDS: Final[Mapping[AlarmKind, str]] = MappingProxyType(
    {
        AlarmKind.EXCLUSION_ZONE: QT_TRANSLATE_NOOP("phrases", "Zone breach"),
        AlarmKind.ZONE_WARNING: QT_TRANSLATE_NOOP("phrases", "Near zone"),
        AlarmKind.INCLUSION_ZONE: QT_TRANSLATE_NOOP("phrases", "Left stay-in zone"),
        AlarmKind.PROXIMITY: QT_TRANSLATE_NOOP("phrases", "Too close"),
        AlarmKind.APPROACH: QT_TRANSLATE_NOOP("phrases", "Approach"),
        AlarmKind.NOT_EXCLUDED: QT_TRANSLATE_NOOP("phrases", "Could be inside"),
        AlarmKind.POSITION_NOT_TRUSTED: QT_TRANSLATE_NOOP("phrases", "Position doubtful"),
        AlarmKind.TAMPER: QT_TRANSLATE_NOOP("phrases", "Strap tampered"),
        AlarmKind.JAMMING: QT_TRANSLATE_NOOP("phrases", "Jamming"),
        AlarmKind.SILENT: QT_TRANSLATE_NOOP("phrases", "No signal"),
        AlarmKind.BATTERY: QT_TRANSLATE_NOOP("phrases", "Battery low"),
        AlarmKind.SOS: QT_TRANSLATE_NOOP("phrases", "SOS"),
        AlarmKind.SEPARATED: QT_TRANSLATE_NOOP("phrases", "Device apart"),
        AlarmKind.LOITERING: QT_TRANSLATE_NOOP("phrases", "Loitering"),
        AlarmKind.UNPAIRED: QT_TRANSLATE_NOOP("phrases", "Other wearer"),
        AlarmKind.SYSTEM: QT_TRANSLATE_NOOP("phrases", "System"),
    }
)
STATES: Final[Mapping[AlarmState, str]] = MappingProxyType(
    {
        AlarmState.UNACKNOWLEDGED: QT_TRANSLATE_NOOP("phrases", "unacknowledged"),
        AlarmState.ACKNOWLEDGED: QT_TRANSLATE_NOOP("phrases", "acknowledged"),
        AlarmState.RETURNED_UNACKNOWLEDGED: QT_TRANSLATE_NOOP("phrases", "ended, unseen"),
        AlarmState.LATCHED: QT_TRANSLATE_NOOP("phrases", "held until checked"),
        AlarmState.SHELVED: QT_TRANSLATE_NOOP("phrases", "put aside"),
        AlarmState.SUPPRESSED: QT_TRANSLATE_NOOP("phrases", "suppressed"),
        AlarmState.OUT_OF_SERVICE: QT_TRANSLATE_NOOP("phrases", "out of service"),
        AlarmState.CLOSED: QT_TRANSLATE_NOOP("phrases", "closed"),
    }
)
TRENDS: Final[Mapping[Trend, str]] = MappingProxyType({Trend.CLOSING: "↓", Trend.STEADY: "→", Trend.OPENING: "↑", Trend.UNKNOWN: " "})
FRESHNESS: Final[Mapping[Freshness, str]] = MappingProxyType(
    {
        Freshness.LIVE: QT_TRANSLATE_NOOP("phrases", "live"),
        Freshness.LATE: QT_TRANSLATE_NOOP("phrases", "late"),
        Freshness.STALE: QT_TRANSLATE_NOOP("phrases", "stale"),
        Freshness.LOST: QT_TRANSLATE_NOOP("phrases", "lost"),
        Freshness.NEVER: QT_TRANSLATE_NOOP("phrases", "never heard"),
    }
)
TIERS: Final[Mapping[Tier, str]] = MappingProxyType(
    {
        Tier.HIGH: QT_TRANSLATE_NOOP("phrases", "high risk"),
        Tier.MEDIUM: QT_TRANSLATE_NOOP("phrases", "medium risk"),
        Tier.LOW: QT_TRANSLATE_NOOP("phrases", "low risk"),
    }
)
BASES: Final[Mapping[OrderBasis, str]] = MappingProxyType(
    {
        OrderBasis.URGENT_MEASURE: QT_TRANSLATE_NOOP("phrases", "urgent measure"),
        OrderBasis.INTERIM_MEASURE_2: QT_TRANSLATE_NOOP("phrases", "interim measure no. 2"),
        OrderBasis.INTERIM_MEASURE_3: QT_TRANSLATE_NOOP("phrases", "interim measure no. 3"),
        OrderBasis.INTERIM_MEASURE_3_2: QT_TRANSLATE_NOOP("phrases", "interim measure no. 3-2"),
        OrderBasis.VICTIM_PROTECTION_ORDER: QT_TRANSLATE_NOOP("phrases", "victim protection order"),
        OrderBasis.POST_SENTENCE_EM: QT_TRANSLATE_NOOP("phrases", "monitoring after sentence"),
        OrderBasis.SUSPENDED_SENTENCE_EM: QT_TRANSLATE_NOOP("phrases", "monitoring on probation"),
        OrderBasis.BAIL_EM: QT_TRANSLATE_NOOP("phrases", "monitoring on bail"),
        OrderBasis.OTHER: QT_TRANSLATE_NOOP("phrases", "other order"),
    }
)
ROLES: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.OPERATOR: QT_TRANSLATE_NOOP("phrases", "Operator"),
        Role.SUPERVISOR: QT_TRANSLATE_NOOP("phrases", "Supervisor"),
        Role.TRAINER: QT_TRANSLATE_NOOP("phrases", "Trainer"),
        Role.AUDITOR: QT_TRANSLATE_NOOP("phrases", "Auditor"),
        Role.ADMINISTRATOR: QT_TRANSLATE_NOOP("phrases", "Administrator"),
    }
)
PURPOSES: Final[Mapping[Purpose, str]] = MappingProxyType(
    {
        Purpose.STALKING_CRIME: QT_TRANSLATE_NOOP("phrases", "1 · stalking crime: investigation and trial"),
        Purpose.COMPLIANCE: QT_TRANSLATE_NOOP("phrases", "2 · check that the order is kept"),
        Purpose.MEASURE_CHANGE: QT_TRANSLATE_NOOP("phrases", "3 · change or extension of the measure"),
        Purpose.BREACH_INVESTIGATION: QT_TRANSLATE_NOOP("phrases", "4 · investigation of a breach"),
        Purpose.VICTIM_NOTICE: QT_TRANSLATE_NOOP("phrases", "5 · warning the protected person"),
    }
)
PURPOSES_SHORT: Final[Mapping[Purpose, str]] = MappingProxyType(
    {
        Purpose.STALKING_CRIME: QT_TRANSLATE_NOOP("phrases", "1 · stalking crime"),
        Purpose.COMPLIANCE: QT_TRANSLATE_NOOP("phrases", "2 · order kept"),
        Purpose.MEASURE_CHANGE: QT_TRANSLATE_NOOP("phrases", "3 · change of measure"),
        Purpose.BREACH_INVESTIGATION: QT_TRANSLATE_NOOP("phrases", "4 · breach"),
        Purpose.VICTIM_NOTICE: QT_TRANSLATE_NOOP("phrases", "5 · warning"),
    }
)
"""The same for lists, where the number says which of the law's five it is."""
PLACE_KINDS: Final[Mapping[PlaceKind, str]] = MappingProxyType(
    {
        PlaceKind.HOME: QT_TRANSLATE_NOOP("phrases", "home"),
        PlaceKind.WORK: QT_TRANSLATE_NOOP("phrases", "work"),
        PlaceKind.SCHOOL: QT_TRANSLATE_NOOP("phrases", "school"),
        PlaceKind.OTHER: QT_TRANSLATE_NOOP("phrases", "other place"),
    }
)
PLACE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{str(kind_of): text for kind_of, text in PLACE_KINDS.items()},
        "curfew": QT_TRANSLATE_NOOP("phrases", "curfew place"),
        "station": QT_TRANSLATE_NOOP("phrases", "station"),
        "far": QT_TRANSLATE_NOOP("phrases", "starting point"),
        "edge": QT_TRANSLATE_NOOP("phrases", "edge of the ring"),
    }
)
AWAY: Final = re.compile(r"[dnw](\d{3,4})")
"""What zones are called by a code: the kinds of places, and where a wearer has to be."""
PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "subject": QT_TRANSLATE_NOOP("phrases", "Wearer"),
        "protected": QT_TRANSLATE_NOOP("phrases", "Protected person"),
        "relation": QT_TRANSLATE_NOOP("phrases", "Relative"),
    }
)
RELATIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "mother": QT_TRANSLATE_NOOP("phrases", "mother"),
        "father": QT_TRANSLATE_NOOP("phrases", "father"),
        "daughter": QT_TRANSLATE_NOOP("phrases", "daughter"),
        "son": QT_TRANSLATE_NOOP("phrases", "son"),
        "sister": QT_TRANSLATE_NOOP("phrases", "sister"),
        "brother": QT_TRANSLATE_NOOP("phrases", "brother"),
        "partner": QT_TRANSLATE_NOOP("phrases", "partner"),
        "family": "",
    }
)
"""What an order calls somebody near the protected person, unless it says no more than that; other words stand as they were written."""
STRAPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ok": QT_TRANSLATE_NOOP("phrases", "strap whole"),
        "cut": QT_TRANSLATE_NOOP("phrases", "strap cut"),
        "restored": QT_TRANSLATE_NOOP("phrases", "strap whole again, to be checked"),
        "unknown": "",
    }
)
SOURCES: Final = ("GNSS", "Wi-Fi", QT_TRANSLATE_NOOP("phrases", "Cell"), QT_TRANSLATE_NOOP("phrases", "Beacon"))
LEGAL_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "BAN_100M_BREACH": QT_TRANSLATE_NOOP("phrases", "100 m ban broken (Stalking Act art. 20)"),
        "BAN_100M_IMMINENT": QT_TRANSLATE_NOOP("phrases", "100 m ban about to be broken (Electronic Monitoring Act art. 31-6(4)2)"),
        "PLACE_1KM": QT_TRANSLATE_NOOP("phrases", "within 1.0 km of a forbidden place (Electronic Monitoring Act art. 31-6(4)4)"),
        "VICTIM_PROX_RING": QT_TRANSLATE_NOOP(
            "phrases", "within {distance} of the protected person (Electronic Monitoring Act art. 31-6(4)2)"
        ),
        "TAMPER": QT_TRANSLATE_NOOP("phrases", "device tampered with (Electronic Monitoring Act art. 31-6(4)3)"),
        "JAM_OR_DATA_ALTERED": QT_TRANSLATE_NOOP("phrases", "jamming or altered data (Electronic Monitoring Act art. 31-6(4)3)"),
        "COMM_LOSS": QT_TRANSLATE_NOOP("phrases", "link to the device lost"),
        "LOW_BATT": QT_TRANSLATE_NOOP("phrases", "battery of the device low"),
        "SOS": QT_TRANSLATE_NOOP("phrases", "call for help"),
    }
)
DEFECTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "no-work-address": QT_TRANSLATE_NOOP("phrases", "work address"),
        "no-home-address": QT_TRANSLATE_NOOP("phrases", "home address"),
        "no-phone": QT_TRANSLATE_NOOP("phrases", "phone number"),
        "no-police-station": QT_TRANSLATE_NOOP("phrases", "police station"),
        "no-protected-person": QT_TRANSLATE_NOOP("phrases", "protected person"),
        "no-device-protected": QT_TRANSLATE_NOOP("phrases", "device of the protected person"),
        "no-telemetry": QT_TRANSLATE_NOOP("phrases", "device of the wearer"),
        "too-many-extensions": QT_TRANSLATE_NOOP("phrases", "ground for more than two extensions (Stalking Act art. 9(7))"),
    }
)


def legal(label: str | None) -> str:
    """What the law calls an alarm; empty where it has no name."""
    if label is None:
        return ""
    name, _, metres = label.partition(":")
    return word(LEGAL_LABELS, name).replace("{distance}", formats.distance(float(metres)) if metres.isdigit() else "")


def word(table: Mapping[K, str], code: K) -> str:
    """The word for `code` in the operator's language; an unknown code is shown as it is, never hidden."""
    source = table.get(code)
    return code if source is None else translate("phrases", source) if source else ""


def place(named: str | None) -> str:
    """A place as the bridge names it, a kind of place in words of this language: `home 410 m` becomes `집 410 m`; else as it is.

    The library of scenarios calls its places by how far from home they are: `d500`, `n1600`.
    """
    away = AWAY.fullmatch(named or "")
    if away is not None:
        return translate("phrases", "{distance} away").format(distance=formats.distance(float(away[1])))
    kind_of, space, far = (named or "").partition(" ")
    if kind_of not in PLACE_WORDS or (far and not far.removesuffix(" m").isdigit()):
        return named or ""
    return word(PLACE_WORDS, kind_of) + space + (formats.distance(float(far.removesuffix(" m"))) if far else "")


def kind(of: AlarmKind) -> str:
    """What has happened, in two words."""
    return translate("phrases", KINDS[of])


def level(of: AlarmLevel) -> str:
    """`red` or `amber`."""
    return translate("phrases", "red") if of is AlarmLevel.RED else translate("phrases", "amber")


def state(row: AlarmRow, now_us: int) -> str:
    """The state of an alarm with what belongs to it: until when it is shelved."""
    if row.state is AlarmState.SHELVED and row.shelved_until_us is not None:
        return translate("phrases", "put aside {left}").format(left=formats.span((row.shelved_until_us - now_us) / 1e6))
    return translate("phrases", STATES[row.state])


def escalated(row: AlarmRow) -> str:
    """Who else has been told because nobody acknowledged it; empty where nobody has."""
    if row.acknowledged_us is not None or row.escalation < 1:
        return ""
    return translate("phrases", "supervisor told") if row.escalation >= 2 else translate("phrases", "second seat told")


def share_of(row: AlarmRow) -> float | None:
    """How sure the bridge is, 0 to 1; of a way between two positions, that it led through; None where it was reported."""
    share = dict(row.because).get("way_probability") if row.probability is None else row.probability
    return float(share) if isinstance(share, int | float) else None


def certainty(row: AlarmRow) -> str:
    """How sure the bridge is: in words first, with the figure."""
    share = share_of(row)
    if share is None:
        return translate("phrases", "reported")
    if share >= 0.95:
        text = translate("phrases", "certain")
    else:
        text = translate("phrases", "probable") if share >= 0.6 else translate("phrases", "possible")
    return f"{text} {formats.percent(share)}"


def ago(seconds: float | None) -> str:
    """`12 s ago`; `never` when there is no instant."""
    if seconds is None:
        return translate("phrases", "never")
    return translate("phrases", "{span} ago").format(span=length(seconds))


def length(seconds: float) -> str:
    """A length of time as it is spoken: `4 min 50 s`, `2 h 5 min`, `3 days`; never broken over two lines."""
    whole = max(0, round(seconds))
    if whole < 60:
        text = translate("phrases", "{n} s").format(n=whole)
    elif whole < 3600:
        source = translate("phrases", "{m} min {s} s") if whole % 60 else translate("phrases", "{m} min")
        text = source.format(m=whole // 60, s=whole % 60)
    elif whole < 172_800:
        source = translate("phrases", "{h} h {m} min") if whole % 3600 // 60 else translate("phrases", "{h} h")
        text = source.format(h=whole // 3600, m=whole % 3600 // 60)
    else:
        text = translate("phrases", "{d} days").format(d=whole // 86_400)
    return text.replace(" ", NO_BREAK)


def time_left(seconds: float) -> str:
    """What is left until a deadline, as precise as it matters: `19 h`, `2 h 5 min`, `25 min`, `4 min 20 s`; past it with a minus."""
    whole = int(abs(seconds))
    step_s = 3600 if whole >= 36_000 else 60 if whole >= 600 else 1
    return ("−" if seconds <= -1 else "") + length(whole // step_s * step_s)


def pair_sentence(row: PairRow) -> str:
    """How the two stand to one another, as one sentence."""
    if row.distance_m is None:
        return _band_sentence(row)
    parts = [translate("phrases", "{distance} apart").format(distance=formats.distance(row.distance_m)), _movement(row)]
    if row.contact_s is not None and row.contact_s <= 0:
        parts.append(translate("phrases", "inside the alarm ring"))
    elif row.contact_s is not None:
        parts.append(translate("phrases", "contact in {span}").format(span=length(row.contact_s)))
    if row.co_travel:
        parts.append(translate("phrases", "both move as in one vehicle"))
    return translate("phrases", "{parts}.").format(parts=", ".join(part for part in parts if part))


def _band_sentence(row: PairRow) -> str:
    if row.band_m is None:
        return translate("phrases", "The distance is not known.")
    return translate("phrases", "{band} apart; more is shown with an alarm or a grant.").format(band=formats.band(row.band_m))


def _movement(row: PairRow) -> str:
    moving = abs(row.closing_mps or 0.0)
    if row.trend is Trend.CLOSING and row.closing_mps is not None:
        return translate("phrases", "closing {speed}").format(speed=formats.speed(moving))
    if row.trend is Trend.OPENING and row.closing_mps is not None:
        return translate("phrases", "moving away {speed}").format(speed=formats.speed(moving))
    return translate("phrases", "distance steady") if row.trend is Trend.STEADY else ""


def share_sentence(row: PairRow) -> str:
    """Whose movement it is that brings them nearer; empty when they do not come nearer."""
    if row.trend is not Trend.CLOSING or row.closing_share_subject is None:
        return ""
    return translate("phrases", "{share} of the closing speed is the wearer's.").format(share=formats.percent(row.closing_share_subject))


def zone_kind(of: ZoneKind) -> str:
    """`No-entry zone` or `Stay-in zone`."""
    return translate("phrases", "No-entry zone") if of is ZoneKind.EXCLUSION else translate("phrases", "Stay-in zone")


def ring_effect(of: RingEffect) -> str:
    """What entering a ring raises."""
    return translate("phrases", "warns") if of is RingEffect.WARN else translate("phrases", "alarms")


def source(code: int) -> str:
    """How a position was measured, from its code."""
    return translate("phrases", SOURCES[code]) if 0 <= code < len(SOURCES) else formats.NOTHING
