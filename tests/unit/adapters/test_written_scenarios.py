"""A scenario that a trainer writes: every defect names its line, and only what can be played is kept, by its owner alone."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import resources
from backend_bridge.adapters.scenario_library import Library, library_of
from backend_bridge.adapters.scenario_lines import line_of
from backend_bridge.adapters.written_scenarios import scenario_text, written_scenario

NAME = "08-unpaired"
TEXT = (resources.path("scenarios") / f"{NAME}.toml").read_text(encoding="utf8")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path / "scenarios", resources.path)


def defects(library: Library, text: str) -> list[tuple[str | None, str]]:
    """The line that each defect points at, and its sentence."""
    lines = text.split("\n")
    found = [json.loads(one) for one in written_scenario(library, text, save=True)[0]]
    return [(None if one["line"] is None else lines[one["line"] - 1].strip(), one["text"]) for one in found]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "field"),
    [
        ("seed = 108", "seed = 'x'", "seed = 'x'", "field seed"),
        ("d500 = { lat = 37", "d500 = { lat = 97", "d500 = { lat = 97.555797, lon = 126.947972 }", "field lat"),
        ('{ to = "home", by', '{ to = "hom", by', '{ to = "hom", by = "foot", short_m = 110 },', "step 2, field to"),
        ("distance_m = 1000", "distance_m = -1", '{ ring = "R2", about = "V-0801", distance_m = -1, effect = "alarm" },', "ring R2"),
        ('within = "0:01:00"', 'within = "soon"', 'within = "soon"', "acts number 2, field within"),
        ('[[reports]]\nat = "0:15:00"', '[[reports]]\nat = "9:15:00"', 'at = "9:15:00"', "reports number 1, field at"),
        ("[[reports]]", "[[report]]", "[[report]]", "field report"),
        ("[[reports]]", "[[reports]", "[[reports]", "is not TOML"),
        ("seed = 108", f"a{'.a' * 30_000} = 1", f"a{'.a' * 30_000} = 1", "is not TOML"),
        (f'scenario = "{NAME}"', 'scenario = "../elsewhere"', 'scenario = "../elsewhere"', "names the file"),
        (f'scenario = "{NAME}"', f'scenario = "{NAME}"\nstreets = "../x.pbf"', 'streets = "../x.pbf"', "without a folder"),
        (f'scenario = "{NAME}"', f'scenario = "{NAME}"\norigin = "re-enactment"', 'origin = "re-enactment"', "signed as it is"),
    ],
)
def test_a_defect_names_the_line_and_nothing_is_kept(library: Library, right: str, wrong: str, line: str, field: str) -> None:
    assert right in TEXT
    found = defects(library, TEXT.replace(right, wrong, 1))
    assert any(at == line and field in sentence for at, sentence in found), found
    assert not library.folders[0].exists(), "a file with a defect is not kept"


@example([], "0:")
@example(["[a]"], "field x: is wrong")
@given(st.lists(st.text(max_size=30), max_size=20), st.text(max_size=60))
def test_a_line_lies_within_the_text_whatever_the_sentence_says(lines: list[str], where: str) -> None:
    at = line_of(lines, where)
    assert at is None or 1 <= at <= max(1, len(lines))


def test_what_is_right_is_kept_shown_and_stands_in_the_place_of_the_shipped_one(library: Library) -> None:
    assert scenario_text(library, NAME) == (TEXT, "shipped")
    changed = TEXT.replace("seed = 108", "seed = 109")
    wrong, rows = written_scenario(library, changed, save=False)
    assert (wrong, [row.scenario for row in rows]) == ((), [NAME])
    assert len(rows[0].tracks) == 4, "everybody's way is there to be drawn"
    assert scenario_text(library, NAME) == (TEXT, "shipped"), "checking keeps nothing"
    written_scenario(library, changed, save=True)
    assert scenario_text(library, NAME) == (changed, "own")
    path = library.folders[0] / f"{NAME}.toml"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert library.scenario(NAME).seed == 109


def test_a_signed_re_enactment_is_not_read_out_for_writing(library: Library) -> None:
    library.folders[0].mkdir()
    signed = TEXT.replace("seed = 108", 'seed = 108\norigin = "re-enactment"')
    (library.folders[0] / "again.toml").write_text(signed, encoding="utf8")
    assert scenario_text(library, "again") == ()
    assert scenario_text(library, "nothing") == ()


def test_a_signed_re_enactment_is_not_written_over(library: Library) -> None:
    library.folders[0].mkdir()
    path = library.folders[0] / "again.toml"
    signed = TEXT.replace("seed = 108", 'seed = 108\norigin = "re-enactment"')
    path.write_text(signed, encoding="utf8")
    mine = TEXT.replace(f'scenario = "{NAME}"', 'scenario = "again"')
    assert defects(library, mine) == [('scenario = "again"', "field scenario: a signed re-enactment has this name; choose another")]
    assert path.read_text(encoding="utf8") == signed


def test_a_folder_that_cannot_be_written_is_said(library: Library) -> None:
    library.folders[0].write_text("a file where the folder should be")
    assert [at for at, sentence in defects(library, TEXT) if "was not kept" in sentence] == [None]
