"""A picture of the desk once alarms have been raised, for whoever has no display: waits, saves, says what happened, ends."""

import os
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from backend_bridge.application.rows import AlarmRow, Row
from backend_bridge.application.tables import Table
from backend_bridge.domain.alarm import AlarmLevel
from desktop.bootstrap import Desk

LOOK_MS: Final = 250
MAP_LOOKS: Final = 120
"""A map that has drawn nothing by then is pictured as it is; the list does not depend on it."""
SETTLE_LOOKS: Final = 16
SETTLE_LOOKS_OF_ALARMS: Final = 80
"""With alarms the picture waits longer, so that tracks and charts have something to show."""
REFIT_LOOK: Final = 60
"""By then an alarm has unveiled who is in it, and the map can show both."""
AMBER_LOOKS: Final = 480
"""How long a red alarm is waited for before an amber one is enough."""
LONGEST_LOOKS: Final = 840
SIZE_PX: Final = (1920, 1080)


class PictureTaker(QObject):
    """Watches a desk until alarms stand in its list, then saves `path` and calls `done(sentences, worked)`."""

    def __init__(self, desk: Desk, path: Path, done: Callable[[list[str], bool], None], *, until_alarms: bool) -> None:
        super().__init__(desk)
        self._desk, self._path, self._done, self._until_alarms = desk, path, done, until_alarms
        self._raised: dict[str, AlarmRow] = {}
        self._looks = 0
        self._settled = self._ready_looks = 0
        self._first_drawn_s: float | None = None
        desk.window.resize(*SIZE_PX)
        desk.on_rows = self._on_rows
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    def _on_rows(self, table: str, put: tuple[Row, ...]) -> None:
        if table == Table.ALARMS:
            self._raised.update({row.alarm: row for row in put if isinstance(row, AlarmRow)})

    @Slot()
    def _on_timer_timeout(self) -> None:
        self._looks += 1
        ready = not self._until_alarms or self._is_red() or (bool(self._raised) and self._looks > AMBER_LOOKS)
        self._ready_looks += ready
        drawn = self._desk.map.rendered_frame > 0 or self._ready_looks > MAP_LOOKS
        if ready and drawn:
            self._settled += 1
            if self._settled in (1, REFIT_LOOK):
                self._open_gravest()
        if self._first_drawn_s is None and self._desk.map.rendered_frame > 0:
            self._first_drawn_s = _seconds_since_start()
        if self._settled >= (SETTLE_LOOKS_OF_ALARMS if self._until_alarms else SETTLE_LOOKS):
            self._finish(worked=True)
        elif self._looks >= LONGEST_LOOKS:
            self._finish(worked=False)

    def _is_red(self) -> bool:
        return any(row.level is AlarmLevel.RED for row in self._raised.values())

    def _open_gravest(self) -> None:
        rows = sorted(self._raised.values(), key=lambda row: (row.priority, row.case is None, -row.known_us))
        if rows and rows[0].case is not None:
            self._desk.view.choose_case(rows[0].case)

    def _finish(self, *, worked: bool) -> None:
        self._timer.stop()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        saved = self._desk.window.grab().save(str(self._path))
        room = self._desk.board.room
        counted = Counter((row.kind, row.level) for row in self._raised.values())
        sentences = [f"{n} × {kind} ({level})" for (kind, level), n in counted.most_common()]
        if room is not None:
            sentences.insert(
                0, f"{room.n_cases} cases, {room.gateways_up} of {room.gateways_total} gateways up, {room.fixes_per_s:.0f} fixes/s."
            )
        sentences.insert(0, f"Screenshot: {self._path}" if saved else f"{self._path} could not be written.")
        if self._first_drawn_s is not None:
            sentences.append(f"First positions on the map {self._first_drawn_s:.1f} s after the start.")
        if not worked:
            sentences.append("No alarm was raised and drawn in time.")
        self._done(sentences, worked and saved)


def _seconds_since_start() -> float:
    """Since this process began, imports and all."""
    started_ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started_ticks / os.sysconf("SC_CLK_TCK")
