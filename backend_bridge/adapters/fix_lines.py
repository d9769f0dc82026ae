"""Stored fixes as lines of JSON: where each came from, then the columns of `fix/1`."""

import json
import math
from collections.abc import Iterator

import numpy as np

from backend_bridge.adapters.stored_fixes import StoredFixes
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.domain.fix import FixSource

_SOURCES = {int(source): source.name.lower() for source in FixSource if source is not FixSource.UNKNOWN}


def lines_of_fixes(stored: StoredFixes) -> Iterator[str]:
    """One line a fix, in order, without its end."""
    for document in documents_of_fixes(stored):
        yield json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def documents_of_fixes(stored: StoredFixes) -> Iterator[dict[str, object]]:
    """The objects of the lines."""
    for row in range(len(stored.fixes)):
        yield _document(stored, row)


def _document(stored: StoredFixes, row: int) -> dict[str, object]:
    fixes = stored.fixes
    message = stored.messages[int(stored.message[row])]
    return {
        "gateway": message.gateway,
        "lane": message.lane.value,
        "epoch": message.epoch,
        "seq": message.seq,
        "device": fixes.device_names[int(fixes.device[row])],
        "measured_at": text_of_us(int(fixes.measured_us[row])),
        "lat": float(fixes.lat_deg[row]),
        "lon": float(fixes.lon_deg[row]),
        "accuracy_m": _shortest(fixes.accuracy_m[row]),
        "speed_mps": _shortest(fixes.speed_mps[row]),
        "course_deg": _shortest(fixes.course_deg[row]),
        "moving": None if fixes.moving[row] < 0 else bool(fixes.moving[row]),
        "source": _SOURCES.get(int(fixes.source[row])),
        "device_seq": int(fixes.device_seq[row]) if fixes.has_device_seq[row] else None,
        "received_at": text_of_us(int(fixes.received_us[row])),
    }


def _shortest(value: np.float32) -> float | None:
    """The value with the digits that a 32-bit float has; None for an unknown one."""
    return None if math.isnan(value) else float(str(value))
