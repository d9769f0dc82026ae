"""Files outside the store that hold people's data and that the bridge made: copies, recordings, packages, exports; where they are.

They are entered before they are written, so that a destruction knows where to look for them.
"""

import hashlib
from pathlib import Path
from typing import Final

import msgspec

from backend_bridge.adapters.store import Record
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.domain.identifiers import CaseId

KIND: Final = "artefact"
_LONGEST_NAME: Final = 128


class Artefact(msgspec.Struct, frozen=True, kw_only=True):
    """One file or folder."""

    what: str
    """`backup`, `recording`, `package`, `export`."""
    path: str
    keys: str | None = None
    """Where its keys lie, when not in itself."""
    cases: tuple[str, ...] = ()
    """Whose data it holds; empty: everybody's."""
    grant: str | None = None
    """The access under which it was handed out."""
    gone: bool = False


def artefact_record(artefact: Artefact) -> Record:
    """The record of a file; its name is the path, or where there is no room for that the path's hash: what is newer takes its place."""
    path = artefact.path
    name = path if len(path) <= _LONGEST_NAME else hashlib.sha256(path.encode()).hexdigest()
    return Record(kind=KIND, name=name, body=msgspec.json.encode(artefact))


def artefacts(reader: StoreReader) -> list[Artefact]:
    """All that are not known to be gone."""
    # By path, and not by name alone: long paths were once named by their ends.
    found = (msgspec.json.decode(kept.body, type=Artefact) for kept in reader.newest_by_name(KIND))
    newest = {artefact.path: artefact for artefact in found}
    return [artefact for artefact in newest.values() if not artefact.gone]


def artefacts_of(reader: StoreReader, case: CaseId) -> list[Artefact]:
    """Those that hold data of a case."""
    return [artefact for artefact in artefacts(reader) if not artefact.cases or case in artefact.cases]


def absolute(path: Path) -> str:
    """The path as it is entered."""
    return str(path.resolve())
