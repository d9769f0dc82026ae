"""How many messages those whom the room protects are sent: a warning too many is heard like one too few."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from backend_bridge.domain.incidents.incident import Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """Messages that were ordered in a period, each channel counted: of those who were sent any."""

    mean: float | None
    """A person's; None where nobody was sent one."""
    most: int
    """The person's who was sent most."""


def burden(deliveries: Iterable[Delivery], from_us: int, to_us: int) -> Burden:
    """The burden of [from_us, to_us)."""
    counts = Counter(each.person for each in deliveries if each.person is not None and from_us <= each.ordered_us < to_us)
    mean = round(counts.total() / len(counts), 1) if counts else None
    return Burden(mean=mean, most=max(counts.values(), default=0))
