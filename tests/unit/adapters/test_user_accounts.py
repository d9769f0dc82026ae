"""Accounts: who may be added, shut and given a password, and what is refused in which words."""

from dataclasses import replace

import pytest

from backend_bridge.adapters import user_accounts as ua
from backend_bridge.adapters.passwords import Passwords, made_up, weakness
from backend_bridge.domain.user import Role

CHEAP = Passwords(time_cost=1, memory_kib=64, parallelism=1)
GOOD = "horse battery staple"


def account(user: str = "kim", role: str = "operator") -> ua.Account:
    return ua.added([], ua.NewAccount(user=user, role=role), GOOD, CHEAP)


def test_a_password_is_kept_as_argon2id_and_only_the_right_one_opens() -> None:
    kept = account().secret
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept
    assert CHEAP.is_right(kept, GOOD)
    assert not CHEAP.is_right(kept, GOOD + " ")
    assert not CHEAP.is_right(None, GOOD)
    assert not CHEAP.is_right("nonsense", GOOD)


@pytest.mark.parametrize("bad", ["", "short", "kim-kim-kim", "aaaaaaaaaaaaaa"])
def test_a_weak_password_is_refused_with_a_sentence(bad: str) -> None:
    assert weakness("kim", bad)
    with pytest.raises(ua.AccountRefusedError):
        ua.added([], ua.NewAccount(user="kim", role="operator"), bad, CHEAP)


def test_made_up_passwords_are_strong_and_never_the_same() -> None:
    many = {made_up() for _ in range(200)}
    assert len(many) == 200
    assert not any(weakness("admin", one) for one in many)


@pytest.mark.parametrize("name", ["", " kim", "kim/lee", "-kim", "김", "k" * 65, "a b"])
def test_an_odd_name_is_refused(name: str) -> None:
    with pytest.raises(ua.AccountRefusedError, match="name"):
        account(name)


def test_names_that_differ_in_case_alone_are_one() -> None:
    with pytest.raises(ua.AccountRefusedError, match="Kim"):
        ua.added([account("kim")], ua.NewAccount(user="Kim", role="operator"), GOOD, CHEAP)


def test_a_role_that_is_none_names_those_that_are() -> None:
    with pytest.raises(ua.AccountRefusedError, match="operator, supervisor, trainer, auditor, administrator"):
        account(role="boss")


def test_the_last_administrator_cannot_be_shut_out() -> None:
    first, _ = ua.first_administrator(CHEAP)
    with pytest.raises(ua.AccountRefusedError, match="only administrator"):
        ua.disabled([first, account()], first.user, 5)
    second = account("root2", "administrator")
    assert not ua.disabled([first, second], first.user, 5).enabled
    with pytest.raises(ua.AccountRefusedError):
        ua.disabled([first, replace(second, enabled=False)], first.user, 5)


def test_the_first_administrator_must_choose_another_password() -> None:
    first, password = ua.first_administrator(CHEAP)
    assert first.role is Role.ADMINISTRATOR
    assert first.must_change_password
    assert CHEAP.is_right(first.secret, password)
    assert not ua.with_password(first, GOOD, 9, CHEAP).must_change_password


def test_shutting_and_a_new_password_end_the_sessions_before() -> None:
    assert ua.disabled([account(), account("lee")], "kim", 7).sessions_from_us == 7
    assert ua.with_password(account(), GOOD, 8, CHEAP).sessions_from_us == 8
    assert ua.with_sessions_ended(replace(account(), sessions_from_us=9), 8).sessions_from_us == 9


def test_the_list_says_nothing_of_passwords() -> None:
    lines = ua.listing([account("lee"), replace(account("kim"), enabled=False)])
    assert lines == ("kim\toperator\tkim\tdisabled", "lee\toperator\tlee\tenabled")
