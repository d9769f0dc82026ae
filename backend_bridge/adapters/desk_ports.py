"""What the gate of the desks needs of the rest of the bridge, and how it is set up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from backend_bridge.adapters.login_tries import LoginTries
from backend_bridge.adapters.passwords import Passwords
from backend_bridge.adapters.user_accounts import Account
from backend_bridge.application.inbox import Act, Ask, CloseSession, LoginRefused, Milestone, OpenSession, Trouble
from backend_bridge.domain.access.session import SessionPolicy, Tries

HandedIn = Act | Ask | OpenSession | CloseSession | LoginRefused | Milestone | Trouble
"""What the gate puts into the room's inbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPorts:
    """Calls into the rest of the bridge; all are made from the gate's threads and must return at once."""

    desks: Callable[[], Mapping[str, str]]
    """Enrolled desks now: public key in Z85 → name. Asked for every message, so a removed key is out at once."""
    account: Callable[[str], Account | None]
    """The account of a user as it stands."""
    put_account: Callable[[Account], None]
    """Store a changed account (password changed by its user, sessions ended)."""
    hand_in: Callable[[HandedIn], None]
    """Into the inbox of the next step."""
    now_us: Callable[[], int]
    """The bridge's clock."""
    tries: LoginTries = field(default_factory=LoginTries)
    """Wrong passwords in a row, those at shells and from before this bridge started with them; may be asked from any thread."""
    keep_tries: Callable[[str, Tries], None] = lambda _user, _tries: None
    """Store how often the password of a user with an account was wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskGateSettings:
    """Where desks come in, and how long sessions last."""

    bind: str
    secret_key: bytes
    """The bridge's CURVE secret key in Z85."""
    zap_domain: str = "desk"
    speed: float = 1.0
    """How fast the bridge's clock runs; sessions last as long for a person whatever it is."""
    policy: SessionPolicy = field(default_factory=SessionPolicy)
    exercise: bool = False
    """Whether everybody in the room is made up."""
    frame_every_s: float = 0.2
    passwords: Passwords = field(default_factory=Passwords)
