"""A table of names stays the same while nobody new comes, and says of every name where it is."""

import pytest

from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.watching import name_table
from backend_bridge.domain.watching.name_table import Names, NameTable


def names(*numbers: int) -> Names:
    return tuple(DeviceId(f"ANK-{number}") for number in numbers)


def told(table: NameTable, *several: Names) -> list[Names]:
    """The names of each batch, as the table says where they are."""
    whole, places = table.of(several)
    return [tuple(whole[place] for place in places_of_one) for places_of_one in places]


def test_every_name_is_found_in_the_table_in_the_order_in_which_it_first_came() -> None:
    table = NameTable()
    assert told(table, names(3, 1), names(1, 2)) == [names(3, 1), names(1, 2)]
    assert table.names == names(3, 1, 2)
    assert told(table, names(2, 9, 3)) == [names(2, 9, 3)]
    assert table.names == names(3, 1, 2, 9)


def test_the_table_is_the_same_object_while_nobody_new_comes() -> None:
    table, first = NameTable(), names(1, 2)
    before, _ = table.of([first])
    again, _ = table.of([first, names(2)])
    assert again is before


def test_a_table_that_has_grown_too_large_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_table, "_MOST", 3)
    table, first = NameTable(), names(1, 2)
    assert told(table, first, names(3, 4)) == [first, names(3, 4)]
    assert told(table, names(5), first) == [names(5), first]
    assert table.names == names(5, 1, 2)


def test_more_batches_than_are_remembered_are_found_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_table, "_MOST_KNOWN", 1)
    table, batches = NameTable(), [names(number, number + 1) for number in range(5)]
    for _ in range(2):
        assert told(table, *batches) == batches
