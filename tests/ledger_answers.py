"""What a bridge answers to questions about the ledger: an invented week, as JSON texts."""

import json
from dataclasses import asdict, replace
from typing import Final

from builders import NOW_US, S

from backend_bridge.application.ledger import LedgerRow, LookerRow, Shown
from backend_bridge.application.register_rows import RegisterRow, SubjectRow
from backend_bridge.domain.alarms.kpi import Answered, Came, Kpi, OnScreen
from backend_bridge.domain.identifiers import UserId

_USES: Final = (
    ("2026-11-20T02:15:09Z", "op-3", "S-0051", "track export until 2026-11-20T03:15:09Z", "1-stalking-crime", "Q-38: sup-1, sup-2"),
    ("2026-11-22T11:04:31Z", "op-1", "S-0117", "position track until 2026-11-22T12:04:31Z", "4-breach-investigation", "Q-41: sup-2"),
    (
        "2026-11-22T11:05:12Z",
        "op-1",
        "S-0117",
        "track 2026-11-21T11:00:00Z – 2026-11-22T11:00:00Z",
        "4-breach-investigation",
        "Q-41: sup-2",
    ),
    ("2026-11-23T00:39:40Z", "app", "S-0142", "disclosure coarse to V-0142 at 950 m, within 1000 m", "5-victim-notice", None),
    ("2026-11-23T00:41:02Z", "op-2", "S-0097", "position track until 2026-11-23T01:41:02Z", "4-breach-investigation", "break-glass"),
)
_BASES: Final = {None: "disclosure-rule", "break-glass": "break-glass"}


def uses() -> tuple[str, ...]:
    """Five uses of data, oldest first as the bridge sends them."""
    rows = [
        LedgerRow(
            n=900 + at,
            at=when,
            user=user,
            subject=whom,
            case=f"KR-SE-{whom[2:]}",
            scope=scope,
            purpose=purpose,
            basis=_BASES.get(approval, "grant"),
            recipient=user,
            approval=approval,
        )
        for at, (when, user, whom, scope, purpose, approval) in enumerate(_USES)
    ]
    return tuple(json.dumps(asdict(row), ensure_ascii=False) for row in rows)


def review() -> tuple[str, ...]:
    """Three users; one looks at the same person again and again, without an alarm and out of shift."""
    rows = (
        LookerRow(
            user="op-2",
            looks=184,
            without_alarm=121,
            refused=6,
            break_glass=1,
            out_of_shift=14,
            own_postcode=3,
            often=(("V-0142", 31), ("V-0088", 7)),
        ),
        LookerRow(user="op-1", looks=96, without_alarm=8, refused=0, break_glass=0, out_of_shift=0, own_postcode=0, often=()),
        LookerRow(user="sup-1", looks=22, without_alarm=4, refused=0, break_glass=0, out_of_shift=0, own_postcode=0, often=()),
    )
    return tuple(json.dumps(asdict(row), ensure_ascii=False) for row in rows)


def looks() -> tuple[str, ...]:
    """What op-2 was shown of V-0142: a shift of routine, an alarm in it, two looks."""
    start = NOW_US - 9 * 3600 * S
    rows = (
        Shown(from_us=start, to_us=start + 8 * 3600 * S, what="routine", case="KR-SE-0142", because="desk-2/17"),
        Shown(from_us=start + 5400 * S, to_us=start + 7260 * S, what="alarm", case="KR-SE-0142", because="A-139"),
        Shown(from_us=start + 5460 * S, to_us=start + 5460 * S, what="phones", case="KR-SE-0142", because="entry 771"),
        Shown(from_us=start + 20_000 * S, to_us=start + 20_000 * S, what="track", case="KR-SE-0142", because="entry 812"),
    )
    return tuple(json.dumps(asdict(row), ensure_ascii=False) for row in rows)


def registered() -> tuple[str, ...]:
    """A narrowed request on behalf of the police with an export, a use of break-glass that a court permitted, one denied."""
    common: dict[str, object] = {
        "period": "2026-11-21T11:00:00Z – 2026-11-22T11:00:00Z",
        "fields": "position track",
        "decision_reason": "위치만으로 충분함",
        "paper": "영장 2026-1187",
    }
    asked = RegisterRow(
        request="Q-41",
        at="2026-11-22T10:58:02Z",
        user="op-1",
        on_behalf_of="서대문경찰서",
        person="S-0117",
        case="KR-SE-0117",
        purpose="4-breach-investigation",
        reason="112 신고 이후의 이동 경로 확인",
        state="narrowed",
        decided_by="sup-2",
        access="2026-11-22T11:04:31Z – 2026-11-22T12:04:31Z",
        ended="expired",
        looks=6,
        exports="EXP-1 (csv) to 서대문경찰서",
        court=None,
        **common,  # type: ignore[arg-type]  # the fields that all share
    )
    broken = replace(
        asked,
        request="G-97",
        at="2026-11-23T00:41:02Z",
        user="op-2",
        on_behalf_of=None,
        person="S-0097",
        case="KR-SE-0097",
        reason="SOS 뒤 응답 없음",
        state="break-glass",
        decided_by="",
        ended=None,
        exports="",
        court="permitted: 2026영장1203",
    )
    denied = replace(asked, request="Q-40", at="2026-11-21T02:10:00Z", state="denied", access=None, ended=None, looks=0, exports="")
    return tuple(json.dumps(asdict(row), ensure_ascii=False) for row in (denied, asked, broken))


def own_pack() -> tuple[str, ...]:
    """What is held of V-0142, and two uses of it."""

    def line(what: str, detail: str, at: str | None = None, n: int | None = None) -> SubjectRow:
        by, purpose = (None, None) if n is None else ("op-1", "2-compliance")
        return SubjectRow(what=what, at=at, case="KR-SE-0142", detail=detail, by=by, purpose=purpose, n=n)

    rows = (
        line("held", "positions of device VIC-0142"),
        line("read", "phones", "2026-11-22T18:13:16Z", 771),
        line("grant-started", "position track", "2026-11-22T19:00:00Z", 790),
    )
    return tuple(json.dumps(asdict(row), ensure_ascii=False) for row in rows)


def figures(seat: str | None = None) -> tuple[str, ...]:
    """The figures that a bridge would give for a shift of two desks with a flood in it."""
    kpi = Kpi()
    start = NOW_US - 6100 * S
    sources = ("KR-SE-0117/proximity/R2", "KR-SE-0142/exclusion-zone/Z1", "KR-SE-0097/silent/-", "room/system/-", "KR-SE-0051/battery/-")
    for at in range(64):
        came_us = start + (at * 60 if at < 40 else 3900 + at * 9) * S
        priority = 1 if at % 9 == 0 else 3
        kpi.note_came(Came(at_us=came_us, priority=priority, source=sources[min(at % 11, at % 5)]))
        took_us = 150_000 + (at * 37) % 23 * 12_000 + (1_900_000 if at == 50 else 0)
        kpi.note_shown(OnScreen(at_us=came_us + took_us, received_us=came_us, happened_us=came_us - (3 + at % 14) * S))
        if at in (29, 43, 61):
            continue  # still waits for somebody
        waited_us = (12 + (at * 7) % 31) * S
        user, desk = (("op-1", "desk-1"), ("op-2", "desk-2"))[at % 2]
        kpi.note_answered(Answered(at_us=came_us + waited_us, user=UserId(user), seat=desk, priority=priority, waited_us=waited_us))
    return (json.dumps(asdict(replace(kpi.sheet(start, NOW_US + 1, seat), messages_mean=2.5, messages_most=6))),)
