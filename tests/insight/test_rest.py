"""Rest days: logged, advised and taken."""

from collections.abc import Iterable
from datetime import date, timedelta, timezone

from msgspec.structs import replace

from itband_gui.insight.rest import Rest, rest
from itband_gui.journal.entries import Entry
from tests.insight.making import DAY, SAFETY, TODAY, at, morning, rating, rest_day, run


def found(entries: Iterable[Entry], hour: float = 18) -> Rest:
    return rest(sorted(entries, key=lambda entry: entry.at), at(0, hour), SAFETY)


def days(*back: int) -> tuple[date, ...]:
    return tuple(TODAY - each * DAY for each in back)


def test_an_empty_journal_has_no_rest_and_no_advice() -> None:
    nothing = found([])
    assert (nothing.rest_days, nothing.advised, nothing.taken) == ((), (), ())
    assert (nothing.period.first, nothing.period.last) == days(13, 0)


def test_chosen_days_count_once_within_two_weeks_and_not_with_a_run() -> None:
    entries: list[Entry] = [
        rest_day(14),
        rest_day(13),
        rest_day(5),
        rest_day(5),
        rest_day(4),
        run(4),
    ]
    assert found([*entries, rest_day(0)]).rest_days == days(13, 5, 0)


def test_the_day_after_a_very_sore_run_was_advised_and_taken() -> None:
    taken = found([run(5, 7)])
    assert (taken.advised, taken.taken) == (days(4), days(4))


def test_the_day_of_a_very_sore_run_was_not_advised_before_it() -> None:
    assert TODAY - 5 * DAY not in found([run(5, 7)]).advised


def test_of_two_runs_on_a_day_the_first_ends_the_advice() -> None:
    assert found([run(5, 7, hour=8), run(5, 1, hour=18), morning(4, 0)]).advised == days(4)


def test_a_run_on_an_advised_day_was_not_taken() -> None:
    ran = found([run(5, 7), run(4, 1)])
    assert (ran.advised, ran.taken) == (days(4), ())


def test_a_sore_morning_before_a_run_was_advice_and_a_sore_evening_after_it_was_not() -> None:
    day: list[Entry] = [run(5, 1, hour=10), morning(4, 0)]
    assert found([*day, rating(5, 4, hour=7)]).advised == days(5)
    assert found([*day, rating(5, 4, hour=20)]).advised == ()


def test_a_sore_evening_is_advice_for_the_next_day_until_that_is_rated() -> None:
    assert found([rating(5, 4, hour=20)]).advised == days(5, 4)
    assert found([rating(5, 4, hour=20), morning(4, 0)]).advised == days(5)


def test_today_counts_only_once_it_is_decided() -> None:
    sore: list[Entry] = [morning(0, 5)]
    assert found(sore).advised == ()
    assert found([*sore, rest_day(0)]).taken == days(0)
    ran = found([*sore, run(0, 1)])
    assert (ran.advised, ran.taken) == (days(0), ())


def test_the_two_days_off_are_advised_rest_too() -> None:
    reds = [rating(8, 4), rating(6, 4)]
    assert found(reds).taken == days(8, 7, 6, 5)


def test_entries_from_further_east_are_of_today_but_future_ones_are_not() -> None:
    east = timezone(timedelta(hours=14))
    noon = at(0, 12).astimezone(east)
    assert noon.date() == TODAY + DAY
    assert found([replace(rest_day(0), at=noon)]).rest_days == days(0)
    assert found([rest_day(0)], hour=11).rest_days == ()
