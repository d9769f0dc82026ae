"""One line that finds cases, persons, devices and places, as far as the user may know of them."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidgetItem, QWidget

from backend_bridge.domain.queries import Query, Search, SearchHit
from widgets.controls import column, label
from widgets.pick_list import PickList

PAUSE_MS: Final = 180


class SearchDialog(QDialog):
    """Asks the bridge while a person types; `on_hit(hit)` gets what they chose."""

    def __init__(
        self, ask: Callable[[Query, Callable[[object], None]], None], on_hit: Callable[[SearchHit], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("search_dialog")
        self.setWindowTitle(self.tr("Search"))
        self._ask, self._on_hit = ask, on_hit
        self._hits: list[SearchHit] = []
        self.text = QLineEdit()
        self.text.setObjectName("search_text")
        self.text.setPlaceholderText(self.tr("Case, person, device, place"))
        self.text.setAccessibleName(self.tr("Search"))
        self.list = PickList(self.text)
        self.list.setObjectName("search_list")
        self.list.setAccessibleName(self.tr("Found"))
        self._nothing = label("", "faint")
        layout = column(margins=(12, 12, 12, 12), spacing=8)
        layout.addWidget(self.text)
        layout.addWidget(self.list)
        layout.addWidget(self._nothing)
        self.setLayout(layout)
        self.setFixedSize(520, 380)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._on_pause_timeout)
        self.text.textChanged.connect(self._pause.start)
        self.list.itemActivated.connect(self._on_list_activated)

    def show_hits(self, hits: Sequence[SearchHit]) -> None:
        """List what was found."""
        self._hits = list(hits)
        self.list.clear()
        names = {"case": self.tr("Case"), "person": self.tr("Person"), "device": self.tr("Device"), "place": self.tr("Place")}
        for hit in hits:
            self.list.addItem(QListWidgetItem(f"{names.get(hit.what, hit.what)}   {hit.label}"))
        self.list.setCurrentRow(0)
        self._nothing.setText("" if hits else self.tr("Nothing found that you may see."))

    @Slot()
    def _on_pause_timeout(self) -> None:
        wanted = self.text.text().strip()
        if not wanted:
            self.show_hits(())
            return

        def done(answer: object) -> None:
            if wanted == self.text.text().strip() and isinstance(answer, tuple):
                self.show_hits([hit for hit in answer if isinstance(hit, SearchHit)])

        self._ask(Search(text=wanted), done)

    @Slot(QListWidgetItem)
    def _on_list_activated(self, item: QListWidgetItem) -> None:
        self.accept()
        self._on_hit(self._hits[self.list.row(item)])
