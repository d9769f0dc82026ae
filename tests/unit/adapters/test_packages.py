"""A package takes along how each case stands, and what comes of it lies under the keys of its cases as if it had come live."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from bridge_shell import case_document
from live_day import KEY, T0, Clock, Day, hello
from sqlalchemy import select

from backend_bridge.adapters.case_files import cases_of_text
from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.packages import export_package, import_package, reconciled
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.sealing import key_of
from backend_bridge.adapters.standing_lines import read_standings
from backend_bridge.adapters.store_schema import RECORDS
from backend_bridge.application.inbox import Act, BeginRule, EndOrder, ImportCases, Inbox, NoteByOffice, OpenSession, Order, ShellAct
from backend_bridge.application.standings import standings
from backend_bridge.domain.access.disclosure import preset
from backend_bridge.domain.access.export_book import Export
from backend_bridge.domain.case import Case
from backend_bridge.domain.commands import PlaceHold, ProposeOrderEnd, WithdrawConsent
from backend_bridge.domain.identifiers import CaseId, DeviceId, GrantId, PersonId, UserId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.retention import EndGround, Ground

SUPERVISOR, OTHER = UserId("supervisor-1"), UserId("office")
C1, C2, C3 = (CaseId(f"C-{number}") for number in (1, 2, 3))
DAY_US = 86_400 * MICROSECONDS


def cases(*documents: dict[str, object]) -> tuple[Case, ...]:
    return cases_of_text(json.dumps({"format": "bongsu-case/1", "cases": list(documents)}), "test")


class Moving:
    """A room, its package, and the room that is made of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock, self.day = folder, Clock(), Day()
        for name in ("old", "new"):
            (folder / name).mkdir()
        self.old = DurableRoom.open(folder / "old", KEY, self.clock)
        self.new: DurableRoom | None = None
        self.said: Mapping[str, object] = {}
        self.order(ImportCases(by=OTHER, cases=cases(*(case_document(number) for number in (1, 2, 3)))))
        self.step(Inbox(arrivals=hello()))

    def step(self, inbox: Inbox) -> None:
        self.clock.now_us += 10 * MICROSECONDS
        self.old.step(inbox)

    def order(self, *orders: Order) -> None:
        self.step(Inbox(orders=orders))

    def days(self, n: int) -> None:
        """Some steps of everybody's devices."""
        for number in range(n):
            self.step(Inbox(arrivals=tuple(self.day.arrivals(number, self.clock.now_us))))

    def move(self) -> DurableRoom:
        package = self.folder / "package"
        export_package(self.old.reader, package, lambda _: None)
        self.new = DurableRoom.open(self.folder / "new", KEY, self.clock)
        self.said = import_package(self.new, package, OTHER, lambda _: None)
        return self.new

    def restarted(self) -> DurableRoom:
        """The new room after a stop and a start."""
        self.move().close()
        self.new = DurableRoom.open(self.folder / "new", KEY, self.clock)
        return self.new

    def close(self) -> None:
        for room in (self.old, self.new):
            if room is not None:
                room.close()


@pytest.fixture
def moving(tmp_path: Path) -> Iterator[Moving]:
    made = Moving(tmp_path)
    yield made
    made.close()


def decide_much(moving: Moving) -> None:
    """Everything that people can decide about a case beside its file."""
    until_us = moving.clock.now_us + 30 * DAY_US
    moving.order(EndOrder(by=OTHER, case=C1, at_us=T0 - DAY_US, reason="lapsed", ground=EndGround.LAPSED))
    moving.order(ShellAct(by=SUPERVISOR, command=PlaceHold(case=C1, reason="appeal", until_us=until_us)))
    ends = ProposeOrderEnd(case=C2, at_us=T0, ground=EndGround.ACQUITTED, reason="judgment 7")
    moving.order(ShellAct(by=SUPERVISOR, command=ends))
    moving.order(NoteByOffice(by=OTHER, case=C2, person=None, label="TEMP_REMOVAL", text="surgery", until_us=until_us))
    moving.step(Inbox(news=(OpenSession(user=SUPERVISOR, seat="s", desk="d", expires_us=until_us),)))
    withdraws = WithdrawConsent(case=C2, person=PersonId("V-2"), reason="she says so")
    moving.step(Inbox(acts=(Act(act=1, user=SUPERVISOR, seat="s", command=withdraws),)))
    moving.step(Inbox(news=(BeginRule(rule=preset(moving.old.room.registry.case(C3), PersonId("V-3"), moving.clock.now_us)),)))
    moving.order(EndOrder(by=OTHER, case=C3, at_us=T0, reason="term-over", ground=EndGround.TERM_OVER))


def test_a_case_stands_in_the_new_room_as_it_did_in_the_old(moving: Moving) -> None:
    decide_much(moving)
    old = moving.old.room
    assert old.registry.case(C1).order.ends_us == T0 - DAY_US
    assert (C1 in old.destructions.holds, C2 in old.removals, old.consents.withheld) == (True, True, {(C2, "V-2"): "VIC-2"})
    assert old.order_ends.ends[C2].state == "waiting"
    assert [one.ground for one in old.destructions.destructions.values()] == [Ground.LOST_EFFECT]
    new = moving.move()
    assert reconciled(new.reader, new.room, moving.said) == []
    assert standings(new.room) == standings(old)
    assert not new.room.registry.held[C1].in_force(moving.clock.now_us)
    assert new.room.destructions.open_of(C1) is not None


def test_what_another_person_has_yet_to_confirm_calls_for_them_in_the_new_room_too(moving: Moving) -> None:
    decide_much(moving)
    new = moving.move()
    assert f"order-end:{C2}" in new.room.health.system


def test_it_still_stands_so_after_a_restart(moving: Moving) -> None:
    decide_much(moving)
    assert standings(moving.restarted().room) == standings(moving.old.room)


def test_the_same_file_again_does_not_put_an_ended_order_in_force(moving: Moving) -> None:
    decide_much(moving)
    new = moving.move()
    new.step(Inbox(orders=(ImportCases(by=OTHER, cases=cases(*(case_document(number) for number in (1, 2, 3)))),)))
    assert standings(new.room) == standings(moving.old.room)


def test_a_case_that_does_not_stand_as_it_did_is_named(moving: Moving) -> None:
    decide_much(moving)
    new = moving.move()
    new.room.destructions.holds.clear()
    (sentence,) = reconciled(new.reader, new.room, moving.said)
    assert sentence.startswith("standing of C-1: 1 with hash ")


def test_a_package_that_does_not_say_how_a_case_stands_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "standing.jsonl"
    path.write_text('{"case":"C-1","version":1}\n')
    with pytest.raises(InputRefusedError, match="without it orders that ended early would be in force again"):
        read_standings(tmp_path / "none.jsonl")
    with pytest.raises(InputRefusedError, match=f"{path}: row 1 does not say how a case stands"):
        read_standings(path)


def test_exports_that_are_out_keep_their_numbers_and_their_day(moving: Moving) -> None:
    made = Export(
        export="EXP-7", case=C1, person=PersonId("S-1"), user=SUPERVISOR, grant=GrantId("GRANT-1"), recipient="court",
        made_us=T0, destroy_by_us=T0 + DAY_US,
    )  # fmt: skip
    moving.old.room.exports.exports[made.export] = made
    moving.old.write_snapshot()
    new = moving.move()
    assert new.room.exports.exports == {"EXP-7": made}
    assert new.room.exports.n_made == 7


def test_what_came_in_a_package_is_sealed_under_its_case(moving: Moving) -> None:
    moving.days(170)
    new = moving.move()
    with new.reader.snapshot() as connection:
        stored = [row.body for row in connection.execute(select(RECORDS.c.body).where(RECORDS.c.kind == "event"))]
    assert stored
    assert all(key_of(body) is not None for body in stored)


def test_fixes_of_a_device_that_only_an_older_version_names_stay_when_they_are_sorted(moving: Moving) -> None:
    moving.days(20)
    moving.order(ImportCases(by=OTHER, cases=cases(case_document(1, subject={"person": "S-1", "device": "ANK-77"}))))
    new = moving.restarted()
    before = new.reader.n_fixes()
    new.renew(lambda: None)
    while new.is_deleting:
        new.settle()
    assert (before, len(new.archive.read(DeviceId("ANK-1"), 0, 2**62).fixes)) == (80, 20)
