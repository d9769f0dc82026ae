"""The composition root of the desk: link, board, panels, window and sound, put together; rebuilt when theme or language change."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from backend_bridge.application.link_state import LinkPhase, LinkState
from backend_bridge.application.rows import AlarmRow, PositionFrame, Row
from backend_bridge.application.tables import Table
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.commands import Command
from backend_bridge.domain.identifiers import AlarmId
from backend_bridge.domain.queries import Query
from desktop import actions, translations
from desktop.alerts import Alerts
from desktop.basemaps import basemaps_of
from desktop.board import Board
from desktop.bridge_address import BridgeAddress
from desktop.cycle_collection import CycleCollection
from desktop.desk_link import DeskLink, LinkHandlers, LinkSettings, Refusal
from desktop.expiring_files import ExpiringFiles
from desktop.held_acts import HeldActs
from desktop.logging_setup import log_folder
from desktop.main_window import MainWindow
from desktop.map_watch import MapWatch
from desktop.operations import open_wall, runs
from desktop.panels import Deeds, build_panels
from desktop.room_view import RoomView, red_waiting
from desktop.settings import DeskSettings
from widgets import phrases_bridge
from widgets.map.map_view import MapView
from widgets.models.alarm_columns import WAITING
from widgets.password_dialog import PasswordDialog
from widgets.phrases_refusals import refusal
from widgets.sign_in import SignIn
from widgets.theme import Theme, dress, load_theme

EXPIRING_MS: Final = 60_000
"""How often the desk looks for saved files whose time is over."""
LAST_TURN_MS: Final = 150
HANDS: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel})


class Desk(QObject):
    """The running desk of one person; `connect_to` begins, everything else follows from what the bridge says."""

    def __init__(self, application: QApplication, settings: DeskSettings, layouts: QSettings | None, leave: Callable[[], None]) -> None:
        super().__init__(application)
        self._application, self._settings, self._layouts, self._leave = application, settings, layouts, leave
        self._theme_name = settings.theme
        self._language = translations.chosen_language(settings.language)
        self.board = Board()
        self.link: DeskLink | None = None
        self.state: LinkState | None = None
        self._address: BridgeAddress | None = None
        self._login = 0
        self._walled = False
        self._logged_in_by_itself = False
        self.on_rows: Callable[[str, tuple[Row, ...]], None] = lambda _table, _rows: None
        self.alerts = Alerts(settings.sound_volume, self._on_sound_device, self)
        self.cycles = CycleCollection(self)
        self.held = HeldActs(self._send, lambda sentence: self.window.say(sentence), self)  # noqa: PLW0108 - the window is built anew
        self.map = MapView(basemaps=basemaps_of(settings))
        self.window, self.view, self.sign_in = self._build()
        self.sign_in.show_waiting(self.tr("Starting the bridge…"))
        self._expiring = QTimer(self, interval=EXPIRING_MS)
        self._expiring.timeout.connect(self._delete_expired)
        self._expiring.start()

    def connect_to(self, address: BridgeAddress) -> None:
        """Open the link to a bridge that listens."""
        self._address = address
        settings = LinkSettings(
            endpoint=address.endpoint, server_key=address.server_key, desk_public=address.desk_public, desk_secret=address.desk_secret
        )
        handlers = LinkHandlers(
            on_rows=self._on_link_rows, on_frame=self._on_link_frame, on_state=self._on_link_state, on_sound=self._on_link_sound
        )
        self.link = DeskLink(settings, handlers, self)
        self.link.start()

    def stop(self) -> None:
        """Close the link, keep the layout, and let the map's page go."""
        self.window.keep_layout()
        self.held.let_go()
        self.alerts.sounder.end()
        if self.link is not None:
            self.link.stop()
            self.link = None
        self.cycles.let_go()
        self.window.overlay.deeper = None  # a bridge that ends at the same time has it painted while the map goes
        self.window.hide()
        self.map.close_mirrors()
        life = self.map.life
        life.outlive_page()  # the web engine's own thread may still look at the profile
        self.map.setParent(None)
        self.map.deleteLater()
        self._let_go()
        life.deleteLater()
        self._let_go()

    def _delete_expired(self) -> None:
        """Take away what was saved for a time only, by the bridge's clock."""
        if self.link is not None:
            ExpiringFiles(log_folder()).delete_due(self.now_us())

    def _let_go(self) -> None:
        """Give Qt a moment to do what it has put off."""
        last_turn = QEventLoop()
        QTimer.singleShot(LAST_TURN_MS, last_turn.quit)
        last_turn.exec()

    def now_us(self) -> int:
        """What the bridge's clock shows."""
        return 0 if self.link is None else self.link.bridge_now_us()

    def _build(self) -> tuple[MainWindow, RoomView, SignIn]:
        translations.install(self._application, self._language)
        theme = load_theme(self._theme_name)
        dress(self._application, theme)
        self.map.set_theme(self._theme_name)
        self.map.set_language(self._language)
        deeds = Deeds(
            submit=self._submit, ask=self._ask, lock=self._lock, acknowledge=self._acknowledge, open_incident=self._open, now_us=self.now_us
        )
        panels = build_panels(theme, deeds, self.map)
        window = MainWindow(theme, panels, self._layouts)
        self._watch_map(theme)
        view = RoomView(window, panels, self.board, deeds)
        shell = {
            "quit": self._leave,
            "undo": self.held.undo,
            "lock": self._lock,
            "log_out": self._log_out,
            "silence": self.alerts.silence,
            "switch_theme": self._switch_theme,
            "switch_language": self._switch_language,
            "switch_user": self._switch_user,
            "change_password": self._change_password,
        }
        window.on_closed = self._on_window_closed
        panels.top.show_sound(works=self.alerts.works())
        window.take_actions(actions.build(window, panels.alarms, runs(view, shell)))
        sign_in = SignIn(theme, self._log_in, self._unlock, window)
        sign_in.on_cover, sign_in.on_other, sign_in.now_us = window.show_covered, self._log_out, self.now_us
        return window, view, sign_in

    def _watch_hands(self) -> None:
        """Tell the bridge when somebody touches mouse or keyboard: it locks a desk that nobody touches."""
        handle = self.window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only the events of the window itself pass here, not those of every widget."""
        if event.type() in HANDS and self.link is not None:
            self.link.touched()
        return False

    def _watch_map(self, theme: Theme) -> None:
        for old in self.map.findChildren(MapWatch):
            old.overlay.deleteLater()
            old.deleteLater()
        self.map_watch = MapWatch(theme, self.map, self.now_us)

    def _rebuild(self) -> None:
        """The same desk in another theme or language; the link and the map's page live on."""
        old, seen = self.window, self.view
        old.keep_layout()
        geometry = old.saveGeometry()
        self.window, self.view, self.sign_in = self._build()
        self.window.restoreGeometry(geometry)
        self.window.show()
        old.on_closed = lambda: None
        old.close()
        old.deleteLater()
        self.cycles.thaw()
        self.view.show_everything()
        self.view.choose_as(seen)
        if self.state is not None:
            self._on_link_state(self.state)

    def _submit(self, command: Command) -> None:
        self.held.submit(command)

    def _send(self, command: Command) -> None:
        if self.link is not None:
            self.link.submit(command, self._on_refusal)

    def _ask(self, query: Query, done: Callable[[object], None]) -> None:
        if self.link is not None:
            self.link.ask(query, done)

    def _acknowledge(self) -> None:
        self.view.panels.alarms.acknowledge()

    def _open(self) -> None:
        row = self.view.chosen_alarm()
        if row is not None:
            self.view.open_alarm(row)

    def _log_in(self, user: str, password: str) -> None:
        if self.link is not None:
            self._logged_in_by_itself = False
            self.link.log_in(user, password)

    def _unlock(self, password: str) -> None:
        if self.link is not None:
            self.link.unlock(password)

    def _lock(self) -> None:
        if self.link is not None:
            self.held.let_go()
            self.view.panels.case.hide_answers()
            self.link.lock()

    def _change_password(self) -> None:
        dialog = PasswordDialog(self.window)
        if dialog.exec() and self.link is not None:
            self.link.change_password(*dialog.passwords(), self._on_refusal)

    def _log_out(self) -> None:
        if self.link is not None:
            self.held.let_go()
            self.link.log_out()

    def _switch_user(self) -> None:
        """In a demonstration: become the next of its users."""
        if self._address is not None and self._address.demo and self.link is not None:
            self._login = (self._login + 1) % len(self._address.logins)
            self.link.log_out()

    def _switch_theme(self) -> None:
        self._theme_name = "day" if self._theme_name == "night" else "night"
        self._rebuild()

    def _switch_language(self) -> None:
        self._language = "en" if self._language == "ko" else "ko"
        self._rebuild()

    def _on_window_closed(self) -> None:
        self._leave()

    def _on_link_rows(self, table: str, put: tuple[Row, ...], gone: tuple[str, ...]) -> None:
        self.view.take_rows(table, put, gone)
        if table == Table.ALARMS:
            self._settle_sounds(put, gone)
        self.on_rows(table, put)

    def _settle_sounds(self, put: tuple[Row, ...], gone: tuple[str, ...]) -> None:
        for key in gone:
            self.alerts.acknowledged(AlarmId(key))
        for row in put:
            if isinstance(row, AlarmRow) and row.state not in WAITING:
                self.alerts.acknowledged(row.alarm)
        if self.state is not None and self.state.phase is LinkPhase.LOCKED:
            self.sign_in.show_alarms(red_waiting(self.board))

    def _on_link_frame(self, frame: PositionFrame) -> None:
        self.view.take_frame(frame)
        self.map_watch.sent()

    def _on_link_sound(self, alarm: AlarmId, _level: AlarmLevel, priority: int, _escalation: int) -> None:
        row = self.board.alarms.get(alarm)
        self.alerts.sound(alarm, None if row is None else row.kind, priority)

    def _on_link_state(self, state: LinkState) -> None:
        before, self.state = self.state, state
        self.view.live = state.phase in (LinkPhase.LIVE, LinkPhase.LOCKED)
        self._show_lost(state, new=before is None or before.phase is not state.phase)
        match state.phase:
            case LinkPhase.CONNECTING | LinkPhase.OPENING:
                if before is None or not self.board.cases:
                    self.sign_in.show_waiting(self.tr("Reaching the bridge…"))
            case LinkPhase.ASKING | LinkPhase.ENDED:
                self._who(state)
            case LinkPhase.LOCKED:
                if before is None or before.phase is not state.phase:
                    self.cycles.thaw()  # nobody works here now
                self.sign_in.ask_again(state.user or "", refusal(state.detail) if state.detail else "")
                self.sign_in.show_alarms(red_waiting(self.board))
            case LinkPhase.LIVE:
                self._live(state)
            case _:
                pass

    def _who(self, state: LinkState) -> None:
        logins = () if self._address is None else self._address.logins
        if logins and not self._logged_in_by_itself and state.detail in ("", "logout") and self.link is not None:
            _role, user, password = logins[self._login]
            self._logged_in_by_itself = True
            self.link.log_in(user, password)
            return
        self._logged_in_by_itself = False
        self.sign_in.ask_who(refusal(state.detail) if state.detail else "")

    def _live(self, state: LinkState) -> None:
        self.sign_in.leave()
        self.cycles.settle_soon()
        self.window.remember_for(state.user or "")
        self._watch_hands()
        if self._settings.wall and not self._walled:
            self._walled = True
            open_wall(self.map, hands=False)
        if state.must_change_password:
            QTimer.singleShot(0, self._change_password)
        self.view.panels.alarms.table.setFocus()
        if self._logged_in_by_itself and self._address is not None and self._address.demo:
            self._logged_in_by_itself = False
            text = self.tr("Demonstration with made-up people: logged in as {user} by itself. Ctrl+U changes to the other user.")
            self.window.say(text.format(user=state.user), good=True)
            self.window.tour_first_start()

    def _show_lost(self, state: LinkState, *, new: bool) -> None:
        lost = state.phase is LinkPhase.LOST
        self.view.show_lost(state.since_us if lost else None)
        if not lost:
            self.window.overlay.show_live()
            return
        self.window.overlay.show_lost(state.since_us, phrases_bridge.lost(self._settings.next_desk))
        self.window.overlay.show_now(self.now_us())
        if new:
            self.alerts.not_live()

    def _on_refusal(self, code: Refusal | None) -> None:
        if code is not None:
            self.window.say(refusal(str(code), code.sentence))

    def _on_sound_device(self, works: bool) -> None:
        window = getattr(self, "window", None)
        text = self.tr("Sound works again.") if works else self.tr("No sound device: alarms cannot be heard at this desk.")
        if isinstance(window, MainWindow):
            window.say(text, good=works)
            self.view.panels.top.show_sound(works=works)
