"""Make the reference app's offline map: Korea's municipalities as light GeoJSON. `python tools/build_app_map.py TOPOJSON`."""

import json
import sys
from pathlib import Path

import geopandas as gpd

OUT = Path(__file__).parents[1] / "resources" / "app" / "korea.json"


def main() -> None:
    """Read the boundaries, make them coarse, and write them with four decimals."""
    areas = gpd.read_file(sys.argv[1])
    features = []
    for name, english, shape in zip(areas["name"], areas["name_eng"], areas.geometry.simplify(0.001, preserve_topology=True), strict=True):
        features.append({"type": "Feature", "properties": {"ko": name, "en": english}, "geometry": rounded(shape.__geo_interface__)})
    OUT.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":")), encoding="utf8"
    )


def rounded(geometry: dict[str, object]) -> dict[str, object]:
    """The geometry with four decimals, about ten metres."""

    def of(value: object) -> object:
        return round(value, 4) if isinstance(value, float) else [of(part) for part in value] if isinstance(value, list | tuple) else value

    return {"type": geometry["type"], "coordinates": of(geometry["coordinates"])}


if __name__ == "__main__":
    main()
