"""The page of file formats says what the code reads and writes: its example is a case file, and no kind, word or figure is left out."""

import ast
import re
from enum import StrEnum
from pathlib import Path

import pytest

from backend_bridge.adapters.alarm_lines import key_of_field
from backend_bridge.adapters.case_files import cases_of_text, document_of_case
from backend_bridge.adapters.track_texts import COLUMNS
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.case import OrderBasis, PlaceKind, RingEffect, Tier, ZoneKind
from backend_bridge.domain.device_event import DeviceEventKind

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf8")
WATCHING = ROOT / "backend_bridge" / "domain" / "watching"


def figures() -> set[str]:
    """The keys of every `because(…)` of the rules, as they stand in a line."""
    calls = (node for path in WATCHING.glob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))))
    named = (
        node.keywords for node in calls if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "because"
    )
    return {key_of_field(word.arg) for words in named for word in words if word.arg is not None}


def test_the_example_is_a_case_file_whose_every_key_is_explained() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    (case,) = cases_of_text(example, "the page")
    assert case.case == "KR-DJ-2026-0001"
    explained = set(re.findall(r"`(\w+)`", PAGE))
    assert set(document_of_case(case)) - explained == set()


@pytest.mark.parametrize(
    "words",
    [AlarmKind, AlarmLevel, AlarmStep, DeviceEventKind, OrderBasis, PlaceKind, RingEffect, Tier, ZoneKind],
    ids=lambda of: of.__name__,
)
def test_every_word_stands_on_the_page(words: type[StrEnum]) -> None:
    assert [word.value for word in words if f"`{word.value}`" not in PAGE] == []


def test_every_column_of_a_file_of_fixes_stands_on_the_page() -> None:
    assert [column for column in COLUMNS if f"`{column}`" not in PAGE] == []


def test_every_figure_behind_a_decision_stands_on_the_page() -> None:
    found = figures()
    assert {"distance_m", "way_at", "last_measured_at", "cause"} <= found
    assert sorted(key for key in found if f"`{key}`" not in PAGE) == []
