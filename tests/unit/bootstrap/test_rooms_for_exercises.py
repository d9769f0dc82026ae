"""What comes into a room for exercises: no package of real people, no signer that the log does not name, no file that hides what it is."""

import argparse
from pathlib import Path

import pytest

import resources
from backend_bridge.adapters.reenactment_seal import new_key, signers_of
from backend_bridge.adapters.scenario_library import library_of
from backend_bridge.application.inbox import BeginExercise
from backend_bridge.bootstrap.bridge import IdleBridge, open_folder
from backend_bridge.bootstrap.errors import UsageError
from backend_bridge.bootstrap.migration import import_
from backend_bridge.bootstrap.reenact_command import run_reenact_command
from backend_bridge.domain.exercise import Vouched
from backend_bridge.domain.identifiers import UserId

SHIPPED = "01-walk-in"


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """The folder of a room for exercises that is still empty."""
    folder = tmp_path / "room"
    opened = open_folder(folder, None)
    assert opened is not None
    IdleBridge(opened).carry_out([BeginExercise(by=UserId("root"))])
    opened.close()
    return folder


def test_a_package_of_real_people_is_refused_before_it_is_looked_at(room: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        import_(argparse.Namespace(data=room, key_file=None, folder=tmp_path / "package"), lambda _: None)
    assert "is a room for exercises; it takes scenarios and no data of real people" in str(refused.value)


def test_who_may_sign_reenactments_is_in_the_log_before_the_room_takes_them(room: Path) -> None:
    public, _ = new_key()
    given = argparse.Namespace(action="trust", data=room, by="kim", public_key=public, key_file=None)
    assert run_reenact_command(given, lambda _: None) == 0
    assert signers_of(room) == {"kim": public}
    opened = open_folder(room, None)
    assert opened is not None
    lines = b"".join(line for _, line in opened.durable.reader.lines(0)).decode()
    opened.close()
    assert "REENACTMENT_SIGNER" in lines
    assert public in lines
    given.public_key = "no key"
    with pytest.raises(UsageError, match="64 hexadecimal digits"):
        run_reenact_command(given, lambda _: None)


def test_a_scenario_of_ones_own_is_told_from_one_that_ships_whatever_it_says_of_itself(tmp_path: Path) -> None:
    own = tmp_path / "scenarios"
    own.mkdir()
    library = library_of(own, resources.path)
    name = next(each for each in library.files() if each.startswith(SHIPPED))
    text = library.files()[name].read_bytes()
    scenario = library.scenario(name)
    shipped = library.taken(name, scenario)
    assert shipped.vouched is Vouched.SHIPPED
    (own / f"{name}.toml").write_bytes(text)
    assert library.taken(name, scenario) == shipped, "the same to the letter is the same"
    (own / f"{name}.toml").write_bytes(text + b"# moved a little\n")
    changed = library.taken(name, scenario)
    assert (changed.vouched, changed.sha256 != shipped.sha256) == (Vouched.OWN, True)
