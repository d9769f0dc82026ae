"""The window: map in the middle, alarms at the left, the case at the right, charts below; every part can float."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDockWidget,
    QFrame,
    QLabel,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from backend_bridge.application.rows import RoomRow, SessionRow
from backend_bridge.domain.exercise import Vouched
from desktop import actions
from desktop.panels import Panels
from widgets.controls import restyle
from widgets.drawing import window_icon
from widgets.not_live_overlay import NotLiveOverlay
from widgets.theme import Theme
from widgets.tour import Tour
from widgets.window_frame import WindowFrame

DESIGN_WIDTH: Final = 1600
MESSAGE_MS: Final = 8000
MESSAGE_PX: Final = 620
MESSAGE_EDGE_PX: Final = 16
LAYOUT_VERSION: Final = 1
INCIDENT_PX, INCIDENT_LOW_PX = 430, 330
"""How high an incident is at least that somebody turned to: on a high screen nothing in it needs scrolling."""
HIGH_PX: Final = 900
ON_WISH: Final = frozenset({"app", "training"})
"""Parts that are there only when somebody asks for them."""
WITHOUT_A_NAME: Final = frozenset({"menu", "full_screen", "switch_theme", "switch_language", "switch_user", "log_out", "quit"})
"""What may be done at a locked desk: nothing of it shows or changes anything of the room."""


class MainWindow(QMainWindow):
    """Holds the panels in docks; remembers for each user where they stood."""

    def __init__(self, theme: Theme, panels: Panels, layouts: QSettings | None) -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("main_window")
        self.setWindowTitle(self.tr("Bongsu"))
        self.setWindowIcon(window_icon(theme.look, theme.window))
        self._panels, self._layouts = panels, layouts
        self._user = ""
        self.on_closed: Callable[[], None] = lambda: None
        self.actions_by_name: Mapping[str, QAction] = {}
        self.docks: dict[str, QDockWidget] = {}
        self._put_away: list[QWidget] = []
        self._pages, self._middle = QStackedWidget(), QFrame()
        self._build()
        self.frame = WindowFrame(theme, self)
        self.overlay = NotLiveOverlay(theme, self)
        self.overlay.free, self.overlay.deeper = panels.top.free_span, panels.map
        self._message = QLabel(self)
        self._message.setObjectName("message")
        self._message.setWordWrap(True)
        self._message.hide()
        self._message_ends = QTimer(self, singleShot=True, interval=MESSAGE_MS)
        self._message_ends.timeout.connect(self._message.hide)

    def _build(self) -> None:
        self.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AnimatedDocks
        )
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        for corner, area in (
            (Qt.Corner.TopLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea),
            (Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea),
            (Qt.Corner.TopRightCorner, Qt.DockWidgetArea.RightDockWidgetArea),
            (Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea),
        ):
            self.setCorner(corner, area)
        for page in (self._panels.map, self._panels.approvals, self._panels.kpi, self._panels.ledger, self._panels.upkeep):
            self._pages.addWidget(page)
        middle = self._middle
        middle.setObjectName("middle")
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._pages, 1)
        self.setCentralWidget(middle)
        self._replay_bar = QToolBar(self.tr("Time bar"), self)
        self._replay_bar.setObjectName("replay_tool_bar")
        self._replay_bar.setMovable(False)
        self._replay_bar.addWidget(self._panels.replay)
        self._replay_bar.hide()
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self._replay_bar)
        self._add_docks()

    def _add_docks(self) -> None:
        left, right, bottom = (
            Qt.DockWidgetArea.LeftDockWidgetArea,
            Qt.DockWidgetArea.RightDockWidgetArea,
            Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        parts = (
            ("alarms", self.tr("Alarms"), self._panels.alarms, left),
            ("silent", self.tr("Silent cases"), self._panels.silent, left),
            ("health", self.tr("Devices"), self._panels.health, left),
            ("gateways", self.tr("Gateways"), self._panels.gateways, left),
            ("case", self.tr("Case"), self._panels.case, right),
            ("app", self.tr("App"), self._panels.app, right),
            ("training", self.tr("Exercise"), self._panels.training, right),
            ("chart", self.tr("Charts"), self._panels.chart, bottom),
            ("incident", self.tr("Incident"), self._panels.incident, bottom),
        )
        for name, title, panel, area in parts:
            dock = QDockWidget(title, self)
            dock.setObjectName(f"dock_{name}")
            dock.setWidget(panel)
            dock.setTitleBarWidget(QWidget(dock))
            dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable | QDockWidget.DockWidgetFeature.DockWidgetFloatable)
            dock.topLevelChanged.connect(lambda floating, one=dock: self._on_dock_floated(one, floating=floating))
            self.addDockWidget(area, dock)
            self.docks[name] = dock
        self.splitDockWidget(self.docks["alarms"], self.docks["silent"], Qt.Orientation.Vertical)
        for name in ("health", "gateways"):
            self.tabifyDockWidget(self.docks["silent"], self.docks[name])
        self.tabifyDockWidget(self.docks["chart"], self.docks["incident"])
        self.tabifyDockWidget(self.docks["case"], self.docks["app"])
        self.tabifyDockWidget(self.docks["case"], self.docks["training"])
        self.docks["training"].hide()
        self.docks["app"].hide()
        self.docks["silent"].raise_()
        self.docks["chart"].raise_()

    def take_actions(self, made: Mapping[str, QAction]) -> None:
        """Put the menus behind the button at the top left."""
        self.actions_by_name = made
        self._panels.map.on_search = made["search"].trigger
        menu = QMenu(self)
        actions.fill(menu, made)
        self._panels.top.take_menu(menu)
        self.setMenuWidget(self._panels.top)

    def show_covered(self, covered: bool) -> None:
        """While nobody has proved who they are no key of the room works, and no window beside this one says anything of it."""
        for name, action in self.actions_by_name.items():
            action.setEnabled(not covered or name in WITHOUT_A_NAME)
        if covered:
            beside = [one for one in self.findChildren(QWidget) if isinstance(one, QDialog | QDockWidget) and one.isWindow()]
            for one in filter(QWidget.isVisible, beside):
                if not one.isModal():
                    self._put_away.append(one)
                one.hide()
            return
        put_away, self._put_away = self._put_away, []
        for part in put_away:
            part.show()

    def arrange(self) -> None:
        """Put every part back in its place and give each its share of the window."""
        for name, dock in self.docks.items():
            dock.setFloating(False)
            dock.setVisible(name not in ON_WISH)
        wide = self.width() >= DESIGN_WIDTH
        horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self.resizeDocks([self.docks["alarms"], self.docks["case"]], [660 if wide else 520, 392 if wide else 344], horizontal)
        high = self.height() >= HIGH_PX
        self.resizeDocks(
            [self.docks["alarms"], self.docks["silent"]], [self.height() - (300 if high else 210), 230 if high else 150], vertical
        )
        self.resizeDocks([self.docks["chart"]], [330 if high else 250], vertical)
        self.show_page(self.page())

    def show_page(self, at: int) -> None:
        """0 the map, 1 approvals, 2 statistics, 3 the ledger, 4 upkeep; charts and incident go with the map, on small ones the case too."""
        self._pages.setCurrentIndex(at)
        self._panels.case.show_brief(at != 0)
        for name in ("chart", "incident") if self.width() >= DESIGN_WIDTH else ("chart", "incident", "case"):
            dock = self.docks[name]
            if not dock.isFloating():
                dock.setVisible(at == 0)
        if at != 0 and self.width() < DESIGN_WIDTH and not self.docks["app"].isFloating():
            self.docks["app"].hide()

    def page(self) -> int:
        """Which of the pages is shown."""
        return self._pages.currentIndex()

    def raise_dock(self, name: str) -> None:
        """Bring a part to the front and give it the keyboard."""
        dock = self.docks[name]
        dock.show()
        dock.raise_()
        wanted = INCIDENT_PX if self.height() >= HIGH_PX else INCIDENT_LOW_PX
        if name == "incident" and not dock.isFloating() and dock.height() < wanted:
            self.resizeDocks([dock], [wanted], Qt.Orientation.Vertical)  # what is to be said on the phone must be read at a glance
        dock.widget().setFocus()

    def show_beside_map(self, name: str) -> None:
        """Bring a part to the front beside the map, or put it away when it is there."""
        dock = self.docks[name]
        if dock.isVisible() and not dock.visibleRegion().isEmpty():
            dock.hide()
            return
        self.show_page(0)
        self.raise_dock(name)

    def show_tour(self) -> None:
        """The short tour over the middle of the window; once it was seen it does not come by itself any more."""
        self.show_page(0)
        for old in self._middle.findChildren(Tour):
            old.leave()
        Tour(self._middle, self.docks, self._on_tour_end)

    def tour_first_start(self) -> None:
        """Show the tour to whoever starts this desk for the first time."""
        if self._layouts is not None and not self._layouts.value("tour/seen", defaultValue=False, type=bool):
            self.show_tour()

    def _on_tour_end(self) -> None:
        if self._layouts is not None:
            self._layouts.setValue("tour/seen", True)
        self._panels.alarms.table.setFocus()

    def float_focused(self) -> None:
        """Move the part that has the keyboard into a window of its own, or back."""
        focus = QApplication.focusWidget()
        for dock in self.docks.values():
            if focus is not None and dock.isAncestorOf(focus):
                dock.setFloating(not dock.isFloating())
                return

    def say(self, sentence: str, *, good: bool = False) -> None:
        """Say something at the foot of the lists for a while, without a colour where all is well; screen readers read it.

        Nothing to press lies there, and neither the map nor a chart.
        """
        if not sentence:
            return
        restyle(self._message, "good", "yes" if good else "")
        self._message.setText(sentence)
        self._message.setAccessibleName(sentence)
        lists = self.docks["alarms"]
        beside = lists.isVisible() and not lists.isFloating()
        bar_px = self._replay_bar.sizeHint().height() if self._replay_bar.isVisible() else 0
        left, foot = lists.x() if beside else 0, self.height() - bar_px
        self._message.setFixedWidth(min(MESSAGE_PX, (lists.width() if beside else self.width()) - 2 * MESSAGE_EDGE_PX))
        self._message.adjustSize()
        self._message.move(left + MESSAGE_EDGE_PX, foot - self._message.height() - MESSAGE_EDGE_PX)
        self._message.show()
        self._message.raise_()
        self._message_ends.start()

    def show_training(self, *, on: bool) -> None:
        """The part for exercises comes to the front when one begins, and is not there in a real room."""
        dock = self.docks["training"]
        if on and dock.isHidden():
            dock.show()
            QTimer.singleShot(0, dock.raise_)  # its tab is there only once Qt has laid the parts out
        elif not on:
            dock.hide()

    def show_frame(self, room: RoomRow | None, session: SessionRow | None) -> None:
        """An unmistakable frame and title where the picture is a recording or an exercise."""
        exercise = session is not None and session.exercise
        replay = room is not None and room.replay
        kind = "-".join(word for word, on in (("exercise", exercise), ("replay", replay)) if on)
        own = exercise and room is not None and room.exercise is not None and room.exercise.vouched is Vouched.OWN
        words = ((self.tr("EXERCISE"), exercise), (self.tr("own scenario, not signed"), own), (self.tr("REPLAY"), replay))
        banner = " · ".join(word for word, on in words if on)
        self.setWindowTitle(f"{banner} · {self.tr('Bongsu')}" if banner else self.tr("Bongsu"))
        self.frame.show_kind(kind)
        self._panels.top.show_banner(banner, kind)
        self._replay_bar.setVisible(replay)
        self._panels.map.set_frame(kind or "live")

    def remember_for(self, user: str) -> None:
        """Bring back the layout of this user, and keep it from now on."""
        if user == self._user:
            return
        self._user = user
        if self._layouts is None:
            self.arrange()
            return
        geometry, state = self._layouts.value(f"{user}/geometry"), self._layouts.value(f"{user}/state")
        if isinstance(geometry, QByteArray) and isinstance(state, QByteArray):
            self.restoreGeometry(geometry)
            self.restoreState(state, LAYOUT_VERSION)
        else:
            self.arrange()

    def keep_layout(self) -> None:
        """Write down where the parts stand for the user who is logged in."""
        if self._user and self._layouts is not None:
            self._layouts.setValue(f"{self._user}/geometry", self.saveGeometry())
            self._layouts.setValue(f"{self._user}/state", self.saveState(LAYOUT_VERSION))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the layout before going."""
        self.keep_layout()
        super().closeEvent(event)
        self.on_closed()

    def _on_dock_floated(self, dock: QDockWidget, *, floating: bool) -> None:
        dock.setTitleBarWidget(None if floating else QWidget(dock))  # type: ignore[arg-type]  # None brings Qt's own title bar back
