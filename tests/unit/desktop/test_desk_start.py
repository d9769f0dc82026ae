"""What the desk looks at when it starts: Qt's bindings that lose references, and the sandbox of the map's page."""

import ctypes
import sys
from pathlib import Path

import pytest

from desktop.self_check import miscounting, without_sandbox

N = 1000


def status(folder: Path, pid: int, *lines: str) -> None:
    (folder / str(pid)).mkdir()
    (folder / str(pid) / "status").write_text("Name:\tQtWebEngineProc\n" + "\n".join(lines) + "\n")


def test_the_bindings_that_are_installed_count_rightly() -> None:
    assert miscounting() is None


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is not counted any more")
def test_bindings_that_lose_none_with_each_call_do_not_start_a_desk() -> None:
    take, give = ctypes.pythonapi.Py_DecRef, ctypes.pythonapi.Py_IncRef
    for function in (take, give):
        function.argtypes, function.restype = [ctypes.py_object], None
    for _ in range(2 * N):
        give(None)
    sentence = miscounting(lambda: take(None))
    for _ in range(N):
        take(None)
    assert sentence is not None
    assert "loses count of None" in sentence


def test_a_page_in_its_sandbox_is_nothing_to_tell(tmp_path: Path) -> None:
    status(tmp_path, 7, "NSpid:\t7\t4\t1", "Seccomp:\t2")
    assert without_sandbox(7, tmp_path) is None
    assert without_sandbox(8, tmp_path) is None, "it has ended"


@pytest.mark.parametrize(
    ("namespaces", "filtered", "lacks"),
    [("7", "2", ["namespaces"]), ("7\t1", "0", ["filter"]), ("7", "0", ["namespaces", "filter"])],
)
def test_what_the_sandbox_lacks_is_named(tmp_path: Path, namespaces: str, filtered: str, lacks: list[str]) -> None:
    status(tmp_path, 7, f"NSpid:\t{namespaces}", f"Seccomp:\t{filtered}")
    sentence = without_sandbox(7, tmp_path)
    assert sentence is not None
    assert [word for word in ("namespaces", "filter") if word in sentence] == lacks
