from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.journal.backups import kept, kept_pinned

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)  # a Sunday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Dense near now, with whole hours so that limits are hit exactly, and some of it in the future.
ages = st.integers(-50, 100).map(lambda n: n * HOUR) | st.integers(-40, 900).map(lambda n: n * DAY)
zones = st.integers(-14, 14).map(lambda n: timezone(n * HOUR))
many_times = st.lists(
    st.builds(lambda age, zone: (NOW - age).astimezone(zone), ages, zones), max_size=200
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def every(step: timedelta, until: timedelta) -> list[datetime]:
    return [NOW - step * n for n in range(int(until / step))]


def test_nothing_of_nothing_is_kept() -> None:
    assert kept([], NOW) == frozenset()
    assert kept_pinned([], NOW) == frozenset()


def test_all_of_the_last_48_hours_stay_the_first_instant_included() -> None:
    recent = every(HOUR / 2, timedelta(hours=48.5))
    assert min(recent) == NOW - 48 * HOUR
    assert kept(recent, NOW) == set(recent)


def test_just_beyond_48_hours_only_the_newest_of_a_day_stays() -> None:
    early, late = at("2026-11-20 11:29:59"), at("2026-11-20 11:59:59")
    assert kept([early, late], NOW) == {late}


def test_a_day_that_has_a_recent_copy_keeps_no_older_one() -> None:
    recent, older = at("2026-11-20 12:00"), at("2026-11-20 11:00")
    assert kept([recent, older], NOW) == {recent}


def test_half_hourly_copies_of_two_years_thin_to_twelve_days_ten_weeks_nine_months() -> None:
    stay = sorted(kept(every(HOUR / 2, 730 * DAY), NOW), reverse=True)
    recent, days, weeks, months = stay[:97], stay[97:109], stay[109:119], stay[119:]
    assert (recent[0], recent[-1]) == (NOW, NOW - 48 * HOUR)
    assert days == [at("2026-11-19 23:30") - n * DAY for n in range(12)]
    assert weeks == [at("2026-11-01 23:30") - n * 7 * DAY for n in range(10)]  # Sundays
    assert [f"{time:%m-%d %H:%M}" for time in months] == [
        *("07-31 23:30", "06-30 23:30", "05-31 23:30", "04-30 23:30", "03-31 23:30"),
        *("02-28 23:30", "01-31 23:30", "12-31 23:30"),
        "11-30 23:30",
    ]


def test_days_without_a_copy_do_not_count() -> None:
    once_a_month = [datetime(2024 + n // 12, n % 12 + 1, 5, tzinfo=UTC) for n in range(31)]
    assert kept(once_a_month, NOW + 3650 * DAY) == set(once_a_month)


def test_the_32nd_month_goes() -> None:
    monthly = [datetime(2020 + n // 12, n % 12 + 1, 5, tzinfo=UTC) for n in range(40)]
    assert kept(monthly, NOW) == set(monthly[-31:])


def test_the_same_week_of_another_year_is_another_week() -> None:
    first = at("2024-03-06 08:00")
    yearly = [first.replace(year=2024 - n) for n in range(22)]
    assert kept(yearly, NOW) == set(yearly)


def test_a_week_goes_from_monday_to_sunday() -> None:
    days = [at("2026-10-01 08:00") + n * DAY for n in range(12)]
    monday, sunday, saturday = (
        at("2026-09-28 08:00"),
        at("2026-09-27 08:00"),
        at("2026-09-26 08:00"),
    )
    assert kept([*days, monday, sunday, saturday], NOW) == {*days, sunday}


def test_days_are_those_of_utc_whatever_the_offset_of_the_times() -> None:
    late = datetime(2026, 10, 1, 0, 30, tzinfo=timezone(HOUR))  # 23:30 in UTC, on the day before
    early = at("2026-09-30 08:00")
    assert kept([late, early], NOW) == {late}


def test_a_clock_set_back_lets_no_copy_go() -> None:
    copies = every(HOUR / 2, 30 * DAY)
    assert kept(copies, NOW - 60 * DAY) == set(copies)


def test_copies_from_the_future_take_no_place_of_the_others() -> None:
    past, future = every(DAY, 60 * DAY), [NOW + n * DAY for n in range(1, 60)]
    assert kept(past + future, NOW) == kept(past, NOW) | set(future)


def test_pinned_copies_from_the_future_push_none_of_today_out() -> None:
    future = [NOW + n * DAY for n in range(1, 25)]
    today = [NOW - n * HOUR / 6 for n in range(3)]
    assert kept_pinned(today + future, NOW) == {*today, *future}


def test_a_clock_ten_years_ahead_leaves_every_window_filled() -> None:
    assert len(kept(every(HOUR / 2, 730 * DAY), NOW + 3650 * DAY)) == 12 + 10 + 9


@given(many_times)
def test_the_newest_is_always_kept(times: list[datetime]) -> None:
    assert {max(times)} <= kept(times, NOW) if times else not kept(times, NOW)
    assert {max(times)} <= kept_pinned(times, NOW) if times else not kept_pinned(times, NOW)


@given(many_times)
def test_thinning_again_changes_nothing(times: list[datetime]) -> None:
    assert kept(kept(times, NOW), NOW) == kept(times, NOW) <= set(times)
    assert kept_pinned(kept_pinned(times, NOW), NOW) == kept_pinned(times, NOW) <= set(times)


@given(many_times)
def test_the_newest_copy_of_each_of_the_latest_twelve_days_stays(times: list[datetime]) -> None:
    days = {time.astimezone(UTC).date(): time for time in sorted(times) if time < NOW - 48 * HOUR}
    latest = [days[day] for day in sorted(days, reverse=True)[:12]]
    stay = kept(times, NOW)
    recent = {time.astimezone(UTC).date() for time in times if time >= NOW - 48 * HOUR}
    assert all(time in stay or time.astimezone(UTC).date() in recent for time in latest)


@given(many_times)
def test_no_more_stay_than_the_windows_have_places(times: list[datetime]) -> None:
    assert sum(time < NOW - 48 * HOUR for time in kept(times, NOW)) <= 12 + 10 + 9


def test_thinned_at_every_copy_for_two_years_the_windows_are_filled_all_the_same() -> None:
    stay: frozenset[datetime] = frozenset()
    for now in reversed(every(3 * HOUR, 730 * DAY)):
        stay = kept(stay | {now}, now)
    days, weeks, months = (
        sorted(time for time in stay if NOW - old <= time < NOW - young)
        for young, old in ((2 * DAY, 15 * DAY), (15 * DAY, 85 * DAY), (85 * DAY, 730 * DAY))
    )
    assert [len(days), len(weeks), len(months)] == [12, 10, 9]
    assert {f"{time:%a %H}" for time in (*weeks, *months)} == {"Sun 21"}
    assert len({time.month for time in months}) == 9


def test_of_the_pinned_the_twenty_newest_stay_however_old() -> None:
    old = [at("2020-01-01 08:00") + n * HOUR / 4 for n in range(30)]
    assert kept_pinned(old, NOW) == set(old[-20:])


@pytest.mark.parametrize(("age", "stays"), [(180 * DAY, True), (180 * DAY + HOUR, False)])
def test_the_first_pinned_copy_of_a_day_stays_for_180_days(age: timedelta, stays: bool) -> None:
    newer = [NOW - n * HOUR / 4 for n in range(20)]
    first = NOW - age
    assert (first in kept_pinned([*newer, first, first + HOUR / 2], NOW)) is stays
    assert first + HOUR / 2 not in kept_pinned([*newer, first, first + HOUR / 2], NOW)


@given(many_times)
def test_beyond_the_twenty_newest_one_pinned_copy_a_day_stays(times: list[datetime]) -> None:
    newest = sorted(set(times))[-20:]
    others = kept_pinned(times, NOW) - set(newest)
    days = Counter(time.astimezone(UTC).date() for time in others)
    assert set(days.values()) <= {1}
    assert all(time >= NOW - 180 * DAY for time in others)
