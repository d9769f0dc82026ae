"""`simulate-units`: police cars for demos and training, over the same TLS link as real ones."""

import argparse
import shutil
import signal
import socket
import ssl
import threading
from pathlib import Path
from typing import Final

from backend_bridge.adapters.channel_settings import ChannelSettingsWrong, read_channel_settings
from backend_bridge.adapters.demo_certificates import write_demo_certificates
from backend_bridge.adapters.system_clock import SystemClock
from backend_bridge.adapters.unit_simulator import UnitFleet, units_of
from backend_bridge.bootstrap.errors import UsageError
from backend_bridge.bootstrap.outside import ROADS, SETTINGS

_TOML: Final = """[units]
listen_host = "127.0.0.1"
listen_port = {port}
certificate_file = "units-server.pem"
key_file = "units-server.key"
client_ca_file = "units-ca.pem"
"""


def simulate_units(arguments: argparse.Namespace) -> int:
    """Prepare a folder for simulated units, or be them until SIGTERM; raises `UsageError`."""
    if arguments.prepare:
        prepare_units(arguments.data, arguments.roads)
        return 0
    try:
        units = units_of(arguments.units)
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError([f'{arguments.units}: must be a JSON list of {{"unit", "callsign", "lat", "lon"}}']) from None
    try:
        settings = read_channel_settings(arguments.data / SETTINGS).units
    except ChannelSettingsWrong as error:
        raise UsageError([str(error)]) from None
    if settings is None:
        raise UsageError([f"{arguments.data}: not prepared for units; call this with --prepare before the bridge starts"])
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopping.set())
    fleet = UnitFleet(units, (settings.listen_host, settings.listen_port), _client_tls(arguments.data), SystemClock().now_us)
    fleet.run(stopping)
    return 0


def prepare_units(folder: Path, roads: Path | None) -> None:
    """Certificates, settings and roads; raises `UsageError` where a folder has settings of its own."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if (folder / SETTINGS).exists():
        raise UsageError([f"{folder / SETTINGS}: is there already; simulated units are for demo and training folders"])
    write_demo_certificates(folder, SystemClock().now_us())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        (folder / SETTINGS).write_text(_TOML.format(port=probe.getsockname()[1]), encoding="utf8")
    if roads is not None:
        shutil.copyfile(roads, folder / ROADS)


def _client_tls(folder: Path) -> ssl.SSLContext:
    tls = ssl.create_default_context(cafile=str(folder / "units-ca.pem"))
    tls.check_hostname = False  # the certificate names the address, and the fleet connects by it
    tls.load_cert_chain(folder / "units-client.pem", folder / "units-client.key")
    return tls
