"""One open alarm of a kind, case, zone or ring, and person; names that never come twice."""

import pytest

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, ZoneId
from backend_bridge.domain.watching.alarm_book import AlarmBook, AlarmKey, Sighting

KEY = AlarmKey(kind=AlarmKind.EXCLUSION_ZONE, case=CaseId("C1"), subject=PersonId("S-1"), zone=ZoneId("Z1"))


def seen(at_us: int) -> Sighting:
    return Sighting(device=DeviceId("ANK-1"), happened_us=at_us, known_us=at_us + 5, because={})


def test_amber_becomes_red_under_the_same_name_and_never_the_other_way() -> None:
    book = AlarmBook()
    raised = book.raised(KEY, AlarmLevel.AMBER, seen(1))
    upgraded = book.raised(KEY, AlarmLevel.RED, seen(2))
    assert [change.step for change in raised + upgraded] == [AlarmStep.RAISED, AlarmStep.UPGRADED]
    assert raised[0].alarm == upgraded[0].alarm == "C1/exclusion-zone/Z1/1"
    assert book.raised(KEY, AlarmLevel.AMBER, seen(3)) == ()
    assert book.raised(KEY, AlarmLevel.RED, seen(3)) == ()
    cleared = book.cleared(KEY, seen(4))
    assert cleared[0].level is AlarmLevel.RED
    assert book.cleared(KEY, seen(5)) == ()


def test_an_alarm_about_the_past_is_told_beside_the_open_one_under_a_name_of_its_own() -> None:
    book = AlarmBook()
    standing = book.raised(KEY, AlarmLevel.RED, seen(100))[0]
    past = [
        *book.raised_beside(KEY, AlarmLevel.AMBER, seen(10)),
        *book.raised_beside(KEY, AlarmLevel.RED, seen(20)),
        *book.cleared_beside(KEY, seen(30)),
    ]
    assert [change.step for change in past] == [AlarmStep.RAISED, AlarmStep.UPGRADED, AlarmStep.CLEARED]
    assert {change.alarm for change in past} == {"C1/exclusion-zone/Z1/2"}
    assert [change.level for change in past] == [AlarmLevel.AMBER, AlarmLevel.RED, AlarmLevel.RED]
    assert book.cleared_beside(KEY, seen(31)) == ()
    assert [each.alarm for each in book.open()] == [standing.alarm]


@pytest.mark.parametrize("first", [AlarmLevel.AMBER, AlarmLevel.RED])
def test_an_alarm_about_the_past_that_grows_no_graver_is_not_told_twice(first: AlarmLevel) -> None:
    book = AlarmBook()
    book.raised_beside(KEY, first, seen(10))
    assert book.raised_beside(KEY, AlarmLevel.AMBER, seen(20)) == ()
    assert book.raised_beside(KEY, first, seen(20)) == ()


def test_the_next_alarm_of_a_key_has_the_next_number() -> None:
    book = AlarmBook()
    names = []
    for at_us in range(3):
        names.append(book.raised(KEY, AlarmLevel.RED, seen(at_us))[0].alarm)
        book.cleared(KEY, seen(at_us))
    assert names == ["C1/exclusion-zone/Z1/1", "C1/exclusion-zone/Z1/2", "C1/exclusion-zone/Z1/3"]


def test_a_book_made_of_parts_goes_on_as_the_first_would() -> None:
    book = AlarmBook()
    book.raised(KEY, AlarmLevel.AMBER, seen(1))
    twin = AlarmBook.of_parts(book.parts())
    assert twin.raised(KEY, AlarmLevel.RED, seen(2)) == book.raised(KEY, AlarmLevel.RED, seen(2))
    assert twin.cleared(KEY, seen(3)) == book.cleared(KEY, seen(3))
    assert twin.raised(KEY, AlarmLevel.RED, seen(4)) == book.raised(KEY, AlarmLevel.RED, seen(4))
    assert twin.of_device(DeviceId("ANK-1")) == book.of_device(DeviceId("ANK-1"))
