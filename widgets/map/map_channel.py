"""What the map page is told, as values: keyed state that it pulls by revision, position frames and tracks as packed arrays."""

import json
import struct
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from backend_bridge.application.rows import CaseRow, PairRow, PersonRow, PositionFrame, Track, UnitRow, ZoneRow
from backend_bridge.domain.case import Circle, Polygon
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.incidents.dispatch import SILENT_AFTER_US
from backend_bridge.domain.quantities import MICROSECONDS, LatLon

_CHUNK: Final = 256
"""Changes in one answer, so that ten thousand cases never hold the window up."""
_PARTS: Final = {"subject": 0, "protected": 1}


class PageState:
    """Everything the page should know, each thing under a key with the revision of its last change; a reloaded page asks from 0."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[int, object]] = {}
        self._revision = 0

    def put(self, key: str, value: object) -> None:
        """Set what stands under `key` (JSON-able; None tells the page that it is gone)."""
        self._revision += 1
        self._values.pop(key, None)
        self._values[key] = (self._revision, value)

    def holds(self, key: str, value: object) -> bool:
        """True where `key` stands at just this value already."""
        return key in self._values and self._values[key][1] == value

    def put_quietly(self, key: str, value: object) -> None:
        """Set what a reloaded page will get, without telling the page that is there."""
        self._values = {key: (0, value), **{k: v for k, v in self._values.items() if k != key}}

    def copy_from(self, other: "PageState", without: frozenset[str]) -> None:
        """Take over what another page knows, but for some keys."""
        for key, (_, value) in other._values.items():  # noqa: SLF001 - of the same class
            if key not in without:
                self.put(key, value)

    def restart(self) -> None:
        """Forget what only mattered to a page that is gone: removals."""
        self._values = {key: entry for key, entry in self._values.items() if entry[1] is not None or not key.startswith("case:")}

    def waiting(self, after: int) -> bool:
        """True where a page at revision `after` has something to fetch."""
        return self._revision > after

    def changes(self, after: int) -> bytes:
        """The next changes after a revision, oldest first, as JSON; `revision` is where to ask on from."""
        found: list[tuple[int, str, object]] = []
        for key, (revision, value) in reversed(self._values.items()):
            if revision <= after and not (after == 0 and revision == 0):
                if revision:
                    break
                continue
            found.append((revision, key, value))
        found.reverse()
        taken = found[:_CHUNK]
        upto = taken[-1][0] if len(found) > _CHUNK else self._revision
        body = {"revision": upto, "changes": [{"key": key, "value": value} for _, key, value in taken]}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def packed_frame(frame: PositionFrame, number: int, roster: int) -> bytes:
    """A frame as the page reads it: header (count, number, roster, instant), then the columns, widest first."""
    head = struct.pack("<IIIId", len(frame.devices), number, roster, 0, float(frame.at_us))
    wide = (frame.lat_deg, frame.lon_deg, frame.measured_us)
    single = (frame.accuracy_m, frame.speed_mps, frame.course_deg, frame.reach_m)
    return b"".join((head, *wide, *single, frame.freshness, frame.part, frame.level))


def packed_tracks(number: int, tracks: Sequence[Track], parts: Sequence[int]) -> bytes:
    """Recorded tracks as the page reads them: number, length of the head, the head as JSON, then the columns of each track.

    A position takes 14 bytes: ms since the track's first (u32), degrees from it (two f32: centimetres), speed in fifths of a m/s
    (255: unknown), whether it was rejected. `parts` says of each track whether a protected person carried it (1) or not (0).
    """
    heads, columns = [], []
    for track, part in zip(tracks, parts, strict=True):
        at_us, lat, lon = (
            np.frombuffer(one, kind) for one, kind in ((track.measured_us, "<i8"), (track.lat_deg, "<f8"), (track.lon_deg, "<f8"))
        )
        first = (at_us[0], lat[0], lon[0]) if len(at_us) else (0, 0.0, 0.0)
        heads.append(
            {
                "device": track.device,
                "part": part,
                "n": len(at_us),
                "first": int(first[0]) / MICROSECONDS,
                "lat": float(first[1]),
                "lon": float(first[2]),
            }
        )
        columns += [((at_us - first[0]) // 1000).astype("<u4").tobytes(), (lat - first[1]).astype("<f4").tobytes()]
        columns += [(lon - first[2]).astype("<f4").tobytes(), _fifths(track.speed_mps), track.rejected]
    head = json.dumps(heads, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join((struct.pack("<II", number, len(head)), head, *columns))


def _fifths(speed_mps: bytes) -> bytes:
    """Speeds in fifths of a m/s, rounded down so that the steps of colour stay where they are; 255 where none was measured."""
    speed = np.frombuffer(speed_mps, "<f4")
    known = np.clip(np.nan_to_num(speed, nan=0.0) * 5 + 1e-3, 0, 254)
    return np.where(np.isnan(speed), 255, known).astype("u1").tobytes()


def case_value(row: CaseRow) -> dict[str, Any]:
    """A case as the page draws it: who carries what, zones, rings and places; nobody's name or number."""
    return {
        "case": row.case,
        "inForce": row.in_force,
        "people": [{"person": p.person, "part": p.part, "device": p.device} for p in row.people if p.part in _PARTS],
        "zones": [_zone_value(zone) for zone in row.zones],
        "rings": [{"about": r.about, "distance": r.distance_m, "effect": r.effect, "inForce": r.in_force} for r in row.rings],
        "places": [
            {"kind": place.kind, "lat": place.position.lat_deg, "lon": place.position.lon_deg}
            for place in row.places
            if place.position and place.in_force
        ],
    }


def _zone_value(zone: ZoneRow) -> dict[str, Any]:
    said: dict[str, Any] = {
        "zone": zone.zone,
        "kind": zone.kind,
        "label": zone.label,
        "warning": zone.warning_m,
        "inForce": zone.in_force,
    }
    if isinstance(zone.shape, Circle):
        said["circle"] = [zone.shape.centre.lat_deg, zone.shape.centre.lon_deg, zone.shape.radius_m]
    elif zone.shape is not None:
        said["polygons"] = [_polygon_value(polygon) for polygon in zone.shape]
    return said


def _polygon_value(polygon: Polygon) -> list[list[list[float]]]:
    return [[[p.lat_deg, p.lon_deg] for p in ring] for ring in (polygon.outer, *polygon.holes)]


def pair_value(row: PairRow) -> dict[str, Any]:
    """How the selected two stand, for the line, the prediction and the meeting point."""
    return {
        "case": row.case,
        "about": row.about,
        "distance": row.distance_m,
        "error": row.distance_error_m,
        "contact": row.contact_s,
        "miss": row.miss_m,
        "updatedS": row.updated_us / MICROSECONDS,
    }


def unit_values(rows: Sequence[UnitRow]) -> list[dict[str, Any]]:
    """Police units that have told where they are, and when; what is older than `silentAfterS` is drawn as old."""
    return [
        {
            "callsign": row.callsign,
            "state": row.state,
            "eta": row.eta_s,
            "lat": row.position.lat_deg,
            "lon": row.position.lon_deg,
            "reportedS": row.reported_us / MICROSECONDS,
            "silentAfterS": SILENT_AFTER_US / MICROSECONDS,
        }
        for row in rows
        if row.position is not None
    ]


def person_carrying(rows: Sequence[CaseRow], device: DeviceId) -> PersonRow | None:
    """Who of these cases carries a device."""
    return next((person for row in rows for person in row.people if person.device == device), None)


def bounds_of(points: Sequence[LatLon]) -> list[float]:
    """South, west, north, east of some points."""
    lats, lons = [p.lat_deg for p in points], [p.lon_deg for p in points]
    return [min(lats), min(lons), max(lats), max(lons)]
