"""On what ground an order ends decides what becomes of its data, and no word in a sentence does."""

import pytest

from backend_bridge.domain.retention import DESTROYS, EndGround, Ground, ground_of


def test_every_ground_says_whether_the_data_go_at_once() -> None:
    assert set(DESTROYS) == set(EndGround)
    assert {ground for ground, what in DESTROYS.items() if what is None} == {EndGround.TERM_OVER, EndGround.CHANGED, EndGround.OTHER}
    assert DESTROYS[EndGround.DISMISSED] is DESTROYS[EndGround.ACQUITTED] is Ground.ACQUITTED


@pytest.mark.parametrize(("words", "ground"), [("acquitted", Ground.ACQUITTED), ("항소기각", None), ("잠정조치 취소", Ground.LOST_EFFECT)])
def test_entries_of_before_there_were_grounds_are_read_as_they_were(words: str, ground: Ground | None) -> None:
    assert ground_of(words) is ground
