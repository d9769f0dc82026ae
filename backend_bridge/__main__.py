"""Starts `bongsu-bridge`."""

import sys

from backend_bridge.bootstrap.early_stop import leave_at_once


def main() -> None:
    """Run the command that the arguments name and exit with its status."""
    if sys.argv[1:2] == ["serve"]:
        leave_at_once()  # loading the libraries takes a second or two, and a stop must not be an error meanwhile
    from backend_bridge.command_line import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
