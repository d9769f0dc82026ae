"""Simulated hours on the real store, in which the power goes while something is written; `bench/simulate.py --on-disk` runs whole days."""

import pytest
import sim_durable
from sim_day import Faults, lived_day
from sim_durable import DurableBridge

BAD = Faults(kills=12.0, partitions=3.0, clock_steps=2.0, floods=1.0, disk_losses=0.3)


def bridge_after(seed: int) -> DurableBridge:
    bridge = lived_day(seed, 1.0, BAD, DurableBridge)
    assert isinstance(bridge, DurableBridge)
    return bridge


@pytest.mark.parametrize("seed", [1, 2])
def test_with_the_power_gone_in_the_midst_of_writes_every_promise_is_kept(seed: int) -> None:
    bridge = bridge_after(seed)
    bridge.end()
    assert bridge.n_torn > 0
    assert bridge.n_kills > bridge.n_torn
    assert len(bridge.stored) > 200


def test_a_disk_that_loses_what_was_acked_breaks_a_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim_durable, "torn", lambda _dice, before, _after: before[: len(before) // 2])
    with pytest.raises(AssertionError):
        bridge_after(1).end()
