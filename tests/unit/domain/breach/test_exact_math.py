"""Elementary functions of the hot path agree with the platform's to the last few bits."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.domain.breach.exact_math import arc_tangent, exp, log, normal_cdf, sin_cos

within = st.floats(-50.0, 50.0)


@settings(max_examples=200, deadline=None)
@given(x=within)
def test_exponential_and_normal_distribution(x: float) -> None:
    assert exp(x) == pytest.approx(math.exp(x), rel=4e-15)
    assert normal_cdf(x) == pytest.approx(0.5 * math.erfc(-x / math.sqrt(2.0)), abs=1e-14)


@settings(max_examples=200, deadline=None)
@given(x=st.floats(1e-9, 1e9))
def test_logarithm(x: float) -> None:
    assert log(x) == pytest.approx(math.log(x), rel=1e-13, abs=1e-14)


@settings(max_examples=200, deadline=None)
@given(x=within, y=within)
def test_angles(x: float, y: float) -> None:
    sine, cosine = sin_cos(x)
    assert (sine, cosine) == pytest.approx((math.sin(x), math.cos(x)), abs=1e-13)
    if abs(x) + abs(y) > 1e-9:
        turned = math.remainder(arc_tangent(y, x) - math.atan2(y, x), 2.0 * math.pi)  # π and −π are one angle: zero has two signs
        assert turned == pytest.approx(0.0, abs=1e-13)


def test_beyond_all_measure() -> None:
    assert exp(-1e6) == 0.0
    assert normal_cdf(-100.0) == 0.0
    assert normal_cdf(100.0) == 1.0
