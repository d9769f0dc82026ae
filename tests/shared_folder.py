"""Where the shared data lie; a test that needs them is skipped, with a sentence, only where the folder is absent."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).parents[2] / "shared"


def shared_folder() -> Path:
    folder = Path(os.environ.get("BONGSU_SHARED", str(BESIDE)))
    if not folder.is_dir():
        pytest.skip("the shared data folder is absent here (BONGSU_SHARED names another place)")
    return folder
