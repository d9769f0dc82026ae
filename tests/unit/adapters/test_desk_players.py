"""A comparison takes minutes: it is told only to a desk that is still shown the recording which it asked about."""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from backend_bridge.adapters import desk_players
from backend_bridge.adapters.desk_players import DeskPlayers
from backend_bridge.application.inbox import Ask
from backend_bridge.application.outcome import Reply
from backend_bridge.application.reads import Found
from backend_bridge.application.what_if import StoppedError
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.queries import CompareRecording, StopComparing

ASKED = Ask(act=7, user=UserId("kim"), seat="s", query=CompareRecording())


class Gate:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.replies: list[tuple[str | None, Found | None]] = []

    def reply(self, reply: Reply, found: Found | None = None) -> None:
        self.replies.append((reply.refusal, found))

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
