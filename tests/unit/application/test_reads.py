"""Looking something up: allowed by the one table, written down first, cut to what is allowed."""

import json

import pytest
from room_builder import ANKLET, CASE, OPERATOR, PHONE, PROTECTED, SUPERVISOR, T0, WEARER, Desk, S, change, entries

from backend_bridge.application.answers import Found, answer
from backend_bridge.application.inbox import Inbox, NoteShellRead, UnitReport
from backend_bridge.application.outcome import Outcome
from backend_bridge.domain.commands import AcknowledgeAlarm, BreakGlass, DecideRequest, RequestAccess
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, IncidentId, PersonId, RequestId, UnitId, UserId
from backend_bridge.domain.outcomes.access_events import DataRead
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import NotePaper, PreparePaper, RankUnits, ReadLog, ReadTrack, Reveal, Search, SignReport


class Shelf:
    """Records that say what they were asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def fixes(self, device: DeviceId, from_us: int, to_us: int) -> FixBatch:
        self.asked.append((device, from_us, to_us))
        return FixBatch.empty()

    def log_lines(self, since: int, limit: int) -> tuple[str, ...]:
        self.asked.append((since, limit))
        return ("{}",)

    def whole_lines(self) -> tuple[str, ...]:
        return ()

    def signed_report(self, incident: IncidentId, sha256: str, now_us: int) -> str:
        self.asked.append((incident, sha256, now_us))
        return "signed"


def read_of(outcome: Outcome) -> DataRead:
    (event,) = [event for event in outcome.events if isinstance(event, DataRead)]
    return event


def found(desk: Desk, outcome: Outcome, user: UserId = OPERATOR, shelf: Shelf | None = None) -> Found | None:
    return answer(outcome.replies[0], desk.room.duty.user(user), desk.room, shelf or Shelf())


def track_of(desk: Desk, device: DeviceId, purpose: Purpose = Purpose.COMPLIANCE) -> ReadTrack:
    return ReadTrack(device=device, case=CASE, from_us=desk.now_us - 7 * 86_400 * S, to_us=desk.now_us + S, purpose=purpose)


def test_the_wearers_trail_of_routine_is_cut_to_thirty_minutes() -> None:
    desk = Desk()
    outcome = desk.ask(OPERATOR, track_of(desk, ANKLET))
    event = read_of(outcome)
    assert (event.user, event.what, event.person, event.device, event.allowed, event.purpose) == (
        OPERATOR, "track", WEARER, ANKLET, True, Purpose.COMPLIANCE,
    )  # fmt: skip
    assert event.from_us == desk.now_us - 30 * 60 * S
    shelf = Shelf()
    track = found(desk, outcome, shelf=shelf)
    assert track is not None
    assert track.track is not None
    assert track.track.masked
    assert shelf.asked == [(ANKLET, event.from_us, event.to_us)]


def test_the_protected_persons_trail_needs_an_alarm_and_a_refusal_is_written_down_too() -> None:
    desk = Desk()
    refused = desk.ask(OPERATOR, track_of(desk, PHONE))
    assert refused.replies[0].refusal == "not-allowed"
    assert not read_of(refused).allowed
    assert found(desk, refused) is None
    desk.raises(change())
    allowed = read_of(desk.ask(OPERATOR, track_of(desk, PHONE)))
    assert allowed.allowed
    assert allowed.why == "alarm"


def test_another_purpose_than_routine_needs_a_grant_even_while_an_alarm_is_open() -> None:
    desk = Desk()
    desk.raises(change())
    assert desk.ask(OPERATOR, track_of(desk, ANKLET, Purpose.STALKING_CRIME)).replies[0].refusal == "not-allowed"


@pytest.mark.parametrize(("field", "value"), [("name", ("김가온",)), ("phones", ("010-0000-0001",)), ("addresses", ("가온로 1",))])
def test_names_numbers_and_addresses_are_shown_with_an_alarm_and_each_showing_is_an_entry(field: str, value: tuple[str, ...]) -> None:
    desk = Desk()
    query = Reveal(case=CASE, person=PROTECTED, field=field)
    assert desk.ask(OPERATOR, query).replies[0].refusal == "not-allowed"
    desk.raises(change())
    outcome = desk.ask(OPERATOR, query)
    assert entries(outcome) == ["read"]
    assert found(desk, outcome) == Found(texts=value)


def test_a_name_is_found_only_by_those_who_may_see_it() -> None:
    desk = Desk()
    assert found(desk, desk.ask(OPERATOR, Search(text="가온"))) == Found(hits=())
    desk.raises(change())
    hits = found(desk, desk.ask(OPERATOR, Search(text="가온")))
    assert hits is not None
    assert {hit.what for hit in hits.hits or ()} == {"person", "place"}


def test_codes_are_always_found_and_say_no_position() -> None:
    desk = Desk()
    hits = found(desk, desk.ask(OPERATOR, Search(text="-0001")))
    assert hits is not None
    assert {(hit.what, hit.key) for hit in hits.hits or ()} == {
        ("case", CASE), ("person", WEARER), ("person", PROTECTED), ("device", ANKLET), ("device", PHONE),
    }  # fmt: skip
    assert all(hit.position is None for hit in hits.hits or ())


def test_what_was_searched_for_does_not_stand_in_the_log() -> None:
    desk = Desk()
    assert "가온" not in repr(read_of(desk.ask(OPERATOR, Search(text="가온"))))


def test_the_log_is_for_supervisors_and_auditors() -> None:
    desk = Desk()
    assert desk.ask(OPERATOR, ReadLog(since=0)).replies[0].refusal == "not-allowed"
    outcome = desk.ask(SUPERVISOR, ReadLog(since=5, limit=10**9))
    shelf = Shelf()
    assert found(desk, outcome, SUPERVISOR, shelf) == Found(texts=("{}",))
    assert shelf.asked == [(5, 10_000)]


def test_units_are_ranked_by_when_they_arrive() -> None:
    desk = Desk()
    desk.raises(change())
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=change().alarm))
    place = LatLon(lat_deg=37.55, lon_deg=126.93)
    near, far = LatLon(lat_deg=37.551, lon_deg=126.93), LatLon(lat_deg=37.60, lon_deg=126.93)
    for name, where, state in (("near-busy", near, "busy"), ("near", near, "free"), ("far", far, "free"), ("lost", None, "free")):
        report = UnitReport(unit=UnitId(name), callsign=name, position=where, course_deg=None, state=state, reported_us=desk.now_us)
        desk.run(Inbox(news=(report,)))
    outcome = desk.ask(OPERATOR, RankUnits(incident=IncidentId("INC-1"), destination=place))
    units = found(desk, outcome)
    assert units is not None
    assert [unit.unit for unit in units.units or ()] == ["near", "near-busy", "far", "lost"]
    assert [unit.eta_basis for unit in units.units or ()] == ["straight-line"] * 3 + [None]


def test_a_device_that_the_case_does_not_name_is_not_looked_up_through_it() -> None:
    desk = Desk()
    query = ReadTrack(device=DeviceId("ANK-9999"), case=CASE, from_us=0, to_us=desk.now_us)
    assert desk.ask(OPERATOR, query).replies[0].refusal == "unknown-case"


def test_a_shell_that_prints_personal_data_is_a_reader_like_any_other() -> None:
    desk = Desk()
    event = read_of(desk.run(Inbox(orders=(NoteShellRead(by=UserId("root"), command="fixes", scope="all"),))))
    assert (event.user, event.what, event.scope) == ("root", "shell:fixes", "all")


def test_a_look_that_rests_on_a_grant_is_written_down_under_the_purpose_of_the_grant() -> None:
    desk = Desk()
    request = RequestAccess(
        person=PROTECTED, case=CASE, purpose=Purpose.VICTIM_NOTICE, reason="x", from_us=T0, to_us=T0 + 3600 * S, fields=("phones",)
    )
    asked = RequestId(str(desk.act(OPERATOR, request).replies[0].note))
    desk.act(SUPERVISOR, DecideRequest(request=asked, decision="approve", reason="y"))
    event = read_of(desk.ask(OPERATOR, Reveal(case=CASE, person=PROTECTED, field="phones")))
    assert (event.allowed, event.why, event.purpose, event.grant) == (True, "grant", Purpose.VICTIM_NOTICE, "GRANT-1")


def test_nobody_of_the_case_is_nobody_to_be_revealed() -> None:
    query = Reveal(case=CASE, person=PersonId("V-9999"), field="phones")
    assert Desk().ask(OPERATOR, query).replies[0].refusal == "unknown-person"


def test_a_report_is_signed_for_whoever_works_the_incident_and_its_hash_is_in_the_log_first() -> None:
    desk = Desk()
    desk.raises(change())
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=change().alarm))
    digest = "0f" * 32
    begun = read_of(desk.ask(OPERATOR, PreparePaper(what="incident-report", incident=IncidentId("INC-1"))))
    assert (begun.what, begun.allowed, begun.case, begun.scope) == ("printing", True, CASE, "incident-report of INC-1, copy 1")
    outcome = desk.ask(OPERATOR, SignReport(incident=IncidentId("INC-1"), sha256=digest, copy=1))
    event = read_of(outcome)
    assert (event.what, event.allowed, event.scope) == ("report", True, f"INC-1, copy 1, SHA-256 {digest}")
    for other in (digest, "1f" * 32):
        again = desk.ask(OPERATOR, SignReport(incident=IncidentId("INC-1"), sha256=other, copy=1))
        assert again.replies[0].refusal == "unknown-copy", "one copy is one file"
    shelf = Shelf()
    assert found(desk, outcome, shelf=shelf) == Found(texts=("signed",))
    assert shelf.asked == [("INC-1", digest, desk.now_us)]
    for bad in ("", "0F" * 32, "0f" * 31, "x" * 64):
        assert desk.ask(OPERATOR, SignReport(incident=IncidentId("INC-1"), sha256=bad, copy=1)).replies[0].refusal == "bad-fields"


def test_a_list_that_is_printed_is_an_entry_with_the_hash_of_the_paper() -> None:
    desk = Desk()
    digest = "0f" * 32
    prepared = desk.ask(SUPERVISOR, PreparePaper(what="uses"))
    mark = found(desk, prepared)
    assert mark is not None
    assert mark.texts is not None
    wanted = {"copy": 1, "user": SUPERVISOR, "at_us": desk.now_us, "purpose": Purpose.COMPLIANCE.value, "access": None}
    assert json.loads(mark.texts[0]) == wanted
    outcome = desk.ask(SUPERVISOR, NotePaper(what="uses", sha256=digest, copy=1))
    event = read_of(outcome)
    assert (event.what, event.allowed, event.scope) == ("paper", True, f"uses, copy 1, SHA-256 {digest}")
    assert found(desk, outcome) == Found(texts=())
    assert desk.ask(SUPERVISOR, NotePaper(what="uses", sha256="1f" * 32, copy=1)).replies[0].refusal == "unknown-copy", (
        "one copy is one file"
    )
    for what, sha256 in (("uses", "0F" * 32), ("V-1 and her address", digest), ("", digest)):
        assert desk.ask(SUPERVISOR, NotePaper(what=what, sha256=sha256, copy=1)).replies[0].refusal == "bad-fields"
    assert desk.ask(OPERATOR, NotePaper(what="uses", sha256=digest, copy=1)).replies[0].refusal == "unknown-copy", "another's copy"
    assert desk.ask(SUPERVISOR, NotePaper(what="uses", sha256=digest, copy=2)).replies[0].refusal == "unknown-copy"
    assert desk.ask(SUPERVISOR, PreparePaper(what="V-1 and her address")).replies[0].refusal == "bad-fields"


def test_what_is_printed_under_access_bears_the_access_and_its_purpose() -> None:
    desk = Desk()
    desk.raises(change())
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=change().alarm))
    desk.act(OPERATOR, BreakGlass(person=PROTECTED, case=CASE, purpose=Purpose.VICTIM_NOTICE, reason="now"))
    outcome = desk.ask(OPERATOR, PreparePaper(what="incident-report", incident=IncidentId("INC-1")))
    paper = outcome.replies[0].paper
    assert paper is not None
    assert (paper.purpose, paper.access) == (Purpose.VICTIM_NOTICE, "GRANT-1")
    assert (read_of(outcome).purpose, read_of(outcome).grant) == (Purpose.VICTIM_NOTICE, "GRANT-1")
