"""Carrying out a command on a data folder: through the bridge that runs on it, else with the folder's lock."""

import os
import pwd
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backend_bridge.adapters.local_control import Request
from backend_bridge.bootstrap.errors import UsageError
from backend_bridge.bootstrap.through_bridge import Terminal, through_bridge

_PATIENCE_S: Final = 15.0
"""How long to wait for a bridge that holds the lock but does not answer yet, or for another command to end."""
_LOOK_S: Final = 0.05
"""How often a follower looks for what is new where no bridge tells it."""

Given = Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A data folder, and where its key lies when that was said."""

    folder: Path
    key_file: Path | None


def run_on_folder(place: Place, command: str, given: Given, user: str) -> int:
    """Carry out `command` and return its status; raises `UsageError`."""
    request = Request(command=command, arguments=dict(given), user=user)
    until = time.monotonic() + _PATIENCE_S
    terminal = Terminal()
    while True:
        status = through_bridge(place.folder, request, terminal)
        if status is None:
            status = _with_lock(place, request, terminal)
        if status is not None:
            return status
        if time.monotonic() > until:
            raise UsageError([f"{place.folder}: another process holds the folder and does not answer; end it or try again"])
        time.sleep(0.05)


def follow_log(place: Place, since: int, user: str) -> int:
    """Print the log and go on with new entries, also over stops and starts of the bridge, until the reader goes away."""
    terminal = Terminal()
    arguments: dict[str, str | int | bool | None] = {"since": since, "follow": True}
    while True:
        request = Request(command="log", arguments=arguments, user=user)
        try:
            status = through_bridge(place.folder, request, terminal)
        except UsageError:
            status = None  # the bridge stopped; what it printed is not printed again
        if status is None and terminal.last_n is None:
            once = Request(command="log", arguments=arguments | {"once": True}, user=user)
            status = _with_lock(place, once, terminal)
        if status not in (None, 0):
            return status or 0
        if terminal.last_n is not None:
            _follow_idle(place, terminal)
        arguments["since"] = max(since, terminal.last_n or 0)
        time.sleep(_LOOK_S)


def _follow_idle(place: Place, terminal: Terminal) -> None:
    """Print what commands write while no bridge runs; ends when one answers again. That the log is read is an entry already."""
    from backend_bridge.adapters.keys import store_key
    from backend_bridge.adapters.local_control import is_served
    from backend_bridge.adapters.store_reads import StoreReader

    reader = StoreReader.open(place.folder, store_key(place.folder, place.key_file).key)
    try:
        while not is_served(place.folder):
            if reader.last_n() > (terminal.last_n or 0):
                for _, line in reader.lines(terminal.last_n or 0):
                    terminal.out(line.decode())
            time.sleep(_LOOK_S)
    finally:
        reader.close()


def _with_lock(place: Place, request: Request, terminal: Terminal) -> int | None:
    """The status of carrying it out here; None when another process holds the lock."""
    from backend_bridge.adapters.refusals import FolderRefusedError, StoreRefusedError
    from backend_bridge.bootstrap.bridge import IdleBridge, open_folder
    from backend_bridge.bootstrap.folder_commands import carry_out

    try:
        opened = open_folder(place.folder, place.key_file)
    except (FolderRefusedError, StoreRefusedError) as error:
        raise UsageError([str(error)]) from None
    if opened is None:
        return None
    if opened.key.warning is not None and opened.key.is_new:
        sys.stderr.write(opened.key.warning + "\n")
    try:
        return carry_out(IdleBridge(opened), request, terminal)
    finally:
        opened.close()


def verify_on_folder(place: Place, checkpoints: Path | None, user: str) -> int:
    """Check the store, against checkpoints where they are given; a store that cannot be opened is status 1, with a sentence on stdout."""
    request = Request(command="verify", arguments={"checkpoints": None if checkpoints is None else str(checkpoints)}, user=user)
    terminal = Terminal()
    status = through_bridge(place.folder, request, terminal)
    if status is not None:
        return status
    from backend_bridge.adapters.case_keys import FILE_NAME, refuse_where_lost
    from backend_bridge.adapters.keys import store_key
    from backend_bridge.adapters.refusals import FolderRefusedError, StoreRefusedError
    from backend_bridge.adapters.store_reads import StoreReader
    from backend_bridge.bootstrap.folder_commands import verify_store

    out = terminal.out
    try:
        reader = StoreReader.open(place.folder, store_key(place.folder, place.key_file).key)
    except (FolderRefusedError, StoreRefusedError) as error:
        out(str(error))
        return 1
    try:
        refuse_where_lost(place.folder / FILE_NAME)
        return verify_store(reader, checkpoints, out)
    except StoreRefusedError as error:
        out(str(error))
        return 1
    finally:
        reader.close()


def shell_user() -> str:
    """Login name of the person at this shell."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
