"""The one decision about every look and every act: by role, by case, by purpose and by time; what no rule allows is refused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from backend_bridge.domain.access.access_table import ALARM_TRAIL_MINUTES, EXTRA_MINUTES, FIELD_OF, Action, Need, table_of
from backend_bridge.domain.access.duty import Duty
from backend_bridge.domain.access.grants import Grant, GrantBook
from backend_bridge.domain.access.verdict import Verdict
from backend_bridge.domain.identifiers import CaseId, PersonId, UserId
from backend_bridge.domain.incidents.jurisdiction import ShowMode, rules_of
from backend_bridge.domain.outcomes.changed import Changed
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.user import Role

_MINUTE_US: Final = 60 * MICROSECONDS
_MANY: Final = 4
"""What is asked about so large a part of all cases, the whole divided by this, is found out for all of them at once."""
_TRAILS: Final = frozenset({Action.SEE_WEARER_TRAIL, Action.SEE_PROTECTED_TRAIL})

NO_ROLE: Final = Verdict(allowed=False, why="no-office")
NO_RULE: Final = Verdict(allowed=False, why="no-rule")
NO_CASE: Final = Verdict(allowed=False, why="no-case")
NEEDS_ALARM: Final = Verdict(allowed=False, why="needs-alarm-or-grant")
NEEDS_GRANT: Final = Verdict(allowed=False, why="needs-grant")
BY_ROLE: Final = Verdict(allowed=True, why="office")
BY_ROUTINE: Final = Verdict(allowed=True, why="routine")
BY_ALARM: Final = Verdict(allowed=True, why="alarm")


class Access:
    """What the decision rests on: roles, grants, the countries of the cases, and which cases have an alarm open."""

    exercise: bool = False
    """Whether everybody in the room is made up; of the class, so that rooms that were stored before have it too."""

    def __init__(self, duty: Duty, grants: GrantBook) -> None:
        self.duty = duty
        self.grants = grants
        self.changed = Changed()
        """Cases of which more or less is shown than before."""
        self.jurisdictions: dict[CaseId, str] = {}
        self.alarmed: dict[CaseId, int] = {}
        """Cases with an alarm that opens more, and since when."""
        self._standing: dict[tuple[Role, str, bool], Mapping[Action, Verdict]] = {}

    def may(
        self, user: UserId, action: Action, subject: PersonId | None, case: CaseId | None, purpose: Purpose | None, now_us: int
    ) -> Verdict:
        """Whether the user may do it now; `subject` is whose data it is, `case` None where no case is concerned.

        `purpose` None asks for any that applies: routine first, then the user's running grants.
        """
        role = self.duty.role_of(user)
        if role is None:
            return NO_ROLE
        return self.may_role(role, action, case, subject, self._grants(user, case, purpose, now_us), now_us, purpose)

    def sight(self, user: UserId, now_us: int) -> "Sight":
        """The user's role and grants read once, to cut many rows with."""
        return Sight(self, user, now_us)

    def sight_then(self, user: UserId, cases: frozenset[CaseId], now_us: int) -> "Sight":
        """What the user saw of `cases` at their desk: the role and grants of then, nothing at all where they sat at none."""
        sight = Sight(self, user, now_us)
        if all(sitting.user != user for sitting in self.duty.sessions.values()):
            sight.role = None
        sight.only(cases)
        return sight

    def sight_of_recording(self, user: UserId, role: Role, cases: frozenset[CaseId], now_us: int) -> "Sight":
        """The same for a recording: the role of today, and no case but those that a grant of today names."""
        sight = Sight(self, user, now_us)
        sight.role = role
        sight.only(cases)
        return sight

    def may_role(
        self,
        role: Role,
        action: Action,
        case: CaseId | None,
        subject: PersonId | None,
        grants: Iterable[Grant],
        now_us: int,
        purpose: Purpose | None = None,
    ) -> Verdict:
        """The decision for somebody of `role` who holds `grants`."""
        if action not in table_of(role, exercise=self.exercise):
            return NO_RULE
        otherwise = NEEDS_GRANT
        if purpose in {None, Purpose.COMPLIANCE} or action not in FIELD_OF:
            otherwise = self.standing(role, action, case)
            if otherwise.allowed:
                return self._windowed(otherwise, action, case, now_us)
            if purpose is Purpose.COMPLIANCE:
                return otherwise
        return _by_grant(action, case, subject, grants, now_us) or otherwise

    def standing(self, role: Role, action: Action, case: CaseId | None) -> Verdict:
        """What holds without any grant, under routine monitoring."""
        country = self.jurisdictions.get(case) if case is not None else ""
        if country is None:
            return NO_CASE
        return self.standing_in(role, country, alarmed=case in self.alarmed)[action]

    def standing_in(self, role: Role, country: str, *, alarmed: bool) -> Mapping[Action, Verdict]:
        """What holds without any grant in every case of a country, with or without an alarm that opens more."""
        key = (role, country, alarmed)
        verdicts = self._standing.get(key)
        if verdicts is None:
            verdicts = self._standing[key] = {
                action: _standing(table_of(role, exercise=self.exercise).get(action), country, alarmed=alarmed) for action in Action
            }
        return verdicts

    def _grants(self, user: UserId, case: CaseId | None, purpose: Purpose | None, now_us: int) -> tuple[Grant, ...]:
        return tuple(
            grant for grant in self.grants.of_user(user, now_us) if grant.case == case and (purpose is None or grant.purpose is purpose)
        )

    def _windowed(self, verdict: Verdict, action: Action, case: CaseId | None, now_us: int) -> Verdict:
        """The verdict with the bound that a trail has."""
        if action not in _TRAILS or case is None:
            return verdict
        since_us = self.alarmed.get(case)
        if action is Action.SEE_PROTECTED_TRAIL:
            from_us = (since_us if since_us is not None else now_us) - EXTRA_MINUTES * _MINUTE_US
        else:
            routine = rules_of(self.jurisdictions[case]).trail_minutes
            from_us = now_us - (routine if since_us is None else ALARM_TRAIL_MINUTES) * _MINUTE_US
        return Verdict(allowed=True, why=verdict.why, from_us=from_us)

    def open_more(self, case: CaseId, since_us: int) -> None:
        """An alarm of the case opens more of it."""
        self.alarmed[case] = since_us
        self.changed.touch(case)

    def open_less(self, case: CaseId) -> None:
        """No alarm opens more of the case any longer."""
        del self.alarmed[case]
        self.changed.touch(case)


class Sight:
    """What one user may see, for cutting thousands of rows: the same decisions as `Access.may`, with role and grants looked up once."""

    def __init__(self, access: Access, user: UserId, now_us: int) -> None:
        self.user = user
        self.now_us = now_us
        self.role = access.duty.role_of(user)
        self._access = access
        self._jurisdictions, self._alarmed = access.jurisdictions, access.alarmed
        self._verdicts: dict[tuple[str, bool], Mapping[Action, Verdict]] = {}
        self._open: dict[Action, frozenset[CaseId]] = {}
        self._by_case: dict[CaseId, list[Grant]] = {}
        for grant in access.grants.of_user(user, now_us):
            self._by_case.setdefault(grant.case, []).append(grant)

    def may(self, action: Action, subject: PersonId | None = None, case: CaseId | None = None) -> Verdict:
        """Whether the user may, by any purpose that applies."""
        if self.role is None:
            return NO_ROLE
        if case is None:
            return self._access.standing(self.role, action, None)
        if case in self._by_case:
            return self._access.may_role(self.role, action, case, subject, self._by_case[case], self.now_us)
        country = self._jurisdictions.get(case)
        if country is None:
            return NO_CASE
        return (self._verdicts.get((country, case in self._alarmed)) or self._read(self.role, country, case))[action]

    def may_each(self, action: Action, subjects: Iterable[PersonId | None], cases: Sequence[CaseId | None]) -> list[bool]:
        """Whether the user may, for each of many subjects and their cases."""
        is_open = self._open_cases(action) if len(cases) * _MANY > len(self._jurisdictions) else frozenset()
        may = self.may
        return [case in is_open or may(action, subject, case).allowed for subject, case in zip(subjects, cases, strict=True)]

    def _open_cases(self, action: Action) -> frozenset[CaseId]:
        """The cases in which the user may without any grant, whosever data it is: found for all at once, and once."""
        known = self._open.get(action)
        if known is None:
            known = self._open[action] = frozenset() if self.role is None else frozenset(self._found_open(self.role, action))
        return known

    def _found_open(self, role: Role, action: Action) -> Iterator[CaseId]:
        countries, alarmed = set(self._jurisdictions.values()), self._alarmed
        keys = [(country, more) for country in countries for more in (False, True)]
        opened = {key: self._access.standing_in(role, key[0], alarmed=key[1])[action].allowed for key in keys}
        return (case for case, country in self._jurisdictions.items() if opened[country, case in alarmed])

    def _read(self, role: Role, country: str, case: CaseId) -> Mapping[Action, Verdict]:
        key = (country, case in self._alarmed)
        verdicts = self._verdicts[key] = self._access.standing_in(role, country, alarmed=key[1])
        return verdicts

    def only(self, cases: frozenset[CaseId]) -> None:
        """See nothing of any other case."""
        self._jurisdictions = {case: country for case, country in self._jurisdictions.items() if case in cases}
        self._by_case = {case: grants for case, grants in self._by_case.items() if case in cases}


def _standing(need: Need | None, country: str, *, alarmed: bool) -> Verdict:
    if need is None:
        return NO_RULE
    if need is Need.NOTHING:
        return BY_ROLE
    if not country or need is Need.GRANT:
        return NEEDS_GRANT
    mode = ShowMode.ON_ALARM
    if need is Need.WEARER_MODE:
        mode = rules_of(country).show_wearer
    elif need is Need.PROTECTED_MODE:
        mode = rules_of(country).show_protected
    if mode is ShowMode.ALWAYS:
        return BY_ROUTINE
    if mode is ShowMode.ON_APPROVAL:
        return NEEDS_GRANT
    return BY_ALARM if alarmed else NEEDS_ALARM


def _by_grant(action: Action, case: CaseId | None, subject: PersonId | None, grants: Iterable[Grant], now_us: int) -> Verdict | None:
    field = FIELD_OF.get(action)
    if field is None or case is None:
        return None
    for grant in grants:
        if grant.case == case and grant.person == subject and field in grant.fields and grant.runs(now_us):
            why = "break-glass" if grant.break_glass else "grant"
            if field == "position" and not grant.from_us <= now_us < grant.to_us:
                continue  # a grant about the past opens the past, not where somebody is now
            return Verdict(allowed=True, why=why, grant=grant.grant, from_us=grant.from_us, to_us=grant.to_us)
    return None
