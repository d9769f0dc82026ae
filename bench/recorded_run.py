"""Everything that desks are sent in a run, beside the log: python bench/recorded_run.py [ROUNDS, default 20].

Desks of an operator with grants, of one without, of a supervisor, an auditor and an administrator say one message of every kind
that names people of three cases (with an alarm, with grants, with neither), while devices report. Each message that comes to a desk
and is about somebody must have its entry, written before it came: an answer its own `read`; rows and positions the `view-opened` of
that desk; what an alarm or a grant has opened of a protected person the entry that opened it.
"""

import re
import struct
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from live_room import Gateway, LiveBridge, live

OF_PEOPLE = ("alarms", "cases", "pairs", "devices", "incidents", "disclosures", "exports", "destructions", "holds")
PEOPLE = {"kim": "operator", "lee": "operator", "park": "supervisor", "yoon": "supervisor", "aud": "auditor", "adm": "administrator"}
CASES = (1, 2, 4)
LAST = ("open-recording", "hand-over")
"""They change what a desk shows, and so are said when everything else was."""
SECRET = {"CANARYNAME": "name", "CANARYPHONE": "phones", "CANARYADDRESS": "addresses"}
"""What rows never hold, and which field is revealed with it."""
NEVER = "CANARYDUTY"
"""A number of an office, which the bridge itself calls and no desk is sent."""


@dataclass
class Desk:
    """A desk that keeps everything that it was sent, and when."""

    raw: Any
    user: str
    seat: str
    asked: dict[int, dict[str, Any]] = field(default_factory=dict)
    kept: list[tuple[int, dict[str, Any]]] = field(default_factory=list)

    def say(self, message: dict[str, Any]) -> dict[str, Any]:
        """Say something that is answered."""
        number = len(self.asked) + 1
        self.asked[number] = message
        self.raw.say({**message, "id": number})
        while True:
            answered: dict[str, Any] = self.hear("done", "no", "answer")
            assert "id" in answered, (message, answered)
            if answered["id"] == number:
                return answered

    def hear(self, *kinds: str) -> dict[str, Any]:
        """The next message of these kinds; all that come are kept."""
        message: dict[str, Any] = self.raw.hear(*kinds, timeout_s=60)
        self.keep()
        return message

    def keep(self) -> None:
        """Keep what has come, and open the window for more."""
        self.raw.hear_all()
        now = time.time_ns() // 1000
        if self.raw.seen:
            self.raw.say_seen()
        self.kept += [(now, message) for message in self.raw.seen]
        self.raw.seen.clear()


class Run:
    """A room with people at their desks."""

    def __init__(self, folder: Path, people: Sequence[str]) -> None:
        self.bridge = LiveBridge(folder)
        for name in people:
            self.bridge.user(name, PEOPLE[name])
        self.gateway = Gateway(self.bridge)
        self.desks = {name: self._desk(name) for name in people}

    def _desk(self, name: str) -> Desk:
        raw = self.bridge.desk(f"desk-{name}", name)
        seat = next(message["seat"] for message in raw.seen if message["t"] == "welcome")
        desk = Desk(raw, name, seat)
        desk.keep()
        return desk

    def live(self, rounds: int) -> None:
        """An alarm in case 1, grants for kim in case 2, and everything that anybody may try."""
        self.gateway.sos("VIC-1")
        self._grant()
        for _ in range(rounds):
            for number in CASES:
                lat, lon = live.place_of(number)
                for device, away in (("VIC", 0.01), ("ANK", 0.3)):
                    self.gateway.hand_in("P", live.fixes_of(f"{device}-{number}", [(lat + away, lon)] * 3))
                messages = live.commands_and_queries(number)
                for desk in self.desks.values():
                    for message in messages:
                        if _name(message) not in LAST:
                            desk.say(message)
            for desk in self.desks.values():
                desk.keep()
        self._say_the_rest()

    def _say_the_rest(self) -> None:
        """What changes who sees what, or is for exercises alone."""
        for number in CASES:
            messages = [one for one in live.commands_and_queries(number) if _name(one) in LAST]
            for desk in self.desks.values():
                for message in [*live.rare_commands_and_queries(number), *messages]:
                    desk.say(message)

    def _grant(self) -> None:
        now_us = live.now_us()
        fields = ["position", "track", "identity", "phones", "places"]
        for person in ("V-2", "S-2"):
            wanted = {"name": "request-access", "person": person, "case": "C-2", "purpose": "4-breach-investigation", "reason": "look"}
            span = {"fields": fields, "from_us": now_us - 10**9, "to_us": now_us + 10**10, "paper": "warrant.pdf 00", "on_behalf_of": "x"}
            made = self.desks["kim"].say({"t": "act", "do": wanted | span})
            assert made["t"] == "done", made
            decision = {"name": "decide-request", "request": made["note"], "decision": "approve", "reason": "warrant seen"}
            for supervisor in ("park", "yoon"):
                self.desks[supervisor].say({"t": "act", "do": decision})

    def end(self) -> list[dict[str, Any]]:
        """Stop; the log."""
        for desk in self.desks.values():
            desk.keep()
        entries = self.bridge.log()
        self.gateway.close()
        self.bridge.stop()
        return entries


class Account:
    """Finds for each message the entry that stands for it, and what it holds beyond its verdict."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        self.beyond: list[str] = []
        self.n_secrets = 0
        self.found: Counter[str] = Counter()
        self.missing: list[str] = []
        self._entries = [(_us(entry["at"]), entry) for entry in entries]
        self._reads: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        for at_us, entry in self._entries:
            if entry["event"] == "read" and entry["allowed"]:
                self._reads.setdefault(entry["seat"], []).append((at_us, entry))

    def of(self, desk: Desk) -> None:
        """All that a desk was sent."""
        for at_us, message in desk.kept:
            if message["t"] == "answer":
                self._answer(desk, at_us, desk.asked[message["id"]]["of"])
            elif people := sorted(_people_in(message)):
                opened = any(e["event"] == "view-opened" and e["seat"] == desk.seat and t <= at_us for t, e in self._entries)
                self._note(message["t"], f"{desk.user} was sent {people} and no view was opened", is_there=opened)
            self._secrets(desk, at_us, message)
            for case in _opened_in(message):
                is_open = self._is_open(case, desk.user, at_us)
                self._note("opened of a protected person", f"{desk.user} was shown the protected person of {case}", is_there=is_open)

    def _secrets(self, desk: Desk, at_us: int, message: dict[str, Any]) -> None:
        """Names, numbers and addresses come in answers alone that were asked for them, of the person who was asked for."""
        for word, field_name, number in _secrets_in(message):
            self.n_secrets += 1
            query = desk.asked[message["id"]]["of"] if message["t"] == "answer" else {"name": message["t"]}
            if not self._is_due(desk, at_us, query, (field_name, number)):
                self.beyond.append(f"{desk.user} was told {word}{number} in {query['name']}")

    def _is_due(self, desk: Desk, at_us: int, query: dict[str, Any], secret: tuple[str, str]) -> bool:
        field_name, number = secret
        named = query.get("case", f"C-{number}") == f"C-{number}" and query.get("person", f"V-{number}") in {f"V-{number}", f"S-{number}"}
        is_open = self._is_open(f"C-{number}", desk.user, at_us)
        match query["name"]:
            case "reveal":
                return named and query["field"] == field_name and is_open
            case "search":
                return field_name in {"name", "addresses"} and is_open
            case "read-surroundings":
                return field_name == "addresses" and is_open
            case "read-subject":
                return named and PEOPLE[desk.user] in {"supervisor", "auditor"}
            case _:
                return False

    def _answer(self, desk: Desk, at_us: int, query: dict[str, Any]) -> None:
        """Each answer uses up one entry of its own that is about the same."""
        for index, (read_us, entry) in enumerate(self._reads.get(desk.seat, [])):
            same = all(entry[key] == query[key] for key in ("case", "person", "device") if query.get(key) is not None)
            if read_us <= at_us and same and entry["user"] == desk.user and entry["why"]:
                del self._reads[desk.seat][index]
                self._note("answer", "", is_there=True)
                return
        self._note("answer", f"{desk.user} was answered {query['name']} without an entry", is_there=False)

    def _is_open(self, case: str, user: str, at_us: int) -> bool:
        for event_us, entry in self._entries:
            of_case = entry.get("case") == case and event_us <= at_us
            if of_case and entry["event"] == "view-widened" and user in entry["users"]:
                return True
            if of_case and entry["event"] == "grant-started" and entry["user"] == user:
                return True
        return False

    def _note(self, kind: str, what: str, *, is_there: bool) -> None:
        self.found[kind] += 1
        if not is_there:
            self.missing.append(what)


def _us(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1e6)


def _people_in(message: dict[str, Any]) -> set[str]:
    """The tables or devices by which a message is about somebody."""
    rows = message.get("rows", {})
    frame = message.get("frame", {})
    return {table for table in OF_PEOPLE if isinstance(rows, dict) and rows.get(table)} | (
        {"positions"} if isinstance(frame, dict) and frame.get("devices") else set()
    )


def _secrets_in(message: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(canary, field, number of its case) of everything in a message that rows must not hold."""
    for text in _texts_in(message):
        for word, field_name in (*SECRET.items(), (NEVER, "")):
            for found in re.finditer(rf"{word}(\d+)", text):
                yield word, field_name, found.group(1)


def _texts_in(value: Any) -> Iterator[str]:
    """All texts of a message, keys and bytes too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        yield value.decode("latin-1")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from (*_texts_in(key), *_texts_in(part))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts_in(part)


def _name(message: dict[str, Any]) -> str:
    found: str = (message.get("do") or message.get("of") or {}).get("name", "")
    return found


def _opened_in(message: dict[str, Any]) -> Iterator[str]:
    """Cases of which a message shows where the protected person is, or how far exactly."""
    rows, frame = message.get("rows", {}), message.get("frame", {})
    if isinstance(rows, dict):
        yield from (row["case"] for row in rows.get("pairs", ()) if row["distance_m"] is not None)
    if isinstance(frame, dict):
        for device, lat in zip(frame.get("devices", ()), struct.iter_unpack("<d", frame.get("lat_deg", b"")), strict=False):
            if device.startswith("VIC-") and lat[0] == lat[0]:
                yield f"C-{device.removeprefix('VIC-')}"


def lived(folder: Path, rounds: int, people: Sequence[str] = tuple(PEOPLE)) -> tuple[list[Desk], list[dict[str, Any]]]:
    """Desks with everything that they were sent, and the log."""
    run = Run(folder, people)
    run.live(rounds)
    return list(run.desks.values()), run.end()


def accounted(desks: list[Desk], entries: list[dict[str, Any]]) -> Account:
    """What of all that was sent stands in the log."""
    account = Account(entries)
    for desk in desks:
        account.of(desk)
    return account


def main() -> None:
    """Run and print the figures; ends with 1 where something left without its entry."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory(prefix="bongsu-recorded-") as folder:
        account = accounted(*lived(Path(folder), rounds))
    n = sum(account.found.values())
    print(f"{n:,} things about people left the bridge, {n - len(account.missing):,} of them with an earlier entry: {dict(account.found)}")
    print(f"{account.n_secrets:,} names, numbers and addresses among them, {len(account.beyond):,} beyond what was asked and allowed")
    for what in [*account.missing[:20], *account.beyond[:20]]:
        print(f"  {what}")
    sys.exit(1 if account.missing or account.beyond else 0)


if __name__ == "__main__":
    main()
