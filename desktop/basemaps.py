"""The base maps that this desk draws: those that ship, and those that a control room imported with `bongsu-bridge import-basemap`."""

import logging
import mmap
from pathlib import Path
from typing import Final

from pmtiles.tile import MagicNumberNotFound, SpecVersionUnsupported

from desktop.bridge_process import own_data_folder
from desktop.settings import DeskSettings
from widgets.map.basemap_archive import Basemap, bundled, of_archive

_STREETS: Final = "streets"
_log = logging.getLogger(__name__)


def basemaps_of(settings: DeskSettings) -> tuple[Basemap, ...]:
    """What ships, then what is imported: in the folder of the settings, else beside the store of the user's own bridge."""
    folder = Path(settings.basemaps).expanduser() if settings.basemaps else own_data_folder() / "basemaps"
    return (*bundled(), *imported(folder))


def imported(folder: Path) -> tuple[Basemap, ...]:
    """The archives of a folder by name; one that cannot be read is left out and logged, so that the rest is drawn."""
    found = []
    for path in sorted(folder.glob("*.pmtiles")):
        try:
            found.append(_opened(path))
        except (OSError, ValueError, KeyError, MagicNumberNotFound, SpecVersionUnsupported) as error:
            _log.warning("base map %s cannot be read (%s); import it again", path.name, type(error).__name__)
    return tuple(found)


def _opened(path: Path) -> Basemap:
    """An archive mapped into memory: however large, only the tiles that are looked at are read."""
    with path.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return of_archive(path.stem, memoryview(content), replaces=(_STREETS,))
