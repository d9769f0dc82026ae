"""A zone over a place of the wearer's own is told when its case is registered: circles, polygons, warning bands, and no others."""

from dataclasses import replace

import pytest
from room_builder import HOME, T0, S, a_case

from backend_bridge.domain.case import Case, Circle, Period, Place, PlaceKind, Polygon, Zone, ZoneKind
from backend_bridge.domain.identifiers import PlaceId, ZoneId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.zones_over_homes import overlaps_of

M_PER_DEG = 111_195.0


def north_of(metres: float) -> LatLon:
    return LatLon(lat_deg=HOME.lat_deg + metres / M_PER_DEG, lon_deg=HOME.lon_deg)


def living(
    metres: float, shape: Circle | tuple[Polygon, ...], kind: ZoneKind = ZoneKind.EXCLUSION, warning_m: float | None = 500.0
) -> Case:
    """A wearer who lives so far north of the middle of a zone."""
    case = a_case()
    place = Place(place=PlaceId("P9"), person=case.subject.person, kind=PlaceKind.HOME, address=None, position=north_of(metres))
    zone = Zone(zone=ZoneId("Z9"), kind=kind, label=None, shape=shape, warning_m=warning_m)
    return replace(case, places=(*case.places, place), zones=(zone,))


CIRCLE = Circle(centre=HOME, radius_m=100.0)
EAST = 0.002
SQUARE = (
    Polygon(
        outer=tuple(
            LatLon(lat_deg=HOME.lat_deg + up * 100.0 / M_PER_DEG, lon_deg=HOME.lon_deg + side * EAST)
            for up, side in ((-1, -1), (-1, 1), (1, 1), (1, -1))
        ),
        holes=(),
    ),
)


@pytest.mark.parametrize("shape", [CIRCLE, SQUARE], ids=["circle", "polygon"])
@pytest.mark.parametrize(("metres", "told"), [(50.0, [True]), (350.0, [False]), (700.0, [])])
def test_a_home_in_a_zone_or_its_warning_band_is_told(shape: Circle | tuple[Polygon, ...], metres: float, told: list[bool]) -> None:
    assert [found.inside for found in overlaps_of(living(metres, shape), T0)] == told


def test_a_place_to_stay_in_and_the_protected_persons_own_home_are_not() -> None:
    assert overlaps_of(living(0.0, CIRCLE, ZoneKind.INCLUSION, None), T0) == ()
    assert overlaps_of(a_case(), T0) == (), "the zone is about the protected person's home, as the court wants it"


@pytest.mark.parametrize(
    ("zone", "home", "told"),
    [
        (Period(), Period(ends_us=T0 - S), 0),
        (Period(ends_us=T0 - S), Period(), 0),
        (Period(starts_us=T0 + 10 * S), Period(ends_us=T0 + 10 * S), 0),
        (Period(starts_us=T0 + 10 * S), Period(ends_us=T0 + 11 * S), 1),
        (Period(), Period(starts_us=T0 + 10**9 * S), 0),
    ],
    ids=["moved-away", "zone-over", "moves-in-time", "moves-too-late", "after-the-order"],
)
def test_only_a_home_that_counts_while_the_zone_does_is_told(zone: Period, home: Period, told: int) -> None:
    case = living(50.0, CIRCLE)
    places = (*case.places[:-1], replace(case.places[-1], period=home))
    timed = replace(case, places=places, zones=tuple(replace(one, period=zone) for one in case.zones))
    assert len(overlaps_of(timed, T0)) == told
