"""`export` and `import`: a room's whole history as a package, and a new room from one."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from backend_bridge.adapters.artefacts import absolute
from backend_bridge.adapters.keys import store_key
from backend_bridge.adapters.packages import export_package, import_package, reconciled
from backend_bridge.adapters.progress import Progress
from backend_bridge.adapters.refusals import FolderRefusedError, InputRefusedError, StoreRefusedError
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.application.room_state import Room
from backend_bridge.bootstrap.bridge import OpenFolder, open_folder
from backend_bridge.bootstrap.errors import UsageError
from backend_bridge.bootstrap.on_folder import Place, run_on_folder, shell_user
from backend_bridge.domain.identifiers import UserId


def export(arguments: argparse.Namespace, say: Callable[[str], None]) -> int:
    """Write a package, also while the bridge runs; that it is read is in the log first. Raises `UsageError`."""
    place = Place(folder=arguments.data, key_file=arguments.key_file)
    made = {"what": "package", "file": absolute(arguments.folder)}
    status = run_on_folder(place, "note-read", {"of": "export", "scope": "the whole history", **made}, shell_user())
    if status != 0:
        return status
    try:
        reader = StoreReader.open(place.folder, store_key(place.folder, place.key_file).key)
        try:
            with Progress("exporting", reader.n_fixes(), "fixes") as progress:
                records = export_package(reader, arguments.folder, progress.reached)
        finally:
            reader.close()
    except InputRefusedError as error:
        raise UsageError(error.problems) from None
    except (FolderRefusedError, StoreRefusedError, OSError) as error:
        raise UsageError([str(error)]) from None
    say(f"{arguments.folder}: {_summary(records)}")
    return 0


def import_(arguments: argparse.Namespace, say: Callable[[str], None]) -> int:
    """Make a new room of a package and compare; status 1 when something is not as the package says.

    Raises `UsageError`; then of a new folder nothing is left, and the same command can be given again.
    """
    try:
        opened = open_folder(arguments.data, arguments.key_file, begun_by="import")
    except (FolderRefusedError, StoreRefusedError) as error:
        raise UsageError([str(error)]) from None
    if opened is None:
        raise UsageError([f"{arguments.data}: a bridge runs on this folder; a package is imported into a new one"])
    try:
        records, missing = _taken_in(opened, arguments)
    except BaseException:
        opened.give_up()
        raise
    opened.beginning.done()
    opened.close()
    for sentence in missing:
        say(sentence)
    say(f"{arguments.data}: {_summary(records)}; " + ("all as in the package" if not missing else f"{len(missing)} not as in the package"))
    return 1 if missing else 0


def _taken_in(opened: OpenFolder, arguments: argparse.Namespace) -> tuple[Mapping[str, object], list[str]]:
    """What the package says of its records, and what of it is not in the store as it was there."""
    try:
        _must_take_real_people(opened.durable.room, arguments.data)
        with Progress("importing", 0, "fixes") as progress:
            records = import_package(opened.durable, arguments.folder, UserId(shell_user()), progress.reached)
        return records, reconciled(opened.durable.reader, opened.durable.room, records)
    except InputRefusedError as error:
        raise UsageError(error.problems) from None
    except OSError as error:
        raise UsageError([f"{arguments.folder}: cannot be read: {error.strerror}"]) from None
    except (ValueError, LookupError, TypeError, AttributeError):
        raise UsageError([f"{arguments.folder}: holds rows that are not as export writes them; export anew"]) from None


def _must_take_real_people(room: Room, folder: Path) -> None:
    if room.exercise:
        raise InputRefusedError([f"{folder}: is a room for exercises; it takes scenarios and no data of real people"])


def _summary(records: Mapping[str, object]) -> str:
    counts = []
    for kind, names in records.items():
        if isinstance(names, dict):
            total = sum(entry["count"] for entry in names.values())
            counts.append(f"{total:,} {kind} of {len(names):,}")
    return ", ".join(counts) or "nothing"
