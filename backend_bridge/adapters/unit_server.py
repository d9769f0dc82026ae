"""Where police units' terminals connect: Cursor-on-Target over mutual TLS, one thread with an event loop of its own."""

import asyncio
import ssl
import threading
from collections.abc import Callable
from pathlib import Path

from backend_bridge.adapters.channel_settings import UnitServer
from backend_bridge.adapters.cot_messages import CotRefused, dispatch_event, recall_event, report_of, split_events
from backend_bridge.application.inbox import EffectReport, Trouble, UnitReport
from backend_bridge.domain.identifiers import UnitId
from backend_bridge.domain.outcomes.effects import SendDispatch, SendRecall

READ_BYTES = 16_384
SILENCE_S = 120.0


class UnitListener:
    """Takes the positions and states of units, and carries dispatches to them."""

    def __init__(
        self,
        settings: UnitServer,
        folder: Path,
        *,
        clock: Callable[[], int],
        hand_in: Callable[[UnitReport | EffectReport | Trouble], None],
    ) -> None:
        self._settings = settings
        self._tls = _mutual_tls(settings, folder)
        self._clock = clock
        self._hand_in = hand_in
        self._writers: dict[UnitId, asyncio.StreamWriter] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="units", daemon=True)
        self._listening = threading.Event()
        self.port = settings.listen_port
        """The port that is listened on, also where the settings left the choice to the system."""

    def start(self) -> None:
        """Listen; returns when it does. A port that is taken is reported as `units` trouble, and the room goes on."""
        self._thread.start()
        self._listening.wait(timeout=5.0)

    def dispatch(self, order: SendDispatch) -> bool:
        """Send a dispatch to its unit's terminal; false where it is not connected."""
        return self._tell(order.unit, dispatch_event(order, self._clock()))

    def recall(self, order: SendRecall) -> bool:
        """Call a unit back; false where its terminal is not connected."""
        return self._tell(order.unit, recall_event(order.key, order.unit, self._clock()))

    def stop(self) -> None:
        """Close all connections and end the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5.0)

    def _tell(self, unit: UnitId, event: bytes) -> bool:
        writer = self._writers.get(unit)
        if writer is None or writer.is_closing():
            return False
        self._loop.call_soon_threadsafe(writer.write, event)
        return True

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            server = self._loop.run_until_complete(
                asyncio.start_server(self._serve, self._settings.listen_host, self._settings.listen_port, ssl=self._tls)
            )
        except OSError as error:
            self._hand_in(Trouble(code="units", on=True, detail=f"the units' port cannot be listened on: {error.strerror}"))
            self._listening.set()
            return
        self.port = server.sockets[0].getsockname()[1]
        self._listening.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        units: set[UnitId] = set()
        rest = b""
        try:
            while piece := await asyncio.wait_for(reader.read(READ_BYTES), SILENCE_S):
                whole, rest = split_events(rest + piece)
                for event in whole:
                    self._take(event, writer, units)
        except (CotRefused, TimeoutError, OSError):
            pass  # the connection ends; the units' positions grow old on the desks, and a dispatch to them fails aloud
        finally:
            for unit in units:
                if self._writers.get(unit) is writer:
                    del self._writers[unit]
            writer.close()

    def _take(self, event: bytes, writer: asyncio.StreamWriter, units: set[UnitId]) -> None:
        report = report_of(event, self._clock())
        if isinstance(report, UnitReport):
            self._writers[report.unit] = writer
            units.add(report.unit)
        if report is not None:
            self._hand_in(report)


def _mutual_tls(settings: UnitServer, folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(folder / settings.certificate_file, folder / settings.key_file)
    context.load_verify_locations(folder / settings.client_ca_file)
    context.verify_mode = ssl.CERT_REQUIRED
    return context
