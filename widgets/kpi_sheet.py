"""The bridge's figures of a shift as the desk reads, words and prints them."""

import json
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.alarms.clusters import FLOOD_BEGINS
from backend_bridge.domain.alarms.kpi import ScreenFigures, SeatFigures, ShiftFigures
from widgets import formats, phrases
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.printed_sheet import Sheet, SheetTable

translate = QCoreApplication.translate

CURES: Final = {
    "propose-zone-change": QT_TRANSLATE_NOOP("KpiPanel", "propose a change of zone or ring"),
    "exchange-device": QT_TRANSLATE_NOOP("KpiPanel", "exchange or check the device"),
    "check-system": QT_TRANSLATE_NOOP("KpiPanel", "have the bridge and its links checked"),
    "review-case": QT_TRANSLATE_NOOP("KpiPanel", "review the case with its officer"),
}
WITHIN_30_S: Final = 0.80
WITHIN_60_S: Final = 0.985


def read_sheet(text: str) -> ShiftFigures:
    """The figures in an answer's JSON text."""
    found: dict[str, Any] = json.loads(text)
    found["by_priority"] = tuple((int(priority), int(n)) for priority, n in found["by_priority"])
    found["top_sources"] = tuple((str(source), int(n), str(cure)) for source, n, cure in found["top_sources"])
    found["windows"] = tuple(map(int, found["windows"]))
    found["to_screen"] = tuple(ScreenFigures(**line) for line in found["to_screen"])
    found["by_seat"] = tuple(SeatFigures(**seat) for seat in found["by_seat"])
    return ShiftFigures(**found)


def source_text(source: str) -> str:
    """Where alarms come from: case, kind, and zone or ring."""
    case, _, rest = source.partition("/")
    kind, _, where = rest.partition("/")
    word = phrases.kind(AlarmKind(kind)) if kind in set(AlarmKind) else kind
    whole = translate("columns", "whole room") if case == "room" else case
    return " · ".join(part for part in (whole, word, "" if where == "-" else where) if part)


def cure_text(code: str) -> str:
    """What would make a source quieter without making anybody less safe."""
    return translate("KpiPanel", CURES[code]) if code in CURES else code


def figures_of(sheet: ShiftFigures, n_stale: int) -> tuple[tuple[str, str, str, bool], ...]:
    """Each figure as (value, name, aim, whether it is good)."""
    return (
        (formats.count(sheet.n_alarms), translate("KpiPanel", "alarms"), "", True),
        (f"{sheet.per_ten_minutes:g}", translate("KpiPanel", "per 10 min"), translate("KpiPanel", "target: 1"), sheet.per_ten_minutes <= 1),
        (
            str(sheet.worst_ten_minutes),
            translate("KpiPanel", "busiest 10 min"),
            translate("KpiPanel", "flood: more than 10"),
            sheet.worst_ten_minutes <= FLOOD_BEGINS,
        ),
        (
            formats.percent(sheet.share_in_flood),
            translate("KpiPanel", "of the time in flood"),
            translate("KpiPanel", "target: 1%"),
            sheet.share_in_flood <= 0.01,
        ),
        (formats.count(sheet.n_acknowledged), translate("KpiPanel", "acknowledged"), "", True),
        (
            formats.percent(sheet.within_30_s),
            translate("KpiPanel", "of these within 30 s"),
            translate("KpiPanel", "target: 80%"),
            sheet.within_30_s is None or sheet.within_30_s >= WITHIN_30_S,
        ),
        (
            formats.percent(sheet.within_60_s),
            translate("KpiPanel", "of these within 60 s"),
            translate("KpiPanel", "target: 98.5%"),
            sheet.within_60_s is None or sheet.within_60_s >= WITHIN_60_S,
        ),
        (formats.span(sheet.median_s), translate("KpiPanel", "median wait"), "", True),
        (str(n_stale), translate("KpiPanel", "older than 24 h"), translate("KpiPanel", "each needs a plan"), n_stale == 0),
        (
            formats.NOTHING if sheet.messages_mean is None else f"{sheet.messages_mean:g}",
            translate("KpiPanel", "messages to a protected person"),
            translate("KpiPanel", "most to one: {n}").format(n=sheet.messages_most),
            True,
        ),
    )


def screen_heads() -> tuple[str, ...]:
    """The headings of the list of how soon alarms were on a screen."""
    return (
        translate("KpiPanel", "Counted from"),
        translate("KpiPanel", "Alarms shown"),
        translate("KpiPanel", "Median"),
        "95%",
        "99%",
        translate("KpiPanel", "Target"),
        translate("KpiPanel", "Within target"),
    )


def screen_cells(line: ScreenFigures) -> tuple[str, ...]:
    """How soon alarms were on a screen, counted from one moment, as cells."""
    received = translate("KpiPanel", "receipt at the bridge")
    return (
        received if line.since == "received" else translate("KpiPanel", "the moment it happened"),
        formats.count(line.n),
        *(_took(seconds) for seconds in (line.median_s, line.p95_s, line.p99_s)),
        formats.span(line.aim_s),
        formats.percent(line.within_aim),
    )


def _took(seconds: float | None) -> str:
    """`0.42 s` where hundredths matter, else like any other length of time."""
    return formats.seconds_text(f"{seconds:.2f}") if seconds is not None and seconds < 10 else formats.span(seconds)


def seat_heads() -> tuple[str, ...]:
    """The headings of the list by seat."""
    return (
        translate("KpiPanel", "Desk"),
        translate("KpiPanel", "User"),
        translate("KpiPanel", "Acknowledged"),
        translate("KpiPanel", "Median"),
        translate("KpiPanel", "In 30 s"),
        translate("KpiPanel", "In 60 s"),
    )


def seat_cells(line: SeatFigures) -> tuple[str, ...]:
    """One user at one desk as cells."""
    return (
        line.seat,
        line.user,
        formats.count(line.n_acknowledged),
        formats.span(line.median_s),
        formats.percent(line.within_30_s),
        formats.percent(line.within_60_s),
    )


def paper_of(sheet: ShiftFigures, n_stale: int, seat: str) -> Sheet:
    """The sheet for paper."""
    period = f"{formats.minute(sheet.from_us)} – {formats.minute(sheet.to_us)} KST"
    figures = tuple((name, value, aim) for value, name, aim, _ in figures_of(sheet, n_stale))
    sources = tuple((str(at), source_text(source), str(n), cure_text(cure)) for at, (source, n, cure) in enumerate(sheet.top_sources, 1))
    windows = tuple((formats.minute(sheet.from_us + at * 600_000_000), str(n)) for at, n in enumerate(sheet.windows) if n)
    return Sheet(
        title=translate("KpiPanel", "Statistics of the shift"),
        facts=((translate("KpiPanel", "Period"), period), (translate("KpiPanel", "Desk"), seat)),
        tables=(
            SheetTable(
                title=translate("KpiPanel", "Figures"),
                heads=(translate("KpiPanel", "Figure"), translate("KpiPanel", "Value"), translate("KpiPanel", "Target")),
                rows=figures,
            ),
            SheetTable(
                title=translate("KpiPanel", "Where most alarms come from"),
                heads=("", translate("KpiPanel", "Source"), translate("KpiPanel", "Alarms"), translate("KpiPanel", "Proposed cure")),
                rows=sources,
            ),
            SheetTable(
                title=translate("KpiPanel", "How soon alarms were on a screen"),
                heads=screen_heads(),
                rows=tuple(map(screen_cells, sheet.to_screen)),
            ),
            SheetTable(title=translate("KpiPanel", "By desk and user"), heads=seat_heads(), rows=tuple(map(seat_cells, sheet.by_seat))),
            SheetTable(
                title=translate("KpiPanel", "Alarms by 10 minutes"),
                heads=(translate("KpiPanel", "From (KST)"), translate("KpiPanel", "Alarms")),
                rows=windows,
            ),
        ),
    )
