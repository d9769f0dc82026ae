"""Carrying out what was decided about destruction: in a running bridge beside its engine, on an idle folder at once."""

import queue
import threading
from pathlib import Path
from typing import Final

from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.engine_loop import EngineItem, Submission
from backend_bridge.adapters.erasure import Erased, Eraser
from backend_bridge.adapters.fair_inbox import FairInbox
from backend_bridge.application.inbox import Inbox, NoteDestroyed
from backend_bridge.domain.access.destruction import Destruction
from backend_bridge.domain.access.export_book import Export
from backend_bridge.domain.identifiers import DestructionId, UserId
from backend_bridge.domain.retention import policy_of

BRIDGE: Final = UserId("bridge")

_Work = tuple[Destruction, list[Export], int]


class Destructions:
    """`beat` is called by the engine's thread after every turn; one destruction at a time, also those that a crash cut short."""

    def __init__(self, durable: DurableRoom, store_key: bytes, second_place: Path, inbox: FairInbox[EngineItem]) -> None:
        self._durable, self._inbox = durable, inbox
        self._eraser = Eraser(durable.keys, durable.reader, store_key, second_place)
        self._busy: DestructionId | None = None
        self._work: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="destructions", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is in hand and end; what is not begun is done after the next start."""
        self._work.put(None)
        if self._thread.is_alive():
            self._thread.join(5.0)

    def beat(self) -> None:
        """Begin the next destruction that is decided, where none is under way."""
        book = self._durable.room.destructions
        if self._busy is not None and book.the(self._busy).state == "approved":
            return
        self._busy = None
        one = next(book.approved(), None)
        if one is None:
            return
        self._busy = one.destruction
        work = (one, self._durable.room.exports.of(one.case, one.grant), self._durable.room.now_us)
        if one.grant is None:
            self._durable.renew(lambda: self._work.put(work))
        else:
            self._work.put(work)

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            erased = erase(self._eraser, *work)
            submission = Submission(orders=(note_of(work[0], erased),), records=erased.records, done=lambda _: None)
            self._inbox.put(submission)


def erase(eraser: Eraser, one: Destruction, out: list[Export], now_us: int) -> Erased:
    """Destroy what one decision is about."""
    basis = policy_of(one.jurisdiction).basis.get(one.ground.value)
    return (eraser.erase_case if one.grant is None else eraser.erase_delivered)(one, basis, out, now_us)


def note_of(one: Destruction, erased: Erased) -> NoteDestroyed:
    """The order by which the room learns that it is done."""
    return NoteDestroyed(
        by=BRIDGE,
        destruction=one.destruction,
        n_keys=erased.n_keys,
        n_files=erased.n_files,
        n_unreached=erased.n_unreached,
        certificate=erased.certificate,
    )


def finish_at_once(durable: DurableRoom, store_key: bytes, second_place: Path) -> None:
    """Carry out all that is decided, on a folder on which no bridge runs."""
    eraser = Eraser(durable.keys, durable.reader, store_key, second_place)
    for one in durable.room.destructions.approved():
        if one.grant is None:
            _wait(durable)
        erased = erase(eraser, one, durable.room.exports.of(one.case, one.grant), durable.last_us)
        durable.step(Inbox(orders=(note_of(one, erased),)), erased.records)


def _wait(durable: DurableRoom) -> None:
    """Have everything written anew under another common key."""
    written = threading.Event()
    durable.renew(written.set)
    while not written.wait(0.01) and durable.failure is None:
        durable.step(Inbox())
