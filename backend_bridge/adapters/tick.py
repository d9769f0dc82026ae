"""A stored transaction: what a turn of the engine writes, or one of the store's own upkeep."""

from collections.abc import Callable
from dataclasses import dataclass

from backend_bridge.adapters.store import NOTHING_RETIRED, Record, Retired
from backend_bridge.application.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """What one transaction writes."""

    now_us: int
    records: list[Record]
    payloads: list[bytes]
    forget: dict[str, int] | None = None
    retired: Retired = NOTHING_RETIRED
    is_sealed: bool = False
    """Whether the records lie under their keys already, or under none for good."""
    outcome: Outcome | None = None
    """What may be told once it is written."""
    written: Callable[[], None] | None = None
    """Called once it is written."""
