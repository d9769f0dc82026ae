"""Where a recording is, as a desk shows it."""

from dataclasses import dataclass

from backend_bridge.domain.identifiers import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayheadRow:
    """A recording and where it is."""

    from_us: int
    to_us: int
    at_us: int
    speed: float
    """Seconds of the recording that pass in a second; 0 paused."""
    leaps: int
    """One more after every seek: nothing may be joined across it."""
    density: tuple[int, ...]
    """Entries of the log in equal parts of the recording."""
    marks: tuple[tuple[int, str, str], ...]
    """Alarms and people's acts: when, the name of the entry, and the alarm or incident that it is about, or the words of a `bookmarked`;
    at most 500 besides bookmarks."""
    loop: tuple[int, int] | None = None
    """The part that is played again and again."""
    as_user: UserId | None = None
    """Whose rows and masks of then are shown; None for those of the viewer's own role."""
    as_user_sat: bool = True
    """Whether that user sat at a desk then; nothing is shown otherwise."""
    compared: float | None = None
    """How much of it has been lived once more for a comparison that this desk asked for, 0–1; None while none runs."""
