"""The short tour of a first start: a card over the map, one sentence a part of the desk, left at any moment; the list stays free."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from widgets.controls import button, column, label, line

MARGIN_PX: Final = 24
BELOW_TOOLS_PX: Final = 60
WIDTH_PX: Final = 420
OUTLINED: Final = ("alarms", "middle", "case", "chart", "")
"""The part of the desk that each card is about."""


class Tour(QWidget):
    """Stands at that edge of `over`, the middle of the window, behind which the part that it explains begins, and so over no list.

    `parts` are the parts by name, one of which is outlined at a time; `on_end` when it is left.
    """

    def __init__(self, over: QWidget, parts: Mapping[str, QWidget], on_end: Callable[[], None]) -> None:
        super().__init__(over)
        self.setObjectName("tour")
        self._named = {**parts, "middle": over}
        self._outline = QFrame(over.window())
        self._outline.setObjectName("tour_outline")
        self._outline.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._over, self._on_end, self._at = over, on_end, 0
        self._parts = self._texts()
        self._title, self._text, self._count = label("", "title"), label("", wrap=True), label("", "faint")
        self._next = button("", "tour_next", self.go_on)
        self._back = button(self.tr("Back"), "tour_back", self.go_back, kind="small")
        self._skip = button(self.tr("Skip the tour") + "  Esc", "tour_skip", self.leave, kind="small")
        foot = line(spacing=8)
        foot.addWidget(self._count, 1)
        foot.addWidget(self._skip)
        foot.addWidget(self._back)
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

    def go_back(self) -> None:
        """The part before; nothing at the first."""
        if self._at > 0:
            self._at -= 1
            self._show_part()

    def outlined(self) -> QRect:
        """What is outlined, in the window; empty where the card is about the whole desk, or its part is not shown."""
        part = self._named.get(OUTLINED[self._at])
        if part is None or not part.isVisible():
            return QRect()
        return QRect(part.mapTo(self._over.window(), QPoint(0, 0)), part.size())

    def leave(self) -> None:
        """End the tour, wherever it is."""
        self._outline.hide()
        self._outline.deleteLater()
        self._over.removeEventFilter(self)
        self.hide()
        self.deleteLater()
        self._on_end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right and Enter go on, Left goes back, Esc leaves; every other key is the desk's."""
        if event.key() == Qt.Key.Key_Right:
            self.go_on()
        elif event.key() == Qt.Key.Key_Left:
            self.go_back()
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
        self._back.setVisible(self._at > 0)
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
        at_right, at_foot = OUTLINED[self._at] == "case", OUTLINED[self._at] == "chart"
        x = self._over.width() - self.width() - MARGIN_PX if at_right else MARGIN_PX
        y = self._over.height() - self.height() - MARGIN_PX if at_foot else BELOW_TOOLS_PX
        self.move(max(0, x), max(MARGIN_PX, min(y, self._over.height() - self.height() - MARGIN_PX)))
        box = self.outlined()
        self._outline.setGeometry(box)
        self._outline.setVisible(not box.isEmpty())
        self._outline.raise_()
        self.raise_()
