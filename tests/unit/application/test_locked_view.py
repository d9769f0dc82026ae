"""A locked desk hears how urgent alarms are, and nothing of whose they are or what the order says."""

import builders

from backend_bridge.application.locked_view import without_persons
from backend_bridge.application.tables import Table, TableChange


def test_nothing_that_tells_of_a_case_is_left_of_an_alarm() -> None:
    row = builders.alarm(142, legal="VICTIM_PROX_RING:600", place="창천동", routed=("kim",))
    (change,) = without_persons([TableChange(table=Table.ALARMS, put=(row,), gone=())])
    (bare,) = change.put
    said = {name: getattr(bare, name) for name in ("case", "subject", "about", "place", "ring", "zone", "legal", "distance_m", "contact_s")}
    assert set(said.values()) == {None}
    assert "0142" not in repr(bare).replace(row.alarm, "")
    assert (bare.kind, bare.level, bare.priority, bare.masked) == (row.kind, row.level, row.priority, True)  # type: ignore[union-attr]
