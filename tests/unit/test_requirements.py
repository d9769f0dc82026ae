"""The page of requirements speaks of tests that exist, and of every id once."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "requirements.md").read_text(encoding="utf8")
COUNTS = {"KR": 14, "BI": 15, "AL": 15, "NIJ": 16, "PRIV": 14, "IO": 6}


def test_every_test_that_the_page_names_exists() -> None:
    written = {
        name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf8"))
    }
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert named
    assert not named - written


def test_every_id_stands_on_the_page_once_with_its_state() -> None:
    rows = re.findall(r"^\| ((?:KR|BI|AL|NIJ|PRIV|IO)-\d\d) \|[^|]*\| (done|partly|no) \| ([^|]+) \|$", PAGE, flags=re.MULTILINE)
    assert [name for name, _, _ in rows] == [f"{family}-{n:02}" for family, count in COUNTS.items() for n in range(1, count + 1)]
    assert all("`" in shown for _, state, shown in rows if state == "done")
