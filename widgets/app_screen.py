"""The screen of the protected person's phone, drawn as the app draws it: same words, colours, sizes and map."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from backend_bridge.application.access_rows import DisclosureRow
from backend_bridge.domain.quantities import LatLon
from widgets.app_map import draw_app_map
from widgets.app_words import AppPicture, picture_of, text
from widgets.theme import app_colours, font_of

PHONE_PX: Final = (390, 780)
MARGIN: Final = 16.0
TITLE_PX, HEADLINE_PX, DETAIL_PX, BODY_PX, SOS_PX, FOOT_PX = 20, 26, 20, 18, 22, 15
BAR: Final = {"near": "act", "old": "look", "clear": "calm", "unpaired": "quiet"}
HEAD: Final = {"near": "act", "old": "look"}
WRAP: Final = Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """A piece of text: its size, weight and colour."""

    text: str
    size: int
    colour: QColor
    bold: bool = False


class AppScreen(QWidget):
    """Shows one `DisclosureRow` as the phone does; the picture keeps the proportions of a phone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("app_screen")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(300)
        self._colours = app_colours()
        self._row: DisclosureRow | None = None
        self._now_us = 0
        self.picture: AppPicture | None = None
        """What is on the screen, in words; None while nothing is known."""

    @override
    def sizeHint(self) -> QSize:
        """The size of a phone."""
        return QSize(*PHONE_PX)

    def show_row(self, row: DisclosureRow | None, now_us: int) -> None:
        """Show what the app shows; None: this case has no app."""
        self._row = row
        self.show_now(now_us)

    def show_now(self, now_us: int) -> None:
        """Let the age count."""
        self._now_us = now_us
        self.picture = None if self._row is None else picture_of(self._row, now_us)
        picture = self.picture
        words = () if picture is None else (picture.headline, picture.detail, picture.age)
        self.setAccessibleName(self.tr("What the app shows: {words}").format(words=". ".join(part for part in words if part)))
        self.update()

    def mark(self) -> tuple[LatLon, float, bool] | None:
        """The circle on the app's map: middle, radius in metres, whether it is of now; None when none is drawn."""
        row = self._row
        if row is None or row.n_apps == 0 or row.place is None or row.radius_m is None:
            return None
        return row.place, float(row.radius_m), row.live

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """The phone, in the middle of the room that there is."""
        if self.picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, high = PHONE_PX
        scale = min(self.width() / wide, self.height() / high)
        painter.translate((self.width() - wide * scale) / 2, 0)
        painter.scale(scale, scale)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(0, 0, wide, high), 22, 22)
        painter.setClipPath(frame)
        painter.fillRect(QRectF(0, 0, wide, high), self._colours["ground"])
        self._paint_app(painter, self.picture)
        painter.end()

    def _paint_app(self, painter: QPainter, picture: AppPicture) -> None:
        wide, high = PHONE_PX
        colours = self._colours
        inner = wide - 2 * MARGIN
        title = _Words(text=text("title"), size=TITLE_PX, colour=colours["words"], bold=True)
        self._write(painter, QRectF(MARGIN, 12, inner, 48), title, Qt.AlignmentFlag.AlignVCenter)
        below = self._paint_status(painter, picture, 72.0)
        foot = high - 14 - self._paint_foot(painter, high - 14.0)
        sos = QRectF(MARGIN, foot - 116, inner, 72)
        draw_app_map(painter, QRectF(MARGIN, below + 12, inner, sos.top() - below - 24), self.mark(), colours)
        self._paint_sos(painter, sos, enabled=picture.kind != "unpaired")

    def _paint_status(self, painter: QPainter, picture: AppPicture, top: float) -> float:
        """The box that says who is near; its lower edge."""
        colours = self._colours
        parts = (
            _Words(text=picture.headline, size=HEADLINE_PX, colour=colours[HEAD.get(picture.kind, "words")], bold=True),
            _Words(text=picture.detail, size=DETAIL_PX, colour=colours["words"]),
            _Words(text=picture.age, size=BODY_PX, colour=colours["quiet"]),
        )
        room = PHONE_PX[0] - 2 * MARGIN - 46
        heights = [self._height(part, room) for part in parts]
        box = QRectF(MARGIN, top, PHONE_PX[0] - 2 * MARGIN, sum(heights) + 28)
        outline = QPainterPath()
        outline.addRoundedRect(box, 14, 14)
        painter.save()
        painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
        painter.fillRect(box, colours["panel"])
        bar = QPen(colours[BAR[picture.kind]], 10, Qt.PenStyle.DashLine if picture.kind == "old" else Qt.PenStyle.SolidLine)
        bar.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(bar)
        painter.drawLine(box.topLeft() + _right(5), box.bottomLeft() + _right(5))
        painter.restore()
        at = box.top() + 14
        for part, height in zip(parts, heights, strict=True):
            self._write(painter, QRectF(box.left() + 28, at, room, height), part, Qt.AlignmentFlag.AlignTop)
            at += height
        return box.bottom()

    def _paint_sos(self, painter: QPainter, box: QRectF, *, enabled: bool) -> None:
        painter.save()
        painter.setOpacity(1.0 if enabled else 0.5)
        painter.setPen(QPen(self._colours["act"], 1))
        painter.setBrush(self._colours["sos"])
        painter.drawRoundedRect(box, 10, 10)
        words = _Words(text=text("sos"), size=SOS_PX, colour=self._colours["words"], bold=True)
        self._write(painter, box, words, Qt.AlignmentFlag.AlignCenter)
        painter.restore()

    def _paint_foot(self, painter: QPainter, bottom: float) -> float:
        """What the app cannot know, and whose boundaries it draws; its height."""
        room = PHONE_PX[0] - 2 * MARGIN
        parts = [_Words(text=text(name), size=FOOT_PX, colour=self._colours["quiet"]) for name in ("limits", "credit")]
        heights = [self._height(part, room) + 4 for part in parts]
        at = bottom - sum(heights)
        for part, height in zip(parts, heights, strict=True):
            self._write(painter, QRectF(MARGIN, at, room, height), part, Qt.AlignmentFlag.AlignTop)
            at += height
        return sum(heights)

    @staticmethod
    def _height(words: _Words, room: float) -> float:
        if not words.text:
            return 0.0
        box = QRectF(0, 0, room, 10_000)
        return QFontMetricsF(font_of(words.size, bold=words.bold)).boundingRect(box, WRAP, words.text).height()

    @staticmethod
    def _write(painter: QPainter, box: QRectF, words: _Words, where: Qt.AlignmentFlag) -> None:
        painter.setFont(font_of(words.size, bold=words.bold))
        painter.setPen(words.colour)
        painter.drawText(box, int(where | WRAP), words.text)


def _right(px: float) -> QPointF:
    return QPointF(px, 0)
