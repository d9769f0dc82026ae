"""The whole bridge that the integration tests run, for measuring."""

import importlib
import sys
from pathlib import Path
from typing import Any

_TESTS = Path(__file__).parents[1] / "tests"
sys.path += [str(_TESTS / "integration"), str(_TESTS)]
live: Any = importlib.import_module("live_bridge")
"""The module `tests/integration/live_bridge.py`."""

LiveBridge: Any = live.LiveBridge
Gateway: Any = live.Gateway
