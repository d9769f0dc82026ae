"""The bar below a replay: play, step by fix, alarm or second, seek anywhere, loop a part, mark a moment, compare, and leave."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QInputDialog, QPushButton, QWidget
from typing_extensions import override

from widgets import formats
from widgets.controls import button, column, label, line, surface
from widgets.theme import Theme
from widgets.time_strip import STEP_US, MarkKind, Recording, ReplayMark, TimeStrip

__all__ = ["MarkKind", "Recording", "ReplayBar", "ReplayMark", "TimeStrip"]

SPEEDS: Final = (1, 2, 5, 10, 30, 60, 120, 300, 1000)
LEGEND_FROM_PX: Final = 1700
PLAY_SIGN, PAUSE_SIGN = "▶", "❚❚"


class ReplayBar(QWidget):
    """Shows a recording and where it is; the `on_…` callables ask the player."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replay_bar")
        self.on_play: Callable[[float | None], None] = lambda _speed: None
        self.on_seek: Callable[[int], None] = lambda _at_us: None
        self.on_step: Callable[[str], None] = lambda _to: None
        self.on_loop: Callable[[tuple[int, int] | None], None] = lambda _part: None
        self.on_bookmark: Callable[[int, str], None] = lambda _at_us, _text: None
        self.on_compare: Callable[[], None] = lambda: None
        self.on_close: Callable[[], None] = lambda: None
        self._recording: Recording | None = None
        self._differences: tuple[ReplayMark, ...] = ()
        self._at_us = 0
        self._playing = self._exercise = False
        self._strip = TimeStrip(theme, self._seek_to)
        self._strip.on_loop = lambda from_us, to_us: self.on_loop((from_us, to_us))
        self._title, self._clock, self._whose = label(self.tr("REPLAY"), "strong"), label("", "strong"), label("", "soft")
        self._legend = label(self.tr("▲ red   ◆ amber   ● technical   ❘ act   ⚑ bookmark   ◇ what if"), "caption")
        self._play, self._speed, self._loop = self._make_controls()
        self.setProperty("surface", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lay_out()

    def _make_controls(self) -> tuple[QPushButton, QComboBox, QPushButton]:
        speed = QComboBox()
        speed.setObjectName("replay_speed")
        speed.setAccessibleName(self.tr("Speed"))
        for times in SPEEDS:
            speed.addItem(f"{times}×", times)
        speed.currentIndexChanged.connect(self._on_speed_changed)
        loop = button(self.tr("Loop"), "replay_loop", self.loop_or_not, kind="small")
        loop.setToolTip(self.tr("Play a part again and again: drag over the time bar with Shift, or press here for the whole"))
        return button(PLAY_SIGN, "replay_play", self.play_or_pause, kind="primary"), speed, loop

    def _lay_out(self) -> None:
        row = line(margins=(14, 6, 14, 0), spacing=6)
        for one in (self._title, self._clock, self._play, self._speed, *self._steps(), self._loop):
            row.addWidget(one)
        row.addWidget(button(self.tr("Bookmark"), "replay_bookmark", self.bookmark, kind="small"))
        row.addWidget(button(self.tr("What if…"), "replay_compare", lambda: self.on_compare(), kind="small"))  # noqa: PLW0108 - set later
        row.addStretch()
        row.addWidget(self._legend)
        row.addWidget(self._whose)
        row.addWidget(button(self.tr("Back to the live room"), "replay_close", lambda: self.on_close(), kind="small"))  # noqa: PLW0108 - likewise
        layout = column(spacing=2)
        layout.addWidget(surface("panel", row))
        layout.addWidget(self._strip)
        self.setLayout(layout)

    def _steps(self) -> tuple[QPushButton, ...]:
        parts = (
            ("|◀", "previous-alarm", self.tr("To the alarm before")),
            ("‹", "previous-fix", self.tr("To the position before")),
            ("›", "next-fix", self.tr("To the next position")),
            ("▶|", "next-alarm", self.tr("To the next alarm")),
        )
        made = []
        for sign, to, words in parts:
            one = button(sign, f"replay_{to.replace('-', '_')}", partial(self.step, to), kind="small")
            _name(one, words)
            made.append(one)
        second = formats.seconds_text(1)
        back = button(f"−{second}", "replay_back", lambda: self._seek_to(self._at_us - STEP_US), kind="small")
        ahead = button(f"+{second}", "replay_ahead", lambda: self._seek_to(self._at_us + STEP_US), kind="small")
        _name(back, self.tr("A second back"))
        _name(ahead, self.tr("A second ahead"))
        return (made[0], made[1], back, ahead, made[2], made[3])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """What the signs of the time bar mean stands there where there is room; hovering names each mark anyway."""
        super().resizeEvent(event)
        self._legend.setVisible(event.size().width() >= LEGEND_FROM_PX)

    def show_recording(self, recording: Recording, *, exercise: bool) -> None:
        """Begin with a recording, or an exercise."""
        before, self._recording, self._exercise = self._recording, recording, exercise
        if before is None or (before.from_us, before.to_us) != (recording.from_us, recording.to_us):
            self._differences = ()
            self.show_position(recording.from_us, playing=False)
        words = (self.tr("EXERCISE"), self.tr("REPLAY"))
        self._title.setText(" · ".join(words if exercise else words[1:]))
        self._loop.setText(self.tr("Loop") if recording.loop is None else self.tr("End loop"))
        self._show_strip()

    def show_whose(self, user: str | None, *, sat: bool) -> None:
        """Whose eyes the recording is seen with; None for one's own."""
        if user is None:
            self._whose.setText("")
        elif sat:
            self._whose.setText(self.tr("as {user} saw it").format(user=user))
        else:
            self._whose.setText(self.tr("{user} sat at no desk then").format(user=user))

    def show_differences(self, marks: tuple[ReplayMark, ...]) -> None:
        """What another run decided otherwise, on the time bar."""
        self._differences = marks
        self._show_strip()

    def show_position(self, at_us: int, *, playing: bool) -> None:
        """Where the player is, and whether it runs."""
        self._at_us, self._playing = at_us, playing
        self._clock.setText(f"{formats.day(at_us)} {formats.clock(at_us)}")
        self._clock.setToolTip(formats.both_zones(at_us))
        self._play.setText(PAUSE_SIGN if playing else PLAY_SIGN)
        _name(self._play, self.tr("Pause") if playing else self.tr("Play"))
        self._strip.show_position(at_us)

    def speed(self) -> float:
        """How many times as fast as it was."""
        return float(self._speed.currentData())

    def play_or_pause(self) -> None:
        """Run at the chosen speed, or stand still."""
        if self._recording is not None:
            self.on_play(None if self._playing else self.speed())

    def step(self, to: str) -> None:
        """Go to the next fix or alarm, or the one before."""
        if self._recording is not None:
            self.on_step(to)

    def loop_or_not(self) -> None:
        """Play the whole again and again, or end any loop."""
        if self._recording is not None:
            whole = (self._recording.from_us, self._recording.to_us)
            self.on_loop(whole if self._recording.loop is None else None)

    def bookmark(self) -> None:
        """Mark this moment with a few words, for everybody who may open the recording."""
        if self._recording is None:
            return
        at_us = self._at_us
        title = self.tr("Bookmark at {time}").format(time=formats.clock(at_us))
        text, given = QInputDialog.getText(self, title, self.tr("What is to be seen here? Codes, no names."))
        if given and text.strip():
            self.on_bookmark(at_us, text.strip())

    def _show_strip(self) -> None:
        if self._recording is not None:
            whole = replace(self._recording, marks=(*self._recording.marks, *self._differences))
            self._strip.show_recording(whole, exercise=self._exercise)

    def _seek_to(self, at_us: int) -> None:
        if self._recording is not None:
            self.on_seek(max(self._recording.from_us, min(self._recording.to_us, at_us)))

    def _on_speed_changed(self, _at: int) -> None:
        if self._playing:
            self.on_play(self.speed())


def _name(sign: QPushButton, words: str) -> None:
    """What a button with a sign does, for whoever hovers over it or hears it read."""
    sign.setToolTip(words)
    sign.setAccessibleName(words)
