"""`bongsu-bridge user`: add, list, disable, passwd and route, through the bridge that runs or with the folder's lock."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from backend_bridge.adapters.account_records import AccountBook, record_of
from backend_bridge.adapters.local_control import Emit, Request
from backend_bridge.adapters.passwords import Passwords
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.system_clock import SystemClock
from backend_bridge.adapters.user_accounts import (
    Account,
    AccountRefusedError,
    NewAccount,
    account_of,
    added,
    disabled,
    listing,
    routed,
    with_password,
)
from backend_bridge.application.inbox import NoteShellRead, PutUser
from backend_bridge.bootstrap.bridge import Bridge
from backend_bridge.domain.identifiers import UserId

Action = Callable[[tuple[Account, ...], Request, int], Account]


def user_command(bridge: Bridge, request: Request, emit: Emit) -> int:
    """Carry out `user ACTION NAME`; raises `InputRefusedError` with the sentence."""
    accounts = AccountBook(bridge.reader).all()
    action = _text(request, "action")
    if action == "list":
        bridge.carry_out([NoteShellRead(by=UserId(request.user), command="user list", scope="all")])
        for line in listing(accounts):
            emit.out(line)
        return 0
    try:
        account = _ACTIONS[action](accounts, request, max(SystemClock().now_us(), bridge.reader.last_us()))
    except AccountRefusedError as error:
        raise InputRefusedError([str(error)]) from None
    order = PutUser(by=UserId(request.user), user=account.user, person=account.person, role=account.role, enabled=account.enabled)
    order = replace(order, postcode=_maybe(request, "postcode") or "", route=account.route)
    bridge.carry_out([order], [record_of(account)])
    emit.out(f"user {account.user}: {account.role}, {'enabled' if account.enabled else 'disabled'}")
    return 0


def _add(accounts: tuple[Account, ...], request: Request, now_us: int) -> Account:
    del now_us
    wanted = NewAccount(user=_text(request, "name"), role=_text(request, "role"), person=_maybe(request, "person"))
    return added(accounts, wanted, _text(request, "password"), Passwords())


def _disable(accounts: tuple[Account, ...], request: Request, now_us: int) -> Account:
    return disabled(accounts, _text(request, "name"), now_us)


def _passwd(accounts: tuple[Account, ...], request: Request, now_us: int) -> Account:
    account = account_of(accounts, _text(request, "name"))
    return with_password(account, _text(request, "password"), now_us, Passwords())


def _route(accounts: tuple[Account, ...], request: Request, now_us: int) -> Account:
    del now_us
    cases, offices, kinds = (_maybe(request, name) or "" for name in ("cases", "offices", "kinds"))
    return routed(account_of(accounts, _text(request, "name")), cases, offices, kinds)


def _maybe(request: Request, name: str) -> str | None:
    value = request.arguments.get(name)
    return value if isinstance(value, str) and value else None


def _text(request: Request, name: str) -> str:
    value = _maybe(request, name)
    if value is None:
        raise InputRefusedError([f"{name} is missing"])
    return value


_ACTIONS: Final[dict[str, Action]] = {"add": _add, "disable": _disable, "passwd": _passwd, "route": _route}
