"""What a re-enactment keeps of an incident: a few words that many share, and nothing that a place, a time or a person has."""

from dataclasses import replace

import numpy as np
import pytest

from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.scenarios.scenario import Do, Way
from backend_bridge.domain.scenarios.structure import (
    GRID_S,
    SILENT,
    WORDS,
    Done,
    Failure,
    From,
    Phase,
    Pursuit,
    Reach,
    Side,
    Structure,
    blurred,
    staged,
    structure_of,
    words_kept,
)

N = 120


def walk_in(speed_mps: float = 1.3, *, from_m: float = 2000.0, nearest_m: float = 40.0, stays: int = 4, leaves: bool = False) -> Pursuit:
    """He comes straight from the north to somebody who stays where she is."""
    apart = np.maximum(from_m - speed_mps * GRID_S * np.arange(N), nearest_m)
    if leaves:
        there = int(np.argmax(apart <= nearest_m)) + stays
        apart[there:] = nearest_m + speed_mps * GRID_S * np.arange(1, N - there + 1)
    return Pursuit(
        wearer_m=np.column_stack([np.zeros(N), apart]),
        protected_m=np.zeros((N, 2)),
        wearer_heard=np.ones(N, np.bool_),
        starts_us=0,
    )


@pytest.mark.parametrize(("speed", "way"), [(1.3, Way.FOOT), (4.0, Way.BICYCLE), (11.0, Way.CAR)])
def test_how_he_came_is_one_of_three_words(speed: float, way: Way) -> None:
    assert structure_of(walk_in(speed), (), ()).way is way


def test_how_near_from_where_and_whether_he_stayed_are_words_too() -> None:
    there = structure_of(walk_in(), (), ())
    assert (there.reach, there.began, there.side, there.lingers, there.leaves) == (Reach.CONTACT, From.FAR, Side.ANY, True, False)
    gone = structure_of(walk_in(nearest_m=250.0, from_m=1000.0, leaves=True), (), ())
    assert (gone.reach, gone.began, gone.leaves) == (Reach.NEAR, From.NEARBY, True)


def test_the_side_is_told_by_the_way_that_she_goes() -> None:
    still = walk_in()
    north = replace(still, protected_m=np.column_stack([np.zeros(N), 12.0 * np.arange(N)]))
    assert structure_of(north, (), ()).side is Side.AHEAD
    assert structure_of(replace(still, protected_m=-north.protected_m), (), ()).side is Side.BEHIND


def test_which_device_failed_when_is_kept_by_the_course_of_the_incident() -> None:
    heard = np.ones(N, np.bool_)
    heard[20:40] = False
    cut = DeviceEvent(device=DeviceId("A"), measured_us=int(15 * GRID_S * 1e6), kind=DeviceEventKind.STRAP_CUT, received_us=0)
    battery = replace(cut, kind=DeviceEventKind.BATTERY, value=3.0)
    told = structure_of(replace(walk_in(), wearer_heard=heard), ((True, cut), (False, battery)), ()).failures
    assert told == (
        Failure(of_wearer=True, what=SILENT, phase=Phase.APPROACH),
        Failure(of_wearer=True, what="strap_cut", phase=Phase.APPROACH),
    )


def test_what_staff_did_is_kept_in_steps_of_a_quarter_minute() -> None:
    done = (
        Done(do=Do.ACKNOWLEDGE, task=None, outcome=None, after_s=17.3),
        Done(do=Do.TASK, task="notify-112", outcome="acknowledged", after_s=9999.0),
    )
    assert [each.after_s for each in structure_of(walk_in(), (), done).done] == [15.0, 300.0]


def same(n: int, **changed: object) -> list[Structure]:
    return [replace(structure_of(walk_in(), (), ()), **changed)] * n  # type: ignore[arg-type]


def test_words_that_too_few_share_are_left_out_one_after_another() -> None:
    pool = [*same(12), *same(3, began=From.NEARBY), *same(1, way=Way.CAR)]
    assert words_kept(pool[0], pool) == len(WORDS)
    assert words_kept(pool[12], pool) == WORDS.index("began")
    assert words_kept(pool[-1], pool) == 0


def test_what_was_left_out_is_drawn_anew_and_what_tracks_do_not_show_stays() -> None:
    cut = Failure(of_wearer=True, what="strap_cut", phase=Phase.THERE)
    pool = [*same(20), *same(1, way=Way.CAR, failures=(cut,))]
    ways = {blurred(pool[-1], pool, np.random.default_rng(seed)).way for seed in range(40)}
    assert Way.FOOT in ways
    assert ways <= {Way.FOOT, Way.CAR}
    assert cut in blurred(pool[-1], pool, np.random.default_rng(1)).failures
    alone = {blurred(pool[0], pool[:1], np.random.default_rng(seed)).way for seed in range(40)}
    assert alone == {Way.FOOT, Way.BICYCLE, Way.CAR}


def test_everything_finer_is_drawn_from_ranges_that_know_the_words_alone() -> None:
    structure = same(1)[0]
    drawn = [staged(structure, np.random.default_rng(seed)) for seed in range(200)]
    assert all(15.0 <= each.reach_m <= 100.0 and 1400.0 <= each.from_m <= 2600.0 and 1.1 <= each.speed_mps <= 1.7 for each in drawn)
    assert np.std([each.bearing_deg for each in drawn]) > 80.0
