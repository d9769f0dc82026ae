"""The same evening asked about once more: a wider ring would have warned earlier, and the recording itself stays what it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.what_if_files import line_of_compared, read_what_if, summary_of
from backend_bridge.application.outcome import Taken
from backend_bridge.application.room_state import Room
from backend_bridge.application.scenario_run import played
from backend_bridge.application.what_if import judged_otherwise, lived_otherwise
from backend_bridge.bootstrap.scenario_command import made_scenario
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.identifiers import RingId
from backend_bridge.domain.scenarios.comparison import Comparison, Difference
from backend_bridge.domain.scenarios.compiled import Compiled
from backend_bridge.domain.scenarios.what_if import RingAt, WhatIf
from backend_bridge.domain.watching.watch import Watch

BY_CAR = Path(__file__).parents[3] / "resources" / "scenarios" / "02-by-car.toml"
WIDER = WhatIf(rings=(RingAt(ring=RingId("R2"), distance_m=2500.0),))
NONE_AT_ALL = WhatIf(policy=(0.999, 0.999, 0.998))


class Lived:
    """A run of a scenario, as it was recorded."""

    def __init__(self, taken: list[Taken]) -> None:
        self.taken = taken

    def span_us(self) -> tuple[int, int]:
        return self.taken[0].now_us, self.taken[-1].now_us

    def room_before(self, at_us: int) -> Room:
        return Room(Watch.empty())

    def glimpse_before(self, at_us: int) -> None:
        return None

    def is_nearer(self, now_us: int, at_us: int) -> bool:
        return False

    def steps(self, after_us: int) -> Iterator[Taken]:
        return iter([taken for taken in self.taken if taken.now_us > after_us])


@pytest.fixture(scope="module")
def car() -> Compiled:
    return made_scenario(BY_CAR)


@pytest.fixture(scope="module")
def lived(car: Compiled) -> Lived:
    return Lived([outcome.taken for _, outcome in played(car)])


def red(comparison: Comparison) -> list[tuple[Difference, float | None]]:
    return [
        (row.difference, row.by_s)
        for row in comparison.rows
        if (seen := row.before or row.after) is not None and (seen.kind, seen.level) == (AlarmKind.PROXIMITY, AlarmLevel.RED)
    ]


def test_a_wider_ring_would_have_been_red_earlier_in_fixes_and_in_the_recording(car: Compiled, lived: Lived) -> None:
    judged, after = judged_otherwise((car.scenario.cases, car.fixes, car.events), WIDER)
    ((difference, by_s),) = red(judged)
    assert difference is Difference.EARLIER
    assert by_s is not None
    assert -200 < by_s < -60  # 1.5 km at 60 km/h, along the streets
    ((recorded, recorded_by_s),) = red(lived_otherwise(lived, WIDER))
    assert recorded is Difference.EARLIER
    assert recorded_by_s is not None
    assert abs(recorded_by_s - by_s) <= 10
    assert any(alarm.kind is AlarmKind.PROXIMITY for alarm in after)


def test_changing_nothing_changes_nothing(lived: Lived) -> None:
    comparison = lived_otherwise(lived, WhatIf())
    assert comparison.rows
    assert {row.difference for row in comparison.rows} == {Difference.SAME}


def test_thresholds_that_are_never_reached_leave_no_ring_alarm(car: Compiled) -> None:
    comparison, _ = judged_otherwise((car.scenario.cases, car.fixes, car.events), NONE_AT_ALL)
    assert {difference for difference, _ in red(comparison)} <= {Difference.GONE, Difference.LATER}
    assert comparison.count(Difference.NEW) == 0


def test_a_line_and_a_sentence_say_it(car: Compiled) -> None:
    comparison, _ = judged_otherwise((car.scenario.cases, car.fixes, car.events), WIDER)
    line = next(line_of_compared(row) for row in comparison.rows if row.difference is Difference.EARLIER)
    assert '"difference":"earlier","by_s":-' in line
    assert "earlier (in the middle by" in summary_of(comparison)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('format = "bongsu-what-if/1"', "changes nothing; add one of rings zones policy"),
        ('format = "bongsu-what-if/1"\n[[rings]]\nring = "R2"\n', "rings number 1, field distance_m: is missing"),
        (
            'format = "bongsu-what-if/1"\n[policy]\namber_from = 0.2\nred_from = 0.1\nuntil = 0.05\n',
            "policy, field amber_from: must lie above",
        ),
        ('format = "bongsu-what-if/1"\n[[zones]]\nzone = "Z1"\nwider = 3\n', "did you mean 'wider_m'"),
        ("format = 1", 'field format: must be "bongsu-what-if/1"'),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_by_table_and_field(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "w.toml").write_text(text, encoding="utf8")
    with pytest.raises(InputRefusedError) as refused:
        read_what_if(tmp_path / "w.toml")
    assert any(told in sentence for sentence in refused.value.problems)
