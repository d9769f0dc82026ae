"""`bongsu`: reads the arguments quickly, before anything heavy is imported, and leaves the rest to `desktop.start`."""

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from desktop.demo_room import DemoRoom

ENDING = (signal.SIGTERM, signal.SIGINT)
EXAMPLE = """examples:
  bongsu --demo
  bongsu --exercise
  bongsu --connect tcp://10.0.0.5:7712 --server-key 'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7'
  bongsu --demo --picture build/demo.png --until-alarms     (writes a picture once alarms were raised, and ends)"""


def main(argv: Sequence[str] | None = None) -> None:
    """Open the desk and leave with its status."""
    arguments = _arguments(argv)
    if arguments.stop_bridge:
        _stop_bridge()
    if arguments.exercise:
        from desktop.exercise_room import ExerciseRoom

        _run_with(ExerciseRoom, arguments)
    if not arguments.demo:
        from desktop.start import run

        sys.exit(run(arguments, None))
    from desktop.demo_room import DemoRoom, DemoSetMissingError, demo_set

    try:
        played = demo_set(arguments.set, arguments.clock_speed)
    except DemoSetMissingError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    _run_with(lambda: DemoRoom(played), arguments)


def _stop_bridge() -> NoReturn:
    """End the user's own bridge, say so, and leave: with 1 where it is still ending."""
    from desktop.bridge_process import own_data_folder, stop_own_bridge

    try:
        ended = stop_own_bridge(own_data_folder())
    except TimeoutError:
        sys.stderr.write("Your bridge has been told to end and is still writing; give the command again to wait for it.\n")
        sys.exit(1)
    sys.stdout.write("Your bridge has ended: nobody is watched until a desk starts it again.\n" if ended else "Your bridge does not run.\n")
    sys.exit(0)


def _run_with(make: "Callable[[], DemoRoom]", arguments: argparse.Namespace) -> NoReturn:
    """Open the desk on a room that ends with it, and leave with its status."""
    room = _ending_on_signals(make)
    try:
        from desktop.start import run  # the room's own processes load beside the desk's libraries

        sys.exit(run(arguments, room))
    finally:
        room.end()


def _ending_on_signals(make: "Callable[[], DemoRoom]") -> "DemoRoom":
    """A room that ends with a signal too until the desk looks at signals itself: nothing of it stays in the folder for temporary files."""
    came: list[int] = []
    for number in ENDING:
        signal.signal(number, lambda number, _frame: came.append(number))  # a room that is half made has to be made first
    room = make()

    def end(number: int, _frame: object) -> None:
        room.end()
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)

    for number in ENDING:
        signal.signal(number, end)
    for early in came:
        signal.raise_signal(early)
    return room


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bongsu",
        description="The desk of a monitoring control room.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--connect", metavar="tcp://HOST:PORT", help="address of a bridge; without it the desk starts one of your own")
    parser.add_argument("--server-key", metavar="Z85", help="public key of that bridge, 40 characters")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--demo", action="store_true", help="a demonstration with made-up people on a temporary folder")
    instead.add_argument("--exercise", action="store_true", help="a room for exercises: a trainer's desk and a trainee's, side by side")
    instead.add_argument("--stop-bridge", action="store_true", help="end the bridge of your own, which goes on when its desk is closed")
    parser.add_argument("--set", metavar="DIR", type=Path, help="with --demo: play the cases, fixes and events of this folder")
    parser.add_argument("--clock-speed", metavar="N", type=float, default=1.0, help="with --demo: how many times as fast, 1 to 1000")
    parser.add_argument("--picture", metavar="FILE", type=Path, help="save a picture of the window as PNG and end")
    parser.add_argument("--until-alarms", action="store_true", help="with --picture: wait until alarms were raised")
    parser.add_argument("--language", choices=("ko", "en"), help="speak Korean or English")
    parser.add_argument("--theme", choices=("night", "day"), help="draw dark or light")
    parser.add_argument("--version", action="version", version=f"bongsu {version('bongsu')}")
    found = parser.parse_args(argv)
    if (found.connect is None) != (found.server_key is None):
        parser.error("--connect and --server-key belong together: give both or neither.")
    if (found.exercise or found.stop_bridge) and (found.connect is not None or found.picture is not None):
        parser.error("--exercise and --stop-bridge stand alone: they cannot be used with --connect or --picture.")
    if found.connect is not None and (found.demo or not found.connect.startswith("tcp://")):
        parser.error("--connect needs an address such as tcp://host:7712, and cannot be used with --demo.")
    if found.server_key is not None and len(found.server_key) != 40:
        parser.error("--server-key must be 40 characters, as bongsu-bridge enrol-desk prints it.")
    if not 1 <= found.clock_speed <= 1000:
        parser.error("--clock-speed must be between 1 and 1000.")
    if (found.set is not None or found.clock_speed != 1.0) and not found.demo:
        parser.error("--set and --clock-speed belong to --demo.")
    return found


if __name__ == "__main__":
    main()
