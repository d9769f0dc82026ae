"""How long from a fix handed to the bridge until the sealed feed of a protected person's app says it; a whole bridge, a real link.

`python bench/app_feed.py [FIXES]`; with `tools/with_chromium.sh` before it also until the app's screen in Chromium has drawn it.
"""

import importlib
import platform
import subprocess
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
DRAWN = """new Promise(done => {
  const age = () => Number((document.getElementById('age').innerText.match(/[0-9]+/) ?? [99])[0]);
  const look = () => age() <= 1 ? requestAnimationFrame(() => done(Date.now())) : setTimeout(look, 5);
  look();
})"""
"""When the first frame was drawn after the page said that the position is of now."""
AGED_S = 4.0


def main(n: int) -> None:
    """Measure and print."""
    bridge = LiveBridge(Path(tempfile.mkdtemp()))
    gateway = Gateway(bridge)
    keys = zmq.curve_keypair()
    printed = bridge.shell("app", "enrol-gateway", "--name", "carrier", f"--public-key={keys[0].decode()}")
    carrier = app_link.AppGateway(bridge, keys, printed.strip().rpartition("\n")[2].encode())
    app = app_link.paired(bridge, carrier, 1)
    delays_ms = [measured_ms(gateway, app, number) for number in range(n + N_WARM)][N_WARM:]
    tell("the feed", delays_ms)
    carrier.close()
    chromium: Any = importlib.import_module("chromium")
    if chromium.PROGRAM:
        tell("the app's screen in Chromium", on_screen_ms(bridge, gateway, chromium.Chromium(Path(tempfile.mkdtemp())), n // 2))
    gateway.close()
    bridge.stop()


def tell(where: str, delays_ms: list[float]) -> None:
    """The table of one measurement."""
    figures = np.percentile(delays_ms, [50, 90, 99, 100])
    print(f"{platform.processor() or platform.machine()}, {len(delays_ms)} fixes: from the fix to {where}, ms")
    print("| p50 | p90 | p99 | most |\n|---|---|---|---|")
    print("| " + " | ".join(f"{figure:.0f}" for figure in figures) + " |", flush=True)


def on_screen_ms(bridge: Any, gateway: Any, browser: Any, n: int) -> list[float]:
    """A fix after some seconds without one; how long it takes until the page says that it is of now."""
    public, secret = zmq.curve_keypair()
    printed = bridge.shell("app", "enrol-gateway", "--name", "screen", f"--public-key={public.decode()}")
    key = Path(tempfile.mkdtemp()) / "gateway.key"
    key.write_bytes(secret)
    command = [sys.executable, "-m", "reference_app.gateway", "--to", bridge.apps, "--secret-key-file", str(key)]
    command += [f"--server-key={printed.strip().rpartition(chr(10))[2]}", "--listen", "127.0.0.1:0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    base = process.stdout.readline().split()[1]
    page = browser.page(bridge.shell("app", "pair", "--case", "C-1", "--person", "V-1", "--url", base).strip())
    page.until("near")
    found = []
    for number in range(n + N_WARM):
        time.sleep(AGED_S + 0.037 * (number % 27))
        began_us = live.now_us()
        app_link.stand(gateway, 1, 300.0 + number % 7)
        found.append(page.run(DRAWN) - began_us / 1000)
    browser.close()
    process.terminate()
    return found[N_WARM:]


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
