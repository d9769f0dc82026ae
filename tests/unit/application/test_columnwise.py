"""Rows that are made from columns are those that calling their class gives."""

from dataclasses import dataclass
from itertools import repeat

import pytest

from backend_bridge.application.columnwise import of_columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    key: str
    figure: float | None
    masked: bool = False


def test_rows_of_columns_are_those_that_calling_their_class_gives() -> None:
    made = of_columns(Row, 2, {"masked": repeat(True), "figure": [1.5, None], "key": ("a", "b")})
    assert made == [Row(key="a", figure=1.5, masked=True), Row(key="b", figure=None, masked=True)]


def test_rows_of_columns_cannot_be_changed() -> None:
    (row,) = of_columns(Row, 1, {"key": ["a"], "figure": [None], "masked": [False]})
    with pytest.raises(AttributeError):
        row.key = "b"  # type: ignore[misc]


def test_a_field_without_a_column_is_refused() -> None:
    with pytest.raises(KeyError):
        of_columns(Row, 1, {"key": ["a"], "figure": [None]})


def test_no_rows_of_no_values() -> None:
    assert of_columns(Row, 0, {"key": [], "figure": [], "masked": []}) == []
