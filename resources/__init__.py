"""Data that ships with Bongsu: map page, base map, demo set, styles, sounds, translations."""

from importlib.resources import files
from pathlib import Path


def path(name: str) -> Path:
    """Where the resource `name` (a `/`-separated path below this package) lies on disk."""
    return Path(str(files(__name__).joinpath(name)))
