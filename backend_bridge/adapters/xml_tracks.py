"""Tracks as GPX 1.1, KML 2.2 with `gx:Track`, and Cursor-on-Target: written with every column, and read back to the same fixes.

What the formats have no word for stands in elements and attributes of our own, which other programs pass over.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa

from backend_bridge.adapters.plain_xml import root_of
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.track_texts import BESIDE, MOST_BYTES, cell, table_of_texts, texts_of

Documents = Sequence[dict[str, object]]

GPX: Final = "http://www.topografix.com/GPX/1/1"
KML: Final = "http://www.opengis.net/kml/2.2"
GX: Final = "http://www.google.com/kml/ext/2.2"
OURS: Final = "urn:bongsu:fix:1"
_UNKNOWN_M: Final = "9999999.0"


def gpx_of(documents: Documents, mark: str) -> str:
    """The track of one device as GPX."""
    root = ET.Element("gpx", {"xmlns": GPX, "xmlns:b": OURS, "version": "1.1", "creator": "Bongsu"})
    ET.SubElement(ET.SubElement(root, "metadata"), "desc").text = mark
    track = ET.SubElement(root, "trk")
    if documents:
        ET.SubElement(track, "name").text = str(documents[0]["device"])
    segment = ET.SubElement(track, "trkseg")
    for document in documents:
        point = ET.SubElement(segment, "trkpt", {"lat": repr(document["lat"]), "lon": repr(document["lon"])})
        ET.SubElement(point, "time").text = str(document["measured_at"])
        ET.SubElement(ET.SubElement(point, "extensions"), "b:fix", texts_of(document, BESIDE))
    return _text(root)


def kml_of(documents: Documents, mark: str) -> str:
    """The track of one device as KML: a `gx:Track` with an array for each other column."""
    root = ET.Element("kml", {"xmlns": KML, "xmlns:gx": GX})
    top = ET.SubElement(root, "Document")
    ET.SubElement(top, "description").text = mark
    schema = ET.SubElement(top, "Schema", {"id": "fix-1"})
    for column in BESIDE:
        ET.SubElement(schema, "gx:SimpleArrayField", {"name": column, "type": "string"})
    place = ET.SubElement(top, "Placemark")
    ET.SubElement(place, "name").text = str(documents[0]["device"]) if documents else ""
    track = ET.SubElement(place, "gx:Track")
    for document in documents:
        ET.SubElement(track, "when").text = str(document["measured_at"])
    for document in documents:
        ET.SubElement(track, "gx:coord").text = f"{document['lon']!r} {document['lat']!r} 0"
    data = ET.SubElement(ET.SubElement(track, "ExtendedData"), "SchemaData", {"schemaUrl": "#fix-1"})
    for column in BESIDE:
        array = ET.SubElement(data, "gx:SimpleArrayData", {"name": column})
        for document in documents:
            ET.SubElement(array, "gx:value").text = cell(document[column])
    return _text(root)


def cot_of(documents: Documents, mark: str) -> str:
    """The track of one device as Cursor-on-Target events: `ce` is the error, and each event is stale at its own time: it is history."""
    root = ET.Element("events", {"description": mark})
    for document in documents:
        at = str(document["measured_at"])
        event = ET.SubElement(
            root,
            "event",
            {"version": "2.0", "uid": str(document["device"]), "type": "a-u-G", "how": "m-g", "time": at, "start": at, "stale": at},
        )
        error = cell(document["accuracy_m"]) or _UNKNOWN_M
        where = {"lat": repr(document["lat"]), "lon": repr(document["lon"]), "hae": _UNKNOWN_M, "ce": error, "le": _UNKNOWN_M}
        ET.SubElement(event, "point", where)
        detail = ET.SubElement(event, "detail")
        moving = {"course": cell(document["course_deg"]), "speed": cell(document["speed_mps"])}
        ET.SubElement(detail, "track", {name: value for name, value in moving.items() if value})
        ET.SubElement(detail, "bongsu_fix", texts_of(document, BESIDE))
    return _text(root)


def table_of_kml(path: Path) -> pa.Table:
    """The track points of a KML file as text columns of `fix/1`."""
    return table_of_texts(row for place in _all(_root(path, "kml"), "Placemark") for row in _of_placemark(place, path))


def table_of_cot(path: Path) -> pa.Table:
    """The events of a file of Cursor-on-Target as text columns of `fix/1`."""
    root = _root(path, "events")
    return table_of_texts(_of_event(event, path) for event in _all(root, "event"))


def _of_placemark(place: ET.Element, path: Path) -> Iterator[dict[str, str]]:
    name = next((child.text or "" for child in place if _local(child) == "name"), "")
    for track in _all(place, "Track"):
        times = [node.text or "" for node in _all(track, "when")]
        coords = [(node.text or "").split() for node in _all(track, "coord")]
        arrays = {array.get("name", ""): [value.text or "" for value in _all(array, "value")] for array in _all(track, "SimpleArrayData")}
        if len(coords) != len(times) or any(len(coord) < 2 for coord in coords):
            raise InputRefusedError([f"{path}: holds a track with {len(times)} times and {len(coords)} places; each needs both"])
        if any(len(values) != len(times) for values in arrays.values()):
            raise InputRefusedError([f"{path}: holds a track whose arrays are not as long as its times"])
        for at, (when, coord) in enumerate(zip(times, coords, strict=True)):
            beside = {column: values[at] for column, values in arrays.items() if column in BESIDE and values[at]}
            yield {"device": name, "measured_at": when, "lat": coord[1], "lon": coord[0], **beside}


def _of_event(event: ET.Element, path: Path) -> dict[str, str]:
    point = next(_all(event, "point"), None)
    if point is None:
        raise InputRefusedError([f"{path}: holds an event without a point"])
    said = {"device": event.get("uid"), "measured_at": event.get("time"), "lat": point.get("lat"), "lon": point.get("lon")}
    ours, track = next(_all(event, "bongsu_fix"), None), next(_all(event, "track"), None)
    if ours is not None:
        said |= {column: ours.get(column) for column in BESIDE}
    else:
        said["accuracy_m"] = _known_error(point.get("ce", _UNKNOWN_M))
        said |= (
            {"speed_mps": None, "course_deg": None}
            if track is None
            else {"speed_mps": track.get("speed"), "course_deg": track.get("course")}
        )
    return {column: value for column, value in said.items() if value}


def _known_error(text: str) -> str | None:
    """The error as it stands, also where it is no number: the check of its column names its row; None for the figure that means unknown."""
    try:
        return None if float(text) >= float(_UNKNOWN_M) else text
    except ValueError:
        return text


def _root(path: Path, name: str) -> ET.Element:
    """The outermost element of a file; raises `InputRefusedError` where it is another, and what `root_of` raises."""
    if path.stat().st_size > MOST_BYTES:
        raise InputRefusedError([f"{path}: is longer than {MOST_BYTES >> 20} MiB"])
    root = root_of(path)
    if _local(root) != name:
        raise InputRefusedError([f"{path}: is XML but its outermost element is not <{name}>"])
    return root


def _all(node: ET.Element, name: str) -> Iterator[ET.Element]:
    return (child for child in node.iter() if child is not node and _local(child) == name)


def _local(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2]


def _text(root: ET.Element) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
