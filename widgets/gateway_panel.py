"""The gateways and their links: up or down, last heard, what is missing, lost or quarantined."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from backend_bridge.application.rows import GatewayRow
from widgets.models import device_columns
from widgets.models.row_model import RowModel
from widgets.table_panel import TablePanel, TableWords
from widgets.theme import Theme


class GatewayPanel(TablePanel[GatewayRow]):
    """Rows in by `show_rows`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            RowModel(device_columns.GATEWAYS, lambda row: row.gateway, device_columns.gateway_order),
            TableWords(
                name="gateway_panel",
                title=QCoreApplication.translate("GatewayPanel", "Gateways"),
                empty=QCoreApplication.translate("GatewayPanel", "No gateway is enrolled yet: bongsu-bridge enrol-gateway lets one in."),
            ),
            parent=parent,
        )
