"""The card that stands over the desk while nobody has proved who they are; behind it nothing can be read."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QDockWidget, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from backend_bridge.application.rows import AlarmRow
from backend_bridge.domain.alarm import AlarmKind
from widgets import formats, phrases
from widgets.controls import button, column, label, line, restyle, surface
from widgets.theme import Theme

SECOND_MS: Final = 1000


class SignIn(QWidget):
    """Covers its parent; `log_in(user, password)` and `unlock(password)` are called with what was typed, which is then forgotten.

    `on_cover(covered)` is told when it comes and when it goes; `on_other()` lets somebody else log in at a locked desk.
    """

    def __init__(self, theme: Theme, log_in: Callable[[str, str], None], unlock: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sign_in")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "panel")
        self._log_in, self._unlock = log_in, unlock
        self.on_cover: Callable[[bool], None] = lambda _covered: None
        self.on_other: Callable[[], None] = lambda: None
        self.now_us: Callable[[], int] = lambda: 0
        """The time that its clock and the ages of alarms go by; 0 while it is not known."""
        self._unlocking = False
        self._reds: tuple[AlarmRow, ...] = ()
        self._clock = label("", "strong")
        self._title, self._words = label("", "figure", wrap=True), label("", "soft", wrap=True)
        self._waiting = label("", "strong", look="act", wrap=True)
        self._refusal = label("", look="act", wrap=True)
        self.user, self.password = QLineEdit(), QLineEdit()
        self.user.setObjectName("user")
        self.user.setPlaceholderText(self.tr("Name"))
        self.user.setAccessibleName(self.tr("Name"))
        self.password.setObjectName("password")
        self.password.setPlaceholderText(self.tr("Password"))
        self.password.setAccessibleName(self.tr("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.user.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._on_go)
        self._go = button(self.tr("Log in"), "log_in", self._on_go, kind="primary")
        self._other = button(self.tr("Somebody else logs in"), "log_in_other", lambda: self.on_other())  # noqa: PLW0108 - set later
        self._ticking = QTimer(self, interval=SECOND_MS)
        self._ticking.timeout.connect(self._on_tick)
        self._lay_out(theme)
        self.hide()
        for one in (parent, *parent.findChildren(QDockWidget)):
            one.installEventFilter(self)

    def _lay_out(self, theme: Theme) -> None:
        card = column(margins=(32, 28, 32, 28), spacing=12)
        head = line(spacing=12)
        head.addWidget(self._title, 1)
        head.addWidget(self._clock)
        card.addLayout(head)
        for part in (self._words, self._waiting, self.user, self.password, self._refusal, self._go, self._other):
            card.addWidget(part)
        inner = surface("raised", card)
        inner.setFixedWidth(theme.headline_px * 13)
        inner.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        row = line()
        row.addStretch()
        row.addWidget(inner)
        row.addStretch()
        layout = column()
        layout.addStretch()
        layout.addLayout(row)
        layout.addStretch()
        self.setLayout(layout)

    def show_waiting(self, sentence: str) -> None:
        """The bridge is being reached: nothing to type yet."""
        self._show(self.tr("Bongsu"), sentence, typing=False, with_user=False)

    def ask_who(self, refusal: str) -> None:
        """Ask for name and password; say why the last try was refused."""
        self._unlocking = False
        self._go.setText(self.tr("Log in"))
        self._show(self.tr("Bongsu"), self.tr("Who is at this desk?"), typing=True, with_user=True)
        self._say(refusal)

    def ask_again(self, user: str, refusal: str) -> None:
        """The desk is locked: ask the person who locked it."""
        self._unlocking = True
        self._go.setText(self.tr("Unlock"))
        self._show(
            self.tr("Locked"),
            self.tr("{user} is logged in. Alarms still sound and escalate.").format(user=user),
            typing=True,
            with_user=False,
        )
        self._other.show()
        self._say(refusal)

    def show_alarms(self, reds: Sequence[AlarmRow]) -> None:
        """How many red alarms wait behind the lock, how many of them are an SOS, and for how long the oldest; never about whom."""
        self._reds = tuple(reds)
        self._waiting.setVisible(bool(reds))
        self._on_tick()

    def leave(self) -> None:
        """Somebody has proved who they are."""
        self.password.clear()
        self._ticking.stop()
        self.hide()
        self.on_cover(False)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the parent whatever its size, and whichever of its parts comes to the front."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._cover()
        elif event.type() == QEvent.Type.ZOrderChange and self.isVisible():
            self.raise_()
        return False

    def _show(self, title: str, words: str, *, typing: bool, with_user: bool) -> None:
        self._title.setText(title)
        self._words.setText(words)
        self._refusal.hide()
        self._waiting.hide()
        self.user.setVisible(typing and with_user)
        self.password.setVisible(typing)
        self._go.setVisible(typing)
        self._other.hide()
        self._ticking.start()
        self._on_tick()
        self.on_cover(True)
        self._cover()
        self.show()
        self.raise_()
        if typing:
            (self.user if with_user and not self.user.text() else self.password).setFocus()

    @Slot()
    def _on_tick(self) -> None:
        now_us = self.now_us()
        self._clock.setText(f"{formats.clock(now_us)} KST" if now_us else "")
        if self._reds:
            n_sos = sum(row.kind is AlarmKind.SOS for row in self._reds)
            oldest_s = formats.age_s(now_us, min(row.known_us for row in self._reds))
            words = self.tr("{n} red to acknowledge, {sos} of them SOS; the oldest for {span}") if n_sos else ""
            words = words or self.tr("{n} red to acknowledge; the oldest for {span}")
            self._waiting.setText(words.format(n=len(self._reds), sos=n_sos, span=phrases.length(oldest_s)))

    def _say(self, refusal: str) -> None:
        self._refusal.setText(refusal)
        self._refusal.setVisible(bool(refusal))
        restyle(self._refusal, "look", "act")

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    @Slot()
    def _on_go(self) -> None:
        password = self.password.text()
        self.password.clear()
        if not password:
            return
        if self._unlocking:
            self._unlock(password)
        else:
            self._log_in(self.user.text().strip(), password)
