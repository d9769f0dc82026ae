"""The desks' side of a running bridge put together: gate, accounts, views, and the first administrator of a new folder."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from backend_bridge.adapters.account_records import AccountBook, record_of
from backend_bridge.adapters.desk_gate import DeskGate, DeskGateError
from backend_bridge.adapters.desk_players import DeskPlayers
from backend_bridge.adapters.desk_ports import DeskGateSettings, DeskPorts
from backend_bridge.adapters.desk_records import DeskRecords
from backend_bridge.adapters.desk_service import DeskService
from backend_bridge.adapters.engine_loop import EngineItem, Submission
from backend_bridge.adapters.fair_inbox import FairInbox
from backend_bridge.adapters.login_tries import tries_record
from backend_bridge.adapters.passwords import Passwords
from backend_bridge.adapters.recording_marks import marks_of
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.store_recording import StoreRecording
from backend_bridge.adapters.user_accounts import Account, first_administrator
from backend_bridge.application.exercise_acts import MAX_SPEED
from backend_bridge.application.inbox import PutUser
from backend_bridge.application.outcome import Outcome
from backend_bridge.bootstrap.bridge import OpenFolder
from backend_bridge.bootstrap.exercise import scenarios_of
from backend_bridge.domain.access.session import SessionPolicy, Tries, at_speed
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.outcomes.effects import SoundAlarm

FIRST_LOGIN: Final = "first-login"
"""File of mode 600 with the first administrator's name and one-time password; worthless once the password was changed."""


class Desks:
    """Everything that desks have to do with; `tell` and `beat` are called by the engine's thread."""

    def __init__(
        self, opened: OpenFolder, inbox: FairInbox[EngineItem], bind: str, speed: float, elsewhere: Callable[[EngineItem], bool]
    ) -> None:
        """What `elsewhere` takes reaches the engine by itself, later. Raises `InputRefusedError` when the address cannot be had."""
        self._opened, self._inbox = opened, inbox
        self._passwords = Passwords()
        self._accounts = AccountBook(opened.durable.reader)
        ports = DeskPorts(
            desks=opened.enrolments.desks,
            account=self._accounts.account,
            put_account=self._put_account,
            hand_in=lambda item: None if self._players.takes(item) or elsewhere(item) else inbox.put(item),
            now_us=opened.clock.now_us,
            tries=opened.tries,
            keep_tries=self._keep_tries,
        )
        exercise = opened.durable.room.exercise
        settings = DeskGateSettings(
            bind=bind,
            secret_key=opened.secret_key.encode(),
            speed=speed,
            policy=at_speed(SessionPolicy(), MAX_SPEED) if exercise else SessionPolicy(),
            exercise=exercise,
            passwords=self._passwords,
        )
        try:
            self._gate = DeskGate(settings, ports)
        except DeskGateError as error:
            raise InputRefusedError([str(error)]) from None
        durable = opened.durable
        recording = StoreRecording(durable.reader, durable.archive)
        self._players = DeskPlayers(
            self._gate,
            recording,
            lambda opening: marks_of(durable.reader, opening.span_us, opening.reach.cases),
            lambda device, from_us, to_us: durable.archive.read(device, from_us, to_us).fixes,
        )
        records = DeskRecords(durable.reader, durable.archive, scenarios_of(opened.folder))
        self._service = DeskService(self._gate, lambda: durable.room, records, self._players)

    def start(self) -> None:
        """Let desks in, and see to it that there is somebody who can let people in."""
        if not self._accounts.all():
            self._make_first_administrator()
        self._players.start()
        self._gate.start()

    def stop(self) -> None:
        """Tell the desks that the bridge stops."""
        self._service.stop()
        self._players.stop()
        self._gate.stop()

    def tell(self, outcome: Outcome) -> None:
        """What is on disk."""
        if any(isinstance(order, PutUser) for order in outcome.taken.orders):
            self._accounts.reload()
        self._service.tell(outcome)

    def alert(self, outcome: Outcome) -> None:
        """What is not on disk, because the disk is full or broken: alarms are heard all the same, nobody is answered."""
        for effect in outcome.effects:
            if isinstance(effect, SoundAlarm):
                self._gate.sound(effect)

    def beat(self) -> None:
        """After every turn of the engine."""
        self._service.beat()

    def prove(self, done: Callable[[], None]) -> None:
        """Bring the row of the room to where desks are sent it from, then call `done`; by the engine's thread."""
        self._service.prove(done)

    def _put_account(self, account: Account) -> None:
        """Changed by the gate: known at once, on disk with the next step."""
        self._accounts.put(account)
        self._inbox.put(Submission(orders=(), records=(record_of(account),), done=lambda _: None))
        if not account.must_change_password:
            (self._opened.folder / FIRST_LOGIN).unlink(missing_ok=True)

    def _keep_tries(self, user: str, tries: Tries) -> None:
        self._inbox.put(Submission(orders=(), records=(tries_record(user, tries),), done=lambda _: None))

    def _make_first_administrator(self) -> None:
        account, password = first_administrator(self._passwords)
        _write_secretly(self._opened.folder / FIRST_LOGIN, f"{account.user} {password}\n")
        self._accounts.put(account)
        order = PutUser(by=UserId("bridge"), user=account.user, person=account.person, role=account.role)
        self._inbox.put(Submission(orders=(order,), records=(record_of(account),), done=lambda _: None))


def _write_secretly(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
