"""How the hot path is compiled: by numba, without fast-math, kept on disk between starts.

A division by zero gives infinity or NaN there, as IEEE 754 has it, instead of an exception in the middle of a fix.
"""

import hashlib
import pkgutil
from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar

import numpy as np
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic
from numpy.typing import NDArray

P = ParamSpec("P")
R = TypeVar("R")

MODULES: Final = (
    "kernel",
    "exact_math",
    "geometry",
    "containment",
    "track_table",
    "track_model",
    "track_motion",
    "track_evidence",
    "track_filter",
    "track_history",
    "target_levels",
    "target_telling",
    "pair_engine",
    "pair_sides",
    "target_walk",
    "late_pieces",
    "way_between",
    "doubted_fixes",
    "zone_engine",
    "track_views",
    "track_glimpse",
    "spot_view",
    "refiltered",
    "stay_filter",
    "stay_places",
)
"""All that hold kernels, or the constants that are compiled into them."""


def _sources() -> str:
    """A digest of all modules that hold kernels."""
    digest = hashlib.sha256()
    for module in MODULES:
        digest.update(pkgutil.get_data(__package__, f"{module}.py") or b"")
    return digest.hexdigest()


_STAMP: Final = _sources()


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function at its first call, or load what an earlier start has compiled; it can neither make nor return an array.

    So nobody counts references to arrays in it, which would take longer than the arithmetic.
    """
    return _kept(njit(cache=True, nogil=True, error_model="numpy", _nrt=False)(function))  # type: ignore[call-overload]  # an option without a stub


def woven_kernel(function: Callable[P, R]) -> Callable[P, R]:
    """A kernel that becomes part of those that call it, and so may return a part of an array."""
    return _kept(njit(cache=True, nogil=True, error_model="numpy", inline="always")(function))


def _kept(compiled: Callable[P, R]) -> Callable[P, R]:
    """Stamp what is kept on disk with the sources of all kernels, so that a stale one can never decide.

    Numba throws it away when the function's own file changes, but not when one that it calls does.
    """
    compiled._cache._cache_file._source_stamp = _STAMP  # type: ignore[attr-defined]  # noqa: SLF001  no public name
    return compiled


_LINE_BYTES: Final = 64


@intrinsic
def _ask_for(_typing: Any, table: Any, index: Any, offset: Any) -> Any:
    """Ask the processor to fetch the line of a table's row at a byte offset; changes nothing but the time that a later look takes."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        rows = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.add(builder.mul(arguments[1], builder.extract_value(rows.strides, 0)), arguments[2])
        address = builder.gep(builder.bitcast(rows.data, cgutils.voidptr_t), [place])
        ir = cgutils.ir  # type: ignore[attr-defined]  # what numba builds its code of
        kind = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, *[cgutils.int32_t] * 3])
        fetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")  # type: ignore[no-untyped-call]  # no stub
        # to be read; to be kept in all caches; data, not instructions
        builder.call(fetch, [address, *(context.get_constant(types.int32, value) for value in (0, 3, 1))])
        return context.get_dummy_value()

    return types.void(table, index, offset), build


@kernel
def fetch_ahead(table: NDArray[np.record], index: int, first: int, end: int) -> None:
    """Have bytes [first, end) of a row of a large table fetched while something else is worked out."""
    for offset in range(first, end, _LINE_BYTES):
        _ask_for(table, np.int64(index), np.int64(offset))  # type: ignore[call-arg]  # numba adds the first one


@kernel
def copy_floats(source: NDArray[np.float64], target: NDArray[np.float64]) -> None:
    """Copy one row into another of the same length; a plain loop compiles many times faster than a slice."""
    for k in range(len(source)):
        target[k] = source[k]


@kernel
def fill_floats(target: NDArray[np.float64], value: float) -> None:
    """Set all of a row."""
    for k in range(len(target)):
        target[k] = value


@kernel
def whole(value: int) -> int:
    """A constant as a plain number: numba would compile what is called with a literal once more for each."""
    return value
