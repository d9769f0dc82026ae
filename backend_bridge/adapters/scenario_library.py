"""The scenarios that a room for exercises can play: those that ship with Bongsu, and those of a folder of its own."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from backend_bridge.adapters.reenactment_seal import signers_of
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.scenario_files import read_scenario
from backend_bridge.application.inbox import ScenarioTaken
from backend_bridge.application.training_rows import PreviewTrack, ScenarioRow
from backend_bridge.domain.exercise import Vouched
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.scenarios.compiled import Compiled, compiled
from backend_bridge.domain.scenarios.scenario import Origin, Scenario
from backend_bridge.domain.scenarios.tracks import EndlessPursuitError

SHIPPED: Final = "scenarios"
PREVIEW_POINTS: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Folders of scenario files; of two with one name the first counts."""

    folders: tuple[Path, ...]
    resources: Path
    signers: Mapping[str, str] = field(default_factory=dict)
    """Public keys, by name, of those whose signatures a re-enactment needs; without any none is shown or played."""

    def files(self) -> dict[str, Path]:
        """The files by the names of their scenarios."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in sorted(folder.glob("*.toml")):
                found.setdefault(path.stem, path)
        return found

    def scenario(self, name: str, starts_us: int | None = None) -> Scenario:
        """A scenario, beginning at `starts_us` where given; raises `InputRefusedError`."""
        path = self.files().get(name)
        if path is None:
            raise InputRefusedError([f"{name}: there is no such scenario"])
        return read_scenario(path, starts_us, self.signers)

    def compiled(self, name: str, starts_us: int | None = None) -> Compiled:
        """The same with its tracks and all that its devices send; raises `InputRefusedError`."""
        return self._compiled(self.scenario(name, starts_us), self.files()[name])

    def taken(self, name: str, scenario: Scenario) -> ScenarioTaken:
        """Which file a scenario came from and who vouches for it; what stands in a shipped one's place to the letter is that one."""
        found = self.files()[name].read_bytes()
        shipped = self.folders[-1] / f"{name}.toml"
        is_shipped = shipped.is_file() and shipped.read_bytes() == found
        is_signed = scenario.origin is Origin.REENACTMENT
        vouched = Vouched.SHIPPED if is_shipped else Vouched.SIGNED if is_signed else Vouched.OWN
        return ScenarioTaken(scenario=name, sha256=hashlib.sha256(found).hexdigest(), vouched=vouched)

    def row_of(self, scenario: Scenario, path: Path) -> ScenarioRow:
        """A scenario with its preview, as if it were in the file `path`; raises `InputRefusedError`."""
        made = self._compiled(scenario, path)
        return _row(scenario, tuple(_tracks(made)))

    def _compiled(self, scenario: Scenario, path: Path) -> Compiled:
        try:
            from backend_bridge.adapters.scenario_streets import streets_of  # scipy's searches: no bridge needs them to start

            return compiled(scenario, streets_of(scenario.streets, path, self.resources))
        except EndlessPursuitError as error:
            sentence = f"{scenario.scenario}, movements: {error} go after each other; let one of them go to a place first"
            raise InputRefusedError([sentence]) from None

    def rows(self, name: str | None) -> tuple[ScenarioRow, ...]:
        """All scenarios that can be read, or the one of that name with its preview."""
        if name is not None:
            return (self.row_of(self.scenario(name), self.files()[name]),)
        return tuple(_row(scenario, ()) for scenario in self._readable())

    def _readable(self) -> Iterator[Scenario]:
        for path in self.files().values():
            try:
                yield read_scenario(path, signers=self.signers)
            except InputRefusedError:
                continue  # `bongsu-bridge scenario` names the defects of a file; a library shows what can be played


def library_of(own: Path, resources: Callable[[str], Path]) -> Library:
    """The shipped scenarios and those of `own`, which come first."""
    return Library(folders=(own, resources(SHIPPED)), resources=resources(SHIPPED).parent, signers=signers_of(own.parent))


def _row(scenario: Scenario, tracks: tuple[PreviewTrack, ...]) -> ScenarioRow:
    return ScenarioRow(
        scenario=scenario.scenario,
        number=scenario.number,
        title_ko=scenario.title.ko,
        title_en=scenario.title.en,
        briefing_ko=scenario.briefing.ko,
        briefing_en=scenario.briefing.en,
        seconds=scenario.seconds,
        n_cases=len(scenario.cases),
        n_acts=len(scenario.acts),
        places=tuple((name, place) for name, place in scenario.places.items()),
        tracks=tracks,
    )


def _tracks(made: Compiled) -> Iterator[PreviewTrack]:
    """The way of everybody, at so many moments that it can be drawn."""
    subjects = {case.subject.person for case in made.scenario.cases}
    at_s = np.linspace(0.0, made.scenario.seconds, PREVIEW_POINTS)
    for device in made.scenario.devices:
        degrees = made.ground.degrees(made.tracks[device.person].sampled(at_s)[0])
        points = tuple(LatLon(lat_deg=float(lat), lon_deg=float(lon)) for lat, lon in degrees.round(6))
        yield PreviewTrack(person=device.person, device=device.device, is_wearer=device.person in subjects, points=points)
