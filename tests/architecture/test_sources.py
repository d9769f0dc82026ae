"""What every source file keeps to: sizes, words and colours in their places, no way around the checkers."""

import ast
import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

from backend_bridge.domain.breach.kernel import MODULES

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(p for top in ("backend_bridge", "widgets", "desktop", "resources") for p in (ROOT / top).rglob("*.py"))
SOURCES = SHIPPED + sorted(p for top in ("tests", "bench", "tools") for p in (ROOT / top).rglob("*.py"))
TEXTS = [*SOURCES, *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "resources").rglob("*.js"), *(ROOT / "tools").glob("*.sh")]
SILENCED = "# type: " + r"ignore(?!\[)|# no" + "qa(?!: [A-Z])"


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf8")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(text(path))


def offenders(paths: list[Path], offends: Callable[[Path], object]) -> list[str]:
    return [f"{path.relative_to(ROOT)}: {found}" for path in paths if (found := offends(path))]


def test_a_file_can_be_read_in_one_sitting() -> None:
    assert offenders(SHIPPED, lambda path: max(0, len(text(path).splitlines()) - 500)) == []


def test_a_function_is_one_thought() -> None:
    def long(path: Path) -> list[str]:
        functions = [f for f in ast.walk(parsed(path)) if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)]
        return [f"{f.name}: {f.end_lineno - f.lineno + 1}" for f in functions if f.end_lineno and f.end_lineno - f.lineno + 1 > 60]

    assert offenders(SHIPPED, long) == []


def test_nothing_is_left_for_later_and_no_machine_is_named() -> None:
    marks = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "/wo" + "rk/", "/ro" + "ot/"))
    assert offenders(TEXTS, lambda path: re.findall(rf"\b({marks})|({marks})\b", text(path))) == []


def test_a_silenced_checker_gives_its_code() -> None:
    assert offenders(SOURCES, lambda path: re.findall(SILENCED, text(path))) == []


def test_what_is_kept_compiled_knows_every_module_that_holds_kernels() -> None:
    """Otherwise a machine that compiled an older one goes on deciding by it."""
    breach = ROOT / "backend_bridge" / "domain" / "breach"
    holding = {path.stem for path in breach.glob("*.py") if re.search(r"^@kernel", text(path), re.MULTILINE)}
    assert holding - set(MODULES) == set()


def test_an_installation_compiles_anew_when_any_kernel_or_what_compiles_it_is_another() -> None:
    """Otherwise it is compiled while a room waits."""
    (files,) = re.findall(r"compile_kernels\(\).*?\$\(cat (.*?)\|", text(ROOT / "tools" / "set_up.sh"), re.DOTALL)
    told = subprocess.run(["bash", "-c", f"printf '%s\n' {files}"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    holding = (path for path in SHIPPED if re.search(r"^@(kernel|njit)", text(path), re.MULTILINE))
    wanted = {str(path.relative_to(ROOT)) for path in (*holding, ROOT / "backend_bridge" / "bootstrap" / "warm.py")}
    assert wanted - set(told) == set()


def test_no_drawer_is_called_utils() -> None:
    assert offenders(SHIPPED, lambda path: re.findall(r"util|misc|common|helper|manager", path.stem)) == []


def test_colours_live_in_the_theme_alone() -> None:
    drawn = [path for path in SHIPPED if {"widgets", "desktop"} & set(path.relative_to(ROOT).parts)]
    assert offenders(drawn, lambda path: re.findall(r"""["']#[0-9a-fA-F]{6}["']""", text(path))) == []


def test_only_the_clock_adapter_reads_the_wall_clock() -> None:
    def looks(path: Path) -> list[str]:
        calls = [n.func for n in ast.walk(parsed(path)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
        named = [f"{f.value.id}.{f.attr}" for f in calls if isinstance(f.value, ast.Name)]
        return sorted({"time.time", "time.time_ns", "datetime.now", "datetime.utcnow", "datetime.today"} & set(named))

    assert offenders([path for path in SHIPPED if path.name != "system_clock.py"], looks) == []


def test_no_state_lives_in_a_module() -> None:
    """A module holds constants: names in capitals, types and functions; no mutable container under a lower-case name."""

    def mutable(path: Path) -> list[str]:
        made = [n for n in parsed(path).body if isinstance(n, ast.Assign | ast.AnnAssign)]
        containers = [n for n in made if isinstance(n.value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp)]
        targets = [t for n in containers for t in (n.targets if isinstance(n, ast.Assign) else [n.target]) if isinstance(t, ast.Name)]
        return [t.id for t in targets if not t.id.lstrip("_").isupper() and t.id != "__all__"]

    assert offenders(SHIPPED, mutable) == []
