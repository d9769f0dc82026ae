"""Whoever has slept badly, or sees red and green alike, can still read every word."""

import pytest

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


def test_red_and_amber_differ_for_the_colour_blind_by_lightness() -> None:
    theme = load_theme("night")
    assert contrast(theme.act, theme.look) >= 1.5
