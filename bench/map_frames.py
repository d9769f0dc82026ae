"""Map frames that reach the window, without a graphics card: our map beside folium's markers and a pyqtgraph scatter, in one run.

`python bench/map_frames.py [--quick]` prints a table. A frame counts when Qt has drawn what the page presented, not when a script ran.
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable

import numpy as np
from map_rivals import LeafletMarkers, Scatter
from PySide6.QtCore import QEventLoop, QObject, QPoint, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtQuickWidgets import QQuickWidget
from PySide6.QtWidgets import QApplication, QWidget

from backend_bridge.application.rows import CaseRow, PersonRow, PositionFrame, RingRow, Track, ZoneRow
from backend_bridge.domain.case import Circle, OrderBasis, RingEffect, Tier, ZoneKind
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, RingId, ZoneId
from backend_bridge.domain.quantities import LatLon
from widgets.map.map_view import OUTLIVE_MS, MapView
from widgets.map.page_life import PageLife
from widgets.map.web_engine import environment, prepare_engine

AT_US = 1_795_650_136_000_000
FRAME_MS = 200
SIZE = (1400, 900)
ZOOM = 12.0
SEOUL = LatLon(lat_deg=37.545, lon_deg=126.99)


class Crowd:
    """People who walk and drive about Seoul; a frame shows where they all are after so many seconds."""

    def __init__(self, n: int, *, alarms: int) -> None:
        random = np.random.default_rng(7)
        self.n = n
        self.lat = SEOUL.lat_deg + random.uniform(-0.075, 0.075, n)
        self.lon = SEOUL.lon_deg + random.uniform(-0.145, 0.145, n)
        self.speed = random.uniform(1, 16, n).astype(np.float32)
        self.course = random.uniform(0, 360, n).astype(np.float32)
        self.level = np.zeros(n, np.uint8)
        self.level[random.choice(n, alarms, replace=False)] = random.choice([1, 2, 3], alarms, p=[0.6, 0.2, 0.2])
        self.devices = tuple(DeviceId(f"{'VIC' if i % 2 else 'ANK'}-{i // 2:05d}") for i in range(n))
        self.part = (np.arange(n) % 2).astype(np.uint8)

    def frame(self, seconds: float) -> PositionFrame:
        """Everybody's position `seconds` after the start."""
        turn = np.radians(self.course)
        at_us = AT_US + int(seconds * 1e6)
        still = np.zeros(self.n, np.float32)
        return PositionFrame(
            at_us=at_us,
            devices=self.devices,
            lat_deg=(self.lat + np.cos(turn) * self.speed * seconds / 111_000).tobytes(),
            lon_deg=(self.lon + np.sin(turn) * self.speed * seconds / 88_000).tobytes(),
            accuracy_m=(still + 9).tobytes(),
            speed_mps=self.speed.tobytes(),
            course_deg=self.course.tobytes(),
            measured_us=np.full(self.n, at_us - 1_000_000, np.int64).tobytes(),
            freshness=still.astype(np.uint8).tobytes(),
            reach_m=still.tobytes(),
            part=self.part.tobytes(),
            level=self.level.tobytes(),
        )

    def cases(self) -> tuple[CaseRow, ...]:
        """One case for each pair, with a zone and a ring."""
        return tuple(_case(n, LatLon(lat_deg=float(self.lat[2 * n + 1]), lon_deg=float(self.lon[2 * n + 1]))) for n in range(self.n // 2))


def _case(n: int, home: LatLon) -> CaseRow:
    people = tuple(
        PersonRow(person=PersonId(f"{name}-{n:05d}"), part=part, device=DeviceId(f"{device}-{n:05d}"), relation=None, n_phones=1)
        for name, part, device in (("S", "subject", "ANK"), ("V", "protected", "VIC"))
    )
    shape = Circle(centre=home, radius_m=300)
    zone = ZoneRow(zone=ZoneId("Z1"), kind=ZoneKind.EXCLUSION, label=None, shape=shape, warning_m=None, schedule=None, in_force=True)
    ring = RingRow(ring=RingId("R1"), about=people[1].person, distance_m=1000, effect=RingEffect.ALARM, in_force=True)
    return CaseRow(
        case=CaseId(f"KR-SE-{n:05d}"), version=1, jurisdiction="KR", tier=Tier.HIGH, basis=OrderBasis.INTERIM_MEASURE_3_2,
        starts_us=AT_US - 10**12, ends_us=AT_US + 10**13, in_force=True, people=people, places=(), zones=(zone,), rings=(ring,),
        police_station=None, officer=None, probation_office=None, defects=(), tracked=True, silent_since_us=None,
    )  # fmt: skip


class Counter(QObject):
    """Counts the frames that Qt draws of a widget, and how late the main thread answers a heartbeat of 10 ms."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.frames = 0
        self.lags_ms: list[float] = []
        quick = widget.findChild(QQuickWidget)
        if quick is not None:
            quick.quickWindow().afterRendering.connect(self._drawn, Qt.ConnectionType.DirectConnection)
        self._due = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def begin(self) -> None:
        """Start over."""
        self.frames, self.lags_ms, self._due = 0, [], time.perf_counter() + 0.01
        self._timer.start(10)

    @Slot()
    def _drawn(self) -> None:
        self.frames += 1

    @Slot()
    def _beat(self) -> None:
        now = time.perf_counter()
        self.lags_ms.append(max(0.0, (now - self._due) * 1000))
        self._due = now + 0.01

    def lag(self, share: float) -> float:
        """The lag in ms below which `share` (0–1) of the beats stayed."""
        return float(np.quantile(self.lags_ms, share)) if self.lags_ms else float("nan")


def wait(ms: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def drag(target: QWidget, seconds: float) -> None:
    """Drag the map to and fro as a person does, with 60 mouse events a second."""
    begin, start = time.perf_counter(), QPoint(SIZE[0] // 2, SIZE[1] // 2)
    _mouse(target, QMouseEvent.Type.MouseButtonPress, start)
    while (spent := time.perf_counter() - begin) < seconds:
        _mouse(target, QMouseEvent.Type.MouseMove, start + QPoint(int(260 * np.sin(spent * 2.2)), int(150 * np.sin(spent * 1.7))))
        wait(16)
    _mouse(target, QMouseEvent.Type.MouseButtonRelease, start)


def _mouse(target: QWidget, kind: QMouseEvent.Type, at: QPoint) -> None:
    button = Qt.MouseButton.NoButton if kind == QMouseEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind == QMouseEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, QPointF(at), QPointF(target.mapToGlobal(at)), button, held, Qt.KeyboardModifier.NoModifier)
    event.setTimestamp(int(time.monotonic() * 1000))  # without it each press counts as a double click
    QApplication.sendEvent(target, event)


class Run:
    """One way of drawing a crowd, measured while it moves and while it is dragged."""

    def __init__(self, name: str, widget: QWidget, show: Callable[[PositionFrame], None], crowd: Crowd) -> None:
        self.name, self.widget, self.show, self.crowd = name, widget, show, crowd
        self.counter = Counter(widget)
        self._seconds = 0.0
        self._timer = QTimer(widget)
        self._timer.timeout.connect(self._step)

    def _step(self) -> None:
        self._seconds += FRAME_MS / 1000
        self.show(self.crowd.frame(self._seconds))

    def measure(self, seconds: float, *, moving: bool, dragging: bool) -> str:
        """A row of the table."""
        if moving:
            self._timer.start(FRAME_MS)
        wait(1500)
        self.counter.begin()
        begin = time.perf_counter()
        if dragging:
            target = self.widget.findChild(QQuickWidget)
            drag(target if target is not None else self.widget, seconds)
        else:
            wait(int(seconds * 1000))
        spent = time.perf_counter() - begin
        frames = self.counter.frames / spent
        self._timer.stop()
        what = ("dragged" if dragging else "still view") + (", all moving" if moving else "")
        return f"{self.name:<34} {self.crowd.n:>6} {what:<24} {frames:6.1f} {self.counter.lag(0.99):8.1f} {self.counter.lag(1.0):8.1f}"


def selecting_ms(view: MapView, case: CaseId, devices: tuple[DeviceId, DeviceId]) -> float:
    """From the choice of a case to both 24-hour tracks drawn, in ms."""
    tracks = tuple(day_track(device, n) for n, device in enumerate(devices))
    begin = time.perf_counter()
    view.select_case(case)
    view.show_tracks(tracks)
    script = (
        "bongsu.state.trails.tracks.length === 2 && bongsu.state.selection.case !== null && "
        "bongsu.caseOverlay.grid.needed(bongsu.view).every(n => bongsu.caseOverlay.grid.pieces.get(n.key)?.stale === false)"
    )
    drawn: list[bool] = []
    while not (drawn and drawn[-1]):
        view.life.page.runJavaScript(script, drawn.append)
        wait(4)
        if time.perf_counter() - begin > 10:
            return float("nan")
    return (time.perf_counter() - begin) * 1000


def day_track(device: DeviceId, n: int) -> Track:
    """A day of fixes, one each five seconds, of somebody who wanders about Seoul."""
    random, count = np.random.default_rng(n), 17_280
    single = random.uniform(0, 14, count).astype(np.float32)
    return Track(
        device=device,
        measured_us=(AT_US - np.arange(count, dtype=np.int64)[::-1] * 5_000_000).tobytes(),
        lat_deg=(SEOUL.lat_deg + np.cumsum(random.normal(0, 6e-5, count))).tobytes(),
        lon_deg=(SEOUL.lon_deg + np.cumsum(random.normal(0, 8e-5, count))).tobytes(),
        accuracy_m=single.tobytes(), speed_mps=single.tobytes(), inside=single.tobytes(),
        rejected=np.zeros(count, np.uint8).tobytes(), masked=False,
    )  # fmt: skip


def _our_map(crowd: Crowd, zoom: float) -> MapView:
    view = MapView()
    view.resize(*SIZE)
    view.show()
    wait(2000)
    view.show_cases(crowd.cases())
    view.go_to(SEOUL, zoom)
    for step in range(12):
        view.show_frame(crowd.frame(step * 10 - 120))
        wait(60)
    wait(2500)
    return view


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="2 s instead of 8 s a row, without the rivals")
    arguments = parser.parse_args()
    seconds = 2.0 if arguments.quick else 8.0
    os.environ.update(environment(os.environ, as_root=os.geteuid() == 0))
    prepare_engine()
    application = QApplication([])
    say = sys.stdout.write
    machine = platform.processor() or platform.machine()
    say(f"{machine}, {os.cpu_count()} cores, no GPU, {SIZE[0]}x{SIZE[1]}, Qt platform {application.platformName()}\n")
    say(f"{'what':<34} {'people':>6} {'how':<24} {'frames/s':>6} {'lag p99':>8} {'worst ms':>8}\n")
    for n, alarms in ((1000, 40), (10_000, 500)):
        crowd = Crowd(n, alarms=alarms)
        _measure_ours(crowd, seconds, say)
        if not arguments.quick:
            _measure_rivals(crowd, seconds, say)


def _measure_ours(crowd: Crowd, seconds: float, say: Callable[[str], object]) -> None:
    view = _our_map(crowd, ZOOM)
    run = Run("Bongsu map, trails, names", view, view.show_frame, crowd)
    for moving, dragging in ((True, False), (False, True), (True, True)):
        say(run.measure(seconds, moving=moving, dragging=dragging) + "\n")
    spent = selecting_ms(view, CaseId("KR-SE-00000"), (crowd.devices[0], crowd.devices[1]))
    say(f"{'  a case with two 24 h tracks':<34} {'':>6} {'selected and drawn':<24} {spent:6.0f} ms\n")
    put_away(view)


def _measure_rivals(crowd: Crowd, seconds: float, say: Callable[[str], object]) -> None:
    for rival in (LeafletMarkers(crowd.devices), Scatter()):
        rival.widget.resize(*SIZE)
        rival.widget.show()
        wait(4000)
        rival.show(crowd.frame(0))
        wait(3000)
        run = Run(rival.name, rival.widget, rival.show, crowd)
        rival.count(run.counter)
        say(run.measure(seconds, moving=True, dragging=False) + "\n")
        put_away(rival.widget, rival.life if isinstance(rival, LeafletMarkers) else None)


def put_away(widget: QWidget, life: PageLife | None = None) -> None:
    """End a widget; a map's page goes first, and its profile only when the web engine's own thread has let go of it, as at the desk."""
    life = widget.life if isinstance(widget, MapView) else life
    widget.close()
    if life is not None:
        life.outlive_page()
    widget.deleteLater()
    wait(OUTLIVE_MS)
    if life is not None:
        life.deleteLater()
        wait(OUTLIVE_MS // 2)


if __name__ == "__main__":
    main()
