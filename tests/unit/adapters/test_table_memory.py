"""The tables of rooms lie where those of the room before lay, and never where somebody still looks."""

import numpy as np

from backend_bridge.adapters.table_memory import TableMemory


def test_what_nobody_looks_at_is_lent_again() -> None:
    memory = TableMemory()
    first = memory.take(1000)
    lay_at = first.ctypes.data
    del first
    assert memory.take(900).ctypes.data == lay_at


def test_what_somebody_looks_at_stays_as_it_is() -> None:
    memory = TableMemory()
    table = memory.take(800).view(np.uint64).reshape(10, 10)
    table[:] = 7
    column = table[2:, 3]
    del table
    memory.take(800)[:] = 0
    assert (column == 7).all()


def test_more_is_lent_where_more_is_asked_for() -> None:
    memory = TableMemory()
    assert len(memory.take(10)) == 10
    assert len(memory.take(100)) == 100
