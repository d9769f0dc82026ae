"""What a link needs to begin, and what it hands back when something is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """Where the bridge is and by which keys the two know one another (CURVE, Z85)."""

    endpoint: str
    server_key: bytes
    desk_public: bytes
    desk_secret: bytes
    lost_after_s: float = 2.5
    """Silence after which the link counts as lost; the bridge pings twice a second."""
    batches_per_s: float = 20.0
    """How often at most rows cross into the GUI thread."""


class Refusal(str):
    """Why something was not done: the text is the code (see `domain/errors.py`), `sentence` what the bridge said in English."""

    __slots__ = ("sentence",)

    sentence: str

    @classmethod
    def of(cls, code: str, sentence: str) -> "Refusal":
        """A refusal with its code and sentence."""
        refusal = cls(code)
        refusal.sentence = sentence
        return refusal
