"""The track of one device as a file for other programs: CSV (which `judge` reads again), GPX, KML, GeoJSON, Moving Features, CoT."""

import csv
from collections.abc import Callable
from typing import Final

from backend_bridge.adapters.fix_lines import documents_of_fixes
from backend_bridge.adapters.json_tracks import Documents, geojson_of, mfjson_of
from backend_bridge.adapters.stored_fixes import StoredFixes
from backend_bridge.adapters.time_text import korean_text_of_us, us_of_text
from backend_bridge.adapters.track_texts import COLUMNS, cell
from backend_bridge.adapters.xml_tracks import cot_of, gpx_of, kml_of
from backend_bridge.domain.korean_grid import central, is_korean, point_number, unified
from backend_bridge.domain.quantities import LatLon

_KOREAN: Final = ("measured_kst", "east_5179_m", "north_5179_m", "east_5186_m", "north_5186_m", "point_number")
"""What a table says besides, for those who work with Korea's maps and clock."""


def text_of_track(stored: StoredFixes, form: str, mark: str) -> str:
    """The fixes in one of `FORMS`, with the mark in it: a column of every row, or the document's description."""
    return FORMS[form](list(documents_of_fixes(stored)), mark)


def _csv(documents: Documents, mark: str) -> str:
    lines: list[str] = []
    writer = csv.writer(_Lines(lines), lineterminator="\n")
    writer.writerow([*COLUMNS, *_KOREAN, "watermark"])
    for document in documents:
        writer.writerow([*(cell(document[column]) for column in COLUMNS), *_korean(document), mark])
    return "".join(lines)


def _korean(document: dict[str, object]) -> list[str]:
    """Korean time always, plane coordinates and the national point number where the place lies in Korea."""
    at = LatLon(lat_deg=float(str(document["lat"])), lon_deg=float(str(document["lon"])))
    when = korean_text_of_us(us_of_text(str(document["measured_at"])))
    if not is_korean(at):
        return [when, *[""] * (len(_KOREAN) - 1)]
    metres = (unified(at).east_m, unified(at).north_m, central(at).east_m, central(at).north_m)
    return [when, *(f"{value:.2f}" for value in metres), point_number(at) or ""]


class _Lines:
    """A list that a csv.writer can write to."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def write(self, text: str) -> int:
        """Take a line."""
        self._lines.append(text)
        return len(text)


FORMS: Final[dict[str, Callable[[Documents, str], str]]] = {
    "csv": _csv,
    "geojson": geojson_of,
    "mfjson": mfjson_of,
    "gpx": gpx_of,
    "kml": kml_of,
    "cot": cot_of,
}
"""How each form is written, by its name, which is also the ending of its file."""
