"""What a desk asked for is answered, also where reading it fails; an alarm reaches it before everything else."""

import logging
from types import SimpleNamespace
from typing import Any

import pytest
from room_builder import change

from backend_bridge.adapters import desk_service
from backend_bridge.adapters.desk_service import DeskService
from backend_bridge.application.outcome import Reply
from backend_bridge.domain.queries import ReadLog

ROWS_S, ALARMS_S = 0.1, 0.03
"""How long it takes in this room to cut all rows, and the alarm list alone."""


def test_a_look_that_cannot_be_read_is_refused_and_the_log_says_no_value(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    replies: list[Reply] = []

    class Gate:
        def reply(self, reply: Reply, found: object = None) -> None:
            assert found is None
            replies.append(reply)

    def broken(*_: object) -> None:
        raise OSError("CANARY 37.56")

    monkeypatch.setattr(desk_service, "answer", broken)
    gate: Any = Gate()
    nothing: Any = None
    service = DeskService(gate, nothing, nothing, nothing)
    with caplog.at_level(logging.WARNING):
        service._answer_from_disk(Reply(act=3, seat="s", query=ReadLog(since=0, limit=1)), nothing, nothing)
    service.stop()
    assert [(reply.act, reply.seat, reply.refusal) for reply in replies] == [(3, "s", "not-read")]
    assert "OSError" in caplog.text
    assert "CANARY" not in caplog.text


class BusyRoom:
    """A service with one desk whose rows take long to cut, and a clock that nothing else moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now_s, self.sent = 100.0, list[tuple[str, float]]()
        monkeypatch.setattr(desk_service, "time", SimpleNamespace(monotonic=lambda: self.now_s))
        room: Any = SimpleNamespace(now_us=0, watch=SimpleNamespace(picture=lambda _now_us: None))
        gate: Any = SimpleNamespace(
            publish=lambda _seat, changes: self.sent.append((changes[0], round(self.now_s, 3))), publish_frame=lambda *_: None
        )
        players: Any = SimpleNamespace(seats=tuple)
        nothing: Any = None
        self.service = DeskService(gate, lambda: room, nothing, players)
        view: Any = SimpleNamespace(changes=self._cut("rows", ROWS_S), alarms=self._cut("alarms", ALARMS_S), frame=lambda *_: None)
        self.service._views["seat"] = view

    def _cut(self, what: str, takes_s: float) -> Any:
        def cut(*_: object) -> tuple[str]:
            self.now_s += takes_s
            return (what,)

        return cut

    def alarm(self) -> None:
        outcome: Any = SimpleNamespace(taken=SimpleNamespace(news=(), acts=()), events=(change(),), replies=(), effects=())
        self.service.tell(outcome)

    def beats(self, until_s: float) -> None:
        while self.now_s < until_s:
            self.service.beat()
            self.now_s += 0.01


def test_an_alarm_does_not_wait_because_other_rows_took_long_to_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = BusyRoom(monkeypatch)
    busy.service.beat()
    assert busy.sent == [("rows", 100.1)]
    busy.alarm()
    assert busy.sent[1:] == [("alarms", 100.13)]


def test_alarms_on_end_leave_the_engine_its_time_and_none_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = BusyRoom(monkeypatch)
    busy.service.beat()
    busy.alarm()
    busy.alarm()
    assert busy.sent[2:] == []
    busy.beats(until_s=busy.now_s + desk_service.SHARE * ALARMS_S + 0.01)
    assert [what for what, _ in busy.sent[2:]] == ["alarms"]
