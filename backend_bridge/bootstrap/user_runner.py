"""`bongsu-bridge user` at the shell: where the password comes from."""

import argparse
import getpass
import sys

from backend_bridge.bootstrap.errors import UsageError


def run_user_command(arguments: argparse.Namespace) -> int:
    """Run `user ACTION …`; asks for a password where one is needed, or reads it from the standard input."""
    from backend_bridge.bootstrap.on_folder import Place, run_on_folder, shell_user

    given: dict[str, str | int | bool | None] = {"action": arguments.action, "name": arguments.name}
    given |= {"role": arguments.role, "person": arguments.person, "postcode": arguments.postcode}
    given |= {"cases": arguments.cases, "offices": arguments.offices, "kinds": arguments.kinds}
    if arguments.action != "list" and arguments.name is None:
        raise UsageError([f"user {arguments.action}: give the user's NAME"])
    if arguments.action == "add" and arguments.role is None:
        raise UsageError(["user add: give the user's role with --role"])
    if arguments.action in ("add", "passwd"):
        given["password"] = password_from(stdin=arguments.password_stdin, again=True)
    return run_on_folder(Place(folder=arguments.data, key_file=arguments.key_file), "user", given, shell_user())


def password_from(*, stdin: bool, again: bool) -> str:
    """A password from the standard input or typed at the terminal, twice where `again`."""
    if stdin:
        try:
            given = sys.stdin.readline().rstrip("\n")
            given.encode()
        except UnicodeError:
            raise UsageError(["--password-stdin: the first line of the standard input is not UTF-8"]) from None
        return given
    if not sys.stdin.isatty():
        raise UsageError(["no terminal to ask for the password at; give it with --password-stdin"])
    first = getpass.getpass("Password: ")
    if again and getpass.getpass("Again: ") != first:
        raise UsageError(["the two passwords differ; try again"])
    return first
