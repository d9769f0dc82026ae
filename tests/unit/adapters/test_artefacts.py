"""Which files with people's data are out is known file by file, however long their paths are."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend_bridge.adapters.artefacts import Artefact, artefact_record, artefacts
from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.application.inbox import Inbox

LONG = "/".join(["", "far", *["x" * 40] * 5, "copy.db"])


@pytest.fixture
def durable(tmp_path: Path) -> Iterator[DurableRoom]:
    opened = DurableRoom.open(tmp_path, bytes(32), lambda: 1_795_394_536_000_000)
    yield opened
    opened.close()


def enter(durable: DurableRoom, path: str, *, gone: bool = False) -> None:
    durable.step(Inbox(), [artefact_record(Artefact(what="backup", path=path, gone=gone))])


def test_two_long_paths_with_the_same_end_are_two_files(durable: DurableRoom) -> None:
    enter(durable, f"/one{LONG}")
    enter(durable, f"/two{LONG}")
    assert [each.path for each in artefacts(durable.reader)] == [f"/one{LONG}", f"/two{LONG}"]
    enter(durable, f"/one{LONG}", gone=True)
    assert [each.path for each in artefacts(durable.reader)] == [f"/two{LONG}"]


def test_a_file_that_an_earlier_version_named_by_its_end_is_gone_when_this_one_says_so(durable: DurableRoom) -> None:
    path = f"/one{LONG}"
    durable.step(Inbox(), [replace(artefact_record(Artefact(what="backup", path=path)), name=path[-128:])])
    enter(durable, path, gone=True)
    assert artefacts(durable.reader) == []
