"""Whose a measurement is: the cases that name the device, within their orders' dates, and nobody's once they are destroyed."""

from dataclasses import replace

import worlds

from backend_bridge.domain.case import Case
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.watching.holders import Holders

CASE = worlds.case()
DEVICE = CASE.subject.device
assert DEVICE is not None
START_US, END_US = CASE.order.starts_us, CASE.order.ends_us


def another(starts_us: int, ends_us: int) -> Case:
    return replace(CASE, case=CaseId("other"), order=replace(CASE.order, starts_us=starts_us, ends_us=ends_us))


def holders(*cases: Case) -> Holders:
    made = Holders()
    for case in cases:
        made.put(case)
    return made


def test_a_measurement_is_that_of_every_case_in_force_then() -> None:
    both = holders(CASE, another(START_US + 10, END_US + 10))
    assert both.cases_at(DEVICE, START_US) == {CASE.case}
    assert both.cases_at(DEVICE, START_US + 10) == {CASE.case, CaseId("other")}
    assert both.cases_at(DEVICE, END_US) == {CaseId("other")}


def test_outside_of_all_dates_it_is_everybodys_who_names_the_device() -> None:
    assert holders(CASE).cases_at(DEVICE, END_US + 1) == {CASE.case}


def test_after_a_destruction_the_past_is_nobodys_and_the_other_case_keeps_its_own() -> None:
    both = holders(CASE, another(START_US + 10, END_US + 10))
    both.forget(CASE.case, START_US + 100)
    assert both.cases_at(DEVICE, START_US + 5) == frozenset()
    assert both.cases_at(DEVICE, START_US + 50) == {CaseId("other")}
    alone = holders(CASE)
    alone.forget(CASE.case, END_US)
    assert alone.cases_at(DEVICE, START_US) == frozenset()
    assert alone.devices_of(CASE.case) == ()


def test_a_device_that_goes_to_another_case_later_does_not_take_the_past_with_it() -> None:
    made = holders(CASE)
    made.forget(CASE.case, END_US)
    made.put(another(END_US + 100, END_US + 200))
    assert made.cases_at(DEVICE, START_US) == frozenset()
    assert made.cases_at(DEVICE, END_US + 150) == {CaseId("other")}
