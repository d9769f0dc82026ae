"""The room that tracks take is taken when it is made: what a bridge needs after hours it needs, or lacks, from its start on."""

import subprocess
import sys

from backend_bridge.domain.breach.track_table import TRACK

DEVICES = 4000
PROGRAM = f"""
from pathlib import Path
from backend_bridge.domain.breach.track_table import empty_tracks

def resident_bytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

before = resident_bytes()
tracks = empty_tracks({DEVICES})
print(resident_bytes() - before)
"""


def test_the_room_of_a_device_does_not_grow_with_the_hours() -> None:
    taken = int(subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=120).stdout)
    assert taken > 0.98 * DEVICES * TRACK.itemsize
