"""The operator's language: Korean first, English second, both complete; compiled files are made from the `.ts` files when missing."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, QTranslator
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
    target = source.with_suffix(".qm")
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        release = Path(sys.executable).with_name("pyside6-lrelease")
        subprocess.run([str(release), "-silent", str(source), "-qm", str(target)], check=True)  # noqa: S603 - a tool of Qt's own, on a file of ours
    return target


def install(application: QApplication, language: str) -> None:
    """Let the whole application speak `language`; the one spoken before is taken out."""
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.setParent(None)
    translator = QTranslator(application)
    if translator.load(str(compiled(language))):
        application.installTranslator(translator)
    QLocale.setDefault(QLocale(QLocale.Language.Korean if language == "ko" else QLocale.Language.English))
