"""A room's history moves to another room by files, and both say the same of every subject."""

import json
import shutil
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow.parquet as pq
import pytest
from bridge_shell import case_document, case_file, shell
from live_day import run_live

from backend_bridge.adapters.case_files import cases_of_text
from backend_bridge.adapters.keys import store_key
from backend_bridge.adapters.package_files import checked_manifest
from backend_bridge.adapters.packages import export_package
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.store_verify import verify


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A room with a day behind it, its key beside it as text."""
    folder = tmp_path_factory.mktemp("old") / "room"
    document = {"format": "bongsu-case/1", "cases": [case_document(1), case_document(2)]}
    shell("import-cases", case_file(folder.parent, case_document(9)), "--data", folder)
    cases, key = cases_of_text(json.dumps(document), "test"), store_key(folder, None).key
    durable, alarms = run_live(folder, cases, frozenset(), key=key, n_steps=260)
    durable.close()
    assert alarms
    return folder


@pytest.fixture(scope="module")
def package(room: Path) -> Path:
    folder = room.parent / "package"
    shell("export", folder, "--data", room)
    return folder


def test_a_package_holds_everything_and_a_new_room_has_the_same(room: Path, package: Path, tmp_path: Path) -> None:
    manifest = json.loads((package / "manifest.json").read_text())
    assert set(manifest["records"]) == {"alarms", "cases", "events", "fixes", "standing"}
    new = tmp_path / "new"
    assert "all as in the package" in shell("import", package, "--data", new).stdout
    reader = StoreReader.open(new, store_key(new, None).key)
    repeated = export_package(reader, tmp_path / "again", lambda _: None)
    for kind in ("fixes", "events", "cases", "standing"):
        assert repeated[kind] == manifest["records"][kind]
    old_log = (package / "log.jsonl").read_bytes()
    assert (tmp_path / "again" / "log.jsonl").read_bytes().startswith(old_log)
    with reader.snapshot() as connection:
        assert verify(connection, [], lambda _: None).bad is None
    reader.close()


def test_the_fixes_are_geoparquet(package: Path) -> None:
    """A file a day: an hour that is lived shortly before midnight makes two."""
    paths = list((package / "fixes").glob("*.parquet"))
    assert 1 <= len(paths) <= 2
    for path in paths:
        frame = gpd.read_parquet(path)
        table = pq.read_table(path)
        np.testing.assert_allclose(frame.geometry.x, table.column("lon").to_numpy())
        np.testing.assert_allclose(frame.geometry.y, table.column("lat").to_numpy())


@pytest.mark.parametrize("harm", ["edit", "remove", "add"])
def test_a_package_that_was_touched_is_refused_by_file(package: Path, tmp_path: Path, harm: str) -> None:
    copy = tmp_path / "package"
    shutil.copytree(package, copy)
    target = copy / "events.jsonl"
    if harm == "edit":
        target.write_bytes(target.read_bytes().replace(b"sos", b"SOS"))
    elif harm == "remove":
        target.unlink()
    else:
        target = copy / "more.jsonl"
        target.write_text("{}")
    with pytest.raises(InputRefusedError, match=str(target)):
        checked_manifest(copy)


@pytest.mark.parametrize("was_there", [False, True])
def test_an_import_that_fails_leaves_nothing_half_made(package: Path, tmp_path: Path, was_there: bool) -> None:  # noqa: FBT001
    copy, new = tmp_path / "package", tmp_path / "new"
    shutil.copytree(package, copy)
    (copy / "events.jsonl").unlink()
    if was_there:
        new.mkdir()
    shell("import", copy, "--data", new, status=2)
    assert new.exists() == was_there
    assert not was_there or list(new.iterdir()) == []
    assert "all as in the package" in shell("import", package, "--data", new).stdout


def test_only_a_new_folder_takes_a_package(room: Path, package: Path) -> None:
    assert "new folder" in shell("import", package, "--data", room, status=2).stderr
    assert "new folder is needed" in shell("export", package, "--data", room, status=2).stderr
