"""The incident report: one PDF that a court can read, that holds what was on the screen, and whose hash tells it from any other."""

import hashlib
import re

import pytest
from builders import evening, incident
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtPdf import QPdfDocument

from backend_bridge.domain.purpose import Purpose
from desktop import translations
from widgets.incident_report import Report, ReportPicture, incident_report
from widgets.printed_sheet import Maker
from widgets.theme import dress, load_theme


@pytest.fixture
def report(qapp) -> Report:
    translations.install(qapp, "en")
    dress(qapp, load_theme("night"))  # as at a desk: with its own font and digits
    image = QImage(640, 360, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    row, alarms = incident(), evening()[:2]
    return incident_report(
        row,
        alarms,
        [ReportPicture(title="Map", image=image)],
        Maker(user="operator-1", at_us=row.opened_us + 90_000_000, access="GRANT-3", purpose=Purpose.BREACH_INVESTIGATION, copy=12),
    )


def test_every_page_says_who_printed_it_when_what_for_under_what_and_which_copy_it_is(report: Report) -> None:
    pages = pages_of(report.pdf)
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        words = " ".join(page.split())
        assert words.count("operator-1 · 2026-11-23 09:43") >= 2, "at the foot and across the page"
        assert words.count("4 · breach · GRANT-3 · copy 12") >= 2
        assert f"{number}/{len(pages)}" in words


def text_of(pdf: bytes) -> str:
    return "\n".join(pages_of(pdf))


def pages_of(pdf: bytes) -> list[str]:
    buffer = QBuffer()
    buffer.setData(pdf)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    assert document.status() == QPdfDocument.Status.Ready
    return [document.getAllText(page).text() for page in range(document.pageCount())]


def test_a_report_names_the_incident_its_clocks_steps_and_how_to_check_it(report: Report) -> None:
    text = text_of(report.pdf)
    row = incident()
    for wanted in (row.incident, row.case, "The five clocks", "Timeline", "How to check this report", "Map"):
        assert wanted in text
    assert re.search(r"[0-9a-f]{64}", re.sub(r"\s", "", text).partition("SHA-256ofthetext")[2])


def test_korean_words_and_figures_can_be_copied_out(qapp) -> None:
    if "NanumGothic" not in QFontDatabase.families():
        pytest.skip("needs a Korean font of the system (fonts-nanum)")
    translations.install(qapp, "ko")
    try:
        row = incident()
        text = text_of(incident_report(row, evening()[:2], [], Maker(user="op-1", at_us=row.opened_us)).pdf)
    finally:
        translations.install(qapp, "en")
    for wanted in ("다섯 시각", "2026-11-23 09:42:07 KST", "위치 오차는 피부착자 9 m", "확률 97%", "verify-report"):
        assert wanted.replace(" ", "") in "".join(text.split()).replace("\ufffe", "-"), "a line may end anywhere"


def test_the_hash_is_that_of_the_file(report: Report) -> None:
    assert report.sha256 == hashlib.sha256(report.pdf).hexdigest()


def test_no_name_or_number_of_a_person_is_in_it(report: Report) -> None:
    assert "010-" not in text_of(report.pdf)
