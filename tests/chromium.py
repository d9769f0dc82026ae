"""Debian's Chromium without a window, driven over the DevTools protocol on two pipes: what a page is told and shows, nothing faked."""

import json
import os
import queue
import signal
import subprocess
import threading
import time
from base64 import b64decode
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

PROGRAM: Final = os.environ.get("BONGSU_CHROMIUM", "")
"""Where Chromium is; `make test-browser` says it, and without it no test starts one."""
FLAGS: Final = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
    "--window-size=412,870",
)
WITHIN_S: Final = 60.0


class Chromium:
    """One browser with a new profile."""

    def __init__(self, profile: Path) -> None:
        asked, self._ask = os.pipe()
        self._answers, answered = os.pipe()
        wrapped = ["bash", "-c", f'exec "$@" 3<&{asked} 4>&{answered}', "chromium", PROGRAM, *FLAGS, f"--user-data-dir={profile}"]
        self._process = subprocess.Popen(
            [*wrapped, "about:blank"],
            pass_fds=(asked, answered),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(asked)
        os.close(answered)
        self._n = 0
        self._heard: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self.requests: list[str] = []
        """Every address that a page asked for."""
        self._listener = threading.Thread(target=self._listen, name="chromium")
        self._listener.start()

    def _listen(self) -> None:
        with os.fdopen(self._answers, "rb") as pipe:
            rest = b""
            while piece := os.read(pipe.fileno(), 1 << 16):
                *whole, rest = (rest + piece).split(b"\0")
                for message in whole:
                    self._heard.put(json.loads(message))
        self._heard.put(None)

    def tell(self, method: str, session: str | None = None, **parameters: object) -> dict[str, Any]:
        """Send a command and wait for its answer; raises where the browser refuses it or is gone."""
        self._n += 1
        message = {"id": self._n, "method": method, "params": parameters} | ({} if session is None else {"sessionId": session})
        os.write(self._ask, json.dumps(message).encode() + b"\0")
        while True:
            heard = self._heard.get(timeout=WITHIN_S)
            assert heard is not None, "Chromium has ended"
            if heard.get("method") == "Network.requestWillBeSent":
                self.requests.append(heard["params"]["request"]["url"])
            if heard.get("id") == self._n:
                assert "error" not in heard, (method, heard["error"])
                result: dict[str, Any] = heard["result"]
                return result

    def page(self, address: str) -> "Page":
        """A new page at that address."""
        target = self.tell("Target.createTarget", url="about:blank")["targetId"]
        session = self.tell("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.tell(f"{domain}.enable", session)
        self.tell("Page.navigate", session, url=address)
        return Page(self, session)

    def close(self) -> None:
        """End it and everything that it started."""
        with suppress(OSError):
            os.close(self._ask)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._listener.join(10)


class Page:
    """One page as a person has it before them."""

    def __init__(self, browser: Chromium, session: str) -> None:
        self._browser, self._session = browser, session

    def run(self, script: str) -> Any:
        """What a script gives in the page, awaited where it is a promise."""
        answer = self._browser.tell("Runtime.evaluate", self._session, expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def shows(self) -> str:
        """What kind of picture it is, and every word of it."""
        shown = self.run("(s => s === null ? '' : s.dataset.kind + ' ' + s.innerText)(document.getElementById('status'))")
        return str(shown)

    def until(self, kind: str) -> str:
        """Wait for a picture of that kind; its words."""
        return str(self.until_true(f"(s => s !== null && s.dataset.kind === '{kind}')(document.getElementById('status'))") and self.shows())

    def until_true(self, script: str) -> bool:
        """Wait until a script gives something true."""
        until = time.monotonic() + WITHIN_S
        while time.monotonic() < until:
            if self.run(script):
                return True
            time.sleep(0.1)
        raise AssertionError(f"never: {script}; the page shows {self.shows()}")

    def hold(self, element: str, seconds: float) -> None:
        """Press a finger on an element for so long."""
        x, y = self.run(f"(r => [r.x + r.width / 2, r.y + r.height / 2])(document.getElementById('{element}').getBoundingClientRect())")
        for kind in ("mousePressed", "mouseReleased"):
            self._browser.tell("Input.dispatchMouseEvent", self._session, type=kind, x=x, y=y, button="left", clickCount=1)
            time.sleep(seconds)

    def picture(self) -> bytes:
        """The page as a PNG."""
        return b64decode(self._browser.tell("Page.captureScreenshot", self._session, format="png")["data"])
