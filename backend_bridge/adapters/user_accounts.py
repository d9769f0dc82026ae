"""The accounts of people who can log in, and what `bongsu-bridge user` does to them; every function returns the new account.

Whoever stores an account also hands the room a `PutUser`, so that what the account lets its user see changes in the same commit.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from backend_bridge.adapters.passwords import Passwords, made_up, weakness
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.user import Role, Route, route_words

FIRST_ADMINISTRATOR: Final = UserId("admin")
"""Name of the account that a new data folder begins with."""

_USER_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account as the store keeps it."""

    user: UserId
    person: str
    """The human being behind it: two accounts of one person are one when it comes to deciding requests."""
    role: Role
    secret: str
    """The argon2id text of the password."""
    enabled: bool = True
    sessions_from_us: int = 0
    """Tickets of sessions that were opened earlier are worth nothing."""
    must_change_password: bool = False
    route: Route | None = None
    """The alarms that come to this user first; None for all."""


class AccountRefusedError(ValueError):
    """What was asked about an account cannot be done; the text is one sentence for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What `bongsu-bridge user add` was told."""

    user: str
    role: str
    person: str | None = None
    """None: the user's name stands for the person too."""


def added(accounts: Iterable[Account], wanted: NewAccount, password: str, passwords: Passwords) -> Account:
    """The account of somebody new; raises `AccountRefusedError` for a name that is taken or odd, a role or password that is not one."""
    if not _USER_NAME.fullmatch(wanted.user):
        raise AccountRefusedError("A user's name begins with a letter or digit, then up to 63 of A-Z a-z 0-9 . _ -")
    if any(account.user.lower() == wanted.user.lower() for account in accounts):
        raise AccountRefusedError(f"There is a user {wanted.user} already; choose another name, or use passwd to change the password.")
    _check_password(wanted.user, password)
    return Account(
        user=UserId(wanted.user), person=wanted.person or wanted.user, role=role_named(wanted.role), secret=passwords.hashed(password)
    )


def role_named(text: str) -> Role:
    """The role that goes by `text`; raises `AccountRefusedError`."""
    try:
        return Role(text)
    except ValueError:
        raise AccountRefusedError(f"No role is called {text}; use one of {', '.join(Role)}.") from None


def account_of(accounts: Iterable[Account], user: str) -> Account:
    """The account that goes by `user`; raises `AccountRefusedError`."""
    for account in accounts:
        if account.user == user:
            return account
    raise AccountRefusedError(f"There is no user {user}; `bongsu-bridge user list` shows who there is.")


def disabled(accounts: Sequence[Account], user: str, now_us: int) -> Account:
    """The account shut, its sessions over from now on; the last administrator who can still log in is refused."""
    account = account_of(accounts, user)
    others = [one for one in accounts if one.role is Role.ADMINISTRATOR and one.enabled and one.user != user]
    if account.role is Role.ADMINISTRATOR and account.enabled and not others:
        raise AccountRefusedError(f"{user} is the only administrator; add another one first.")
    return replace(account, enabled=False, sessions_from_us=now_us)


def with_password(account: Account, password: str, now_us: int, passwords: Passwords) -> Account:
    """The account with another password, open again, its older sessions over."""
    _check_password(account.user, password)
    return replace(account, secret=passwords.hashed(password), enabled=True, sessions_from_us=now_us, must_change_password=False)


def routed(account: Account, cases: str, offices: str, kinds: str) -> Account:
    """The account with other alarms that come to it first; each text lists patterns or kinds with commas, and all empty means all."""
    route = Route(cases=_listed(cases), offices=_listed(offices), kinds=tuple(map(_kind_named, _listed(kinds))))
    return replace(account, route=None if route == Route() else route)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _kind_named(text: str) -> AlarmKind:
    try:
        return AlarmKind(text)
    except ValueError:
        raise AccountRefusedError(f"No alarm is of kind {text}; use some of {', '.join(AlarmKind)}.") from None


def with_sessions_ended(account: Account, now_us: int) -> Account:
    """The account with all tickets void that were given out before `now_us`."""
    return replace(account, sessions_from_us=max(account.sessions_from_us, now_us))


def first_administrator(passwords: Passwords) -> tuple[Account, str]:
    """The account that a data folder without users begins with, and its made-up password, to be changed at the first login.

    The password belongs into a file of mode 600 beside the store and nowhere else; logging in and changing it makes it worthless.
    """
    password = made_up()
    account = Account(
        user=FIRST_ADMINISTRATOR,
        person=FIRST_ADMINISTRATOR,
        role=Role.ADMINISTRATOR,
        secret=passwords.hashed(password),
        must_change_password=True,
    )
    return account, password


def listing(accounts: Iterable[Account]) -> tuple[str, ...]:
    """One line an account: name, role, person, whether it is open, and its route; nothing of the password."""
    return tuple(_line_of(account) for account in sorted(accounts, key=lambda one: one.user))


def _line_of(account: Account) -> str:
    state, route = "enabled" if account.enabled else "disabled", route_words(account.route)
    return "\t".join(part for part in (account.user, account.role, account.person, state, route) if part)


def _check_password(user: str, password: str) -> None:
    why = weakness(user, password)
    if why is not None:
        raise AccountRefusedError(why)
