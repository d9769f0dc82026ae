"""What all tests share: modules beside this file, such as `builders`, are found from every folder of tests; Qt needs no screen."""

import os
import sys
from typing import Final

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
STATUS: Final = pytest.StashKey[int]()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Keep how it went for the end of the process."""
    session.config.stash[STATUS] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave at once where web pages were shown: an interpreter takes the windows of many tests apart in no order, and pages crash in it.

    How a desk itself ends, cleanly and in time, is a test of its own (`test_desk_demo.py`).
    """
    if "PySide6.QtWebEngineCore" in sys.modules and STATUS in config.stash:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash[STATUS])
