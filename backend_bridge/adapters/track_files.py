"""The track of one device as a file for other programs: CSV (which `judge` reads again), GPX or GeoJSON."""

import csv
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Final

from backend_bridge.adapters.fix_lines import documents_of_fixes
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.stored_fixes import StoredFixes

_COLUMNS: Final = (
    "device",
    "measured_at",
    "lat",
    "lon",
    "accuracy_m",
    "speed_mps",
    "course_deg",
    "moving",
    "source",
    "device_seq",
    "received_at",
)
_GPX: Final = "http://www.topografix.com/GPX/1/1"


def write_track(stored: StoredFixes, path: Path, mark: str) -> None:
    """Write the fixes to a new file whose ending says how: `.csv`, `.gpx`, `.geojson`; raises `InputRefusedError`."""
    form = path.suffix.lower().removeprefix(".")
    if form not in _WRITERS:
        raise InputRefusedError([f"{path}: must end in .csv, .gpx or .geojson"])
    try:
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(text_of_track(stored, form, mark), encoding="utf-8", newline="")
    except FileExistsError:
        raise InputRefusedError([f"{path}: is there already; a track is never written over another file"]) from None
    except OSError as error:
        raise InputRefusedError([f"{path}: cannot be written: {error.strerror}"]) from None


def text_of_track(stored: StoredFixes, form: str, mark: str) -> str:
    """The fixes as `csv`, `gpx` or `geojson`, with the mark in it: a column of every row, or the document's description."""
    return _WRITERS[form](stored, mark)


def _csv(stored: StoredFixes, mark: str) -> str:
    lines: list[str] = []
    writer = csv.writer(_Lines(lines), lineterminator="\n")
    writer.writerow([*_COLUMNS, "watermark"])
    for document in documents_of_fixes(stored):
        writer.writerow([*(_cell(document[column]) for column in _COLUMNS), mark])
    return "".join(lines)


class _Lines:
    """A list that a csv.writer can write to."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def write(self, text: str) -> int:
        """Take a line."""
        self._lines.append(text)
        return len(text)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _gpx(stored: StoredFixes, mark: str) -> str:
    root = ET.Element("gpx", {"xmlns": _GPX, "version": "1.1", "creator": "Bongsu"})
    ET.SubElement(ET.SubElement(root, "metadata"), "desc").text = mark
    track = ET.SubElement(root, "trk")
    documents = list(documents_of_fixes(stored))
    if documents:
        ET.SubElement(track, "name").text = str(documents[0]["device"])
    segment = ET.SubElement(track, "trkseg")
    for document in documents:
        point = ET.SubElement(segment, "trkpt", {"lat": repr(document["lat"]), "lon": repr(document["lon"])})
        ET.SubElement(point, "time").text = str(document["measured_at"])
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _geojson(stored: StoredFixes, mark: str) -> str:
    features = []
    for document in documents_of_fixes(stored):
        lat, lon = document.pop("lat"), document.pop("lon")
        features.append({"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": document})
    return json.dumps({"type": "FeatureCollection", "watermark": mark, "features": features}, ensure_ascii=False, allow_nan=False) + "\n"


_WRITERS: Final[dict[str, Callable[[StoredFixes, str], str]]] = {"csv": _csv, "gpx": _gpx, "geojson": _geojson}
