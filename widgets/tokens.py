"""The colours and sizes of one theme, and how well two colours can be told apart."""

from dataclasses import dataclass
from enum import StrEnum


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
        return max((self.window, self.raised), key=lambda colour: contrast(colour, self.act))


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
