"""How long a seek takes until the whole desk is painted: a recording of `replay_seek.py`, rows as the wire has them, a real window.

`tools/under_display.sh python bench/replay_desk.py FILE [--seeks 30]`. One process does one thing after the other: seek, cut, encode,
decode, put into the models, paint the window of 1920 × 1080, draw the positions on the map. Otherwise bridge and desk are two.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Final

import numpy as np
from desk_crowd import CrowdedDesk
from map_frames import Crowd, wait
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication
from replay_seek import KEY, USER

from backend_bridge.adapters.desk_mirrors import ViewMirror, encoded, nothing
from backend_bridge.adapters.recording_file import RecordingFile
from backend_bridge.adapters.state_codec import without_collector
from backend_bridge.application.playback import Player
from backend_bridge.application.views import DeskView, Reach
from backend_bridge.bootstrap.warm import warm_up
from backend_bridge.desk_protocol import (
    Changes,
    ChangesRaw,
    Frame,
    FrameRaw,
    Snapshot,
    SnapshotRaw,
    decode_from_bridge,
    encode,
    encode_part,
)
from backend_bridge.domain.user import Role
from desktop.desk_link.held_rows import HeldRows, News
from widgets.map.web_engine import environment, prepare_engine

LONGEST_S: Final = 10.0
SETTLED_MS: Final = 1500
"""Between two seeks, for what the one before left to do."""


def clocks() -> NDArray[np.float64]:
    """The clock, and what this thread has computed, in seconds."""
    return np.array([time.perf_counter(), time.thread_time()])


class Sought:
    """A player and the desk that shows it."""

    def __init__(self, file: Path, desk: CrowdedDesk) -> None:
        self.desk = desk
        self.player = Player(RecordingFile(file, KEY, thorough=False))
        self._mirror, self._held, self._frames = ViewMirror(), HeldRows(), 0
        snapshot = decode_from_bridge(encode(SnapshotRaw(n=1, first=True, last=True, rows=nothing().raw)))
        assert isinstance(snapshot, Snapshot)
        self._held.take_snapshot(snapshot, News())

    def shown(self, at_us: int) -> NDArray[np.float64]:
        """Seek; seconds until the bytes are there, until the window is painted, and until the map has drawn the positions too.

        A row for each: by the clock, and computed by this thread.
        """
        with without_collector():
            self.player.complete()  # what the picture before left to be read
        began = clocks()
        with without_collector():
            self.player.seek(at_us, glimpse=True)
            messages, frame = self._messages()
        sent = clocks()
        news = News()
        for message in map(decode_from_bridge, messages):
            assert isinstance(message, Changes)
            assert self._held.take_changes(message, news)
        for table, told in news.tables.items():
            self.desk.view.take_rows(table, tuple(told.put.values()), tuple(told.gone))
        positions = decode_from_bridge(frame)
        assert isinstance(positions, Frame)
        self.desk.view.take_frame(positions.frame)
        QApplication.processEvents()
        self.desk.window.repaint()
        painted = clocks()
        number, drawn = self.desk.map._number, [0]  # noqa: SLF001 - which frame it waits for
        while (drawn[-1] or 0) < number and clocks()[0] - painted[0] < LONGEST_S:
            self.desk.map.life.page.runJavaScript("bongsu.rendered", drawn.append)
            wait(2)
        return np.array([sent - began, painted - began, clocks() - began])

    def _messages(self) -> tuple[list[bytes], bytes]:
        """What the bridge would send: the rows of the first message after a seek, and the positions."""
        room = self.player.room
        view = DeskView(USER, "seat", Reach(role=Role.OPERATOR, cases=frozenset(room.registry.held)))
        picture = room.watch.picture(room.now_us)
        parts = encoded(self._mirror.become(view.changes(room, picture)))
        first = self._held.number + 1
        rows = [encode(ChangesRaw(n=first + at, rows=part.raw)) for at, part in enumerate(parts)]
        self._frames += 1
        return rows, encode(FrameRaw(k=self._frames, frame=encode_part(view.frame(room, picture))))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seeks", type=int, default=30)
    given = parser.parse_args()
    os.environ.update(environment(os.environ, as_root=os.geteuid() == 0))
    prepare_engine()
    application = QApplication([])
    warm_up()
    desk = CrowdedDesk(application, Crowd(2, alarms=0), 0)
    desk.fill()
    sought = Sought(given.file, desk)
    player, took = sought.player, []
    for at_us in np.random.default_rng(3).integers(player.from_us, player.to_us, given.seeks + 1).tolist():
        wait(SETTLED_MS)
        took.append(sought.shown(at_us))
    for at, name in enumerate(("rows and positions as bytes", "window painted", "and positions drawn on the map")):
        (p50, own_50), (p95, own_95) = np.percentile(np.array(took[1:])[:, at] * 1000, [50, 95], axis=0)
        told = f"p50 {p50:6.0f} ms, p95 {p95:6.0f} ms; computed {own_50:.0f} and {own_95:.0f} ms"
        sys.stdout.write(f"{f'from a seek: {name}':50}{told}\n")
    sys.stdout.write(f"load {os.getloadavg()[0]:.1f}\n")
    desk.close()


if __name__ == "__main__":
    main()
