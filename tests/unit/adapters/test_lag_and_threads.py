"""The bridge's eye on its own parts: how long input waits, and which threads have ended."""

import threading
import time

import numpy as np

from backend_bridge.adapters.fair_inbox import FairInbox
from backend_bridge.adapters.lag_meter import LagMeter
from backend_bridge.adapters.thread_watch import ThreadWatch
from backend_bridge.application.inbox import Lag, Trouble
from backend_bridge.domain.arrivals import Data, Lane
from backend_bridge.domain.identifiers import GatewayName


def data(seq: int) -> Data:
    rows = np.arange(100, dtype=np.int32)
    return Data(
        gateway=GatewayName("north"),
        connection=b"w",
        lane=Lane.POSITIONS,
        epoch=1,
        seq=seq,
        fixes=None,
        events=(),
        kept_rows=rows,
        bad=(),
    )


def test_the_wait_of_what_stands_in_the_inbox_is_known_while_it_waits_and_when_it_is_taken() -> None:
    inbox: FairInbox[str] = FairInbox()
    assert inbox.oldest_s() is None
    began = time.monotonic()
    for seq in range(50):
        inbox.offer(data(seq))
    came = inbox.oldest_s()
    assert came is not None
    assert began <= came <= time.monotonic()
    inbox.take(wait_s=0.0, gather_s=0.0, n_rows=1000)
    assert inbox.oldest_s() == came
    while len(inbox):
        inbox.take(wait_s=0.0, gather_s=0.0)
    inbox.take(wait_s=0.0, gather_s=0.0)
    assert inbox.oldest_s() is None


def test_a_short_wait_is_none_and_a_long_one_is_an_alarm_until_it_is_over() -> None:
    meter = LagMeter()
    told = []
    for second, behind in enumerate([0.05, 0.3, 1.2, 6.0, 6.1, 3.0, 1.4, 0.0, 0.0], start=10):
        told += meter.news(behind, float(second))
        told += meter.news(behind, second + 0.5)
    assert [one.behind_s for one in told if isinstance(one, Lag)] == [1.0, 6.0, 3.0, 1.5, 0.0]
    assert [(one.code, one.on) for one in told if isinstance(one, Trouble)] == [("lag", True), ("lag", False)]


def test_a_thread_that_ends_is_seen_and_those_that_come_and_go_are_not() -> None:
    end = threading.Event()
    threads = [threading.Thread(target=end.wait, name=name, daemon=True) for name in ("self-watch", "zap-lane", "control-answer")]
    for thread in threads:
        thread.start()
    watch = ThreadWatch(threads)
    assert watch.standing() == {"thread:self-watch": False}
    end.set()
    for thread in threads:
        thread.join()
    assert watch.standing() == {"thread:self-watch": True}
