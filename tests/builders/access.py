"""Requests, grants, and who is logged in."""

from dataclasses import replace

from backend_bridge.application.access_rows import GrantRow, RequestRow
from backend_bridge.application.rows import (
    SessionRow,
)
from backend_bridge.domain.case import Circle
from backend_bridge.domain.identifiers import (
    GrantId,
    PersonId,
    RequestId,
    UserId,
)
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.user import Role
from builders.scene import NOW_US, S, case_id


def request(number: int = 1, **changed: object) -> RequestRow:
    row = RequestRow(
        request=RequestId(f"Q-{number}"),
        by=UserId("op-1"),
        person=PersonId("S-0142"),
        case=case_id(142),
        purpose=Purpose.BREACH_INVESTIGATION,
        reason="112 신고 이후의 이동 경로 확인",
        from_us=NOW_US - 86_400 * S,
        to_us=NOW_US,
        minutes=60,
        area=Circle(centre=LatLon(lat_deg=37.5585, lon_deg=126.9368), radius_m=2000.0),
        fields=("position", "track"),
        paper="warrant-17.pdf · 9f2c41aa",
        on_behalf_of=None,
        made_us=NOW_US - 600 * S,
        lapses_us=NOW_US + 82_800 * S,
        state="waiting",
        approvals=(),
        n_approvals_needed=1,
        decision_reason=None,
        mine=False,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def requests() -> tuple[RequestRow, ...]:
    return (
        request(1),
        request(
            2,
            by=UserId("op-3"),
            person=PersonId("S-0051"),
            case=case_id(51),
            purpose=Purpose.STALKING_CRIME,
            fields=("track", "export"),
            on_behalf_of="서대문경찰서",
            n_approvals_needed=2,
            lapses_us=NOW_US + 1500 * S,
        ),
        request(3, by=UserId("sup-1"), mine=True, purpose=Purpose.VICTIM_NOTICE, fields=("identity", "phones")),
        request(4, state="denied", decision_reason="목적과 기간이 맞지 않음"),
    )


def grants() -> tuple[GrantRow, ...]:
    def grant(number: int, state: str, *, broken: bool = False) -> GrantRow:
        return GrantRow(
            grant=GrantId(f"G-{number}"),
            request=None if broken else RequestId(f"Q-{number}"),
            user=UserId("op-2"),
            person=PersonId(f"S-{number:04d}"),
            case=case_id(number),
            purpose=Purpose.BREACH_INVESTIGATION,
            fields=("position", "track"),
            starts_us=NOW_US - 900 * S,
            ends_us=NOW_US + 2700 * S,
            state=state,
            break_glass=broken,
        )

    return (grant(88, "running"), grant(117, "running"), grant(97, "awaiting-review", broken=True))


def session(role: Role = Role.OPERATOR, *, exercise: bool = False) -> SessionRow:
    return SessionRow(
        user=UserId("op-1" if role is Role.OPERATOR else "sup-1"),
        role=role,
        seat="1",
        shift_started_us=NOW_US - 6100 * S,
        expires_us=NOW_US + 20_000 * S,
        exercise=exercise,
        tested_us=NOW_US - 6000 * S,
    )
