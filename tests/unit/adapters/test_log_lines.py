"""What the event log holds for good names nobody."""

from backend_bridge.adapters.case_files import cases_of_text
from backend_bridge.adapters.log_lines import entry_bytes
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.outcomes.bridge_events import CaseRegistered

TEXT = """{"format": "bongsu-case/1", "cases": [{"case": "C-1", "jurisdiction": "KR", "tier": "high",
 "subject": {"person": "S-1", "device": "ANK-1"}, "protected": [{"person": "V-1", "device": "VIC-1"}],
 "people": [{"person": "V-1", "name": "CANARYNAME", "phones": ["CANARYPHONE"], "relation": null}],
 "places": [{"place": "P1", "person": "V-1", "kind": "home", "address": "CANARYADDRESS", "lat": 37.5, "lon": 127.0}],
 "responsible": {"police_station": "S", "officer": "CANARYOFFICER", "phone": "CANARYDUTY", "probation_office": "P"},
 "order": {"basis": "other", "starts": "2026-01-01T00:00:00Z", "ends": "2027-01-01T00:00:00Z"}, "zones": [], "rings": []}]}"""


def test_a_registered_case_stands_in_the_log_by_its_codes_alone() -> None:
    (case,) = cases_of_text(TEXT, "cases.json")
    line = entry_bytes(1, 0, CaseRegistered(case=case.case, version=1, user=UserId("shell"), content=case))
    assert b"C-1" in line
    assert b"ANK-1" in line
    assert b"CANARY" not in line
