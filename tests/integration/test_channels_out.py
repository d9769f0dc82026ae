"""Messages out, against real servers: HTTPS, SMTP with STARTTLS, and a TAK client over mutual TLS."""

import datetime as dt
import http.server
import json
import queue
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import xmlschema
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from free_ports import free_ports

from backend_bridge.adapters.channel_settings import ChannelSettings, HttpTarget, MailServer, Recipient, UnitServer
from backend_bridge.adapters.effect_runner import EffectRunner, UnitLink
from backend_bridge.adapters.message_channels import ChannelFailed, channels_of
from backend_bridge.adapters.unit_server import UnitListener
from backend_bridge.application.inbox import EffectReport, UnitReport
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.identifiers import CaseId, IncidentId, PersonId, UnitId
from backend_bridge.domain.outcomes.effects import NotifyProtected, SendDispatch, SendMessage
from backend_bridge.domain.quantities import LatLon

NOW_US = 1_790_000_000_000_000
SCHEMA = Path(__file__).parents[1] / "data" / "cap" / "CAP-v1.2.xsd"
MESSAGE = SendMessage(
    key="I-7/cap/1",
    channel="cap",
    incident=IncidentId("I-7"),
    case=CaseId("KR-SE-2026-0001"),
    recipient="police-station",
    text="접근 경보 <시험> & 확인",
    place=LatLon(lat_deg=37.5597, lon_deg=126.9366),
    radius_m=50.0,
    level=AlarmLevel.RED,
    exercise=False,
)


@dataclass
class Received:
    """What a server got, and how many times it is told to fail first."""

    bodies: queue.SimpleQueue[tuple[bytes, dict[str, str]]] = field(default_factory=queue.SimpleQueue)
    failures: int = 0
    status: int = 503


@dataclass(frozen=True)
class Keys:
    folder: Path

    def signed(self, name: str, *names: x509.GeneralName) -> None:
        authority_key = serialization.load_pem_private_key((self.folder / "ca.key").read_bytes(), None)
        assert isinstance(authority_key, ec.EllipticCurvePrivateKey)
        authority = x509.load_pem_x509_certificate((self.folder / "ca.pem").read_bytes())
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(name, authority.subject, key).add_extension(x509.SubjectAlternativeName(names), critical=False)
        _write(self.folder, name, key, builder.sign(authority_key, hashes.SHA256()))


def _builder(name: str, issuer: x509.Name | None, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
    )


def _write(folder: Path, name: str, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
    (folder / f"{name}.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    encoded = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / f"{name}.key").write_bytes(encoded)


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder("ca", None, key).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    _write(tmp_path, "ca", key, builder.sign(key, hashes.SHA256()))
    made = Keys(tmp_path)
    made.signed("server", x509.DNSName("localhost"), x509.IPAddress(__import__("ipaddress").ip_address("127.0.0.1")))
    made.signed("unit")
    return made


def server_tls(keys: Keys) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(keys.folder / "server.pem", keys.folder / "server.key")
    return context


@pytest.fixture
def received() -> Received:
    return Received()


@pytest.fixture
def https_url(keys: Keys, received: Received) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if received.failures:
                received.failures -= 1
                self.send_response(received.status)
            else:
                received.bodies.put((body, dict(self.headers.items())))
                self.send_response(202)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = server_tls(keys).wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_address[1]}/in"
    server.shutdown()
    server.server_close()


@dataclass
class Running:
    runner: EffectRunner
    reports: queue.SimpleQueue[EffectReport]


@pytest.fixture
def start(keys: Keys) -> Iterator[object]:
    running: list[EffectRunner] = []

    def run(settings: ChannelSettings, units: UnitLink | None = None) -> Running:
        reports: queue.SimpleQueue[EffectReport] = queue.SimpleQueue()
        nobody = UnitLink(dispatch=lambda _: False, recall=lambda _: False)
        runner = EffectRunner(channels_of(settings, keys.folder), units or nobody, clock=lambda: NOW_US, report=reports.put)
        running.append(runner)
        return Running(runner, reports)

    yield run
    for runner in running:
        runner.stop()


def test_a_cap_alert_is_valid_and_says_where_and_how_urgent(https_url, received, start) -> None:
    room = start(ChannelSettings(cap=HttpTarget(url=https_url, ca_file="ca.pem"), sender="desk@bongsu.example"))
    room.runner.perform([MESSAGE])
    assert room.reports.get(timeout=10).state == "sent"
    body, headers = received.bodies.get(timeout=10)
    alert = xmlschema.XMLSchema(SCHEMA).to_dict(body.decode())
    assert (alert["status"], alert["scope"], alert["sent"]) == ("Actual", "Private", "2026-09-21T14:13:20-00:00")
    assert alert["info"][0]["urgency"] == "Immediate"
    assert alert["info"][0]["area"][0]["circle"] == ["37.559700,126.936600 0.050"]
    assert headers["Content-Type"] == "application/cap+xml"


def test_an_exercise_never_looks_like_the_real_thing(https_url, received, start) -> None:
    room = start(ChannelSettings(cap=HttpTarget(url=https_url, ca_file="ca.pem")))
    room.runner.perform([replace(MESSAGE, exercise=True)])
    body, _ = received.bodies.get(timeout=10)
    assert b"<status>Exercise</status>" in body


def test_a_message_that_fails_at_first_goes_out_once_under_one_key(https_url, received, start) -> None:
    received.failures = 2
    room = start(ChannelSettings(webhook=HttpTarget(url=https_url, ca_file="ca.pem")))
    message = replace(MESSAGE, channel="webhook")
    room.runner.perform([message])
    room.runner.perform([message])
    assert room.reports.get(timeout=20).state == "sent"
    body, _ = received.bodies.get(timeout=10)
    assert json.loads(body)["incident"] == "I-7"
    assert received.bodies.empty()


def test_a_refused_message_is_reported_at_once_and_not_repeated(https_url, received, start) -> None:
    received.failures, received.status = 5, 403
    room = start(ChannelSettings(webhook=HttpTarget(url=https_url, ca_file="ca.pem")))
    room.runner.perform([replace(MESSAGE, channel="webhook")])
    report = room.reports.get(timeout=10)
    assert (report.state, report.detail) == ("failed", "the other side answered 403")
    assert received.failures == 4


def test_an_operator_is_told_why_the_other_side_was_not_reached(https_url, tmp_path: Path) -> None:
    nobody = f"https://127.0.0.1:{free_ports(1)[0]}/"
    for url, why in ((nobody, "the other side refused the connection"), (https_url, "the certificate of the other side is not trusted")):
        webhook = channels_of(ChannelSettings(webhook=HttpTarget(url=url)), tmp_path)["webhook"]
        with pytest.raises(ChannelFailed, match=f"^{why}$"):
            webhook.send(MESSAGE, 0)


def test_a_channel_that_is_not_configured_fails_aloud(start) -> None:
    room = start(ChannelSettings())
    room.runner.perform([replace(MESSAGE, channel="email")])
    report = room.reports.get(timeout=5)
    assert (report.state, report.detail) == ("failed", "channel email is not configured")


def test_a_protected_person_is_told_by_sms_on_every_number(https_url, received, start) -> None:
    room = start(ChannelSettings(sms=HttpTarget(url=https_url, ca_file="ca.pem")))
    warning = NotifyProtected(
        key="N-1", case=CaseId("C"), person=PersonId("V"), phones=("010-0000-0001", "010-0000-0002"), text="접근 중입니다"
    )
    room.runner.perform([warning])
    assert room.reports.get(timeout=10).state == "sent"
    sent = [json.loads(received.bodies.get(timeout=5)[0]) for _ in range(2)]
    assert [s["to"] for s in sent] == ["010-0000-0001", "010-0000-0002"]
    assert {s["text"] for s in sent} == {"접근 중입니다"}


def test_a_mail_goes_to_the_office_over_tls_and_its_subject_names_no_person(keys, start) -> None:
    mails: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()

    class Handler:
        async def handle_DATA(self, server, session, envelope) -> str:
            mails.put((envelope.rcpt_tos[0], envelope.content))
            return "250 OK"

    controller = Controller(Handler(), hostname="127.0.0.1", port=0, tls_context=server_tls(keys), require_starttls=True)
    (controller.port,) = free_ports(1)
    controller.start()
    try:
        server = MailServer(host="localhost", port=controller.port, sender="desk@bongsu.example", ca_file="ca.pem")
        room = start(ChannelSettings(email=server, recipients={"police-station": Recipient(email="station@police.example")}))
        room.runner.perform([replace(MESSAGE, channel="email")])
        assert room.reports.get(timeout=15).state == "sent"
        to, content = mails.get(timeout=5)
        assert to == "station@police.example"
        assert b"Subject: I-7\r\n" in content
    finally:
        controller.stop()


@pytest.fixture
def units(keys: Keys) -> Iterator[tuple[UnitListener, queue.SimpleQueue[object]]]:
    handed_in: queue.SimpleQueue[object] = queue.SimpleQueue()
    settings = UnitServer(listen_port=0, certificate_file="server.pem", key_file="server.key", client_ca_file="ca.pem")
    listener = UnitListener(settings, keys.folder, clock=lambda: NOW_US, hand_in=handed_in.put)
    listener.start()
    yield listener, handed_in
    listener.stop()


def unit_connection(keys: Keys, port: int, *, with_certificate: bool = True) -> ssl.SSLSocket:
    import socket

    context = ssl.create_default_context(cafile=str(keys.folder / "ca.pem"))
    if with_certificate:
        context.load_cert_chain(keys.folder / "unit.pem", keys.folder / "unit.key")
    return context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=10), server_hostname="127.0.0.1")


@pytest.mark.filterwarnings("ignore:The 'aiohttp' package")
def test_a_pytak_client_over_tls_is_on_the_map(keys, units) -> None:
    import asyncio
    from configparser import ConfigParser

    import pytak

    listener, handed_in = units
    config = ConfigParser()
    config["unit"] = {
        "COT_URL": f"tls://127.0.0.1:{listener.port}",
        "PYTAK_TLS_CLIENT_CERT": str(keys.folder / "unit.pem"),
        "PYTAK_TLS_CLIENT_KEY": str(keys.folder / "unit.key"),
        "PYTAK_TLS_CLIENT_CAFILE": str(keys.folder / "ca.pem"),
    }

    async def report() -> object:
        outgoing: asyncio.Queue[bytes] = asyncio.Queue()
        _, writer = await pytak.protocol_factory(config["unit"])
        worker = asyncio.create_task(pytak.TXWorker(outgoing, config["unit"], writer).run())
        await outgoing.put(pytak.gen_cot(lat="37.5610", lon="126.9410", uid="P-07", stale=120, cot_type="a-f-G-U-C"))
        taken = await asyncio.to_thread(handed_in.get, timeout=10)
        worker.cancel()
        writer.close()
        return taken

    taken = asyncio.run(report())
    assert isinstance(taken, UnitReport)
    assert (taken.unit, taken.position) == ("P-07", LatLon(lat_deg=37.561, lon_deg=126.941))


@pytest.mark.filterwarnings("ignore:The 'aiohttp' package")
def test_a_tak_terminal_is_dispatched_and_answers(keys, units) -> None:
    listener, handed_in = units
    with unit_connection(keys, listener.port) as terminal:
        terminal.sendall(
            b'<event uid="P-31" type="a-f-G-U-C"><point lat="37.56" lon="126.94"/><detail><bongsu_unit state="free"/></detail></event>'
        )
        report = handed_in.get(timeout=10)
        assert isinstance(report, UnitReport)
        assert (report.unit, report.state, report.position) == ("P-31", "free", LatLon(lat_deg=37.56, lon_deg=126.94))
        order = SendDispatch(
            key="D-1",
            incident=IncidentId("I-7"),
            case=CaseId("C"),
            unit=UnitId("P-31"),
            destination=LatLon(lat_deg=37.5597, lon_deg=126.9366),
            label="Sinchon-ro",
        )
        assert listener.dispatch(order)
        got = b""
        while b"</event>" not in got:
            got += terminal.recv(4096)
        assert b'lat="37.559700"' in got
        assert b'key="D-1"' in got
        terminal.sendall(got.split(b"<detail>")[0] + b'<detail><bongsu_dispatch key="D-1" state="accepted"/></detail></event>')
        assert handed_in.get(timeout=10) == EffectReport(key="D-1", state="accepted")
    assert not listener.dispatch(replace(order, unit=UnitId("P-99")))


def test_a_terminal_without_a_certificate_is_not_let_in(keys, units) -> None:
    listener, handed_in = units
    with pytest.raises((ssl.SSLError, ConnectionError)), unit_connection(keys, listener.port, with_certificate=False) as terminal:
        terminal.sendall(b"<event/>")
        assert terminal.recv(1) == b""
        raise ConnectionError
    assert handed_in.empty()


@pytest.mark.parametrize(
    "event",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><event uid="P" type="a-f-G"><point lat="1" lon="1"/></event>',
        b'<event uid="P" type="a-f-G"><point lat="91" lon="1"/></event>',
        b'<event uid="P" type="a-f-G"><point lat="nan" lon="1"/></event>',
        b'<event uid="P" type="a-f-G"></event>',
        b"<event <</event>",
        b"x" * 70_000,
    ],
)
def test_a_terminal_that_sends_nonsense_is_disconnected_and_others_go_on(keys, units, event: bytes) -> None:
    listener, handed_in = units
    with unit_connection(keys, listener.port) as bad, unit_connection(keys, listener.port) as good:
        bad.sendall(event)
        assert bad.recv(1) == b""
        good.sendall(b'<event uid="P-2" type="a-f-G"><point lat="37.5" lon="127.0"/></event>')
        report = handed_in.get(timeout=10)
        assert isinstance(report, UnitReport)
        assert report.unit == "P-2"
