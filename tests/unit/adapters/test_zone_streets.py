"""A wearer whose only way out leads through a zone, or whose streets it mostly takes, is found on the map of roads."""

from dataclasses import replace

import numpy as np
import pytest
from room_builder import HOME, T0, S, a_case

from backend_bridge.adapters.road_network import RoadNetwork
from backend_bridge.adapters.zone_streets import Confined, Looked, StreetMap, looked_at
from backend_bridge.domain.case import Case, Circle, Period, Place, PlaceKind, Polygon, Zone, ZoneKind
from backend_bridge.domain.identifiers import PlaceId, ZoneId
from backend_bridge.domain.quantities import LatLon

M_PER_DEG = 111_195.0
PER_LON = M_PER_DEG * np.cos(np.radians(HOME.lat_deg))


def at(east_m: float, north_m: float) -> LatLon:
    return LatLon(lat_deg=HOME.lat_deg + north_m / M_PER_DEG, lon_deg=HOME.lon_deg + east_m / PER_LON)


def dead_end() -> RoadNetwork:
    """A street of 1,500 m to the east with a junction each 50 m, and a grid of streets beyond it."""
    street = [(50.0 * step, 0.0) for step in range(31)]
    grid = [(1550.0 + 100.0 * x, 100.0 * y) for x in range(12) for y in range(-6, 7)]
    junctions = np.array(street + grid)
    pairs = [
        (a, b) for a in range(len(junctions)) for b in range(a + 1, len(junctions)) if np.hypot(*(junctions[a] - junctions[b])) <= 101.0
    ]
    start, end = (np.array(column, np.int32) for column in zip(*[*pairs, *((b, a) for a, b in pairs)], strict=True))
    return RoadNetwork(
        lat_deg=HOME.lat_deg + junctions[:, 1] / M_PER_DEG,
        lon_deg=HOME.lon_deg + junctions[:, 0] / PER_LON,
        start=start,
        end=end,
        seconds=np.full(len(start), 5.0, np.float32),
    )


def living(where: LatLon, shape: Circle | tuple[Polygon, ...], kind: PlaceKind = PlaceKind.HOME) -> Case:
    case = a_case()
    home = Place(place=PlaceId("P9"), person=case.subject.person, kind=kind, address=None, position=where)
    zone = Zone(zone=ZoneId("Z9"), kind=ZoneKind.EXCLUSION, label=None, shape=shape, warning_m=None)
    return replace(case, places=(*case.places, home), zones=(zone,))


def found(case: Case) -> list[Confined]:
    return list(looked_at(case, T0, StreetMap(dead_end())).found)


ACROSS = Circle(centre=at(700.0, 0.0), radius_m=120.0)
SQUARE = (Polygon(outer=(at(600, -100), at(800, -100), at(800, 100), at(600, 100))),)


@pytest.mark.parametrize("shape", [ACROSS, SQUARE], ids=["circle", "polygon"])
def test_a_zone_across_the_only_road_cuts_off_who_lives_at_its_end(shape: Circle | tuple[Polygon, ...]) -> None:
    (told,) = found(living(at(0.0, 0.0), shape))
    assert told.cut_off
    assert told.share < 0.1


def test_who_lives_beyond_it_or_beside_another_way_is_not_cut_off() -> None:
    (told,) = found(living(at(2000.0, 0.0), ACROSS))
    assert not told.cut_off, "what is lost is the dead end"
    (aside,) = found(living(at(0.0, 0.0), Circle(centre=at(2000.0, 300.0), radius_m=120.0)))
    assert not aside.cut_off


def test_how_much_of_the_streets_a_zone_takes_is_told() -> None:
    (told,) = found(living(at(0.0, 0.0), Circle(centre=at(2700.0, 0.0), radius_m=1000.0)))
    assert told.share > 0.5


def test_a_zone_over_the_home_itself_is_told_elsewhere_and_one_that_takes_no_street_nowhere() -> None:
    assert found(living(at(700.0, 0.0), ACROSS)) == []
    assert found(living(at(0.0, 0.0), Circle(centre=at(0.0, 1500.0), radius_m=50.0))) == []
    assert found(living(at(0.0, 0.0), ACROSS, PlaceKind.OTHER)) == [], "home and work alone"


def test_where_the_map_knows_no_streets_nothing_is_said_and_that_is_known() -> None:
    far = living(LatLon(lat_deg=35.0, lon_deg=129.0), ACROSS)
    assert looked_at(far, T0, StreetMap(dead_end())) == Looked(found=(), n_unmapped=1)
    assert looked_at(far, T0, None).n_unmapped == 1
    empty = RoadNetwork(**{name: getattr(dead_end(), name)[:0] for name in RoadNetwork.__dataclass_fields__})
    assert looked_at(far, T0, StreetMap(empty)).n_unmapped == 1


@pytest.mark.parametrize(
    ("zone", "home"),
    [(Period(ends_us=T0 - S), Period()), (Period(), Period(ends_us=T0 - S)), (Period(starts_us=T0 + S), Period(ends_us=T0 + S))],
    ids=["zone-over", "moved-away", "never-together"],
)
def test_what_does_not_count_from_now_on_or_at_another_time_is_not_looked_at(zone: Period, home: Period) -> None:
    case = living(at(0.0, 0.0), ACROSS)
    places = (*case.places[:-1], replace(case.places[-1], period=home))
    timed = replace(case, places=places, zones=tuple(replace(one, period=zone) for one in case.zones))
    assert found(case)
    assert looked_at(timed, T0, StreetMap(dead_end())) == Looked(found=(), n_unmapped=0)


def test_streets_elsewhere_change_nothing_about_a_place() -> None:
    """A whole country of streets, of which one place asks few."""
    near, chance, n = dead_end(), np.random.default_rng(1), 20_000
    far = np.arange(n, dtype=np.int32) + len(near.lat_deg)
    whole = replace(
        near,
        lat_deg=np.append(near.lat_deg, chance.uniform(33.0, 35.0, n)),
        lon_deg=np.append(near.lon_deg, chance.uniform(126.0, 129.0, n)),
        start=np.append(near.start, far[:-1]),
        end=np.append(near.end, far[1:]),
        seconds=np.append(near.seconds, np.ones(n - 1, np.float32)),
    )
    case = living(at(0.0, 0.0), ACROSS)
    assert looked_at(case, T0, StreetMap(whole)) == looked_at(case, T0, StreetMap(near))
