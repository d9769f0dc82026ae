"""How many files and connections the process may have open: each connection takes a number, also that of somebody who has no key."""

import errno
import resource
from typing import Final

NO_NUMBER_LEFT: Final = frozenset({errno.EMFILE, errno.ENFILE})
"""What the system says when no more can be opened."""
_WANTED: Final = 16_384
"""A stranger is cut off after two seconds, in which one machine makes a tenth of so many connections."""


def allow_all_open_files() -> int:
    """Raise what is allowed to as much as the system lets the process; how many that is. To be called before anything listens."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


def open_files_warnings(n_allowed: int) -> list[str]:
    """A sentence where that is little."""
    if n_allowed == resource.RLIM_INFINITY or n_allowed >= _WANTED:
        return []
    sentence = (
        f"warning: this bridge may have only {n_allowed} files and connections open, and strangers can use them up at the gateways' port; "
        f"allow {_WANTED} or more (ulimit -Hn; LimitNOFILE= in a systemd unit)"
    )
    return [sentence]
