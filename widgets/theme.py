"""The only colours and sizes of the desk: one set of tokens, two themes, and what they mean."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from widgets.stylesheet import stylesheet

FONT_FILES: Final = ("fonts/NotoSansCJKkr-Regular.otf", "fonts/NotoSansCJKkr-Bold.otf")
FAMILY: Final = "Noto Sans CJK KR"
TECHNICAL_KINDS: Final = frozenset(
    {
        AlarmKind.TAMPER,
        AlarmKind.JAMMING,
        AlarmKind.SILENT,
        AlarmKind.BATTERY,
        AlarmKind.SEPARATED,
        AlarmKind.POSITION_NOT_TRUSTED,
        AlarmKind.SYSTEM,
    }
)


class Look(StrEnum):
    """What a colour says; the shape drawn beside it says the same."""

    ACT = "act"
    LOOK = "look"
    TECHNICAL = "technical"
    POLICE = "police"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Every colour of one theme as `#rrggbb`, and the sizes in pixels."""

    name: str
    window: str
    panel: str
    raised: str
    line: str
    text: str
    text_soft: str
    text_faint: str
    act: str
    act_fill: str
    look: str
    look_fill: str
    technical: str
    police: str
    normal: str
    replay: str
    exercise: str
    caption_px: int
    body_px: int
    strong_px: int
    figure_px: int
    headline_px: int
    row_px: int
    compact_px: int

    def of(self, look: Look) -> str:
        """The colour of text and symbols of `look`."""
        return {
            Look.ACT: self.act,
            Look.LOOK: self.look,
            Look.TECHNICAL: self.technical,
            Look.POLICE: self.police,
            Look.NORMAL: self.normal,
        }[look]

    def fill(self, look: Look) -> str:
        """The quiet background of something of `look`; that of the panel where none is meant."""
        return {Look.ACT: self.act_fill, Look.LOOK: self.look_fill}.get(look, self.raised)

    def on_act(self) -> str:
        """Text on a surface filled with the colour of `act`: the darkest or the lightest, whichever reads better."""
        return max((self.window, self.raised, "#ffffff"), key=lambda colour: contrast(colour, self.act))


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


def look_of(kind: AlarmKind, level: AlarmLevel) -> Look:
    """Red act, amber look, violet technical: what an alarm of `kind` and `level` asks of a person."""
    if kind is AlarmKind.TAMPER and level is AlarmLevel.RED:
        return Look.ACT
    if kind in TECHNICAL_KINDS:
        return Look.TECHNICAL
    return Look.ACT if level is AlarmLevel.RED else Look.LOOK


def luminance(colour: str) -> float:
    """The relative luminance of `colour` after WCAG 2, 0 black to 1 white."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours after WCAG 2, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """`one` with `share` (0–1) of `other` mixed in."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


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
