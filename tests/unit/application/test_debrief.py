"""An act whose limit the exercise did not reach is no failure of the trainee; what was done is told by the names that people use."""

import pytest

from backend_bridge.application import debrief
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.identifiers import IncidentId, UnitId, UserId
from backend_bridge.domain.outcomes.incident_events import UnitDispatched
from backend_bridge.domain.quantities import MICROSECONDS as S
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.scenarios.assessment import ActResult, Entry
from backend_bridge.domain.scenarios.scenario import Do, ExpectedAct


@pytest.mark.parametrize(("ended_s", "done_s", "cut_short"), [(6, None, True), (120, None, False), (300, None, False), (6, 4, False)])
def test_what_was_open_when_the_exercise_ended_is_told_from_what_was_not_done(ended_s: int, done_s: int | None, cut_short: bool) -> None:  # noqa: FBT001 - a case of the table
    act = ExpectedAct(do=Do.TASK, on=AlarmKind.PROXIMITY, within_s=120.0, after_s=60.0, task="call-protected")
    result = ActResult(act=act, alarm=None, called_us=S, done_us=None if done_s is None else (1 + done_s) * S, by=None, outcome=None)
    assert debrief._act(result, (1 + ended_s) * S).cut_short is cut_short


def test_a_debrief_calls_a_unit_by_its_call_sign() -> None:
    place = LatLon(lat_deg=37.55, lon_deg=126.93)
    sent = UnitDispatched(incident=IncidentId("INC-1"), unit=UnitId("P-1"), user=UserId("trainee"), destination=place, label="home")
    (moment,) = debrief._moments([Entry(at_us=S, event=sent)], {UnitId("P-1"): "순찰 1"})
    assert (moment.what, moment.detail) == ("dispatched", "순찰 1")
