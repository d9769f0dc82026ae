"""Builds resources/basemap/ (two PMTiles archives of vector tiles) from the open data in a folder: `build_basemap.py FOLDER`."""

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyogrio
import shapely
from romanise import romanised
from shapely.geometry.base import BaseGeometry

from backend_bridge.adapters.basemap_tiles import Coverage, Feature, mercator, write_archive

_KOREA: Final = (124.0, 32.9, 132.2, 39.0)
_OUT: Final = Path(__file__).parent.parent / "resources" / "basemap"
_COUNTRIES_KO: Final = {
    "Japan": "일본", "China": "중국", "North Korea": "북한", "South Korea": "대한민국", "Russia": "러시아", "Mongolia": "몽골",
    "Taiwan": "대만", "Vietnam": "베트남", "Philippines": "필리핀", "Thailand": "태국", "India": "인도", "Indonesia": "인도네시아",
    "Malaysia": "말레이시아", "Australia": "오스트레일리아", "United States of America": "미국", "Canada": "캐나다",
    "Kazakhstan": "카자흐스탄",
    "Myanmar": "미얀마", "Nepal": "네팔", "Finland": "핀란드", "Germany": "독일", "France": "프랑스", "Spain": "스페인",
    "United Kingdom": "영국", "Italy": "이탈리아", "Brazil": "브라질", "Mexico": "멕시코", "Turkey": "튀르키예", "Iran": "이란",
    "Saudi Arabia": "사우디아라비아", "Egypt": "이집트", "New Zealand": "뉴질랜드", "Laos": "라오스", "Cambodia": "캄보디아",
    "Bhutan": "부탄", "Bangladesh": "방글라데시", "Macao": "마카오", "Hong Kong": "홍콩", "Guam": "괌", "N. Mariana Is.": "북마리아나 제도",
    "Singapore": "싱가포르", "Sri Lanka": "스리랑카", "Pakistan": "파키스탄", "Afghanistan": "아프가니스탄", "Uzbekistan": "우즈베키스탄",
    "Kyrgyzstan": "키르기스스탄", "Tajikistan": "타지키스탄", "Turkmenistan": "투르크메니스탄", "Papua New Guinea": "파푸아뉴기니",
    "Palau": "팔라우", "Brunei": "브루나이", "Timor-Leste": "동티모르", "Iraq": "이라크", "Israel": "이스라엘",
    "Argentina": "아르헨티나", "Ukraine": "우크라이나", "Poland": "폴란드", "Sweden": "스웨덴", "Norway": "노르웨이",
}  # fmt: skip
_ROAD_FROM: Final = {
    "motorway": 5, "trunk": 7, "primary": 8, "secondary": 11, "tertiary": 12, "motorway_link": 11, "trunk_link": 12,
    "primary_link": 12, "secondary_link": 13, "tertiary_link": 13, "residential": 13, "unclassified": 13, "living_street": 13,
    "busway": 13, "pedestrian": 13, "service": 14, "footway": 14, "path": 14, "steps": 14, "cycleway": 14, "track": 14,
}  # fmt: skip


_CITIES: Final = frozenset({"서울특별", "부산광역", "대구광역", "인천광역", "광주광역", "대전광역", "울산광역", "세종특별자치"})


class Topology:
    """A TopoJSON file: its arcs decoded once, each with the codes of the areas on its two sides."""

    def __init__(self, path: Path) -> None:
        content = json.loads(path.read_text(encoding="utf-8"))
        scale, move = np.array(content["transform"]["scale"]), np.array(content["transform"]["translate"])
        self.arcs = [np.cumsum(np.array(arc), axis=0) * scale + move for arc in content["arcs"]]
        self.geometries: list[dict[str, Any]] = next(iter(content["objects"].values()))["geometries"]

    def shape(self, geometry: dict[str, Any]) -> BaseGeometry:
        """The area of one geometry of the file, mended where its rings touch themselves."""
        if "arcs" not in geometry:
            return shapely.Polygon()
        parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        polygons = []
        for part in parts:
            rings = [ring for ring in map(self._ring, part) if len(ring) >= 4]
            if rings:
                polygons.append(shapely.Polygon(rings[0], rings[1:]))
        mended = shapely.get_parts(shapely.get_parts(shapely.make_valid(shapely.MultiPolygon(polygons))))
        return shapely.union_all([part for part in mended if part.geom_type == "Polygon"])

    def _ring(self, indices: list[int]) -> np.ndarray:
        return np.concatenate([self.arcs[i] if i >= 0 else self.arcs[~i][::-1] for i in indices])

    def borders(self, code: str) -> Iterator[tuple[BaseGeometry, list[str]]]:
        """Each arc that two areas share, with the property `code` of both."""
        sides: dict[int, list[str]] = defaultdict(list)
        for geometry in self.geometries:
            value = geometry["properties"][code] if code != "id" else geometry.get("id", "?")
            for index in _flat(geometry.get("arcs", [])):
                sides[index if index >= 0 else ~index].append(str(value))
        for index, codes in sides.items():
            if len(codes) == 2 and len(self.arcs[index]) > 1:
                yield shapely.LineString(self.arcs[index]), codes


def _flat(nested: list[Any]) -> Iterator[int]:
    for item in nested:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item


def main() -> None:
    """Read the folder named on the command line and write both archives."""
    source = Path(sys.argv[1])
    land = [*_world(source), *_korea(source)]
    coverage = Coverage(min_zoom=0, max_zoom=11, world_zoom=5, bounds=_KOREA)
    n = write_archive(_OUT / "land.pmtiles", land, coverage, "Natural Earth; 통계청 SGIS 2018 (공공누리 제1유형)")
    sys.stdout.write(f"land: {n} tiles\n")
    streets = [*_roads(source), *_areas(source), *_points(source), *_listed_points(source)]
    coverage = Coverage(min_zoom=5, max_zoom=14, world_zoom=-1, bounds=_KOREA)
    n = write_archive(_OUT / "streets.pmtiles", streets, coverage, "© OpenStreetMap contributors (ODbL)")
    sys.stdout.write(f"streets: {n} tiles\n")


def _world(source: Path) -> Iterator[Feature]:
    world = Topology(source / "world" / "countries-50m.json")
    shapes = {g["properties"]["name"]: world.shape(g) for g in world.geometries}
    others = shapely.union_all([s for name, s in shapes.items() if name not in ("South Korea", "Antarctica")])
    yield Feature(layer="land", geometry=mercator(shapely.union_all(list(shapes.values()))), properties={"class": "world"}, max_zoom=4)
    yield Feature(layer="land", geometry=mercator(others), properties={"class": "world"}, min_zoom=5)
    for line, _ in world.borders("id"):
        yield Feature(layer="border", geometry=mercator(line), properties={"class": "country"}, max_zoom=11)
    for name, shape in shapes.items():
        if name == "South Korea":
            continue
        biggest = max(getattr(shape, "geoms", [shape]), key=lambda g: g.area)
        names = {"name:en": name} | ({"name": _COUNTRIES_KO[name]} if name in _COUNTRIES_KO else {})
        rank = 1 if biggest.area > 200 else 2 if biggest.area > 8 else 3
        point = shapely.Point(127.2, 40.1) if name == "North Korea" else biggest.representative_point()
        yield Feature(layer="place", geometry=mercator(point), properties={"class": "country", "rank": rank, **names}, max_zoom=6)
    seoul_korea = {"class": "country", "rank": 1, "name": "대한민국", "name:en": "South Korea"}
    yield Feature(layer="place", geometry=mercator(shapely.Point(127.9, 36.4)), properties=seoul_korea, max_zoom=6)


def _korea(source: Path) -> Iterator[Feature]:
    folder = source / "kostat2018"
    coarse = Topology(folder / "skorea-municipalities-2018-topo-simple.json")
    fine = Topology(folder / "skorea-submunicipalities-2018-topo-simple.json")
    provinces = Topology(folder / "skorea-provinces-2018-topo-simple.json")
    for topology, lowest, highest in ((coarse, 5, 8), (fine, 9, 30)):
        whole = shapely.union_all([topology.shape(g) for g in topology.geometries])
        yield Feature(layer="land", geometry=mercator(whole), properties={"class": "korea"}, min_zoom=lowest, max_zoom=highest)
        for line, codes in topology.borders("code"):
            kind = _border_class(codes[0], codes[1])
            first = {"province": 5, "district": 8, "dong": 11}[kind]
            yield Feature(
                layer="border", geometry=mercator(line), properties={"class": kind}, min_zoom=max(lowest, first), max_zoom=highest
            )
    yield from _names(provinces, "province", 5)
    yield from _names(coarse, "district", 7)
    yield from _names(fine, "dong", 10)


def _border_class(one: str, other: str) -> str:
    if one[:2] != other[:2]:
        return "province"
    return "district" if one[:5] != other[:5] else "dong"


def _names(topology: Topology, kind: str, min_zoom: int) -> Iterator[Feature]:
    for geometry in topology.geometries:
        shape = topology.shape(geometry)
        if shape.is_empty:
            continue
        biggest = max((g for g in getattr(shape, "geoms", [shape]) if g.geom_type == "Polygon"), key=lambda g: g.area)
        centre = shapely.centroid(biggest) if biggest.contains(shapely.centroid(biggest)) else biggest.representative_point()
        said = geometry["properties"]
        names = {"name": re.sub(r"^(.+시)(.+구)$", r"\1 \2", said["name"]), "name:en": _district_in_english(said["name"], said["name_eng"])}
        metropolis = kind == "province" and said["name"].endswith("시")
        rank = 1 if kind == "province" else 2 if said["name"].endswith("시") else 3
        properties: dict[str, str | int | float] = {"class": "city" if metropolis else kind, "rank": rank, **names}
        yield Feature(layer="place", geometry=mercator(centre), properties=properties, min_zoom=min_zoom)


def _district_in_english(name: str, given: str) -> str:
    """The statistics office's English name, with hyphens and without readings of numbers: `Suwon-si Gwonseon-gu`, `Jamsil 3-dong`."""
    halves = re.fullmatch(r"(.+)시(.+)구", name)
    if halves:
        return f"{romanised(halves[1])}-si {romanised(halves[2])}-gu"
    plain = re.sub(r"\(\w+\)", "", given)
    return (
        re.sub(r"(?<=\w)(si|gun|gu)$", r"-\1", plain)
        if name[-1] in "시군구" and len(name) > 2 and "-" not in plain and name[:-1] not in _CITIES
        else plain
    )


def _roads(source: Path) -> Iterator[Feature]:
    """All roads, joined by name and class within the file so that names find long runs, and each way taken once."""
    seen: set[int] = set()
    joined: dict[tuple[str, ...], list[BaseGeometry]] = defaultdict(list)
    streets = pyogrio.read_dataframe(source / "osm" / "seoul-streets.gpkg", layer="roads")
    country = pyogrio.read_dataframe(source / "osm" / "korea_roads_subset.gpkg").rename(columns={"highway": "class"})
    for table in (streets, country):
        for row in table.itertuples():
            way = int(re.sub(r"\D", "", str(row.osm_id)))
            if way in seen:
                continue
            seen.add(way)
            key = tuple(_said(v) for v in (row[table.columns.get_loc("class") + 1], row.name, row.name_en, row.ref, row.bridge, row.tunnel))
            joined[key].append(row.geometry)
    for (kind, name, name_en, ref, bridge, tunnel), lines in joined.items():
        said = {"class": kind, "name": name, "name:en": name_en or _translated(name), "ref": ref if kind in ("motorway", "trunk") else ""}
        said |= {"bridge": "1" if bridge not in ("", "no") else "", "tunnel": "1" if tunnel not in ("", "no") else ""}
        merged = shapely.line_merge(shapely.MultiLineString(lines))
        properties = {k: v for k, v in said.items() if v}
        yield Feature(layer="road", geometry=mercator(merged), properties=properties, min_zoom=_ROAD_FROM.get(kind, 14))


def _said(value: object) -> str:
    return value if isinstance(value, str) else ""


def _areas(source: Path) -> Iterator[Feature]:
    path = source / "osm" / "seoul-streets.gpkg"
    for layer, name, first in (("green", "green", 10), ("water", "water", 10), ("waterway", "waterway", 11), ("rail", "rail", 10)):
        for row in pyogrio.read_dataframe(path, layer=layer).itertuples():
            said: dict[str, str | int | float] = {"class": _said(row[2])}
            if layer == "rail" and _said(row.tunnel) == "yes":
                said["tunnel"] = "1"
            if layer == "green" and _said(row.name):
                said |= {"name": row.name, "name:en": _said(row.name_en) or _translated(row.name)}
            yield Feature(layer=name, geometry=mercator(row.geometry), properties=said, min_zoom=first)
    for row in pyogrio.read_dataframe(path, layer="buildings").itertuples():
        said = {"class": _said(row[2])}
        if _said(row.name):
            said |= {"name": row.name, "name:en": _said(row.name_en) or _translated(row.name)}
        yield Feature(layer="building", geometry=mercator(row.geometry), properties=said, min_zoom=13)


def _points(source: Path) -> Iterator[Feature]:
    path = source / "osm" / "seoul-streets.gpkg"
    for row in pyogrio.read_dataframe(path, layer="places").itertuples():
        kind = _said(row[2])
        if kind in ("place=dong", "railway=station") or not _said(row.name):
            continue
        said = {"class": kind.split("=")[1], "name": row.name, "name:en": _said(row.name_en) or _translated(row.name)}
        yield Feature(layer="poi", geometry=mercator(row.geometry), properties=said, min_zoom=12)
    for row in pyogrio.read_dataframe(path, layer="poi").itertuples():
        key, _, kind = _said(row[2]).partition("=")
        if (key == "highway" and kind != "bus_stop") or kind == "parking_entrance" or not _said(row.name):
            continue
        said = {"class": kind, "name": row.name, "name:en": _said(row.name_en) or _translated(row.name)}
        yield Feature(layer="poi", geometry=mercator(row.geometry), properties=said, min_zoom=14)


_ENGLISH: Final = {
    "초등학교": "Elementary School", "중학교": "Middle School", "고등학교": "High School", "대학교": "University",
    "경찰서": "Police Station", "지구대": "Precinct", "파출소": "Police Box", "치안센터": "Police Post",
    "어린이공원": "Children's Park", "근린공원": "Park", "공원": "Park", "주민센터": "Community Center",
    "우체국": "Post Office", "도서관": "Library", "병원": "Hospital", "약국": "Pharmacy",
    "교회": "Church", "유치원": "Kindergarten", "어린이집": "Day Care", "소방서": "Fire Station",
    "시장": "Market", "아파트": "Apartments", "빌딩": "Building", "정문": "Main Gate",
    "후문": "Back Gate", "앞": "Front", "입구": "Entrance", "은행": "Bank",
    "모텔": "Motel", "호텔": "Hotel",
}  # fmt: skip


def _listed_points(source: Path) -> Iterator[Feature]:
    """Subway stations (one label where lines meet), schools and police stations."""
    stations: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for row in _csv(source / "poi" / "seoul_subway_stations.csv"):
        stations[re.sub(r"\(.*\)", "", row["name"])].append((float(row["lon"]), float(row["lat"]), row["no_line"]))
    for name, seen in stations.items():
        point = shapely.Point(np.mean([s[0] for s in seen]), np.mean([s[1] for s in seen]))
        said: dict[str, str | int | float] = {"class": "station", "name": name, "name:en": romanised(name.removesuffix("역")) + " Stn."}
        yield Feature(layer="poi", geometry=mercator(point), properties={**said, "rank": 1 if len(seen) > 1 else 2}, min_zoom=11)
    for path, kind, first in (("seoul_schools", "school", 13), ("police_gangnam_seocho", "police", 12)):
        for row in _csv(source / "poi" / f"{path}.csv"):
            point = shapely.Point(float(row["lon"]), float(row["lat"]))
            said = {"class": kind, "name": row["name"], "name:en": _translated(row["name"])}
            yield Feature(layer="poi", geometry=mercator(point), properties=said, min_zoom=first)


def _translated(name: str) -> str:
    """An English name: what kind of place it is in English words, the rest in Latin letters."""
    exit_of = re.search(r"(\d+)번\s*출구", name)
    if exit_of:
        return f"Exit {exit_of[1]}"
    for korean, english in _ENGLISH.items():
        if name.endswith(korean) and name != korean:
            return f"{romanised(name.removesuffix(korean).strip())} {english}"
    return romanised(name)


def _csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    main()
