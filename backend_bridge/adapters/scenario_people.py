"""The tables of a scenario file about people's ways and their devices."""

from typing import Final

from backend_bridge.adapters.json_fields import Fields
from backend_bridge.adapters.scenario_fields import Known
from backend_bridge.domain.device_event import DeviceEventKind
from backend_bridge.domain.fix import FixSource
from backend_bridge.domain.identifiers import DeviceId, PersonId
from backend_bridge.domain.scenarios.scenario import (
    SPEED_MPS,
    Back,
    Beside,
    Device,
    Fault,
    FaultKind,
    Go,
    Movement,
    Report,
    Stay,
    Step,
    Way,
)

_SOURCES: Final = {source.name.lower(): source for source in FixSource if source is not FixSource.UNKNOWN}
_STEPS: Final = ("stay", "to", "back", "beside")
_KMH: Final = 3.6
_NEEDS_AMOUNT: Final = frozenset({FaultKind.TOWER, FaultKind.CLOCK, FaultKind.JITTER})


def movement_of(row: Fields, known: Known) -> Movement | None:
    """A person's way."""
    row.only("person", "start", "steps")
    person = known.name(row, "person", known.people, "person of a case")
    start = known.name(row, "start", known.places, "place")
    steps = [_step_of(step, known) for step in row.rows("steps", lambda _, index: f"step {index + 1}")]
    if person is None or start is None or row.n_wrong:
        return None
    return Movement(person=PersonId(person), start=start, steps=tuple(step for step in steps if step is not None))


def _step_of(row: Fields, known: Known) -> Step | None:
    kinds = [kind for kind in _STEPS if row.has(kind)]
    if len(kinds) != 1:
        row.wrong("", "needs exactly one of stay, to, back, beside")
        return None
    match kinds[0]:
        case "stay":
            row.only("stay", "outdoors")
            until_s = known.time(row, "stay")
            return None if until_s is None else Stay(until_s=until_s, indoors=row.raw("outdoors") is not True)
        case "to":
            return _go_of(row, known)
        case "back":
            row.only("back", "by", "kmh")
            speed = _speed_of(row)
            return None if speed is None else Back(speed_mps=speed[1])
        case _:
            return _beside_of(row, known)


def _go_of(row: Fields, known: Known) -> Go | None:
    row.only("to", "by", "kmh", "short_m")
    to, speed = row.identifier("to"), _speed_of(row)
    short_m = row.number("short_m", low=0, high=100_000, required=False) or 0.0
    if to is None or speed is None:
        return None
    if to not in known.places and to not in known.people:
        row.wrong("to", f"{to!r} is neither a place nor a person of this file; its places are {', '.join(known.places)}")
        return None
    place = to if to in known.places else None
    return Go(place=place, person=None if place else PersonId(to), way=speed[0], speed_mps=speed[1], short_m=short_m)


def _beside_of(row: Fields, known: Known) -> Beside | None:
    row.only("beside", "until", "apart_m")
    person = known.name(row, "beside", known.people, "person of a case")
    until_s, apart_m = known.time(row, "until"), row.number("apart_m", low=0, high=100_000)
    if person is None or until_s is None or apart_m is None:
        return None
    return Beside(person=PersonId(person), until_s=until_s, apart_m=apart_m)


def _speed_of(row: Fields) -> tuple[Way, float] | None:
    way = row.choice("by", Way) if row.has("by") else Way.FOOT
    kmh = row.number("kmh", low=0.5, high=350, required=False)
    if way is None:
        return None
    return way, kmh / _KMH if kmh is not None else SPEED_MPS[way]


def device_of(row: Fields, known: Known) -> Device | None:
    """A device and its faults."""
    row.only("device", "person", "every_s", "error_m", "source", "faults")
    device = known.name(row, "device", known.devices, "device of a case")
    carrier = None if device is None else known.devices[device]
    person = known.name(row, "person", known.movers, "person with a way ([[movements]])", required=False) or carrier
    if person is not None and person not in known.movers:
        row.wrong("device", f"is carried by {person}, whose way is not told; add a table [[movements]] with person = {person!r}")
    every_s = row.number("every_s", low=1, high=3600, required=False) or 15.0
    error_m = row.number("error_m", low=0.1, high=5000, required=False) or 6.0
    source = row.text("source", required=False) or "gnss"
    if source not in _SOURCES:
        row.wrong("source", f"must be one of {' '.join(_SOURCES)}")
    faults = [_fault_of(fault, known) for fault in row.rows("faults", lambda _, index: f"fault {index + 1}")]
    if device is None or person is None or row.n_wrong:
        return None
    return Device(
        device=DeviceId(device),
        person=PersonId(person),
        every_s=every_s,
        error_m=error_m,
        source=_SOURCES[source],
        faults=tuple(fault for fault in faults if fault is not None),
    )


def _fault_of(row: Fields, known: Known) -> Fault | None:
    row.only("kind", "from", "to", "amount")
    kind, span = row.choice("kind", FaultKind), known.span(row)
    amount = row.number("amount", low=-100_000, high=100_000, required=kind in _NEEDS_AMOUNT)
    if kind is None or span is None:
        return None
    return Fault(kind=kind, from_s=span[0], to_s=span[1], amount=amount or 0.0)


def report_of(row: Fields, known: Known) -> Report | None:
    """What a device says besides its position."""
    row.only("at", "device", "kind", "value")
    at_s, device, kind = (
        known.time(row, "at"),
        known.name(row, "device", known.devices, "device of a case"),
        row.choice("kind", DeviceEventKind),
    )
    value: float | str | None = None
    if kind is DeviceEventKind.BATTERY:
        value = row.number("value", low=0, high=100)
    elif kind is DeviceEventKind.BEACON_CONTACT:
        value = row.device("value")
    elif row.has("value"):
        row.wrong("value", "has a meaning for battery and beacon_contact alone; leave it out")
    if at_s is None or device is None or kind is None:
        return None
    return Report(at_s=at_s, device=DeviceId(device), kind=kind, value=value)
