"""The figures behind a decision as words: what each is called, and its value with its unit."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.domain.alarm import Figure
from widgets import formats, phrases, phrases_system
from widgets.marks import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate
NO_BREAK: Final = "\u00a0"
"""Between a figure and its unit, which stand in one line."""

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "code": QT_TRANSLATE_NOOP("because", "trouble"),
        "detail": QT_TRANSLATE_NOOP("because", "about"),
        "test": QT_TRANSLATE_NOOP("because", "test"),
        "n_devices": QT_TRANSLATE_NOOP("because", "devices"),
        "n_silent": QT_TRANSLATE_NOOP("because", "silent"),
        "n_watched": QT_TRANSLATE_NOOP("because", "watched"),
        "lat_deg": QT_TRANSLATE_NOOP("because", "latitude"),
        "lon_deg": QT_TRANSLATE_NOOP("because", "longitude"),
        "cause": QT_TRANSLATE_NOOP("because", "cause"),
        "visits": QT_TRANSLATE_NOOP("because", "visits"),
        "way_m": QT_TRANSLATE_NOOP("because", "way"),
        "together": QT_TRANSLATE_NOOP("because", "together"),
        "threshold_percent": QT_TRANSLATE_NOOP("because", "threshold"),
        "stayed_today_min": QT_TRANSLATE_NOOP("because", "stayed today"),
        "stayed_s": QT_TRANSLATE_NOOP("because", "stayed for"),
        "stayed_min": QT_TRANSLATE_NOOP("because", "stayed for"),
        "silent_for_s": QT_TRANSLATE_NOOP("because", "not heard for"),
        "separated_s": QT_TRANSLATE_NOOP("because", "apart for"),
        "motion": QT_TRANSLATE_NOOP("because", "way of moving"),
        "motion_weight": QT_TRANSLATE_NOOP("because", "certainty of the way of moving"),
        "lost_s": QT_TRANSLATE_NOOP("because", "lost for"),
        "last_measured_us": QT_TRANSLATE_NOOP("because", "last known position"),
        "lag_s": QT_TRANSLATE_NOOP("because", "lag"),
        "jump_mps": QT_TRANSLATE_NOOP("because", "speed of the jump"),
        "jammed": QT_TRANSLATE_NOOP("because", "jammed"),
        "interval_s": QT_TRANSLATE_NOOP("because", "usual interval"),
        "displaced_weight": QT_TRANSLATE_NOOP("because", "share of shifted positions"),
        "contact_within_m": QT_TRANSLATE_NOOP("because", "contact within"),
        "closing_share_subject": QT_TRANSLATE_NOOP("because", "wearer's share of the closing"),
        "charging": QT_TRANSLATE_NOOP("because", "charging"),
        "within_m": QT_TRANSLATE_NOOP("because", "within"),
        "rule": QT_TRANSLATE_NOOP("because", "rule"),
        "wearer_distance_m": QT_TRANSLATE_NOOP("because", "distance of the wearer"),
        "wearer_distance_error_m": QT_TRANSLATE_NOOP("because", "error of the wearer's distance"),
        "probability": QT_TRANSLATE_NOOP("because", "probability"),
        "n_fixes": QT_TRANSLATE_NOOP("because", "positions used"),
        "distance_m": QT_TRANSLATE_NOOP("because", "distance"),
        "distance_error_m": QT_TRANSLATE_NOOP("because", "error of the distance"),
        "way_distance_m": QT_TRANSLATE_NOOP("because", "distance then"),
        "way_distance_error_m": QT_TRANSLATE_NOOP("because", "error of the distance then"),
        "signed_distance_m": QT_TRANSLATE_NOOP("because", "distance to the edge"),
        "edge_m": QT_TRANSLATE_NOOP("because", "distance to the edge"),
        "accuracy_m": QT_TRANSLATE_NOOP("because", "accuracy"),
        "sigma_m": QT_TRANSLATE_NOOP("because", "spread of the position"),
        "ring_m": QT_TRANSLATE_NOOP("because", "ring"),
        "limit_m": QT_TRANSLATE_NOOP("because", "limit"),
        "warning_m": QT_TRANSLATE_NOOP("because", "warning band"),
        "reach_m": QT_TRANSLATE_NOOP("because", "could have come"),
        "speed_subject_mps": QT_TRANSLATE_NOOP("because", "speed of the wearer"),
        "speed_protected_mps": QT_TRANSLATE_NOOP("because", "speed of the protected person"),
        "age_subject_s": QT_TRANSLATE_NOOP("because", "age of the wearer's position"),
        "age_protected_s": QT_TRANSLATE_NOOP("because", "age of the protected person's position"),
        "n_fixes_subject": QT_TRANSLATE_NOOP("because", "positions of the wearer used"),
        "n_fixes_protected": QT_TRANSLATE_NOOP("because", "positions of the protected person used"),
        "lasted_s": QT_TRANSLATE_NOOP("because", "lasted for"),
        "largest_mps": QT_TRANSLATE_NOOP("because", "largest speed assumed"),
        "on_foot_mps": QT_TRANSLATE_NOOP("because", "speed assumed on foot"),
        "on_foot_s": QT_TRANSLATE_NOOP("because", "assumed on foot for the first"),
        "error_subject_m": QT_TRANSLATE_NOOP("because", "error of the wearer's position"),
        "error_protected_m": QT_TRANSLATE_NOOP("because", "error of the protected person's position"),
        "miss_m": QT_TRANSLATE_NOOP("because", "closest approach"),
        "closing_mps": QT_TRANSLATE_NOOP("because", "closing speed"),
        "speed_mps": QT_TRANSLATE_NOOP("because", "speed"),
        "contact_s": QT_TRANSLATE_NOOP("because", "limit reached in"),
        "silent_s": QT_TRANSLATE_NOOP("because", "not heard for"),
        "age_s": QT_TRANSLATE_NOOP("because", "age of the position"),
        "dwell_s": QT_TRANSLATE_NOOP("because", "stayed for"),
        "late_s": QT_TRANSLATE_NOOP("because", "came late by"),
        "battery_percent": QT_TRANSLATE_NOOP("because", "battery"),
        "battery": QT_TRANSLATE_NOOP("because", "battery"),
        "measured_at": QT_TRANSLATE_NOOP("because", "measured at"),
        "source": QT_TRANSLATE_NOOP("because", "measured by"),
        "co_travel": QT_TRANSLATE_NOOP("because", "in one vehicle"),
        "threshold": QT_TRANSLATE_NOOP("because", "threshold"),
        "gateway": QT_TRANSLATE_NOOP("because", "gateway"),
        "kind": QT_TRANSLATE_NOOP("because", "kind"),
        "reason": QT_TRANSLATE_NOOP("because", "reason"),
        "channel": QT_TRANSLATE_NOOP("because", "channel"),
        "state": QT_TRANSLATE_NOOP("because", "state"),
        "unit": QT_TRANSLATE_NOOP("because", "unit"),
        "task": QT_TRANSLATE_NOOP("because", "step"),
        "outcome": QT_TRANSLATE_NOOP("because", "outcome"),
    }
)


WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "apart": QT_TRANSLATE_NOOP("because", "devices apart"),
        "battery": QT_TRANSLATE_NOOP("because", "battery"),
        "beacon-contact": QT_TRANSLATE_NOOP("because", "devices in contact"),
        "beacon_contact": QT_TRANSLATE_NOOP("because", "devices in contact"),
        "case-changed": QT_TRANSLATE_NOOP("because", "case changed"),
        "case_opened": QT_TRANSLATE_NOOP("because", "housing opened"),
        "charged": QT_TRANSLATE_NOOP("because", "charged"),
        "charging": QT_TRANSLATE_NOOP("because", "charging"),
        "clock-ahead": QT_TRANSLATE_NOOP("because", "device clock ahead"),
        "clock-behind": QT_TRANSLATE_NOOP("because", "device clock behind"),
        "follows": QT_TRANSLATE_NOOP("because", "follows"),
        "frozen": QT_TRANSLATE_NOOP("because", "the same coordinates again and again"),
        "heard": QT_TRANSLATE_NOOP("because", "heard"),
        "impossible-speed": QT_TRANSLATE_NOOP("because", "impossible speed"),
        "jamming": QT_TRANSLATE_NOOP("because", "jamming"),
        "jamming_end": QT_TRANSLATE_NOOP("because", "jamming over"),
        "lingers": QT_TRANSLATE_NOOP("because", "stays near"),
        "low": QT_TRANSLATE_NOOP("because", "low"),
        "near-sos": QT_TRANSLATE_NOOP("because", "near an SOS"),
        "no-motion": QT_TRANSLATE_NOOP("because", "no motion for very long"),
        "no-signal": QT_TRANSLATE_NOOP("because", "no signal"),
        "not-in-force": QT_TRANSLATE_NOOP("because", "zone or ring no longer in force"),
        "order-ended": QT_TRANSLATE_NOOP("because", "order ended"),
        "power_off": QT_TRANSLATE_NOOP("because", "switched off"),
        "power_on": QT_TRANSLATE_NOOP("because", "switched on"),
        "rejoined": QT_TRANSLATE_NOOP("because", "with the wearer again"),
        "released": QT_TRANSLATE_NOOP("because", "released by a person"),
        "returns": QT_TRANSLATE_NOOP("because", "comes back"),
        "seen": QT_TRANSLATE_NOOP("because", "seen"),
        "separated": QT_TRANSLATE_NOOP("because", "separated"),
        "signal-lost": QT_TRANSLATE_NOOP("because", "signal lost"),
        "sos": "SOS",
        "sources-contradict": QT_TRANSLATE_NOOP("because", "satellites and network contradict each other"),
        "stay": QT_TRANSLATE_NOOP("because", "long stay"),
        "stayed-away": QT_TRANSLATE_NOOP("because", "stayed away"),
        "strap_cut": QT_TRANSLATE_NOOP("because", "strap cut"),
        "strap_restored": QT_TRANSLATE_NOOP("because", "strap whole again"),
        "test": QT_TRANSLATE_NOOP("because", "test"),
        "too-smooth": QT_TRANSLATE_NOOP("because", "too smooth to be measured"),
        "trusted-again": QT_TRANSLATE_NOOP("because", "trusted again"),
        "visits": QT_TRANSLATE_NOOP("because", "comes again and again"),
        "still": QT_TRANSLATE_NOOP("because", "standing still"),
        "walk": QT_TRANSLATE_NOOP("because", "on foot"),
        "walking": QT_TRANSLATE_NOOP("because", "on foot"),
        "drive": QT_TRANSLATE_NOOP("because", "by vehicle"),
        "driving": QT_TRANSLATE_NOOP("because", "by vehicle"),
        "rail": QT_TRANSLATE_NOOP("because", "by rail"),
        "displaced": QT_TRANSLATE_NOOP("because", "shifted position"),
        "gnss": "GNSS",
        "wifi": "Wi-Fi",
        "cell": QT_TRANSLATE_NOOP("because", "mobile cell"),
        "beacon": QT_TRANSLATE_NOOP("because", "beacon"),
    }
)

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "way-between-fixes": QT_TRANSLATE_NOOP(
            "because",
            "No position alone shows it: between the positions of {way_from_us} and {way_until_us} the way most likely led through the "
            "zone at about {way_us} (calculated, {way_probability}).",
        ),
    }
)
"""Causes that are said in a sentence of their own, before the figures that it does not name."""


def name(code: str) -> str:
    """What a figure is called; an unknown one keeps its code, readable."""
    source = NAMES.get(code)
    return code.replace("_", " ") if source is None else translate("because", source)


def value(code: str, figure: Figure) -> str:
    """A figure with the unit that ends its name."""
    if figure is None:
        return formats.NOTHING
    if isinstance(figure, bool):
        return translate("because", "yes") if figure else translate("because", "no")
    if isinstance(figure, tuple):
        return ", ".join(value(code, part) for part in figure)
    if isinstance(figure, str) and code == "code":
        return phrases_system.trouble(figure).removesuffix(".")
    if isinstance(figure, str):
        source = WORDS.get(figure)
        return figure if source is None else translate("because", source)
    if code == "contact_s" and figure <= 0:
        return translate("because", "0 s, already inside")
    return _number(code, float(figure), whole=isinstance(figure, int)).replace(" ", NO_BREAK)


UNITS: Final[tuple[tuple[str, Callable[[float], str]], ...]] = (
    ("_us", lambda figure: formats.clock(int(figure))),
    ("_mps", formats.speed),
    ("_m", formats.distance),
    ("_s", phrases.length),
    ("_min", lambda figure: phrases.length(figure * 60)),
    ("percent", lambda figure: f"{figure:.0f}%"),
    ("battery", lambda figure: f"{figure:.0f}%"),
    ("_deg", lambda figure: f"{figure:.5f}°"),
)
"""How a number is written, by the end of its name."""


def _number(code: str, figure: float, *, whole: bool) -> str:
    for ending, write in UNITS:
        if code.endswith(ending):
            return write(figure)
    if whole:
        return formats.count(figure)
    return formats.percent(figure) if 0 <= figure <= 1 else f"{figure:.2f}"


def _is_named(code: str, figure: Figure, figures: Sequence[tuple[str, Figure]]) -> bool:
    """Whether the sentence of a trouble names already what it is about."""
    return code == "detail" and any(name == "code" and str(other).endswith(f":{figure}") for name, other in figures)


def sentence(figures: Sequence[tuple[str, Figure]], probability: float | None = None) -> str:
    """All figures in one sentence, the probability first."""
    known = [(code, figure) for code, figure in figures if figure not in (None, "") and not _is_named(code, figure, figures)]
    template = SENTENCES.get(str(dict(known).get("cause")))
    if template is not None:
        said = translate("because", template).format_map({code: value(code, figure) for code, figure in known})
        return f"{said} {sentence([each for each in known if each[0] != 'cause' and f'{{{each[0]}}}' not in template], probability)}"
    if probability is not None and all(code != "probability" for code, _ in known):
        known.insert(0, ("probability", probability))
    if known:
        sentences, rest = _judged(dict(known))
        left = _listed([each for each in known if each[0] in rest]) if rest else ""
        return " ".join([*sentences, left[:1].upper() + left[1:] if sentences else left]).strip()
    return translate("because", "No figures: it was reported, not calculated.")


def _listed(figures: Sequence[tuple[str, Figure]]) -> str:
    """What no sentence says: each figure by its name."""
    return (
        ", ".join(value(code, figure) if code == "code" else f"{name(code)}{NO_BREAK}{value(code, figure)}" for code, figure in figures)
        + "."
    )


def _judged(known: Mapping[str, Figure]) -> tuple[list[str], frozenset[str]]:
    """What can be said in sentences of how a decision was reached, and what is left to be listed."""
    said: list[str] = []
    rest = set(known)
    for source, codes in (
        (translate("because", "{probability} likely; positions used: {n_fixes}."), ("probability", "n_fixes")),
        (
            translate("because", "The wearer's position is known to {error_subject_m}, the protected person's to {error_protected_m}."),
            ("error_subject_m", "error_protected_m"),
        ),
        (translate("because", "If both go on like this they pass within {miss_m} of each other."), ("miss_m",)),
    ):
        if all(code in rest for code in codes):
            said.append(source.format_map({code: value(code, known[code]) for code in codes}))
            rest -= set(codes)
    return said, frozenset(rest)
