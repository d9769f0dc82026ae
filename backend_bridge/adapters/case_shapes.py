"""Shapes and schedules of a case file: circles, GeoJSON polygons, and the two parts of an RRULE that are read."""

import re
import zoneinfo
from typing import Final

import shapely

from backend_bridge.adapters.json_fields import Fields
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.domain.case import ALWAYS, Circle, Period, Polygon, Schedule
from backend_bridge.domain.quantities import LatLon

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_LARGEST_RADIUS_M: Final = 1_000_000.0


def position_of(fields: Fields, *, required: bool = True) -> LatLon | None:
    """The `lat` and `lon` of an object; both or neither."""
    lat = fields.number("lat", low=-90, high=90, required=required or fields.has("lon"))
    lon = fields.number("lon", low=-180, high=180, required=required or fields.has("lat"))
    return None if lat is None or lon is None else LatLon(lat_deg=lat, lon_deg=lon)


def shape_of(zone: Fields) -> Circle | tuple[Polygon, ...] | None:
    """The one shape of a zone: its `circle` or its `geometry`."""
    if zone.has("circle") == zone.has("geometry"):
        zone.wrong("geometry", "or circle is needed, exactly one of them")
        return None
    if zone.has("geometry"):
        geometry = zone.child("geometry")
        return None if geometry is None else _polygons_of(geometry)
    circle = zone.child("circle")
    if circle is None:
        return None
    circle.expect("lat", "lon", "radius_m")
    centre = position_of(circle)
    radius = circle.number("radius_m", low=1, high=_LARGEST_RADIUS_M)
    return None if centre is None or radius is None else Circle(centre=centre, radius_m=radius)


def _polygons_of(geometry: Fields) -> tuple[Polygon, ...] | None:
    kind = geometry.text("type")
    coordinates = geometry.raw("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        geometry.wrong("type", "must be Polygon or MultiPolygon")
        return None
    parts = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(parts, list) or not parts:
        geometry.wrong("coordinates", "must be a list of rings of [longitude, latitude]")
        return None
    polygons = []
    for part in parts:
        rings = [_ring_of(ring, geometry) for ring in part] if isinstance(part, list) and part else [None]
        whole = [ring for ring in rings if ring is not None]
        if len(whole) != len(rings):
            geometry.wrong("coordinates", "must be rings of [longitude, latitude] in degrees, each of 4 points or more and closed")
            return None
        polygons.append(Polygon(outer=whole[0], holes=tuple(whole[1:])))
    return tuple(polygons) if _is_simple(polygons, geometry) else None


def _ring_of(ring: object, geometry: Fields) -> tuple[LatLon, ...] | None:
    if not isinstance(ring, list) or len(ring) < 4:
        return None
    points = [_point_of(pair) for pair in ring]
    whole = tuple(point for point in points if point is not None)
    if len(whole) != len(points):
        return None
    if whole[0] != whole[-1]:
        geometry.wrong("coordinates", "holds a ring that is not closed; repeat its first point at the end")
        return None
    return whole[:-1]


def _point_of(pair: object) -> LatLon | None:
    if not isinstance(pair, list) or not 2 <= len(pair) <= 3:
        return None
    lon, lat = pair[0], pair[1]
    if isinstance(lon, bool) or isinstance(lat, bool) or not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return None
    return LatLon(lat_deg=float(lat), lon_deg=float(lon))


def _is_simple(polygons: list[Polygon], geometry: Fields) -> bool:
    try:
        shapes = [shapely.Polygon(_pairs(polygon.outer), [_pairs(hole) for hole in polygon.holes]) for polygon in polygons]
        whole = shapely.MultiPolygon(shapes)
    except (ValueError, shapely.errors.GEOSException):
        geometry.wrong("coordinates", "is no polygon; each ring needs three different points")
        return False
    if not whole.is_valid or whole.area == 0:
        reason = re.sub(r"\[.*\]", "", shapely.is_valid_reason(whole)).strip() if not whole.is_valid else "No area"
        geometry.wrong("coordinates", f"cannot be a zone ({reason}); a polygon must not cross or touch itself along a line")
        return False
    return True


def _pairs(points: tuple[LatLon, ...]) -> list[tuple[float, float]]:
    return [(point.lon_deg, point.lat_deg) for point in points]


def schedule_of(owner: Fields) -> Schedule | None:
    """The schedule of a zone or ring; None when it has none (always in force) or a wrong one (noted)."""
    if not owner.has("schedule"):
        return None
    fields = owner.child("schedule")
    if fields is None:
        return None
    fields.expect("tz", "rrule", "from", "to")
    tz = _zone_name(fields)
    weekdays = _weekdays(fields)
    from_minute = _minute(fields, "from")
    to_minute = _minute(fields, "to")
    if tz is None or weekdays is None or from_minute is None or to_minute is None:
        return None
    return Schedule(tz=tz, weekdays=weekdays, from_minute=from_minute, to_minute=to_minute)


def period_of(owner: Fields) -> Period:
    """From when until when a zone, ring or place counts, where that is not as long as its order."""
    starts, ends = owner.instant("starts", required=False), owner.instant("ends", required=False)
    if starts is not None and ends is not None and ends <= starts:
        owner.wrong("ends", "must be later than starts")
    return Period(starts_us=starts, ends_us=ends) if (starts, ends) != (None, None) else ALWAYS


def period_document(period: Period) -> dict[str, object]:
    """The period as a case file writes it; nothing where it is as long as the order."""
    said = (("starts", period.starts_us), ("ends", period.ends_us))
    return {name: text_of_us(at_us) for name, at_us in said if at_us is not None}


def _zone_name(fields: Fields) -> str | None:
    name = fields.text("tz", longest=64)
    if name is None:
        return None
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        fields.wrong("tz", "is no IANA time zone such as Asia/Seoul")
        return None
    return name


def _minute(fields: Fields, key: str) -> int | None:
    text = fields.text(key, longest=8)
    if text is None:
        return None
    if key == "to" and text == "24:00":
        return 0
    found = _CLOCK.fullmatch(text)
    if found is None:
        fields.wrong(key, "must be a time of day such as 08:00")
        return None
    return int(found[1]) * 60 + int(found[2])


def _weekdays(fields: Fields) -> frozenset[int] | None:
    rule = fields.text("rrule", longest=200)
    if rule is None:
        return None
    parts = dict(part.partition("=")[::2] for part in rule.removeprefix("RRULE:").split(";"))
    unread = sorted(set(parts) - {"FREQ", "BYDAY"})
    days = parts["BYDAY"].split(",") if "BYDAY" in parts else None
    if unread or len(parts) != rule.count(";") + 1:
        fields.wrong("rrule", f"holds {unread[0] if unread else 'a part twice'}; only FREQ and BYDAY, once each, are read")
    elif parts.get("FREQ") not in ("DAILY", "WEEKLY"):
        fields.wrong("rrule", "must have FREQ=DAILY or FREQ=WEEKLY")
    elif days is None and parts["FREQ"] == "WEEKLY":
        fields.wrong("rrule", "needs BYDAY with FREQ=WEEKLY, such as BYDAY=MO,TU")
    elif days is not None and not set(days) <= set(_DAYS):
        fields.wrong("rrule", f"must have in BYDAY only {','.join(_DAYS)}")
    else:
        return frozenset(range(7)) if days is None else frozenset(_DAYS.index(day) for day in days)
    return None


def schedule_document(schedule: Schedule) -> dict[str, object]:
    """The schedule as a case file writes it."""
    days = ",".join(_DAYS[day] for day in sorted(schedule.weekdays))
    return {
        "tz": schedule.tz,
        "rrule": "FREQ=DAILY" if len(schedule.weekdays) == len(_DAYS) else f"FREQ=WEEKLY;BYDAY={days}",
        "from": _clock(schedule.from_minute),
        "to": _clock(schedule.to_minute),
    }


def shape_document(shape: Circle | tuple[Polygon, ...]) -> dict[str, object]:
    """The shape as a case file writes it: a `circle` or a `geometry`."""
    if isinstance(shape, Circle):
        centre = shape.centre
        return {"circle": {"lat": centre.lat_deg, "lon": centre.lon_deg, "radius_m": shape.radius_m}}
    parts = [[_closed(polygon.outer), *(_closed(hole) for hole in polygon.holes)] for polygon in shape]
    if len(parts) == 1:
        return {"geometry": {"type": "Polygon", "coordinates": parts[0]}}
    return {"geometry": {"type": "MultiPolygon", "coordinates": parts}}


def _closed(points: tuple[LatLon, ...]) -> list[list[float]]:
    return [[point.lon_deg, point.lat_deg] for point in (*points, points[0])]


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
