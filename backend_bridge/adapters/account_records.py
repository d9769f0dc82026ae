"""The accounts of a data folder, as records of its store; the newest record of a name counts."""

import threading
from collections.abc import Mapping
from typing import Final

import msgspec

from backend_bridge.adapters.store import Record
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.user_accounts import Account

ACCOUNT: Final = "account"


class AccountBook:
    """All accounts by user name; may be read and changed from any thread, whoever changes it also stores `record_of`."""

    def __init__(self, reader: StoreReader) -> None:
        self._lock = threading.Lock()
        self._reader = reader
        self._accounts: Mapping[str, Account] = {}
        self.reload()

    def reload(self) -> None:
        """Read all accounts anew, after something else than `put` may have changed them."""
        kept = [msgspec.json.decode(record.body, type=Account) for record in self._reader.newest_by_name(ACCOUNT)]
        with self._lock:
            self._accounts = {account.user: account for account in kept}

    def account(self, user: str) -> Account | None:
        """The account of a user as it stands."""
        return self._accounts.get(user)

    def all(self) -> tuple[Account, ...]:
        """All accounts."""
        return tuple(self._accounts.values())

    def put(self, account: Account) -> None:
        """Take in a new or changed account."""
        with self._lock:
            self._accounts = {**self._accounts, account.user: account}


def record_of(account: Account) -> Record:
    """The account as it is stored."""
    return Record(kind=ACCOUNT, name=account.user, body=msgspec.json.encode(account))
