"""A recording that is cut to some cases names no other, and decides the same about these."""

import pytest
from room_builder import CASE, OPERATOR, T0, S, a_case

from backend_bridge.application.inbox import ImportCases, PutUser
from backend_bridge.application.outcome import Taken
from backend_bridge.application.recording_cut import Cut
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.identifiers import CaseId, UserId
from backend_bridge.domain.user import Role, Route

OTHER, THIRD = CaseId("KR-SE-2026-0002"), CaseId("KR-DJ-2026-0003")


@pytest.mark.parametrize("patterns", [(CASE, OTHER), (OTHER,), ("KR-SE-*",), (OTHER, "KR-DJ-*"), ()])
def test_whose_alarms_come_first_to_somebody_names_no_case_that_was_cut_out(patterns: tuple[str, ...]) -> None:
    route = Route(cases=patterns, kinds=(AlarmKind.SOS,))
    user = PutUser(by=UserId("root"), user=OPERATOR, person="kim", role=Role.OPERATOR, route=route)
    cases = ImportCases(by=UserId("root"), cases=tuple(a_case(name, n=n) for n, name in enumerate((CASE, OTHER, THIRD), 1)))
    (cut,) = Cut(frozenset({CASE})).before([Taken(now_us=T0, first_n=1, orders=(cases, user))], T0 - S)
    imported, put = cut.orders
    assert isinstance(imported, ImportCases)
    assert [case.case for case in imported.cases] == [CASE]
    assert isinstance(put, PutUser)
    assert put.route is not None
    assert not {OTHER, THIRD, "KR-SE-*", "KR-DJ-*"} & set(put.route.cases)
    for kind in (AlarmKind.SOS, AlarmKind.TAMPER):
        assert put.route.takes(kind, a_case()) == route.takes(kind, a_case())
