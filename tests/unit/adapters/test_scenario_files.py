"""Scenario files that cannot be right: every defect is one sentence that names file, table and field, and what would be right."""

from pathlib import Path

import pytest

from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.scenario_files import read_scenario, scenario_of_text
from backend_bridge.domain.scenarios.scenario import FaultKind

WALK_IN = Path(__file__).parents[3] / "resources" / "scenarios" / "01-walk-in.toml"
TEXT = WALK_IN.read_text(encoding="utf8")
CROWD = '\n[[crowds]]\nof = "EX-2026-0101"\ncopies = 2\napart = "0:01:00"\n'


def problems(old: str, new: str) -> tuple[str, ...]:
    assert old in TEXT
    with pytest.raises(InputRefusedError) as refused:
        scenario_of_text(TEXT.replace(old, new, 1), "x.toml")
    return refused.value.problems


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ('lasts = "0:50:00"', 'lasts = "fifty"', ("x.toml, field lasts", "0:12:30")),
        ('start = "far"', 'start = "moon"', ("movements S-0101, field start", "'moon' is no place", "far, home")),
        (
            '{ to = "V-0101", by = "foot"',
            '{ to = "V-9999", by = "foot"',
            ("movements S-0101, step 2, field to", "neither a place nor a person"),
        ),
        ('by = "foot", kmh = 5.0', 'by = "ski", kmh = 5.0', ("step 2, field by", "foot bicycle car train")),
        ("every_s = 30", "evry_s = 30", ("devices VIC-0101, field evry_s", "did you mean 'every_s'")),
        ('device = "ANK-0101"\n', 'device = "ANK-0999"\n', ("devices ANK-0999, field device", "no device of a case", "ANK-0101")),
        ('on = "proximity"', 'on = "nearness"', ("acts number 1, field on", "must be one of", "proximity")),
        ('outcome = "acknowledged"', 'outcome = "done"', ("acts number 2, field outcome", "acknowledged already-known no-answer")),
        ('alarm = "proximity"\nlevel = "amber"', 'level = "amber"', ("expect number 1", "exactly one of alarm task message entry")),
        (
            'place = "home", radius_m = 100',
            'place = "hom", radius_m = 100',
            ("case EX-2026-0101, zone Z1, circle, field place", "no place", "home"),
        ),
        ('about = "V-0101", distance_m = 2000', 'about = "V-0102", distance_m = 2000', ("EX-2026-0101", "R1", "V-0102")),
        ('after = "0:00:12"', 'after = "0:00:42"', ("acts number 1, field after", "0:00:30")),
        ('[title]\nko = "걸어서 3km 밖에서 접근"', "[title]", ("x.toml, title, field ko",)),
        ('format = "bongsu-scenario/1"', 'format = "bongsu-scenario/9"', ("x.toml, field format", "bongsu-scenario/1")),
        ("seed = 101", "seed = 101\ncolour = 1", ("x.toml, field colour", "is not known")),
        ("seed = 101", "seed = ", ("x.toml: is not TOML", "line 4")),
    ],
)
def test_a_defect_is_named_where_it_stands_with_what_would_be_right(old: str, new: str, names: tuple[str, ...]) -> None:
    told = problems(old, new)
    assert any(all(name in sentence for name in names) for sentence in told), told


def test_all_defects_are_told_at_once() -> None:
    with pytest.raises(InputRefusedError) as refused:
        scenario_of_text(TEXT.replace("seed = 101", "seed = -1").replace('start = "far"', 'start = "moon"'), "x.toml")
    assert {"seed", "start"} <= {word for sentence in refused.value.problems for word in ("seed", "start") if f"field {word}" in sentence}


def test_a_device_whose_carrier_has_no_way_is_refused() -> None:
    told = problems('[[movements]]\nperson = "V-0101"\nstart = "home"\nsteps = []\n', "")
    assert any("VIC-0101" in sentence and "[[movements]]" in sentence for sentence in told)


def test_it_begins_when_it_is_told_to_with_everything_in_relation() -> None:
    own, later = read_scenario(WALK_IN), read_scenario(WALK_IN, starts_us=2_000_000_000_000_000)
    shift = later.starts_us - own.starts_us
    assert later.cases[0].order.ends_us - own.cases[0].order.ends_us == shift
    assert later.acts == own.acts


def test_a_crowd_is_made_of_copies_each_later_by_so_much() -> None:
    flood = read_scenario(WALK_IN.parent / "11-flood.toml")
    assert len(flood.cases) == 70
    batteries = sorted(report.at_s for report in flood.reports if report.kind == "battery")
    assert batteries == [60.0 + 30.0 * k for k in range(60)]
    assert len({device.device for device in flood.devices}) == len(flood.devices) == 59 + 1 + 2 * 10


def test_faults_have_their_span() -> None:
    skewed = read_scenario(WALK_IN.parent / "18-clock-skew.toml")
    (device,) = [device for device in skewed.devices if device.faults]
    assert [(fault.kind, fault.from_s, fault.amount) for fault in device.faults] == [
        (FaultKind.CLOCK, 300.0, 90.0),
        (FaultKind.CLOCK, 2100.0, -90.0),
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("seed = " + "9" * 5000, "is not TOML"),
        (TEXT.replace('starts = "', 'starts = "9999-12-31T00:00:00Z" # "', 1), "is no time of the years"),
        (TEXT.replace('person = "S-0101", device', 'person = ["S"], device', 1) + CROWD, "must be a text"),
        (TEXT.replace('[[movements]]\nperson = "V-0101"', '[[movements]]\nperson = ["V"]', 1) + CROWD, "must be a text"),
    ],
)
def test_what_no_scenario_can_hold_is_a_sentence_too(text: str, named: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        scenario_of_text(text, "x.toml")
    assert any(named in sentence for sentence in refused.value.problems), refused.value.problems
