"""What the one decision function says: allowed or not, and by which rule."""

from dataclasses import dataclass

from backend_bridge.domain.identifiers import GrantId


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A decision about one look or one act."""

    allowed: bool
    why: str
    """Code of the rule: `office`, `routine`, `alarm`, `grant`, `break-glass`; or refused: `no-rule`, `other-case`, …"""
    grant: GrantId | None = None
    from_us: int | None = None
    """Positions measured before this are not shown; None: no bound."""
    to_us: int | None = None
    """Positions measured at or after this are not shown; None: no bound."""

    def __bool__(self) -> bool:
        """Whether it is allowed."""
        return self.allowed
