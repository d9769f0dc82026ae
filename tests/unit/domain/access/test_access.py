"""The table of who may see what, tried whole; and what alarms and grants open."""

from itertools import product

import pytest

from backend_bridge.domain.access.access import Access
from backend_bridge.domain.access.access_table import FIELD_OF, TABLE, Action, Need
from backend_bridge.domain.access.duty import Duty
from backend_bridge.domain.access.grants import Grant, GrantBook
from backend_bridge.domain.identifiers import CaseId, GrantId, PersonId, UserId
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.user import Role, User

NOW = 1_795_000_000 * MICROSECONDS
MINUTE = 60 * MICROSECONDS
KR, FR = CaseId("KR-1"), CaseId("FR-1")
WEARER, PROTECTED = PersonId("S-1"), PersonId("V-1")


def room_of(*users: User) -> Access:
    access = Access(Duty(users), GrantBook())
    access.jurisdictions.update({KR: "KR", FR: "FR"})
    return access


def user(role: Role, *, enabled: bool = True) -> User:
    return User(user=UserId(f"{role}-1"), person=f"p-{role}", role=role, enabled=enabled)


def granted(access: Access, who: UserId, fields: set[str], purpose: Purpose = Purpose.BREACH_INVESTIGATION, minutes: int = 60) -> None:
    access.grants.put_grant(
        Grant(
            grant=GrantId("GRANT-1"),
            request=None,
            user=who,
            human="p",
            person=PROTECTED,
            case=KR,
            purpose=purpose,
            fields=frozenset(fields),
            from_us=NOW - 600 * MINUTE,
            to_us=NOW + 600 * MINUTE,
            starts_us=NOW,
            ends_us=NOW + minutes * MINUTE,
        )
    )


@pytest.mark.parametrize(("role", "action", "purpose"), list(product(Role, Action, [None, *Purpose])))
def test_without_alarm_or_grant_only_what_the_table_names_for_routine_is_allowed(
    role: Role, action: Action, purpose: Purpose | None
) -> None:
    access = room_of(user(role))
    verdict = access.may(UserId(f"{role}-1"), action, PROTECTED, KR, purpose, NOW)
    need = TABLE[role].get(action)
    routine = purpose in {None, Purpose.COMPLIANCE} or action not in FIELD_OF
    assert verdict.allowed == (routine and need in {Need.NOTHING, Need.WEARER_MODE})


@pytest.mark.parametrize("action", list(Action))
def test_nobody_unknown_or_disabled_may_anything(action: Action) -> None:
    access = room_of(user(Role.SUPERVISOR, enabled=False))
    assert not access.may(UserId("supervisor-1"), action, WEARER, KR, None, NOW)
    assert not access.may(UserId("nobody"), action, WEARER, KR, None, NOW)


@pytest.mark.parametrize("action", list(FIELD_OF))
def test_a_case_that_is_not_known_opens_nothing(action: Action) -> None:
    access = room_of(user(Role.OPERATOR))
    assert not access.may(UserId("operator-1"), action, WEARER, CaseId("no-such-case"), None, NOW)


def test_the_protected_person_is_a_band_until_an_alarm_opens_the_case() -> None:
    access = room_of(user(Role.OPERATOR))
    who = UserId("operator-1")
    assert access.may(who, Action.SEE_BAND, PROTECTED, KR, None, NOW)
    assert not access.may(who, Action.SEE_PROTECTED_POSITION, PROTECTED, KR, None, NOW)
    access.open_more(KR, NOW)
    assert access.may(who, Action.SEE_PROTECTED_POSITION, PROTECTED, KR, None, NOW).why == "alarm"
    assert not access.may(who, Action.SEE_PROTECTED_POSITION, PROTECTED, FR, None, NOW)
    access.open_less(KR)
    assert not access.may(who, Action.SEE_PROTECTED_POSITION, PROTECTED, KR, None, NOW)


def test_a_wearer_is_always_shown_in_korea_and_on_alarm_in_france() -> None:
    access = room_of(user(Role.OPERATOR))
    who = UserId("operator-1")
    assert access.may(who, Action.SEE_WEARER_POSITION, WEARER, KR, None, NOW)
    assert not access.may(who, Action.SEE_WEARER_POSITION, WEARER, FR, None, NOW)
    access.open_more(FR, NOW)
    assert access.may(who, Action.SEE_WEARER_POSITION, WEARER, FR, None, NOW)


def test_the_trail_of_routine_is_thirty_minutes_and_of_an_alarm_a_day() -> None:
    access = room_of(user(Role.OPERATOR))
    who = UserId("operator-1")
    assert access.may(who, Action.SEE_WEARER_TRAIL, WEARER, KR, None, NOW).from_us == NOW - 30 * MINUTE
    access.open_more(KR, NOW - 10 * MINUTE)
    assert access.may(who, Action.SEE_WEARER_TRAIL, WEARER, KR, None, NOW).from_us == NOW - 24 * 60 * MINUTE
    assert access.may(who, Action.SEE_PROTECTED_TRAIL, PROTECTED, KR, None, NOW).from_us == NOW - 40 * MINUTE


def test_a_grant_opens_its_fields_of_its_person_for_its_user_until_its_end() -> None:
    access = room_of(user(Role.OPERATOR), user(Role.SUPERVISOR))
    who = UserId("operator-1")
    granted(access, who, {"position", "track"})
    assert access.may(who, Action.SEE_PROTECTED_POSITION, PROTECTED, KR, Purpose.BREACH_INVESTIGATION, NOW).grant == "GRANT-1"
    assert not access.may(who, Action.SEE_PROTECTED_POSITION, PROTECTED, KR, Purpose.MEASURE_CHANGE, NOW)
    assert not access.may(who, Action.SEE_PROTECTED_POSITION, PersonId("V-2"), KR, None, NOW)
    assert not access.may(who, Action.SEE_PROTECTED_POSITION, PROTECTED, FR, None, NOW)
    assert not access.may(who, Action.SEE_PHONES, PROTECTED, KR, None, NOW)
    assert not access.may(UserId("supervisor-1"), Action.SEE_PROTECTED_POSITION, PROTECTED, KR, None, NOW)
    assert access.may(who, Action.SEE_PROTECTED_POSITION, PROTECTED, KR, None, NOW + 60 * MINUTE - 1)
    assert not access.may(who, Action.SEE_PROTECTED_POSITION, PROTECTED, KR, None, NOW + 60 * MINUTE)


def test_a_trainer_is_shown_nobody_who_lives() -> None:
    access = room_of(user(Role.TRAINER))
    access.open_more(KR, NOW)
    granted(access, UserId("trainer-1"), {"position", "track", "identity", "phones", "places", "export", "record"})
    seen = [action for action in Action if access.may(UserId("trainer-1"), action, PROTECTED, KR, None, NOW)]
    assert set(seen) <= {Action.SEE_ROOM, Action.SEE_GATEWAYS}


def test_one_look_over_many_rows_decides_as_the_single_question_does() -> None:
    access = room_of(*(user(role) for role in Role))
    access.open_more(FR, NOW)
    granted(access, UserId("operator-1"), {"position", "identity"})
    for role, action, case, person in product(Role, Action, (KR, FR, CaseId("none")), (WEARER, PROTECTED)):
        who = UserId(f"{role}-1")
        assert access.sight(who, NOW).may(action, person, case).allowed == access.may(who, action, person, case, None, NOW).allowed


@pytest.mark.parametrize("n_others", [0, 40])
def test_many_questions_at_once_are_answered_as_each_alone(n_others: int) -> None:
    access = room_of(*(user(role) for role in Role))
    others = [CaseId(f"KR-{number}") for number in range(10, 10 + n_others)]
    access.jurisdictions.update(dict.fromkeys(others, "KR"))
    access.open_more(FR, NOW)
    granted(access, UserId("operator-1"), {"position", "identity"})
    asked = list(product((WEARER, PROTECTED, None), (KR, FR, CaseId("none"), None)))
    everything = frozenset(access.jurisdictions)
    for role, cases in product(Role, (everything, everything - {FR}, frozenset[CaseId]())):
        sight = access.sight_of_recording(UserId("operator-1"), role, cases, NOW)
        for action in Action:
            each = [bool(sight.may(action, person, case)) for person, case in asked]
            assert sight.may_each(action, [person for person, _ in asked], [case for _, case in asked]) == each


def test_many_questions_of_somebody_without_an_office_are_refused() -> None:
    sight = room_of().sight(UserId("nobody"), NOW)
    assert sight.may_each(Action.SEE_CASE, [None, None], [KR, FR]) == [False, False]
