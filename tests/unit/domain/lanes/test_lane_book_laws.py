"""A model gateway and the lane book over a network that loses, repeats and reorders, with crashes of both: nothing is lost."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from lane_letters import bad_row, data, down, hello, lost, up
from typing_extensions import override

from backend_bridge.domain.arrivals import Arrival
from backend_bridge.domain.lanes.lane_book import LaneBook, LaneOutcome, LanePolicy
from backend_bridge.domain.outcomes.lane_effects import SendAck, SendNak, SendReject, SendWelcome
from backend_bridge.domain.outcomes.lane_events import HoleFilled, HoleLost, HoleOpened

STARTS = st.sampled_from([1, 2**31 - 10, 2**53 - 10, 2**64 - 2000])
POISON_EVERY = 7


class GatewayAndBook(RuleBasedStateMachine):
    @initialize(start=STARTS)
    def begin(self, start: int) -> None:
        self.policy = LanePolicy(credit=16)
        self.book = LaneBook.empty(self.policy)
        self.disk = self.book.parts()
        self.now_us = 0
        self.wire: list[Arrival] = []
        self.start = start
        self.last = start - 1
        self.kept: set[int] = set()
        self.gone: set[int] = set()
        self.stored: list[int] = []
        self.rejected: set[int] = set()
        self.acked = 0
        self.n_links = 0
        self.is_welcome = False
        self.holes: list[tuple[int, int]] = []
        self.ends: list[tuple[int, int]] = []
        self.connect()

    @rule(n=st.integers(1, 20))
    def measure(self, n: int) -> None:
        """The gateway gives numbers to new messages."""
        self.kept.update(range(self.last + 1, self.last + 1 + n))
        self.last += n

    @rule(order=st.randoms(use_true_random=False), share=st.floats(0, 1))
    def send(self, order: object, share: float) -> None:
        """The gateway sends what it has within its credit; the network drops, repeats and turns round."""
        if not self.is_welcome:
            return
        for seq in sorted(self.kept)[: self.policy.credit]:
            for _ in range(order.choice([0, 1, 1, 2]) if share < 0.5 else 1):  # type: ignore[attr-defined]  # Hypothesis's Random
                self.wire.append(self.letter(seq))
        if share < 0.3:
            order.shuffle(self.wire)  # type: ignore[attr-defined]  # likewise

    @rule(which=st.integers(0, 200))
    def forget(self, which: int) -> None:
        """The gateway's disk loses a message that was never settled."""
        if self.kept:
            seq = sorted(self.kept)[which % len(self.kept)]
            self.kept.discard(seq)
            self.gone.add(seq)

    @rule(n=st.integers(1, 30), commit=st.booleans())
    def step(self, *, n: int, commit: bool) -> None:
        """The bridge takes what has come; without a commit it dies before answering."""
        letters, self.wire = self.wire[:n], self.wire[n:]
        self.now_us += 400_000
        outcome = self.book.take(letters, self.now_us)
        if commit:
            self.committed(outcome)
        else:
            self.crash()

    @rule()
    def crash(self) -> None:
        """The bridge starts again from its disk."""
        self.book = LaneBook.of_parts(self.disk, self.policy)
        self.connect()

    @rule()
    def connect(self) -> None:
        """A new connection; what was under way on the old one is gone."""
        self.n_links += 1
        wire = bytes([self.n_links % 256])
        self.current = wire
        self.is_welcome = False
        first = min(self.kept) if self.kept else self.last + 1
        self.wire = [down(bytes([(self.n_links - 1) % 256])), up(wire), hello(first=first, last=self.last, wire=wire)]

    def letter(self, seq: int) -> Arrival:
        is_poison = seq % POISON_EVERY == 0
        return data(seq, wire=self.current, n_kept=0 if is_poison else 1, bad=(bad_row(None),) if is_poison else ())

    def committed(self, outcome: LaneOutcome) -> None:
        self.disk = self.book.parts()
        self.stored += [one.seq for one in outcome.accepted]
        for event in outcome.events:
            if isinstance(event, HoleOpened):
                self.holes.append((event.from_seq, event.to_seq))
            elif isinstance(event, HoleFilled | HoleLost):
                self.ends.append((event.from_seq, event.to_seq))
        for effect in outcome.effects:
            if isinstance(effect, SendWelcome):
                self.is_welcome = True
                self.settle(effect.resume_after)
            elif isinstance(effect, SendAck):
                self.settle(effect.seq)
            elif isinstance(effect, SendReject):
                self.rejected.add(effect.seq)
                self.kept.discard(effect.seq)
            elif isinstance(effect, SendNak):
                self.answer(effect.from_seq, effect.to_seq)

    def settle(self, seq: int) -> None:
        assert seq >= self.acked, "an ack never goes back"
        self.acked = seq
        settled = {one for one in self.kept if one <= seq}
        assert settled <= set(self.stored) | {one for one in settled if one % POISON_EVERY == 0}, "acked without being stored"
        self.kept -= settled

    def answer(self, first: int, last: int) -> None:
        """The gateway sends again what it keeps of a range, and says what it has not."""
        inside = sorted(seq for seq in self.kept if first <= seq <= last)
        self.wire += [self.letter(seq) for seq in inside]
        if first < self.start:
            self.wire.append(lost(first, min(last, self.start - 1)))
        self.wire += [lost(seq, seq) for seq in sorted(self.gone) if first <= seq <= last]

    @invariant()
    def each_message_is_stored_once(self) -> None:
        assert len(set(self.stored)) == len(self.stored)

    @override
    def teardown(self) -> None:
        """With a calm network everything is settled within seconds, and every hole has an end."""
        if not hasattr(self, "book"):
            return
        self.connect()
        for _ in range(400):
            letters, self.wire = self.wire[:64], self.wire[64:]
            self.committed(self.book.take(letters, self.now_us))
            self.now_us += 400_000
            if self.is_welcome and not self.wire:
                self.wire = [self.letter(seq) for seq in sorted(self.kept)[: self.policy.credit]]
            if not self.kept and not self.wire and self.book.missing(self.book.standing()[0].gateway) == 0:
                break
        assert not self.kept, "everything that the gateway kept was settled"
        assert self.book.missing(self.book.standing()[0].gateway) == 0
        assert covered(self.holes) == covered(self.ends), "every hole ended as filled or lost, and nothing else did"


def covered(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The union of ranges, as few as possible."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        else:
            joined.append((first, last))
    return joined


TestGatewayAndBook = GatewayAndBook.TestCase
TestGatewayAndBook.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
