"""The one way in which a command refuses."""

from collections.abc import Sequence


class UsageError(Exception):
    """A command ends with sentences on stderr, each naming what is wrong and where, and with `status`."""

    def __init__(self, sentences: Sequence[str], status: int = 2) -> None:
        self.sentences = tuple(sentences)
        self.status = status
        super().__init__("\n".join(self.sentences))
