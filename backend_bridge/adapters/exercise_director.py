"""Plays the scenario that a trainer starts into the trainer's own room: fixes, events, rulings, calls, and what the trainer injects.

It knows no socket: whatever it has to say goes into the inbox of the room.
"""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from backend_bridge.adapters.exercise_injections import Injections
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.rehearsal import Rehearsal, Told
from backend_bridge.adapters.scenario_library import Library
from backend_bridge.adapters.system_clock import SystemClock
from backend_bridge.application.inbox import CourseBegan, CourseEnded, CourseMoved, EndOrder, News, Order, UnitReport
from backend_bridge.application.outcome import Outcome
from backend_bridge.application.room_state import Room
from backend_bridge.application.scenario_feed import OFFICE, Feed
from backend_bridge.domain.arrivals import Arrival, Data
from backend_bridge.domain.bilingual import Words
from backend_bridge.domain.commands import EndScenario, InjectEvent, StartScenario, SteerExercise
from backend_bridge.domain.exercise import Course, ExerciseCall, Inject
from backend_bridge.domain.identifiers import CaseId, DeviceId
from backend_bridge.domain.outcomes.effects import DirectExercise
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.scenarios.scenario import Scenario

_LOG: Final = logging.getLogger(__name__)
TURN_S: Final = 0.2
WRONG_ADDRESS: Final = Words(
    ko="112입니다. 등록된 주소에 출동했으나 아무도 없습니다. 이사한 것 같습니다. 다른 주소가 있습니까?",
    en="This is 112. Our officers are at the address on file and nobody is there. They seem to have moved. Is there another address?",
)


class ExerciseDirector:
    """One thread; `tell` is called by the engine with every committed step."""

    def __init__(
        self,
        clock: SystemClock,
        library: Library,
        room: Callable[[], Room],
        put: Callable[[News | Order], None],
        arrive: Callable[[Arrival], object],
    ) -> None:
        self._clock, self._library, self._room = clock, library, room
        self._put, self._arrive = put, arrive
        self._rehearsal = Rehearsal(self._hear)
        self._told: queue.SimpleQueue[Outcome | None] = queue.SimpleQueue()
        self._scenario: Scenario | None = None
        self._feed: Feed | None = None
        self._injections: Injections | None = None
        self._places: dict[DeviceId, LatLon] = {}
        self._mute: set[DeviceId] = set()
        self._called_us = 0
        self._thread = threading.Thread(target=self._run, name="exercise", daemon=True)

    def start(self) -> None:
        """Begin; a scenario that ran when the bridge stopped is over."""
        course = self._room().course
        if course is not None and course.ended_us is None:
            self._put(CourseEnded(scenario=course.scenario, reason="over"))
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._told.put(None)
        self._thread.join(5.0)

    def tell(self, outcome: Outcome) -> None:
        """What a committed step wants done."""
        if outcome.effects or outcome.lane_effects:
            self._told.put(outcome)

    def _run(self) -> None:
        while True:
            try:
                outcome = self._told.get(timeout=TURN_S)
            except queue.Empty:
                self._safely(self._turn)
                continue
            if outcome is None:
                return
            self._rehearsal.perform(outcome.effects, outcome.lane_effects, self._clock.now_us())
            for effect in outcome.effects:
                if isinstance(effect, DirectExercise):
                    self._safely(lambda effect=effect: self._direct(effect))  # type: ignore[misc]  # binds the loop's value

    def _safely(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:  # noqa: BLE001 - the edge of this thread; logged, and the exercise is over
            _LOG.exception("the exercise cannot go on")
            self._end("refused")

    def _direct(self, effect: DirectExercise) -> None:
        match effect.command:
            case StartScenario(scenario=name):
                self._begin(name)
            case EndScenario():
                self._end("ended")
            case SteerExercise(speed=speed):
                self._clock.run_at(speed)
                self._put(CourseMoved(speed=speed))
            case InjectEvent():
                self._inject(effect.command)

    def _begin(self, name: str) -> None:
        starts_us = self._clock.now_us()
        try:
            made = self._library.compiled(name, starts_us)
        except InputRefusedError:
            self._put(CourseEnded(scenario=name, reason="refused"))
            return
        scenario = self._scenario = made.scenario
        self._put(self._library.taken(name, scenario))
        self._feed, self._injections = Feed(made, starts_us), Injections(starts_us)
        self._places.clear()
        self._mute.clear()
        self._called_us = starts_us - 1
        opening = self._feed.opening()
        course = Course(scenario=name, title=scenario.title, briefing=scenario.briefing, starts_us=starts_us, ends_us=scenario.ends_us)
        self._put(CourseBegan(course=course))
        for order in opening.orders:
            self._put(order)
        for arrival in (*opening.arrivals, *self._injections.opening()):
            self._arrive(arrival)
        patrols = [news for news in opening.news if isinstance(news, UnitReport)]
        self._rehearsal.station(patrols)
        for patrol in patrols:
            self._put(patrol)

    def _turn(self) -> None:
        now_us = self._clock.now_us()
        self._rehearsal.turn(now_us)
        feed, scenario = self._feed, self._scenario
        if feed is None or scenario is None or self._injections is None or now_us < scenario.starts_us:
            return
        due = feed.due(now_us, self._room())
        for order in due.orders:
            self._put(order)
        for arrival in due.arrivals:
            self._arrive(self._heard(arrival))
        for arrival in self._injections.due(self._places, now_us):
            self._arrive(arrival)
        self._call(scenario, now_us)
        if feed.is_over:
            self._end("over")

    def _call(self, scenario: Scenario, now_us: int) -> None:
        since_us, self._called_us = self._called_us, now_us
        calls = tuple(
            ExerciseCall(at_us=now_us, by=call.by, text=call.text)
            for call in scenario.calls
            if since_us < scenario.starts_us + round(call.at_s * MICROSECONDS) <= now_us
        )
        if calls:
            self._put(CourseMoved(speed=self._clock.speed, calls=calls))

    def _inject(self, wanted: InjectEvent) -> None:
        now_us = self._clock.now_us()
        case = self._room().registry.case(wanted.case)
        protected = next((party.device for party in case.protected if party.device is not None), None)
        match wanted.inject:
            case Inject.SOS if protected is not None and self._injections is not None:
                self._arrive(self._injections.sos(protected, now_us))
            case Inject.LINK_LOSS if case.subject.device is not None:
                self._mute.add(case.subject.device)
            case Inject.LINK_BACK:
                self._mute.discard(case.subject.device or DeviceId(""))
            case Inject.SECOND_OFFENDER if self._injections is not None:
                order = self._injections.second_offender(case, self._places, now_us)
                if order is not None:
                    self._put(order)
            case Inject.WRONG_ADDRESS:
                self._put(CourseMoved(speed=self._clock.speed, calls=(ExerciseCall(at_us=now_us, by="112", text=WRONG_ADDRESS),)))
            case Inject.CALL:
                by = next((party.person for party in case.protected), "?")
                text = Words(ko=wanted.text or "", en=wanted.text or "")
                self._put(CourseMoved(speed=self._clock.speed, calls=(ExerciseCall(at_us=now_us, by=by, text=text),)))
            case _:
                pass  # nobody of the case carries such a device

    def _end(self, reason: str) -> None:
        """Nothing more comes of the scenario, and its orders are over, so that the room is free for the next one."""
        scenario, self._feed, self._injections = self._scenario, None, None
        self._scenario = None
        self._clock.run_at(1.0)
        if scenario is None:
            return
        self._put(CourseEnded(scenario=scenario.scenario, reason=reason))
        names = {case.case for case in scenario.cases}
        others = {CaseId(name) for name in self._room().registry.held if name.rpartition("-X")[0] in names}
        for name in sorted(names | others):
            self._put(EndOrder(by=OFFICE, case=name, at_us=self._clock.now_us(), reason="exercise over"))

    def _heard(self, arrival: Arrival) -> Arrival:
        """What of a message comes through, while devices are mute; remembers where everybody is."""
        if not isinstance(arrival, Data) or arrival.fixes is None:
            return arrival
        fixes = arrival.fixes
        names = [fixes.device_names[device] for device in fixes.device.tolist()]
        for name, lat, lon in zip(names, fixes.lat_deg.tolist(), fixes.lon_deg.tolist(), strict=True):
            self._places[name] = LatLon(lat_deg=lat, lon_deg=lon)
        through = np.flatnonzero([name not in self._mute for name in names])
        return replace(arrival, fixes=fixes.take(through) if len(through) else None, kept_rows=arrival.kept_rows[through])

    def _hear(self, told: Told) -> None:
        if isinstance(told, UnitReport) or not isinstance(told, Arrival):
            self._put(told)
        else:
            self._arrive(told)
