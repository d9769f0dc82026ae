"""Beyond the own case: a wearer who stays about, follows or comes back to a protected person of another case, or is near an SOS.

In a city strangers pass each other all day. What tells a wearer who is after somebody is that he has come and then stays within 100 m
for minutes, goes where she goes, or is there again later that day. Every minute all pairs within reach are looked at (`meetings`).
Who was there before, or to whom she came, is told of only where he is surely near for long: neighbours and colleagues are many, and
among many some always seem nearer than they are. What was told once of a place is not told again of it, and where both have spent
hours before (home, work) being near is living there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.breach.ground import distance_m, distances_m
from backend_bridge.domain.breach.track_views import Pairs, Tracks
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.watching.alarm_book import AlarmKey, Sighting
from backend_bridge.domain.watching.because import because, probability
from backend_bridge.domain.watching.case_book import Role
from backend_bridge.domain.watching.haunts import Haunts
from backend_bridge.domain.watching.ledger import Ledger, Timer, TimerKind
from backend_bridge.domain.watching.meetings import (
    LOOK,
    MEETING,
    SURE,
    are_near,
    are_visits,
    code_of,
    gone_on,
    near_pairs,
    pair_of,
    sure_for_us,
)

NEAR_M: Final = 100.0
ABOUT_M: Final = 200.0
"""Within so much of each other, two are looked at."""
TICK_US: Final = 60 * MICROSECONDS
LINGERS_US: Final = 5 * 60 * MICROSECONDS
"""So long surely near after he has come is lingering;"""
_LINGERS_LOOKS: Final = 4
_NEIGHBOURS_US: Final = 25 * 60 * MICROSECONDS
_NEIGHBOURS_LOOKS: Final = 12
"""and so long where he was there before,"""
_CLOSE_US: Final = 12 * 60 * MICROSECONDS
_CLOSE_LOOKS: Final = 7
_CLOSE_M: Final = 40.0
"""or that where they are no farther apart than a few houses."""
_BEYOND_DOUBT: Final = 0.999
_WELL_WITHIN_M: Final = 50.0
"""At the end P(near) must be that high or the distance no larger: of ten thousand pairs that stay 105 m apart some always seem nearer."""
_CAME_US: Final = 6 * 60 * MICROSECONDS
"""Who came at most so long before they were near each other has come to be near."""
_AWAY_US: Final = 10 * 60 * MICROSECONDS
"""Who comes so long after having been near has come back."""
_TRACK_US: Final = 300 * MICROSECONDS
"""A device silent for longer is nowhere;"""
_FRESH_US: Final = 120 * MICROSECONDS
"""and only who was heard of within so long is told of."""
_EXACT_M: Final = 250.0
"""A place that is no more exact than that (95 % radius) is no place to have come to."""
_GOES_MPS: Final = 0.7
_SURE_M: Final = 120.0
"""Faster than that, and known to so much with 95 %, somebody goes."""
_FOLLOWED_M: Final = 400.0
_SAME_PLACE_M: Final = 200.0
_FORGET_US: Final = 24 * 3600 * MICROSECONDS
_SOS_NEAR_M: Final = 300.0
_SOS_FAR_M: Final = 2000.0
_SOS_LASTS_US: Final = 3600 * MICROSECONDS
_SOS_TRACK_US: Final = 1800 * MICROSECONDS
_R95_OF_68: Final = 2.45 / 1.51
_SIGMAS_95: Final = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What is remembered of one wearer and one protected person of another case beyond their present meeting."""

    visits: tuple[int, ...] = ()
    """When earlier meetings ended that were visits."""
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
        self._haunts = Haunts()
        self._stories: dict[tuple[int, int], Story] = {}
        self._near: set[tuple[int, int]] = set()
        """Pairs with an open alarm."""
        self._calls: list[Call] = []
        self._waiting = False
        self._parties: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]] | None = None

    def expect(self, received_us: int) -> None:
        """A fix received then is about to be taken: look at the meetings at the next full minute after it."""
        if not self._waiting:
            self._waiting = True
            self._ledger.at(Timer((received_us // TICK_US + 1) * TICK_US, TimerKind.MEETINGS))

    def cases_changed(self) -> None:
        """Who is a wearer, and who protected, has to be found anew."""
        self._parties = None

    def look(self, now_us: int) -> None:
        """Look at all pairs once."""
        self._waiting = False
        wearers, protected, own = self._who(now_us)
        if not len(wearers) or not len(protected):
            return
        wearers, his = self._seen(wearers, now_us)
        protected, hers = self._seen(protected, now_us)
        seen = self._pairs((wearers, his), (protected, hers), own, now_us)
        if len(seen) or len(self._meetings):
            self._meetings, over = gone_on(self._meetings, seen, now_us)
            self._remember(over)
            self._judge(now_us)
        self._part(now_us)
        self._answer_calls(now_us)

    def _pairs(
        self,
        wearers: tuple[NDArray[np.int32], Tracks],
        protected: tuple[NDArray[np.int32], Tracks],
        own: NDArray[np.int64],
        now_us: int,
    ) -> NDArray[np.void]:
        """All strangers about each other, each pair with how likely it is that they are near."""
        (his_device, his), (her_device, hers) = wearers, protected
        w, p = near_pairs((his.lat_deg, his.lon_deg), (hers.lat_deg, hers.lon_deg), ABOUT_M)
        if not len(w):
            return np.zeros(0, LOOK)
        codes = code_of(his_device[w], her_device[p])
        strange = np.flatnonzero(~np.isin(codes, own) & (his_device[w] != her_device[p]))
        w, p = w[strange], p[strange]
        seen = np.zeros(len(w), LOOK)
        if len(w):
            seen["code"], seen["lat_deg"], seen["lon_deg"] = codes[strange], hers.lat_deg[p], hers.lon_deg[p]
            seen["chance"] = self._ledger.engine.within(his_device[w], her_device[p], NEAR_M, now_us)
            seen["going"] = _going(his)[w] & _going(hers)[p]
        return seen

    def _seen(self, devices: NDArray[np.int32], now_us: int) -> tuple[NDArray[np.int32], Tracks]:
        """The devices that were heard of lately, and where they are; their haunts learn it."""
        engine = self._ledger.engine
        newest_us = engine.newest_us(devices)
        heard = devices[(newest_us >= 0) & (now_us - newest_us <= _TRACK_US)]
        tracks = engine.tracks_at(heard, now_us)
        exact = tracks.radius95_m <= _EXACT_M
        self._haunts.look(heard[exact], (tracks.lat_deg[exact], tracks.lon_deg[exact]), now_us)
        return heard, tracks

    def _remember(self, over: NDArray[np.void]) -> None:
        """Keep when visits ended among the meetings that are over."""
        for meeting in over[are_visits(over)]:
            pair = pair_of(int(meeting["code"]))
            story = self._stories.get(pair, Story())
            recent = tuple(visit for visit in story.visits if int(meeting["last_us"]) - visit <= _FORGET_US)
            self._stories[pair] = replace(story, visits=(*recent, int(meeting["last_us"])))

    def _judge(self, now_us: int) -> None:
        """Tell of every meeting that has become lingering, following or coming back."""
        meetings = self._meetings
        his_us = self._haunts.came_us(meetings["code"] >> 32)
        sure_us, n_sure = sure_for_us(meetings), meetings["n_sure"]
        came_near = his_us >= meetings["sure_us"] - _CAME_US
        lingers = came_near & (sure_us >= LINGERS_US) & (n_sure >= _LINGERS_LOOKS)
        lingers |= (sure_us >= _CLOSE_US) & (n_sure >= _CLOSE_LOOKS)
        living = ~came_near & ((sure_us < _NEIGHBOURS_US) | (n_sure < _NEIGHBOURS_LOOKS))
        came = are_near(meetings) & (his_us >= meetings["begun_us"] - _CAME_US)
        untold = (meetings["told"] == 0) | ((meetings["told"] == 1) & (meetings["way_m"] >= _FOLLOWED_M))
        for row in np.flatnonzero((lingers | came) & untold & (meetings["last_us"] == now_us)).tolist():
            meeting = meetings[row]
            pair = pair_of(int(meeting["code"]))
            story = self._stories.get(pair, Story())
            back = bool(came[row]) and any(visit <= int(meeting["begun_us"]) - _AWAY_US for visit in story.visits)
            stays = bool(lingers[row]) and self._beyond_doubt(pair, living=bool(living[row]), now_us=now_us)
            if (stays or back) and self._heard(pair, now_us):
                followed = stays and float(meeting["way_m"]) >= _FOLLOWED_M
                cause = "follows" if followed else "returns" if back else "lingers"
                meetings["told"][row] = 2 if followed else 1
                self._stories[pair] = self._tell(pair, story, meeting, cause, now_us)

    def _who(self, now_us: int) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
        """Devices of wearers, devices of protected persons, and the pairs of one case, which its rings are for."""
        if self._parties is None:
            wearers: dict[int, None] = {}
            protected: dict[int, None] = {}
            own: list[int] = []
            for version in self._ledger.cases.versions():
                start_us, end_us = version.decided_us
                subject = version.case.subject.device
                hers = [self._ledger.index(party.device) for party in version.case.protected if party.device is not None]
                if not start_us <= now_us < end_us:
                    continue
                protected.update(dict.fromkeys(hers))
                if subject is not None:
                    wearers[self._ledger.index(subject)] = None
                    own += [(self._ledger.index(subject) << 32) + mate for mate in hers]
            columns = np.array(list(wearers), np.int32), np.array(list(protected), np.int32), np.array(own, np.int64)
            self._parties = columns
        return self._parties

    def _heard(self, pair: tuple[int, int], now_us: int) -> bool:
        """Whether both devices measured lately."""
        return bool((now_us - self._ledger.engine.newest_us(np.array(pair, np.int32)) <= _FRESH_US).all())

    def _beyond_doubt(self, pair: tuple[int, int], *, living: bool, now_us: int) -> bool:
        """Whether two who are surely near by all appearance are so even as one pair of very many; `living`: he may just live there."""
        chance, apart_m = self._chance(pair, now_us), float(self._apart(pair, now_us).distance_m[0])
        if living:
            return chance >= _BEYOND_DOUBT and apart_m <= _CLOSE_M
        return chance >= _BEYOND_DOUBT or (chance >= SURE and apart_m <= _WELL_WITHIN_M)

    def _apart(self, pair: tuple[int, int], now_us: int) -> Pairs:
        """How the two stand to each other."""
        return self._ledger.engine.pairs_at(np.array(pair[:1], np.int32), np.array(pair[1:], np.int32), now_us)

    def _chance(self, pair: tuple[int, int], now_us: int) -> float:
        """P(within 100 m) as the filter sees it."""
        return float(self._ledger.engine.within(np.array(pair[:1], np.int32), np.array(pair[1:], np.int32), NEAR_M, now_us)[0])

    def _tell(self, pair: tuple[int, int], story: Story, meeting: np.void, cause: str, now_us: int) -> Story:
        """Raise the alarm that a meeting deserves, unless it says nothing new; the story, with what has been told."""
        track = self._ledger.engine.tracks_at(np.array(pair, np.int32), now_us)
        place = LatLon(lat_deg=float(track.last_lat_deg[1]), lon_deg=float(track.last_lon_deg[1]))
        told = any(distance_m(at.lat_deg, at.lon_deg, place.lat_deg, place.lon_deg) <= _SAME_PLACE_M for at in story.told_at)
        begun_us = int(meeting["begun_us"])
        at_home = [
            self._haunts.knows(device, float(track.last_lat_deg[side]), float(track.last_lon_deg[side]), begun_us)
            for side, device in enumerate(pair)
        ]
        if (told or all(at_home)) and cause != "follows":
            return story
        apart = self._apart(pair, now_us)
        figures = because(
            cause=cause,
            distance_m=float(apart.distance_m[0]),
            distance_error_m=_SIGMAS_95 * float(apart.sigma_m[0]),
            within_m=NEAR_M,
            stayed_s=(int(meeting["last_us"]) - int(meeting["begun_us"])) / MICROSECONDS,
            way_m=float(meeting["way_m"]),
            visits=len(story.visits) + 1,
        )
        sighting = Sighting(
            device=self._ledger.names[pair[0]],
            happened_us=int(track.measured_us[0]),
            known_us=now_us,
            probability=probability(self._chance(pair, now_us)),
            because=figures,
        )
        self._raise(pair, AlarmLevel.RED if cause == "follows" else AlarmLevel.AMBER, sighting)
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
        called = {call.device for call in self._calls}
        lasting = set(self._meetings["code"].tolist()) if self._near else set()
        for pair in sorted(self._near):
            if pair[1] in called or (pair[0] << 32) + pair[1] in lasting:
                continue
            self._near.discard(pair)
            sighting = Sighting(device=self._ledger.names[pair[0]], happened_us=now_us, known_us=now_us, because=because(cause="apart"))
            for key in self._keys(pair, now_us):
                self._ledger.cleared(key, sighting)
        if now_us // TICK_US % 60 == 0:
            stories = self._stories.items()
            recent = {pair for pair, story in stories if story.told_at or any(now_us - visit <= _FORGET_US for visit in story.visits)}
            self._stories = {pair: story for pair, story in stories if pair in recent}

    def hear(self, device: int, event: DeviceEvent) -> None:
        """An SOS: look for wearers about it now, and for those who come during the next hour."""
        if event.kind is not DeviceEventKind.SOS:
            return
        now_us = self._ledger.now_us
        hers = self._ledger.engine.tracks_at(np.array([device], np.int32), now_us)
        if event.place is not None:
            place, radius95_m = event.place, (event.accuracy_m or NEAR_M) * _R95_OF_68
        elif now_us - int(hers.measured_us[0]) <= _SOS_TRACK_US:
            place = LatLon(lat_deg=float(hers.lat_deg[0]), lon_deg=float(hers.lon_deg[0]))
            radius95_m = float(hers.radius95_m[0])
        else:
            return
        self._calls = [call for call in self._calls if call.device != device]
        self._calls.append(Call(device=device, place=place, radius95_m=radius95_m, until_us=now_us + _SOS_LASTS_US))
        self._answer_calls(now_us)

    def _answer_calls(self, now_us: int) -> None:
        self._calls = [call for call in self._calls if call.until_us > now_us]
        if not self._calls:
            return
        wearers, _, own = self._who(now_us)
        his = self._ledger.engine.tracks_at(wearers, now_us)
        rows = np.flatnonzero((his.measured_us >= 0) & (now_us - his.measured_us <= _SOS_TRACK_US))
        for call in self._calls:
            lat, lon = np.full(len(rows), call.place.lat_deg), np.full(len(rows), call.place.lon_deg)
            apart_m = distances_m(lat, lon, his.lat_deg[rows], his.lon_deg[rows])
            reach_m = np.minimum(_SOS_NEAR_M + call.radius95_m + his.radius95_m[rows], _SOS_FAR_M)
            for i in np.flatnonzero(apart_m <= reach_m).tolist():
                pair = (int(wearers[rows[i]]), call.device)
                if (pair[0] << 32) + pair[1] not in own and pair[0] != pair[1]:
                    self._tell_call(pair, call, his, int(rows[i]), float(apart_m[i]))

    def _tell_call(self, pair: tuple[int, int], call: Call, his: Tracks, row: int, apart_m: float) -> None:
        error_m = call.radius95_m + float(his.radius95_m[row])
        figures = because(cause="near-sos", distance_m=apart_m, distance_error_m=error_m, speed_mps=float(his.speed_mps[row]))
        sighting = Sighting(
            device=self._ledger.names[pair[0]], happened_us=int(his.measured_us[row]), known_us=self._ledger.now_us, because=figures
        )
        self._raise(pair, AlarmLevel.RED, sighting)

    def parts(self) -> dict[str, Any]:
        """Everything that the rules hold."""
        return {
            "meetings": self._meetings.copy(),
            "haunts": self._haunts.parts(),
            "stories": dict(self._stories),
            "near": tuple(sorted(self._near)),
            "calls": tuple(self._calls),
            "waiting": self._waiting,
        }

    def restore(self, parts: Mapping[str, Any]) -> None:
        """Hold what the rules that gave these parts held."""
        self._meetings = np.array(parts["meetings"], MEETING)
        self._haunts = Haunts.of_parts(parts["haunts"])
        self._stories, self._near = dict(parts["stories"]), set(parts["near"])
        self._calls, self._waiting = list(parts["calls"]), bool(parts["waiting"])
        self._parties = None


def _going(tracks: Tracks) -> NDArray[np.bool_]:
    going: NDArray[np.bool_] = (tracks.speed_mps > _GOES_MPS) & (tracks.radius95_m <= _SURE_M)
    return going
