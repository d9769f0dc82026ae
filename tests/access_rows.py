"""Rows of the supervisor's desk, as a bridge would send them: what apps show, what is to be destroyed, what is held."""

from dataclasses import replace

from builders import NOW_US, S, case_id

from backend_bridge.application.access_rows import DestructionRow, DisclosureRow, ExportRow, HoldRow, OldPositionsPart, OrderEndRow
from backend_bridge.domain.identifiers import DestructionId, GrantId, PersonId, UserId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.retention import EndGround, Ground

DAY_US = 86_400 * S
OLD_PLAN = {
    "fixes": 184220,
    "devices": 38,
    "cases": 31,
    "of_cases": 412,
    "measured_before_us": [NOW_US - 31 * DAY_US],
    "basis": ["전자장치부착법 제31조의8제4항제3호"],
    "holds": [{"case": "KR-SE-0031", "owner": "sup-1", "until_us": NOW_US + 90 * DAY_US}],
    "refused": ["KR-SE-0044"],
}


def disclosure(number: int = 142, **changed: object) -> DisclosureRow:
    """A rule in force at once whose app shows a coarse position, 720 m to the east and coming nearer."""
    row = DisclosureRow(
        disclosure=f"{case_id(number)}/V-{number:04d}",
        case=case_id(number),
        about=PersonId(f"V-{number:04d}"),
        state="in-force-at-once",
        since_us=NOW_US - 5 * 3600 * S,
        review_due_us=NOW_US + 19 * 3600 * S,
        decided_by=None,
        reason="",
        steps=((600.0, "exact", True), (1000.0, "coarse", True), (2000.0, "distance", True)),
        n_apps=1,
        detail="coarse",
        within_m=1000.0,
        distance_m=700,
        direction="e",
        trend="closing",
        place=LatLon(lat_deg=37.5595, lon_deg=126.9435),
        radius_m=400,
        measured_us=NOW_US - 6 * S,
        live=True,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def quiet(number: int, **changed: object) -> DisclosureRow:
    """A rule whose app shows that nobody is near."""
    nothing: dict[str, object] = {"detail": "nothing", "within_m": None, "distance_m": None, "direction": None, "trend": None}
    nothing |= {"place": None, "radius_m": None, "measured_us": None}
    return disclosure(number, **nothing | changed)


def destruction(number: int = 1, **changed: object) -> DestructionRow:
    """A whole case whose five years are over; nobody has asked for it yet."""
    row = DestructionRow(
        destruction=DestructionId(f"DES-{number}"),
        case=case_id(number),
        grant=None,
        ground=Ground.PERIOD_OVER,
        basis="전자장치부착법 제31조의8제4항제3호",
        state="due",
        due_us=NOW_US - 2 * DAY_US,
        asked_by=None,
        asked_us=None,
        reason=None,
        decided_by=None,
        decision_reason=None,
        done_us=None,
        certificate=None,
        held_until_us=None,
        mine=False,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def destructions() -> tuple[DestructionRow, ...]:
    """One of every state."""
    return (
        destruction(17),
        destruction(
            23,
            ground=Ground.ACQUITTED,
            basis="전자장치부착법 제31조의8제4항제2호",
            state="waiting",
            asked_by=UserId("sup-2"),
            asked_us=NOW_US - 7200 * S,
            reason="무죄 확정 (2026-11-20)",
        ),
        destruction(31, state="due", held_until_us=NOW_US + 90 * DAY_US),
        destruction(35, state="waiting", ground=Ground.LOST_EFFECT, asked_by=UserId("sup-1"), asked_us=NOW_US - 600 * S, mine=True),
        destruction(
            97,
            ground=Ground.COURT_REFUSED,
            grant=GrantId("G-97"),
            state="done",
            done_us=NOW_US - DAY_US,
            certificate="9f2c41aa" * 8,
        ),
    )


def old_positions(number: int = 4, **changed: object) -> DestructionRow:
    """A proposal of another supervisor to delete positions that are too old."""
    row = destruction(
        number,
        destruction=DestructionId(f"OLD-{number}"),
        case=None,
        basis="전자장치부착법 제31조의8제4항제3호",
        state="waiting",
        asked_by=UserId("sup-2"),
        due_us=NOW_US - 1800 * S,
        asked_us=NOW_US - 1800 * S,
        reason="11월 정기 정리",
        old=OldPositionsPart(n_devices=38, n_cases=412, n_held=2, n_fixes=None),
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def order_end(number: int = 203, **changed: object) -> OrderEndRow:
    """Entered by another supervisor an hour ago; it would make the data due for destruction."""
    row = OrderEndRow(
        case=case_id(number),
        at_us=NOW_US - 2 * 3600 * S,
        ground=EndGround.ACQUITTED,
        destroys=True,
        reason="서울서부지법 2026고단1234 무죄 확정",
        state="waiting",
        asked_by=UserId("sup-2"),
        asked_us=NOW_US - 3600 * S,
        decided_by=None,
        decision_reason=None,
        mine=False,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def order_ends() -> tuple[OrderEndRow, ...]:
    """One that waits for the viewer, one of their own, one that was confirmed."""
    return (
        order_end(),
        order_end(311, ground=EndGround.CHANGED, destroys=False, asked_by=UserId("sup-1"), mine=True),
        order_end(419, ground=EndGround.REVOKED, state="confirmed", decided_by=UserId("sup-1"), asked_us=NOW_US - 3 * DAY_US),
    )


def hold(number: int = 31, **changed: object) -> HoldRow:
    """A case that must not be destroyed for another 90 days."""
    row = HoldRow(
        case=case_id(number),
        owner=UserId("sup-1"),
        reason="재심 청구 중",
        since_us=NOW_US - 3 * DAY_US,
        until_us=NOW_US + 90 * DAY_US,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def export(number: int, **changed: object) -> ExportRow:
    """A file at a district court that must be destroyed in 60 days."""
    row = ExportRow(
        export=f"EXP-{number}",
        case=case_id(number),
        person=PersonId(f"S-{number:04d}"),
        user=UserId("op-1"),
        grant=GrantId(f"G-{number}"),
        recipient="서울중앙지방법원 형사3단독",
        made_us=NOW_US - 30 * DAY_US,
        destroy_by_us=NOW_US + 60 * DAY_US,
        state="out",
        confirmed_by=None,
        confirmed_us=None,
        reason=None,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def exports() -> tuple[ExportRow, ...]:
    """One that is out, one that is due soon, one that is overdue, one that is destroyed."""
    return (
        export(12),
        export(14, recipient="서대문경찰서 여성청소년과", destroy_by_us=NOW_US + 2 * DAY_US, user=UserId("op-2")),
        export(9, recipient="서울서부지검 302호", destroy_by_us=NOW_US - 3 * DAY_US, state="due"),
        export(
            4,
            destroy_by_us=NOW_US - 9 * DAY_US,
            state="destroyed",
            confirmed_by=UserId("sup-1"),
            confirmed_us=NOW_US - 10 * DAY_US,
            reason="파기 확인서 접수 (2026-11-13)",
        ),
    )
