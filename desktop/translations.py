"""The operator's language: Korean first, English second, both complete; compiled files are made from the `.ts` files when missing."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QStandardPaths, QTranslator
from PySide6.QtWidgets import QApplication

import resources

LANGUAGES: Final = ("ko", "en")


def chosen_language(setting: str) -> str:
    """`ko` or `en`: the setting, or what the system speaks; Korean where it speaks neither."""
    if setting in LANGUAGES:
        return setting
    system = QLocale.system().name().partition("_")[0]
    return system if system in LANGUAGES else "ko"


def compiled(language: str) -> Path:
    """The compiled translation, made anew where it is older than its source."""
    source = resources.path(f"translations/bongsu_{language}.ts")
    target = _folder(source.parent) / f"bongsu_{language}.qm"
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        _compile(source, target)
    return target


def _folder(beside: Path) -> Path:
    """Beside the sources where one may write there, else the user's cache."""
    if os.access(beside, os.W_OK):
        return beside
    cache = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)) / "bongsu"
    cache.mkdir(parents=True, exist_ok=True)
    return cache


def _compile(source: Path, target: Path) -> None:
    """Write a new file and put it in the place of the old one: another desk may have the old one mapped into its memory."""
    release = Path(sys.executable).with_name("pyside6-lrelease")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        fresh = Path(folder) / target.name
        subprocess.run([str(release), "-silent", str(source), "-qm", str(fresh)], check=True)  # noqa: S603 - a tool of Qt's own, on a file of ours
        fresh.replace(target)


def install(application: QApplication, language: str) -> None:
    """Let the whole application speak `language`; the one spoken before is taken out."""
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    qt = f"{QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)}/qtbase_{language}"  # what Qt itself says, as in its print dialog
    for file in (qt, str(compiled(language))):  # the last is asked first
        translator = QTranslator(application)
        if translator.load(file):
            application.installTranslator(translator)
    QLocale.setDefault(QLocale(QLocale.Language.Korean if language == "ko" else QLocale.Language.English))
