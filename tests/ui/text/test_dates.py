from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from PySide6.QtCore import QDate, QLocale, QTime

from itband_gui.ui.text.dates import (
    day_text,
    day_text_within,
    from_local,
    local,
    local_date,
    noted_time_text,
    short_day_text,
    time_text,
    zoned_time_text,
)
from tests.ui.conftest import in_zone

TODAY = date(2026, 11, 22)


@pytest.mark.usefixtures("zone")
@in_zone("Europe/Berlin")
def test_a_time_of_this_machine_is_shown_in_local_time() -> None:
    in_tokyo = datetime(2026, 11, 22, 6, 30, tzinfo=timezone(timedelta(hours=9)))
    assert time_text(in_tokyo) == "22:30"
    assert local_date(in_tokyo) == date(2026, 11, 21)


@pytest.mark.usefixtures("zone")
@in_zone("Europe/Berlin")
@pytest.mark.parametrize(
    ("offset", "shown"),
    [
        (timedelta(hours=13), "07:10, UTC+13"),
        (timedelta(hours=5, minutes=30), "07:10, UTC+5:30"),
        (timedelta(hours=-3, minutes=-30), "07:10, UTC\u22123:30"),
        (timedelta(hours=1), "07:10"),
    ],
)
def test_an_entry_is_shown_at_the_time_of_its_own_clock(offset: timedelta, shown: str) -> None:
    at = datetime(2026, 11, 20, 7, 10, tzinfo=timezone(offset))
    assert noted_time_text(at) == "07:10"
    assert zoned_time_text(at) == shown


@pytest.mark.usefixtures("zone")
@in_zone("Europe/Berlin")
def test_a_day_of_another_zone_has_no_time_here_either() -> None:
    day = datetime(2026, 11, 19, tzinfo=timezone(timedelta(hours=13)))
    assert noted_time_text(day) == zoned_time_text(day) == ""


@pytest.mark.parametrize("year", [1900, 1950, 2026, 2200])
def test_a_local_time_comes_back_as_it_was(year: int) -> None:
    moment = from_local(QDate(year, 6, 15), QTime(7, 10, 30))
    assert local(moment).date() == QDate(year, 6, 15)
    assert local(moment).time() == QTime(7, 10, 30)
    assert moment.utcoffset() is not None


def test_headings_say_today_and_yesterday_and_then_the_long_date() -> None:
    assert day_text(TODAY, TODAY) == "Today"
    assert day_text(TODAY - timedelta(days=1), TODAY) == "Yesterday"
    assert "2026" in day_text(TODAY - timedelta(days=2), TODAY)


@pytest.mark.parametrize(
    ("locale", "this_year", "another"),
    [
        ("C", "12 Nov", "12 Nov 2025"),
        ("en_GB", "12 Nov", "12 Nov 2025"),
        ("en_US", "Nov 12", "Nov 12, 2025"),
        ("de_DE", "12 Nov", "12 Nov 2025"),
        ("ja_JP", "Nov 12", "2025 Nov 12"),
    ],
)
def test_a_short_date_is_in_the_locales_order_and_names_only_another_year(
    locale: str, this_year: str, another: str
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        assert short_day_text(date(2026, 11, 12), TODAY) == this_year
        assert short_day_text(date(2025, 11, 12), TODAY) == another
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("back", "said"), [(0, "today"), (1, "yesterday"), (3, "Thursday, 19 November 2026")]
)
def test_a_day_within_a_sentence_keeps_its_capital(back: int, said: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    today = date(2026, 11, 22)
    try:
        assert day_text_within(today - timedelta(days=back), today) == said
    finally:
        QLocale.setDefault(before)


def test_an_entry_of_midnight_sharp_has_no_time_of_day() -> None:
    midnight = datetime(2026, 11, 20, tzinfo=UTC)
    assert noted_time_text(midnight) == ""
    assert noted_time_text(midnight + timedelta(minutes=1)) != ""
