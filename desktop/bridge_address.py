"""Where a bridge listens, and how this desk gets in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BridgeAddress:
    """A bridge that listens, and how this desk gets in; never shown in a text."""

    endpoint: str
    server_key: bytes
    desk_public: bytes
    desk_secret: bytes
    logins: tuple[tuple[str, str, str], ...] = ()
    """(role, name, password) that the desk may use by itself: a demonstration's users, or the first administrator's one-time password."""
    demo: bool = False
