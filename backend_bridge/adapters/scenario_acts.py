"""The tables of a scenario file about calls, offices, patrols, and what is expected of the room and of the operator."""

from typing import Final

from backend_bridge.adapters.json_fields import Fields
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.scenario_cases import cases_of
from backend_bridge.adapters.scenario_fields import Known, time_of, words_of
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.identifiers import CaseId, PersonId, UnitId
from backend_bridge.domain.incidents.jurisdiction import rules_of
from backend_bridge.domain.scenarios.scenario import (
    Call,
    CaseChanges,
    CourtSays,
    Do,
    Expectation,
    ExpectedAct,
    OrderEnds,
    Patrol,
    Ruling,
    Sign,
)

_RULINGS: Final = ("becomes", "ends", "permits")
_OFFICES: Final = frozenset({"112", "court", "probation-office", "police-station", "supervisor", "protection-officer"})
_ACT: Final = ("do", "on", "level", "case", "at", "within", "after", "task", "outcome", "text", "person", "each")
_EXPECT: Final = ("level", "case", "from", "to", "least", "most")


def call_of(row: Fields, known: Known) -> Call | None:
    """A call or letter."""
    row.only("at", "by", "text")
    at_s, text = known.time(row, "at"), words_of(row, "text")
    by = known.name(row, "by", known.people | _OFFICES, "person or office")
    return None if at_s is None or by is None or text is None else Call(at_s=at_s, by=by, text=text)


def patrol_of(row: Fields, known: Known) -> Patrol | None:
    """A police unit."""
    row.only("unit", "callsign", "place")
    unit, callsign, place = row.identifier("unit"), row.text("callsign", longest=64), known.name(row, "place", known.places, "place")
    return None if unit is None or callsign is None or place is None else Patrol(unit=UnitId(unit), callsign=callsign, place=place)


def ruling_of(row: Fields, known: Known) -> Ruling | None:
    """What a court or office decides."""
    row.only("at", "becomes", "ends", "reason", "permits", "number")
    at_s = known.time(row, "at")
    kinds = [kind for kind in _RULINGS if row.has(kind)]
    if len(kinds) != 1:
        row.wrong("", "needs exactly one of becomes (the case as it is then), ends (a case), permits (true or false)")
        return None
    match kinds[0]:
        case "becomes":
            return _change_of(row, known, at_s)
        case "ends":
            case, reason = known.name(row, "ends", known.cases, "case"), row.text("reason")
            return None if at_s is None or case is None or reason is None else OrderEnds(at_s=at_s, case=CaseId(case), reason=reason)
        case _:
            number, permitted = row.text("number"), row.raw("permits")
            if not isinstance(permitted, bool):
                row.wrong("permits", "must be true or false")
                return None
            return None if at_s is None or number is None else CourtSays(at_s=at_s, permitted=permitted, number=number)


def _change_of(row: Fields, known: Known, at_s: float | None) -> Ruling | None:
    try:
        (case,) = cases_of([row.raw("becomes")], row.where, known.starts_us, known.places)
    except InputRefusedError as error:
        row.wrong("becomes", "; ".join(error.problems))
        return None
    if case.case not in known.cases:
        row.wrong("becomes", f"is of {case.case!r}, no case of this file")
        return None
    return None if at_s is None else CaseChanges(at_s=at_s, case=case)


def act_of(row: Fields, known: Known) -> ExpectedAct | None:
    """What an operator is expected to do."""
    row.only(*_ACT)
    do = row.choice("do", Do)
    on = row.choice("on", AlarmKind) if row.has("on") else None
    level = row.choice("level", AlarmLevel) if row.has("level") else AlarmLevel.AMBER
    at_s = known.time(row, "at", required=False)
    if (on is None) == (at_s is None) and not row.n_wrong:
        row.wrong("on", "or at is needed, exactly one of them: the kind of alarm that calls for it, or its time")
    within_s = time_of(row, "within", (1.0, known.seconds))
    after_s = time_of(row, "after", (0.0, within_s or known.seconds))
    case = known.name(row, "case", known.cases, "case", required=False)
    person = known.name(row, "person", known.people, "person", required=do is Do.BREAK_GLASS)
    text, task, outcome = row.text("text", required=do in {Do.CLOSE, Do.BREAK_GLASS}), *_task_of(row, do)
    if do is None or level is None or within_s is None or after_s is None or row.n_wrong:
        return None
    return ExpectedAct(
        do=do,
        on=on,
        level=level,
        case=None if case is None else CaseId(case),
        at_s=at_s,
        within_s=within_s,
        after_s=after_s,
        task=task,
        outcome=outcome,
        text=text,
        person=None if person is None else PersonId(person),
        each=row.raw("each") is True,
    )


def _task_of(row: Fields, do: Do | None) -> tuple[str | None, str | None]:
    """The step and its outcome, which must be those of the law."""
    task = row.identifier("task", required=do is Do.TASK)
    outcome = row.identifier("outcome", required=do in {Do.TASK, Do.CLOSE, Do.CLOSE_ALARM})
    rules = rules_of("KR")
    steps = {rule.task: rule.outcomes for rule in rules.tasks}
    if task is not None and task not in steps:
        row.wrong("task", f"must be one of {' '.join(steps)}")
    allowed = steps.get(task or "", ()) if do is Do.TASK else rules.outcomes
    if outcome is not None and allowed and outcome not in allowed:
        row.wrong("outcome", f"must be one of {' '.join(allowed)}")
    return task, outcome


def expectation_of(row: Fields, known: Known) -> Expectation | None:
    """What the room must decide."""
    signs = [sign for sign in Sign if row.has(sign)]
    if len(signs) != 1:
        row.wrong("", f"needs exactly one of {' '.join(Sign)}")
        return None
    sign = signs[0]
    row.only(sign, *_EXPECT)
    name = row.choice(sign, AlarmKind) if sign is Sign.ALARM else row.identifier(sign)
    level = row.choice("level", AlarmLevel) if row.has("level") else None
    from_s, to_s = known.time(row, "from", required=False), known.time(row, "to", required=False)
    least, most = row.number("least", low=0, high=10_000, required=False), row.number("most", low=0, high=10_000, required=False)
    case = known.name(row, "case", known.cases, "case", required=False)
    if name is None or row.n_wrong:
        return None
    return Expectation(
        sign=sign,
        name=str(name),
        level=level,
        case=None if case is None else CaseId(case),
        from_s=from_s or 0.0,
        to_s=float("inf") if to_s is None else to_s,
        least=int(least) if least is not None else 0 if most == 0 else 1,
        most=None if most is None else int(most),
    )
