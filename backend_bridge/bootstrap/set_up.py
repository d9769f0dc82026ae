"""A whole room set up from one file at the first start: its key, who may come in, who works there, the cases, simulated units.

Demo and training rooms begin so, and so can an installation. The file holds passwords: it is removed once the room is set up.
"""

from pathlib import Path
from typing import Final

import msgspec
from typing_extensions import override

from backend_bridge.adapters.curve_keys import checked_key
from backend_bridge.adapters.json_fields import text_of_file
from backend_bridge.adapters.local_control import Request
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.application.inbox import BeginExercise
from backend_bridge.bootstrap.bridge import Bridge
from backend_bridge.bootstrap.errors import UsageError
from backend_bridge.bootstrap.folder_commands import carry_out
from backend_bridge.bootstrap.through_bridge import Terminal
from backend_bridge.domain.identifiers import UserId

_FORMAT: Final = "bongsu-setup/1"


class NewUser(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who works in the room."""

    name: str
    role: str
    password: str


class NewDesk(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A desk that may come in, by its CURVE public key."""

    name: str
    public_key: str


class NewGateway(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A gateway that may come in, by its CURVE public key, for the devices that match its patterns."""

    name: str
    public_key: str
    devices: str


class SetUp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that the file may say; paths are taken from the file's own folder."""

    format: str
    secret_key: str | None = None
    """The bridge's own CURVE secret key, so that its public one is known beforehand; made at the start when there is none."""
    users: tuple[NewUser, ...] = ()
    desks: tuple[NewDesk, ...] = ()
    gateways: tuple[NewGateway, ...] = ()
    exercise: bool = False
    """Whether the room is one for exercises, for good: it plays scenarios, takes no other data and reaches nobody."""
    cases: str | None = None
    """A file of cases."""
    roads: str | None = None
    """A road network for simulated police units; without it there are none."""


def read_set_up(path: Path) -> SetUp:
    """Read the file; whoever has carried it out removes it. Raises `UsageError` when it cannot be taken."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=SetUp)
    except OSError as error:
        raise UsageError([f"--set-up {path}: cannot be read: {error.strerror or 'unknown reason'}"]) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError([f"--set-up {path}: {error}; docs/administrator.md shows what such a file holds"]) from None
    if found.format != _FORMAT:
        raise UsageError([f'--set-up {path}: format must be "{_FORMAT}"'])
    if found.secret_key is not None:
        try:
            checked_key(found.secret_key, "secret_key")
        except InputRefusedError as error:
            raise UsageError([f"--set-up {path}: {problem}" for problem in error.problems]) from None
    return found


def set_up(bridge: Bridge, wanted: SetUp, beside: Path, user: str) -> None:
    """Carry out what the file says, as the commands of a shell would; raises `UsageError` at the first that is refused."""
    terminal = _Quiet()
    if wanted.exercise and (wanted.cases is not None or wanted.gateways or wanted.roads is not None):
        raise UsageError(["--set-up: a room for exercises has no cases, gateways or units of its own; its scenarios bring them"])
    if wanted.exercise:
        bridge.carry_out([BeginExercise(by=UserId(user))])
    try:
        requests = _requests(wanted, beside, user)
    except InputRefusedError as error:
        raise UsageError([f"--set-up: {problem}" for problem in error.problems]) from None
    for request in requests:
        if carry_out(bridge, request, terminal) != 0:
            raise UsageError([f"--set-up: {request.command}: {sentence}" for sentence in terminal.sentences])


class _Quiet(Terminal):
    """Keeps what is wrong, and says nothing of what is done."""

    def __init__(self) -> None:
        super().__init__()
        self.sentences: list[str] = []

    @override
    def out(self, text: str) -> None:
        """Let it fall."""

    @override
    def err(self, text: str) -> None:
        """Keep the sentence."""
        self.sentences.append(text)


def _requests(wanted: SetUp, beside: Path, user: str) -> list[Request]:
    asked: list[tuple[str, dict[str, str | int | bool | None]]] = [
        *(("user", {"action": "add", **msgspec.structs.asdict(person)}) for person in wanted.users),
        *(("enrol-desk", msgspec.structs.asdict(desk)) for desk in wanted.desks),
        *(("enrol-gateway", msgspec.structs.asdict(gateway)) for gateway in wanted.gateways),
    ]
    if wanted.cases is not None:
        path = beside / wanted.cases
        asked.append(("import-cases", {"text": text_of_file(path), "file": str(path)}))
    return [Request(command=command, arguments=arguments, user=user) for command, arguments in asked]
