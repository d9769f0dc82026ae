"""What an adapter says when it cannot take what it was given; each is a sentence for a person."""

from collections.abc import Sequence


class InputRefusedError(Exception):
    """A file or argument cannot be taken; `problems` holds one sentence for each thing that is wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class FolderRefusedError(Exception):
    """A data folder cannot be used as it is: its lock, key, disk or permissions; the text is one sentence."""


class StoreRefusedError(Exception):
    """The store cannot be opened or does not hold what it should; the text is one sentence."""


class NotOnDiskError(FolderRefusedError):
    """What was ordered is decided, and stands in the bridge's memory alone for now."""
