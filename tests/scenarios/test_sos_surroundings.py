"""An SOS by a tower alone: every source with its error, the addresses inside, and who else is near, as far as one may see."""

import json
from dataclasses import replace

from evening import HOME_LAT, HOME_LON, OPERATOR, PROTECTED, Evening, S, a_case, place

from backend_bridge.application.answers import answer
from backend_bridge.application.inbox import Ask
from backend_bridge.application.surroundings import Sighting
from backend_bridge.domain.case import Place, PlaceKind
from backend_bridge.domain.device_event import DeviceEventKind
from backend_bridge.domain.identifiers import CaseId, DeviceId, PlaceId
from backend_bridge.domain.outcomes.access_events import DataRead
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import ReadSurroundings

HERE = LatLon(lat_deg=HOME_LAT, lon_deg=HOME_LON)


class Shelf:
    """What is on disk: a tower and, older, a satellite fix."""

    def sightings(self, device: DeviceId, from_us: int, to_us: int) -> tuple[Sighting, ...]:
        assert device == "VIC-0001"
        satellite = Sighting(source=0, at_us=to_us - 900 * S, position=HERE, accuracy_m=8.0)
        return (satellite, replace(satellite, source=2, at_us=to_us - 5 * S, accuracy_m=1800.0))


def at(north_m: float) -> LatLon:
    lat, lon = place(north_m)
    return LatLon(lat_deg=lat, lon_deg=lon)


def pressed() -> Evening:
    """Work is 450 m from home, another wearer is near; the phone has found a tower alone."""
    places = tuple(
        Place(place=PlaceId(name), person=PROTECTED, kind=kind, address=None, position=where)
        for name, kind, where in (("P1", PlaceKind.HOME, at(0)), ("P2", PlaceKind.WORK, at(450)), ("P3", PlaceKind.OTHER, at(9000)))
    )
    evening = Evening([replace(a_case(), places=places), a_case("KR-SE-2026-0002", n=2)])
    evening.move(60, 15, ANK_0002=lambda _t: place(700.0), ANK_0001=lambda _t: place(30_000.0))
    evening.run(arrivals=(evening.message([evening.fix("VIC-0001", place(0.0), accuracy_m=1800.0, source=2)]),))
    return evening


def lines_of(evening: Evening) -> list[dict[str, object]]:
    query = ReadSurroundings(case=CaseId("KR-SE-2026-0001"), person=PROTECTED)
    outcome = evening.run(acts=(Ask(act=99, user=OPERATOR, seat=f"seat-{OPERATOR}", query=query),))
    assert [event.what for event in outcome.events if isinstance(event, DataRead)] == ["surroundings"]
    found = answer(outcome.replies[0], evening.room.duty.user(OPERATOR), evening.room, Shelf())  # type: ignore[arg-type]
    return [] if found is None else [json.loads(text) for text in found.texts or ()]


def test_an_sos_shows_every_source_the_addresses_inside_and_who_else_is_near() -> None:
    evening = pressed()
    evening.reports("VIC-0001", DeviceEventKind.SOS)
    lines = lines_of(evening)
    assert lines[0]["what"] == "centre"
    assert float(str(lines[0]["error_m"])) > 1000
    assert [(line["source"], line["error_m"]) for line in lines if line["what"] == "position"] == [(0, 8.0), (2, 1800.0)]
    assert [(line["kind"], line["inside"]) for line in lines if line["what"] == "address"] == [
        ("home", True),
        ("work", True),
        ("other", False),
    ]
    assert [(line["device"], line["paired"]) for line in lines if line["what"] == "wearer"] == [("ANK-0002", False)]


def test_without_an_alarm_or_a_grant_nothing_of_it_is_told() -> None:
    assert lines_of(pressed()) == []
