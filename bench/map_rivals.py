"""The two usual ways of drawing moving people, for comparison: Leaflet markers on a folium page, and a pyqtgraph scatter."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import pyqtgraph
from PySide6.QtCore import QObject
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from backend_bridge.application.rows import PositionFrame
from widgets.map.base_page import Served, built_page
from widgets.map.page_life import PageLife

_SCRIPT = b"""
map_live.setView([37.545, 126.99], 12);
const marks = [];
window.move = (lat, lon) => lat.forEach((y, i) => {
  if (marks[i]) marks[i].setLatLng([y, lon[i]]); else marks.push(L.circleMarker([y, lon[i]], { radius: 5, weight: 1 }).addTo(map_live));
});
const beat = encodeURIComponent(JSON.stringify({ event: "beat", rendered: 0, presented: 0 }));
setInterval(() => fetch("event", { headers: { "X-Told": beat } }), 1000);
"""


class FrameCounter(Protocol):
    """What counts the frames of a widget."""

    frames: int


class LeafletMarkers:
    """One Leaflet circle marker for each person on a page that folium built, moved from outside as is usual."""

    name = "folium page, Leaflet markers"

    def __init__(self, _devices: Sequence[str]) -> None:
        self.widget = QWidget()
        files = built_page()
        self.life = PageLife(self.widget, {**files, "main.js": Served(body=_SCRIPT, mime=b"text/javascript")}, (), _unheard)
        self.life.view.setParent(self.widget)
        self.life.view.resize(1400, 900)
        self.life.setParent(self.widget)
        self.life.start()

    def show(self, frame: PositionFrame) -> None:
        """Move every marker."""
        lat, lon = np.frombuffer(frame.lat_deg).tolist(), np.frombuffer(frame.lon_deg).tolist()
        self.life.page.runJavaScript(f"move({lat}, {lon})")

    def count(self, _counter: FrameCounter) -> None:
        """Nothing to add: the frames of the web view are counted already."""


class Scatter:
    """All people in one pyqtgraph scatter plot, without any map beneath."""

    name = "pyqtgraph scatter, no map"

    def __init__(self) -> None:
        self.widget = pyqtgraph.PlotWidget()
        self._points = pyqtgraph.ScatterPlotItem(size=9, pxMode=True)
        self.widget.addItem(self._points)

    def show(self, frame: PositionFrame) -> None:
        """Set every position."""
        self._points.setData(np.frombuffer(frame.lon_deg), np.frombuffer(frame.lat_deg))

    def count(self, counter: FrameCounter) -> None:
        """Count each painting of the plot."""
        watcher = _PaintCounter(counter, self.widget)
        self.widget.viewport().installEventFilter(watcher)


class _PaintCounter(QObject):
    def __init__(self, counter: FrameCounter, parent: QObject) -> None:
        super().__init__(parent)
        self._counter = counter

    def eventFilter(self, watched: QObject, event: Any) -> bool:  # noqa: N802 - Qt's name
        if event.type() == event.Type.Paint:
            self._counter.frames += 1
        return super().eventFilter(watched, event)


def _unheard(_said: dict[str, Any]) -> None:
    """The page's words do not matter here."""


WEB_VIEW = QWebEngineView
"""Imported so that the web engine is loaded before the application object."""
