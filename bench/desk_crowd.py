"""The whole desk with a crowd: 10,000 people, 5,000 cases, 500 alarms, positions and rows coming all the time, in a real window.

`python bench/desk_crowd.py [--quick]` prints how long a choice takes until case panel, tracks and charts stand there with a day of
fixes of both, how long the list takes to sort, how late the main thread answers, and the desk's memory with its helpers.
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from map_frames import AT_US, SEOUL, ZOOM, Counter, Crowd, day_track, put_away, wait
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from backend_bridge.application.rows import AlarmRow, PairRow, Track, Trend
from backend_bridge.application.tables import Table
from backend_bridge.domain.identifiers import AlarmId, CaseId, DeviceId, PersonId
from backend_bridge.domain.queries import Query, ReadTrack
from desktop import actions, translations
from desktop.board import Board
from desktop.cycle_collection import CycleCollection
from desktop.main_window import MainWindow
from desktop.operations import runs
from desktop.panels import Deeds, build_panels
from desktop.room_view import RoomView
from widgets.map.map_view import MapView
from widgets.map.web_engine import environment, prepare_engine
from widgets.theme import dress, load_theme

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import builders

FRAME_MS, ROWS_MS = 200, 250
ROWS_AT_ONCE = 20
DAY_S = 86_400
SHELL = ("quit", "undo", "lock", "log_out", "silence", "switch_theme", "switch_language", "switch_user", "change_password")
TRACKS_DRAWN = (
    "bongsu.state.trails.tracks.length === 2 && bongsu.state.trails.tracks[0].device === '{device}' && !bongsu.view.target && "
    "bongsu.caseOverlay.grid.needed(bongsu.view).every(n => bongsu.caseOverlay.grid.pieces.get(n.key)?.stale === false)"
)


class CrowdedDesk:
    """One window, fed as a bridge would: a frame five times a second, changed alarms four times a second."""

    def __init__(self, application: QApplication, crowd: Crowd, n_alarms: int) -> None:
        translations.install(application, "ko")
        theme = load_theme("night")
        dress(application, theme)
        self.crowd, self.began = crowd, time.perf_counter()
        self.map = MapView()
        self.days: dict[DeviceId, Track] = {}
        deeds = Deeds(
            submit=lambda _command: None,
            ask=self._answer,
            lock=lambda: None,
            acknowledge=lambda: None,
            open_incident=lambda: None,
            now_us=self.now_us,
        )
        self.panels = build_panels(theme, deeds, self.map)
        self.window = MainWindow(theme, self.panels, None)
        self.view = RoomView(self.window, self.panels, Board(), deeds)
        self.window.take_actions(actions.build(self.window, self.panels.alarms, runs(self.view, dict.fromkeys(SHELL, lambda: None))))
        self.cycles = CycleCollection(self.window)
        self.alarms = [_alarm(n) for n in range(n_alarms)]
        self._random = np.random.default_rng(3)
        self._timers = [QTimer(self.window), QTimer(self.window)]
        self._timers[0].timeout.connect(self._frame)
        self._timers[1].timeout.connect(self._rows)

    def now_us(self) -> int:
        """The crowd's own clock."""
        return AT_US + int((time.perf_counter() - self.began) * 1e6)

    def fill(self) -> None:
        """Everything that a snapshot brings."""
        self.window.resize(1920, 1080)
        self.window.show()
        self.window.arrange()
        take = self.view.take_rows
        take(Table.SESSION, (builders.session(),), ())
        take(Table.ROOM, (builders.room(),), ())
        cases = self.crowd.cases()
        take(Table.CASES, cases, ())
        take(Table.DEVICES, tuple(builders.device(name, case=cases[at // 2].case) for at, name in enumerate(self.crowd.devices)), ())
        take(Table.PAIRS, tuple(_pair(row.case, str(row.people[1].person)) for row in cases), ())
        take(Table.ALARMS, tuple(self.alarms), ())
        self.map.go_to(SEOUL, ZOOM)
        self.cycles.settle_soon()

    def live(self, *, on: bool) -> None:
        """Let frames and rows come, or stop them."""
        for timer, every_ms in zip(self._timers, (FRAME_MS, ROWS_MS), strict=True):
            timer.start(every_ms) if on else timer.stop()

    def close(self) -> None:
        """End the window, and its map's page before it."""
        self.live(on=False)
        self.view.live = False
        self.window.close()
        put_away(self.map)

    def _frame(self) -> None:
        self.view.take_frame(self.crowd.frame(time.perf_counter() - self.began))

    def _rows(self) -> None:
        chosen = self._random.choice(len(self.alarms), ROWS_AT_ONCE, replace=False)
        now_us = self.now_us()
        for at in chosen:
            self.alarms[at] = replace(self.alarms[at], distance_m=float(self._random.uniform(50, 4000)), updated_us=now_us)
        self.view.take_rows(Table.ALARMS, tuple(self.alarms[at] for at in chosen), ())

    def _answer(self, query: Query, done: Callable[[object], None]) -> None:
        """A day of fixes whatever span is asked for, on the next turn of the loop, as the link would."""
        if isinstance(query, ReadTrack):
            track = self.days.setdefault(query.device, day_track(query.device, len(self.days)))
            QTimer.singleShot(0, self.window, partial(done, track))

    def select_ms(self, case: CaseId, device: DeviceId) -> tuple[float, float]:
        """From the choice to the case panel and charts painted, and to both tracks drawn on the map, in ms."""
        begin = time.perf_counter()
        self.view.choose_case(case)
        QApplication.processEvents()
        self.window.repaint()
        native = (time.perf_counter() - begin) * 1000
        drawn: list[bool] = []
        while not (drawn and drawn[-1]) and time.perf_counter() - begin < 10:
            self.map.life.page.runJavaScript(TRACKS_DRAWN.format(device=device), drawn.append)
            wait(4)
        return native, (time.perf_counter() - begin) * 1000


def _alarm(n: int) -> AlarmRow:
    row = builders.many_alarms(1)[0] if n == 0 else builders.alarm(n)
    case, priority = CaseId(f"KR-SE-{n:05d}"), 1 + n % 4
    return replace(
        row, alarm=AlarmId(f"A-{n}"), case=case, device=DeviceId(f"ANK-{n:05d}"), priority=priority, known_us=AT_US - n * 1_000_000
    )


def _pair(case: CaseId, about: str) -> PairRow:
    return replace(builders.pair(), pair=f"{case}/{about}", case=case, about=PersonId(about), trend=Trend.STEADY)


def sort_ms(desk: CrowdedDesk, n: int) -> float:
    """The slowest sort of a list of `n` rows by any of its columns, view and all."""
    model, table = desk.panels.alarms.table.rows, desk.panels.alarms.table
    desk.panels.alarms.show_alarms(tuple(_alarm(k) for k in range(n)), ())
    desk.cycles.settle()  # as each half minute
    worst = 0.0
    for column in range(len(model.columns)):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            begin = time.perf_counter()
            model.sort(column, order)
            table.viewport().repaint()
            worst = max(worst, (time.perf_counter() - begin) * 1000)
    table.sort_as_given()
    desk.panels.alarms.show_alarms((), tuple(f"A-{k}" for k in range(len(desk.alarms), n)))
    return worst


ALL = ("Pss:",)
WITHOUT_FILES = ("Pss_Anon:", "Pss_Shmem:")


def memory_mb(kinds: tuple[str, ...] = ALL) -> tuple[float, float]:
    """Of this process, and of it with the web engine's processes: proportional set size, where shared pages count once.

    Libraries that other programs use at the same moment count in part; `WITHOUT_FILES` leaves them out.
    """
    own = _pss_mb(os.getpid(), kinds)
    return own, own + sum(_pss_mb(child, kinds) for child in _descendants(os.getpid()))


def _pss_mb(pid: int, kinds: tuple[str, ...]) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(kinds)) / 1024


def _descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *_descendants(child)]
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10 s of heartbeats instead of 60")
    seconds = 10 if parser.parse_args().quick else 60
    os.environ.update(environment(os.environ, as_root=os.geteuid() == 0))
    prepare_engine()
    application = QApplication([])
    desk = CrowdedDesk(application, Crowd(10_000, alarms=500), 500)
    begin = time.perf_counter()
    desk.fill()
    filled = time.perf_counter() - begin
    say = sys.stdout.write
    say(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, no GPU, load {os.getloadavg()[0]:.1f}\n")
    say(f"a snapshot of 10,000 devices, 5,000 cases, 500 alarms taken and shown in {filled:.2f} s\n")
    desk.live(on=True)
    wait(8000)
    spent = []
    for n in range(12):
        spent.append(desk.select_ms(CaseId(f"KR-SE-{n * 7:05d}"), desk.crowd.devices[n * 14]))
        wait(1200)
    native, drawn = np.array(spent[1:]).T
    say(f"a case chosen, 24 h of fixes of both: panel and charts {np.median(native):.0f} ms (worst {native.max():.0f}), ")
    say(f"tracks on the map {np.median(drawn):.0f} ms (worst {drawn.max():.0f})\n")
    counter = Counter(desk.window)
    counter.begin()
    wait(seconds * 1000)
    say(f"main thread late by: p99 {counter.lag(0.99):.0f} ms, worst {counter.lag(1.0):.0f} ms over {seconds} s\n")
    say(f"alarm list of 5,000 rows sorted and painted: slowest column {sort_ms(desk, 5000):.0f} ms\n")
    own, whole = memory_mb()
    say(f"memory: desk {own:.0f} MB, with the map's processes {whole:.0f} MB\n")
    desk.close()


if __name__ == "__main__":
    main()
