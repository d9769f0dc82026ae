"""Another key for a store: after a crash at any moment exactly one key opens everything, nothing is lost, and the old files are gone."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bridge_shell import PROGRAM, ROOT, case_document, case_file, shell

from backend_bridge.adapters.case_files import read_case_file
from backend_bridge.adapters.case_keys import FILE_NAME as KEYS_NAME
from backend_bridge.adapters.keys import MARK_NAME, key_of_file
from backend_bridge.adapters.refusals import FolderRefusedError, StoreRefusedError
from backend_bridge.adapters.rekeying import FRESH, finish_rekeying, rekey
from backend_bridge.application.inbox import ImportCases
from backend_bridge.bootstrap.bridge import IdleBridge, open_folder
from backend_bridge.bootstrap.errors import UsageError
from backend_bridge.bootstrap.on_folder import Place
from backend_bridge.bootstrap.rekey_command import run_rekey
from backend_bridge.domain.identifiers import UserId

PATIENCE_S = 120.0


class PowerCut(BaseException):
    """The machine is off: nothing that would have come after it happens."""


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("keys")
    for name in ("old", "new"):
        (place / f"{name}.key").write_text(f"{name} key of many characters\n")
    return place / "old.key", place / "new.key"


def made(place: Path, cases: Path, key_file: Path | None) -> Path:
    """A room with two cases."""
    opened = open_folder(place, key_file)
    assert opened is not None
    IdleBridge(opened).carry_out([ImportCases(by=UserId("me"), cases=read_case_file(cases))])
    opened.durable.write_snapshot()
    opened.close()
    return place


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory, keys: tuple[Path, Path]) -> Path:
    place = tmp_path_factory.mktemp("pattern")
    return made(place / "room", case_file(place, case_document(1), case_document(2)), keys[0])


@pytest.fixture
def folder(tmp_path: Path, pattern: Path) -> Path:
    shutil.copytree(pattern, tmp_path / "room")
    return tmp_path / "room"


def opens(folder: Path, key_file: Path | None) -> int | None:
    """The number of the newest entry as this key reads it, with the cases readable; None where it opens nothing."""
    try:
        opened = open_folder(folder, key_file)
    except (FolderRefusedError, StoreRefusedError):
        return None
    assert opened is not None
    try:
        room = opened.durable.room
        assert set(room.registry.held) == {"C-1", "C-2"}
        assert opened.durable.keys.cases() >= {"C-1", "C-2"}
        return opened.durable.last_n
    finally:
        opened.close()


def left_over(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name.endswith((".rekeyed", ".retired", ".decided", ".new"))}


def test_the_new_key_opens_everything_and_the_old_one_nothing(folder: Path, keys: tuple[Path, Path]) -> None:
    old, new = keys
    last = opens(folder, old)
    assert last is not None
    said = shell("rekey", "--data", folder, "--key-file", old, "--new-key-file", new).stdout
    assert "copies from before need the old key" in said
    assert opens(folder, old) is None
    assert opens(folder, new) == last + 1, "entered before it was done"
    assert left_over(folder) == set()
    assert "all is as it was written" in shell("verify", "--data", folder, "--key-file", new).stdout


def test_the_key_is_not_changed_beside_a_bridge_or_without_a_place_for_the_new_one(folder: Path, keys: tuple[Path, Path]) -> None:
    old, new = keys
    opened = open_folder(folder, old)
    assert opened is not None
    with pytest.raises(UsageError, match="a bridge runs on it"):
        run_rekey(Place(folder=folder, key_file=old), new)
    opened.close()
    with pytest.raises(UsageError, match="--new-key-file"):
        run_rekey(Place(folder=folder, key_file=old), None)
    with pytest.raises(UsageError, match="the key is not the one"):
        run_rekey(Place(folder=folder, key_file=new), old)
    assert opens(folder, old) is not None


def test_a_key_that_lies_beside_the_store_is_made_anew_there_or_goes(tmp_path: Path, keys: tuple[Path, Path]) -> None:
    place = made(tmp_path / "beside", case_file(tmp_path, case_document(1), case_document(2)), None)
    first = (place / "store.key").read_text()
    run_rekey(Place(folder=place, key_file=None), None)
    second = (place / "store.key").read_text()
    assert second != first
    assert (place / "store.key").stat().st_mode & 0o777 == 0o600
    assert opens(place, None) is not None
    run_rekey(Place(folder=place, key_file=None), keys[1])
    assert not (place / "store.key").exists()
    assert opens(place, keys[1]) is not None


def cut_after(n: int) -> Callable[..., object]:
    """`os.replace` and `Path.unlink` as they are, until the n-th call: then the power goes, before it."""
    left = [n]

    def guard(call: Callable[..., object]) -> Callable[..., object]:
        def guarded(*of: object, **named: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise PowerCut
            return call(*of, **named)

        return guarded

    return guard


@pytest.mark.parametrize("n", range(12))
def test_a_power_cut_at_any_step_leaves_one_key_that_opens_everything(
    folder: Path, keys: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, n: int
) -> None:
    old, new = keys
    last = opens(folder, old)
    guard = cut_after(n)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", guard(os.replace))
        patch.setattr(Path, "unlink", guard(Path.unlink))
        with contextlib.suppress(PowerCut):
            rekey(folder, key_of_file(old), key_of_file(new))
    decided = (folder / MARK_NAME).exists()
    found = {name: opens(folder, path) for name, path in (("new", new), ("old", old)) if name == "new" or not decided}
    found |= {"old": opens(folder, old)}
    assert sorted(value for value in found.values() if value is not None) == [last], "one key opens it, and all is there"
    if decided:
        assert found["new"] == last
        assert left_over(folder) == set(), "whoever opens the folder next finishes it"


def test_a_cut_in_the_middle_of_finishing_is_finished_by_the_next_who_opens(
    folder: Path, keys: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = keys
    last = opens(folder, old)
    for n in range(8):
        with monkeypatch.context() as patch:
            guard = cut_after(n if (folder / MARK_NAME).exists() else 8)
            patch.setattr(os, "replace", guard(os.replace))
            patch.setattr(Path, "unlink", guard(Path.unlink))
            try:
                if (folder / MARK_NAME).exists():
                    finish_rekeying(folder)
                else:
                    rekey(folder, key_of_file(old), key_of_file(new))
            except PowerCut:
                continue
            break
    assert opens(folder, new) == last
    assert opens(folder, old) is None


@pytest.mark.parametrize("seen", [f"{KEYS_NAME}{FRESH}", MARK_NAME])
def test_a_kill_leaves_one_key_that_opens_everything(folder: Path, keys: tuple[Path, Path], seen: str) -> None:
    old, new = keys
    command = [*PROGRAM, "rekey", "--data", folder, "--key-file", old, "--new-key-file", new]
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + PATIENCE_S
    while not (folder / seen).exists() and process.poll() is None and time.monotonic() < until:
        pass
    process.kill()
    process.wait()
    opened = [opens(folder, path) for path in (new, old)]
    assert len([one for one in opened if one is not None]) == 1
