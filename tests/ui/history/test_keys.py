"""The history by keys alone."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from itband_gui.insight.days import Range, days_ending
from itband_gui.journal.entries import Moment, Rating
from itband_gui.leg.names import Leg, Place
from itband_gui.ui.history.tracks import Strip
from tests.insight.journals import LAST, flare, ten_years
from tests.ui.history.reader import CTRL, Reader, ReadHistory

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def reader(read_history: ReadHistory) -> Reader:
    return read_history(flare())


def said(reader: Reader) -> tuple[object, date]:
    """Return the reading and its day."""
    at = reader.chart.cursor_at
    assert at is not None
    return at.track.what, at.track.entries[at.index].at.date()


def rated_days(leg: Leg, moment: Moment) -> list[date]:
    return [
        e.at.date() for e in flare() if isinstance(e, Rating) and (e.leg, e.moment) == (leg, moment)
    ]


def test_the_chart_has_the_focus_at_first(reader: Reader) -> None:
    assert reader.focus is reader.chart


def test_the_hint_names_the_keys(reader: Reader) -> None:
    for key in ("arrows", "Home", "End", "+", "−", "0"):
        assert key in reader.reads.replace(",", "").replace(";", "").split()


def test_what_is_read_never_moves_the_chart(reader: Reader) -> None:
    before = reader.chart.y(), reader.chart.height()
    reader.press("Left", "Down", "Down")  # a rating with two places
    assert len(reader.reads) > 90
    assert (reader.chart.y(), reader.chart.height()) == before


def test_the_first_arrow_reads_the_newest_rating(reader: Reader) -> None:
    reader.press("Left")
    assert reader.reads.startswith("Sun 22 November. Left leg, morning, first steps: ")


def test_left_and_right_go_from_rating_to_rating(reader: Reader) -> None:
    days = rated_days(Leg.LEFT, Moment.MORNING)
    reader.press("Left", "Left", "Left")
    assert said(reader) == (Moment.MORNING, days[-3])
    reader.press("Right")
    assert said(reader) == (Moment.MORNING, days[-2])
    reader.press("Right", "Right", "Right")
    assert said(reader) == (Moment.MORNING, days[-1])


def test_home_and_end_go_to_the_ends_and_bring_them_into_sight(reader: Reader) -> None:
    days = rated_days(Leg.LEFT, Moment.MORNING)
    reader.press("Left", "Home")
    assert said(reader) == (Moment.MORNING, days[0])
    assert days[0] in reader.view.period
    reader.press("End")
    assert said(reader) == (Moment.MORNING, days[-1])
    assert days[-1] in reader.view.period


def test_down_goes_through_every_series_and_row(reader: Reader) -> None:
    reader.press("Left")
    seen = [said(reader)[0]]
    for _ in range(12):
        reader.press("Down")
        if seen[-1] is not said(reader)[0]:
            seen.append(said(reader)[0])
    assert seen == [
        *(Moment.MORNING, Moment.LAST_RUN, Moment.BEFORE, Moment.AFTER),
        *(Moment.MORNING, Moment.BEFORE, Moment.AFTER),
        *(Strip.SIGNS, Strip.SESSIONS, Strip.REST_DAYS, Strip.RUNS, Strip.ACTIVITIES),
    ]
    reader.press("Up")
    assert said(reader)[0] is Strip.RUNS


def test_a_sentence_has_the_score_and_the_weeks_median(reader: Reader) -> None:
    reader.press("Left", "Down", "Down")
    assert reader.reads == (
        "Sun 22 November. Left leg, before massage: 2 out of 10 · "
        "Lower band, Somewhere else; week’s median 1.5"
    )


def test_plus_and_minus_zoom_about_what_is_read(reader: Reader) -> None:
    reader.press("Left", "Plus")
    assert reader.view.period.days < 28
    assert LAST in reader.view.period
    for _ in range(3):
        reader.press("Minus")
    assert reader.view.period.days > 28


def test_ctrl_with_an_arrow_moves_along_and_0_shows_everything(reader: Reader) -> None:
    reader.press("Left", modifier=CTRL)
    assert reader.view.period.last < LAST
    assert reader.view.period.days in {28, 29}
    reader.press("0")
    assert reader.view.period == days_ending(LAST, 70)


def test_it_never_goes_past_the_data(reader: Reader) -> None:
    for _ in range(30):
        reader.press("Right", modifier=CTRL)
    assert reader.view.period == days_ending(LAST, 28)
    for _ in range(30):
        reader.press("Minus")
    assert reader.view.period == days_ending(LAST, 70)


def test_a_free_zoom_leaves_no_range_chosen_until_one_is(reader: Reader) -> None:
    reader.press("Plus")
    assert reader.view.bar.ranges.value is None
    reader.tab_to(reader.view.bar.ranges.button_for(Range.FOUR_WEEKS))
    reader.press("Space")
    assert reader.view.period == days_ending(LAST, 28)
    reader.press("Right", "Right", "Space")
    assert reader.view.period == days_ending(LAST, 365)


def test_a_series_is_switched_off_by_its_box(reader: Reader) -> None:
    box = reader.view.card.legend.boxes[Moment.MORNING]
    reader.tab_to(box)
    reader.press("Space")
    assert not reader.chart.ratings[Leg.LEFT].points[Moment.MORNING].isVisible()
    assert not reader.chart.ratings[Leg.LEFT].lines[Moment.MORNING].isVisible()
    reader.press("Space")
    assert reader.chart.ratings[Leg.LEFT].lines[Moment.MORNING].isVisible()


def test_ctrl_t_goes_to_the_table_and_back(reader: Reader) -> None:
    reader.press("T", modifier=CTRL)
    assert reader.focus is reader.view.card.table
    assert reader.reads == reader.view.card.model.words(0).sentence
    reader.press("Down")
    assert reader.reads == reader.view.card.model.words(1).sentence
    reader.press("T", modifier=CTRL)
    assert reader.focus is reader.chart


def test_the_table_shows_the_same_days_and_series_as_the_chart(reader: Reader) -> None:
    reader.press("Left", "Home", *["Plus"] * 8)
    reader.view.card.legend.boxes[Moment.AFTER].click()
    reader.press("T", modifier=CTRL)
    period = reader.view.period
    expected = sum(
        e.at.date() in period and not (isinstance(e, Rating) and e.moment is Moment.AFTER)
        for e in flare()
    )
    assert len(reader.table_rows()) == expected


def test_the_table_is_sorted_by_key(reader: Reader) -> None:
    reader.press("T", modifier=CTRL)
    newest = reader.table_rows()[0][0]
    reader.press("Up", modifier=ALT)
    assert reader.table_rows()[-1][0] == newest
    reader.press("Right", "Right", "Right", "Right")
    reader.press("Down", modifier=ALT)
    medians = [float(row[4]) for row in reader.table_rows() if row[4]]
    assert medians == sorted(medians, reverse=True)


def arrow(reader: Reader) -> list[int]:
    """Return the widths of the Day column's sort arrow, from its top."""
    header = reader.view.card.table.horizontalHeader()
    with_it = header.grab().toImage()
    header.setSortIndicator(1, header.sortIndicatorOrder())
    without = header.grab().toImage()
    header.setSortIndicator(0, header.sortIndicatorOrder())
    width = round(header.sectionSize(0) * with_it.devicePixelRatio())
    rows = [
        sum(with_it.pixel(x, y) != without.pixel(x, y) for x in range(width))
        for y in range(with_it.height())
    ]
    return [row for row in rows if row]


def test_the_sort_arrow_points_up_when_the_oldest_comes_first(reader: Reader) -> None:
    reader.press("T", modifier=CTRL)
    down = arrow(reader)
    assert down[0] > down[-1]
    reader.press("Up", modifier=ALT)
    up = arrow(reader)
    assert up[0] < up[-1]


def test_the_table_is_copied_as_text(reader: Reader) -> None:
    reader.press("T", modifier=CTRL)
    reader.press("A", modifier=CTRL)
    reader.press("C", modifier=CTRL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["Day", "Leg", "What", "Value", "Week’s median"]
    assert [tuple(line.split("\t")) for line in lines[1:]] == reader.table_rows()


def test_a_place_is_chosen_and_left_by_key(reader: Reader) -> None:
    leg = reader.view.heat.legs[Leg.LEFT]
    reader.tab_to(leg)
    reader.press("End", "Space")
    place = next(iter(leg.marked))
    assert place is list(leg.anatomy.places)[-1]
    assert reader.view.only.isVisible()
    places = list(leg.anatomy.places)
    for key, wanted in (("Home", places[0]), ("End", places[-1]), ("Home", places[0])):
        reader.press(key, "Space")
        assert leg.marked == {wanted}
    reader.tab_to(reader.view.only)
    reader.press("Return")
    assert not reader.view.only.isVisible()
    assert not leg.marked
    assert reader.focus is reader.chart


def test_the_chip_names_the_place(reader: Reader) -> None:
    leg = reader.view.heat.legs[Leg.LEFT]
    leg.go_to(Place.OUTER_KNEE)
    reader.press("Space")
    assert reader.view.only.text() == "Only outer knee, left leg ×"


def test_a_chosen_place_says_that_the_panels_are_about_all(reader: Reader) -> None:
    reader.page.resize(1600, 1000)
    reader.settle()
    panels = reader.view.panels
    assert panels is not None
    assert not panels.note.isVisible()
    leg = reader.view.heat.legs[Leg.LEFT]
    leg.go_to(Place.OUTER_KNEE)
    leg.setFocus()
    reader.press("Space")
    assert panels.note.isVisible()
    assert panels.note.text() == (
        "Everything below is about the whole left leg, not just this place: outer knee."
    )
    lines = panels.note.height() / panels.note.fontMetrics().lineSpacing()
    assert lines < 2.5, "it takes no more room than its words"
    reader.click(reader.view.only)
    assert not panels.note.isVisible()


def test_ten_years_are_read_back_to_their_start(read_history: ReadHistory) -> None:
    reader = read_history(ten_years())
    reader.press("Left", "Home")
    first = min(
        e.at.date()
        for e in ten_years()
        if isinstance(e, Rating) and (e.leg, e.moment) == (Leg.LEFT, Moment.MORNING)
    )
    assert said(reader) == (Moment.MORNING, first)
    assert f" {first.year}. " in reader.reads
