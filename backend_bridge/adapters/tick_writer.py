"""The thread that puts ticks on the disk while the engine decides the next one."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from backend_bridge.adapters.case_keys import CaseKeys
from backend_bridge.adapters.house_keeping import Tick
from backend_bridge.adapters.store import Store, StoreFailedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many of the ticks are on disk, and why the rest is not."""

    n: int = 0
    failure: StoreFailedError | None = None


class TickWriter:
    """`begin`, then `end`, by one thread; hashing, encrypting and syncing need little of the interpreter, so both threads get on."""

    def __init__(self, store: Store, keys: CaseKeys) -> None:
        self._store = store
        self._keys = keys
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._under_way: Future[Written] | None = None

    def begin(self, ticks: Sequence[Tick]) -> None:
        """Write ticks in order, up to the first that cannot be written; what was begun before has been waited for."""
        self._under_way = self._thread.submit(self._write, ticks)

    def end(self) -> Written:
        """Wait for what was begun; nothing where nothing was. What dies in the thread is raised here."""
        under_way, self._under_way = self._under_way, None
        return Written() if under_way is None else under_way.result()

    def close(self) -> None:
        """Finish what was begun and end."""
        self._thread.shutdown()

    def _write(self, ticks: Sequence[Tick]) -> Written:
        for n, tick in enumerate(ticks):
            try:
                self._keys.sync()
                self._store.append(tick.now_us, tick.records, tick.payloads, tick.forget, tick.retired)
            except StoreFailedError as error:
                return Written(n=n, failure=error)
        return Written(n=len(ticks))
