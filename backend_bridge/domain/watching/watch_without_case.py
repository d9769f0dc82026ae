"""A watch that never knew where the people of a case were: the same decisions about everybody else, nothing left of the case."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.geometry import SHAPE_END, SHAPE_FIRST
from backend_bridge.domain.breach.track_table import empty_targets, empty_tracks
from backend_bridge.domain.case import Case, Circle, Party, Ring, Zone
from backend_bridge.domain.identifiers import CaseId, DeviceId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.watching.case_book import CaseVersion
from backend_bridge.domain.watching.target_book import Target
from backend_bridge.domain.watching.trust_scan import NOTHING, grown
from backend_bridge.domain.watching.watch import Watch

_NOWHERE = Circle(centre=LatLon(lat_deg=0.0, lon_deg=0.0), radius_m=1.0)


def without_case(watch: Watch, case: CaseId, devices: Sequence[DeviceId]) -> Watch:
    """The watch without a case that is over; `devices` are those that no other case names."""
    parts: dict[str, Any] = dict(watch.parts())
    numbers = np.array([index for index, name in enumerate(parts["names"]) if name in set(devices)], np.int64)
    targets: tuple[Target, ...] = parts["targets"]
    of_case = np.array([target.index for target in targets if target.key.case == case], np.int64)
    parts["cases"] = _cases(parts["cases"], case)
    standing, counts = parts["alarms"]
    parts["alarms"] = (tuple(pair for pair in standing if pair[0].case != case), counts)
    parts["targets"] = tuple(_husk(target) if target.key.case == case else target for target in targets)
    parts["engine"] = _engine(parts["engine"], numbers, of_case)
    parts["health"] = {index: known for index, known in parts["health"].items() if index not in set(numbers.tolist())}
    parts["timers"] = tuple(timer for timer in parts["timers"] if timer.name != case)
    parts["reach"] = _reach(parts["reach"], numbers)
    parts["trust"] = _trust(parts["trust"], numbers, case)
    parts["unpaired"] = _unpaired(parts["unpaired"], numbers)
    parts["loitering"] = {index: stays for index, stays in parts["loitering"].items() if index not in set(of_case.tolist())}
    found = Watch.of_parts(parts)
    found.use_beside(watch.beside)
    return found


def _cases(versions: Any, case: CaseId) -> Any:
    """Versions of the case as husks: its code and its dates, nobody and no place."""
    return type(versions)(_husk_of_version(each) if each.case.case == case else each for each in versions)


def _husk_of_version(version: CaseVersion) -> CaseVersion:
    husk = Case(
        case=version.case.case,
        jurisdiction=version.case.jurisdiction,
        tier=version.case.tier,
        subject=Party(person=version.case.subject.person, device=None),
        protected=(),
        order=version.case.order,
    )
    return replace(version, case=husk, imported=husk)


def _husk(target: Target) -> Target:
    """A target of the case with its name and without its place; its number stays taken."""
    place = target.signature.place
    bare: Zone | Ring = replace(place, label=None, shape=_NOWHERE, schedule=None) if isinstance(place, Zone) else place
    return replace(target, signature=replace(target.signature, place=bare), in_force=np.zeros((0, 2), np.int64))


def _engine(parts: Mapping[str, NDArray[Any]], devices: NDArray[np.int64], targets: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    found = {name: column.copy() for name, column in parts.items()}
    tracks, rows = found["tracks"], found["targets"]
    known = devices[devices < len(tracks)]
    links = tracks["link"][known]
    tracks[known] = empty_tracks(1)[0]
    tracks["link"][known] = links
    blank_target = empty_targets(1)
    keeps = {"kind", "subject", "protected", "shape", "margin_m", "next_of_subject", "next_of_protected"}
    for index in targets.tolist():
        shape = int(rows["shape"][index])
        if shape >= 0:
            _blank_shape(found, shape)
        for name in blank_target.dtype.names or ():
            if name not in keeps:
                rows[name][index] = blank_target[name][0]
    return found


def _blank_shape(found: dict[str, NDArray[Any]], shape: int) -> None:
    """A shape without its places; what is never in force is never asked about."""
    row = found["shapes.rows"][shape]
    first, end = int(row[SHAPE_FIRST]), int(row[SHAPE_END])
    found["shapes.edges"][first:end] = 0.0
    row[:] = 0.0
    row[SHAPE_FIRST], row[SHAPE_END] = first, end


def _reach(parts: Mapping[str, Any], devices: NDArray[np.int64]) -> dict[str, Any]:
    gone = set(devices.tolist())
    return {
        "touches": {device: found for device, found in parts["touches"].items() if device not in gone},
        "mates": {mate: tuple(w for w in wearers if w not in gone) for mate, wearers in parts["mates"].items() if mate not in gone},
        "gaits": {device: gait for device, gait in parts["gaits"].items() if device not in gone},
    }


def _trust(parts: Mapping[str, Any], devices: NDArray[np.int64], case: CaseId) -> dict[str, Any]:
    nobody = grown(NOTHING, 1)._asdict()
    tables = {name: parts[name].copy() for name in nobody}
    for name, rows in tables.items():
        rows[devices[devices < len(rows)]] = nobody[name][0]
    return {**tables, "reasons": {key: why for key, why in parts["reasons"].items() if key.case != case}}


def _unpaired(parts: Mapping[str, Any], devices: NDArray[np.int64]) -> dict[str, Any]:
    gone = set(devices.tolist())
    meetings = parts["meetings"]
    pair = np.stack([meetings["code"] >> 32, meetings["code"] & 0xFFFFFFFF]) if len(meetings) else np.zeros((2, 0), np.int64)
    usual = dict(parts["haunts"])
    known = devices[devices < len(usual["stays"])]
    usual["stays"] = usual["stays"].copy()
    usual["stays"][known] = 0.0
    usual["places"] = {device: places for device, places in usual["places"].items() if device not in gone}
    return {**parts, "meetings": meetings[~np.isin(pair, devices).any(axis=0)], "haunts": usual, **_stories(parts, gone)}


def _stories(parts: Mapping[str, Any], gone: set[int]) -> dict[str, Any]:
    return {
        "stories": {pair: story for pair, story in parts["stories"].items() if not gone & set(pair)},
        "near": tuple(pair for pair in parts["near"] if not gone & set(pair)),
        "calls": tuple(call for call in parts["calls"] if call.device not in gone),
    }
