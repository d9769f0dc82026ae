"""The health of every device: what needs a hand stands first."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from backend_bridge.application.rows import DeviceRow
from widgets.models import device_columns
from widgets.models.row_model import RowModel
from widgets.table_panel import TablePanel, TableWords
from widgets.theme import Theme


class HealthPanel(TablePanel[DeviceRow]):
    """Rows in by `show_rows`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            RowModel(device_columns.DEVICES, lambda row: row.device, device_columns.device_order, device_columns.device_tone),
            TableWords(
                name="health_panel",
                title=QCoreApplication.translate("HealthPanel", "Devices"),
                empty=QCoreApplication.translate("HealthPanel", "No device is known yet."),
            ),
            parent=parent,
        )
