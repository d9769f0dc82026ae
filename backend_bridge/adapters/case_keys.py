"""The keys under which what people's data are lies in the store: one for each case, one for each device and the cases that it is worn in.

They are in a file of their own, `case-keys` in the data folder, so that a copy of the store does not hold them. The file has slots
of one length, each sealed under the store's key; the first says how many there are, each other one holds one key for one case. A key
that several cases need has a slot for each: it is gone when the last slot is. Destroying overwrites slots where they lie, with what
says under the store's key that they are empty: a file that was cut off or written over otherwise is refused, and no case can look
destroyed by chance. The common key seals what is soon written anew (the input of ticks before it is sorted by device, snapshots); it
is replaced at each destruction.
"""

import errno
import hashlib
import os
import secrets
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend_bridge.adapters.refusals import StoreRefusedError
from backend_bridge.adapters.store import StoreFailedError
from backend_bridge.domain.identifiers import CaseId

FILE_NAME: Final = "case-keys"
ID_BYTES: Final = 12
COMMON: Final = CaseId("")
"""Whose the common key is: nobody's."""
_KEY: Final = 32
_NONCE: Final = 12
_TAG: Final = 16
_SLOT: Final = 512
_PLAIN: Final = _SLOT - 4 - _NONCE - _TAG
_MARK: Final = b"BCK1"
_WRAPS: Final = b"bongsu case keys 1\n"
_EMPTY: Final = bytes(_PLAIN)
"""In the place of a key that was destroyed."""
_FIRST: Final = b"slots"
"""What the first slot begins with; how many there are follows, itself among them."""
_PUT_BACK: Final = "put the file back that belongs to this store, or restore a backup"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_LONGEST_CASE: Final = _PLAIN - ID_BYTES - _KEY - 2

KeyId = bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    """One key for one case."""

    place: int
    key_id: KeyId
    case: CaseId


class CaseKeys:
    """All keys of one data folder; one writer, readers in any thread or process."""

    def __init__(self, path: Path, store_key: bytes, *, read_only: bool = False) -> None:
        """Raises `StoreRefusedError` where the file cannot be used."""
        self.path = path
        self._wrap = AESGCM(hashlib.sha256(_WRAPS + store_key).digest())
        self._lock = threading.RLock()
        self._slots: list[_Slot] = []
        self._keys: dict[KeyId, bytes] = {}
        self._ciphers: dict[KeyId, AESGCM] = {}
        self._n_places = 1
        self._given_up: frozenset[KeyId] = frozenset()
        self._unwritten: list[tuple[int, bytes]] = []
        """New slots and their places; on the disk before anything that they seal is."""
        self._first = b""
        """The first slot as it was when the file was last read."""
        self._file = self._opened(read_only=read_only)
        self.reload()
        self.common = next((slot.key_id for slot in reversed(self._slots) if slot.case == COMMON), b"")
        if not self.common and not read_only:
            self.renew_common()
            try:
                self.sync()
            except StoreFailedError as error:
                raise StoreRefusedError(f"{self.path}: {error}") from None

    def _opened(self, *, read_only: bool) -> int | None:
        try:
            return os.open(self.path, os.O_RDONLY if read_only else os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreRefusedError(f"{self.path}: the keys of the cases cannot be read: {error.strerror}") from None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._file is not None:
                os.close(self._file)
                self._file = None

    def reload(self) -> None:
        """Read the file anew: what another process has made or destroyed."""
        with self._lock:
            if self._file is None:
                self._file = self._opened(read_only=True)
            if self._file is None:
                return
            try:
                self._read_slots(self._file)
            except StoreRefusedError:
                self._read_slots(self._file)  # another process may have been writing a slot just then
            for place, slot in self._unwritten:
                self._read_slot(place, slot)
                self._n_places = max(self._n_places, place + 1)
            self._ciphers = {name: cipher for name, cipher in self._ciphers.items() if name in self._keys}

    def _read_slots(self, file: int) -> None:
        whole = os.pread(file, os.fstat(file).st_size, 0)
        self._slots, self._keys, self._n_places, self._first = [], {}, 1, whole[:_SLOT]
        if not any(whole):
            return
        first = self._opened_slot(0, self._first)
        if not first.startswith(_FIRST):
            raise StoreRefusedError(self._not_those())
        self._n_places = int.from_bytes(first[len(_FIRST) : len(_FIRST) + 8], "little")
        for place in range(1, self._n_places):
            self._read_slot(place, whole[place * _SLOT : (place + 1) * _SLOT])

    def _read_slot(self, place: int, slot: bytes) -> None:
        plain = self._opened_slot(place, slot)
        if plain == _EMPTY:
            return
        key_id, key = plain[:ID_BYTES], plain[ID_BYTES : ID_BYTES + _KEY]
        length = int.from_bytes(plain[ID_BYTES + _KEY : ID_BYTES + _KEY + 2], "little")
        name = plain[ID_BYTES + _KEY + 2 : ID_BYTES + _KEY + 2 + length].decode()
        self._slots.append(_Slot(place=place, key_id=key_id, case=CaseId(name)))
        self._keys[key_id] = key

    def id_for(self, cases: frozenset[CaseId], what: str = "") -> KeyId:
        """The name of the key for `what` (a device, empty for a case itself) of `cases`; made where there is none yet."""
        words = "\0".join([what, *sorted(cases)])
        key_id = hashlib.sha256(b"bongsu key\0" + words.encode()).digest()[:ID_BYTES]
        with self._lock:
            if key_id not in self._keys:
                self._make(key_id, sorted(cases))
        return key_id

    def renew_common(self) -> frozenset[KeyId]:
        """Seal what comes from now on under a new common key; the old ones, which it returns, go on opening until they are destroyed."""
        with self._lock:
            old = self.all_common
            key_id = secrets.token_bytes(ID_BYTES)
            self._make(key_id, [COMMON])
            self.common = key_id
            return old

    @property
    def all_common(self) -> frozenset[KeyId]:
        """The common keys, the one in use among them."""
        return frozenset(slot.key_id for slot in self._slots if slot.case == COMMON)

    def give_up(self, common: frozenset[KeyId]) -> None:
        """Say that nothing needed lies under these common keys any more: they go with the next case.

        One that was in use since may be the only one that opens the newest state, and stays.
        """
        with self._lock:
            self._given_up |= common

    def _make(self, key_id: KeyId, cases: list[CaseId]) -> None:
        key = secrets.token_bytes(_KEY)
        for case in cases:
            self._write(self._n_places, key_id, key, case)
            self._slots.append(_Slot(place=self._n_places, key_id=key_id, case=case))
            self._n_places += 1
        self._keys[key_id] = key

    def _write(self, place: int, key_id: KeyId, key: bytes, case: CaseId) -> None:
        name = case.encode()[:_LONGEST_CASE]
        plain = (key_id + key + len(name).to_bytes(2, "little") + name).ljust(_PLAIN, b"\0")
        if self._file is None:
            raise StoreRefusedError(f"{self.path}: the keys of the cases are closed")
        self._unwritten.append((place, self._slot(place, plain)))

    def _opened_slot(self, place: int, slot: bytes) -> bytes:
        try:
            return self._wrap.decrypt(slot[4 : 4 + _NONCE], slot[4 + _NONCE :], place.to_bytes(8, "little") + slot[:4])
        except (InvalidTag, ValueError):
            raise StoreRefusedError(self._not_those()) from None

    def _not_those(self) -> str:
        return f"{self.path}: the keys of the cases are not those of this store, or were cut off or changed; {_PUT_BACK}"

    def _slot(self, place: int, plain: bytes) -> bytes:
        """What stands at a place of the file: nothing that is written looks the same twice."""
        nonce = secrets.token_bytes(_NONCE)
        return _MARK + nonce + self._wrap.encrypt(nonce, plain, place.to_bytes(8, "little") + _MARK)

    def sync(self) -> None:
        """Put new keys on the disk, before anything that they seal is; raises `StoreFailedError`, also where the disk is full."""
        with self._lock:
            if self._unwritten and self._file is not None:
                try:
                    _put(self._file, self._unwritten)
                    # What is behind the number of slots counts as never written: a crash before this leaves the file as it was.
                    number = _FIRST + self._n_places.to_bytes(8, "little")
                    _put(self._file, [(0, self._slot(0, number.ljust(_PLAIN, b"\0")))])
                except OSError as error:
                    sentence = f"the keys of the cases could not be written: {error.strerror}"
                    raise StoreFailedError(sentence, is_full=error.errno in _FULL) from None
                self._unwritten.clear()

    def seal(self, key_id: KeyId, plain: bytes) -> tuple[bytes, bytes]:
        """Nonce and ciphertext of `plain` under a key that is there."""
        nonce = os.urandom(_NONCE)
        return nonce, self._cipher(key_id).encrypt(nonce, plain, key_id)

    def open(self, key_id: KeyId, nonce: bytes, sealed: bytes) -> bytes | None:
        """What was sealed; None where the key is destroyed."""
        with self._lock:
            if key_id not in self._keys:
                self._look_again()
            if key_id not in self._keys:
                return None
        try:
            return self._cipher(key_id).decrypt(nonce, sealed, key_id)
        except InvalidTag:
            return None  # a case that was destroyed and registered anew has another key under the same name

    def _look_again(self) -> None:
        """Another process may have made a key meanwhile; then the first slot is another one."""
        if self._file is None or os.pread(self._file, _SLOT, 0) != self._first:
            self.reload()

    def _cipher(self, key_id: KeyId) -> AESGCM:
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            with self._lock:
                cipher = self._ciphers[key_id] = AESGCM(self._keys[key_id])
        return cipher

    def ids_of(self, case: CaseId) -> frozenset[KeyId]:
        """The keys that are a case's alone: what goes when it is destroyed."""
        with self._lock:
            others = {slot.key_id for slot in self._slots if slot.case != case}
            return frozenset(slot.key_id for slot in self._slots if slot.case == case and slot.key_id not in others)

    def destroy(self, case: CaseId) -> int:
        """Overwrite the slots of a case, and of the common keys that were given up; how many they were. On disk when it returns."""
        with self._lock:
            gone = list(self._doomed(case))
            if self._file is None:
                raise StoreRefusedError(f"{self.path}: the keys of the cases are closed")
            places, new = {slot.place for slot in gone}, {place for place, _ in self._unwritten}
            self._unwritten = [(place, self._slot(place, _EMPTY) if place in places else slot) for place, slot in self._unwritten]
            self._wipe(self._file, sorted(places - new))
            self.reload()
            return len(gone)

    def _wipe(self, file: int, places: list[int]) -> None:
        """Overwrite slots twice, each time on disk before the next; a slot is a sector, and so is what it was or empty at any moment."""
        for _ in range(2):
            _put(file, [(place, self._slot(place, _EMPTY)) for place in places])

    def _doomed(self, case: CaseId) -> Iterator[_Slot]:
        for slot in self._slots:
            if slot.case == case or slot.key_id in self._given_up:
                yield slot

    def copy_to(self, path: Path) -> None:
        """Write the file as it is now to a new file."""
        with self._lock:
            if self._file is None:
                return
            content = os.pread(self._file, os.fstat(self._file).st_size, 0)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def rewrap_to(self, wrap: bytes, target: Path) -> None:
        """Write what stands at each place, under another wrapping key, into a new file."""
        with self._lock:
            if self._file is None:
                raise StoreRefusedError(f"{self.path}: the keys of the cases are missing; {_PUT_BACK}")
            whole = os.pread(self._file, os.fstat(self._file).st_size, 0)
            plain = [self._opened_slot(place, whole[place * _SLOT : (place + 1) * _SLOT]) for place in range(self._n_places)]
            before, self._wrap = self._wrap, AESGCM(wrap)
            slots = [(place, self._slot(place, text)) for place, text in enumerate(plain)]
            self._wrap = before
        descriptor = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            _put(descriptor, slots)
        finally:
            os.close(descriptor)

    def cases(self) -> frozenset[CaseId]:
        """The cases that have a key."""
        with self._lock:
            return frozenset(slot.case for slot in self._slots if slot.case != COMMON)


def _put(file: int, slots: Iterable[tuple[int, bytes]]) -> None:
    """Write slots at their places, on disk when it returns; raises `OSError`."""
    for place, slot in slots:
        if os.pwrite(file, slot, place * _SLOT) < _SLOT:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(file)


def rewrap(path: Path, old_key: bytes, new_key: bytes, target: Path) -> None:
    """Write the same slots under another store's key into a new file, on disk when it returns; raises `StoreRefusedError` and `OSError`."""
    keys = CaseKeys(path, old_key, read_only=True)
    try:
        keys.rewrap_to(hashlib.sha256(_WRAPS + new_key).digest(), target)
    finally:
        keys.close()


def refuse_where_lost(path: Path) -> None:
    """Raises `StoreRefusedError` where the keys of a written store are not there: under new ones all its cases look destroyed."""
    if not path.is_file() or not any(path.read_bytes()[:_SLOT]):
        raise StoreRefusedError(f"{path}: the keys of the cases are missing or empty, and without them no case can be read; {_PUT_BACK}")


def destroy_in_copy(path: Path, store_key: bytes, case: CaseId) -> int:
    """Destroy a case, and all that is common, in the keys that lie beside a copy of the store; how many slots there were.

    Raises `StoreRefusedError` where they are not there (any more): the copy may lie elsewhere, keys and all.
    """
    if not path.is_file():
        raise StoreRefusedError(f"{path}: the keys of the copy are not there any more")
    keys = CaseKeys(path, store_key)
    try:
        if not keys.ids_of(case):
            return 0
        keys.give_up(keys.all_common)
        return keys.destroy(case)
    finally:
        keys.close()
