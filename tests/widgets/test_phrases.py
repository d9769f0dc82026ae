"""Words of the desk's language for what the bridge says in codes."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop import translations
from widgets import phrases


@pytest.fixture
def korean(qapp: QApplication) -> Iterator[None]:
    """A desk in Korean."""
    translations.install(qapp, "ko")
    yield
    translations.install(qapp, "en")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("home 410 m", "집 410 m"),
        ("work", "직장"),
        ("curfew", "외출 제한 장소"),
        ("창천동 연세로", "창천동 연세로"),
        ("home of the grandmother", "home of the grandmother"),
        (None, ""),
    ],
)
def test_a_kind_of_place_is_said_in_the_language_of_the_desk_and_a_name_is_left_alone(korean: None, named: str | None, said: str) -> None:
    assert phrases.place(named) == said
