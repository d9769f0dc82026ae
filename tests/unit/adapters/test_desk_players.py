"""A comparison takes minutes: it is told only to a desk that is still shown the recording which it asked about."""

import gc
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from backend_bridge.adapters import desk_players
from backend_bridge.adapters.desk_players import DeskPlayers
from backend_bridge.application.answers import Found
from backend_bridge.application.inbox import Ask
from backend_bridge.application.outcome import Reply
from backend_bridge.application.tables import Table
from backend_bridge.application.what_if import StoppedError
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.queries import CompareRecording, StopComparing

ASKED = Ask(act=7, user=UserId("kim"), seat="s", query=CompareRecording())


class Gate:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.replies: list[tuple[str | None, Found | None]] = []
        self.published: list[tuple[str, object]] = []

    def reply(self, reply: Reply, found: Found | None = None) -> None:
        self.replies.append((reply.refusal, found))

    def publish(self, view: str, changes: object, *, whole: bool = False) -> None:
        self.published.append(("whole" if whole else "changes", None))

    def publish_leap(self, view: str, changes: object, awaited: object) -> None:
        self.published.append(("leap", awaited))

    def show(self, seat: str, views: object) -> None:
        pass

    def forget(self, view: str) -> None:
        pass


def compared(monkeypatch: pytest.MonkeyPatch, *, closes: bool = False, stopped: bool = False) -> list[tuple[str | None, Found | None]]:
    gate: Any = Gate()
    nothing: Any = None
    shown: Any = SimpleNamespace(opening=object(), comparing=threading.Event(), compared=None)
    players = DeskPlayers(gate, nothing, nothing, nothing)
    players._showing["s"] = shown

    def lived(_recording: object, _opening: object, _query: object, stops: Callable[[float], bool]) -> tuple[()]:
        if closes:
            players._close("s")
        if stopped:
            assert players.takes(Ask(act=8, user=UserId("kim"), seat="s", query=StopComparing()))
        if stops(0.254):
            raise StoppedError
        assert shown.compared == 0.25, "the time bar tells how far it is"
        return ()

    monkeypatch.setattr(desk_players, "compared", lived)
    players._compare(ASKED, CompareRecording(), (shown, shown.comparing))
    assert shown.compared is None, "nothing runs any more"
    return list(gate.replies)


def test_a_comparison_is_told_to_the_desk_that_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert compared(monkeypatch) == [(None, Found(compared=()))]


def test_nothing_is_told_once_the_recording_may_not_be_seen_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    ((refusal, found),) = compared(monkeypatch, closes=True)
    assert refusal is not None
    assert found is None


def test_a_comparison_ends_when_its_desk_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert compared(monkeypatch, stopped=True) == [(None, Found(texts=())), ("comparing-stopped", None)]


def test_a_comparison_is_stopped_also_before_it_has_begun_and_by_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    gate: Any = Gate()
    nothing: Any = None
    shown: Any = SimpleNamespace(opening=object(), comparing=threading.Event(), compared=None)
    players = DeskPlayers(gate, nothing, nothing, nothing)
    players._showing["s"] = shown
    lived = threading.Event()
    monkeypatch.setattr(desk_players, "compared", lambda *_: lived.set())
    with players._comparing:  # another desk's takes long
        for _ in range(2):
            assert players.takes(ASKED)
        assert players.takes(Ask(act=8, user=UserId("kim"), seat="s", query=StopComparing()))
        assert gate.replies == [(None, Found(texts=()))]
    for thread in [each for each in threading.enumerate() if each.name == "what-if"]:
        thread.join(60)
    assert [refusal for refusal, _ in gate.replies[1:]] == ["comparing-stopped"] * 2
    assert not lived.is_set()


class Shown:
    """A recording as far as its player moves it; notes whether cycles were searched for meanwhile."""

    def __init__(self) -> None:
        self.opening = SimpleNamespace(seat="s")
        self.view = SimpleNamespace(awaited={Table.CASES: frozenset({"KR-2"})})
        self.player = SimpleNamespace(seek=lambda _at_us, **_: self._moved(leaps=True))
        self.searched: list[bool] = []
        self._leapt = False

    def _moved(self, *, leaps: bool) -> None:
        self.searched.append(gc.isenabled())
        self._leapt = leaps

    def play(self, _speed: float) -> None:
        self._moved(leaps=False)

    def step(self, _to: str) -> None:
        self._moved(leaps=True)

    def loop_over(self, _part_us: object) -> None:
        self._moved(leaps=True)

    def turn(self) -> tuple[bool, tuple[()]]:
        is_anew, self._leapt = self._leapt, False
        return is_anew, ()

    def frame_is_due(self, _every_s: float) -> bool:
        return False


def moved(move: Callable[[DeskPlayers], None]) -> tuple[Gate, Shown]:
    """A recording that is shown already, after one move of its desk."""
    gate: Any = Gate()
    nothing: Any = None
    shown: Any = Shown()
    shown.player.room = SimpleNamespace(watch=SimpleNamespace(picture=lambda _now_us: None), now_us=0)
    shown.view.frame = lambda *_: None
    gate.publish_frame = lambda *_: None
    players = DeskPlayers(gate, nothing, nothing, nothing)
    players._showing["s"] = shown
    move(players)
    call = players._calls.get_nowait()
    assert call is not None
    players._safely(*call)
    return gate, shown


def test_at_a_seek_the_desk_keeps_the_rows_that_are_still_to_come() -> None:
    gate, _ = moved(lambda players: players.seek("s", 5))
    assert gate.published == [("leap", {Table.CASES: frozenset({"KR-2"})})]
    gate, _ = moved(lambda players: players.play("s", 1.0))
    assert gate.published == [("changes", None)]


def test_cycles_are_left_alone_for_the_length_of_a_seek_only() -> None:
    """The collector is that of the whole bridge."""
    assert gc.isenabled()
    assert moved(lambda players: players.seek("s", 5))[1].searched == [False]
    assert gc.isenabled()
    for move in (
        lambda players: players.play("s", 1.0),
        lambda players: players.step("s", "next-fix"),
        lambda players: players.loop("s", None),
    ):
        assert moved(move)[1].searched == [True]


def test_what_the_bridge_set_aside_at_its_start_stays_aside_over_a_seek() -> None:
    gc.freeze()
    try:
        before = gc.get_freeze_count()
        moved(lambda players: players.seek("s", 5))
        assert gc.get_freeze_count() > before // 2
        assert gc.isenabled()
    finally:
        gc.unfreeze()


def test_a_seek_is_looked_at_first_and_read_whole_behind_the_picture() -> None:
    gate: Any = Gate()
    nothing: Any = None
    sought: list[tuple[int, bool]] = []
    shown: Any = SimpleNamespace(player=SimpleNamespace(seek=lambda at_us, *, glimpse=False: sought.append((at_us, glimpse))))
    players = DeskPlayers(gate, nothing, nothing, nothing)
    players._showing["s"] = shown
    players._turn = lambda _shown, opens=False: None  # type: ignore[method-assign]  # what is sent is another test's
    players._seek("s", 5)
    assert sought == [(5, True)]
