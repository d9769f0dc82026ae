"""Where the store's key comes from: a file that is named, the system's keyring, or a file beside the store."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from typing_extensions import override

from backend_bridge.adapters.refusals import FolderRefusedError

KEY_NAME: Final = "store.key"
MARK_NAME: Final = "rekey.decided"
"""Lies in a folder while a change of its key is decided and not finished."""
_SERVICE: Final = "bongsu-bridge"
_TRUSTED: Final = ("keyring.backends.SecretService", "keyring.backends.kwallet", "keyring.backends.Windows", "keyring.backends.macOS")
_SHORTEST: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreKey:
    """The key, and a sentence about where it lies when that is not a good place."""

    key: bytes
    warning: str | None = None
    is_new: bool = False

    @override
    def __repr__(self) -> str:
        """Never show the key."""
        return "StoreKey(…)"


def store_key(folder: Path, key_file: Path | None) -> StoreKey:
    """The key of the store in `folder`, made at the first start; raises `FolderRefusedError`."""
    beside = folder / KEY_NAME
    if (folder / MARK_NAME).exists():
        raise FolderRefusedError(f"{folder}: a change of its key was cut off; `log` with the new key finishes it")
    if key_file is not None:
        return StoreKey(key=_key_of_file(key_file))
    if beside.exists():
        return StoreKey(key=_key_of_file(beside), warning=_warning(beside))
    kept = _key_of_keyring(folder)
    if kept is not None:
        return StoreKey(key=kept)
    if (folder / "store.db").exists():
        raise FolderRefusedError(f"{beside}: the key of the store is missing; give it with --key-file")
    write_key(beside)
    return StoreKey(key=_key_of_file(beside), warning=_warning(beside), is_new=True)


def _warning(beside: Path) -> str:
    return f"warning: {beside} lies beside the store that it opens; keep it elsewhere with --key-file or in the system's keyring"


def _key_of_file(path: Path) -> bytes:
    try:
        text = path.read_bytes().strip()
    except OSError as error:
        raise FolderRefusedError(f"{path}: the key cannot be read: {error.strerror}") from None
    if len(text) < _SHORTEST:
        raise FolderRefusedError(f"{path}: holds no key; {_SHORTEST} characters or more are needed")
    return _derived(text)


def _derived(text: bytes) -> bytes:
    return hashlib.sha256(b"bongsu store key 1\n" + text).digest()


def key_of_file(path: Path) -> bytes:
    """The key in a file that somebody named; raises `FolderRefusedError`."""
    return _key_of_file(path)


def write_key(path: Path) -> bytes:
    """Make a key and keep it in a new file; raises `FolderRefusedError`."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise FolderRefusedError(f"{path}: the key cannot be written: {error.strerror}") from None
    return _key_of_file(path)


def _key_of_keyring(folder: Path) -> bytes | None:
    """The key from a keyring that encrypts, made there for a folder without a store; None without such a keyring."""
    import keyring
    from keyring.errors import KeyringError

    backend = keyring.get_keyring()
    if not type(backend).__module__.startswith(_TRUSTED):
        return None
    account = str(folder.resolve())
    try:
        kept = backend.get_password(_SERVICE, account)
        if kept is None and not (folder / "store.db").exists():
            kept = secrets.token_hex(32)
            backend.set_password(_SERVICE, account, kept)
    except KeyringError:
        return None
    return None if kept is None else _derived(kept.encode())
