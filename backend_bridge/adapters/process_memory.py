"""How the C library keeps the memory of a process that runs for years: large pieces go back to the system as soon as they are free.

Left to itself glibc raises the size from which it does so with each large piece that is freed, up to 32 MB, and gives each thread an
arena of its own. Sorting half a million fixes every few minutes on one thread and writing them on another would then fill one arena
after the other, in which the free room lies between what is still in use.
"""

import ctypes
from typing import Final

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
_LARGE_BYTES: Final = 1_900_000
"""What one turn writes stays below this, and a column of half a million fixes above. A piece that is asked of the system is filled with
zeros page by page before anything is written to it: with several copies of each body on its way to the disk that takes as long as to
encrypt it."""
_KEPT_BYTES: Final = 8 << 20
"""So much that is free at the end of an arena stays there for the next turn."""
_ARENAS: Final = 2


def give_large_pieces_back() -> bool:
    """To be called before there are threads; False where the C library is another one, which is left as it is."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    wanted = ((_MMAP_THRESHOLD, _LARGE_BYTES), (_TRIM_THRESHOLD, _KEPT_BYTES), (_ARENA_MAX, _ARENAS))
    return mallopt is not None and all(mallopt(name, value) for name, value in wanted)
