"""Beyond the own case: a wearer who stays about, follows or comes back to a protected person of another case, or is near an SOS.

In a city strangers pass each other all day. What tells a wearer who is after somebody is that he has come and then stays within 100 m
for minutes, goes where she goes, or is there again later that day. Every minute all pairs within reach are looked at (`meetings`), as
they were a minute and a half before: by then the fixes on both sides of that instant are there (`stay_filter`).

Of ten thousand pairs that stay 105 m apart some always seem nearer than 100 m, and the more of them the longer they are looked at. So
while a wearer stays, an alarm requires near certainty, which is reached by everybody who is well within 100 m; once he has gone, all
fixes of his stay are judged together and less is enough. A wearer who was there before her, as neighbours and colleagues are, raises an
alarm only where he is surely very near for long. One place raises one alarm, and where both have spent hours before (home, work) being
near is living there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel, Figure
from backend_bridge.domain.breach.ground import distance_m, distances_m
from backend_bridge.domain.breach.stay_places import Places
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.watching.alarm_book import AlarmKey, Sighting
from backend_bridge.domain.watching.because import because, probability
from backend_bridge.domain.watching.case_book import Role
from backend_bridge.domain.watching.late_calls import MOST_INSTANTS, LateCall, LateCalls, instants_of, next_presses
from backend_bridge.domain.watching.ledger import TICK_US, Ledger, Timer, TimerKind
from backend_bridge.domain.watching.meeting_signs import BACK, are_following, are_lingering, chance_of_following, chance_of_return, is_back
from backend_bridge.domain.watching.meetings import (
    LOOK,
    MEETING,
    NEAR_M,
    Crowd,
    Elsewhere,
    are_visits,
    code_of,
    crowd_about,
    gone_on,
    looks_at,
    near_pairs,
    pair_of,
)
from backend_bridge.domain.watching.usual_places import UsualPlaces

Devices = NDArray[np.int32]
Parties = tuple[Devices, Devices, NDArray[np.int64]]
"""Devices of wearers, devices of protected persons, and the pairs of one case, sorted."""
Number = TypeVar("Number", np.int32, np.int64)

ABOUT_M: Final = 200.0
"""Two are looked at who are no farther than this from each other."""
_ABOUT_DEG: Final = 0.004
"""More than that in latitude; twice as much in longitude is as much on the ground up to 60°."""
BACK_US: Final = 90 * MICROSECONDS
"""How far back looks go: two fixes of one who goes lie closer together."""
_FARTHEST_BACK_US: Final = 30 * 60 * MICROSECONDS
"""Looks that were missed, because fixes came late, are made up for as far back as this."""
_LATE_US: Final = 180 * MICROSECONDS
"""Fixes older than the look before by this much were missed by it."""
_SAME_PLACE_M: Final = 200.0
_NEVER_US: Final = -(2**62)
_FORGET_US: Final = 24 * 3600 * MICROSECONDS
_SOS_NEAR_M: Final = 300.0
_SOS_FAR_M: Final = 2000.0
_SOS_LASTS_US: Final = 3600 * MICROSECONDS
_SOS_FAR_DEG: Final = 0.02
"""More than `_SOS_FAR_M` in latitude."""
_SOS_TRACK_US: Final = 1800 * MICROSECONDS
_SOS_SURE_US: Final = 300 * MICROSECONDS
"""Where she was so long before or after says from where she called; while only older places are there, newer ones are waited for."""
_SOS_STANDS_US: Final = 900 * MICROSECONDS
"""What has shown only later who was near stands for so long."""
_MOST_ERAS: Final = 8
_R95_OF_68: Final = 2.45 / 1.51
_SIGMAS_95: Final = 1.96
_PLACES: Final = tuple(column.name for column in fields(Places))
_NOBODY: Final = np.zeros(0, LOOK)
"""No looks, where no two strangers are about each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What is remembered of one wearer and one protected person of another case beyond their present meeting."""

    visits: tuple[tuple[int, float], ...] = ()
    """When earlier meetings ended that were visits, and how likely he was near in each."""
    told_at: tuple[LatLon, ...] = ()
    """Places for which an alarm has been raised already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """An SOS that lasts: whose device, where, how exact, until when wearers near it are looked for."""

    device: int
    place: LatLon
    radius95_m: float
    until_us: int


class UnpairedRules:
    """Raises and clears `unpaired`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._meetings = np.zeros(0, MEETING)
        self._usual = UsualPlaces()
        self._stories: dict[tuple[int, int], Story] = {}
        self._near: set[tuple[int, int]] = set()
        """Pairs with an open alarm."""
        self._calls: list[Call] = []
        self._waiting = False
        self._crowd = Crowd()
        """Where protected persons were at the last look at all."""
        self._looked_us = _NEVER_US
        """The instant that was last looked at."""
        self._late = LateCalls(ledger)
        self._kept: dict[tuple[int, int], int] = {}
        """Pairs whose alarm about a call of the past stands, and until when at least."""
        self._parties: Parties | None = None
        self._parties_of: dict[int, Parties] = {}
        self._turns_us: NDArray[np.int64] | None = None
        """When cases began and ended to be decided about: between two of these the parties are the same."""

    def expect(self, received_us: int) -> None:
        """A fix received then is about to be taken: look at the meetings at the next full minute after it."""
        if not self._waiting:
            self._waiting = True
            self._ledger.at(Timer((received_us // TICK_US + 1) * TICK_US, TimerKind.MEETINGS))

    def cases_changed(self) -> None:
        """Who is a wearer, and who protected, has to be found anew."""
        self._parties = self._turns_us = None
        self._parties_of = {}

    def due(self, timer: Timer, now_us: int) -> None:
        """Look at the meetings, or back at calls."""
        if timer.kind is TimerKind.MEETINGS:
            self._look(now_us)
        else:
            self._look_back(now_us)

    def _look(self, now_us: int) -> None:
        """Look at all pairs as they were a moment ago, and before at the minutes of which fixes have come only now."""
        self._waiting = False
        self._part(now_us)
        at_us = now_us - BACK_US
        everybody = self._heard(now_us)
        if all(len(devices) for devices in everybody):
            devices = np.concatenate(everybody)
            self._make_up(everybody, devices, at_us, now_us)
            self._look_at(everybody, at_us, now_us)
            if int(self._ledger.engine.newest_us(devices).max()) > at_us:
                self.expect(now_us)
        self._looked_us = at_us
        self._answer_calls(now_us)

    def _heard(self, now_us: int) -> tuple[Devices, Devices]:
        """Wearers and protected persons whose devices measured lately."""
        wearers, protected, _ = self._who(now_us)
        engine = self._ledger.engine
        return self._usual.heard(engine, wearers, now_us), self._usual.heard(engine, protected, now_us)

    def _make_up(self, everybody: tuple[Devices, Devices], devices: Devices, at_us: int, now_us: int) -> None:
        """Look again at the minutes whose fixes have come only now, at those whose fixes they are and all whom they may have met then."""
        engine = self._ledger.engine
        first_us, waited_us = self._usual.untaken_since_us(engine, devices)
        missed = (first_us < self._looked_us - _LATE_US) | (waited_us <= self._looked_us)
        if self._looked_us == _NEVER_US or not np.count_nonzero(missed):
            return
        late, first_us = devices[missed], np.minimum(first_us, waited_us)[missed]
        from_us = max(int(first_us.min()), at_us - _FARTHEST_BACK_US)
        wearers, protected = (engine.crossing(side, late, from_us, _ABOUT_DEG) for side in everybody)
        concerned = _concern(self._meetings, late)
        others, self._meetings = self._meetings[~concerned], self._meetings[concerned]
        for minute_us in range(at_us - (at_us - from_us) // TICK_US * TICK_US, at_us, TICK_US):
            self._look_at((wearers, protected), minute_us, now_us, late)
        if len(others):
            meetings = np.concatenate([self._meetings, others])
            self._meetings = meetings[np.argsort(meetings["code"], kind="stable")]

    def _look_at(self, everybody: tuple[Devices, Devices], at_us: int, now_us: int, late: Devices | None = None) -> None:
        """Look at one instant: at all pairs, or at those alone of which one was `late`, whose meetings then are the only ones here."""
        seen, elsewhere = self._pairs(everybody, at_us, late)
        if late is not None:
            seen = seen[_concern(seen, late)]
        if not len(seen) and not len(self._meetings):
            return
        meetings, over = gone_on(self._meetings, seen, at_us, at_us - TICK_US if late is not None else self._looked_us, elsewhere)
        for rows in (meetings, over):
            self._judge(rows, now_us)
        self._remember(over)
        self._meetings = meetings

    def _pairs(self, everybody: tuple[Devices, Devices], at_us: int, late: Devices | None) -> tuple[NDArray[np.void], Elsewhere | None]:
        """All strangers about each other at an instant, each pair with how likely it is that they are near.

        And who was anywhere, where there are meetings that may be over by it.
        """
        (his_device, her_device), engine = everybody, self._ledger.engine
        his, hers = self._usual.look(engine, his_device, at_us), self._usual.look(engine, her_device, at_us)
        if late is None:
            self._crowd.is_now(hers.lat_deg, hers.lon_deg)
        elsewhere = None
        if len(self._meetings):
            elsewhere = Elsewhere.of(
                len(self._ledger.names), (_known(his_device, his), _known(his.since_us, his)), _known(her_device, hers)
            )
        w, p = near_pairs((his.lat_deg, his.lon_deg), (hers.lat_deg, hers.lon_deg), ABOUT_M)
        if not len(w):
            return _NOBODY, elsewhere
        codes, own = code_of(his_device[w], her_device[p]), self._who(at_us + BACK_US)[2]
        strange = np.flatnonzero(~_are_among(codes, own) & (his_device[w] != her_device[p]))
        if not len(strange):
            return _NOBODY, elsewhere
        return looks_at(codes[strange], _rows(his, w[strange]), _rows(hers, p[strange])), elsewhere

    def _remember(self, over: NDArray[np.void]) -> None:
        """Keep when visits ended among the meetings that are over, and how likely he was near."""
        for meeting in over[are_visits(over)]:
            pair = pair_of(int(meeting["code"]))
            story = self._stories.get(pair, Story())
            recent = tuple(visit for visit in story.visits if int(meeting["last_us"]) - visit[0] <= _FORGET_US)
            self._stories[pair] = replace(story, visits=(*recent, (int(meeting["last_us"]), float(meeting["second"]))))

    def _judge(self, meetings: NDArray[np.void], now_us: int) -> None:
        """Tell of every meeting that has become lingering, following or coming back."""
        lingers, follows = are_lingering(meetings), are_following(meetings)
        may_be_back = meetings["came_to_it"] & (meetings["second"] >= BACK)
        untold = (meetings["told"] == 0) | ((meetings["told"] == 1) & follows)
        for row in np.flatnonzero((lingers | follows | may_be_back) & untold).tolist():
            meeting = meetings[row]
            pair = pair_of(int(meeting["code"]))
            story = self._stories.get(pair, Story())
            back = chance_of_return(story.visits, meeting)
            if not (lingers[row] or follows[row]):
                crowd = crowd_about(self._crowd.cells(), float(meeting["his_lat_deg"]), float(meeting["his_lon_deg"]))
                back = back if is_back(back, crowd) else 0.0
            if lingers[row] or follows[row] or back > 0.0:
                cause = "follows" if follows[row] else "lingers" if lingers[row] else "returns"
                chance = chance_of_following(meeting) if follows[row] else float(meeting["stay_chance"]) if lingers[row] else back
                meetings["told"][row] = 2 if follows[row] else 1
                self._stories[pair] = self._tell(pair, story, meeting, _Finding(cause=cause, chance=chance), now_us)

    def _who(self, now_us: int) -> Parties:
        """Devices of wearers, devices of protected persons, and the pairs of one case, which its rings are for, sorted."""
        if self._parties is None:
            self._parties = self._parties_at(now_us)
        return self._parties

    def _parties_at(self, at_us: int) -> Parties:
        wearers: dict[int, None] = {}
        protected: dict[int, None] = {}
        own: list[int] = []
        for version in self._ledger.cases.versions():
            start_us, end_us = version.decided_us
            subject = version.case.subject.device
            hers = [self._ledger.index(party.device) for party in version.case.protected if party.device is not None]
            if not start_us <= at_us < end_us:
                continue
            protected.update(dict.fromkeys(hers))
            if subject is not None:
                wearers[self._ledger.index(subject)] = None
                own += [(self._ledger.index(subject) << 32) + mate for mate in hers]
        return np.array(list(wearers), np.int32), np.array(list(protected), np.int32), np.sort(np.array(own, np.int64))

    def _tell(self, pair: tuple[int, int], story: Story, meeting: np.void, finding: "_Finding", now_us: int) -> Story:
        """Raise the alarm that a meeting deserves, unless it says nothing new; the story, with what has been told."""
        place = LatLon(lat_deg=float(meeting["lat_deg"]), lon_deg=float(meeting["lon_deg"]))
        told = any(distance_m(at.lat_deg, at.lon_deg, place.lat_deg, place.lon_deg) <= _SAME_PLACE_M for at in story.told_at)
        begun_us, last_us = int(meeting["begun_us"]), int(meeting["last_us"])
        at_home = self._usual.knows(pair[0], float(meeting["his_lat_deg"]), float(meeting["his_lon_deg"]), begun_us)
        at_home = at_home and self._usual.knows(pair[1], place.lat_deg, place.lon_deg, begun_us)
        if (told or at_home) and finding.cause != "follows":
            return story
        figures = because(
            cause=finding.cause,
            distance_m=float(meeting["stay_m"] if finding.cause == "lingers" else meeting["distance_m"]),
            distance_error_m=_SIGMAS_95 * float(meeting["sigma_m"]),
            within_m=NEAR_M,
            stayed_s=(last_us - begun_us) / MICROSECONDS,
            way_m=float(meeting["way_m"]),
            visits=len(story.visits) + 1,
        )
        sighting = Sighting(
            device=self._ledger.names[pair[0]],
            happened_us=last_us,
            known_us=now_us,
            probability=probability(finding.chance),
            because=figures,
        )
        self._raise(pair, AlarmLevel.RED if finding.cause == "follows" else AlarmLevel.AMBER, sighting)
        return story if told else replace(story, told_at=(*story.told_at, place))

    def _raise(self, pair: tuple[int, int], level: AlarmLevel, sighting: Sighting) -> None:
        for key in self._keys(pair, sighting.known_us):
            self._ledger.raised(key, level, sighting)
            self._near.add(pair)

    def _keys(self, pair: tuple[int, int], at_us: int) -> list[AlarmKey]:
        """One key for each case of the wearer and each person whom the other device protects."""
        names, cases = self._ledger.names, self._ledger.cases
        abouts = dict.fromkeys(role.about for role in cases.roles(names[pair[1]]) if role.about is not None)
        roles: list[Role] = [role for role in cases.roles_at(names[pair[0]], at_us) if role.about is None]
        return [AlarmKey(kind=AlarmKind.UNPAIRED, case=role.case, subject=role.subject, about=about) for role in roles for about in abouts]

    def _part(self, now_us: int) -> None:
        """End the alarms of pairs that have not been about each other for a while, and forget old stories."""
        self._kept = {pair: until_us for pair, until_us in self._kept.items() if until_us > now_us}
        called = {call.device for call in self._calls}
        lasting = set(self._meetings["code"].tolist()) if self._near else set()
        for pair in sorted(self._near):
            if pair[1] in called or pair in self._kept or (pair[0] << 32) + pair[1] in lasting:
                continue
            self._near.discard(pair)
            sighting = Sighting(device=self._ledger.names[pair[0]], happened_us=now_us, known_us=now_us, because=because(cause="apart"))
            for key in self._keys(pair, now_us):
                self._ledger.cleared(key, sighting)
        if now_us // TICK_US % 60 == 0:
            stories = self._stories.items()
            recent = {
                pair for pair, story in stories if story.told_at or any(now_us - ended_us <= _FORGET_US for ended_us, _ in story.visits)
            }
            self._stories = {pair: story for pair, story in stories if pair in recent}

    def hear(self, device: int, event: DeviceEvent) -> None:
        """An SOS: look for wearers about it when it was pressed, and for those who came or come during the hour after."""
        if event.kind is not DeviceEventKind.SOS:
            return
        now_us = self._ledger.now_us
        pressed_us = min(event.measured_us, now_us)
        heard = LateCall(device=device, pressed_us=pressed_us, place=event.place, accuracy_m=event.accuracy_m)
        call = self._call(heard, _SOS_TRACK_US)
        if call is not None:
            self._begin(call, now_us)
        if call is None or pressed_us < now_us - TICK_US:
            self._late.wait(heard)

    def _look_back(self, now_us: int) -> None:
        """Tell of those who were about calls that were heard late, in the hour after each as it was."""
        placed: list[tuple[LateCall, Call]] = []
        unseen, left = [], []
        for late in self._late.taken():
            call = self._call(late, _SOS_TRACK_US if late.is_last_look else _SOS_SURE_US)
            if call is None:
                unseen.append(late)
            else:
                placed.append((late, call))
        again_us = next_presses(late for late, _ in placed)
        about: dict[int, list[Call]] = {}
        for late, call in placed:
            if len(about) >= MOST_INSTANTS:
                left.append(late)
                continue
            self._begin(call, now_us)
            for at_us in instants_of(late.pressed_us, min(now_us - TICK_US, call.until_us, again_us.get(late, now_us))):
                about.setdefault(at_us, []).append(call)
        for at_us in sorted(about):
            self._answer(about[at_us], self._parties_then(at_us), at_us)
        self._late.again(left, unseen)

    def _begin(self, call: Call, now_us: int) -> None:
        """Look for wearers about a call from now on, unless its device has called since, or just before from a place as exact."""
        others = [other for other in self._calls if other.device == call.device]
        if call.until_us <= now_us or any(_outdoes(other, call) for other in others):
            return
        self._calls = [other for other in self._calls if other.device != call.device and other.until_us > now_us]
        self._calls.append(call)
        self._answer([call], self._who(now_us), now_us)

    def _call(self, heard: LateCall, shown_within_us: int) -> Call | None:
        """The call that an SOS is; None where nobody knows from where, by what was measured within so long of it."""
        until_us = heard.pressed_us + _SOS_LASTS_US
        if heard.place is not None:
            radius95_m = (heard.accuracy_m or NEAR_M) * _R95_OF_68
            return Call(device=heard.device, place=heard.place, radius95_m=radius95_m, until_us=until_us)
        hers = self._ledger.engine.sights_at(np.array([heard.device], np.int32), heard.pressed_us)
        if hers.shown_us[0] < 0 or abs(heard.pressed_us - int(hers.shown_us[0])) > shown_within_us:
            return None
        place = LatLon(lat_deg=float(hers.lat_deg[0]), lon_deg=float(hers.lon_deg[0]))
        return Call(device=heard.device, place=place, radius95_m=float(hers.radius95_m[0]), until_us=until_us)

    def _answer_calls(self, now_us: int) -> None:
        self._calls = [call for call in self._calls if call.until_us > now_us]
        if self._calls:
            self._answer(self._calls, self._who(now_us), now_us)

    def _parties_then(self, at_us: int) -> Parties:
        """As `_who`, at an instant of the past; found once for all instants between which no case began or ended."""
        if self._turns_us is None:
            turns_us = {us for version in self._ledger.cases.versions() for us in version.decided_us}
            self._turns_us = np.array(sorted(turns_us), np.int64)
        era = int(np.searchsorted(self._turns_us, at_us, side="right"))
        if era not in self._parties_of:
            if len(self._parties_of) >= _MOST_ERAS:
                self._parties_of = {}
            self._parties_of[era] = self._parties_at(at_us)
        return self._parties_of[era]

    def _answer(self, calls: list[Call], parties: Parties, at_us: int) -> None:
        """Tell of the wearers who were about calls at an instant, by what was measured of them no later."""
        wearers, _, own = parties
        his = self._ledger.engine.sights_at(wearers, at_us)
        known = np.flatnonzero((his.shown_us >= max(at_us - _SOS_TRACK_US, 0)) & (his.shown_us <= at_us + TICK_US))
        known = known[np.argsort(his.lat_deg[known], kind="stable")]
        lat_deg = his.lat_deg[known]
        for call in calls:
            low, high = np.searchsorted(lat_deg, (call.place.lat_deg - _SOS_FAR_DEG, call.place.lat_deg + _SOS_FAR_DEG)).tolist()
            about = np.sort(known[low:high])
            if not len(about):
                continue
            lat, lon = np.full(len(about), call.place.lat_deg), np.full(len(about), call.place.lon_deg)
            apart_m = distances_m(lat, lon, his.lat_deg[about], his.lon_deg[about])
            reach_m = np.minimum(_SOS_NEAR_M + call.radius95_m + his.radius95_m[about], _SOS_FAR_M)
            for at in np.flatnonzero(apart_m <= reach_m).tolist():
                row = int(about[at])
                pair = (int(wearers[row]), call.device)
                if (pair[0] << 32) + pair[1] not in own and pair[0] != pair[1]:
                    figures = because(
                        cause="near-sos",
                        distance_m=float(apart_m[at]),
                        distance_error_m=call.radius95_m + float(his.radius95_m[row]),
                        speed_mps=float(his.speed_mps[row]),
                    )
                    self._tell_call(pair, figures, int(his.shown_us[row]), at_us)

    def _tell_call(self, pair: tuple[int, int], figures: dict[str, Figure], seen_us: int, at_us: int) -> None:
        known_us = self._ledger.now_us
        if at_us < known_us:
            self._kept[pair] = known_us + _SOS_STANDS_US
        sighting = Sighting(device=self._ledger.names[pair[0]], happened_us=seen_us, known_us=known_us, because=figures)
        self._raise(pair, AlarmLevel.RED, sighting)

    def parts(self) -> dict[str, Any]:
        """Everything that the rules hold."""
        return {
            "meetings": self._meetings.copy(),
            "haunts": self._usual.parts(),
            "stories": dict(self._stories),
            "near": tuple(sorted(self._near)),
            "calls": tuple(self._calls),
            "late": self._late.parts(),
            "kept": dict(self._kept),
            "waiting": self._waiting,
            "looked_us": self._looked_us,
            "crowd": self._crowd.cells().copy(),
        }

    def restore(self, parts: Mapping[str, Any]) -> None:
        """Hold what the rules that gave these parts held."""
        self._meetings = np.array(parts["meetings"], MEETING)
        self._usual = UsualPlaces.of_parts(parts["haunts"])
        self._stories, self._near = dict(parts["stories"]), set(parts["near"])
        self._calls, self._waiting = list(parts["calls"]), bool(parts["waiting"])
        self._looked_us = int(parts["looked_us"])
        self._crowd = Crowd(np.array(parts["crowd"], np.int64))
        self._late.restore(parts.get("late", ()))  # a version before looked back at once
        self._kept = dict(parts.get("kept", {}))
        self.cases_changed()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
    """What a meeting has shown, and how likely it is."""

    cause: str
    chance: float


def _outdoes(other: Call, call: Call) -> bool:
    """Whether a device's call makes another one of it needless: a later one, or one of the minute before from the same place, as exact."""
    later_us, reach_m, a, b = call.until_us - other.until_us, call.radius95_m + other.radius95_m, call.place, other.place
    is_as_exact = other.radius95_m <= call.radius95_m and distance_m(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg) <= reach_m
    return later_us < 0 or (0 < later_us <= TICK_US and is_as_exact) or call == other


def _known(column: NDArray[Number], places: Places) -> NDArray[Number]:
    """What a column says of those of whom it is known where they were."""
    return column[~np.isnan(places.lat_deg)]


def _rows(places: Places, rows: NDArray[np.intp]) -> Places:
    return Places(**{name: getattr(places, name)[rows] for name in _PLACES})


def _are_among(codes: NDArray[np.int64], known: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which codes are among the known ones, which are sorted."""
    among: NDArray[np.bool_] = np.searchsorted(known, codes, side="right") > np.searchsorted(known, codes, side="left")
    return among


def _concern(rows: NDArray[np.void], devices: Devices) -> NDArray[np.bool_]:
    """Which looks or meetings are those of one of the devices."""
    if not len(rows):
        return np.zeros(0, np.bool_)
    known = np.sort(devices).astype(np.int64)
    return _are_among(rows["code"] >> 32, known) | _are_among(rows["code"] & 0xFFFFFFFF, known)
