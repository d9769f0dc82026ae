"""`rekey`: another key for the store of a folder on which no bridge runs."""

from pathlib import Path

from backend_bridge.adapters.keys import KEY_NAME, key_of_file
from backend_bridge.adapters.refusals import FolderRefusedError, StoreRefusedError
from backend_bridge.adapters.rekeying import must_be_elsewhere, rekey
from backend_bridge.application.inbox import NoteShellRead
from backend_bridge.bootstrap.bridge import IdleBridge, open_folder
from backend_bridge.bootstrap.errors import UsageError
from backend_bridge.bootstrap.on_folder import Place, shell_user
from backend_bridge.domain.identifiers import UserId


def run_rekey(place: Place, new_key_file: Path | None) -> str:
    """Change the key, entered before it is; the sentence that says how to open the store from now on."""
    beside = place.folder / KEY_NAME
    if new_key_file is None and (place.key_file is not None or not beside.exists()):
        raise UsageError(["--new-key-file: name the file of the new key; only a key that lies beside the store is made here"])
    try:
        new = None if new_key_file is None else _new_key(place.folder, new_key_file)
        opened = open_folder(place.folder, place.key_file)
    except (FolderRefusedError, StoreRefusedError) as error:
        raise UsageError([str(error)]) from None
    if opened is None:
        raise UsageError([f"{place.folder}: a bridge runs on it; stop it first: the key is changed while nobody reads or writes"])
    try:
        IdleBridge(opened).carry_out([NoteShellRead(by=UserId(shell_user()), command="rekey", scope="another key for the store")])
        opened.durable.write_snapshot()
        opened.durable.close()
        rekey(place.folder, opened.key.key, new)
    except (FolderRefusedError, StoreRefusedError) as error:
        raise UsageError([str(error)]) from None
    finally:
        opened.lock.free()
    where = f"with --key-file {new_key_file}" if new_key_file is not None else f"by the new key in {beside}"
    return f"the store is opened {where} from now on; copies from before need the old key: make a new copy"


def _new_key(folder: Path, new_key_file: Path) -> bytes:
    must_be_elsewhere(folder, new_key_file)
    return key_of_file(new_key_file)
