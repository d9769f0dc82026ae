"""What a gateway is answered, and what people are told, word for word of `lane/1`."""

import time
from itertools import pairwise

import msgspec
import pytest
from lane_letters import EPOCH, NORTH, SECOND, WIRE, bad_row, data, down, hello, lost, up

from backend_bridge.domain.arrivals import Arrival, Lane, RejectCode, Unreadable
from backend_bridge.domain.lanes.lane_book import LaneBook, LaneOutcome, LanePolicy
from backend_bridge.domain.lanes.lane_parts import LaneParts
from backend_bridge.domain.outcomes.lane_effects import SendAck, SendNak, SendReject, SendWelcome
from backend_bridge.domain.outcomes.lane_events import HoleFilled, HoleLost, HoleOpened, LinkChanged, Quarantined


def opened(*, first: int = 1, last: int = 0) -> LaneBook:
    book = LaneBook.empty()
    book.take([up(), hello(first=first, last=last)], 0)
    return book


def acks(outcome: LaneOutcome) -> list[int]:
    return [effect.seq for effect in outcome.effects if isinstance(effect, SendAck)]


def naks(outcome: LaneOutcome) -> list[tuple[int, int]]:
    return [(effect.from_seq, effect.to_seq) for effect in outcome.effects if isinstance(effect, SendNak)]


def rejects(outcome: LaneOutcome) -> list[tuple[int, str]]:
    return [(effect.seq, str(effect.code)) for effect in outcome.effects if isinstance(effect, SendReject)]


def told(outcome: LaneOutcome) -> list[tuple[str, int, int]]:
    events = (event for event in outcome.events if isinstance(event, HoleOpened | HoleFilled | HoleLost))
    return [(event.entry, event.from_seq, event.to_seq) for event in events]


def reborn(book: LaneBook) -> LaneBook:
    """The book as a restart finds it: through bytes, as a store keeps it."""
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(book.parts()), type=LaneParts)
    return LaneBook.of_parts(kept)


def test_hello_is_welcomed_with_what_is_settled() -> None:
    book = opened()
    book.take([data(1), data(2)], 1)
    (welcome,) = book.take([hello(first=3, last=2)], 2).effects
    assert isinstance(welcome, SendWelcome)
    assert (welcome.epoch, welcome.resume_after, welcome.connection) == (EPOCH, 2, WIRE)
    assert welcome.credit >= 1


def test_messages_in_order_are_acked_once_a_step_up_to_the_newest() -> None:
    outcome = opened().take([data(seq) for seq in range(1, 101)], 1)
    assert len(outcome.accepted) == 100
    assert acks(outcome) == [100]
    assert not outcome.events


@pytest.mark.parametrize("start", [2**31 - 10, 2**32 - 10, 2**53 - 10, 2**63 - 10, 2**64 - 21])
def test_numbers_are_exact_over_the_whole_range(start: int) -> None:
    book = opened()
    book.take([lost(1, start - 1), hello(first=start, last=start + 19), lost(1, start - 1)], 1)
    outcome = book.take([data(seq) for seq in range(start, start + 20)], 2)
    assert acks(outcome) == [start + 19]
    assert [one.seq for one in outcome.accepted] == list(range(start, start + 20))


def test_the_last_number_of_all_can_be_reached() -> None:
    book = opened(first=2**64 - 1, last=2**64 - 1)
    assert acks(book.take([lost(1, 2**64 - 2), data(2**64 - 1)], 1)) == [2**64 - 1]


def test_a_repeated_message_is_answered_with_the_present_ack_and_not_taken_again() -> None:
    book = opened()
    book.take([data(1), data(2), data(3)], 1)
    outcome = book.take([data(2, bad=(bad_row(0),), n_kept=0)], 2)
    assert acks(outcome) == [3]
    assert not outcome.accepted
    assert not outcome.events


def test_a_hole_is_asked_for_within_two_seconds_and_again_until_it_is_filled() -> None:
    book = opened()
    first = book.take([data(1), data(4)], 0)
    assert told(first) == [("hole", 2, 3)]
    assert acks(first) == [1]
    asked = [now for now in range(0, 8 * SECOND, SECOND // 10) if naks(book.take([], now)) == [(2, 3)]]
    assert asked[0] <= 2 * SECOND
    assert all(SECOND <= later - earlier <= 2 * SECOND for earlier, later in pairwise(asked))
    assert told(book.take([data(2)], 9 * SECOND)) == []
    closing = book.take([data(3)], 9 * SECOND)
    assert told(closing) == [("filled", 2, 3)]
    assert acks(closing) == [4]
    assert not naks(book.take([], 20 * SECOND))


def test_mere_disorder_within_a_step_asks_for_nothing() -> None:
    outcome = opened().take([data(2), data(1)], 0)
    assert told(outcome) == [("hole", 1, 1), ("filled", 1, 1)]
    assert not naks(outcome)
    assert acks(outcome) == [2]


def test_what_lies_before_the_oldest_kept_is_a_hole() -> None:
    book = opened()
    book.take([data(1)], 0)
    outcome = book.take([hello(first=11, last=20)], SECOND)
    assert told(outcome) == [("hole", 2, 10)]
    assert naks(outcome) == [(2, 10)]
    assert told(book.take([lost(2, 10)], SECOND)) == [("lost", 2, 10)]


def test_a_hole_of_any_length_costs_the_same() -> None:
    book = opened()
    began = time.process_time()
    book.take([data(1), data(2**64 - 1)], 0)
    outcome = book.take([data(2**63), lost(2, 2**63 - 1), lost(2**63 + 1, 2**64 - 2)], SECOND)
    assert told(outcome) == [("lost", 2, 2**63 - 1), ("lost", 2**63 + 1, 2**64 - 2), ("filled", 2**63, 2**63)]
    assert acks(outcome) == [2**64 - 1]
    assert time.process_time() - began < 0.1


def test_lost_for_what_is_no_hole_is_ignored() -> None:
    book = opened()
    book.take([data(1), data(2)], 0)
    outcome = book.take([lost(1, 50), lost(10, 20), lost(9, 3)], 1)
    assert told(outcome) == []
    assert acks(outcome) == [2]
    assert acks(book.take([data(3)], 2)) == [3]


def test_a_hole_may_end_partly_lost_and_partly_filled() -> None:
    book = opened()
    book.take([data(10)], 0)
    assert told(book.take([lost(3, 5), data(1), data(2), data(6)], 1)) == [("hole", 1, 9), ("lost", 3, 5)][1:]
    assert told(book.take([data(7), data(8), data(9)], 2)) == [("filled", 1, 2), ("filled", 6, 9)]


def test_a_rejected_message_is_settled_quarantined_and_does_not_stop_the_lane() -> None:
    rows = (bad_row(0, RejectCode.RANGE), bad_row(1, RejectCode.FUTURE))
    outcome = opened().take([data(1), data(2, n_kept=0, bad=rows), data(3)], 0)
    assert rejects(outcome) == [(2, "range")]
    assert acks(outcome) == [3]
    quarantined = [event for event in outcome.events if isinstance(event, Quarantined)]
    assert [(event.seq, event.row, event.code) for event in quarantined] == [(2, 0, "range"), (2, 1, "future")]


def test_a_message_with_one_good_row_is_acked_and_only_its_bad_rows_are_quarantined() -> None:
    outcome = opened().take([data(1, n_kept=1, bad=(bad_row(1),))], 0)
    assert not rejects(outcome)
    assert acks(outcome) == [1]
    assert [event.entry for event in outcome.events] == ["quarantined"]
    assert len(outcome.accepted) == 1


def test_an_empty_batch_is_acked() -> None:
    outcome = opened().take([data(1, n_kept=0)], 0)
    assert acks(outcome) == [1]
    assert not outcome.accepted
    assert not rejects(outcome)


def test_a_long_rejected_message_does_not_fill_the_log() -> None:
    outcome = opened().take([data(1, n_kept=0, bad=tuple(bad_row(row) for row in range(5000)))], 0)
    assert len(outcome.events) < 300
    assert "4744 more" in str(outcome.events[-1])


def test_a_new_epoch_begins_at_one_and_ends_the_one_before() -> None:
    book = opened()
    book.take([data(1), data(5)], 0)
    outcome = book.take([hello(77, first=1, last=3)], SECOND)
    assert told(outcome) == [("lost", 2, 4)]
    assert [effect.resume_after for effect in outcome.effects if isinstance(effect, SendWelcome)] == [0]
    assert acks(book.take([data(1, epoch=77)], SECOND)) == [1]
    assert rejects(book.take([data(6)], SECOND)) == [(6, "epoch")]
    assert rejects(book.take([hello()], SECOND)) == [(0, "epoch")]
    assert acks(book.take([data(2, epoch=77)], SECOND)) == [2]


def test_data_before_any_hello_is_of_an_unknown_epoch() -> None:
    outcome = LaneBook.empty().take([up(), data(1)], 0)
    assert rejects(outcome) == [(1, "epoch")]
    assert [event.entry for event in outcome.events] == ["link", "quarantined"]


def test_a_refused_hello_is_logged_once_a_connection() -> None:
    book = opened()
    book.take([hello(77)], 0)
    outcomes = [book.take([hello()], now) for now in range(1, 6)]
    assert all(rejects(outcome) == [(0, "epoch")] for outcome in outcomes)
    assert sum(len(outcome.events) for outcome in outcomes) == 1


def test_lanes_do_not_wait_for_one_another() -> None:
    book = opened()
    book.take([hello(lane=Lane.ALARMS)], 0)
    outcome = book.take([data(5), data(1, lane=Lane.ALARMS)], 0)
    by_lane = {effect.lane: effect.seq for effect in outcome.effects if isinstance(effect, SendAck)}
    assert by_lane == {Lane.POSITIONS: 0, Lane.ALARMS: 1}


def test_holes_survive_a_restart_and_are_asked_for_at_the_next_hello() -> None:
    book = opened()
    book.take([data(1), data(4), data(9), lost(6, 6)], 0)
    again = reborn(book)
    assert not naks(again.take([], 5 * SECOND))
    outcome = again.take([up(b"new"), hello(first=5, last=9, wire=b"new")], 6 * SECOND)
    assert isinstance(outcome.effects[0], SendWelcome)
    assert naks(outcome) == [(2, 3), (5, 5), (7, 8)]
    assert told(again.take([data(2), data(3), data(5), data(7), data(8)], 7 * SECOND)) == [
        ("filled", 2, 3),
        ("filled", 5, 5),
        ("filled", 7, 8),
    ]


def test_state_goes_with_the_name_and_not_with_the_connection() -> None:
    book = opened()
    book.take([data(1), down(reason="revoked")], 0)
    outcome = book.take([up(b"other"), hello(first=2, last=1, wire=b"other"), data(1, wire=b"other")], SECOND)
    assert acks(outcome) == [1]
    assert not outcome.accepted


def test_nothing_is_asked_for_while_the_link_is_down() -> None:
    book = opened()
    book.take([data(3)], 0)
    outcome = book.take([down()], SECOND)
    assert [event.state for event in outcome.events if isinstance(event, LinkChanged)] == ["down"]
    assert not naks(book.take([], 10 * SECOND))


def test_a_link_is_up_while_one_connection_is() -> None:
    book = LaneBook.empty()
    states = [
        [event.state for event in book.take([news], 0).events if isinstance(event, LinkChanged)]
        for news in (up(b"a"), up(b"b"), down(b"a"), down(b"b"), down(b"b"))
    ]
    assert states == [["up"], [], [], ["down"], []]


def test_messages_beyond_the_credit_are_dropped_and_nothing_is_lost_by_it() -> None:
    policy = LanePolicy(credit=8)
    book = LaneBook.empty(policy)
    book.take([up(), hello()], 0)
    outcome = book.take([data(seq) for seq in range(2, 30)], 0)
    assert len(outcome.accepted) == 8
    assert book.standing()[0].dropped == 20
    assert acks(book.take([data(1)], 1)) == [9]
    assert acks(book.take([data(seq) for seq in range(10, 30)], 2)) == [29]


def test_many_holes_are_asked_for_in_few_messages_that_span_them_all() -> None:
    book = opened()
    book.take([data(seq) for seq in range(2, 402, 2)], 0)
    asked = naks(book.take([], SECOND))
    assert len(asked) <= 64
    missing = set(range(1, 400, 2))
    assert missing <= {seq for first, last in asked for seq in range(first, last + 1)}


def test_a_hostile_gateway_cannot_make_the_book_grow_without_end() -> None:
    book = opened()
    row = (bad_row(None),)
    for start in range(0, 40_000, 400):
        book.take([data(seq, n_kept=0, bad=row) for seq in range(2 + start, 402 + start, 2)], start)
    for seq in range(3, 30_000, 4):
        book.take([lost(seq, seq)], SECOND)
    (part,) = book.parts().lanes
    assert len(part.islands) <= 4096
    assert sum(len(hole.lost) for hole in part.holes) + len(part.holes) <= 3 * 4096


def test_a_giant_hole_with_many_lost_pieces_is_told_of_in_pieces() -> None:
    book = opened()
    events = list(told(book.take([data(2**40)], 0)))
    for seq in range(5, 6001, 2):
        events += told(book.take([lost(seq, seq), data(seq + 1)], 1))
    (part,) = book.parts().lanes
    assert sum(len(hole.lost) for hole in part.holes) < 2500
    events += told(book.take([lost(1, 2**40)], 2))
    covered = sorted((first, last) for kind, first, last in events if kind != "hole")
    assert covered[0][0] == 1
    assert covered[-1][1] == 2**40 - 1
    assert all(earlier[1] + 1 == later[0] for earlier, later in pairwise(covered))


def test_epochs_are_counted_so_that_their_memory_ends() -> None:
    book = LaneBook.empty(LanePolicy(most_epochs=3))
    outcomes = [book.take([hello(epoch)], 0) for epoch in range(10, 16)]
    assert [len(rejects(outcome)) for outcome in outcomes] == [0, 0, 0, 0, 1, 1]


def test_what_cannot_be_read_is_quarantined_without_an_answer() -> None:
    letter: Arrival = Unreadable(gateway=NORTH, connection=WIRE, code=RejectCode.MALFORMED, detail="the header is not a msgpack map")
    outcome = opened().take([letter], 0)
    assert not outcome.effects
    (event,) = outcome.events
    assert isinstance(event, Quarantined)
    assert (event.lane, event.epoch, event.seq) == (None, None, None)


def test_changed_parts_lead_to_the_same_book_as_all_parts() -> None:
    book = opened()
    follower = LaneBook.of_parts(book.parts())
    book.changed_parts()
    steps: list[list[Arrival]] = [[data(1), data(9)], [lost(2, 3)], [hello(lane=Lane.BACKFILL)], [data(4)], [down()]]
    for step, letters in enumerate(steps):
        book.take(letters, step)
        follower.put_parts(book.changed_parts())
    assert follower.parts() == book.parts()
    assert book.changed_parts() == LaneParts(lanes=(), gateways=())


def test_a_restart_says_that_links_are_down() -> None:
    again = reborn(opened())
    (event,) = again.take([], SECOND).events
    assert event == LinkChanged(gateway=NORTH, state="down", reason="restart")
    assert not again.standing()[0].up
    assert not again.take([], SECOND).events
