"""Devices and gateways, well and ill."""

from dataclasses import replace

from backend_bridge.application.rows import (
    DeviceRow,
    Freshness,
    GatewayRow,
)
from backend_bridge.domain.identifiers import (
    CaseId,
    DeviceId,
    GatewayName,
    PersonId,
)
from builders.scene import NOW_US, S


def device(name: str = "ANK-0142", **changed: object) -> DeviceRow:
    number = name[-4:]
    wearer = name.startswith("ANK")
    row = DeviceRow(
        device=DeviceId(name),
        case=CaseId(f"KR-SE-{number}"),
        person=PersonId(f"{'S' if wearer else 'V'}-{number}"),
        part="subject" if wearer else "protected",
        freshness=Freshness.LIVE,
        last_measured_us=NOW_US - 4 * S,
        last_received_us=NOW_US - 3 * S,
        source=0,
        accuracy_m=9.0,
        battery=68 if wearer else 81,
        charging=not wearer,
        strap="ok" if wearer else "unknown",
        jammed=False,
        separated=False,
        gateway=GatewayName("gw-seoul-1"),
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def devices() -> tuple[DeviceRow, ...]:
    return (
        device("ANK-0142"),
        device("VIC-0142", accuracy_m=11.0),
        device("ANK-0030", strap="restored", battery=52),
        device("ANK-0064", battery=9, charging=True),
        device("ANK-0097", freshness=Freshness.LOST, last_measured_us=NOW_US - 842 * S, battery=44),
        device("VIC-0203", freshness=Freshness.STALE, last_measured_us=NOW_US - 300 * S, source=2, accuracy_m=640.0),
        device("ANK-0051", separated=True),
        device("ANK-0117", jammed=True, source=2, accuracy_m=900.0),
    )


def gateways() -> tuple[GatewayRow, ...]:
    def gateway(name: str, **changed: object) -> GatewayRow:
        row = GatewayRow(
            gateway=GatewayName(name),
            up=True,
            last_heard_us=NOW_US - S,
            n_devices=640,
            fixes_per_s=103.0,
            holes=0,
            lost=0,
            quarantined=0,
            revoked=False,
        )
        return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields

    return (
        gateway("gw-seoul-1"),
        gateway("gw-seoul-2", holes=12, quarantined=3),
        gateway("gw-songpa", fixes_per_s=206.0),
        gateway("gw-backup", up=False, last_heard_us=NOW_US - 95 * S, fixes_per_s=0.0, lost=40),
    )
