"""Versions of cases, dates of orders, and whose positions are kept."""

from dataclasses import replace

import numpy as np
import pytest
from worlds import DAY, T0, S, at, case, fixes, zone

from backend_bridge.domain.case import Party
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId
from backend_bridge.domain.watching import case_book
from backend_bridge.domain.watching.case_book import CaseBook


def test_the_same_case_again_changes_nothing_and_a_changed_one_is_a_new_version() -> None:
    book = CaseBook()
    assert [version.number for version in book.register([case()], T0)] == [1]
    assert book.register([case()], T0 + S) == ()
    assert [version.number for version in book.register([case(zones=(zone(),))], T0 + 2 * S)] == [2]
    assert [version.number for version in book.versions_of(CaseId("C1"))] == [1, 2]


def test_a_version_decides_from_its_import_to_the_next() -> None:
    book = CaseBook()
    book.register([case()], T0)
    book.register([case(zones=(zone(),))], T0 + 100 * S)
    at_version = [next(book.roles_at(DeviceId("ANK-1"), T0 + t * S)).version.number for t in (0, 99, 100)]
    assert at_version == [1, 1, 2]
    assert list(book.roles_at(DeviceId("ANK-1"), T0 - 1)) == []


def test_an_order_that_a_person_ended_is_not_revived_by_the_same_file() -> None:
    book = CaseBook()
    book.register([case()], T0)
    assert book.end_order(CaseId("C1"), T0 + 50 * S) is not None
    assert book.register([case()], T0 + 60 * S) == ()
    assert list(book.roles_at(DeviceId("ANK-1"), T0 + 49 * S)) != []
    assert list(book.roles_at(DeviceId("ANK-1"), T0 + 50 * S)) == []
    assert book.end_order(CaseId("C1"), T0 + 70 * S) is None


def test_positions_are_kept_from_the_start_of_the_order_to_its_end() -> None:
    book = CaseBook()
    order = replace(case().order, starts_us=T0, ends_us=T0 + DAY * S)
    book.register([case(order=order)], T0 - DAY * S)
    batch = fixes([("ANK-1", t, at(0, 0)) for t in (-1, 0, DAY - 1, DAY)] + [("OTHER", 5, at(0, 0))])
    kept = book.kept(batch.device_names, batch.device, batch.measured_us)
    by_time = dict(zip(((batch.measured_us - T0) // S).tolist(), kept.tolist(), strict=True))
    assert by_time == {-1: False, 0: True, DAY - 1: True, DAY: False, 5: False}


def test_a_device_of_several_cases_is_kept_while_any_of_them_is_in_force() -> None:
    book = CaseBook()
    first = replace(case().order, starts_us=T0, ends_us=T0 + 10 * S)
    second = replace(case().order, starts_us=T0 + 20 * S, ends_us=T0 + 30 * S)
    shared = Party(person=PersonId("S-1"), device=DeviceId("ANK-1"))
    book.register([case(1, order=first), case(2, order=second, subject=shared)], T0)
    batch = fixes([("ANK-1", t, at(0, 0)) for t in (5, 15, 25, 35)])
    assert book.kept(batch.device_names, batch.device, batch.measured_us).tolist() == [True, False, True, False]
    assert np.array_equal(book.kept((DeviceId("X"),), np.zeros(0, np.int32), np.zeros(0, np.int64)), np.zeros(0, np.bool_))


def test_the_devices_of_all_cases_are_one_list_until_cases_change_and_what_it_names_is_found_in_it() -> None:
    book = CaseBook()
    book.register([case(), case(2)], T0)
    names = book.names
    several = [(DeviceId("VIC-2"), DeviceId("ANK-1")), (), (DeviceId("ANK-1"),)]
    places = book.places(several)
    assert places is not None
    assert [tuple(names[place] for place in of_one) for of_one in places] == several
    book.register([case()], T0 + S)
    assert book.names is names
    rows = np.arange(len(names), dtype=np.int32), np.full(len(names), T0 + S)
    assert book.kept(names, *rows).tolist() == book.kept((*names,), *rows).tolist() == [True] * 4
    book.register([case(3)], T0 + 2 * S)
    assert set(book.names) == {*names, "ANK-3", "VIC-3"}


def test_a_list_that_lacks_a_name_or_is_far_longer_than_what_is_asked_for_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    book = CaseBook()
    book.register([case(), case(2)], T0)
    assert book.places([(DeviceId("ANK-1"), DeviceId("DOG-1"))]) is None
    assert book.places([(DeviceId("ANK-1"),)]) is not None
    monkeypatch.setattr(case_book, "_FAR_MORE", 3)
    assert book.places([(DeviceId("ANK-1"),)]) is None


def test_a_book_made_of_parts_is_the_same_book() -> None:
    book = CaseBook()
    book.register([case(), case(2)], T0)
    book.register([case(zones=(zone(),))], T0 + 100 * S)
    book.end_order(CaseId("C2"), T0 + 200 * S)
    assert CaseBook.of_parts(book.parts()).parts() == book.parts()


def test_an_order_that_ended_before_its_import_leaves_nothing_to_decide_and_hurts_nobody() -> None:
    book = CaseBook()
    book.register([case()], T0)
    assert book.end_order(CaseId("C1"), T0 - 10 * S) is not None
    assert book.versions_of(CaseId("C1"))[0].decided_us == (T0, T0)
