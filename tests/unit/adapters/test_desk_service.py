"""What a desk asked for is answered, also where reading it fails."""

import logging
from typing import Any

import pytest

from backend_bridge.adapters import desk_service
from backend_bridge.adapters.desk_service import DeskService
from backend_bridge.application.outcome import Reply
from backend_bridge.domain.queries import ReadLog


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
