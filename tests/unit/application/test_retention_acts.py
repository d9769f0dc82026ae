"""Old positions at a desk: what would go is seen, one supervisor proposes it, another decides, and all of them see how it ended."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from room_builder import ANKLET, CASE, OPERATOR, PHONE, SUPERVISOR, Desk, S, a_case, entries
from test_reads import Shelf, read_of
from test_views import Screen

from backend_bridge.application.access_rows import DestructionRow
from backend_bridge.application.answers import answer
from backend_bridge.application.inbox import FixesDeleted, ImportCases, Inbox, OpenSession, PutUser
from backend_bridge.application.outcome import Outcome
from backend_bridge.application.retention_acts import plan
from backend_bridge.application.tables import Table
from backend_bridge.domain.case import Party
from backend_bridge.domain.commands import Command, DecideDeletion, PlaceHold, ProposeDeletion, WithdrawConsent
from backend_bridge.domain.identifiers import CaseId, DestructionId, DeviceId, PersonId, UserId
from backend_bridge.domain.outcomes.effects import DeleteFixes
from backend_bridge.domain.queries import PlanRetention, ReadCertificate
from backend_bridge.domain.user import Role

HAN, HAN_TOO, ROOT = UserId("supervisor-2"), UserId("supervisor-3"), UserId("root")
OLD_1 = DestructionId("OLD-1")
PROPOSE = ProposeDeletion(reason="month is over")
YES = DecideDeletion(proposal=OLD_1, approve=True, reason="counted")
FRENCH = CaseId("FR-1")


def room() -> Desk:
    """A Korean case, a French one, and three supervisors, two of which are one human being."""
    desk = Desk((a_case(), a_case(FRENCH, jurisdiction="FR", n=2)))
    for user, person in ((HAN, "h-han"), (HAN_TOO, desk.room.duty.person_of(SUPERVISOR))):
        office = PutUser(by=ROOT, user=user, person=person, role=Role.SUPERVISOR)
        seat = OpenSession(user=user, seat=f"seat-{user}", desk=f"desk-{user}", expires_us=desk.now_us + 10**9 * S)
        desk.run(Inbox(orders=(office,), news=(seat,)))
    return desk


def row(screen: Screen) -> DestructionRow:
    screen.look()
    found = screen.rows[Table.DESTRUCTIONS][OLD_1]
    assert isinstance(found, DestructionRow)
    return found


def refusal(desk: Desk, user: UserId, command: Command) -> str | None:
    return desk.act(user, command).replies[0].refusal


def deleted(desk: Desk) -> Outcome:
    news = FixesDeleted(n_fixes=300, n_devices=1, n_records=2, certificate="ab" * 32)
    return desk.run(Inbox(news=(news,)))


def test_one_proposes_another_approves_and_both_see_the_certificate() -> None:
    desk = room()
    mine, theirs = Screen(desk, SUPERVISOR), Screen(desk, HAN)
    assert desk.act(SUPERVISOR, PROPOSE).replies[0].note == OLD_1
    assert (row(mine).state, row(mine).mine, row(theirs).mine, row(theirs).case) == ("waiting", True, False, None)
    approved = desk.act(HAN, YES)
    (effect,) = [each for each in approved.effects if isinstance(each, DeleteFixes)]
    assert {device for device, _ in effect.kept_from_us} == {DeviceId("ANK-0002"), DeviceId("VIC-0002")}, "Korea keeps all"
    assert row(mine).state == "approved"
    assert "retention-done" in entries(deleted(desk))
    ended = row(theirs)
    assert (ended.state, ended.certificate, ended.decided_by, ended.basis) == ("done", "ab" * 32, HAN, "CPP art. R. 631-11")
    assert ended.old is not None
    assert ended.old.n_fixes == 300
    assert read_of(desk.ask(HAN, ReadCertificate(destruction=OLD_1))).what == "certificate"


def test_nobody_decides_their_own_proposal_and_an_operator_neither_proposes_nor_sees_it() -> None:
    desk = room()
    assert refusal(desk, OPERATOR, PROPOSE) == "not-allowed"
    desk.act(SUPERVISOR, PROPOSE)
    assert refusal(desk, SUPERVISOR, YES) == "own-request"
    assert refusal(desk, HAN_TOO, YES) == "own-request"
    assert refusal(desk, OPERATOR, YES) == "not-allowed"
    watching = Screen(desk, OPERATOR)
    watching.look()
    assert not watching.rows[Table.DESTRUCTIONS]
    assert refusal(desk, HAN, DecideDeletion(proposal=OLD_1, approve=False, reason="not yet")) is None
    assert refusal(desk, HAN, YES) == "request-decided"


def test_a_proposal_lapses_after_a_day_and_gives_way_to_a_newer_one() -> None:
    desk = room()
    screen = Screen(desk, HAN)
    desk.act(SUPERVISOR, PROPOSE)
    desk.act(SUPERVISOR, PROPOSE)
    assert row(screen).state == "lapsed"
    desk.run(after_s=86_400)
    screen.look()
    states = [each.state for each in screen.rows[Table.DESTRUCTIONS].values() if isinstance(each, DestructionRow)]
    assert states == ["lapsed", "lapsed"]
    assert refusal(desk, HAN, DecideDeletion(proposal=DestructionId("OLD-2"), approve=True, reason="counted")) == "request-decided"


def test_one_deletion_is_carried_out_at_a_time() -> None:
    desk = room()
    desk.act(SUPERVISOR, PROPOSE)
    desk.act(HAN, YES)
    desk.act(SUPERVISOR, PROPOSE)
    second = DecideDeletion(proposal=DestructionId("OLD-2"), approve=True, reason="counted")
    assert refusal(desk, HAN, second) == "deletion-running"
    deleted(desk)
    assert refusal(desk, HAN, second) is None


class Counted(Shelf):
    """Records in which the French anklet has old positions."""

    def n_too_old(self, kept_from_us: Mapping[DeviceId, int]) -> dict[DeviceId, int]:
        self.asked.append(tuple(kept_from_us))
        return {device: 7 for device in kept_from_us if device.startswith("ANK")}


def test_the_dry_run_names_how_many_of_which_limit_and_every_hold_and_is_in_the_log_first() -> None:
    desk = room()
    desk.act(HAN, PlaceHold(case=CASE, reason="appeal", until_us=desk.now_us + 86_400 * S))
    outcome = desk.ask(SUPERVISOR, PlanRetention())
    assert (read_of(outcome).what, read_of(outcome).allowed) == ("retention-plan", True)
    found = answer(outcome.replies[0], desk.room.duty.user(SUPERVISOR), desk.room, Counted())
    assert found is not None
    assert found.texts is not None
    plan = json.loads(found.texts[0])
    assert (plan["fixes"], plan["devices"], plan["cases"], plan["of_cases"]) == (7, 1, 1, 2)
    assert plan["measured_before_us"] == [desk.now_us - 31 * 86_400 * S]
    assert [(each["case"], each["owner"]) for each in plan["holds"]] == [(CASE, HAN)]
    assert not any(name in found.texts[0] for name in (ANKLET, PHONE))
    assert not read_of(desk.ask(OPERATOR, PlanRetention())).allowed


@pytest.mark.parametrize("query", [PlanRetention(proposal=OLD_1), ReadCertificate(destruction=OLD_1)])
def test_a_proposal_that_nobody_made_has_no_dry_run_and_no_certificate(query: PlanRetention | ReadCertificate) -> None:
    assert room().ask(SUPERVISOR, query).replies[0].refusal == "unknown-destruction"


def test_what_goes_is_what_was_too_old_when_it_was_proposed_and_is_not_held_meanwhile() -> None:
    desk = room()
    desk.act(SUPERVISOR, PROPOSE)
    proposed_us = desk.now_us
    desk.run(after_s=3600)
    desk.act(HAN, PlaceHold(case=FRENCH, reason="appeal", until_us=desk.now_us + 86_400 * S))
    screen = Screen(desk, HAN)
    assert not [each for each in desk.act(HAN, YES).effects if isinstance(each, DeleteFixes)]
    assert (row(screen).state, row(screen).certificate) == ("done", None), "all is held: nothing had to go"
    other = room()
    other.act(SUPERVISOR, PROPOSE)
    other.run(after_s=3600)
    (effect,) = [each for each in other.act(HAN, YES).effects if isinstance(each, DeleteFixes)]
    assert {limit for _, limit in effect.kept_from_us} == {proposed_us - 31 * 86_400 * S}


HERS = DeviceId("VIC-0002")
HER_WORD = WithdrawConsent(case=FRENCH, person=PersonId("V-0002"), reason="no more")


def test_what_she_measured_before_she_withdrew_goes_in_its_time_too() -> None:
    desk = room()
    desk.act(OPERATOR, HER_WORD)
    assert HERS in plan(desk.room, desk.now_us).kept_from_us


def test_a_device_that_the_case_file_no_longer_names_is_not_kept_for_ever() -> None:
    desk = room()
    other = replace(a_case(FRENCH, jurisdiction="FR", n=2), subject=Party(person=PersonId("S-0002"), device=DeviceId("ANK-0009")))
    desk.run(Inbox(orders=(ImportCases(by=ROOT, cases=(other,)),)))
    assert {"ANK-0002", "ANK-0009"} <= plan(desk.room, desk.now_us).kept_from_us.keys()


def test_the_hold_of_the_case_in_which_she_withdrew_still_keeps_what_her_device_measured() -> None:
    desk = room()
    second = replace(a_case("FR-2", jurisdiction="FR", n=3), protected=(Party(person=PersonId("V-0002"), device=HERS),))
    desk.run(Inbox(orders=(ImportCases(by=ROOT, cases=(second,)),)))
    desk.act(HAN, PlaceHold(case=FRENCH, reason="appeal", until_us=desk.now_us + 86_400 * S))
    desk.act(OPERATOR, HER_WORD)
    assert HERS not in plan(desk.room, desk.now_us).kept_from_us
