"""How a case stands beside what its file says: what people and the law decided about it, to be taken along into another room."""

from dataclasses import dataclass

from backend_bridge.domain.access.consents import Consent
from backend_bridge.domain.access.destruction import Destruction, Hold
from backend_bridge.domain.access.disclosure import DisclosureRule
from backend_bridge.domain.access.export_book import Export
from backend_bridge.domain.access.order_ends import OrderEnd
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDevice:
    """A device that some version of the case names or named, and the dates of the order in the newest that did."""

    device: DeviceId
    starts_us: int
    ends_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The newest word of a protected person about being tracked."""

    person: PersonId
    word: Consent | None
    withheld: DeviceId | None
    """The device that is not tracked because of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStanding:
    """All of that about one case."""

    case: CaseId
    version: int
    ends_us: int
    """When its order ends, or ended."""
    filed_ends_us: int
    """When it would end by the newest file of the case."""
    devices: tuple[NamedDevice, ...]
    order_end: OrderEnd | None
    """What was last entered about an earlier end; one that waits still needs another person."""
    hold: Hold | None
    destructions: tuple[Destruction, ...]
    """Of the whole case: due, asked for, or refused; oldest first."""
    agreements: tuple[Agreement, ...]
    leave_until_us: int | None
    """Until when its devices may be off with leave."""
    rules: tuple[DisclosureRule, ...]
    exports: tuple[Export, ...]
    """What was handed out of it and is not known to be destroyed."""
