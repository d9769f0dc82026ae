"""Numbers as they stand in columns."""

import pytest

from widgets import formats


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (12.9, "12 s"),
        (59, "59 s"),
        (60, "1:00"),
        (185, "3:05"),
        (3849, "1:04:09"),
        (300_000, "3 d"),
        (None, "–"),
        (float("nan"), "–"),
    ],
)
def test_span(seconds: float | None, text: str) -> None:
    assert formats.span(seconds) == text


@pytest.mark.parametrize(("seconds", "text"), [(130, "2:10"), (47.2, "0:48"), (0, "0:00"), (-7, "−0:07"), (3700, "1:01:40"), (None, "–")])
def test_countdown(seconds: float | None, text: str) -> None:
    assert formats.countdown(seconds) == text


@pytest.mark.parametrize(
    ("metres", "text"),
    [(0, "0 m"), (40.4, "40 m"), (724, "720 m"), (994, "990 m"), (999, "1.0 km"), (1600, "1.6 km"), (24_300, "24 km"), (None, "–")],
)
def test_distance(metres: float | None, text: str) -> None:
    assert formats.distance(metres) == text


def test_a_probability_is_never_rounded_to_a_certainty() -> None:
    assert formats.percent(0.9999) == "> 99%"
    assert formats.percent(0.0001) == "< 1%"
    assert formats.percent(1.0) == "100%"


def test_korean_time_is_shown_and_utc_beside_it() -> None:
    instant_us = 1_795_394_536_250_000
    assert formats.clock(instant_us) == "09:42:16"
    assert formats.both_zones(instant_us) == "2026-11-23 09:42:16 KST\n2026-11-23 00:42:16 UTC"


def test_bands_say_no_more_than_they_may() -> None:
    assert formats.band((0, 500)) == "< 500 m"
    assert formats.band((5000, None)) == "> 5.0 km"
    assert formats.band((500, 1000)) == "500 m – 1.0 km"
