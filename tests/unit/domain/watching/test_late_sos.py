"""An SOS, or a contact, that is heard late: what is told of the hour after it, for how long, and what finding that out may cost."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from worlds import DAY, HERE, T0, Row, S, at, case, event, fixes, of_kind, seconds_of, stay, told, walk

from backend_bridge.adapters.state_codec import decode, encode
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmStep
from backend_bridge.domain.breach.breach_engine import BreachEngine
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.watching import late_calls
from backend_bridge.domain.watching.unpaired_rules import UnpairedRules
from backend_bridge.domain.watching.watch import Watch


def sos(device: str, second: float, heard: float, **changed: object) -> DeviceEvent:
    return event(device, second, DeviceEventKind.SOS, received_us=T0 + round(heard * S), **changed)


def held_back(rows: list[Row], device: str, until: float) -> list[float]:
    """When rows are received: a second after they are measured, but those of a device from 100 s on only then."""
    return [until if row[0] == device and 100 <= row[1] < until else row[1] + 1 for row in rows]


def test_an_accuracy_of_nought_makes_no_place_of_a_call_the_better_one() -> None:
    nought, exact = (late_calls.LateCall(device=0, pressed_us=T0, place=HERE, accuracy_m=each) for each in (0.0, 5.0))
    assert not nought.tells_more(exact)
    assert exact.tells_more(nought)


def begun() -> Watch:
    watch = Watch.empty()
    watch.register([case(1), case(2)], T0 - DAY * S)
    return watch


def decided(batch: FixBatch, events: list[DeviceEvent], until_s: float) -> list[AlarmChange]:
    return list(begun().advance(batch, events, T0 + round(until_s * S)))


def near(changes: list[AlarmChange]) -> list[tuple[str, float, float]]:
    """Step, what was seen when, known when."""
    return [(c.step, seconds_of(c.happened_us), seconds_of(c.known_us)) for c in of_kind(changes, AlarmKind.UNPAIRED)]


@pytest.mark.parametrize("every_s", [10.0, 30.0])
def test_an_sos_of_an_hour_ago_names_who_was_there_however_often_his_device_measures(every_s: float) -> None:
    his = stay("ANK-2", at(100, 0), 0, 1500, every_s) + walk("ANK-2", at(100, 0), at(20000, 0), 1500, 2500, every_s)
    his += stay("ANK-2", at(20000, 0), 2500, 5000, every_s)
    raised = near(decided(fixes(his), [sos("VIC-1", 600, 4000, place=HERE, accuracy_m=10.0)], 4200))[0]
    assert raised[0] == AlarmStep.RAISED
    assert 540 <= raised[1] <= 600
    assert raised[2] == 4020  # the full minute after


def test_who_came_into_the_hour_of_a_late_sos_by_rare_places_alone_is_named_with_the_time_of_the_place() -> None:
    his = stay("ANK-2", at(5000, 0), 0, 1800, 10) + walk("ANK-2", at(5000, 0), at(80, 0), 1800, 2700, 10)
    his += stay("ANK-2", at(80, 0), 2700, 3000, 10) + walk("ANK-2", at(80, 0), at(20000, 0), 3000, 4500, 10)
    his += stay("ANK-2", at(20000, 0), 4500, 9000, 10)
    raised = near(decided(fixes(his), [sos("VIC-1", 600, 8000, place=HERE, accuracy_m=10.0)], 8100))
    assert [step for step, _, _ in raised] == [AlarmStep.RAISED]
    assert 2600 <= raised[0][1] <= 2760


def test_what_a_late_sos_has_shown_stands_for_a_quarter_of_an_hour() -> None:
    rows = sorted(stay("ANK-2", at(100, 0), 0, 9000, 30) + stay("VIC-1", at(9000, 0), 0, 60, 30), key=lambda row: row[1])
    changes = near(decided(fixes(rows), [sos("VIC-1", 600, 7000, place=HERE, accuracy_m=10.0)], 9000))
    assert [(step, known) for step, _, known in changes] == [(AlarmStep.RAISED, 7020), (AlarmStep.CLEARED, 7920)]


def test_an_sos_without_a_place_that_comes_before_its_own_backlog_names_who_was_there() -> None:
    rows = stay("VIC-1", HERE, 0, 3600, 10) + stay("ANK-2", at(100, 0), 0, 4000, 10)
    received = held_back(rows, "VIC-1", 3601)
    changes = near(decided(fixes(rows, received), [sos("VIC-1", 3000, 3601)], 4000))
    assert changes[0][0] == AlarmStep.RAISED
    assert changes[0][1] <= 3660
    assert changes[0][2] == 3660
    moved = stay("VIC-1", at(0, 9000), 0, 1200, 10) + stay("VIC-1", HERE, 2000, 3600, 10) + stay("ANK-2", at(100, 0), 0, 4000, 10)
    late = [3700.0 if row[0] == "VIC-1" and row[1] >= 2000 else row[1] + 1 for row in moved]
    first, *_ = near(decided(fixes(moved, late), [sos("VIC-1", 2500, 3601)], 4000))
    assert first[2] == 3720  # not by where she had been 22 min before


def test_an_sos_without_a_place_of_which_nothing_ever_tells_from_where_is_forgotten() -> None:
    watch = begun()
    his = fixes(stay("ANK-2", at(100, 0), 0, 9000, 10))
    assert near(list(watch.advance(his, [sos("VIC-1", 3000, 3601)], T0 + 9000 * S))) == []
    assert watch.parts()["unpaired"]["late"] == ()  # type: ignore[index]  # the rules' own parts


def test_a_contact_that_comes_before_its_own_backlog_is_compared_with_it() -> None:
    rows = stay("VIC-1", HERE, 0, 4000, 10) + stay("ANK-1", at(5000, 0), 0, 3600, 10)
    contact = event("ANK-1", 3000, DeviceEventKind.BEACON_CONTACT, "VIC-1", received_us=T0 + 3601 * S)
    changes = of_kind(decided(fixes(rows, held_back(rows, "ANK-1", 3601)), [contact], 4000), AlarmKind.POSITION_NOT_TRUSTED)
    assert "raised position-not-trusted red V-1" in told(changes)
    red = next(c for c in changes if c.because["cause"] == "beacon-contact")
    assert (seconds_of(red.happened_us), seconds_of(red.known_us)) == (3000, 3720)


def test_an_sos_pressed_for_an_hour_costs_a_bounded_number_of_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    sights_at, parties_at = BreachEngine.sights_at, UnpairedRules._parties_at
    found: list[int] = []

    def counted(engine: BreachEngine, device: np.ndarray[tuple[int], np.dtype[np.int32]], at_us: int) -> object:
        looks.extend([at_us] * (len(device) > 2))  # at all wearers
        return sights_at(engine, device, at_us)

    def counted_parties(rules: UnpairedRules, at_us: int) -> object:
        found.append(at_us)
        return parties_at(rules, at_us)

    monkeypatch.setattr(BreachEngine, "sights_at", counted)
    monkeypatch.setattr(UnpairedRules, "_parties_at", counted_parties)
    watch = begun()
    watch.register([case(3)], T0 - DAY * S)
    watch.advance(fixes(stay("ANK-2", at(100, 0), 0, 7000, 30)), (), T0 + 7001 * S)
    pressed = [sos("VIC-1", 600 + 10 * k, 7002, place=HERE, accuracy_m=10.0) for k in range(360)]
    changes = list(watch.advance(FixBatch.empty(), pressed, T0 + 7003 * S))
    assert len(looks) <= 30  # those whose hour is not over yet, one a minute
    changes += watch.advance(FixBatch.empty(), (), T0 + 7300 * S)
    assert [step for step, _, _ in near(changes)] == [AlarmStep.RAISED]
    assert len(looks) <= 200  # an hour and the hour after, once a minute, and who is there now
    assert len(found) <= 2


def test_no_minute_looks_back_at_more_than_so_many_calls_and_all_have_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late_calls, "MOST_CALLS", 2)
    watch = Watch.empty()
    watch.register([case(number) for number in range(1, 7)], T0 - DAY * S)
    watch.advance(fixes(stay("ANK-6", at(100, 0), 0, 7000, 30)), (), T0 + 7001 * S)
    pressed = [sos(f"VIC-{number}", 600, 7002, place=HERE, accuracy_m=10.0) for number in range(1, 6)]
    changes = list(watch.advance(FixBatch.empty(), pressed, T0 + 7300 * S))
    raised = [(c.about, seconds_of(c.known_us)) for c in of_kind(changes, AlarmKind.UNPAIRED)]
    assert raised == [("V-1", 7020), ("V-2", 7020), ("V-3", 7080), ("V-4", 7080), ("V-5", 7140)]


def test_a_better_place_a_moment_later_counts_and_a_worse_one_does_not() -> None:
    rows = sorted(stay("ANK-2", at(100, 0), 0, 900, 30) + stay("VIC-1", at(0, 9000), 0, 900, 30), key=lambda row: row[1])
    exact = sos("VIC-1", 610, 611, place=HERE, accuracy_m=10.0)
    rough = sos("VIC-1", 600, 601, place=at(0, 9000), accuracy_m=800.0)
    assert [known for _, _, known in near(decided(fixes(rows), [rough, exact], 900))] == [611]
    beyond = sorted(stay("ANK-2", at(1500, 0), 0, 900, 30) + stay("VIC-1", at(0, 9000), 0, 900, 30), key=lambda row: row[1])
    about = sos("VIC-1", 640, 641, place=at(700, 0), accuracy_m=800.0)
    assert near(decided(fixes(beyond), [exact, about], 900)) == []
    elsewhere = sos("VIC-1", 640, 641, place=at(1500, 0), accuracy_m=20.0)
    assert [known for _, _, known in near(decided(fixes(beyond), [exact, elsewhere], 900))] == [641]


@cache
def evening() -> tuple[FixBatch, tuple[DeviceEvent, ...]]:
    """Two backlogs, in which an SOS without a place and a contact that is contradicted lie, and an SOS of long ago."""
    rows = stay("VIC-1", HERE, 0, 3600, 30) + stay("ANK-1", at(5000, 0), 0, 4500, 30) + stay("ANK-2", at(100, 0), 0, 4500, 30)
    received = held_back(rows, "VIC-1", 3601)
    told_late = [
        sos("VIC-1", 3000, 3601),
        event("VIC-1", 3100, DeviceEventKind.BEACON_CONTACT, "ANK-1", received_us=T0 + 3601 * S),
        sos("VIC-2", 700, 3700, place=at(4900, 0), accuracy_m=10.0),
        sos("VIC-2", 1700, 3650, place=at(4900, 50), accuracy_m=10.0),
    ]
    return fixes(rows, received), tuple(sorted(told_late, key=lambda one: one.received_us))


def played(moments: list[int], *, reborn: bool = False) -> tuple[AlarmChange, ...]:
    batch, late = evening()
    watch, changes, start, n_told = begun(), [], 0, 0
    for now_us in [*moments, T0 + 6000 * S]:
        end = int(np.searchsorted(batch.received_us, now_us, side="right"))
        until = sum(one.received_us <= now_us for one in late)
        changes += watch.advance(batch.between(start, end), late[n_told:until], now_us)
        start, n_told = end, until
        if reborn:
            watch = Watch.of_parts(decode(encode(watch.parts())))  # type: ignore[arg-type]  # it is what was encoded
    return tuple(changes)


@settings(max_examples=15, deadline=None)
@given(tenths=some.lists(some.integers(3500 * 10, 4000 * 10), max_size=20, unique=True), reborn=some.booleans())
def test_what_is_told_of_late_calls_hangs_neither_on_the_batching_nor_on_a_restart(tenths: list[int], *, reborn: bool) -> None:
    whole = played([])
    assert {AlarmKind.UNPAIRED, AlarmKind.POSITION_NOT_TRUSTED} <= {change.kind for change in whole}
    assert played(sorted(T0 + tenth * S // 10 for tenth in tenths), reborn=reborn) == whole


def test_a_watch_kept_by_a_version_that_waited_for_nothing_goes_on() -> None:
    parts = begun().parts()
    del parts["contacts"]
    rules: dict[str, object] = parts["unpaired"]  # type: ignore[assignment]  # the rules' own parts
    del rules["late"], rules["kept"]
    his = fixes(stay("ANK-2", at(100, 0), 0, 1500, 30))
    changes = Watch.of_parts(parts).advance(his, [sos("VIC-1", 600, 4000, place=HERE)], T0 + 4100 * S)
    assert [change[0] for change in near(list(changes))] == [AlarmStep.RAISED]
