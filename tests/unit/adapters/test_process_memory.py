"""A bridge that has sorted many fixes does not keep the memory that this took, and asks for none anew with each turn."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys, threading
from pathlib import Path
import numpy as np
from backend_bridge.adapters.process_memory import give_large_pieces_back

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

TURNS = """
import resource, sys
from backend_bridge.adapters.process_memory import give_large_pieces_back

if not give_large_pieces_back():
    sys.exit(77)

def new_pages(n_turns):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(n_turns):
        body = bytes(1_700_000)
        copies = [body + b"sealed", body + b"hashed", body + b"stored"]
        del body, copies
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

new_pages(3)
print(new_pages(20) / 20)
"""


def told(program: str, *arguments: str) -> float:
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False, timeout=120)
    if done.returncode == 77:
        pytest.skip("the C library is not glibc")
    return float(done.stdout)


def test_large_pieces_go_back_to_the_system_when_they_are_free() -> None:
    assert told(PROGRAM, "with") < 20.0


def test_what_a_turn_writes_lies_where_that_of_the_turn_before_lay() -> None:
    assert told(TURNS) < 100.0  # of 1,660 pages
