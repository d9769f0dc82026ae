"""The room whose every step is on disk before anybody hears of it.

A few steps may be decided while those before are still being written: `begin` and `settle` are the two halves of `step`. What was
decided in between stands on what is not on disk yet, so whoever shows the room to anybody settles first.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from backend_bridge.adapters.case_keys import FILE_NAME as KEYS_NAME
from backend_bridge.adapters.case_keys import CaseKeys, refuse_where_lost
from backend_bridge.adapters.case_owners import are_destroyed, cases_of_effect, cases_of_event
from backend_bridge.adapters.deleted_positions import Deleted
from backend_bridge.adapters.effect_records import effect_records
from backend_bridge.adapters.enrolment_records import book_records
from backend_bridge.adapters.fix_archive import FixArchive, stored_of
from backend_bridge.adapters.log_lines import entry_bytes
from backend_bridge.adapters.refusals import StoreRefusedError
from backend_bridge.adapters.retention_certificates import certified_deletion
from backend_bridge.adapters.sealing import Sealer
from backend_bridge.adapters.second_thread import SecondThread
from backend_bridge.adapters.seen_fixes import SeenFixes
from backend_bridge.adapters.snapshot_child import packed, unpacked
from backend_bridge.adapters.state_codec import CodecError
from backend_bridge.adapters.store import Record, Store
from backend_bridge.adapters.store_reads import StoredRecord, StoreReader
from backend_bridge.adapters.store_recording import FixesByTurn
from backend_bridge.adapters.store_upkeep import StoreUpkeep
from backend_bridge.adapters.stored_fixes import StoredFixes
from backend_bridge.adapters.tick import Tick
from backend_bridge.adapters.tick_parts import body_of_tick
from backend_bridge.adapters.tick_records import event_record, fixes_of_taken, records_of_taken, tick_of_body
from backend_bridge.adapters.tick_writer import TickWriter
from backend_bridge.application.inbox import Inbox
from backend_bridge.application.outcome import Outcome, Taken
from backend_bridge.application.room import again, step
from backend_bridge.application.room_state import Room
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.identifiers import CaseId, DeviceId
from backend_bridge.domain.lanes.lane_parts import LaneParts
from backend_bridge.domain.outcomes.effects import DeleteFixes
from backend_bridge.domain.outcomes.events import Event
from backend_bridge.domain.watching.watch import Watch

_MOST_AT_ONCE: Final = 50
"""So many ticks are written at most while the engine waits: after a long time without room it goes on deciding meanwhile."""
_LOG: Final = logging.getLogger(__name__)
MOST_UNDER_WAY: Final = 3
"""Maximum number of steps that are on their way to the disk at once: one slow write holds nobody up, and acks are not long in coming."""


class DurableRoom:
    """A room, its store, and what knows of repeats; used by one thread at a time."""

    def __init__(self, store: Store, reader: StoreReader, keys: CaseKeys, now_us: Callable[[], int]) -> None:
        self._store = store
        self._writer = TickWriter(store, keys)
        self.keys = keys
        self.sealer = Sealer(keys, lambda: self.room.holders)
        self.reader = reader
        self.archive = FixArchive(reader)
        self._now_us = now_us
        self._seen = SeenFixes(self.archive, reader)
        self._waiting: list[Tick] = []
        """What is not known to be on disk, oldest first."""
        self._n_begun = 0
        """How many of those are being written."""
        self._is_refused = False
        """Whether the disk did not take the oldest of those when it was last tried."""
        self._n_alerted = 0
        """How many of those that wait were unwritten before."""
        self._told: list[Deleted] = []
        self._failed: str | None = None
        self._upkeep = StoreUpkeep(self._state, self.archive, reader, self._later, self.sealer.stretches)
        self._second = SecondThread()
        self.room = Room(Watch.empty())
        self.room.watch.use_beside(self._second.both)
        self.last_us = 0
        self.turn_us = 0
        """The instant of the newest step; the upkeep of the store has instants of its own after it."""
        self.unwritten: tuple[Outcome, ...] = ()
        """What was found not to be on disk when last settled: nobody may be answered, but alarms must be heard."""
        self._restore()

    @classmethod
    def open(cls, folder: Path, key: bytes, now_us: Callable[[], int]) -> "DurableRoom":
        """The room of a data folder as it was; raises `StoreRefusedError`. The caller holds the folder's lock."""
        store = Store.open(folder, key)
        try:
            if store.head.k:
                refuse_where_lost(folder / KEYS_NAME)
            keys = CaseKeys(folder / KEYS_NAME, key)
        except StoreRefusedError:
            store.close()
            raise
        try:
            return cls(store, StoreReader.open(folder, key, keys), keys, now_us)
        except CodecError as error:
            store.close()
            keys.close()
            raise StoreRefusedError(f"{folder}: the store cannot be read by this version of Bongsu: {error}") from None

    @property
    def is_deleting(self) -> bool:
        """Whether something that is wanted gone is not gone yet, or not told."""
        return self._upkeep.is_wanted_anew or bool(self._told)

    def use_clock(self, now_us: Callable[[], int]) -> None:
        """Go by another clock from the next step on."""
        self._now_us = now_us

    @property
    def last_n(self) -> int:
        """Number of the newest entry on disk."""
        return self._store.head.n

    @property
    def failure(self) -> str | None:
        """Why nothing is written any more, until the bridge is started anew; None when all is well."""
        return self._failed

    @property
    def is_held_up(self) -> bool:
        """Whether ticks wait for room on the disk."""
        return self._is_refused

    @property
    def is_quiet(self) -> bool:
        """Whether something is being written, and only gateways will hear of it: then the next step may be begun."""
        told = all(tick.outcome is None or tick.outcome.is_for_gateways for tick in self._waiting)
        return self._failed is None and not self._is_refused and bool(self._waiting) and told

    def step(self, inbox: Inbox, records: Sequence[Record] = ()) -> tuple[Outcome, ...]:
        """Decide about what came, and store it with `records` of the caller's own.

        Returns the outcomes that are on disk now and may be told, oldest first: that of this step, none while the disk is full
        or broken, and what waited, a share with each step, once it has room again.
        """
        return (*self.begin(inbox, records), *self.settle())

    def begin(self, inbox: Inbox, records: Sequence[Record] = ()) -> tuple[Outcome, ...]:
        """Decide about what came, and begin to write this; with `MOST_UNDER_WAY` on their way wait until the oldest is on disk.

        Returns the outcomes that are on disk by now, oldest first. Where nothing happened that is to be stored, that is this one
        too, and what was begun before has been waited for.
        """
        self.turn_us = self.last_us = max(self._now_us(), self.last_us + 1)
        if self._told:
            inbox, records = self._with_certificates(inbox, records)
        began_s = time.thread_time()
        outcome = step(self.room, inbox, self.last_us, self._seen)
        spent_s = time.thread_time() - began_s
        tick = self._tick(outcome, records)
        told = self._collected(MOST_UNDER_WAY - 1 if tick is not None else 0)
        if tick is None:
            told = (*told, self._without_promises(outcome))
        else:
            self._upkeep.spent_s += spent_s
            self._put(tick)
        self._write()
        return told

    def settle(self, *, waits_for_upkeep: bool = True) -> tuple[Outcome, ...]:
        """Wait until what was begun is on disk, or cannot be, and do the upkeep; the outcomes that may be told now, oldest first.

        Upkeep changes nothing that anybody hears of: it may go on being written.
        """
        told = self._collected()
        if not self._waiting and self._failed is None:
            self._seen.committed()
            if told or self._upkeep.is_wanted_anew:
                self._put(*self._upkeep.keep(self._store.head))
                self._write()
                if waits_for_upkeep:
                    self._collected()
        self.unwritten = tuple(tick.outcome for tick in self._waiting[self._n_alerted :] if tick.outcome is not None)
        self._n_alerted = len(self._waiting)
        if self._failed is not None:
            self._waiting.clear()
            self._n_alerted = 0
        elif not self._is_refused:
            self._write()
        return told

    @property
    def is_behind(self) -> bool:
        """Whether more waits than is written at once, and the disk takes it."""
        return bool(self._waiting) and self._failed is None and not self._is_refused

    def adopt(self, records: Sequence[Record], fixes: StoredFixes | None, events: Sequence[DeviceEvent]) -> None:
        """Store what another bridge recorded: known from now on, not judged again. Raises `StoreFailedError`."""
        made = list(records)
        if fixes is not None:
            made.append(self.archive.record_of(fixes))
        made.extend(event_record(event) for event in events)
        sealed = self.sealer.records(made)
        self.keys.sync()
        self._store.append(self._later(), sealed, [])
        if fixes is not None:
            self.archive.added(fixes)
        self._seen.note(None if fixes is None else fixes.fixes, events)

    def write_snapshot(self) -> None:
        """Keep the whole state now, once settled, so that the next start needs nothing before it; not while ticks wait for the disk."""
        self._upkeep.end()
        self._collected()
        if not self._waiting and self._failed is None:
            self._put(self._upkeep.snapshot_tick(packed(self._state()), self._store.head.k))
            self._write()
            self._collected()

    def end(self) -> None:
        """Let go of what is under way beside, once settled; keep the whole state, unless the next start is sooner ready without that."""
        if not self._upkeep.spares_snapshot:
            self.write_snapshot()
            return
        self._upkeep.end()
        self._collected()

    def renew(self, written: Callable[[], None]) -> None:
        """Write anew, under a new common key, all that lies under the old one; `written` is called once that is on disk.

        After that the old common keys open nothing that is needed. To be called by the engine's thread.
        """
        old = self.keys.renew_common()

        def is_written() -> None:
            self.keys.give_up(old)
            written()

        self._upkeep.want_anew(is_written)

    def close(self) -> None:
        """Let go of the store, once what was begun is written."""
        self._writer.close()
        self._second.close()
        self._store.close()
        self.reader.close()
        self.keys.close()

    def _later(self) -> int:
        self.last_us = max(self._now_us(), self.last_us + 1)
        return self.last_us

    def _without_promises(self, outcome: Outcome) -> Outcome:
        """What nothing has to be stored of: but while something waits, nobody hears that all they sent is on disk."""
        return replace(outcome, lane_effects=()) if self._waiting or self._failed is not None else outcome

    def _tick(self, outcome: Outcome, records: Sequence[Record]) -> "Tick | None":
        """What has to be stored of a step; None for one in which nothing happened."""
        lanes = self.room.lanes.changed_parts()
        taken = outcome.taken
        something = outcome.events or records or taken.kept or lanes.lanes or taken.orders or taken.news or taken.acts or taken.answers
        if not something:
            return None
        stored = fixes_of_taken(taken, self.archive)
        made = [
            *records_of_taken(taken, lanes, stored, self.archive, self._body_of_tick),
            *book_records(outcome.events, taken.now_us),
            *effect_records(outcome, lambda effect: cases_of_effect(effect, self.room)),
            *records,
        ]
        payloads = [self._payload(taken.first_n + index, taken.now_us, event) for index, event in enumerate(outcome.events)]
        if stored is not None and self._failed is None:
            self.archive.added(stored)
            self._upkeep.n_fixes += len(stored.fixes)
        self._upkeep.n_ticks += 1
        return Tick(now_us=taken.now_us, records=made, payloads=payloads, outcome=outcome)

    def _body_of_tick(self, taken: Taken, lanes: LaneParts | None) -> bytes:
        return body_of_tick(taken, lanes, self.sealer, self.room)

    def _payload(self, n: int, at_us: int, event: Event) -> bytes:
        """The bytes of an entry as they are stored."""
        cases, plain = cases_of_event(event, self.room), entry_bytes(n, at_us, event)
        return self.sealer.common(plain) if cases and are_destroyed(cases, self.room) else self.sealer.for_cases(cases, plain)

    def _put(self, *ticks: Tick) -> None:
        """Let ticks wait to be written, sealed under the keys of now."""
        self._waiting.extend(tick if tick.is_sealed else replace(tick, records=self.sealer.records(tick.records)) for tick in ticks)

    def _write(self) -> None:
        """Begin to write what waits, in order and no more than is written at once; what a full disk did not take is tried again."""
        more = self._waiting[self._n_begun : _MOST_AT_ONCE]
        if more and self._failed is None:
            self._writer.begin(tuple(more))
            self._n_begun += len(more)

    def _collected(self, n_left: int = 0) -> tuple[Outcome, ...]:
        """Wait until at most the newest `n_left` steps are being written; the outcomes of what is on disk now."""
        written = self._writer.end(n_left)
        self._is_refused = written.failure is not None or (self._is_refused and written.n == 0)
        if written.failure is not None and not written.failure.is_full:
            # What a failed fsync left on the disk is not known: nothing is tried again before a new start.
            self._failed = str(written.failure)
        done, self._waiting = self._waiting[: written.n], self._waiting[written.n :]
        self._n_begun = self._n_begun - written.n if written.failure is None else 0
        self._n_alerted = max(0, self._n_alerted - written.n)
        for tick in done:
            if tick.written is not None:
                tick.written()
            if tick.outcome is not None:
                self._begin_deletions(tick.outcome)
        return tuple(tick.outcome for tick in done if tick.outcome is not None)

    def _begin_deletions(self, outcome: Outcome) -> None:
        """Delete what a step that is on disk wants gone."""
        for effect in outcome.effects:
            if isinstance(effect, DeleteFixes):
                self._delete(dict(effect.kept_from_us))

    def _with_certificates(self, inbox: Inbox, records: Sequence[Record]) -> tuple[Inbox, Sequence[Record]]:
        """What comes, with the news of what is deleted, and the certificates of that beside it in one transaction."""
        certified = [certified_deletion(self.reader, self.room.destructions, told, self.last_us) for told in self._told]
        self._told.clear()
        news = tuple(each.news for each in certified)
        return replace(inbox, news=(*inbox.news, *news)), (*records, *(record for each in certified for record in each.records))

    def _delete(self, kept_from_us: dict[DeviceId, int]) -> None:
        """Delete what is older; first everything is written anew as tracks, so that nothing is overlooked."""
        self.renew(self._forget_old_keys)
        self._upkeep.retire(kept_from_us, self._told.append)

    def _forget_old_keys(self) -> None:
        """What lay in ticks and older snapshots is written anew: nobody needs the common keys from before."""
        self.keys.destroy(CaseId("\0"))

    def _state(self) -> object:
        """All that a snapshot holds."""
        return (self.room, *self._seen.parts())

    def _restore(self) -> None:
        """The room of the newest snapshot, and once more what was decided after it; effects are not performed again.

        A snapshot that another version of Bongsu wrote may not be readable; then an older one, or the whole history, must do. Raises
        `CodecError` where fixes since then lie in tracks: they may be many, or deleted, and this version might decide otherwise, so that
        the room would be without its alarms.
        """
        after, began_s = 0, time.thread_time()
        unread: CodecError | None = None
        for snapshot in self.reader.newest_first("snapshot"):
            try:
                self._take_snapshot(snapshot.body)
            except CodecError as error:
                _LOG.warning("a snapshot cannot be read, an older state is taken: %s", error)
                unread = unread or error
            else:
                after, self._upkeep.snapshot_spent_s = snapshot.size, time.thread_time() - began_s
                break
        is_moved = self.reader.is_without_body("fixes", after)
        if unread is not None and is_moved:
            raise CodecError(
                f"its newest state cannot be opened ({unread}), and without that alarms would be lost; open it with the version before"
            )
        self.archive.restore()
        began_s = time.thread_time()
        moved = FixesByTurn(self.archive.everything(after + 1) if is_moved else iter(()))
        for tick in self.reader.ticks(after):
            self._decide_again(tick, moved)
        self._upkeep.spent_s = time.thread_time() - began_s
        self.last_us = max(self.reader.last_us(), self.room.now_us)
        self.room.next_n = self._store.head.n + 1
        if self.room.destructions.deleting:
            self._delete(dict(self.room.destructions.deleting))

    def _take_snapshot(self, body: bytes) -> None:
        match unpacked(body):
            case (Room() as room, dict() as newest, dict() as newest_event):
                self.room = room
                room.watch.use_beside(self._second.both)
                self._seen.put_parts(newest, newest_event)
            case _:
                raise CodecError("the snapshot is not what it should be")

    def _decide_again(self, records: Sequence[StoredRecord], moved: FixesByTurn) -> None:
        """Decide a tick once more; fixes that it no longer holds itself are among `moved`."""
        stored = next((stored_of(record.body, record.size) for record in records if record.kind == "fixes"), None)
        if stored is None:
            stored = moved.received_at(records[0].from_us)
        self._upkeep.n_ticks += 1
        self._upkeep.n_fixes += 0 if stored is None else len(stored.fixes)
        for record in records:
            if record.kind == "taken":
                tick = tick_of_body(record.body, stored, self.reader.part)
                for kept in tick.taken.kept:
                    self._seen.note(kept.fixes, kept.events)
                again(self.room, tick.taken)
                if tick.lanes is not None:
                    self.room.lanes.put_parts(tick.lanes)
