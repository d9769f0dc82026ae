"""The demo's police units: they report over TLS, accept a dispatch, drive there and say that they are on scene."""

import queue
import ssl
import threading
import time
from pathlib import Path

from backend_bridge.adapters import unit_driving, unit_simulator
from backend_bridge.adapters.channel_settings import UnitServer
from backend_bridge.adapters.demo_certificates import write_demo_certificates
from backend_bridge.adapters.unit_server import UnitListener
from backend_bridge.adapters.unit_simulator import SimulatedUnit, UnitFleet
from backend_bridge.application.inbox import EffectReport, UnitReport
from backend_bridge.domain.identifiers import CaseId, IncidentId, UnitId
from backend_bridge.domain.outcomes.effects import SendDispatch
from backend_bridge.domain.quantities import LatLon


def test_a_unit_accepts_drives_and_arrives(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(unit_simulator, "REPORT_EVERY_S", 0.05)
    monkeypatch.setattr(unit_simulator, "PATIENCE_S", 1.0)
    monkeypatch.setattr(unit_driving, "SPEED_MPS", 2000.0)
    now_us = time.time_ns() // 1000
    write_demo_certificates(tmp_path, now_us)
    handed_in: queue.SimpleQueue[object] = queue.SimpleQueue()
    settings = UnitServer(listen_port=0, certificate_file="units-server.pem", key_file="units-server.key", client_ca_file="units-ca.pem")
    listener = UnitListener(settings, tmp_path, clock=lambda: now_us, hand_in=handed_in.put)
    listener.start()
    tls = ssl.create_default_context(cafile=str(tmp_path / "units-ca.pem"))
    tls.check_hostname = False
    tls.load_cert_chain(tmp_path / "units-client.pem", tmp_path / "units-client.key")
    fleet = UnitFleet(
        (SimulatedUnit(unit="P-31", callsign="P-31", position=LatLon(lat_deg=37.56, lon_deg=126.94)),),
        ("127.0.0.1", listener.port),
        tls,
        lambda: now_us,
    )
    stopping = threading.Event()
    thread = threading.Thread(target=fleet.run, args=(stopping,), daemon=True)
    thread.start()
    try:
        first = handed_in.get(timeout=10)
        assert isinstance(first, UnitReport)
        assert first.state == "free"
        for _ in range(40):  # longer than a terminal waits for the bridge: without orders it goes on reporting
            handed_in.get(timeout=10)
        order = SendDispatch(
            key="D-1",
            incident=IncidentId("I"),
            case=CaseId("C"),
            unit=UnitId("P-31"),
            destination=LatLon(lat_deg=37.57, lon_deg=126.95),
            label="here",
        )
        assert listener.dispatch(order)
        states: list[str | None] = []
        while states[-1:] != ["on-scene"]:
            news = handed_in.get(timeout=10)
            assert isinstance(news, UnitReport | EffectReport)
            if news.state != (states or [None])[-1]:
                states.append(news.state)
        assert [s for s in states if s != "free"] == ["delivered", "accepted", "en-route", "on-scene"]
    finally:
        stopping.set()
        thread.join(timeout=5)
        listener.stop()
