"""Tracks as GeoJSON (a point a fix) and as OGC Moving Features JSON (19-045r3): written with every column, and read back to the same fixes.

Moving Features wants times that rise without repeats; fixes of one instant stand in a second feature, a third, and so on.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa

from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.time_text import us_of_text
from backend_bridge.adapters.track_texts import BESIDE, COLUMNS, MOST_BYTES, cell, table_of_texts

Documents = Sequence[dict[str, object]]

_CRS: Final = {"type": "Name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
_TRS: Final = {"type": "Name", "properties": {"name": "urn:ogc:data:time:iso8601"}}
_MEASURES: Final = {"accuracy_m": "MTR", "speed_mps": "MTS", "course_deg": "DD"}
"""Columns that are measures, with their units of UN/CEFACT; the others are texts."""


def geojson_of(documents: Documents, mark: str) -> str:
    """A point for each fix; the other columns are its properties."""
    features = []
    for document in documents:
        properties = {name: value for name, value in document.items() if name not in ("lat", "lon")}
        place = {"type": "Point", "coordinates": [document["lon"], document["lat"]]}
        features.append({"type": "Feature", "geometry": place, "properties": properties})
    return _text({"type": "FeatureCollection", "watermark": mark, "features": features})


def mfjson_of(documents: Documents, mark: str) -> str:
    """A moving point, and a moving property for each other column, at those instants at which it is known."""
    features = [_moving(layer) for layer in _layers(documents)]
    head = {"type": "FeatureCollection", "crs": _CRS, "trs": _TRS, "properties": {"watermark": mark}}
    return _text({**head, "features": features})


def table_of_geojson(path: Path) -> pa.Table:
    """The points of a GeoJSON file as text columns of `fix/1`."""
    return table_of_texts(_of_points(_features(path), path))


def table_of_mfjson(path: Path) -> pa.Table:
    """The moving points of a file as text columns of `fix/1`, in the order of their times."""
    rows = [row for feature in _features(path) for row in _of_moving(feature, path)]
    try:
        rows.sort(key=_instant)
    except ValueError as error:
        raise InputRefusedError([f"{path}: holds a time that {error}"]) from None
    return table_of_texts(rows)


def _layers(documents: Documents) -> Iterator[list[dict[str, object]]]:
    """The fixes in as few lists as let times rise in each."""
    left = sorted(documents, key=_instant)
    while left:
        layer: list[dict[str, object]] = []
        rest: list[dict[str, object]] = []
        for document in left:
            rises = not layer or _instant(document) > _instant(layer[-1])
            (layer if rises else rest).append(document)
        yield layer
        left = rest


def _instant(document: Mapping[str, object]) -> int:
    return us_of_text(str(document["measured_at"]))


def _moving(layer: Documents) -> dict[str, object]:
    times = [str(document["measured_at"]) for document in layer]
    places = [[document["lon"], document["lat"]] for document in layer]
    return {
        "type": "Feature",
        "geometry": None,
        "properties": {"device": layer[0]["device"]},
        "temporalGeometry": {"type": "MovingPoint", "datetimes": times, "coordinates": places, "interpolation": "Discrete"},
        "temporalProperties": [_property(layer, column) for column in BESIDE if any(one[column] is not None for one in layer)],
    }


def _property(layer: Documents, column: str) -> dict[str, object]:
    known = [document for document in layer if document[column] is not None]
    measured = column in _MEASURES
    values = [document[column] if measured else cell(document[column]) for document in known]
    told: dict[str, object] = {"type": "Measure" if measured else "Text", "values": values, "interpolation": "Discrete"}
    if measured:
        told["form"] = _MEASURES[column]
    return {"datetimes": [str(document["measured_at"]) for document in known], column: told}


def _features(path: Path) -> list[dict[str, object]]:
    if path.stat().st_size > MOST_BYTES:
        raise InputRefusedError([f"{path}: is longer than {MOST_BYTES >> 20} MiB"])
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise InputRefusedError([f"{path}: is not JSON"]) from None
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise InputRefusedError([f"{path}: is no FeatureCollection"])
    return features


def _of_points(features: Sequence[dict[str, object]], path: Path) -> Iterator[dict[str, str]]:
    for number, feature in enumerate(features, 1):
        match feature:
            case {"geometry": {"type": "Point", "coordinates": [lon, lat, *_]}, "properties": dict(properties)}:
                said = {"lat": lat, "lon": lon, **{name: properties.get(name) for name in COLUMNS if name not in ("lat", "lon")}}
                yield {name: cell(value) for name, value in said.items() if value is not None}
            case _:
                raise InputRefusedError([f"{path}: feature {number} is no point with properties"])


def _of_moving(feature: dict[str, object], path: Path) -> Iterator[dict[str, str]]:
    match feature:
        case {
            "properties": {"device": str(device)},
            "temporalGeometry": {"type": "MovingPoint", "datetimes": list(times), "coordinates": list(places)},
        } if len(times) == len(places):
            beside = _by_instant(feature.get("temporalProperties"))
            for when, place in zip(times, places, strict=True):
                match place:
                    case [lon, lat, *_]:
                        yield {
                            "device": device,
                            "measured_at": cell(when),
                            "lat": cell(lat),
                            "lon": cell(lon),
                            **beside.get(cell(when), {}),
                        }
                    case _:
                        raise InputRefusedError([f"{path}: holds a place that is not [longitude, latitude]"])
        case _:
            raise InputRefusedError([f"{path}: holds a feature that is no moving point of a device"])


def _by_instant(properties: object) -> dict[str, dict[str, str]]:
    """What is known beside the places, by the text of its instant."""
    found: dict[str, dict[str, str]] = {}
    for group in properties if isinstance(properties, list) else ():
        times = group.get("datetimes") if isinstance(group, dict) else None
        if not isinstance(times, list):
            continue
        for column in BESIDE:
            told = group.get(column)
            values = told.get("values") if isinstance(told, dict) else None
            for when, value in zip(times, values if isinstance(values, list) else (), strict=False):
                found.setdefault(cell(when), {})[column] = cell(value)
    return found


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n"
