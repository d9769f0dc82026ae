"""What the decision about a row costs when 10,000 rows are cut for one user, and the cutting of the rows themselves.

    python bench/may_rows.py [ROWS]

Half of the cases are Korea's and half France's, a tenth have an alarm open, and the user holds a grant for one in a hundred.
"""

import importlib
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from backend_bridge.application.rows import CaseRow
from backend_bridge.application.tables import Table
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.grants import Grant
from backend_bridge.domain.identifiers import CaseId, GrantId, PersonId
from backend_bridge.domain.purpose import Purpose

_TESTS: Final = Path(__file__).parents[1] / "tests"
sys.path += [str(_TESTS / "unit" / "application"), str(_TESTS)]
rooms: Any = importlib.import_module("room_builder")
screens: Any = importlib.import_module("test_views")
ACTIONS: Final = (Action.SEE_CASE, Action.SEE_WEARER_POSITION, Action.SEE_PROTECTED_POSITION, Action.SEE_WEARER_TRAIL)
ROUNDS: Final = 15


def main(n: int) -> None:
    """Measure and print."""
    desk = rooms.Desk([rooms.a_case(f"KR-{k}", jurisdiction="KR" if k % 2 else "FR", n=k) for k in range(1, n + 1)])
    room, cases = desk.room, [(CaseId(f"KR-{k}"), PersonId(f"S-{k:04}")) for k in range(1, n + 1)]
    for case, _ in cases[::10]:
        room.access.open_more(case, desk.now_us)
    for case, person in cases[::100]:
        room.grants.put_grant(granted(case, person, desk.now_us))
    print(f"{n:,} rows; the median of {ROUNDS} rounds, one core\n| what | a row |\n|---|---|")
    for action in ACTIONS:
        print(f"| `may` {action.value} | {microseconds(lambda action=action: cut(desk, cases, action), n):.2f} µs |")
    print(f"| `may` without the grants and office looked up beforehand | {microseconds(lambda: alone(desk, cases), n):.2f} µs |")
    print(f"| a desk's first rows of cases, cut whole | {first_rows_us(desk, n):.1f} µs |")


def granted(case: CaseId, person: PersonId, now_us: int) -> Grant:
    """Access to a wearer's position that runs."""
    return Grant(
        grant=GrantId(f"G-{case}"),
        request=None,
        user=rooms.OPERATOR,
        human="h",
        person=person,
        case=case,
        purpose=Purpose.BREACH_INVESTIGATION,
        fields=frozenset({"position", "track"}),
        from_us=0,
        to_us=now_us * 2,
        starts_us=now_us - 1,
        ends_us=now_us * 2,
    )


def cut(desk: Any, cases: list[tuple[CaseId, PersonId]], action: Action) -> int:
    """How many of the rows the user may see."""
    sight = desk.room.access.sight(rooms.OPERATOR, desk.now_us)
    return sum(sight.may(action, person, case).allowed for case, person in cases)


def alone(desk: Any, cases: list[tuple[CaseId, PersonId]]) -> int:
    """The same, each row decided on its own."""
    may = desk.room.access.may
    return sum(may(rooms.OPERATOR, Action.SEE_WEARER_POSITION, person, case, None, desk.now_us).allowed for case, person in cases)


def microseconds(work: Callable[[], object], n: int) -> float:
    """Of processor time a row, in the middle of some rounds."""
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        found.append((time.process_time() - began) * 1e6 / n)
    return statistics.median(found)


def first_rows_us(desk: Any, n: int) -> float:
    """What a desk that has just come costs, until all its rows of cases are there."""
    began = time.process_time()
    screen = screens.Screen(desk, rooms.OPERATOR)
    while len(screen.rows[Table.CASES]) < n:
        screen.look()
    assert all(isinstance(row, CaseRow) for row in screen.rows[Table.CASES].values())
    return (time.process_time() - began) * 1e6 / n


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
