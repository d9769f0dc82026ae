"""The short tour of a first start: a card over the map, one sentence a part of the desk, left at any moment; the list stays free."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from widgets.controls import button, column, label, line

MARGIN_PX: Final = 24
WIDTH_PX: Final = 420


class Tour(QWidget):
    """Stands in the lower left corner of `over`, the middle of the window, and so never over a list; `on_end` when it is left."""

    def __init__(self, over: QWidget, on_end: Callable[[], None]) -> None:
        super().__init__(over)
        self.setObjectName("tour")
        self.setProperty("surface", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._over, self._on_end, self._at = over, on_end, 0
        self._parts = self._texts()
        self._title, self._text, self._count = label("", "title"), label("", wrap=True), label("", "faint")
        self._next = button("", "tour_next", self.go_on)
        self._skip = button(self.tr("Skip the tour") + "  Esc", "tour_skip", self.leave, kind="small")
        foot = line(spacing=8)
        foot.addWidget(self._count, 1)
        foot.addWidget(self._skip)
        foot.addWidget(self._next)
        layout = column(margins=(18, 14, 18, 14), spacing=8)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addLayout(foot)
        self.setLayout(layout)
        over.installEventFilter(self)
        self._show_part()

    def _texts(self) -> tuple[tuple[str, str], ...]:
        return (
            (
                self.tr("◀ Alarms"),
                self.tr("The most urgent stands on top: red act, amber look. Space acknowledges the one you are on; it is yours then."),
            ),
            (
                self.tr("The map"),
                self.tr(
                    "Arrow heads are wearers, rings with a shield the people they must not come near. Double-click any row to go there."
                ),
            ),
            (
                self.tr("The case ▶"),
                self.tr(
                    "How the two stand, in one sentence; below it the next steps with their timers. W records how the first one ended."
                ),
            ),
            (
                self.tr("▼ Charts and incident"),
                self.tr("Enter opens the incident of an alarm. D sends the fastest unit, Alt+D chooses where to. Shift+C closes it."),
            ),
            (
                self.tr("Every action"),
                self.tr("Ctrl+K finds any action by its name, F1 shows all keys, Shift+F1 this tour. The people here are made up."),
            ),
        )

    def go_on(self) -> None:
        """The next part; after the last the tour ends."""
        if self._at + 1 >= len(self._parts):
            self.leave()
            return
        self._at += 1
        self._show_part()

    def leave(self) -> None:
        """End the tour, wherever it is."""
        self._over.removeEventFilter(self)
        self.hide()
        self.deleteLater()
        self._on_end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right and Enter go on, Esc leaves; every other key is the desk's."""
        if event.key() == Qt.Key.Key_Right:
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        """Esc is an action of the desk elsewhere; while the tour has the keyboard it leaves the tour."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the corner when the middle of the window changes."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _show_part(self) -> None:
        title, text = self._parts[self._at]
        last = self._at + 1 == len(self._parts)
        self._title.setText(title)
        self._text.setText(text)
        self._count.setText(f"{self._at + 1} / {len(self._parts)}")
        self._next.setText(self.tr("Begin") if last else self.tr("Next"))
        self._next.setAccessibleName(self._next.text())
        self._skip.setVisible(not last)
        self.setAccessibleName(f"{title}. {text}")
        self.show()
        self._place()
        self.raise_()
        self._next.setFocus()

    def _place(self) -> None:
        self.setFixedWidth(min(WIDTH_PX, max(240, self._over.width() - 2 * MARGIN_PX)))
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))
        self.move(MARGIN_PX, max(MARGIN_PX, self._over.height() - self.height() - 3 * MARGIN_PX))
