"""The rules of each country hold together: every step can be reached, every outcome is one, no warning gives a place away."""

import re

import pytest

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.incidents.incident import Task, first_tasks, following_tasks, task_of
from backend_bridge.domain.incidents.jurisdiction import ES, FR, KR, NOT_REACHED_TASK, UY, Jurisdiction, rules_of

ALL = (KR, FR, ES, UY)


@pytest.mark.parametrize("rules", ALL, ids=lambda rules: rules.code)
def test_every_step_can_be_reached_and_every_condition_is_an_outcome(rules: Jurisdiction) -> None:
    by_name = {rule.task: rule for rule in rules.tasks}
    assert len(by_name) == len(rules.tasks)
    for rule in rules.tasks:
        assert rule.outcomes
        assert set(rule.failed_outcomes) < set(rule.outcomes)
        if rule.after is not None:
            assert set(rule.after_outcomes) <= set(by_name[rule.after].outcomes)


@pytest.mark.parametrize("rules", ALL, ids=lambda rules: rules.code)
def test_no_warning_tells_a_direction_a_distance_or_a_street(rules: Jurisdiction) -> None:
    for warning in rules.warnings:
        assert not re.search(r"\d+ ?(m|km)\b|[東西南北]|동쪽|서쪽|남쪽|북쪽|\b(north|south|nord|sud|norte|sur)\b", warning.text)
        assert "{" not in warning.text
        assert warning.channels


def test_korea_tells_112_at_once_of_all_that_the_law_names() -> None:
    for kind in (
        AlarmKind.EXCLUSION_ZONE,
        AlarmKind.PROXIMITY,
        AlarmKind.APPROACH,
        AlarmKind.TAMPER,
        AlarmKind.JAMMING,
        AlarmKind.ZONE_WARNING,
    ):
        tasks = {task.rule.task: task for task in first_tasks(KR, frozenset({kind}), frozenset(), 0)}
        assert tasks["notify-112"].due_us == 60_000_000
        assert tasks["notify-112"].rule.legal is not None


def test_france_calls_the_wearer_first_and_the_protected_person_when_he_does_not_comply() -> None:
    first = [task.rule.task for task in first_tasks(FR, frozenset({AlarmKind.PROXIMITY}), frozenset(), 0)]
    assert first == ["call-wearer"]
    rule = next(rule for rule in FR.tasks if rule.task == "call-wearer")
    complied = Task(rule=rule, state="done", opened_us=0, due_us=None, outcome="complied")
    refused = Task(rule=rule, state="failed", opened_us=0, due_us=None, outcome="refused")
    assert not list(following_tasks(FR, complied, frozenset(), 0))
    assert [task.rule.task for task in following_tasks(FR, refused, frozenset(), 0)] == ["call-protected", "dispatch"]


def test_a_country_without_rules_gets_the_strictest() -> None:
    assert rules_of("XX") is KR
    assert all(rules_of(rules.code) is rules for rules in ALL)


def test_the_protected_person_is_warned_of_each_breach_in_every_country() -> None:
    for rules in ALL:
        for kind in (AlarmKind.APPROACH, AlarmKind.PROXIMITY, AlarmKind.EXCLUSION_ZONE):
            assert any(kind in warning.kinds and AlarmLevel.RED in warning.levels for warning in rules.warnings)


def test_somebody_who_is_not_reached_must_be_reached_within_a_minute() -> None:
    assert task_of(NOT_REACHED_TASK, 0).due_us == 60_000_000
