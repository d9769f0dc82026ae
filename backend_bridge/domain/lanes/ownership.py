"""Which gateway may speak for which device."""

import re
from fnmatch import translate
from typing import Final

from backend_bridge.domain.arrivals import RejectCode
from backend_bridge.domain.identifiers import GatewayName
from backend_bridge.domain.lanes.enrolment import Enrolments

_DEVICE: Final = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_MOST_REMEMBERED: Final = 50_000


def is_device_id(text: str) -> bool:
    """Whether a text is 1–64 of `A–Z a–z 0–9 . _ -`."""
    return _DEVICE.fullmatch(text) is not None


class DeviceVerdicts(dict[str, RejectCode | None]):
    """What one gateway's messages about a device are rejected with, None when they may be taken; looked up by device id.

    An answer is worked out once and remembered; the memory is bounded, because a hostile gateway makes up names.
    """

    def __init__(self, own: re.Pattern[str] | None, others: re.Pattern[str] | None) -> None:
        super().__init__()
        self._own = own
        self._others = others

    def __missing__(self, device: str) -> RejectCode | None:
        """Work the answer out."""
        verdict = self._verdict(device)
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[device] = verdict
        return verdict

    def _verdict(self, device: str) -> RejectCode | None:
        if not is_device_id(device):
            return RejectCode.RANGE
        if self._own and self._own.match(device):
            return None
        return RejectCode.NOT_YOURS if self._others and self._others.match(device) else RejectCode.UNKNOWN_DEVICE


class Ownership:
    """The patterns of all gateways that are enrolled."""

    def __init__(self, enrolments: Enrolments) -> None:
        self._verdicts = {
            one.gateway: DeviceVerdicts(
                _any_of(one.devices), _any_of(tuple(pattern for other in enrolments if other is not one for pattern in other.devices))
            )
            for one in enrolments
        }

    def of(self, gateway: GatewayName) -> DeviceVerdicts:
        """The verdicts for an enrolled gateway; raises KeyError for one that is not."""
        return self._verdicts[gateway]


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    """One expression that matches what any shell pattern matches, letters' case included; None for no patterns."""
    return re.compile("|".join(translate(pattern) for pattern in patterns)) if patterns else None
