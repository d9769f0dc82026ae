"""Whose data a device's measurements are: the cases that name it, each within the dates of its order."""

from dataclasses import dataclass, field, replace

from backend_bridge.domain.case import Case
from backend_bridge.domain.identifiers import CaseId, DeviceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrying:
    """A device was named by a case whose order holds, or held, in [from_us, to_us)."""

    case: CaseId
    from_us: int
    to_us: int


@dataclass(slots=True, kw_only=True)
class Holders:
    """Which cases ever named each device, in any version, until they are destroyed."""

    of_device: dict[DeviceId, tuple[Carrying, ...]] = field(default_factory=dict)
    gone_us: dict[DeviceId, int] = field(default_factory=dict)
    """Devices of destroyed cases, and when: what they measured before belongs to nobody who is left."""

    def put(self, case: Case) -> None:
        """A case is new or changed."""
        for party in (case.subject, *case.protected):
            if party.device is not None:
                self.name(party.device, case.case, (case.order.starts_us, case.order.ends_us))

    def name(self, device: DeviceId, case: CaseId, span_us: tuple[int, int]) -> None:
        """Some version of a case named a device, with an order of these dates."""
        others = tuple(each for each in self.of_device.get(device, ()) if each.case != case)
        self.of_device[device] = (*others, Carrying(case=case, from_us=span_us[0], to_us=span_us[1]))

    def end(self, case: CaseId, at_us: int) -> None:
        """The order of a case ends at `at_us`."""
        for device, held in self.of_device.items():
            self.of_device[device] = tuple(replace(each, to_us=min(each.to_us, at_us)) if each.case == case else each for each in held)

    def forget(self, case: CaseId, now_us: int) -> None:
        """A case is destroyed."""
        for device, held in tuple(self.of_device.items()):
            kept = tuple(each for each in held if each.case != case)
            if kept == held:
                continue
            self.gone_us[device] = now_us
            if kept:
                self.of_device[device] = kept
            else:
                del self.of_device[device]

    def devices_of(self, case: CaseId) -> tuple[DeviceId, ...]:
        """The devices that any version of a case named."""
        return tuple(device for device, held in self.of_device.items() if any(each.case == case for each in held))

    def cases_at(self, device: DeviceId, measured_us: int) -> frozenset[CaseId]:
        """The cases that a measurement belongs to; none for what belonged to destroyed cases alone.

        Outside of all orders' dates (a protected person's call for help) it belongs to every case that names the device.
        """
        held = self.of_device.get(device, ())
        within = frozenset(each.case for each in held if each.from_us <= measured_us < each.to_us)
        if within or measured_us < self.gone_us.get(device, measured_us):
            return within
        return frozenset(each.case for each in held)
