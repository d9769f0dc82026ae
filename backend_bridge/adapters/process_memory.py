"""How the C library keeps the memory of a process that runs for years: what is free goes back to the system.

Left to itself glibc raises the size from which it does so with each large piece that is freed, up to 32 MB, and gives each thread an
arena of its own. Sorting half a million fixes every few minutes on one thread and writing them on another would then fill one arena
after the other, in which the free room lies between what is still in use: large pieces go back as soon as they are free, and the room
between smaller ones when it is asked for.
"""

import ctypes
from typing import Final

_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
_LARGE_BYTES: Final = 1 << 20
"""The columns of one turn stay below this, and are not asked of the system each time."""
_ARENAS: Final = 2


def give_large_pieces_back() -> bool:
    """To be called before there are threads; False where the C library is another one, which is left as it is."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)) and bool(mallopt(_ARENA_MAX, _ARENAS))


def give_free_room_back() -> None:
    """Give back the pages that lie free between what is in use; takes some milliseconds. Nothing where the C library is another one."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
