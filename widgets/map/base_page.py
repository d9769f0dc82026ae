"""The page itself: built once by folium, with every script and style served from the private scheme and nothing inline."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import folium

import resources
from backend_bridge.domain.quantities import LatLon

_NAME = "live"
"""The page's scripts find the Leaflet map as `map_live`."""
_MIME = {"html": b"text/html", "js": b"text/javascript", "css": b"text/css", "otf": b"font/otf"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A file of the page: its bytes and media type."""

    body: bytes
    mime: bytes


def build_page(centre: LatLon, zoom: int) -> dict[str, Served]:
    """Every file of the page by its path below the page's address; `page.html` is where it begins."""
    mapped = folium.Map([centre.lat_deg, centre.lon_deg], zoom_start=zoom, tiles=None, zoom_control=False, attribution_control=False)
    mapped._id = _NAME  # noqa: SLF001 - folium offers no other way to a stable name
    figure: Any = mapped.get_root()
    figure.render()
    body, script = ("".join(child.render() for child in part._children.values()) for part in (figure.html, figure.script))  # noqa: SLF001
    found = {path.name: path.read_bytes() for path in resources.path("map").iterdir() if path.suffix[1:] in _MIME}
    found["page.html"] = found["page.html"].replace(b"<!-- folium: body -->", body.strip().encode())
    found["folium.js"] = script.encode()
    for name in ("leaflet.js", "leaflet.css"):
        found[name] = files("xstatic.pkg.leaflet").joinpath(f"data/{name}").read_bytes()
    for path in resources.path("fonts").glob("*.otf"):
        found[f"fonts/{path.name}"] = path.read_bytes()
    return {name: Served(body=content, mime=_MIME[name.rsplit(".", 1)[-1]]) for name, content in found.items()}
