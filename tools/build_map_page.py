"""Lets folium write the map's page once, when the project is built: importing it at each start would cost a second and a half.

`python tools/build_map_page.py` writes `folium_body.html` and `folium.js` into `resources/map`.
"""

from pathlib import Path
from typing import Any

import folium

TARGET = Path(__file__).resolve().parent.parent / "resources" / "map"
SEOUL = (37.5595, 126.9435)
FIRST_ZOOM = 15
NAME = "live"
"""The page's scripts find the Leaflet map as `map_live`."""


def main() -> None:
    """Write both files."""
    mapped = folium.Map(SEOUL, zoom_start=FIRST_ZOOM, tiles=None, zoom_control=False, attribution_control=False)
    mapped._id = NAME  # noqa: SLF001 - folium offers no other way to a stable name
    figure: Any = mapped.get_root()
    figure.render()
    body, script = ("".join(child.render() for child in part._children.values()) for part in (figure.html, figure.script))  # noqa: SLF001
    (TARGET / "folium_body.html").write_text(body.strip(), encoding="utf8")
    (TARGET / "folium.js").write_text(script, encoding="utf8")


if __name__ == "__main__":
    main()
