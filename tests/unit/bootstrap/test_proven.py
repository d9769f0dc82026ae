"""What people decide at a shell: who they are is proved by a password, wrong ones count, and no one decides what they asked for."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from typing_extensions import override

from backend_bridge.adapters.account_records import record_of
from backend_bridge.adapters.local_control import Emit, Request
from backend_bridge.adapters.passwords import Passwords
from backend_bridge.adapters.user_accounts import NewAccount, added
from backend_bridge.application.inbox import PutUser
from backend_bridge.bootstrap.bridge import IdleBridge, OpenFolder, open_folder
from backend_bridge.bootstrap.folder_commands import carry_out
from backend_bridge.domain.access.session import SessionPolicy
from backend_bridge.domain.identifiers import UserId

PASSWORD = "a long enough secret"
PEOPLE = (("park", "supervisor", "park"), ("choi", "supervisor", "choi"), ("park2", "supervisor", "park"), ("kim", "operator", "kim"))
FEW = SessionPolicy().max_failures


class Said(Emit):
    """What a command printed."""

    def __init__(self) -> None:
        self.text = ""

    @override
    def out(self, text: str) -> None:
        self.text += text + "\n"

    @override
    def err(self, text: str) -> None:
        self.text += text + "\n"

    @override
    def is_gone(self) -> bool:
        return False


class Shell:
    """A data folder on which no bridge runs, opened again by `restart`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.opened = self._open()
        accounts = [added([], NewAccount(user=name, role=role, person=person), PASSWORD, Passwords()) for name, role, person in PEOPLE]
        users = [PutUser(by=UserId("me"), user=one.user, person=one.person, role=one.role) for one in accounts]
        IdleBridge(self.opened).carry_out(users, [record_of(one) for one in accounts])

    def _open(self) -> OpenFolder:
        opened = open_folder(self._folder, None)
        assert opened is not None
        return opened

    def restart(self) -> None:
        self.opened.close()
        self.opened = self._open()

    def run(self, command: str, by: str | None, password: str = PASSWORD, **arguments: str | bool) -> tuple[int, str]:
        given: dict[str, str | int | bool | None] = {"by": by, "password": password, "reason": "so", **arguments}
        said = Said()
        status = carry_out(IdleBridge(self.opened), Request(command=command, arguments=given, user="root"), said)
        return status, said.text

    def entries(self, event: str) -> list[dict[str, object]]:
        lines = (msgspec.json.decode(line) for _, line in self.opened.durable.reader.lines(0))
        return [line for line in lines if line["event"] == event]


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    made = Shell(tmp_path / "room")
    yield made
    made.opened.close()


def lift(shell: Shell, by: str, password: str) -> str:
    return shell.run("destroy", by, password, action="lift", case="C-1")[1]


def test_wrong_passwords_at_a_shell_shut_the_name_out_there_and_at_every_desk(shell: Shell) -> None:
    for _ in range(FEW):
        assert "password are needed" in lift(shell, "park", "guessed")
    assert "too many wrong passwords" in lift(shell, "park", PASSWORD)
    assert shell.opened.tries.is_shut_out("park", shell.opened.clock.now_us()), "what the gate of the desks asks, too"
    assert "No legal hold" in lift(shell, "choi", PASSWORD), "others may go on"
    shell.restart()
    assert "too many wrong passwords" in lift(shell, "park", PASSWORD)
    failed = [(entry["user"], entry["desk"], entry["reason"]) for entry in shell.entries("login-failed")]
    assert failed == [("park", "shell:root", "wrong-secret")] * FEW + [("park", "shell:root", "locked")] * 2


def test_a_right_password_forgets_the_wrong_ones_before_it_and_a_command_that_is_ended_does_not(shell: Shell) -> None:
    for _ in range(2):
        for _ in range(FEW - 1):
            lift(shell, "park", "guessed")
        assert "No legal hold" in lift(shell, "park", PASSWORD)
        shell.restart()


def test_a_name_without_an_account_may_be_a_password_and_stays_out_of_the_log(shell: Shell) -> None:
    lift(shell, "my secret typed into the wrong field", "x")
    assert [(entry["user"], entry["reason"]) for entry in shell.entries("login-failed")] == [("?", "unknown")]


def test_nobody_deletes_old_positions_that_they_proposed_themselves_under_any_account(shell: Shell) -> None:
    assert "OLD-1" in shell.run("retention", "park", propose=True)[1]
    for name, words in (("kim", "does not allow"), ("park", "Nobody decides a request"), ("park2", "Nobody decides a request")):
        assert words in shell.run("retention", name, approve="OLD-1")[1]
    assert "No destruction goes by OLD-7" in shell.run("retention", "choi", approve="OLD-7")[1]
    assert "password" in shell.run("retention", "choi", "something else", approve="OLD-1")[1]
    assert shell.run("retention", "choi", refuse="OLD-1") == (0, "OLD-1: refused; nothing was deleted\n")
    assert "decided or lapsed" in shell.run("retention", "choi", approve="OLD-1")[1]
    assert not shell.entries("retention-approved")


def test_a_proposal_lapses_after_a_day_and_is_approved_by_another_until_then(shell: Shell) -> None:
    shell.run("retention", "park", propose=True)
    shell.restart()
    assert shell.run("retention", "choi", approve="OLD-1")[0] == 0
    assert [(entry["user"], entry["approved"]) for entry in shell.entries("retention-decided")] == [("choi", True)]
    shell.run("retention", "park", propose=True)
    day_us = 86_400_000_000
    shell.opened.durable.use_clock(lambda: shell.opened.clock.now_us() + day_us)
    assert "decided or lapsed" in shell.run("retention", "choi", approve="OLD-2")[1]
