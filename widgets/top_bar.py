"""The line at the top: the time, whether the room is alive, what waits, and who sits here."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from backend_bridge.application.rows import RoomRow, SessionRow
from widgets import formats, phrases, phrases_system
from widgets.controls import Chip, button, label, line, restyle
from widgets.drawing import Symbol, symbol_pixmap
from widgets.theme import Theme, font_of

NARROW_PX: Final = 1500


class TopBar(QWidget):
    """Clock, links, load, silent cases, unacknowledged alarms, user and lock; rows in by `show_room` and `show_session`."""

    def __init__(self, theme: Theme, lock: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        self.setProperty("surface", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(44)
        self._theme = theme
        self._room: RoomRow | None = None
        self._clock = label("--:--:--", "strong")
        self._clock.setFont(font_of(theme.strong_px, bold=True))
        self._clock.setMinimumWidth(84)
        self._day = label("", "soft")
        self._gateways, self._fixes, self._silent, self._cases, self._lag = (label("", "soft") for _ in range(5))
        self._trouble = label("", look="technical")
        self._mute = label("", look="technical")
        self._red = Chip("unacknowledged_red", "act", symbol_pixmap(Symbol.TRIANGLE, theme.act, 14))
        self._amber = Chip("unacknowledged_amber", "look", symbol_pixmap(Symbol.DIAMOND, theme.look, 14))
        self._technical = Chip("unacknowledged_technical", "technical", symbol_pixmap(Symbol.DISC, theme.technical, 14))
        self._technical.hide()
        self._user = label("", "soft")
        self._lock = button(self.tr("Lock"), "lock", lock, kind="plain")
        self._menu = QToolButton()
        self._menu.setObjectName("menu")
        self._menu.setText("☰")
        self._menu.setAccessibleName(self.tr("Menu"))
        self._menu.setToolTip(self.tr("Menu") + "  Ctrl+M")
        self._menu.setProperty("kind", "plain")
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._lay_out()

    def _lay_out(self) -> None:
        row = line(margins=(6, 0, 8, 0), spacing=17)
        row.addWidget(self._menu)
        self._name = label(self.tr("Bongsu"), "strong")
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        for widget in (
            self._name,
            self._clock,
            self._day,
            self._gateways,
            self._fixes,
            self._silent,
            self._cases,
            self._lag,
            self._mute,
            self._trouble,
        ):
            row.addWidget(widget)
        row.addStretch()
        for part in (self._red, self._amber, self._technical, self._user, self._lock):
            row.addWidget(part)
        self.setLayout(row)

    def free_span(self) -> tuple[int, int]:
        """From the clock to what waits: what a band may lie over."""
        return self._clock.geometry().right() + 9, self._red.geometry().left() - 8

    def take_menu(self, menu: QMenu) -> None:
        """Hang the menu behind its button."""
        self._menu.setMenu(menu)

    def open_menu(self) -> None:
        """Open the menu by keyboard."""
        self._menu.showMenu()

    def show_now(self, now_us: int) -> None:
        """Let the clock go."""
        self._clock.setText(formats.clock(now_us))
        moment = formats.at_of(now_us).astimezone(formats.KST)
        names = (self.tr("Mon"), self.tr("Tue"), self.tr("Wed"), self.tr("Thu"), self.tr("Fri"), self.tr("Sat"), self.tr("Sun"))
        text = self.tr("{weekday} {date}").format(weekday=names[moment.weekday()], date=formats.day(now_us))
        self._day.setText(text)
        for widget in (self._clock, self._day):
            widget.setToolTip(formats.both_zones(now_us))

    def show_room(self, row: RoomRow) -> None:
        """What the bridge says of itself."""
        self._room = row
        self._count(
            self._gateways, self.tr("Gateways"), f"{row.gateways_up}/{row.gateways_total}", bad=row.gateways_up < row.gateways_total
        )
        self._count(self._fixes, self.tr("Fixes"), f"{_rate(row.fixes_per_s)}/s", bad=False)
        self._count(self._silent, self.tr("Silent"), formats.count(row.n_silent), bad=row.n_silent > 0)
        self._count(self._cases, self.tr("Cases"), formats.count(row.n_cases), bad=False)
        self._lag.setText(self.tr("behind by {span}").format(span=phrases.length(row.lag_s)) if row.lag_s >= 2 else "")
        restyle(self._lag, "look", "technical" if row.lag_s >= 2 else "")
        troubles = [phrases_system.trouble(code) for code in row.degraded]
        self._trouble.setText("  ".join(troubles))
        self._trouble.setToolTip("\n".join(troubles))
        red, amber = row.unacknowledged_red, row.unacknowledged_amber
        self._red.show_count(red, self.tr("{n} to acknowledge").format(n=red), self.tr("no red to acknowledge"))
        self._amber.show_count(amber, self.tr("{n} to look at").format(n=amber), self.tr("no amber to acknowledge"))
        technical = row.unacknowledged_technical
        self._technical.setVisible(technical > 0)
        self._technical.show_count(technical, self.tr("{n} technical").format(n=technical), "")

    def show_sound(self, *, works: bool) -> None:
        """Say as long as it lasts that no alarm can be heard at this desk."""
        self._mute.setText("" if works else self.tr("No sound"))
        self._mute.setToolTip("" if works else self.tr("No sound device: alarms cannot be heard at this desk."))

    def show_banner(self, text: str, kind: str) -> None:
        """Stand on the ground of a replay or an exercise with a word that cannot be overlooked; empty for the live picture."""
        self._name.setText(text or self.tr("Bongsu"))
        restyle(self._name, "banner", kind)
        side = 12 if kind else 0
        self._name.setContentsMargins(side, side // 3, side, side // 3)

    def show_session(self, row: SessionRow) -> None:
        """Who is on duty at this seat."""
        self._user.setToolTip(self.tr("Seat {seat}").format(seat=row.seat))
        self._user.setText(f"{row.user} · {phrases.word(phrases.ROLES, row.role)}")

    def _count(self, widget: QLabel, name: str, figure: str, *, bad: bool) -> None:
        widget.setText(f"{name} {figure}")
        restyle(widget, "look", "look" if bad else "")


def _rate(per_s: float) -> str:
    """A few fixes a minute are not nothing."""
    return f"{per_s:.1f}" if 0 < per_s < 9.95 else formats.count(per_s)
