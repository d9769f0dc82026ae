"""Every screen in both languages and both themes: drawn, checked to be whole, and with `--pictures` kept for the docs."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import access_rows
import builders
import ledger_answers
import pytest
from builders import alike
from desk_at_hand import DeskAtHand
from drawn import png_of
from PIL import Image
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from screen_compare import MOST_CHANGED, share_of_change

from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.queries import PlanRetention, ReadFigures, ReadLedger, ReadReview, ReadSurroundings
from backend_bridge.domain.user import Role
from desktop.operations import key_groups
from desktop.room_view import red_waiting
from widgets import phrases_bridge
from widgets.export_dialog import ExportDialog
from widgets.incident_sheet import IncidentPicture, sheet_image
from widgets.incident_sheet import png_of as png_of_sheet
from widgets.key_sheet import KeySheet
from widgets.printed_sheet import Maker
from widgets.request_dialog import RequestDialog
from widgets.sign_in import SignIn
from widgets.theme import Look
from widgets.time_strip import Recording, ReplayMark

Open = Callable[..., DeskAtHand]
FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
LARGEST_BYTES = 400_000
SEEN = ("ANK-0142", "VIC-0142", "VIC-0088", "ANK-0117", *(f"{kind}-{300 + n}" for n in range(24) for kind in ("ANK", "VIC")))
"""Those of the evening's alarms, and some of the many about whom nothing is to be done."""
STOPPED_CLOCK = "bongsu.nowS = () => bongsu.state.subjects.atUs / 1e6; bongsu.dirty()"
"""The map counts on from its last frame; in a picture it stands at the moment at which the panels stand."""
LOOKS = [("ko", "night"), ("ko", "day"), ("en", "night"), ("en", "day")]


def monitor(desk: DeskAtHand) -> QWidget:
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    return desk.window


def incident(desk: DeskAtHand) -> QWidget:
    desk.answers[ReadSurroundings] = builders.surroundings_at_home()
    desk.work()
    desk.take(builders.room(unacknowledged_red=1))
    desk.window.raise_dock("incident")
    return desk.window


def approvals(desk: DeskAtHand) -> QWidget:
    desk.take(builders.session(Role.SUPERVISOR), *access_rows.order_ends())
    desk.window.show_page(1)
    desk.panels.approvals.inbox.choose("Q-1")
    return desk.window


def statistics(desk: DeskAtHand) -> QWidget:
    desk.answers[ReadFigures] = ledger_answers.figures()
    desk.window.show_page(2)
    return desk.window


def ledger(desk: DeskAtHand) -> QWidget:
    return read_list(desk, "uses", ReadLedger, ledger_answers.uses())


def access_review(desk: DeskAtHand) -> QWidget:
    return read_list(desk, "review", ReadReview, ledger_answers.review())


def read_list(desk: DeskAtHand, name: str, kind: type, answer: tuple[str, ...]) -> QWidget:
    desk.take(builders.session(Role.SUPERVISOR))
    desk.answers[kind] = answer
    desk.window.show_page(3)
    for button in (f"ledger_tab_{name}", "ledger_read"):
        made = desk.panels.ledger.findChild(QPushButton, button)
        assert made is not None
        made.setFocus()
        made.click()
    return desk.window


def retention(desk: DeskAtHand) -> QWidget:
    desk.take(builders.session(Role.SUPERVISOR), *access_rows.destructions(), access_rows.hold(), *access_rows.exports())
    desk.window.show_page(4)
    desk.panels.upkeep.destructions.table.choose("DES-23")
    return desk.window


def old_positions(desk: DeskAtHand) -> QWidget:
    retention(desk)
    desk.take(access_rows.old_positions())
    desk.panels.upkeep.destructions.table.choose("OLD-4")
    desk.answers[PlanRetention] = (json.dumps(access_rows.OLD_PLAN),)
    made = desk.panels.upkeep.findChild(QPushButton, "plan_destruction")
    assert made is not None
    made.click()
    return desk.window


def protected_app(desk: DeskAtHand) -> QWidget:
    desk.take(builders.session(Role.SUPERVISOR), access_rows.disclosure(), access_rows.quiet(88, state="waiting"))
    desk.view.choose_case(builders.case_id(142))
    desk.window.show_beside_map("app")
    desk.view.tick()
    return desk.window


def export(desk: DeskAtHand) -> QWidget:
    grant = replace(builders.grants()[0], fields=("track", "export"))
    dialog = ExportDialog((grant,), (builders.NOW_US - 86_400 * builders.S, builders.NOW_US), desk.window)
    dialog.recipient.setText("서대문경찰서 여성청소년과")
    dialog.show()
    return dialog


def flood(desk: DeskAtHand) -> QWidget:
    desk.view.take_rows("alarms", builders.many_alarms(400), ())
    desk.take(builders.alarm(142, place="home 720 m"))  # the chosen row says what its case says
    desk.take(builders.room(flood=True, unacknowledged_red=31, unacknowledged_amber=58))
    return desk.window


def one_cause(desk: DeskAtHand) -> QWidget:
    """A gateway has gone with 1,235 devices, of which some are heard again; what else waits is not buried."""
    silent = tuple(alike.over(number) if number % 200 == 0 else alike.silent(number) for number in range(1001, 2236))
    desk.view.take_rows("alarms", silent, ())
    desk.take(builders.room(flood=True, gateways_up=3, n_silent=1_238, unacknowledged_technical=1_235))
    return desk.window


def not_live(desk: DeskAtHand) -> QWidget:
    lost_us = builders.NOW_US - 14 * builders.S
    desk.view.live = False
    desk.view.show_lost(lost_us)
    desk.window.overlay.show_lost(lost_us, phrases_bridge.lost("02-0000-0112"))
    desk.window.overlay.show_now(builders.NOW_US)
    return desk.window


def replay(desk: DeskAtHand) -> QWidget:
    start = builders.NOW_US - 25 * 60 * builders.S  # the room stands at NOW_US, and so does the player
    marks = tuple(
        ReplayMark(at_us=start + minute * 60 * builders.S, text="", look=look)
        for minute, look in ((11, Look.LOOK), (24, Look.ACT), (25, Look.POLICE), (38, Look.ACT), (51, Look.TECHNICAL))
    )
    density = tuple(40 + 30 * ((at * 7) % 11) / 10 for at in range(120))
    desk.take(builders.room(replay=True))
    desk.panels.replay.show_recording(
        Recording(from_us=start, to_us=start + 3600 * builders.S, density=density, marks=marks), exercise=False
    )
    desk.panels.replay.show_position(start + 25 * 60 * builders.S, playing=True)
    desk.panels.case.show_live(live=False)
    return desk.window


def keys(desk: DeskAtHand) -> QWidget:
    sheet = KeySheet(key_groups(), desk.window)
    sheet.show()
    return sheet


def access_request(desk: DeskAtHand) -> QWidget:
    dialog = RequestDialog(builders.case(), builders.NOW_US, desk.window)
    dialog.reason.setPlainText("112 신고 이후의 이동 경로 확인")
    dialog.purpose.setCurrentIndex(dialog.purpose.findData(Purpose.BREACH_INVESTIGATION.value))
    dialog.show()
    return dialog


def locked(desk: DeskAtHand) -> QWidget:
    card = SignIn(desk.theme, lambda *_: None, lambda _: None, desk.window)
    card.now_us = lambda: builders.NOW_US
    card.ask_again("op-1", "")
    card.show_alarms(red_waiting(desk.view.board))
    return desk.window


def tour(desk: DeskAtHand) -> QWidget:
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    desk.window.show_tour()
    return desk.window


SCREENS = (
    tour,
    monitor,
    incident,
    approvals,
    statistics,
    ledger,
    access_review,
    retention,
    old_positions,
    protected_app,
    export,
    flood,
    one_cause,
    not_live,
    replay,
    keys,
    access_request,
    locked,
)


@pytest.mark.parametrize(("language", "theme"), [("en", "day"), ("ko", "night")])
def test_the_incident_as_one_picture(open_desk: Open, request: pytest.FixtureRequest, language: str, theme: str) -> None:
    """What leaves the desk for a briefing: drawn whole, and marked with who took it and under what."""
    desk = open_desk(language, theme)
    desk.fill()
    row = builders.incident()
    picture = IncidentPicture(
        incident=row,
        case=builders.case(142),
        alarms=(builders.alarm(142, place="home 720 m"),),  # as its case says
        subject=builders.track(DeviceId("ANK-0142"), wearer=True),
        protected=builders.track(DeviceId("VIC-0142"), wearer=False),
        maker=Maker(user="op-1", at_us=builders.NOW_US, access="G-0142"),
        basemaps=desk.panels.map.basemaps,
    )
    png = png_of_sheet(sheet_image(picture, desk.theme))
    colours = Image.open(BytesIO(png)).convert("RGB").getcolors(1 << 20)
    assert colours is not None
    assert len(colours) > 12
    if request.config.getoption("--pictures", default=False):
        (FOLDER / f"incident-sheet-{language}-{theme}.png").write_bytes(png)


@pytest.mark.parametrize(("language", "theme"), LOOKS)
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_screen(
    open_desk: Open, qtbot: QtBot, request: pytest.FixtureRequest, screen: Callable[[DeskAtHand], QWidget], language: str, theme: str
) -> None:
    desk = open_desk(language, theme)
    desk.fill()
    shown = screen(desk)
    before = desk.panels.map.rendered_frame
    desk.view.take_frame(builders.frame(SEEN))
    qtbot.waitUntil(lambda: desk.panels.map.rendered_frame > before or desk.window.page() != 0, timeout=15_000)
    keep = request.config.getoption("--pictures", default=False)
    qtbot.wait(1500 if keep else 50)
    if keep and desk.window.page() == 0:
        told: list[object] = []

        def whole() -> bool:
            desk.panels.map.life.page.runJavaScript("bongsu.complete && bongsu.base.pending.size === 0", told.append)
            return told[-1:] == [True]

        qtbot.waitUntil(whole, timeout=30_000)
        desk.panels.map.life.page.runJavaScript(STOPPED_CLOCK)
        qtbot.wait(300)
    png = png_of(shown)
    colours = Image.open(BytesIO(png)).convert("RGB").getcolors(1 << 20)
    assert colours is not None
    assert len(colours) > 12, "something is drawn"
    assert len(png) < LARGEST_BYTES
    kept = FOLDER / f"{screen.__name__.replace('_', '-')}-{language}-{theme}.png"
    if keep:
        FOLDER.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(png)
    elif kept.is_file():
        assert share_of_change(shown, desk.panels.map, png, kept.read_bytes()) < MOST_CHANGED, (
            "looks otherwise: see it, then `make pictures`"
        )
