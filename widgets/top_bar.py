"""The line at the top: the time, whether the room is alive, what waits, and who sits here."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from backend_bridge.application.rows import GatewayRow, RoomRow, SessionRow
from widgets import formats, phrases, phrases_system
from widgets.controls import Chip, button, label, line, restyle
from widgets.drawing import Symbol, symbol_pixmap
from widgets.theme import Theme, font_of

NARROW_PX: Final = 1500
APART_PX: Final = 17
GENERATED: Final = re.compile("[0-9a-f]{16}")
"""A seat that the bridge numbers by itself: it tells nobody anything."""


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
        self._session: SessionRow | None = None
        self._clock = label("--:--:--", "strong")
        self._clock.setFont(font_of(theme.strong_px, bold=True))
        self._clock.setMinimumWidth(84)
        self._zone = label("KST", "faint")
        self._heard: tuple[GatewayRow, ...] = ()
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
        self._lock.setToolTip(self.tr("Lock") + "  Ctrl+Shift+L")
        self._menu = QToolButton()
        self._menu.setObjectName("menu")
        self._menu.setText("☰")
        self._menu.setAccessibleName(self.tr("Menu"))
        self._menu.setToolTip(self.tr("Menu") + "  Ctrl+M")
        self._menu.setProperty("kind", "plain")
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._spare: Final = (self._zone, self._cases, self._fixes)
        """What can be missed first where there is no room for all."""
        self._lay_out()

    def _lay_out(self) -> None:
        row = line(margins=(6, 0, 8, 0), spacing=APART_PX)
        row.addWidget(self._menu)
        self._name = label(self.tr("Bongsu"), "strong")
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        for widget in (
            self._name,
            self._clock,
            self._zone,
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
        for widget in (self._clock, self._zone, self._day):
            widget.setToolTip(formats.both_zones(now_us))
        self._show_heard(now_us)
        self._fit()

    def show_room(self, row: RoomRow) -> None:
        """What the bridge says of itself."""
        self._room = row
        restyle(self._gateways, "look", "technical" if row.gateways_up < row.gateways_total else "")
        self._count(self._fixes, self.tr("Fixes"), f"{_rate(row.fixes_per_s)}/s", bad=False)
        self._count(self._silent, self.tr("Silent"), formats.count(row.n_silent), bad=row.n_silent > 0)
        self._count(self._cases, self.tr("Cases"), formats.count(row.n_cases), bad=False)
        self._lag.setText(self.tr("behind by {span}").format(span=phrases.length(row.lag_s)) if row.lag_s >= 2 else "")
        restyle(self._lag, "look", "technical" if row.lag_s >= 2 else "")
        troubles = [phrases_system.trouble(code) for code in row.degraded]
        self._trouble.setText("  ".join(troubles))
        self._trouble.setToolTip("\n".join(troubles))
        red, amber = row.unacknowledged_red, row.unacknowledged_amber
        self._red.show_count(red, self.tr("{n} to acknowledge").format(n=f"{red:,}"), self.tr("no red to acknowledge"))
        self._amber.show_count(amber, self.tr("{n} to look at").format(n=f"{amber:,}"), self.tr("no amber to acknowledge"))
        technical = row.unacknowledged_technical
        self._technical.setVisible(technical > 0)
        self._technical.show_count(technical, self.tr("{n} technical").format(n=f"{technical:,}"), "")
        self._fit()

    def show_gateways(self, rows: Sequence[GatewayRow]) -> None:
        """When each of them was last heard."""
        self._heard = tuple(rows)

    def _show_heard(self, now_us: int) -> None:
        """How many are up, and how long ago the newest word of any came; each by its name on hover."""
        if self._room is None:
            return
        ages = {row.gateway: formats.age_s(now_us, row.last_heard_us) for row in self._heard if row.last_heard_us is not None}
        name = self.tr("Gateways")
        up = f"{name} {self._room.gateways_up}/{self._room.gateways_total}"
        self._gateways.setText(f"{up} · {formats.span(min(ages.values()))}" if ages else up)
        self._gateways.setToolTip("\n".join(f"{name} · {phrases.ago(age_s)}" for name, age_s in sorted(ages.items())))

    def show_sound(self, *, works: bool) -> None:
        """Say as long as it lasts that no alarm can be heard at this desk."""
        self._mute.setText("" if works else self.tr("No sound"))
        self._mute.setToolTip("" if works else self.tr("No sound device: alarms cannot be heard at this desk."))
        self._fit()

    def show_banner(self, text: str, kind: str) -> None:
        """Stand on the ground of a replay or an exercise with a word that cannot be overlooked; empty for the live picture."""
        self._name.setText(text or self.tr("Bongsu"))
        restyle(self._name, "banner", kind)
        side = 12 if kind else 0
        self._name.setContentsMargins(side, side // 3, side, side // 3)

    def show_session(self, row: SessionRow) -> None:
        """Who is on duty at this seat."""
        self._session = row
        self._show_user()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the day and the seat stand in hover texts, so that what waits is never cut."""
        super().resizeEvent(event)
        self._day.setVisible(self.width() >= NARROW_PX)
        self._show_user()

    def _show_user(self) -> None:
        row = self._session
        if row is None:
            return
        seat = "" if GENERATED.fullmatch(row.seat) else self.tr("Seat {seat}").format(seat=row.seat)
        who = f"{row.user} · {phrases.word(phrases.ROLES, row.role)}"
        self._user.setText(f"{who} · {seat}" if seat and self.width() >= NARROW_PX else who)
        self._user.setToolTip(seat)
        self._fit()

    def _fit(self) -> None:
        """Leave out what can be missed best where there is no room for all: nothing that stands here is cut."""
        layout = self.layout()
        if layout is None:
            return
        needed = layout.minimumSize().width() + sum(_width(part) for part in self._spare if part.isHidden())
        for part in self._spare:
            part.setHidden(needed > self.width())
            needed -= _width(part) if part.isHidden() else 0

    def _count(self, widget: QLabel, name: str, figure: str, *, bad: bool) -> None:
        widget.setText(f"{name} {figure}")
        restyle(widget, "look", "technical" if bad else "")


def _width(part: QWidget) -> int:
    return part.sizeHint().width() + APART_PX


def _rate(per_s: float) -> str:
    """A few fixes a minute are not nothing."""
    return f"{per_s:.1f}" if 0 < per_s < 9.95 else formats.count(per_s)
