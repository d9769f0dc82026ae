"""A bridge that has sorted many fixes does not keep the memory that this took."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys, threading
from pathlib import Path
import numpy as np
from backend_bridge.adapters.process_memory import give_free_room_back, give_large_pieces_back

def resident_mb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20

if sys.argv[1] == "with" and not give_large_pieces_back():
    sys.exit(77)

kept = []

def sort():
    # Freeing a large piece once raises the size from which pieces are mapped; what is small and stays keeps the arena's end.
    for _ in range(2):
        pieces = [np.ones(3 << 20, np.int8) for _ in range(20)]
        kept.append([np.ones(50_000, np.int8) for _ in range(4)])
        del pieces

before = resident_mb()
for _ in range(4):
    thread = threading.Thread(target=sort)
    thread.start()
    thread.join()
print(resident_mb() - before)
"""


SCATTERED = """
import sys
from pathlib import Path
import numpy as np
from backend_bridge.adapters.process_memory import give_free_room_back, give_large_pieces_back

def resident_mb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20

if not give_large_pieces_back():
    sys.exit(77)
before = resident_mb()
pieces = [np.ones(50_000, np.int8) for _ in range(2_000)]
kept = pieces[::20]
del pieces
if sys.argv[1] == "with":
    give_free_room_back()
print(resident_mb() - before)
"""


def grown_mb(how: str, program: str = PROGRAM) -> float:
    done = subprocess.run([sys.executable, "-c", program, how], capture_output=True, text=True, check=False, timeout=120)
    if done.returncode == 77:
        pytest.skip("the C library is not glibc")
    return float(done.stdout)


def test_large_pieces_go_back_to_the_system_when_they_are_free() -> None:
    assert grown_mb("with") < 20.0


def test_room_between_what_is_still_in_use_goes_back_when_asked_for() -> None:
    """The one without is the test's own check: pieces lie so that the C library alone keeps all of them."""
    assert grown_mb("without", SCATTERED) > 80.0
    assert grown_mb("with", SCATTERED) < 20.0
