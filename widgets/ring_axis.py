"""The distances of rings, named at the right edge of a chart, where no curve runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyqtgraph
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from widgets.theme import Theme, font_of

WIDTH_PX: Final = 80
LINE_PX: Final = 14
"""Words stand at least so far apart, however close their rings are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RingName:
    """A ring as it is named: how far out, in words, in which colour."""

    distance_m: float
    text: str
    colour: str


class RingAxis(pyqtgraph.AxisItem):  # type: ignore[misc]  # pyqtgraph ships no types
    """An axis that names rings alone; without any it is an empty margin."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("right")
        self._font = font_of(theme.caption_px)
        self._rings: tuple[RingName, ...] = ()
        self.setWidth(WIDTH_PX)
        self.setStyle(showValues=False)
        self.setGrid(False)

    def show_rings(self, rings: Sequence[RingName]) -> None:
        """Name these."""
        self._rings = tuple(rings)
        self.picture = None
        self.update()

    def places(self) -> list[tuple[float, RingName]]:
        """The middle of each name in pixels from the top, the farthest ring first; those beyond the chart are left out."""
        box = self._box()
        low, high = self.range
        inside = sorted((ring for ring in self._rings if low <= ring.distance_m <= high), key=lambda ring: -ring.distance_m)
        wanted = [box.bottom() - (ring.distance_m - low) / max(1e-9, high - low) * box.height() for ring in inside]
        least = box.bottom() - LINE_PX * (len(inside) - 0.5)
        found: list[tuple[float, RingName]] = []
        for at, (middle, ring) in enumerate(zip(wanted, inside, strict=True)):
            above = found[-1][0] + LINE_PX if found else box.top() + LINE_PX / 2
            found.append((max(above, min(middle, least + at * LINE_PX)), ring))
        return found

    def _box(self) -> QRectF:
        """The margin itself: what pyqtgraph calls an axis' bounds may reach over the chart."""
        return QRectF(self.mapRectFromParent(self.geometry()))

    def drawPicture(self, p: QPainter, *_specs: object) -> None:
        """The names, each in the colour of its ring."""
        box = self._box()
        p.setFont(self._font)
        for middle, ring in self.places():
            p.setPen(QColor(ring.colour))
            words = QRectF(box.left() + 4, middle - LINE_PX / 2, box.width() - 4, LINE_PX)
            p.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), ring.text)
