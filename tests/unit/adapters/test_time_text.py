"""Instants are read and written as RFC 3339, exactly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.adapters.time_text import text_of_us, us_of_text

LATEST_US = us_of_text("9999-12-31T23:59:59.999999Z")


@pytest.mark.parametrize(
    ("text", "us"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T00:00:00.000001Z", 1),
        ("1970-01-01T09:00:00+09:00", 0),
        ("1969-12-31T19:00:00-05:00", 0),
        ("1970-01-01T00:00:00.5z", 500_000),
        ("1970-01-01t00:00:00.123456789Z", 123_456),
    ],
)
def test_every_form_of_an_instant_is_read(text: str, us: int) -> None:
    assert us_of_text(text) == us


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-23",
        "2026-11-23T07:36:00",
        "2026-11-23 07:36:00Z",
        "2026-02-30T00:00:00Z",
        "2026-11-23T24:00:00Z",
        "2026-11-23T07:36:60Z",
        "2026-11-23T07:36:00+24:00",
        "2026-11-23T07:36:00.Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "２026-11-23T07:36:00Z",
        "2026-11-23T07:36:00Z\n",
    ],
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"must be|is no time|offset"):
        us_of_text(text)


def test_a_fraction_is_written_only_as_long_as_it_needs_to_be() -> None:
    assert [text_of_us(us) for us in (0, 250_000, 250_001)] == [
        "1970-01-01T00:00:00Z",
        "1970-01-01T00:00:00.250Z",
        "1970-01-01T00:00:00.250001Z",
    ]


@settings(max_examples=200)
@given(st.integers(min_value=0, max_value=LATEST_US))
def test_what_is_written_is_read_back(us: int) -> None:
    assert us_of_text(text_of_us(us)) == us
