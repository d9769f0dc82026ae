"""What a note is: about whom, and whether it says what was seen or what somebody thinks of it."""

from dataclasses import dataclass
from enum import StrEnum


class NoteAbout(StrEnum):
    """The category of person that a note is about; the law wants them told apart."""

    WEARER = "wearer"
    PROTECTED = "protected"
    OTHER = "other"
    """A witness, a relative, anybody else."""
    NOBODY = "nobody"


class Statement(StrEnum):
    """What kind of statement a note is."""

    FACT = "fact"
    """Seen, heard or measured."""
    ASSESSMENT = "assessment"
    """What somebody concludes or suspects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Words that a person wrote beside an outcome."""

    text: str
    about: NoteAbout | None
    statement: Statement | None
    """None where a client left it unsaid; the desk always says both."""


class Entered(StrEnum):
    """What people enter because no device shows it (EM Act 31-6(4), Decree 23-12)."""

    NO_SHOW = "NO_SHOW"
    """The wearer did not come to be fitted."""
    REFUSAL = "REFUSAL"
    """The wearer refuses the device."""
    TEMP_REMOVAL = "TEMP_REMOVAL"
    """The device is off with leave until a time, or back on."""
    VICTIM_NOT_REACHABLE = "VICTIM_NOT_REACHABLE"
    VICTIM_REFUSED_DEVICE = "VICTIM_REFUSED_DEVICE"

    @property
    def code(self) -> str:
        """The word that stands for it in the code of the alarm about it."""
        return self.value.lower().replace("_", "-")
