"""A bridge that says it is ready has compiled all that fixes will need: nobody's alarm waits seconds for a compiler."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_SCRIPT = """
import gc
from numba.core.dispatcher import Dispatcher
from backend_bridge.bootstrap.warm import warm_up
import backend_bridge.adapters.gate_reader
import sim_day

def compiled():
    kernels = (each for each in gc.get_objects() if isinstance(each, Dispatcher) and each.py_func.__module__.startswith("backend_bridge."))
    return {(each.py_func.__qualname__, str(signature)) for each in kernels for signature in each.signatures}

warm_up()
before = compiled()
for seed in (3, 5):
    sim_day.run_day(seed, hours=1.0)
print(*sorted(name for name, _ in compiled() - before))
"""
"""Lives some hours under floods, late fixes and meetings, in a process in which nothing else was compiled."""

_UNCALLED = """
import importlib, pkgutil
from numba.core.dispatcher import Dispatcher
import backend_bridge
from backend_bridge.bootstrap.warm import warm_up

warm_up()
held = {}
for found in pkgutil.walk_packages(backend_bridge.__path__, "backend_bridge."):
    if found.name.startswith(("backend_bridge.domain", "backend_bridge.adapters")):
        held |= {id(each): each for each in vars(importlib.import_module(found.name)).values() if isinstance(each, Dispatcher)}
within = {name for each in held.values() for name in each.py_func.__code__.co_names}
print(*sorted(each.__name__ for each in held.values() if not each.signatures and each.__name__ not in within))
"""
"""Names the kernels that are called from outside of kernels and that starting up calls none of."""


def test_every_kernel_is_compiled_before_a_bridge_is_ready() -> None:
    """Also those that no fix needs, but the end of an order, or what a gateway sends again."""
    done = subprocess.run([sys.executable, "-c", _UNCALLED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


_HELD_OTHERWISE = """
from dataclasses import fields, replace
import numpy as np
from backend_bridge.bootstrap import warm
from backend_bridge.domain.watching import trust_scan

warm.warm_up()
before = set(trust_scan._scan.signatures)
batch = warm._fixes()
columns = {field.name: getattr(batch, field.name) for field in fields(batch) if isinstance(getattr(batch, field.name), np.ndarray)}
for name, column in columns.items():
    held = column.copy()
    held.flags.writeable = False
    one = replace(batch, **{name: held})
    trust_scan.scan(trust_scan.grown(trust_scan.NOTHING, 3), one, one.device)
print(*set(trust_scan._scan.signatures) - before)
"""


def test_columns_that_cannot_be_written_need_no_compiler_either() -> None:
    """So they come where a message lacks nothing, or is read back from disk."""
    done = subprocess.run([sys.executable, "-c", _HELD_OTHERWISE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_no_kernel_is_compiled_while_people_wait() -> None:
    folder = Path(__file__).parent
    path = [str(ROOT), str(folder)]
    script = f"import sys; sys.path[:0] = {path!r}\n{_SCRIPT}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
