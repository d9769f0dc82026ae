"""A road network as arrays, and its file; what is searched in it stands in `roads`, which loads more and later."""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

_COLUMNS: Final[Mapping[str, str]] = MappingProxyType({"lat_deg": "f8", "lon_deg": "f8", "start": "i4", "end": "i4", "seconds": "f4"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadNetwork:
    """n junctions and m one-way segments with their driving seconds; segment k leads from `start[k]` to `end[k]`."""

    lat_deg: NDArray[np.float64]
    lon_deg: NDArray[np.float64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    seconds: NDArray[np.float32]

    def save(self, path: Path) -> None:
        """Write the network as a compressed NumPy archive."""
        np.savez_compressed(path, lat_deg=self.lat_deg, lon_deg=self.lon_deg, start=self.start, end=self.end, seconds=self.seconds)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote; raises OSError, KeyError or ValueError where it is something else, or damaged."""
        try:
            with np.load(path, allow_pickle=False) as archive:
                found = cls(**{name: np.asarray(archive[name], kind) for name, kind in _COLUMNS.items()})
        except (BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, TypeError) as error:
            raise ValueError(f"a damaged archive ({type(error).__name__})") from error
        n, joins = len(found.lat_deg), np.concatenate([found.start, found.end])
        if len(found.lon_deg) != n or not len(found.start) == len(found.end) == len(found.seconds):
            raise ValueError("columns of unequal length")
        if not all(np.isfinite(column).all() for column in (found.lat_deg, found.lon_deg, found.seconds)) or (found.seconds < 0.0).any():
            raise ValueError("a place or a time that cannot be")
        if len(joins) and not 0 <= joins.min() <= joins.max() < n:
            raise ValueError("a segment leads to no junction")
        return found
