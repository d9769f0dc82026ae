"""Which threads of the bridge have ended although the bridge goes on: each is a part that does not work any more."""

import threading
from collections.abc import Iterable
from typing import Final

_RESTARTED: Final = ("zap-", "gateway-gate")
"""Doorkeepers are started again by their owners, and the gateways' gate has a trouble of its own."""
_COME_AND_GO: Final = ("control-answer", "ThreadPoolExecutor", "tracks", "desk-reads", "snapshot", "what-if", "Dummy")


class ThreadWatch:
    """Knows the threads that ran when it was made."""

    def __init__(self, threads: Iterable[threading.Thread]) -> None:
        passed_over = (*_RESTARTED, *_COME_AND_GO)
        self._threads = [thread for thread in threads if thread.daemon and not thread.name.startswith(passed_over)]

    def standing(self) -> dict[str, bool]:
        """Code of the trouble of each thread, and whether it has ended."""
        return {f"thread:{thread.name}": not thread.is_alive() for thread in self._threads}
