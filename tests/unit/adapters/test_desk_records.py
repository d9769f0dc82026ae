"""What a reader of the log at a desk is not told: where people live, also where a unit was sent there."""

import json

from backend_bridge.adapters.desk_records import _without_persons
from backend_bridge.adapters.log_lines import entry_bytes
from backend_bridge.domain.identifiers import CaseId, IncidentId, UnitId, UserId
from backend_bridge.domain.outcomes.incident_events import LabelEntered, UnitDispatched
from backend_bridge.domain.quantities import LatLon


def test_an_address_that_a_unit_was_sent_to_is_left_out() -> None:
    sent = UnitDispatched(
        incident=IncidentId("INC-1"),
        unit=UnitId("U-1"),
        user=UserId("kim"),
        destination=LatLon(lat_deg=36.0, lon_deg=127.0),
        label="12 Canary Street",
    )
    told = _without_persons(entry_bytes(1, 0, sent))
    assert "Canary" not in told
    assert json.loads(told)["unit"] == "U-1"


def test_a_label_that_is_a_code_is_told() -> None:
    entered = LabelEntered(case=CaseId("C-1"), person=None, label="NO_SHOW", user=UserId("kim"), text="at home, they say")
    told = json.loads(_without_persons(entry_bytes(1, 0, entered)))
    assert told["label"] == "NO_SHOW"
    assert "text" not in told
