"""A recording lived again: the same events in the same order, at any speed, from anywhere, and nobody is called."""

from collections.abc import Iterator

from room_builder import CASE, OPERATOR, PROTECTED, SUPERVISOR, T0, Desk, S, ToldWatch, a_case, change

from backend_bridge.application.outcome import Outcome, Taken
from backend_bridge.application.playback import Player
from backend_bridge.application.room import Room, again
from backend_bridge.domain.commands import AcknowledgeAlarm, DecideRequest, OpenRecording, PlayRecording, RequestAccess, SeekRecording
from backend_bridge.domain.identifiers import RequestId
from backend_bridge.domain.outcomes.access_events import DataRead
from backend_bridge.domain.purpose import Purpose


class Tape:
    """Steps kept in a list; the watch says again what it said then."""

    def __init__(self, outcomes: list[Outcome], told: dict[int, list[object]]) -> None:
        self._outcomes, self._told = outcomes, told

    def span_us(self) -> tuple[int, int]:
        return self._outcomes[0].taken.now_us, self._outcomes[-1].taken.now_us

    def room_before(self, at_us: int) -> Room:
        return Room(Again(self._told))  # type: ignore[arg-type]  # draws no picture

    def glimpse_before(self, at_us: int) -> None:
        return None

    def is_nearer(self, now_us: int, at_us: int) -> bool:
        return False

    def steps(self, after_us: int) -> Iterator[Taken]:
        return (outcome.taken for outcome in self._outcomes if outcome.taken.now_us > after_us)


class Again(ToldWatch):
    def __init__(self, told: dict[int, list[object]]) -> None:
        super().__init__()
        self.told = told

    def advance(self, fixes: object, events: object, now_us: int) -> tuple[object, ...]:  # type: ignore[override]
        return tuple(self.told.get(now_us, ()))


def a_tape() -> tuple[Tape, list[Outcome]]:
    desk = Desk([a_case()])
    told: dict[int, list[object]] = {}
    for k in range(60):
        if k % 20 == 5:
            made = change(n=k, at_us=desk.now_us + S)
            told[desk.now_us + S] = [made]
            desk.raises(made, after_s=1)
            desk.act(OPERATOR, AcknowledgeAlarm(alarm=next(iter(desk.room.alarms.rows))), after_s=0.5)
        else:
            desk.run(after_s=1)
    return Tape(desk.outcomes, told), desk.outcomes


def events_of(outcomes: list[Outcome]) -> list[object]:
    return [event for outcome in outcomes for event in outcome.events]


def test_playing_to_the_end_gives_every_event_once_and_in_order() -> None:
    tape, outcomes = a_tape()
    player = Player(tape)
    player.speed = 60.0
    played = [outcomes[0].events]
    passed = []
    while not player.is_over:
        passed += player.advance(S // 10)
    assert [event for events in played for event in events] + [each.event for each in passed] == events_of(outcomes)
    assert [each.n for each in passed] == list(range(len(outcomes[0].events) + 1, len(events_of(outcomes)) + 1))
    assert player.speed == 0.0


def test_seeking_back_and_forth_shows_the_room_as_it_was_then() -> None:
    tape, outcomes = a_tape()
    player = Player(tape)
    for second in (40, 7, 55, 7, 0, 61):
        player.seek(T0 + second * S)
        fresh = tape.room_before(0)
        for outcome in outcomes:
            if outcome.taken.now_us <= player.at_us:
                again(fresh, outcome.taken)
        assert player.room.alarms.rows == fresh.alarms.rows
        assert player.room.next_n == fresh.next_n


def test_a_seek_is_a_leap_that_is_told() -> None:
    player = Player(a_tape()[0])
    before = player.leaps
    player.seek(T0 + 30 * S)
    player.seek(T0 + 20 * S)
    assert player.leaps == before + 2
    player.speed = 1.0
    player.advance(S)
    assert player.leaps == before + 2


def test_the_room_of_a_recording_says_that_it_is_one() -> None:
    assert Player(a_tape()[0]).room.replay


def ask_for_recording(desk: Desk, from_us: int, to_us: int) -> None:
    asked = desk.act(
        OPERATOR,
        RequestAccess(
            person=PROTECTED, case=CASE, purpose=Purpose.VICTIM_NOTICE, reason="debrief", from_us=from_us, to_us=to_us, fields=("record",)
        ),
    )
    request = RequestId(str(asked.replies[0].note))
    assert desk.act(SUPERVISOR, DecideRequest(request=request, decision="approve", reason="debrief")).replies[0].refusal is None


def test_a_recording_is_opened_by_a_grant_that_covers_it_and_the_look_is_written_down_first() -> None:
    desk = Desk()
    from_us, to_us = T0, T0 + 600 * S
    assert desk.act(OPERATOR, OpenRecording(from_us=from_us, to_us=to_us)).replies[0].refusal == "not-allowed"
    ask_for_recording(desk, from_us, to_us)
    opened = desk.act(OPERATOR, OpenRecording(from_us=from_us, to_us=to_us))
    assert opened.replies[0].note == CASE
    assert [(event.what, event.case, event.from_us) for event in opened.events if isinstance(event, DataRead)] == [
        ("replay", CASE, from_us)
    ]
    assert desk.act(OPERATOR, OpenRecording(from_us=from_us - 1, to_us=to_us)).replies[0].refusal == "not-allowed"
    assert desk.act(OPERATOR, PlayRecording(speed=60.0)).replies[0].refusal is None
    assert desk.act(OPERATOR, PlayRecording(speed=float("nan"))).replies[0].refusal == "bad-duration"
    desk.run(after_s=3600)
    assert desk.act(OPERATOR, SeekRecording(at_us=T0)).replies[0].refusal == "not-allowed"
