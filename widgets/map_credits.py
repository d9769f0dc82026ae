"""Who made the base maps, in the words of the desk's language."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from widgets.marks import QT_TRANSLATE_NOOP

CREDITS: Final = (
    QT_TRANSLATE_NOOP("MapTexts", "Natural Earth; 통계청 SGIS 2018 (공공누리 제1유형)"),
    QT_TRANSLATE_NOOP("MapTexts", "© OpenStreetMap contributors (ODbL)"),
)


def credit_text(credit: str) -> str:
    """The makers of a base map as their licence wants them named; those that ship have words in both languages."""
    return QCoreApplication.translate("MapTexts", credit) if credit in CREDITS else credit
