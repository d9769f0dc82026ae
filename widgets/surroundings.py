"""Where somebody could be, read from what the bridge answers: the centre with its error, sources, known addresses, persons near."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.spoken_place import SpokenPlace
from widgets import formats, phrases, phrases_where

translate = QCoreApplication.translate
M_PER_DEG: Final = 111_195.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place where somebody could be, and what it is called."""

    place: SpokenPlace
    position: LatLon
    distance_m: float
    inside: bool
    """Within the error of the position."""

    def words(self) -> str:
        """`집 · 120 m`, and whether it lies within the error."""
        inside = translate("Surroundings", "inside") if self.inside else translate("Surroundings", "outside")
        return f"{phrases_where.spoken(self.place)} · {formats.distance(self.distance_m)} · {inside}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known of somebody's whereabouts; sources and persons near as lines to be read."""

    centre: LatLon | None = None
    error_m: float = 0.0
    addresses: tuple[Spot, ...] = ()
    sources: tuple[str, ...] = ()
    wearers: tuple[str, ...] = ()

    def rank(self, named: Sequence[tuple[str, LatLon]]) -> tuple[Spot, ...]:
        """Places of the map within the error, the nearest first."""
        if self.centre is None:
            return ()
        found = [(_distance_m(self.centre, at), name, at) for name, at in named]
        return tuple(
            Spot(place=SpokenPlace(kind="named", name=name), position=at, distance_m=far_m, inside=True)
            for far_m, name, at in sorted(found, key=lambda each: each[0])
            if far_m <= self.error_m
        )


def surroundings_of(texts: Sequence[str], now_us: int) -> Surroundings:
    """The bridge's answer as the panel shows it."""
    lines: list[dict[str, Any]] = [json.loads(text) for text in texts]
    centre = next((line for line in lines if line["what"] == "centre"), None)
    return Surroundings(
        centre=None if centre is None else _place(centre),
        error_m=0.0 if centre is None else float(centre["error_m"]),
        addresses=tuple(_address(line) for line in lines if line["what"] == "address"),
        sources=tuple(_source(line, now_us) for line in lines if line["what"] == "position"),
        wearers=tuple(_wearer(line) for line in lines if line["what"] == "wearer"),
    )


def _place(line: dict[str, Any]) -> LatLon:
    return LatLon(lat_deg=float(line["lat_deg"]), lon_deg=float(line["lon_deg"]))


def _address(line: dict[str, Any]) -> Spot:
    place = SpokenPlace(kind=str(line["kind"]), name=str(line["person"]))
    return Spot(place=place, position=_place(line), distance_m=float(line["distance_m"]), inside=bool(line["inside"]))


def _source(line: dict[str, Any], now_us: int) -> str:
    age = phrases.length(formats.age_s(now_us, int(line["at_us"])) or 0.0)
    ago = translate("Surroundings", "{span} ago").format(span=age)
    return " · ".join((phrases.source(int(line["source"])), formats.error(line["error_m"]) or formats.NOTHING, ago))


def _wearer(line: dict[str, Any]) -> str:
    whose = translate("Surroundings", "this case") if line["paired"] else translate("Surroundings", "another case")
    far = f"{formats.distance(float(line['distance_m']))} {formats.error(float(line['error_m']))}"
    return f"{line['person']} · {far} · {whose} {line['case']}"


def _distance_m(one: LatLon, other: LatLon) -> float:
    north = (other.lat_deg - one.lat_deg) * M_PER_DEG
    east = (other.lon_deg - one.lon_deg) * M_PER_DEG * cos(radians(one.lat_deg))
    return hypot(north, east)
