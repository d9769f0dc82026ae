"""`serve`: the bridge as a process."""

import gc
import logging
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

from typing_extensions import override

from backend_bridge.adapters.checkpoints import SIGNING_KEY, Checkpointer, new_signing_key
from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.effect_records import unreported_effects
from backend_bridge.adapters.engine_loop import EngineItem, EngineLoop
from backend_bridge.adapters.fair_inbox import FairInbox
from backend_bridge.adapters.gateway_gate import GatewayGate
from backend_bridge.adapters.lag_meter import LagMeter
from backend_bridge.adapters.local_control import ControlServer
from backend_bridge.adapters.open_files import allow_all_open_files, open_files_warnings
from backend_bridge.adapters.process_memory import give_large_pieces_back
from backend_bridge.adapters.refusals import FolderRefusedError, InputRefusedError, StoreRefusedError
from backend_bridge.adapters.self_check import startup_warnings
from backend_bridge.adapters.self_test_gateway import SelfTestGateway
from backend_bridge.adapters.self_watch import SelfWatch
from backend_bridge.adapters.store import Record
from backend_bridge.adapters.system_clock import wall_us_now
from backend_bridge.adapters.thread_watch import ThreadWatch
from backend_bridge.application.inbox import Inbox, Milestone, News, Trouble
from backend_bridge.application.outcome import Outcome
from backend_bridge.bootstrap.apps import Apps
from backend_bridge.bootstrap.bridge import FAST_SINCE, IdleBridge, OpenFolder, RunningBridge, open_folder
from backend_bridge.bootstrap.desks import Desks
from backend_bridge.bootstrap.destructions import Destructions
from backend_bridge.bootstrap.early_stop import STOPS, leave_at_once
from backend_bridge.bootstrap.errors import UsageError
from backend_bridge.bootstrap.exercise import Exercise
from backend_bridge.bootstrap.folder_commands import carry_out
from backend_bridge.bootstrap.on_folder import shell_user
from backend_bridge.bootstrap.outside import Outside
from backend_bridge.bootstrap.set_up import SetUp, read_set_up, set_up
from backend_bridge.bootstrap.units import prepare_units
from backend_bridge.bootstrap.warm import warm_up

_LOOK_EVERY_S: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeSettings:
    """What `serve` was told."""

    folder: Path
    bind: str
    desk: str
    app: str | None
    """Where app gateways come in; None for nowhere."""
    checkpoints: Path
    clock_speed: float
    key_file: Path | None
    set_up: Path | None = None
    """What a new folder begins with; None for nothing."""


class WithoutValues(logging.Formatter):
    """Says of which kind an error was and where; never its message, which may hold what is about people."""

    @override
    def formatException(self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]) -> str:
        kind, _, at = ei
        steps = "".join(traceback.format_tb(at))
        return f"{steps}{'' if kind is None else kind.__name__}"


def serve(settings: ServeSettings, say: Callable[[str], None]) -> int:
    """Run until SIGTERM or SIGINT; `say` gets `ready`. Raises `UsageError` when the bridge cannot start."""
    told = logging.StreamHandler(sys.stderr)
    told.setFormatter(WithoutValues("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[told])
    stopping = threading.Event()
    leave_at_once()
    give_large_pieces_back()
    for sentence in open_files_warnings(allow_all_open_files()):
        sys.stderr.write(sentence + "\n")
    opened = _opened(settings)
    try:
        process = BridgeProcess(opened, settings)
        warm_up()
        for number in STOPS:
            signal.signal(number, lambda _number, _frame: stopping.set())
        process.start()
        # What is there now stays: the collector need not go through thousands of cases while somebody waits for an alarm.
        gc.freeze()
        say("ready")
        status = process.wait(stopping)
        process.stop()
    except InputRefusedError as error:
        raise UsageError(error.problems) from None
    finally:
        opened.close()
    return status


def _opened(settings: ServeSettings) -> OpenFolder:
    wanted = None if settings.set_up is None else read_set_up(settings.set_up)
    new_secret = None if wanted is None else wanted.secret_key
    was_fast = (settings.folder / FAST_SINCE).exists()
    try:
        opened = open_folder(
            settings.folder,
            settings.key_file,
            speed=settings.clock_speed,
            new_secret=new_secret,
            begun_by=None if wanted is None else "serve --set-up",
        )
    except (FolderRefusedError, StoreRefusedError) as error:
        raise UsageError([str(error)]) from None
    if opened is None:
        raise UsageError([f"{settings.folder}: another bridge or command holds this data folder; stop it first, or use another folder"])
    if settings.clock_speed != 1.0:
        _refuse_real_gateways(opened, was_fast=was_fast)
    if opened.key.warning is not None:
        sys.stderr.write(opened.key.warning + "\n")
    now_us = wall_us_now() if settings.clock_speed == 1.0 else opened.clock.now_us()
    for sentence in startup_warnings(opened.folder, opened.durable.reader, now_us):
        sys.stderr.write(sentence + "\n")
    if wanted is not None:
        try:
            _set_up(opened, wanted, settings)
        except BaseException:
            opened.give_up()
            raise
    return opened


def _refuse_real_gateways(opened: OpenFolder, *, was_fast: bool) -> None:
    """A clock may run fast for the one gateway that plays a file, and not where one was heard while the clock was true."""
    enrolled = {one.gateway for one in opened.enrolments.gateways()}
    heard = set() if was_fast else {part.gateway for part in opened.durable.room.lanes.standing()}
    if len(enrolled) <= 1 and not enrolled & heard:
        return
    if not was_fast:
        (opened.folder / FAST_SINCE).unlink(missing_ok=True)
    opened.close()
    raise UsageError(["--clock-speed: other gateways are enrolled in this folder; a clock runs fast in demo and training folders only"])


def _set_up(opened: OpenFolder, wanted: SetUp, settings: ServeSettings) -> None:
    if opened.durable.last_n > 0:
        raise UsageError(
            [f"--set-up: {settings.folder} is in use already; a room is set up once, in a new folder: start this one without --set-up"]
        )
    beside = settings.folder.parent if settings.set_up is None else settings.set_up.parent
    if wanted.roads is not None:
        prepare_units(settings.folder, beside / wanted.roads)
    set_up(IdleBridge(opened), wanted, beside, shell_user())
    opened.beginning.done()
    if settings.set_up is not None:
        settings.set_up.unlink(missing_ok=True)


class BridgeProcess:
    """All threads of a bridge: engine, gates, the local socket, the watch over itself."""

    def __init__(self, opened: OpenFolder, settings: ServeSettings) -> None:
        self._opened = opened
        self._inbox: FairInbox[EngineItem] = FairInbox()
        self._bridge = RunningBridge(opened, self._inbox)
        self._self_test = SelfTestGateway(
            self._bridge.public_key,
            opened.clock.now_us,
            self._inbox.put,
            lambda number: self._desks.prove(lambda: self._self_test.shown(number)),
        )
        self._gate = GatewayGate(
            bind=settings.bind,
            secret_key=opened.secret_key,
            enrolments=lambda: self._self_test.among(opened.enrolments.gateways()),
            clock=opened.clock.now_us,
            inbox=self._inbox,
        )
        self._outside: Outside | Exercise = (
            Exercise(opened, self._inbox) if opened.durable.room.exercise else Outside(opened.folder, opened.clock.now_us, self._inbox.put)
        )
        self._desks = Desks(opened, self._inbox, settings.desk, settings.clock_speed, self._outside.takes)
        self._destructions = Destructions(opened.durable, opened.key.key, settings.checkpoints, self._inbox)
        self._apps = None if settings.app is None else Apps(opened, self._inbox, settings.app)
        checkpointer = Checkpointer(settings.checkpoints, _signing_key(opened.durable), opened.durable.reader)
        self._self_watch = SelfWatch(opened.folder, opened.clock, checkpointer, self._inbox.put)
        self._engine = EngineLoop(opened.durable, self._inbox, self._tell, self._alert, self._each_turn)
        self._control = ControlServer(opened.folder, lambda request, emit: carry_out(self._bridge, request, emit))
        self._troubles: dict[str, bool] = {}
        self._threads = ThreadWatch(())
        self._lag = LagMeter()
        self._is_stopping = False

    def start(self) -> None:
        """Begin to listen; raises `InputRefusedError` when an address cannot be had."""
        self._gate.start()
        self._engine.start()
        self._inbox.put(Milestone(what="started"))
        self._outside.start(unreported_effects(self._opened.durable.reader, self._opened.clock.now_us()))
        self._self_watch.start()
        self._desks.start()
        if self._apps is not None:
            self._apps.start()
        self._control.start()
        self._destructions.start()
        self._self_test.start(self._gate.endpoint)
        self._threads = ThreadWatch(threading.enumerate())

    def wait(self, stopping: threading.Event) -> int:
        """Wait for the end: status 0 when it was asked for, 1 when the engine died."""
        while not stopping.wait(_LOOK_EVERY_S):
            if not self._engine.is_running:
                sys.stderr.write(f"the engine stopped: {self._engine.fault}\n")
                return 1
        return 0

    def stop(self) -> None:
        """Take nothing more, commit what was taken, end all threads."""
        self._is_stopping = True
        self._self_test.stop()
        self._control.stop()
        self._destructions.stop()
        self._desks.stop()
        if self._apps is not None:
            self._apps.stop()
        self._gate.stop()
        self._outside.stop()
        self._self_watch.stop()
        self._engine.stop()

    def _tell(self, outcome: Outcome) -> None:
        """What is on disk may be known: by gateways, shells and desks."""
        self._opened.enrolments.take(outcome.events)
        self._gate.perform(outcome.lane_effects)
        self._bridge.committed(outcome)
        self._outside.tell(outcome)
        self._desks.tell(outcome)
        self._self_test.tell(outcome)
        if self._apps is not None:
            self._apps.tell(outcome)

    def _alert(self, outcome: Outcome) -> None:
        """What cannot be written now: nobody is answered, but alarms are heard and whoever is revoked is out."""
        self._opened.enrolments.revoke(outcome.events)
        self._desks.alert(outcome)

    def _each_turn(self) -> Sequence[News]:
        self._gate.beat()
        self._desks.beat()
        self._destructions.beat()
        if self._apps is not None:
            self._apps.beat()
        if self._is_stopping:
            return ()  # that parts end now is no trouble
        durable = self._opened.durable
        standing = {
            "disk-full": durable.is_held_up and durable.failure is None,
            "store": durable.failure is not None,
            "blind": not self._gate.is_running,
            **self._threads.standing(),
        }
        changed = [code for code, on in standing.items() if self._troubles.get(code, False) != on]
        self._troubles.update(standing)
        told = [Trouble(code=code, on=standing[code], detail=durable.failure or "") for code in changed]
        return [*told, *self._lag.news(self._engine.behind_s, time.monotonic())]


def _signing_key(durable: DurableRoom) -> bytes:
    kept = durable.reader.newest(SIGNING_KEY)
    if kept is not None:
        return kept.body
    key = new_signing_key()
    durable.step(Inbox(), [Record(kind=SIGNING_KEY, body=key)])
    return key
