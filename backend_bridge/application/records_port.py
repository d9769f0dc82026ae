"""What answers need of the world: what is on disk and the room does not hold itself."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from backend_bridge.application.surroundings import Sightings
from backend_bridge.application.training_rows import DebriefRow, ScenarioRow
from backend_bridge.domain.access.export_book import Mark
from backend_bridge.domain.exercise import Course
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DestructionId, DeviceId, IncidentId
from backend_bridge.domain.queries import MakeExport


class Records(Sightings, Protocol):
    """What is on disk, for answers that the room does not hold itself."""

    def fixes(self, device: DeviceId, from_us: int, to_us: int) -> FixBatch:
        """The stored positions of a device measured in [from_us, to_us)."""
        ...

    def log_lines(self, since: int, limit: int) -> tuple[str, ...]:
        """Entries of the log with n > since as JSON texts, at most `limit`."""
        ...

    def whole_lines(self) -> Iterable[str]:
        """All entries of the log as they stand, for answers that are made of them here."""
        ...

    def scenarios(self, name: str | None) -> tuple[ScenarioRow, ...]:
        """The library of scenarios, or the one of that name with its preview."""
        ...

    def scenario_text(self, name: str) -> tuple[str, ...]:
        """The file of a scenario, and `own` or `shipped`; nothing where there is none that may be edited."""
        ...

    def written_scenario(self, text: str, *, save: bool) -> tuple[tuple[str, ...], tuple[ScenarioRow, ...]]:
        """The defects of a scenario file as JSON texts; or none, and its row with its preview, once it is kept where `save` says so."""
        ...

    def debrief(self, course: Course, now_us: int) -> DebriefRow | None:
        """How a scenario went; None where its file is not there any more."""
        ...

    def plan(self, case: CaseId, devices: tuple[DeviceId, ...]) -> dict[str, object]:
        """What a destruction of the case would make unreadable, as counts by kind."""
        ...

    def n_too_old(self, kept_from_us: Mapping[DeviceId, int]) -> dict[DeviceId, int]:
        """How many stored positions of each device were measured before its limit; devices without any are not in it."""
        ...

    def certificate(self, destruction: DestructionId) -> tuple[str, ...]:
        """The text and the signed document of a certificate; empty where there is none."""
        ...

    def signed_report(self, incident: IncidentId, sha256: str, now_us: int) -> str:
        """The bridge's signature under a report of that SHA-256, as a document to be kept beside it."""
        ...

    def export(self, device: DeviceId, query: MakeExport, mark: Mark) -> tuple[bytes, str, str]:
        """An encrypted file of the device's positions, its passphrase, and its manifest as JSON."""
        ...
