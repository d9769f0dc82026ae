"""The symbols of the desk, drawn with the painter so that they are sharp at every size: shape says what colour says."""

import math
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from backend_bridge.domain.alarm import AlarmKind
from widgets.theme import Look


class Symbol(StrEnum):
    """What can stand at the head of a row."""

    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    DISC = "disc"
    BURST = "burst"
    SQUARE = "square"
    SLASHED = "slashed"
    """A square cut in two: a unit that cannot be sent."""
    SHIELD = "shield"
    ARROW = "arrow"
    TICK = "tick"
    BOX = "box"
    CROSS = "cross"
    DASH = "dash"
    PAUSE = "pause"
    FOLDED = "folded"
    """A triangle to the right: what belongs to the row is folded away."""
    UNFOLDED = "unfolded"


def symbol_of(kind: AlarmKind, look: Look) -> Symbol:
    """Burst for SOS, triangle for act, diamond for look, disc for technical."""
    if kind is AlarmKind.SOS:
        return Symbol.BURST
    return {Look.ACT: Symbol.TRIANGLE, Look.LOOK: Symbol.DIAMOND}.get(look, Symbol.DISC)


def draw_symbol(painter: QPainter, box: QRectF, symbol: Symbol, colour: str, *, hollow: bool = False) -> None:
    """Paint `symbol` in `colour` centred in `box`; hollow ones, which are old, are drawn as an outline."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colour), max(1.4, box.width() / 10))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    lined = hollow or symbol in (Symbol.TICK, Symbol.BOX, Symbol.CROSS, Symbol.DASH)
    painter.setPen(pen if lined else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if lined else QBrush(QColor(colour)))
    painter.drawPath(_path(symbol, box))
    painter.restore()


def symbol_pixmap(symbol: Symbol, colour: str, size_px: int, *, hollow: bool = False) -> QPixmap:
    """The symbol as a picture with nothing behind it."""
    pixmap = QPixmap(size_px, size_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_symbol(painter, QRectF(1, 1, size_px - 2, size_px - 2), symbol, colour, hollow=hollow)
    painter.end()
    return pixmap


def window_icon(colour: str, ground: str) -> QIcon:
    """The beacon of Bongsu: a flame on a dark ground."""
    pixmap = QPixmap(128, 128)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(4, 4, 120, 120), 26, 26)
    painter.setBrush(QColor(colour))
    flame = QPainterPath(QPointF(64, 18))
    flame.cubicTo(70, 44, 98, 52, 92, 82)
    flame.cubicTo(88, 102, 40, 102, 36, 82)
    flame.cubicTo(34, 66, 46, 62, 48, 46)
    flame.cubicTo(56, 52, 58, 58, 58, 64)
    flame.cubicTo(64, 52, 66, 36, 64, 18)
    painter.drawPath(flame)
    painter.drawRoundedRect(QRectF(38, 102, 52, 9), 4, 4)
    painter.end()
    return QIcon(pixmap)


def _path(symbol: Symbol, box: QRectF) -> QPainterPath:
    drawers = {
        Symbol.TRIANGLE: lambda: _polygon(box, ((0.5, 0.06), (1.0, 0.92), (0.0, 0.92))),
        Symbol.DIAMOND: lambda: _polygon(box, ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5))),
        Symbol.SQUARE: lambda: _polygon(box, ((0.08, 0.08), (0.92, 0.08), (0.92, 0.92), (0.08, 0.92))),
        Symbol.SLASHED: lambda: _slashed(box),
        Symbol.BOX: lambda: _polygon(box, ((0.08, 0.08), (0.92, 0.08), (0.92, 0.92), (0.08, 0.92))),
        Symbol.ARROW: lambda: _polygon(box, ((0.5, 0.0), (0.95, 1.0), (0.5, 0.74), (0.05, 1.0))),
        Symbol.DISC: lambda: _disc(box),
        Symbol.BURST: lambda: _burst(box),
        Symbol.SHIELD: lambda: _shield(box),
        Symbol.TICK: lambda: _line(box, ((0.1, 0.55), (0.4, 0.85), (0.92, 0.15))),
        Symbol.DASH: lambda: _line(box, ((0.1, 0.5), (0.9, 0.5))),
        Symbol.CROSS: lambda: _cross(box),
        Symbol.PAUSE: lambda: _bars(box),
        Symbol.FOLDED: lambda: _polygon(box, ((0.25, 0.0), (0.85, 0.5), (0.25, 1.0))),
        Symbol.UNFOLDED: lambda: _polygon(box, ((0.0, 0.25), (1.0, 0.25), (0.5, 0.85))),
    }
    return drawers[symbol]()


def _point(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height())


def _polygon(box: QRectF, corners: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([_point(box, x, y) for x, y in corners]))
    path.closeSubpath()
    return path


def _slashed(box: QRectF) -> QPainterPath:
    path = _polygon(box, ((0.08, 0.08), (0.76, 0.08), (0.08, 0.76)))
    path.addPath(_polygon(box, ((0.92, 0.24), (0.92, 0.92), (0.24, 0.92))))
    return path


def _line(box: QRectF, corners: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath(_point(box, *corners[0]))
    for corner in corners[1:]:
        path.lineTo(_point(box, *corner))
    return path


def _disc(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(box.adjusted(1, 1, -1, -1))
    return path


def _burst(box: QRectF) -> QPainterPath:
    corners = []
    for step in range(16):
        radius = 0.5 if step % 2 == 0 else 0.27
        angle = math.pi * step / 8 - math.pi / 2
        corners.append((0.5 + radius * math.cos(angle), 0.5 + radius * math.sin(angle)))
    return _polygon(box, tuple(corners))


def _shield(box: QRectF) -> QPainterPath:
    path = QPainterPath(_point(box, 0.5, 0.0))
    path.lineTo(_point(box, 0.92, 0.16))
    path.cubicTo(_point(box, 0.92, 0.6), _point(box, 0.78, 0.85), _point(box, 0.5, 1.0))
    path.cubicTo(_point(box, 0.22, 0.85), _point(box, 0.08, 0.6), _point(box, 0.08, 0.16))
    path.closeSubpath()
    return path


def _bars(box: QRectF) -> QPainterPath:
    path = _polygon(box, ((0.12, 0.05), (0.4, 0.05), (0.4, 0.95), (0.12, 0.95)))
    path.addPath(_polygon(box, ((0.6, 0.05), (0.88, 0.05), (0.88, 0.95), (0.6, 0.95))))
    return path


def _cross(box: QRectF) -> QPainterPath:
    path = _line(box, ((0.15, 0.15), (0.85, 0.85)))
    path.addPath(_line(box, ((0.85, 0.15), (0.15, 0.85))))
    return path
