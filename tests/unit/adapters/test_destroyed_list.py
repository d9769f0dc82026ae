"""The list of destroyed cases, and the keys beside a copy: what cannot be read or is gone is said, and never taken for done."""

from pathlib import Path

import pytest

from backend_bridge.adapters.case_keys import destroy_in_copy
from backend_bridge.adapters.destroyed_list import LIST_NAME, destroyed_cases, note_destroyed
from backend_bridge.adapters.refusals import InputRefusedError, StoreRefusedError
from backend_bridge.domain.identifiers import CaseId


def test_a_line_that_a_crash_cut_off_spoils_no_other(tmp_path: Path) -> None:
    note_destroyed(tmp_path, CaseId("C-1"), "DES-1", "2026-11-23T07:36:00Z")
    with (tmp_path / LIST_NAME).open("ab") as file:
        file.write(b'{"case": "C-2", "destr')
    assert destroyed_cases(tmp_path) == ["C-1"]
    note_destroyed(tmp_path, CaseId("C-2"), "DES-2", "2026-11-23T07:37:00Z")
    assert destroyed_cases(tmp_path) == ["C-1", "C-2"]


@pytest.mark.parametrize("content", [b"junk\n", b"[1]\n", b"{}\n", b"\xff\n"])
def test_a_list_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / LIST_NAME).write_bytes(content)
    with pytest.raises(InputRefusedError, match="list of what was destroyed"):
        destroyed_cases(tmp_path)


def test_a_folder_that_is_not_there_is_no_empty_list(tmp_path: Path) -> None:
    assert destroyed_cases(tmp_path) == []
    with pytest.raises(InputRefusedError, match="is no folder"):
        destroyed_cases(tmp_path / "typo")


def test_keys_that_were_moved_away_do_not_count_as_destroyed(tmp_path: Path) -> None:
    moved = tmp_path / "copy.db.keys"
    with pytest.raises(StoreRefusedError, match="not there any more"):
        destroy_in_copy(moved, bytes(32), CaseId("C-1"))
    assert not moved.exists()
