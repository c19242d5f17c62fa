"""The history with little in it, in other colours, and while the journal changes."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible, QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from itband_gui.insight.days import Range, days_ending
from itband_gui.journal.entries import Entry, Moment, Rating, Resolution, Sign, new_id
from itband_gui.leg.names import Leg, Place
from itband_gui.ui.history.legend import MARKS
from itband_gui.ui.history.tracks import Strip
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.look.theme import THEMES, Theme, ThemeName
from tests.insight.journals import LAST, flare
from tests.ui.history.conftest import NOW
from tests.ui.history.reader import CTRL, ReadHistory
from tests.ui.look.test_theme import luminance

EVERY_THEME = pytest.mark.parametrize("name", list(ThemeName))


def rating(days_ago: int = 0, score: int = 3, **fields: object) -> Rating:
    made = Rating(
        id=new_id(),
        at=NOW - timedelta(days=days_ago),
        leg=Leg.LEFT,
        moment=Moment.BEFORE,
        score=score,
    )
    return replace(made, **fields)


# Little


def test_without_entries_it_says_what_to_do(read_history: ReadHistory) -> None:
    reader = read_history([])
    assert not reader.view.bar.isVisible()
    texts = [label.text() for label in reader.view.findChildren(type(reader.view.card.reading))]
    assert "No history yet" in texts
    where = "Rate a leg on the Journal page, or start a session on the Today page."
    assert any(text.startswith(where) for text in texts)


@pytest.mark.parametrize("count", [1, 3, 5])
def test_a_few_ratings_are_points_without_a_line(read_history: ReadHistory, count: int) -> None:
    reader = read_history([rating(back) for back in range(count)])
    assert len(reader.drawn_points(Leg.LEFT, Moment.BEFORE)) == count
    assert not reader.drawn_line(Leg.LEFT, Moment.BEFORE)
    there = f"you have {count}"
    said = reader.view.card.missing.text().replace("%n", str(count))
    assert said.startswith("Left leg, before massage: no line yet. Needs ")
    assert said.endswith(f"; {there}.")


def test_six_rated_days_have_a_line_and_nothing_is_missing(read_history: ReadHistory) -> None:
    reader = read_history([rating(back) for back in range(6)])
    assert len(reader.drawn_line(Leg.LEFT, Moment.BEFORE)) == 5  # of four days, and its end
    assert not reader.view.card.missing.isVisible()


def test_two_ratings_a_week_have_no_line_and_the_reason_is_shown(read_history: ReadHistory) -> None:
    seldom = [rating(back + more) for back in range(0, 28, 7) for more in (0, 3)]
    reader = read_history(seldom)
    assert not reader.drawn_line(Leg.LEFT, Moment.BEFORE)
    said = reader.view.card.missing.text().replace("%n", "3")
    assert (
        said
        == "Left leg, before massage: too few ratings for a line: no week here has 3 rated days."
    )


def test_points_without_a_line_here_are_explained(
    read_history: ReadHistory,
) -> None:
    often = [rating(back) for back in range(40, 60)]
    reader = read_history([rating(5), rating(12), *often])
    assert "no week here has" in reader.view.card.missing.text()
    reader.click(reader.view.bar.ranges.button_for(Range.ALL))
    assert not reader.view.card.missing.isVisible()


def test_legs_without_marks_say_so(read_history: ReadHistory) -> None:
    reader = read_history([rating()])
    assert reader.view.heat.reading.text().startswith("No place was marked in this period.")


def test_a_period_without_entries_says_so_in_the_table(read_history: ReadHistory) -> None:
    reader = read_history([rating(200)])
    reader.press("T", modifier=CTRL)
    assert reader.reads == "Nothing was logged in this period."


def test_only_series_with_ratings_are_in_the_legend(read_history: ReadHistory) -> None:
    reader = read_history([rating(), rating(1, moment=Moment.OTHER)])
    shown = {moment for moment, box in reader.view.card.legend.boxes.items() if box.isVisible()}
    assert shown == {Moment.BEFORE, Moment.OTHER}


def test_a_first_rating_takes_the_place_of_the_advice(read_history: ReadHistory) -> None:
    reader = read_history([])
    reader.link.add(rating())
    reader.settle()
    assert reader.view.bar.isVisible()
    assert len(reader.drawn_points(Leg.LEFT, Moment.BEFORE)) == 1


def test_a_sign_opened_earlier_is_shown_while_it_is_open(
    read_history: ReadHistory,
) -> None:
    old = Sign(id=new_id(), at=NOW - timedelta(days=60), sign="no-better")
    over = replace(old, id=new_id(), resolved=NOW - timedelta(days=50), resolution=Resolution.GONE)
    reader = read_history([rating(), old, over])
    reader.press("T", modifier=CTRL)
    assert sorted(row[2] for row in reader.table_rows()) == ["Before massage", "Warning sign"]


# Change


def test_a_new_rating_is_drawn_at_once(read_history: ReadHistory) -> None:
    reader = read_history(flare())
    before = len(reader.drawn_points(Leg.RIGHT, Moment.OTHER))
    reader.link.add(rating(leg=Leg.RIGHT, moment=Moment.OTHER, places=(Place.KNEE_FRONT,)))
    reader.settle()
    assert len(reader.drawn_points(Leg.RIGHT, Moment.OTHER)) == before + 1
    tints = {tint.place for tint in reader.view.heat.legs[Leg.RIGHT].scene.tints}
    assert Place.KNEE_FRONT in tints


def test_the_reading_stays_when_the_journal_changes(read_history: ReadHistory) -> None:
    reader = read_history(flare())
    reader.press("Left", "Left", "Left")
    said = reader.reads
    reader.press("Plus")
    period = reader.view.period
    reader.link.add(rating(30, moment=Moment.MORNING))  # before what is read
    reader.settle()
    assert reader.reads == said
    assert reader.view.period == period


def test_the_reading_goes_when_its_entry_goes(read_history: ReadHistory) -> None:
    reader = read_history([rating(back) for back in range(3)])
    reader.press("Left")
    at = reader.chart.cursor_at
    assert at is not None
    reader.link.remove(at.track.entries[at.index].id)
    reader.settle()
    assert reader.chart.cursor_at is None
    assert reader.reads.startswith("Point at the chart")


def test_a_change_while_another_page_is_open_is_shown_on_return(read_history: ReadHistory) -> None:
    reader = read_history(flare())
    reader.page.hide()
    reader.link.add(rating(moment=Moment.OTHER))
    reader.page.show()
    reader.settle()
    assert len(reader.drawn_points(Leg.LEFT, Moment.OTHER)) == 1


# Colours


@EVERY_THEME
def test_everything_takes_the_themes_colours(
    read_history: ReadHistory, appearance: Appearance, name: ThemeName
) -> None:
    reader = read_history(flare())
    appearance.choose(ThemeName.DARK if name is not ThemeName.DARK else ThemeName.LIGHT)
    appearance.choose(name)
    reader.settle()
    theme, pane = THEMES[name], reader.chart.ratings[Leg.LEFT]
    for moment, mark in MARKS.items():
        expected = mark.colour(theme)
        assert pane.lines[moment].opts["pen"].color() == expected
        assert pane.points[moment].opts["brush"].color().rgb() == expected.rgb()
    image = reader.chart.grab().toImage()
    assert image.pixelColor(reader.spot(Leg.LEFT, LAST.toordinal() - 9.5, 9)) == QColor(
        theme.surface
    )


def test_no_two_series_look_alike_without_colour() -> None:
    assert len({(mark.corners, mark.turn) for mark in MARKS.values()}) == len(MARKS)
    assert len({mark.dashes for mark in MARKS.values()}) == len(MARKS)


def shown_on(theme: Theme, colour: QColor) -> QColor:
    """Return a colour, translucent or not, as seen on the chart's background."""
    seen = QPixmap(1, 1)
    seen.fill(theme.surface)
    painter = QPainter(seen)
    painter.fillRect(seen.rect(), colour)
    painter.end()
    return seen.toImage().pixelColor(0, 0)


@EVERY_THEME
def test_points_runs_and_activities_stand_out_from_the_background(
    read_history: ReadHistory, appearance: Appearance, name: ThemeName
) -> None:
    appearance.choose(name)
    reader, theme = read_history(flare()), THEMES[name]
    points = reader.chart.ratings[Leg.LEFT].points
    shown = [points[moment].opts["brush"].color() for moment in MARKS]
    bars = reader.chart.strip.bars
    shown.append(bars[Strip.RUNS].opts["brush"])
    shown.append(bars[Strip.ACTIVITIES].opts["pen"].color())
    ground = luminance(theme.surface)
    for colour in shown:
        seen = luminance(shown_on(theme, colour).name())
        assert (max(seen, ground) + 0.05) / (min(seen, ground) + 0.05) >= 3
        assert name is not ThemeName.CONTRAST or colour.alpha() == 255


def test_in_high_contrast_no_two_series_have_nearly_the_same_hue() -> None:
    theme = THEMES[ThemeName.CONTRAST]
    hues = sorted(mark.colour(theme).hue() for mark in MARKS.values())
    assert hues.pop(0) == -1, "one is white"
    assert min(b - a for a, b in pairwise([*hues, hues[0] + 360])) >= 15


def test_the_chart_grows_with_the_text(read_history: ReadHistory, qapp: QApplication) -> None:
    before, usual = read_history(flare()).chart.minimumSizeHint().height(), qapp.font()
    large = qapp.font()
    large.setPointSizeF(large.pointSizeF() * 2)
    qapp.setFont(large)
    try:
        reader = read_history(flare())
        assert reader.chart.minimumSizeHint().height() > 1.7 * before
        assert reader.chart.strip.plot.height() > 1.7 * before / 3.4
    finally:
        qapp.setFont(usual)


# Screen readers


@pytest.fixture
def listened_to(qapp: QApplication) -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.mark.usefixtures("listened_to")
def test_with_a_screen_reader_the_table_comes_first(read_history: ReadHistory) -> None:
    reader = read_history(flare())
    assert reader.focus is reader.view.card.table
    index = reader.view.card.model.index(0, 0)
    spoken = QAccessible.queryAccessibleInterface(reader.view.card.table)
    assert spoken.text(QAccessible.Text.Name) == "Table of the history"
    assert index.data(0x0B) == reader.view.card.model.words(0).sentence  # AccessibleTextRole


def test_the_chart_has_a_name_and_says_what_its_keys_do(read_history: ReadHistory) -> None:
    chart = read_history(flare()).chart
    assert chart.accessibleName() == "Chart of the ratings"
    assert "Left and Right" in chart.accessibleDescription()


def test_a_key_announces_what_it_reads(
    read_history: ReadHistory, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("itband_gui.ui.look.keys.Announcer.say", lambda _, text: told.append(text))
    reader = read_history(flare())
    reader.press("Left", "Left")
    assert told[-1] == reader.reads
    assert len(told) == 2


# Loading


def test_pyqtgraph_is_loaded_only_when_the_page_opens() -> None:
    script = (
        "import sys; import itband_gui.ui.history.page, itband_gui.ui.history.view; "
        "sys.exit('pyqtgraph' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=300).returncode == 0


def test_the_range_all_finds_a_single_old_entry(read_history: ReadHistory) -> None:
    entries: list[Entry] = [rating(4000)]
    reader = read_history(entries)
    reader.view.bar.ranges.choose(Range.ALL)
    QCoreApplication.processEvents()
    assert reader.view.period == days_ending(LAST, 4001)
