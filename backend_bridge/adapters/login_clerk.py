"""Checks passwords on a thread of its own, one at a time, so that neither the gate nor the engine ever waits for argon2."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

from backend_bridge.adapters.passwords import Passwords


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Proof:
    """A password that somebody gave, on its way to the clerk and back; never shown in a text."""

    routing: bytes
    """The connection that waits for the answer."""
    user: str
    kept: str | None
    """The argon2id text of the account; None where there is no such account."""
    password: str
    new: str | None = None
    """The password to change to, hashed on the way back."""
    unlocks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Proven:
    """The clerk's answer."""

    proof: Proof
    right: bool
    new_secret: str | None
    """The argon2id text of the new password, where one was to be set and the old one was right."""


class LoginClerk:
    """One thread with a short queue; `done` is called from it."""

    def __init__(self, passwords: Passwords, done: Callable[[Proven], None]) -> None:
        self._passwords = passwords
        self._done = done
        self._queue: queue.Queue[Proof | None] = queue.Queue(maxsize=32)
        self._thread = threading.Thread(target=self._work, name="login-clerk", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is queued and end, within a few seconds."""
        self._queue.put(None)
        self._thread.join(5)

    def takes(self, proof: Proof) -> bool:
        """Queue a proof; False where too many wait already."""
        try:
            self._queue.put_nowait(proof)
        except queue.Full:
            return False
        return True

    def _work(self) -> None:
        while (proof := self._queue.get()) is not None:
            right = self._passwords.is_right(proof.kept, proof.password)
            new_secret = self._passwords.hashed(proof.new) if right and proof.new is not None else None
            self._done(Proven(proof=proof, right=right, new_secret=new_secret))
