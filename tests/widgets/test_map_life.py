"""The map's page dies or hangs: it comes back with everything, and is given up when it dies too often."""

import os
import signal

import map_scenes
from map_scenes import asked, case_row, frame, shown_map
from pytestqt.qtbot import QtBot

from widgets.map.map_view import MapView
from widgets.map.page_life import RELOADS, PageHealth

map_scenes.prepare()


def kill(view: MapView) -> None:
    os.kill(view.life.page.renderProcessPid(), signal.SIGKILL)


def test_killed_renderer_comes_back_with_all_that_was_shown(qtbot: QtBot) -> None:
    """After a SIGKILL the page is loaded again and has cases, frame, theme and place as before."""
    view = shown_map(qtbot)
    states: list[PageHealth] = []
    view.on_state = states.append
    view.show_cases((case_row(),))
    view.set_theme("day")
    view.go_to(map_scenes.WEARER, 14)
    view.show_frame(frame())
    qtbot.waitUntil(lambda: view.rendered_frame == 1, timeout=30_000)
    kill(view)
    for _ in range(20):  # news does not wait for the page
        view.show_frame(frame())
        view.show_cases((case_row(),))
        qtbot.wait(2)
    qtbot.waitUntil(lambda: PageHealth.RESTARTED in states and view.life.health is PageHealth.LIVE, timeout=15_000)
    qtbot.waitUntil(lambda: view.rendered_frame == 21, timeout=30_000)
    assert asked(qtbot, view, "bongsu.state.cases.all.size + '/' + bongsu.state.subjects.n + '/' + bongsu.view.zoom") == "1/2/14"


def test_hung_renderer_is_killed_and_comes_back(qtbot: QtBot) -> None:
    """A page in an endless loop is noticed without any signal from the engine, killed and loaded again."""
    view = shown_map(qtbot)
    states: list[PageHealth] = []
    view.on_state = states.append
    view.life.page.runJavaScript("while (true) {}")
    qtbot.waitUntil(lambda: PageHealth.RESTARTED in states, timeout=9000)
    assert PageHealth.NOT_ANSWERING in states
    qtbot.waitUntil(lambda: view.life.health is PageHealth.LIVE, timeout=15_000)


def test_page_that_dies_again_and_again_is_given_up_and_can_be_started_by_hand(qtbot: QtBot) -> None:
    """After three restarts within a minute the native notice stands in the map's place; its button brings the map back."""
    view = shown_map(qtbot)
    for restarts in range(1, RELOADS + 1):
        kill(view)
        qtbot.waitUntil(lambda wanted=restarts: view.life.restarts == wanted and view.life.health is PageHealth.LIVE, timeout=15_000)
    kill(view)
    qtbot.waitUntil(lambda: view.life.health is PageHealth.GIVEN_UP, timeout=30_000)
    assert view.life.notice.isVisible()
    view.life.start_over()
    qtbot.waitUntil(lambda: view.life.health is PageHealth.LIVE, timeout=15_000)
    assert view.life.view.isVisible()
