"""The page itself, put together of files that are there when the desk starts; every script and style comes from the private scheme."""

from dataclasses import dataclass
from importlib.resources import files

import resources

FOLIUM_BODY = "folium_body.html"
"""What folium wrote into the body of the page; `folium.js` beside it makes the Leaflet map (`tools/build_map_page.py`)."""
_MIME = {"html": b"text/html", "js": b"text/javascript", "css": b"text/css", "otf": b"font/otf"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A file of the page: its bytes and media type."""

    body: bytes
    mime: bytes


def built_page() -> dict[str, Served]:
    """Every file of the page by its path below the page's address; `page.html` is where it begins.

    Raises `FileNotFoundError`, which says what to do, where the page has not been built.
    """
    found = {path.name: path.read_bytes() for path in resources.path("map").iterdir() if path.suffix[1:] in _MIME}
    if FOLIUM_BODY not in found:
        raise FileNotFoundError(f"resources/map/{FOLIUM_BODY} is not there: `make venv` builds it.")
    found["page.html"] = found["page.html"].replace(b"<!-- folium: body -->", found.pop(FOLIUM_BODY))
    for name in ("leaflet.js", "leaflet.css"):
        found[name] = files("xstatic.pkg.leaflet").joinpath(f"data/{name}").read_bytes()
    for path in resources.path("fonts").glob("*.otf"):
        found[f"fonts/{path.name}"] = path.read_bytes()
    return {name: Served(body=content, mime=_MIME[name.rsplit(".", 1)[-1]]) for name, content in found.items()}
