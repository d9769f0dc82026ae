"""When and where the evening of the tests takes place."""

from typing import Final

from backend_bridge.domain.identifiers import (
    CaseId,
)

S: Final = 1_000_000
NOW_US: Final = 1_795_394_536 * S  # 2026-11-23 09:42:16 KST
PLACES: Final = ("창천동 연세로", "방이동", "상도동", "잠실동", "신촌동", "대현동", "풍납동", "연희동", "가락동", "문정동")
STANDS: Final = {
    "ANK-0142": (720.0, 0.0, 270.0, 3.8),
    "VIC-0142": (0.0, 0.0, 90.0, 0.2),
    "ANK-0088": (-340.0, 1450.0, 40.0, 1.4),
    "ANK-0117": (1640.0, 190.0, 250.0, 1.2),
}
"""Where those of the evening's alarms stand: metres east and north of the home of case 142, course in degrees, m/s."""


def case_id(number: int) -> CaseId:
    return CaseId(f"KR-SE-{number:04d}")
