"""A second thread for the engine's: it judges one half of many fixes while the engine judges the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


class SecondThread:
    """Does two things at once; the thread is there from the first time on until `close`."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="engine-beside")

    def both(self, first: Callable[[], None], second: Callable[[], None]) -> None:
        """Do both and return once they are done; raises what either raised, the first one's before the other's."""
        other = self._pool.submit(second)
        try:
            first()
        finally:
            failed = other.exception()
        if failed is not None:
            raise failed

    def close(self) -> None:
        """Let the thread end; nothing may be under way."""
        self._pool.shutdown()
