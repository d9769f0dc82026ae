"""Police units for the demo: terminals that connect over TLS as real ones do, obey dispatches, and drive there by road speed."""

import json
import select
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from backend_bridge.adapters.cot_messages import split_events
from backend_bridge.adapters.unit_driving import SimulatedUnit, moved
from backend_bridge.domain.quantities import MICROSECONDS, LatLon

REPORT_EVERY_S: Final = 2.0
PATIENCE_S: Final = 10.0


def units_of(path: Path) -> tuple[SimulatedUnit, ...]:
    """The units of a JSON file: a list of {"unit", "callsign", "lat", "lon"}."""
    rows = json.loads(path.read_text(encoding="utf8"))
    return tuple(SimulatedUnit(unit=r["unit"], callsign=r["callsign"], position=LatLon(lat_deg=r["lat"], lon_deg=r["lon"])) for r in rows)


class UnitFleet:
    """All units of the demo, each on a connection of its own; call `run` in a thread or process of its own."""

    def __init__(self, units: tuple[SimulatedUnit, ...], address: tuple[str, int], tls: ssl.SSLContext, clock: Callable[[], int]) -> None:
        self._units = list(units)
        self._address = address
        self._tls = tls
        self._clock = clock

    def run(self, stopping: threading.Event) -> None:
        """Report every two seconds and obey, until told to stop or the bridge is gone."""
        links = [self._tls.wrap_socket(socket.create_connection(self._address, timeout=PATIENCE_S)) for _ in self._units]
        rests = [b""] * len(links)
        try:
            while not stopping.wait(REPORT_EVERY_S):
                for i, link in enumerate(links):
                    self._units[i] = moved(self._units[i], REPORT_EVERY_S)
                    link.sendall(self._report(self._units[i]))
                ready, _, _ = select.select(links, [], [], 0.0)
                for i, link in enumerate(links):
                    if link in ready:
                        events, rests[i] = split_events(rests[i] + _arrived(link))
                        for event in events:
                            self._obey(i, link, ET.fromstring(event))  # noqa: S314 — from the bridge of this very demo
        except OSError:
            return
        finally:
            for link in links:
                link.close()

    def _obey(self, index: int, link: ssl.SSLSocket, event: ET.Element) -> None:
        order, recall = event.find("./detail/bongsu_dispatch"), event.find("./detail/bongsu_recall")
        unit = self._units[index]
        if recall is not None:
            self._units[index] = replace(unit, state="free", order=None, destination=None)
        elif order is not None and (point := event.find("point")) is not None:
            goal = LatLon(lat_deg=float(point.get("lat", "0")), lon_deg=float(point.get("lon", "0")))
            self._units[index] = replace(unit, state="en-route", order=order.get("key"), destination=goal)
            for state in ("delivered", "accepted"):
                link.sendall(self._event(unit, f'<bongsu_dispatch key="{order.get("key")}" state="{state}"/>'))

    def _report(self, unit: SimulatedUnit) -> bytes:
        return self._event(unit, f'<contact callsign="{unit.callsign}"/><bongsu_unit state="{unit.state}"/>')

    def _event(self, unit: SimulatedUnit, detail: str) -> bytes:
        now = datetime.fromtimestamp(self._clock() / MICROSECONDS, UTC)
        times = f'time="{_time(now)}" start="{_time(now)}" stale="{_time(now + timedelta(minutes=2))}"'
        point = f'<point lat="{unit.position.lat_deg:.6f}" lon="{unit.position.lon_deg:.6f}" hae="0" ce="10" le="9999999.0"/>'
        return (
            f'<event version="2.0" uid="{unit.unit}" type="a-f-G-U-C" how="m-g" {times}>{point}<detail>{detail}</detail></event>'.encode()
        )


def _arrived(link: ssl.SSLSocket) -> bytes:
    """What the bridge sent; nothing where TLS has only spoken for itself, as with its tickets after the handshake."""
    link.settimeout(0.0)
    try:
        return link.recv(16_384)
    except ssl.SSLWantReadError:
        return b""
    finally:
        link.settimeout(PATIENCE_S)


def _time(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
