"""`end-order` at a shell: what is entered, confirmed and refused there, and how it says no."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from bridge_shell import case_document, case_file
from test_proven import Said, Shell, shell
from typing_extensions import override

from backend_bridge import command_line
from backend_bridge.adapters.case_files import read_case_file
from backend_bridge.adapters.local_control import Request
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.store import Record
from backend_bridge.application.inbox import EndOrder, ImportCases, Order, PutUser
from backend_bridge.application.outcome import Outcome
from backend_bridge.bootstrap.bridge import IdleBridge
from backend_bridge.bootstrap.order_end_command import end_order_command
from backend_bridge.domain.identifiers import CaseId, UserId
from backend_bridge.domain.user import Role

__all__ = ["shell"]
END = {"case": "C-7", "at": "2026-11-23T07:36:00Z"}


def begin(shell: Shell, folder: Path) -> None:
    cases = read_case_file(case_file(folder, case_document(7)))
    IdleBridge(shell.opened).carry_out([ImportCases(by=UserId("me"), cases=cases)])


def test_one_enters_and_another_confirms_the_same_also_over_a_restart(shell: Shell, tmp_path: Path) -> None:
    begin(shell, tmp_path)
    assert "until then it holds" in shell.run("end-order", "park", **END, reason="revoked")[1]
    assert not shell.entries("order-ended")
    shell.restart()
    assert "Nobody decides a request" in shell.run("end-order", "park2", **END, reason="revoked", confirm=True)[1]
    assert "(revoked)" in shell.run("end-order", "choi", **END, reason="revoked", confirm=True)[1]
    said = [(entry["case"], entry["user"], entry["end_at"], entry["ground"]) for entry in shell.entries("order-ended")]
    assert said == [("C-7", "park", "2026-11-23T07:36:00Z", "revoked")]
    assert "No end of the order of C-7" in shell.run("end-order", "choi", **END, reason="revoked", confirm=True)[1]


def test_the_offices_own_system_ends_an_order_at_once(shell: Shell, tmp_path: Path) -> None:
    begin(shell, tmp_path)
    shell.opened.close()
    given = ["end-order", "C-7", "--at", END["at"], "--reason", "judgment 2026-123 is final", "--data", str(tmp_path / "room")]
    assert command_line.main(given) == 0, "as the contract with other systems has it: no name, no password"
    shell.restart()
    said = [(entry["case"], entry["end_at"], entry["ground"]) for entry in shell.entries("order-ended")]
    assert said == [("C-7", "2026-11-23T07:36:00Z", "other")]
    assert "no case of that name" in shell.run("end-order", None, case="C-99", at=END["at"], reason="x")[1]
    assert "password" in shell.run("end-order", None, **END, reason="x", confirm=True)[1]


def test_no_order_is_made_longer_and_none_is_said_to_be(shell: Shell, tmp_path: Path) -> None:
    begin(shell, tmp_path)
    assert "ends at 2040-01-01T00:00:00Z " in shell.run("end-order", None, case="C-7", at="2100-01-01T00:00:00Z", reason="acquitted")[1]
    assert f"ends at {END['at']} " in shell.run("end-order", None, **END, reason="revoked")[1]
    assert f"ends at {END['at']} " in shell.run("end-order", None, case="C-7", at="2100-01-01T00:00:00Z", reason="late")[1]


def test_what_another_entered_is_refused_without_repeating_it(shell: Shell, tmp_path: Path) -> None:
    begin(shell, tmp_path)
    assert "no end of its order waits" in shell.run("end-order", "choi", case="C-7", reason="wrong case", refuse=True)[1]
    shell.run("end-order", "park", **END, reason="revoked")
    assert "holds as before" in shell.run("end-order", "choi", case="C-7", reason="wrong case", refuse=True)[1]
    assert [entry["approved"] for entry in shell.entries("order-end-decided")] == [False]


def test_ends_of_orders_are_refused_by_name(shell: Shell, tmp_path: Path) -> None:
    begin(shell, tmp_path)
    assert "No case goes by C-99" in shell.run("end-order", "park", case="C-99", at=END["at"], reason="x")[1]
    assert "--at" in shell.run("end-order", "park", case="C-7", at="noon", reason="x")[1]
    assert "--at: must say when" in shell.run("end-order", "park", case="C-7", reason="x")[1]
    assert "--reason" in shell.run("end-order", "park", **END, reason=" ")[1]
    assert "--ground freed: must be one of lapsed, revoked" in shell.run("end-order", "park", **END, reason="x", ground="freed")[1]
    assert "password" in shell.run("end-order", "park", "guessed", **END, reason="x")[1]
    assert "does not allow" in shell.run("end-order", "kim", **END, reason="x")[1]


class Busy(IdleBridge):
    """A bridge that takes an order of somebody else into the same turn."""

    def __init__(self, shell: Shell, beside: Order) -> None:
        super().__init__(shell.opened)
        self._beside = beside

    @override
    def carry_out(self, orders: Sequence[Order], records: Sequence[Record] = ()) -> Outcome:
        return super().carry_out([self._beside, *orders], records)


def test_what_else_happens_in_the_same_turn_is_not_taken_for_the_end_of_an_order(shell: Shell, tmp_path: Path) -> None:
    begin(shell, tmp_path)
    another = EndOrder(by=UserId("other"), case=CaseId("C-7"), at_us=shell.opened.clock.now_us(), ground=None, reason="x")
    for beside in (PutUser(by=UserId("me"), user=UserId("new"), person="new", role=Role.OPERATOR), another):
        request = Request(command="end-order", arguments={"case": "C-99", "at": END["at"], "reason": "x"}, user="root")
        with pytest.raises(InputRefusedError, match="no case of that name"):
            end_order_command(Busy(shell, beside), request, Said())
