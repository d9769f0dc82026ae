"""What protected persons' apps are shown, each half second anew; called by the engine's thread.

More than before is shown only after the entry that says so is in the log; less is shown at once. Every paired app gets a box
of the same length each second whether anybody is near or not, so that who listens on the way learns nothing from it.
"""

import queue
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from backend_bridge.adapters.app_lane import AppLane
from backend_bridge.adapters.app_records import PAIR_WITHIN_US, AppBook, Feed
from backend_bridge.adapters.app_seal import FeedSeals, SealBrokenError
from backend_bridge.adapters.store import Record
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.application.disclosures import meetings_of, wanted
from backend_bridge.application.inbox import AppsPaired, BeginRule, ShowInApp, Trouble
from backend_bridge.application.outcome import Outcome
from backend_bridge.application.room_state import Room
from backend_bridge.domain.access.disclosure import NOTHING, RANK, Detail, Meeting, Shown, preset
from backend_bridge.domain.access.disclosure_book import Key
from backend_bridge.domain.identifiers import DeviceId, PersonId
from backend_bridge.domain.quantities import MICROSECONDS

EVERY_S: Final = 0.5
REVIEW_OVERDUE: Final = "disclosure-review"
"""Code of the alarm that a supervisor has not reviewed a rule within 24 h."""

MOST_SHOWN: Final = 4
"""Wearers that one message has room for, nearest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppPorts:
    """Calls into the rest of the bridge, from the engine's thread."""

    publish: Callable[[str, bytes], None]
    gone: Callable[[str], None]
    hand_in: Callable[[ShowInApp | Trouble | BeginRule | AppsPaired], None]
    store: Callable[[Record], None]


class _Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One wearer as the app shows them."""

    detail: str
    within_m: float
    distance_m: int | None = None
    direction: str | None = None
    trend: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_m: int | None = None
    measured_at: str | None = None
    live: bool = True


class _Words(msgspec.Struct, frozen=True, kw_only=True):
    """What the app is told."""

    at: str
    heard: int
    """Count of the newest message from the app that the bridge has taken."""
    near: list[_Entry]


class _Said(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an app may say: a call for help, or that it has shown what came."""

    kind: str
    at: str


class AppService:
    """All feeds of the bridge."""

    def __init__(self, room: Callable[[], Room], book: AppBook, seals: FeedSeals, lane: AppLane, ports: AppPorts) -> None:
        self._room, self._book, self._seals, self._lane, self._ports = room, book, seals, lane, ports
        self._logged: dict[Key, Detail] = {}
        self._asked: dict[Key, Detail] = {}
        self._boxes: queue.SimpleQueue[tuple[str, str, bytes]] = queue.SimpleQueue()
        self._count = 0
        self._due_s = 0.0
        self._is_overdue = False
        self._begun: set[Key] = set()
        self._paired: Counter[PersonId] = Counter()

    def pair(self, feed: str, box: bytes) -> None:
        """An app wants to be paired; from any thread."""
        self._boxes.put(("pair", feed, box))

    def up(self, feed: str, box: bytes) -> None:
        """An app says something; from any thread."""
        self._boxes.put(("up", feed, box))

    def tell(self, outcome: Outcome) -> None:
        """What is in the log may be shown."""
        entered = [news for news in outcome.taken.news if isinstance(news, ShowInApp)]
        for news in entered:
            key = (news.case, news.about)
            self._logged[key] = Detail(news.detail)
            self._asked.pop(key, None)
        if entered:
            self._send_all()

    def beat(self) -> None:
        """Take in what apps said, and send every feed anew when it is time."""
        while not self._boxes.empty():
            kind, feed, box = self._boxes.get()
            self._take(kind, feed, box)
        if time.monotonic() >= self._due_s:
            self._due_s = time.monotonic() + EVERY_S
            self._send_all()
            self._look_at_reviews()
            self._count_apps()

    def _take(self, kind: str, name: str, box: bytes) -> None:
        feed = self._book.feeds.get(name)
        if feed is None or feed.ended:
            return
        try:
            if kind == "pair":
                self._pair(feed, box)
            elif feed.app_public is not None:
                self._hear(feed, box, bytes.fromhex(feed.app_public))
        except (SealBrokenError, msgspec.DecodeError, ValueError):
            return  # noise, or somebody who has no business here: it opened nothing

    def _pair(self, feed: Feed, box: bytes) -> None:
        if feed.code is None or self._room().now_us - feed.made_us > PAIR_WITHIN_US:
            return
        pairing = self._seals.opened_pairing(bytes.fromhex(feed.feed), bytes.fromhex(feed.code), box)
        self._ports.store(self._book.put(replace(feed, app_public=pairing.app_public.hex(), code=None)))
        self._due_s = 0.0

    def _hear(self, feed: Feed, box: bytes, app_public: bytes) -> None:
        count, plain = self._seals.opened(bytes.fromhex(feed.feed), app_public, box, feed.up_count)
        self._ports.store(self._book.put(replace(feed, up_count=count)))
        said = msgspec.json.decode(plain, type=_Said)
        device = self._device_of(feed.person)
        if said.kind == "sos" and device is not None:
            self._lane.sos(device, self._room().now_us)

    def _device_of(self, person: PersonId) -> DeviceId | None:
        for held in self._room().registry.held.values():
            for party in held.case.protected:
                if party.person == person and party.device is not None:
                    return party.device
        return None

    def _send_all(self) -> None:
        feeds = [feed for feed in self._book.feeds.values() if feed.app_public is not None and not feed.ended]
        if not feeds:
            return
        room = self._room()
        picture = room.watch.picture(room.now_us)
        meetings: dict[PersonId, list[Meeting]] = {}
        for meeting in meetings_of(room, picture, {feed.person for feed in feeds}):
            meetings.setdefault(meeting.about, []).append(meeting)
        for feed in feeds:
            self._send(feed, self._shown_to(feed, meetings.get(feed.person, [])), room.now_us)

    def _shown_to(self, feed: Feed, meetings: list[Meeting]) -> list[Shown]:
        del feed
        told = [self._allowed(meeting) for meeting in meetings]
        near = [one for one in told if one.detail is not Detail.NOTHING]
        return sorted(near, key=lambda one: one.distance_m if one.distance_m is not None else 10**9)[:MOST_SHOWN]

    def _allowed(self, meeting: Meeting) -> Shown:
        """What the rule gives, if the log has it already; else it is entered, and shown with the next step."""
        room, key = self._room(), (meeting.case, meeting.about)
        if key not in room.disclosures.rules:
            self._begin(key)
            return NOTHING
        given = wanted(room, meeting)
        logged = self._logged.get(key, Detail.NOTHING)
        if given.detail is not logged and self._asked.get(key) is not given.detail:
            self._asked[key] = given.detail
            self._ports.hand_in(
                ShowInApp(
                    case=meeting.case,
                    about=meeting.about,
                    subject=meeting.subject,
                    device=meeting.device,
                    detail=given.detail.value,
                    within_m=given.within_m,
                    distance_m=given.distance_m,
                )
            )
        return given if RANK[given.detail] <= RANK[logged] else NOTHING

    def _begin(self, key: Key) -> None:
        """The preset holds from the moment at which it first counts: its review is due a day later."""
        if key not in self._begun:
            self._begun.add(key)
            room = self._room()
            self._ports.hand_in(BeginRule(rule=preset(room.registry.case(key[0]), key[1], room.now_us)))

    def _count_apps(self) -> None:
        """Let the room know how many apps each person has, for the desks."""
        counts = Counter(feed.person for feed in self._book.feeds.values() if feed.app_public is not None and not feed.ended)
        for person in {*counts, *self._paired}:
            if counts[person] != self._paired[person]:
                self._ports.hand_in(AppsPaired(person=person, n=counts[person]))
        self._paired = counts

    def _look_at_reviews(self) -> None:
        """Raise or clear the alarm that a rule in force at once was not reviewed within its day."""
        is_overdue = any(rule.is_overdue(self._room().now_us) for rule in self._room().disclosures.rules.values())
        if is_overdue is not self._is_overdue:
            self._is_overdue = is_overdue
            self._ports.hand_in(Trouble(code=REVIEW_OVERDUE, on=is_overdue))

    def _send(self, feed: Feed, near: list[Shown], now_us: int) -> None:
        self._count = max(self._count + 1, now_us)
        words = _Words(at=text_of_us(now_us), heard=feed.up_count, near=[_entry_of(one) for one in near])
        public = bytes.fromhex(feed.app_public or "")
        self._ports.publish(feed.feed, self._seals.sealed(bytes.fromhex(feed.feed), public, self._count, msgspec.json.encode(words)))


def _entry_of(one: Shown) -> _Entry:
    return _Entry(
        detail=one.detail.value,
        within_m=one.within_m or 0.0,
        distance_m=one.distance_m,
        direction=one.direction,
        trend=one.trend,
        lat=None if one.place is None else round(one.place.lat_deg, 6),
        lon=None if one.place is None else round(one.place.lon_deg, 6),
        radius_m=one.radius_m,
        measured_at=None if one.measured_us is None else text_of_us(one.measured_us // MICROSECONDS * MICROSECONDS),
        live=one.is_live,
    )
