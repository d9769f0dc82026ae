"""The whole bridge that the integration tests run, for measuring, and what gateways of benches send to it."""

import importlib
import sys
from pathlib import Path
from typing import Any

import numpy as np

from backend_bridge.adapters.lane_packing import packed_fixes
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId

_TESTS = Path(__file__).parents[1] / "tests"
sys.path += [str(_TESTS / "integration"), str(_TESTS)]
live: Any = importlib.import_module("live_bridge")
"""The module `tests/integration/live_bridge.py`."""

LiveBridge: Any = live.LiveBridge
Gateway: Any = live.Gateway


def fixes_now(devices: list[str], places: list[tuple[float, float]], seq: int) -> bytes:
    """A body of lane P with one fix of each device, measured now at its place (latitude, longitude)."""
    n = len(devices)
    at_us = live.now_us()
    fixes = FixBatch(
        device_names=tuple(DeviceId(device) for device in devices),
        device=np.arange(n, dtype=np.int32),
        measured_us=np.full(n, at_us, np.int64),
        lat_deg=np.array([lat for lat, _ in places]),
        lon_deg=np.array([lon for _, lon in places]),
        accuracy_m=np.full(n, 5.0, np.float32),
        speed_mps=np.full(n, np.nan, np.float32),
        course_deg=np.full(n, np.nan, np.float32),
        moving=np.full(n, -1, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=np.full(n, seq, np.uint64),
        has_device_seq=np.ones(n, np.bool_),
        received_us=np.full(n, at_us, np.int64),
    )
    return packed_fixes(fixes)
