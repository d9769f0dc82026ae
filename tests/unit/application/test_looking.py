"""Figures of many rows are rounded as those of one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.application.looking import number, numbers


@given(values=st.lists(st.floats() | st.integers(-9, 9).map(lambda half: half / 2)), decimals=st.sampled_from([0, 1, 2]))
def test_figures_of_many_rows_are_rounded_as_those_of_one(values: list[float], decimals: int) -> None:
    assert list(map(repr, numbers(np.array(values, np.float64), decimals))) == [repr(number(value, decimals)) for value in values]
