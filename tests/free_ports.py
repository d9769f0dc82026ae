"""Ports for programs that a test starts, which nothing else takes before they listen."""

import random
import socket
from pathlib import Path
from typing import Final

_OUTGOING: Final = Path("/proc/sys/net/ipv4/ip_local_port_range")
_LOWEST: Final = 10_240


def free_ports(n: int) -> list[int]:
    """Different ports of this machine that nobody listens at.

    They lie below those that the system gives to outgoing connections: of those, one may be taken between this look and the
    program's own bind.
    """
    highest = int(_OUTGOING.read_text().split()[0]) - 1 if _OUTGOING.exists() else 32_767
    ports: list[int] = []
    while len(ports) < n:
        port = random.randint(_LOWEST, highest)
        if port not in ports and _is_free(port):
            ports.append(port)
    return ports


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
