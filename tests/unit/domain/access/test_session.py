"""Sessions: bound to a desk, over in time, locked when nobody is there; patience with wrong passwords has an end."""

from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.domain.access import session as s
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.user import Role

POLICY = s.SessionPolicy()


def session(now_us: int = 1000) -> s.Session:
    return s.issue("seat", (UserId("kim"), Role.OPERATOR), ("desk-1", "KEY"), now_us, POLICY)


def test_a_session_belongs_to_the_key_that_it_was_issued_for() -> None:
    assert s.is_bound_to(session(), "KEY")
    assert not s.is_bound_to(session(), "OTHER")
    assert not s.is_bound_to(session(), "")


def test_a_session_is_over_at_its_end_and_not_before() -> None:
    assert not s.is_expired(session(), session().expires_us - 1)
    assert s.is_expired(session(), session().expires_us)


def test_a_desk_locks_when_nobody_has_touched_it_for_long_and_once() -> None:
    idle = session(0)
    assert not s.should_lock(idle, POLICY.idle_lock_us - 1, POLICY)
    assert s.should_lock(idle, POLICY.idle_lock_us, POLICY)
    assert not s.should_lock(s.locked(idle), POLICY.idle_lock_us * 2, POLICY)
    assert not s.should_lock(s.unlocked(s.locked(idle), POLICY.idle_lock_us * 2), POLICY.idle_lock_us * 2 + 1, POLICY)


@given(st.integers(0, 10**13), st.integers(-(10**9), 10**13), st.integers(0, 10**13))
def test_what_a_desk_says_of_its_idleness_never_makes_it_idler_than_it_was(active: int, idle: int, now: int) -> None:
    before = s.unlocked(session(), active)
    after = s.touched(before, idle, now)
    assert before.active_us <= after.active_us <= max(before.active_us, now)


def test_the_fifth_wrong_password_shuts_out_for_a_while() -> None:
    tries = s.Tries()
    for _ in range(4):
        tries = s.after_failure(tries, 0, POLICY)
        assert not s.is_shut_out(tries, 0)
    tries = s.after_failure(tries, 0, POLICY)
    assert s.is_shut_out(tries, POLICY.lock_out_us - 1)
    assert not s.is_shut_out(tries, POLICY.lock_out_us)


def test_a_faster_clock_gives_people_as_much_time() -> None:
    fast = s.at_speed(POLICY, 60.0)
    assert (fast.idle_lock_us, fast.life_us) == (60 * POLICY.idle_lock_us, 60 * POLICY.life_us)
    assert fast.max_failures == POLICY.max_failures
