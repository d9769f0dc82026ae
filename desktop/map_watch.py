"""Watches whether the map draws what it is sent, and in its sandbox: a page that hangs must never pass for a live picture."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot

from desktop.self_check import runs_as_root, tell, without_sandbox
from widgets.map.map_view import MapView
from widgets.map.page_life import PageHealth
from widgets.not_live_overlay import NotLiveOverlay
from widgets.theme import Theme

LOOK_MS: Final = 500
LATE_MS: Final = 3000
STARTING_MS: Final = 20_000
"""A page that comes up may take this long before it counts as hanging."""


class MapWatch(QObject):
    """Draws its own overlay over the map alone: the list, the charts and the sound go on."""

    def __init__(self, theme: Theme, map_view: MapView, now_us: Callable[[], int]) -> None:
        super().__init__(map_view)
        self._map, self._now_us = map_view, now_us
        self.overlay = NotLiveOverlay(theme, map_view)
        self._since_drawn, self._age = QElapsedTimer(), QElapsedTimer()
        self._age.start()
        self._drawn = self._sent = 0
        self._looked_at: int | None = None
        """The process of the page that was last looked at."""
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    def sent(self) -> None:
        """A frame was given to the map."""
        self._sent += 1
        if not self._since_drawn.isValid():
            self._since_drawn.start()

    def _look_at_sandbox(self) -> None:
        """Once for each process that shows the page: by then it is where it stays."""
        renderer = self._map.life.page.renderProcessPid()
        if renderer == self._looked_at or self._map.life.health is not PageHealth.LIVE:
            return
        self._looked_at = renderer
        sentence = None if runs_as_root() else without_sandbox(renderer)  # to root it was said at the start
        if sentence is not None:
            tell(sentence)

    @Slot()
    def _on_timer_timeout(self) -> None:
        self._look_at_sandbox()
        if self._map.rendered_frame != self._drawn:
            self._drawn = self._map.rendered_frame
            self._sent = 0
            self._since_drawn.restart()
        hanging = self._sent > 0 and self._since_drawn.isValid() and self._since_drawn.hasExpired(LATE_MS)
        starting = self._map.life.health is PageHealth.LOADING and not self._age.hasExpired(STARTING_MS)
        if hanging and not starting and self._map.life.health is not PageHealth.GIVEN_UP:
            old_us = self._since_drawn.elapsed() * 1000
            since_us = self._map.last_rendered_us or self._now_us() - old_us
            self.overlay.show_lost(since_us, self.tr("The map does not keep up. Alarms, charts and sound go on."))
            self.overlay.show_now(since_us + old_us)  # of a recording the picture is of another day
        else:
            self.overlay.show_live()
