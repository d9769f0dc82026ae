"""The map as the desk's other parts see it: a widget that is told rows and frames, and that looks after its own web page."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedLayout, QWidget
from typing_extensions import override

import resources
from backend_bridge.application.rows import AlarmRow, AlarmState, CaseRow, PairRow, PositionFrame, Track, UnitRow
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.identifiers import CaseId, DeviceId
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from widgets.map.base_page import built_page
from widgets.map.basemap_archive import Basemap, bundled
from widgets.map.map_channel import bounds_of, case_value, packed_frame, packed_tracks, pair_value, person_carrying, unit_values
from widgets.map.map_texts import page_texts
from widgets.map.page_life import PageHealth, PageLife
from widgets.map.scheme import PageServer
from widgets.map_credits import credit_text

FAMILY: Final = "'Noto Sans CJK KR', NanumGothic, Pretendard, sans-serif"


OUTLIVE_MS: Final = 1000
"""The web engine's own thread may look at a profile for a moment after its page has gone."""
OWN: Final = frozenset({"nearby", "spots", "view", "follow", "theme", "texts", "sources", "identities"})
"""What a mirror has for itself; all else it shows as the map that it mirrors."""


class Frame(StrEnum):
    """What the picture is: now, a recording, an exercise, or the recording of an exercise."""

    LIVE = "live"
    REPLAY = "replay"
    EXERCISE = "exercise"
    EXERCISE_REPLAY = "exercise-replay"


class MapView(QWidget):
    """The live map. Rows and frames in through `show_*`; what a person does comes out through the `on_*` callables."""

    def __init__(self, parent: QWidget | None = None, *, basemaps: tuple[Basemap, ...] | None = None) -> None:
        super().__init__(parent)
        self.on_selected: Callable[[DeviceId | None], None] | None = None
        """A person clicked a symbol, or bare ground (None)."""
        self.on_context: Callable[[LatLon], None] | None = None
        """A person asked for the menu of a place."""
        self.on_state: Callable[[PageHealth], None] | None = None
        """The page came up, hangs, was restarted or was given up; the desk draws "PICTURE NOT LIVE" from it."""
        self.on_nearby: Callable[[Sequence[tuple[str, LatLon]]], None] | None = None
        """Named places of the base map about the point of the last `find_nearby`."""
        self._n_nearby = 0
        self.on_search: Callable[[], None] | None = None
        """Somebody wants to look for something."""
        self.on_spot: Callable[[str, str | None], None] | None = None
        """The name of the base map nearest to a spot of the last `name_spots`; None where nothing near has one."""
        self._n_spots = 0
        self._tokens: dict[str, Any] = json.loads(resources.path("theme/tokens.json").read_text(encoding="utf-8"))
        self._cases: dict[CaseId, CaseRow] = {}
        self._devices: tuple[DeviceId, ...] = ()
        self._roster = 0
        self._number = 0
        self._sent_us: dict[int, int] = {}
        self._n_tracks = 0
        self._language = "ko"
        self._theme = "night"
        self._mirrors: list[MapView] = []
        self._mirrored: MapView | None = None
        maps = bundled() if basemaps is None else basemaps
        self._basemaps = maps
        self.life = PageLife(self, built_page(), maps, self._heard)
        self.life.on_state = self._page_changed
        layout = QStackedLayout(self)
        layout.addWidget(self.life.view)
        layout.addWidget(self.life.notice)
        self._layout = layout
        self.life.setParent(self)
        self.set_theme("night")
        self.set_language("ko")
        self.set_frame(Frame.LIVE)
        self._put("selection", {"case": None, "device": None})
        self.life.start()

    @property
    def last_rendered_us(self) -> int | None:
        """The instant (`at_us`) of the newest frame that the page says it has drawn; None before the first."""
        return self._sent_us.get(self.life.rendered)

    @property
    def rendered_frame(self) -> int:
        """The number of the newest frame that the page has drawn; frames are counted from 1."""
        return self.life.rendered

    def show_frame(self, frame: PositionFrame) -> None:
        """Show where everybody is now; a page that is still busy skips to the newest."""
        if self._roster == 0 or (frame.devices is not self._devices and frame.devices != self._devices):
            self._devices = frame.devices
            self._roster += 1
            for mirror in self._mirrors:
                mirror._devices = frame.devices  # noqa: SLF001 - of the same class
            self._put("roster", {"number": self._roster, "devices": list(frame.devices)})
        self._number += 1
        self._sent_us[self._number] = frame.at_us
        for number in [n for n in self._sent_us if n < self.life.rendered]:
            del self._sent_us[number]
        packed = packed_frame(frame, self._number, self._roster)
        for server in self._servers():
            server.publish_frame(self._number, packed)

    def show_cases(self, rows: Sequence[CaseRow]) -> None:
        """Show these cases' zones, rings and places; what has not changed since the last call costs nothing."""
        now = {row.case: row for row in rows}
        changed: dict[str, object] = {f"case:{case}": None for case in self._cases.keys() - now.keys()}
        for case, row in now.items():
            if self._cases.get(case) is not row and self._cases.get(case) != row:
                changed[f"case:{case}"] = case_value(row)
        self._cases = now
        for server in self._servers():
            for key, value in changed.items():
                server.state.put(key, value)
            server.publish_state()

    def select_case(self, case: CaseId | None, device: DeviceId | None = None) -> None:
        """Draw one case in full: its zones, rings, places and pair; `device` marks one more person."""
        if case is None and device is not None:
            case = next((row.case for row in self._cases.values() if person_carrying([row], device)), None)
        self._put("selection", {"case": case, "device": device})
        if case is None:
            self.show_tracks(())
            self.show_pair(None)

    def show_tracks(self, tracks: Sequence[Track]) -> None:
        """Draw these recorded tracks, coloured by speed; they replace those shown before."""
        self._n_tracks += 1
        rows = list(self._cases.values())
        people = [person_carrying(rows, track.device) for track in tracks]
        parts = [int(person is not None and person.part == "protected") for person in people]
        packed = packed_tracks(self._n_tracks, tracks, parts)
        for server in self._servers():
            server.publish_tracks(self._n_tracks, packed)

    def show_pair(self, row: PairRow | None) -> None:
        """Draw how the selected pair stands: line with distance, predicted positions, where they would meet."""
        self._put("pair", None if row is None else pair_value(row))

    def show_moment(self, at_us: int | None) -> None:
        """Mark on the tracks where both were measured at an instant, such as a chart's crosshair; None takes the marks away."""
        self._put("moment", None if at_us is None else at_us / MICROSECONDS)

    def show_identities(self, shown: bool) -> None:
        """Name people at their symbols, or nobody, as on a video wall."""
        self._put("identities", shown)

    def show_units(self, rows: Sequence[UnitRow]) -> None:
        """Draw the police units that have told where they are."""
        self._put("units", unit_values(rows))

    def show_alarms(self, rows: Sequence[AlarmRow]) -> None:
        """Mark whose red alarm nobody has acknowledged: the only thing on the map that flashes."""
        waiting = {
            row.device for row in rows if row.device is not None and row.level is AlarmLevel.RED and row.state is AlarmState.UNACKNOWLEDGED
        }
        self._put("unacknowledged", sorted(waiting))

    def show_places(self, places: Mapping[str, LatLon]) -> None:
        """Mark named places, such as what a search found; an empty mapping takes them away."""
        self._put("found", [{"name": name, "lat": at.lat_deg, "lon": at.lon_deg} for name, at in places.items()])

    def find_nearby(self, centre: LatLon, radius_m: float) -> None:
        """Look for named places of the base map within a radius (at most 3 km); `on_nearby` is told, whatever the map shows."""
        self._n_nearby += 1
        asked = {"number": self._n_nearby, "lat": centre.lat_deg, "lon": centre.lon_deg, "radius": min(radius_m, 3000.0)}
        self.life.server.state.put("nearby", asked)
        self.life.server.publish_state()

    def name_spots(self, spots: Mapping[str, LatLon]) -> None:
        """Look for the street or place nearest to each of these, whatever the map shows; `on_spot` is told of one after the other."""
        self._n_spots += 1
        asked = [{"key": key, "lat": at.lat_deg, "lon": at.lon_deg} for key, at in spots.items()]
        self.life.server.state.put("spots", {"number": self._n_spots, "spots": asked})
        self.life.server.publish_state()

    def go_to(self, place: LatLon, zoom: float | None = None) -> None:
        """Bring a place to the middle, at a zoom of 3 (half the world) to 19 (a house), or the zoom that is."""
        self._put("view", {"lat": place.lat_deg, "lon": place.lon_deg, "zoom": zoom})

    def fit(self, points: Sequence[LatLon]) -> None:
        """Show all these points at once."""
        if points:
            self._put("view", {"fit": bounds_of(points)})

    def fit_case(self, case: CaseId) -> None:
        """Show the people of a case at once, or its zones while none of them has been seen."""
        if case in self._cases:
            self._put("view", {"case": case})

    def fit_everybody(self) -> None:
        """Show all people at once, as soon as one of them has been seen."""
        self._put("view", {"everybody": True})

    def follow(self, device: DeviceId | None) -> None:
        """Keep somebody in the middle while they move; None lets go."""
        self._put("follow", device)

    def set_theme(self, name: str) -> None:
        """Draw in the colours of `night` or `day`."""
        self._put("theme", {"name": name, "tokens": self._tokens[name], "family": FAMILY})
        self.life.colour(self._tokens[name]["map"]["land"], self._tokens[name]["text"])
        self._theme = name
        for mirror in self._mirrors:
            mirror.set_theme(name)

    def set_language(self, language: str) -> None:
        """Name places in `ko` or `en` and take the page's words afresh from the installed translation."""
        self._language = language
        self._put("texts", {"language": language, "texts": page_texts()})
        self._tell_sources()
        self.life.retranslate()
        for mirror in self._mirrors:
            mirror.set_language(language)

    def set_frame(self, kind: str) -> None:
        """Say what the picture is: `live`, or `replay`, `exercise` or both with a frame that cannot be overlooked."""
        colours = self._tokens["replay_frame"]
        self._put("frame", {"kind": Frame(kind).value, "colours": [colours[part] for part in kind.split("-") if part in colours] or [""]})

    @property
    def basemaps(self) -> tuple[Basemap, ...]:
        """What is drawn from now."""
        return self._basemaps

    def set_basemaps(self, basemaps: tuple[Basemap, ...]) -> None:
        """Draw other base maps, such as an imported one beside those that ship."""
        self._basemaps = basemaps
        self.life.server.set_basemaps(basemaps)
        self._tell_sources()

    def open_mirror(self, *, identities: bool, hands: bool = True) -> "MapView":
        """A second map as a window of its own, as for a wall: the same people, cases and selection, its own place and zoom.

        It ends when it is closed. Without `identities` it names nobody, without `hands` it takes neither mouse nor keyboard.
        """
        mirror = MapView(basemaps=self._basemaps)
        mirror.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mirror._mirrored = self
        mirror._devices, mirror.on_selected, mirror.on_context = self._devices, self._chosen_in_mirror, self.on_context
        mirror.set_theme(self._theme)
        mirror.set_language(self._language)
        mirror.show_identities(identities)
        mirror.setEnabled(hands)
        mirror.life.server.copy_from(self.life.server, OWN)
        self._mirrors.append(mirror)
        return mirror

    def close_mirrors(self) -> None:
        """Close every map that mirrors this one."""
        for mirror in tuple(self._mirrors):
            mirror.close()

    def _chosen_in_mirror(self, device: DeviceId | None) -> None:
        if self.on_selected is not None:
            self.on_selected(device)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """A mirror that is closed is told nothing more."""
        if self._mirrored is not None:
            self._mirrored._mirrors.remove(self)  # noqa: SLF001 - of the same class
            self._mirrored = None
            life = self.life
            life.outlive_page()
            QTimer.singleShot(OUTLIVE_MS, lambda: life.deleteLater())  # noqa: PLW0108 - holds it until then
        super().closeEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Follow the application's language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.set_language(self._language)
        super().changeEvent(event)

    def _tell_sources(self) -> None:
        """What is drawn, and whom we thank for it, in the desk's language."""
        described = [basemap.described() for basemap in self._basemaps]
        self._put("sources", [{**each, "credit": credit_text(str(each["credit"]))} for each in described])

    def _put(self, key: str, value: object) -> None:
        if key != "view" and self.life.server.state.holds(key, value):
            return
        for server in self._servers() if key not in OWN else (self.life.server,):
            server.state.put(key, value)
            server.publish_state()

    def _servers(self) -> Iterator[PageServer]:
        """Of this map and of those that mirror it."""
        yield self.life.server
        for mirror in self._mirrors:
            yield mirror.life.server

    def _heard(self, said: dict[str, Any]) -> None:
        """What the page tells; names must be ones we know, figures must be figures."""
        kind = said["event"]
        if kind == "selected" and self.on_selected is not None:
            device = said.get("device")
            if device is None or device in self._devices:
                self.on_selected(None if device is None else DeviceId(device))
        elif kind == "context" and self.on_context is not None:
            place = _place(said)
            if place is not None:
                self.on_context(place)
        elif kind == "following":
            device = said.get("device")
            self.life.server.state.put_quietly("follow", device if device in self._devices else None)
        elif kind == "beat":
            place, zoom = _place(said), said.get("zoom")
            if place is not None and isinstance(zoom, int | float):
                self.life.server.state.put_quietly("view", {"lat": place.lat_deg, "lon": place.lon_deg, "zoom": zoom})
        else:
            self._answered(kind, said)

    def _answered(self, kind: str, said: dict[str, Any]) -> None:
        """What the page found for us; answers to a question that has been replaced are passed over."""
        if kind == "nearby" and self.on_nearby is not None and said.get("number") == self._n_nearby:
            self.on_nearby(_named_places(said.get("places")))
        elif kind == "spot" and self.on_spot is not None and said.get("number") == self._n_spots:
            name = said.get("name")
            self.on_spot(str(said.get("key")), name if isinstance(name, str) and name else None)
        elif kind == "search" and self.on_search is not None:
            self.on_search()

    def _page_changed(self, state: PageHealth) -> None:
        self._layout.setCurrentIndex(1 if state is PageHealth.GIVEN_UP else 0)
        if self.on_state is not None:
            self.on_state(state)


def _named_places(said: object) -> tuple[tuple[str, LatLon], ...]:
    """What the page tells of named places; anything that is not a name at a place is passed over."""
    found = []
    for one in said if isinstance(said, list) else ():
        place = _place(one) if isinstance(one, dict) else None
        name = one.get("name") if isinstance(one, dict) else None
        if place is not None and isinstance(name, str) and name:
            found.append((name, place))
    return tuple(found)


def _place(said: dict[str, Any]) -> LatLon | None:
    lat, lon = said.get("lat"), said.get("lon")
    if not isinstance(lat, int | float) or not isinstance(lon, int | float) or not (abs(lat) <= 90 and abs(lon) <= 360):
        return None
    return LatLon(lat_deg=float(lat), lon_deg=float(lon))
