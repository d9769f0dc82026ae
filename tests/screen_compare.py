"""Whether a screen still looks as its picture in the docs, in blocks too large for letters, figures and clocks to matter."""

from io import BytesIO

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

BLOCKS = (96, 54)
LEAST_CHANGE = 26.0
"""So much (of 255) a block must differ on average to count."""
MOST_CHANGED = 0.06
"""The share of blocks that may count; a part that is missing, in another place or in other colours changes more."""


def share_of_change(shown: QWidget, map_view: QWidget, now: bytes, before: bytes) -> float:
    """The share (0–1) of the screen that looks otherwise than before; the map, which another process draws later, is left out."""
    one, other = (np.asarray(_blocks(png), np.float64) for png in (now, before))
    changed = np.abs(one - other).mean(axis=2) > LEAST_CHANGE
    counts = np.ones(changed.shape, np.bool_)
    if map_view.isVisible() and shown.isAncestorOf(map_view):
        corner, high, wide = map_view.mapTo(shown, QPoint(0, 0)), BLOCKS[1] / shown.height(), BLOCKS[0] / shown.width()
        rows = slice(int(corner.y() * high), int((corner.y() + map_view.height()) * high) + 1)
        counts[rows, int(corner.x() * wide) : int((corner.x() + map_view.width()) * wide) + 1] = False
    return float(changed[counts].mean())


def _blocks(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB").resize(BLOCKS, Image.Resampling.BOX)
