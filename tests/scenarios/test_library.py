"""The twenty scenarios of the library, each played through the real room by an expert: what it promises to teach really happens."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from backend_bridge.adapters.scenario_files import read_scenario, scenario_of_text
from backend_bridge.adapters.scenario_streets import streets_of
from backend_bridge.application.judge import judge
from backend_bridge.application.scenario_run import played
from backend_bridge.domain.alarm import AlarmStep
from backend_bridge.domain.scenarios.assessment import Entry, assess
from backend_bridge.domain.scenarios.compiled import Compiled, compiled
from backend_bridge.domain.scenarios.scenario import Do, Sign

RESOURCES = Path(__file__).parents[2] / "resources"
LIBRARY = sorted((RESOURCES / "scenarios").glob("*.toml"))


@cache
def made(path: Path) -> Compiled:
    scenario = read_scenario(path)
    return compiled(scenario, streets_of(scenario.streets, path, RESOURCES))


def called(path: Path) -> str:
    return path.stem


def test_the_library_has_the_twenty_with_titles_in_both_languages() -> None:
    scenarios = [read_scenario(path) for path in LIBRARY]
    assert [scenario.number for scenario in scenarios] == list(range(1, 21))
    assert [scenario.scenario for scenario in scenarios] == [path.stem for path in LIBRARY]
    for scenario in scenarios:
        for words in (scenario.title, scenario.briefing, scenario.lesson):
            assert any("가" <= letter <= "힣" for letter in words.ko)
            assert not any("가" <= letter <= "힣" for letter in words.en)


@pytest.mark.parametrize("path", LIBRARY, ids=called)
def test_what_is_expected_happens_and_the_expert_is_in_time(path: Path) -> None:
    scenario = made(path).scenario
    entries, refusals = [], []
    for room, outcome in played(made(path)):
        assert room.exercise
        entries += [Entry(at_us=outcome.taken.now_us, event=event) for event in outcome.events]
        refusals += [reply.refusal for reply in outcome.replies if reply.refusal is not None]
    assessment = assess(scenario, entries)
    assert [result for result in assessment.expectations if not result.met] == []
    assert [result for result in assessment.acts if not result.as_expected] == []
    assert refusals == []
    assert assessment.share_in_time(Do.ACKNOWLEDGE, 30.0) == 1.0


OF_FIXES_ALONE = [path for path in LIBRARY if not any(table in path.read_text(encoding="utf8") for table in ("[[rulings]]", "[[poison]]"))]
"""A court's ruling or a broken message is no part of a file of fixes."""


@pytest.mark.parametrize("path", OF_FIXES_ALONE, ids=called)
def test_judging_the_compiled_fixes_offline_raises_the_same_kinds(path: Path) -> None:
    given = made(path)
    raised = {
        (str(alarm.kind), alarm.case)
        for _, alarms in judge(given.scenario.cases, given.fixes, given.events)
        for alarm in alarms
        if alarm.step is not AlarmStep.CLEARED
    }
    wanted = [each for each in given.scenario.expectations if each.sign is Sign.ALARM and each.least > 0 and each.name != "system"]
    if any(fault.kind == "clock" for device in given.scenario.devices for fault in device.faults):
        wanted = [each for each in wanted if each.name != "silent"]  # the gate alone refuses what is ahead of its clock
    assert {each.name for each in wanted} <= {kind for kind, _ in raised}


def test_the_same_seed_gives_the_same_fixes_and_another_seed_others() -> None:
    path = LIBRARY[0]
    first, again = made(path), compiled(read_scenario(path), streets_of("bundled", path, RESOURCES))
    assert np.array_equal(first.fixes.lat_deg, again.fixes.lat_deg)
    assert np.array_equal(first.fixes.received_us, again.fixes.received_us)
    text = path.read_text(encoding="utf8").replace("seed = 101", "seed = 102")
    other = compiled(scenario_of_text(text, "other"), streets_of("bundled", path, RESOURCES))
    assert not np.array_equal(first.fixes.lat_deg, other.fixes.lat_deg)


def test_what_comes_twice_is_kept_once() -> None:
    (path,) = [path for path in LIBRARY if path.stem.startswith("19")]
    given = made(path)
    kept = [kept.fixes for _, outcome in played(given) for kept in outcome.taken.kept if kept.fixes is not None]
    assert len(given.fixes) == 2 * sum(map(len, kept)) > 400


def test_people_keep_to_the_roads_and_to_their_speed() -> None:
    given = made(LIBRARY[1])
    (wearer,) = [track for person, track in given.tracks.items() if person.startswith("S-")]
    steps = np.hypot(*np.diff(np.array(wearer.points_m), axis=0).T)
    seconds = np.diff(np.array(wearer.times_s))
    moving = steps > 1.0
    assert np.allclose(steps[moving] / seconds[moving], 60 / 3.6, rtol=1e-6)
    roads = streets_of("bundled", LIBRARY[1], RESOURCES)
    junctions = given.ground.metres(roads.junctions())
    on_way = np.array(wearer.points_m)[1:-2]
    apart = np.array([np.hypot(*(junctions - point).T).min() for point in on_way])
    assert np.median(apart) < 1.0
