"""What a device reports besides its position: SOS, strap, battery, jamming, contact with another device."""

from dataclasses import dataclass
from enum import StrEnum

from backend_bridge.domain.fix import FixSource
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.quantities import LatLon


class DeviceEventKind(StrEnum):
    """The kinds of device events, as docs/formats.md lists them."""

    SOS = "sos"
    STRAP_CUT = "strap_cut"
    STRAP_RESTORED = "strap_restored"
    CASE_OPENED = "case_opened"
    BATTERY = "battery"
    CHARGING = "charging"
    JAMMING = "jamming"
    JAMMING_END = "jamming_end"
    POWER_OFF = "power_off"
    POWER_ON = "power_on"
    SEPARATED = "separated"
    REJOINED = "rejoined"
    BEACON_CONTACT = "beacon_contact"
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceEvent:
    """One report of one device."""

    device: DeviceId
    measured_us: int
    kind: DeviceEventKind
    value: float | str | None = None
    """Battery per cent, or for a beacon contact the other device's id; None where the kind has none."""
    place: LatLon | None = None
    accuracy_m: float | None = None
    source: FixSource = FixSource.UNKNOWN
    received_us: int
