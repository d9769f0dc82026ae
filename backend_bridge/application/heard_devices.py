"""Which devices the messages of a turn were about: by what each was last measured, and through which gateway it was last heard."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.application.outcome import Kept
from backend_bridge.application.turn import Turn
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, GatewayName
from backend_bridge.domain.outcomes.bridge_events import DeviceHeard

_FEW: Final = 100
"""Batches up to this size are handled row by row."""


def note_devices(turn: Turn, kept: Sequence[Kept], fixes: FixBatch) -> None:
    """Remember what the messages tell of their devices; the last of several counts, and new devices stand in the order in which they came.

    `fixes` are those of all messages. Messages side by side that name their devices by their fixes alone are looked at as one.
    """
    start = 0
    for _, several in groupby(kept, key=lambda each: bool(each.heard)):
        run = tuple(several)
        counts = [0 if each.fixes is None else len(each.fixes) for each in run]
        end = start + sum(counts)
        devices, last = _last_rows(fixes.between(start, end))
        turn.room.devices.source.update(zip(devices, fixes.source[start + last].tolist(), strict=True))
        if run[0].heard or turn.room.registry.strangers(devices):
            for each in run:
                _carried(turn, each.heard or _devices_of(each.fixes), each.gateway)
        else:
            message = np.repeat(np.arange(len(run)), counts)[last]
            gateways = [each.gateway for each in run]
            turn.room.devices.gateway.update(zip(devices, map(gateways.__getitem__, message.tolist()), strict=True))
        start = end


def _carried(turn: Turn, devices: Iterable[DeviceId], gateway: GatewayName) -> None:
    """Remember which gateway last carried devices, and tell of those that no case names."""
    known, named = turn.room.devices, dict.fromkeys(devices, gateway)
    known.gateway.update(named)
    for device in turn.room.registry.strangers(named):
        if device not in known.unknown:
            known.unknown[device] = None
            turn.decisions.log(DeviceHeard(device=device, gateway=gateway))


def _devices_of(fixes: FixBatch | None) -> Iterable[DeviceId]:
    return () if fixes is None else map(fixes.device_names.__getitem__, fixes.device.tolist())


def _last_rows(fixes: FixBatch) -> tuple[list[DeviceId], NDArray[np.intp]]:
    """The devices of a batch in the order in which they came, and the last row of each."""
    if len(fixes) <= _FEW:
        last_of = dict(zip(_devices_of(fixes), range(len(fixes)), strict=True))
        return list(last_of), np.fromiter(last_of.values(), np.intp, len(last_of))
    rows = np.arange(len(fixes))
    first, last = np.full(len(fixes.device_names), -1), np.empty(len(fixes.device_names), np.intp)
    first[fixes.device[::-1]], last[fixes.device] = rows[::-1], rows
    came = np.flatnonzero(first >= 0)
    came = came[np.argsort(first[came])]
    return list(map(fixes.device_names.__getitem__, came.tolist())), last[came]
