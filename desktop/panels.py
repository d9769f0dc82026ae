"""All parts of the desk, built once; the only place that knows every panel."""

from collections.abc import Callable
from dataclasses import dataclass

from backend_bridge.domain.commands import Command
from backend_bridge.domain.queries import Query
from widgets.alarm_panel import AlarmPanel
from widgets.app_panel import AppPanel
from widgets.approvals_panel import ApprovalsPanel
from widgets.case_panel import CasePanel
from widgets.gateway_panel import GatewayPanel
from widgets.health_panel import HealthPanel
from widgets.incident_panel import IncidentPanel
from widgets.kpi_panel import KpiPanel
from widgets.ledger_panel import LedgerPanel
from widgets.map.map_view import MapView
from widgets.replay_bar import ReplayBar
from widgets.silent_panel import SilentPanel
from widgets.theme import Theme
from widgets.top_bar import TopBar
from widgets.training_panel import TrainingPanel
from widgets.trend_chart import TrendChart
from widgets.upkeep_panel import UpkeepPanel


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """What panels may do in the world: give commands, ask questions, lock; and what time the bridge has."""

    submit: Callable[[Command], None]
    ask: Callable[[Query, Callable[[object], None]], None]
    lock: Callable[[], None]
    acknowledge: Callable[[], None]
    open_incident: Callable[[], None]
    now_us: Callable[[], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """One of each."""

    top: TopBar
    alarms: AlarmPanel
    case: CasePanel
    map: MapView
    chart: TrendChart
    incident: IncidentPanel
    approvals: ApprovalsPanel
    kpi: KpiPanel
    ledger: LedgerPanel
    app: AppPanel
    upkeep: UpkeepPanel
    silent: SilentPanel
    health: HealthPanel
    gateways: GatewayPanel
    replay: ReplayBar
    training: TrainingPanel


def build_panels(theme: Theme, deeds: Deeds, map_view: MapView) -> Panels:
    """Build every part in `theme`; the map is given because its web page outlives a change of theme or language."""
    return Panels(
        top=TopBar(theme, deeds.lock),
        alarms=AlarmPanel(theme, deeds.submit, deeds.now_us),
        case=CasePanel(theme, deeds.submit, deeds.ask, deeds.acknowledge, deeds.open_incident),
        map=map_view,
        chart=TrendChart(theme),
        incident=IncidentPanel(theme, deeds.submit),
        approvals=ApprovalsPanel(theme, deeds.submit, deeds.now_us, map_view.basemaps),
        kpi=KpiPanel(theme, deeds.ask, deeds.now_us),
        ledger=LedgerPanel(theme, deeds.ask, deeds.now_us),
        app=AppPanel(theme, deeds.submit),
        upkeep=UpkeepPanel(theme, deeds.submit, deeds.ask, deeds.now_us),
        silent=SilentPanel(theme),
        health=HealthPanel(theme),
        gateways=GatewayPanel(theme),
        replay=ReplayBar(theme),
        training=TrainingPanel(deeds.submit, deeds.ask),
    )
