"""Sound: one for each priority, started on arrival, silent without being an acknowledgement."""

import pytest
from PySide6.QtWidgets import QApplication

from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.identifiers import AlarmId
from desktop import alerts as alerts_module
from desktop.alerts import NAMES, Alerts


@pytest.fixture
def alerts(qapp: QApplication) -> Alerts:
    return Alerts(1.0, lambda _works: None)


@pytest.mark.parametrize(
    ("kind", "priority", "name"), [(AlarmKind.SOS, 1, "sos"), *[(AlarmKind.APPROACH, n, f"priority{n}") for n in range(1, 5)]]
)
def test_each_priority_and_sos_have_a_sound_of_their_own(alerts: Alerts, kind: AlarmKind, priority: int, name: str) -> None:
    alerts.sound(AlarmId("A-1"), kind, priority)
    assert alerts.started == [name]
    assert name in NAMES


def test_a_red_alarm_sounds_again_until_somebody_owns_it(alerts: Alerts) -> None:
    alerts.sound(AlarmId("A-1"), AlarmKind.APPROACH, 1)
    alerts._again.timeout.emit()
    assert alerts.started == ["priority1", "priority1"]
    alerts.acknowledged(AlarmId("A-1"))
    assert not alerts._again.isActive()


def test_silencing_acknowledges_nothing_and_the_next_alarm_sounds(alerts: Alerts) -> None:
    alerts.sound(AlarmId("A-1"), AlarmKind.APPROACH, 1)
    alerts.silence()
    alerts._again.timeout.emit()
    assert alerts.started == ["priority1"]
    assert alerts._again.isActive(), "it still waits for a person"
    alerts.sound(AlarmId("A-2"), AlarmKind.SOS, 1)
    assert alerts.started[-1] == "sos"


def test_a_sound_device_that_goes_and_comes_back_is_told(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    there: list[object] = [object()]
    monkeypatch.setattr(alerts_module.QMediaDevices, "audioOutputs", staticmethod(lambda: there))
    made = Alerts(1.0, told.append)
    assert told == []
    there.clear()
    made._devices.audioOutputsChanged.emit()
    assert (told, made.works()) == ([False], False)
    there.append(object())
    made._devices.audioOutputsChanged.emit()
    assert (told, made.works()) == ([False, True], True)
