from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QLabel, QTableView, QWidget

from itband_gui.journal.entries import RestDay
from itband_gui.journal.store import Store
from itband_gui.ui.journal.entry_dialog import EntryDialog
from itband_gui.ui.journal.page import JournalPage
from tests.ui.actions import click

OpenPage = Callable[..., JournalPage]
DialogOf = Callable[[JournalPage], EntryDialog]
At = Callable[..., datetime]
REASON = "This is not a date. Write it like 2026-11-22."


@pytest.fixture
def dialog(open_page: OpenPage, dialog_of: DialogOf) -> EntryDialog:
    page = open_page()
    click(page.add_rest_day)
    return dialog_of(page)


def type_over(dialog: EntryDialog, text: str) -> None:
    QTest.mouseClick(dialog.form.when.day, Qt.MouseButton.LeftButton)
    QTest.keyClick(dialog.form.when.day, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(dialog.form.when.day, text)


@pytest.mark.parametrize("text", ["20 11 2026", "20.11.2026", "20. 11. 2026", "2026-11-20"])
def test_a_typed_date_is_taken_and_saved(
    dialog: EntryDialog, store: Store, at: At, text: str
) -> None:
    type_over(dialog, text)
    assert not dialog.form.when.reason.isVisible()
    click(dialog.save)
    (entry,) = store.load().book
    assert entry.at == at(20, 18, 5)


def test_enter_saves_the_typed_date(dialog: EntryDialog, store: Store, at: At) -> None:
    type_over(dialog, "18.11.2026")
    QTest.keyClick(dialog.form.when.day, Qt.Key.Key_Return)
    (entry,) = store.load().book
    assert entry.at == at(18, 18, 5)


@pytest.mark.parametrize("text", ["20", "20.11", "31 2 2026", "tomorrow", " "])
def test_an_invalid_date_is_refused_at_the_field(
    dialog: EntryDialog, store: Store, text: str
) -> None:
    type_over(dialog, text)
    assert dialog.form.when.reason.isVisible()
    assert dialog.form.when.reason.text() == REASON
    assert not dialog.save.isEnabled()
    QTest.keyClick(dialog.form.when.day, Qt.Key.Key_Return)
    QTest.keyClick(dialog.form.when.day, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(dialog.form.when.day, Qt.Key.Key_Tab)
    assert dialog.form.when.day.text() == text
    assert dialog.isVisible()
    assert len(store.load().book) == 0


def test_a_typed_future_date_is_refused(dialog: EntryDialog) -> None:
    type_over(dialog, "23.11.2026")
    assert "future" in dialog.form.when.reason.text()
    assert not dialog.save.isEnabled()


def test_a_day_years_ago_is_shown_in_words_before_it_is_saved(
    dialog: EntryDialog, store: Store
) -> None:
    type_over(dialog, "1.1.1900")
    assert dialog.form.when.reason.isVisible()
    assert dialog.form.when.reason.text() == "Monday, 1 January 1900: 126 years ago."
    assert dialog.form.when.reason.property("look") == "strong", "it is no refusal"
    click(dialog.save)
    assert len(store.load().book) == 1


def test_a_day_of_last_year_and_one_that_was_written_before_need_no_remark(
    open_page: OpenPage, dialog_of: DialogOf, at: At
) -> None:
    page = open_page(RestDay(id="old", at=at(20).replace(year=2016)))
    click(page.add_rest_day)
    dialog = dialog_of(page)
    type_over(dialog, "20.11.2025")
    assert not dialog.form.when.reason.isVisible()
    click(dialog.cancel)
    page.list.choose("old")
    click(page.change)
    assert not dialog_of(page).form.when.reason.isVisible()


def test_a_year_of_the_first_century_is_refused(dialog: EntryDialog) -> None:
    type_over(dialog, "21.2.0026")
    assert "1900" in dialog.form.when.reason.text()
    assert not dialog.save.isEnabled()


def test_leaving_the_field_writes_the_date_as_the_locale_does(dialog: EntryDialog) -> None:
    QLocale.setDefault(QLocale("en_US"))
    type_over(dialog, "3.11.2026")
    QTest.keyClick(dialog.form.when.day, Qt.Key.Key_Tab)
    assert dialog.form.when.day.text() == "11/3/2026"


def test_tab_into_the_date_selects_all_of_it(dialog: EntryDialog) -> None:
    day = dialog.form.when.day
    for _ in range(30):
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
        if day.hasFocus():
            break
    assert day.selectedText() == "2026-11-22"
    QTest.keyClicks(day, "20.11.2026")
    assert day.value == QDate(2026, 11, 20)


def test_steps_continue_from_the_last_valid_date(dialog: EntryDialog) -> None:
    type_over(dialog, "20.11.2026")
    type_over(dialog, "nonsense")
    click(dialog.form.when.earlier)
    assert dialog.form.when.day.text() == "2026-11-19"
    assert dialog.save.isEnabled()


def calendar_of(dialog: EntryDialog) -> QCalendarWidget:
    click(dialog.form.when.calendar)
    calendar = dialog.findChild(QCalendarWidget)
    assert calendar is not None
    return calendar


def test_the_calendar_ends_today_and_says_so_by_its_colour(dialog: EntryDialog) -> None:
    calendar = calendar_of(dialog)
    assert calendar.maximumDate() == QDate(2026, 11, 22)
    view = calendar.findChild(QTableView)
    assert view is not None
    picture = view.grab().toImage()
    cells = {str(view.model().index(row, 6).data()): row for row in range(1, 7)}

    def ink(day: str) -> int:
        """Return the darkness of a Sunday's darkest point."""
        rect = view.visualRect(view.model().index(cells[day], 6))
        return min(
            QColor(picture.pixel(x, y)).lightness()
            for x in range(rect.left() + 1, rect.right())
            for y in range(rect.top() + 1, rect.bottom())
        )

    assert ink("29") > ink("15") + 40


@pytest.mark.parametrize("text", ["2025", "2025-11", "7"])
def test_typing_at_the_calendar_sets_no_day(dialog: EntryDialog, text: str) -> None:
    calendar = calendar_of(dialog)
    view = calendar.findChild(QTableView)
    assert view is not None
    QTest.keyClicks(view, text)
    assert [label for label in calendar.findChildren(QLabel) if label.isVisible()] == []
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert dialog.form.when.day.text() == "2026-11-22"


def test_a_future_day_cannot_be_taken_from_the_calendar(
    dialog: EntryDialog, store: Store, at: At
) -> None:
    calendar = calendar_of(dialog)
    QTest.keyClick(calendar.focusWidget() or calendar, Qt.Key.Key_Right)
    QTest.keyClick(calendar.focusWidget() or calendar, Qt.Key.Key_Return)
    click(dialog.save)
    (entry,) = store.load().book
    assert isinstance(entry, RestDay)
    assert entry.at == at(22, 18, 5)


def test_the_calendars_head_has_no_coloured_corners(dialog: EntryDialog) -> None:
    calendar = calendar_of(dialog)
    head = calendar.findChild(QWidget, "qt_calendar_navigationbar")
    assert head is not None
    corner = QColor(head.grab().toImage().pixel(0, 0))
    assert corner == head.palette().window().color()
