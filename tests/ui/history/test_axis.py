"""The axis of days: its marks, and moving along it."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from itband_gui.insight.days import Period, days_ending
from itband_gui.ui.history.ticks import day_words, ticks
from itband_gui.ui.history.tracks import NARROWEST, Window, window_of
from tests.insight.journals import LAST

END = LAST.toordinal() + 1.0
LABEL = 50.0
MONTHS = ["Dec", "2026", *("Feb", "Mar", "Apr", "May", "Jun"), *("Jul", "Aug", "Sep", "Oct", "Nov")]


@pytest.fixture(autouse=True)
def _plain_locale() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("days", "pixels", "expected"),
    [
        (5, 600, ["18 Nov", "19 Nov", "20 Nov", "21 Nov", "22 Nov", "23 Nov"]),
        (28, 600, ["26 Oct", "2 Nov", "9 Nov", "16 Nov", "23 Nov"]),
        (91, 400, ["Sep", "Oct", "Nov"]),
        (
            365,
            700,
            ["Dec", "2026", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"],
        ),
        (365, 250, ["2026", "Apr", "Jul", "Oct"]),
        (3653, 700, [str(year) for year in range(2017, 2027)]),
        (3653, 300, ["2018", "2020", "2022", "2024", "2026"]),
    ],
)
def test_there_are_as_many_marks_as_can_be_read(
    days: int, pixels: float, expected: list[str]
) -> None:
    assert [tick.text for tick in ticks(END - days, END, pixels, LABEL)] == expected


@given(
    end=st.integers(date(1901, 1, 1).toordinal(), date(2199, 1, 1).toordinal()),
    days=st.integers(3, 80_000),
    pixels=st.floats(150, 4_000),
)
def test_marks_never_overlap_or_lie_outside(end: int, days: int, pixels: float) -> None:
    left, right = float(max(end - days, 1)), float(end)
    found = ticks(left, right, pixels, LABEL)
    places = [tick.day.toordinal() for tick in found]
    assert all(left <= place <= right for place in places)
    for one, other in pairwise(places):
        assert (other - one) * pixels / (right - left) > LABEL * 0.7


def test_a_day_of_another_year_is_named_with_its_year() -> None:
    assert day_words(date(2026, 11, 21), LAST) == "Sat 21 November"
    assert day_words(date(2025, 11, 21), LAST) == "Fri 21 November 2025"


def window(shown: int = 28, whole: int = 400) -> Window:
    return window_of(days_ending(LAST, shown), days_ending(LAST, whole))


@pytest.mark.parametrize("days", [1, 2, 28, 400])
def test_a_window_shows_its_period(days: int) -> None:
    assert window(days).period == days_ending(LAST, days)


def test_a_range_longer_than_the_journal_is_shown_as_long_as_it_is() -> None:
    assert window(365, 10).period == days_ending(LAST, 365)


def test_a_day_counts_as_shown_if_partly_visible() -> None:
    assert window().moved(-0.1).period == days_ending(LAST, 28)
    assert window().moved(-0.5).period == Period(LAST - timedelta(days=28), LAST)


@given(
    moves=st.lists(
        st.one_of(
            st.tuples(st.just("move"), st.floats(-900, 900)),
            st.tuples(st.just("zoom"), st.floats(0.05, 20)),
            st.tuples(st.just("show"), st.floats(END - 400, END)),
        ),
        max_size=12,
    )
)
def test_the_window_never_leaves_the_data(moves: list[tuple[str, float]]) -> None:
    at = window()
    for kind, value in moves:
        if kind == "move":
            at = at.moved(value)
        elif kind == "zoom":
            at = at.zoomed(value, (at.left + at.right) / 2)
        else:
            at = at.showing(value)
            assert at.left - 1e-6 <= value <= at.right + 1e-6
        assert at.first - 1e-6 <= at.left
        assert at.right <= at.end + 1e-6
        assert NARROWEST - 1e-6 <= at.width <= 400 + 1e-6


@given(factor=st.floats(0.2, 5), share=st.floats(0, 1))
def test_a_zoom_keeps_the_point_under_the_pointer_in_place(factor: float, share: float) -> None:
    at = window(100, 4_000).moved(-1_500)
    around = at.left + share * at.width
    zoomed = at.zoomed(factor, around)
    assert (around - zoomed.left) / zoomed.width == pytest.approx(share, abs=1e-9)


def test_whole_shows_everything() -> None:
    assert window().whole().period == days_ending(LAST, 400)
