"""The side of a running bridge that protected persons' apps are on: gate, feeds, rules."""

from collections.abc import Callable

from backend_bridge.adapters.app_gate import AppGate, AppGatePorts
from backend_bridge.adapters.app_lane import AppLane
from backend_bridge.adapters.app_records import AppBook
from backend_bridge.adapters.app_seal import FeedSeals
from backend_bridge.adapters.app_service import AppPorts, AppService
from backend_bridge.adapters.engine_loop import EngineItem, Submission
from backend_bridge.adapters.fair_inbox import FairInbox
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.store import Record
from backend_bridge.application.inbox import NoteByOffice
from backend_bridge.application.outcome import Outcome
from backend_bridge.bootstrap.bridge import OpenFolder


class Apps:
    """`tell` and `beat` are called by the engine's thread."""

    def __init__(self, opened: OpenFolder, inbox: FairInbox[EngineItem], bind: str) -> None:
        """Raises `InputRefusedError` when the address cannot be had."""
        durable = opened.durable
        self._book = AppBook(durable.reader)
        try:
            self._gate = AppGate(
                bind,
                opened.secret_key.encode(),
                AppGatePorts(gateways=lambda: self._book.gateways, pair=self._pair, up=self._up),
            )
        except OSError as error:
            raise InputRefusedError([str(error)]) from None
        ports = AppPorts(publish=self._gate.publish, gone=self._gate.gone, hand_in=inbox.put, store=_storing(inbox))
        seals = FeedSeals(opened.secret_key.encode())
        self._service = AppService(lambda: durable.room, self._book, seals, AppLane(inbox.offer), ports)

    def start(self) -> None:
        """Let app gateways in."""
        self._gate.start()

    def stop(self) -> None:
        """Send nothing more."""
        self._gate.stop()

    def tell(self, outcome: Outcome) -> None:
        """What is on disk; whatever a shell changed about apps came with a note."""
        if any(isinstance(order, NoteByOffice) and order.label.startswith("APP_") for order in outcome.taken.orders):
            before = {name for name, feed in self._book.feeds.items() if not feed.ended}
            self._book.reload()
            for name in before - {name for name, feed in self._book.feeds.items() if not feed.ended}:
                self._gate.gone(name)
        self._service.tell(outcome)

    def beat(self) -> None:
        """After every turn of the engine."""
        self._service.beat()

    def _pair(self, feed: str, box: bytes) -> None:
        self._service.pair(feed, box)

    def _up(self, feed: str, box: bytes) -> None:
        self._service.up(feed, box)


def _storing(inbox: FairInbox[EngineItem]) -> Callable[[Record], None]:
    return lambda record: inbox.put(Submission(orders=(), records=(record,), done=lambda _: None))
