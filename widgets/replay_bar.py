"""The time bar of a replay: where the recording is dense, what happened when, and where we are; play, step, seek."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget
from typing_extensions import override

from widgets import formats
from widgets.controls import button, column, label, line, restyle, surface
from widgets.theme import Look, Theme, font_of

SPEEDS: Final = (1, 2, 5, 10, 30, 60, 120, 300, 1000)
STEP_US: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayMark:
    """An alarm or an operator's act on the time bar."""

    at_us: int
    text: str
    look: Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What is played: its period, how much was received when, and what happened."""

    from_us: int
    to_us: int
    density: tuple[float, ...]
    """Amounts in equal parts of the period, any unit."""
    marks: tuple[ReplayMark, ...] = ()


class ReplayBar(QWidget):
    """Shows a recording and where it is; `on_play(speed or None)` and `on_seek(at_us)` ask the player."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replay_bar")
        self.on_play: Callable[[float | None], None] = lambda _speed: None
        self.on_seek: Callable[[int], None] = lambda _at_us: None
        self.on_close: Callable[[], None] = lambda: None
        self._recording: Recording | None = None
        self._at_us = 0
        self._playing = False
        self._strip = TimeStrip(theme, self._on_strip_seek)
        self._play = button(self.tr("Play"), "replay_play", self.play_or_pause, kind="small")
        self._back = button("−1 s", "replay_back", lambda: self._step(-STEP_US), kind="small")
        self._ahead = button("+1 s", "replay_ahead", lambda: self._step(STEP_US), kind="small")
        self._previous = button(self.tr("Previous mark"), "replay_previous", lambda: self._to_mark(-1), kind="small")
        self._following = button(self.tr("Next mark"), "replay_next", lambda: self._to_mark(1), kind="small")
        self._close = button(self.tr("Back to the live room"), "replay_close", lambda: self.on_close(), kind="small")  # noqa: PLW0108 - set later
        self._speed = QComboBox()
        self._speed.setObjectName("replay_speed")
        self._speed.setAccessibleName(self.tr("Speed"))
        for speed in SPEEDS:
            self._speed.addItem(f"{speed}×", speed)
        self._speed.currentIndexChanged.connect(self._on_speed_changed)
        self._clock = label("", "strong")
        self._title = label(self.tr("REPLAY"), "strong")
        row = line(margins=(14, 6, 14, 0), spacing=8)
        for one in (self._title, self._clock, self._play, self._speed, self._back, self._ahead, self._previous, self._following):
            row.addWidget(one)
        row.addStretch()
        row.addWidget(self._close)
        layout = column(spacing=4)
        layout.addWidget(surface("panel", row))
        layout.addWidget(self._strip)
        self.setProperty("surface", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(layout)

    def show_recording(self, recording: Recording, *, exercise: bool) -> None:
        """Begin with a recording, or an exercise."""
        self._recording = recording
        self._title.setText(self.tr("EXERCISE") if exercise else self.tr("REPLAY"))
        self._strip.show_recording(recording, exercise=exercise)
        self.show_position(recording.from_us, playing=False)

    def show_position(self, at_us: int, *, playing: bool) -> None:
        """Where the player is, and whether it runs."""
        self._at_us, self._playing = at_us, playing
        self._clock.setText(f"{formats.day(at_us)} {formats.clock(at_us)}")
        self._clock.setToolTip(formats.both_zones(at_us))
        self._play.setText(self.tr("Pause") if playing else self.tr("Play"))
        restyle(self._play, "kind", "small")
        self._strip.show_position(at_us)

    def speed(self) -> float:
        """How many times as fast as it was."""
        return float(self._speed.currentData())

    def play_or_pause(self) -> None:
        """Run at the chosen speed, or stand still."""
        self.on_play(None if self._playing else self.speed())

    def _step(self, by_us: int) -> None:
        self._on_strip_seek(self._at_us + by_us)

    def _to_mark(self, way: int) -> None:
        if self._recording is None:
            return
        moments = sorted(mark.at_us for mark in self._recording.marks)
        ahead = [at for at in moments if (at - self._at_us) * way > 0]
        if ahead:
            self._on_strip_seek(ahead[0] if way > 0 else ahead[-1])

    def _on_strip_seek(self, at_us: int) -> None:
        if self._recording is not None:
            self.on_seek(max(self._recording.from_us, min(self._recording.to_us, at_us)))

    def _on_speed_changed(self, _at: int) -> None:
        if self._playing:
            self.on_play(self.speed())


class TimeStrip(QWidget):
    """The whole period as one strip; a click or the arrow keys go there."""

    def __init__(self, theme: Theme, seek: Callable[[int], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("time_strip")
        self.setAccessibleName(self.tr("Time bar"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(58)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme, self._seek = theme, seek
        self._recording: Recording | None = None
        self._at_us = 0
        self._colour = theme.replay

    def show_recording(self, recording: Recording, *, exercise: bool) -> None:
        """Draw another recording."""
        self._recording = recording
        self._colour = self._theme.exercise if exercise else self._theme.replay
        self.update()

    def show_position(self, at_us: int) -> None:
        """Move the playhead."""
        self._at_us = at_us
        self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        self._go(event.position().x())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the playhead."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position().x())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go a second, with Shift a minute; Home and End to the ends."""
        step = 60 * STEP_US if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP_US
        moves = {Qt.Key.Key_Left: self._at_us - step, Qt.Key.Key_Right: self._at_us + step}
        if self._recording is not None:
            moves |= {Qt.Key.Key_Home: self._recording.from_us, Qt.Key.Key_End: self._recording.to_us}
        if event.key() in moves:
            self._seek(moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Density below, marks above, the playhead through both."""
        if self._recording is None:
            return
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(14, 4, self.width() - 28, self.height() - 24)
        painter.fillRect(box, QColor(theme.raised))
        self._paint_density(painter, box, self._recording.density)
        for mark in self._recording.marks:
            x = self._x(mark.at_us)
            painter.fillRect(QRectF(x - 1, box.top(), 2, box.height()), QColor(theme.of(mark.look)))
        painter.setFont(font_of(theme.caption_px))
        painter.setPen(QColor(theme.text_soft))
        below = QRectF(box.left(), box.bottom() + 2, box.width(), 16)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, formats.clock(self._recording.from_us))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, formats.clock(self._recording.to_us))
        x = self._x(self._at_us)
        painter.fillRect(QRectF(x - 1.5, box.top() - 4, 3, box.height() + 8), QColor(theme.text))
        painter.setBrush(QColor(theme.text))
        painter.drawEllipse(QPointF(x, box.top() - 1), 4, 4)
        painter.end()

    def _paint_density(self, painter: QPainter, box: QRectF, density: Sequence[float]) -> None:
        top, width = max([1.0, *density]), box.width() / max(1, len(density))
        for at, amount in enumerate(density):
            height = amount / top * (box.height() - 6)
            painter.fillRect(QRectF(box.left() + at * width, box.bottom() - height, width + 0.5, height), QColor(self._colour))

    def _x(self, at_us: int) -> float:
        if self._recording is None:
            return 0.0
        share = (at_us - self._recording.from_us) / max(1, self._recording.to_us - self._recording.from_us)
        return 14 + share * (self.width() - 28)

    def _go(self, x: float) -> None:
        if self._recording is not None:
            share = min(1.0, max(0.0, (x - 14) / max(1, self.width() - 28)))
            self._seek(int(self._recording.from_us + share * (self._recording.to_us - self._recording.from_us)))
