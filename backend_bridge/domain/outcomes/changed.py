"""Which keys of a table changed, and in which order: what lets a desk be sent the difference alone."""

from collections.abc import Iterable


class Changed:
    """Keys by the order of their last change; each change gets the next number."""

    def __init__(self) -> None:
        self.revision = 0
        self._last: dict[str, int] = {}

    def touch(self, key: str) -> None:
        """`key` is new, different or gone."""
        self.revision += 1
        self._last.pop(key, None)
        self._last[key] = self.revision

    def touch_all(self, keys: Iterable[str]) -> None:
        """All of `keys` are new, different or gone."""
        for key in keys:
            self.touch(key)

    def since(self, revision: int) -> tuple[str, ...]:
        """The keys that changed after `revision`, oldest change first; costs as much as there are."""
        found: list[str] = []
        for key, at in reversed(self._last.items()):
            if at <= revision:
                break
            found.append(key)
        found.reverse()
        return tuple(found)
