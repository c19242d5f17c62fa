"""Series, their running medians and the gaps in them."""

from collections.abc import Iterable

from msgspec.structs import replace

from itband_gui.insight.days import Period, days_ending
from itband_gui.insight.statistics import Need, Shortfall
from itband_gui.insight.trend import MedianPoint, Series, Trend, trend
from itband_gui.journal.entries import Entry, Moment
from tests.insight.making import (
    DAY,
    LEFT,
    RIGHT,
    TODAY,
    at,
    morning,
    rating,
    rest_day,
    run,
    session,
    sign,
)

MONTH = days_ending(TODAY, 28)


def drawn(entries: Iterable[Entry], period: Period = MONTH) -> Trend:
    return trend(sorted(entries, key=lambda entry: entry.at), period)


def mornings(entries: Iterable[Entry], period: Period = MONTH) -> Series:
    return drawn(entries, period).series[LEFT][Moment.MORNING]


def test_each_leg_and_moment_has_a_series_of_its_own() -> None:
    left, right = rating(1, 2, Moment.AFTER), rating(1, 3, Moment.BEFORE, RIGHT)
    series = drawn([left, right]).series
    assert series[LEFT][Moment.AFTER].ratings == (left,)
    assert series[RIGHT][Moment.BEFORE].ratings == (right,)
    assert series[LEFT][Moment.BEFORE].ratings == ()
    assert set(series[RIGHT]) == set(Moment)


def test_fewer_than_six_rated_days_are_points_without_a_line() -> None:
    for count in (0, 1, 3, 5):
        found = mornings(morning(back, 2) for back in range(count))
        assert (len(found.ratings), found.lines) == (count, ())
        assert found.short == Shortfall(Need.RATED_DAYS, count, 6)
    assert mornings(morning(back, 2) for back in range(6)).short is None


def test_six_ratings_on_one_day_are_not_a_trend() -> None:
    assert mornings(morning(0, 2, hour=hour) for hour in range(6)).short is not None


def test_a_median_takes_three_rated_days_of_seven() -> None:
    scores = {9: 0, 8: 4, 7: 1, 6: 5, 5: 5, 4: 9, 3: 2}
    found = mornings(morning(back, score) for back, score in scores.items())
    [line] = found.lines
    assert line == (
        MedianPoint(TODAY - 7 * DAY, 1, 3),
        MedianPoint(TODAY - 6 * DAY, 2.5, 4),
        MedianPoint(TODAY - 5 * DAY, 4, 5),
        MedianPoint(TODAY - 4 * DAY, 4.5, 6),
        MedianPoint(TODAY - 3 * DAY, 4, 7),
    )


def test_a_day_counts_once_at_its_worst() -> None:
    days = [morning(back, 1) for back in range(6)]
    found = mornings([*days, morning(0, 9, hour=8), morning(0, 0, hour=9)])
    assert found.lines[-1][-1] == MedianPoint(TODAY, 1, 6)
    assert len(found.ratings) == 8
    worse = [morning(back, score, hour=6 + score) for back in range(4) for score in (2, 0)]
    assert mornings([*worse, *days]).lines[-1][-1].median == 2
    early = [morning(back, score, hour=9 - score) for back in range(4) for score in (2, 0)]
    assert mornings([*early, *days]).lines[-1][-1].median == 2


def test_a_thin_week_is_a_gap_between_two_lines() -> None:
    days = [20, 19, 18, 10, 9, 8, 7]
    first, second = mornings(morning(back, 2) for back in days).lines
    assert [(TODAY - point.day).days for point in first] == [18]
    assert [(TODAY - point.day).days for point in second] == [8, 7]


def test_a_rating_from_a_week_ago_has_left_the_median() -> None:
    found = mornings(morning(back, 9 if back == 7 else 0) for back in range(8))
    assert found.lines[-1][-1] == MedianPoint(TODAY, 0, 7)
    assert found.lines[-1][-2] == MedianPoint(TODAY - DAY, 0, 7)
    assert found.lines[0][0] == MedianPoint(TODAY - 5 * DAY, 0, 3)


def test_a_narrower_range_shows_the_same_medians() -> None:
    entries = [morning(back, back % 5) for back in range(40)]
    wide = {p.day: p for line in mornings(entries, days_ending(TODAY, 40)).lines for p in line}
    [line] = mornings(entries, days_ending(TODAY, 10)).lines
    assert line == tuple(wide[TODAY - back * DAY] for back in reversed(range(10)))


def test_a_range_shows_no_rating_from_outside_it() -> None:
    entries = [morning(back, 1) for back in range(40)]
    period = Period(TODAY - 20 * DAY, TODAY - 10 * DAY)
    assert [(TODAY - e.at.date()).days for e in mornings(entries, period).ratings] == list(
        range(20, 9, -1)
    )


def test_runs_rest_days_and_sessions_of_the_range_are_included() -> None:
    inside: list[Entry] = [run(1), rest_day(2), session(3)]
    found = drawn([*inside, run(28), rest_day(28), session(28)])
    assert [*found.runs, *found.rest_days, *found.sessions] == inside


def test_a_sign_is_marked_while_it_was_open_on_a_day_of_the_range() -> None:
    before = sign(40, resolved=at(28))
    reaching_in = sign(40, resolved=at(27))
    still_open = sign(40)
    fresh = sign(2)
    found = drawn([before, reaching_in, still_open, fresh])
    assert set(found.signs) == {reaching_in, still_open, fresh}
    past = drawn([still_open, replace(fresh, at=at(1))], Period(TODAY - 50 * DAY, TODAY - 30 * DAY))
    assert past.signs == (still_open,)
