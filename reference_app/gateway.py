# ruff: noqa: INP001 - a program of its own beside the product, and no package
"""The reference app gateway: a web server for the app's page on one side, the bridge's app link on the other.

It holds the newest sealed box of each feed and hands on what apps send; it has no key to any of it. In front of the internet it
stands behind a TLS proxy. `python -m reference_app.gateway --to tcp://… --server-key Z85 --secret-key-file F [--listen HOST:PORT]`
"""

import argparse
import json
import queue
import re
import signal
import sys
import threading
from base64 import b64encode
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Final

import msgspec
import zmq

PAGE: Final = Path(__file__).parent / "page"
TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
}
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self';"
    " manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PATH: Final = re.compile(r"/(feed|pair|up)/([0-9a-f]{32})")
_MOST_BYTES: Final = 4096
_WAIT_S: Final = 10.0


class Boxes:
    """The newest box of each feed; whoever waits for one is woken."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._boxes: dict[str, bytes] = {}

    def put(self, feed: str, box: bytes | None) -> None:
        """A newer box, or None: the feed is over."""
        with self._changed:
            if box is None:
                self._boxes.pop(feed, None)
            else:
                self._boxes[feed] = box
            self._changed.notify_all()

    def newer(self, feed: str, after: bytes) -> bytes | None:
        """The newest box of a feed if it is not the one whose first eight bytes are `after`, waiting for it a while; else None."""
        with self._changed:
            self._changed.wait_for(lambda: self._boxes.get(feed, after)[:8] != after, _WAIT_S)
            box = self._boxes.get(feed)
            return None if box is None or box[:8] == after else box


class BridgeLink:
    """The connection to the bridge, on a thread of its own."""

    def __init__(self, to: str, server_key: bytes, secret_key: bytes, boxes: Boxes) -> None:
        self._boxes = boxes
        self._outgoing: queue.SimpleQueue[dict[str, object]] = queue.SimpleQueue()
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._socket = self._context.socket(zmq.DEALER)
        self._socket.curve_serverkey, self._socket.curve_secretkey = server_key, secret_key
        self._socket.curve_publickey = zmq.curve_public(secret_key)
        self._socket.linger = 0
        self._socket.heartbeat_ivl, self._socket.heartbeat_timeout = 1000, 3000
        self._socket.connect(to)
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bridge-link")

    def start(self) -> None:
        """Begin to speak with the bridge."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._ends.set()
        self._thread.join(3)
        self._context.destroy(linger=0)

    def send(self, kind: str, feed: str, box: bytes) -> None:
        """Hand on what an app says; from any thread."""
        self._outgoing.put({"t": kind, "feed": feed, "box": box})

    def _run(self) -> None:
        beats = 0
        while not self._ends.is_set():
            if beats % 10 == 0:
                self._say({"t": "hello", "proto": 1})  # counts as a sign of life; a bridge that was away answers with every box
            beats += 1
            while not self._outgoing.empty():
                self._say(self._outgoing.get())
            while self._socket.poll(100) and not self._ends.is_set():
                self._hear(self._socket.recv())
                while not self._outgoing.empty():
                    self._say(self._outgoing.get())

    def _hear(self, frame: bytes) -> None:
        message: dict[str, object] = msgspec.msgpack.decode(frame)
        feed, box = message.get("feed"), message.get("box")
        if message.get("t") == "down" and isinstance(feed, str) and isinstance(box, bytes):
            self._boxes.put(feed, box)
        elif message.get("t") == "gone" and isinstance(feed, str):
            self._boxes.put(feed, None)
        elif message.get("t") == "ping":
            self._say({"t": "ping"})

    def _say(self, message: dict[str, object]) -> None:
        try:
            self._socket.send(msgspec.msgpack.encode(message), zmq.NOBLOCK)
        except zmq.Again:
            return  # the bridge is away; the app says it again


class Handler(BaseHTTPRequestHandler):
    """One request of one app; nothing about it is logged."""

    protocol_version = "HTTP/1.1"
    timeout = 30

    def __init__(self, boxes: Boxes, link: BridgeLink, *arguments: object) -> None:
        self._boxes, self._link = boxes, link
        super().__init__(*arguments)  # type: ignore[arg-type]  # what the server hands over

    def log_message(self, *_: object) -> None:  # type: ignore[explicit-override]  # `override` would need a library here
        """Say nothing: the address of an app is nobody's business."""

    def do_GET(self) -> None:
        """A file of the page, or the next box of a feed."""
        path, _, query = self.path.partition("?")
        asked = _PATH.fullmatch(path)
        if asked is not None and asked[1] == "feed":
            self._answer_feed(asked[2], query.removeprefix("after="))
        else:
            self._answer_file(path)

    def do_POST(self) -> None:
        """Something sealed for the bridge."""
        asked = _PATH.fullmatch(self.path)
        length = self.headers.get("Content-Length", "")
        if asked is None or asked[1] == "feed" or not length.isdigit() or not 0 < int(length) <= _MOST_BYTES:
            self._answer(HTTPStatus.BAD_REQUEST, b"", "text/plain")
            return
        self._link.send(asked[1], asked[2], self.rfile.read(int(length)))
        self._answer(HTTPStatus.ACCEPTED, b"", "text/plain")

    def _answer_feed(self, feed: str, after: str) -> None:
        known = bytes.fromhex(after) if re.fullmatch(r"[0-9a-f]{16}", after) else b""
        box = self._boxes.newer(feed, known)
        body = json.dumps({"box": None if box is None else b64encode(box).decode()}).encode()
        self._answer(HTTPStatus.OK, body, TYPES[".json"])

    def _answer_file(self, path: str) -> None:
        name = "index.html" if path == "/" else path.removeprefix("/")
        found = PAGE / name
        if re.fullmatch(r"leaflet\.(js|css)", name):
            found = Path(str(files("xstatic.pkg.leaflet"))) / "data" / name
        elif name == "korea.json":
            found = Path(str(files("resources"))) / "app" / name
        if not re.fullmatch(r"[a-z0-9-]+\.[a-z]+", name) or found.suffix not in TYPES or not found.is_file():
            self._answer(HTTPStatus.NOT_FOUND, b"", "text/plain")
            return
        self._answer(HTTPStatus.OK, found.read_bytes(), TYPES[found.suffix])

    def _answer(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """One thread an app, each ended with the server."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:  # type: ignore[explicit-override]  # likewise
        """An app that went away in the middle of an answer is nothing to tell, least of all from where it came."""


def main() -> None:
    """Serve until SIGTERM; prints where."""
    parser = argparse.ArgumentParser(prog="reference_app.gateway", description="Carry sealed feeds between a bridge and its apps.")
    parser.add_argument("--to", required=True, metavar="tcp://…", help="where the bridge listens for app gateways (serve --app)")
    parser.add_argument("--server-key", required=True, metavar="Z85", help="the bridge's public key")
    parser.add_argument("--secret-key-file", required=True, type=Path, metavar="F", help="this gateway's secret key (bongsu-bridge keygen)")
    parser.add_argument("--listen", default="127.0.0.1:8080", metavar="HOST:PORT", help="where apps come in (%(default)s)")
    given = parser.parse_args()
    boxes = Boxes()
    link = BridgeLink(given.to, given.server_key.encode(), given.secret_key_file.read_bytes().strip(), boxes)
    host, _, port = given.listen.rpartition(":")
    server = Server((host, int(port)), partial(Handler, boxes, link))
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    link.start()
    sys.stdout.write(f"ready http://{host}:{server.server_address[1]}/\n")
    sys.stdout.flush()
    server.serve_forever()
    link.stop()


if __name__ == "__main__":
    main()
