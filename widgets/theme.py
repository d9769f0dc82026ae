"""The only colours and sizes of the desk: one set of tokens, two themes, and what they mean."""

import json
from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources
from backend_bridge.domain.alarm import TECHNICAL, AlarmKind, AlarmLevel
from widgets.stylesheet import stylesheet
from widgets.tokens import Look, Theme, contrast, mix

__all__ = ["Look", "Theme", "app_colours", "contrast", "dress", "font_of", "load_theme", "look_of", "map_colours", "mix", "palette_of"]

FONT_FILES: Final = ("fonts/NotoSansCJKkr-Regular.otf", "fonts/NotoSansCJKkr-Bold.otf")
FAMILY: Final = "Noto Sans CJK KR"


def load_theme(name: str) -> Theme:
    """The theme `night` or `day` from the tokens that are shipped."""
    tokens = json.loads(resources.path("theme/tokens.json").read_text(encoding="utf-8"))
    colours = {key: value for key, value in tokens[name].items() if isinstance(value, str) and key != "ok_text"}
    sizes = tokens["type"]["sizes_px"]
    frame = tokens["replay_frame"]
    return Theme(
        name=name,
        replay=frame["replay"],
        exercise=frame["exercise"],
        row_px=tokens["row_px"],
        compact_px=tokens["row_compact_px"],
        caption_px=sizes["caption"],
        body_px=sizes["body"],
        strong_px=sizes["strong"],
        figure_px=sizes["figure"],
        headline_px=sizes["headline"],
        **colours,
    )


def app_colours() -> dict[str, QColor]:
    """The colours of the protected person's app, which has its own look by day and night."""
    tokens = json.loads(resources.path("theme/tokens.json").read_text(encoding="utf-8"))
    return {name: QColor(value) for name, value in tokens["app"].items()}


def map_colours(theme: Theme) -> dict[str, QColor]:
    """The colours of a small still map: the base map's own, its roads and borders told from the ground by the colour of its words."""
    tokens = json.loads(resources.path("theme/tokens.json").read_text(encoding="utf-8"))[theme.name]["map"]
    shares = {"road_minor": 0.24, "road": 0.4, "road_major": 0.55, "rail": 0.32, "border": 0.45}
    drawn = {name: mix(tokens["land"], tokens["label"], share) for name, share in shares.items()}
    return {name: QColor(value) for name, value in (tokens | drawn).items()}


def look_of(kind: AlarmKind, level: AlarmLevel) -> Look:
    """Red act, whatever it is about: a room that has gone blind too; else violet technical, amber look."""
    if level is AlarmLevel.RED:
        return Look.ACT
    return Look.TECHNICAL if kind in TECHNICAL else Look.LOOK


def font_of(size_px: int, *, bold: bool = False) -> QFont:
    """The desk's font at `size_px`, with digits of one width."""
    font = QFont(FAMILY)
    font.setPixelSize(size_px)
    font.setBold(bold)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def palette_of(theme: Theme) -> QPalette:
    """The colours that Qt's own widgets draw themselves with."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.Base: theme.panel,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.text_faint,
        QPalette.ColorRole.Highlight: mix(theme.raised, theme.police, 0.25),
        QPalette.ColorRole.HighlightedText: theme.text,
        QPalette.ColorRole.Link: theme.police,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Dark: theme.window,
        QPalette.ColorRole.Light: theme.raised,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    return palette


def dress(application: QApplication, theme: Theme) -> None:
    """Give the whole application the fonts, palette and style of `theme`; the fonts are loaded once."""
    if FAMILY not in QFontDatabase.families():
        for name in FONT_FILES:
            QFontDatabase.addApplicationFont(str(resources.path(name)))
    application.setStyle("Fusion")
    application.setFont(font_of(theme.body_px))
    application.setPalette(palette_of(theme))
    application.setStyleSheet(stylesheet(theme))
