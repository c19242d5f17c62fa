"""Medians by calendar month, and their gaps."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.insight.trend import Month, monthly
from itband_gui.journal.entries import Rating
from tests.insight.making import at, rating

FIRST = at(0).replace(month=1, day=1)


def on(day: date, score: int) -> Rating:
    """Return a rating at noon."""
    return replace(rating(0, score), at=FIRST.replace(year=day.year, month=day.month, day=day.day))


def test_a_month_is_the_median_of_its_days_worst_scores() -> None:
    ratings = [on(date(2026, 3, day), score) for day, score in ((1, 2), (1, 6), (15, 1), (31, 4))]
    assert monthly(ratings) == ((Month(date(2026, 3, 1), 4.0, 3),),)


def test_two_rated_days_are_too_few() -> None:
    assert monthly([on(date(2026, 3, day), 5) for day in (1, 1, 2)]) == ()


def test_a_line_continues_across_the_new_year() -> None:
    ratings = [on(date(*month, day), 2) for month in ((2025, 12), (2026, 1)) for day in (3, 4, 5)]
    [line] = monthly(ratings)
    assert [month.first for month in line] == [date(2025, 12, 1), date(2026, 1, 1)]


def test_a_month_with_too_little_parts_the_line() -> None:
    days = [date(2026, month, day) for month in (1, 3) for day in (3, 4, 5)]
    ratings = [on(day, 2) for day in sorted([*days, date(2026, 2, 3)])]
    assert [[month.first.month for month in line] for line in monthly(ratings)] == [[1], [3]]


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 10))))
def test_the_months_stand_in_order_and_within_their_scores(days: list[tuple[int, int]]) -> None:
    ratings = [on(date(2024, 1, 1) + timedelta(days=back), score) for back, score in sorted(days)]
    months = [month for line in monthly(ratings) for month in line]
    assert [month.first for month in months] == sorted({month.first for month in months})
    for month in months:
        scores = [r.score for r in ratings if r.at.date().replace(day=1) == month.first]
        assert min(scores) <= month.median <= max(scores)
        assert 3 <= month.days <= len(scores)
