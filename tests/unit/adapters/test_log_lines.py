"""What stands in the log is what INTERFACES.md says: the same keys in the same order, times in RFC 3339, nothing hidden."""

import json
from types import MappingProxyType

from backend_bridge.adapters.alarm_lines import line_of_alarm
from backend_bridge.adapters.log_lines import entry_bytes
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.alarm_events import AlarmAcknowledged
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.identifiers import AlarmId, CaseId, DeviceId, GatewayName, PersonId, UserId, ZoneId
from backend_bridge.domain.lane_events import HoleOpened, LinkChanged

ALARM = AlarmChange(
    step=AlarmStep.RAISED,
    alarm=AlarmId("C/exclusion-zone/Z1/1"),
    kind=AlarmKind.EXCLUSION_ZONE,
    level=AlarmLevel.RED,
    case=CaseId("C"),
    subject=PersonId("S"),
    device=DeviceId("ANK-1"),
    zone=ZoneId("Z1"),
    happened_us=1_000_000,
    known_us=1_250_000,
    probability=0.97,
    because=MappingProxyType({"n_fixes": 3, "depth_m": 12.5, "first_us": 500_000, "parts": (1, 2)}),
)


def test_an_alarm_is_the_line_of_section_5_with_its_keys_in_order() -> None:
    assert line_of_alarm(ALARM) == (
        '{"event":"raised","alarm":"C/exclusion-zone/Z1/1","kind":"exclusion-zone","level":"red","case":"C","subject":"S",'
        '"device":"ANK-1","zone":"Z1","happened_at":"1970-01-01T00:00:01Z","known_at":"1970-01-01T00:00:01.250Z","probability":0.97,'
        '"because":{"n_fixes":3,"depth_m":12.5,"first_at":"1970-01-01T00:00:00.500Z","parts":[1,2]}}'
    )


def test_an_entry_begins_with_its_number_and_time() -> None:
    line = entry_bytes(7, 2_000_000, ALARM).decode()
    assert line.startswith('{"n":7,"at":"1970-01-01T00:00:02Z","event":"raised","alarm":')


def test_holes_and_links_bear_the_names_of_section_7() -> None:
    hole = HoleOpened(
        gateway=GatewayName("north"), lane=Lane.POSITIONS, epoch=2**64 - 1, from_seq=2**63, to_seq=2**63 + 5, reason="skipped"
    )
    assert json.loads(entry_bytes(1, 0, hole)) == {
        "n": 1,
        "at": "1970-01-01T00:00:00Z",
        "event": "hole",
        "gateway": "north",
        "lane": "P",
        "epoch": 2**64 - 1,
        "from": 2**63,
        "to": 2**63 + 5,
        "reason": "skipped",
    }
    link = json.loads(entry_bytes(2, 0, LinkChanged(gateway=GatewayName("north"), state="up", reason="heard")))
    assert (link["event"], link["state"]) == ("link", "up")


def test_an_acknowledgement_names_alarm_and_user() -> None:
    event = AlarmAcknowledged(alarm=AlarmId("A"), user=UserId("kim"), seat="s", reason=None)
    entry = json.loads(entry_bytes(3, 0, event))
    assert (entry["event"], entry["alarm"], entry["user"], entry["reason"]) == ("acknowledged", "A", "kim", None)
