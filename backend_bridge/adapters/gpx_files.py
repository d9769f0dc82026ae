"""GPX: the track of one device a file."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pyarrow as pa

from backend_bridge.adapters.json_fields import is_device_id
from backend_bridge.adapters.plain_xml import root_of
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.track_texts import BESIDE


def table_of_gpx(path: Path) -> pa.Table:
    """The track points of a GPX file as text columns of `fix/1`.

    The device is the name of the first track where that is a device id, else the file's name without its ending.
    """
    root = root_of(path)
    if _local(root) != "gpx":
        raise InputRefusedError([f"{path}: is XML but not GPX"])
    points = [node for node in root.iter() if _local(node) == "trkpt"]
    if not points:
        raise InputRefusedError([f"{path}: holds no track point (trkpt)"])
    device = _device_of(root, path)
    columns = {
        "device": [device] * len(points),
        "measured_at": [_child(point, "time") for point in points],
        "lat": [point.get("lat") for point in points],
        "lon": [point.get("lon") for point in points],
        **{column: [_beside(point, column) for point in points] for column in BESIDE},
    }
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def _beside(point: ET.Element, column: str) -> str | None:
    """A column that GPX has no word for, as Bongsu writes it; speed and course as others do."""
    ours = next((node for node in point.iter() if _local(node) == "fix" and node.attrib), None)
    said = None if ours is None else ours.get(column)
    usual = {"speed_mps": "speed", "course_deg": "course"}.get(column)
    return said or (None if usual is None else _child(point, usual))


def _device_of(root: ET.Element, path: Path) -> str:
    names = [_child(track, "name") for track in root.iter() if _local(track) == "trk"]
    for name in (*names, path.stem):
        if name is not None and is_device_id(name):
            return name
    raise InputRefusedError([f"{path}: names no device; give the file the device's id as its name, such as ANK-0001.gpx"])


def _child(node: ET.Element, name: str) -> str | None:
    for child in node.iter():
        if child is not node and _local(child) == name:
            return (child.text or "").strip() or None
    return None


def _local(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2]
