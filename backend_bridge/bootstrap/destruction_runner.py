"""`destroy`, `ledger`, `export-track` and `open-export` at the shell: where passwords come from, where answers go."""

import argparse
import contextlib
import io
from collections.abc import Callable

from backend_bridge.bootstrap.errors import UsageError
from backend_bridge.bootstrap.user_runner import password_from

_DECIDES = frozenset({"ask", "approve", "refuse", "hold", "lift"})


def run_destroy(arguments: argparse.Namespace) -> int:
    """Run `destroy ACTION`; whoever decides gives their password."""
    from backend_bridge.bootstrap.on_folder import Place, run_on_folder, shell_user

    names = ("action", "name", "case", "ground", "reason", "until", "by")
    given: dict[str, str | int | bool | None] = {name: getattr(arguments, name) for name in names}
    given["out"] = None if arguments.out is None else str(arguments.out.resolve())
    if arguments.action in _DECIDES:
        given["password"] = password_from(stdin=arguments.password_stdin, again=False)
    return run_on_folder(Place(folder=arguments.data, key_file=arguments.key_file), "destroy", given, shell_user())


def run_retention(arguments: argparse.Namespace) -> int:
    """Run `retention`; whoever proposes or decides gives their password."""
    from backend_bridge.bootstrap.on_folder import Place, run_on_folder, shell_user

    given: dict[str, str | int | bool | None] = {
        name: getattr(arguments, name) for name in ("propose", "approve", "refuse", "reason", "by")
    }
    if not arguments.dry_run:
        given["password"] = password_from(stdin=arguments.password_stdin, again=False)
    return run_on_folder(Place(folder=arguments.data, key_file=arguments.key_file), "retention", given, shell_user())


def run_end_order(arguments: argparse.Namespace) -> int:
    """Run `end-order`; whoever enters or decides under a name gives their password."""
    from backend_bridge.bootstrap.on_folder import Place, run_on_folder, shell_user

    names = ("case", "at", "reason", "ground", "confirm", "refuse", "by")
    given: dict[str, str | int | bool | None] = {name: getattr(arguments, name) for name in names}
    if arguments.by is not None:
        given["password"] = password_from(stdin=arguments.password_stdin, again=False)
    return run_on_folder(Place(folder=arguments.data, key_file=arguments.key_file), "end-order", given, shell_user())


def run_ledger(arguments: argparse.Namespace) -> int:
    """Run `ledger WHAT`: CSV on the standard output, or into a new file."""
    from backend_bridge.bootstrap.on_folder import Place, run_on_folder, shell_user

    given = {"what": arguments.what, "from": arguments.from_, "to": arguments.to, "of_user": arguments.of_user, "person": arguments.person}
    place = Place(folder=arguments.data, key_file=arguments.key_file)
    if arguments.out is None:
        return run_on_folder(place, "ledger", given, shell_user())
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        status = run_on_folder(place, "ledger", given, shell_user())
    if status == 0:
        try:
            arguments.out.touch(mode=0o600, exist_ok=False)
            arguments.out.write_text(printed.getvalue(), encoding="utf-8-sig")
        except OSError as error:
            raise UsageError([f"{arguments.out}: a new file is needed: {error.strerror}"]) from None
    return status


def run_export_track(arguments: argparse.Namespace) -> int:
    """Run `export-track`; whoever has the grant gives their password."""
    from backend_bridge.bootstrap.on_folder import Place, run_on_folder, shell_user

    given: dict[str, str | int | bool | None] = {name: getattr(arguments, name) for name in ("device", "grant", "recipient", "by", "to")}
    given |= {"from": arguments.from_, "target": str(arguments.file.resolve())}
    given["password"] = password_from(stdin=arguments.password_stdin, again=False)
    return run_on_folder(Place(folder=arguments.data, key_file=arguments.key_file), "export-track", given, shell_user())


def run_open_export(arguments: argparse.Namespace, say: Callable[[str], None]) -> int:
    """Open an export with its passphrase, into a new folder."""
    from backend_bridge.adapters.refusals import InputRefusedError
    from backend_bridge.adapters.sealed_exports import opened, write_opened

    passphrase = password_from(stdin=arguments.password_stdin, again=False)
    try:
        files = opened(arguments.file.read_bytes(), passphrase)
        write_opened(files, arguments.out)
    except InputRefusedError as error:
        raise UsageError(error.problems) from None
    except OSError as error:
        raise UsageError([f"{arguments.file}: cannot be read: {error.strerror}"]) from None
    say(f"{arguments.out}: {', '.join(sorted(files))}")
    return 0
