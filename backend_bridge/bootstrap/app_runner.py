"""`bongsu-bridge app` at the shell: the QR code, and where a supervisor's password comes from."""

import argparse
import contextlib
import io
import sys

from backend_bridge.bootstrap.errors import UsageError
from backend_bridge.bootstrap.user_runner import password_from


def run_app_command(arguments: argparse.Namespace) -> int:
    """Run `app ACTION`; a pairing's address goes into a QR code at `--out`, or to stdout without one."""
    from backend_bridge.bootstrap.on_folder import Place, run_on_folder, shell_user

    names = ("action", "name", "public_key", "case", "person", "url", "by", "reason")
    given: dict[str, str | int | bool | None] = {name: getattr(arguments, name) for name in names}
    if arguments.action in ("approve", "revoke"):
        given["password"] = password_from(stdin=arguments.password_stdin, again=False)
    place = Place(folder=arguments.data, key_file=arguments.key_file)
    if arguments.action != "pair" or arguments.out is None:
        return run_on_folder(place, "app", given, shell_user())
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        status = run_on_folder(place, "app", given, shell_user())
    if status == 0:
        _draw(printed.getvalue().strip(), arguments)
    return status


def _draw(address: str, arguments: argparse.Namespace) -> None:
    import segno

    try:
        segno.make(address, error="m").save(str(arguments.out), scale=6, border=4)
    except (OSError, ValueError) as error:
        raise UsageError([f"{arguments.out}: the QR code cannot be written: {error}"]) from None
    sys.stdout.write(f"{arguments.out}: to be scanned within 24 hours by the person's own phone, and by nobody else\n")
