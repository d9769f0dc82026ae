"""The columns of the tables about silent cases, devices, gateways, units and the statistics of the shift."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.application.rows import CaseRow, DeviceRow, Freshness, GatewayRow
from backend_bridge.domain.case import Tier
from widgets import formats, phrases
from widgets.drawing import Symbol
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.models.columns import Cell, Column, SortKey, Tone, last
from widgets.theme import Look

TIER_ORDER: Final[Mapping[Tier, float]] = MappingProxyType({Tier.HIGH: 0.0, Tier.MEDIUM: 1.0, Tier.LOW: 2.0})
FRESH_ORDER: Final[Mapping[Freshness, float]] = MappingProxyType(
    {Freshness.LOST: 0.0, Freshness.STALE: 1.0, Freshness.NEVER: 2.0, Freshness.LATE: 3.0, Freshness.LIVE: 4.0}
)
LOW_BATTERY: Final = 20
translate = QCoreApplication.translate


def silent_order(row: CaseRow) -> SortKey:
    """The most dangerous first, then those that have been silent longest."""
    return (TIER_ORDER[row.tier], last(_gone_since(row)), row.case)


def _gone_since(row: CaseRow) -> int | None:
    """Since when nobody knows where the wearer is."""
    return row.unfitted_since_us if row.silent_since_us is None else row.silent_since_us


def _silent_symbol(row: CaseRow, _now_us: int) -> Cell:
    if not row.tracked:
        return Cell(symbol=Symbol.DASH, look=Look.NORMAL)
    return Cell(symbol=Symbol.DISC, look=Look.TECHNICAL, hollow=True)


def _silent_why(row: CaseRow, now_us: int) -> Cell:
    if not row.tracked:
        return Cell(top=translate("columns", "no device in this order"))
    if row.unfitted_since_us is not None:
        since = phrases.length(formats.age_s(now_us, row.unfitted_since_us))
        return Cell(top=translate("columns", "never heard, {span} since the order").format(span=since))
    if row.silent_since_us is None:
        return Cell(top=formats.NOTHING)
    return Cell(
        top=translate("columns", "wearer not heard for {span}").format(span=phrases.length(formats.age_s(now_us, row.silent_since_us)))
    )


SILENT: Final[tuple[Column[CaseRow], ...]] = (
    Column(key="symbol", title="", cell=_silent_symbol, order=silent_order, width_px=34),
    Column(
        key="case",
        title=QT_TRANSLATE_NOOP("columns", "Case"),
        cell=lambda row, _: Cell(top=row.case),
        order=lambda row: (row.case,),
        width_px=132,
        middle=True,
    ),
    Column(
        key="tier",
        title=QT_TRANSLATE_NOOP("columns", "Risk"),
        cell=lambda row, _: Cell(top=phrases.word(phrases.TIERS, row.tier)),
        order=silent_order,
        width_px=106,
    ),
    Column(
        key="why",
        title=QT_TRANSLATE_NOOP("columns", "Why there is no position"),
        cell=_silent_why,
        order=lambda row: (last(_gone_since(row)),),
        width_px=180,
        stretch=True,
    ),
)


def device_order(row: DeviceRow) -> SortKey:
    """What needs a hand first."""
    trouble = row.strap in ("cut", "restored") or row.jammed or row.separated or (row.battery is not None and row.battery <= LOW_BATTERY)
    return (0.0 if trouble else 1.0, FRESH_ORDER[row.freshness], row.device)


def device_tone(row: DeviceRow) -> Tone:
    """Faint for what has never been heard."""
    return Tone(faint=row.freshness is Freshness.NEVER)


def _device_symbol(row: DeviceRow, _now_us: int) -> Cell:
    symbol = Symbol.ARROW if row.part == "subject" else Symbol.SHIELD
    look = Look.NORMAL if row.freshness is Freshness.LIVE else Look.TECHNICAL
    return Cell(symbol=symbol, look=look, hollow=row.freshness is not Freshness.LIVE)


def _device_heard(row: DeviceRow, now_us: int) -> Cell:
    if row.last_measured_us is None:
        return Cell(top=phrases.word(phrases.FRESHNESS, row.freshness))
    age = formats.span(formats.age_s(now_us, row.last_measured_us))
    if row.freshness is Freshness.LIVE:
        return Cell(top=age)
    return Cell(top=f"{phrases.word(phrases.FRESHNESS, row.freshness)} {age}", look=Look.TECHNICAL)


def _device_state(row: DeviceRow, _now_us: int) -> Cell:
    found = [phrases.word(phrases.STRAPS, row.strap)] if row.strap in ("cut", "restored") else []
    if row.jammed:
        found.append(phrases.translate("phrases", "jammed"))
    if row.separated:
        found.append(phrases.translate("phrases", "apart from its wearer"))
    return Cell(top=", ".join(found), look=Look.TECHNICAL if found else None)


def _device_battery(row: DeviceRow, _now_us: int) -> Cell:
    low = row.battery is not None and row.battery <= LOW_BATTERY
    return Cell(top=formats.battery(row.battery) + (" ⚡" if row.charging else ""), look=Look.TECHNICAL if low else None)


DEVICES: Final[tuple[Column[DeviceRow], ...]] = (
    Column(key="symbol", title="", cell=_device_symbol, order=device_order, width_px=34),
    Column(
        key="device",
        title=QT_TRANSLATE_NOOP("columns", "Device"),
        cell=lambda row, _: Cell(top=row.device),
        order=lambda row: (row.device,),
        width_px=96,
    ),
    Column(
        key="heard",
        title=QT_TRANSLATE_NOOP("columns", "Position from"),
        cell=_device_heard,
        order=lambda row: (-last(row.last_measured_us),),
        width_px=100,
        right=True,
    ),
    Column(
        key="accuracy",
        title=QT_TRANSLATE_NOOP("columns", "Accuracy"),
        cell=lambda row, _: Cell(top=f"{phrases.source(row.source)} {formats.error(row.accuracy_m)}"),
        order=lambda row: (last(row.accuracy_m),),
        width_px=112,
        wide_only=True,
    ),
    Column(
        key="battery",
        title=QT_TRANSLATE_NOOP("columns", "Battery"),
        cell=_device_battery,
        order=lambda row: (last(row.battery),),
        width_px=76,
        right=True,
    ),
    Column(key="state", title=QT_TRANSLATE_NOOP("columns", "State"), cell=_device_state, order=device_order, width_px=120, stretch=True),
)


def gateway_order(row: GatewayRow) -> SortKey:
    """What is down first."""
    return (float(row.up), row.gateway)


def _gateway_symbol(row: GatewayRow, _now_us: int) -> Cell:
    return Cell(symbol=Symbol.DISC if row.up else Symbol.CROSS, look=Look.NORMAL if row.up else Look.TECHNICAL)


def _gateway_link(row: GatewayRow, now_us: int) -> Cell:
    if row.revoked:
        return Cell(top=translate("columns", "revoked"))
    if row.up:
        return Cell(top=translate("columns", "up"))
    since = None if row.last_heard_us is None else formats.age_s(now_us, row.last_heard_us)
    return Cell(top=translate("columns", "down, heard {ago}").format(ago=phrases.ago(since)), look=Look.TECHNICAL)


def _gateway_gaps(row: GatewayRow, _now_us: int) -> Cell:
    parts = []
    if row.holes:
        parts.append(translate("columns", "{n} missing").format(n=formats.count(row.holes)))
    if row.lost:
        parts.append(translate("columns", "{n} lost").format(n=formats.count(row.lost)))
    if row.quarantined:
        parts.append(translate("columns", "{n} quarantined").format(n=formats.count(row.quarantined)))
    return Cell(top=", ".join(parts) or formats.NOTHING, look=Look.TECHNICAL if parts else None)


GATEWAYS: Final[tuple[Column[GatewayRow], ...]] = (
    Column(key="symbol", title="", cell=_gateway_symbol, order=gateway_order, width_px=34),
    Column(
        key="gateway",
        title=QT_TRANSLATE_NOOP("columns", "Gateway"),
        cell=lambda row, _: Cell(top=row.gateway),
        order=lambda row: (row.gateway,),
        width_px=110,
    ),
    Column(key="link", title=QT_TRANSLATE_NOOP("columns", "Link"), cell=_gateway_link, order=gateway_order, width_px=140, stretch=True),
    Column(
        key="fixes",
        title=QT_TRANSLATE_NOOP("columns", "Fixes/s"),
        cell=lambda row, _: Cell(top=formats.count(row.fixes_per_s)),
        order=lambda row: (row.fixes_per_s,),
        width_px=72,
        right=True,
    ),
    Column(
        key="gaps",
        title=QT_TRANSLATE_NOOP("columns", "Gaps and bad data"),
        cell=_gateway_gaps,
        order=lambda row: (float(row.holes + row.lost),),
        width_px=150,
        stretch=True,
    ),
)
