"""Opening History: the order in which its parts appear, and where Tab goes then."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from itband_gui.insight.days import Range
from itband_gui.journal.entries import Moment
from itband_gui.leg.names import Leg
from itband_gui.ui.history.column_strip import ColumnStrip
from itband_gui.ui.history.range_bar import Shape
from tests.insight.journals import flare
from tests.ui.history.reader import CTRL, Reader, ReadHistory
from tests.ui.history.test_states import rating


def test_the_frame_is_shown_before_the_chart_is_drawn(open_history: ReadHistory) -> None:
    reader = open_history(flare())
    QApplication.sendPostedEvents()  # which paints
    assert reader.reads == "Reading the journal…"
    assert reader.view.bar.isVisible()
    assert reader.view.days.text() == "Mon 26 October to Sun 22 November"
    assert reader.view.heat.legs[Leg.LEFT].scene.tints
    assert (reader.view.card.chart, reader.view.panels) == (None, None)
    reader.settle()
    assert reader.chart.isVisible()
    assert reader.reads.startswith("Point at the chart")


def test_the_panels_are_filled_once_the_chart_is_drawn(open_history: ReadHistory) -> None:
    reader = open_history(flare())
    seen: list[QWidget | None] = []
    reader.view.card.drawn.connect(lambda: seen.append(reader.view.panels))
    reader.settle()
    assert seen == [None]
    assert reader.view.panels is not None
    assert reader.view.panels.isVisible()


def test_what_is_above_the_panels_stays_where_it_is(open_history: ReadHistory) -> None:
    reader = open_history(flare())
    QApplication.sendPostedEvents()
    reader.view.card.settle()  # the chart is there, the panels are not
    QApplication.sendPostedEvents()
    before = reader.chart.mapTo(reader.page, QPoint()), reader.chart.size()
    assert reader.view.panels is None
    reader.settle()
    assert (reader.chart.mapTo(reader.page, QPoint()), reader.chart.size()) == before


def test_the_focus_waits_for_the_chart(open_history: ReadHistory) -> None:
    reader = open_history(flare())
    assert reader.page.focusWidget() is reader.view.first_focus()
    reader.settle()
    assert reader.focus is reader.chart
    assert reader.view.first_focus() is reader.chart


def test_a_focus_that_went_elsewhere_meanwhile_stays(open_history: ReadHistory) -> None:
    reader = open_history(flare())
    chosen = reader.view.bar.ranges.button_for(Range.FOUR_WEEKS)
    chosen.setFocus()
    reader.settle()
    assert reader.focus is chosen


def test_a_range_can_be_chosen_before_the_chart_is_drawn(open_history: ReadHistory) -> None:
    reader = open_history(flare())
    reader.view.bar.ranges.choose(Range.ALL)
    reader.settle()
    (left, right), _ = reader.chart.strip.view.viewRange()
    assert (left, right) == (
        reader.view.period.first.toordinal(),
        reader.view.period.last.toordinal() + 1,
    )
    assert reader.view.period.days == 70


def test_the_table_needs_no_chart(open_history: ReadHistory) -> None:
    reader = open_history(flare())
    reader.view.bar.shapes.choose(Shape.TABLE)
    reader.settle()
    assert reader.view.card.chart is None
    assert reader.table_rows()
    assert reader.view.panels is not None


# Tab


def stops(reader: Reader) -> list[QWidget]:
    """Return what Tab should reach below the bar, in reading order."""
    view = reader.view
    line = [each for each in (view.only, view.copy, view.report) if each.isVisible()]
    boxes = [box for box in view.card.legend.boxes.values() if box.isVisible()]
    legs: list[QWidget] = []
    for leg, picture in view.heat.legs.items():
        legs += [
            picture,
            *([view.heat.elsewhere[leg]] if view.heat.elsewhere[leg].isVisible() else []),
        ]
    return [*line, *boxes, view.card.first_focus(), *legs]


def check_round(reader: Reader) -> None:
    """Check that Tab goes through the bar, the widgets below it, and then the panels."""
    bar, panels = reader.view.bar, reader.view.panels
    bar.ranges.button_for(Range.FOUR_WEEKS).setFocus()
    found, wanted = reader.tab_round(), stops(reader)
    parts: list[QWidget] = [bar.ranges, bar.legs, bar.shapes]
    for choices, stop in zip(parts, found, strict=False):
        assert choices.isAncestorOf(stop)
    assert found[3 : 3 + len(wanted)] == wanted
    below = found[3 + len(wanted) :]
    assert panels is not None
    assert all(panels.isAncestorOf(each) for each in below)
    assert [each for each in below if isinstance(each, ColumnStrip)] == [
        each for each in panels.findChildren(ColumnStrip) if each.isVisible()
    ]


@pytest.mark.parametrize("size", [(800, 1200), (1600, 1000)])
def test_tab_follows_the_reading_order(read_history: ReadHistory, size: tuple[int, int]) -> None:
    reader = read_history(flare())
    reader.page.resize(*size)
    reader.settle()
    check_round(reader)


def test_tab_follows_the_reading_order_in_the_table_too(read_history: ReadHistory) -> None:
    reader = read_history(flare())
    reader.press("T", modifier=CTRL)
    check_round(reader)


def test_tab_follows_the_reading_order_after_a_new_series_or_place(
    read_history: ReadHistory,
) -> None:
    reader = read_history(flare())
    reader.link.add(rating(moment=Moment.OTHER))
    reader.settle()
    assert reader.view.card.legend.boxes[Moment.OTHER].isVisible()
    check_round(reader)
    reader.view.heat.legs[Leg.LEFT].setFocus()
    reader.press("End", "Space")
    check_round(reader)
