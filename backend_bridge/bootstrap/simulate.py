"""`simulate`: a gateway that plays a file."""

import argparse
import re
import signal
import sys
import threading
from typing import Final

from backend_bridge.adapters.curve_keys import checked_key, read_secret
from backend_bridge.adapters.event_files import read_event_file
from backend_bridge.adapters.fix_files import read_fix_file
from backend_bridge.adapters.gateway_queue import queue_of
from backend_bridge.adapters.gateway_simulator import GatewaySimulator
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.bootstrap.errors import UsageError

_ADDRESS: Final = re.compile(r"tcp://(?:[\w.-]+|\[[\da-fA-F:.]+\]):(\d{1,5})", re.ASCII)
_LAST_PORT: Final = 65_535


def simulate(arguments: argparse.Namespace) -> int:
    """Play until the files are over, or until SIGTERM or SIGINT; raises `UsageError`."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopping.set())
    try:
        secret = read_secret(arguments.secret_key_file)
        server_key = checked_key(arguments.server_key, "--server-key")
        fixes = read_fix_file(arguments.fixes)
        events = () if arguments.events is None else read_event_file(arguments.events)
    except InputRefusedError as error:
        raise UsageError(error.problems) from None
    address = _ADDRESS.fullmatch(arguments.to)
    if address is None or not 0 < int(address[1]) <= _LAST_PORT:
        raise UsageError([f"--to {arguments.to}: must be an address such as tcp://127.0.0.1:7711"])
    if len(fixes) == 0:
        raise UsageError([f"{arguments.fixes}: holds no fix to play"])
    try:
        queue = queue_of(arguments.secret_key_file, secret, server_key)
        simulator = GatewaySimulator(
            fixes=fixes,
            events=events,
            to=arguments.to,
            server_key=server_key,
            secret_key=secret,
            queue=queue,
            speed=arguments.speed,
            is_looped=arguments.loop,
        )
    except InputRefusedError as error:
        raise UsageError(error.problems) from None
    simulator.run(stopping, _report)
    return 0


def _report(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
