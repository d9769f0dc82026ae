"""A data folder opened: its key, its lock, its room. Commands work on one whether the bridge runs or not."""

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

from sqlalchemy.exc import DatabaseError
from typing_extensions import override

from backend_bridge.adapters.case_keys import CaseKeys
from backend_bridge.adapters.curve_keys import new_pair, public_of
from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.engine_loop import EngineItem, Submission
from backend_bridge.adapters.enrolment_records import BRIDGE_KEY, EnrolmentBook
from backend_bridge.adapters.fair_inbox import FairInbox
from backend_bridge.adapters.fix_archive import FixArchive
from backend_bridge.adapters.folder import Beginning, FolderLock, NewFolder, prepared
from backend_bridge.adapters.keys import StoreKey, store_key
from backend_bridge.adapters.login_tries import LoginTries, tries_kept
from backend_bridge.adapters.refusals import FolderRefusedError, NotOnDiskError, StoreRefusedError
from backend_bridge.adapters.rekeying import finish_rekeying
from backend_bridge.adapters.store import Record
from backend_bridge.adapters.store_engine import FILE_NAME as STORE_NAME
from backend_bridge.adapters.store_engine import reason_of
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.system_clock import SystemClock
from backend_bridge.application.inbox import Inbox, Milestone, Order
from backend_bridge.application.outcome import Outcome
from backend_bridge.application.retention_acts import RetentionPlan, plan
from backend_bridge.application.room_state import Room
from backend_bridge.bootstrap.destructions import finish_at_once
from backend_bridge.domain.case import Case
from backend_bridge.domain.identifiers import CaseId

_ANSWER_WITHIN_S: Final = 30.0
_HELD: Final = (
    "its disk is full or broken, so this is decided in the bridge's memory alone; it is stored, and told, once there is room; "
    "if the bridge stops before that, it has not happened: give the command again then"
)
_DELETED_WITHIN_S: Final = 600.0
_LOOK_S: Final = 0.02
FAST_SINCE: Final = "fast-since"
"""File that makes a folder one for demonstrations and training: since when its clock runs fast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFolder:
    """A folder whose lock is held."""

    folder: Path
    key: StoreKey
    lock: FolderLock
    durable: DurableRoom
    enrolments: EnrolmentBook
    secret_key: str
    clock: SystemClock
    tries: LoginTries
    before: NewFolder
    """What was there before."""
    beginning: Beginning

    def close(self) -> None:
        """Let go of the store and of the folder."""
        self.durable.close()
        self.lock.free()

    def give_up(self) -> None:
        """Let go after a beginning that failed: nothing of it is left, and of a folder that was empty before nothing at all."""
        self.durable.close()
        self.beginning.undo()
        self.before.take_away()
        self.lock.free()


def open_folder(
    folder: Path, key_file: Path | None, *, speed: float = 1.0, new_secret: str | None = None, begun_by: str | None = None
) -> OpenFolder | None:
    """Take the folder's lock and open its store, made if need be; None when another process holds the lock.

    A new folder's bridge gets `new_secret` for its CURVE key, or one made here. `begun_by` is the command that fills a new folder, and
    calls `beginning.done` when it has. Raises `FolderRefusedError` and `StoreRefusedError`.
    """
    before, beginning = NewFolder(folder), Beginning(folder, begun_by)
    lock, durable = FolderLock(prepared(folder)), None
    if not lock.try_take():
        return None
    try:
        finish_rekeying(folder)
        before.was_empty = beginning.take_up() or before.was_empty
        if (folder / STORE_NAME).exists():
            before.was_empty = False  # also where somebody else began it just now
        else:
            beginning.mark()
        key = store_key(folder, key_file)
        since_us = _fast_since_us(folder) if speed != 1.0 else None
        clock = SystemClock(speed=speed, since_us=since_us)
        durable = DurableRoom.open(folder, key.key, clock.now_us)
        if durable.last_us > clock.now_us():
            clock = SystemClock(speed=speed, not_before_us=durable.last_us, since_us=since_us)
            durable.use_clock(clock.now_us)
        secret = _bridge_secret(durable, new_secret)
        enrolments = EnrolmentBook(durable.reader)
        tries = LoginTries(tries_kept(durable.reader))
    except BaseException as error:
        if durable is not None:
            durable.close()
        _leave_as_it_was(before, beginning)
        lock.free()
        if isinstance(error, DatabaseError):
            raise StoreRefusedError(f"{folder}: the store is damaged: {reason_of(error)}; verify says where, restore a backup") from None
        raise
    return OpenFolder(
        folder=folder,
        key=key,
        lock=lock,
        durable=durable,
        enrolments=enrolments,
        secret_key=secret,
        clock=clock,
        tries=tries,
        before=before,
        beginning=beginning,
    )


def _leave_as_it_was(before: NewFolder, beginning: Beginning) -> None:
    with suppress(OSError, FolderRefusedError):  # what went wrong first is what is said
        if beginning.undo():
            before.take_away()


def _fast_since_us(folder: Path) -> int:
    """Since when the clock of a demo or training folder runs fast: from its first start on, also over a crash."""
    path = folder / FAST_SINCE
    with suppress(FileExistsError), path.open("x") as file:
        file.write(f"{SystemClock().now_us()}\n")
    try:
        return int(path.read_text())
    except ValueError:
        raise FolderRefusedError(f"{path}: must hold one whole number; remove it to begin anew") from None


def _bridge_secret(durable: DurableRoom, new_secret: str | None) -> str:
    """The bridge's secret CURVE key, made with the folder; raises `StoreRefusedError` where it cannot be kept."""
    kept = durable.reader.newest(BRIDGE_KEY)
    if kept is not None:
        return kept.body.decode()
    secret = new_secret or new_pair()[1]
    if not durable.step(Inbox(), [Record(kind=BRIDGE_KEY, body=secret.encode())]):
        raise StoreRefusedError("the store takes no entry, so that the bridge would have another key at each start; make room on its disk")
    return secret


class Bridge(ABC):
    """What a command needs of the bridge of a folder: it looks the same whether one runs, and is told orders one way or the other."""

    def __init__(self, opened: OpenFolder) -> None:
        self._opened = opened

    @property
    def is_exercise(self) -> bool:
        """Whether everybody in the room is made up."""
        return self._opened.durable.room.exercise

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self._opened.folder

    @property
    def reader(self) -> StoreReader:
        """Reads of the store."""
        return self._opened.durable.reader

    @property
    def archive(self) -> FixArchive:
        """The stored fixes."""
        return self._opened.durable.archive

    @property
    def keys(self) -> CaseKeys:
        """The keys of the cases."""
        return self._opened.durable.keys

    @property
    def room(self) -> Room:
        """The room as it stands; to be looked at only."""
        return self._opened.durable.room

    @property
    def enrolments(self) -> EnrolmentBook:
        """Who is let in."""
        return self._opened.enrolments

    @property
    def public_key(self) -> str:
        """The bridge's own public key."""
        return public_of(self._opened.secret_key)

    @property
    def tries(self) -> LoginTries:
        """How often whose password was wrong."""
        return self._opened.tries

    @property
    def clock(self) -> SystemClock:
        """The bridge's clock."""
        return self._opened.clock

    def case(self, name: CaseId) -> Case | None:
        """The case of that name as it is registered; None where there is none."""
        held = self._opened.durable.room.registry.held.get(name)
        return None if held is None else held.case

    def retention_plan(self) -> RetentionPlan:
        """Which stored positions are older than the law allows."""
        return plan(self._opened.durable.room, self._opened.clock.now_us())

    @abstractmethod
    def finish_destructions(self) -> None:
        """Carry out what was decided about destruction, where nobody else does it."""

    @abstractmethod
    def carry_out(self, orders: Sequence[Order], records: Sequence[Record] = ()) -> Outcome:
        """Hand in orders; returns once what they led to is on disk, raises `FolderRefusedError` when it cannot be.

        Of that, `NotOnDiskError` says that they are decided all the same.
        """

    @abstractmethod
    def note(self, news: Milestone) -> None:
        """Enter what was done with the room; while the disk is full that waits, and nobody for it."""

    @abstractmethod
    def wait_beyond(self, n: int, timeout_s: float) -> int:
        """Number of the newest log entry, after waiting for one beyond `n` at most so long."""

    @abstractmethod
    def await_deletion(self) -> None:
        """Return once what was approved to be deleted is gone and in the log, or after ten minutes."""


class IdleBridge(Bridge):
    """The bridge of a folder on which none runs: each order is a step of its own."""

    @override
    def finish_destructions(self) -> None:
        """Carry out what was decided about destruction now."""
        finish_at_once(self._opened.durable, self._opened.key.key, self._opened.folder / "checkpoints")

    @override
    def carry_out(self, orders: Sequence[Order], records: Sequence[Record] = ()) -> Outcome:
        """Step once with the orders."""
        outcomes = self._opened.durable.step(Inbox(orders=tuple(orders)), records)
        if not outcomes:
            raise FolderRefusedError(f"{self._opened.folder}: the store cannot be written; is the disk full?")
        for outcome in outcomes:
            self.enrolments.take(outcome.events)
        return outcomes[-1]

    @override
    def note(self, news: Milestone) -> None:
        """Step once with the news."""
        self._opened.durable.step(Inbox(news=(news,)))

    @override
    def wait_beyond(self, n: int, timeout_s: float) -> int:
        """Nothing comes while no bridge runs: returns at once."""
        del n, timeout_s
        return self.reader.last_n()

    @override
    def await_deletion(self) -> None:
        """Do the work here, a step at a time."""
        until = time.monotonic() + _DELETED_WITHIN_S
        while self._opened.durable.is_deleting and time.monotonic() < until:
            self._opened.durable.step(Inbox())
            time.sleep(_LOOK_S)


class RunningBridge(Bridge):
    """The bridge that runs in this process: orders go through its engine."""

    def __init__(self, opened: OpenFolder, inbox: FairInbox[EngineItem]) -> None:
        super().__init__(opened)
        self._inbox = inbox
        self._told = threading.Condition()
        self._last_n = opened.durable.last_n

    @override
    def finish_destructions(self) -> None:
        """The bridge itself carries out what was decided."""

    @override
    def carry_out(self, orders: Sequence[Order], records: Sequence[Record] = ()) -> Outcome:
        """Put the orders into the engine's inbox and wait for the commit."""
        answers: SimpleQueue[Outcome | NotOnDiskError | None] = SimpleQueue()
        held = partial(answers.put, NotOnDiskError(f"{self._opened.folder}: {_HELD}"))
        self._inbox.put(Submission(orders=tuple(orders), records=tuple(records), done=answers.put, held=held))
        try:
            answer = answers.get(timeout=_ANSWER_WITHIN_S)
        except Empty:
            raise FolderRefusedError(
                f"{self._opened.folder}: the bridge did not answer within {_ANSWER_WITHIN_S:.0f} s; it may be overloaded"
            ) from None
        if answer is None:
            raise FolderRefusedError(f"{self._opened.folder}: the bridge is stopping, or its store is broken; nothing was stored")
        if isinstance(answer, NotOnDiskError):
            raise answer
        return answer

    @override
    def note(self, news: Milestone) -> None:
        """Put it into the engine's inbox."""
        self._inbox.put(news)

    def committed(self, outcome: Outcome) -> None:
        """An outcome is on disk; called by the engine."""
        n = outcome.taken.first_n + len(outcome.events) - 1
        if outcome.events:
            with self._told:
                self._last_n = n
                self._told.notify_all()

    @override
    def wait_beyond(self, n: int, timeout_s: float) -> int:
        """Number of the newest log entry, after waiting for one beyond `n` at most so long."""
        with self._told:
            self._told.wait_for(lambda: self._last_n > n, timeout_s)
            return self._last_n

    @override
    def await_deletion(self) -> None:
        """Wait for the engine, which does it beside everything else."""
        until = time.monotonic() + _DELETED_WITHIN_S
        while self._opened.durable.is_deleting and time.monotonic() < until:
            time.sleep(_LOOK_S)
