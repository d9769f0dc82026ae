"""When and where the evening of the tests takes place."""

from typing import Final

from backend_bridge.domain.identifiers import (
    CaseId,
)

S: Final = 1_000_000
NOW_US: Final = 1_795_394_536 * S  # 2026-11-23 09:42:16 KST
PLACES: Final = (
    "home 720 m",
    "home 980 m",
    "work 410 m",
    "home 1240 m",
    "school 60 m",
    "work 90 m",
    "home 2460 m",
    "home 640 m",
    None,
    "home 1830 m",
)
"""What the bridge knows of a place: the zone that is nearest, and how far; nothing far from all zones."""
STANDS: Final = {
    "ANK-0142": (720.0, 0.0, 270.0, 3.8),
    "VIC-0142": (0.0, 0.0, 90.0, 0.2),
    "VIC-0088": (-340.0, 1450.0, 40.0, 1.4),
    "ANK-0117": (1640.0, 190.0, 250.0, 1.2),
}
"""Where those of the evening's alarms stand: metres east and north of the home of case 142, course in degrees, m/s."""
LEVELS: Final = {"ANK-0142": 2, "VIC-0088": 4, "ANK-0117": 1}
"""The worst open alarm of each, as frames have it: 1 amber, 2 red, 4 SOS; nothing where none is named."""


def case_id(number: int) -> CaseId:
    return CaseId(f"KR-SE-{number:04d}")
