"""The reference app in a real browser, behind its gateway, at a whole bridge: what a protected person sees and can do."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import zmq
from live_bridge import PASSWORD, Gateway, LiveBridge, fixes_of, place_of
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from pytestqt.qtbot import QtBot
from test_desk_link_live import alarms_after

from reference_app.gateway import Server


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveBridge]:
    made = LiveBridge(tmp_path_factory.mktemp("reference"), n_cases=2)
    made.user("park", "supervisor")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def carrier(bridge: LiveBridge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Where the gateway serves the app, and its process."""
    public, secret = zmq.curve_keypair()
    printed = bridge.shell("app", "enrol-gateway", "--name", "carrier", f"--public-key={public.decode()}")
    key = tmp_path_factory.mktemp("key") / "gateway.key"
    key.write_bytes(secret)
    command = [sys.executable, "-m", "reference_app.gateway", "--to", bridge.apps, "--secret-key-file", str(key)]
    command += [f"--server-key={printed.strip().rpartition(chr(10))[2]}", "--listen", "127.0.0.1:0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    yield process.stdout.readline().split()[1], process
    process.kill()


class Phone:
    """The page as a person sees it."""

    def __init__(self, qtbot: QtBot, address: str) -> None:
        if os.geteuid() == 0:
            os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # Chromium's sandbox cannot be set up by root
        self.qtbot = qtbot
        self.profile = QWebEngineProfile()
        self.page = QWebEnginePage(self.profile)
        with qtbot.waitSignal(self.page.loadFinished, timeout=20_000):
            self.page.load(QUrl(address))

    def run(self, script: str) -> object:
        answers: list[object] = []
        self.page.runJavaScript(script, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return answers[0]

    def shows(self) -> str:
        return str(self.run("document.getElementById('status').dataset.kind + ' ' + document.getElementById('status').innerText"))

    def until(self, kind: str, timeout_s: float = 20.0) -> str:
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            shown = self.shows()
            if shown.startswith(kind):
                return shown
            self.qtbot.wait(100)
        raise AssertionError(f"{kind} never came; the page shows {self.shows()}")

    def close(self) -> None:
        with self.qtbot.waitSignal(self.page.destroyed):
            self.page.deleteLater()


def test_a_person_pairs_sees_who_is_near_calls_for_help_and_is_told_when_the_link_is_gone(
    bridge: LiveBridge, carrier: tuple[str, subprocess.Popen[str]], qtbot: QtBot
) -> None:
    base, process = carrier
    unpaired = Phone(qtbot, base)
    assert unpaired.until("unpaired")
    unpaired.close()
    address = bridge.shell("app", "pair", "--case", "C-1", "--person", "V-1", "--url", base).strip()
    phone = Phone(qtbot, address)
    phone.run("document.getElementById('language').textContent === 'English' && document.getElementById('language').click(); 1")
    assert "Nobody is near" in phone.until("clear")
    assert phone.run("location.hash") == ""

    gateway = Gateway(bridge)
    lat, lon = place_of(1)
    gateway.hand_in("P", fixes_of("VIC-1", [(lat + 0.02, lon)] * 4))
    gateway.hand_in("P", fixes_of("ANK-1", [(lat + 0.02 + 400 / 110_990, lon)] * 4))
    shown = phone.until("near")
    assert "to the north" in shown
    assert "position measured" in shown
    phone.qtbot.waitUntil(lambda: phone.run("document.querySelectorAll('path.wearer').length") == 1, timeout=5000)

    desk = bridge.desk("desk-1", "park")
    phone.run("document.getElementById('sos').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'})); 1")

    def is_told() -> bool:
        desk.take_in()  # what comes to the desk meanwhile is answered, and heard below
        return "has received" in str(phone.run("document.getElementById('sos-state').textContent"))

    phone.qtbot.waitUntil(is_told, timeout=20_000)  # the page's requests go out only while its event loop runs
    assert alarms_after(desk, "VIC-1")["kind"]
    word = ("--case", "C-1", "--person", "V-1", "--by", "park", "--reason", "wish", "--password-stdin")
    bridge.shell("app", "revoke", *word, secret=PASSWORD + "\n")
    phone.until("clear", 5.0)

    process.kill()
    assert "not now" in phone.until("lost", 10.0)
    phone.close()
    desk.close()
    gateway.close()


def test_the_app_can_ask_for_nothing(bridge: LiveBridge, carrier: tuple[str, subprocess.Popen[str]]) -> None:
    source = "\n".join(path.read_text() for path in (Path(__file__).parents[2] / "reference_app" / "page").glob("*.js"))
    assert source.count("fetch(") == 4, "one says something sealed, one hears the own feed, one reads the map, one the own files"
    assert "http" not in source.replace("httpRequest", "")


def test_an_app_that_goes_away_in_the_middle_of_an_answer_leaves_no_trace(capfd: pytest.CaptureFixture[str]) -> None:
    served = threading.Event()

    class Gone(BaseHTTPRequestHandler):
        def handle(self) -> None:
            served.set()
            raise BrokenPipeError

    with Server(("127.0.0.1", 0), Gone) as server:
        threading.Thread(target=server.serve_forever).start()
        with socket.create_connection(("127.0.0.1", server.server_address[1])):
            assert served.wait(30)
        server.shutdown()
    assert capfd.readouterr() == ("", "")
