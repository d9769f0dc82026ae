"""A re-enactment as a file: staged far away with other people, and taken by nobody until a second person has signed it."""

import json
from pathlib import Path

import numpy as np
import pytest

from backend_bridge.adapters.reenactment_files import AWAY_M, text_of_reenactment
from backend_bridge.adapters.reenactment_seal import (
    SIGNERS,
    new_key,
    seal_file_of,
    sign_as_checker,
    sign_as_maker,
    signer_of,
    signers_of,
    trust,
)
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.scenario_files import read_scenario, scenario_of_text
from backend_bridge.adapters.scenario_library import library_of
from backend_bridge.adapters.scenario_streets import streets_of
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.scenarios.compiled import compiled
from backend_bridge.domain.scenarios.scenario import Do, Origin, Way
from backend_bridge.domain.scenarios.structure import Done, Failure, From, Phase, Reach, Side, Structure
from backend_bridge.domain.scenarios.tracks import Ground

RESOURCES = Path(__file__).parents[3] / "resources"
DAEJEON = LatLon(lat_deg=36.37, lon_deg=127.36)
WALKED_IN = Structure(
    way=Way.FOOT,
    reach=Reach.CONTACT,
    began=From.NEARBY,
    side=Side.AHEAD,
    lingers=False,
    leaves=True,
    failures=(Failure(of_wearer=True, what="strap_cut", phase=Phase.APPROACH), Failure(of_wearer=True, what="silent", phase=Phase.THERE)),
    done=(
        Done(do=Do.ACKNOWLEDGE, task=None, outcome=None, after_s=15.0),
        Done(do=Do.TASK, task="notify-112", outcome="acknowledged", after_s=45.0),
    ),
)


def text(seed: int = 1) -> str:
    roads = streets_of("bundled", RESOURCES / "x", RESOURCES)
    return text_of_reenactment(WALKED_IN, roads, DAEJEON, "anew", np.random.default_rng(seed))


def test_it_takes_place_on_other_streets_with_the_structure_that_it_had() -> None:
    scenario = scenario_of_text(text(), "anew")
    assert scenario.origin is Origin.REENACTMENT
    ground = Ground(origin=DAEJEON)
    assert all(np.hypot(*ground.point(place)) >= AWAY_M - 3000 for place in scenario.places.values())
    made = compiled(scenario, streets_of("bundled", RESOURCES / "x", RESOURCES))
    apart = [np.hypot(*(made.tracks["S-RE"].at(s) - made.tracks["V-RE"].at(s))) for s in np.arange(0.0, scenario.seconds, 10.0)]  # type: ignore[index]
    assert min(apart) < 350.0
    assert apart[0] > 700.0
    assert [report.kind for report in scenario.reports] == ["strap_cut"]
    assert [act.do for act in scenario.acts] == ["acknowledge", "task"]
    assert text(1) == text(1) != text(2)


def people(folder: Path) -> dict[str, Path]:
    made = {}
    for name in ("kim", "lee"):
        public, secret = new_key()
        made[name] = folder / f"{name}.key"
        made[name].write_text(secret)
        trust(folder, name, public)
    return made


def refused(path: Path, signers: dict[str, str]) -> str:
    with pytest.raises(InputRefusedError) as told:
        read_scenario(path, signers=signers)
    return "\n".join(told.value.problems)


def test_it_is_off_until_somebody_enters_who_may_sign(tmp_path: Path) -> None:
    file = tmp_path / "anew.toml"
    file.write_text(text(), encoding="utf8")
    assert signers_of(tmp_path) == {}
    assert "this room takes none" in refused(file, signers_of(tmp_path))


def test_it_is_taken_with_the_signatures_of_two_people_and_no_otherwise(tmp_path: Path) -> None:
    keys, file = people(tmp_path), tmp_path / "anew.toml"
    file.write_text(text(), encoding="utf8")
    signers = signers_of(tmp_path)
    assert "no signatures beside it" in refused(file, signers)
    sign_as_maker(file, signer_of("kim", keys["kim"]))
    assert "nobody has checked it" in refused(file, signers)
    with pytest.raises(InputRefusedError, match="somebody else must check"):
        sign_as_checker(file, signer_of("kim", keys["kim"]))
    with pytest.raises(InputRefusedError, match="somebody else must check"):
        sign_as_checker(file, signer_of("kim-too", keys["kim"]))
    sign_as_checker(file, signer_of("lee", keys["lee"]))
    assert read_scenario(file, signers=signers).scenario == "anew"
    assert "not one that this room takes" in refused(file, {"kim": signers["kim"], "lee": signers["kim"]})


@pytest.mark.parametrize("signature", [5, None, ["x"], "no hexadecimal"])
def test_a_signature_that_is_none_is_refused(tmp_path: Path, signature: object) -> None:
    keys, file = people(tmp_path), tmp_path / "anew.toml"
    file.write_text(text(), encoding="utf8")
    sign_as_maker(file, signer_of("kim", keys["kim"]))
    sign_as_checker(file, signer_of("lee", keys["lee"]))
    document = json.loads(seal_file_of(file).read_text())
    document["made"]["signature"] = signature
    seal_file_of(file).write_text(json.dumps(document))
    assert "does not fit the file" in refused(file, signers_of(tmp_path))


def test_a_list_of_signers_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / SIGNERS).write_text('{"kim": ')
    with pytest.raises(InputRefusedError, match="would be lost"):
        trust(tmp_path, "lee", new_key()[0])
    assert (tmp_path / SIGNERS).read_text() == '{"kim": '


def test_whatever_is_changed_after_the_check_is_refused(tmp_path: Path) -> None:
    keys, file = people(tmp_path), tmp_path / "anew.toml"
    file.write_text(text(), encoding="utf8")
    sign_as_maker(file, signer_of("kim", keys["kim"]))
    sign_as_checker(file, signer_of("lee", keys["lee"]))
    file.write_text(text().replace("every_s = 30", "every_s = 20"), encoding="utf8")
    assert "does not fit the file" in refused(file, signers_of(tmp_path))
    file.write_text(text(), encoding="utf8")
    seal_file_of(file).write_text(seal_file_of(file).read_text().replace('"lee"', '"kim"'))
    assert "does not fit the file" in refused(file, signers_of(tmp_path))


def test_a_room_for_exercises_shows_a_re_enactment_only_once_two_people_have_signed_it(tmp_path: Path) -> None:
    own = tmp_path / "scenarios"
    own.mkdir()
    file = own / "anew.toml"
    file.write_text(text(), encoding="utf8")

    def shown() -> set[str]:
        return {row.scenario for row in library_of(own, RESOURCES.joinpath).rows(None)}

    assert "01-walk-in" in shown()
    assert "anew" not in shown()
    keys = people(tmp_path)
    sign_as_maker(file, signer_of("kim", keys["kim"]))
    assert "anew" not in shown()
    sign_as_checker(file, signer_of("lee", keys["lee"]))
    assert "anew" in shown()
