"""After a destruction nothing of the case is left to whoever has the store's key, every file and every copy: searched for byte by byte."""

import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import select

from backend_bridge.adapters.artefacts import Artefact, absolute, artefact_record
from backend_bridge.adapters.backups import back_up, keys_beside, restore
from backend_bridge.adapters.case_files import cases_of_text
from backend_bridge.adapters.case_keys import FILE_NAME as KEYS_NAME
from backend_bridge.adapters.case_keys import CaseKeys
from backend_bridge.adapters.certificates import certificate_of, is_genuine
from backend_bridge.adapters.destroyed_list import destroy_again, destroyed_cases
from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.erasure import Eraser
from backend_bridge.adapters.fix_archive import FixArchive
from backend_bridge.adapters.sealing import key_of, opened, parts_of
from backend_bridge.adapters.store_engine import open_engine
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.store_schema import ENTRIES, RECORDS
from backend_bridge.adapters.store_verify import verify
from backend_bridge.adapters.stored_fixes import StoredFixes
from backend_bridge.adapters.time_text import us_of_text
from backend_bridge.application.inbox import Act, Ask, EndOrder, ImportCases, Inbox, NoteByOffice, OpenSession, PutUser, ShellAct, ShowInApp
from backend_bridge.application.outcome import Outcome
from backend_bridge.bootstrap.destructions import erase, finish_at_once, note_of
from backend_bridge.domain.arrivals import Data, Hello, Lane, LinkUp
from backend_bridge.domain.commands import (
    AcknowledgeAlarm,
    AddNote,
    BreakGlass,
    CloseAlarm,
    CloseIncident,
    Command,
    DecideDestruction,
    DecideRequest,
    EndGrant,
    PlaceHold,
    RequestDestruction,
    WorkTask,
)
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import (
    AlarmId,
    CaseId,
    DestructionId,
    DeviceId,
    GatewayName,
    GrantId,
    IncidentId,
    PersonId,
    RequestId,
    UserId,
)
from backend_bridge.domain.note import NoteAbout, Statement
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import Search
from backend_bridge.domain.retention import Ground
from backend_bridge.domain.user import Role

KEY = bytes(range(32))
S = 1_000_000
T0 = 1_795_394_536 * S
PAGE, RESERVE = 4096, 80
DOOMED, OTHER = CaseId("KR-SE-2026-0001"), CaseId("KR-SE-2026-0002")
KIM, LEE, DES, NORTH = UserId("kim"), UserId("lee"), DestructionId("DES-1"), GatewayName("north")
DEVICES = tuple(DeviceId(name) for name in ("ANK-1", "VIC-1", "ANK-2", "VIC-2"))
CANARIES = ("NAME", "PHONE", "ADDRESS", "STATION", "OFFICER", "DUTY", "ZONE", "REASON", "NOTE", "TASK", "CLOSE")


def case(number: int, lat: float) -> dict[str, object]:
    """A case in a region of its own, every text of it a canary."""
    centre = {"lat": lat, "lon": 127.25}
    return {
        "case": f"KR-SE-2026-{number:04}",
        "jurisdiction": "KR",
        "tier": "high",
        "subject": {"person": f"S-{number}", "device": f"ANK-{number}"},
        "protected": [{"person": f"V-{number}", "device": f"VIC-{number}"}],
        "people": [{"person": f"V-{number}", "name": f"CANARYNAME{number}", "phones": [f"CANARYPHONE{number}"], "relation": None}],
        "places": [{"place": "P1", "person": f"V-{number}", "kind": "home", "address": f"CANARYADDRESS{number}", **centre}],
        "responsible": {"police_station": f"CANARYSTATION{number}", "officer": f"CANARYOFFICER{number}", "phone": f"CANARYDUTY{number}"},
        "order": {"basis": "interim-measure-3-2", "starts": "2026-11-01T00:00:00Z", "ends": "2027-11-01T00:00:00Z"},
        "zones": [{"zone": "Z1", "kind": "exclusion", "label": f"CANARYZONE{number}", "circle": {**centre, "radius_m": 300}}],
        "rings": [{"ring": "R1", "about": f"V-{number}", "distance_m": 500, "effect": "alarm"}],
    }


LATE_WORDS: tuple[Command, ...] = (
    RequestDestruction(case=DOOMED, ground=Ground.ACQUITTED, reason="CANARYLATE"),
    PlaceHold(case=DOOMED, reason="CANARYLATE", until_us=T0 + 10**13),
    BreakGlass(person=PersonId("V-1"), case=DOOMED, purpose=Purpose.STALKING_CRIME, reason="CANARYLATE"),
    AcknowledgeAlarm(alarm=AlarmId(f"{DOOMED}/proximity/R1/1"), reason="CANARYLATE"),
    CloseIncident(incident=IncidentId("INC-999"), outcome="technical", note="CANARYLATE"),
    DecideRequest(request=RequestId("REQ-999"), decision="refuse", reason="CANARYLATE"),
    EndGrant(grant=GrantId("GR-999"), reason="CANARYLATE"),
)
"""What somebody may still write about a case that is destroyed, or about something of it."""


LATS = {1: 43.2171, 2: 36.3512}


def batch(names: tuple[DeviceId, ...], lats: np.ndarray, now_us: int, step: int) -> FixBatch:
    n = len(names)
    return FixBatch(
        device_names=names,
        device=np.arange(n, dtype=np.int32),
        measured_us=np.full(n, now_us - S, np.int64),
        lat_deg=lats.astype(np.float64),
        lon_deg=np.full(n, 127.25),
        accuracy_m=np.full(n, 8.0, np.float32),
        speed_mps=np.full(n, 1.0, np.float32),
        course_deg=np.full(n, np.nan, np.float32),
        moving=np.ones(n, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=np.full(n, step, np.uint64),
        has_device_seq=np.ones(n, np.bool_),
        received_us=np.full(n, now_us, np.int64),
    )


class Life:
    """A room that lives a while with two cases."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now_us, self.seq, self.n_acts = folder, T0, {Lane.POSITIONS: 0, Lane.ALARMS: 0}, 0
        folder.mkdir(exist_ok=True)
        self.durable = DurableRoom.open(folder, KEY, lambda: self.now_us)
        people = [PutUser(by=KIM, user=name, person=f"human-{name}", role=Role.SUPERVISOR) for name in (KIM, LEE)]
        text = json.dumps({"format": "bongsu-case/1", "cases": [case(number, lat) for number, lat in LATS.items()]})
        self.step(orders=(*people, ImportCases(by=KIM, cases=cases_of_text(text, "test"))))
        self.step(news=(OpenSession(user=KIM, seat="a", desk="a", expires_us=T0 + 10**13),))
        hellos = [Hello(gateway=NORTH, connection=b"1", lane=lane, epoch=7, first=1, last=0) for lane in self.seq]
        self.step(arrivals=(LinkUp(gateway=NORTH, connection=b"1"), *hellos))

    def step(self, *, seconds: int = 1, **given: object) -> Outcome:
        self.now_us += seconds * S
        return self.durable.step(Inbox(**given))[-1]  # type: ignore[arg-type]

    def data(self, lane: Lane, fixes: FixBatch | None, events: tuple[DeviceEvent, ...] = ()) -> Data:
        self.seq[lane] += 1
        rows = np.arange(len(events) if fixes is None else len(fixes), dtype=np.int32)
        seq = self.seq[lane]
        return Data(gateway=NORTH, connection=b"1", lane=lane, epoch=7, seq=seq, fixes=fixes, events=events, kept_rows=rows, bad=())

    def walk(self, n: int) -> None:
        """Everybody moves, each in their own region; the wearer of each case comes near and leaves."""
        for step in range(n):
            away = 0.004 * np.cos(step / 5.0)
            lats = np.array([LATS[1] + away, LATS[1], LATS[2] + away, LATS[2]])
            self.step(seconds=10, arrivals=(self.data(Lane.POSITIONS, batch(DEVICES, lats, self.now_us, step)),))

    def sos(self) -> None:
        place = LatLon(lat_deg=LATS[1], lon_deg=127.25)
        event = DeviceEvent(
            device=DeviceId("VIC-1"),
            measured_us=self.now_us,
            kind=DeviceEventKind.SOS,
            place=place,
            accuracy_m=9.0,
            received_us=self.now_us,
        )
        self.step(arrivals=(self.data(Lane.ALARMS, None, (event,)),))

    def act(self, command: Command) -> None:
        self.n_acts += 1
        (reply,) = self.step(acts=(Act(act=self.n_acts, user=KIM, seat="a", command=command),)).replies
        assert reply.refusal in {None, "still-active", "tasks-open", "already-acknowledged", "unknown-alarm"}, (command, reply)

    def look_for(self, text: str) -> None:
        self.n_acts += 1
        self.step(acts=(Ask(act=self.n_acts, user=KIM, seat="a", query=Search(text=text)),))

    def restart(self) -> None:
        """Stop as a bridge does, and begin again where it was."""
        self.durable.write_snapshot()
        self.durable.close()
        self.durable = DurableRoom.open(self.folder, KEY, lambda: self.now_us)
        hellos = [Hello(gateway=NORTH, connection=b"1", lane=lane, epoch=7, first=1, last=self.seq[lane]) for lane in self.seq]
        self.step(arrivals=(LinkUp(gateway=NORTH, connection=b"1"), *hellos))

    def close_everything(self) -> None:
        """Work every alarm and incident of the doomed case to its end, with notes."""
        room = self.durable.room
        for row in [row for row in room.alarms if row.newest.case == DOOMED]:
            self.act(AcknowledgeAlarm(alarm=row.alarm, reason="CANARYREASON1"))
        for incident in [each for each in room.incidents.opened() if each.case == DOOMED]:
            self.act(AddNote(incident=incident.incident, text="CANARYNOTE1", about=NoteAbout.WEARER, statement=Statement.FACT))
            for task in room.incidents.the(incident.incident).tasks:
                if task.state == "open":
                    self.act(WorkTask(incident=incident.incident, task=task.rule.task, outcome=task.rule.outcomes[0], note="CANARYTASK1"))
            for task in room.incidents.the(incident.incident).tasks:
                if task.state == "open":
                    self.act(WorkTask(incident=incident.incident, task=task.rule.task, outcome=task.rule.outcomes[0], note="CANARYTASK1"))
            self.act(CloseIncident(incident=incident.incident, outcome="technical", note="CANARYCLOSE1"))
        for row in [row for row in room.alarms if row.newest.case == DOOMED]:
            self.act(CloseAlarm(alarm=row.alarm, outcome="technical", note="CANARYCLOSE1"))

    def destroy(self) -> None:
        self.step(orders=(EndOrder(by=LEE, case=DOOMED, at_us=self.now_us, reason="acquitted CANARYNO"),))
        self.close_everything()
        assert not [row for row in self.durable.room.alarms if row.newest.case == DOOMED]
        self.step(orders=(ShellAct(by=LEE, command=RequestDestruction(case=DOOMED, ground=Ground.ACQUITTED, reason="final")),))
        self.step(orders=(ShellAct(by=KIM, command=DecideDestruction(destruction=DES, approve=True, reason="checked")),))
        finish_at_once(self.durable, KEY, self.folder.parent / "second")


def pages(path: Path) -> Iterator[bytes]:
    """Every page of an SQLCipher file or of its write-ahead log as whoever has the key reads it, free pages and remnants too."""
    if not path.exists():
        return
    raw = path.read_bytes()
    starts = range(32 + 24, len(raw), PAGE + 24) if path.name.endswith("-wal") else range(0, len(raw), PAGE)
    for start in starts:
        page = raw[start : start + PAGE]
        for skip in (0, 16):  # the first page begins with the salt
            body = page[skip : PAGE - RESERVE]
            if len(page) == PAGE:
                vector = page[PAGE - RESERVE : PAGE - RESERVE + 16]
                yield Cipher(algorithms.AES(KEY), modes.CBC(vector)).decryptor().update(body)


def contents(folder: Path) -> Iterator[bytes]:
    """Everything that can be read with the store's key and the keys that are left."""
    keys = CaseKeys(folder / KEYS_NAME, KEY, read_only=True)
    engine = open_engine(folder, KEY, read_only=True)
    with engine.connect() as connection:
        bodies = [*connection.execute(select(RECORDS.c.body)).scalars(), *connection.execute(select(ENTRIES.c.payload)).scalars()]
    for stored in bodies:
        for _, _, part in [("", 0, stored)] if stored is None or parts_of(stored) is None else parts_of(stored) or []:
            plain = None if part is None else opened(keys, part)
            if plain is not None:
                yield plain
                if plain[:2] == b"x\x01":
                    yield zlib.decompress(plain)
    keys.close()
    engine.dispose()


def readable_without_keys(folder: Path) -> Iterator[bytes]:
    """What lies in the store under no key but its own."""
    engine = open_engine(folder, KEY, read_only=True)
    with engine.connect() as connection:
        bodies = [*connection.execute(select(RECORDS.c.body)).scalars(), *connection.execute(select(ENTRIES.c.payload)).scalars()]
    engine.dispose()
    for stored in bodies:
        parts = None if stored is None else parts_of(stored)
        yield from (part for part in ([stored] if parts is None else [part for _, _, part in parts]) if part and key_of(part) is None)


def everything(folder: Path) -> bytes:
    parts = [*contents(folder)]
    for path in folder.rglob("*"):
        if path.is_file():
            parts.append(path.read_bytes())
            if path.name.startswith("store.db"):
                parts.extend(pages(path))
    return b"\0".join(parts)


def found(haystack: bytes, number: int) -> dict[str, int]:
    """How often each canary of a case occurs: its texts, and its places in every form that a number is written in."""
    texts = [f"CANARY{what}{number}" for what in CANARIES]
    lat = LATS[number]
    forms = {"text": str(lat).encode(), "little": struct.pack("<d", lat), "big": struct.pack(">d", lat)}
    counts = {text: haystack.count(text.encode()) for text in texts} | {name: haystack.count(form) for name, form in forms.items()}
    return {name: n for name, n in counts.items() if n}


def near(folder: Path, number: int) -> int:
    """Figures of what can be read that are within a kilometre of where the case's people were: positions that were derived."""
    n = 0
    for plain in contents(folder):
        for shift in range(8):
            for order in ("<f8", ">f8"):
                size = (len(plain) - shift) // 8
                figures = np.frombuffer(plain, order, size, shift) if size > 0 else np.zeros(0)
                n += int(((figures > LATS[number] - 0.01) & (figures < LATS[number] + 0.01)).sum())
    return n


@dataclass(frozen=True, slots=True)
class Shredded:
    """A room before and after a destruction, with a copy from before."""

    folder: Path
    copy: Path
    recording: Path
    before: dict[str, int]
    near_before: int
    text: str
    signed: str
    reader: StoreReader


def write_package(base: Path) -> None:
    """A package that was moved to another disk, with a link where it was, and in it one to a file that is no part of it."""
    package = base / "disk" / "package"
    package.mkdir(parents=True)
    (package / "manifest.json").write_text('{"format": "bongsu-package/1"}')
    (package / "cases.jsonl").write_text("CANARYNAME1")
    (base / "notes.txt").write_text("somebody else's")
    (package / "notes.txt").symlink_to(base / "notes.txt")
    (base / "package").symlink_to(package)


@pytest.fixture(scope="module")
def shredded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shredded]:
    base = tmp_path_factory.mktemp("shred")
    life = Life(base / "room")
    life.walk(40)
    life.sos()
    life.look_for("CANARYNAME1")
    life.restart()
    life.walk(15)
    recording = base / "all.bongsu"
    for path in (recording, base / "all.bongsu.key"):
        path.write_text('{"format": "bongsu-recording/1"}\nCANARYNAME1')
    (base / "mine.bongsu").write_text("somebody else's")
    write_package(base)
    copy = base / "copy.db"
    made = [
        Artefact(what="backup", path=absolute(copy), keys=absolute(keys_beside(copy))),
        Artefact(what="recording", path=absolute(recording), keys=absolute(base / "all.bongsu.key")),
        Artefact(what="recording", path=absolute(base / "mine.bongsu")),
        Artefact(what="package", path=str(base / "package")),
        Artefact(what="export", path="/nowhere/out.bongsu-export", cases=(DOOMED,)),
    ]
    life.durable.step(Inbox(), [artefact_record(each) for each in made])
    back_up(life.durable.reader, life.durable.keys, copy)
    far = base / "far"
    far.mkdir()
    back_up(life.durable.reader, life.durable.keys, far / "copy.db")
    before, near_before = found(everything(life.folder), 1), near(life.folder, 1)
    life.destroy()
    life.walk(5)
    text, signed = certificate_of(life.durable.reader, DES)
    life.durable.close()
    reader = StoreReader.open(life.folder, KEY)
    yield Shredded(life.folder, copy, recording, before, near_before, text, signed, reader)
    reader.close()


def test_the_canaries_are_there_before_and_nowhere_afterwards(shredded: Shredded) -> None:
    assert {"CANARYNAME1", "CANARYPHONE1", "CANARYADDRESS1", "little"} <= set(shredded.before)
    assert found(everything(shredded.folder), 1) == {}
    assert shredded.near_before > 100
    assert near(shredded.folder, 1) == 0


def test_the_other_case_lost_nothing(shredded: Shredded) -> None:
    left = found(everything(shredded.folder), 2)
    assert {"CANARYNAME2", "CANARYADDRESS2", "little"} <= set(left)
    assert sum(len(part.fixes) for part in _of(shredded.reader, "ANK-2")) == 60
    assert sum(len(part.fixes) for part in _of(shredded.reader, "ANK-1")) == 0


def test_the_log_still_verifies_and_says_what_was_erased(shredded: Shredded) -> None:
    with shredded.reader.snapshot() as connection:
        assert verify(connection, [], lambda _: None).bad is None
    entries = [json.loads(line) for _, line in shredded.reader.lines(0)]
    assert {frozenset(entry) for entry in entries if entry["event"] == "erased"} == {frozenset({"n", "at", "event"})}
    times = [us_of_text(entry["at"]) for entry in entries]
    assert times == sorted(times)
    done = next(entry for entry in entries if entry["event"] == "destruction-done")
    assert (done["case"], done["n_unreached"]) == (DOOMED, 2)
    assert done["n_keys"] > 0


def test_nothing_gives_a_case_a_key_again_and_nothing_written_of_it_stays_readable_once_its_keys_are_gone(tmp_path: Path) -> None:
    life = Life(tmp_path / "room")
    life.walk(20)
    life.step(orders=(EndOrder(by=LEE, case=DOOMED, at_us=life.now_us, reason="acquitted"),))
    life.close_everything()
    life.step(orders=(ShellAct(by=LEE, command=RequestDestruction(case=DOOMED, ground=Ground.ACQUITTED, reason="final")),))
    life.step(orders=(ShellAct(by=KIM, command=DecideDestruction(destruction=DES, approve=True, reason="checked")),))
    (one,) = life.durable.room.destructions.approved()
    done: list[bool] = []
    life.durable.renew(lambda: done.append(True))
    while not done:
        life.step()
    erased = erase(Eraser(life.durable.keys, life.durable.reader, KEY, tmp_path / "second"), one, [], life.now_us)

    def live_on() -> None:
        life.walk(2)
        life.sos()
        late = batch(DEVICES, np.array([LATS[1], LATS[1], LATS[2], LATS[2]]), life.now_us - 1800 * S, 999)
        life.step(arrivals=(life.data(Lane.POSITIONS, late),))
        for command in LATE_WORDS:
            life.n_acts += 1
            (reply,) = life.step(acts=(Act(act=life.n_acts, user=KIM, seat="a", command=command),)).replies
            assert reply.refusal is not None
        again = RequestDestruction(case=DOOMED, ground=Ground.ACQUITTED, reason="CANARYLATE")
        life.step(orders=(EndOrder(by=LEE, case=DOOMED, at_us=life.now_us, reason="CANARYLATE"), ShellAct(by=LEE, command=again)))
        life.step(orders=(NoteByOffice(by=LEE, case=DOOMED, person=None, label="NO_SHOW", text="CANARYLATE"),))
        shown = ShowInApp(
            case=DOOMED, about=PersonId("V-1"), subject=PersonId("S-1"), device=None, detail="distance", within_m=None, distance_m=None
        )
        life.step(news=(shown,))
        assert life.durable.keys.cases() == {OTHER}
        assert [part for part in readable_without_keys(life.folder) if b"CANARYLATE" in part] == []

    live_on()
    life.step(orders=(note_of(one, erased),))
    live_on()
    life.restart()
    live_on()
    life.durable.close()


def test_the_copy_from_before_gives_nothing_either(shredded: Shredded, tmp_path: Path) -> None:
    restore(shredded.copy, tmp_path / "new")
    assert found(everything(tmp_path / "new"), 1) == {}
    assert near(tmp_path / "new", 1) == 0
    assert "CANARYNAME2" in found(everything(tmp_path / "new"), 2)


def test_a_copy_that_was_out_of_reach_forgets_when_it_is_restored(shredded: Shredded, tmp_path: Path) -> None:
    restore(shredded.copy.parent / "far" / "copy.db", tmp_path / "new")
    assert "CANARYNAME1" in found(everything(tmp_path / "new"), 1)
    assert destroy_again(tmp_path / "new", KEY, destroyed_cases(shredded.copy.parent / "second")) > 0
    assert found(everything(tmp_path / "new"), 1) == {}
    assert "CANARYNAME2" in found(everything(tmp_path / "new"), 2)


def test_files_that_the_bridge_made_are_destroyed_and_those_out_of_reach_are_named(shredded: Shredded) -> None:
    assert not shredded.recording.exists()
    assert (shredded.folder.parent / "mine.bongsu").read_text() == "somebody else's"
    assert "/nowhere/out.bongsu-export" in shredded.text


def test_a_package_is_destroyed_where_it_was_moved_to_but_not_what_a_link_in_it_leads_to(shredded: Shredded) -> None:
    base = shredded.folder.parent
    assert list((base / "disk").iterdir()) == []
    assert (base / "notes.txt").read_text() == "somebody else's"


def test_the_certificate_is_signed_and_one_changed_letter_is_seen(shredded: Shredded) -> None:
    assert is_genuine(shredded.signed.encode())
    assert not is_genuine(shredded.signed.replace("acquitted", "Acquitted").encode())
    assert DOOMED in shredded.text


def test_a_restart_goes_on_without_the_case(shredded: Shredded, tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    for path in shredded.folder.iterdir():
        (room / path.name).write_bytes(path.read_bytes())
    again = DurableRoom.open(room, KEY, lambda: T0 * 2)
    assert set(again.room.registry.held) == {OTHER}
    assert again.room.destructions.the(DES).state == "done"
    again.close()


def _of(reader: StoreReader, device: str) -> list[StoredFixes]:
    archive = FixArchive(reader)
    archive.restore()
    return [archive.read(DeviceId(device), 0, 2**62)]
