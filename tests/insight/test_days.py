"""Days, weeks and ranges."""

from datetime import date, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.insight.days import DAY, Period, Range, day_of, period_of, within
from tests.insight.making import TODAY, at, rating

DATES = st.dates(date(1990, 1, 1), date(2090, 1, 1))


def test_a_day_is_the_one_in_the_entrys_time_zone() -> None:
    late = replace(rating(0, 1), at=at(0, 23))
    assert day_of(late) == TODAY
    east = replace(late, at=late.at.astimezone(timezone(timedelta(hours=9))))
    assert day_of(east) == TODAY + DAY


@pytest.mark.parametrize(
    ("length", "days"), [(Range.FOUR_WEEKS, 28), (Range.THREE_MONTHS, 91), (Range.YEAR, 365)]
)
def test_a_range_ends_today(length: Range, days: int) -> None:
    period = period_of(length, TODAY, [])
    assert (period.last, period.days) == (TODAY, days)


def test_the_range_all_begins_with_the_first_entry() -> None:
    assert period_of(Range.ALL, TODAY, [rating(3, 1), rating(400, 1)]).days == 401
    assert period_of(Range.ALL, TODAY, []).days == 1


def test_a_period_includes_its_first_and_last_day() -> None:
    entries = [rating(back, 1) for back in (5, 4, 2, 1)]
    assert within(entries, Period(TODAY - 4 * DAY, TODAY - 2 * DAY)) == entries[1:3]


@given(first=DATES, days=st.integers(0, 400))
def test_the_weeks_of_a_period_are_its_days_cut_before_mondays(first: date, days: int) -> None:
    period = Period(first, first + days * DAY)
    weeks = list(period.weeks())
    assert [week.first + n * DAY for week in weeks for n in range(week.days)] == [
        first + n * DAY for n in range(days + 1)
    ]
    assert all(week.first.weekday() == 0 for week in weeks[1:])
    assert all(week.last.weekday() == 6 for week in weeks[:-1])


def test_a_period_is_cut_into_calendar_months() -> None:
    months = list(Period(date(2026, 1, 30), date(2026, 3, 1)).months())
    assert months == [
        Period(date(2026, 1, 30), date(2026, 1, 31)),
        Period(date(2026, 2, 1), date(2026, 2, 28)),
        Period(date(2026, 3, 1), date(2026, 3, 1)),
    ]


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 1000))
def test_the_months_of_a_period_are_all_its_days(first: date, days: int) -> None:
    period = Period(first, first + (days - 1) * DAY)
    months = list(period.months())
    assert (months[0].first, months[-1].last) == (period.first, period.last)
    assert all(one.last + DAY == two.first for one, two in pairwise(months))
    assert all(month.first.replace(day=1) == month.last.replace(day=1) for month in months)
    assert len({month.first.replace(day=1) for month in months}) == len(months)
