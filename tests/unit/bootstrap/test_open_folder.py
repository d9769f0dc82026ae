"""A command that fills a new folder and is refused leaves the folder as it was: the command can be given again, and so can any other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.refusals import FolderRefusedError, StoreRefusedError
from backend_bridge.adapters.store import Store
from backend_bridge.bootstrap.bridge import open_folder

KEY = "a key of many characters\n"


def _nothing(place: Path) -> None:
    """What lies in the folder is in nobody's way."""
    (place / "notes.txt").write_text("mine")


def _false_start(place: Path) -> None:
    (place / "fast-since").write_text("yesterday")


def _foreign_keys(place: Path) -> None:
    (place / "case-keys").write_bytes(b"keys of another room" * 100)


REFUSED: list[tuple[str, Callable[[Path], None]]] = [
    ("missing.key", _nothing),
    ("short.key", _nothing),
    ("good.key", _false_start),
    ("good.key", _foreign_keys),
]


def named(tmp_path: Path, name: str) -> Path:
    (tmp_path / "short.key").write_text("short\n")
    (tmp_path / "good.key").write_text(KEY)
    return tmp_path / name


@pytest.mark.parametrize(("key", "lay"), REFUSED)
def test_a_beginning_that_is_refused_leaves_the_folder_as_it_was(tmp_path: Path, key: str, lay: Callable[[Path], None]) -> None:
    room = tmp_path / "room"
    room.mkdir()
    lay(room)
    before = {path.name: path.read_bytes() for path in room.iterdir()}
    with pytest.raises((FolderRefusedError, StoreRefusedError)):
        open_folder(room, named(tmp_path, key), speed=2.0 if lay is _false_start else 1.0, begun_by="import")
    assert {path.name: path.read_bytes() for path in room.iterdir() if path.name != "bridge.lock"} == before


def test_of_a_folder_that_was_not_there_nothing_is_left_after_a_mistyped_key_file(tmp_path: Path) -> None:
    with pytest.raises(FolderRefusedError, match="the key cannot be read"):
        open_folder(tmp_path / "room", tmp_path / "missing.key", begun_by="import")
    assert not (tmp_path / "room").exists()
    opened = open_folder(tmp_path / "room", named(tmp_path, "good.key"))
    assert opened is not None, "any command opens it"
    opened.close()


@pytest.mark.parametrize("where", [(Store, "open"), (DurableRoom, "step")], ids=["store", "first-step"])
def test_a_beginning_that_is_interrupted_leaves_nothing_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: tuple[type, str]
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(*where, stop)
        with pytest.raises(KeyboardInterrupt):
            open_folder(tmp_path / "room", named(tmp_path, "good.key"), begun_by="import")
    assert not (tmp_path / "room").exists()


def test_what_another_command_began_stays_for_that_command(tmp_path: Path) -> None:
    key = named(tmp_path, "good.key")
    opened = open_folder(tmp_path / "room", key, begun_by="serve --set-up")
    assert opened is not None
    opened.close()
    for command in ("import", None):
        with pytest.raises(FolderRefusedError, match="half made, for serve --set-up was cut off"):
            open_folder(tmp_path / "room", key, begun_by=command)
    assert (tmp_path / "room" / "store.db").exists()
