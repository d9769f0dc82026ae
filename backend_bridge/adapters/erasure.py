"""Destroying a case for good: its keys, the keys beside copies, files that hold its data; surveyed before, certified after."""

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select

from backend_bridge.adapters.artefacts import Artefact, artefact_record, artefacts, artefacts_of
from backend_bridge.adapters.case_keys import CaseKeys, KeyId, destroy_in_copy
from backend_bridge.adapters.certificates import certificate_record, log_end, signed_certificate, signing_key
from backend_bridge.adapters.destroyed_list import note_destroyed
from backend_bridge.adapters.on_disk import overwrite_and_remove
from backend_bridge.adapters.package_files import MANIFEST
from backend_bridge.adapters.refusals import StoreRefusedError
from backend_bridge.adapters.sealed_exports import MAGIC
from backend_bridge.adapters.sealing import key_of, parts_of
from backend_bridge.adapters.store import Record
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.store_schema import ENTRIES, RECORDS
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.domain.access.destruction import Destruction
from backend_bridge.domain.access.export_book import Export

_PAGE: Final = 500
_BEGIN: Final = 200
_BEGINS: Final = {"recording": b"bongsu-recording/", "package": b"bongsu-package/1", "export": MAGIC}
"""What the files that the bridge makes begin with, of whichever version recordings are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """A destruction that was carried out: what is to be stored with its entry."""

    n_keys: int
    n_files: int
    n_unreached: int
    records: tuple[Record, ...]
    certificate: str
    """SHA-256 of the signed certificate in hexadecimal."""


class Eraser:
    """Carries out destructions of one data folder; beside the engine, one at a time."""

    def __init__(self, keys: CaseKeys, reader: StoreReader, store_key: bytes, second_place: Path) -> None:
        """`second_place` is where the checkpoints go: the list of what was destroyed stands there too."""
        self._keys, self._reader, self._store_key, self._second_place = keys, reader, store_key, second_place

    def erase_case(self, one: Destruction, basis: str | None, out: list[Export], now_us: int) -> Erased:
        """Destroy everything of a case. What lies under the common key must have been written anew before; `out` are its exports."""
        counts, digest = survey(self._reader, self._keys.ids_of(one.case))
        n_keys = self._keys.destroy(one.case)
        files, unreached, gone = self._erase_files(artefacts_of(self._reader, one.case), one)
        try:
            note_destroyed(self._second_place, one.case, one.destruction, text_of_us(now_us))
        except OSError:
            unreached.append(f"list {self._second_place}")
        return self._certified(one, basis, (n_keys, counts, digest), (files, [*unreached, *_told(out)], gone), now_us)

    def erase_delivered(self, one: Destruction, basis: str | None, out: list[Export], now_us: int) -> Erased:
        """Destroy what was handed out under one access and is within reach."""
        mine = [each for each in artefacts(self._reader) if each.grant == one.grant]
        files, unreached, gone = self._erase_files(mine, one)
        return self._certified(one, basis, (0, Counter(), hashlib.sha256().hexdigest()), (files, [*unreached, *_told(out)], gone), now_us)

    def _erase_files(self, found: list[Artefact], one: Destruction) -> tuple[list[str], list[str], list[Artefact]]:
        """The files that were destroyed, those that could not be reached, and which are gone altogether."""
        files, unreached, gone = [], [], []
        for artefact in found:
            try:
                if artefact.what == "backup" and artefact.keys is not None:
                    destroy_in_copy(Path(artefact.keys), self._store_key, one.case)
                else:
                    _destroy(artefact)
                    gone.append(artefact)
                files.append(f"{artefact.what} {artefact.path}")
            except (OSError, StoreRefusedError):
                unreached.append(f"{artefact.what} {artefact.path}")
        return files, unreached, gone

    def _certified(
        self,
        one: Destruction,
        basis: str | None,
        erased: tuple[int, Counter[str], str],
        files: tuple[list[str], list[str], list[Artefact]],
        now_us: int,
    ) -> Erased:
        n_keys, counts, digest = erased
        destroyed, unreached, gone = files
        n, last = log_end(self._reader)
        document = {
            "format": "bongsu-destruction/1",
            "destruction": one.destruction,
            "case": one.case,
            "grant": one.grant,
            "ground": one.ground.value,
            "basis": basis,
            "asked_by": one.asked_by,
            "approved_by": one.decided_by,
            "done_at": text_of_us(now_us),
            "keys": n_keys,
            "erased": dict(sorted(counts.items())),
            "erased_sha256": digest,
            "files": destroyed,
            "unreached": unreached,
            "log": {"n": n, "sha256": last},
        }
        private, made = signing_key(self._reader)
        record, sha = certificate_record(one.destruction, signed_certificate(document, private))
        marks = tuple(artefact_record(Artefact(what=each.what, path=each.path, gone=True)) for each in gone)
        return Erased(n_keys=n_keys, n_files=len(destroyed), n_unreached=len(unreached), records=(*made, record, *marks), certificate=sha)


def _told(out: list[Export]) -> list[str]:
    return [f"export {each.export} at {each.recipient}" for each in out]


def survey(reader: StoreReader, key_ids: frozenset[KeyId]) -> tuple[Counter[str], str]:
    """How much of each kind lies under some keys, and the SHA-256 over all of it in the order of the store."""
    counts: Counter[str] = Counter()
    digest = hashlib.sha256()
    for kind, n, stored in _stored(reader):
        parts = parts_of(stored)
        for size, part in [(1, stored)] if parts is None else [(max(size, 1), part) for _, size, part in parts]:
            if key_of(part) in key_ids:
                counts[kind] += size
                digest.update(n.to_bytes(8, "little") + hashlib.sha256(part).digest())
    return counts, digest.hexdigest()


def _stored(reader: StoreReader) -> Iterator[tuple[str, int, bytes]]:
    """Every body and every entry as it is stored, page by page, so that the writer is never held up for long."""
    last = 0
    query = select(RECORDS.c.id, RECORDS.c.kind, RECORDS.c.body).where(RECORDS.c.body.is_not(None)).order_by(RECORDS.c.id).limit(_PAGE)
    while True:
        with reader.connection() as connection:
            rows = connection.execute(query.where(RECORDS.c.id > last)).fetchall()
        yield from ((row.kind, row.id, row.body) for row in rows)
        if len(rows) < _PAGE:
            break
        last = rows[-1].id
    last = 0
    entries = select(ENTRIES.c.n, ENTRIES.c.payload).where(ENTRIES.c.payload.is_not(None)).order_by(ENTRIES.c.n).limit(_PAGE)
    while True:
        with reader.connection() as connection:
            found = connection.execute(entries.where(ENTRIES.c.n > last)).fetchall()
        yield from (("entry", row.n, row.payload) for row in found)
        if len(found) < _PAGE:
            return
        last = found[-1].n


def _destroy(artefact: Artefact) -> None:
    """Overwrite and remove a file, its key, or all files of a folder; raises `OSError` when it is not there."""
    path = Path(artefact.path)
    if not _is_ours(artefact.what, path):
        raise OSError(f"{path}: is no {artefact.what} of this bridge any more")
    if artefact.keys is not None:
        overwrite_and_remove(Path(artefact.keys).resolve())
    lies = path.resolve()  # it may have been moved, and a link left where it was
    if lies.is_dir():
        for part in sorted(lies.rglob("*")):
            if part.is_file():
                overwrite_and_remove(part)
        shutil.rmtree(lies)
    else:
        overwrite_and_remove(lies)


def _is_ours(what: str, path: Path) -> bool:
    """Whether a file is what the bridge once made there, and not something that somebody has put in its place."""
    if what == "package":
        path = path / MANIFEST
    with path.open("rb") as file:
        begin = file.read(_BEGIN)
    return _BEGINS[what] in begin
