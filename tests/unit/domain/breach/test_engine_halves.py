"""Judged in two halves, at once or in any order, fixes give what they give one after the other."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from walks_by import ALWAYS, ZONE, Seen, batch

from backend_bridge.domain.breach import breach_engine
from backend_bridge.domain.breach.breach_engine import BreachEngine, TargetKind
from backend_bridge.domain.breach.engine_halves import halves_of

N_DEVICES = 12
Pair = tuple[int, int]
pairs = st.lists(st.tuples(st.integers(0, N_DEVICES - 1), st.integers(0, N_DEVICES - 1)).filter(lambda two: two[0] != two[1]), max_size=8)


def test_devices_that_a_chain_of_targets_brings_together_are_in_one_half() -> None:
    subject, protected = np.array([4, 0, 3, 6], np.int32), np.array([3, 5, 2, -1], np.int32)
    half = halves_of(subject, protected, 8)
    assert half[4] == half[3] == half[2]
    assert half[0] == half[5]
    assert set(half.tolist()) == {0, 1}


def test_a_chain_of_thousands_of_devices_is_found_in_a_few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds, minimum = 0, np.minimum

    class Counted:
        at = minimum.at

        def __call__(self, one: object, other: object) -> object:
            nonlocal rounds
            rounds += 1
            return minimum(one, other)  # type: ignore[call-overload]  # as it was called

    monkeypatch.setattr(np, "minimum", Counted())
    links = np.arange(4_999, dtype=np.int32)
    half = halves_of(np.append(links, 5_000), np.append(links + 1, -1), 5_001)
    assert len(set(half[:5_000].tolist())) == 1
    assert half[5_000] != half[0]
    assert rounds < 20


@given(pairs)
def test_no_target_has_devices_of_both_halves(several: list[Pair]) -> None:
    found = np.array(several, np.int32).reshape(-1, 2)
    half = halves_of(found[:, 0], found[:, 1], N_DEVICES)
    assert (half[found[:, 0]] == half[found[:, 1]]).all()


def engine_of(several: list[Pair]) -> BreachEngine:
    """Zones for all devices, and a ring and its approach for each pair."""
    made = BreachEngine()
    for number in range(N_DEVICES):
        made.watch_zone(made.device(f"D-{number}"), TargetKind.EXCLUSION, ZONE, ALWAYS, 0.0)
    for subject, protected in several:
        made.watch_ring(TargetKind.RING, subject, protected, 100.0, ALWAYS)
        made.watch_ring(TargetKind.APPROACH, subject, protected, 100.0, ALWAYS)
    return made


@st.composite
def wanderings(draw: st.DrawFn) -> list[Seen]:
    """Fixes of all devices about the zone, some late and some far off."""
    seed, n = draw(st.integers(0, 2**32 - 1)), draw(st.integers(20, 240))
    chance = np.random.default_rng(seed)
    at_s, device = np.cumsum(chance.exponential(4.0, n)), chance.integers(0, N_DEVICES, n)
    east_m = 260.0 * np.sin(at_s / 180.0 + device) + chance.normal(0.0, 12.0, n) + 900.0 * (chance.random(n) < 0.03)
    late_s = np.where(chance.random(n) < 0.1, chance.exponential(300.0, n), 2.0)
    return [
        Seen(float(at - late), float(east), received_s=float(at), device=int(of))
        for at, east, late, of in zip(at_s, east_m, late_s, device, strict=True)
    ]


def second_first(first: Callable[[], None], second: Callable[[], None]) -> None:
    """Two things in the other order."""
    second()
    first()


@settings(max_examples=60, deadline=None)
@given(pairs, wanderings(), st.integers(1, 100))
def test_two_halves_decide_to_the_bit_what_one_whole_decides(several: list[Pair], seen: list[Seen], cut: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(breach_engine, "LEAST_ROWS", 2)
        whole, halves = engine_of(several), engine_of(several)
        halves.beside = second_first
        fixes = batch(seen)
        for start in range(0, len(fixes), cut):
            part = fixes.between(start, min(start + cut, len(fixes)))
            one, thought = whole.advance(part, part.device)
            other, thought_too = halves.advance(part, part.device)
            assert one.tobytes() == other.tobytes()
            assert thought.surprise.tobytes() == thought_too.surprise.tobytes()
            assert thought.displaced.tobytes() == thought_too.displaced.tobytes()
            assert thought.late.tobytes() == thought_too.late.tobytes()
        for name, table in whole.parts().items():
            assert table.tobytes() == halves.parts()[name].tobytes(), name


def test_a_device_added_between_two_calls_is_judged_with_those_it_is_now_bound_to() -> None:
    chance = np.random.default_rng(7)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(breach_engine, "LEAST_ROWS", 2)
        made, n_split = engine_of([(0, 1), (2, 3)]), 0

        def counted(first: Callable[[], None], second: Callable[[], None]) -> None:
            nonlocal n_split
            n_split += 1
            second_first(first, second)

        made.beside = counted
        seen = [Seen(float(k), float(chance.normal(0, 300)), device=k % N_DEVICES) for k in range(120)]
        fixes = batch(seen)
        made.advance(fixes, fixes.device)
        assert n_split == 1
        half = made._half_of(np.arange(N_DEVICES, dtype=np.int32))
        one, other = int(np.flatnonzero(half == 0)[0]), int(np.flatnonzero(half)[0])
        made.watch_ring(TargetKind.RING, one, other, 100.0, ALWAYS)
        half = made._half_of(np.arange(N_DEVICES, dtype=np.int32))
        assert half[one] == half[other]


def test_the_crossing_of_a_zone_says_nothing_of_two_devices_whatever_was_told_before_it() -> None:
    """What a law above found: a row of figures still held those of a ring that had been told in it."""
    n, chance = 120, np.random.default_rng(2)
    at_s, device = np.cumsum(chance.exponential(4.0, n)), chance.integers(0, N_DEVICES, n)
    east_m = 260.0 * np.sin(at_s / 180.0 + device) + chance.normal(0.0, 12.0, n) + 900.0 * (chance.random(n) < 0.03)
    late_s = np.where(chance.random(n) < 0.1, chance.exponential(300.0, n), 2.0)
    fixes = batch(
        [
            Seen(float(at - late), float(east), received_s=float(at), device=int(of))
            for at, east, late, of in zip(at_s, east_m, late_s, device, strict=True)
        ]
    )
    told, _ = engine_of([(0, 1), (0, 2)]).advance(fixes, fixes.device)
    of_one = told["target"] < N_DEVICES
    for name in ("sigma_subject_m", "sigma_protected_m", "age_subject_s", "n_protected"):
        assert np.isnan(told[name][of_one]).all()
        assert not np.isnan(told[name][~of_one]).any()
