"""Incidents with their tasks, and police units."""

from dataclasses import replace

from backend_bridge.application.incident_rows import ClocksRow, DeliveryRow, DispatchRow, IncidentRow, TaskRow, TimelineRow
from backend_bridge.application.rows import UnitRow
from backend_bridge.domain.identifiers import (
    AlarmId,
    IncidentId,
    UnitId,
    UserId,
)
from backend_bridge.domain.quantities import LatLon
from builders.scene import NOW_US, S, case_id

OPENED_BY = (("alarm", "KR-SE-0142/approach/R2/1"), ("kind", "approach"))


def task(code: str, **changed: object) -> TaskRow:
    row = TaskRow(
        task=code,
        state="open",
        opened_us=NOW_US - 12 * S,
        due_us=None,
        done_us=None,
        by=None,
        outcome=None,
        note=None,
        outcomes=("done", "failed"),
        legal=None,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def incident(number: int = 142, **changed: object) -> IncidentRow:
    row = IncidentRow(
        incident=IncidentId(f"I-{number}"),
        case=case_id(number),
        alarms=(AlarmId(f"A-{number}"),),
        opened_us=NOW_US - 9 * S,
        owner=UserId("op-1"),
        clocks=ClocksRow(
            device_us=NOW_US - 14 * S,
            received_us=NOW_US - 12 * S - 250_000,
            evaluated_us=NOW_US - 12 * S - 180_000,
            displayed_us=NOW_US - 12 * S,
            acknowledged_us=NOW_US - 9 * S,
        ),
        tasks=(
            task(
                "notify-112",
                due_us=NOW_US + 48 * S,
                outcomes=("acknowledged", "already-known", "no-answer"),
                legal="EM Act 31-6(4); Decree 23-14(2)",
            ),
            task(
                "call-protected",
                due_us=NOW_US + 108 * S,
                outcomes=("answered", "safe", "in-danger", "no-answer", "not-possible"),
                legal="Decree 23-14(3)",
            ),
            task("call-wearer", due_us=NOW_US + 168 * S, outcomes=("answered", "complied", "refused", "no-answer", "not-possible")),
            task("dispatch", state="done", done_us=NOW_US - 5 * S, by=UserId("op-1"), outcome="unit-sent", legal="EM Act 31-6(5)"),
        ),
        dispatches=(
            DispatchRow(
                unit=UnitId("P-31"),
                destination=LatLon(lat_deg=37.5585, lon_deg=126.9368),
                label="V-0142 ±11 m",
                sent_us=NOW_US - 5 * S,
                state="accepted",
                state_us=NOW_US - 2 * S,
                eta_s=112.0,
                by=UserId("op-1"),
                reported_us=NOW_US - 2 * S,
                callsign="P-31",
            ),
        ),
        deliveries=(
            DeliveryRow(delivery="D-1", channel="app", recipient="V-0142", state="seen", text=None, at_us=NOW_US - 9 * S, detail=None),
            DeliveryRow(delivery="D-2", channel="sms", recipient="V-0142", state="delivered", text=None, at_us=NOW_US - 8 * S, detail=None),
            DeliveryRow(
                delivery="D-3",
                channel="cap",
                recipient="112",
                state="failed",
                text=None,
                at_us=NOW_US - 7 * S,
                detail="the other side did not answer in time",
            ),
        ),
        timeline=(
            TimelineRow(n=901, at_us=NOW_US - 12 * S, event="alarm", by=None, detail=(("kind", "approach"),)),
            TimelineRow(
                n=904, at_us=NOW_US - 10 * S, event="message-ordered", by=None, detail=(("channel", "app"), ("recipient", "V-0142"))
            ),
            TimelineRow(n=906, at_us=NOW_US - 9 * S, event="acknowledged", by=UserId("op-1"), detail=()),
            TimelineRow(n=907, at_us=NOW_US - 9 * S, event="incident-opened", by=UserId("op-1"), detail=OPENED_BY),
            TimelineRow(n=909, at_us=NOW_US - 7 * S, event="message-ordered", by=None, detail=(("channel", "cap"), ("recipient", "112"))),
            TimelineRow(n=911, at_us=NOW_US - 5 * S, event="dispatched", by=UserId("op-1"), detail=(("unit", "P-31"),)),
        ),
        closed_us=None,
        outcome=None,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def units() -> tuple[UnitRow, ...]:
    def unit(name: str, state: str, eta_s: float | None, lon_deg: float) -> UnitRow:
        return UnitRow(
            unit=UnitId(name),
            callsign=name,
            position=LatLon(lat_deg=37.556, lon_deg=lon_deg),
            course_deg=90.0,
            state=state,
            reported_us=NOW_US - 3 * S,
            eta_s=eta_s,
            eta_basis=None if eta_s is None else "road",
        )

    return (
        unit("P-31", "en-route", 110.0, 126.9335),
        unit("P-07", "free", 200.0, 126.9440),
        unit("P-12", "busy", 320.0, 126.9220),
        unit("P-44", "off", None, 126.9100),
    )
