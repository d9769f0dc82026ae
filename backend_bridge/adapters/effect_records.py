"""Which effects for the world outside were decided and have no final report yet: those go out again after a crash, under the same key."""

from collections.abc import Callable, Iterable
from typing import Final

from backend_bridge.adapters.state_codec import decode, encode
from backend_bridge.adapters.store import Record
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.application.inbox import EffectReport
from backend_bridge.application.outcome import Outcome
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.outcomes.effects import NotifyProtected, RoomEffect, SendDispatch, SendMessage, SendRecall
from backend_bridge.domain.quantities import MICROSECONDS

_DECIDED: Final = "effect"
_REPORTED: Final = "effect-told"
STILL_WANTED_US: Final = 3600 * MICROSECONDS
"""An effect that an hour of darkness lies upon is not performed any more: its task stands open, and a person decides."""


def effect_records(outcome: Outcome, cases_of: Callable[[RoomEffect], frozenset[CaseId]]) -> list[Record]:
    """What a step decided to do outside, and what it heard of earlier decisions; `cases_of` says whose data an effect holds."""
    now_us = outcome.taken.now_us
    outward = (e for e in outcome.effects if isinstance(e, SendMessage | NotifyProtected | SendDispatch | SendRecall))
    reports = (n for n in outcome.taken.news if isinstance(n, EffectReport))
    return [
        *(Record(kind=_DECIDED, name=e.key[:128], from_us=now_us, to_us=now_us, cases=cases_of(e), body=encode(e)) for e in outward),
        *(Record(kind=_REPORTED, name=r.key[:128], from_us=now_us, to_us=now_us, body=r.state.encode()) for r in reports),
    ]


def unreported_effects(reader: StoreReader, now_us: int) -> tuple[RoomEffect, ...]:
    """The effects of the last hour of which no report is on disk, in the order of their decision."""
    reported = {record.name for record in reader.newest_by_name(_REPORTED)}
    decided = (r for r in reader.newest_by_name(_DECIDED) if r.name not in reported and r.from_us >= now_us - STILL_WANTED_US)
    return tuple(_effects(r.body for r in sorted(decided, key=lambda r: r.id)))


def _effects(bodies: Iterable[bytes]) -> Iterable[RoomEffect]:
    for body in bodies:
        effect = decode(body)
        if isinstance(effect, SendMessage | NotifyProtected | SendDispatch | SendRecall):
            yield effect
