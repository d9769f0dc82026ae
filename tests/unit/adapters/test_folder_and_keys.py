"""A folder has one owner at a time, and its key never lies where anybody else can read it."""

import os
from pathlib import Path

import pytest

from backend_bridge.adapters.folder import FolderLock, prepared
from backend_bridge.adapters.keys import store_key
from backend_bridge.adapters.refusals import FolderRefusedError


def test_the_lock_is_held_by_one_and_free_after_it(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path), FolderLock(tmp_path)
    assert first.try_take()
    assert not second.try_take()
    first.free()
    assert second.try_take()
    second.free()


def test_a_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    assert prepared(tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderRefusedError, match="cannot be"):
        prepared(tmp_path / "file")
    with pytest.raises(FolderRefusedError, match="cannot be"):
        prepared(tmp_path / "file" / "in")


def test_the_key_is_made_once_beside_the_store_with_a_warning(tmp_path: Path) -> None:
    made = store_key(tmp_path, None)
    assert made.is_new
    assert made.warning is not None
    assert (tmp_path / "store.key").stat().st_mode & 0o777 == 0o600
    again = store_key(tmp_path, None)
    assert (again.key, again.is_new) == (made.key, False)
    assert made.key.hex() not in repr(made)


def test_a_named_file_is_the_key_whatever_lies_in_the_folder(tmp_path: Path) -> None:
    beside = store_key(tmp_path, None)
    (tmp_path / "k").write_text("a much longer secret text\n")
    named = store_key(tmp_path, tmp_path / "k")
    assert named.key != beside.key
    assert named.warning is None
    (tmp_path / "k").write_text("a much longer secret text")
    assert store_key(tmp_path, tmp_path / "k").key == named.key


def test_a_key_that_is_missing_short_or_lost_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FolderRefusedError, match="cannot be read"):
        store_key(tmp_path, tmp_path / "none")
    (tmp_path / "short").write_text("abc")
    with pytest.raises(FolderRefusedError, match="holds no key"):
        store_key(tmp_path, tmp_path / "short")
    (tmp_path / "store.db").write_bytes(os.urandom(100))
    with pytest.raises(FolderRefusedError, match="--key-file"):
        store_key(tmp_path, None)
