"""Requests, grants, users, clocks and crashes, at random: nobody decides about their own, nothing is seen outside of a grant."""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from room_builder import CASE, PROTECTED, Desk, S

from backend_bridge.adapters.state_codec import decode, encode
from backend_bridge.application.inbox import Inbox, OpenSession, PutUser
from backend_bridge.application.outcome import Taken
from backend_bridge.application.room import again
from backend_bridge.application.room_state import Room
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.commands import BreakGlass, Command, DecideRequest, EndGrant, RequestAccess, ReviewBreakGlass
from backend_bridge.domain.identifiers import GrantId, RequestId, UserId
from backend_bridge.domain.outcomes.access_events import AccessDecided, DataRead, GlassReviewed, GrantStarted
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.queries import ReadTrack, Reveal
from backend_bridge.domain.user import Role
from backend_bridge.domain.watching.watch import Watch

ACCOUNTS = [UserId(f"u{n}") for n in range(6)]
PEOPLE = ["p0", "p1", "p2", "p3"]
PURPOSES = [Purpose.MEASURE_CHANGE, Purpose.BREACH_INVESTIGATION, Purpose.VICTIM_NOTICE, Purpose.STALKING_CRIME, Purpose.COMPLIANCE]
FIELDS = ["position", "track", "identity", "phones", "places", "export", "record"]


class MortalDesk(Desk):
    """A room that may die at any moment: what remains is a snapshot, and the input of the turns that were stored after it."""

    def __init__(self) -> None:
        super().__init__(users=(), watch=Watch.empty())
        self.store_whole()

    def store_whole(self) -> None:
        self._snapshot, self._after = encode(self.room), len(self.outcomes)

    def die(self, *, unstored: int = 0) -> None:
        """Start anew from the disk, which has not got the last turns."""
        room = decode(self._snapshot)
        assert isinstance(room, Room)
        stored = self.outcomes[self._after : len(self.outcomes) - unstored]
        for outcome in stored:
            taken = decode(encode(outcome.taken))
            assert isinstance(taken, Taken)
            assert again(room, taken).events == outcome.events
        self.room = room
        del self.outcomes[len(self.outcomes) - unstored :]


class Approvals(RuleBasedStateMachine):
    requests: Bundle[str] = Bundle("requests")
    grants: Bundle[str] = Bundle("grants")

    def __init__(self) -> None:
        super().__init__()
        self.desk = MortalDesk()
        self.human_of_request: dict[str, set[str]] = {}
        self.human_of_grant: dict[str, set[str]] = {}
        self.n_checked = 0

    @initialize(
        people=st.lists(st.sampled_from(PEOPLE), min_size=6, max_size=6),
        roles=st.lists(st.sampled_from(list(Role)), min_size=6, max_size=6),
    )
    def begin(self, people: list[str], roles: list[Role]) -> None:
        for account, person, role in zip(ACCOUNTS, people, roles, strict=True):
            self.put(account, person, role, enabled=True)

    def put(self, account: UserId, person: str, role: Role, *, enabled: bool) -> None:
        order = PutUser(by=UserId("root"), user=account, person=person, role=role, enabled=enabled)
        session = OpenSession(user=account, seat=f"seat-{account}", desk="desk", expires_us=self.desk.now_us + 10**12)
        self.desk.run(Inbox(orders=(order,)))
        self.desk.run(Inbox(news=(session,)))

    def human(self, account: str) -> str:
        user = self.desk.room.duty.users.get(UserId(account))
        return user.person if user is not None else "?"

    def act(self, account: UserId, command: Command) -> str | None:
        outcome = self.desk.act(account, command)
        return outcome.replies[0].note

    @rule(account=st.sampled_from(ACCOUNTS), person=st.sampled_from(PEOPLE), role=st.sampled_from(list(Role)), enabled=st.booleans())
    def change_user(self, account: UserId, person: str, role: Role, *, enabled: bool) -> None:
        self.put(account, person, role, enabled=enabled)

    @rule(
        target=requests,
        account=st.sampled_from(ACCOUNTS),
        purpose=st.sampled_from(PURPOSES),
        fields=st.sets(st.sampled_from(FIELDS), min_size=1),
        minutes=st.integers(0, 500),
        behalf=st.sampled_from([None, *PEOPLE]),
    )
    def ask(self, account: UserId, purpose: Purpose, fields: set[str], minutes: int, behalf: str | None) -> object:
        now_us = self.desk.now_us
        made = self.act(
            account,
            RequestAccess(
                person=PROTECTED,
                case=CASE,
                purpose=purpose,
                reason="because",
                from_us=now_us - 3600 * S,
                to_us=now_us + 3600 * S,
                minutes=minutes,
                fields=tuple(fields),
                paper="order.pdf sha256:00",
                on_behalf_of=behalf,
            ),
        )
        if made is None:
            return multiple()
        self.human_of_request[made] = {self.human(account)} | ({behalf} if behalf else set())
        return made

    @rule(
        target=grants, account=st.sampled_from(ACCOUNTS), request=requests, decision=st.sampled_from(["approve", "narrow", "deny", "maybe"])
    )
    def decide(self, account: UserId, request: str, decision: str) -> object:
        made = self.act(account, DecideRequest(request=RequestId(request), decision=decision, reason="because"))
        if made is None:
            return multiple()
        self.human_of_grant[made] = self.human_of_request[request]
        return made

    @rule(target=grants, account=st.sampled_from(ACCOUNTS), purpose=st.sampled_from(PURPOSES))
    def break_glass(self, account: UserId, purpose: Purpose) -> object:
        made = self.act(account, BreakGlass(person=PROTECTED, case=CASE, purpose=purpose, reason="now"))
        if made is None:
            return multiple()
        self.human_of_grant[made] = {self.human(account)}
        return made

    @rule(account=st.sampled_from(ACCOUNTS), grant=grants)
    def end(self, account: UserId, grant: str) -> None:
        self.act(account, EndGrant(grant=GrantId(grant), reason="enough"))

    @rule(account=st.sampled_from(ACCOUNTS), grant=grants, justified=st.booleans())
    def review(self, account: UserId, grant: str, *, justified: bool) -> None:
        self.act(account, ReviewBreakGlass(grant=GrantId(grant), justified=justified, reason="looked at it"))

    @rule(
        account=st.sampled_from(ACCOUNTS),
        purpose=st.sampled_from(PURPOSES),
        field=st.sampled_from(["name", "phones", "addresses", "track"]),
    )
    def look(self, account: UserId, purpose: Purpose, field: str) -> None:
        now_us = self.desk.now_us
        if field == "track":
            query = ReadTrack(device="VIC-0001", case=CASE, from_us=now_us - 10**12, to_us=now_us, purpose=purpose)  # type: ignore[arg-type]
            outcome = self.desk.ask(account, query)
        else:
            outcome = self.desk.ask(account, Reveal(case=CASE, person=PROTECTED, field=field, purpose=purpose))
        reply = outcome.replies[0]
        reads = [event for event in outcome.events if isinstance(event, DataRead) and event.user == account]
        if reply.query is not None:
            assert self.desk.room.duty.role_of(account) is not None
            assert [read.allowed for read in reads] == [True]
            grant = self.desk.room.grants.grants[reads[0].grant]  # type: ignore[index]
            assert grant.user == account
            assert grant.runs(self.desk.now_us)

    @rule(minutes=st.sampled_from([0.01, 1, 30, 59, 61, 481, 1441]))
    def wait(self, minutes: float) -> None:
        self.desk.run(after_s=minutes * 60)

    @rule()
    def snapshot(self) -> None:
        self.desk.store_whole()

    @rule()
    def crash(self) -> None:
        self.desk.die()

    @rule(account=st.sampled_from(ACCOUNTS), request=requests)
    def crash_while_deciding(self, account: UserId, request: str) -> None:
        before = _of_access(self.desk.room)
        self.act(account, DecideRequest(request=RequestId(request), decision="approve", reason="never stored"))
        self.desk.die(unstored=1)
        assert _of_access(self.desk.room) == before

    @rule(account=st.sampled_from(ACCOUNTS), grant=grants)
    def crash_after_ending(self, account: UserId, grant: str) -> None:
        self.end(account, grant)
        after = _of_access(self.desk.room)
        self.desk.die()
        assert _of_access(self.desk.room) == after

    @invariant()
    def no_one_decides_about_their_own(self) -> None:
        for outcome in self.desk.outcomes[self.n_checked :]:
            for event in outcome.events:
                if isinstance(event, AccessDecided):
                    assert self.human(event.user) not in self.human_of_request[event.request]
                if isinstance(event, GlassReviewed):
                    assert self.human(event.user) not in self.human_of_grant[event.grant]
                if isinstance(event, GrantStarted) and not event.break_glass:
                    assert event.request is not None
                    request = self.desk.room.grants.requests[event.request]
                    assert len({approval.human for approval in request.approvals}) >= request.needed
        self.n_checked = len(self.desk.outcomes)

    @invariant()
    def what_has_ended_opens_nothing(self) -> None:
        room, now_us = self.desk.room, self.desk.now_us
        for account in ACCOUNTS:
            running = [grant for grant in room.grants.of_user(account, now_us) if grant.case == CASE]
            if not running:
                for action in (Action.SEE_PROTECTED_POSITION, Action.SEE_IDENTITY, Action.SEE_PROTECTED_TRAIL):
                    assert not room.access.may(account, action, PROTECTED, CASE, None, now_us)
            for grant in running:
                assert now_us < grant.ends_us
                assert room.duty.role_of(account) is not None


def _of_access(room: Room) -> object:
    """What the room knows of requests and grants."""
    return dict(room.grants.requests), dict(room.grants.grants)


STEPS = int(os.environ.get("BONGSU_GRANT_STEPS", "1600"))
"""How many acts in all; the long walk of 100,000 is for a machine with an hour to spare."""

TestApprovals = Approvals.TestCase
TestApprovals.settings = settings(
    max_examples=max(1, STEPS // 40), stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
