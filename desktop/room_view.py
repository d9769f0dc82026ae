"""What the bridge sends, put where a person looks: rows to the panels, the chosen case to map, charts and case panel."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot
from shiboken6 import isValid

from backend_bridge.application.incident_rows import IncidentRow
from backend_bridge.application.rows import AlarmRow, CaseRow, DeviceRow, PersonRow, PositionFrame, Row, Track, UnitRow
from backend_bridge.application.tables import Table
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.case import Circle
from backend_bridge.domain.identifiers import CaseId, DeviceId, IncidentId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import RankUnits, ReadSurroundings, ReadTrack
from backend_bridge.domain.spoken_place import SpokenPlace
from desktop.board import Board
from desktop.comparing_view import ComparingView
from desktop.main_window import MainWindow
from desktop.oversight_view import OversightView
from desktop.panels import Deeds, Panels
from desktop.replay_view import ReplayView
from desktop.training_view import TrainingView
from desktop.whereabouts import Whereabouts
from widgets import phrases, phrases_system, phrases_where
from widgets.models.alarm_columns import WAITING, contact_left
from widgets.surroundings import Surroundings, surroundings_of
from widgets.theme import look_of
from widgets.trend_chart import Mark

TICK_MS: Final = 500
BOTH_MS: Final = 60
"""How long the first of two tracks waits for the other."""
AROUND_EVERY: Final = 60
"""Ticks between two looks at what is about the protected person of an open incident."""
WAY_S: Final = 1800
"""So much of the way that the two came is on the map, however little of it the charts show."""
TRACKS_EVERY: Final = 10
"""Ticks between two readings of the chosen case's tracks, and of the units' estimated arrivals."""


class RoomView(QObject):
    """Feeds one window from one board; `choose` and `open` follow what a person points at."""

    def __init__(self, window: MainWindow, panels: Panels, board: Board, deeds: Deeds) -> None:
        super().__init__(window)
        self.window, self.panels, self.board, self.deeds = window, panels, board, deeds
        self.case: CaseId | None = None
        self.alarm: str | None = None
        self._frame: PositionFrame | None = None
        self._where = Whereabouts(panels.map)
        self._where.on_named = self._on_named
        self._tracks: dict[str, Track] = {}
        self._asked: set[str] = set()
        """Of whom a track is on its way."""
        self._ticks = 0
        self._worked: IncidentId | None = None
        self.live = True
        self._lost_us: int | None = None
        self.replay = ReplayView(panels.replay, deeds.submit, deeds.now_us)
        self.comparing = ComparingView(window, board, deeds, lambda: panels.map.basemaps)
        self.training = TrainingView(window, panels, board, deeds, self.replay)
        panels.alarms.on_select = self.choose_alarm
        panels.alarms.on_open = self.open_alarm
        panels.alarms.on_say = window.say
        panels.silent.on_open = lambda row: self.choose_case(row.case)
        panels.health.on_open = self._on_device_open
        panels.chart.on_span = lambda _seconds: self._read_tracks()
        panels.map.on_selected = self._on_map_selected
        panels.chart.on_cursor = panels.map.show_moment
        panels.incident.to.on_chosen = self._rank_units
        panels.map.on_nearby = self._on_map_nearby
        panels.approvals.grants.on_open = lambda row: self.choose_case(row.case)
        panels.approvals.on_open = lambda row: self.choose_case(row.case)
        panels.app.on_case = self.choose_case
        self._oversight = OversightView(window, panels, board, deeds)
        self._both = QTimer(self, interval=BOTH_MS, singleShot=True)
        self._both.timeout.connect(self._show_tracks)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def show_everything(self) -> None:
        """Feed a new window from what is already on the board."""
        board = self.board
        for name in (
            Table.CASES,
            Table.ALARMS,
            Table.DEVICES,
            Table.GATEWAYS,
            Table.UNITS,
            Table.REQUESTS,
            Table.GRANTS,
            Table.DISCLOSURES,
            Table.DESTRUCTIONS,
            Table.HOLDS,
            Table.ORDER_ENDS,
            Table.EXPORTS,
        ):
            self._show(name, tuple(getattr(board, name).values()), ())
        self._show_single_rows()
        self.tick()

    def take_rows(self, table: str, put: tuple[Row, ...], gone: tuple[str, ...]) -> None:
        """Take what changed in one table and show it everywhere it is shown."""
        self.board.take(table, put, gone)
        if table in (Table.SESSION, Table.ROOM):
            self._show_single_rows()
        else:
            self._show(Table(table), put, gone)
        self._show_chosen()

    def frame(self) -> PositionFrame | None:
        """The newest positions; None before the first."""
        return self._frame

    def take_frame(self, frame: PositionFrame) -> None:
        """The newest positions go to the map, and are remembered for where to send a unit."""
        self._frame = frame
        self._where.take_frame(frame)
        self.panels.map.show_frame(frame)

    def show_lost(self, lost_us: int | None) -> None:
        """Since when the bridge is not heard: what is foretold stands struck out, and nothing can be acknowledged; None: it is heard."""
        if lost_us == self._lost_us:
            return
        self._lost_us = lost_us
        self.panels.alarms.show_lost(lost_us)
        self.panels.case.show_lost(lost_us)
        self.panels.incident.show_lost(lost=lost_us is not None)
        if lost_us is not None:
            self.panels.case.show_where("")  # where somebody was going is not where he is
        self.tick()

    @Slot()
    def tick(self) -> None:
        """Let everything that counts, count; of a picture that is old the ages alone."""
        if not self.live and self._lost_us is None:
            return
        if not self.live and self.replay.playhead is not None:
            self.window.overlay.show_now(self.deeds.now_us())
            return
        now_us = self.replay.now_us()
        panels = self.panels
        self.window.overlay.show_now(now_us)
        self._oversight.show_now(now_us)
        for panel in (panels.top, panels.alarms, panels.case, panels.silent, panels.health, panels.gateways, panels.chart, panels.incident):
            panel.show_now(now_us)
        if self._lost_us is not None:
            return
        self.training.show_now(now_us)
        self._show_where()
        self._ticks += 1
        if self._ticks % TRACKS_EVERY == 0:
            self._read_tracks()
            self._name_spots()
            self._rank_units()
        if self._ticks % AROUND_EVERY == 0:
            self._read_around()

    def choose_alarm(self, row: AlarmRow) -> None:
        """Show the case of an alarm and how the two stand."""
        self.alarm = row.alarm
        self._choose(phrases_system.case_of(row), row.device)

    def open_alarm(self, row: AlarmRow) -> None:
        """Show an alarm with its incident in front, and its case whole on the map."""
        self.choose_alarm(row)
        self.window.show_page(0)
        if row.case is not None:
            self.panels.map.fit_case(row.case)
        self.window.raise_dock("incident" if self.incident() is not None else "chart")

    def choose_case(self, case: CaseId) -> None:
        """Show a case; its gravest alarm, if any, is chosen in the list."""
        gravest = self.board.gravest_alarm_of(case)
        self.alarm = None if gravest is None else gravest.alarm
        if gravest is not None:
            self.panels.alarms.choose(gravest.alarm)
        if self.case != case:  # else the list has said so already
            self._choose(case, None)
        self.panels.map.fit_case(case)

    def choose_as(self, other: "RoomView") -> None:
        """Show what another view of the board showed: its case, and the same alarm of it, whatever else is graver."""
        row = other.chosen_alarm()
        if other.case is not None:
            self.choose_case(other.case)
        if row is not None:
            self.panels.alarms.choose(row.alarm)

    def chosen_alarm(self) -> AlarmRow | None:
        """The alarm that the case panel speaks of."""
        return None if self.alarm is None else self.board.alarms.get(self.alarm)

    def chosen_case(self) -> CaseRow | None:
        """The case that the case panel speaks of."""
        return None if self.case is None else self.board.cases.get(self.case)

    def incident(self) -> IncidentRow | None:
        """The incident of the chosen alarm or case."""
        return self.board.incident_of(self.chosen_alarm(), self.case)

    def _choose(self, case: CaseId | None, device: DeviceId | None) -> None:
        changed = case != self.case
        self.case = case
        if changed:
            self.panels.map.select_case(case, device)
            self._forget_tracks()
            self._read_tracks()
            self._name_spots()
            self._rank_units()
        self._show_chosen()

    def _forget_tracks(self) -> None:
        """Draw nothing across a leap in time or from one case to another."""
        self._tracks.clear()
        self._asked.clear()
        self._both.stop()
        self.panels.chart.show_tracks(None, None, self.replay.now_us())

    def _show(self, table: Table, put: tuple[Row, ...], gone: tuple[str, ...]) -> None:
        panels = self.panels
        self._oversight.show(table, put, gone)
        match table:
            case Table.ALARMS:
                self._show_alarms(tuple(row for row in put if isinstance(row, AlarmRow)), gone)
            case Table.CASES:
                panels.silent.show_cases(tuple(row for row in put if isinstance(row, CaseRow)), gone)
                panels.map.show_cases(tuple(self.board.cases.values()))
            case Table.DEVICES:
                panels.health.show_rows(tuple(row for row in put if isinstance(row, DeviceRow)), gone)
            case Table.GATEWAYS:
                panels.gateways.show_rows(tuple(self.board.gateways.values()), gone)
                panels.top.show_gateways(tuple(self.board.gateways.values()))
            case Table.UNITS:
                panels.map.show_units(tuple(self.board.units.values()))
                panels.incident.show_units(tuple(row for row in put if isinstance(row, UnitRow)), gone)
            case _:
                pass

    def _show_alarms(self, put: tuple[AlarmRow, ...], gone: tuple[str, ...]) -> None:
        self.panels.alarms.show_alarms(put, gone)
        self.panels.map.show_alarms(tuple(self.board.alarms.values()))
        if self.alarm is None:
            self.panels.alarms.choose_next_waiting()

    def _show_single_rows(self) -> None:
        board, panels = self.board, self.panels
        if board.room is not None:
            exercise = board.session is not None and board.session.exercise
            if self.replay.take(board.room.playhead, exercise=exercise):
                if self.replay.playhead is None:
                    self._frame = None  # that of the recording: no list and no unit may go by it
                    self._where.take_frame(None)
                self._forget_tracks()
                self._read_tracks()
            panels.case.show_live(self.replay.playhead is None)
            panels.top.show_room(board.room)
            panels.alarms.show_flood(board.room.flood)
            panels.silent.show_room(board.room)
            self._oversight.show_room(board.room)
        if board.session is not None:
            panels.top.show_session(board.session)
            panels.alarms.show_session(board.session)
            self._oversight.show_session(board.session)
        self.window.show_frame(board.room, board.session)
        self.training.show_rooms()

    def _show_chosen(self) -> None:
        board, now_us, alarm, case = self.board, self.replay.now_us(), self.chosen_alarm(), self.chosen_case()
        self.panels.app.show_case(self.case)
        self.panels.case.show_answered(self.panels.alarms.n_answered())
        if case is None and alarm is None:
            self.panels.case.show_nothing()
            self.panels.incident.show_incident(None, None, None, now_us)
            return
        about = None if alarm is None else alarm.about
        pair = board.pair_of(self.case, about)
        incident = self.incident()
        self.panels.case.show_case(case, pair, alarm, incident, board.devices_of(case), now_us)
        self._show_where()
        self.panels.map.show_pair(pair)
        self.panels.chart.show_rings(() if case is None else case.rings)
        self.panels.chart.show_marks(self._marks())
        left = None if alarm is None else contact_left(alarm, now_us)
        self.panels.incident.show_incident(incident, left, self.destination(), now_us)
        worked = None if incident is None else incident.incident
        if worked != self._worked:
            self._worked = worked
            self.panels.case.around.show_around(Surroundings())
            self._read_around()

    def destination(self) -> tuple[LatLon, SpokenPlace] | None:
        """Where a unit would be sent: to the protected person, else to a zone of the case; and what that very place is called."""
        case = self.chosen_case()
        if case is None:
            return None
        for person in self._protected():
            at, place = self._where.position_of(person.device), self._where.place_of(person.device, person.person)
            if at is not None and place is not None:
                return at, place
        zone = next((zone for zone in case.zones if isinstance(zone.shape, Circle)), None)
        if zone is None or not isinstance(zone.shape, Circle):
            return None
        return zone.shape.centre, SpokenPlace(kind="zone" if zone.label else "named", name=zone.label or case.case)

    def _protected(self) -> list[PersonRow]:
        """Whom the chosen alarm is about, else all protected persons of the case."""
        alarm, case = self.chosen_alarm(), self.chosen_case()
        about = alarm.about if alarm is not None else None
        people = [] if case is None else case.people
        return [person for person in people if person.part == "protected" and (about is None or person.person == about)]

    def _wearer(self) -> DeviceId | None:
        case = self.chosen_case()
        return None if case is None else next((person.device for person in case.people if person.part == "subject"), None)

    def _name_spots(self) -> None:
        """Have the map say which street or place the people of the chosen case are at."""
        self._where.ask(device for device in (self._wearer(), *(person.device for person in self._protected())) if device is not None)

    def _show_where(self) -> None:
        protected = next((person.device for person in self._protected() if person.device is not None), None)
        self.panels.case.show_where(phrases_where.sentence(self._where.way_of(self._wearer(), protected)))

    def _on_named(self) -> None:
        """The map's page outlives a window that is built anew in another theme or language: a name may come too late for it."""
        if self._lost_us is None and isValid(self.panels.incident.to):
            self._show_where()
            self.panels.incident.to.show_default(self.destination())

    def _marks(self) -> tuple[Mark, ...]:
        rows = [row for row in self.board.alarms.values() if row.case == self.case]
        return tuple(Mark(at_us=row.happened_us, text=phrases.kind(row.kind), look=look_of(row.kind, row.level)) for row in rows)

    def _read_tracks(self) -> None:
        case, now_us = self.chosen_case(), self.replay.now_us()
        if case is None:
            return
        start = now_us - max(self.panels.chart.span_s, WAY_S) * 1_000_000
        carried = {
            part: next((person.device for person in case.people if person.part == part and person.device is not None), None)
            for part in ("subject", "protected")
        }
        self._asked = {part for part, device in carried.items() if device is not None}
        for part, device in carried.items():
            if device is not None:
                query = ReadTrack(device=device, case=case.case, from_us=start, to_us=now_us + 1)
                self.deeds.ask(query, self._taker(case.case, part))

    def _taker(self, case: CaseId, part: str) -> Callable[[object], None]:
        def take(answer: object) -> None:
            if isinstance(answer, Track) and self.case == case:
                self._tracks[part] = answer
                self._asked.discard(part)
                if self._asked:
                    self._both.start()
                else:
                    self._show_tracks()

        return take

    @Slot()
    def _show_tracks(self) -> None:
        """Draw both tracks at once; the other of the two is waited for a moment, for each drawing costs."""
        self._both.stop()
        self.panels.map.show_tracks(tuple(self._tracks.values()))
        self.panels.chart.show_tracks(self._tracks.get("subject"), self._tracks.get("protected"), self.replay.now_us())

    def _rank_units(self) -> None:
        incident, place = self.incident(), self.panels.incident.to.place() or self.destination()
        if incident is None or place is None:
            return

        def take(answer: object) -> None:
            if isinstance(answer, tuple):
                self.panels.incident.show_ranked([row for row in answer if isinstance(row, UnitRow)])

        self.deeds.ask(RankUnits(incident=incident.incident, destination=place[0]), take)

    def _read_around(self) -> None:
        """Where the protected person could be, and what is near: while an incident is open, for units have to be sent somewhere."""
        incident, case, alarm = self.incident(), self.chosen_case(), self.chosen_alarm()
        if incident is None or case is None or incident.closed_us is not None:
            return
        carrying = [person.person for person in case.people if person.part == "protected" and person.device is not None]
        about = alarm.about if alarm is not None and alarm.about in carrying else next(iter(carrying), None)
        if about is None:
            return

        def take(answer: object) -> None:
            current = self.incident()
            if isinstance(answer, tuple) and current is not None and current.incident == incident.incident:
                around = surroundings_of([text for text in answer if isinstance(text, str)], self.replay.now_us())
                self.panels.case.around.show_around(around)
                self.panels.incident.to.show_around(around)
                if around.centre is not None:
                    self.panels.map.find_nearby(around.centre, around.error_m)

        self.deeds.ask(ReadSurroundings(case=case.case, person=about), take)

    def _on_map_nearby(self, named: Sequence[tuple[str, LatLon]]) -> None:
        """The map's page outlives a window that is built anew in another theme or language: an answer may come too late for it."""
        if isValid(self.panels.incident.to):
            self.panels.incident.to.show_named(named)

    def _on_device_open(self, row: DeviceRow) -> None:
        if row.case is not None:
            self.choose_case(row.case)

    def _on_map_selected(self, device: DeviceId | None) -> None:
        row = None if device is None else self.board.devices.get(device)
        case = row.case if row is not None else _case_carrying(self.board, device)
        if case is not None:
            gravest = self.board.gravest_alarm_of(case)
            self.alarm = None if gravest is None else gravest.alarm
            self._choose(case, device)
            if gravest is not None:
                self.panels.alarms.choose(gravest.alarm)  # else a key would answer another person's than the one that is shown


def red_waiting(board: Board) -> tuple[AlarmRow, ...]:
    """The red alarms that nobody has acknowledged."""
    return tuple(row for row in board.alarms.values() if row.level is AlarmLevel.RED and row.state in WAITING)


def _case_carrying(board: Board, device: DeviceId | None) -> CaseId | None:
    return next((row.case for row in board.cases.values() if any(person.device == device for person in row.people)), None)
