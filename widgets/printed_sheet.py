"""Lists on paper: a PDF with who made it, when, and a hash on every page; and the same list as CSV.

The hash is that of the content alone, so that a page can be held against the list it claims to be from.
"""

import csv
import hashlib
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontDatabase,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from backend_bridge.domain.identifiers import IncidentId
from backend_bridge.domain.purpose import Purpose
from widgets import formats, phrases

translate = QCoreApplication.translate

PDF_KIND: Final = "PDF (*.pdf)"
CSV_KIND: Final = "CSV (*.csv)"
_DPI: Final = 150
_FOOT_PX: Final = 72
_FOOT_LINE_PX: Final = 24
_MARK_PT: Final = 40
_ACROSS: Final = 1.15
"""The mark is at most so many times as long as the page is wide: it stands askew."""
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
    """The request, grant or incident under which it is printed; empty where the role itself suffices."""
    purpose: Purpose | None = None
    """Which of the law's five; None where the bridge was not asked."""
    copy: int = 0
    """Number of the copy, as the bridge gave it; 0 for none."""

    @classmethod
    def of(cls, answer: object) -> "Maker | None":
        """What the bridge said to `PreparePaper`; None where that is a refusal."""
        if not isinstance(answer, tuple) or len(answer) != 1:
            return None
        mark = json.loads(str(answer[0]))
        return cls(user=mark["user"], at_us=mark["at_us"], access=mark["access"] or "", purpose=Purpose(mark["purpose"]), copy=mark["copy"])

    def stamp(self) -> str:
        """Who, when, what for, under what, and which copy, as it stands across the page."""
        when = f"{formats.day(self.at_us)} {formats.clock(self.at_us)} KST"
        purpose = "" if self.purpose is None else phrases.word(phrases.PURPOSES_SHORT, self.purpose)
        copy = translate("PrintedSheet", "copy {n}").format(n=self.copy) if self.copy else ""
        return " · ".join(part for part in (self.user, when, purpose, self.access, copy) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A finished document: the name to save it under, its bytes, and the filter of the file dialog."""

    name: str
    data: bytes
    kind: str
    sha256: str

    @classmethod
    def of(cls, name: str, data: bytes, kind: str) -> "Paper":
        """A document with the hash of its bytes."""
        return cls(name=name, data=data, kind=kind, sha256=hashlib.sha256(data).hexdigest())


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Something to be printed or saved, which is drawn only once the bridge has entered that and given its mark."""

    name: str
    """The name to save it under, with its ending."""
    kind: str
    """The filter of the file dialog."""
    draw: Callable[[Maker], Paper]
    incident: IncidentId | None = None

    @property
    def what(self) -> str:
        """What kind of paper it is, for the log."""
        return kind_of_name(self.name)

    @classmethod
    def ready(cls, paper: Paper) -> "Draft":
        """A file that another has sealed or signed already, and that bears no mark but theirs."""
        return cls(name=paper.name, kind=paper.kind, draw=lambda _maker: paper)

    @classmethod
    def pdf(cls, sheet: Sheet, name: str) -> "Draft":
        """A sheet as PDF."""
        return cls(name=f"{name}.pdf", kind=PDF_KIND, draw=lambda maker: pdf_of(sheet, name, maker))

    @classmethod
    def csv(cls, sheet: Sheet, name: str) -> "Draft":
        """A sheet as CSV."""
        return cls(name=f"{name}.csv", kind=CSV_KIND, draw=lambda maker: csv_of(sheet, name, maker))


def kind_of_name(name: str) -> str:
    """What a paper is, by its name without date, number and ending."""
    found = re.match("[a-z-]*[a-z]", name.lower())
    return "paper" if found is None else found.group()


def content_hash(sheet: Sheet, maker: Maker) -> str:
    """The SHA-256 of everything that the sheet says, with who made it and when."""
    return hashlib.sha256(_content(sheet, maker).encode()).hexdigest()


def pdf_of(sheet: Sheet, name: str, maker: Maker) -> Paper:
    """The sheet as a PDF, A4 across; every page has the watermark, the hash and its number."""
    across = QPageLayout.Orientation.Landscape
    data = print_pages(_document(sheet, maker), (sheet.title, content_hash(sheet, maker)), maker, across)
    return Paper.of(f"{name}.pdf", data, PDF_KIND)


def print_on(sheet: Sheet, maker: Maker, printer: QPrinter) -> bool:
    """The same pages straight onto a printer; False where it does not take them."""
    printer.setResolution(_DPI)
    printer.setPageLayout(_layout(QPageLayout.Orientation.Landscape))
    return _paint(_document(sheet, maker), printer, maker, content_hash(sheet, maker))


def _document(sheet: Sheet, maker: Maker) -> QTextDocument:
    document = QTextDocument()
    document.setDefaultFont(_font(9))
    document.setDefaultStyleSheet(_STYLE)
    document.setHtml(_content(sheet, maker))
    return document


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
    return Paper.of(f"{name}.csv", data, CSV_KIND)


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
    return (
        (translate("PrintedSheet", "Printed by"), maker.user),
        (translate("PrintedSheet", "Printed at"), stamp),
        *mark_facts(maker),
    )


def mark_facts(maker: Maker) -> tuple[tuple[str, str], ...]:
    """What a copy is printed for, and which one it is; nothing where the bridge gave no mark."""
    facts: list[tuple[str, str]] = []
    if maker.purpose is not None:
        facts.append((translate("PrintedSheet", "Purpose"), phrases.word(phrases.PURPOSES, maker.purpose)))
    if maker.copy:
        facts.append((translate("PrintedSheet", "Copy"), str(maker.copy)))
    return tuple(facts)


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


def print_pages(document: QTextDocument, said: tuple[str, str], maker: Maker, orientation: QPageLayout.Orientation) -> bytes:
    """A document as PDF on A4; `said` are its title and its hash. Every page bears the mark of who makes it."""
    title, digest = said
    bytes_ = QByteArray()
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(title)
    writer.setCreator("Bongsu")
    writer.setPageLayout(_layout(orientation))
    _paint(document, writer, maker, digest)
    buffer.close()
    return bytes(bytes_.data())


def _layout(orientation: QPageLayout.Orientation) -> QPageLayout:
    size = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(size, orientation, QMarginsF(14, 14, 14, 12), QPageLayout.Unit.Millimeter)


def _paint(document: QTextDocument, device: QPagedPaintDevice, maker: Maker, digest: str) -> bool:
    """All pages of a document on a device of `_DPI`; False where it cannot be painted on."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    page = QRectF(0, 0, device.width(), device.height())
    document.documentLayout().setPaintDevice(device)
    document.setPageSize(QSizeF(page.width(), page.height() - _FOOT_PX))
    for number in range(document.pageCount()):
        if number:
            device.newPage()
        _paint_page(painter, document, page, number)
        _paint_marks(painter, page, maker, f"SHA-256 {digest} · {number + 1}/{document.pageCount()}")
    return painter.end()


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
    for at, text in enumerate((stamp, foot), -2):
        line = QRectF(0, page.height() + at * _FOOT_LINE_PX, page.width(), _FOOT_LINE_PX)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
    pale = QColor(_INK)
    pale.setAlpha(_WATERMARK_ALPHA)
    painter.setPen(pale)
    painter.setFont(_font(_MARK_PT))
    length = page.width() * _ACROSS
    painter.setFont(_font(min(_MARK_PT, int(_MARK_PT * length / painter.fontMetrics().horizontalAdvance(stamp)))))
    painter.translate(page.center())
    painter.rotate(_SLOPE_DEG)
    painter.drawText(QRectF(-length, -80, 2 * length, 160), Qt.AlignmentFlag.AlignCenter, stamp)
    painter.restore()
