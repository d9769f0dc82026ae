"""The watch: fixes and device events in, alarms out; the same decisions live, in `judge`, in replay and after a restart."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.alarm import AlarmChange
from backend_bridge.domain.breach.breach_engine import BreachEngine, Level, Measurements
from backend_bridge.domain.breach.engine_halves import Beside
from backend_bridge.domain.case import Case
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import AlarmId, CaseId, DeviceId
from backend_bridge.domain.watching.alarm_book import LATCHED, AlarmBook, Sighting
from backend_bridge.domain.watching.because import because
from backend_bridge.domain.watching.bounds import Bounds, bounds_of
from backend_bridge.domain.watching.case_book import CaseBook, CaseVersion
from backend_bridge.domain.watching.crossing_rules import CrossingRules
from backend_bridge.domain.watching.dated import doubted_at, events_judged_at, judged_at
from backend_bridge.domain.watching.event_rules import EventRules
from backend_bridge.domain.watching.late_contacts import LateContacts
from backend_bridge.domain.watching.ledger import LATE_US, Ledger, Timer, TimerKind, outlives_order
from backend_bridge.domain.watching.loitering_rules import LoiteringRules
from backend_bridge.domain.watching.picture import Picture, Pictures
from backend_bridge.domain.watching.reach_rules import ReachRules
from backend_bridge.domain.watching.signal_clock import Moment, SignalClock
from backend_bridge.domain.watching.silence_rules import SilenceRules
from backend_bridge.domain.watching.target_book import TARGET_KINDS, TargetBook
from backend_bridge.domain.watching.trust_rules import TrustRules
from backend_bridge.domain.watching.trust_scan import Change
from backend_bridge.domain.watching.unpaired_rules import UnpairedRules

_FAR_US: Final = 2**62


class _Keeper(Protocol):
    """Rules with a memory of their own."""

    def parts(self) -> Any: ...
    def restore(self, parts: Any) -> None: ...


class Watch:
    """Everything that decides about alarms; a mutable value that only its methods change, without clock or chance.

    Time is what it is told: `now_us` of `advance`, which never goes back. Of inputs with one `received_us` the device events count
    before the fixes, each in the order given; a moment that falls due (silence, reach, an order's end) counts before inputs
    received then. So the changes are the same however the inputs are cut into calls.
    """

    def __init__(self) -> None:
        self._ledger = Ledger()
        self._crossings = CrossingRules(self._ledger)
        self._events = EventRules(self._ledger)
        self._silence = SilenceRules(self._ledger)
        self._reach = ReachRules(self._ledger)
        self._trust = TrustRules(self._ledger)
        self._contacts = LateContacts(self._ledger, self._trust.contact)
        self._unpaired = UnpairedRules(self._ledger)
        self._loitering = LoiteringRules(self._ledger)
        self._pictures = Pictures(self._ledger, self._reach)
        self._rules: dict[str, _Keeper] = {
            "silence": self._silence,
            "reach": self._reach,
            "trust": self._trust,
            "unpaired": self._unpaired,
            "loitering": self._loitering,
            "contacts": self._contacts,
        }
        self._events.on_event += [self._heard_event, self._contacts.hear, self._unpaired.hear]
        self._crossings.on_stay.append(self._loitering.stay)
        self._crossings.on_past_stay.append(self._loitering.past_stay)

    @classmethod
    def empty(cls) -> "Watch":
        """A watch over nobody."""
        return cls()

    def use_policy(self, policy: tuple[float, float, float]) -> None:
        """Go by other probabilities from now on (amber from, red from, stands until): for asking what would have been."""
        self._ledger.engine.use_policy(policy)

    @property
    def beside(self) -> Beside | None:
        """What judges two halves of many fixes at once; None where nothing does."""
        return self._ledger.engine.beside

    def use_beside(self, beside: Beside | None) -> None:
        """Judge two halves of many fixes by this; what is decided is the same."""
        self._ledger.engine.beside = beside

    def register(self, cases: Sequence[Case], at_us: int) -> tuple[AlarmChange, ...]:
        """Put new cases, and new versions of known ones, in force from `at_us`; unchanged ones stay as they are.

        What is measured before `at_us` is decided by the version before, or not at all.
        """
        ledger = self._ledger
        ledger.now_us = max(ledger.now_us, at_us)
        versions = ledger.cases.register(cases, at_us)
        ledger.engine.make_room(sum(1 for _ in ledger.cases.devices()))
        for version in versions:
            self._put_in_force(version)
        ledger.update_targets(version.case.case for version in versions)
        self._unpaired.cases_changed()
        for version in versions:
            self._end_what_is_gone(version, at_us)
        return ledger.take_changes()

    def _put_in_force(self, version: CaseVersion) -> None:
        case, order = version.case, version.case.order
        for party in (case.subject, *case.protected):
            if party.device is not None:
                self._ledger.index(party.device)
        start_us = max(order.starts_us, version.from_us)
        self._ledger.at(Timer(start_us, TimerKind.ORDER_STARTS, name=case.case))
        self._ledger.at(Timer(max(order.ends_us, version.from_us), TimerKind.ORDER_ENDS, name=case.case))

    def _end_what_is_gone(self, version: CaseVersion, at_us: int) -> None:
        """A new version ends the alarms about zones, rings and devices that it no longer names, or names otherwise."""
        case = version.case
        targets = self._ledger.targets.of_case(case.case)
        for target in targets:
            if target.interval(at_us) is None:
                self._ledger.engine.clear(target.index, at_us)
        places = {(target.key.zone, target.key.ring) for target in targets if target.interval(at_us) is not None}
        standing_keys = {target.key for target in targets if self._ledger.engine.level(target.index) is not Level.OFF}
        devices = {party.device for party in (case.subject, *case.protected)}
        for standing in self._ledger.alarms.of_case(case.case):
            key = standing.key
            moved = key.kind in TARGET_KINDS and key not in standing_keys
            unnamed = bool(key.zone or key.ring) and (key.zone, key.ring) not in places
            if moved or unnamed or (standing.device not in devices and key.kind not in LATCHED):
                self._crossings.end(key, "case-changed", at_us, at_us)

    def end_order(self, case: CaseId, at_us: int) -> tuple[AlarmChange, ...]:
        """End the order of a case at `at_us` (revoked, acquitted, lapsed); nothing measured from then on is decided."""
        version = self._ledger.cases.end_order(case, at_us)
        if version is None:
            return ()
        self._ledger.update_targets([case])
        self._unpaired.cases_changed()
        self._ledger.at(Timer(at_us, TimerKind.ORDER_ENDS, name=case))
        return self.advance(FixBatch.empty(), (), max(at_us, self._ledger.now_us)) if at_us <= self._ledger.now_us else ()

    def release(self, alarm: AlarmId, at_us: int) -> tuple[AlarmChange, ...]:
        """A person ended a latched alarm (tamper, SOS); one that is not open, or not latched, stays as it is."""
        standing = self._ledger.alarms.find(alarm)
        if standing is None or standing.key.kind not in LATCHED:
            return ()
        self._ledger.now_us = max(self._ledger.now_us, at_us)
        sighting = Sighting(device=standing.device, happened_us=at_us, known_us=at_us, because=because(cause="released"))
        self._ledger.cleared(standing.key, sighting)
        return self._ledger.take_changes()

    def listed(self, several: Sequence[tuple[DeviceId, ...]]) -> tuple[tuple[DeviceId, ...], list[NDArray[np.int32]]] | None:
        """The devices of all cases, and where among them those of each batch are; None where some are not, or there are far more."""
        cases = self._ledger.cases
        places = cases.places(several)
        return None if places is None else (cases.names, places)

    def concerns(self, batch: FixBatch) -> NDArray[np.bool_]:
        """(n,) rows whose positions are kept: of a device in a case that was in force when they were measured."""
        return self._ledger.cases.kept(batch.device_names, batch.device, judged_at(batch).measured_us)

    def advance(self, fixes: FixBatch, events: Sequence[DeviceEvent], now_us: int) -> tuple[AlarmChange, ...]:
        """Take what was received since the last call, up to `now_us`, and return what was decided, in the order of `known_us`.

        Live, all inputs of a tick carry `received_us` = `now_us`; offline, chunks of any size in order of receipt give the same.
        Repeats of what was taken before have to be left out by the caller. Fixes that `concerns` is false for may be left out
        or given: they count as signs of life alone. What is dated more than a minute after its receipt counts as of its receipt.
        """
        ledger, events = self._ledger, events_judged_at(events)
        rows = self._known_rows(fixes)
        position = told = 0
        while True:
            if position < len(rows.device):
                self._unpaired.expect(int(rows.fixes.received_us[position]))
            event_us = min(events[told].received_us, now_us) if told < len(events) else now_us + 1
            timer_us = ledger.next_timer_us(now_us)
            before_us = min(event_us, now_us + 1 if timer_us is None else timer_us)
            late_us = rows.late_us(position)
            position, stopped = self._take_fixes(rows, position, min(before_us, late_us))
            if stopped or late_us < before_us:
                continue
            if before_us > now_us:
                if ledger.next_timer_us(now_us) is not None:
                    continue  # what was just taken made something due at once
                break
            ledger.now_us = max(ledger.now_us, before_us)
            if timer_us == before_us:
                self._timer(ledger.pop_timer(), ledger.now_us)
            elif not self._moment_came(before_us):
                self._events.take(events[told])
                told += 1
        ledger.now_us = max(ledger.now_us, now_us)
        return ledger.take_changes()

    def let_go(self) -> None:
        """Forget who listens to whom: nobody uses this watch any more, and its tables are free at once."""
        for listeners in (self._events.on_event, self._crossings.on_stay, self._crossings.on_past_stay, self._ledger.waiting):
            listeners.clear()

    def picture(self, now_us: int) -> Picture:
        """What the room shows at `now_us`; changes nothing."""
        return self._pictures.at(now_us, self._silence.silent_since_us())

    def bounds(self, case: CaseId, device: DeviceId) -> Bounds:
        """What a case holds a device to, and from when on: for looking back at its track."""
        return bounds_of(self._ledger, case, device)

    def parts(self) -> dict[str, object]:
        """All state as arrays and plain values, for a snapshot that a restart begins with."""
        ledger = self._ledger
        return {
            "cases": ledger.cases.parts(),
            "alarms": ledger.alarms.parts(),
            "targets": ledger.targets.parts(),
            "engine": ledger.engine.parts(),
            "clock": ledger.clock.parts(),
            "health": dict(ledger.health),
            "names": tuple(ledger.names),
            "timers": tuple(sorted(ledger.timers)),
            "renewals": dict(ledger.renewals),
            "now_us": ledger.now_us,
            **{name: rules.parts() for name, rules in self._rules.items()},
        }

    @classmethod
    def of_parts(cls, parts: Mapping[str, Any]) -> "Watch":
        """The watch that gave these parts: the same decisions afterwards."""
        watch = cls()
        ledger = watch._ledger
        ledger.cases = CaseBook.of_parts(parts["cases"])
        ledger.alarms = AlarmBook.of_parts(parts["alarms"])
        ledger.targets = TargetBook.of_parts(parts["targets"])
        ledger.engine = BreachEngine.of_parts(parts["engine"])
        ledger.clock = SignalClock.of_parts(parts["clock"])
        ledger.health = dict(parts["health"])
        ledger.names = list(parts["names"])
        ledger.indices = {name: index for index, name in enumerate(ledger.names)}
        ledger.timers = list(parts["timers"])
        ledger.renewals = dict(parts["renewals"]) if "renewals" in parts else {}
        ledger.now_us = parts["now_us"]
        for name, rules in watch._rules.items():
            if name in parts:  # a version before had fewer
                rules.restore(parts[name])
        return watch

    def _known_rows(self, fixes: FixBatch) -> "_Rows":
        if not len(fixes):
            return _NO_ROWS
        device = self._ledger.indices_of(fixes.device_names)[fixes.device]
        kept = self.concerns(fixes)
        if np.count_nonzero(device < 0):
            known = np.flatnonzero(device >= 0)
            fixes, device, kept = fixes.take(known), device[known], kept[known]
        rows = _Rows(fixes, device, kept)
        rows.doubts = self._trust.changes(rows.kept, rows.measurements.device)
        return rows

    def _take_fixes(self, rows: "_Rows", position: int, before_us: int) -> tuple[int, bool]:
        """Take fixes received before `before_us` until the clock stops; the next row, and whether something stopped it."""
        ledger = self._ledger
        until, moment, device, at_us = position, Moment.NONE, 0, 0
        if position < len(rows.device):
            until, moment, device, at_us = ledger.clock.run(
                rows.device, rows.fixes.measured_us, rows.fixes.received_us, position, before_us
            )
        if until > position:
            self._judge(rows, position, until)
        if moment is Moment.NONE and until == len(rows.device):
            return until, self._moment_came(before_us - 1)
        if moment is Moment.NONE:
            return until, False
        self._take_moment(moment, device, at_us)
        return until, True

    def _moment_came(self, until_us: int) -> bool:
        """Take the next moment of the clock at or before `until_us`, if there is one; all fixes received before it are taken."""
        moment, device, at_us = self._ledger.clock.due(until_us)
        if moment is Moment.NONE:
            return False
        self._take_moment(moment, device, at_us)
        return True

    def _take_moment(self, moment: Moment, device: int, at_us: int) -> None:
        self._ledger.now_us = at_us = max(self._ledger.now_us, at_us)
        if moment is Moment.HEARD:
            self._silence.heard(device, at_us)
            self._reach.seen(device, at_us)
        elif moment is Moment.LOST:
            self._reach.is_lost(device, at_us)
        else:
            self._silence.falls_silent(device, at_us)

    def _judge(self, rows: "_Rows", start: int, end: int) -> None:
        """Let the engine decide about rows [start, end)."""
        first, after = rows.kept_between(start, end)
        self._ledger.now_us = max(self._ledger.now_us, int(rows.fixes.received_us[end - 1]))
        crossings, doubts = self._ledger.engine.advance_rows(rows.measurements, first, after), rows.doubts_before(after)
        if not len(crossings) and not doubts:
            return
        device = rows.measurements.device
        told: list[tuple[int, int, Change | np.void]] = [(int(crossing["fix"]), 0, crossing) for crossing in crossings]
        told += [(change.row, 1, change) for change in doubts]
        for row, _, what in sorted(told, key=lambda one: one[:2]):
            if isinstance(what, Change):
                self._trust.take(rows.kept, what, int(device[row]))
            else:
                self._crossings.take(what, self._ledger.names[int(device[row])])

    def _heard_event(self, device: int, event: DeviceEvent) -> None:
        """An event is a sign of life too."""
        newest = self._ledger.clock.heard(device, event.measured_us, event.received_us)
        if event.kind in (DeviceEventKind.POWER_OFF, DeviceEventKind.POWER_ON):
            self._silence.powered(device, event.received_us)
        elif newest:
            self._silence.heard(device, event.received_us)

    def _timer(self, timer: Timer, now_us: int) -> None:
        match timer.kind:
            case TimerKind.ORDER_STARTS | TimerKind.ORDER_ENDS:
                self._order_turns(timer, now_us)
            case TimerKind.WINDOW_CLOSES:
                self._crossings.window_closes(timer, now_us)
            case TimerKind.SEPARATED_LONG:
                self._events.separated_long(timer, now_us)
            case TimerKind.REACH:
                self._reach.touched(timer, now_us)
            case TimerKind.SCHEDULES:
                self._ledger.renew(timer)
            case TimerKind.MEETINGS | TimerKind.LATE_CALLS:
                self._unpaired.due(timer, now_us)
            case TimerKind.CONTACT_OVER | TimerKind.LATE_CONTACTS:
                self._contacts_turn(timer, now_us)
            case TimerKind.LOITERING:
                self._loitering.due(timer, now_us)
            case TimerKind.LOITERING_OVER:
                self._loitering.over(timer, now_us)

    def _contacts_turn(self, timer: Timer, now_us: int) -> None:
        if timer.kind is TimerKind.LATE_CONTACTS:
            self._contacts.due(now_us)
        else:
            self._trust.contact_over(timer, now_us)

    def _order_turns(self, timer: Timer, now_us: int) -> None:
        self._unpaired.cases_changed()
        version = self._ledger.cases.newest(CaseId(timer.name))
        if version is None:
            return
        if timer.kind is TimerKind.ORDER_STARTS:
            self._order_starts(version, now_us)
        elif version.case.order.ends_us <= now_us:
            self._order_ends(version, now_us)

    def _order_starts(self, version: CaseVersion, now_us: int) -> None:
        for party in (version.case.subject, *version.case.protected):
            if party.device is not None:
                self._ledger.clock.again(self._ledger.index(party.device), now_us)

    def _order_ends(self, version: CaseVersion, now_us: int) -> None:
        case = version.case.case
        for standing in self._ledger.alarms.of_case(case):
            if not outlives_order(standing.key):
                self._ledger.end(standing.key, version, now_us)
        for target in self._ledger.targets.of_case(case):
            self._ledger.engine.clear(target.index, version.case.order.ends_us)


class _Rows:
    """The fixes of one call whose devices are known, and those of them whose positions are kept, as the engine takes them."""

    def __init__(self, fixes: FixBatch, device: NDArray[np.int32], kept: NDArray[np.bool_]) -> None:
        self.fixes = judged_at(fixes)
        self.device = device
        self._n_before: NDArray[np.int64] | None = None
        kept_fixes, kept_device = fixes, device
        if np.count_nonzero(kept) < len(kept):
            rows, self._n_before = np.flatnonzero(kept), np.concatenate([[0], np.cumsum(kept)])
            kept_fixes, kept_device = fixes.take(rows), device[rows]
        self.kept = doubted_at(kept_fixes)
        self.measurements = Measurements.of(judged_at(kept_fixes), kept_device)
        late = np.flatnonzero(fixes.received_us - fixes.measured_us > LATE_US)
        self._late, self._late_us = late, fixes.received_us[late] + 1
        self.doubts: list[Change] = []
        """Changes of doubt by row of `kept`, in order; those told are gone."""

    def late_us(self, position: int) -> int:
        """Just after the next late fix at or behind a row was received: what it makes due is looked at before anything later."""
        if not len(self._late):
            return _FAR_US
        at = int(np.searchsorted(self._late, position))
        return int(self._late_us[at]) if at < len(self._late) else _FAR_US

    def kept_between(self, start: int, end: int) -> tuple[int, int]:
        """The kept rows among [start, end): from which to before which of `kept`."""
        return (start, end) if self._n_before is None else (int(self._n_before[start]), int(self._n_before[end]))

    def doubts_before(self, row: int) -> list[Change]:
        """The changes of doubt of kept rows before `row` that were not asked for yet."""
        if not self.doubts or self.doubts[0].row >= row:
            return []
        told = [doubt for doubt in self.doubts if doubt.row < row]
        self.doubts = self.doubts[len(told) :]
        return told


_NO_ROWS: Final = _Rows(FixBatch.empty(), np.empty(0, np.int32), np.empty(0, np.bool_))
"""Most calls bring no fixes, and tell the time alone."""
