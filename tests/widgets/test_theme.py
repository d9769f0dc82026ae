"""Whoever has slept badly, or sees red and green alike, can still read every word."""

import itertools
import json
import math

import pytest

import resources
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from widgets.drawing import symbol_of
from widgets.models.columns import Tone
from widgets.row_delegate import ground_of
from widgets.theme import Look, contrast, load_theme, look_of


@pytest.mark.parametrize("name", ["night", "day"])
@pytest.mark.parametrize("ground", ["window", "panel", "raised"])
@pytest.mark.parametrize("ink", ["text", "text_soft", "text_faint", "act", "look", "technical", "police", "normal"])
def test_every_text_stands_out_from_every_ground(name: str, ground: str, ink: str) -> None:
    theme = load_theme(name)
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("name", ["night", "day"])
def test_alarms_can_be_read_on_their_fills(name: str) -> None:
    theme = load_theme(name)
    for look, fill in ((theme.act, theme.act_fill), (theme.look, theme.look_fill)):
        assert contrast(look, fill) >= 4.5
        assert contrast(theme.text, fill) >= 4.5
        assert contrast(theme.text_soft, fill) >= 4.5
    assert contrast(theme.on_act(), theme.act) >= 4.5


@pytest.mark.parametrize("name", ["night", "day"])
def test_words_in_the_chosen_row_can_be_read(name: str) -> None:
    theme = load_theme(name)
    inks = {None: (theme.text, theme.text_soft, theme.text_faint, theme.act, theme.look, theme.technical)}
    inks |= {Look.ACT: (theme.text, theme.text_soft, theme.act), Look.LOOK: (theme.text, theme.text_soft, theme.look)}
    for fill, colours in inks.items():
        ground = ground_of(theme, Tone(fill=fill), chosen=True)
        assert min(contrast(colour, ground) for colour in colours) >= 4.5


def test_shape_says_what_colour_says() -> None:
    seen: dict[Look, set[str]] = {}
    for kind in AlarmKind:
        for level in AlarmLevel:
            look = look_of(kind, level)
            seen.setdefault(look, set()).add(symbol_of(kind, look))
    looks = list(seen)
    for one in looks:
        for other in looks:
            assert one is other or not (seen[one] & seen[other]) - {"burst"}


@pytest.mark.parametrize("kind", list(AlarmKind))
def test_what_is_red_is_drawn_red_whatever_it_is_about(kind: AlarmKind) -> None:
    """A room that has gone blind counts among those to acknowledge, and has to be found in the list."""
    assert look_of(kind, AlarmLevel.RED) is Look.ACT
    assert look_of(kind, AlarmLevel.AMBER) is not Look.ACT


def test_red_and_amber_differ_for_the_colour_blind_by_lightness() -> None:
    theme = load_theme("night")
    assert contrast(theme.act, theme.look) >= 1.5


PROTAN = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
DEUTAN = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881))
WHOLE = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
"""How the linear light of a colour reaches eyes without red or green cones (Machado, Oliveira, Fernandes 2009), and all others."""


def lab_of(colour: str, eyes: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """A colour as those eyes see it, in CIE L*a*b*."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    light = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = (min(1.0, max(0.0, sum(share * part for share, part in zip(row, light, strict=True)))) for row in eyes)
    x = 0.4124 * red + 0.3576 * green + 0.1805 * blue
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = 0.0193 * red + 0.1192 * green + 0.9505 * blue
    one, two, three = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x / 0.9505, y, z / 1.089))
    return 116 * two - 16, 500 * (one - two), 200 * (two - three)


@pytest.mark.parametrize("name", ["night", "day"])
@pytest.mark.parametrize("eyes", [WHOLE, PROTAN, DEUTAN], ids=["all", "no-red", "no-green"])
def test_speeds_on_the_map_are_told_apart_by_everybody_and_are_no_alarm(name: str, eyes: tuple[tuple[float, ...], ...]) -> None:
    tokens = json.loads(resources.path("theme/tokens.json").read_text(encoding="utf-8"))[name]
    speeds = [lab_of(colour, eyes) for colour in tokens["speeds"]]
    lightness = [each[0] for each in speeds]
    assert lightness == sorted(lightness, reverse=name == "day"), "the faster, the farther from the ground"
    assert min(math.dist(one, other) for one, other in itertools.pairwise(speeds)) >= 11
    alarms = [lab_of(tokens[look], eyes) for look in ("act", "look")]
    assert min(math.dist(one, other) for one in speeds for other in alarms) >= 20
    assert min(contrast(colour, tokens["map"]["land"]) for colour in tokens["speeds"]) >= 2
