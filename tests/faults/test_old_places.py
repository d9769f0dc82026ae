"""Where somebody called from goes with the other old positions: the call stays, its place is nowhere, and the rest can be lived again."""

import json
import shutil
import struct
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text
from test_shredding import KEY, everything

from backend_bridge.adapters import store_upkeep
from backend_bridge.adapters.backups import back_up, restore
from backend_bridge.adapters.case_files import cases_of_text
from backend_bridge.adapters.certificates import certificate_of, planned
from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.old_places import n_positions_too_old, positions_rewritten
from backend_bridge.adapters.rekeying import rekey
from backend_bridge.adapters.retention_rewrite import Rewritten
from backend_bridge.adapters.snapshot_child import unpacked
from backend_bridge.adapters.state_codec import encode
from backend_bridge.adapters.store_engine import open_engine
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.store_recording import StoreRecording
from backend_bridge.adapters.store_verify import verify
from backend_bridge.application.inbox import Act, ImportCases, Inbox, OpenSession, PutUser, ShellAct
from backend_bridge.application.outcome import Outcome
from backend_bridge.application.room import again
from backend_bridge.application.room_state import Room
from backend_bridge.domain.arrivals import Data, Hello, Lane, LinkUp
from backend_bridge.domain.commands import AcknowledgeAlarm, CloseAlarm, CloseIncident, Command, DecideDeletion, ProposeDeletion, WorkTask
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.identifiers import CaseId, DestructionId, DeviceId, GatewayName, UserId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.user import Role
from backend_bridge.domain.watching.watch import Watch

S = 1_000_000
DAY_US = 86_400 * S
T0 = 1_795_394_536 * S
KIM, LEE, NORTH = UserId("kim"), UserId("lee"), GatewayName("north")
FRENCH, KOREAN = DeviceId("VIC-1"), DeviceId("VIC-2")
OLD, YOUNG, KEPT = 43.21719, 43.31729, 36.41739
OLDER, YOUNGER = 43.51749, 43.61759
"""Latitudes of calls: in the French case two months ago and today, in the Korean one two months ago."""


def case(number: int, jurisdiction: str) -> dict[str, object]:
    return {
        "case": f"C-{number}",
        "jurisdiction": jurisdiction,
        "tier": "high",
        "subject": {"person": f"S-{number}", "device": f"ANK-{number}"},
        "protected": [{"person": f"V-{number}", "device": f"VIC-{number}"}],
        "order": {"basis": "other", "starts": "2026-01-01T00:00:00Z", "ends": "2027-11-01T00:00:00Z"},
        "zones": [{"zone": "Z1", "kind": "exclusion", "circle": {"lat": 10.0, "lon": 10.0, "radius_m": 100}}],
        "rings": [],
    }


class Calls:
    """A room in which people have called."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now_us, self.seq, self.n_proposals = folder, T0 - 61 * DAY_US, 0, 0
        folder.mkdir()
        self.open()
        people = [PutUser(by=KIM, user=name, person=f"human-{name}", role=Role.SUPERVISOR) for name in (KIM, LEE)]
        file = json.dumps({"format": "bongsu-case/1", "cases": [case(1, "FR"), case(2, "KR")]})
        self.step(orders=(*people, ImportCases(by=KIM, cases=cases_of_text(file, "test"))))
        self.greet()

    def open(self) -> None:
        self.durable = DurableRoom.open(self.folder, KEY, lambda: self.now_us)

    def greet(self) -> None:
        hello = Hello(gateway=NORTH, connection=b"1", lane=Lane.ALARMS, epoch=7, first=1, last=self.seq)
        self.step(arrivals=(LinkUp(gateway=NORTH, connection=b"1"), hello))

    def restart(self) -> None:
        self.durable.close()
        self.restart_in(self.folder)

    def restart_in(self, folder: Path) -> None:
        self.folder = folder
        self.open()
        self.greet()

    def step(self, **given: object) -> tuple[Outcome, ...]:
        self.now_us += S
        return self.durable.step(Inbox(**given))  # type: ignore[arg-type]  # what an inbox takes

    def said(self, *events: DeviceEvent) -> tuple[Outcome, ...]:
        self.seq += 1
        rows = np.arange(len(events), dtype=np.int32)
        message = Data(
            gateway=NORTH, connection=b"1", lane=Lane.ALARMS, epoch=7, seq=self.seq, fixes=None, events=events, kept_rows=rows, bad=()
        )
        return self.step(arrivals=(message,))

    def call(self, device: DeviceId, lat: float) -> DeviceEvent:
        place = LatLon(lat_deg=lat, lon_deg=127.25)
        return DeviceEvent(
            device=device, measured_us=self.now_us, kind=DeviceEventKind.SOS, place=place, accuracy_m=9.0, received_us=self.now_us
        )

    def act(self, command: Command) -> None:
        (reply,) = self.step(acts=(Act(act=self.now_us, user=KIM, seat="a", command=command),))[-1].replies
        assert reply.refusal is None, reply

    def close_alarms(self) -> None:
        """Somebody works all that is open, and it is off the list; an alarm that is open keeps its place."""
        room = self.durable.room
        self.step(news=(OpenSession(user=KIM, seat="a", desk="a", expires_us=self.now_us + DAY_US),))
        for alarm in tuple(room.alarms):
            self.act(AcknowledgeAlarm(alarm=alarm.alarm, reason="seen"))
        for incident in room.incidents.opened():
            while tasks := [task.rule for task in room.incidents.the(incident.incident).tasks if task.state == "open"]:
                self.act(WorkTask(incident=incident.incident, task=tasks[0].task, outcome=tasks[0].outcomes[0], note="done"))
            self.act(CloseIncident(incident=incident.incident, outcome="technical", note="done"))
        for alarm in tuple(room.alarms):
            self.act(CloseAlarm(alarm=alarm.alarm, outcome="technical", note="done"))
        assert not tuple(room.alarms)

    def decide(self) -> None:
        self.step(orders=(ShellAct(by=KIM, command=ProposeDeletion(reason="month is over")),))
        self.n_proposals += 1
        proposal = DestructionId(f"OLD-{self.n_proposals}")
        self.step(orders=(ShellAct(by=LEE, command=DecideDeletion(proposal=proposal, approve=True, reason="counted")),))

    def finish(self) -> None:
        while self.durable.is_deleting:
            self.step()
            time.sleep(0.01)  # what is written anew is made by a thread and a process beside


@pytest.fixture
def calls(tmp_path: Path) -> Iterator[Calls]:
    room = Calls(tmp_path / "room")
    battery = replace(room.call(FRENCH, 0.0), kind=DeviceEventKind.BATTERY, value=40.0, place=None, accuracy_m=None)
    room.first = room.call(FRENCH, OLD)
    room.said(room.first, battery, room.call(KOREAN, KEPT))
    room.close_alarms()
    room.now_us = T0
    room.said(room.call(FRENCH, YOUNG))
    room.close_alarms()
    room.now_us += 7200 * S  # the calls are over, and with them what the room holds of them
    room.step()
    room.durable.write_snapshot()
    room.restart()
    yield room
    room.durable.close()


def forms(lat: float) -> tuple[bytes, ...]:
    return str(lat).encode(), struct.pack("<d", lat), struct.pack(">d", lat)


def places_in(calls: Calls) -> set[float]:
    """Which of the calls' places can be found by whoever has the store's key and all keys that are left."""
    snapshots = [encode(unpacked(record.body)) for record in calls.durable.reader.newest_first("snapshot")]
    haystack = everything(calls.folder) + b"".join(snapshots)
    return {lat for lat in (OLD, YOUNG, KEPT) if any(form in haystack for form in forms(lat))}


def lived_again(room: DurableRoom) -> list[tuple[str, float | None]]:
    """The calls of a life that is lived again from the store, and where each was."""
    watched = Room(Watch.empty())
    found = []
    for taken in StoreRecording(room.reader, room.archive).steps(0):
        again(watched, taken)
        events = (event for kept in taken.kept for event in kept.events if event.kind is DeviceEventKind.SOS)
        found += [(str(event.device), None if event.place is None else event.place.lat_deg) for event in events]
    return found


def test_the_place_of_an_old_call_is_nowhere_and_the_call_and_every_other_place_is_there(calls: Calls) -> None:
    assert places_in(calls) == {OLD, YOUNG, KEPT}
    calls.decide()
    calls.finish()
    calls.durable.write_snapshot()
    assert places_in(calls) == {YOUNG, KEPT}
    with calls.durable.reader.snapshot() as connection:
        assert verify(connection, [], lambda _: None).bad is None
    assert lived_again(calls.durable) == [("VIC-1", None), ("VIC-2", KEPT), ("VIC-1", YOUNG)]
    raised = [json.loads(line)["because"] for _, line in calls.durable.reader.lines(0) if b'"raised"' in line and b'"sos"' in line]
    assert [figures.get("lat_deg") for figures in raised] == [None, KEPT, YOUNG]
    done = next(json.loads(line) for _, line in calls.durable.reader.lines(0) if b'"retention-done"' in line)
    assert (done["n_fixes"], done["n_devices"]) == (1, 1)


def test_a_copy_and_a_new_key_hold_what_was_kept_and_no_more(calls: Calls, tmp_path: Path) -> None:
    calls.decide()
    calls.finish()
    calls.durable.write_snapshot()
    back_up(calls.durable.reader, calls.durable.keys, tmp_path / "copy.db")
    before = lived_again(calls.durable)
    calls.durable.close()
    restore(tmp_path / "copy.db", tmp_path / "new")
    rekey(calls.folder, KEY, KEY[::-1])
    for folder, key in ((tmp_path / "new", KEY), (calls.folder, KEY[::-1])):
        calls.durable = DurableRoom.open(folder, key, lambda: calls.now_us)
        assert lived_again(calls.durable) == before == [("VIC-1", None), ("VIC-2", KEPT), ("VIC-1", YOUNG)]
        with calls.durable.reader.snapshot() as connection:
            assert verify(connection, [], lambda _: None).bad is None
        calls.durable.close()
    calls.restart_in(tmp_path / "new")
    assert places_in(calls) == {YOUNG, KEPT}


def test_an_entry_that_loses_its_text_without_a_decision_is_found(calls: Calls) -> None:
    calls.decide()
    calls.finish()
    with open_engine(calls.folder, KEY).begin() as connection:
        connection.execute(text("UPDATE entries SET payload = NULL, salt = NULL WHERE n = 3"))
    with calls.durable.reader.snapshot() as connection:
        assert str(verify(connection, [], lambda _: None).bad).startswith("entry 3: ")


def test_a_place_counts_before_it_goes_and_no_more_after_it(calls: Calls) -> None:
    limits = {FRENCH: T0 - DAY_US, KOREAN: 0}
    assert n_positions_too_old(calls.durable.reader, [], limits) == {FRENCH: 1}
    calls.decide()
    calls.finish()
    assert n_positions_too_old(calls.durable.reader, [], limits) == {}


def test_a_crash_in_the_middle_is_gone_on_with_and_a_call_that_comes_again_is_not_new(calls: Calls) -> None:
    calls.decide()
    assert calls.durable.is_deleting
    calls.restart()
    calls.finish()
    told = calls.said(calls.first)
    assert not any(kept.events for outcome in told for kept in outcome.taken.kept)
    calls.durable.write_snapshot()
    assert places_in(calls) == {YOUNG, KEPT}
    with calls.durable.reader.snapshot() as connection:
        assert verify(connection, [], lambda _: None).bad is None


def test_a_second_deletion_takes_the_place_that_was_too_young_for_the_first(calls: Calls) -> None:
    calls.decide()
    calls.finish()
    calls.now_us += 40 * DAY_US
    calls.said(calls.call(KOREAN, KEPT))  # where somebody called from is known to the room until the next is heard of
    calls.decide()
    calls.finish()
    calls.durable.write_snapshot()
    assert places_in(calls) == {KEPT}
    assert lived_again(calls.durable) == [("VIC-1", None), ("VIC-2", KEPT), ("VIC-1", None), ("VIC-2", KEPT)]


def certified(calls: Calls, proposal: str = "OLD-1") -> dict[str, object]:
    """What the certificate says, but for when."""
    document = json.loads(json.loads(certificate_of(calls.durable.reader, DestructionId(proposal))[1])["certificate"])
    return {name: document[name] for name in ("erased", "erased_sha256")}


def test_a_restart_in_the_middle_loses_no_count_of_what_went(calls: Calls, tmp_path: Path) -> None:
    calls.durable.close()
    twin = tmp_path / "twin"
    shutil.copytree(calls.folder, twin)
    calls.restart_in(calls.folder)
    calls.decide()
    calls.finish()
    whole = certified(calls)
    calls.durable.close()
    calls.restart_in(twin)
    calls.n_proposals = 0
    calls.decide()
    while not calls.durable.reader.newest("retired"):
        calls.step()
        time.sleep(0.01)  # what is written anew is made by a thread and a process beside
    assert calls.durable.is_deleting
    calls.durable.write_snapshot()
    calls.restart()
    calls.finish()
    assert certified(calls) == whole
    assert whole["erased"] == {"fixes": 1, "devices": 1, "rows": 3}
    done = next(json.loads(line) for _, line in calls.durable.reader.lines(0) if b'"retention-done"' in line)
    assert (done["n_fixes"], done["n_devices"], done["n_records"]) == (1, 1, 3)


@pytest.mark.parametrize("when", ["before it is made", "before it is written"])
def test_a_case_that_is_destroyed_meanwhile_stays_destroyed(calls: Calls, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    def meanwhile(reader: StoreReader, kept_from_us: Mapping[DeviceId, int]) -> Iterator[Rewritten]:
        if when == "before it is made":
            made = reader.events_before
            monkeypatch.setattr(reader, "events_before", lambda *of: iter([*made(*of), calls.durable.keys.destroy(CaseId("C-1"))][:-1]))
        for share in positions_rewritten(reader, kept_from_us):
            calls.durable.keys.destroy(CaseId("C-1"))
            yield share

    monkeypatch.setattr(store_upkeep, "positions_rewritten", meanwhile)
    n_before = calls.durable.last_n
    calls.decide()
    calls.finish()
    assert "C-1" not in calls.durable.keys.cases(), "no key is made for it"
    called = encode(replace(calls.first, place=None, accuracy_m=None))
    assert called not in everything(calls.folder)
    assert b'"sos"' not in b"".join(line for n, line in calls.durable.reader.lines(0) if n <= n_before and b'"C-1"' in line)
    assert places_in(calls) & {OLD} == set()
    with calls.durable.reader.snapshot() as connection:
        assert verify(connection, [], lambda _: None).bad is None


def test_a_younger_call_of_the_same_turn_keeps_its_place(calls: Calls) -> None:
    long_ago = replace(calls.call(FRENCH, OLDER), kind=DeviceEventKind.JAMMING, measured_us=calls.now_us - 50 * DAY_US)
    calls.said(long_ago, calls.call(FRENCH, YOUNGER))
    calls.close_alarms()
    calls.decide()
    calls.finish()
    said = [json.loads(line).get("because") for _, line in calls.durable.reader.lines(0)]
    assert any(isinstance(figures, dict) and figures.get("cause") == "jamming" for figures in said), "its entry is there"
    places = {figures["lat_deg"] for figures in said if isinstance(figures, dict) and "lat_deg" in figures}
    assert YOUNGER in places
    assert not places & {OLD, OLDER}


def test_the_plan_of_a_destruction_counts_each_event_once_after_its_place_went(calls: Calls) -> None:
    before = planned(calls.durable.reader, calls.durable.archive, CaseId("C-1"), (FRENCH,))
    calls.decide()
    calls.finish()
    after = planned(calls.durable.reader, calls.durable.archive, CaseId("C-1"), (FRENCH,))
    assert after["events"] == before["events"] == {FRENCH: 3}
