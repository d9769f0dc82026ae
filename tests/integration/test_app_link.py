"""The way to a protected person's app at a whole bridge: paired by QR code, sealed, cut by rule, in the log first, stopped at once."""

import json
import secrets
import time
from base64 import urlsafe_b64decode
from collections.abc import Iterator

import msgspec
import pytest
import zmq
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from live_bridge import PASSWORD, Gateway, LiveBridge, fixes_of, place_of
from stopwatch import Stopwatch
from test_desk_link_live import alarms_after


class AppGateway:
    """A gateway written from docs/app-link.md: it carries boxes and can open none."""

    def __init__(self, bridge: LiveBridge, keys: tuple[bytes, bytes], server_key: bytes) -> None:
        self.context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.curve_serverkey = server_key
        self.socket.curve_publickey, self.socket.curve_secretkey = keys
        self.socket.connect(bridge.apps)
        self.lengths: set[int] = set()
        self.say({"t": "hello", "proto": 1})

    def say(self, message: dict[str, object]) -> None:
        self.socket.send(msgspec.msgpack.encode(message))

    def hear(self, kind: str, timeout_s: float = 15.0) -> dict[str, object]:
        until = time.monotonic() + timeout_s
        while (left := until - time.monotonic()) > 0:
            if self.socket.poll(int(left * 1000) + 1):
                message: dict[str, object] = msgspec.msgpack.decode(self.socket.recv())
                if message["t"] == "ping":
                    self.say({"t": "ping"})
                if message["t"] == "down":
                    self.lengths.add(len(message["box"]))
                if message["t"] == kind:
                    return message
        raise AssertionError(f"no {kind} came")

    def close(self) -> None:
        self.context.destroy(linger=0)


class App:
    """The app itself, from the same document: its key never leaves it."""

    def __init__(self, gateway: AppGateway, address: str) -> None:
        version, feed, bridge_public, code = address.partition("#")[2].split(".")
        assert version == "1"
        self.gateway = gateway
        self.name, self.feed = feed, bytes.fromhex(feed)
        self.private = X25519PrivateKey.generate()
        self.public = self.private.public_key().public_bytes_raw()
        self.bridge = X25519PublicKey.from_public_bytes(unbase64(bridge_public))
        self.code = unbase64(code)
        self.count = 0

    def key(self, salt: bytes, info: bytes) -> AESGCM:
        return AESGCM(HKDF(hashes.SHA256(), 32, salt, info).derive(self.private.exchange(self.bridge)))

    def pair(self) -> None:
        nonce = secrets.token_bytes(12)
        box = self.public + nonce + self.key(self.code, b"bongsu pair 1").encrypt(nonce, b"{}", self.feed)
        self.gateway.say({"t": "pair", "feed": self.name, "box": box})

    def newest(self) -> dict[str, object]:
        """What the next box says."""
        while True:
            message = self.gateway.hear("down")
            if message["feed"] == self.name:
                box = message["box"]
                plain = self.key(self.feed, b"bongsu down 1").decrypt(box[8:20], box[20:], b"down" + self.feed + box[:8])
                told: dict[str, object] = json.loads(plain)
                return told

    def until(self, wanted: str, timeout_s: float = 15.0) -> dict[str, object]:
        """The first message whose nearest entry has that detail (`nothing`: no entry)."""
        began = time.monotonic()
        while time.monotonic() - began < timeout_s:
            told = self.newest()
            detail = told["near"][0]["detail"] if told["near"] else "nothing"
            if detail == wanted:
                return told
        raise AssertionError(f"{wanted} never came; the last was {told}")

    def up_box(self, said: dict[str, str]) -> bytes:
        self.count += 1
        number, nonce = self.count.to_bytes(8, "big"), secrets.token_bytes(12)
        sealed = self.key(self.feed, b"bongsu up 1").encrypt(nonce, json.dumps(said).encode(), b"up" + self.feed + number)
        return number + nonce + sealed

    def say(self, box: bytes) -> None:
        self.gateway.say({"t": "up", "feed": self.name, "box": box})


def unbase64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveBridge]:
    made = LiveBridge(tmp_path_factory.mktemp("apps"))
    made.user("park", "supervisor")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def gateway(bridge: LiveBridge) -> Iterator[Gateway]:
    made = Gateway(bridge)
    yield made
    made.close()


@pytest.fixture(scope="module")
def carrier(bridge: LiveBridge) -> Iterator[AppGateway]:
    keys = zmq.curve_keypair()
    printed = bridge.shell("app", "enrol-gateway", "--name", "carrier", f"--public-key={keys[0].decode()}")
    made = AppGateway(bridge, keys, printed.strip().rpartition("\n")[2].encode())
    yield made
    made.close()


def paired(bridge: LiveBridge, carrier: AppGateway, number: int) -> App:
    address = bridge.shell("app", "pair", "--case", f"C-{number}", "--person", f"V-{number}", "--url", "http://127.0.0.1:8080").strip()
    made = App(carrier, address)
    made.pair()
    return made


def stand(gateway: Gateway, number: int, apart_m: float) -> None:
    """The protected person somewhere quiet, the wearer so far to the north, now: a case counts only what is measured after its import."""
    lat, lon = place_of(number)
    here, there = (lat + 0.02, lon), (lat + 0.02 + apart_m / 110_990, lon)
    gateway.hand_in("P", fixes_of(f"VIC-{number}", [here]))
    gateway.hand_in("P", fixes_of(f"ANK-{number}", [there]))


def test_the_app_is_shown_the_wearer_by_rule_in_the_log_first_and_stops_at_a_no(
    bridge: LiveBridge, gateway: Gateway, carrier: AppGateway
) -> None:
    app = paired(bridge, carrier, 1)
    assert app.newest()["near"] == []
    stand(gateway, 1, 400.0)
    near = app.until("exact")["near"][0]
    assert abs(near["distance_m"] - 400) <= 50
    assert (near["direction"], near["within_m"]) == ("n", 600.0)
    entries = [entry for entry in bridge.log() if entry["event"] == "read" and entry["what"] == "disclosure"]
    assert entries[-1]["person"] == "S-1"
    assert entries[-1]["purpose"] == "5-victim-notice"
    assert entries[-1]["scope"].startswith("exact to V-1 at ")
    word = ("--case", "C-1", "--person", "V-1", "--by", "park", "--password-stdin")
    bridge.shell("app", "revoke", *word, "--reason", "the person wishes it", secret=PASSWORD + "\n")
    watch = Stopwatch(*bridge.pids)
    app.until("nothing")
    assert watch.seconds() <= 1.5
    bridge.shell("app", "approve", *word, "--reason", "reviewed", secret=PASSWORD + "\n")
    app.until("exact")
    assert len(carrier.lengths) == 1, "the length of a box tells whether somebody is near"


def test_a_code_is_good_once_and_for_nobody_without_it(bridge: LiveBridge, carrier: AppGateway) -> None:
    address = bridge.shell("app", "pair", "--case", "C-2", "--person", "V-2").strip()
    guess = App(carrier, address)
    guess.code = secrets.token_bytes(16)
    guess.pair()
    real = App(carrier, address)
    real.pair()
    assert real.newest()["near"] == []
    thief = App(carrier, address)
    thief.pair()
    assert real.newest()["near"] == []


def test_a_call_for_help_in_the_app_reaches_the_desk_once(bridge: LiveBridge, carrier: AppGateway) -> None:
    app, desk = paired(bridge, carrier, 3), bridge.desk("desk-1", "park")
    app.newest()
    box = app.up_box({"kind": "sos", "at": "now"})
    app.say(box)
    row = alarms_after(desk, "VIC-3")
    assert (row["kind"], row["level"], row["count"]) == ("sos", "red", 1)
    app.say(box)
    app.say(b"noise")
    app.newest()
    counted = [entry for entry in bridge.log() if entry.get("kind") == "sos" and entry.get("device") == "VIC-3"]
    assert len(counted) == 1
    desk.close()


def test_an_app_that_is_unpaired_is_shown_nothing_more(bridge: LiveBridge, carrier: AppGateway) -> None:
    app = paired(bridge, carrier, 4)
    app.newest()
    bridge.shell("app", "unpair", "--person", "V-4")
    assert carrier.hear("gone")["feed"] == app.name
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        assert carrier.hear("down")["feed"] != app.name


def test_only_a_supervisor_decides_and_only_of_what_there_is(bridge: LiveBridge) -> None:
    word = ("--by", "park", "--reason", "so", "--password-stdin")
    for case, person, secret, why in (
        ("C-1", "V-1", "not the password", "a supervisor's name and password"),
        ("C-9", "V-1", PASSWORD, "no case of that name"),
        ("C-1", "V-2", PASSWORD, "nobody of that name"),
    ):
        with pytest.raises(AssertionError, match=why):
            bridge.shell("app", "approve", "--case", case, "--person", person, *word, secret=secret + "\n")


def test_times_in_an_app_count_from_the_measurement(bridge: LiveBridge, gateway: Gateway, carrier: AppGateway) -> None:
    app = paired(bridge, carrier, 1)
    stand(gateway, 1, 500.0)
    near = app.until("exact")["near"][0]
    assert near["measured_at"].endswith("Z")
