"""How long from a fix handed to the bridge until the sealed feed of a protected person's app says it; a whole bridge, a real link.

`python bench/app_feed.py [FIXES]`
"""

import importlib
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import zmq
from live_room import Gateway, LiveBridge, live

from backend_bridge.adapters.time_text import us_of_text
from backend_bridge.domain.quantities import MICROSECONDS

app_link: Any = importlib.import_module("test_app_link")
"""The module `tests/integration/test_app_link.py`: an app gateway and an app written from the document."""

N_WARM = 5


def main(n: int) -> None:
    """Measure and print."""
    bridge = LiveBridge(Path(tempfile.mkdtemp()))
    gateway = Gateway(bridge)
    keys = zmq.curve_keypair()
    printed = bridge.shell("app", "enrol-gateway", "--name", "carrier", f"--public-key={keys[0].decode()}")
    carrier = app_link.AppGateway(bridge, keys, printed.strip().rpartition("\n")[2].encode())
    app = app_link.paired(bridge, carrier, 1)
    delays_ms = [measured_ms(gateway, app, number) for number in range(n + N_WARM)][N_WARM:]
    figures = np.percentile(delays_ms, [50, 90, 99, 100])
    print(f"{platform.processor() or platform.machine()}, {n} fixes: from the fix to the feed, ms")
    print("| p50 | p90 | p99 | most |\n|---|---|---|---|")
    print("| " + " | ".join(f"{figure:.0f}" for figure in figures) + " |")
    carrier.close()
    gateway.close()
    bridge.stop()


def measured_ms(gateway: Any, app: Any, number: int) -> float:
    """A fix of both, and how long it took until the feed told its second; the one before was measured in an earlier second."""
    time.sleep(1.0 + 0.037 * (number % 27))
    began_us = live.now_us()
    app_link.stand(gateway, 1, 300.0 + number % 7)
    while True:
        near = app.newest()["near"]
        if near and us_of_text(near[0]["measured_at"]) >= began_us // MICROSECONDS * MICROSECONDS:
            return float(live.now_us() - began_us) / 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
