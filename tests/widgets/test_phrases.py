"""Whatever code the bridge can send, the desk has words for it; and it has no words for codes that never come."""

import ast
import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtWidgets import QApplication

from backend_bridge.application.case_alarms import label_code
from backend_bridge.application.rows import AlarmState
from backend_bridge.domain.access.disclosure import RuleState
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.alarms.kpi import source_of
from backend_bridge.domain.case import OrderBasis, PlaceKind, Tier
from backend_bridge.domain.device_event import DeviceEventKind
from backend_bridge.domain.errors import Code
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.incidents import jurisdiction
from backend_bridge.domain.incidents.incident import DUTY_OFFICER
from backend_bridge.domain.note import Entered, NoteAbout, Statement
from backend_bridge.domain.outcomes import incident_events
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.user import Role
from backend_bridge.domain.watching.trust_scan import Doubt
from desktop import translations
from widgets import phrases, phrases_because, phrases_ledger, phrases_system, phrases_work
from widgets.incident_parts import delivery_line, detail_of, told_words
from widgets.incident_report import _messages
from widgets.incident_sheet import IncidentPicture, _acts
from widgets.phrases_disclosure import RULE_STATES
from widgets.phrases_refusals import OF_THE_LINK, REFUSALS, refusal
from widgets.printed_sheet import Maker

ROOT = Path(__file__).parents[2]
ENDS = {"logout", "lost", "expired", "ended", "disabled", "revoked", "elsewhere", "stopping"}
Open = Callable[..., DeskAtHand]


@pytest.mark.parametrize(("language", "law"), [("ko", "전자장치부착법"), ("en", "lectronic")])
def test_the_law_behind_a_step_stands_in_the_language_of_the_desk(open_desk: Open, language: str, law: str) -> None:
    open_desk(language)
    named = {rule.legal for rule in (*jurisdiction.KR.tasks, jurisdiction.NOT_REACHED_TASK) if rule.legal}
    assert named == phrases_work.LEGAL.keys()
    assert all(law in phrases.word(phrases_work.LEGAL, code) for code in named)


@cache
def modules() -> tuple[ast.Module, ...]:
    """The whole source of the bridge."""
    return tuple(ast.parse(path.read_text(encoding="utf8")) for path in sorted((ROOT / "backend_bridge").rglob("*.py")))


def calls(module: ast.Module, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names:
            yield node


def texts_of(node: ast.expr | None, module: ast.Module) -> set[str]:
    """The codes that an expression can be: as it stands, or as a constant or function of its module has it."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]):
            return {start.rstrip(":")}
        case ast.Name(id=name):
            assigned = [n for n in module.body if isinstance(n, ast.AnnAssign) and getattr(n.target, "id", "") == name]
            return {text for each in assigned for text in texts_of(each.value, module)}
        case ast.Call(func=ast.Name(id=name)):
            made = [n for n in module.body if isinstance(n, ast.FunctionDef) and n.name == name]
            returns = [n for each in made for n in ast.walk(each) if isinstance(n, ast.Return)]
            return {text for each in returns for text in texts_of(each.value, module)}
        case _:
            return set()


def codes_of_troubles() -> set[str]:
    """Every code under which the bridge raises an alarm of its own."""
    found = {label_code(CaseId(""), label).partition(":")[0] for label in Entered}
    for module in modules():
        for call in calls(module, "system_alarm", "system_clear", "_say"):
            found |= texts_of(call.args[0] if call.args else None, module)
        for call in calls(module, "Trouble"):
            found |= texts_of(next((word.value for word in call.keywords if word.arg == "code"), None), module)
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef) and node.name in {"_each_turn", "standing"}:
                tables = [n for n in ast.walk(node) if isinstance(n, ast.Dict | ast.DictComp)]
                keys = [key for table in tables for key in (table.keys if isinstance(table, ast.Dict) else [table.key])]
                found |= {text for key in keys for text in texts_of(key, module)}
    return found


def figures_of_alarms() -> set[str]:
    """The names of all figures that stand behind an alarm."""
    found: set[str] = set()
    for module in modules():
        for call in calls(module, "because"):
            found |= {word.arg for word in call.keywords if word.arg is not None}
        for call in calls(module, "system_alarm"):
            last = call.args[-1]
            found |= {str(key.value) for key in last.keys if isinstance(key, ast.Constant)} if isinstance(last, ast.Dict) else set()
    return found


def causes_of_alarms() -> set[str]:
    """Every cause that the rules name; what cannot be followed to its words fails."""
    found: set[str] = set()
    named_by: dict[str, int] = {}
    rules = [ast.parse(path.read_text(encoding="utf8")) for path in (ROOT / "backend_bridge" / "domain" / "watching").glob("*.py")]
    functions = [node for module in rules for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    for function in functions:
        names = [arg.arg for arg in function.args.args if arg.arg != "self"]
        if "cause" in names:
            named_by[function.name] = names.index("cause")
        body = ast.Module(body=list(function.body), type_ignores=[])
        given = [word.value for call in calls(body, "because", "_Finding") for word in call.keywords if word.arg == "cause"]
        tables = [node for node in ast.walk(body) if isinstance(node, ast.Dict)]
        given += [value for table in tables for key, value in zip(table.keys, table.values, strict=True) if is_text(key, "cause")]
        found |= {cause for each in given for cause in causes_of(each, function)}
    for call in (call for module in rules for call in calls(module, *named_by)):
        given = call.args[named_by[getattr(call.func, "attr", "")] :][:1]
        found |= {str(each.value) for each in given if isinstance(each, ast.Constant)}
    return found


def is_text(node: ast.expr | None, text: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == text


def causes_of(node: ast.expr, function: ast.FunctionDef) -> set[str]:
    """The causes that an expression within a function can be."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=yes, orelse=no):
            return causes_of(yes, function) | causes_of(no, function)
        case ast.Name(id="cause") if any(arg.arg == "cause" for arg in function.args.args):
            return set()  # as its callers name it
        case ast.Attribute(value=ast.Name(id="finding"), attr="cause"):
            return set()  # as its maker names it
        case ast.Name(id=name):
            assigned = [n for n in ast.walk(function) if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == name]
            assert assigned, f"{function.name}: {name}"
            return {cause for each in assigned for cause in causes_of(each.value, function)}
        case _:
            source = ast.unparse(node)
            if source == "str(event.kind)":
                return {kind.value for kind in DeviceEventKind}
            assert source.startswith("doubt.name.lower()"), f"{function.name}: {source}"
            return {word_of(doubt) for doubt in Doubt} - {"none"}


def word_of(doubt: Doubt) -> str:
    return doubt.name.lower().replace("_", "-")


def test_every_refusal_of_the_room_has_a_sentence_and_no_sentence_is_for_nothing() -> None:
    assert set(REFUSALS) == {code.value for code in Code} | ENDS | {"link-lost"}


def test_every_refusal_of_the_link_has_a_sentence_and_no_sentence_is_for_nothing() -> None:
    page = (ROOT / "docs" / "desk-link.md").read_text(encoding="utf8")
    said = page.partition("Of the link itself:")[2].partition(". Of the room")[0]
    assert set(OF_THE_LINK) == set(re.findall(r"`([a-z-]+)`", said)) - set(REFUSALS) | {"bad-value"}


def test_the_page_of_the_link_names_every_code_that_the_bridge_refuses_with() -> None:
    source = (ROOT / "backend_bridge" / "adapters" / "desk_reception.py").read_text(encoding="utf8")
    assert set(re.findall(r'\.refuse\([\w.]+, "([a-z-]+)"', source)) <= set(OF_THE_LINK) | set(REFUSALS)
    page = (ROOT / "docs" / "desk-link.md").read_text(encoding="utf8")
    reasons = next(line for line in page.splitlines() if line.startswith("| `ended` | `reason`"))
    assert set(re.findall(r"`([a-z-]+)`", reasons)) - {"ended", "reason"} | {"ended"} == ENDS


def test_a_wrong_password_is_said_in_the_language_of_the_desk(qapp: QApplication) -> None:
    translations.install(qapp, "ko")
    assert refusal("wrong-secret", "The name or the password is wrong.") == "이름 또는 비밀번호가 다릅니다."
    translations.install(qapp, "en")
    assert refusal("wrong-secret") == "Name or password is wrong."


def test_every_trouble_of_the_bridge_has_a_sentence_and_no_sentence_is_for_nothing() -> None:
    assert set(phrases_system.TROUBLES) | set(phrases_system.ABOUT) == codes_of_troubles()


def test_every_figure_and_cause_behind_an_alarm_has_a_name() -> None:
    said = {figure for text in phrases_because.SENTENCES.values() for figure in re.findall(r"{(\w+)}", text)}
    assert figures_of_alarms() - set(phrases_because.NAMES) - said == set()
    assert causes_of_alarms() - set(phrases_because.WORDS) - set(phrases_because.SENTENCES) == set()
    assert set(phrases_because.SENTENCES) <= causes_of_alarms()
    assert {"not-excluded", "beacon-contact", "no-signal", "visits", "returns", "not-in-force", "low"} - causes_of_alarms() == {
        "not-excluded"
    }


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_doubt_report_or_cause_reaches_a_person_as_a_code(open_desk: Open, language: str) -> None:
    """«cause no-signal» stood on the Korean desk."""
    open_desk(language)
    codes = {word_of(doubt) for doubt in Doubt if doubt} | {kind.value for kind in DeviceEventKind} | causes_of_alarms()
    said = {code: phrases_because.value("cause", code) for code in codes - set(phrases_because.SENTENCES)}
    assert {code for code, text in said.items() if re.search("[-_]", code) and text == code} == set()
    in_korean = {code for code, text in said.items() if re.search("[가-힣]", text)}
    assert set(said) - in_korean == ({"sos"} if language == "ko" else set(said))


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (phrases.KINDS, AlarmKind),
        (phrases.STATES, AlarmState),
        (phrases.TIERS, Tier),
        (phrases.BASES, OrderBasis),
        (phrases.ROLES, Role),
        (phrases.PURPOSES, Purpose),
        (phrases.PLACE_KINDS, PlaceKind),
        (RULE_STATES, RuleState),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_every_kind_has_a_word_and_no_word_is_for_nothing(table: Mapping[str, str], codes: type) -> None:
    assert set(table) == set(codes)


def test_every_entry_of_an_incidents_timeline_has_a_word() -> None:
    entries = {each.entry for each in vars(incident_events).values() if dataclasses.is_dataclass(each) and hasattr(each, "entry")}
    assert entries - set(phrases_work.TIMELINE) == set()


def test_every_recipient_of_messages_is_a_person_or_a_number_or_has_words() -> None:
    ordered = [ast.unparse(call.args[3]) for module in modules() for call in calls(module, "_order") if len(call.args) == 5]
    assert set(ordered) == {"party.person", "rules.police_recipient", "DUTY_OFFICER"}
    assert set(phrases_work.RECIPIENTS) == {DUTY_OFFICER}
    assert all(rules.police_recipient.isdigit() for rules in (jurisdiction.KR, jurisdiction.FR, jurisdiction.ES, jurisdiction.UY))


@pytest.mark.parametrize(("language", "words"), [("ko", "당직 책임자"), ("en", "officer on duty")])
def test_no_recipient_reaches_a_person_as_a_code(open_desk: Open, language: str, words: str) -> None:
    open_desk(language)
    incident = builders.incident()
    lost = dataclasses.replace(incident.deliveries[2], channel="sms", recipient=DUTY_OFFICER)
    ordered = dataclasses.replace(incident.timeline[1], detail=(("channel", "sms"), ("recipient", DUTY_OFFICER)))
    maker = Maker(user="op-1", at_us=builders.NOW_US)
    row = dataclasses.replace(incident, deliveries=(lost,), timeline=(ordered,))
    picture = IncidentPicture(incident=row, case=None, alarms=(), subject=None, protected=None, maker=maker)
    said = [delivery_line(lost).text(), told_words((lost,)), detail_of(ordered), _acts(picture)[0].words, " ".join(_messages(row)[0])]
    assert [DUTY_OFFICER in text for text in said] == 5 * [False]
    assert [words in text for text in said] == 5 * [True]


def looks_of_the_log() -> set[str]:
    """What entries of looks name as looked at."""
    found: set[str] = set()
    for module in modules():
        for call in calls(module, "Lookup", "DataRead"):
            found |= texts_of(next((word.value for word in call.keywords if word.arg == "what"), None), module)
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef) and node.name == "_ledger_look":
                tables = [n for n in ast.walk(node) if isinstance(n, ast.Dict)]
                found |= {text for table in tables for value in table.values for text in texts_of(value, module)}
    return found - {"shell"}


def test_every_look_that_the_log_names_has_a_word() -> None:
    assert looks_of_the_log() - set(phrases_ledger.LOOKS) - set(phrases_work.FIELDS) == set()
    assert {"ledger", "register", "track"} <= looks_of_the_log()


def test_every_category_of_person_and_of_statement_has_a_word() -> None:
    assert set(phrases_work.NOTE_ABOUT) == {about.value for about in NoteAbout}
    assert set(phrases_work.STATEMENTS) == {statement.value for statement in Statement}


def test_every_step_and_outcome_of_every_country_has_a_word() -> None:
    rules = (jurisdiction.KR, jurisdiction.FR, jurisdiction.ES, jurisdiction.UY)
    tasks = [task for each in rules for task in each.tasks] + [jurisdiction.NOT_REACHED_TASK]
    assert {task.task for task in tasks} - set(phrases_work.TASKS) == set()
    assert {outcome for task in tasks for outcome in task.outcomes} - set(phrases_work.OUTCOMES) == set()


def test_every_end_of_access_has_a_word() -> None:
    page = (ROOT / "backend_bridge" / "domain" / "outcomes" / "access_events.py").read_text(encoding="utf8")
    said = page.partition("Access stopped:")[2].partition('."""')[0]
    assert set(phrases_ledger.ENDS) == set(re.findall(r"`([a-z-]+)`", said))


def test_the_figures_of_a_decision_speak_of_its_own_limit_and_never_of_the_red_one(open_desk: Open) -> None:
    """An amber ring that the wearer is in was said to be the red one, reached in 0 s."""
    open_desk("en")
    assert phrases_because.sentence((("ring_m", 600.0), ("contact_s", 0.0))).endswith("limit reached in\u00a00 s, already inside.")
    assert phrases_because.sentence((("contact_s", 130.0),)) == f"limit reached in\u00a0{phrases.length(130)}."
    assert phrases.place("home 1900 m") == "home 1.9 km"


WAY_IN_WORDS = {
    "en": "No position alone shows it: between the positions of 16:59:00 and 17:01:00 the way most likely led through the zone at about "
    "17:00:00 (calculated, 83%). distance then −200 m, error of the distance then 50 m, distance 160 m.",
    "ko": "한 위치만으로는 확인되지 않음: 16:59:00 위치와 17:01:00 위치 사이에 17:00:00경 구역을 지나간 것으로 계산됨(확률 83%). "
    "당시 거리 −200 m, 당시 거리 오차 50 m, 거리 160 m.",
}


@pytest.mark.parametrize(("language", "sure"), [("en", "probable 83%"), ("ko", "유력 83%")])
def test_a_way_between_two_positions_is_said_to_be_calculated(open_desk: Open, language: str, sure: str) -> None:
    """It read «distance −199.6 m» as if a position had been inside."""
    open_desk(language)
    noon = 1_795_420_800_000_000
    times = (("way_us", noon), ("way_from_us", noon - 60_000_000), ("way_until_us", noon + 60_000_000))
    metres = (("way_distance_m", -200.0), ("way_distance_error_m", 50.0), ("distance_m", 160.0))
    because = (("cause", "way-between-fixes"), ("way_probability", 0.83), *times, *metres)
    assert phrases_because.sentence(because).replace("\u00a0", " ").replace("-", "−") == WAY_IN_WORDS[language]
    assert phrases.certainty(builders.alarm(1, probability=None, because=because)).replace("\u00a0", " ") == sure
    assert phrases.certainty(builders.alarm(1, probability=None, because=())) == phrases.translate("phrases", "reported")


def test_an_alarm_of_the_bridge_says_in_the_list_what_it_is_about(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    row = builders.alarm(1, kind=AlarmKind.SYSTEM, case=None, place=None, because=(("code", "break-glass:G-97"), ("detail", "G-97")))
    desk.take(row)
    model = desk.panels.alarms.model
    at = model.position_of(row.alarm)
    assert at is not None
    assert any("Break-glass G-97" in str(model.index(at, column).data()) for column in range(model.columnCount()))
    assert phrases_because.sentence(row.because) == "Break-glass G-97: review it (F3)."
    assert phrases_because.sentence((("code", "desk-link:desk-1"), ("detail", ""))) == "Desk desk-1 does not answer."
    assert source_of(None, "system", None).startswith("room/")
