"""Performs what the room decided to do outside, off the engine's thread, and reports how far it got.

Each effect is performed once for its key: a key that is under way or done is not begun again. After a crash the engine hands
in the effects that no report is stored of; they go out under the same key, by which the other side knows a repeat.
"""

import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from backend_bridge.adapters.message_channels import Channel, ChannelFailed
from backend_bridge.application.inbox import EffectReport
from backend_bridge.domain.outcomes.effects import NotifyProtected, RoomEffect, SendDispatch, SendMessage, SendRecall

WAITS_S = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Before each try; together they stay below the 60 s after which a person must be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLink:
    """The way to police units' terminals: each returns false where the terminal is not connected."""

    dispatch: Callable[[SendDispatch], bool]
    recall: Callable[[SendRecall], bool]


class EffectRunner:
    """One thread a channel, so that a slow one holds up nothing else."""

    def __init__(
        self, channels: Mapping[str, Channel], units: UnitLink, *, clock: Callable[[], int], report: Callable[[EffectReport], None]
    ) -> None:
        self._channels = channels
        self._units = units
        self._clock = clock
        self._report = report
        self._begun: set[str] = set()
        self._stopping = threading.Event()
        self._queues: dict[str, queue.SimpleQueue[SendMessage | NotifyProtected | None]] = {name: queue.SimpleQueue() for name in channels}
        self._threads = [threading.Thread(target=self._work, args=(name,), name=f"channel-{name}", daemon=True) for name in channels]
        for thread in self._threads:
            thread.start()

    def perform(self, effects: Sequence[RoomEffect]) -> None:
        """Begin each effect that is for the world outside and was not begun before; returns at once."""
        for effect in effects:
            match effect:
                case SendMessage() if self._is_new(effect.key):
                    self._hand_over(effect.channel, effect)
                case NotifyProtected() if self._is_new(effect.key):
                    self._hand_over("sms", effect)
                case SendDispatch() if self._is_new(effect.key):
                    self._tell_unit(effect.key, connected=self._units.dispatch(effect))
                case SendRecall() if self._is_new(effect.key):
                    self._tell_unit(effect.key, connected=self._units.recall(effect))
                case _:
                    pass  # the lane's and the desks' effects are performed by their gates

    def stop(self) -> None:
        """Give up waiting tries and end the threads; what is not done is handed in again at the next start."""
        self._stopping.set()
        for waiting in self._queues.values():
            waiting.put(None)
        for thread in self._threads:
            thread.join(timeout=5.0)

    def _is_new(self, key: str) -> bool:
        fresh = key not in self._begun
        self._begun.add(key)
        return fresh

    def _hand_over(self, channel: str, message: SendMessage | NotifyProtected) -> None:
        if channel in self._queues:
            self._queues[channel].put(message)
        else:
            self._report(EffectReport(key=message.key, state="failed", detail=f"channel {channel} is not configured"))

    def _tell_unit(self, key: str, *, connected: bool) -> None:
        if connected:
            self._report(EffectReport(key=key, state="sent"))
        else:
            self._report(EffectReport(key=key, state="failed", detail="the unit's terminal is not connected"))

    def _work(self, name: str) -> None:
        while (message := self._queues[name].get()) is not None:
            report = self._sent(self._channels[name], message)
            if report is not None:
                self._report(report)

    def _sent(self, channel: Channel, message: SendMessage | NotifyProtected) -> EffectReport | None:
        """Try until it is sent or cannot be; None where the bridge stops first."""
        sentence = ""
        for wait_s in WAITS_S:
            if self._stopping.wait(wait_s):
                return None
            try:
                channel.send(message, self._clock())
            except ChannelFailed as failed:
                sentence = str(failed)
                if failed.final:
                    break
            else:
                return EffectReport(key=message.key, state="sent")
        return EffectReport(key=message.key, state="failed", detail=sentence)
