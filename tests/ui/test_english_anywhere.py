"""Texts stay English on any system, with its names and digits but in the user's order."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractListModel, QDate, QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCalendarWidget,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)

from itband_gui.insight.days import Range
from itband_gui.journal.book import Book
from itband_gui.journal.entries import Activity, Kind, RestDay, Run, Sport, new_id
from itband_gui.journal.store import Store
from itband_gui.safety.signs import load_safety
from itband_gui.ui.history.page import HistoryPage
from itband_gui.ui.history.range_bar import Shape
from itband_gui.ui.journal.date_field import CalendarButton, DayField, write_day
from itband_gui.ui.journal.entry_dialog import form_to_add
from itband_gui.ui.journal.page import JournalPage
from itband_gui.ui.report.dialog import report_dialog
from itband_gui.ui.services.settings import Settings
from itband_gui.ui.text.dates import clock_time, first_day, long_day, number_locale
from itband_gui.ui.window.main_window import Page
from itband_gui.wording.counts import rated_days
from tests.insight.journals import flare

if TYPE_CHECKING:
    from tests.ui.conftest import User

EVENING_MS = 15 * 60 * 60 * 1000
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
SYSTEMS = ("de_DE", "ru_RU", "ar_EG", "fa_IR", "hi_IN", "mr_IN", "ja_JP")


@pytest.fixture
def system(request: pytest.FixtureRequest) -> Iterator[QLocale]:
    """Switch the user's system to another language for one test."""
    before, locale = QLocale(), QLocale(request.param)
    QLocale.setDefault(locale)
    yield locale
    QLocale.setDefault(before)


systems = pytest.mark.parametrize("system", SYSTEMS, indirect=True)


def foreign_names(locale: QLocale) -> re.Pattern[str]:
    """Return a function that finds names of days or months that are not English."""
    english = QLocale("en_US")
    forms = (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)
    ours, theirs = (
        {each.dayName(day) for day in range(1, 8)}  # short ones may be English words: "So"
        | {each.monthName(month, form) for month in range(1, 13) for form in forms}
        | {each.standaloneMonthName(month, form) for month in range(1, 13) for form in forms}
        for each in (english, locale)
    )
    names = sorted(theirs - ours)
    return re.compile(r"\b(" + "|".join(map(re.escape, names)) + r")\b")


def judge(texts: Iterator[str], locale: QLocale) -> None:
    names = foreign_names(locale)
    count = 0
    for text in texts:
        count += 1
        found = names.search(text)
        assert not found, f"{found and found[0]} in {text!r}"
        for sign in text:
            if sign.isalpha():
                assert "LATIN" in unicodedata.name(sign) or sign in "µªº", text
            if sign.isdecimal():
                assert sign in "0123456789", text
            assert sign not in "٫٬", text
    assert count


def said(widget: QWidget) -> Iterator[str]:
    """Yield every text of a widget and its children, visible or not."""
    for each in (widget, *widget.findChildren(QWidget)):
        yield each.accessibleName()
        yield each.accessibleDescription()
        yield each.toolTip()
        yield each.windowTitle()
        if isinstance(each, QLabel | QAbstractButton | QLineEdit):
            yield each.text()
        if isinstance(each, QAbstractItemView):
            yield from cells(each)


def cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None or isinstance(view.parentWidget(), QCalendarWidget):
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(model.rowCount()):
        for column in range(columns):
            for role in ROLES:
                yield str(model.index(row, column).data(role) or "")


def open_on(user: "User") -> None:
    """Open the window on a journal that has a bit of everything, some of it a year old."""
    book, now = Book(), user.clock.now()
    book.add_all(flare())
    year = timedelta(days=365)
    book.add_all(
        [
            Run(id=new_id(), at=now - year, minutes=75, effort=5, distance_km=12.25, worst=3),
            Run(id=new_id(), at=now - timedelta(hours=3), minutes=75, effort=5, distance_km=12.25),
            RestDay(id=new_id(), at=now - year - timedelta(days=1)),
            Activity(id=new_id(), at=now - year, sport=Sport.YOGA, minutes=20, effort=2),
        ]
    )
    Store(user.file).save(book)
    user.clock.ms += EVENING_MS
    user.open()


@systems
def test_no_page_mixes_in_another_language(user: "User", system: QLocale) -> None:
    open_on(user)
    user.today.light.more.click()
    judge(said(user.window), system)
    for standing in Page:
        user.window.show_page(standing)
        user.look()
        if isinstance(user.page, HistoryPage):
            view = user.page.view
            view.bar.shapes.choose(Shape.TABLE)
            view.card.show_shape(Shape.TABLE)
            view.settle()
        judge(said(user.page), system)


@systems
def test_no_form_mixes_in_another_language(user: "User", system: QLocale) -> None:
    open_on(user)
    for kind in (Kind.RATING, Kind.RUN, Kind.ACTIVITY, Kind.REST_DAY):
        form = form_to_add(kind, user.link.now)
        form.when.day.show_value(form.when.day.last.addYears(-5))
        judge(said(form), system)
        form.deleteLater()
    user.window.show_page(Page.JOURNAL)
    page = user.page_of(JournalPage)
    page.list.choose(next(iter(user.link.book)).id)
    user.click(page.delete)
    judge(said(page), system)


@systems
def test_the_page_for_a_physiotherapist_is_english(user: "User", system: QLocale) -> None:
    open_on(user)
    dialog = report_dialog(
        user.link, load_safety(), Settings(user.folder / "own.ini"), user.window, Range.ALL
    )
    judge(said(dialog), system)
    dialog.reject()


@systems
def test_the_calendar_is_english_and_its_week_begins_as_the_users(
    user: "User", system: QLocale
) -> None:
    today = QDate(2026, 11, 22)
    field = DayField(today, lambda: today)
    button = CalendarButton(field, "When", lambda: today)
    button.open()
    (calendar,) = button.findChildren(QCalendarWidget)
    assert calendar.locale().dayName(1) == "Monday"
    assert calendar.locale().zeroDigit() == "0"
    assert calendar.firstDayOfWeek() == system.firstDayOfWeek()
    judge((each.text() for each in calendar.findChildren(QToolButton)), system)
    window = calendar.window()
    wide = window.fontMetrics().horizontalAdvance(window.windowTitle())
    assert window.width() > wide * 1.5
    button.deleteLater()


@pytest.mark.parametrize(
    ("system", "day", "time", "number", "typed"),
    [
        ("en_US", "Saturday, November 28, 2026", "7:10\u202fPM", "12.25", "11/28/2026"),
        ("en_GB", "Saturday, 28 November 2026", "19:10", "12.25", "28/11/2026"),
        ("de_DE", "Saturday, 28 November 2026", "19:10", "12,25", "28.11.2026"),
        ("ru_RU", "Saturday, 28 November 2026", "19:10", "12,25", "28.11.2026"),
        ("fi_FI", "Saturday, 28 November 2026", "19.10", "12,25", "28.11.2026"),
        ("ar_EG", "Saturday, 28 November 2026", "7:10\u202fPM", "12.25", "28/11/2026"),
        ("fa_IR", "Saturday, 28 November 2026", "19:10", "12.25", "2026/11/28"),
        ("hi_IN", "Saturday, 28 November 2026", "7:10\u202fPM", "12.25", "28/11/2026"),
        ("ja_JP", "Saturday, 2026 November 28", "19:10", "12.25", "2026/11/28"),
        ("bg_BG", "Saturday, 28 November 2026", "19:10", "12,25", "28.11.2026."),
    ],
    indirect=["system"],
)
@pytest.mark.usefixtures("system")
def test_order_hours_and_decimal_sign_are_the_users(
    day: str, time: str, number: str, typed: str
) -> None:
    assert long_day(date(2026, 11, 28)) == day
    assert clock_time(19, 10) == time
    assert number_locale().toString(12.25, "g", 4) == number
    assert write_day(QDate(2026, 11, 28)) == typed


@systems
@pytest.mark.usefixtures("system")
def test_a_count_in_a_sentence_has_plain_digits() -> None:
    assert rated_days(3) == "3 rated days"


def test_the_week_begins_as_the_users_does() -> None:
    QLocale.setDefault(QLocale("ar_EG"))
    assert first_day() == Qt.DayOfWeek.Saturday
