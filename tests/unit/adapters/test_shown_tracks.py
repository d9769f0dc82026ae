"""The tracks of a recording: what had come by the moment that is shown, held against the zones and rings of then."""

from collections.abc import Iterator

import numpy as np
import pytest
from room_builder import ANKLET, CASE, OPERATOR, PHONE, T0, Desk, S, ToldWatch, change

from backend_bridge.adapters.recording_marks import Marks
from backend_bridge.adapters.shown_recording import Opening, ShownRecording
from backend_bridge.application.outcome import Taken
from backend_bridge.application.playback import Player
from backend_bridge.application.room_state import Room
from backend_bridge.application.rows import Track
from backend_bridge.application.views import Reach
from backend_bridge.domain.alarm import AlarmChange
from backend_bridge.domain.breach.refiltered import RingSpan, ZoneSpan
from backend_bridge.domain.case import Circle
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DeviceId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import ReadTrack
from backend_bridge.domain.user import Role
from backend_bridge.domain.watching.bounds import Bounds
from backend_bridge.domain.watching.watch import Watch

HERE = LatLon(lat_deg=37.556, lon_deg=126.937)
ALWAYS = np.array([[0, 2**62]], np.int64)
ALARM_S, END_S = 300, 600
NO_MARKS = Marks(density=(), marks=())


class Again(ToldWatch):
    """Raises one alarm at its moment, and holds the wearer to a zone and a ring."""

    def __init__(self) -> None:
        super().__init__()
        zone, ring = ZoneSpan(shape=Circle(centre=HERE, radius_m=100.0), in_force=ALWAYS), RingSpan(distance_m=200.0, in_force=ALWAYS)
        self.held = {ANKLET: Bounds(zones=(zone,), amber_from=0.25, red_from=0.66), PHONE: Bounds(rings=((ANKLET, ring),))}

    def advance(self, fixes: FixBatch, events: object, now_us: int) -> tuple[AlarmChange, ...]:
        return (change(at_us=now_us),) if now_us == T0 + ALARM_S * S else ()


class Tape:
    """Ten minutes of a room, a step a second."""

    def __init__(self) -> None:
        desk = Desk()
        desk.run(after_s=0.9)
        for second in range(2, END_S):
            desk.raises(*([change(at_us=T0 + ALARM_S * S)] if second == ALARM_S else []), after_s=1)
        self._taken = [outcome.taken for outcome in desk.outcomes]

    def span_us(self) -> tuple[int, int]:
        return self._taken[0].now_us, self._taken[-1].now_us

    def room_before(self, at_us: int) -> Room:
        return Room(Again())  # type: ignore[arg-type]  # draws no picture

    def glimpse_before(self, at_us: int) -> None:
        return None

    def is_nearer(self, now_us: int, at_us: int) -> bool:
        return False

    def steps(self, after_us: int) -> Iterator[Taken]:
        return (taken for taken in self._taken if taken.now_us > after_us)


def stored(device: DeviceId, from_us: int, to_us: int) -> FixBatch:
    """Both stand at the middle of the zone; a fix each ten seconds, received two later."""
    measured_us = np.arange(T0, T0 + END_S * S, 10 * S, dtype=np.int64)
    measured_us = measured_us[(measured_us >= from_us) & (measured_us < to_us)]
    n = len(measured_us)
    nothing = np.full(n, np.nan, np.float32)
    return FixBatch(
        device_names=(device,),
        device=np.zeros(n, np.int32),
        measured_us=measured_us,
        lat_deg=np.full(n, HERE.lat_deg),
        lon_deg=np.full(n, HERE.lon_deg),
        accuracy_m=np.full(n, 8.0, np.float32),
        speed_mps=np.zeros(n, np.float32),
        course_deg=nothing,
        moving=np.zeros(n, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=np.arange(n, dtype=np.uint64),
        has_device_seq=np.ones(n, np.bool_),
        received_us=measured_us + 2 * S,
    )


@pytest.fixture
def shown() -> ShownRecording:
    reach = Reach(role=Role.OPERATOR, cases=frozenset({CASE}))
    made = ShownRecording(Opening(seat="seat", user=OPERATOR, reach=reach, span_us=(T0, T0 + END_S * S)), Tape(), NO_MARKS, stored)
    made.player = Player(Tape(), T0)  # without a memory of its own: that keeps real watches alone
    return made


def track(shown: ShownRecording, device: DeviceId, case: CaseId = CASE) -> Track | None:
    return shown.track(ReadTrack(device=device, case=case, from_us=T0, to_us=T0 + END_S * S))


def test_the_chart_of_a_recording_reaches_to_the_playhead_and_no_farther(shown: ShownRecording) -> None:
    shown.player.seek(T0 + 200 * S)
    his = track(shown, ANKLET)
    assert his is not None
    assert np.frombuffer(his.measured_us, "<i8")[-1] == T0 + 190 * S, "the next was received later"
    assert np.frombuffer(his.inside, "<f4")[-1] > 0.99
    assert (his.amber_from, his.red_from) == (0.25, 0.66)


def test_rings_are_told_of_in_a_recording_from_when_her_track_could_be_seen(shown: ShownRecording) -> None:
    shown.player.seek(T0 + 200 * S)
    assert track(shown, PHONE) is None, "no alarm was open then"
    shown.player.seek(T0 + 400 * S)
    hers = track(shown, PHONE)
    assert hers is not None
    assert np.frombuffer(hers.ring_us, "<i8")[-1] == T0 + 390 * S
    assert len(hers.ring_us) == 2 * len(hers.measured_us), "at the fixes of both"
    assert np.frombuffer(hers.ring, "<f4")[-1] > 0.99


def test_the_case_whose_tracks_a_desk_reads_is_what_it_is_sent_first_after_a_seek(shown: ShownRecording) -> None:
    track(shown, ANKLET)
    shown.player.seek(T0 + 100 * S)
    shown.player.room.watch.picture = Watch.empty().picture  # type: ignore[method-assign]  # this one draws none
    shown.turn()
    assert shown.view.chosen == CASE
