"""Another key for a store: after a crash at any moment exactly one key opens everything, nothing is lost, and the old files are gone."""

import contextlib
import errno
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bridge_shell import PROGRAM, ROOT, case_document, case_file, served, shell

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


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with its key beside it."""
    place = tmp_path_factory.mktemp("beside")
    return made(place / "room", case_file(place, case_document(1), case_document(2)), None)


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


def test_copies_and_recordings_are_made_under_the_new_key_as_before(folder: Path, keys: tuple[Path, Path], tmp_path: Path) -> None:
    whole = ("--from", "2026-01-01T00:00:00Z", "--to", "2037-01-01T00:00:00Z", "--data", folder)

    def lived_again(name: str, key_file: Path) -> list[str]:
        shell("record", *whole, "--out", tmp_path / f"{name}.bongsu", "--key-file", key_file)
        shell("replay", tmp_path / f"{name}.bongsu", "--out", tmp_path / f"{name}.jsonl")
        entries = [json.loads(line) for line in (tmp_path / f"{name}.jsonl").read_text().splitlines()]
        return [entry["case"] for entry in entries if entry["event"] == "case-registered"]

    with served(folder, "--key-file", keys[0]):
        pass  # only what a bridge did can be recorded
    before = lived_again("before", keys[0])
    run_rekey(Place(folder=folder, key_file=keys[0]), keys[1])
    assert lived_again("after", keys[1]) == before == ["C-1", "C-2"]
    shell("backup", tmp_path / "copy.db", "--data", folder, "--key-file", keys[1])
    shell("restore", tmp_path / "copy.db", "--data", tmp_path / "new", "--key-file", keys[1])
    assert opens(tmp_path / "new", keys[1]) is not None
    new = ("verify", "--data", tmp_path / "new", "--key-file", keys[1])
    assert "there is no checkpoint" in shell(*new, status=1).stdout, "no bridge has run on the copy yet"
    assert "all is as it was written" in shell(*new, "--checkpoints", folder / "checkpoints").stdout


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


def other_name(folder: Path, kind: str) -> Path:
    """The key that lies in the folder, or may come to lie there, under one of the names that it can be given."""
    named = folder.parent / "named.key"
    match kind:
        case "itself":
            return folder / "store.key"
        case "over a link":
            named.symlink_to(folder / "store.key")
        case "linked":
            os.link(folder / "store.key", named)
        case _:
            named = folder / kind
            named.write_text("another key of many characters\n")
    return named


@pytest.mark.parametrize("kind", ["itself", "over a link", "linked", f"store.key{FRESH}", "store.key.retired", "other.key"])
@pytest.mark.parametrize("with_old", [True, False])
def test_a_key_that_would_go_with_the_old_files_is_refused_and_nothing_changes(
    folder: Path, keys: tuple[Path, Path], kind: str, *, with_old: bool
) -> None:
    last = opens(folder, keys[0])
    shutil.copy(keys[1] if with_old else keys[0], folder / "store.key")
    with pytest.raises(UsageError, match="keep the new key elsewhere"):
        run_rekey(Place(folder=folder, key_file=keys[0] if with_old else None), other_name(folder, kind))
    assert opens(folder, keys[0]) == last


def test_the_key_that_it_has_is_no_new_one(folder: Path, keys: tuple[Path, Path], tmp_path: Path) -> None:
    for same in (keys[0], shutil.copy(keys[0], tmp_path / "same.key")):
        with pytest.raises(UsageError, match="name a file with another"):
            run_rekey(Place(folder=folder, key_file=keys[0]), same)
        assert opens(folder, keys[0]) is not None


def test_a_key_that_cannot_be_read_twice_is_refused(folder: Path, keys: tuple[Path, Path]) -> None:
    reads, writes = os.pipe()
    os.write(writes, b"a key that came through a pipe\n")
    with pytest.raises(UsageError, match="no file that can be read again"):
        run_rekey(Place(folder=folder, key_file=keys[0]), Path(f"/proc/self/fd/{reads}"))
    os.close(reads)
    os.close(writes)
    assert opens(folder, keys[0]) is not None


def test_a_file_that_is_not_the_key_of_this_store_stays_where_it_lies(folder: Path, keys: tuple[Path, Path], tmp_path: Path) -> None:
    (folder / "store.key").write_text("the key of an older copy\n")
    (tmp_path / "elsewhere.key").write_bytes(keys[0].read_bytes())
    run_rekey(Place(folder=folder, key_file=keys[0]), keys[1])
    assert (folder / "store.key").read_text() == "the key of an older copy\n"
    (folder / "store.key").unlink()
    (folder / "store.key").symlink_to(tmp_path / "elsewhere.key")
    run_rekey(Place(folder=folder, key_file=keys[1]), keys[0])
    run_rekey(Place(folder=folder, key_file=None), keys[1])
    assert not (folder / "store.key").is_symlink()
    assert (tmp_path / "elsewhere.key").read_bytes() == keys[0].read_bytes(), "a link goes, and not what it leads to"
    assert opens(folder, keys[1]) is not None


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


def failing_after(n: int, error: BaseException) -> Callable[..., Callable[..., object]]:
    """The same with an error, and at the n-th call alone where it is one of the disk."""
    left = [n]

    def guard(call: Callable[..., object]) -> Callable[..., object]:
        def guarded(*of: object, **named: object) -> object:
            left[0] -= 1
            if left[0] == -1 or (left[0] < 0 and isinstance(error, PowerCut)):
                raise error
            return call(*of, **named)

        return guarded

    return guard


@pytest.mark.parametrize("n", range(31))
@pytest.mark.parametrize(
    ("error", "is_made_here"), [(PowerCut(), True), (OSError(errno.EIO, "Input/output error"), False)], ids=["power", "disk"]
)
def test_whatever_fails_first_one_key_opens_everything_and_no_other_is_left(
    tmp_path: Path,
    template: Path,
    keys: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    n: int,
    error: BaseException,
    *,
    is_made_here: bool,
) -> None:
    folder = tmp_path / "room"
    shutil.copytree(template, folder)
    old, guard = key_of_file(folder / "store.key"), failing_after(n, error)
    with monkeypatch.context() as patch:
        for place, name in ((os, "replace"), (os, "fsync"), (Path, "unlink")):
            patch.setattr(place, name, guard(getattr(place, name)))
        with contextlib.suppress(PowerCut, FolderRefusedError, StoreRefusedError):
            rekey(folder, old, None if is_made_here else key_of_file(keys[1]))
    decided = (folder / MARK_NAME).exists() or not (folder / "store.key").exists()
    found = [opens(folder, path) for path in ((None,) if is_made_here else (None, keys[1]) if not decided else (keys[1],))]
    assert [value is not None for value in found].count(True) == 1, "one key opens it"
    assert left_over(folder) == set()


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
    assert left_over(folder) == set(), "whoever opens the folder next finishes it or forgets it"


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
