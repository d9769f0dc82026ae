"""Lists on paper: a PDF with who made it, when, and a hash on every page; and the same list as CSV.

The hash is that of the content alone, so that a page can be held against the list it claims to be from.
"""

import csv
import hashlib
import html
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontDatabase,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication

from widgets import formats

translate = QCoreApplication.translate

_DPI: Final = 150
_FOOT_PX: Final = 60
_SLOPE_DEG: Final = -38.0
_INK: Final = QColor("black")
_WATERMARK_ALPHA: Final = 26
_FAMILIES: Final = ("NanumGothic", "Nanum Gothic")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_STYLE: Final = """
body { font-size: 8pt } h1 { font-size: 14pt } h2 { font-size: 10pt; margin-top: 12px }
td, th { padding: 2px 8px 2px 0; text-align: left; vertical-align: top } th { font-weight: 600 }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """One list: its heading, the names of its columns, its rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is to be printed: a title, facts about it (period, filter), and lists."""

    title: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[SheetTable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Who prints, and when by the bridge's clock."""

    user: str
    at_us: int
    access: str = ""
    """The request, grant or incident under which it is printed; empty where the office itself suffices."""

    def stamp(self) -> str:
        """Who, when and under what, as it stands across the page."""
        return " · ".join(part for part in (self.user, f"{formats.day(self.at_us)} {formats.clock(self.at_us)} KST", self.access) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A finished document: the name to save it under, its bytes, and the filter of the file dialog."""

    name: str
    data: bytes
    kind: str
    sha256: str

    @property
    def what(self) -> str:
        """What kind of paper it is, for the log: its name without date, number and ending."""
        found = re.match("[a-z-]*[a-z]", self.name.lower())
        return "paper" if found is None else found.group()

    @classmethod
    def of(cls, name: str, data: bytes, kind: str) -> "Paper":
        """A document with the hash of its bytes."""
        return cls(name=name, data=data, kind=kind, sha256=hashlib.sha256(data).hexdigest())


def content_hash(sheet: Sheet, maker: Maker) -> str:
    """The SHA-256 of everything that the sheet says, with who made it and when."""
    return hashlib.sha256(_content(sheet, maker).encode()).hexdigest()


def pdf_of(sheet: Sheet, name: str, maker: Maker) -> Paper:
    """The sheet as a PDF, A4 across; every page has the watermark, the hash and its number."""
    document = QTextDocument()
    document.setDefaultFont(_font(9))
    document.setDefaultStyleSheet(_STYLE)
    document.setHtml(_content(sheet, maker))
    data = _printed(document, sheet.title, maker, content_hash(sheet, maker))
    return Paper.of(f"{name}.pdf", data, "PDF (*.pdf)")


def csv_of(sheet: Sheet, name: str, maker: Maker) -> Paper:
    """The lists as CSV, UTF-8 with the mark that spreadsheets look for; the last lines say who made it, when, and its hash."""
    text = io.StringIO()
    writer = csv.writer(text)
    for table in sheet.tables:
        if len(sheet.tables) > 1:
            writer.writerow([table.title])
        writer.writerow(table.heads)
        writer.writerows(tuple(map(_harmless, row)) for row in table.rows)
        writer.writerow([])
    writer.writerows(tuple(map(_harmless, fact)) for fact in (*sheet.facts, *_made(maker)))
    writer.writerow(["SHA-256", content_hash(sheet, maker)])
    data = b"\xef\xbb\xbf" + text.getvalue().encode()
    return Paper.of(f"{name}.csv", data, "CSV (*.csv)")


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet will not take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _font(points: int) -> QFont:
    """A font of the system's own where there is one: digits in the desk's cannot be copied out of a PDF."""
    families = [name for name in _FAMILIES if name in QFontDatabase.families()]
    font = QFont([*families, *QApplication.font().families()])
    font.setPointSize(points)
    return font


def _made(maker: Maker) -> tuple[tuple[str, str], ...]:
    stamp = formats.both_zones(maker.at_us).replace("\n", " · ")
    return ((translate("PrintedSheet", "Printed by"), maker.user), (translate("PrintedSheet", "Printed at"), stamp))


def _content(sheet: Sheet, maker: Maker) -> str:
    parts = [f"<h1>{_text(sheet.title)}</h1>", _table((), (*sheet.facts, *_made(maker)))]
    for table in sheet.tables:
        parts.append(f"<h2>{_text(table.title)}</h2>" if table.title else "")
        parts.append(_table(table.heads, table.rows) or f"<p>{_text(translate('PrintedSheet', 'No entries.'))}</p>")
    return "".join(parts)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    if not lines:
        return ""
    head = "<thead><tr>" + "".join(f"<th>{_text(name)}</th>" for name in heads) + "</tr></thead>" if heads else ""
    return f"<table>{head}{''.join(lines)}</table>"


def _text(words: str) -> str:
    return html.escape(words)


def _printed(document: QTextDocument, title: str, maker: Maker, digest: str) -> bytes:
    bytes_ = QByteArray()
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(title)
    writer.setCreator("Bongsu")
    margins = QMarginsF(14, 14, 14, 12)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Landscape, margins, QPageLayout.Unit.Millimeter))
    page = QRectF(0, 0, writer.width(), writer.height())
    document.documentLayout().setPaintDevice(writer)
    document.setPageSize(QSizeF(page.width(), page.height() - _FOOT_PX))
    painter = QPainter(writer)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        _paint_page(painter, document, page, number)
        _paint_marks(painter, page, maker, f"SHA-256 {digest} · {number + 1}/{document.pageCount()}")
    painter.end()
    buffer.close()
    return bytes(bytes_.data())


def _paint_page(painter: QPainter, document: QTextDocument, page: QRectF, number: int) -> None:
    height = document.pageSize().height()
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, _INK)
    context.clip = QRectF(0, number * height, page.width(), height)
    painter.save()
    painter.translate(0, -number * height)
    painter.setClipRect(QRectF(0, number * height, page.width(), height))
    document.documentLayout().draw(painter, context)
    painter.restore()


def _paint_marks(painter: QPainter, page: QRectF, maker: Maker, foot: str) -> None:
    """Who and when across the page, and at its foot with the hash."""
    stamp = maker.stamp()
    painter.save()
    painter.setPen(_INK)
    painter.setFont(_font(7))
    line = QRectF(0, page.height() - _FOOT_PX / 2, page.width(), _FOOT_PX / 2)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, f"{stamp} · {foot}")
    pale = QColor(_INK)
    pale.setAlpha(_WATERMARK_ALPHA)
    painter.setPen(pale)
    painter.setFont(_font(40))
    painter.translate(page.center())
    painter.rotate(_SLOPE_DEG)
    painter.drawText(QRectF(-page.width() / 2, -80, page.width(), 160), Qt.AlignmentFlag.AlignCenter, stamp)
    painter.restore()
