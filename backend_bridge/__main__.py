"""Starts `bongsu-bridge`."""

import sys

from backend_bridge.command_line import main as run


def main() -> None:
    """Run the command that the arguments name and exit with its status."""
    sys.exit(run())


if __name__ == "__main__":
    main()
