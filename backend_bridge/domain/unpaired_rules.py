"""Beyond the own case: a wearer who stays about, follows or comes back to a protected person of another case, or is near an SOS.

In a city strangers pass each other all day. What tells a wearer who is after somebody is time: staying within 100 m for minutes,
going where she goes, or being there again later that day. Every minute all pairs within reach are looked at; of each pair that was
near, the probable time within 100 m is added up. A pair that lives or works side by side is told once for that place.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.alarm_book import AlarmKey, Sighting
from backend_bridge.domain.because import because, probability
from backend_bridge.domain.case_book import Role
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.ground import distance_m, distances_m
from backend_bridge.domain.ledger import Ledger, Timer, TimerKind
from backend_bridge.domain.meetings import near_pairs
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.track_views import Tracks

NEAR_M: Final = 100.0
TICK_US: Final = 60 * MICROSECONDS
LINGERS_US: Final = 6 * 60 * MICROSECONDS
"""Probable time near, without a longer pause, that is lingering: one tick more than five minutes, for the ticks are coarse."""
_FRESH_US: Final = 180 * MICROSECONDS
_SURE_M: Final = 120.0
"""A position with a larger 95 % radius cannot tell near from far."""
_PAUSE_US: Final = 180 * MICROSECONDS
_AWAY_US: Final = 15 * 60 * MICROSECONDS
_VISIT_US: Final = 3 * 60 * MICROSECONDS
_FOLLOWED_M: Final = 400.0
_SAME_PLACE_M: Final = 200.0
_FORGET_US: Final = 24 * 3600 * MICROSECONDS
_NEAR_PROBABILITY: Final = 0.8
_SOS_NEAR_M: Final = 300.0
_SOS_FAR_M: Final = 2000.0
_SOS_LASTS_US: Final = 3600 * MICROSECONDS
_SOS_TRACK_US: Final = 1800 * MICROSECONDS
_R95_OF_68: Final = 2.45 / 1.51


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What has been seen of one wearer and one protected person of another case."""

    begun_us: int
    """Begin of the present (or last) time near."""
    near_us: int
    """The last tick at which they were near."""
    stayed_us: int
    """Probable time near since it began."""
    begun_at: LatLon
    """Where she was then."""
    way_m: float = 0.0
    """How far she has come from there."""
    visits: tuple[int, ...] = ()
    """When earlier times near ended that were long enough to count as visits."""
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
        self._stories: dict[tuple[int, int], Story] = {}
        self._near: set[tuple[int, int]] = set()
        """Pairs with an open alarm."""
        self._calls: list[Call] = []
        self._waiting = False
        self._parties: tuple[NDArray[np.int32], NDArray[np.int32], frozenset[tuple[int, int]]] | None = None

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
        his, hers = self._ledger.engine.tracks_at(wearers, now_us), self._ledger.engine.tracks_at(protected, now_us)
        near: set[tuple[int, int]] = set()
        rows_w, rows_p = np.flatnonzero(_usable(his, now_us)), np.flatnonzero(_usable(hers, now_us))
        if len(rows_w) and len(rows_p):
            w, p, _ = near_pairs(_places(his, rows_w), _places(hers, rows_p), 2.0 * NEAR_M)
            devices_w, devices_p = wearers[rows_w[w]], protected[rows_p[p]]
            chances = self._ledger.engine.within(devices_w, devices_p, NEAR_M, now_us)
            for i in np.flatnonzero(chances >= _NEAR_PROBABILITY).tolist():
                pair = (int(devices_w[i]), int(devices_p[i]))
                if pair not in own:
                    near.add(pair)
                    row_w, row_p = int(rows_w[w[i]]), int(rows_p[p[i]])
                    place = LatLon(lat_deg=float(hers.lat_deg[row_p]), lon_deg=float(hers.lon_deg[row_p]))
                    self._meet(pair, place, float(chances[i]), int(his.measured_us[row_w]), now_us)
        self._part(near, now_us)
        self._answer_calls(now_us)

    def _who(self, now_us: int) -> tuple[NDArray[np.int32], NDArray[np.int32], frozenset[tuple[int, int]]]:
        """Devices of wearers, devices of protected persons, and the pairs of one case, which its rings are for."""
        if self._parties is None:
            wearers: dict[int, None] = {}
            protected: dict[int, None] = {}
            own: set[tuple[int, int]] = set()
            for version in self._ledger.cases.versions():
                start_us, end_us = version.decided_us
                subject = version.case.subject.device
                hers = [self._ledger.index(party.device) for party in version.case.protected if party.device is not None]
                if not start_us <= now_us < end_us:
                    continue
                protected.update(dict.fromkeys(hers))
                if subject is not None:
                    wearers[self._ledger.index(subject)] = None
                    own.update((self._ledger.index(subject), mate) for mate in hers)
            self._parties = np.array(list(wearers), np.int32), np.array(list(protected), np.int32), frozenset(own)
        return self._parties

    def _meet(self, pair: tuple[int, int], place: LatLon, chance: float, measured_us: int, now_us: int) -> None:
        """They are near at this tick: go on with their story, and tell it if it has become one."""
        story = self._stories.get(pair)
        if story is None:
            story = Story(begun_us=now_us, near_us=now_us, stayed_us=0, begun_at=place)
        elif now_us - story.near_us > _PAUSE_US:
            visits = (*story.visits, story.near_us) if story.stayed_us >= _VISIT_US else story.visits
            recent = tuple(visit for visit in visits if now_us - visit <= _FORGET_US)
            story = Story(begun_us=now_us, near_us=now_us, stayed_us=0, begun_at=place, visits=recent, told_at=story.told_at)
        else:
            step_us = int(chance * min(now_us - story.near_us, TICK_US))
            way_m = distance_m(story.begun_at.lat_deg, story.begun_at.lon_deg, place.lat_deg, place.lon_deg)
            story = replace(story, near_us=now_us, stayed_us=story.stayed_us + step_us, way_m=max(story.way_m, way_m))
        self._stories[pair] = self._tell(pair, story, place, chance, measured_us)

    def _tell(self, pair: tuple[int, int], story: Story, place: LatLon, chance: float, measured_us: int) -> Story:
        """Raise the alarm that a story deserves; the story, with what has been told."""
        followed = story.stayed_us >= LINGERS_US and story.way_m >= _FOLLOWED_M
        back = story.stayed_us >= _VISIT_US and any(story.begun_us - visit >= _AWAY_US for visit in story.visits)
        if not (story.stayed_us >= LINGERS_US or back):
            return story
        if pair in self._near and not followed:
            return story
        told = any(distance_m(at.lat_deg, at.lon_deg, place.lat_deg, place.lon_deg) <= _SAME_PLACE_M for at in story.told_at)
        if told and not followed:
            return story
        figures = because(
            cause="follows" if followed else "returns" if back else "lingers",
            within_m=NEAR_M,
            stayed_s=story.stayed_us / MICROSECONDS,
            way_m=story.way_m,
            visits=len(story.visits) + 1,
        )
        sighting = Sighting(
            device=self._ledger.names[pair[0]],
            happened_us=measured_us,
            known_us=self._ledger.now_us,
            probability=probability(chance),
            because=figures,
        )
        self._raise(pair, AlarmLevel.RED if followed else AlarmLevel.AMBER, sighting)
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

    def _part(self, near: set[tuple[int, int]], now_us: int) -> None:
        """End the alarms of pairs that have not been near for a while, and forget old stories."""
        called = {call.device for call in self._calls}
        for pair in sorted(self._near - near):
            story = self._stories.get(pair)
            if pair[1] in called or (story is not None and now_us - story.near_us <= _PAUSE_US):
                continue
            self._near.discard(pair)
            sighting = Sighting(device=self._ledger.names[pair[0]], happened_us=now_us, known_us=now_us, because=because(cause="apart"))
            for key in self._keys(pair, now_us):
                self._ledger.cleared(key, sighting)
        if now_us // TICK_US % 60 == 0:
            stories = self._stories.items()
            self._stories = {pair: story for pair, story in stories if story.told_at or now_us - story.near_us <= _FORGET_US}

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
                if pair not in own and pair[0] != pair[1]:
                    self._tell_call(pair, call, his, int(rows[i]), float(apart_m[i]))

    def _tell_call(self, pair: tuple[int, int], call: Call, his: Tracks, row: int, apart_m: float) -> None:
        error_m = call.radius95_m + float(his.radius95_m[row])
        figures = because(cause="near-sos", distance_m=apart_m, distance_error_m=error_m, speed_mps=float(his.speed_mps[row]))
        sighting = Sighting(
            device=self._ledger.names[pair[0]], happened_us=int(his.measured_us[row]), known_us=self._ledger.now_us, because=figures
        )
        self._raise(pair, AlarmLevel.RED, sighting)

    def parts(self) -> tuple[dict[tuple[int, int], Story], tuple[tuple[int, int], ...], tuple[Call, ...], bool]:
        """Everything that the rules hold."""
        return dict(self._stories), tuple(sorted(self._near)), tuple(self._calls), self._waiting

    def restore(self, parts: tuple[dict[tuple[int, int], Story], tuple[tuple[int, int], ...], tuple[Call, ...], bool]) -> None:
        """Hold what the rules that gave these parts held."""
        self._stories, self._near, self._calls, self._waiting = dict(parts[0]), set(parts[1]), list(parts[2]), parts[3]
        self._parties = None


def _usable(tracks: Tracks, now_us: int) -> NDArray[np.bool_]:
    """Fresh and exact enough to tell near from far."""
    fresh = (tracks.measured_us >= 0) & (now_us - tracks.measured_us <= _FRESH_US)
    exact: NDArray[np.bool_] = tracks.radius95_m <= _SURE_M
    return fresh & exact


def _places(tracks: Tracks, rows: NDArray[np.intp]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return tracks.lat_deg[rows], tracks.lon_deg[rows]
