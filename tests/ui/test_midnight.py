"""A page that is open when the day or the time zone changes shows the new day."""

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QTime

from itband_gui.insight.days import Range
from itband_gui.journal.book import Book
from itband_gui.journal.entries import Kind, Moment, Rating, RestDay, new_id
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg
from itband_gui.safety.signs import load_safety
from itband_gui.ui.history.page import HistoryPage
from itband_gui.ui.journal.entry_dialog import form_to_add
from itband_gui.ui.journal.page import JournalPage
from itband_gui.ui.journal_file.section import JournalSection
from itband_gui.ui.report.dialog import report_dialog
from itband_gui.ui.services.settings import Settings
from itband_gui.ui.text.dates import from_local
from itband_gui.ui.window.main_window import Page

if TYPE_CHECKING:
    from tests.ui.conftest import User

LATE = from_local(QDate(2026, 11, 30), QTime(23, 59))
MINUTE_MS = 60_000
SETTLE_S = 60.0  # at most
TOMORROW = LATE.date() + timedelta(days=1)


def rating(at: datetime) -> Rating:
    return Rating(id=new_id(), at=at, leg=Leg.LEFT, moment=Moment.OTHER, score=4)


def open_late(user: "User") -> None:
    """Open the window a minute before midnight, on a journal of two days."""
    user.clock.start = LATE
    book = Book()
    hour = timedelta(hours=1)
    book.add_all([rating(LATE - hour), rating(LATE - 30 * hour), RestDay(id=new_id(), at=LATE)])
    Store(user.file).save(book)
    user.open()


def headings(page: JournalPage) -> list[str]:
    model = page.list.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    return [str(row.data()) for row in rows if not row.flags().value]


def test_the_journal_says_yesterday_at_midnight(user: "User") -> None:
    open_late(user)
    user.window.show_page(Page.JOURNAL)
    page = user.page_of(JournalPage)
    assert headings(page) == ["Today", "Yesterday"]
    told: list[int] = []
    model = page.list.model()
    model.dataChanged.connect(lambda first, last: told.extend([first.row(), last.row()]))
    user.clock.ms += MINUTE_MS
    page.clock.timeout.emit()
    assert headings(page)[0] == "Yesterday"
    assert told == [0, model.rowCount() - 1]  # all of them are drawn anew


def test_historys_range_ends_with_the_day_that_began(user: "User") -> None:
    open_late(user)
    user.window.show_page(Page.HISTORY)
    page = user.page_of(HistoryPage)
    page.view.settle()
    assert page.view.period.last == LATE.date()
    before = page.view.days.text()
    user.clock.ms += MINUTE_MS
    page.clock.timeout.emit()
    assert page.view.period.last == TOMORROW
    assert page.view.days.text() != before
    page.view.settle()
    assert page.view.panels is not None


def test_yesterdays_rest_day_is_not_todays(user: "User") -> None:
    open_late(user)
    assert user.today.log.remark.text()
    user.clock.ms += MINUTE_MS
    user.today.clock.timeout.emit()
    assert not user.today.log.remark.text()


def test_the_page_for_a_physiotherapist_ends_with_the_day_that_began(user: "User") -> None:
    open_late(user)
    dialog = report_dialog(
        user.link, load_safety(), Settings(user.folder / "own.ini"), user.window, Range.ALL
    )
    assert dialog.period.last == LATE.date()
    before = dialog.preview.accessibleDescription()
    user.clock.ms += MINUTE_MS
    dialog.clock.timeout.emit()
    assert dialog.period.last == TOMORROW
    assert dialog.preview.accessibleDescription() != before
    dialog.reject()


def test_the_settings_date_the_last_copy_yesterday(user: "User") -> None:
    open_late(user)
    user.link.add(rating(LATE))  # what was there before is kept
    user.look()
    user.window.show_page(Page.SETTINGS)
    (section,) = user.page.findChildren(JournalSection)
    assert section.background.settle(SETTLE_S)
    assert "Today" in section.last_copy.text()
    user.clock.ms += MINUTE_MS
    section.clock.timeout.emit()
    assert section.background.settle(SETTLE_S)
    assert "Yesterday" in section.last_copy.text()


def test_a_new_entry_belongs_to_the_new_day(user: "User") -> None:
    open_late(user)
    user.clock.ms += MINUTE_MS
    form = form_to_add(Kind.RATING, user.link.now)
    assert form.when.day.value == QDate(TOMORROW.year, TOMORROW.month, TOMORROW.day)


def test_a_page_looks_at_the_clock_when_its_window_comes_to_the_front(user: "User") -> None:
    open_late(user)
    user.window.show_page(Page.JOURNAL)
    page = user.page_of(JournalPage)
    first = user.window
    second = user.open()
    user.clock.ms += MINUTE_MS
    user.turn_to(first)
    assert headings(page)[0] == "Yesterday"
    assert second is not first


def test_a_journey_east_makes_it_the_next_day(user: "User") -> None:
    open_late(user)
    user.window.show_page(Page.JOURNAL)
    journal = user.page_of(JournalPage)
    there = (LATE.utcoffset() or timedelta()) + timedelta(hours=6)
    user.clock.start = LATE.astimezone(timezone(there))
    journal.clock.timeout.emit()
    assert headings(journal)[0] == "Yesterday"
    user.window.show_page(Page.HISTORY)
    assert user.page_of(HistoryPage).view.period.last == TOMORROW
    user.window.show_page(Page.TODAY)
    assert not user.today.log.remark.text()
