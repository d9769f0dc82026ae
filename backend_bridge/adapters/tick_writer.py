"""The thread that puts ticks on the disk while the engine decides the next ones."""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from backend_bridge.adapters.case_keys import CaseKeys
from backend_bridge.adapters.store import Store, StoreFailedError
from backend_bridge.adapters.tick import Tick


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many more of the ticks are on disk, and why the rest is not."""

    n: int = 0
    failure: StoreFailedError | None = None


class TickWriter:
    """`begin`, then `end`, by one thread; hashing, encrypting and syncing need little of the interpreter, so both threads get on."""

    def __init__(self, store: Store, keys: CaseKeys) -> None:
        self._store = store
        self._keys = keys
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._under_way: deque[Future[Written]] = deque()
        self._has_failed = False
        """Whether a tick could not be written and `end` has not said so yet: what was begun after it must not be either."""

    def begin(self, ticks: Sequence[Tick]) -> None:
        """Write ticks in order, after all that was begun before, up to the first that cannot be written."""
        self._under_way.append(self._thread.submit(self._write, ticks))

    def end(self, n_left: int = 0) -> Written:
        """Wait until at most the newest `n_left` of what was begun are under way; what is done without waiting counts too.

        Once something could not be written nothing is under way any more. What dies in the thread is raised here.
        """
        n = 0
        while self._under_way and (len(self._under_way) > n_left or self._under_way[0].done()):
            written = self._under_way.popleft().result()
            n += written.n
            if written.failure is not None:
                while self._under_way:
                    self._under_way.popleft().result()
                self._has_failed = False
                return Written(n=n, failure=written.failure)
        return Written(n=n)

    def close(self) -> None:
        """Finish what was begun and end."""
        self._thread.shutdown()

    def _write(self, ticks: Sequence[Tick]) -> Written:
        if self._has_failed:
            return Written()
        for n, tick in enumerate(ticks):
            try:
                self._keys.sync()
                self._store.append(tick.now_us, tick.records, tick.payloads, tick.forget, tick.retired)
            except StoreFailedError as error:
                self._has_failed = True
                return Written(n=n, failure=error)
        return Written(n=len(ticks))
