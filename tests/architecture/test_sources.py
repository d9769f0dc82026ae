"""What every source file keeps to: sizes, words and colours in their places, no way around the checkers."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(p for top in ("backend_bridge", "widgets", "desktop", "resources") for p in (ROOT / top).rglob("*.py"))
ALL = SHIPPED + sorted(p for top in ("tests", "bench", "tools") for p in (ROOT / top).rglob("*.py"))
TEXTS = [*ALL, *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "resources").rglob("*.js"), *(ROOT / "tools").glob("*.sh")]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf8"))


@pytest.mark.parametrize("path", SHIPPED, ids=name)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf8").splitlines()) <= 500


@pytest.mark.parametrize("path", SHIPPED, ids=name)
def test_a_function_is_one_thought(path: Path) -> None:
    functions = [f for f in ast.walk(parsed(path)) if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [f"{f.name}: {f.end_lineno - f.lineno + 1}" for f in functions if f.end_lineno and f.end_lineno - f.lineno + 1 > 60]
    assert not long


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_nothing_is_left_for_later_and_no_machine_is_named(path: Path) -> None:
    marks = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "/wo" + "rk/", "/ro" + "ot/"))
    assert not re.search(rf"\b({marks})|({marks})\b", path.read_text(encoding="utf8"))


@pytest.mark.parametrize("path", ALL, ids=name)
def test_a_silenced_checker_gives_its_code(path: Path) -> None:
    text = path.read_text(encoding="utf8")
    assert not re.search(r"# type: ignore(?!\[)", text)
    assert not re.search(r"# noqa(?!: [A-Z])", text)


@pytest.mark.parametrize("path", [p for p in SHIPPED if p.parts[-2:-1] != ("resources",)], ids=name)
def test_no_drawer_is_called_utils(path: Path) -> None:
    assert not re.search(r"util|misc|common|helper|manager", path.stem)


@pytest.mark.parametrize("path", [p for p in SHIPPED if "widgets" in p.parts or "desktop" in p.parts], ids=name)
def test_colours_live_in_the_theme_alone(path: Path) -> None:
    assert not re.findall(r"""["']#[0-9a-fA-F]{6}["']""", path.read_text(encoding="utf8"))


@pytest.mark.parametrize("path", SHIPPED, ids=name)
def test_only_the_clock_adapter_reads_the_wall_clock(path: Path) -> None:
    if path.name in {"system_clock.py"}:
        return
    tree = parsed(path)
    calls = [
        f"{n.func.value.id}.{n.func.attr}"
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and isinstance(n.func.value, ast.Name)
    ]
    assert not {"time.time", "time.time_ns", "datetime.now", "datetime.utcnow", "datetime.today"} & set(calls)


@pytest.mark.parametrize("path", SHIPPED, ids=name)
def test_no_state_lives_in_a_module(path: Path) -> None:
    """A module holds constants: names in capitals, types and functions; no mutable container under a lower-case name."""
    assigned = [
        t.id
        for n in parsed(path).body
        if isinstance(n, ast.Assign | ast.AnnAssign)
        for t in (n.targets if isinstance(n, ast.Assign) else [n.target])
        if isinstance(t, ast.Name) and isinstance(n.value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp)
    ]
    assert not [a for a in assigned if not a.lstrip("_").isupper() and a != "__all__"]
