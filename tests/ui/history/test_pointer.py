"""The history by mouse alone."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from itband_gui.insight.days import Range, days_ending
from itband_gui.journal.entries import Moment, Rating, Run, Sign
from itband_gui.leg.names import Leg
from itband_gui.ui.history.panes import RUNS_HIGH
from itband_gui.ui.history.range_bar import Shape
from itband_gui.ui.history.tracks import Strip
from tests.insight.journals import LAST, flare, ten_years
from tests.insight.making import activity, rating, run
from tests.ui.history.reader import CTRL, Reader, ReadHistory

_NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def reader(read_history: ReadHistory) -> Reader:
    return read_history(flare())


def wheel(reader: Reader, at: QPoint, turn: QPoint, modifier: Qt.KeyboardModifier = _NONE) -> None:
    """Turn the wheel as the desktop does; widgets that ignore it pass it on."""
    place = reader.chart.viewport().mapTo(reader.page, at)
    QTest.wheelEvent(reader.page.windowHandle(), QPointF(place), turn, QPoint(), modifier)
    reader.settle()


def drag(reader: Reader, start: QPoint, days: float) -> None:
    """Drag the chart by some days to the right."""
    reader.drag(start, reader.spot(None, days, 0) - reader.spot(None, 0, 0))


def last(leg: Leg, moment: Moment) -> Rating:
    return [e for e in flare() if isinstance(e, Rating) and (e.leg, e.moment) == (leg, moment)][-1]


def test_hovering_a_point_reads_it(reader: Reader) -> None:
    rating = last(Leg.RIGHT, Moment.MORNING)
    spot = reader.spot(Leg.RIGHT, rating.at.toordinal() + 0.2, rating.score)
    reader.hover(spot)
    assert f"Right leg, morning, first steps: {rating.score} out of 10" in reader.reads


def test_hovering_where_nothing_is_reads_nothing_new(reader: Reader) -> None:
    before = reader.reads
    spot = reader.spot(Leg.RIGHT, LAST.toordinal() - 10, 9)
    reader.hover(spot)
    assert reader.reads == before


def test_hovering_anywhere_on_a_bar_reads_the_run(reader: Reader) -> None:
    runs = [entry for entry in flare() if isinstance(entry, Run)]
    run = max(runs, key=lambda run: run.minutes * run.effort)
    for height in (0.4, 1.5, 2.5):
        reader.hover(reader.spot(None, run.at.toordinal() + 0.5, height))
        assert f"minutes × effort {run.minutes * run.effort}" in reader.reads


def test_hovering_a_signs_span_reads_the_sign(reader: Reader) -> None:
    sign = next(entry for entry in flare() if isinstance(entry, Sign))
    reader.hover(reader.spot(None, sign.at.toordinal() + 2.5, 5.6))
    assert "Warning sign, left leg: A fresh injury" in reader.reads


def test_a_drag_moves_along(reader: Reader) -> None:
    drag(reader, reader.spot(Leg.LEFT, LAST.toordinal() - 14, 8), days=7)
    assert reader.view.period.last == date(2026, 11, 15)
    assert reader.view.bar.ranges.value is None
    drag(reader, reader.spot(Leg.LEFT, LAST.toordinal() - 21, 8), days=-14)
    assert reader.view.period == days_ending(LAST, 28)


def test_ctrl_and_wheel_zoom_about_the_pointer(reader: Reader) -> None:
    day = LAST.toordinal() - 7.5
    at = reader.spot(Leg.LEFT, day, 8)
    wheel(reader, at, QPoint(0, 120), CTRL)
    assert 21 <= reader.view.period.days <= 24
    assert abs(reader.spot(Leg.LEFT, day, 8).x() - at.x()) <= 1
    wheel(reader, at, QPoint(0, -120), CTRL)
    assert reader.view.period.days in {28, 29}


def test_the_scores_stay_where_they_are(reader: Reader) -> None:
    before = reader.chart.ratings[Leg.LEFT].view.viewRange()[1]
    wheel(reader, reader.spot(Leg.LEFT, LAST.toordinal() - 7, 8), QPoint(0, 240), CTRL)
    drag(reader, reader.spot(Leg.LEFT, LAST.toordinal() - 7, 8), days=2)
    assert reader.chart.ratings[Leg.LEFT].view.viewRange()[1] == before


def test_a_plain_wheel_scrolls_the_page(reader: Reader) -> None:
    reader.page.resize(800, 560)
    reader.settle()
    area = next(each for each in reader.view.findChildren(QScrollArea) if each.isVisible())
    wheel(reader, reader.spot(Leg.LEFT, LAST.toordinal() - 7, 5), QPoint(0, -240))
    assert area.verticalScrollBar().maximum() > 0
    assert area.verticalScrollBar().value() > 0
    assert reader.view.period == days_ending(LAST, 28)


def test_a_sideways_wheel_moves_along(reader: Reader) -> None:
    wheel(reader, reader.spot(Leg.LEFT, LAST.toordinal() - 7, 5), QPoint(240, 0))
    assert reader.view.period.last < LAST


def test_a_double_click_goes_back_to_the_range(reader: Reader) -> None:
    at = reader.spot(Leg.LEFT, LAST.toordinal() - 7, 8)
    wheel(reader, at, QPoint(0, 360), CTRL)
    reader.double_click(at)
    assert reader.view.period == days_ending(LAST, 28)
    assert reader.view.bar.ranges.value is Range.FOUR_WEEKS


def test_the_right_button_has_no_menu_and_zooms_nothing(reader: Reader) -> None:
    at = reader.spot(Leg.LEFT, LAST.toordinal() - 7, 8)
    QTest.mouseClick(reader.chart.viewport(), Qt.MouseButton.RightButton, _NONE, at)
    reader.settle()
    assert reader.view.period == days_ending(LAST, 28)
    assert not reader.chart.strip.plot.menuEnabled()
    assert reader.chart.strip.plot.buttonsHidden


def test_ranges_legs_and_table_are_clicked(reader: Reader) -> None:
    bar = reader.view.bar
    reader.click(bar.ranges.button_for(Range.ALL))
    assert reader.view.period == days_ending(LAST, 70)
    reader.click(bar.legs.button_for(Leg.RIGHT))
    assert {track.leg for track in reader.chart.tracks} == {Leg.RIGHT, None}
    reader.click(bar.shapes.button_for(Shape.TABLE))
    assert {row[1] for row in reader.table_rows()} <= {"Right", ""}
    reader.click(bar.shapes.button_for(Shape.CHART))
    assert reader.chart.isVisible()


def test_one_leg_has_its_own_sessions_and_signs_only(reader: Reader) -> None:
    reader.click(reader.view.bar.legs.button_for(Leg.RIGHT))
    tracks = {track.what: track for track in reader.chart.tracks if track.leg is None}
    assert all(Leg.RIGHT in entry.about for entry in tracks[Strip.SESSIONS].entries)
    assert [entry.about for entry in tracks[Strip.SIGNS].entries] == [()]


def test_a_click_on_a_place_filters_and_the_chip_clears(reader: Reader) -> None:
    leg = reader.view.heat.legs[Leg.LEFT]
    centre = leg.rect().center()
    reader.click(leg, QPoint(centre.x(), centre.y()))
    chosen = next(iter(leg.marked))
    assert {track.leg for track in reader.chart.tracks} == {Leg.LEFT, None}
    for track in reader.chart.tracks:
        if track.leg is not None:
            assert all(
                chosen in entry.places for entry in track.entries if isinstance(entry, Rating)
            )
    reader.click(reader.view.only)
    assert not leg.marked
    assert {track.leg for track in reader.chart.tracks} == {*Leg, None}


def test_another_leg_lifts_the_filter(reader: Reader) -> None:
    leg = reader.view.heat.legs[Leg.LEFT]
    reader.click(leg)
    reader.click(reader.view.bar.legs.button_for(Leg.RIGHT))
    assert not leg.marked
    assert not reader.view.only.isVisible()
    assert {track.leg for track in reader.chart.tracks} == {Leg.RIGHT, None}


def test_somewhere_else_is_chosen_by_its_button(reader: Reader) -> None:
    reader.click(reader.view.heat.elsewhere[Leg.LEFT])
    assert reader.view.only.text() == "Only somewhere else, left leg ×"
    reader.click(reader.view.heat.elsewhere[Leg.LEFT])
    assert not reader.view.only.isVisible()


def test_in_ten_years_a_point_is_read_where_it_is_drawn(read_history: ReadHistory) -> None:
    reader = read_history(ten_years())
    reader.click(reader.view.bar.ranges.button_for(Range.ALL))
    worst = max(
        (e for e in ten_years() if isinstance(e, Rating) and e.leg is Leg.LEFT),
        key=lambda rating: rating.score,
    )
    spot = reader.spot(Leg.LEFT, worst.at.toordinal() + 0.5, worst.score)
    reader.hover(spot)
    assert f": {worst.score} out of 10" in reader.reads


def test_an_activity_is_met_on_top_of_the_run_of_its_day(read_history: ReadHistory) -> None:
    reader = read_history([run(3, minutes=40, effort=5), activity(3, 40, 5)])
    strip = reader.chart.strip
    met = []
    for part in (0.1, 0.4, 0.6, 0.9):
        place = QPointF(LAST.toordinal() - 3 + 0.5, RUNS_HIGH * part)
        found = strip.nearest(strip.view.mapViewToScene(place))
        met.append(found and found[0].what)
    assert met == [Strip.RUNS, Strip.RUNS, Strip.ACTIVITIES, Strip.ACTIVITIES]


def test_activities_are_rows_of_the_table(read_history: ReadHistory) -> None:
    reader = read_history([rating(1, 3), activity(2, 40, 5)])
    reader.click(reader.view.bar.shapes.button_for(Shape.TABLE))
    cells = "Cycling, 40 min, effort 5 out of 10; minutes × effort 200"
    assert ("Fri 20 Nov", "", "Activity", cells, "") in reader.table_rows()
