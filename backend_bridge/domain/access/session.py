"""Sessions: who works at which desk, bound to the desk's key, until when, and when it locks; pure, time is an argument."""

from dataclasses import dataclass, replace
from enum import StrEnum

from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.user import Role

_MINUTE_US = 60 * MICROSECONDS


class SessionEnd(StrEnum):
    """Why a session is over."""

    LOGOUT = "logout"
    LOST = "lost"
    EXPIRED = "expired"
    ENDED = "ended"
    DISABLED = "disabled"
    REVOKED = "revoked"
    """The desk's key is no longer enrolled."""
    ELSEWHERE = "elsewhere"
    """The same desk began another session."""
    STOPPING = "stopping"
    """The bridge stops; the ticket is still good when it is back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPolicy:
    """How long sessions last, and how patient the room is with wrong passwords."""

    life_us: int = 12 * 60 * _MINUTE_US
    idle_lock_us: int = 15 * _MINUTE_US
    lost_us: int = 2 * _MINUTE_US
    """How long a desk may be gone before its session ends; its ticket opens a new one until the old one would have expired."""
    max_failures: int = 5
    lock_out_us: int = 15 * _MINUTE_US


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One person at one desk."""

    seat: str
    """Name of the session; nobody can guess it, and alone it opens nothing."""
    user: UserId
    role: Role
    desk: str
    desk_key: str
    """Public key (Z85) as the handshake proved it; no other key can use the session."""
    opened_us: int
    expires_us: int
    active_us: int
    """When somebody last touched the desk."""
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """Wrong passwords in a row for one user."""

    failures: int = 0
    locked_until_us: int = 0


def at_speed(policy: SessionPolicy, speed: float) -> SessionPolicy:
    """The policy for a clock that runs `speed` times as fast, so that it lasts as long for a person."""
    return replace(
        policy,
        life_us=int(policy.life_us * speed),
        idle_lock_us=int(policy.idle_lock_us * speed),
        lost_us=int(policy.lost_us * speed),
        lock_out_us=int(policy.lock_out_us * speed),
    )


def issue(seat: str, who: tuple[UserId, Role], desk: tuple[str, str], now_us: int, policy: SessionPolicy) -> Session:
    """A new session of `who` (user, role) at `desk` (name, public key), from now on."""
    return Session(
        seat=seat,
        user=who[0],
        role=who[1],
        desk=desk[0],
        desk_key=desk[1],
        opened_us=now_us,
        expires_us=now_us + policy.life_us,
        active_us=now_us,
    )


def is_bound_to(session: Session, desk_key: str) -> bool:
    """Whether a message that came under `desk_key` may speak for the session."""
    return bool(desk_key) and session.desk_key == desk_key


def is_expired(session: Session, now_us: int) -> bool:
    """Whether the session is over by its own time; at `expires_us` itself it is."""
    return now_us >= session.expires_us


def touched(session: Session, idle_us: int, now_us: int) -> Session:
    """The session after its desk said that nobody has touched it for `idle_us`; never moves back."""
    return replace(session, active_us=max(session.active_us, now_us - max(idle_us, 0)))


def should_lock(session: Session, now_us: int, policy: SessionPolicy) -> bool:
    """Whether nobody has touched the desk for so long that it must hide what it shows."""
    return not session.locked and now_us - session.active_us >= policy.idle_lock_us


def locked(session: Session) -> Session:
    """The session with its data hidden; alarms still sound."""
    return replace(session, locked=True)


def unlocked(session: Session, now_us: int) -> Session:
    """The session after its user proved again who they are."""
    return replace(session, locked=False, active_us=now_us)


def is_shut_out(tries: Tries, now_us: int) -> bool:
    """Whether the user may not even try a password now."""
    return now_us < tries.locked_until_us


def after_failure(tries: Tries, now_us: int, policy: SessionPolicy) -> Tries:
    """The tries after one more wrong password; the last allowed one shuts the user out and starts counting anew."""
    failures = tries.failures + 1
    if failures < policy.max_failures:
        return replace(tries, failures=failures)
    return Tries(failures=0, locked_until_us=now_us + policy.lock_out_us)
