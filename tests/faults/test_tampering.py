"""Whoever changes the store with its key in hand is found out, whatever they change, and the first bad entry is named."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from backend_bridge.adapters.chain import MerkleTree
from backend_bridge.adapters.checkpoints import Checkpointer, CheckpointError, new_signing_key, public_key_of, signed_heads
from backend_bridge.adapters.log_lines import entry_bytes
from backend_bridge.adapters.refusals import StoreRefusedError
from backend_bridge.adapters.store import Record, Store
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.store_schema import METADATA
from backend_bridge.adapters.store_verify import Signed, verify
from backend_bridge.bootstrap.folder_commands import verify_store
from backend_bridge.domain.outcomes.bridge_events import BridgeNoted

KEY = bytes(range(32))
N_TICKS = 40


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[StoreReader]:
    """A store of forty ticks with two records and two entries each; the older snapshots have lost their bodies by rule."""
    store = Store.open(tmp_path, KEY)
    for tick in range(N_TICKS):
        records = [Record(kind="fixes", name=str(tick), size=3, body=b"fixes" * 50), Record(kind="snapshot", body=b"state")]
        payloads = [f'{{"n":{2 * tick + part}}}'.encode() for part in (1, 2)]
        store.append(1000 + tick, records, payloads, {"snapshot": store.head.next_id} if tick == N_TICKS // 2 else None)
    store.close()
    opened = StoreReader.open(tmp_path, KEY)
    yield opened
    opened.close()


def first_bad(reader: StoreReader, sql: str, checkpoints: list[Signed] | None = None) -> str | None:
    with reader.connection() as connection:
        for statement in sql.split(";"):
            connection.execute(text(statement))
        bad = verify(connection, checkpoints or [], lambda _: None).bad
        connection.rollback()
        return bad


def named(sentence: str | None) -> int:
    found = re.match(r"entry (\d+): ", sentence or "")
    assert found, sentence
    return int(found[1])


def test_an_untouched_store_is_whole(reader: StoreReader) -> None:
    assert first_bad(reader, "SELECT 1") is None


@pytest.mark.parametrize(
    ("sql", "entry"),
    [
        ("UPDATE entries SET payload = x'00' WHERE n = 17", 17),
        ("UPDATE entries SET salt = x'00' WHERE n = 17", 17),
        ("UPDATE entries SET at_us = 1 WHERE n = 17", 17),
        ("UPDATE entries SET hash = x'00' WHERE n = 17", 17),
        ("UPDATE entries SET payload = NULL, salt = NULL WHERE n = 17", 17),
        ("UPDATE entries SET tick = 8 WHERE n = 17", 17),
        ("DELETE FROM entries WHERE n = 17", 17),
        ("DELETE FROM entries WHERE n = 80", 80),
        ("INSERT INTO entries SELECT 81, tick, at_us, leaf, hash, salt, payload FROM entries WHERE n = 80", 81),
        ("UPDATE entries SET n = 900 WHERE n = 17; UPDATE entries SET n = 17 WHERE n = 18; UPDATE entries SET n = 18 WHERE n = 900", 17),
        ("UPDATE records SET body = x'00' WHERE id = 17", 17),
        ("UPDATE records SET body = NULL WHERE id = 17", 17),
        ("UPDATE records SET name = 'x' WHERE id = 17", 17),
        ("UPDATE records SET size = 4 WHERE id = 17", 17),
        ("UPDATE records SET from_us = 4 WHERE id = 17", 17),
        ("UPDATE records SET tick = 10 WHERE id = 17", 17),
        ("DELETE FROM records WHERE id = 17", 17),
        ("DELETE FROM records WHERE id = 81", 79),
        ("INSERT INTO records SELECT 82, 40, kind, name, from_us, to_us, size, sha, body FROM records WHERE id = 1", 79),
        ("UPDATE ticks SET now_us = 1 WHERE k = 9", 17),
        ("UPDATE ticks SET n_after = 19 WHERE k = 9", 19),
        ("UPDATE ticks SET hash = x'00' WHERE k = 9", 17),
        ("DELETE FROM ticks WHERE k = 9", 17),
        ("UPDATE records SET name = x'aa' WHERE id = 17", 17),
        ("UPDATE records SET name = CAST(x'ff' AS TEXT) WHERE id = 17", 17),
        ("UPDATE records SET kind = x'ff' WHERE id = 17", 17),
        ("UPDATE records SET size = 'abc' WHERE id = 17", 17),
        ("UPDATE records SET size = 9.5 WHERE id = 17", 17),
        ("UPDATE records SET body = 'text' WHERE id = 17", 17),
        ("UPDATE records SET tick = 'abc' WHERE id = 17", 17),
        ("UPDATE records SET id = 'abc' WHERE id = 17", 17),
        ("UPDATE records SET size = 'abc' WHERE kind = 'forgotten'", 1),
        ("INSERT INTO records SELECT 82, 'abc', 'retired', name, from_us, to_us, size, sha, 'text' FROM records WHERE id = 1", 81),
        ("UPDATE entries SET payload = 'text' WHERE n = 17", 17),
        ("UPDATE entries SET leaf = 'text' WHERE n = 17", 17),
        ("UPDATE entries SET at_us = 1e300 WHERE n = 17", 17),
        ("UPDATE entries SET n = 'abc' WHERE n = 17", 17),
        ("UPDATE entries SET tick = 'abc' WHERE n = 17", 17),
        ("UPDATE ticks SET now_us = 'abc' WHERE k = 9", 17),
        ("UPDATE ticks SET n_after = 'abc' WHERE k = 9", 17),
        ("UPDATE ticks SET k = 'abc' WHERE k = 9", 17),
        ("INSERT INTO head SELECT 2, format, k, n, tick_hash, entry_hash FROM head", 81),
        ("UPDATE head SET tick_hash = 'text'", 81),
        ("UPDATE head SET n = 79", 81),
        ("DELETE FROM head", 81),
    ],
)
def test_every_change_of_every_table_is_found_where_it_begins(reader: StoreReader, sql: str, entry: int) -> None:
    assert named(first_bad(reader, sql)) == entry


def test_each_column_of_each_table_is_bound(reader: StoreReader) -> None:
    """No column can be changed in any row without being found; those of a table's own key move the row out of its place."""
    for table in METADATA.sorted_tables:
        key = next(iter(table.primary_key.columns)).name
        for column in table.columns:
            change = "x'aa'" if "BLOB" in str(column.type).upper() or "BINARY" in str(column.type).upper() else "-7"
            sql = f"UPDATE {table.name} SET {column.name} = {change} WHERE {key} = (SELECT max({key}) FROM {table.name})"
            assert first_bad(reader, sql) is not None, sql


@pytest.mark.parametrize(
    "sql",
    ["DELETE FROM head", "INSERT INTO head SELECT 2, format, k, n, tick_hash, entry_hash FROM head", "UPDATE head SET n = 'abc'"],
)
def test_a_head_that_cannot_be_read_is_named_and_never_made_anew(reader: StoreReader, tmp_path: Path, sql: str) -> None:
    with reader.connection() as connection:
        connection.execute(text(sql))
        connection.commit()
    said: list[str] = []
    assert verify_store(reader, None, said.append) == 1
    assert named(said[0]) == 81
    if "abc" not in sql:
        with pytest.raises(StoreRefusedError, match="times where it ends"):
            Store.open(tmp_path, KEY)


def test_a_log_that_was_written_anew_does_not_match_what_was_signed_outside(reader: StoreReader, tmp_path: Path) -> None:
    signing_key = new_signing_key()
    written = Checkpointer(tmp_path / "second", signing_key, reader).write(5)
    assert written is not None
    assert signed_heads(tmp_path / "second") == [Signed(n=80, root=written.root)]
    cut = "DELETE FROM entries WHERE n > 78; DELETE FROM records WHERE tick = 40; DELETE FROM ticks WHERE k = 40"
    last = "SELECT hash FROM {} WHERE {} = {}"
    mended = (
        f"{cut}; UPDATE head SET k = 39, n = 78, tick_hash = ({last.format('ticks', 'k', 39)}), "
        f"entry_hash = ({last.format('entries', 'n', 78)})"
    )
    assert first_bad(reader, mended) is None
    assert named(first_bad(reader, mended, [Signed(n=80, root=written.root)])) == 79
    other = Signed(n=50, root=bytes(32))
    assert named(first_bad(reader, "SELECT 1", [other])) == 50


def test_a_checkpoint_that_was_forged_is_not_believed(reader: StoreReader, tmp_path: Path) -> None:
    writer = Checkpointer(tmp_path, new_signing_key(), reader)
    writer.write(5)
    path = tmp_path / "checkpoints.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"n":80', b'"n":79') + path.read_bytes())
    with pytest.raises(CheckpointError, match="row 1"):
        signed_heads(tmp_path)


def test_a_line_that_a_power_cut_tore_is_taken_away_and_accuses_nobody(reader: StoreReader, tmp_path: Path) -> None:
    place, key = tmp_path / "second", new_signing_key()
    Checkpointer(place, key, reader).write(5)
    path = place / "checkpoints.jsonl"
    for n, torn in enumerate((path.read_bytes()[:-40], bytes(9000), b"{"), start=2):
        with path.open("ab") as file:
            file.write(torn)
        Checkpointer(place, key, reader).write(n)
        assert [signed.n for signed in signed_heads(place)] == [80] * n
    path.write_bytes(path.read_bytes()[:50])
    Checkpointer(place, key, reader).write(9)
    assert len(signed_heads(place)) == 1


def test_a_key_that_a_power_cut_tore_is_written_again(reader: StoreReader, tmp_path: Path) -> None:
    key = new_signing_key()
    for n in (0, 10):
        Checkpointer(tmp_path / "second", key, reader).write(5)
        path = tmp_path / "second" / "checkpoints.pub"
        path.write_text(path.read_text()[:n])
    Checkpointer(tmp_path / "second", key, reader).write(6)
    assert len(signed_heads(tmp_path / "second")) == 3


def test_nothing_is_added_to_the_checkpoints_of_another_bridge(reader: StoreReader, tmp_path: Path) -> None:
    place = tmp_path / "second"
    Checkpointer(place, new_signing_key(), reader).write(5)
    before = (place / "checkpoints.jsonl").read_bytes()
    with pytest.raises(FileExistsError, match="another bridge"):
        Checkpointer(place, new_signing_key(), reader).write(6)
    assert (place / "checkpoints.jsonl").read_bytes() == before
    with pytest.raises(CheckpointError, match="not the key of this bridge"):
        signed_heads(place, public_key_of(new_signing_key()))


def test_checkpoints_that_the_log_names_and_nobody_finds_are_told(tmp_path: Path) -> None:
    store, place = Store.open(tmp_path, KEY), tmp_path / "second"
    store.append(1, [], [b'{"n":1}'])
    reader = StoreReader.open(tmp_path, KEY)
    written = Checkpointer(place, new_signing_key(), reader).write(5)
    assert written is not None
    noted = BridgeNoted(what="checkpoint", detail=f"{written.n} {written.root.hex()}")
    store.append(2, [], [entry_bytes(2, 2, noted), entry_bytes(3, 2, BridgeNoted(what="outside-copy", detail='9 "checkpoint"'))])
    said: list[str] = []
    assert verify_store(reader, place, said.append) == 0
    assert verify_store(reader, tmp_path / "secnod", said.append) == 1
    assert "the log says that 1 entries were signed outside, and there is no checkpoint" in said[-1]
    assert verify_store(reader, None, said.append) == 0
    (place / "checkpoints.jsonl").unlink()
    assert verify_store(reader, place, said.append) == 1
    reader.close()
    store.close()


def test_the_tree_has_the_roots_of_rfc_6962() -> None:
    """Test vectors of the RFC's reference implementation."""
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    roots = {
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }
    tree = MerkleTree()
    for data in inputs:
        tree.append(bytes.fromhex(data))
        if tree.size in roots:
            assert tree.root().hex() == roots[tree.size]


def test_a_flipped_byte_anywhere_in_the_file_is_found(reader: StoreReader, tmp_path: Path) -> None:
    reader.close()
    path = tmp_path / "store.db"
    whole = path.read_bytes()
    for place in range(5000, len(whole), max(1, len(whole) // 40)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        for beside in ("store.db-wal", "store.db-shm"):
            (tmp_path / beside).unlink(missing_ok=True)
        said: list[str] = []
        damaged = StoreReader.open(tmp_path, KEY)
        assert verify_store(damaged, tmp_path / "none", said.append) == 1
        damaged.close()
        assert named(said[0]) >= 1
