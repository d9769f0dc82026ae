"""What the app of a protected person shows stands beside the map word for word; a supervisor approves or revokes with a reason."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import access_rows
import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

import resources
from backend_bridge.application.access_rows import DisclosureRow
from backend_bridge.domain.access.disclosure import Detail, RuleState
from backend_bridge.domain.commands import DecideDisclosure
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.user import Role
from desktop import translations
from widgets import app_map, app_words
from widgets.app_map import metres_per_px
from widgets.app_names import place_names
from widgets.phrases_disclosure import RULE_STATES
from widgets.phrases_ledger import DETAILS
from widgets.reason_dialog import ReasonDialog
from widgets.theme import app_colours

Open = Callable[..., DeskAtHand]
PAGE = Path(__file__).parents[2] / "reference_app" / "page"
NEAR = "The person under the order is near"


def page_texts(language: str) -> dict[str, str]:
    """The words of the web page itself."""
    source = (PAGE / "texts.js").read_text(encoding="utf8")
    block = re.search(rf"\n  {language}: {{(.*?)\n  }}", source, flags=re.DOTALL)
    assert block is not None
    return {name: json.loads(f'"{words}"') for name, words in re.findall(r'(\w+): "((?:[^"\\]|\\.)*)"', block.group(1))}


def with_app(open_desk: Open, *rows: DisclosureRow, role: Role = Role.SUPERVISOR, language: str = "en") -> DeskAtHand:
    desk = open_desk(language)
    desk.fill()
    desk.take(builders.session(role), *rows)
    desk.view.choose_case(builders.case_id(142))
    desk.press(Qt.Key.Key_F12)
    desk.view.tick()
    return desk


def said(desk: DeskAtHand) -> str:
    return " ".join(one.text() for one in desk.panels.app.findChildren(QLabel) if one.isVisible())


def answer(qtbot: QtBot, reason: str) -> None:
    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReasonDialog)
        qtbot.keyClicks(dialog.text, reason)
        qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, fill)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_word_is_that_of_the_app(qapp: QApplication, language: str) -> None:
    translations.install(qapp, language)
    page = page_texts(language)
    assert {name: app_words.text(name) for name in app_words.TEXTS} == {name: page[name] for name in app_words.TEXTS}
    translations.install(qapp, "en")


def test_every_colour_is_that_of_the_app() -> None:
    style = (PAGE / "style.css").read_text(encoding="utf8")
    colours = json.loads(resources.path("theme/tokens.json").read_text(encoding="utf8"))["app"]
    for name in ("ground", "panel", "words", "quiet", "calm", "act", "look"):
        assert f"--{name}: {colours[name]};" in style
    assert f".area {{ fill: {colours['area']}; stroke: {colours['edge']};" in style
    assert f"background: {colours['sos']};" in style


def test_every_state_and_detail_has_its_words() -> None:
    assert set(RULE_STATES) == {state.value for state in RuleState}
    assert set(DETAILS) == {detail.value for detail in Detail}


def test_f12_shows_the_app_beside_the_map_and_puts_it_away(open_desk: Open) -> None:
    desk = with_app(open_desk, access_rows.disclosure())
    assert desk.panels.map.isVisible()
    assert desk.panels.app.isVisible()
    assert desk.window.page() == 0
    desk.press(Qt.Key.Key_F12)
    assert not desk.panels.app.isVisible()


def test_it_says_what_the_phone_says(open_desk: Open) -> None:
    desk = with_app(open_desk, access_rows.disclosure())
    shown = desk.panels.app.phone.picture
    assert shown is not None
    assert (shown.headline, shown.detail) == (NEAR, "about 700 m away · to the east · coming nearer")
    assert shown.age == "position measured 6 s ago"
    assert desk.panels.app.phone.mark() == (access_rows.disclosure().place, 400.0, True)


@pytest.mark.parametrize(
    ("row", "kind", "headline"),
    [
        (access_rows.quiet(142), "clear", "Nobody is near"),
        (access_rows.disclosure(live=False), "old", "The position is old"),
        (access_rows.disclosure(n_apps=0), "unpaired", "Not paired"),
        (access_rows.disclosure(detail="band", distance_m=None, direction=None, trend=None, place=None), "near", NEAR),
    ],
)
def test_each_state_of_the_phone(open_desk: Open, row: DisclosureRow, kind: str, headline: str) -> None:
    shown = with_app(open_desk, row).panels.app.phone.picture
    assert shown is not None
    assert (shown.kind, shown.headline) == (kind, headline)


def test_distances_and_ages_are_written_as_the_page_writes_them() -> None:
    assert [app_words.metres(m) for m in (90, 550, 1000, 1050, 1500)] == ["90 m", "550 m", "1 km", "1.05 km", "1.5 km"]
    assert [app_words.ago(s) for s in (0, 119, 120, 7199, 7200)] == ["0 s", "119 s", "2 min", "120 min", "2 h"]


def test_the_circle_is_to_the_scale_of_the_apps_map() -> None:
    assert metres_per_px(0.0) == pytest.approx(19.109, abs=0.001)
    assert 400 / metres_per_px(37.56) == pytest.approx(26.4, abs=0.1)


def test_what_the_role_may_not_see_is_said_to_be_hidden(open_desk: Open) -> None:
    desk = with_app(open_desk, access_rows.disclosure(place=None, masked=True))
    assert desk.panels.app.phone.mark() is None
    assert "your role does not show you now" in said(desk)


def test_the_deadline_of_the_review_counts_down_and_stands_out_in_its_last_hour(open_desk: Open) -> None:
    desk = with_app(open_desk, access_rows.disclosure(review_due_us=builders.NOW_US + 1800 * builders.S))
    assert "review within 30 min" in said(desk).replace("\u00a0", " ")
    desk.panels.app.show_now(builders.NOW_US + 2000 * builders.S)
    assert "review overdue 3 min 20 s" in said(desk).replace("\u00a0", " ")


@pytest.mark.parametrize(("name", "decision"), [("approve_rule", "approve"), ("revoke_rule", "revoke")])
def test_a_supervisor_decides_with_a_reason(open_desk: Open, qtbot: QtBot, name: str, decision: str) -> None:
    desk = with_app(open_desk, access_rows.disclosure())
    button = desk.panels.app.findChild(QPushButton, name)
    assert button is not None
    answer(qtbot, "checked with the officer")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    row = access_rows.disclosure()
    wanted = DecideDisclosure(case=row.case, person=row.about, decision=decision, reason="checked with the officer")
    assert [one for one in desk.commands if isinstance(one, DecideDisclosure)] == [wanted]


def test_an_operator_sees_and_does_not_decide(open_desk: Open) -> None:
    desk = with_app(open_desk, access_rows.disclosure(), role=Role.OPERATOR)
    assert desk.panels.app.phone.isVisible()
    assert not desk.panels.app.approve.isVisible()
    assert not desk.panels.app.revoke.isVisible()


def test_the_next_rule_that_waits_is_one_click_away(open_desk: Open) -> None:
    desk = with_app(open_desk, access_rows.disclosure(state="in-force", review_due_us=None), access_rows.quiet(88, state="waiting"))
    button = desk.panels.app.findChild(QPushButton, "next_rule")
    assert button is not None
    assert button.text() == "1 to decide ›"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.view.case == builders.case_id(88)
    shown = desk.panels.app.chosen()
    assert shown is not None
    assert shown.about == "V-0088"


def test_two_protected_persons_are_shown_one_at_a_time(open_desk: Open) -> None:
    second = access_rows.quiet(142, disclosure="KR-SE-0142/V-0143", about="V-0143")
    desk = with_app(open_desk, access_rows.disclosure(), second)
    people = desk.panels.app.people
    assert people.isVisible()
    people.setFocus()
    QTest.keyClick(people, Qt.Key.Key_Down)
    shown = desk.panels.app.phone.picture
    assert shown is not None
    assert shown.kind == "clear"


def test_a_rule_that_is_gone_leaves_nothing_on_the_screen(open_desk: Open) -> None:
    desk = with_app(open_desk, access_rows.disclosure())
    desk.view.take_rows("disclosures", (), (access_rows.disclosure().disclosure,))
    assert not desk.panels.app.phone.isVisible()
    assert "No rule yet" in said(desk)


def test_the_apps_map_names_the_places_about_the_circle_and_none_on_it(open_desk: Open) -> None:
    open_desk("en")
    box = QRectF(0, 0, 358, 330)
    circle = QRectF(160, 146, 38, 38)
    place = LatLon(lat_deg=37.5585, lon_deg=126.945)
    image = QImage(358, 330, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    seen = app_map._draw_areas(painter, box, place, app_colours())
    painter.end()
    named = place_names(seen, box, circle)
    assert {"Seodaemun-gu", "Mapo-gu"} <= {one.text for one in named}
    assert all(box.contains(one.words) and not circle.intersects(one.words) for one in named)
    assert not any(one.words.intersects(other.words) for one in named for other in named if one is not other)


def test_the_phone_is_called_a_preview_and_the_buttons_say_what_they_decide(open_desk: Open) -> None:
    desk = with_app(open_desk, access_rows.disclosure())
    assert "Preview of the phone" in said(desk)
    assert desk.panels.app.approve.text() == "Approve this rule…"
    assert desk.panels.app.phone.picture is not None
    assert desk.panels.app.phone.picture.headline == NEAR
