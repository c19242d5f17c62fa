from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, QLocale

from itband_gui.ui.journal.date_field import read_day, write_day

TODAY = QDate(2026, 11, 22)
DAY = QDate(2026, 11, 3)
ALL = QLocale.matchingLocales(
    QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry
)


@pytest.fixture(autouse=True)
def _default_locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@given(st.sampled_from(ALL), st.integers(0, 126 * 365))
def test_a_written_day_can_be_read_in_every_locale(locale: QLocale, back: int) -> None:
    QLocale.setDefault(locale)
    day = TODAY.addDays(-back)
    assert read_day(write_day(day), TODAY) == day


@given(st.sampled_from(ALL), st.integers(0, 98 * 365))
def test_the_locales_own_short_form_is_read_in_every_locale(locale: QLocale, back: int) -> None:
    QLocale.setDefault(locale)
    day = TODAY.addDays(-back)
    short = locale.toString(day, QLocale.FormatType.ShortFormat)
    assert read_day(short, TODAY) == day


@pytest.mark.parametrize("name", ["en_US", "en_GB", "de_DE", "hu_HU", "ja_JP", "sv_SE"])
@pytest.mark.parametrize(
    "text", ["3.11.2026", "03.11.2026", "3. 11. 2026", "3 11 2026", " 03  11 2026 ", "2026-11-03"]
)
def test_day_first_with_dots_or_blanks_and_iso_are_read_everywhere(name: str, text: str) -> None:
    QLocale.setDefault(QLocale(name))
    assert read_day(text, TODAY) == DAY


@pytest.mark.parametrize(
    ("name", "text"),
    [("en_US", "11/3/2026"), ("en_US", "11/03/26"), ("en_GB", "3/11/2026"), ("de_DE", "3.11.26")],
)
def test_the_locales_order_is_kept_with_zeros_or_without(name: str, text: str) -> None:
    QLocale.setDefault(QLocale(name))
    assert read_day(text, TODAY) == DAY


@pytest.mark.parametrize("name", ["C", "en_US", "de_DE", "sv_SE"])
@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "20", "20.", "20 11", "20 11 ", "20 11 202", "20 11 2026 7", "20112026"),
        *("31.2.2026", "29 2 2026", "2026-02-30", "0 1 2026", "yesterday", "x" * 9999),
    ],
)
def test_anything_else_is_not_a_day(name: str, text: str) -> None:
    QLocale.setDefault(QLocale(name))
    assert read_day(text, TODAY) is None


PARTS = ["2025", "2025-11", "2025-1", "11/2025", "11.2025", "2025.", "11", "11 2025"]


@given(st.sampled_from(ALL), st.sampled_from(PARTS))
def test_a_year_or_month_alone_is_not_a_day_in_any_locale(locale: QLocale, text: str) -> None:
    QLocale.setDefault(locale)
    assert read_day(text, TODAY) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("C", "2026-11-03"), ("en_US", "11/3/2026"), ("en_GB", "03/11/2026")),
        *(("de_DE", "03.11.2026"), ("sv_SE", "2026-11-03")),
    ],
)
def test_a_day_is_written_as_the_locale_does_and_without_one_as_iso(name: str, text: str) -> None:
    QLocale.setDefault(QLocale(name))
    assert write_day(DAY) == text
