"""Words of a table that changed: put back they are the table as it was, and what does not fit a table never reaches beyond it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.adapters.changed_words import n_packed, packed, put_back
from backend_bridge.adapters.state_codec import CodecError


def changed(places: set[int]) -> tuple[np.ndarray, int]:
    where = np.array(sorted(places), np.int64)
    content, n_runs = packed(where, where.astype(np.uint64) + np.uint64(1000))
    return np.frombuffer(content, np.uint64).copy(), n_runs


@settings(deadline=None)  # compiled at its first call
@given(st.sets(st.integers(0, 99)))
def test_words_come_back_where_they_stood_and_nothing_else_is_touched(places: set[int]) -> None:
    content, n_runs = changed(places)
    assert len(content) == n_packed(n_runs, len(places))
    table = np.zeros(100, np.uint64)
    put_back(table, content, n_runs)
    assert table.tolist() == [place + 1000 if place in places else 0 for place in range(100)]


@settings(deadline=None)  # compiled at its first call
@given(st.sets(st.integers(0, 99), min_size=1), st.integers(0, 2**64 - 1), st.data())
def test_what_tells_of_places_beyond_the_table_is_refused_and_written_nowhere(places: set[int], word: int, data: st.DataObject) -> None:
    content, n_runs = changed(places)
    broken = content.copy()
    broken[data.draw(st.integers(0, 2 * n_runs - 1))] = word
    whole = np.full(300, 7, np.uint64)
    try:
        put_back(whole[100:200], broken, n_runs)
    except CodecError:
        pass
    else:
        assert sum(broken[n_runs : 2 * n_runs].tolist()) <= len(places)
    assert (whole[:100] == 7).all()
    assert (whole[200:] == 7).all()


def test_changes_of_a_longer_table_do_not_fit() -> None:
    content, n_runs = changed({3, 4, 60})
    with pytest.raises(CodecError, match="fit"):
        put_back(np.zeros(60, np.uint64), content, n_runs)
