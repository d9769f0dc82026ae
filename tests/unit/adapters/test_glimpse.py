"""A seek shows a room of whose tracks a tenth was read, and shows nothing that the whole room does not."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from evening import OPERATOR, Evening, S, place

from backend_bridge.adapters import recording_write, room_pieces, state_columns
from backend_bridge.adapters.recording_file import RecordingFile
from backend_bridge.adapters.recording_manifest import Manifest
from backend_bridge.adapters.recording_write import write_recording
from backend_bridge.adapters.state_columns import encode
from backend_bridge.application.outcome import Taken
from backend_bridge.application.playback import Player
from backend_bridge.application.room_state import Room
from backend_bridge.application.tables import TableChange
from backend_bridge.application.views import DeskView, Reach
from backend_bridge.domain.breach.track_table import HISTORY
from backend_bridge.domain.user import Role
from backend_bridge.domain.watching.watch import Watch

KEY, SIGNING = bytes(32), bytes(range(32))
TABLE = 2 * 20_000
"""Less than the table of two devices' tracks."""
PARTS = (0.97, 0.2, 0.9, 0.5, 0.999, 0.65)


@pytest.fixture(autouse=True)
def two_devices_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state_columns, "LARGE_BYTES", TABLE)
    monkeypatch.setattr(room_pieces, "_WORDS_A_PIECE", 8)
    monkeypatch.setattr(room_pieces, "_MOST_RECENT", 0.9)
    monkeypatch.setattr(recording_write, "LEAST_STEPS", 5)
    monkeypatch.setattr(recording_write, "STEPS_A_RUN", 5)


def recorded(path: Path, taken: list[Taken]) -> RecordingFile:
    wanted = Manifest(from_us=taken[0].now_us, to_us=taken[-1].now_us, cases=(), made_by="me", made_us=1)
    write_recording(path / "a.bongsu", (KEY, SIGNING), Room(Watch.empty()), taken, wanted, lambda _: None)
    return RecordingFile(path / "a.bongsu", KEY, thorough=False)


def an_evening() -> Evening:
    """He comes, stays, and goes; she stays where she is, and her device rests for minutes between two fixes."""
    evening = Evening()
    for _ in range(6):
        evening.move(60, 5, ANK_0001=lambda t: place(3000.0 - 8.0 * t), VIC_0001=lambda _t: place(0.0))
        evening.move(240, 5, ANK_0001=lambda t: place(abs(2500.0 - 12.0 * t)))
    return evening


@pytest.fixture(scope="module")
def taken() -> list[Taken]:
    return [outcome.taken for outcome in an_evening().outcomes]


def rows_of(player: Player) -> tuple[tuple[TableChange, ...], bytes]:
    room = player.room
    picture = room.watch.picture(room.now_us)
    view = DeskView(OPERATOR, "seat", Reach(role=Role.OPERATOR, cases=frozenset(room.registry.held)))
    return view.changes(room, picture), encode(view.frame(room, picture))


def sought(player: Player, part: float, *, glimpse: bool) -> int:
    at_us = int(player.from_us + part * (player.to_us - player.from_us))
    player.seek(at_us, glimpse=glimpse)
    return at_us


def test_a_glimpse_shows_what_the_whole_room_shows_and_reads_little_of_its_tracks(taken: list[Taken], tmp_path: Path) -> None:
    recording = recorded(tmp_path, taken)
    whole, looked = Player(recording), Player(recording)
    n_looked = 0
    for part in PARTS:
        sought(whole, part, glimpse=False)
        sought(looked, part, glimpse=True)
        assert rows_of(looked) == rows_of(whole)
        n_looked += looked.is_glimpse
    assert n_looked >= len(PARTS) - 1, "near its beginning alone a recording is read whole"


def test_what_is_looked_at_becomes_the_room_that_was_played_and_is_not_another_picture(taken: list[Taken], tmp_path: Path) -> None:
    recording = recorded(tmp_path, taken)
    whole, looked = Player(recording), Player(recording)
    for part in PARTS:
        sought(whole, part, glimpse=False)
        sought(looked, part, glimpse=True)
        leaps = looked.leaps
        looked.complete()
        assert not looked.is_glimpse
        assert looked.leaps == leaps
        assert encode(looked.room) == encode(whole.room)


def test_playing_on_from_a_glimpse_lives_what_was_lived(taken: list[Taken], tmp_path: Path) -> None:
    recording = recorded(tmp_path, taken)
    whole, looked = Player(recording), Player(recording)
    for player, glimpse in ((whole, False), (looked, True)):
        sought(player, 0.6, glimpse=glimpse)
    assert looked.is_glimpse
    for player in (whole, looked):
        player.speed = 1.0
    assert looked.advance(600 * S) == whole.advance(600 * S)
    assert encode(looked.room) == encode(whole.room)


def test_a_late_fix_of_which_a_glimpse_cannot_say_what_it_shows_is_told_by_a_new_picture(tmp_path: Path) -> None:
    evening = Evening()
    away, home = place(2500.0), place(0.0)
    evening.move(300, 5, VIC_0001=lambda _t: home, ANK_0001=lambda _t: away)
    began_us = evening.now_us
    evening.move(360, 5, VIC_0001=lambda _t: home)
    evening.move(410, 5, VIC_0001=lambda _t: home, ANK_0001=lambda _t: away)
    visit = [place(max(0.0, 20.0 * (abs(t - 180.0) - 55.0))) for t in range(5, 360, 5)]
    fixes = [evening.fix("ANK-0001", at, at_us=began_us + (k + 1) * 5 * S) for k, at in enumerate(visit)]
    evening.run(after_s=1.0, arrivals=(evening.message(fixes),))
    evening.move(60, 5, VIC_0001=lambda _t: home, ANK_0001=lambda _t: away)
    steps = [outcome.taken for outcome in evening.outcomes]
    recording = recorded(tmp_path, steps)
    n_others = 0
    for taken in steps[-13:]:
        whole, looked = Player(recording, taken.now_us), Player(recording)
        wanted = encode(whole.room)
        looked.seek(taken.now_us, glimpse=True)
        is_other = rows_of(looked) != rows_of(whole)
        leaps = looked.leaps
        looked.complete()
        assert looked.leaps == leaps + is_other, "then the desk is shown everything anew"
        assert encode(looked.room) == wanted
        n_others += is_other
    assert n_others > 0, "from a checkpoint before the message to a moment after it"


def test_a_device_that_rests_keeps_its_newest_fix_in_a_glimpse(taken: list[Taken], tmp_path: Path) -> None:
    player = Player(recorded(tmp_path, taken))
    sought(player, 0.999, glimpse=True)
    assert player.is_glimpse
    room = player.room
    picture = room.watch.picture(room.now_us)
    hers = list(picture.devices).index("VIC-0001")  # type: ignore[arg-type]  # a name is a text
    assert np.isfinite(picture.lat_deg[hers])
    assert room.now_us - picture.measured_us[hers] > 200 * S


def test_a_device_that_says_the_same_for_hours_is_where_it_is_in_a_glimpse(tmp_path: Path) -> None:
    """What was thought of it is then the same as a whole history before, to the bit."""
    evening = Evening()
    here = place(0.0)
    for k in range(HISTORY + 60):
        evening.now_us += 30 * S
        hers = replace(evening.fix("VIC-0001", here, accuracy_m=5.0), lat_deg=here[0], lon_deg=here[1])
        far = 6000.0 if k < HISTORY else max(300.0, 6000.0 - 150.0 * (k - HISTORY))
        his = evening.fix("ANK-0001", place(far), at_us=evening.now_us - 40 * S)  # measured before her newest
        evening.run(after_s=0.0, arrivals=(evening.message([hers, his]),))
    steps = [outcome.taken for outcome in evening.outcomes]
    recording = recorded(tmp_path, steps)
    for taken in steps[-40::3]:
        whole, looked = Player(recording, taken.now_us), Player(recording)
        looked.seek(taken.now_us, glimpse=True)
        assert looked.is_glimpse
        assert rows_of(looked) == rows_of(whole)


@pytest.mark.parametrize("spoil", [lambda body: body[:-9], lambda body: body])
def test_a_glimpse_of_a_damaged_checkpoint_is_none(taken: list[Taken], tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    recording = recorded(tmp_path, taken)
    at_us = taken[-1].now_us
    assert recording.glimpse_before(at_us) is not None
    path = tmp_path / "a.bongsu"
    content = bytearray(path.read_bytes())
    newest = max(place for number, place in recording._pieces.items())
    content[newest[1] + 3] ^= 1
    path.write_bytes(spoil(bytes(content)))
    assert RecordingFile(path, KEY).glimpse_before(at_us) is None or recording.glimpse_before(at_us) is None
