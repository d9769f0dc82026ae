"""The bridge that a desk starts itself: a demonstration that leaves nothing behind, and the user's own that goes on and is found again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from stopwatch import Stopwatch

from backend_bridge.application.link_state import LinkPhase, LinkState
from backend_bridge.domain.user import Role
from desktop.__main__ import main
from desktop.bridge_address import BridgeAddress
from desktop.bridge_process import BridgeProcess, DemoBridge, OwnBridge, own_data_folder, running_state, stop_own_bridge
from desktop.demo_room import DemoRoom, DemoSet
from desktop.desk_link import DeskLink, LinkHandlers, LinkSettings

DEMO = Path(__file__).parents[2] / "resources" / "demo"


def started(qtbot: QtBot, make: Callable[..., BridgeProcess]) -> tuple[BridgeProcess, BridgeAddress]:
    addresses: list[BridgeAddress] = []
    failures: list[str] = []
    process = make(addresses.append, failures.append)
    process.start()
    qtbot.waitUntil(lambda: bool(addresses or failures), timeout=120_000)
    assert not failures
    return process, addresses[0]


def linked(address: BridgeAddress, states: list[LinkState], frames: list[object]) -> DeskLink:
    settings = LinkSettings(
        endpoint=address.endpoint, server_key=address.server_key, desk_public=address.desk_public, desk_secret=address.desk_secret
    )
    link = DeskLink(settings, LinkHandlers(on_rows=lambda *_: None, on_frame=frames.append, on_state=states.append))
    link.start()
    return link


def is_running(folder: Path) -> bool:
    return any(str(folder).encode() in command_of(path) for path in Path("/proc").glob("[0-9]*/cmdline"))


def command_of(path: Path) -> bytes:
    """A process's command; nothing where it has ended since it was listed."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_a_demonstration_logs_in_by_itself_shows_positions_and_leaves_nothing(qtbot: QtBot) -> None:
    demo = DemoSet(cases=DEMO / "cases.json", fixes=DEMO / "fixes.parquet", events=DEMO / "events.jsonl", speed=30.0)
    room = DemoRoom(demo)
    process, address = started(qtbot, lambda *told: DemoBridge(room, *told))
    assert isinstance(process, DemoBridge)
    assert address.demo
    states: list[LinkState] = []
    frames: list[object] = []
    link = linked(address, states, frames)
    qtbot.waitUntil(lambda: bool(states) and states[-1].phase is LinkPhase.ASKING, timeout=10_000)
    role, name, password = address.logins[0]
    link.log_in(name, password)
    qtbot.waitUntil(lambda: states[-1].phase is LinkPhase.LIVE and bool(frames), timeout=60_000)
    assert (states[-1].role, states[-1].speed) == (Role(role), 30.0)
    assert password not in repr(address)
    link.stop()
    watch = Stopwatch(*(one.pid for one in room.processes))
    process.stop()
    assert watch.seconds() <= 5.0
    assert not room.folder.exists()
    assert not is_running(room.folder)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = own_data_folder()
    assert folder.is_relative_to(tmp_path)
    yield folder
    stop_own_bridge(folder)


def told_to_stop(capsys: pytest.CaptureFixture[str]) -> str:
    """What `bongsu --stop-bridge` says."""
    with pytest.raises(SystemExit) as left:
        main(["--stop-bridge"])
    assert left.value.code == 0
    return capsys.readouterr().out


def test_the_users_own_bridge_goes_on_when_the_desk_is_closed_and_is_found_again(
    qtbot: QtBot, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    process, address = started(qtbot, lambda *told: OwnBridge(folder, *told))
    states: list[LinkState] = []
    link = linked(address, states, [])
    qtbot.waitUntil(lambda: bool(states) and states[-1].phase is LinkPhase.ASKING, timeout=10_000)
    role, name, password = address.logins[0]
    assert (role, name) == ("administrator", "admin")
    assert (folder / "first-login").stat().st_mode & 0o077 == 0
    link.log_in(name, password)
    qtbot.waitUntil(lambda: states[-1].must_change_password, timeout=10_000)
    changed: list[object] = []
    link.change_password(password, "a password of one's own", changed.append)
    qtbot.waitUntil(lambda: changed == [None] and states[-1].phase is LinkPhase.LIVE, timeout=10_000)
    assert not (folder / "first-login").exists()
    link.stop()
    process.stop()
    state = running_state(folder)
    assert state is not None
    again, found = started(qtbot, lambda *told: OwnBridge(folder, *told))
    assert found.endpoint == address.endpoint
    assert found.logins == ()
    again.stop()
    assert "has ended" in told_to_stop(capsys)
    assert running_state(folder) is None
    assert "does not run" in told_to_stop(capsys)


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    failures: list[str] = []
    process = OwnBridge(tmp_path / "file" / "own", lambda _: None, failures.append)
    process.start()
    qtbot.waitUntil(lambda: bool(failures), timeout=20_000)
    process.stop()
    assert "file" in failures[0]
