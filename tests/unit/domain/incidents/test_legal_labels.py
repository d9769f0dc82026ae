"""What Korea's law calls an alarm, by kind, level and the distance that the court named."""

from dataclasses import replace

import pytest
from room_builder import a_case, change

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.case import Case
from backend_bridge.domain.identifiers import ZoneId
from backend_bridge.domain.incidents.legal_labels import label_of

RED, AMBER = AlarmLevel.RED, AlarmLevel.AMBER


def with_ring(metres: float) -> Case:
    case = a_case()
    return replace(case, rings=(replace(case.rings[1], distance_m=metres),))


@pytest.mark.parametrize(
    ("kind", "level", "label"),
    [
        (AlarmKind.EXCLUSION_ZONE, RED, "BAN_100M_BREACH"),
        (AlarmKind.EXCLUSION_ZONE, AMBER, "BAN_100M_IMMINENT"),
        (AlarmKind.APPROACH, AMBER, "BAN_100M_IMMINENT"),
        (AlarmKind.TAMPER, RED, "TAMPER"),
        (AlarmKind.JAMMING, AMBER, "JAM_OR_DATA_ALTERED"),
        (AlarmKind.POSITION_NOT_TRUSTED, AMBER, "JAM_OR_DATA_ALTERED"),
        (AlarmKind.SILENT, AMBER, "COMM_LOSS"),
        (AlarmKind.NOT_EXCLUDED, RED, "COMM_LOSS"),
        (AlarmKind.BATTERY, AMBER, "LOW_BATT"),
        (AlarmKind.SOS, RED, "SOS"),
        (AlarmKind.LOITERING, AMBER, None),
    ],
)
def test_each_kind_has_the_name_that_the_law_gives_it(kind: AlarmKind, level: AlarmLevel, label: str | None) -> None:
    assert label_of(change(kind=kind, level=level), a_case()) == label


def test_only_the_ring_of_the_ban_itself_is_its_breach_and_a_wider_one_warns_of_it() -> None:
    assert label_of(change(), with_ring(100.0)) == "BAN_100M_BREACH"
    assert label_of(change(level=AMBER), with_ring(100.0)) == "BAN_100M_IMMINENT"
    assert label_of(change(), with_ring(600.0)) == "VICTIM_PROX_RING:600"
    assert label_of(change(ring="R1"), a_case()) == "VICTIM_PROX_RING:2000"


def test_a_warning_band_of_a_kilometre_is_the_one_that_the_police_are_told_of() -> None:
    near = replace(change(kind=AlarmKind.ZONE_WARNING, level=AMBER, ring=None), zone=ZoneId("Z1"))
    case = a_case()
    assert label_of(near, case) is None, "500 m"
    assert label_of(near, replace(case, zones=(replace(case.zones[0], warning_m=1000.0),))) == "PLACE_1KM"


def test_another_countrys_case_has_none() -> None:
    assert label_of(change(), a_case(jurisdiction="FR")) is None
    assert label_of(change(), None) is None
