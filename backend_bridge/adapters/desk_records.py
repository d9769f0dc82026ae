"""What is on disk, for the answers to desks: one device's track, and entries of the log."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

import msgspec
import numpy as np

from backend_bridge.adapters.certificates import certificate_of, planned
from backend_bridge.adapters.checkpoints import SIGNING_KEY
from backend_bridge.adapters.exercise_records import debrief
from backend_bridge.adapters.fix_archive import FixArchive
from backend_bridge.adapters.old_places import n_positions_too_old
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.report_signatures import signed_report
from backend_bridge.adapters.scenario_library import Library
from backend_bridge.adapters.sealed_exports import new_passphrase, sealed_export
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.store_recording import StoreRecording
from backend_bridge.adapters.written_scenarios import scenario_text, written_scenario
from backend_bridge.application.surroundings import Sighting
from backend_bridge.application.training_rows import DebriefRow, ScenarioRow
from backend_bridge.domain.access.export_book import Mark
from backend_bridge.domain.exercise import Course
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DestructionId, DeviceId, IncidentId
from backend_bridge.domain.outcomes.incident_events import UnitDispatched
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import MakeExport

_PERSONAL: Final = frozenset({"name", "phones", "address", "lat", "lon", "position", "destination", "place", "text", "note", "because"})


class DeskRecords:
    """Reads of one store; from any thread."""

    def __init__(self, reader: StoreReader, archive: FixArchive, library: Library) -> None:
        self._reader, self._archive, self._library = reader, archive, library

    def scenarios(self, name: str | None) -> tuple[ScenarioRow, ...]:
        """The library of scenarios, or the one of that name with its preview; nothing where it cannot be read."""
        try:
            return self._library.rows(name)
        except InputRefusedError:
            return ()

    def scenario_text(self, name: str) -> tuple[str, ...]:
        """The file of a scenario, and `own` or `shipped`."""
        return scenario_text(self._library, name)

    def written_scenario(self, text: str, *, save: bool) -> tuple[tuple[str, ...], tuple[ScenarioRow, ...]]:
        """The defects of a scenario file, or its row, once it is kept where `save` says so."""
        return written_scenario(self._library, text, save=save)

    def debrief(self, course: Course, now_us: int) -> DebriefRow | None:
        """How a scenario went; None where its file is not there any more."""
        return debrief(StoreRecording(self._reader, self._archive), self._library, course, now_us)

    def fixes(self, device: DeviceId, from_us: int, to_us: int) -> FixBatch:
        """The stored positions of a device measured in [from_us, to_us), oldest first."""
        return self._archive.read(device, from_us, to_us).fixes

    def log_lines(self, since: int, limit: int) -> tuple[str, ...]:
        """Entries of the log with n > since as JSON texts, at most `limit`, without what needs a verdict of its own."""
        return tuple(_without_persons(payload) for _, payload in islice(self._reader.lines(since), limit))

    def whole_lines(self) -> Iterator[str]:
        """All entries of the log as they stand, for answers that the core makes of them."""
        return (payload.decode() for _, payload in self._reader.lines(0))

    def plan(self, case: CaseId, devices: tuple[DeviceId, ...]) -> dict[str, object]:
        """What a destruction of the case would make unreadable, as counts by kind."""
        return planned(self._reader, self._archive, case, devices)

    def n_too_old(self, kept_from_us: Mapping[DeviceId, int]) -> dict[DeviceId, int]:
        """How many stored positions of each device were measured before its limit."""
        return n_positions_too_old(self._reader, self._archive.frozen(), kept_from_us) if kept_from_us else {}

    def certificate(self, destruction: DestructionId) -> tuple[str, ...]:
        """The text and the signed document of a certificate; empty where there is none."""
        return certificate_of(self._reader, destruction)

    def sightings(self, device: DeviceId, from_us: int, to_us: int) -> tuple[Sighting, ...]:
        """The newest fix of each source measured in [from_us, to_us), the surest first."""
        fixes = self._archive.read(device, from_us, to_us).fixes
        newest = {int(source): at for at, source in enumerate(fixes.source)}
        found = [_sighting(fixes, at, source) for source, at in newest.items()]
        return tuple(sorted(found, key=lambda each: float("inf") if each.accuracy_m is None else each.accuracy_m))

    def signed_report(self, incident: IncidentId, sha256: str, now_us: int) -> str:
        """The signature under a report, by the key that signs the log's checkpoints; a bridge makes that key when it starts."""
        key = self._signing_key()
        if key is None:
            raise LookupError("this store has no signing key yet")
        return signed_report(key, incident, sha256, now_us)

    def _signing_key(self) -> bytes | None:
        key = self._reader.newest(SIGNING_KEY)
        return None if key is None else key.body

    def export(self, device: DeviceId, query: MakeExport, mark: Mark) -> tuple[bytes, str, str]:
        """An encrypted file of the device's positions, its passphrase, and its manifest as JSON."""
        passphrase = new_passphrase()
        stored = self._archive.read(device, query.from_us, query.to_us)
        file, manifest = sealed_export(stored, query.form, mark, passphrase, self._signing_key())
        return file, passphrase, manifest


def _sighting(fixes: FixBatch, at: int, source: int) -> Sighting:
    accuracy_m = float(fixes.accuracy_m[at])
    return Sighting(
        source=source,
        at_us=int(fixes.measured_us[at]),
        position=LatLon(lat_deg=float(fixes.lat_deg[at]), lon_deg=float(fixes.lon_deg[at])),
        accuracy_m=accuracy_m if np.isfinite(accuracy_m) else None,
    )


def _without_persons(payload: bytes) -> str:
    """The entry with its identifiers, codes, times and reasons, and without names, numbers, places, figures and messages.

    Whoever may read the log sees that something was decided and by whom; the data themselves have queries of their own.
    """
    entry: dict[str, object] = msgspec.json.decode(payload)
    hidden = _PERSONAL | {"label"} if entry.get("event") == UnitDispatched.entry else _PERSONAL  # an address, of a dispatch alone
    kept = {key: value for key, value in entry.items() if key not in hidden and not _holds_more(value)}
    return msgspec.json.encode(kept).decode()


def _holds_more(value: object) -> bool:
    """Whether a value is a whole document, such as a registered case."""
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(part, dict | list) for part in value))
