"""The panels below the chart, for eyes, hands and screen readers."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from itband_gui.insight.days import Period, Range, days_ending, period_of
from itband_gui.journal.entries import Entry, Moment
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import BOTH, Leg
from itband_gui.routine.library import load_library
from itband_gui.ui.history.column_strip import ColumnStrip
from itband_gui.ui.history.panels import PanelColumn
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.look.theme import ThemeName
from itband_gui.ui.text.relief import cause_text
from itband_gui.ui.widgets.layout import ScrollColumn
from tests.insight.journals import calm_month, flare, ten_years
from tests.insight.making import LEFT, NOW, RIGHT, TODAY, around, rating, run, session
from tests.ui.conftest import settle_down
from tests.ui.history.reader import hover

MINUS = "\u2212"
Show = Callable[..., PanelColumn]


@pytest.fixture
def show(appearance: Appearance, tmp_path: Path) -> Iterator[Show]:
    """Return a function that shows entries in the panels at the smallest window size."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    pages: list[QWidget] = []

    def show_them(
        entries: Sequence[Entry], period: Period | None = None, legs: Sequence[Leg] = BOTH
    ) -> PanelColumn:
        column = PanelColumn(load_library(load_anatomy(), tmp_path), lambda: NOW)
        page = ScrollColumn(column)
        pages.append(page)
        page.resize(800, 600)
        page.show()
        page.activateWindow()
        column.show_entries(entries, period or period_of(Range.ALL, TODAY, entries), legs)
        settle_down()
        settle_down()  # texts that wrap find their height step by step
        return column

    yield show_them
    for page in pages:
        page.hide()
        page.deleteLater()
    settle_down()
    QLocale.setDefault(before)


def words(widget: QWidget) -> str:
    """Return all visible words of a widget."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def sessions(*changes: int) -> list[Entry]:
    """Return a session with its ratings for each change, oldest first."""
    made: list[Entry] = []
    for back, change in enumerate(reversed(changes)):
        made = [*around(session(2 * back + 1), 5, 5 + change), *made]
    return made


# Content


def test_every_pair_is_drawn_read_and_listed(show: Show) -> None:
    part = show(sessions(-1, 0, -2)).relief.legs[LEFT].after
    assert part.pairs.isVisible()
    assert not part.bars.isVisible()
    assert "1 lower afterwards (median; range 0 to −2). This cannot show massage" in words(part)
    read = []
    for index in range(3):
        part.pairs.point_at(index)
        read.append(part.pairs_view.reading.text())
    assert read == [
        f"17 Nov: 5 before, 4 afterwards ({MINUS}1)",
        "19 Nov: 5 before, 5 afterwards (0)",
        f"21 Nov: 5 before, 3 afterwards ({MINUS}2)",
    ]
    part.all.button.click()
    model = part.all.list.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == read[::-1]


def test_many_pairs_are_counted_in_bars_and_listed_on_demand(show: Show) -> None:
    part = show(sessions(*[-1] * 20, *[1] * 11)).relief.legs[LEFT].after
    assert part.bars.isVisible()
    assert not part.pairs.isVisible()
    assert not part.all.list.isVisible()
    assert part.all.list.model() is None, "a list that nobody asked for was made"
    read = []
    for index in range(3):
        part.bars.point_at(index)
        read.append(part.bars_view.reading.text())
    assert read == [
        "1 lower: 20 logged sessions",
        "the same: 0 logged sessions",
        "1 higher: 11 logged sessions",
    ]
    assert part.all.button.text() == "List every pair (31)"


def test_ten_years_are_bars_whose_counts_are_those_of_all_pairs(show: Show) -> None:
    part = show(ten_years()).relief.legs[LEFT].after
    part.all.button.click()
    pairs = part.all.list.model().rowCount()
    assert pairs > 500
    read = set()
    for index in range(20):
        part.bars.point_at(index)
        read.add(part.bars.reading)
    counts = [int(each.split(": ")[1].split(" ")[0].replace(",", "")) for each in read]
    assert sum(counts) == pairs


@pytest.mark.parametrize("count", [0, 1, 3, 5])
def test_few_sessions_say_what_is_needed_and_draw_no_conclusion(show: Show, count: int) -> None:
    column = show(sessions(*[-1] * count))
    told = words(column.relief)
    assert told.count("After 6 rated sessions you’ll see") == 1
    assert "typically" not in told
    assert "range:" not in told
    assert cause_text() in told
    assert (
        words(column.mornings).count("compared once there are 6 rated mornings of each kind") == 1
    )
    assert "Needs two full weeks" in words(column.load)
    assert not column.load.weeks.isVisible()
    assert "No rest day in two weeks." in words(column.rest)


def test_the_sentence_on_the_cause_is_always_there(show: Show) -> None:
    for entries in ([], calm_month(), flare(), [rating(1, 3)]):
        assert cause_text() in words(show(entries).relief)
        assert cause_text() in words(show(entries).mornings)


def test_six_sessions_have_a_range_and_each_technique_its_own(show: Show) -> None:
    told = words(show(sessions(-1, -1, -2, 0, -1, -1)).relief.legs[LEFT])
    assert "All of them together: 1 lower" in told
    assert "Heel of the hand: In 6 logged sessions" in told
    assert "Knuckles" not in told


def test_a_leg_that_is_not_chosen_is_not_shown(show: Show) -> None:
    column = show(calm_month(), None, (RIGHT,))
    assert not column.relief.legs[LEFT].isVisible()
    assert column.relief.legs[RIGHT].isVisible()
    assert "Left" not in words(column)
    assert "Right leg" in words(column.mornings)


def test_only_the_sessions_of_the_period_count(show: Show) -> None:
    column = show(sessions(-1, -1, -1), days_ending(TODAY, 3))
    assert "In 1 logged session" in words(column.relief.legs[LEFT].after)


def test_another_period_replaces_what_was_shown(show: Show) -> None:
    entries = sessions(-1, -1, -1)
    column = show(entries)
    column.relief.legs[LEFT].after.pairs.point_at(2)
    column.show_entries(entries, days_ending(TODAY, 3))
    part = column.relief.legs[LEFT].after
    assert "In 1 logged session" in words(part)
    assert part.pairs_view.reading.text() == ""
    assert part.all.button.text() == "List every pair (1)"


def test_a_list_that_is_open_follows_the_period(show: Show) -> None:
    entries = sessions(-1, -1, -1)
    column = show(entries)
    part = column.relief.legs[LEFT].after
    part.all.button.click()
    column.show_entries(entries, days_ending(TODAY, 3))
    assert part.all.list.model().rowCount() == 1


def test_nothing_is_computed_twice_for_the_same_question(show: Show) -> None:
    entries = sessions(-1, 0)
    column = show(entries)
    pairs = column.relief.legs[LEFT].after.pairs
    pairs.point_at(1)
    column.show_entries(entries, period_of(Range.ALL, TODAY, entries))
    settle_down()
    assert pairs.reading, "the panels were filled anew"


def test_the_weeks_are_read_and_listed_side_by_side(show: Show) -> None:
    entries = [run(13, minutes=40, effort=5), *(rating(back, 2) for back in (6, 5, 4))]
    load = show(entries).load
    load.weeks.point_at(0)
    assert load.view.reading.text().startswith("Week of 9 Nov: 1 run, 40 min, load 200.")
    assert "Left: median 2 out of 10 on 3 rated days." in load.view.reading.text()
    assert "can’t show that one week caused the next" in words(load)
    load.all.button.click()
    assert load.all.list.model().rowCount() == 1


# Hands


def test_tab_reaches_every_strip_and_list_and_arrows_read_them(show: Show) -> None:
    column = show(flare())
    strips = [each for each in column.findChildren(ColumnStrip) if each.isVisible()]
    assert len(strips) == 5
    reached: list[QWidget] = []
    for _ in range(40):
        QTest.keyClick(column.window(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is not None and focus not in reached:
            reached.append(focus)
    assert set(strips) <= set(reached)
    strip = strips[0]
    strip.setFocus()
    strip.point_at(0)
    first = strip.reading
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.reading not in {"", first}
    assert strip.accessibleDescription() == strip.reading
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert strip.reading == first
    QTest.keyClick(strip, Qt.Key.Key_End)
    last = strip.reading
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.reading == last
    QTest.keyClick(strip, Qt.Key.Key_Home)
    assert strip.reading == first


def test_the_keyboard_starts_at_the_newest(show: Show) -> None:
    strip = show(sessions(-1, 0, -2)).relief.legs[LEFT].after.pairs
    strip.setFocus()
    assert strip.reading.startswith("21 Nov")


def test_a_long_strip_scrolls_to_what_the_keyboard_reads(show: Show) -> None:
    load = show(ten_years()).load
    assert load.weeks.width() > load.width()
    load.weeks.setFocus()
    viewport = load.weeks.parentWidget()
    assert viewport is not None
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(load.weeks, key)
        column = load.weeks.column(load.weeks.at).center().toPoint()
        assert viewport.rect().contains(load.weeks.mapTo(viewport, column))


def test_the_mouse_reads_what_it_points_at(show: Show) -> None:
    strip = show(sessions(-1, 0, -2)).relief.legs[LEFT].after.pairs
    hover(strip, strip.column(1).center().toPoint())
    assert strip.reading.startswith("19 Nov")
    hover(strip, strip.column(0).center().toPoint())
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.column(1).center().toPoint())
    assert strip.reading.startswith("19 Nov")
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(strip.width() - 1, 5))
    assert strip.reading.startswith("19 Nov"), "beside the columns there is nothing to read"


def test_a_list_opens_and_closes_by_keyboard(show: Show) -> None:
    part = show(sessions(-1, 0)).relief.legs[LEFT].after.all
    part.button.setFocus()
    QTest.keyClick(part.button, Qt.Key.Key_Return)
    assert part.list.isVisible()
    assert part.list.currentIndex().row() == 0
    QTest.keyClick(part.button, Qt.Key.Key_Space)
    assert not part.list.isVisible()


# Edge cases


def test_a_routine_with_a_hostile_name_stays_plain_text(show: Show) -> None:
    hostile = "<b>bold</b>\u202e<img src=x>"
    entries = [
        replace(entry, routine=hostile) if entry.kind == "session" else entry
        for entry in sessions(*[-1] * 6)
    ]
    part = show(entries).relief.legs[LEFT]
    label = part.by_routine.text
    assert "<b>bold</b><img src=x>: In 6 logged sessions" in label.text()
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_equal_and_extreme_scores_can_be_drawn(show: Show) -> None:
    entries = [*around(session(4), 0, 0), *around(session(2), 10, 0)]
    strip = show(entries).relief.legs[LEFT].after.pairs
    image = strip.grab().toImage()
    assert not image.isNull()
    assert strip.y_of(10) < strip.y_of(0) < strip.height()


@pytest.mark.parametrize("theme", list(ThemeName))
def test_before_and_later_differ_without_colour(
    show: Show, appearance: Appearance, theme: ThemeName
) -> None:
    appearance.choose(theme)
    strip = show(sessions(-5)).relief.legs[LEFT].after.pairs
    image = strip.grab().toImage()
    ratio = image.devicePixelRatio()

    def paint_at(score: int, side: int) -> int:
        x = strip.column(0).center().x() + side * strip.radius * 1.2
        return image.pixelColor(round(x * ratio), round(strip.y_of(score) * ratio)).lightness()

    ground = QApplication.palette().color(QPalette.ColorRole.Base).lightness()
    hollow, filled = paint_at(5, -1), paint_at(0, 1)
    assert abs(hollow - ground) < 12, "the ring before is hollow"
    assert abs(filled - ground) > 60, "the later dot is filled"


@pytest.mark.parametrize("journal", [calm_month, flare])
def test_nothing_is_cut_off_in_the_smallest_window_with_large_text(
    show: Show, journal: Callable[[], list[Entry]]
) -> None:
    before = QApplication.font()
    larger = QApplication.font()
    larger.setPointSizeF(before.pointSizeF() * 2)
    QApplication.setFont(larger)
    try:
        column = show(journal())
        for label in column.findChildren(QLabel):
            if label.isVisible() and label.text():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
        assert column.width() <= 800
    finally:
        QApplication.setFont(before)


def test_a_morning_after_a_session_counts_for_both_questions(show: Show) -> None:
    done = session(1)
    entries = [
        *around(done, 5, 4),
        replace(rating(0, 3, Moment.MORNING, hour=7), session=done.id),
    ]
    column = show(entries)
    assert "your rating was 2 lower the next morning" in words(column.relief.legs[LEFT])
    assert "After a session: 1 rated morning." in words(column.mornings)
    assert entries[0].at - timedelta(days=1) < entries[-1].at
