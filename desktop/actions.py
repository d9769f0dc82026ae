"""The one table of everything a person can do: menus, palette, shortcuts, key sheet and docs are made from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from widgets.marks import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One thing that a person can do, by its name, words, key and place in the menu."""

    name: str
    text: str
    """Source text, translated in the context `actions`."""
    menu: str
    keys: str = ""
    """Portable key sequence; empty for none."""
    in_list: bool = False
    """Its key works in the alarm list alone, where it cannot be taken for a press on a button."""


MENUS: Final = (
    ("desk", QT_TRANSLATE_NOOP("actions", "Desk")),
    ("alarm", QT_TRANSLATE_NOOP("actions", "Alarm")),
    ("incident", QT_TRANSLATE_NOOP("actions", "Incident")),
    ("case", QT_TRANSLATE_NOOP("actions", "Case")),
    ("view", QT_TRANSLATE_NOOP("actions", "View")),
    ("replay", QT_TRANSLATE_NOOP("actions", "Replay and exercise")),
    ("help", QT_TRANSLATE_NOOP("actions", "Help")),
)

ACTIONS: Final = (
    ActionSpec(name="acknowledge", text=QT_TRANSLATE_NOOP("actions", "Acknowledge the alarm"), menu="alarm", keys="Space", in_list=True),
    ActionSpec(
        name="open_incident", text=QT_TRANSLATE_NOOP("actions", "Open the alarm or incident"), menu="alarm", keys="Return", in_list=True
    ),
    ActionSpec(
        name="unfold",
        text=QT_TRANSLATE_NOOP("actions", "Unfold a row of several alarms"),
        menu="alarm",
        keys="Right",
        in_list=True,
    ),
    ActionSpec(name="fold", text=QT_TRANSLATE_NOOP("actions", "Fold the alarms of one cause"), menu="alarm", keys="Left", in_list=True),
    ActionSpec(name="next_waiting", text=QT_TRANSLATE_NOOP("actions", "Go to the next unacknowledged alarm"), menu="alarm", keys="N"),
    ActionSpec(name="shelve", text=QT_TRANSLATE_NOOP("actions", "Put the alarm aside, or bring it back"), menu="alarm", keys="S"),
    ActionSpec(name="take_over", text=QT_TRANSLATE_NOOP("actions", "Take the alarm over"), menu="alarm", keys="T"),
    ActionSpec(name="close_alarm", text=QT_TRANSLATE_NOOP("actions", "Close the alarm with an outcome"), menu="alarm", keys="C"),
    ActionSpec(
        name="sort_alarms",
        text=QT_TRANSLATE_NOOP("actions", "Sort alarms by priority, time to red limit, age"),
        menu="alarm",
        keys="Ctrl+0",
    ),
    ActionSpec(name="focus_alarms", text=QT_TRANSLATE_NOOP("actions", "Go to the alarm list"), menu="alarm", keys="Esc"),
    ActionSpec(name="test_alarm", text=QT_TRANSLATE_NOOP("actions", "Run the test alarm of the shift"), menu="alarm", keys="Ctrl+Shift+T"),
    ActionSpec(name="work_step", text=QT_TRANSLATE_NOOP("actions", "Record the next open step"), menu="incident", keys="W"),
    ActionSpec(name="dispatch", text=QT_TRANSLATE_NOOP("actions", "Send the chosen or fastest unit"), menu="incident", keys="D"),
    ActionSpec(name="choose_place", text=QT_TRANSLATE_NOOP("actions", "Choose where to send units"), menu="incident", keys="Alt+D"),
    ActionSpec(name="recall", text=QT_TRANSLATE_NOOP("actions", "Recall the chosen unit"), menu="incident", keys="Shift+D"),
    ActionSpec(name="add_note", text=QT_TRANSLATE_NOOP("actions", "Write a note into the timeline"), menu="incident", keys="Ctrl+N"),
    ActionSpec(
        name="close_incident", text=QT_TRANSLATE_NOOP("actions", "Close the incident with an outcome"), menu="incident", keys="Shift+C"
    ),
    ActionSpec(name="report", text=QT_TRANSLATE_NOOP("actions", "Save the incident report as PDF"), menu="incident", keys="Ctrl+P"),
    ActionSpec(name="hand_over", text=QT_TRANSLATE_NOOP("actions", "Hand over at the end of the shift"), menu="incident", keys="Ctrl+H"),
    ActionSpec(name="locate", text=QT_TRANSLATE_NOOP("actions", "Ask the wearer's device for a position now"), menu="case", keys="P"),
    ActionSpec(name="enter_label", text=QT_TRANSLATE_NOOP("actions", "Enter what no device shows"), menu="case"),
    ActionSpec(name="request_access", text=QT_TRANSLATE_NOOP("actions", "Request access to more data"), menu="case", keys="R"),
    ActionSpec(
        name="break_glass", text=QT_TRANSLATE_NOOP("actions", "Break glass: see now, be reviewed later"), menu="case", keys="Ctrl+Shift+B"
    ),
    ActionSpec(
        name="export", text=QT_TRANSLATE_NOOP("actions", "Hand out positions under running access"), menu="case", keys="Ctrl+Shift+X"
    ),
    ActionSpec(name="export_gone", text=QT_TRANSLATE_NOOP("actions", "Confirm that an export is destroyed"), menu="case"),
    ActionSpec(name="mask", text=QT_TRANSLATE_NOOP("actions", "Hide shown names and numbers"), menu="case", keys="H"),
    ActionSpec(name="go_monitor", text=QT_TRANSLATE_NOOP("actions", "Monitor"), menu="view", keys="F2"),
    ActionSpec(name="go_approvals", text=QT_TRANSLATE_NOOP("actions", "Approvals"), menu="view", keys="F3"),
    ActionSpec(name="go_statistics", text=QT_TRANSLATE_NOOP("actions", "Statistics of the shift"), menu="view", keys="F4"),
    ActionSpec(name="go_ledger", text=QT_TRANSLATE_NOOP("actions", "Ledger and access review"), menu="view", keys="F5"),
    ActionSpec(name="go_upkeep", text=QT_TRANSLATE_NOOP("actions", "State of the log and retention"), menu="view", keys="Shift+F5"),
    ActionSpec(name="go_app", text=QT_TRANSLATE_NOOP("actions", "What the protected person's app shows"), menu="view", keys="F12"),
    ActionSpec(name="go_charts", text=QT_TRANSLATE_NOOP("actions", "Charts"), menu="view", keys="F6"),
    ActionSpec(name="go_incident", text=QT_TRANSLATE_NOOP("actions", "Incident"), menu="view", keys="F7"),
    ActionSpec(name="go_silent", text=QT_TRANSLATE_NOOP("actions", "Silent cases"), menu="view", keys="F8"),
    ActionSpec(
        name="last_known",
        text=QT_TRANSLATE_NOOP("actions", "Print or save everybody's last known position"),
        menu="view",
        keys="Ctrl+Shift+K",
    ),
    ActionSpec(name="go_devices", text=QT_TRANSLATE_NOOP("actions", "Devices"), menu="view", keys="F9"),
    ActionSpec(name="go_gateways", text=QT_TRANSLATE_NOOP("actions", "Gateways"), menu="view", keys="F10"),
    ActionSpec(name="search", text=QT_TRANSLATE_NOOP("actions", "Search case, person, device, place"), menu="view", keys="/"),
    ActionSpec(name="fit_case", text=QT_TRANSLATE_NOOP("actions", "Show the whole case on the map"), menu="view", keys="F"),
    ActionSpec(name="span_15", text=QT_TRANSLATE_NOOP("actions", "Charts: last 15 minutes"), menu="view", keys="Ctrl+1"),
    ActionSpec(name="span_60", text=QT_TRANSLATE_NOOP("actions", "Charts: last hour"), menu="view", keys="Ctrl+2"),
    ActionSpec(name="span_360", text=QT_TRANSLATE_NOOP("actions", "Charts: last 6 hours"), menu="view", keys="Ctrl+3"),
    ActionSpec(
        name="float_dock",
        text=QT_TRANSLATE_NOOP("actions", "Move this part into a window of its own, or back"),
        menu="view",
        keys="Ctrl+Shift+W",
    ),
    ActionSpec(name="second_map", text=QT_TRANSLATE_NOOP("actions", "Open a second map for the wall"), menu="view", keys="Ctrl+Shift+M"),
    ActionSpec(name="open_recording", text=QT_TRANSLATE_NOOP("actions", "Replay a recording"), menu="replay", keys="Ctrl+R"),
    ActionSpec(name="play_recording", text=QT_TRANSLATE_NOOP("actions", "Play or pause the recording"), menu="replay", keys="Ctrl+Space"),
    ActionSpec(name="next_fix", text=QT_TRANSLATE_NOOP("actions", "Recording: next position"), menu="replay", keys="."),
    ActionSpec(name="previous_fix", text=QT_TRANSLATE_NOOP("actions", "Recording: previous position"), menu="replay", keys=","),
    ActionSpec(name="next_alarm", text=QT_TRANSLATE_NOOP("actions", "Recording: next alarm"), menu="replay", keys="Ctrl+."),
    ActionSpec(name="previous_alarm", text=QT_TRANSLATE_NOOP("actions", "Recording: previous alarm"), menu="replay", keys="Ctrl+,"),
    ActionSpec(
        name="loop_recording",
        text=QT_TRANSLATE_NOOP("actions", "Recording: loop on or off"),
        menu="replay",
        keys="Ctrl+O",
    ),
    ActionSpec(name="bookmark", text=QT_TRANSLATE_NOOP("actions", "Recording: bookmark this moment"), menu="replay", keys="Ctrl+B"),
    ActionSpec(
        name="what_if", text=QT_TRANSLATE_NOOP("actions", "Recording: what if the rules were different"), menu="replay", keys="Ctrl+E"
    ),
    ActionSpec(name="compare_incidents", text=QT_TRANSLATE_NOOP("actions", "Compare incidents in one chart"), menu="replay", keys="Ctrl+G"),
    ActionSpec(
        name="incident_sheet", text=QT_TRANSLATE_NOOP("actions", "Save the incident as one picture"), menu="incident", keys="Ctrl+Shift+P"
    ),
    ActionSpec(name="go_training", text=QT_TRANSLATE_NOOP("actions", "Exercise"), menu="replay", keys="Ctrl+Shift+E"),
    ActionSpec(name="write_scenario", text=QT_TRANSLATE_NOOP("actions", "Exercise: write scenarios"), menu="replay", keys="Ctrl+Shift+S"),
    ActionSpec(name="debrief", text=QT_TRANSLATE_NOOP("actions", "Debrief of the exercise"), menu="replay", keys="Ctrl+D"),
    ActionSpec(name="close_recording", text=QT_TRANSLATE_NOOP("actions", "Back to the live room"), menu="replay", keys="Ctrl+Shift+R"),
    ActionSpec(name="reset_layout", text=QT_TRANSLATE_NOOP("actions", "Put all parts back in place"), menu="view"),
    ActionSpec(name="full_screen", text=QT_TRANSLATE_NOOP("actions", "Full screen"), menu="view", keys="F11"),
    ActionSpec(name="switch_theme", text=QT_TRANSLATE_NOOP("actions", "Night or day"), menu="view", keys="Ctrl+T"),
    ActionSpec(name="switch_language", text=QT_TRANSLATE_NOOP("actions", "한국어 / English"), menu="view", keys="Ctrl+L"),
    ActionSpec(name="menu", text=QT_TRANSLATE_NOOP("actions", "Menu"), menu="desk", keys="Ctrl+M"),
    ActionSpec(name="palette", text=QT_TRANSLATE_NOOP("actions", "Find an action"), menu="desk", keys="Ctrl+K"),
    ActionSpec(name="undo", text=QT_TRANSLATE_NOOP("actions", "Take back what is not sent yet"), menu="desk", keys="Ctrl+Z"),
    ActionSpec(name="silence", text=QT_TRANSLATE_NOOP("actions", "Silence the sound; it is not an acknowledgement"), menu="desk", keys="X"),
    ActionSpec(name="lock", text=QT_TRANSLATE_NOOP("actions", "Lock the desk"), menu="desk", keys="Ctrl+Shift+L"),
    ActionSpec(name="switch_user", text=QT_TRANSLATE_NOOP("actions", "Demonstration: become the other user"), menu="desk", keys="Ctrl+U"),
    ActionSpec(name="change_password", text=QT_TRANSLATE_NOOP("actions", "Choose another password"), menu="desk"),
    ActionSpec(name="log_out", text=QT_TRANSLATE_NOOP("actions", "Log out"), menu="desk"),
    ActionSpec(name="quit", text=QT_TRANSLATE_NOOP("actions", "Close the window"), menu="desk", keys="Ctrl+Q"),
    ActionSpec(name="tour", text=QT_TRANSLATE_NOOP("actions", "Short tour of the desk"), menu="help", keys="Shift+F1"),
    ActionSpec(name="keys", text=QT_TRANSLATE_NOOP("actions", "Keys"), menu="help", keys="F1"),
    ActionSpec(name="about", text=QT_TRANSLATE_NOOP("actions", "About Bongsu"), menu="help"),
)


def words(text: str) -> str:
    """A text of the table in the operator's language."""
    return QCoreApplication.translate("actions", text)


def build(owner: QWidget, alarm_list: QWidget, run: Mapping[str, Callable[[], None]]) -> dict[str, QAction]:
    """One Qt action for each row of the table, its key working in the window or in the alarm list alone."""
    made = {}
    for spec in ACTIONS:
        action = QAction(words(spec.text), owner)
        action.setObjectName(spec.name)
        if spec.keys:
            action.setShortcut(QKeySequence(spec.keys))
            if spec.in_list:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False, call=run[spec.name]: call())
        (alarm_list if spec.in_list else owner).addAction(action)
        made[spec.name] = action
    return made


def fill(bar: QMenu, made: Mapping[str, QAction]) -> None:
    """One menu for each of `MENUS`, in the order of the table."""
    for name, title in MENUS:
        menu = QMenu(words(title), bar)
        for spec in ACTIONS:
            if spec.menu == name:
                menu.addAction(made[spec.name])
        bar.addMenu(menu)
