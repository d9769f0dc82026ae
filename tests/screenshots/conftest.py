"""`--pictures` writes what the tests see into docs/pictures."""

import pytest
from desk_at_hand import map_lives, open_desk

__all__ = ["map_lives", "open_desk"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", action="store_true", help="draw docs/pictures anew")
