"""Between the court's order and the first position of the ankle device a clock runs where everybody sees it."""

from evening import Evening, place

from backend_bridge.application.rows import CaseRow, RoomRow
from backend_bridge.application.tables import Table


def room_of(evening: Evening) -> RoomRow:
    evening.look()
    row = next(iter(evening.rows[Table.ROOM].values()))
    assert isinstance(row, RoomRow)
    return row


def test_a_device_that_was_never_heard_counts_from_the_order_on_until_it_is() -> None:
    evening = Evening()
    evening.run(after_s=3600)
    case = evening.case_row()
    assert case.unfitted_since_us == case.starts_us, "the clock began with the order, not with the bridge"
    assert room_of(evening).n_silent == 1
    evening.run(arrivals=(evening.message([evening.fix("ANK-0001", place(3000))]),))
    evening.run(after_s=2)
    assert evening.case_row().unfitted_since_us is None
    assert room_of(evening).n_silent == 0


def test_a_device_that_was_heard_once_is_fitted_however_long_it_is_silent_now() -> None:
    evening = Evening()
    evening.run(after_s=60, arrivals=(evening.message([evening.fix("ANK-0001", place(3000))]),))
    evening.run(after_s=7200)
    evening.run(after_s=2)
    case: CaseRow = evening.case_row()
    assert case.unfitted_since_us is None
    assert case.silent_since_us is not None
    assert room_of(evening).n_silent == 1
