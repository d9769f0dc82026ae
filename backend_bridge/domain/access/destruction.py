"""Destruction of what the law wants gone: due by event or time, asked for, decided by another person, stopped by a legal hold."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from backend_bridge.domain.access.duty import Duty
from backend_bridge.domain.alarms.alarm_acts import must_say
from backend_bridge.domain.commands import DecideDestruction, LiftHold, PlaceHold, RequestDestruction
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId, DestructionId, DeviceId, GrantId, UserId
from backend_bridge.domain.outcomes.changed import Changed
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.outcomes.destruction_events import (
    DestructionAsked,
    DestructionDecided,
    DestructionDone,
    DestructionDue,
    HoldEnded,
    HoldPlaced,
)
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.retention import Ground
from backend_bridge.domain.user import User

LONGEST_HOLD_US: Final = 5 * 366 * 86_400 * MICROSECONDS
OPEN_STATES: Final = frozenset({"due", "waiting", "approved"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A case that must not be destroyed yet, who answers for that, and until when."""

    case: CaseId
    owner: UserId
    reason: str
    since_us: int
    until_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Destruction:
    """One destruction, from its being due or asked for to its certificate; the states are those of `rows.DestructionRow`."""

    destruction: DestructionId
    case: CaseId
    ground: Ground
    state: str
    due_us: int
    jurisdiction: str = "KR"
    """Under whose law; the case itself is forgotten once it is approved."""
    grant: GrantId | None = None
    asked_by: UserId | None = None
    human: str | None = None
    """The human being who asked, as the account stood then."""
    asked_us: int | None = None
    reason: str | None = None
    decided_by: UserId | None = None
    decision_reason: str | None = None
    done_us: int | None = None
    certificate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OldPositions:
    """A proposal to delete positions that are too old, from its being made to its certificate."""

    proposal: DestructionId
    state: str
    """`waiting`, `approved` (being deleted), `done`, `refused`, `lapsed` (its day is over, or a newer one took its place)."""
    asked_by: UserId
    human: str
    """The human being who proposed, as the account stood then."""
    asked_us: int
    """What was too old at this moment is what goes."""
    reason: str
    n_devices: int
    n_cases: int
    n_held: int
    decided_by: UserId | None = None
    decision_reason: str | None = None
    basis: tuple[str, ...] = ()
    """The provisions of the countries whose cases are concerned, once it is approved."""
    done_us: int | None = None
    n_fixes: int | None = None
    certificate: str | None = None


class DestructionBook:
    """All destructions and holds; `changed` and `changed_holds` say which look different."""

    def __init__(self) -> None:
        self.destructions: dict[DestructionId, Destruction] = {}
        self.old: dict[DestructionId, OldPositions] = {}
        """All proposals about old positions; at most one waits, and at most one is being carried out."""
        self.deleting: tuple[tuple[DeviceId, int], ...] = ()
        """From when on the positions of devices are kept, while what is older is on its way out; a restart goes on with it."""
        self.holds: dict[CaseId, Hold] = {}
        self.changed = Changed()
        self.changed_holds = Changed()
        self.looked_us = 0
        """The full hour at which cases were last looked through for periods that are over."""

    def the(self, name: DestructionId) -> Destruction:
        """The destruction of that name; refuses where there is none."""
        found = self.destructions.get(name)
        if found is None:
            raise Refused(Code.UNKNOWN_DESTRUCTION, name)
        return found

    def open_of(self, case: CaseId) -> Destruction | None:
        """The destruction of a whole case that is not refused, or None."""
        return next((d for d in self.destructions.values() if d.case == case and d.grant is None and d.state in OPEN_STATES), None)

    def approved(self) -> Iterator[Destruction]:
        """What is decided and not done."""
        return (each for each in tuple(self.destructions.values()) if each.state == "approved")

    def under(self, jurisdiction: str, one: Destruction) -> Destruction:
        """Hold a destruction as one under the law of a country."""
        return self.put(replace(one, jurisdiction=jurisdiction))

    def put_old(self, one: OldPositions) -> OldPositions:
        """Hold a proposal about old positions as it is now."""
        self.old[one.proposal] = one
        self.changed.touch(one.proposal)
        return one

    def old_in(self, state: str) -> OldPositions | None:
        """The newest proposal about old positions in a state, or None."""
        return next((each for each in reversed(self.old.values()) if each.state == state), None)

    def put(self, one: Destruction) -> Destruction:
        """Hold a destruction as it is now; the rows of its case follow."""
        self.destructions[one.destruction] = one
        self.changed.touch(one.destruction)
        return one

    def due(self, case: CaseId, ground: Ground, user: User | None, decisions: Decisions) -> Destruction | None:
        """The law wants a case destroyed from now on; None where that is known already."""
        if self.open_of(case) is not None:
            return None
        made = Destruction(
            destruction=self._next(),
            case=case,
            ground=ground,
            state="due",
            due_us=decisions.now_us,
            asked_by=None if user is None else user.user,
            human=None if user is None else user.person,
        )
        decisions.log(_due(made))
        return self.put(made)

    def forced(self, grant: GrantId, case: CaseId, decisions: Decisions) -> Destruction | None:
        """What was delivered under a grant that a court refused must go, without anybody's decision; None where that is known."""
        if any(each.grant == grant for each in self.destructions.values()):
            return None
        made = Destruction(
            destruction=self._next(), case=case, grant=grant, ground=Ground.COURT_REFUSED, state="approved", due_us=decisions.now_us
        )
        decisions.log(_due(made))
        return self.put(made)

    def resume(self, one: Destruction) -> None:
        """Hold what another room knew about a destruction, under a number of this one."""
        self.put(replace(one, destruction=self._next()))

    def done(self, name: DestructionId, counts: tuple[int, int, int], certificate: str, decisions: Decisions) -> None:
        """The keys are gone: (keys, files, files not reached), and the certificate's hash."""
        one = self.the(name)
        if one.state != "approved":
            return
        n_keys, n_files, n_unreached = counts
        decisions.log(
            DestructionDone(
                destruction=name,
                case=one.case,
                grant=one.grant,
                n_keys=n_keys,
                n_files=n_files,
                n_unreached=n_unreached,
                certificate=certificate,
            )
        )
        self.put(replace(one, state="done", done_us=decisions.now_us, certificate=certificate))

    def pass_time(self, decisions: Decisions) -> None:
        """End holds whose time is over."""
        for hold in [each for each in self.holds.values() if each.until_us <= decisions.now_us]:
            self._end_hold(hold)
            decisions.log(HoldEnded(case=hold.case, user=None, reason="its time is over"))

    def _end_hold(self, hold: Hold) -> None:
        del self.holds[hold.case]
        self.changed_holds.touch(hold.case)
        self._touch(hold.case)

    def _touch(self, case: CaseId) -> None:
        self.changed.touch_all(each.destruction for each in self.destructions.values() if each.case == case)

    def hold(self, hold: Hold) -> None:
        """Keep a case from being destroyed."""
        self.holds[hold.case] = hold
        self.changed_holds.touch(hold.case)
        self._touch(hold.case)

    def lift(self, case: CaseId) -> Hold:
        """End a hold; refuses where there is none."""
        hold = self.holds.get(case)
        if hold is None:
            raise Refused(Code.NO_HOLD, case)
        self._end_hold(hold)
        return hold

    def _next(self) -> DestructionId:
        return DestructionId(f"DES-{len(self.destructions) + 1}")


def _due(one: Destruction) -> DestructionDue:
    return DestructionDue(
        destruction=one.destruction, case=one.case, grant=one.grant, ground=one.ground, due_us=one.due_us, user=one.asked_by
    )


def ask(book: DestructionBook, user: User, command: RequestDestruction, decisions: Decisions) -> Destruction:
    """A destruction that waits for somebody else's decision; one that is due already is asked for with it."""
    reason = must_say(command.reason, Code.NEEDS_REASON)
    known = book.open_of(command.case)
    if known is not None and known.state != "due":
        raise Refused(Code.DESTRUCTION_KNOWN, known.destruction)
    name = known.destruction if known is not None else book._next()  # noqa: SLF001 - the book's own module
    made = Destruction(
        destruction=name,
        case=command.case,
        ground=command.ground,
        state="waiting",
        due_us=decisions.now_us if known is None else known.due_us,
        asked_by=user.user,
        human=user.person,
        asked_us=decisions.now_us,
        reason=reason,
    )
    decisions.log(DestructionAsked(destruction=name, case=command.case, ground=command.ground, user=user.user, reason=reason))
    return book.put(made)


def decide(book: DestructionBook, duty: Duty, user: User, command: DecideDestruction, decisions: Decisions) -> Destruction:
    """The destruction after another person's word; an approved one is done from now on."""
    one = book.the(command.destruction)
    if one.state not in {"due", "waiting"}:
        raise Refused(Code.REQUEST_DECIDED)
    same = one.asked_by is not None and (one.asked_by == user.user or duty.same_person(one.asked_by, user.user))
    if same or (one.human is not None and one.human == user.person):
        raise Refused(Code.OWN_REQUEST)
    reason = must_say(command.reason, Code.NEEDS_REASON)
    if command.approve and one.case in book.holds:
        raise Refused(Code.CASE_HELD, one.case)
    decisions.log(DestructionDecided(destruction=one.destruction, case=one.case, user=user.user, approved=command.approve, reason=reason))
    state = "approved" if command.approve else "refused"
    return book.put(replace(one, state=state, decided_by=user.user, decision_reason=reason))


def place_hold(book: DestructionBook, user: User, command: PlaceHold, decisions: Decisions) -> None:
    """Keep a case from being destroyed until a time that lies ahead."""
    if not decisions.now_us < command.until_us <= decisions.now_us + LONGEST_HOLD_US:
        raise Refused(Code.BAD_PERIOD)
    reason = must_say(command.reason, Code.NEEDS_REASON)
    decisions.log(HoldPlaced(case=command.case, user=user.user, reason=reason, until_us=command.until_us))
    book.hold(Hold(case=command.case, owner=user.user, reason=reason, since_us=decisions.now_us, until_us=command.until_us))


def lift_hold(book: DestructionBook, user: User, command: LiftHold, decisions: Decisions) -> None:
    """End a hold before its time."""
    reason = must_say(command.reason, Code.NEEDS_REASON)
    book.lift(command.case)
    decisions.log(HoldEnded(case=command.case, user=user.user, reason=reason))
