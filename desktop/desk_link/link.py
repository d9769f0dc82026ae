"""The link as the desk's GUI thread sees it: plain callables in one thread, whatever the socket's thread does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QDateTime, QElapsedTimer, QObject, Qt, Signal, Slot

from backend_bridge.application.link_state import LinkState
from backend_bridge.application.rows import PositionFrame, Row
from backend_bridge.desk_protocol import ChangePassword, Lock, Logout, Sound, Unlock, act, ask
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.commands import Command
from backend_bridge.domain.identifiers import AlarmId
from backend_bridge.domain.queries import Query
from desktop.desk_link.receiver import Receiver
from desktop.desk_link.settings import LinkSettings, Refusal

_MS_US: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkHandlers:
    """What the link calls, always in the GUI thread and in the order in which things came."""

    on_rows: Callable[[str, tuple[Row, ...], tuple[str, ...]], None]
    """Table, rows that are new or changed, keys that are gone (before the new ones)."""
    on_frame: Callable[[PositionFrame], None]
    """The newest positions; older ones are never delivered."""
    on_state: Callable[[LinkState], None]
    on_sound: Callable[[AlarmId, AlarmLevel, int, int], None] = lambda *_: None
    """Sound an alarm now: alarm, level, priority, escalation (0 own seat, 1 second seat, 2 supervisor)."""


class DeskLink(QObject):
    """Rows, positions and the link's state in; commands and queries out. One queued crossing into this object's thread."""

    _news_came = Signal()

    def __init__(self, settings: LinkSettings, handlers: LinkHandlers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handlers = handlers
        self._receiver = Receiver(settings, _wall_us, self._news_came.emit)
        self._receiver.idle_s = self._idle_s
        self._untouched = QElapsedTimer()
        self._untouched.start()
        self._news_came.connect(self._on_news_came, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to connect; what comes of it is told through the handlers."""
        self._receiver.start(self._handlers.on_state, self._sound)

    def stop(self) -> None:
        """Close the link within a second; handlers are not called any more."""
        self._news_came.disconnect(self._on_news_came)
        self._receiver.stop()

    def log_in(self, user: str, password: str) -> None:
        """Prove who sits here; a refusal comes as the `detail` of the next state."""
        self._receiver.log_in(user, password)

    def log_out(self) -> None:
        """End the session."""
        self._receiver.send(Logout())

    def lock(self) -> None:
        """Hide everything but that there are alarms."""
        self._receiver.send(Lock())

    def unlock(self, password: str) -> None:
        """Show everything again to the user who is logged in."""
        self._receiver.send(Unlock(password=password))

    def change_password(self, old: str, new: str, done: Callable[[Refusal | None], None]) -> None:
        """Choose another password; `done` gets None or the refusal."""
        self._receiver.change_password(ChangePassword(old=old, new=new), lambda answer: done(_refusal(answer)))

    def submit(self, command: Command, done: Callable[[Refusal | None], None] = lambda _: None) -> None:
        """Give a command; `done` gets None once it is on the bridge's disk, or the refusal: its code as text."""
        self._receiver.request(lambda number: act(number, command), lambda answer: done(_refusal(answer)))

    def ask(self, query: Query, done: Callable[[object], None]) -> None:
        """Ask; `done` gets a `Track`, a tuple of rows or texts (an export: file, passphrase, manifest), or a `Refusal`."""
        self._receiver.request(lambda number: ask(number, query), done)

    def touched(self) -> None:
        """Somebody used mouse or keyboard: the bridge locks a desk that nobody touches."""
        self._untouched.restart()

    def bridge_now_us(self) -> int:
        """What the bridge's clock shows now, by which all ages count; this machine's clock before the bridge was heard."""
        heard = self._receiver.clock.now_us()
        return _wall_us() if heard is None else heard

    def _idle_s(self) -> int:
        return self._untouched.elapsed() // 1000

    def _sound(self, sound: Sound) -> None:
        self._handlers.on_sound(sound.alarm, sound.level, sound.priority, sound.escalation)

    @Slot()
    def _on_news_came(self) -> None:
        news = self._receiver.take_news()
        for table, change in news.tables.items():
            self._handlers.on_rows(table.value, tuple(change.put.values()), tuple(change.gone))
        if news.frame is not None:
            self._handlers.on_frame(news.frame)
        for call in news.calls:
            call()


def _refusal(answer: object) -> Refusal | None:
    return answer if isinstance(answer, Refusal) else None


def _wall_us() -> int:
    return QDateTime.currentMSecsSinceEpoch() * _MS_US
