"""Passwords: right ones are told from wrong ones, and from those of people who do not exist, at the same cost."""

from unittest.mock import patch

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from backend_bridge.adapters.passwords import Passwords

CHEAP = {"time_cost": 1, "memory_kib": 64, "parallelism": 1}


def test_a_password_is_right_or_wrong() -> None:
    passwords = Passwords(**CHEAP)
    kept = passwords.hashed("a long enough secret")
    assert passwords.is_right(kept, "a long enough secret")
    assert not passwords.is_right(kept, "another secret")


def test_somebody_who_does_not_exist_costs_a_whole_check_of_the_same_kind() -> None:
    asked: list[str] = []

    def seen(_self: PasswordHasher, kept: str, _password: str) -> bool:
        asked.append(kept)
        raise VerifyMismatchError

    passwords = Passwords(**CHEAP)
    with patch.object(PasswordHasher, "verify", seen):
        assert not passwords.is_right(None, "a long enough secret")
    assert not PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).check_needs_rehash(asked[0])
    assert not passwords.is_right(None, "a long enough secret")
