"""The keys of the cases: what was destroyed says so under the store's key, and nothing else passes for destroyed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from backend_bridge.adapters.case_keys import CaseKeys, refuse_where_lost
from backend_bridge.adapters.refusals import StoreRefusedError
from backend_bridge.domain.identifiers import CaseId

KEY = bytes(range(32))
SLOT = 512
ONE, OTHER = CaseId("C-1"), CaseId("C-2")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Keys of two cases, on the disk."""
    path = tmp_path / "case-keys"
    keys = CaseKeys(path, KEY)
    for case in (ONE, OTHER):
        keys.id_for(frozenset({case}))
    keys.sync()
    keys.close()
    return path


def cases_in(path: Path) -> frozenset[CaseId]:
    keys = CaseKeys(path, KEY, read_only=True)
    keys.close()
    return keys.cases()


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "garbage": lambda whole: os.urandom(len(whole)),
    "garbage behind the first slot": lambda whole: whole[:SLOT] + os.urandom(len(whole) - SLOT),
    "one slot of garbage": lambda whole: whole[: 2 * SLOT] + os.urandom(SLOT) + whole[3 * SLOT :],
    "one slot of zeros": lambda whole: whole[: 2 * SLOT] + bytes(SLOT) + whole[3 * SLOT :],
    "cut off": lambda whole: whole[:-SLOT],
    "two slots changed about": lambda whole: whole[: 2 * SLOT] + whole[3 * SLOT :] + whole[2 * SLOT : 3 * SLOT],
    "the first slot in the place of another": lambda whole: whole[: 2 * SLOT] + whole[:SLOT] + whole[3 * SLOT :],
    "one bit": lambda whole: whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:],
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_file_that_was_changed_is_refused_and_nothing_in_it_passes_for_destroyed(path: Path, how: str) -> None:
    assert cases_in(path) == {ONE, OTHER}
    whole = path.read_bytes()
    path.write_bytes(SPOILT[how](whole))
    for read_only in (True, False):
        with pytest.raises(StoreRefusedError, match="cut off or changed"):
            CaseKeys(path, KEY, read_only=read_only)
    path.write_bytes(whole)
    assert cases_in(path) == {ONE, OTHER}


@pytest.mark.parametrize("content", [b"", bytes(4 * SLOT)])
def test_an_empty_file_is_no_file_of_a_store_that_was_written(path: Path, content: bytes) -> None:
    refuse_where_lost(path)
    path.write_bytes(content)
    with pytest.raises(StoreRefusedError, match="missing or empty"):
        refuse_where_lost(path)


def test_what_was_destroyed_is_gone_after_a_new_start_and_the_rest_is_there(path: Path) -> None:
    keys = CaseKeys(path, KEY)
    made = {case: (keys.id_for(frozenset({case})), keys.seal(keys.id_for(frozenset({case})), b"where")) for case in (ONE, OTHER)}
    keys.give_up(keys.renew_common())
    assert keys.destroy(ONE) == 2  # its own and the common one from before
    keys.id_for(frozenset({CaseId("C-3")}))
    keys.sync()
    keys.close()
    again = CaseKeys(path, KEY)
    opened = {case: again.open(key_id, *sealed) for case, (key_id, sealed) in made.items()}
    assert opened == {ONE: None, OTHER: b"where"}
    assert again.cases() == {OTHER, CaseId("C-3")}
    again.close()


def test_a_common_key_goes_only_once_nothing_that_is_needed_lies_under_it(path: Path) -> None:
    keys = CaseKeys(path, KEY)
    first, second = [(keys.common, keys.seal(keys.common, b"old"), keys.renew_common()) for _ in range(2)]
    keys.give_up(first[2])
    keys.destroy(ONE)
    assert keys.open(first[0], *first[1]) is None
    assert keys.open(second[0], *second[1]) == b"old", "what replaces it is not written yet"
    keys.give_up(second[2])
    keys.destroy(OTHER)
    assert keys.open(second[0], *second[1]) is None
    keys.close()


def test_a_key_that_was_destroyed_before_it_was_written_leaves_no_hole(path: Path) -> None:
    keys = CaseKeys(path, KEY)
    keys.id_for(frozenset({CaseId("C-3")}))
    keys.id_for(frozenset({CaseId("C-4")}))
    keys.destroy(CaseId("C-3"))
    keys.sync()
    keys.close()
    assert cases_in(path) == {ONE, OTHER, CaseId("C-4")}


def test_a_crash_before_the_number_of_slots_was_written_leaves_the_file_as_it_was(path: Path) -> None:
    before = path.read_bytes()
    keys = CaseKeys(path, KEY)
    keys.id_for(frozenset({CaseId("C-3")}))
    keys.sync()
    keys.close()
    path.write_bytes(before[:SLOT] + path.read_bytes()[SLOT:])
    assert cases_in(path) == {ONE, OTHER}
    again = CaseKeys(path, KEY)
    again.id_for(frozenset({CaseId("C-4")}))
    again.sync()
    again.close()
    assert cases_in(path) == {ONE, OTHER, CaseId("C-4")}


def test_another_process_finds_a_key_that_was_made_after_it_had_looked(path: Path) -> None:
    reader = CaseKeys(path, KEY, read_only=True)
    writer = CaseKeys(path, KEY)
    key_id = writer.id_for(frozenset({CaseId("C-3")}))
    nonce, sealed = writer.seal(key_id, b"where")
    assert reader.open(key_id, nonce, sealed) is None
    writer.sync()
    assert reader.open(key_id, nonce, sealed) == b"where"
    writer.close()
    reader.close()
