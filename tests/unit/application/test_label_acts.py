"""What no device shows is entered at a desk: the room hears it, the police are told, leave has an end."""

from dataclasses import replace

import pytest
from room_builder import CASE, OPERATOR, PROTECTED, WEARER, Desk, S, a_case, entries

from backend_bridge.application.inbox import Inbox, NoteByOffice
from backend_bridge.application.outcome import Outcome
from backend_bridge.application.removals import alarm_code
from backend_bridge.domain.case import Party
from backend_bridge.domain.commands import AcknowledgeAlarm, EnterLabel
from backend_bridge.domain.identifiers import DeviceId, PersonId, UserId
from backend_bridge.domain.note import Entered
from backend_bridge.domain.outcomes.effects import SendMessage, SoundAlarm
from backend_bridge.domain.outcomes.incident_events import LabelEntered

HOUR = 3600 * S


def told(outcome: Outcome) -> set[tuple[str, str]]:
    return {(effect.channel, effect.recipient) for effect in outcome.effects if isinstance(effect, SendMessage)}


@pytest.mark.parametrize("label", [each for each in Entered if each is not Entered.TEMP_REMOVAL])
def test_it_is_in_the_log_the_room_hears_it_and_the_police_are_told(label: Entered) -> None:
    desk = Desk()
    outcome = desk.act(OPERATOR, EnterLabel(case=CASE, label=label, text="by telephone"))
    assert entries(outcome)[0] == "label-entered"
    assert "raised" in entries(outcome)
    assert told(outcome) == {("sms", "112"), ("cap", "112")}
    texts = [effect.text for effect in outcome.effects if isinstance(effect, SendMessage)]
    assert all(label.value in text and CASE in text and "by telephone" not in text for text in texts), "codes alone leave the room"


def test_leave_is_told_has_an_end_and_is_over_when_the_device_is_back() -> None:
    desk = Desk()
    leave = desk.act(OPERATOR, EnterLabel(case=CASE, label=Entered.TEMP_REMOVAL, text="MRI", until_us=desk.now_us + HOUR))
    assert told(leave)
    assert desk.room.removals[CASE] > desk.now_us
    back = desk.act(OPERATOR, EnterLabel(case=CASE, label=Entered.TEMP_REMOVAL, text="back on"))
    assert not told(back)
    assert "cleared" in entries(back)
    assert CASE not in desk.room.removals


@pytest.mark.parametrize("label", list(Entered))
@pytest.mark.parametrize("then", ["acknowledged", "waiting"])
def test_what_is_entered_again_is_heard_again(label: Entered, then: str) -> None:
    desk = Desk()
    for hours in (1, 2):
        until_us = desk.now_us + hours * HOUR if label is Entered.TEMP_REMOVAL else None
        outcome = desk.act(OPERATOR, EnterLabel(case=CASE, label=label, text="by telephone", until_us=until_us))
        assert "raised" in entries(outcome)
        assert any(isinstance(effect, SoundAlarm) for effect in outcome.effects)
        assert told(outcome)
        (row,) = [row for row in desk.room.alarms if row.holds]
        assert not row.acknowledged
        if then == "acknowledged":
            desk.act(OPERATOR, AcknowledgeAlarm(alarm=row.alarm))


def test_leave_that_is_extended_is_overdue_no_more() -> None:
    desk = Desk()
    desk.act(OPERATOR, EnterLabel(case=CASE, label=Entered.TEMP_REMOVAL, text="MRI", until_us=desk.now_us + HOUR))
    desk.run(after_s=3700)
    overdue = alarm_code(CASE)
    assert overdue in desk.room.health.system
    desk.act(OPERATOR, EnterLabel(case=CASE, label=Entered.TEMP_REMOVAL, text="MRI goes on", until_us=desk.now_us + HOUR))
    assert overdue not in desk.room.health.system
    desk.run(after_s=3700)
    assert overdue in desk.room.health.system


def test_what_a_shell_says_is_back_is_off_no_more_either() -> None:
    desk = Desk()
    desk.act(OPERATOR, EnterLabel(case=CASE, label=Entered.TEMP_REMOVAL, text="MRI", until_us=desk.now_us + S))
    desk.wait(2.0)
    assert len([row for row in desk.room.alarms if row.holds]) == 2, "off, and overdue"
    desk.run(Inbox(orders=(NoteByOffice(by=UserId("root"), case=CASE, person=WEARER, label="TEMP_REMOVAL", text="back"),)))
    assert not [row for row in desk.room.alarms if row.holds]


def test_leave_lasts_a_day_at_most_and_nothing_is_entered_without_words() -> None:
    desk = Desk()
    for command in (
        EnterLabel(case=CASE, label=Entered.TEMP_REMOVAL, text="MRI", until_us=desk.now_us + 25 * HOUR),
        EnterLabel(case=CASE, label=Entered.REFUSAL, text="  "),
    ):
        outcome = desk.act(OPERATOR, command)
        assert outcome.replies[0].refusal is not None
        assert "label-entered" not in entries(outcome)


VICTIM = (Entered.VICTIM_NOT_REACHABLE, Entered.VICTIM_REFUSED_DEVICE)
SECOND = Party(person=PersonId("V-0002"), device=DeviceId("VIC-0002"))


def of_two() -> Desk:
    """The order protects two people."""
    case = a_case()
    return Desk(cases=(replace(case, protected=(*case.protected, SECOND)),))


@pytest.mark.parametrize("label", VICTIM)
def test_of_two_who_are_protected_the_one_is_entered_who_is_named_and_nobody_is_guessed(label: Entered) -> None:
    desk = of_two()
    guessed = desk.act(OPERATOR, EnterLabel(case=CASE, label=label, text="refuses hers"))
    assert guessed.replies[0].refusal == "needs-person"
    assert "label-entered" not in entries(guessed)
    for person in (SECOND.person, PROTECTED):
        outcome = desk.act(OPERATOR, EnterLabel(case=CASE, label=label, text="refuses hers", person=person))
        assert [event.person for event in outcome.events if isinstance(event, LabelEntered)] == [person]
        said = [effect.text for effect in outcome.effects if isinstance(effect, SendMessage)]
        assert said
        assert all(person in text for text in said), "112 learns which"
        assert any(person in row.alarm for row in desk.room.alarms), "and so does the room"
    assert len([row for row in desk.room.alarms if row.holds]) == 2, "what is true of the one ends nothing of the other"


def test_only_one_it_can_be_about_need_not_be_named_and_nobody_else_can_be() -> None:
    desk = of_two()
    outcome = desk.act(OPERATOR, EnterLabel(case=CASE, label=Entered.REFUSAL, text="refuses it"))
    assert [event.person for event in outcome.events if isinstance(event, LabelEntered)] == [WEARER]
    for label, person in ((Entered.REFUSAL, PROTECTED), (VICTIM[0], WEARER), (VICTIM[0], PersonId("V-0009"))):
        assert desk.act(OPERATOR, EnterLabel(case=CASE, label=label, text="x", person=person)).replies[0].refusal == "unknown-person"
    alone = Desk().act(OPERATOR, EnterLabel(case=CASE, label=VICTIM[0], text="no answer"))
    assert [event.person for event in alone.events if isinstance(event, LabelEntered)] == [PROTECTED]
