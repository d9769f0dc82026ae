"""Charts: gaps stay gaps, distance and closing speed are those of the two tracks, the crosshair reads them."""

from collections.abc import Callable
from dataclasses import replace

import builders
import numpy as np
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import ReadTrack
from widgets import chart_series
from widgets.chart_series import TrackArrays
from widgets.ring_axis import LINE_PX
from widgets.theme import Look, font_of
from widgets.trend_chart import CLOCK_STEPS_S, LONG_TIME_PX, TIME_PX, Mark, TimeAxis

Open = Callable[..., DeskAtHand]


def walk(metres_east: list[float], seconds: list[float]) -> TrackArrays:
    """A track along the equator."""
    lon = np.array(metres_east) / (np.pi * chart_series.EARTH_M / 180)
    n = len(seconds)
    nothing = np.full(n, np.nan)
    return TrackArrays(at_s=np.array(seconds), lat_deg=np.zeros(n), lon_deg=lon, speed_mps=nothing, inside=nothing)


def test_distance_is_measured_between_the_positions_of_the_other() -> None:
    one, other = walk([1000, 900, 800], [0, 10, 20]), walk([0, 0], [0, 20])
    assert chart_series.distance_series(one, other).value == pytest.approx([1000, 900, 800], rel=1e-6)


def test_closing_speed_is_positive_when_they_come_nearer() -> None:
    one, other = walk([1000 - 5 * t for t in range(0, 100, 10)], list(range(0, 100, 10))), walk([0, 0], [0, 90])
    closing = chart_series.closing_series(chart_series.distance_series(one, other))
    assert closing.value[4:] == pytest.approx(5.0, rel=1e-4)


def test_a_gap_is_a_gap() -> None:
    series = chart_series.with_gaps(np.array([0.0, 10.0, 400.0, 410.0]), np.array([1.0, 2.0, 3.0, 4.0]))
    assert np.isnan(series.value).sum() == 1
    assert np.isnan(chart_series.value_at(series, 399.9995))


def test_closing_speed_is_never_taken_over_a_gap() -> None:
    one = walk([1000, 990, 300, 290], [0, 10, 500, 510])
    closing = chart_series.closing_series(chart_series.distance_series(one, walk([0] * 52, list(range(0, 520, 10)))))
    assert np.nanmax(closing.value) < 2


def test_where_the_other_was_not_heard_there_is_no_distance() -> None:
    one, other = walk([1000] * 4, [0, 10, 400, 410]), walk([0, 0], [0, 405])
    assert np.isnan(chart_series.distance_series(one, other).value).any()


def test_speed_is_worked_out_where_the_device_did_not_say() -> None:
    assert chart_series.speed_series(walk([0, 20, 40], [0, 10, 20])).value[1:] == pytest.approx([2.0, 2.0], rel=1e-6)


def test_choosing_a_case_reads_and_draws_both_tracks(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    read = {one.device for one in desk.queries if isinstance(one, ReadTrack)}
    assert {"ANK-0142", "VIC-0142"} <= read
    assert {"subject", "protected", "distance", "closing"} <= desk.panels.chart._series.keys()


def test_the_fourth_chart_draws_how_likely_the_wearer_was_inside_a_zone_and_a_ring(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    for name in ("inside", "ring"):
        _, drawn = desk.panels.chart._lines[name].getData()
        assert drawn is not None
        assert np.isfinite(drawn).sum() > 50
    desk.panels.chart.show_cursor(builders.NOW_US - 30 * builders.S)
    assert "in a zone" in desk.panels.chart._readout.text()
    assert "in a ring 0%" in desk.panels.chart._readout.text()


def test_its_lines_of_amber_and_red_stand_where_the_bridge_says_that_it_decides(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    chart, told = desk.panels.chart, builders.track("ANK-0142", wearer=True)
    assert [line.value() for line in chart._threshold_lines] == [25.0, 66.0]
    chart.show_tracks(replace(told, amber_from=0.3, red_from=0.7), None, builders.NOW_US)
    assert [line.value() for line in chart._threshold_lines] == pytest.approx([30.0, 70.0])
    chart.show_tracks(replace(told, amber_from=None, red_from=None), None, builders.NOW_US)
    assert chart._threshold_lines == []


def test_a_zone_is_red_within_a_band_from_who_moves_to_who_stays(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    chart, told = desk.panels.chart, builders.track("ANK-0142", wearer=True)
    assert chart._zone_red.isVisible()
    assert chart._zone_red.getRegion() == pytest.approx((58.0, 87.0))
    assert [name.text for name in chart._threshold_names._rings] == ["amber 25%", "red 58–87%"]
    chart.show_tracks(replace(told, red_moving=None, red_at_rest=None), None, builders.NOW_US)
    assert not chart._zone_red.isVisible(), "a case without such a zone"
    assert [name.text for name in chart._threshold_names._rings] == ["amber 25%", "red 66%"]


def test_a_zone_to_stay_in_has_a_curve_and_a_limit_of_its_own_which_are_named_only_where_there_is_one(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    chart, told = desk.panels.chart, builders.track("ANK-0142", wearer=True)
    gone = np.linspace(0.0, 1.0, len(told.measured_us) // 8, dtype="<f4").tobytes()
    chart.show_tracks(replace(told, outside=gone, outside_from=0.97), None, builders.NOW_US)
    _, drawn = chart._lines["outside"].getData()
    assert np.nanmax(drawn) == pytest.approx(100.0)
    assert [line.value() for line in chart._threshold_lines] == pytest.approx([25.0, 66.0, 97.0])
    assert [name.text for name in chart._threshold_names._rings] == ["amber 25%", "red 58–87%", "left 97%"]
    chart.show_cursor(builders.NOW_US - 30 * builders.S)
    assert "left a zone" in chart._readout.text()
    nothing = np.full(len(told.measured_us) // 8, np.nan, "<f4").tobytes()
    chart.show_tracks(replace(told, outside=nothing, outside_from=0.97), None, builders.NOW_US)
    assert [line.value() for line in chart._threshold_lines] == [25.0, 66.0], "not in force now"


def test_the_fourth_chart_is_a_scale_from_nothing_to_certain(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en", size=(1366, 768))
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    axis = desk.panels.chart._plots["inside"].getAxis("left")
    desk.window.arrange()
    qtbot.waitUntil(lambda: 0 < axis.height() < 60, timeout=20_000)  # low as on a small screen
    low, high = axis.range
    ((_, values), *_) = axis.tickValues(low, high, axis.height())
    assert list(values) == [0, 50, 100]
    px, box = axis.height() / (high - low), axis.boundingRect()
    middles = [(high - value) * px for value in values]
    half = QFontMetrics(font_of(desk.theme.caption_px)).height() * 0.4
    assert all(box.top() <= middle - half and middle + half <= box.bottom() for middle in middles), "what does not fit in here is left out"


def test_a_position_that_was_not_believed_is_a_cross_and_no_part_of_a_line(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    crosses = desk.panels.chart._lines["rejected"]
    at_s, _ = crosses.getData()
    assert crosses.opts["symbolPen"].widthF() == 1, "+ and × are told apart at their size"
    track = builders.track("ANK-0142", wearer=True)
    doubted = np.flatnonzero(np.frombuffer(track.rejected, "u1"))
    assert at_s == pytest.approx(np.frombuffer(track.measured_us, "<i8")[doubted] / 1e6)
    assert not set(at_s) & set(desk.panels.chart._series["inside"].at_s)


def test_the_probability_of_a_ring_breaks_where_either_was_not_heard_for_long() -> None:
    hers = replace(builders.track("VIC-0142", wearer=False), ring_us=np.arange(0, 500_000_000, 10_000_000).tobytes(), ring=bytes(200))
    one, other = walk([1000] * 4, [0, 10, 400, 410]), walk([0, 0], [0, 500])
    series = chart_series.ring_series(hers, one, walk([0] * 50, list(range(0, 500, 10))))
    assert np.isnan(chart_series.value_at(series, 200.0))
    assert chart_series.value_at(series, 405.0) == 0.0
    shown = chart_series.ring_series(hers, one, other)
    assert shown.at_s[np.isfinite(shown.value)].max() == 120.0


def test_another_length_of_time_is_read_anew(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    desk.queries.clear()
    desk.panels.chart.choose_span(3600)
    query = next(one for one in desk.queries if isinstance(one, ReadTrack))
    assert query.to_us - query.from_us == 3600 * builders.S + 1
    desk.queries.clear()
    desk.panels.chart.choose_span(900)
    query = next(one for one in desk.queries if isinstance(one, ReadTrack))
    assert query.to_us - query.from_us == 1800 * builders.S + 1, "the map shows half an hour of their way"
    longer = builders.track("ANK-0142", wearer=True, minutes=30)
    desk.panels.chart.show_tracks(longer, builders.track("VIC-0142", wearer=False, minutes=30), builders.NOW_US)
    distance = desk.panels.chart._series["distance"]
    seen = distance.value[(distance.at_s >= builders.NOW_US / 1e6 - 900) & np.isfinite(distance.value)]
    assert seen.max() < np.nanmax(distance.value)
    assert desk.panels.chart._plots["distance"].viewRange()[1][1] == pytest.approx(seen.max() * 1.12), (
        "and the charts are as high as what they show"
    )


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_charts_beside_one_another_are_equally_wide_whole_and_have_a_zero(
    open_desk: Open, qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    desk = open_desk(language, "night", size)
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    chart, plots = desk.panels.chart, desk.panels.chart._plots
    qtbot.waitUntil(lambda: plots["speed"].vb.width() > 100, timeout=10_000)
    qtbot.waitUntil(lambda: abs(plots["speed"].vb.width() - plots["distance"].vb.width()) < 3, timeout=5000)
    qtbot.waitUntil(lambda: max(plot.sceneBoundingRect().right() for plot in plots.values()) <= chart._canvas.width() + 1, timeout=5000)
    low, high = plots["closing"].viewRange()[1]
    assert low <= 0 < high
    assert plots["distance"].getAxis("left").tickStrings([0, 500, 1500], 1, 500) == ["0", "500 m", "1.5 km"], "as the rings are named"


def test_the_name_of_an_alarm_lies_within_the_chart(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    chart = desk.panels.chart
    line = next(line for plot, line in chart._marks if plot is chart._plots["speed"])
    view = chart._plots["speed"].vb
    qtbot.waitUntil(lambda: view.height() > 40, timeout=10_000)

    def inside() -> bool:
        words = line.label.mapRectToScene(line.label.boundingRect())
        return bool(view.sceneBoundingRect().adjusted(-1, -1, 1, 1).contains(words))

    assert line.label.toPlainText() == "Approach"
    qtbot.waitUntil(inside, timeout=5000)


def test_of_names_that_would_lie_on_one_another_the_newest_is_shown(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en")
    desk.fill()
    chart = desk.panels.chart
    qtbot.waitUntil(lambda: chart._plots["speed"].vb.width() > 100, timeout=10_000)
    ago_s = (600, 4, 2, 0)
    chart.show_marks([Mark(at_us=builders.NOW_US - ago * builders.S, text=f"{ago}", look=Look.ACT) for ago in ago_s])
    chart.choose_span(900)
    chart.show_now(builders.NOW_US)

    def named() -> list[str]:
        lines = [line for plot, line in chart._marks if plot is chart._plots["speed"]]
        return [line.label.toPlainText() for line in lines if line.label.isVisible()]

    qtbot.waitUntil(lambda: named() == ["600", "0"], timeout=5000)
    chart._plots["speed"].setXRange(builders.NOW_US / 1e6 - 5, builders.NOW_US / 1e6 + 1, padding=0)
    qtbot.waitUntil(lambda: named()[-3:] == ["4", "2", "0"], timeout=5000)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_no_upright_line_runs_through_a_title(open_desk: Open, size: tuple[int, int], qtbot: QtBot) -> None:
    desk = open_desk("ko", "night", size)
    desk.fill()
    for plot in desk.panels.chart._plots.values():
        qtbot.waitUntil(lambda plot=plot: plot.vb.height() > 40, timeout=10_000)
        words = plot.titleLabel.item.mapRectToScene(plot.titleLabel.item.boundingRect())
        assert words.bottom() <= plot.vb.sceneBoundingRect().top() + 1


def test_the_crosshair_reads_the_charts(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    desk.panels.chart.show_cursor(builders.NOW_US - 30 * builders.S)
    assert "09:41:46" in desk.panels.chart._readout.text()
    assert "m/s" in desk.panels.chart._readout.text()


@pytest.mark.parametrize("span_s", [20, 900, 3600, 21_600, 86_400])
@pytest.mark.parametrize("size_px", [140, 280, 900])
def test_the_times_below_a_chart_are_whole_and_never_touch(open_desk: Open, span_s: int, size_px: int) -> None:
    """On a small screen `17:00`, `17:03` and `17:06` ran into one another, and were seconds off what they said."""
    open_desk()
    ((step, _),) = TimeAxis("bottom").tickSpacing(0, span_s, size_px)
    assert step in CLOCK_STEPS_S
    assert step * size_px / span_s >= (TIME_PX if step >= 60 else LONG_TIME_PX)
    assert span_s < 60 or step < span_s, "and something is said"


def test_the_crosshair_marks_the_map(open_desk: Open) -> None:
    desk = open_desk()
    desk.panels.map.show_places({"what a search found": LatLon(lat_deg=37.5585, lon_deg=126.9368)})
    shown = desk.panels.map.life.server.state
    desk.panels.chart.on_cursor(builders.NOW_US)
    assert shown.holds("moment", builders.NOW_US / builders.S)
    desk.panels.chart.on_cursor(None)
    assert shown.holds("moment", None)
    assert not shown.holds("found", []), "what a search found stays"


def test_names_of_rings_stand_apart_in_the_margin_however_close_the_rings_are(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en", size=(1366, 768))
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    chart = desk.panels.chart
    rings = builders.case().rings
    chart.show_rings([replace(rings[0], distance_m=distance_m) for distance_m in (200.0, 230.0, 1000.0, 90_000.0)])
    qtbot.waitUntil(lambda: len(chart._ring_names.places()) == 3, timeout=5000)
    middles = [middle for middle, _ in chart._ring_names.places()]
    assert [ring.text for _, ring in chart._ring_names.places()] == ["1.0 km", "230 m", "200 m"], "what lies beyond the chart is not named"
    assert min(np.diff(middles)) >= LINE_PX
    box = chart._ring_names._box()
    assert middles[0] >= box.top()
    assert middles[-1] <= box.bottom()


def test_a_reflection_is_an_upright_cross_and_a_jump_a_slanting_one() -> None:
    track = builders.track("ANK-0142", wearer=True)
    rejected = bytearray(track.rejected)
    first = rejected.index(1)
    rejected[first + 3] = 2
    assert chart_series.rejected_symbols(replace(track, rejected=bytes(rejected))) == ["x", "+"]
