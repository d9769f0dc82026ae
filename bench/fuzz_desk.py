"""A hostile desk beside the room, without sockets: python bench/fuzz_desk.py [MESSAGES, default 1,000,000].

Every kind of command and query is made up from its own schema, with names of things that are there, and then some are broken: each
goes through the decoder of the desk link and, where it is one, through the room's step, as the bridge does. The user, of each role
in turn, may see nothing of a case without an alarm, and nobody grants anything: what is answered, and what the desk is shown, must
hold none of that case's canaries; each answered query must have its entry before. A crash ends the run.
"""

import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import msgspec
from msgspec import inspect

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "unit" / "application"))

from room_builder import Desk, a_case, change  # the tests' own
from test_views import picture_of  # likewise

from backend_bridge.application.answers import answer
from backend_bridge.application.inbox import Act, Ask, Inbox, OpenSession, PutUser
from backend_bridge.application.outcome import Outcome
from backend_bridge.application.views import DeskView
from backend_bridge.desk_protocol import Act as ActMessage
from backend_bridge.desk_protocol import Ask as AskMessage
from backend_bridge.desk_protocol import FrameRefusedError, command_of, decode_from_desk, query_of
from backend_bridge.domain.case import Case, Person, Place
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.outcomes.access_events import DataRead
from backend_bridge.domain.queries import Reveal, Search
from backend_bridge.domain.user import Role

LOUD, QUIET = "KR-1", "KR-2"
CANARIES = (b"CANARYNAME", b"CANARYPHONE", b"CANARYADDRESS")
LIVES = 10_000
"""Messages to one room; then a new one, with a user of the next role."""
LOOK_EVERY = 500
LAWFUL = frozenset({"break-glass"})
"""What opens the quiet case by right, with its entry: not for a run in which nothing may come out."""


def quiet_case() -> Case:
    """A case with an alarm for nobody, whose people can be found again."""
    made = a_case(QUIET, n=2)
    person, place = made.people[0], made.places[0]
    people = (Person(person=person.person, name="CANARYNAME", phones=("CANARYPHONE",)),)
    places = (Place(place=place.place, person=place.person, kind=place.kind, address="CANARYADDRESS", position=place.position),)
    return replace(made, people=people, places=places)


class Maker:
    """Makes messages up from the schema of the protocol."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names: list[str] = []
        self.fitting: dict[str, list[Any]] = {}
        self._kinds = [("act", "do", kind) for kind in _union(ActMessage, "do")] + [
            ("ask", "of", kind) for kind in _union(AskMessage, "of")
        ]

    def message(self) -> bytes:
        """One message, perhaps broken."""
        dice = self.random.random()
        if dice < 0.05:
            return self.random.randbytes(self.random.randrange(200))
        frame: bytes = msgspec.msgpack.encode(self._made())
        if dice < 0.75:
            return frame
        at = self.random.randrange(len(frame))
        if dice < 0.85:
            return frame[:at]
        return frame[:at] + self.random.randbytes(1) + frame[at + self.random.randrange(3) :]

    def _made(self) -> dict[str, Any]:
        word, field, kind = self.random.choice(self._kinds)
        while kind.tag in LAWFUL:
            word, field, kind = self.random.choice(self._kinds)
        inner = {one.encode_name: self._of_field(one) for one in kind.fields if one.required or self.random.random() < 0.7}
        if self.random.random() < 0.1 and inner:
            inner[self.random.choice(list(inner))] = self.random.choice(
                (None, True, -1, 2**63, float("nan"), "", "x" * 3000, [], {}, b"\0")
            )
        return {"t": word, "id": self.random.randrange(1, 100), field: {kind.tag_field: kind.tag, **inner}}

    def _of_field(self, field: inspect.Field) -> Any:
        """Mostly what fits the field's name: an alarm that there is, a period that has an end."""
        fitting = self.fitting.get(field.encode_name)
        if fitting and self.random.random() < 0.8:
            chosen = self.random.choice(fitting)
            is_one_of_many = isinstance(chosen, str) and isinstance(field.type, inspect.VarTupleType)
            return [chosen] if is_one_of_many else chosen
        return self._value(field.type)

    def _value(self, kind: inspect.Type) -> Any:  # noqa: C901, PLR0911, PLR0912 - one line a kind of type
        random = self.random
        match kind:
            case inspect.UnionType():
                return self._value(random.choice(kind.types))
            case inspect.LiteralType():
                return random.choice(kind.values)
            case inspect.EnumType():
                return random.choice(list(kind.cls)).value
            case inspect.BoolType():
                return random.random() < 0.5
            case inspect.IntType():
                return random.choice((0, 1, 5, 60, 10_000, self.now_us - 10**9, self.now_us, self.now_us + 10**9, 2**53, -1))
            case inspect.FloatType():
                return random.choice((0.0, 1.0, 37.5, 126.9, -1.0, 1e300, float("inf"), float("nan")))
            case inspect.StrType():
                return random.choice(self.names) if random.random() < 0.9 else random.choice(("", "CANARY", "x" * 500, "\0", "*", "../a"))
            case inspect.BytesType():
                return random.randbytes(random.randrange(40))
            case inspect.NoneType():
                return None
            case inspect.VarTupleType() | inspect.ListType() | inspect.SetType() | inspect.FrozenSetType():
                return [self._value(kind.item_type) for _ in range(random.randrange(4))]
            case inspect.TupleType():
                return [self._value(one) for one in kind.item_types]
            case inspect.DictType():
                return {}
            case inspect.StructType():
                return {one.encode_name: self._value(one.type) for one in kind.fields} | (
                    {kind.tag_field: kind.tag} if kind.tag_field else {}
                )
            case _:
                return None

    now_us = 0


def _union(message: type, field: str) -> tuple[inspect.StructType, ...]:
    info = inspect.type_info(message)
    assert isinstance(info, inspect.StructType)
    union = next(one.type for one in info.fields if one.name == field)
    return union.types if isinstance(union, inspect.UnionType) else (union,)  # type: ignore[return-value]  # structs alone stand there


class Life:
    """One room, and a hostile user of one role in it."""

    def __init__(self, maker: Maker, role: Role, found: Counter[str]) -> None:
        self.maker, self.found = maker, found
        self.user = UserId("hostile")
        self.desk = Desk(cases=(a_case(LOUD, n=1), quiet_case()))
        self.desk.run(Inbox(orders=(PutUser(by=UserId("root"), user=self.user, person="hostile", role=role),)))
        session = OpenSession(user=self.user, seat="seat-hostile", desk="desk", expires_us=self.desk.now_us + 10**14)
        self.desk.run(Inbox(news=(session,)))
        self.view = DeskView(self.user, "seat-hostile")
        self.desk.raises(change(case=LOUD))

    def run(self, n: int) -> None:
        """Take so many messages."""
        for number in range(n):
            if number % LOOK_EVERY == 0:
                self.look()
            self._take(self.maker.message())

    def look(self) -> None:
        """What the desk is shown now; and names of new things that a message may speak of."""
        room, now_us = self.desk.room, self.desk.now_us
        _must_be_clean(repr(self.view.changes(room, picture_of(now_us, n=2, prefix="KR"))).encode())
        people = {"case": [LOUD, QUIET], "person": ["S-0001", "V-0001", "S-0002", "V-0002"]}
        devices = {"device": ["ANK-0001", "VIC-0001", "ANK-0002", "VIC-0002"], "user": ["hostile", "operator-1"], "to": ["operator-1"]}
        alarms = [str(row.alarm) for row in room.alarms][-5:]
        made = {"request": list(room.grants.requests)[-5:], "grant": list(room.grants.grants)[-5:], "alarm": alarms, "alarms": alarms}
        incidents = {"incident": [str(one.incident) for one in room.incidents.opened()], "field": ["name", "phones", "addresses", "*"]}
        periods = {"from_us": [now_us - 10**9, now_us - 10**11, now_us + 10**9], "to_us": [now_us, now_us + 10**10], "minutes": [5, 60]}
        fields = {"fields": ["position", "track", "identity", "phones", "places", "export", "record"], "form": ["csv", "gpx"]}
        self.maker.fitting = people | devices | made | incidents | periods | fields
        self.maker.names = [name for names in self.maker.fitting.values() for name in names if isinstance(name, str)]
        self.maker.now_us = now_us
        self.desk.outcomes.clear()

    def _take(self, frame: bytes) -> None:
        try:
            message = decode_from_desk(frame)
        except FrameRefusedError as refused:
            _must_be_clean(str(refused).encode())
            self.found["refused by the decoder"] += 1
            return
        seat = "seat-hostile"
        if isinstance(message, ActMessage):
            inbox = Inbox(acts=(Act(act=1, user=self.user, seat=seat, command=command_of(message)),))
        elif isinstance(message, AskMessage):
            inbox = Inbox(acts=(Ask(act=1, user=self.user, seat=seat, query=query_of(message)),))
        else:
            self.found["others"] += 1
            return
        try:
            self._check(self.desk.run(inbox))
        except Exception:
            print(f"broken by {message}", flush=True)
            raise

    def _check(self, outcome: Outcome) -> None:
        (reply,) = outcome.replies
        _must_be_clean((reply.sentence or "").encode())
        if reply.refusal is not None:
            self.found[f"refused: {reply.refusal}"] += 1
        elif reply.query is None:
            self.found["commands carried out"] += 1
        else:
            self.found["queries answered"] += 1
            assert any(isinstance(one, DataRead) and one.allowed and one.user == self.user for one in outcome.events), (
                "read without an entry"
            )
            if isinstance(reply.query, Reveal | Search):  # those that the room answers itself
                user = self.desk.room.duty.at("seat-hostile", self.user)
                found = answer(reply, user, self.desk.room, None)  # type: ignore[arg-type]  # neither looks at the disk
                _must_be_clean(repr(found).encode())


def _must_be_clean(said: bytes) -> None:
    leaked = [canary for canary in CANARIES if canary in said]
    assert not leaked, leaked


def run(n: int, seed: int = 20261126, lives: int = LIVES) -> Counter[str]:
    """What became of so many messages, `lives` of them to each room."""
    random = Random(seed)
    found: Counter[str] = Counter()
    maker = Maker(random)
    roles = list(Role)
    for life, first in enumerate(range(0, n, lives)):
        Life(maker, roles[life % len(roles)], found).run(min(lives, n - first))
    return found


def main() -> None:
    """Run and print a table."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    began = time.monotonic()
    found = run(n)
    print(f"{n:,} messages of a hostile desk in {time.monotonic() - began:.0f} s ({time.process_time():.0f} s of processor time):")
    print("no crash, nothing of the quiet case came out, no read without its entry")
    for what, count in found.most_common():
        print(f"  {what:32} {count:>9,}")


if __name__ == "__main__":
    main()
