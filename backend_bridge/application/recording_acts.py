"""Living a recording again at a desk: allowed by a grant, written down before the first row of it leaves."""

from typing import assert_never

from backend_bridge.application.room_state import Room
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.grants import Grant
from backend_bridge.domain.alarms.alarm_acts import must_say
from backend_bridge.domain.commands import (
    BookmarkRecording,
    CloseRecording,
    LoopRecording,
    OpenRecording,
    PlayRecording,
    SeekRecording,
    StepRecording,
)
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId, UserId
from backend_bridge.domain.outcomes.access_events import DataRead, RecordingBookmarked
from backend_bridge.domain.user import User

RecordingCommand = OpenRecording | PlayRecording | SeekRecording | StepRecording | LoopRecording | BookmarkRecording | CloseRecording
MAX_SPEED = 1000.0
STEPS = frozenset({"next-fix", "previous-fix", "next-alarm", "previous-alarm"})


def perform(turn: Turn, user: User, seat: str, command: RecordingCommand) -> str | None:
    """Allow it and say what is opened; whoever holds the player does it once this is on disk."""
    match command:
        case OpenRecording():
            return _open(turn, user, seat, command)
        case BookmarkRecording():
            return _bookmark(turn, user, seat, command)
        case PlayRecording() | SeekRecording() | StepRecording() | LoopRecording():
            _must_make_sense(command)
            _must_still_reach(turn, user)
        case CloseRecording():
            pass
        case _:
            assert_never(command)
    return None


def _must_make_sense(command: PlayRecording | SeekRecording | StepRecording | LoopRecording) -> None:
    match command:
        case PlayRecording(speed=speed) if not 0.0 <= speed <= MAX_SPEED:
            raise Refused(Code.BAD_DURATION)
        case StepRecording(to=to) if to not in STEPS:
            raise Refused(Code.UNKNOWN_STEP)
        case LoopRecording(from_us=None, to_us=None):
            pass
        case LoopRecording(from_us=from_us, to_us=to_us) if from_us is None or to_us is None or to_us <= from_us:
            raise Refused(Code.BAD_PERIOD)
        case _:
            pass


def grants_in_reach(live: Room, user: UserId, now_us: int) -> tuple[Grant, ...]:
    """The running grants by which the user may live recordings again now."""
    return tuple(
        grant
        for grant in live.grants.of_user(user, now_us)
        if live.access.may(user, Action.REPLAY, grant.person, grant.case, grant.purpose, now_us)
    )


def cases_in_reach(live: Room, user: UserId, now_us: int, span_us: tuple[int, int]) -> frozenset[CaseId]:
    """The cases that the user may see of a recording of [from, to): the whole of it lies within the period of a grant.

    In a room for exercises the role is enough, for all that was played.
    """
    if live.exercise:
        return frozenset(live.registry.held) if live.access.may(user, Action.REPLAY, None, None, None, now_us) else frozenset()
    from_us, to_us = span_us
    return frozenset(grant.case for grant in grants_in_reach(live, user, now_us) if grant.from_us <= from_us and to_us <= grant.to_us)


def _must_still_reach(turn: Turn, user: User) -> None:
    if turn.room.exercise:
        turn.must(user.user, Action.REPLAY)
    elif not grants_in_reach(turn.room, user.user, turn.now_us):
        raise Refused(Code.NOT_ALLOWED, "replay")


def _bookmark(turn: Turn, user: User, seat: str, command: BookmarkRecording) -> str:
    """The cases that the mark belongs to."""
    cases = cases_in_reach(turn.room, user.user, turn.now_us, (command.at_us, command.at_us))
    if not cases:
        raise Refused(Code.NOT_ALLOWED, "replay")
    text = must_say(command.text, Code.EMPTY_TEXT)
    names = tuple(sorted(cases))
    turn.decisions.log(RecordingBookmarked(user=user.user, seat=seat, cases=names, moment_us=command.at_us, text=text))
    return ",".join(names)


def _open(turn: Turn, user: User, seat: str, command: OpenRecording) -> str:
    """The cases that may be seen, by name, with commas."""
    if command.to_us <= command.from_us:
        raise Refused(Code.BAD_PERIOD)
    if command.as_user is not None and command.as_user not in turn.room.duty.users:
        raise Refused(Code.UNKNOWN_USER, command.as_user)
    cases = cases_in_reach(turn.room, user.user, turn.now_us, (command.from_us, command.to_us))
    if not cases:
        raise Refused(Code.NOT_ALLOWED, "replay")
    for grant in grants_in_reach(turn.room, user.user, turn.now_us):
        if grant.case in cases:
            turn.decisions.log(_entry(grant, user, seat, command))
    if turn.room.exercise:
        turn.decisions.log(_entry(None, user, seat, command))
    return ",".join(sorted(cases))


def _entry(grant: Grant | None, user: User, seat: str, command: OpenRecording) -> DataRead:
    """The look as the log keeps it; without a grant it is one at an exercise."""
    return DataRead(
        user=user.user,
        seat=seat,
        what="replay",
        case=None if grant is None else grant.case,
        person=None if grant is None else grant.person,
        device=None,
        purpose=None if grant is None else grant.purpose,
        from_us=command.from_us,
        to_us=command.to_us,
        allowed=True,
        why="office" if grant is None else "grant",
        grant=None if grant is None else grant.grant,
        scope=None if command.as_user is None else f"as {command.as_user}",
    )
