"""A snapshot made in a child is the state of the instant of the fork, and a child that is given up leaves nothing behind."""

import os

import pytest

from backend_bridge.adapters.snapshot_child import SnapshotChild, packed, unpacked


def ended(child: SnapshotChild) -> SnapshotChild:
    child._thread.join(30)
    assert child.is_done
    return child


def test_the_child_has_the_state_of_the_fork_whatever_changes_after_it() -> None:
    state = {"alarms": [1, 2], "much": b"\x00" * 5_000_000}
    child = SnapshotChild(state, 7)
    state["alarms"] = [3]
    body = ended(child).body
    assert body is not None
    assert len(body) < 100_000
    assert unpacked(body) == {"alarms": [1, 2], "much": b"\x00" * 5_000_000}
    assert child.tick == 7


def test_what_cannot_be_written_gives_no_body() -> None:
    assert ended(SnapshotChild({"x": object()}, 1)).body is None


def test_a_child_that_is_given_up_is_gone() -> None:
    child = SnapshotChild([b"x" * 100] * 200_000, 1)
    child.give_up()
    assert child.is_done
    with pytest.raises(ProcessLookupError):
        os.kill(child._pid, 0)


def test_packing_is_undone_by_unpacking() -> None:
    assert unpacked(packed((1, "a"))) == (1, "a")
