"""Passwords: hashed with argon2id, checked in constant time, never kept or logged."""

import secrets
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH: Final = 10
"""Characters of the shortest password that is taken; long ones need no rules about signs."""

_WORDLESS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Signs of a made-up password: none that is read as another."""


_NO_SALT: Final = "A" * 22
_NO_HASH: Final = "A" * 43
"""What is kept for somebody who does not exist: it costs as much to check as any other, and no password fits."""


class Passwords:
    """Hashes and checks with one set of costs; safe to call from any thread, about 0.1 s a call."""

    def __init__(self, *, time_cost: int = 3, memory_kib: int = 65536, parallelism: int = 2) -> None:
        self._hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=parallelism)
        self._nobody = f"$argon2id$v=19$m={memory_kib},t={time_cost},p={parallelism}${_NO_SALT}${_NO_HASH}"

    def hashed(self, password: str) -> str:
        """The text to keep instead of the password."""
        return self._hasher.hash(password)

    def is_right(self, kept: str | None, password: str) -> bool:
        """Whether `password` belongs to the text that was kept; takes as long where there is no such user (None)."""
        try:
            right = self._hasher.verify(kept or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return right and kept is not None


def made_up() -> str:
    """A password that nobody can guess and a person can type: four groups of five signs, 99 bits."""
    return "-".join("".join(secrets.choice(_WORDLESS) for _ in range(5)) for _ in range(4))


def weakness(user: str, password: str) -> str | None:
    """Why `password` may not be the user's: a sentence; None when it may."""
    if len(password) < MIN_LENGTH:
        return f"A password has at least {MIN_LENGTH} characters; a short sentence is easy to remember."
    if user.lower() in password.lower():
        return "A password must not contain the user's name."
    if len(set(password)) < 5:
        return "A password needs at least five different characters."
    return None
