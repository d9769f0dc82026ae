"""Calls for help from apps, put into the room as reports of the person's device on a lane of the bridge's own."""

import secrets
from collections.abc import Callable
from typing import Final

import numpy as np

from backend_bridge.domain.arrivals import Arrival, Data, Hello, Lane
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.identifiers import DeviceId, GatewayName

NAME: Final = GatewayName("app-link")
"""How the lane stands in the log; no gateway may be enrolled under it."""


class AppLane:
    """A lane A without a connection: hello once, then one message a call."""

    def __init__(self, offer: Callable[[Arrival], object]) -> None:
        self._offer = offer
        self._epoch = secrets.randbits(63)
        self._seq = 0

    def sos(self, device: DeviceId, now_us: int) -> None:
        """The holder of `device` calls for help now."""
        if self._seq == 0:
            self._offer(Hello(gateway=NAME, connection=b"", lane=Lane.ALARMS, epoch=self._epoch, first=1, last=0))
        self._seq += 1
        event = DeviceEvent(device=device, measured_us=now_us, kind=DeviceEventKind.SOS, received_us=now_us)
        self._offer(
            Data(
                gateway=NAME,
                connection=b"",
                lane=Lane.ALARMS,
                epoch=self._epoch,
                seq=self._seq,
                fixes=None,
                events=(event,),
                kept_rows=np.zeros(1, np.int32),
                bad=(),
            )
        )
