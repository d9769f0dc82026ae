"""How a desk's link to the bridge stands, as the desk itself sees it: what the top bar and the overlay show."""

from dataclasses import dataclass
from enum import StrEnum

from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.user import Role


class LinkPhase(StrEnum):
    """The life of a link."""

    CONNECTING = "connecting"
    """The bridge has not answered yet."""
    ASKING = "asking"
    """The bridge answers; nobody is logged in."""
    OPENING = "opening"
    """Logged in; the first picture is on its way."""
    LIVE = "live"
    LOCKED = "locked"
    """Logged in and hidden; alarms still come, without persons."""
    LOST = "lost"
    """The bridge has been silent; what is shown is old."""
    ENDED = "ended"
    """The session is over; `detail` says why."""
    STOPPED = "stopped"
    """The desk itself closed the link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkState:
    """One state of the link and since when it lasts."""

    phase: LinkPhase
    since_us: int
    """By the desk's own clock, microseconds of UTC; for `lost` when the bridge was last heard."""
    detail: str = ""
    """Code of why: of the last refused login, of the end of the session, while connecting `not-enrolled` or `wrong-key`; else empty."""
    user: UserId | None = None
    role: Role | None = None
    seat: str | None = None
    desk: str | None = None
    speed: float = 1.0
    """How fast the bridge's clock runs; other than 1 in demonstrations alone."""
    idle_lock_s: int = 0
    must_change_password: bool = False
