"""What a note is: about whom, and whether it says what was seen or what somebody thinks of it."""

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
